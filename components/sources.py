"""The table of all sources of the release, as the sources table declares them."""

from __future__ import annotations

from itertools import groupby

from components.citing import date_text
from components.elements import html
from data.catalogue import Source
from data.release import Release

HEADS = ("Tabel", "Datum", "Licentie", "Naam in bestanden")


def sources_table(release: Release) -> html.Table:
    """A table with a group of rows for each publication."""
    ordered = sorted(release.catalogue.sources.values(), key=_publication)
    heads = [html.Th(head, scope="col") for head in HEADS]
    return html.Table(
        [
            html.Caption("Publicaties waaruit de cijfers komen", className="alleen-lezen"),
            html.Thead(html.Tr(heads)),
            *(_group(list(group)) for _, group in groupby(ordered, key=_publication)),
        ],
        className="bronnentabel",
    )


def _publication(source: Source) -> tuple[str, str]:
    return source.uitgever, source.titel


def _group(sources: list[Source]) -> html.Tbody:
    first = sources[0]
    name = html.Th(
        [first.titel, html.Span(first.uitgever, className="uitgever")],
        scope="rowgroup",
        colSpan=str(len(HEADS)),
    )
    return html.Tbody([html.Tr(name, className="publicatie"), *map(_row, sources)])


def _row(source: Source) -> html.Tr:
    taken = html.Span(f"Overgenomen van: {source.ontleend_aan}", className="uitgever") if source.ontleend_aan else None
    table = [html.A(source.tabel, href=source.adres), taken]
    cells = (table, date_text(source.publicatiedatum), source.licentie, source.id)
    return html.Tr([html.Td(cell, **{"data-kop": head}) for head, cell in zip(HEADS, cells, strict=True)])
