"""Releases and corrections, at /wat-is-nieuw; the feed stands beside it (pages.files)."""

from __future__ import annotations

from typing import Any

import dash

from components.address import address
from components.elements import html
from components.news import PAGE, article, items
from components.shell import regions_of, shell
from data import current

dash.register_page(__name__, path=f"/{PAGE}", title="Wat is nieuw")
TITLE = "Wat is nieuw"


def layout(**query: Any) -> html.Div:
    """The page; a query about regions is only passed on."""
    release = current.release()
    head = html.Div(
        [
            html.H1(TITLE),
            html.P("Nieuwe leveringen en correcties van cijfers, de nieuwste bovenaan.", className="intro"),
            html.P(
                [
                    "Elk oud cijfer staat ook in het ",
                    html.A("bestand met herziene cijfers", href=address("download/revisies.csv"), download=""),
                    ". Met een feedlezer volgt u deze pagina via de ",
                    html.A("Atom-feed", href=address(f"{PAGE}.atom")), ".",
                ]
            ),
        ],
        className="paginakop inleiding",
    )  # fmt: skip
    news = html.Div([article(item, release) for item in items(release)], className="berichten")
    return html.Div(shell(PAGE, TITLE, [head, news], release, regions_of(query)), id="klaar")
