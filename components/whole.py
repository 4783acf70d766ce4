"""A page as Dash gets it: finished HTML and its charts, instead of a component for each element.

Dash keeps an account of every component that it draws: for a page with a list of all regions that takes longer than
everything else together. The tree of components stays the one description of a page; here it becomes one component,
which assets/05-elementen.js puts on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component

from components import html_text
from components.elements import html
from components.native import Page


def whole(tree: Component | Sequence[Component], *, written: bool = False, into: str = "") -> Page:
    """One component for a whole tree.

    Args:
        tree: what stands on the page.
        written: whether the document of the server holds its HTML already.
        into: the choice in whose page it is a part, and waits for it (pages/view_page.py); '' for a page of its own.
    """
    text, charts = html_text.written(tree)
    graphs = [{"id": chart.id, "figure": chart.figure, "config": chart.config} for chart in charts]
    part = {"into": into} if into else {}
    return Page(html="" if written else text, graphs=graphs, **part)


def alive(page: Any, *, written: bool = False) -> html.Div:
    """A page with what Dash must know of it apart: the place that a callback fills, and the store beside it.

    Args:
        page: what a page module gives: an element with all of it, or with such a place and a store.
        written: as in `whole`.
    """
    if not isinstance(page.children, list):
        return html.Div(whole(page.children, written=written), id=page.id)
    place, *stores = page.children
    return html.Div([html.Div(whole(place.children, written=written), id=place.id), *stores], id=page.id)
