"""The files of figures, and their refusals."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from data.release import Release
from tests.reading import csv_number, read_csv

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
