"""The light elements are those of Dash: every element of the pages passes the checks that they leave out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import dash
import pytest
from dash import dcc
from dash.development.base_component import Component

from components.elements import Light, html
from components.html_text import fixed, written
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
    assert json.loads(dash._utils.to_json(made)) == json.loads(dash._utils.to_json(checked(made)))


def test_every_page_of_text_passes_the_checks_too() -> None:
    import app  # registers the pages

    assert app.server
    for page in dash.page_registry.values():
        checked(page["layout"]())


def test_what_is_fixed_is_written_as_it_was_with_its_charts() -> None:
    chart = dcc.Graph(id="grafiek", figure={"data": [], "layout": {"height": 84}}, className="grafiek")
    node = html.Ul([html.Li("een & <ander>"), html.Li(["twee", None, 3, chart])], id="lijst", **{"data-code": "x"})
    text, charts = written(html.Div([node, chart]))
    assert text.startswith(
        '<div><ul id="lijst" data-code="x"><li>een &amp; &lt;ander&gt;</li><li>twee3<div id="grafiek"'
    )
    assert written(html.Div([fixed(node), chart])) == (text, charts)
    assert charts == [chart, chart]
