"""The figures as an Excel workbook (XLSX): those of a card, or all of them with a sheet per theme.

Numbers are written as numbers and a sign as text in a column of its own; where the source gives no number the cell is
empty. Every text is written as text, never as formula or link, whatever it begins with: nothing has to be changed in
it. The same release always gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from components.citing import population_text, source_text
from components.export import COLUMNS, RATE_COLUMNS, Row, card_columns, card_rows, figure_rows
from components.numbers import SIGN_MEANINGS, STATUS_MEANINGS, number
from data.catalogue import Theme
from data.release import Release
from data.signs import HEDGES, IN_WORDS, INEXACT, NO_POPULATION, TOO_SMALL
from data.text import starts_a_formula
from data.view import CardView, Figure

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CREATOR = "Dashboard Impactmonitor huiselijk geweld en kindermishandeling"
SOURCE_HEADS = (
    "Bron-id", "Uitgever", "Titel", "Tabel", "Publicatiedatum", "Adres", "Regel voor de status", "Licentie",
    "Ontleend aan",
)  # fmt: skip
SIGN_HEADS = ("Kolom", "Wat er staat", "Betekenis")
COMPUTED_SIGNS = {"ongeveer": "Door de afronding van het aantal kan het berekende getal 1 hoger of lager zijn."}
NOT_CBS = "Dit is geen product van het CBS."
MAX_NAME = 31
MAX_ROWS = 1_048_575  # of Excel, without the heading
WIDEST, NARROWEST = 60, 8
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

Cell = str | float | None


class _Book:
    """A workbook in memory with one look for all of its sheets."""

    def __init__(self, title: str, release: Release) -> None:
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._out,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._book.set_properties(
            {
                "title": title,
                "author": CREATOR,
                "subject": f"Levering {release.name}",
                "keywords": "huiselijk geweld, kindermishandeling, Veilig Thuis, Impactmonitor",
                "comments": f"{NOT_CBS} Een lege cel bij Waarde is geen nul.",
                "created": _made_on(release),
            }
        )
        self._book.set_custom_property("Taal", "nl-NL")
        self._book.set_custom_property("Levering", release.name)
        self._head = self._book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._bold = self._book.add_format({"bold": True, "valign": "top"})
        self._wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._numbers: dict[tuple[str, int], Format] = {}
        self._taken: set[str] = set()

    def name(self, wanted: str) -> str:
        """A name for a sheet that Excel allows and that no other sheet has."""
        plain = _FORBIDDEN.sub(" ", wanted).strip(" '") or "Blad"
        short, at = plain[:MAX_NAME].rstrip(), 1
        while short.lower() in self._taken:
            at += 1
            short = f"{plain[: MAX_NAME - len(f' ({at})')].rstrip()} ({at})"
        self._taken.add(short.lower())
        return short

    def figures(self, name: str, rows: Sequence[Row], columns: Sequence[str] = COLUMNS) -> None:
        """A sheet with a row of headings and a row for each figure."""
        cells = [row.cells for row in rows]
        formats = [
            {
                at: self._number("aantal", 0) if at in _COUNTS else self._number(str(row.cells[_UNIT]), row.decimals)
                for at in _NUMBERS
                if at < len(columns) and row.cells[at] is not None
            }
            for row in rows
        ]
        self.table(name, columns, cells, formats)

    def table(
        self,
        name: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        formats: Sequence[dict[int, Format]] = (),
        wrap: int | None = None,
    ) -> None:
        """A sheet with one row of headings that stays in sight, and filters.

        Args:
            name: of the sheet.
            heads: the headings.
            rows: cells of text, number or nothing.
            formats: for each row the format of its numbers, by column.
            wrap: a column with long texts, that may take several lines.
        """
        sheet = self._sheet(name)
        widths = [len(head) + 3 for head in heads]  # room for the button of the filter
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
        last = 0
        for at, cells in enumerate(rows):
            last = at + 1
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(last, column, cell, self._wrap if column == wrap else self._text(cell))
                elif cell is not None:
                    sheet.write_number(last, column, cell, formats[at][column] if formats else None)
                widths[column] = max(widths[column], len(str(cell or "")) + 1)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, 90 if column == wrap else min(max(width, NARROWEST), WIDEST))
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(heads) - 1)

    def notes(self, name: str, pairs: Iterable[tuple[str, str]]) -> None:
        """A sheet with a subject and a text on each row."""
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 100)
        for at, (subject, text) in enumerate(pairs):
            sheet.write_string(at, 0, subject, self._bold)
            sheet.write_string(at, 1, text, self._wrap)

    def _sheet(self, name: str) -> Worksheet:
        """A new sheet that prints on A4, lying, as wide as the paper."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def close(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._out.getvalue()

    def _text(self, cell: str) -> Format | None:
        """Marks a text that would become a formula if someone edits the cell in Excel."""
        return self._quoted if starts_a_formula(cell) else None

    def _number(self, unit: str, decimals: int) -> Format:
        if (unit, decimals) not in self._numbers:
            pattern = ("0" if unit == "%" else "#,##0") + ("." + "0" * decimals if decimals else "")
            self._numbers[unit, decimals] = self._book.add_format({"num_format": pattern})
        return self._numbers[unit, decimals]


