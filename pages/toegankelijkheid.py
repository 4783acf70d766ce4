"""The accessibility statement, at /toegankelijkheid: what was tested how, in the parts of the official model."""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from components.address import address
from components.text_page import Section, text_page
from data import current

dash.register_page(__name__, path="/toegankelijkheid", title="Toegankelijkheid")
INTRO = "Hoe toegankelijk dit dashboard is, hoe dat is getest en wat er nog niet goed gaat."
TESTED = (
    "Elke pagina is nagekeken met axe-core, een programma dat fouten tegen WCAG zoekt. Dat gebeurt bij elke wijziging; "
    "in de lange controle ook op drie schermbreedten, in elke stijl (ook donker en hoog contrast), met en zonder "
    "JavaScript, en terwijl u zoekt, deelt, wacht, geen verbinding hebt of als het te druk is.",
    "Elke pagina is nagelopen zoals de browser haar aan een schermlezer geeft: elk veld en elke knop heeft een naam, "
    "de koppen staan op volgorde, en elke grafiek heeft een naam, een samenvatting en een tabel. Dat gebeurt bij elke "
    "wijziging.",
    "Op Landelijk beeld, Regionaal beeld en Tijdreeksen is een keuze gemaakt met alleen het toetsenbord. De focus is "
    "steeds te zien, en het nieuwe cijfer wordt gemeld aan een schermlezer. Dat gebeurt bij elke wijziging.",
    "Op een scherm van 320 beeldpunten breed (of vergroot tot 400%), en met alleen de tekst twee keer zo groot, is "
    "gemeten dat u op geen pagina opzij hoeft te schuiven. Dat is een deel van de lange controle.",
    "Met ‘minder beweging’ op het apparaat beweegt er niets, en met de kleuren van het apparaat (contrastthema) vindt "
    "axe-core geen fouten. Op papier staan kop, zin, tabel en bron. Ook dat is een deel van de lange controle.",
    "De HTML van elke pagina is gecontroleerd met de Nu HTML Checker. Lighthouse geeft elke volledige pagina 100 van "
    "de 100 punten voor toegankelijkheid. Ook dat is een deel van de lange controle.",
    "De pagina's werken ook zonder JavaScript.",
    "De PDF-rapporten zijn gemaakt volgens PDF/UA-1; het programma dat ze maakt, controleert dat zelf.",
)
WHEN = (
    "De lange controle is voor het laatst gedaan op 25 november 2026, in Chromium, en vond geen fouten. Wat is "
    "gemeten, staat per controle met de datum in docs/audit.md bij de code."
)
NOT_TESTED = (
    "Er is nog geen onderzoek gedaan door een onafhankelijke deskundige (volgens WCAG-EM).",
    "Er is niet getest door mensen met een beperking, en niet met schermlezers zoals NVDA, JAWS of VoiceOver. Wat de "
    "browser aan een schermlezer geeft, is wel nagekeken.",
    "Er is alleen getest in Chromium (de basis van Chrome en Edge), niet in Firefox en Safari.",
    "Programma's vinden maar een deel van alle fouten. Er kunnen dus fouten zijn die wij niet kennen.",
)
KNOWN = (
    "In een grafiek ziet u een los cijfer door het aan te wijzen met de muis. Met het toetsenbord kan dat niet. Alle "
    "cijfers staan in de tabel bij de grafiek.",
    "Een brede tabel schuift op een smal scherm binnen haar eigen kader.",
    "De plaatjes die u kunt downloaden (PNG en SVG) hebben geen tabel bij zich. Download ook de CSV als u ze deelt.",
)


def layout(**_: Any) -> html.Div:
    """The page; it has no parameters."""
    sections = [
        Section(
            "status",
            "Status",
            [
                html.P(
                    "Wij willen dat iedereen dit dashboard kan gebruiken. Het is gemaakt volgens WCAG 2.2, niveau A en "
                    "AA. De wet vraagt van overheden WCAG 2.1, niveau A en AA (EN 301 549)."
                ),
                html.P(
                    [
                        "Of het helemaal aan die eisen voldoet, is nog niet onderzocht door een onafhankelijke "
                        "deskundige. Daarom past nu deze status: ", html.Strong("eerste maatregelen genomen"), " (C).",
                    ]
                ),
                html.P(
                    "Een overheid die dit dashboard aanbiedt, stelt zelf haar officiële verklaring op met de "
                    "invulassistent van de overheid en zet die in het register. Deze pagina is daarvoor de basis, en "
                    "vervangt die verklaring niet."
                ),
            ],
        ),
        Section("onderzocht", "Wat is getest, en hoe", [html.Ul([html.Li(text) for text in TESTED]), html.P(WHEN)]),
        Section("niet-onderzocht", "Wat niet is getest", [html.Ul([html.Li(text) for text in NOT_TESTED])]),
        Section("bekend", "Wat nog niet toegankelijk is", [html.Ul([html.Li(text) for text in KNOWN])]),
        Section(
            "maatregelen",
            "Hoe wij het toegankelijk houden",
            [
                html.P(
                    "De controles hierboven horen bij de code: een wijziging die een fout geeft, gaat niet door. Wij "
                    "gebruiken de gewone velden en knoppen van de browser, en kleur is nooit het enige teken."
                ),
                html.P("Deze verklaring hoort bij de code en verandert mee. Zij is opgesteld op 25 november 2026."),
            ],
        ),
        Section(
            "melden",
            "Gaat er iets niet goed?",
            [
                html.P(
                    "Lukt iets niet, of kunt u een cijfer niet lezen? Meld het bij de organisatie die u dit dashboard "
                    "aanbiedt: haar contactgegevens staan op haar eigen website. Zeg op welke pagina u was en wat u "
                    "wilde doen."
                ),
                html.P(
                    [
                        "Hebt u nu een cijfer nodig? Bij ", html.A("Download", href=address("download")),
                        " staan alle cijfers als bestand.",
                    ]
                ),
            ],
        ),
        Section(
            "klacht",
            "Niet tevreden met het antwoord",
            [
                html.P(
                    "Biedt een overheid u dit dashboard aan, dan kunt u bij haar een klacht indienen. Helpt dat niet, "
                    "dan kunt u naar de Nationale ombudsman."
                )
            ],
        ),
    ]  # fmt: skip
    return text_page("toegankelijkheid", "Toegankelijkheid", INTRO, sections, current.release())
