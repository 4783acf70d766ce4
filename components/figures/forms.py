"""Charts of the forms that plain bars and lines would not do justice.

An estimate between its bounds, the same people at several moments, two breakdowns across each other.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from components.figures import style
from components.figures.bars import GAP, wrapped
from components.house_style.shelf import STANDARD
from components.house_style.style import Style
from components.numbers import figure_text
from data.catalogue import TOTAL
from data.view import CardView, Column, Figure, Line

ROOM, TILE = 64, 58
NARROW, NARROWEST = 15, 10
LOWEST, HIGHEST = "Ondergrens", "Bovengrens"
BESIDE = {LOWEST: "middle left", HIGHEST: "middle right", TOTAL: "top center"}


def _axis_of_lines(labels: list[str], **more: Any) -> dict[str, Any]:
    return style.axis_of_lines(labels, autorange="reversed", **more)


def _word(look: Style, x: Any, label: str, text: str, **more: Any) -> dict[str, Any]:
    """The word that stands in the place of a figure that is not known."""
    return {
        "x": x, "y": label, "text": text, "showarrow": False, "xanchor": "left", "xshift": 4,
        "font": {"color": look.quiet, "size": 13},
    } | more  # fmt: skip


def _hover(line: Line, column: Column, figure: Figure | None) -> str:
    subject = f"{line.label}, {column.categorie.lower()}" if column.categorie else line.label
    return escape(f"{subject}: {figure_text(figure)}", quote=False)


def interval(card: CardView, columns: list[Column], look: Style = STANDARD) -> dict[str, Any]:
    """Estimates of one measure, a line per period: a bar from bound to bound, or a point where no bounds were given.

    Nothing is put in the middle of two bounds: where the source gives no estimate between them, there is no point.
    """
    lines = [line for line in card.lines if any(card.cell(line, c) for c in columns)]
    labels = [wrapped(line.label) for line in lines]
    known = [f.value for line in lines for c in columns if (f := card.cell(line, c)) and f.value is not None]
    by_name = {c.categorie: c for c in columns}
    data: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for line, label in zip(lines, labels, strict=True):
        ends = [card.cell(line, by_name[name]) for name in (LOWEST, HIGHEST) if name in by_name]
        values = [f.value for f in ends if f and f.value is not None]
        if len(values) == 2:
            data.append(
                {
                    "type": "scatter", "mode": "lines", "x": values, "y": [label, label], "hoverinfo": "skip",
                    "line": {"color": look.bar, "width": 10}, "text": ["", ""], "hovertext": ["", ""],
                }
            )  # fmt: skip
    for column in columns:
        cells = [card.cell(line, column) for line in lines]
        data.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": "Schatting" if column.categorie == TOTAL else column.categorie,
                "x": [f.value if f else None for f in cells],
                "y": labels,
                "text": [figure_text(f) if f and f.value is not None else "" for f in cells],
                "textposition": BESIDE.get(column.categorie, "middle right"),
                "textfont": {"color": look.ink},
                "cliponaxis": False,
                "marker": {
                    "color": look.accent_strong,
                    "size": 13 if column.categorie == TOTAL else 16,
                    "symbol": "circle" if column.categorie == TOTAL else "line-ns-open",
                    "line": {"color": look.accent_strong, "width": 3},
                },
                "hovertext": [_hover(line, column, f) for line, f in zip(lines, cells, strict=True)],
                "hoverinfo": "text",
            }
        )
        notes += [
            _word(look, 0, label, f"{column.categorie.lower()} {figure_text(f)}")
            for label, f in zip(labels, cells, strict=True)
            if f and f.value is None
        ]
    top = max(known, default=1) or 1
    percent = any(f.unit == "%" for *_, f in card.figures())
    return {
        "data": data,
        "layout": style.layout(
            look,
            ROOM * len(lines) + GAP * 3,
            margin={"l": 8, "r": 24, "t": 8, "b": 8},
            annotations=notes,
            xaxis=style.axis(
                range=[0, top * 1.25], gridcolor=look.fine_line, nticks=4, ticksuffix="%" if percent else "",
                tickformat=",.0f" if top > 5 else ",.1f", tickfont={"size": 12, "color": look.quiet},
            ),
            yaxis=_axis_of_lines(labels),
        ),
    }  # fmt: skip


def moments(card: CardView, column: Column, look: Style = STANDARD) -> dict[str, Any]:
    """One measure at several moments, joined by a line where both moments are known; each number is printed."""
    labels = [wrapped(line.label) for line in card.lines]
    cells = [card.cell(line, column) for line in card.lines]
    known = [f.value for f in cells if f and f.value is not None]
    percent = any(f and f.unit == "%" for f in cells)
    trace = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [f.value if f else None for f in cells],
        "y": labels,
        "text": [wrapped(figure_text(f), NARROW + 1) if f and f.value is not None else "" for f in cells],
        "textposition": "middle right",
        "textfont": {"color": look.ink},
        "cliponaxis": False,
        "connectgaps": False,
        "line": {"color": look.bar, "width": 3},
        "marker": {"color": look.accent_strong, "size": 14},
        "hovertext": [_hover(line, column, f) for line, f in zip(card.lines, cells, strict=True)],
        "hoverinfo": "text",
    }
    notes = [
        _word(look, 0, label, figure_text(f))
        for label, f in zip(labels, cells, strict=True)
        if f is None or f.value is None
    ]
    return {
        "data": [trace],
        "layout": style.layout(
            look,
            ROOM * len(card.lines) + GAP * 3,
            margin={"l": 8, "r": 24, "t": 8, "b": 8},
            annotations=notes,
            xaxis=style.axis(
                range=[0, 100 if percent else (max(known, default=1) or 1) * 1.25], gridcolor=look.fine_line,
                nticks=5, ticksuffix="%" if percent else "", tickformat=",.0f",
                tickfont={"size": 12, "color": look.quiet},
            ),
            yaxis=_axis_of_lines(labels, range=[len(labels) - 0.5, -0.5]),
        ),
    }  # fmt: skip


def crossed(card: CardView, columns: list[Column], look: Style = STANDARD) -> dict[str, Any]:
    """Bars of two breakdowns: a group of bars for each line, in it a bar for each column, each with its number."""
    lines = [line for line in card.lines if any(card.cell(line, c) for c in columns)]
    labels = [wrapped(line.label) for line in lines]
    data, notes = [], []
    known = [f for line in lines for c in columns if (f := card.cell(line, c)) and f.value is not None]
    for at, column in enumerate(columns):
        cells = [card.cell(line, column) for line in lines]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": column.categorie,
                "y": labels,
                "x": [f.value if f else None for f in cells],
                "text": [figure_text(f) if f and f.value is not None else "" for f in cells],
                "textposition": "outside",
                "textfont": {"color": look.ink},
                "cliponaxis": False,
                "marker": {
                    "color": style.colour(look, at),
                    "pattern": {"shape": style.PATTERNS[at % len(style.PATTERNS)]},
                    "line": style.apart(look),
                },
                "hovertext": [_hover(line, column, f) for line, f in zip(lines, cells, strict=True)],
                "hoverinfo": "text",
            }
        )
        # In the middle of its bar's place: the bars of a line share the room between two lines.
        aside = (at - (len(columns) - 1) / 2) * 22
        notes += [
            _word(look, 0, label, f"{escape(column.categorie, quote=False)}: {figure_text(f)}", yshift=-aside)
            for label, f in zip(labels, cells, strict=True)
            if f is None or f.value is None
        ]
    widest = max((len(figure_text(f)) for f in known), default=0)
    return {
        "data": data,
        "layout": style.layout(
            look,
            (22 * len(columns) + 14) * len(lines) + GAP * 2 + 40,
            margin={"l": 8, "r": 12 + 9 * widest, "t": 36, "b": 8},
            barmode="group",
            bargap=0.28,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemclick": False,
                    "itemdoubleclick": False, "traceorder": "normal"},
            annotations=notes,
            xaxis=style.axis(visible=False, range=[0, max((f.value or 0 for f in known), default=1) or 1]),
            yaxis=_axis_of_lines(labels),
        ),
    }  # fmt: skip


def matrix(card: CardView, columns: list[Column], look: Style = STANDARD) -> dict[str, Any]:
    """A small table of tiles: a tile for each number, darker for a larger one; what is not known is told in words.

    The number itself stands on its tile, so that the colour only repeats it. Totals stay pale.
    """
    labels = [wrapped(line.label, NARROW) for line in card.lines]
    # A long word is broken before its ending, so that the heads fit beside each other on a phone.
    heads = [wrapped(re.sub(r"(\w{6,})heid\b", r"\1-heid", c.categorie), NARROWEST) for c in columns]
    inner = [
        f.value
        for line in card.lines
        for c in columns
        if not (line.total and c.categorie == TOTAL) and (f := card.cell(line, c)) and f.value is not None
    ]
    top = max(inner, default=1) or 1
    data, notes = [], []
    for column, head in zip(columns, heads, strict=True):
        cells = [card.cell(line, column) for line in card.lines]
        there = [(line, label, f) for line, label, f in zip(card.lines, labels, cells, strict=True)]
        colours = [
            look.tile_total if line.total and column.categorie == TOTAL else look.tile((f.value or 0) / top)
            for line, _, f in there
            if f and f.value is not None
        ]
        data.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": column.categorie,
                "x": [head for _, _, f in there if f and f.value is not None],
                "y": [label for _, label, f in there if f and f.value is not None],
                "text": [figure_text(f) for _, _, f in there if f and f.value is not None],
                "textposition": "middle center",
                "textfont": {"color": look.ink},
                "cliponaxis": False,
                "marker": {"symbol": "square", "size": TILE - 10, "color": colours,
                           "line": {"color": look.quiet, "width": 1}},
                "hovertext": [_hover(line, column, f) for line, _, f in there if f and f.value is not None],
                "hoverinfo": "text",
            }
        )  # fmt: skip
        notes += [
            _word(look, head, label, figure_text(f) if f else "geen<br>cijfer", xanchor="center", xshift=0,
                  font={"color": look.quiet, "size": 12})
            for _, label, f in there
            if f is None or f.value is None
        ]  # fmt: skip
    return {
        "data": data,
        "layout": style.layout(
            look,
            TILE * len(labels) + 70,
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            annotations=notes,
            xaxis=style.axis(
                type="category", side="top", categoryorder="array", categoryarray=heads, ticks="", tickangle=0,
                tickfont={"size": 12}, showgrid=False, range=[-0.5, len(heads) - 0.5],
            ),
            yaxis=_axis_of_lines(labels, showgrid=False, range=[len(labels) - 0.5, -0.5]),
        ),
    }  # fmt: skip
