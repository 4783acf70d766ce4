"""The report of a region as it comes from the server, read back by two PDF readers."""

from __future__ import annotations

import csv
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import pages.report
from components import report as reports
from data.release import Release
from data.report import report
from tests.reading import Node
from tests.reading_pdf import Report, read_pdf

SOURCES = Path(__file__).resolve().parents[2] / "data" / "sources"
CODES = ["VT02", "PV22", "GM1731"]


@pytest.fixture(scope="module")
def read(client: FlaskClient) -> Callable[[str], Report]:
    made: dict[str, Report] = {}

    def get(code: str) -> Report:
        if code not in made:
            answer = client.get(f"/rapport/{code}.pdf")
            assert answer.status_code == 200
            assert answer.content_type == "application/pdf"
            made[code] = read_pdf(answer.data)
        return made[code]

    return get


def dutch(value: str) -> str:
    return value.replace(" ", ".")


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("VT02", "Drenthe (Veilig Thuis-regio)"),
        ("PV22", "Drenthe (provincie)"),
        ("GM1731", "Midden-Drenthe (gemeente)"),
    ],
)
def test_it_is_a_tagged_dutch_document(read: Callable[[str], Report], code: str, label: str) -> None:
    found = read(code)
    assert found.title == f"Huiselijk geweld en kindermishandeling in cijfers: {label}"
    assert found.language == "nl-NL"
    assert found.marked
    assert found.shows_title
    assert "<pdfuaid:part>1</pdfuaid:part>" in found.metadata


@pytest.mark.parametrize("code", CODES)
def test_headings_tables_and_charts_are_what_they_look_like(read: Callable[[str], Report], code: str) -> None:
    found = read(code)
    assert found.count("Title") == 1
    assert found.count("H1") >= 8
    assert found.count("H2") >= 2
    assert found.count("Table") >= 5
    assert found.count("TH") > found.count("Table")
    assert found.count("TD") > found.count("TH")
    charts = [alt for tag, alt in found.tags if tag == "Figure" and alt]
    assert charts
    assert all("Alle cijfers staan in de tabel." in alt for alt in charts)
    assert not [alt for tag, alt in found.tags if tag == "Figure" and not alt]


@pytest.mark.parametrize("code", CODES)
def test_bookmarks_and_page_numbers(read: Callable[[str], Report], code: str) -> None:
    found = read(code)
    assert found.outline[:3] == ["Samenvatting", "Let op bij deze cijfers", "Kerncijfers van Veilig Thuis"]
    assert found.outline[-1] == "Hulp nodig?"
    number = len(found.pages)
    assert 5 <= number <= 25
    for at, page in enumerate(found.pages[1:], start=2):
        assert f"Bladzijde {at} van {number}" in page


