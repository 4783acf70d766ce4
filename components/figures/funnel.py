"""A funnel plot: the number per inhabitant of each region against its size, and the limits of what may be expected."""

from __future__ import annotations

import math
from collections.abc import Collection
from html import escape
from typing import Any

from components.figures import style
from components.house_style.shelf import STANDARD
from components.house_style.style import Style
from components.numbers import figure_text, number
from data import limits
from data.funnel import Funnel, Point
from data.rates import PER

HEIGHT = 460
STEPS = 48
DIGITS = ((1, 2, 5), (1, 5), (1,))
MOST_TICKS = 6
MOST_NAMES = 8
ROOM = 1.08
MILLION = 1_000_000
Trace = dict[str, Any]


def funnel(shown: Funnel, chosen: Collection[str] = (), look: Style = STANDARD) -> dict[str, Any]:
    """The funnel of a measure: sizes from left to right, each step as many times as large as the one before.

    The line through a point is what the rounding of the source leaves open. Regions outside the outer limits have a
    name and another shape, and so have the chosen ones.

    Args:
        shown: the figures.
        chosen: codes of the regions that stand out.
        look: the style of the page or file that the chart stands in.

    Returns:
        A plotly figure as a dict.
    """
    sizes = [point.inhabitants for point in shown.points]
    first, last = math.log10(min(sizes) / ROOM**2), math.log10(max(sizes) * ROOM**2)
    outside = [point for point in shown.points if point.side]
    inside = [point for point in shown.points if not point.side]
    named = {*chosen, *(point.region.code for point in (outside if len(outside) <= MOST_NAMES else []))}
    top = _top(shown)
    layout = style.layout(
        look,
        HEIGHT,
        margin={"l": 8, "r": 24, "t": 28, "b": 8},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemclick": False,
                "itemdoubleclick": False},
        xaxis=style.axis(type="linear", range=[first, last], showgrid=False, tickangle=0, ticks="",
                         **_ticks(first, last)),
        yaxis=style.axis(range=[0, top], gridcolor=look.fine_line, tickformat=",.0f" if top > 5 else ",.1f", nticks=6),
        annotations=[_note(look, "per 10.000 inwoners", 1.0, "top"),
                     _note(look, "inwoners van de regio", 0.02, "bottom")],
    )  # fmt: skip
    data = [
        *_limit_lines(shown, first, last, top, look),
        _points(inside, shown, named, set(chosen), "binnen de grenzen", (look.bar, look.accent_strong), "circle"),
        _points(
            outside,
            shown,
            named,
            set(chosen),
            "buiten de buitenste grens",
            (look.series[1], look.accent_strong),
            "diamond",
        ),
    ]
    return {"data": [trace for trace in data if trace["x"]], "layout": layout}


def _per(count: float, inhabitants: float) -> float:
    return round(PER * count / inhabitants, 3)


def _top(shown: Funnel) -> float:
    """The end of the axis: above all points; the limits of the smallest regions may run off it."""
    highest = max(_per(point.high, point.inhabitants) for point in shown.points)
    limit = max(_per(point.outer[1], point.inhabitants) for point in shown.points)
    return max(min(limit, 2 * highest), highest) * ROOM


def _ticks(first: float, last: float) -> dict[str, Any]:
    """Round numbers of inhabitants."""
    for digits in DIGITS:
        values = [
            digit * 10**power for power in range(int(first), int(last) + 1) for digit in digits
            if first <= math.log10(digit * 10**power) <= last
        ]  # fmt: skip
        if len(values) <= MOST_TICKS:
            break
    return {
        "tickvals": [round(math.log10(v), 4) for v in values],
        "ticktext": [f"{number(v / MILLION)} mln" if v >= MILLION else number(v) for v in values],
    }


def _note(look: Style, text: str, y: float, anchor: str) -> dict[str, Any]:
    return {
        "xref": "paper", "yref": "paper", "x": 1, "y": y, "xanchor": "right", "yanchor": anchor, "showarrow": False,
        "text": text, "font": {"color": look.quiet, "size": 12},
    }  # fmt: skip


def _limit_lines(shown: Funnel, first: float, last: float, top: float, look: Style) -> list[Trace]:
    """The rate of the country, and around it the inner and outer limits."""
    at = [first + (last - first) * step / STEPS for step in range(STEPS + 1)]
    lines = [_line(look, "Nederland", "solid", at, [_per(shown.expected(10**x), 10**x) for x in at])]
    every = limits.both([shown.expected(10**x) for x in at], shown.spread)
    for which, (name, dash) in enumerate((("95%-grens", "dash"), ("99,8%-grens", "dot"))):
        both = [pairs[which] for pairs in every]
        for side in (1, 0):
            y = [_per(pair[side], 10**x) for pair, x in zip(both, at, strict=True)]
            lines.append(_line(look, name, dash, at, [v if v <= top else None for v in y]) | {"showlegend": side == 1})
    return lines


def _line(look: Style, name: str, dash: str, x: list[float], y: list[float | None] | list[float]) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": [round(v, 4) for v in x], "y": y,
        "line": {"color": look.quiet, "width": 2 if dash == "solid" else 1.5, "dash": dash},
        "hoverinfo": "skip", "legendgroup": name,
    }  # fmt: skip


def _points(
    points: list[Point],
    shown: Funnel,
    named: set[str],
    chosen: set[str],
    name: str,
    colours: tuple[str, str],
    symbol: str,
) -> Trace:
    """Points in the first of two colours, the chosen ones in the second."""
    colour, strong = colours
    mine = [point.region.code in chosen for point in points]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "x": [round(math.log10(point.inhabitants), 4) for point in points],
        "y": [_per(point.figure.value or 0.0, point.inhabitants) for point in points],
        "error_y": {
            "type": "data", "symmetric": False, "color": colour, "thickness": 1.5, "width": 0,
            "array": [_per(p.high - (p.figure.value or 0.0), p.inhabitants) for p in points],
            "arrayminus": [_per((p.figure.value or 0.0) - p.low, p.inhabitants) for p in points],
        },
        "text": [escape(p.region.name, quote=False) if p.region.code in named else "" for p in points],
        "textposition": ["top center" if p.side >= 0 else "bottom center" for p in points],
        "cliponaxis": False,
        "marker": {
            "symbol": symbol, "opacity": 1, "size": [14 if own else 9 for own in mine],
            "color": [strong if own else colour for own in mine], "line": {"color": colour, "width": 1},
        },
        "hovertext": [_told(point) for point in points],
        "hoverinfo": "text",
    }  # fmt: skip


def _told(point: Point) -> str:
    low, high = whole(point.outer)
    name, own = escape(point.region.name, quote=False), figure_text(point.figure)
    return f"{name}: {own}, te verwachten {number(low)} tot {number(high)}"


def whole(pair: tuple[float, float]) -> tuple[int, int]:
    """Limits as whole counts, outward: what is outside these is outside the limits too."""
    return math.floor(pair[0]), math.ceil(pair[1])
