"""The workbooks, read back by a library that had no part in writing them."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from components.export import COLUMNS, card_csv
from components.workbook import _Book, all_figures_workbook, card_workbook
from data.release import Release
from data.text import safe_text, starts_a_formula
from data.view import CardView
from tests.data.published import REGIONS_IN_84851NED, lines
from tests.reading import csv_number, read_csv

Shown = Callable[..., CardView]
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"
NO_FIGURES = ("Lees mij", "Bronnen", "Tekens")
HOSTILE = ['=HYPERLINK("https://example.org")', "+31 6", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1"]


def open_book(body: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    heads, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in body]


@pytest.fixture(scope="module")
def book(release: Release) -> Workbook:
    return open_book(all_figures_workbook(release))


def test_a_sheet_for_each_theme_between_an_introduction_and_the_sources_and_signs(
    book: Workbook, release: Release
) -> None:
    names = book.sheetnames
    assert names == [
        "Lees mij", "Omvang", "Aard en kenmerken", "Vergroting bereik Veilig Thuis", "Verbinding zorg en veiligheid",
        "Verbetering outcome", "Eerder signaleren en bespreken", "Veilig Thuis in detail", "Bronnen", "Tekens",
    ]  # fmt: skip
    assert len(names) == len(release.catalogue.themes) + 3


def test_every_figure_of_the_release_is_there_exactly_once(book: Workbook, release: Release) -> None:
    found = Counter(
        (
            row["Indicator"], row["Maat"], row["Kenmerk"], row["Categorie"], row["Regiocode"], row["Periodecode"],
            row["Waarde"], row["Eenheid"], row["Teken"] or "", row["Status"], row["Bron-id"],
        )
        for sheet in book
        if sheet.title not in NO_FIGURES
        for row in rows(sheet)
    )  # fmt: skip
    names = ["maat", "kenmerk", "categorie", "regio_code", "periode"]
    expected = Counter(
        (
            release.catalogue.indicators[row["indicator"]].titel,
            *(row[name] for name in names),
            None if row["waarde"] != row["waarde"] else row["waarde"],
            row["eenheid"], row["teken"], row["status"], row["bron"],
        )
        for row in release.figures.to_dict("records")
    )  # fmt: skip
    assert found == expected
    assert set(found.values()) == {1}


def test_published_figures_of_drenthe_stand_in_their_cells(book: Workbook) -> None:
    """StatLine 84851NED, 2023: the row of child abuse as printed there, with its signs."""
    rows_of = {
        (row["Categorie"], row["Regiocode"], row["Maat"]): (row["Waarde"], row["Teken"], row["Status"])
        for row in rows(book["Aard en kenmerken"])
        if row["Periodecode"] == "2023JJ00"
    }
    printed = {line.split(" 2023* ")[0]: line.split(" 2023* ")[1].split() for line in lines("84851ned-drenthe-2023")}
    assert printed["Kindermishandeling Drenthe (PV)"][0] == "1.605"
    for place, code in REGIONS_IN_84851NED.items():
        cells = printed[f"Kindermishandeling {place}"]
        for maat, cell in (("Gestarte adviezen", cells[0]), ("Afgeronde diensten onderzoek", cells[3])):
            found = rows_of["Kindermishandeling", code, maat]
            expected = (None, ".") if cell == "." else (int(cell.replace(".", "")), None)
            assert found == (*expected, "voorlopig")


def test_a_published_share_is_a_plain_number_with_its_unit_beside_it(book: Workbook) -> None:
    """Impactmonitor 2023, figure 5.1: 49 percent of acutely unsafe reports came from the police; doctors 1,9."""
    found = {
        row["Waarde"]: row["Eenheid"]
        for row in rows(book["Vergroting bereik Veilig Thuis"])
        if row["Bron-id"] == "impactmonitor-2023-figuur-5-1" and row["Periodecode"] == "2023HJ01"
    }
    assert {49: "%", 1.9: "%"}.items() <= found.items()


def test_numbers_are_numbers_signs_are_text_and_nothing_is_a_formula(book: Workbook) -> None:
    kinds: Counter[tuple[str, str]] = Counter()
    for sheet in book:
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type in ("s", "n"), f"{sheet.title}!{cell.coordinate}"
                assert cell.hyperlink is None
                if sheet.title not in NO_FIGURES and cell.row > 1:
                    kinds[COLUMNS[cell.column - 1], type(cell.value).__name__] += 1
    assert {kind for name, kind in kinds if name == "Waarde"} == {"int", "float", "NoneType"}
    assert {kind for name, kind in kinds if name == "Teken"} == {"str", "NoneType"}
    text = {name for name, kind in kinds if kind == "str"}
    assert text == set(COLUMNS) - {"Waarde", "Eerst gepubliceerd"}


def test_no_number_is_an_empty_cell_with_a_sign_and_never_zero(book: Workbook) -> None:
    figures = [row for sheet in book if sheet.title not in NO_FIGURES for row in rows(sheet)]
    without = [row for row in figures if row["Waarde"] is None]
    assert {row["Teken"] for row in without} == {"."}
    assert len(without) > 100
    assert not [row for row in figures if row["Teken"] == "." and row["Waarde"] is not None]


def test_the_head_of_a_sheet_stays_in_sight_and_filters(book: Workbook) -> None:
    for sheet in book:
        if sheet.title == "Lees mij":
            continue
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.print_title_rows == "$1:$1", "and on every page of a print"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.auto_filter.ref == sheet.dimensions, sheet.title
        assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[1])


def test_counts_have_thousands_and_shares_the_decimals_of_the_source(book: Workbook) -> None:
    formats = {
        (row[COLUMNS.index("Eenheid")].value, row[COLUMNS.index("Waarde")].number_format)
        for sheet in book
        if sheet.title not in NO_FIGURES
        for row in sheet.iter_rows(min_row=2)
        if row[COLUMNS.index("Waarde")].value is not None
    }
    assert formats == {("aantal", "#,##0"), ("%", "0"), ("%", "0.0")}


def test_the_first_sheet_says_what_this_is(book: Workbook, release: Release) -> None:
    text = {str(subject): str(told) for subject, told in book["Lees mij"].iter_rows(values_only=True)}
    assert text["Levering"] == release.name
    assert "Dit is geen product van het CBS" in text["Let op"]
    assert "CC BY 4.0" in text["Bron en licentie"]
    assert "28,5 het getal voor het procentteken: 28,5%" in text["Eenheid"]
    for name in book.sheetnames[1:]:
        assert text[f"Blad {name}"]
    assert "onder Aard en kenmerken: Tijdelijk huisverbod (THV)" in text["Blad Verbinding zorg en veiligheid"]
    adviezen = text["Blad Vergroting bereik Veilig Thuis"]
    assert "bij Kerncijfers Veilig Thuis" in adviezen
    assert "de totalen van Aantal adviezen en meldingen" in adviezen
    assert "Geen cijfers in deze levering over Gepraat" in text["Blad Eerder signaleren en bespreken"]


def test_sources_and_signs_have_a_sheet(book: Workbook, release: Release) -> None:
    sources = rows(book["Bronnen"])
    assert [row["Bron-id"] for row in sources] == list(release.catalogue.sources)
    assert {row["Licentie"] for row in sources if row["Bron-id"] == "cbs-bvt-2019-1"} == {
        "CC BY 4.0 (CBS als bron noemen)"
    }
    signs = {row["Wat er staat"]: row["Kolom"] for row in rows(book["Tekens"])}
    used = set(release.figures["teken"]) - {""}
    assert used <= {sign for sign, column in signs.items() if column == "Teken"}
    assert {"-", "x", "leeg"} <= set(signs)
    assert set(release.figures["status"]) <= {status for status, column in signs.items() if column == "Status"}


def test_the_properties_name_title_release_and_language(book: Workbook, release: Release) -> None:
    assert book.properties.title == "Alle cijfers over huiselijk geweld en kindermishandeling"
    assert release.name in str(book.properties.subject)
    assert {each.name: each.value for each in book.custom_doc_props.props}["Taal"] == "nl-NL"


def test_the_same_release_gives_the_same_bytes(shown: Shown, release: Release) -> None:
    assert all_figures_workbook(release) == all_figures_workbook(release)
    card = shown("landelijk", indicator=NATURE)
    assert card_workbook(card, release) == card_workbook(card, release)


# --- the workbook of a card ---


def test_the_workbook_of_every_card_has_the_figures_of_its_csv(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        body = open_book(card_workbook(card, release))
        assert body.sheetnames == ["Cijfers", "Bronnen en tekens"], name
        found = rows(body["Cijfers"])
        expected = read_csv(card_csv(card, release))
        assert len(found) == len(expected) > 0, name
        for one, other in zip(found, expected, strict=True):
            for column in COLUMNS:
                if column in ("Waarde", "Eerst gepubliceerd"):
                    assert one[column] == csv_number(other[column]), f"{name}: {column}"
                else:
                    assert (one[column] or "") == other[column], f"{name}: {column}"


def test_the_second_sheet_explains_what_the_first_one_uses(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        body = open_book(card_workbook(card, release))
        told = {(row["Soort"], row["Naam"]) for row in rows(body["Bronnen en tekens"])}
        for row in rows(body["Cijfers"]):
            assert ("Bron", row["Bron-id"]) in told, name
            assert ("Status", row["Status"]) in told, name
            assert not row["Teken"] or ("Teken", row["Teken"]) in told, name
        assert ("Levering", release.name) in told, name


# --- nothing starts a formula ---


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_could_start_a_formula_is_disarmed(text: str, shown: Shown, release: Release) -> None:
    assert starts_a_formula(text)
    assert safe_text(text) == f"'{text}"
    card = shown("landelijk", indicator=NATURE)
    key, figure = next(iter(card.cells.items()))
    hostile = replace(card, cells={key: replace(figure, row=figure.row | {"categorie": text})})
    (row,) = read_csv(card_csv(hostile, release))
    assert row["Categorie"] == f"'{text}"
    sheet = open_book(card_workbook(hostile, release))["Cijfers"]
    cell = sheet.cell(2, COLUMNS.index("Categorie") + 1)
    assert cell.data_type == "s"
    assert str(cell.value).replace("_x000D_", "\r") == text, "a workbook knows texts: nothing has to be changed"
    assert cell.quotePrefix, "also after someone edits the cell"


@pytest.mark.parametrize(
    "text", ["-", "", ".", "x", "Totaal", "(Ex-)Partnergeweld", "0-18 jaar", "bijna zes op de tien"]
)
def test_signs_and_ordinary_texts_stay_as_they_are(text: str) -> None:
    assert safe_text(text) == text


def test_a_published_dash_stays_a_dash(shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator=NATURE)
    key, figure = next(iter(card.cells.items()))
    nil = replace(card, cells={key: replace(figure, value=None, sign="-")})
    (row,) = read_csv(card_csv(nil, release))
    assert (row["Teken"], row["Waarde"]) == ("-", "")
    (found,) = rows(open_book(card_workbook(nil, release))["Cijfers"])
    assert (found["Teken"], found["Waarde"]) == ("-", None)


def test_sheets_have_names_that_excel_allows_and_that_differ(release: Release) -> None:
    book = _Book("toets", release)
    names = [book.name(wanted) for wanted in ("a/b:c*d", "A/B:C*D", "x" * 40, "x" * 45, "'", "")]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
