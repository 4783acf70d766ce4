"""Lines and columns over periods: gaps stay gaps, provisional figures are drawn open, breaks are marked."""

from __future__ import annotations

import textwrap
from html import escape
from itertools import pairwise
from typing import Any

from components.figures import style
from components.house_style.shelf import STANDARD
from components.house_style.style import Style
from components.numbers import figure_text
from data.marks import breaks
from data.periods import Period, period
from data.text import upper_first
from data.view import CardView, Column, Figure, Line

HEIGHT = 420
FEW, MANY = 3, 6
FEW_YEARS = 5
LEGEND = 34  # signs of a line in the legend: what fits beside its mark on a phone
RING, EDGE = 16, 2.5
RINGED = "hoger of lager dan alle eerdere"
STEEP, ROOM = 0.06, 0.15  # parts of the largest figure


def short(p: Period) -> str:
    """A period as it stands under an axis, the year on a line of its own."""
    if p.kind in ("halfjaar", "kwartaal"):
        return f"{p.number}e {'hj' if p.kind == 'halfjaar' else 'kw'}<br>{p.year}"
    return p.label


def name(card: CardView, column: Column) -> str:
    """What a line is: its category, its measure, its region, or what of these is not the same for all."""
    if column.categorie:
        return ", ".join([*_measure_and_region(card, column), column.categorie])
    return ", ".join(_measure_and_region(card, column)) or column.maat


def _measure_and_region(card: CardView, column: Column) -> list[str]:
    several_regions = len({c.region for c in card.columns}) > 1
    several_measures = len({c.maat for c in card.columns}) > 1
    region = column.region.label if column.region else "Nederland"
    return [column.maat] * several_measures + [region] * several_regions


def _in_legend(name: str) -> str:
    """A name as plotly draws it in the legend, over several lines: it would be cut off at the edge of the chart."""
    lines = textwrap.wrap(name, LEGEND, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(escape(line, quote=False) for line in lines)


def common_start(names: list[str]) -> str:
    """What all names begin with up to a colon, '' for one name or none: 'Jeugdbeschermingsmaatregelen: '."""
    start, found, _ = names[0].partition(": ")
    same = len(set(names)) > 1 and all(name.startswith(start + found) for name in names)
    return start + found if found and same else ""


def as_columns(card: CardView) -> bool:
    """Whether columns say more than a line: few moments, or an indicator that is declared so."""
    moments = [line for line in card.lines if any(card.cell(line, c) for c in card.columns)]
    if card.choice.grey:
        return False  # one column more for each region in grey would hide the chosen ones
    return len(moments) < FEW or (card.choice.indicator.grafiek == "kolommen" and len(card.lines) <= MANY)


def series(card: CardView, look: Style = STANDARD, *, apart: bool = False) -> dict[str, Any]:
    """All columns of a card over its periods, as lines or (few moments) as columns; never stacked.

    Args:
        card: the card, or the part of it that stands in this chart.
        look: the style of the page or file that the chart stands in.
        apart: the chart stands beside others under a name of its own, which need not be said again.

    Returns:
        A plotly figure as a dict. A period without a figure has no point, and the line is broken there.
    """
    unit = next((f.unit for *_, f in card.figures()), "aantal")
    labels = [short(period(line.key)) for line in card.lines]
    draw = _columns if as_columns(card) else _line
    top = max((f.value or 0 for *_, f in card.figures()), default=1) or 1
    data = [draw(card, column, at, labels, look) for at, column in enumerate(card.columns)]
    if not as_columns(card):
        data = [part for trace, column in zip(data, card.columns, strict=True) for part in _split(trace, card, column)]
    if apart:
        said = common_start([trace["name"] for trace in data])
        data = [trace | {"name": upper_first(trace["name"].removeprefix(said))} for trace in data]
    data = [trace | {"name": _in_legend(trace["name"])} for trace in data]
    rings = [] if as_columns(card) else _rings(card, labels, look)
    layout = style.layout(
        look,
        HEIGHT,
        margin={"l": 8, "r": 24, "t": 28, "b": 8},
        showlegend=len(card.columns) + len(rings) > 1,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemclick": False,
                "itemdoubleclick": False},
        xaxis=style.axis(type="category", categoryorder="array", categoryarray=labels, ticks="", ticklabelstandoff=6,
                         **_ticks(card, labels), tickangle=0, showgrid=False, range=[-0.5, len(labels) - 0.5]),
        yaxis=style.axis(range=[0, top * 1.15], gridcolor=look.fine_line, ticksuffix="%" if unit == "%" else "",
                         tickformat=",.0f" if top > 5 else ",.1f", nticks=6),
        shapes=[*_gaps(card, look), *_break_lines(card, look)],
        annotations=[*_gap_notes(card, look), *_sign_notes(card, look), *_break_notes(card, look)],
        barmode="group",
        bargap=0.25 if len(card.columns) < FEW else 0.15,
    )  # fmt: skip
    return {"data": [*data, *rings], "layout": layout}


