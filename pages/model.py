"""How Veilig Thuis works, at /model: a drawing of the steps, each with what is registered and its figures."""

from __future__ import annotations

from typing import Any

import dash

from components.elements import html
from components.model import chooser, drawing, flow, notice_text, panel, parties, query_of
from components.notices import notice_list
from components.shell import page_head, shell
from data import current
from data.choice import flat
from data.model import situation

dash.register_page(__name__, path="/model", title="Model")
TITLE = "Hoe Veilig Thuis werkt"


def layout(**query: Any) -> html.Div:
    """The page for a query: stap, regio and periode; others are ignored."""
    release = current.release()
    shown = situation(release, flat(query))
    body = [
        page_head(
            TITLE,
            "Van eerste zorg tot veilig thuis: de stappen in het werk van Veilig Thuis, wat daarvan wordt "
            "geregistreerd en welke cijfers er zijn.",
        ),
        notice_list([notice_text(notice) for notice in shown.notices]),
        chooser(shown, release),
        html.Div([drawing(shown, release), panel(shown, release)], className="model"),
        flow(shown, release),
        parties(shown, release),
        html.P(
            "Wij tekenden dit schema naar de beschrijving van de werkwijze in de rapporten Beleidsinformatie Veilig "
            "Thuis van het CBS over 2019. Niet elke zaak doorloopt alle stappen.",
            className="noten",
        ),
    ]
    kept = {name: value for name, value in query_of(shown).items() if name == "regio"}
    return html.Div(shell("model", TITLE, body, release, kept), id="klaar")