_UNIT = COLUMNS.index("Eenheid")
_COUNTS = (RATE_COLUMNS.index("Inwoners op 1 januari"), RATE_COLUMNS.index("Aantal"))
_NUMBERS = (COLUMNS.index("Waarde"), COLUMNS.index("Eerst gepubliceerd"), *_COUNTS)


def _made_on(release: Release) -> datetime:
    """The day of the newest message about the release, not that of the download: equal figures give equal bytes."""
    day = max(message.datum for message in release.catalogue.messages.values())
    return datetime(day.year, day.month, day.day)


def card_workbook(card: CardView, release: Release) -> bytes:
    """The figures of a card, the very ones of its CSV, and a sheet with their sources and signs."""
    rows = list(card_rows(card, release))
    title = release.catalogue.indicators[card.choice.indicator.slug].titel
    book = _Book(title, release)
    book.figures(book.name("Cijfers"), rows, card_columns(card))
    figures = [figure for *_, figure in card.figures()]
    sources = dict.fromkeys(figure.source for figure in figures)
    sources |= dict.fromkeys(figure.first["oud_bron"] for figure in figures if figure.first)
    signs = {figure.sign for figure in figures}
    about: list[tuple[str, str, str, str]] = [
        ("Bron", source.id, f"{source_text(source)}. Licentie: {source.licentie}", source.adres)
        for source in (release.catalogue.sources[name] for name in sources)
    ]
    populations = dict.fromkeys(name for figure in figures if figure.population for name in figure.population.sources)
    origins = [release.regions.inhabitants.sources[name] for name in populations]
    about += [("Bron", each.id, population_text(each), each.adres) for each in origins]
    meanings = dict(_sign_rows()) | (COMPUTED_SIGNS if card.choice.presentation == "per10000" else {})
    about += [("Teken", sign, text, "") for sign, text in meanings.items() if sign in signs]
    about += [("Status", *row, "") for row in _status_rows() if row[0] in {figure.status for figure in figures}]
    about += [("Uitleg", subject, text, "") for subject, text in _reading(card.choice.presentation, figures)]
    about += [("Levering", release.name, f"{CREATOR}. {NOT_CBS}", "")]
    book.table(book.name("Bronnen en tekens"), ("Soort", "Naam", "Betekenis", "Adres"), about, wrap=2)
    return book.close()


def all_figures_workbook(release: Release) -> bytes:
    """All current figures, each once: a sheet per theme, with what a sheet holds, the sources and the signs.

    An indicator under two themes has its figures on the sheet of the first one; the first sheet says so.
    """
    book = _Book("Alle cijfers over huiselijk geweld en kindermishandeling", release)
    readme = book.name("Lees mij")
    home = {slug: indicator.themas[0] for slug, indicator in release.catalogue.indicators.items()}
    sheets: list[tuple[Theme, str, list[Row]]] = []
    for theme in release.catalogue.themes:
        part = list(figure_rows(release, frozenset(slug for slug in home if home[slug] == theme.id)))
        for start in range(0, max(len(part), 1), MAX_ROWS):
            sheets.append((theme, book.name(theme.tabblad or theme.titel), part[start : start + MAX_ROWS]))
    sources, signs = book.name("Bronnen"), book.name("Tekens")
    book.notes(readme, _read_me(release, sheets, sources, signs))
    for _, name, rows in sheets:
        book.figures(name, rows)
    book.table(
        sources,
        SOURCE_HEADS,
        (
            (s.id, s.uitgever, s.titel, s.tabel, s.publicatiedatum, s.adres, s.statusregel, s.licentie, s.ontleend_aan)
            for s in release.catalogue.sources.values()
        ),
    )
    meanings = [("Teken", *row) for row in _sign_rows() if row[0] not in (TOO_SMALL, NO_POPULATION, INEXACT)]
    meanings += [("Status", *row) for row in _status_rows()]
    book.table(signs, SIGN_HEADS, meanings, wrap=2)
    return book.close()


