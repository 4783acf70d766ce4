"""The figures of the process model: for a step, a region and a period what was published, and nothing else.

A figure that the release does not hold is None ('niet beschikbaar'); a sign stays a sign. Nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from data import periods, units
from data.catalogue import TOTAL, Party, Related, Shown, Stage, Step, View
from data.choice import Notice
from data.kept import per_release
from data.regions import LEVELS, Region
from data.release import COUNTRY, Release
from data.store import NUMBER, Box, Part
from data.text import lower_first, plain
from data.view import Figure, published

ORDER = tuple(LEVELS)


@dataclass(frozen=True)
class Situation:
    """What the page shows: a step, a region and a period; and what was asked for by name.

    Attributes:
        step: the step that is open.
        region: the region of its figures.
        period: the code of their period.
        asked: the parameters that the visitor chose and that exist.
        notices: what could not be given.
    """

    step: Step
    region: Region
    period: str
    asked: dict[str, str]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Told:
    """One published figure of a measure: of its total or of a category. `figure` is None when there is none."""

    label: str
    figure: Figure | None


@dataclass(frozen=True)
class Group:
    """A breakdown of a measure, with its published members; without members nothing was published."""

    maat: str
    kenmerk: str
    overlap: bool
    members: tuple[Told, ...]


@dataclass(frozen=True)
class Way:
    """A view of an indicator to read on in, and the parameters that make it show the same region and period."""

    view: View
    query: dict[str, str]
    filled: bool


# --- the choice ---


def situation(release: Release, query: Mapping[str, str]) -> Situation:
    """Check a query (stap, regio, periode) against the release; what is unknown gives a default and a notice."""
    notices: list[Notice] = []
    asked: dict[str, str] = {}
    steps = release.catalogue.model.steps
    name = query.get("stap", "").strip()
    if name in steps:
        asked["stap"] = name
    elif name:
        notices.append(Notice("unknown", "stap", name[:80]))
    region = _region(release, query.get("regio", ""), asked, notices)
    period = _period(release, region, query.get("periode", ""), asked, notices)
    return Situation(steps[asked.get("stap") or next(iter(steps))], region, period, asked, tuple(notices))


def _region(release: Release, text: str, asked: dict[str, str], notices: list[Notice]) -> Region:
    names = [part.strip() for part in text.split(",") if part.strip()]
    if len(names) > 1:
        notices.append(Notice("too_many", "regio", "1"))
    for name in names[:1]:
        found = release.regions.find(name)
        if found is None:
            notices.append(Notice("unknown", "regio", name[:60]))
        elif found.code not in _published_periods(release):
            notices.append(Notice("no_figures", "regio", found.label))
        else:
            asked["regio"] = found.code
    return release.regions[asked.get("regio", COUNTRY)]


def _period(release: Release, region: Region, text: str, asked: dict[str, str], notices: list[Notice]) -> str:
    codes = [part.strip() for part in text.split(",") if part.strip()]
    if len(codes) > 1:
        notices.append(Notice("too_many", "periode", "1"))
    every = {code for found in _published_periods(release).values() for code in found}
    for code in codes[:1]:
        if code in _published_periods(release)[region.code]:
            asked["periode"] = code
            return code
        known = code in every
        notices.append(
            Notice("no_figures" if known else "unknown", "periode", periods.period(code).label if known else code[:40])
        )
    return fullest_period(release, region.code)


@per_release
def _published_periods(release: Release) -> dict[str, dict[str, tuple[int, int]]]:
    """Region -> period -> how many totals and how many numbers of the steps were published (signs count as none)."""
    # The same figures can stand at several steps: they count once.
    every: dict[tuple[str, int, int], tuple[Box, bool]] = {}
    for step in release.catalogue.model.steps.values():
        for shown in step.cijfers:
            part = _part(release, shown)
            for thing in part.things:
                for member in part.members:
                    every[part.box.slug, thing, member] = part.box, not shown.kenmerk
    out: dict[str, dict[str, tuple[int, int]]] = {}
    for (_, thing, member), (box, total) in every.items():
        flags = box.flags[thing, member]
        places, times = np.nonzero(flags)
        numbers = (flags[places, times] >> NUMBER) & 1
        for place, time, number in zip(places.tolist(), times.tolist(), numbers.tolist(), strict=True):
            of_region = out.setdefault(box.regions[place], {})
            before = of_region.get(box.periods[time], (0, 0))
            of_region[box.periods[time]] = (before[0] + (number and total), before[1] + number)
    return out


def fullest_period(release: Release, code: str) -> str:
    """The period in which most totals of the steps were published for a region, then most numbers, then the newest."""
    found = _published_periods(release)[code]
    return max(found, key=lambda period: (found[period], periods.period(period)))


def regions(release: Release) -> list[Region]:
    """The regions of which the steps have figures, by level and name."""
    found = [release.regions[code] for code in _published_periods(release)]
    return sorted(found, key=lambda r: (ORDER.index(r.level), plain(r.name)))


def periods_of(release: Release, code: str) -> list[periods.Period]:
    """The periods in which the steps have figures of a region, the newest first."""
    return sorted(map(periods.period, _published_periods(release)[code]), reverse=True)


# --- the figures ---


@per_release
def _part(release: Release, shown: Shown) -> Part:
    """All published figures of what is shown."""
    home = shown.indicator or release.catalogue.measures[shown.maat].indicator
    part = release.by_indicator[home].of_measures((shown.maat,))
    if not shown.kenmerk:
        return part.of_breakdowns((TOTAL,))
    return part.of_members((shown.kenmerk, name) for name in _categories(release, shown))


def _categories(release: Release, shown: Shown) -> list[str]:
    """The categories that are shown: the one declared, else those at the top of the breakdown."""
    members = release.catalogue.members[shown.indicator, shown.kenmerk].values()
    return [c.categorie for c in members if c.categorie == shown.categorie or not (shown.categorie or c.ouder)]


def _at(release: Release, shown: Shown, code: str, period: str) -> list[Figure]:
    rows = _part(release, shown).of_regions((code,)).of_periods((period,)).rows()
    return [published(release, row) for row in rows]


def key_figure(release: Release, maat: str, code: str, period: str) -> Figure | None:
    """The number of a measure in a region and period, None when there is none."""
    return next((f for f in _at(release, Shown(maat=maat), code, period) if f.unit == "aantal"), None)


def flow(release: Release, code: str, period: str) -> list[tuple[Stage, list[Told]]]:
    """The stages of the flow in order, each with its measures; also those without a figure."""
    return [
        (stage, [Told(maat, key_figure(release, maat, code, period)) for maat in stage.maten])
        for stage in release.catalogue.model.flow
    ]


def totals(release: Release, step: Step, code: str, period: str) -> list[Told]:
    """The measures of a step in declared order, and the categories that it names; also those without a figure."""
    out = []
    for shown in step.cijfers:
        if not shown.kenmerk or shown.categorie:
            label = _label(shown)
            out += _told(label, _at(release, shown, code, period)) or [Told(label, None)]
    return out


def groups(release: Release, step: Step, code: str, period: str) -> list[Group]:
    """The breakdowns of a step in declared order, each with its published members."""
    out = []
    for shown in step.cijfers:
        if shown.kenmerk and not shown.categorie:
            figures = _at(release, shown, code, period)
            members = [
                told
                for name in _categories(release, shown)
                for told in _told(name, [f for f in figures if f.row["categorie"] == name])
            ]
            overlap = release.catalogue.indicators[shown.indicator].overlap
            out.append(Group(shown.maat, shown.kenmerk, overlap, tuple(members)))
    return out


def _told(label: str, figures: Iterable[Figure]) -> list[Told]:
    """A count, a percentage and a rate of the same thing are figures of their own."""
    every = sorted(figures, key=lambda f: units.PUBLISHED.index(f.unit))
    names = {units.PERCENT: " (percentage)"} if len(every) > 1 else {}
    names |= {units.PER_100000: f" ({units.PER_100000})"}
    return [Told(label + names.get(f.unit, ""), f) for f in every]


def other_periods(release: Release, step: Step, code: str) -> list[periods.Period]:
    """The periods in which a step has numbers of a region, the newest first."""
    found = set()
    for shown in step.cijfers:
        found |= set(_part(release, shown).that(NUMBER).of_regions((code,)).by_period())
    return sorted(map(periods.period, found), reverse=True)


def _label(shown: Shown) -> str:
    """A measure, with the one category that is shown of it."""
    name = shown.categorie
    if not name:
        return shown.maat
    return f"{shown.maat}: ‘{name}’" if ":" in name else f"{shown.maat}: {lower_first(name)}"


def newest(release: Release, party: Party, code: str) -> list[tuple[Told, Region | None, str]]:
    """The newest published figure of each measure of a party: of the region if there is one, else of Nederland.

    Returns:
        The figure with its region and period (None and '' without figures).
    """
    out: list[tuple[Told, Region | None, str]] = []
    for shown in party.cijfers:
        label = _label(shown)
        there = {c: found for c in (code, COUNTRY) if (found := _part(release, shown).of_regions((c,)).by_period())}
        if not there:
            out.append((Told(label, None), None, ""))
            continue
        place = next(iter(there))
        period = max(there[place], key=periods.period)
        out += [(told, release.regions[place], period) for told in _told(label, _at(release, shown, place, period))]
    return out


# --- reading on ---


def ways(release: Release, link: Related, code: str, period: str) -> list[Way]:
    """The views of an indicator with the region and the period, as far as the view has figures of these.

    An indicator with breakdowns chooses its own period: what it shows first need not be known of this one.
    """
    out = []
    for view in link.views:
        filled = (link.indicator, view) in release.filled
        query = {"indicator": link.indicator}
        part = release.comparable[link.indicator, view]
        if link.maat:
            found = release.catalogue.measures[link.maat]
            of_measure = part.of_measures((link.maat,))
            if not of_measure.empty:
                query["maat"], part = found.slug, of_measure
        if view != "landelijk" and code != COUNTRY:
            here = part.of_regions((code,))
            if not here.empty:
                query["regio"], part = code, here
        whole = not release.catalogue.indicators[link.indicator].kenmerken
        if whole and view != "tijdreeksen" and period in part.by_period():
            query["periode"] = period
        out.append(Way(view, query, filled))
    return out
