"""The way of a figure from its cell in a published table to where a reader meets it; each step compares and counts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from components import report as reports
from data.choice import choose, selections
from data.release import Release
from data.report import report
from data.text import slugify
from data.units import UNIT_OF
from data.view import CardView, Figure, card_view
from tests import told
from tests.components.screen import agree
from tests.reading import csv_number, parse, read_csv, read_table
from tests.told import Key, Told

FIGURES, CELLS = 2690, 3056
# A span of four years, of an indicator without a national page: no series, and nothing to stand beside.
ON_NO_CARD = [
    Key("tijdelijk-huisverbod", "Tijdelijke huisverboden", "Besluit", "Opgelegd", "NL01", "2009-2012", "aantal")
]
WORDS = {".": "onbekend (.)", "x": "geheim (x)", "-": "nihil (-)", "leeg": "kan niet voorkomen"}
IN_WORDS = {"bijna zes op de tien", "ongeveer drie op de tien", "de helft", "meer dan de helft"}
BADGES = {"voorlopig": "Voorlopige cijfers", "nader voorlopig": "Nader voorlopige cijfers"}
MARKS = {"definitief": "", "voorlopig": "*", "nader voorlopig": "**", "onbekend": "***"}


def current(release: Release) -> dict[Key, Told]:
    """Each current figure as it stands in the cell, of the newest publication, that the project says it comes from."""
    found = told.current()
    assert (len(found), sum(map(len, told.every().values()))) == (FIGURES, CELLS)
    rows = release.figures[[*Key._fields, "bron", "rij", "kolom"]].itertuples(index=False, name=None)
    places = {Key(*row[:-3]): row[-3:] for row in rows}
    assert set(places) == set(found)
    out = {key: one for key, same in found.items() for one in same if one.place == places[key]}
    assert len(out) == FIGURES
    return out


def as_read(one: Told, unit: str) -> str:
    """What a reader must see of a cell of a published table."""
    if one.value is None:
        return WORDS[one.sign]
    number = one.dutch + ("%" if unit == "%" else "")
    return f"{number}, ‘{one.sign}’" if one.sign in IN_WORDS else f"{one.sign} {number}".strip()


def key_of(figure: Figure) -> Key:
    return Key(*(figure.row[name] for name in Key._fields))


# --- cards ---


@dataclass
class Met:
    """The figures that were compared, by where they stand, and on how many cards."""

    cards: int = 0
    table: set[Key] = field(default_factory=set)
    chart: set[Key] = field(default_factory=set)
    file: set[Key] = field(default_factory=set)


def tries(release: Release, key: Key) -> Iterator[tuple[str, dict[str, str]]]:
    """The choices that a visitor can make to see a figure: those that show many at once come first."""
    indicator, region = release.catalogue.indicators[key.indicator], release.regions[key.regio_code]
    of_breakdown = [s for s in selections(release, indicator) if s.kenmerk == key.kenmerk]
    with_it = [s for s in of_breakdown if key.categorie in s.categories]
    presentation = {unit: name for name, unit in UNIT_OF.items()}[key.eenheid]
    asked = {"indicator": key.indicator, "maat": release.catalogue.measures[key.maat].slug, "weergave": presentation,
             "periode": key.periode}  # fmt: skip
    national = region.code == "NL01"
    for view in ("landelijk" if national else "regionaal", "tijdreeksen"):
        if view not in indicator.views:
            continue
        for selection in sorted(with_it, key=lambda s: not s.group):
            query = asked | ({selection.parameter: selection.slug} if selection.slug else {})
            if view == "regionaal" and not selection.group:
                yield view, query | {"niveau": slugify(region.level_name)}
            yield view, query | ({} if national else {"regio": region.code})


def meet_on_a_card(client: FlaskClient, release: Release, key: Key, figures: dict[Key, Told], met: Met) -> bool:
    """Visit a card that shows a figure, and compare all that stands on it; False when there is no such card."""
    for view, query in tries(release, key):
        card = card_view(release, choose(release, view, query))
        if any(not f.computed and key_of(f) == key for *_, f in card.figures()):
            visit(client, f"/{view}?{urlencode(query)}", card, figures, met)
            return True
    return False


def visit(client: FlaskClient, address: str, card: CardView, figures: dict[Key, Told], met: Met) -> None:
    """Read the page of a card, its charts and its file, and compare every published figure in them with its source."""
    body = client.get(address).get_data(as_text=True)
    read = parse(body).one("section", "kaart", **{"aria-labelledby": "kaart-titel"})
    table = read_table(read)
    (button,) = [link["href"] for link in read.all("a", "knop") if link.text() == "Download CSV"]
    file = read_csv(client.get(button).data)
    agree(card, table, file, charts_of(body))
    of_file = {key[1:]: key for key in figures}
    assert len(of_file) == len(figures), "what stands in the file of a card tells every figure from the others"
    cells = [(at, text) for at, (_, row) in enumerate(table.rows) for text in row if text != "niet beschikbaar"]
    lines = read.one("table", "cijfers").one("tbody").all("tr")
    statuses = {row["Status"] for row in file}
    if len(statuses) == 1:
        badges = [label.text() for label in read.all("span", "label")]
        assert [b for b in badges if b in BADGES.values()] == [BADGES[s] for s in statuses if s in BADGES], address
    for row, (at, text) in zip(file, cells, strict=True):
        if row["Berekend"] == "ja":
            continue
        named = ("Maat", "Kenmerk", "Categorie", "Regiocode", "Periodecode", "Eenheid")
        key = of_file[tuple(row[name] for name in named)]
        one = figures[key]
        shown = (csv_number(row["Waarde"]), row["Teken"], row["Status"], row["Bron-id"])
        assert shown == (*one.content, one.status, one.source), f"{address} {key}"
        assert text == as_read(one, key.eenheid), f"{address} {key}"
        if len(statuses) > 1:
            assert one.status in lines[at].all("td")[-1].text().split(", "), f"{address} {key}"
        met.file.add(key)
        met.table.add(key)
        if one.value is not None:
            met.chart.add(key)  # `agree` found it there
    met.cards += 1


def charts_of(body: str) -> list[dict[str, Any]]:
    """The charts of the card of a page, as the page hands them to plotly."""
    begin = re.search(r'id="eerste-antwoorden">(.*?)</script>', body, re.DOTALL)
    assert begin

    def graphs(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            yield from node.get("graphs", ())
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from graphs(child)

    return [each["figure"] for each in graphs(json.loads(begin[1])) if re.fullmatch(r"grafiek-\d+", each["id"])]


# --- reports ---


def read_report(client: FlaskClient, release: Release, code: str, figures: dict[Key, Told]) -> set[Key]:
    """The published figures in the tables of a report, each as its source says it, and all of them in the PDF."""
    cells: list[tuple[Figure | None, str]] = []
    write = reports.Numbers.text

    def noted(column: reports.Numbers, line: Any, marks: Any) -> str:
        cells.append((column.figure(line), write(column, line, marks)))
        return cells[-1][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reports.Numbers, "text", noted)
        blocks = reports.contents(report(release, release.regions[code]), release)["blocks"]
    left, there = iter(cells), set()
    file = PdfReader(io.BytesIO(client.get(f"/rapport/{code}.pdf").data))
    pdf = _squeezed(page.extract_text() for page in file.pages)
    at = 0
    for block in (b for b in blocks if b["kind"] == "table"):
        for row in block["rows"]:
            for text in row["cells"][1:]:
                figure, written = next(left)
                assert written == text
                if figure and not figure.computed:
                    key = key_of(figure)
                    expected = as_read(figures[key], key.eenheid) + _mark(figures[key], block["status"])
                    assert re.sub(r" \(eerst\xa0[^)]*\)", "", text) == expected, f"{code} {key}"
                    there.add(key)
        for words in ([block["caption"]], *(row["cells"] for row in block["rows"]), [block["status"]]):
            wanted = _squeezed(words)
            found = pdf.find(wanted, at)
            assert found >= 0, f"{code}: {words} does not follow"
            at = found + len(wanted)
    assert next(left, None) is None
    return there


def _squeezed(texts: Any) -> str:
    """Without white space, which differs where a line is broken."""
    return re.sub(r"\s+", "", "".join(texts))


def _mark(one: Told, line: str) -> str:
    """What must stand behind a number: the mark of its status, or nothing where the line below says it of all."""
    if line == f"Status van deze cijfers: {one.status}.":
        return ""
    mark = MARKS[one.status]
    assert re.search(rf"(?<!\*){re.escape(mark)} " if mark else "zonder sterretje: definitief", line), line
    return mark
