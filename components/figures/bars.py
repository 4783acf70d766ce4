"""Horizontal bars: one measure over regions, categories or measures, in the order of the table."""

from __future__ import annotations

import textwrap
from typing import Any

from components.figures import style
from components.numbers import decimals_of, figure_text
from data.view import CardView, Column, Line

ROW = 26
GAP = 16
LABEL = 26


def wrapped(label: str, width: int = LABEL) -> str:
    """A long label over several lines, so that the bars keep their room on a small screen."""
    lines = textwrap.wrap(label.replace("/", "/ "), width, break_long_words=False)
    return "<br>".join(line.replace("/ ", "/") for line in lines) or label


def height(card: CardView) -> int:
    """The height in pixels of a bar chart of this card."""
    lines = sum(max(1, 0.75 * (wrapped(line.label).count("<br>") + 1)) for line in card.lines)
    return int(ROW * lines + GAP * 2)


def colour(line: Line) -> str:
    """The colour of a bar: the chosen one stands out, a total steps back."""
    return style.BAR_CHOSEN if line.chosen else style.BAR_TOTAL if line.total else style.BAR


def bars(card: CardView, column: Column) -> dict[str, Any]:
    """The bars of one column of a card.

    A figure without a number is no bar of length 0: its place holds the word for its sign.

    Returns:
        A plotly figure as a dict.
    """
    decimals = decimals_of(f for *_, f in card.figures())
    labels = [wrapped(line.label) for line in card.lines]
    figures = [card.cell(line, column) for line in card.lines]
    values = [f.value if f else None for f in figures]
    texts = [figure_text(f, decimals) for f in figures]
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": labels,
        "x": values,
        "text": [text if value is not None else "" for text, value in zip(texts, values, strict=True)],
        "textposition": "outside",
        "textfont": {"color": style.INK},
        "cliponaxis": False,
        "marker": {"color": [colour(line) for line in card.lines]},
        "hovertext": [f"{line.label}: {text}" for line, text in zip(card.lines, texts, strict=True)],
        "hoverinfo": "text",
    }
    notes = [
        {
            "x": 0, "y": label, "text": text, "showarrow": False, "xanchor": "left", "xshift": 4,
            "font": {"color": style.QUIET_INK, "size": 13},
        }
        for label, text, value in zip(labels, texts, values, strict=True) if value is None
    ]  # fmt: skip
    known = [value for value in values if value is not None]
    widest = max((len(text) for text, value in zip(texts, values, strict=True) if value is not None), default=0)
    return {
        "data": [trace],
        "layout": style.layout(
            height(card),
            # The numbers stand in the margin beside the longest bar, so that they fit at every width.
            margin={"l": 8, "r": 12 + 9 * widest, "t": 8, "b": 8},
            bargap=0.28,
            annotations=notes,
            xaxis=style.axis(visible=False, range=[0, max(known) if any(known) else 1]),
            yaxis=style.axis(
                type="category", autorange="reversed", ticks="", ticklabelstandoff=6,
                categoryorder="array", categoryarray=labels,
            ),
        ),
    }  # fmt: skip
