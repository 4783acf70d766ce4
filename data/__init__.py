"""The figures and all that is known about them. Knows nothing of Dash, of pages or of how a number looks."""
