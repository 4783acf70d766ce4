"""What may be said of the chosen regions of a card beside others: place, regions of their size, change in time."""

from __future__ import annotations

from components import words
from components.elements import html
from components.profile import MORE_PEOPLE, change_text, peers_text, place_text, rate_text, same_size
from data.profile import Panel, panel, rate_place
from data.rates import PlaceBetween
from data.regions import LEVELS_PLURAL, Region
from data.release import Release
from data.view import CardView, Column, Figure

MOST_COLUMNS = 3


def comparison(view: CardView, release: Release) -> html.Section | None:
    """For each chosen region and measure of a card of counts or rates; None when there is nothing to say."""
    choice = view.choice
    if not choice.compares_regions or choice.presentation in ("aandeel", "per100000"):
        return None
    parts: list[object] = []
    for region in choice.regions:
        told = [
            (column.maat, texts)
            for column in view.columns[:MOST_COLUMNS]
            if (texts := _texts(view, column, region, release))
        ]
        if told:
            parts.append(html.H4(region.label))
            parts.append(html.Dl([part for maat, texts in told for part in (html.Dt(maat), *map(html.Dd, texts))]))
    if not parts:
        return None
    if choice.presentation == "aantal":
        parts.append(html.P(MORE_PEOPLE, className="klein"))
    return html.Section(
        [html.H3("Naast andere regio's", id="naast-andere"), *parts],
        className="vergeleken",
        **{"aria-labelledby": "naast-andere"},
    )


def _texts(view: CardView, column: Column, region: Region, release: Release) -> list[str]:
    line = next((line for line in view.lines if line.key == region.code), None)
    figure = view.cell(line, column) if line else None
    if figure is None:
        return []
    found = panel(release, view.choice.indicator, figure.row, [region], view.choice.since)
    if view.choice.presentation == "per10000":
        return [text for text in (_rate_place(view, column, region, release), _rates_of_peers(found)) if text]
    return [text for text in (place_text(found), peers_text(found), _change(found, view.choice.since)) if text]


def _change(found: Panel, since: str) -> str:
    if found.before:
        return change_text(found.before)
    return "Met die periode is dit cijfer niet te vergelijken." if since and found.own.figure else ""


def _rate_place(view: CardView, column: Column, region: Region, release: Release) -> str:
    """The place by rate, as far as rounding is sure of it."""
    here: dict[str, Figure] = {
        line.key: f
        for line in view.lines
        if line.key[:2] == region.level and (f := view.cell(line, column)) and f.value is not None
    }
    found = rate_place(release, region.code, {code: figure.row for code, figure in here.items()})
    if found is None:
        return ""
    of = f"de {found.of} {LEVELS_PLURAL[region.level]} waarvan dit bekend is"
    return f"Per 10.000 inwoners, van hoog naar laag: {_between(found)} van {of}."


def _between(found: PlaceBetween) -> str:
    if found.first == found.last:
        return f"{found.first}e"
    return f"tussen de {found.first}e en de {found.last}e, door de afronding,"


def _rates_of_peers(found: Panel) -> str:
    told = [f"{each.region.name} {rate_text(each.rate)}" for each in found.peers if each.rate]
    return f"{same_size(found)}: {words.join(told)}." if told else ""
