"""The frame around every page: skip link, header with navigation, footer with source, help and release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components import search
from components.address import address
from components.elements import html
from components.house_style import shelf
from components.notices import notice_list, style_notices
from data.catalogue import VIEWS
from data.choice import COMPARING, flat
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
# Styles that any visitor may want, whatever the house style of the site.
FOR_READING = ("standaard", "donker", "hoog-contrast")
MORE = (
    ("verantwoording", "Verantwoording"),
    ("wat-is-nieuw", "Wat is nieuw"),
    ("api", "Open API"),
    ("toegankelijkheid", "Toegankelijkheid"),
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
        query: the choice that the other pages take along.
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
            html.Main([*_above(release), *body], id="inhoud", className="breed", tabIndex="-1"),
            _footer(here, release, query),
        ],
        **{"data-titel": f"{title} – {NAME}"},
    )  # fmt: skip


def regions_of(query: Mapping[str, Any]) -> dict[str, str]:
    """What a query says about the regions compared, for a page that does not show any to pass on."""
    return {name: value for name, value in flat(query).items() if name in COMPARING and value.strip()}


def _link(path: str, label: str, here: str, query: Mapping[str, str] | None) -> html.Li:
    """An entry of the menu. A view gets the whole choice, the model its first region, other pages what to pass on."""
    current = {"aria-current": "page"} if path == here else {}
    taken = dict(query or {}) if path in VIEWS else regions_of(query or {})
    if path == "model":
        taken = {"regio": taken["regio"].split(",")[0]} if "regio" in taken else {}
    if path == "download":
        taken = {}  # there a region is the one whose report is asked for
    return html.Li(html.A(label, href=address(path, taken), **current))


def release_label(release: Release) -> str:
    """The release as a visitor knows it: the day it appeared, where the news declares one, and its name."""
    day = published(release)
    return f"{period(day.isoformat()).label} ({release.name})" if day else release.name


def _above(release: Release) -> list[html.Div]:
    """What every page says first: a remark on the release, and that a style does not exist."""
    told = [*([release.remark] if release.remark else []), *style_notices()]
    return [notice_list(told)] if told else []


def _other_styles(here: str, query: Mapping[str, str] | None) -> list[html.P]:
    """The same page in another style: the default one, and those that are made for reading."""
    if here == "-":
        return []
    offered = [style for name, style in shelf.styles().items() if name in FOR_READING or style == shelf.default()]
    links: list[object] = ["Kleuren van deze site: "]
    for at, style in enumerate(sorted(offered, key=lambda style: style != shelf.default())):
        chosen = {"aria-current": "true"} if style == shelf.current() else {}
        where = address(here, (dict(query or {}) if here in VIEWS else {}) | {shelf.PARAMETER: style.name})
        links += [" · " if at else "", html.A(style.title, href=where, **chosen)]
    return [html.P(links, className="kleuren")]


def help_line() -> html.P:
    """Where to get help, day and night."""
    return html.P(
        [
            "Is er direct gevaar? Bel ", html.A("112", href="tel:112"),
            ". Heeft u te maken met huiselijk geweld of kindermishandeling, of denkt u dat iemand "
            "anders dat heeft? Bel Veilig Thuis: ",
            html.A("0800-2000", href="tel:08002000", className="heel"), ", gratis, dag en nacht.",
        ]
    )  # fmt: skip


def _footer(here: str, release: Release, query: Mapping[str, str] | None) -> html.Footer:
    return html.Footer(
        html.Div(
            [
                html.Div(
                    [
                        html.H2("Hulp nodig?"),
                        help_line(),
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
                        html.Ul([_link(path, label, here, query) for path, label in MORE], className="meer"),
                        *_other_styles(here, query),
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
