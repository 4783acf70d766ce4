"""Which charts a card has: one description for the screen and for every other place where the card is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from components.figures.bars import bars
from components.figures.forms import crossed, interval, matrix, moments
from components.figures.series import common_start, series
from components.house_style.shelf import STANDARD
from components.house_style.style import Style
from components.numbers import unit_name
from data.view import CardView, Column

Chart = dict[str, Any]
MOST_REGIONS = 40


def figures_of(card: CardView, look: Style = STANDARD) -> list[tuple[str, Chart]]:
    """The charts of a card, each with its name ('' where the title of the card says it all).

    Figures of another measure, another region, or of a stock beside a flow stand in a chart of their own.
    A card without figures has no chart.

    Args:
        card: the figures.
        look: the style of the page or file that the charts stand in.
    """
    choice, card = card.choice, charted(card)
    if not card.lines:
        return []
    if choice.view == "tijdreeksen":
        return _series(card, look)
    if choice.selection.pair:
        return _grouped(card, matrix if choice.selection.margins else crossed, look)
    if choice.selection.margins:
        return _grouped(card, interval, look)
    draw = moments if choice.form == "voor-na" and choice.selection.group else bars
    return [(name_of(card, column), draw(card, column, look)) for column in card.columns]


def charted(card: CardView) -> CardView:
    """The card as its charts show it: of many regions the first ones of the table and those that were chosen."""
    if card.axis != "regio" or len(card.lines) <= MOST_REGIONS:
        return card
    return replace(card, lines=tuple(line for at, line in enumerate(card.lines) if at < MOST_REGIONS or line.chosen))


def _series(card: CardView, look: Style) -> list[tuple[str, Chart]]:
    if any(c.categorie for c in card.columns):
        return _grouped(card, lambda some, columns, look: series(replace(some, columns=tuple(columns)), look), look)
    measures = dict.fromkeys(c.maat for c in card.columns)
    if len(measures) > 1 and len({c.region for c in card.columns}) > 1:
        every = [tuple(c for c in card.columns if c.maat == maat) for maat in measures]
        return [(_names(card, columns), series(replace(card, columns=columns), look)) for columns in every]
    flows = tuple(c for c in card.columns if not c.stock)
    stocks = tuple(c for c in card.columns if c.stock)
    if not flows or not stocks:
        return [("", series(card, look))]
    return [
        (_names(card, columns), series(replace(card, columns=columns), look, apart=True)) for columns in (flows, stocks)
    ]


def _names(card: CardView, columns: tuple[Column, ...]) -> str:
    """The measures of a chart by name."""
    names = list(dict.fromkeys(c.maat for c in columns))
    said = common_start(names)
    names = names[:1] + [name.removeprefix(said) for name in names[1:]]
    return f"{' en '.join(names) if len(names) < 3 else ', '.join(names)} ({unit_name(card)})"


def _grouped(
    card: CardView, draw: Callable[[CardView, list[Column], Style], Chart], look: Style
) -> list[tuple[str, Chart]]:
    """A chart for each measure and region, with all its categories."""
    groups: dict[tuple[str, str], list[Column]] = {}
    for column in card.columns:
        groups.setdefault((column.maat, column.region.code if column.region else ""), []).append(column)
    return [(name_of(card, columns[0]), draw(card, columns, look)) for columns in groups.values()]


def name_of(card: CardView, column: Column) -> str:
    """The name of the chart of a column: its measure, with the unit, and its region where there are several."""
    if not column.maat:
        return ""
    several = len({c.region for c in card.columns}) > 1
    name = f"{column.maat} ({unit_name(card)})"
    return f"{name}, {column.region.label}" if several and column.region else name
