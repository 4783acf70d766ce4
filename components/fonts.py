"""The one font that comes along, for everything that is set on the server: pictures and reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "fonts"


@cache
def own_fonts() -> typst.Fonts:
    """Only our own fonts: the same file on every machine, also without any font installed."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
