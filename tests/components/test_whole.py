"""A page as one component for Dash."""

from __future__ import annotations

from dash import dcc, html

from components.html_text import to_html
from components.native import Page
from components.whole import alive, whole

FIGURE = {"data": [], "layout": {"height": 84}}


def tree() -> html.Div:
    chart = dcc.Graph(id="grafiek-0", figure=FIGURE, config={"locale": "nl"}, className="grafiek")
    return html.Div([html.H1("Kop & staart"), html.Figure(chart)], className="blad")


def test_a_tree_becomes_its_html_and_its_charts() -> None:
    made = whole(tree())
    assert made.html == to_html(tree())
    assert "<h1>Kop &amp; staart</h1>" in made.html
    assert made.graphs == [{"id": "grafiek-0", "figure": FIGURE, "config": {"locale": "nl"}}]
    assert made.to_plotly_json()["type"] == "Page"


def test_what_the_document_holds_is_not_sent_again() -> None:
    made = whole(tree(), written=True)
    assert (made.html, len(made.graphs)) == ("", 1)


def test_the_place_of_a_callback_and_the_store_stay_apart() -> None:
    page = html.Div([html.Div(tree(), id="pagina"), dcc.Store(id="keuze")], id="klaar")
    place, store = alive(page).children
    assert (place.id, store.id) == ("pagina", "keuze")
    assert isinstance(place.children, Page)
    assert to_html(alive(page)) == to_html(page), "the router of Dash answers with the page of the server"


def test_a_page_without_them_is_one_whole() -> None:
    page = html.Div(tree(), id="klaar")
    assert isinstance(alive(page).children, Page)
    assert to_html(alive(page)) == to_html(page)
