"""The pictures of a card: their kind, their name, and their refusals, which are those of the figures' file."""

from __future__ import annotations

import struct
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from data.release import Release

TOTALS = "aantal-adviezen-en-meldingen"
SVG = "{http://www.w3.org/2000/svg}"
TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png.rstrip().endswith(b"IEND\xaeB`\x82")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("kind", TYPES)
def test_a_picture_has_its_kind_and_the_name_of_the_figures_file(kind: str, client: FlaskClient) -> None:
    answer = client.get(f"/{kind}/landelijk/{TOTALS}?periode=2019HJ02")
    assert answer.status_code == 200
    assert answer.content_type == TYPES[kind]
    name = f"{TOTALS}_nederland_2019hj02.{kind}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_picture_shows_the_published_numbers(client: FlaskClient) -> None:
    """Key figures of the second half of 2019: 66.730 reports and 54.540 advices."""
    root = ElementTree.fromstring(client.get(f"/svg/landelijk/{TOTALS}?periode=2019HJ02").data)
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert {"66.730", "54.540"} <= set(texts)
    assert any("2e halfjaar 2019" in text for text in texts)
    assert any(text.startswith("Bron: Centraal Bureau voor de Statistiek (CBS)") for text in texts)


def test_dots_are_twice_the_drawing(client: FlaskClient) -> None:
    address = "/regionaal/kerncijfers-veilig-thuis?maat=actieve-casussen&periode=2019HJ02&regio=VT02"
    root = ElementTree.fromstring(client.get(f"/svg{address}").data)
    width, height = int(root.get("width", "")), int(root.get("height", ""))
    assert size_of(client.get(f"/png{address}").data) == (2 * width, 2 * height)


def test_the_same_address_gives_the_same_dots(client: FlaskClient) -> None:
    address = f"/png/landelijk/{TOTALS}"
    assert client.get(address).data == client.get(address).data


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(
    "rest",
    [
        "landelijk/bestaat-niet",
        "bestaat-niet/aantal-adviezen-en-meldingen",
        "landelijk/tijdelijk-huisverbod",
        "landelijk/eindvonnis-en-strafoplegging-rechter-1e-aanleg",
        "landelijk/..%2f..%2fapp.py",
    ],
)
def test_a_picture_that_does_not_exist_is_a_404_in_dutch(kind: str, rest: str, client: FlaskClient) -> None:
    answer = client.get(f"/{kind}/{rest}")
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("maat=bestaat-niet", "bestaat-niet"),
        ("periode=2018HJ01", "1e halfjaar 2018"),
        ("regio=XX99", "XX99"),
        ("weergave=taart", "taart"),
        ("formaat=machine", "formaat"),
        ("formaat=excel", "formaat"),
    ],
)
def test_a_picture_never_shows_other_figures_than_asked(
    kind: str, query: str, reason: str, client: FlaskClient
) -> None:
    answer = client.get(f"/{kind}/landelijk/{TOTALS}?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "text/plain; charset=utf-8"
    assert reason.lower() in answer.get_data(as_text=True).lower()


def test_every_card_offers_its_pictures(client: FlaskClient, release: Release) -> None:
    for slug, view in sorted(release.filled):
        body = client.get(f"/{view}?indicator={slug}").get_data(as_text=True)
        for kind in TYPES:
            start = body.index(f'href="/{kind}/{view}/{slug}')
            address = body[start + 6 : body.index('"', start + 6)].replace("&amp;", "&")
            assert urlsplit(address).query
            if kind == "svg":
                answer = client.get(address)
                assert answer.status_code == 200, address
                assert ElementTree.fromstring(answer.data).get("role") == "img"


def test_words_in_an_address_are_no_mark_up_in_an_answer(client: FlaskClient) -> None:
    answer = client.get(f"/svg/landelijk/{TOTALS}?maat=<script>alert(1)</script>")
    assert answer.status_code == 400
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


FUNNEL = "regionaal/eerdere-betrokkenheid-veilig-thuis?niveau=provincie&periode=2023JJ00&regio=PV24&beeld=trechter"


def test_the_funnel_of_a_card_is_a_picture_too(client: FlaskClient) -> None:
    answer = client.get(f"/svg/{FUNNEL}")
    assert answer.status_code == 200
    assert 'filename="trechter_eerdere-betrokkenheid' in answer.headers["Content-Disposition"]
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(answer.data).iter(f"{SVG}text")]
    whole = " ".join(texts)
    assert whole.startswith("Valt dit op?")
    assert "Flevoland" in texts
    assert "2.235 ontvangen meldingen" in whole
    assert "niet dat een regio het goed of slecht doet" in whole
    assert "Inwoners: Centraal Bureau voor de Statistiek (CBS)" in whole
    assert "Dit is geen product van het CBS." in whole
    assert size_of(client.get(f"/png/{FUNNEL}").data)[0] == 1760


@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        (f"regionaal/{TOTALS}?periode=2019HJ02&beeld=trechter", 404, "te weinig regio's"),
        (f"landelijk/{TOTALS}?beeld=trechter", 404, "te weinig regio's"),
        (f"regionaal/{TOTALS}?beeld=taart", 400, "Onbekend beeld"),
    ],
)
def test_a_funnel_that_is_not_there_is_refused_in_words(
    address: str, status: int, reason: str, client: FlaskClient
) -> None:
    answer = client.get(f"/svg/{address}")
    assert answer.status_code == status
    assert reason in answer.get_data(as_text=True)
