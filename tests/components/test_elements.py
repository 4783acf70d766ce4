"""The light elements are those of Dash: every element of the pages passes the checks that they leave out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import dash
import pytest
from dash.development.base_component import Component

from components.elements import Light, fixed, html, plain
from components.html_text import to_html
from data.catalogue import VIEWS
from pages.view_page import embed_page, view_page

PAGES: list[Callable[[], Any]] = [
    *(lambda view=view: view_page(view, {"regio": "GM1731,VT02"}) for view in VIEWS),
    lambda: view_page("regionaal", {"regio": "GM1731"}),
    lambda: view_page("landelijk", {"indicator": "onbekend"}),
    lambda: embed_page("landelijk", {"indicator": "recidive-plegers"}),
]


def elements(node: Any) -> Iterator[Any]:
    if isinstance(node, (list, tuple)):
        for each in node:
            yield from elements(each)
    elif isinstance(node, Component):
        yield node
        yield from elements(getattr(node, "children", None))


def checked(node: Any) -> Any:
    """The same tree of the elements of Dash, which refuse a property that does not exist."""
    if isinstance(node, (list, tuple)):
        return [checked(each) for each in node]
    if isinstance(node, Light):
        properties = dict(node.__dict__)
        return getattr(dash.html, node._type)(checked(properties.pop("children")), **properties)
    return node


@pytest.mark.parametrize("page", PAGES)
def test_dash_accepts_every_element_and_sends_the_same(page: Callable[[], Any]) -> None:
    made = page()
    assert sum(isinstance(each, Light) for each in elements(made)) > 20
    sent = json.loads(json.dumps(plain(made)))
    assert sent == json.loads(dash._utils.to_json(checked(made)))
    assert sent == json.loads(dash._utils.to_json(made)), "as Dash would send it by itself"


def test_every_page_of_text_passes_the_checks_too() -> None:
    import app  # registers the pages

    assert app.server
    for page in dash.page_registry.values():
        checked(page["layout"]())


def test_what_is_fixed_is_sent_as_it_was() -> None:
    node = fixed(html.Ul([html.Li("een"), html.Li(["twee", None, 3])], id="lijst", **{"data-code": "x"}))
    assert plain(html.Div([node])) == plain(html.Div([html.Ul(node.children, id="lijst", **{"data-code": "x"})]))
    assert to_html(node) == '<ul id="lijst" data-code="x"><li>een</li><li>twee3</li></ul>'
