"""The frame around every page: skip link, header with navigation, footer with source, help and release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from components import search
from components.address import address
from components.notices import notice_list
from data.catalogue import VIEWS
from data.periods import period
from data.release import Release
from data.report import published

NAME = "Impactmonitor huiselijk geweld en kindermishandeling"
PAGES = (
    ("", "Overzicht"),
    ("landelijk", "Landelijk beeld"),
    ("regionaal", "Regionaal beeld"),
    ("tijdreeksen", "Tijdreeksen"),
    ("model", "Model"),
    ("toelichting", "Toelichting"),
    ("download", "Download"),
)
MORE = (
    ("verantwoording", "Verantwoording"),
    ("wat-is-nieuw", "Wat is nieuw"),
    ("api", "Open API"),
)


def page_head(title: str, intro: str) -> html.Div:
    """What a page begins with: its heading, and in a sentence or two what it is for."""
    return html.Div([html.H1(title), html.P(intro, className="intro")], className="paginakop")


def shell(
    here: str,
    title: str,
    body: list[Any],
    release: Release,
    query: Mapping[str, str] | None = None,
    searched: str = "",
) -> html.Div:
    """A whole page.

    Args:
        here: path of the page, to mark it in the navigation; '-' for none.
        title: the title of the browser tab, without the name of the site.
        body: what stands between header and footer.
        release: for its name in the footer.
        query: the choice that the other views take along.
        searched: what stands in the search box.
    """
    return html.Div(
        [
            html.A("Naar de inhoud", href="#inhoud", className="spring"),
            html.Header(
                html.Div(
                    [
                        html.A(
                            [html.Span("Impactmonitor"), html.Small("huiselijk geweld en kindermishandeling")],
                            href=address(""), className="naam",
                        ),
                        search.box(searched, (query or {}).get("indicator", "")),
                        html.Nav(
                            html.Ul([_link(path, label, here, query) for path, label in PAGES]),
                            **{"aria-label": "Hoofdmenu"},
                        ),
                    ],
                    className="breed",
                ),
                className="kop",
            ),
            html.Main(
                [*([notice_list([[release.remark]])] if release.remark else []), *body],
                id="inhoud", className="breed", tabIndex="-1",
            ),
            _footer(here, release),
        ],
        **{"data-titel": f"{title} – {NAME}"},
    )  # fmt: skip


def _link(path: str, label: str, here: str, query: Mapping[str, str] | None) -> html.Li:
    current = {"aria-current": "page"} if path == here else {}
    return html.Li(html.A(label, href=address(path, query if path in VIEWS else None), **current))


def release_label(release: Release) -> str:
    """The release as a visitor knows it: the day it appeared, where the news declares one, and its name."""
    day = published(release)
    return f"{period(day.isoformat()).label} ({release.name})" if day else release.name


def _footer(here: str, release: Release) -> html.Footer:
    return html.Footer(
        html.Div(
            [
                html.Div(
                    [
                        html.H2("Hulp nodig?"),
                        html.P(
                            [
                                "Is er direct gevaar? Bel ", html.A("112", href="tel:112"),
                                ". Heeft u te maken met huiselijk geweld of kindermishandeling, of denkt u dat iemand "
                                "anders dat heeft? Bel Veilig Thuis: ",
                                html.A("0800-2000", href="tel:08002000", className="heel"), ", gratis, dag en nacht.",
                            ]
                        ),
                    ]
                ),
                html.Div(
                    [
                        html.H2("Over deze cijfers"),
                        html.P(
                            "Dit is geen product van het CBS. De cijfers komen van het CBS en andere bronnen, die bij "
                            "elke grafiek staan (CBS: CC BY 4.0)."
                        ),
                        html.P(
                            [
                                f"Levering: {release_label(release)}. ",
                                html.A("Alle cijfers (CSV)", href=address("download/cijfers.csv"), download=""),
                                " · ",
                                html.A("Herziene cijfers (CSV)", href=address("download/revisies.csv"), download=""),
                            ]
                        ),
                        html.Ul([_link(path, label, here, None) for path, label in MORE], className="meer"),
                        html.P(
                            "Meer meldingen betekent niet dat er meer geweld is: het laat zien hoe vaak Veilig Thuis "
                            "is bereikt."
                        ),
                    ]
                ),
            ],
            className="breed",
        ),
        className="voet",
    )  # fmt: skip
