"""What a page is built of. Takes figures from data, gives Dash components, plotly figures and files."""
