"""The overview, at /."""

from __future__ import annotations

from typing import Any

import dash

from components.address import address
from components.elements import html
from components.overview import overview, questions, tally
from components.shell import NAME, regions_of, shell
from components.terms import link_terms
from data import current

dash.register_page(__name__, path="/", title="Overzicht")
TITLE = "Overzicht"


def layout(**query: Any) -> html.Div:
    """The page; a query about regions is only passed on."""
    release = current.release()
    head = html.Div(
        [
            html.H1(NAME),
            html.P(
                "Wat is er in Nederland en in uw regio bekend over huiselijk geweld en kindermishandeling, en over "
                "wat organisaties daartegen doen?",
                className="intro",
            ),
            html.P(
                "Dit dashboard brengt gepubliceerde cijfers van veel organisaties bij elkaar. U kunt regio's met "
                "elkaar vergelijken en zien hoe cijfers door de jaren heen veranderen. Een antwoord op een "
                "beleidsvraag geven de cijfers niet vanzelf: zij zijn een begin van het gesprek daarover.",
            ),
            html.P(
                [
                    "Kies een indicator en klik op een weergave: landelijk, regionaal of in een tijdreeks. Of begin "
                    "bij een ", html.A("beleidsvraag", href="#beleidsvragen"), ". Wat de woorden en tekens "
                    "betekenen, staat in de ", html.A("toelichting", href=address("toelichting")), ".",
                ]
            ),
        ],
        className="paginakop inleiding",
    )  # fmt: skip
    body = html.Div(
        [html.Div([tally(release), *overview(release)]), questions(release)],
        className="overzicht",
    )
    link_terms(head, release)
    return html.Div(shell("", TITLE, [head, body], release, regions_of(query)), id="klaar")
