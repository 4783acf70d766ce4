"""The report of a region as blocks for the template: its tables, words and marks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from components import report as reports
from components.figures.bars import bars
from components.numbers import ABSENT_AT_LENGTH, SIGN_MEANINGS
from components.table import table
from data.choice import choose
from data.release import Release
from data.report import report
from data.view import card_view
from tests.reading import parse

KINDS = {"heading", "text", "intro", "lead", "note", "list", "notes", "named", "chart", "table", "sources"}


def content_of(release: Release, code: str) -> dict[str, Any]:
    return reports.contents(report(release, release.regions[code]), release)


@pytest.fixture(scope="module")
def drenthe(release: Release) -> dict[str, Any]:
    return content_of(release, "VT02")


@pytest.fixture(scope="module")
def midden_drenthe(release: Release) -> dict[str, Any]:
    return content_of(release, "GM1731")


def of_kind(content: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for block in content["blocks"] if block["kind"] == kind]


def rows_of(block: dict[str, Any]) -> dict[str, list[str]]:
    return {row["cells"][0]: row["cells"][1:] for row in block["rows"]}


def named(content: dict[str, Any], caption: str) -> dict[str, Any]:
    return next(block for block in of_kind(content, "table") if block["caption"] == caption)


def test_the_chapters_stand_in_order(drenthe: dict[str, Any]) -> None:
    heads = [b["text"] for b in of_kind(drenthe, "heading") if b["level"] == 1]
    assert heads[:3] == ["Samenvatting", "Let op bij deze cijfers", "Kerncijfers van Veilig Thuis"]
    assert heads[-5:] == [
        "Geen cijfers in deze levering",
        "Wat is er geteld?",
        "Tekens en status",
        "Bronnen",
        "Hulp nodig?",
    ]


def test_headings_never_skip_a_level(drenthe: dict[str, Any], midden_drenthe: dict[str, Any]) -> None:
    for content in (drenthe, midden_drenthe):
        before = 0
        for block in of_kind(content, "heading"):
            assert block["level"] <= before + 1
            before = block["level"]


def test_a_revised_figure_says_what_was_published_first(drenthe: dict[str, Any]) -> None:
    found = named(drenthe, "Aantallen per maat, Drenthe (Veilig Thuis-regio), 1e halfjaar 2019 en 2e halfjaar 2019")
    # The table of 2019 says 1.260, the erratum of 28 April 2020 says 1.460; both are provisional.
    assert rows_of(found)["Actieve casussen"][0] == "1.460 (eerst\u00a01.260)*"
    assert found["groups"] == [["1e halfjaar 2019", 2], ["2e halfjaar 2019", 2]]
    assert found["heads"] == ["Drenthe (Veilig Thuis-regio)", "Nederland"] * 2
    notes = [text for block in of_kind(drenthe, "notes") for text in block["items"]]
    assert any(
        text.startswith("Actieve casussen, Drenthe (Veilig Thuis-regio), 1e halfjaar 2019: 1.460") for text in notes
    )


def test_figures_that_are_not_final_carry_a_mark_beside_final_ones(drenthe: dict[str, Any]) -> None:
    found = named(drenthe, "Aantallen per maat, Drenthe (Veilig Thuis-regio), 1e halfjaar 2019 en 2e halfjaar 2019")
    assert rows_of(found)["Gestarte adviezen"] == [
        "1.145*",
        "53.145 (eerst\u00a053.080)",
        "1.410*",
        "54.540 (eerst\u00a054.530)",
    ]
    assert found["status"] == "Status van deze cijfers: * voorlopig; zonder sterretje: definitief."


def test_the_line_about_the_status() -> None:
    assert reports.status_text({"voorlopig"}) == "Status van deze cijfers: voorlopig."
    assert reports.status_text({"voorlopig", "nader voorlopig", "onbekend", "definitief"}) == (
        "Status van deze cijfers: * voorlopig; ** nader voorlopig; *** de bron noemt geen status; "
        "zonder sterretje: definitief."
    )


def test_a_small_gemeente_shows_what_is_unknown_and_no_zero(midden_drenthe: dict[str, Any]) -> None:
    key = rows_of(named(midden_drenthe, "Aantallen per maat, Midden-Drenthe (gemeente), 2023"))
    assert key["Afgeronde diensten voorwaarden en vervolg"][0] == "onbekend (.)"
    assert key["Ontvangen meldingen"][:2] == ["105", "1.905"]
    cells = [cell for block in of_kind(midden_drenthe, "table") for row in block["rows"] for cell in row["cells"][1:]]
    assert not [cell for cell in cells if cell.strip("*") in ("0", "0%", "", "-", "nan", "None")]
    assert cells.count("onbekend (.)") > 20


def test_a_total_has_no_share_of_itself(drenthe: dict[str, Any]) -> None:
    found = named(drenthe, "Aard van het geweld, Drenthe (Veilig Thuis-regio), 2023")
    # StatLine 84851NED for Drenthe: 2.960 and 1.905 in all; 1.605 of 2.960 is 54%, 1.060 of 1.905 is 56%.
    assert rows_of(found)["Totaal"] == ["2.960", "n.v.t.", "1.905", "n.v.t."]
    assert rows_of(found)["Kindermishandeling"] == ["1.605", "54%", "1.060", "56%"]
    assert rows_of(found)["Geen kindermishandeling/huiselijk geweld"] == ["onbekend (.)"] * 4


def test_a_cell_reads_as_in_the_table_of_the_page(release: Release) -> None:
    query = {"indicator": "aard-geweld-adviezen-meldingen-veilig-thuis", "regio": "GM1731"}
    card = card_view(release, choose(release, "regionaal", query))
    from components.html_text import to_html

    printed = [td.text() for td in parse(to_html(table(card, "x"))).all("td")]
    assert [reports.cell_text(card.cell(line, c)) for line in card.lines for c in card.columns] == printed
    assert reports.cell_text(None) == "niet beschikbaar"


@pytest.mark.parametrize("code", ["VT02", "PV25", "GM0060"])
def test_every_table_fits_and_is_whole(release: Release, code: str) -> None:
    content = content_of(release, code)
    assert {block["kind"] for block in content["blocks"]} <= KINDS
    tables = of_kind(content, "table")
    assert tables
    for block in tables:
        assert 1 <= len(block["heads"]) <= reports.MOST_NUMBERS
        assert all(len(row["cells"]) == len(block["heads"]) + 1 for row in block["rows"])
        assert sum(span for _, span in block["groups"]) in (0, len(block["heads"]))
        assert block["rows"] and block["status"] and block["caption"]


def test_each_sign_in_a_table_is_explained_below_it(midden_drenthe: dict[str, Any]) -> None:
    blocks = midden_drenthe["blocks"]
    for at, block in enumerate(blocks):
        if block["kind"] == "table":
            below = next(b["items"] for b in blocks[at:] if b["kind"] == "notes")
            cells = [cell for row in block["rows"] for cell in row["cells"][1:]]
            assert ("onbekend (.)" in cells) == (SIGN_MEANINGS["."] in below)
            assert ("niet beschikbaar" in cells) == (ABSENT_AT_LENGTH in below)


def test_every_chart_is_told_in_words_and_followed_by_its_table(drenthe: dict[str, Any]) -> None:
    charts = of_kind(drenthe, "chart")
    assert len(charts) >= 6
    for block in charts:
        assert block["alt"].endswith("Alle cijfers staan in de tabel.")
        assert "Drenthe (Veilig Thuis-regio)" in block["alt"]
        assert block["svg"].startswith("<svg")


def test_a_chart_is_only_drawn_where_there_is_something_to_compare(release: Release) -> None:
    # Of Amsterdam there is one number in key figures, and a breakdown with several.
    drawn = [block["caption"] for block in of_kind(content_of(release, "GM0363"), "chart")]
    assert drawn == ["Ontvangen meldingen (aantal): eerdere betrokkenheid Veilig Thuis"]
    assert not of_kind(content_of(release, "GM0060"), "chart")


def test_the_summary_has_nederland_beside_the_totals(drenthe: dict[str, Any]) -> None:
    summary = dict(of_kind(drenthe, "named")[0]["items"])
    assert summary["Aantal adviezen en meldingen"] == (
        "In Drenthe (Veilig Thuis-regio) waren er in 2023 2.960 gestarte adviezen en 1.905 ontvangen meldingen. "
        "In Nederland waren er in 2023 143.210 gestarte adviezen en 127.340 ontvangen meldingen."
    )


def test_sources_and_help_are_there(midden_drenthe: dict[str, Any]) -> None:
    (sources,) = of_kind(midden_drenthe, "sources")
    assert any("84851NED" in s["text"] for s in sources["items"])
    assert all(s["address"].startswith("https://") and s["licence"] for s in sources["items"])
    assert "0800-2000" in midden_drenthe["help"] and "112" in midden_drenthe["help"]
    assert any("geen product van het CBS" in line for line in midden_drenthe["about"])


def test_the_name_of_the_file_tells_equal_names_apart(release: Release) -> None:
    names = [reports.file_name(release.regions[code], release) for code in ("GM1731", "VT02", "PV22")]
    assert names == [
        "rapport-midden-drenthe_ingebouwd-2026-11.pdf",
        "rapport-drenthe-veilig-thuis-regio_ingebouwd-2026-11.pdf",
        "rapport-drenthe-provincie_ingebouwd-2026-11.pdf",
    ]


def test_signs_of_the_typesetter_stay_text(midden_drenthe: dict[str, Any]) -> None:
    nasty = '#let x = 1 *b* _i_ $m$ <l> @r // \\ `c` [k] "q"'
    blocks = [{"kind": "text", "text": nasty}, {"kind": "list", "items": ["= geen kop", "- 5"]}]
    made = reports.typeset(midden_drenthe | {"blocks": blocks, "region": nasty})
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages)
    assert nasty in text
    assert "= geen kop" in text


def test_the_report_draws_the_chart_of_the_page(drenthe: dict[str, Any], release: Release) -> None:
    query = {"indicator": "aard-geweld-adviezen-meldingen-veilig-thuis", "regio": "VT02"}
    card = card_view(release, choose(release, "regionaal", query))
    name, alt = of_kind(drenthe, "chart")[0]["caption"], of_kind(drenthe, "chart")[0]["alt"]
    drawn = reports.svg(bars(card, card.columns[0]), width=reports.CHART_WIDTH, name=name, description=alt)
    assert of_kind(drenthe, "chart")[0]["svg"] == drawn
    assert "1.605" in drawn
