"""The overview, at /."""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from components.overview import FILLED, OPEN, overview
from components.shell import NAME, shell
from data import current

dash.register_page(__name__, path="/", title="Overzicht")
TITLE = "Overzicht"


def layout(**_: Any) -> html.Div:
    """The page; it has no parameters."""
    release = current.release()
    head = html.Div(
        [
            html.H1(NAME),
            html.P(
                "Wat is er in Nederland en in uw regio bekend over huiselijk geweld en kindermishandeling, en over "
                "het werk van Veilig Thuis? Kies hieronder een onderwerp. Een kruisje brengt u naar de cijfers.",
                className="intro",
            ),
            html.P([html.Span(FILLED, className="kruis"), " cijfers  ", html.Span(OPEN, className="kruis leeg"),
                    " geen cijfers in deze levering"], className="legenda"),
        ],
        className="paginakop",
    )  # fmt: skip
    page = shell("", TITLE, [head, *overview(release)], release)
    return html.Div(page, id="klaar")