def _sign_rows() -> list[tuple[str, str]]:
    hedge = "Zo zegt de bron het bij haar getal. Het getal is dus niet precies."
    words = "Zo zegt de bron het. Het getal is het percentage dat daarbij hoort."
    return [
        *SIGN_MEANINGS.items(),
        *((sign, hedge) for sign in sorted(HEDGES)),
        *((sign, words) for sign in sorted(IN_WORDS)),
    ]


def _status_rows() -> list[tuple[str, str]]:
    return list(STATUS_MEANINGS.items())


def _reading(presentation: str = "", figures: Sequence[Figure] = ()) -> list[tuple[str, str]]:
    """How to read the columns; of a card also those that it has because of its presentation."""
    out = [
        ("Waarde", "Het getal. Een lege cel is geen nul: bij Teken staat dan waarom er geen getal is."),
        ("Eenheid", "‘aantal’, ‘%’, of per hoeveel inwoners. Bij % is 28,5 het getal voor het procentteken: 28,5%."),
        ("Eerst gepubliceerd", "Het eerste getal, als de bron haar cijfer later heeft vervangen."),
    ]
    if presentation == "per10000":
        out.append(("Berekend", "‘ja’: het aantal, gedeeld door alle inwoners, zoals dit dashboard dat berekende."))
    elif any(figure.computed for figure in figures):
        out.append(("Berekend", "‘ja’: een aandeel dat dit dashboard berekende uit gepubliceerde aantallen."))
    return out


def _read_me(
    release: Release, sheets: list[tuple[Theme, str, list[Row]]], sources: str, signs: str
) -> Iterable[tuple[str, str]]:
    yield "Alle cijfers", "Huiselijk geweld en kindermishandeling: alle cijfers van deze levering, elk één keer."
    yield "Levering", release.name
    yield "Let op", NOT_CBS
    yield (
        "Bron en licentie",
        "Bij elk cijfer staat de bron; het blad Bronnen geeft alles wat daarover bekend is. De cijfers van het CBS "
        "vallen onder CC BY 4.0: u mag ze gebruiken en delen als u het CBS als bron noemt. Bij andere cijfers noemt u "
        "de organisatie die ze publiceerde.",
    )
    yield "Alleen gepubliceerd", "Er staan alleen gepubliceerde cijfers in. Niets is berekend of geschat."
    yield from _reading()
    for theme, name, rows in sheets:
        yield f"Blad {name}", _contents(release, theme, rows)
    yield f"Blad {sources}", "Elke publicatie waaruit cijfers komen, met datum, adres en licentie."
    yield f"Blad {signs}", "Wat de tekens en de statussen betekenen."


def _contents(release: Release, theme: Theme, rows: list[Row]) -> str:
    """What a sheet holds, and where the figures are of the indicators of its theme that live elsewhere."""
    themes = {each.id: each.titel for each in release.catalogue.themes}
    held = {row.cells[0] for row in rows}
    here, empty = [], []
    elsewhere: dict[str, list[str]] = {}
    for indicator in release.catalogue.of_theme(theme.id):
        if indicator.titel in held:
            here.append(indicator.titel)
        elif indicator.themas[0] != theme.id:
            elsewhere.setdefault(f"onder {themes[indicator.themas[0]]}", []).append(indicator.titel)
        elif release.by_indicator[indicator.slug].empty:
            empty.append(indicator.titel)
        for reference in indicator.verwijst:
            other = release.catalogue.indicators[reference.indicator]
            where = f"bij {other.titel}, onder {themes[other.themas[0]]}"
            elsewhere.setdefault(where, []).append(f"de totalen van {indicator.titel}")
    count = f"{number(len(rows))} {'cijfer' if len(rows) == 1 else 'cijfers'}"
    parts = [f"{theme.titel}: {count}{f' over {_list(here)}' if here else ''}."]
    parts += [f"Elders, {where}: {_list(titles)}." for where, titles in elsewhere.items()]
    if empty:
        parts.append(f"Geen cijfers in deze levering over {_list(empty)}.")
    return "\n".join(parts)


def _list(titles: list[str]) -> str:
    return "; ".join(titles)
