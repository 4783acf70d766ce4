"""News: releases and corrections, newest first, on the page and as an Atom feed."""

from __future__ import annotations

import uuid
from calendar import monthrange
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from components.address import address
from components.citing import date_text
from components.elements import html
from components.numbers import number, sign_words
from components.shell import NAME
from components.words import join
from data import periods
from data.news import Correction, corrections
from data.release import Release

ATOM = "http://www.w3.org/2005/Atom"
ID = uuid.uuid5(uuid.NAMESPACE_URL, "impactmonitor/wat-is-nieuw")
PAGE = "wat-is-nieuw"
MOST_ROWS = 60
"""So many old and new figures show with a correction; a table of StatLine can have thousands."""
TABLE_HEADS = ("Wat", "Regio", "Periode", "Eerst", "Nu")


@dataclass(frozen=True)
class Item:
    """One piece of news. `date` is as exact as is known (2022, 2020-04-28)."""

    id: str
    date: str
    kind: str
    title: str
    text: str
    correction: Correction | None = None


def items(release: Release) -> list[Item]:
    """Declared releases and changes, and the corrections of the revision history; the newest first."""
    declared = [
        Item(m.id, m.datum.isoformat(), "Levering", m.titel, m.tekst) for m in release.catalogue.messages.values()
    ]
    corrected = [_of_correction(each) for each in corrections(release)]
    return sorted([*declared, *corrected], key=lambda item: item.date, reverse=True)


def _of_correction(each: Correction) -> Item:
    count = "1 cijfer" if len(each.rows) == 1 else f"{number(len(each.rows))} cijfers"
    about = join([p.label for p in each.about])
    what, place = ("vervallen", "stonden") if each.withdrawn else ("herzien", "staan")
    source = f"De {'' if each.withdrawn else 'nieuwe '}cijfers {place} in: {each.source.titel}, {each.source.tabel}."
    return Item(each.id, each.date, "Correctie", f"{count} {what}: {about}", f"{each.reason} {source}".strip(), each)


def article(item: Item, release: Release) -> html.Article:
    """A piece of news on the page; a correction with its old and new values."""
    return html.Article(
        [
            html.P([html.Span(item.kind, className="label"), html.Span(date_text(item.date), className="datum")],
                   className="labels"),
            html.H2(item.title, id=item.id),
            html.P(item.text),
            _values(item.correction, item.title, release) if item.correction else None,
        ],
        className="hoofdstuk bericht",
        **{"aria-labelledby": item.id},
    )  # fmt: skip


def _values(correction: Correction, title: str, release: Release) -> html.Details:
    shown = correction.rows[:MOST_ROWS]
    rest = len(correction.rows) - len(shown)
    every = html.A("revisies.csv", href=address("download/revisies.csv"))
    count = f"De tabel toont er {number(MOST_ROWS)} van de {number(MOST_ROWS + rest)}. Alle staan in "
    more = html.P([count, every, "."]) if rest else None
    heads = [html.Th(head, scope="col", className="getal" if head in TABLE_HEADS[3:] else "") for head in TABLE_HEADS]
    return html.Details(
        [
            html.Summary("Oude en nieuwe cijfers"),
            more,
            html.Div(
                html.Table(
                    [
                        html.Caption(f"Oude en nieuwe cijfers: {title}", className="alleen-lezen"),
                        html.Thead(html.Tr(heads)),
                        html.Tbody([_row(row, release) for row in shown]),
                    ],
                    className="cijfers",
                ),
                className="schuif",
                tabIndex="0",
                role="region",
                **{"aria-label": f"Oude en nieuwe cijfers: {title}"},
            ),
        ],
        className="tabel",
    )


def _row(row: dict[str, Any], release: Release) -> html.Tr:
    what = row["maat"] if row["kenmerk"] == row["categorie"] else f"{row['maat']}, {row['categorie']}"
    code = row["regio_code"]
    place = release.regions[code].label if code in release.regions else row["regio_naam"]
    return html.Tr(
        [
            html.Th(what, scope="row"),
            html.Td(place),
            html.Td(periods.period(row["periode"]).label),
            html.Td(_value(row, "oud"), className="getal"),
            html.Td(_value(row, "nieuw"), className="getal"),
        ]
    )


def _value(row: dict[str, Any], side: str) -> str:
    value = row[f"{side}_waarde"]
    if value != value:
        return sign_words(sign) if (sign := row[f"{side}_teken"]) else "niet meer gepubliceerd"
    return number(value, row["eenheid"], 0 if value == int(value) else 1)


# --- the feed ---


def moment(date: str) -> str:
    """The moment that Atom asks for: the end of a date that is only partly known, so never before the news itself."""
    year, month, day = (*(int(part) for part in date.split("-")), 0, 0)[:3]
    month = month or 12
    return f"{year}-{month:02d}-{day or monthrange(year, month)[1]:02d}T00:00:00Z"


def feed(release: Release, site: str) -> bytes:
    """The news as an Atom feed.

    Args:
        release: the figures.
        site: scheme and host of this site, for the addresses, without slash at the end.
    """
    news = items(release)
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "nl"})
    _add(root, "id", ID.urn)
    _add(root, "title", f"Wat is nieuw – {NAME}")
    _add(root, "updated", max(moment(item.date) for item in news))
    _add(_add(root, "author"), "name", NAME)
    _add(root, "link", rel="self", type="application/atom+xml", href=site + address(f"{PAGE}.atom"))
    _add(root, "link", rel="alternate", type="text/html", href=site + address(PAGE))
    for item in news:
        entry = _add(root, "entry")
        _add(entry, "id", uuid.uuid5(ID, item.id).urn)
        _add(entry, "title", item.title)
        _add(entry, "updated", moment(item.date))
        _add(entry, "link", rel="alternate", type="text/html", href=site + address(f"{PAGE}#{item.id}"))
        _add(entry, "category", term=item.kind.lower(), label=item.kind)
        _add(entry, "summary", f"{date_text(item.date).capitalize()}. {item.text}", type="text")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = text
    return child
