"""Compresses what a browser gets beside a page, beforehand: python -m tools.compress (make run does it)."""

import app  # noqa: F401 # makes the files
from server import front_end

front_end.prepare()
