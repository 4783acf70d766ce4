"""Search as a visitor sees it: the box in the header of every page, the page of results, and suggestions as data."""

from __future__ import annotations

from typing import Any

from components.address import address, bare
from components.elements import html
from components.native import Input, style_fields
from data.coverage import first_view
from data.release import COUNTRY, Release
from data.search import Found, Kind, grouped, search

PAGE = "zoeken"
LABEL = "Zoek een indicator, regio of begrip"
SUGGESTIONS = 8
ON_PAGE = 25
HEADS: dict[Kind, str] = {"indicator": "Indicatoren", "regio": "Regio's", "begrip": "Begrippen", "pagina": "Pagina's"}
NAMES: dict[Kind, str] = {"indicator": "Indicator", "regio": "Regio", "begrip": "Begrip", "pagina": "Pagina"}
NO_FIGURES = "nog geen cijfers"
# What else a page can be found by, beside its title.
WORDS = {
    "": "begin start home beleidsvragen thema's",
    "toelichting": "uitleg begrippen woordenlijst tekens afronding onbekend geheim voorlopig",
    "download": "bestand csv excel downloaden alle cijfers open data",
    "verantwoording": "bronnen licentie privacy cookies keuzes CBS",
    "wat-is-nieuw": "nieuws correcties herziene cijfers levering",
    "model": "procesmodel schema",
    "toegankelijkheid": "toegankelijkheidsverklaring",
}
Pages = tuple[tuple[str, str], ...]


def box(asked: str, indicator: str) -> html.Form:
    """The search box: a plain form, which assets/12-zoeken.js makes into a list of suggestions.

    Args:
        asked: what stands in it.
        indicator: the indicator of the page, which a region that is found is opened with; '' for none.
    """
    return html.Form(
        [
            html.Label(LABEL, htmlFor="zoek", className="alleen-lezen"),
            Input(
                id="zoek", name="q", type="search", value=asked, maxLength=100, autoComplete="off", spellCheck="false",
                placeholder="Zoek indicator, regio, begrip",
                **{"data-suggesties": address(f"{PAGE}.json"), "aria-keyshortcuts": "/"},
            ),
            Input(type="hidden", name="indicator", value=indicator) if indicator else None,
            *style_fields(),
            html.Button("Zoek", type="submit"),
            html.Ul(id="zoek-lijst", role="listbox", hidden=True, **{"aria-label": "Gevonden"}),
            html.Span(id="zoek-status", role="status", className="alleen-lezen"),
        ],
        action=bare(PAGE),
        method="get",
        role="search",
        className="zoek",
    )  # fmt: skip


def find(release: Release, text: str, pages: Pages) -> list[Found]:
    """What fits a text, the best first, with the pages of the menu."""
    return search(release, text, tuple((path, title, WORDS.get(path, "")) for path, title in pages))


def link(found: Found, release: Release, indicator: str = "") -> str:
    """The address that a result opens.

    Args:
        found: the result.
        release: for the views that have figures.
        indicator: slug of the indicator to see a region with; it is left out where it has no figures of regions.
    """
    match found.kind:
        case "indicator":
            view = first_view(release, release.catalogue.indicators[found.id])
            return address(view, {"indicator": found.id})
        case "regio":
            view = "landelijk" if found.id == COUNTRY else "regionaal"
            query = {"indicator": indicator} if (indicator, view) in release.filled else {}
            return address(view, query | ({"regio": found.id} if found.id != COUNTRY else {}))
        case "begrip":
            return address(f"toelichting#{found.id}")
        case _:
            return address(found.id)


def extra(found: Found, release: Release) -> str:
    """What stands beside a result: of a gemeente its Veilig Thuis-regio, of an indicator that it has no figures."""
    if found.kind == "regio":
        parent = release.regions[found.id].parent
        return release.regions[parent].label if parent.startswith("VT") else ""
    if found.kind == "indicator":
        indicator = release.catalogue.indicators[found.id]
        return "" if any((found.id, view) in release.filled for view in indicator.views) else NO_FIGURES
    return ""


def suggestions(release: Release, text: str, indicator: str, pages: Pages) -> dict[str, Any]:
    """The best results as data: {'aantal': how many there are in all, 'resultaten': [soort, titel, extra, adres]}."""
    found = find(release, text, pages)
    return {
        "aantal": len(found),
        "resultaten": [
            {
                "soort": NAMES[each.kind],
                "titel": each.title,
                "extra": extra(each, release),
                "adres": link(each, release, indicator),
            }
            for each in found[:SUGGESTIONS]
        ],
    }


def results(release: Release, text: str, indicator: str, pages: Pages) -> list[Any]:
    """The results as they stand on their page, by kind; or what to do when nothing was typed or found."""
    if not text.strip():
        return [html.P("Typ hierboven een woord en druk op Enter. U kunt zoeken op een indicator, een regio of "
                       "gemeente, of een begrip.", role="status"), _elsewhere()]  # fmt: skip
    found = find(release, text, pages)
    if not found:
        return [
            html.P([f"Niets gevonden voor ‘{text}’."], role="status", className="zin"),
            html.P("Controleer hoe het woord is geschreven, of probeer een ander of korter woord. Een plaats vindt u "
                   "onder de naam van de gemeente."),
            _elsewhere(),
        ]  # fmt: skip
    count = "1 resultaat" if len(found) == 1 else f"{len(found)} resultaten"
    parts: list[Any] = [html.P(f"{count} voor ‘{text}’.", role="status", className="zin")]
    return [*parts, *(_group(kind, each, release, indicator) for kind, each in grouped(found).items())]


def _group(kind: Kind, found: list[Found], release: Release, indicator: str) -> html.Section:
    more = len(found) - ON_PAGE
    return html.Section(
        [
            html.H2(HEADS[kind], id=f"zoek-{kind}"),
            html.Ul([_item(each, release, indicator) for each in found[:ON_PAGE]]),
            html.P(f"En nog {more} andere. Typ meer letters om ze te vinden.") if more > 0 else None,
        ],
        className="hoofdstuk gevonden",
        **{"aria-labelledby": f"zoek-{kind}"},
    )


def _item(found: Found, release: Release, indicator: str) -> html.Li:
    """A result with what is known of it: the theme of an indicator, the Veilig Thuis-regio, the meaning of a term."""
    catalogue = release.catalogue
    beside = extra(found, release)
    if found.kind == "begrip":
        beside = catalogue.terms[found.id].uitleg
    elif found.kind == "indicator":
        themes = [t.titel for t in catalogue.themes if t.id in catalogue.indicators[found.id].themas]
        beside = "; ".join([*themes, *([beside] if beside else [])])
    elif beside:
        beside = f"Hoort bij {beside}"
    return html.Li([html.A(found.title, href=link(found, release, indicator)), html.Span(beside) if beside else None])


def _elsewhere() -> html.P:
    return html.P(
        [
            "Alle indicatoren staan in het ", html.A("overzicht", href=address("")), ", alle begrippen in de ",
            html.A("toelichting", href=address("toelichting")), ".",
        ]
    )  # fmt: skip
