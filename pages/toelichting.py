"""The explanation, at /toelichting: glossary, signs, rounding, regions, periods and what can be compared."""

from __future__ import annotations

from typing import Any

import dash

from components.elements import html
from components.explanation import glossary, regions_through_the_years, sign_list, status_list
from components.text_page import Section, text_page
from data import current

dash.register_page(__name__, path="/toelichting", title="Toelichting")
INTRO = "Wat de woorden en tekens in dit dashboard betekenen, en waar u op let als u cijfers vergelijkt."


def layout(**query: Any) -> html.Div:
    """The page; a query about regions is only passed on."""
    release = current.release()
    sections = [
        Section("begrippen", "Begrippen", [glossary(release)], terms=False),
        Section(
            "tekens",
            "Tekens in plaats van een getal",
            [
                html.P(
                    "Soms geeft een bron geen getal maar een teken. Dat teken blijft staan, in de tabel en in het "
                    "bestand. Het betekent nooit nul."
                ),
                sign_list(),
                html.P(
                    "Woorden als ‘ruim’ of ‘bijna’ bij een getal komen uit de bron: het precieze getal is dan niet "
                    "gepubliceerd."
                ),
            ],
        ),
        Section(
            "status",
            "Voorlopig en definitief",
            [
                html.P("Elk cijfer houdt de status die de bron eraan geeft."),
                status_list(),
                html.P(
                    "Verandert een bron een cijfer, dan telt de nieuwste publicatie. Het oude cijfer blijft te zien "
                    "bij de kaart en in het bestand met herziene cijfers."
                ),
            ],
        ),
        Section(
            "afronding",
            "Afronding op vijftallen",
            [
                html.P(
                    "Het CBS rondt aantallen van Veilig Thuis af op vijftallen: 1.903 wordt 1.905. Delen kunnen "
                    "daardoor samen iets meer of minder zijn dan het totaal. Bij kleine aantallen maakt de afronding "
                    "veel uit: een 5 kan ook een 3 of een 7 zijn."
                )
            ],
        ),
        Section(
            "aandelen",
            "Berekende aandelen",
            [
                html.P(
                    "Bijna alle cijfers staan er zoals de bron ze gaf. Alleen aandelen berekenen wij soms zelf; dan "
                    "staat er ‘berekend’ bij. Deel en totaal komen altijd uit dezelfde publicatie. Zo'n aandeel "
                    "is een heel percentage. Het staat er niet als de afronding op vijftallen het meer dan een half "
                    "procentpunt kan veranderen."
                ),
                html.P(
                    "Een advies of melding kan over meer vormen van geweld gaan en telt dan bij elke vorm. De aandelen "
                    "kunnen samen dus meer dan 100% zijn."
                ),
            ],
        ),
        Section(
            "regios",
            "Regio's door de jaren heen",
            [
                html.P(
                    "Een naam kan bij meer soorten regio's horen: Drenthe is een provincie en een Veilig Thuis-regio. "
                    "Daarom staat het soort regio achter de naam. Een cijfer hoort bij de regio zoals die toen was."
                ),
                *regions_through_the_years(release),
                html.P(
                    "Waar een regio verandert, is de lijn in de grafiek onderbroken. Wij plakken reeksen niet "
                    "aan elkaar."
                ),
            ],
        ),
        Section(
            "perioden",
            "Halfjaren en jaren",
            [
                html.P(
                    "Sommige cijfers gaan over een halfjaar, andere over een heel jaar. Die staan nooit samen op één "
                    "lijn. Tel ook niet zomaar twee halfjaren op: wat doorloopt, zoals een actieve casus, telt in "
                    "beide mee. Ontbreekt een periode, dan heeft de lijn daar een gat."
                )
            ],
        ),
        Section(
            "vergelijken",
            "Wat u kunt vergelijken",
            [
                html.P(
                    "In 2019 ging Veilig Thuis anders registreren. Cijfers van vóór 2019 zijn daarom niet te "
                    "vergelijken met die van 2019 en later. In 2019 zelf ontbraken sommige kenmerken nog "
                    "vaker, omdat de registratie nieuw was."
                ),
                html.P(
                    "Meer meldingen is niet hetzelfde als meer geweld: het kan ook betekenen dat meer mensen Veilig "
                    "Thuis weten te vinden. Een regio met meer meldingen doet het dus niet beter of slechter."
                ),
                html.P(
                    "Organisaties tellen ieder op hun eigen manier. Tel cijfers van bijvoorbeeld de politie en Veilig "
                    "Thuis niet bij elkaar op."
                ),
            ],
        ),
    ]
    return text_page("toelichting", "Toelichting", INTRO, sections, release, query)