@pytest.mark.parametrize("half", ["1", "2"])
def test_all_published_key_figures_of_drenthe_are_in_it(read: Callable[[str], Report], half: str) -> None:
    with (SOURCES / f"cbs-bvt-2019-{half}.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.reader(file) if row[0] == "Drenthe")
    words = read("VT02").text.replace("*", "").split()
    assert len(row) == 13
    assert not [value for value in row[1:] if dutch(value) not in words]


@pytest.mark.parametrize(
    ("code", "name"), [("VT02", "Drenthe (VT)"), ("PV22", "Drenthe (PV)"), ("GM1731", "Midden-Drenthe")]
)
def test_all_published_natures_of_violence_are_in_it(read: Callable[[str], Report], code: str, name: str) -> None:
    with (SOURCES / "statline-84851ned-drenthe.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row[1] == name]
    assert len(rows) > 30
    words = read(code).text.split()
    numbers = {value for row in rows for value in row[3:5] if value != "."}
    assert len(numbers) > 8
    assert not numbers - set(words)


def test_a_small_gemeente_says_unknown_and_never_zero(read: Callable[[str], Report]) -> None:
    text = read("GM1731").text
    assert "Afgeronde diensten voorwaarden en vervolg onbekend (.) 125 niet beschikbaar" in text
    assert text.count("onbekend (.)") > 20
    assert "Het is geen nul." in text
    assert "0" not in text.split()
    assert "0%" not in text.split()


def test_it_says_what_it_is_and_where_help_is(read: Callable[[str], Report]) -> None:
    cover = read("GM1731").pages[0]
    assert "Midden-Drenthe hoort bij: Drenthe (Veilig Thuis-regio)." in cover
    assert "Levering van de cijfers: ingebouwd-2026-11, verschenen op 22 november 2026." in cover
    assert "Dit is geen product van het CBS." in cover
    assert "Meer meldingen betekent niet dat er meer geweld is" in cover
    assert "0800-2000" in cover
    assert "112" in cover


def test_what_has_no_figures_is_named(read: Callable[[str], Report]) -> None:
    text = read("GM1731").text
    missing = text[text.rindex("Geen cijfers in deze levering") :]
    assert "Duur van het geweld" in missing
    assert "Tijdelijk huisverbod" in missing


def test_the_file_has_a_name_and_is_the_same_each_time(client: FlaskClient, release: Release) -> None:
    first = client.get("/rapport/GM1731.pdf")
    assert first.headers["Content-Disposition"] == (
        'attachment; filename="rapport-midden-drenthe_ingebouwd-2026-11.pdf"'
    )
    region = release.regions["GM1731"]
    assert reports.typeset(reports.contents(report(release, region), release)) == first.data
    assert client.get("/rapport/gm1731.pdf").data == first.data


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/rapport/GM9999.pdf", "er is geen regio met de code 'GM9999'"),
        ("/rapport/GM0014.pdf", "Van Groningen (gemeente) is er geen rapport"),
        ("/rapport/NL01.pdf", "Voor heel Nederland is er geen rapport"),
    ],
)
def test_what_has_no_report_says_why(client: FlaskClient, address: str, why: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.content_type == "text/plain; charset=utf-8"
    assert why in answer.get_data(as_text=True)


def test_a_failure_says_so_in_dutch_and_logs_one_line(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("kapot\nop twee regels")

    monkeypatch.setattr(pages.report, "pdf", broken)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/rapport/PV22.pdf")
    assert answer.status_code == 500
    assert answer.get_data(as_text=True) == (
        "Het rapport kon niet worden gemaakt. Dat ligt aan ons. Probeer het later opnieuw.\n"
    )
    (record,) = caplog.records
    assert record.getMessage() == "rapport PV22: RuntimeError: kapot op twee regels"
    assert record.exc_info is None


@pytest.mark.parametrize(
    ("query", "goal"),
    [
        ("?regio=PV22", "/rapport/PV22.pdf"),
        ("?regio=Drenthe", "/rapport/VT02.pdf"),
        ("?regio=bestaat+niet", "/download?regio=bestaat+niet#rapport"),
        ("?regio=GM0014", "/download?regio=GM0014#rapport"),
        ("", "/download#rapport"),
    ],
)
def test_the_form_leads_to_the_file_or_back(client: FlaskClient, query: str, goal: str) -> None:
    answer = client.get(f"/rapport{query}")
    assert (answer.status_code, answer.headers["Location"]) == (303, goal)


def test_the_form_offers_every_region_with_a_report(page: Callable[[str], Node], client: FlaskClient) -> None:
    form = page("/download").one("form", of_class="rapport")
    assert (form["action"], form["method"]) == ("/rapport", "get")
    select = form.one("select", name="regio")
    assert form.one("label")["for"] == select["id"]
    values = [option["value"] for option in select.all("option") if option["value"]]
    assert {"VT02", "PV22", "GM1731"} <= set(values)
    assert "NL01" not in values
    assert len(values) == len(set(values)) > 90
    assert [group["label"] for group in select.all("optgroup")][:3] == [
        "Veilig Thuis-regio's",
        "Provincies",
        "Gemeenten",
    ]
    for code in (values[0], values[-1]):
        assert client.get(f"/rapport?regio={code}").headers["Location"] == f"/rapport/{code}.pdf"


def test_the_form_says_when_a_region_has_no_report(page: Callable[[str], Node]) -> None:
    form = page("/download?regio=Atlantis").one("form", of_class="rapport")
    assert "Van ‘Atlantis’ is er geen rapport" in form.text()
    assert "is er geen rapport" not in page("/download").one("form", of_class="rapport").text()


def test_the_regional_page_links_to_the_report_of_its_region(page: Callable[[str], Node]) -> None:
    link = page("/regionaal?regio=PV22").one("p", of_class="rapport").one("a")
    assert link["href"] == "/rapport/PV22.pdf"
    assert link.text() == "Rapport van Drenthe (provincie) (PDF)"
    assert not page("/landelijk").all(of_class="rapport")
