"""Horizontal bars: one measure over regions, categories or measures, in the order of the table."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from html import escape
from typing import Any

from components.figures import style
from components.house_style.shelf import STANDARD
from components.house_style.style import Style
from components.numbers import figure_text
from data.view import CardView, Column, Line

ROW, TALL_ROW, LINE = 26, 36, 15
GAP = 16
LABEL = 24
KEPT = "\0"  # stands for a hyphen while lines are made


@lru_cache(maxsize=4096)
def wrapped(label: str, width: int = LABEL) -> str:
    """A label as plotly draws it: over several lines, so that the bars keep their room, and with < as a sign."""
    kept = re.sub(r"\b(\w{1,2})-(?=\w)", rf"\1{KEPT}", label.replace("/", "/ "))  # ex-partner is one word
    lines = textwrap.wrap(kept, width, break_long_words=False)
    return "<br>".join(escape(line.replace("/ ", "/").replace(KEPT, "-"), quote=False) for line in lines)


def height(lines: list[Line]) -> int:
    """The height in pixels of a chart with these bars, all rows alike."""
    broken = max((wrapped(line.label).count("<br>") for line in lines), default=0)
    row = TALL_ROW + LINE * (broken - 1) if broken else ROW
    return row * len(lines) + GAP * 2


def colour(card: CardView, column: Column, line: Line, look: Style) -> str:
    """The colour of a bar: a chosen region has its own, a total steps back, and so do other regions where asked."""
    if line.total:
        return look.field_line
    if card.axis == "regio":
        codes = {region.code: region for region in card.choice.regions}
        others = look.others if card.choice.grey else look.bar
        return style.colour(look, card.choice.slot(codes[line.key])) if line.key in codes else others
    if column.region and len(card.choice.regions) > 1:
        return style.colour(look, card.choice.slot(column.region))
    return look.accent_strong if line.chosen else look.bar


def bars(card: CardView, column: Column, look: Style = STANDARD) -> dict[str, Any]:
    """The bars of one column of a card.

    A figure without a number is no bar of length 0: its place holds the word for its sign. Lines that have no
    figure at all in this column stand in the table only.

    Returns:
        A plotly figure as a dict.
    """
    lines = [line for line in card.lines if card.cell(line, column)]
    labels = [wrapped(line.label) for line in lines]
    figures = [card.cell(line, column) for line in lines]
    values = [f.value if f else None for f in figures]
    texts = [figure_text(f) for f in figures]
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": labels,
        "x": values,
        "text": [text if value is not None else "" for text, value in zip(texts, values, strict=True)],
        "textposition": "outside",
        "textfont": {"color": look.ink},
        "cliponaxis": False,
        "marker": {"color": [colour(card, column, line, look) for line in lines]},
        "hovertext": [escape(f"{line.label}: {text}", quote=False) for line, text in zip(lines, texts, strict=True)],
        "hoverinfo": "text",
    }
    notes = [
        {
            "x": 0, "y": label, "text": text, "showarrow": False, "xanchor": "left", "xshift": 4,
            "font": {"color": look.quiet, "size": 13},
        }
        for label, text, value in zip(labels, texts, values, strict=True) if value is None
    ]  # fmt: skip
    known = [value for value in values if value is not None]
    widest = max((len(text) for text, value in zip(texts, values, strict=True) if value is not None), default=0)
    return {
        "data": [trace],
        "layout": style.layout(
            look,
            height(lines),
            # The numbers stand in the margin beside the longest bar, so that they fit at every width.
            margin={"l": 8, "r": 12 + min(9 * widest, 7 * widest + 8), "t": 8, "b": 8},
            bargap=0.28,
            annotations=notes,
            xaxis=style.axis(visible=False, range=[0, max(known) if any(known) else 1]),
            yaxis=style.axis_of_lines(labels, range=[len(lines) - 0.5, -0.5]),
        ),
    }  # fmt: skip
