"""The files with all figures, at /download."""

from __future__ import annotations

from typing import Any

import dash

from components.address import address
from components.downloads import file_list
from components.elements import html
from components.report_form import report_form
from components.shell import release_label
from components.text_page import Section, text_page
from data import current
from data.choice import flat

dash.register_page(__name__, path="/download", title="Download")
INTRO = "Alle cijfers als bestand, om zelf mee te rekenen of om te bewaren."


def layout(regio: Any = "", **_: Any) -> html.Div:
    """The page; `regio` is a region that was asked for and has no report."""
    release = current.release()
    sections = [
        Section(
            "bestanden",
            "Bestanden",
            [html.P(f"Deze bestanden horen bij de levering: {release_label(release)}."), file_list(release)],
        ),
        Section(
            "rapport",
            "Rapport van een regio",
            [
                html.P(
                    "Een PDF om te lezen, te bewaren of door te sturen: de cijfers van één regio of gemeente in "
                    "zinnen, grafieken en tabellen, met tekens en bronnen. Het maken duurt een paar seconden."
                ),
                report_form(release, flat({"regio": regio})["regio"]),
            ],
        ),
        Section(
            "een-kaart",
            "Alleen de cijfers die u nodig heeft",
            [
                html.P(
                    [
                        "Zoekt u één indicator? Kies die bij ", html.A("Landelijk beeld", href=address("landelijk")),
                        ", ", html.A("Regionaal beeld", href=address("regionaal")), " of ",
                        html.A("Tijdreeksen", href=address("tijdreeksen")), " en klik onder de grafiek op ‘Download "
                        "CSV’ of ‘Download Excel (XLSX)’. U krijgt precies de cijfers die u ziet. Beide bestanden "
                        "openen met een dubbelklik in een Nederlandse Excel.",
                    ]
                ),
                html.P(
                    "Daarnaast staan de plaatjes: de grafiek met titel, bron en status erbij. Kies PNG voor een brief, "
                    "een presentatie of een webpagina. SVG blijft scherp op elk formaat, bijvoorbeeld in drukwerk."
                ),
            ],
        ),
        Section(
            "excel",
            "Alle cijfers openen in Excel",
            [
                html.P(
                    "Het bestand cijfers.xlsx opent meteen in Excel, LibreOffice en andere spreadsheets. Op het eerste "
                    "tabblad, ‘Lees mij’, staat wat er op elk tabblad staat. Elk tabblad heeft een filter boven elke "
                    "kolom, en getallen zijn getallen: u kunt er direct mee rekenen."
                ),
                html.P(
                    "Bij percentages is de waarde het getal voor het procentteken: 28,5 met eenheid % betekent 28,5%."
                ),
                html.P(
                    [
                        "Een lege cel bij ‘Waarde’ is geen nul. In de kolom ‘Teken’ staat dan waarom er geen getal is: "
                        "zie ", html.A("de tekens", href=address("toelichting#tekens")), ".",
                    ]
                ),
            ],
        ),
        Section(
            "programma",
            "Rechtstreeks in uw eigen programma",
            [
                html.P(
                    [
                        "Onder elke kaart staat bij ‘Gebruik in Excel, R of Python’ de code die precies die cijfers "
                        "leest. Alle cijfers kunt u filteren met de ", html.A("open API", href=address("api")),
                        ", met voorbeelden. Voor datacatalogi is er een beschrijving volgens DCAT-AP-NL: ",
                        html.A("catalogus.ttl", href=address("catalogus.ttl")), ".",
                    ]
                )
            ],
        ),
        Section(
            "licentie",
            "Licentie",
            [
                html.P(
                    [
                        "De cijfers van het CBS vallen onder ",
                        html.A("CC BY 4.0", href="https://creativecommons.org/licenses/by/4.0/deed.nl"),
                        ": u mag ze gebruiken en delen als u het CBS als bron noemt. Bij andere cijfers noemt u de "
                        "organisatie die ze publiceerde. De kolom ‘bron’ (of ‘Bron-id’) verwijst naar de lijst in de ",
                        html.A("verantwoording", href=address("verantwoording#bronnen")), ".",
                    ]
                )
            ],
        ),
    ]  # fmt: skip
    return text_page("download", "Download", INTRO, sections, release)
