"""The visual language of all charts: colours, type, axes. Later themes change these values only."""

from __future__ import annotations

from typing import Any

INK = "#1b2a32"
QUIET_INK = "#51636d"
GRID = "#dfe6e9"
BAR = "#5f93a6"
BAR_CHOSEN = "#0b3f4e"
BAR_TOTAL = "#9aa7ad"
OTHERS = "#87949b"
"""Regions in grey beside the chosen ones."""
SERIES = (
    "#0b5a6f",
    "#b3460f",
    "#5a4ca0",
    "#5c6b00",
    "#a02c5d",
    "#3d3d3d",
    "#00714e",
    "#8a5a00",
    "#34559c",
    "#7a3b2e",
)
MARKERS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "cross",
    "x",
    "star",
    "pentagon",
    "hexagon",
    "bowtie",
)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid", "dash", "dot", "dashdot")
PATTERNS = ("", "/", "x")
TILE, TILE_TOTAL = ("#f4f8f9", "#a9cbd5"), "#eef1f2"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
# Still charts are drawn with the font in assets/fonts; a reader without it sees the next.
STATIC_FONT = "'Open Sans', 'Noto Sans', 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "locale": "nl",
    "doubleClick": False,
}


def layout(height: int, **more: Any) -> dict[str, Any]:
    """The layout that every chart begins with.

    Args:
        height: in pixels.
        more: keys that the chart adds or overrides.
    """
    base = {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": QUIET_INK, "font": {"color": INK, "size": 14}},
    }
    return base | more


def axis(**more: Any) -> dict[str, Any]:
    """An axis without decoration."""
    return {"fixedrange": True, "zeroline": False, "showline": False, "automargin": True} | more


def tint(part: float) -> str:
    """The colour of a tile: from pale to darker for a part of the largest (0 to 1); ink stays readable on each."""
    ends = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in TILE]
    mixed = (round(low + (high - low) * part) for low, high in zip(*ends, strict=True))
    return "#" + "".join(f"{each:02x}" for each in mixed)


def turn(at: int) -> int:
    """The place of series `at` in MARKERS and DASHES: one further each time that the colours begin again."""
    return (at + at // len(SERIES)) % len(MARKERS)
