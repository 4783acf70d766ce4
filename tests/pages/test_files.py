"""The files of figures, and their refusals."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from flask.testing import FlaskClient

from components import downloads
from components.html_text import to_html
from data.release import Release
from tests.reading import Node, csv_number, read_csv

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOTALS = "aantal-adviezen-en-meldingen"


def test_the_file_for_machines(client: FlaskClient) -> None:
    address = f"/csv/landelijk/{TOTALS}?periode=2019HJ02"
    people, machine = client.get(address), client.get(f"{address}&formaat=machine")
    assert people.data.startswith(b"\xef\xbb\xbf")
    assert not machine.data.startswith(b"\xef\xbb\xbf")
    assert [csv_number(row["Waarde"]) for row in read_csv(people.data)] == [
        float(row["Waarde"]) for row in read_csv(machine.data, ",")
    ]


def test_the_name_of_a_file(client: FlaskClient) -> None:
    answer = client.get(f"/csv/landelijk/{TOTALS}?periode=2019HJ02")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{TOTALS}_nederland_2019hj02.csv"'


def test_all_figures(client: FlaskClient, release: Release) -> None:
    answer = client.get("/download/cijfers.csv")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = read_csv(answer.data, ",")
    assert len(rows) == len(release.figures)
    found = [
        row["waarde"]
        for row in rows
        if (row["maat"], row["kenmerk"], row["regio_naam"], row["regio_niveau"], row["periode"])
        == ("Actieve casussen", "Totaal", "Zuid-Limburg", "Veilig Thuis-regio", "2019HJ02")
    ]
    assert found == ["6875"]


def test_all_revisions(client: FlaskClient, release: Release) -> None:
    rows = read_csv(client.get("/download/revisies.csv").data, ",")
    assert len(rows) == len(release.history)


def test_both_downloads_are_linked_on_every_page(client: FlaskClient) -> None:
    for address in ("/", "/landelijk", "/bestaat-niet"):
        body = client.get(address).get_data(as_text=True)
        assert 'href="/download/cijfers.csv"' in body
        assert 'href="/download/revisies.csv"' in body


@pytest.mark.parametrize(
    "address",
    [
        "/csv/landelijk/bestaat-niet",
        "/csv/bestaat-niet/aantal-adviezen-en-meldingen",
        "/csv/landelijk/tijdelijk-huisverbod",
        "/csv/landelijk/eindvonnis-en-strafoplegging-rechter-1e-aanleg",
    ],
)
def test_a_file_that_does_not_exist_is_a_404_in_dutch(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.content_type == "text/plain; charset=utf-8"
    text = answer.get_data(as_text=True)
    assert "onbekende weergave of indicator" in text or "geen cijfers" in text
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("maat=bestaat-niet", "bestaat-niet"),
        ("periode=gisteren", "GISTEREN"),
        ("periode=2018HJ01", "1e halfjaar 2018"),
        ("regio=XX99", "XX99"),
        ("weergave=taart", "taart"),
        ("weergave=aandeel", "aandeel"),
        ("formaat=excel", "formaat"),
        ("thema=bestaat-niet", "bestaat-niet"),
    ],
)
def test_a_file_never_gives_other_figures_than_asked(query: str, reason: str, client: FlaskClient) -> None:
    answer = client.get(f"/csv/landelijk/{TOTALS}?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "text/plain; charset=utf-8"
    assert reason.lower() in answer.get_data(as_text=True).lower()


def test_a_region_without_figures_is_refused(client: FlaskClient) -> None:
    answer = client.get("/csv/regionaal/casussen-bij-veilig-thuis?regio=GM1731")
    assert answer.status_code == 400
    assert "Midden-Drenthe" in answer.get_data(as_text=True)


def test_a_wrong_breakdown_is_refused(client: FlaskClient) -> None:
    address = "/csv/landelijk/aard-geweld-adviezen-meldingen-veilig-thuis"
    assert client.get(f"{address}?geweld=kindermishandeling").status_code == 200
    assert client.get(f"{address}?geweld=bestaat-niet").status_code == 400


def test_a_parameter_of_nobody_is_ignored(client: FlaskClient) -> None:
    plain = client.get(f"/csv/landelijk/{TOTALS}")
    assert client.get(f"/csv/landelijk/{TOTALS}?utm_source=x").data == plain.data


# --- workbooks, and all figures for people ---


def book(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def test_all_figures_as_a_workbook(client: FlaskClient, release: Release) -> None:
    answer = client.get("/download/cijfers.xlsx")
    assert answer.status_code == 200
    assert answer.content_type == XLSX
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cijfers.xlsx"'
    sheets = book(answer.data)
    count = sum(sheet.max_row - 1 for sheet in sheets if sheet.title not in ("Lees mij", "Bronnen", "Tekens"))
    assert count == len(release.figures)


def test_all_figures_for_people(client: FlaskClient, release: Release) -> None:
    answer = client.get("/download/cijfers.csv?formaat=mensen")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cijfers-nederlands.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    people = read_csv(answer.data)
    machine = read_csv(client.get("/download/cijfers.csv").data, ",")
    assert len(people) == len(machine) == len(release.figures)
    for one, other in zip(people, machine, strict=True):
        assert csv_number(one["Waarde"]) == (float(other["waarde"]) if other["waarde"] else None)
        same = {"Maat": "maat", "Categorie": "categorie", "Regiocode": "regio_code", "Periodecode": "periode",
                "Eenheid": "eenheid", "Teken": "teken", "Status": "status", "Bron-id": "bron"}  # fmt: skip
        assert [one[name] for name in same] == [other[name] for name in same.values()]
    drenthe = [
        row["Waarde"]
        for row in people
        if (row["Categorie"], row["Regiocode"], row["Maat"]) == ("Kindermishandeling", "PV22", "Gestarte adviezen")
    ]
    assert drenthe == ["1605"]
    assert {row["Berekend"] for row in people} == {"nee"}


def test_for_machines_is_the_usual_file(client: FlaskClient) -> None:
    assert client.get("/download/cijfers.csv?formaat=machine").data == client.get("/download/cijfers.csv").data


@pytest.mark.parametrize(
    "address",
    [
        "/download/cijfers.csv?formaat=excel",
        "/download/cijfers.csv?formaat=Mensen",
        "/download/cijfers.xlsx?formaat=mensen",
        "/download/revisies.csv?formaat=mensen",
        f"/xlsx/landelijk/{TOTALS}?formaat=excel",
    ],
)
def test_an_unknown_form_is_refused(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "formaat" in answer.get_data(as_text=True)


def test_the_workbook_of_a_card_is_its_csv(client: FlaskClient) -> None:
    query = "aard-geweld-adviezen-meldingen-veilig-thuis?regio=GM1731&periode=2023JJ00"
    answer = client.get(f"/xlsx/regionaal/{query}")
    assert answer.content_type == XLSX
    assert answer.headers["Content-Disposition"].endswith('_midden-drenthe_2023jj00.xlsx"')
    heads, *body = book(answer.data)["Cijfers"].iter_rows(values_only=True)
    rows = read_csv(client.get(f"/csv/regionaal/{query}").data)
    assert [str(head) for head in heads] == list(rows[0])
    assert [[cell or "" for cell in (row[2], row[3], row[11])] for row in body] == [
        [row["Kenmerk"], row["Categorie"], row["Teken"]] for row in rows
    ]
    assert [row[9] for row in body] == [csv_number(row["Waarde"]) for row in rows]


@pytest.mark.parametrize("query", ["maat=bestaat-niet", "periode=gisteren", "regio=XX99", "weergave=taart"])
def test_a_workbook_is_refused_where_the_csv_is(query: str, client: FlaskClient) -> None:
    one, other = client.get(f"/csv/landelijk/{TOTALS}?{query}"), client.get(f"/xlsx/landelijk/{TOTALS}?{query}")
    assert (other.status_code, other.data) == (one.status_code, one.data)
    assert other.status_code == 400


@pytest.mark.parametrize("card", ["landelijk/bestaat-niet", "bestaat-niet/aantal-adviezen-en-meldingen"])
def test_a_workbook_that_does_not_exist_is_a_404(card: str, client: FlaskClient) -> None:
    assert client.get(f"/xlsx/{card}").status_code == 404


def test_the_download_page_links_every_file_with_a_name_of_its_own(page: Callable[[str], Node]) -> None:
    links = {link.text(): link["href"] for link in page("/download").all("a", "knop")}
    assert links["Download cijfers.xlsx"] == "/download/cijfers.xlsx"
    assert links["Download cijfers-nederlands.csv"] == "/download/cijfers.csv?formaat=mensen"
    assert links["Download cijfers.csv"] == "/download/cijfers.csv"
    assert len(set(links.values())) == len(links) == 5


def test_a_large_release_does_not_make_the_page_wait_for_its_files(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "kB" in to_html(downloads.file_list(release))
    monkeypatch.setattr(downloads, "SIZES_UP_TO", len(release.figures) - 1)
    monkeypatch.setattr(downloads, "content", lambda *_: pytest.fail("a file was made"))
    text = to_html(downloads.file_list(release))
    assert "cijfers.xlsx" in text
    assert "kB" not in text
