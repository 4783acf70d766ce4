"""The visual language of all charts: type, axes, marks. Colours come with the style (components.house_style)."""

from __future__ import annotations

from typing import Any

from components.house_style.style import Style

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


def layout(look: Style, height: int, **more: Any) -> dict[str, Any]:
    """The layout that every chart begins with.

    Args:
        look: the style of the page or file that it stands in.
        height: in pixels.
        more: keys that the chart adds or overrides.
    """
    base = {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "font": {"family": look.font, "size": 14, "color": look.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": look.paper,
            "bordercolor": look.quiet,
            "font": {"color": look.ink, "size": 14},
        },
    }
    return base | more


def axis(**more: Any) -> dict[str, Any]:
    """An axis without decoration."""
    return {"fixedrange": True, "zeroline": False, "showline": False, "automargin": True} | more


def axis_of_lines(labels: list[str], **more: Any) -> dict[str, Any]:
    """The axis that names the lines of a card, in their order; `more` says which way it runs."""
    return axis(
        type="category", ticks="", ticklabelstandoff=6, tickfont={"size": 13},
        categoryorder="array", categoryarray=labels, **more,
    )  # fmt: skip


def colour(look: Style, at: int) -> str:
    """The colour of series `at`; after the last one they begin again."""
    return look.series[at % len(look.series)]


def turn(look: Style, at: int) -> int:
    """The place of series `at` in MARKERS and DASHES: one further each time that the colours begin again."""
    return (at + at // len(look.series)) % len(MARKERS)


def apart(look: Style) -> dict[str, Any]:
    """The edge of bars that touch: a line in the colour behind them, so that no two colours meet."""
    return {"color": look.paper, "width": 1}
