"""What the three views share: one page, and the callbacks that renew it after a choice.

The card comes first. What stands below it (funnel and profile) costs as much again, so after a choice the browser asks
for that once the card is there; the first answer of the server holds all of it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from dash import Input, Output, callback, dcc
from dash.development.base_component import Component
from flask import g, has_request_context, request

from components import words
from components.address import address, card_address
from components.card import card, failed_card
from components.elements import html
from components.embed import embed, embed_filters, no_embed, options
from components.filters import filters
from components.funnel import funnel_section
from components.html_text import to_html
from components.light import light_html
from components.map import map_section
from components.native import Page
from components.notices import notice, notice_list, style_notices
from components.profile import profile_section
from components.report_form import report_link
from components.share import share
from components.shell import page_head, shell
from components.whole import whole
from data import current
from data.catalogue import VIEWS, View
from data.choice import Choice, choose, flat, known
from data.errors import in_one_line
from data.release import Release
from data.view import CardView, card_view

log = logging.getLogger("impactmonitor")
INTRO = {
    "landelijk": "Cijfers voor heel Nederland. Kies een indicator en een periode.",
    "regionaal": "Vergelijk regio's, of zoek uw eigen regio of gemeente.",
    "tijdreeksen": "Hoe een cijfer door de jaren heen loopt, voor Nederland of voor regio's.",
}


BELOW = "onder-de-kaart"


def view_page(view: View, query: Mapping[str, Any], *, below: bool = True) -> html.Div:
    """A whole page: the filters and the card of a query.

    A fault never takes the page down: the card says so, and the log has one line with the cause.

    Args:
        view: which of the three.
        query: what the address says.
        below: whether what stands below the card is there; else a room for it (`renew_below`).
    """
    release = current.release()
    try:
        choice = choose(release, view, flat(query))
        shown = card_view(release, choice)
        body = [
            notice_list([notice(n, choice, release) for n in choice.notices]),
            filters(choice, release),
            _together(
                card(
                    shown,
                    release,
                    below=share(shown, release, _site()),
                    site=_site(),
                    beside=map_section(shown, release),
                ),
                report_link(choice.regions[0]) if view == "regionaal" and choice.regions else None,
                _room(choice, below_card(shown, release) if below else None),
            ),
        ]
        title, kept = f"{words.title(shown, release)} – {words.VIEW_TITLES[view]}", choice.kept
    except Exception as error:
        _fault()
        log.error("%s: %s (%s)", view, in_one_line(error), dict(query))
        body, title, kept = [failed_card()], words.VIEW_TITLES[view], {}
    head = page_head(words.VIEW_TITLES[view], INTRO[view])
    return shell(view, title, [head, html.Div(body, className="werkblad")], release, kept)


def embed_page(view: str, query: Mapping[str, Any]) -> html.Div:
    """A card for in a frame; an indicator that the view does not have gives a page that says so."""
    return _embed(view, flat(query))[0]


def _embed(view: str, asked: Mapping[str, str], *, light: bool = False) -> tuple[html.Div, CardView | None]:
    """The page of an embed, and the figures in it if they could be read."""
    release = current.release()
    found = known(release, view, asked.get("indicator", ""))
    if not found:
        return no_embed(release), None
    form = options(asked)
    shown = None
    try:
        choice = choose(release, found, asked)
        shown = card_view(release, choice)
        body = [
            notice_list(
                [*style_notices(), *form.notices, *(notice(n, choice, release) for n in choice.notices)],
            ),
            None if light else embed_filters(choice, release, form),
            card(shown, release, form.toon, site="" if light else _site()),
        ]
        title, full = words.title(shown, release), card_address(choice)
    except Exception as error:
        _fault()
        log.error("embed %s: %s (%s)", view, in_one_line(error), dict(asked))
        body, title, full = [failed_card()], words.VIEW_TITLES[found], address(found)
    return embed(title, body, full, release), shown


def light_embed(view: str, query: Mapping[str, Any]) -> tuple[html.Div, str]:
    """An embed without JavaScript: the page, for its title, and the HTML with still charts."""
    page, shown = _embed(view, flat(query), light=True)
    return page, light_html(page, shown, current.release()) if shown else to_html(page)


def _fault() -> None:
    """The answer is not the one that belongs to the question: it is not kept."""
    if has_request_context():
        g.fault = True


def _site() -> str:
    """Scheme and host as the visitor sees them; '' outside a request."""
    return request.host_url.rstrip("/") if has_request_context() else ""


def below_card(shown: CardView, release: Release) -> list[html.Section]:
    """What stands below a card on the regional page: its funnels, and the profile of its region; [] for neither."""
    choice = shown.choice
    if choice.view != "regionaal":
        return []
    sections = (funnel_section(shown, release), profile_section(choice.asked.get("regio", ""), release))
    return [section for section in sections if section is not None]


def _room(choice: Choice, sections: list[html.Section] | None) -> html.Div | None:
    """Where these stand; None: they come later, for the choice that it names."""
    if choice.view != "regionaal":
        return None
    waits = {"data-voor": _told(choice.view, choice.asked)} if sections is None else {}
    return html.Div(sections or [], id=BELOW, className=BELOW, **waits)


def _told(view: View, query: Mapping[str, str]) -> str:
    """A choice as one text, by which the browser puts a part of a page with the page that it belongs to."""
    return json.dumps([view, dict(query)], sort_keys=True, ensure_ascii=False)


def _together(main: html.Section, *below: Component | None) -> html.Section | html.Div:
    """The card, with what belongs to it below it: report, funnel and profile, where they are."""
    there = [section for section in below if section is not None]  # as a truth value it counts all its elements
    return html.Div([main, *there], className="kaarten") if there else main


def layout(view: View, query: Mapping[str, Any]) -> html.Div:
    """The page as Dash draws it: the page and the store through which a new choice comes in."""
    return _live(view_page(view, query))


def embed_layout(view: str, query: Mapping[str, Any]) -> html.Div:
    """An embed as Dash draws it: as `layout`."""
    return _live(embed_page(view, query))


def _live(page: html.Div) -> html.Div:
    later = [html.Div(id="erbij"), dcc.Store(id="keuze-erbij")]
    return html.Div([html.Div(page, id="pagina"), dcc.Store(id="keuze"), *later], id="klaar")


@callback(Output("pagina", "children"), Input("keuze", "data"), prevent_initial_call=True)
def renew(chosen: Any) -> Page:
    """Draw the page, or the embed, again for a new choice: {'view': ..., 'query': {...}, 'embed': True}."""
    view, query = _chosen(chosen)
    return whole(embed_page(view, query) if chosen.get("embed") else view_page(view, query, below=False))


@callback(Output("erbij", "children"), Input("keuze-erbij", "data"), prevent_initial_call=True)
def renew_below(chosen: Any) -> Page:
    """What stands below the card of a choice, which the browser puts into the page that it shows for it."""
    view, query = _chosen(chosen)
    release = current.release()
    choice = choose(release, view, flat(query))
    try:
        found: list[html.Section] = below_card(card_view(release, choice), release)
    except Exception as error:
        _fault()
        log.error("onder de kaart: %s (%s)", in_one_line(error), dict(query))
        found = [failed_card()]
    return whole(found, into=_told(view, choice.asked))


def _chosen(chosen: Any) -> tuple[View, dict[str, Any]]:
    """View and query of a choice that comes in."""
    return next(v for v in VIEWS if v == chosen["view"]), chosen.get("query", {})
