"""Data in, plotly figure out: pure functions that return plain dicts, in one visual language."""
