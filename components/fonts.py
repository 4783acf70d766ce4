"""The one font that comes along, for everything that is set on the server: pictures and reports."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "fonts"
