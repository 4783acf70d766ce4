"""The one callback, as the browser calls it after a choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.reading import Node, parse

Page = Callable[[str], Node]


def update(client: FlaskClient, chosen: Any) -> TestResponse:
    return client.post(
        "/_dash-update-component",
        json={
            "output": "pagina.children",
            "outputs": {"id": "pagina", "property": "children"},
            "inputs": [{"id": "keuze", "property": "data", "value": chosen}],
            "changedPropIds": ["keuze.data"],
            "state": [],
        },
    )


def text_of(answer: TestResponse) -> str:
    """What stands on the page that the answer brings."""
    page = answer.get_json()["response"]["pagina"]["children"]
    assert (page["namespace"], page["type"]) == ("impactmonitor", "Page")
    return parse(page["props"]["html"]).text()


@pytest.mark.parametrize(
    ("view", "query"),
    [
        ("landelijk", {}),
        ("landelijk", {"indicator": "aantal-adviezen-en-meldingen", "periode": "2019HJ02"}),
        ("regionaal", {"indicator": "kerncijfers-veilig-thuis", "maat": "actieve-casussen", "regio": "VT02,VT23"}),
        ("regionaal", {"regio": "GM1731"}),
        ("tijdreeksen", {"indicator": "aantal-adviezen-en-meldingen", "periode": "2020HJ02"}),
        ("landelijk", {"indicator": "recidive-plegers"}),
        ("landelijk", {"indicator": "eindvonnis-en-strafoplegging-rechter-1e-aanleg"}),
        ("landelijk", {"indicator": "bestaat-niet"}),
    ],
)
def test_the_callback_gives_the_page_of_the_first_answer(
    view: str, query: dict[str, str], client: FlaskClient, page: Page
) -> None:
    answer = update(client, {"view": view, "query": query, "n": 1})
    assert answer.status_code == 200
    assert text_of(answer) == page(f"/{view}?{urlencode(query)}").text()


@pytest.mark.parametrize(
    "query",
    [{"regio": "bestaat-niet"}, {"maat": "<b>x</b>"}, {"onbekend": "x"}, {"regio": ",,,"}, {"periode": "\x00"}],
)
def test_a_choice_that_does_not_exist_gives_a_page_and_no_error(query: dict[str, str], client: FlaskClient) -> None:
    answer = update(client, {"view": "landelijk", "query": query})
    assert answer.status_code == 200
    assert "Landelijk beeld" in text_of(answer)
    assert "kunnen nu niet worden getoond" not in text_of(answer)


def test_two_choices_after_each_other_do_not_see_each_other(client: FlaskClient) -> None:
    first = text_of(update(client, {"view": "landelijk", "query": {"periode": "2019HJ01"}}))
    update(client, {"view": "landelijk", "query": {"periode": "2021HJ01"}})
    assert text_of(update(client, {"view": "landelijk", "query": {"periode": "2019HJ01"}})) == first
