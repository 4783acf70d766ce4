"""The accountability, at /verantwoording: what this is, the sources, the choices, and privacy."""

from __future__ import annotations

from typing import Any

import dash

from components.address import address
from components.elements import html
from components.sources import sources_table
from components.text_page import Section, text_page
from data import current

dash.register_page(__name__, path="/verantwoording", title="Verantwoording")
INTRO = "Waar de cijfers vandaan komen, welke keuzes zijn gemaakt en wat er met uw gegevens gebeurt."


def layout(**query: Any) -> html.Div:
    """The page; a query about regions is only passed on."""
    release = current.release()
    sections = [
        Section(
            "wat-is-dit",
            "Wat dit is",
            [
                html.P(
                    "De Impactmonitor laat zien hoe het in Nederland gaat met de aanpak van huiselijk geweld en "
                    "kindermishandeling. Zij is in 2019 bedacht binnen het programma ‘Geweld hoort nergens thuis’ van "
                    "de ministeries van VWS en van Justitie en Veiligheid en de VNG. Het uitgangspunt: gebruik cijfers "
                    "die er al zijn, en vraag organisaties niet om extra registratie."
                ),
                html.P(
                    [
                        html.Strong("Dit dashboard is geen product van het CBS. "),
                        "Het brengt cijfers bij elkaar die het CBS en andere organisaties hebben gepubliceerd. Het CBS "
                        "heeft cijfers van andere organisaties niet gecontroleerd, en dit dashboard ook niet.",
                    ]
                ),
                html.P(
                    [
                        "Niet elke indicator heeft al cijfers. Het ", html.A("overzicht", href=address("")),
                        " laat zien wat volledig is, wat deels en wat nog leeg.",
                    ]
                ),
            ],
        ),
        Section(
            "bronnen",
            "Bronnen",
            [
                html.P(
                    "Alle cijfers komen uit deze publicaties. ‘Overgenomen van’ betekent dat de uitgever het cijfer "
                    "van een andere organisatie heeft; dan noemen wij ze allebei. Berichten van nieuwsmedia "
                    "zijn geen bron."
                ),
                html.P(
                    [
                        "Programma's lezen deze lijst, en alle cijfers, met de ",
                        html.A("open API", href=address("api")), ".",
                    ]
                ),
                sources_table(release),
            ],
        ),
        Section(
            "keuzes",
            "Als publicaties verschillen",
            [
                html.P(
                    [
                        "Staat hetzelfde cijfer in meer publicaties, dan telt de nieuwste. Het oude cijfer verdwijnt "
                        "niet: het staat bij de kaart, bij ", html.A("Wat is nieuw", href=address("wat-is-nieuw")),
                        " en in het ",
                        html.A("bestand met oude cijfers", href=address("download/revisies.csv"), download=""),
                        ". Spreken twee publicaties elkaar tegen en is niet bekend welke de nieuwste is, dan komt geen "
                        "van beide in het dashboard voordat iemand dat heeft uitgezocht.",
                    ]
                ),
                html.P(
                    "Noemt een organisatie een cijfer van een ander, en hebben wij ook de publicatie van die ander, "
                    "dan is die laatste de bron."
                ),
            ],
        ),
        Section(
            "wat-wij-niet-doen",
            "Wat wij niet doen",
            [
                html.Ul(
                    [
                        html.Li("Wij schatten geen cijfers en vullen geen gaten op."),
                        html.Li("Wij rekenen geen geheime of onbekende cijfers terug uit andere cijfers."),
                        html.Li("Wij tellen niets op waar een bron zelf een totaal geeft."),
                        html.Li("Wij maken van een teken nooit een nul."),
                        html.Li("Wij zeggen niet welke regio het goed doet, of waardoor cijfers verschillen."),
                    ]
                ),
                html.P(
                    [
                        "Alleen aandelen rekenen wij soms zelf uit, en dan staat dat erbij. De regels leest u in de ",
                        html.A("toelichting", href=address("toelichting#aandelen")), ".",
                    ]
                ),
            ],
        ),
        Section(
            "plaatsen",
            "Een kaart in uw eigen site",
            [
                html.P(
                    "U mag elke kaart in uw site of intranet plaatsen. Open onder de kaart ‘Deel of plaats’, kies hoe "
                    "zij eruitziet, en plak de code in uw pagina. Bron, status en een link naar de volledige pagina "
                    "staan er altijd bij."
                ),
                html.Ul(
                    [
                        html.Li(
                            "De kaart plaatst geen cookies, bewaart niets bij de bezoeker en haalt alleen iets op bij "
                            "dit dashboard."
                        ),
                        html.Li(
                            "‘Precies deze periode’ blijft dezelfde cijfers laten zien, ook na een nieuwe levering "
                            "(een correctie komt wel door). ‘Altijd de nieuwste periode’ loopt mee."
                        ),
                        html.Li(
                            "De lichte vorm werkt zonder JavaScript: met een vaste grafiek, de tabel en zonder filters."
                        ),
                        html.Li(
                            "Met ‘stijl’ in het adres (bijvoorbeeld stijl=donker) kiest u de kleuren en letters. U "
                            "vindt de keuze ook bij ‘Deel of plaats’."
                        ),
                        html.Li(
                            [
                                "Een kader kan meegroeien met wat erin staat. Daarvoor is een ",
                                html.A("klein script", href=address("embed/plaatsen.js")),
                                " nodig, dat alleen de hoogte van het kader aanpast.",
                            ]
                        ),
                        html.Li(
                            "Laat uw beheerder in het beveiligingsbeleid van uw site (Content-Security-Policy) bij "
                            "‘frame-src’ het adres van dit dashboard zetten, en bij ‘script-src’ ook als u het script "
                            "gebruikt."
                        ),
                    ]
                ),
            ],
        ),
        Section(
            "privacy",
            "Privacy",
            [
                html.P(
                    "Dit dashboard bewaart niets over bezoekers. Er zijn geen cookies, er wordt niet gemeten wie wat "
                    "bekijkt, en er worden geen onderdelen bij andere partijen opgehaald. Wat u kiest, staat alleen in "
                    "het adres van de pagina."
                ),
                html.P(
                    "De cijfers zijn aantallen en percentages. Namen of andere gegevens van personen staan er niet in."
                ),
            ],
        ),
    ]  # fmt: skip
    return text_page("verantwoording", "Verantwoording", INTRO, sections, release, query)
