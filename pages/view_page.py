"""What the three views share: one page, and the one callback that renews it after a choice."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import words
from components.card import card, failed_card
from components.filters import filters
from components.map import map_section
from components.notices import notice
from components.profile import profile_section
from components.report_form import report_link
from components.shell import shell
from data import current
from data.catalogue import VIEWS, View
from data.choice import Choice, choose, flat
from data.errors import in_one_line
from data.release import Release
from data.view import card_view

log = logging.getLogger("impactmonitor")
INTRO = {
    "landelijk": "Cijfers voor heel Nederland. Kies een indicator en een periode.",
    "regionaal": "Vergelijk regio's, of zoek uw eigen regio of gemeente.",
    "tijdreeksen": "Hoe een cijfer door de jaren heen loopt, voor Nederland of voor regio's.",
}


def view_page(view: View, query: Mapping[str, Any]) -> html.Div:
    """A whole page: the filters and the card of a query.

    A fault never takes the page down: the card says so, and the log has one line with the cause.
    """
    release = current.release()
    try:
        choice = choose(release, view, flat(query))
        shown = card_view(release, choice)
        body = [
            _notices([notice(n, choice, release) for n in choice.notices]),
            filters(choice, release),
            _together(
                card(shown, release),
                report_link(choice.regions[0]) if view == "regionaal" and choice.regions else None,
                map_section(shown, release),
                _profile(choice, release),
            ),
        ]
        title, kept = f"{words.title(shown, release)} – {words.VIEW_TITLES[view]}", choice.kept
    except Exception as error:
        log.error("%s: %s (%s)", view, in_one_line(error), dict(query))
        body, title, kept = [failed_card()], words.VIEW_TITLES[view], {}
    head = html.Div([html.H1(words.VIEW_TITLES[view]), html.P(INTRO[view], className="intro")], className="paginakop")
    return shell(view, title, [head, html.Div(body, className="werkblad")], release, kept)


def _profile(choice: Choice, release: Release) -> html.Section | None:
    """The profile of a region, where the regional page is about one."""
    return profile_section(choice.asked.get("regio", ""), release) if choice.view == "regionaal" else None


def _together(main: html.Section, *below: Component | None) -> html.Section | html.Div:
    """The card, with what belongs to it below it: report, map and profile, where they are."""
    there = [section for section in below if section]
    return html.Div([main, *there], className="kaarten") if there else main


def _notices(texts: list[list[Any]]) -> html.Div:
    return html.Div([html.P(text) for text in texts], className="meldingen", role="status", hidden=not texts)


def layout(view: View, query: Mapping[str, Any]) -> html.Div:
    """The page as Dash draws it: the page and the store through which a new choice comes in."""
    return html.Div([html.Div(view_page(view, query), id="pagina"), dcc.Store(id="keuze")], id="klaar")


@callback(Output("pagina", "children"), Input("keuze", "data"), prevent_initial_call=True)
def renew(chosen: Any) -> html.Div:
    """Draw the page again for a new choice: {'view': ..., 'query': {...}}."""
    asked = chosen if isinstance(chosen, dict) else {}
    view = next((v for v in VIEWS if v == asked.get("view")), VIEWS[0])
    query = asked.get("query")
    return view_page(view, query if isinstance(query, dict) else {})
