"""The page about the API, at /api: what it gives, examples that work, and its rules."""

from __future__ import annotations

from typing import Any

import dash
from flask import has_request_context, request

from components.address import address
from components.elements import html
from components.examples import of_api
from components.numbers import number
from components.reading_in import shown
from components.text_page import Section, text_page
from data import current
from data.release import Release
from data.signs import SIGNS
from pages.api import models, resources, v1

dash.register_page(__name__, path="/api", title="Open API")
INTRO = "Haal de cijfers rechtstreeks op met uw eigen programma. De API is open: zonder sleutel en zonder aanmelden."


def layout(**_: Any) -> html.Div:
    """The page; it has no parameters."""
    release = current.release()
    site = request.host_url.rstrip("/") if has_request_context() else ""
    root = address(resources.ROOT)
    sections = [
        Section(
            "begin",
            "Wat u krijgt",
            [
                html.P(
                    [
                        "De API begint op ", html.Code(f"{site}{root}/"), ". Zij geeft alle gepubliceerde cijfers, "
                        "met hun teken, status en bron, en wat erover bekend is: indicatoren, thema's, regio's per "
                        "jaar, perioden, bronnen en vervangen cijfers. Niets is berekend.",
                    ]
                ),
                html.P(
                    [
                        "De volledige beschrijving voor programma's (OpenAPI 3.1): ",
                        html.A("openapi.json", href=f"{root}/openapi.json"), ".",
                    ]
                ),
                _operations(release),
            ],
            terms=False,
        ),
        Section(
            "voorbeelden",
            "Voorbeelden",
            [part for example in of_api(site + root) for part in shown(example, site)],
            terms=False,
        ),
        Section(
            "tekens",
            "Een leeg cijfer is geen 0",
            [
                html.P(
                    "Geeft een bron geen getal, dan is de waarde leeg (null in JSON) en staat in ‘teken’ waarom. Reken "
                    "zo'n cijfer niet als 0, en reken het niet terug uit andere cijfers."
                ),
                html.Dl([part for sign, told in SIGNS.items() for part in (html.Dt(html.Code(sign)), html.Dd(told))]),
                html.P(
                    "Staat er een woord in ‘teken’ bij een getal, zoals ‘ruim’ of ‘ongeveer’, dan zegt de bron dat er "
                    "zelf bij. In JSON-stat staan teken en status samen bij ‘status’."
                ),
            ],
            terms=False,
        ),
        Section(
            "filters",
            "Filters en pagina's",
            [
                html.P(
                    [
                        "Een filter mag meer waarden hebben, met komma's ertussen: ", html.Code("regio=NL01,PV22"),
                        ". Verschillende filters gelden tegelijk. De waarden zijn korte namen en codes; welke er zijn, "
                        "staat bij de lijsten hierboven. Filtert u op een indicator, dan krijgt u ook de cijfers "
                        "waarnaar zij verwijst.",
                    ]
                ),
                html.P(
                    [
                        f"JSON komt in pagina's van {number(models.PER_PAGE)} rijen; met ", html.Code("per_pagina"),
                        f" zijn het er hoogstens {number(models.MOST_PER_PAGE)}. CSV en JSON-stat komen in één keer, "
                        f"tot {number(v1.AT_ONCE)} cijfers. Alles tegelijk is een bestand: ",
                        html.A("cijfers.csv.gz", href=address("download/cijfers.csv.gz"), download=""), ".",
                    ]
                ),
            ],
            terms=False,
        ),
        Section(
            "fouten",
            "Als een verzoek niet klopt",
            [
                html.P(
                    [
                        "Een parameter of waarde die er niet is, geeft 400 en nooit stilletjes iets anders. Wat niet "
                        "bestaat geeft 404. Het antwoord zegt in gewone taal wat er niet klopt, in de vorm ",
                        html.Code("application/problem+json"), " (RFC 9457).",
                    ]
                )
            ],
            terms=False,
        ),
        Section(
            "versie",
            "Versies en bewaren",
            [
                html.P(
                    "Namen en codes in v1 veranderen niet; er kan wel iets bij komen. Een verandering waardoor een "
                    "programma kan stoppen, komt onder een nieuw nummer (v2)."
                ),
                html.P(
                    f"De cijfers veranderen alleen met een nieuwe levering (nu {release.name}). Elk antwoord heeft een "
                    "ETag: vraag daarmee of er iets nieuws is. Ook een webpagina op een andere site mag de API lezen."
                ),
            ],
            terms=False,
        ),
        Section(
            "licentie",
            "Licentie en catalogus",
            [
                html.P(
                    [
                        "Noem de bron die bij het cijfer staat. De cijfers van het CBS vallen onder ",
                        html.A("CC BY 4.0", href="https://creativecommons.org/licenses/by/4.0/deed.nl"),
                        "; de licentie van elke bron staat bij ", html.Code("/bronnen"), ".",
                    ]
                ),
                html.P(
                    [
                        "Voor datacatalogi zoals data.overheid.nl is er een beschrijving volgens DCAT-AP-NL 3.0: ",
                        html.A("Turtle", href=address("catalogus.ttl")), ", ",
                        html.A("JSON-LD", href=address("catalogus.jsonld")), " en ",
                        html.A("RDF/XML", href=address("catalogus.rdf")), ".",
                    ]
                ),
            ],
            terms=False,
        ),
    ]  # fmt: skip
    return text_page("api", "Open API", INTRO, sections, release)


def _operations(release: Release) -> html.Div:
    """The addresses of the API with their parameters, from its own description."""
    rows = []
    for path, operations in v1.description(release)["paths"].items():
        operation = operations["get"]
        asked = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
        names = [part for name in asked for part in (html.Code(name), " ")]
        rows.append(html.Tr([html.Td(html.Code(path)), html.Td(operation["description"]), html.Td(names or "geen")]))
    heads = ("Adres", "Wat het geeft", "Parameters")
    return html.Div(
        html.Table(
            [
                html.Caption("Adressen van de API", className="alleen-lezen"),
                html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                html.Tbody(rows),
            ],
            className="adressen",
        ),
        className="schuif",
        tabIndex="0",
        role="region",
        **{"aria-label": "Adressen van de API"},
    )