def _rings(card: CardView, labels: list[str], look: Style) -> list[dict[str, Any]]:
    """A ring around each point that leaves the range of the earlier ones."""
    there = [
        (label, f.value)
        for line, label in zip(card.lines, labels, strict=True)
        for column in card.columns
        if (line.key, column.key) in card.marks and (f := card.cell(line, column))
    ]
    if not there:
        return []
    ring = {"symbol": "circle-open", "size": RING, "color": look.ink, "line": {"color": look.ink, "width": 2}}
    return [{
        "type": "scatter", "mode": "markers", "x": [label for label, _ in there], "y": [value for _, value in there],
        "name": RINGED, "marker": ring, "hoverinfo": "skip", "cliponaxis": False,
    }]  # fmt: skip


def _ticks(card: CardView, labels: list[str]) -> dict[str, Any]:
    """With many periods only the years stand under the axis, so that they fit on a small screen."""
    every = [period(line.key) for line in card.lines]
    if len(every) > MANY and every[0].kind == "jaar":
        step = -(-len(every) // MANY)
        some = labels[(len(labels) - 1) % step :: step]
        return {"tickvals": some, "ticktext": some}
    if len(every) <= MANY or every[0].kind not in ("halfjaar", "kwartaal", "maand"):
        return {}
    firsts = [(label, str(p.year)) for label, p in zip(labels, every, strict=True) if p.number == 1]
    shown = firsts[:: 1 if len(firsts) <= FEW_YEARS else 2]
    return {"tickvals": [label for label, _ in shown], "ticktext": [year for _, year in shown]}


def _points(card: CardView, column: Column) -> dict[str, Any]:
    figures = [card.cell(line, column) for line in card.lines]
    return {
        "y": [f.value if f else None for f in figures],
        "hovertext": [
            f"{name(card, column)}, {line.label}: {figure_text(f)}" + (f" ({f.status})" if f else "")
            for line, f in zip(card.lines, figures, strict=True)
        ],
        "hoverinfo": "text",
        "name": name(card, column),
    }


def _line(card: CardView, column: Column, at: int, labels: list[str], look: Style) -> dict[str, Any]:
    figures = [card.cell(line, column) for line in card.lines]
    last = max((i for i, f in enumerate(figures) if f and f.value is not None), default=None)
    place, grey = _look(card, column, at)
    colour = look.others if grey else style.colour(look, place)
    open_ = [bool(f and "voorlopig" in f.status) for f in figures]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": labels,
        "connectgaps": False,
        "text": [
            figure_text(f) if i == last and not grey and f and f.value is not None else ""
            for i, f in enumerate(figures)
        ],
        "textposition": "bottom center" if _falls(card, column, last) else "top center",
        "textfont": {"color": colour},
        "cliponaxis": False,
        "showlegend": not grey,
        "line": {
            "color": colour,
            "width": 1 if grey else 2.5,
            "dash": "solid" if grey else style.DASHES[style.turn(look, place)],
        },
        "marker": {
            "opacity": 1,
            "size": [4 if grey else 13 if line.chosen else 9 for line in card.lines],
            "symbol": "circle" if grey else style.MARKERS[style.turn(look, place)],
            "color": [look.paper if o else colour for o in open_],
            "line": {"color": colour, "width": 2},
        },
    } | _points(card, column)


def _look(card: CardView, column: Column, at: int) -> tuple[int, bool]:
    """The place of a series among colours and dashes, and whether it stands there in grey.

    Of several regions each keeps the one of its place in the choice, whatever else the chart shows.
    """
    region, chosen = column.region, card.choice.regions
    if region and card.choice.grey and region not in chosen:
        return at, True
    by_region = region is not None and not column.categorie and (len(chosen) > 1 or card.choice.grey)
    return (card.choice.slot(region) if by_region else at), False


def _falls(card: CardView, column: Column, last: int | None) -> bool:
    """Whether a line comes steeply from above to its last point, so that its number stands better below it.

    Not near the axis, and not where another line has its number.
    """
    if not last or not (before := card.cell(card.lines[last - 1], column)) or before.value is None:
        return False
    ends = {c: f.value for c in card.columns if (f := card.cell(card.lines[last], c)) and f.value is not None}
    top = max((f.value or 0 for *_, f in card.figures()), default=1) or 1
    end = ends[column]
    below = [end - other for c, other in ends.items() if c != column and other <= end]
    return before.value - end > STEEP * top and min([end, *below]) > ROOM * top


