"""The files of figures, opened in LibreOffice: what a person finds in the cells is what was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from components.export import COLUMNS, all_figures_for_people_csv, card_csv, card_rows, figure_rows
from components.workbook import all_figures_workbook, card_workbook
from data.choice import choose
from data.release import Release
from data.view import CardView, card_view
from tests.audit.office import DUTCH, SEMICOLON, Cell, Sheet, opened, version

pytestmark = pytest.mark.audit
Say = Callable[[str], None]
NUMBERS = ("Waarde", "Eerst gepubliceerd")
NO_FIGURES = ("Lees mij", "Bronnen", "Tekens")
HOSTILE = ['=HYPERLINK("https://example.org")', "+31 6", "-2+3", "@SUM(A1)", " =1+1"]
# StatLine 84851NED, 2023*: child abuse in Drenthe (PV) and Midden-Drenthe, started advice and the next measures.
PUBLISHED: dict[tuple[str, str], tuple[Cell, Cell]] = {
    ("PV22", "Gestarte adviezen"): (1605, None),
    ("PV22", "Ontvangen meldingen"): (1060, None),
    ("GM1731", "Gestarte adviezen"): (70, None),
    ("GM1731", "Afgeronde diensten onderzoek"): (None, "."),
}


def told(release: Release) -> list[dict[str, Cell]]:
    """What the release holds, an empty text as an empty cell."""
    return [
        {n: c if c != "" else None for n, c in zip(COLUMNS, row.cells, strict=True)} for row in figure_rows(release)
    ]


def as_text(cell: Cell) -> str:
    """A text as it was before the spreadsheet took it for a number ('2023')."""
    return f"{cell:g}" if isinstance(cell, float) else cell or ""


def counted(rows: list[dict[str, Cell]], names: tuple[str, ...]) -> Counter[tuple[Cell, ...]]:
    return Counter(tuple(row[name] for name in names) for row in rows)


def check_figures(found: list[dict[str, Cell]], release: Release) -> None:
    expected = told(release)
    names = (
        "Maat",
        "Kenmerk",
        "Categorie",
        "Regiocode",
        "Periodecode",
        *NUMBERS,
        "Eenheid",
        "Teken",
        "Status",
        "Bron-id",
    )
    assert len(found) == len(expected)
    assert counted(found, names) == counted(expected, names)
    for row in found:
        assert all(row[name] is None or isinstance(row[name], float) for name in NUMBERS), row
        assert row["Teken"] is None or isinstance(row["Teken"], str), row
    drenthe = {
        (row["Regiocode"], row["Maat"]): (row["Waarde"], row["Teken"])
        for row in found
        if row["Categorie"] == "Kindermishandeling" and row["Periodecode"] == "2023JJ00"
    }
    assert PUBLISHED.items() <= drenthe.items()


def only(sheets: dict[str, Sheet]) -> Sheet:
    (sheet,) = sheets.values()
    return sheet


def test_the_workbook_of_all_figures(release: Release, tmp_path: Path, measured: Say) -> None:
    """The workbook of all figures opens in LibreOffice: numbers are numbers, signs are text, all are there."""
    file = tmp_path / "cijfers.xlsx"
    file.write_bytes(all_figures_workbook(release))
    sheets = opened(file, tmp_path / "out")
    assert not [sheet.name for sheet in sheets.values() if sheet.formulas]
    figures = [row for sheet in sheets.values() if sheet.name not in NO_FIGURES for row in sheet.records()]
    check_figures(figures, release)
    assert len(sheets["Bronnen"].records()) == len(release.catalogue.sources)
    measured(f"{len(figures)} figures on {len(sheets) - len(NO_FIGURES)} sheets equal; {version()}")


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(DUTCH, id="language in the import"),
        pytest.param(SEMICOLON, id="language of the profile"),
    ],
)
def test_the_csv_for_people(options: str, release: Release, tmp_path: Path, measured: Say) -> None:
    """The CSV for people opens in a Dutch LibreOffice in columns, with numbers as numbers."""
    file = tmp_path / "cijfers.csv"
    file.write_bytes(all_figures_for_people_csv(release))
    sheet = only(opened(file, tmp_path / "out", options))
    assert sheet.rows[0] == list(COLUMNS)
    assert not sheet.formulas
    check_figures(sheet.records(), release)
    assert any(isinstance(row["Waarde"], float) and row["Waarde"] % 1 for row in sheet.records())
    measured(f"{len(sheet.records())} figures equal, language given and from the profile; {version()}")


def test_the_texts_of_the_csv_for_people(release: Release, tmp_path: Path, measured: Say) -> None:
    """No name in the CSV for people turns into something else in LibreOffice."""
    file = tmp_path / "cijfers.csv"
    file.write_bytes(all_figures_for_people_csv(release))
    found = only(opened(file, tmp_path / "out", DUTCH)).records()
    names = [name for name in COLUMNS if name not in NUMBERS and name != "Periode"]
    for row, expected in zip(found, told(release), strict=True):
        assert [as_text(row[name]) for name in names] == [expected[name] or "" for name in names]
    measured(f"{len(found) * len(names)} texts equal; {version()}")


def hostile_card(release: Release) -> CardView:
    """A card whose categories are what someone could put in a table to attack a spreadsheet, and a published dash."""
    query = {"indicator": "aard-geweld-adviezen-meldingen-veilig-thuis", "regio": "PV22", "periode": "2023JJ00"}
    card = card_view(release, choose(release, "regionaal", query))
    cells = list(card.cells.items())
    assert len(cells) > len(HOSTILE)
    bad = {
        key: replace(figure, row=figure.row | {"categorie": text})
        for (key, figure), text in zip(cells, HOSTILE, strict=False)
    }
    key, figure = cells[len(HOSTILE)]
    return replace(card, cells=card.cells | bad | {key: replace(figure, value=None, sign="-")})


def test_nothing_starts_a_formula(release: Release, tmp_path: Path, measured: Say) -> None:
    """Texts that could start a formula stay texts in LibreOffice, and a published dash stays a dash."""
    card = hostile_card(release)
    expected = [row.cells[COLUMNS.index("Categorie")] for row in card_rows(card, release)]
    assert set(HOSTILE) <= set(expected)
    book, csv = tmp_path / "kaart.xlsx", tmp_path / "kaart.csv"
    book.write_bytes(card_workbook(card, release))
    csv.write_bytes(card_csv(card, release))
    in_book = opened(book, tmp_path / "book")["Cijfers"]
    in_csv = only(opened(csv, tmp_path / "csv", DUTCH))
    assert not in_book.formulas
    assert not in_csv.formulas
    assert [row["Categorie"] for row in in_book.records()] == expected
    assert [str(row["Categorie"]).removeprefix("'") for row in in_csv.records()] == expected
    for sheet in (in_book, in_csv):
        assert [(row["Waarde"], row["Teken"]) for row in sheet.records()].count((None, "-")) == 1
    measured(f"{len(HOSTILE)} texts in XLSX and CSV, no formula; {version()}")
