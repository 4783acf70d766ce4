"""How a source is named, wherever it stands: under a card, in a picture, a report, a workbook or the news."""

from __future__ import annotations

from typing import Any

from components.elements import html
from data import periods
from data.catalogue import Source
from data.inhabitants import Source as Origin


def date_text(date: str) -> str:
    """A publication date as far as it is known: 2020, 28 april 2020, or 'datum onbekend'."""
    match date.count("-"):
        case 2:
            return periods.period(date).label
        case 1:
            year, month = date.split("-")
            return f"{periods.MONTHS[int(month) - 1]} {year}"
        case _:
            return date or "datum onbekend"


def source_text(source: Source) -> str:
    """A source in one line: publisher, title, table and date, and whom it quotes; without full stop."""
    return _publication(source) + _rest(source)


def source_link(source: Source) -> list[Any]:
    """The same line, ended with a full stop, with publisher and title as a link to the publication."""
    return [html.A(_publication(source), href=source.adres), f"{_rest(source)}."]


def population_text(source: Origin) -> str:
    """A source of numbers of inhabitants in one line, without full stop."""
    return _inhabitants(source) + _terms(source)


def population_link(source: Origin) -> list[Any]:
    """The same line, ended with a full stop, with publisher and title as a link."""
    return [html.A(_inhabitants(source), href=source.adres), f"{_terms(source)}."]


def _inhabitants(source: Origin) -> str:
    return f"Inwoners: {source.uitgever}, {source.titel}"


def _terms(source: Origin) -> str:
    return f", {source.licentie}" + (f"; ontleend aan {source.ontleend_aan}" if source.ontleend_aan else "")


def _publication(source: Source) -> str:
    return f"{source.uitgever}, {source.titel}"


def _rest(source: Source) -> str:
    taken = f"; ontleend aan {source.ontleend_aan}" if source.ontleend_aan else ""
    return f", {source.tabel} ({date_text(source.publicatiedatum)}){taken}"
