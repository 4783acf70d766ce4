"""Where a visitor asks for the report of a region: a form with all regions, and a link for one of them."""

from __future__ import annotations

from itertools import groupby

from components.address import bare, report_address
from components.elements import html
from components.native import style_fields
from data.regions import LEVELS_PLURAL, PREFERRED, Region
from data.release import Release
from data.report import regions_with_report
from data.text import plain, upper_first


def report_form(release: Release, asked: str = "") -> html.Form:
    """The form; it works without JavaScript, and assets/30-rapport.js tells how far the file is.

    Args:
        release: the figures.
        asked: a region that was asked for and is not known: the form says so.
    """
    regions = sorted(regions_with_report(release), key=lambda r: (PREFERRED.index(r.level), plain(r.name)))
    options: list[object] = [html.Option("Kies een regio", value="")]
    for level, group in groupby(regions, key=lambda r: r.level):
        entries = [html.Option(region.name, value=region.code) for region in group]
        options.append(html.Optgroup(entries, label=upper_first(LEVELS_PLURAL[level])))
    return html.Form(
        [
            html.P(f"Van ‘{asked[:60]}’ is er geen rapport. Kies een regio uit de lijst.", className="melding")
            if asked else None,
            html.Div(
                [
                    html.Label("Regio", htmlFor="rapport-regio"),
                    html.Select(options, id="rapport-regio", name="regio", required=True),
                ],
                className="veld",
            ),
            *style_fields(),
            html.Button("Maak het rapport (PDF)", type="submit", className="knop"),
            _status(),
        ],
        action=bare("rapport"),
        method="get",
        className="rapport",
    )  # fmt: skip


def report_link(region: Region) -> html.P:
    """A link to the report of one region."""
    link = html.A(f"Rapport van {region.label} (PDF)", href=report_address(region), download="")
    return html.P([link, _status()], className="rapport")


def _status() -> html.Span:
    """Where the script tells that the file is being made."""
    return html.Span(className="rapport-status", role="status")