def _split(trace: dict[str, Any], card: CardView, column: Column) -> list[dict[str, Any]]:
    """A line in the parts between its breaks, so that nothing joins them; one entry in the legend."""
    edges = [0, *sorted(breaks(card, column)), len(card.lines)]
    parts = []
    for first, last in pairwise(edges):
        y = [v if first <= i < last else None for i, v in enumerate(trace["y"])]
        text = [t if first <= i < last else "" for i, t in enumerate(trace["text"])]
        legend = {"showlegend": trace["showlegend"] and first == 0, "legendgroup": column.key}
        parts.append(trace | {"y": y, "text": text} | legend)
    return parts


def _columns(card: CardView, column: Column, at: int, labels: list[str], look: Style) -> dict[str, Any]:
    figures = [card.cell(line, column) for line in card.lines]
    place, _ = _look(card, column, at)
    return {
        "type": "bar",
        "x": labels,
        "text": [figure_text(f) if f and f.value is not None else "" for f in figures],
        "textposition": "outside",
        "textfont": {"size": 14 if len(card.columns) < FEW else 12},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {
            "color": style.colour(look, place),
            "pattern": {"shape": style.PATTERNS[place % len(style.PATTERNS)]},
            "line": {
                "color": [look.ink if marked else look.paper for marked in _marked(card, column)],
                "width": [EDGE if marked else 1 for marked in _marked(card, column)],
            },
        },
    } | _points(card, column)


def _marked(card: CardView, column: Column) -> list[bool]:
    return [(line.key, column.key) in card.marks for line in card.lines]


def _runs(card: CardView) -> list[tuple[int, int]]:
    """The stretches of periods for which no column has a figure, as first and last position."""
    empty = [not any(card.cell(line, c) for c in card.columns) for line in card.lines]
    runs: list[tuple[int, int]] = []
    for at, is_empty in enumerate(empty):
        if is_empty and runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        elif is_empty:
            runs.append((at, at))
    return runs


def _gaps(card: CardView, look: Style) -> list[dict[str, Any]]:
    return [
        {
            "type": "rect", "xref": "x", "yref": "paper", "x0": first - 0.5, "x1": last + 0.5, "y0": 0, "y1": 1,
            "fillcolor": look.fine_line, "opacity": 0.45, "line": {"width": 0}, "layer": "below",
        }
        for first, last in _runs(card)
    ]  # fmt: skip


def _gap_notes(card: CardView, look: Style) -> list[dict[str, Any]]:
    return [
        {
            "xref": "x", "yref": "paper", "x": (first + last) / 2, "y": 0.04, "yanchor": "bottom",
            "showarrow": False, "text": "niet<br>beschikbaar", "font": {"color": look.quiet, "size": 12},
        }
        for first, last in _runs(card)
    ]  # fmt: skip


def without_number(card: CardView) -> list[tuple[Line, list[tuple[Column, Figure]]]]:
    """The periods in which a source gives a sign in the place of a number, with the columns it does so for."""
    signed = [
        (line, [(c, f) for c in card.columns if (f := card.cell(line, c)) and f.value is None]) for line in card.lines
    ]
    return [(line, columns) for line, columns in signed if columns]


def _sign_notes(card: CardView, look: Style) -> list[dict[str, Any]]:
    """A word where a number would stand; 'deels' when other columns do have one there."""
    out = []
    for line, columns in without_number(card):
        words = ", ".join(sorted({figure_text(f) for _, f in columns}))
        some = any((f := card.cell(line, c)) and f.value is not None for c in card.columns)
        text = f"{'deels<br>' if some else ''}{words}"
        out.append({
            "xref": "x", "yref": "paper", "x": card.lines.index(line), "y": 0.04, "yanchor": "bottom",
            "showarrow": False, "text": text, "font": {"color": look.quiet, "size": 12},
        })  # fmt: skip
    return out


def _all_breaks(card: CardView) -> dict[int, str]:
    return {at: reason for column in card.columns for at, reason in breaks(card, column).items()}


def _break_lines(card: CardView, look: Style) -> list[dict[str, Any]]:
    return [
        {
            "type": "line", "xref": "x", "yref": "paper", "x0": at - 0.5, "x1": at - 0.5, "y0": 0, "y1": 1,
            "line": {"color": look.quiet, "width": 1.5, "dash": "dash"},
        }
        for at in _all_breaks(card)
    ]  # fmt: skip


def _break_notes(card: CardView, look: Style) -> list[dict[str, Any]]:
    return [
        {
            "xref": "x", "yref": "paper", "x": at - 0.5, "y": 1, "yanchor": "top", "xanchor": "left", "xshift": 4,
            "showarrow": False, "text": f"breuk: {reason}", "align": "left",
            "font": {"color": look.quiet, "size": 12},
        }
        for at, reason in _all_breaks(card).items()
    ]  # fmt: skip
