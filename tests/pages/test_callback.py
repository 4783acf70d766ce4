"""The callbacks, as the browser calls them after a choice."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pages import view_page
from tests.reading import Node, parse

Page = Callable[[str], Node]


def update(client: FlaskClient, chosen: Any, place: str = "pagina", store: str = "keuze") -> TestResponse:
    return client.post(
        "/_dash-update-component",
        json={
            "output": f"{place}.children",
            "outputs": {"id": place, "property": "children"},
            "inputs": [{"id": store, "property": "data", "value": chosen}],
            "changedPropIds": [f"{store}.data"],
            "state": [],
        },
    )


def below(client: FlaskClient, chosen: Any) -> TestResponse:
    """What stands below the card, asked for when the card is there."""
    return update(client, chosen, "erbij", "keuze-erbij")


def props_of(answer: TestResponse, place: str = "pagina") -> dict[str, Any]:
    page = answer.get_json()["response"][place]["children"]
    assert (page["namespace"], page["type"]) == ("impactmonitor", "Page")
    return dict(page["props"])


def text_of(answer: TestResponse) -> str:
    """What stands on the page that the answer brings."""
    return parse(props_of(answer)["html"]).text()


ROOM = re.compile(r' data-voor="([^"]*)"></div>')


def whole_text(client: FlaskClient, chosen: dict[str, Any]) -> str:
    """What stands on the page when the part that it waits for, if it does, has been put into it."""
    text = props_of(update(client, chosen))["html"]
    if waits := ROOM.search(text):
        part = props_of(below(client, chosen), "erbij")
        assert part["into"] == unescape(waits[1]), "the part says for which page it is"
        text = text.replace(waits[0], f">{part['html']}</div>")
    return parse(text).text()


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
    told = whole_text(client, {"view": view, "query": query, "n": 1})
    assert told == page(f"/{view}?{urlencode(query)}").text()


def test_the_card_does_not_wait_for_what_stands_below_it(client: FlaskClient) -> None:
    chosen = {"view": "regionaal", "query": {"regio": "GM1731"}}
    assert "Profiel van" not in text_of(update(client, chosen))
    part = props_of(below(client, chosen), "erbij")
    assert "Profiel van Midden-Drenthe" in parse(part["html"]).text()
    assert "data-voor" not in props_of(update(client, {"view": "landelijk", "query": {}}))["html"]


def test_a_fault_below_the_card_gives_a_message_and_is_not_kept(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {"view": "regionaal", "query": {"regio": "VT02"}}
    with monkeypatch.context() as broken:
        broken.setattr(view_page, "below_card", lambda *_: 1 / 0)
        assert "kunnen nu niet worden getoond" in props_of(below(client, chosen), "erbij")["html"]
    assert "kunnen nu niet worden getoond" not in props_of(below(client, chosen), "erbij")["html"]


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
