"""The overview: every theme and indicator, with a cross for each view that leads there."""

from __future__ import annotations

from dash import html

from components.address import address
from components.words import VIEW_TITLES
from data.catalogue import VIEWS, Indicator, Theme, View
from data.release import Release

FILLED, OPEN = "✕", "○"


def overview(release: Release) -> list[html.Section]:
    """A section with a table of crosses for each theme."""
    return [
        html.Section(
            [html.H2(theme.titel, id=theme.id), html.P(theme.inleiding), _table(theme, release)],
            className="thema",
            **{"aria-labelledby": theme.id},
        )
        for theme in release.catalogue.themes
    ]


def _table(theme: Theme, release: Release) -> html.Table:
    heads = [html.Th("Indicator", scope="col")]
    heads += [html.Th(VIEW_TITLES[view].split()[0], scope="col") for view in VIEWS]
    rows = [
        html.Tr([html.Th(i.titel, scope="row"), *(html.Td(_cross(i, theme, view, release)) for view in VIEWS)])
        for i in release.catalogue.of_theme(theme.id)
    ]
    caption = html.Caption(f"Indicatoren bij het thema {theme.titel}", className="alleen-lezen")
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="kruisjes")


def _cross(indicator: Indicator, theme: Theme, view: View, release: Release) -> html.A | None:
    if view not in indicator.views:
        return None
    there = (indicator.slug, view) in release.filled
    query = {"indicator": indicator.slug} | ({"thema": theme.id} if len(indicator.themas) > 1 else {})
    text = "cijfers" if there else "geen cijfers in deze levering"
    return html.A(
        [
            html.Span(FILLED if there else OPEN, **{"aria-hidden": "true"}),
            html.Span(f"{indicator.titel}, {VIEW_TITLES[view].lower()}: {text}", className="alleen-lezen"),
        ],
        href=address(view, query),
        className="kruis" if there else "kruis leeg",
        title=f"{VIEW_TITLES[view]}: {text}",
    )
