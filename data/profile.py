"""The profile of one region: for every indicator its own figure beside those of the regions around it.

Only published figures stand side by side, of the same measure, category, period and unit. What is unknown stays
unknown; where the region has no figure of its own, the nearest region around it that has figures is named.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data import periods, rates
from data.catalogue import TOTAL, Indicator, View
from data.inhabitants import Population
from data.kept import per_release
from data.rates import Change, Place, PlaceBetween, Rounded
from data.regions import Region
from data.release import COUNTRY, Release
from data.store import NUMBER, Array, Part, Row
from data.units import COUNT
from data.view import Figure, published

DIVISION = 2023
"""The year whose division into regions says what lies around a gemeente."""
ENOUGH_FOR_A_PLACE = 5
ENOUGH_PEERS, MOST_PEERS = 2, 4
WITH_PEERS = ("GM", "VT")
PEER_SIZE = 1.5
NEAREST = ("VT", "PV", "LD", "NL")
Key = tuple[str, str, str, str, str]
KEPT = 512
"""How many answers about a region or a year are kept, of the last ones asked for."""


@dataclass(frozen=True)
class Compared:
    """The figure of one region: None when the sources do not have it. `population` is of the year of the figure."""

    region: Region
    figure: Figure | None
    rate: Rounded | None
    population: Population | None


@dataclass(frozen=True)
class Before:
    """An earlier figure of the same thing, and the change since."""

    period: str
    figure: Figure
    change: Change


@dataclass(frozen=True)
class Panel:
    """One measure (and category) of an indicator in one period.

    Attributes:
        indicator: under which it stands.
        maat: what is counted.
        kenmerk: the breakdown, or Totaal.
        categorie: its member, or Totaal.
        period: code of the period.
        rows: the region itself first, then those around it.
        place: the place of the region among those of its level with a number; None when these are few.
        of_level: how many regions of that level there are in that year.
        before: the figure of an earlier period of the same kind; None without one that can be compared.
        peers: regions of its level of about the same size that have this figure.
    """

    indicator: Indicator
    maat: str
    kenmerk: str
    categorie: str
    period: str
    rows: tuple[Compared, ...]
    place: Place | None
    of_level: int
    before: Before | None
    peers: tuple[Compared, ...]

    @property
    def own(self) -> Compared:
        """The region itself."""
        return self.rows[0]


@dataclass(frozen=True)
class Nearest:
    """An indicator without figures of the region, and the nearest region around it that has them (None: none)."""

    indicator: Indicator
    region: Region | None


@dataclass(frozen=True)
class Profile:
    """All that the release has on a region."""

    region: Region
    population: Population | None
    around: tuple[Region, ...]
    panels: tuple[Panel, ...]
    nearest: tuple[Nearest, ...]


def _key(row: Mapping[str, Any]) -> Key:
    return row["maat"], row["kenmerk"], row["categorie"], row["periode"], row["eenheid"]


@per_release(most=KEPT)
def _there(release: Release, slug: str) -> frozenset[str]:
    """The regions with figures of an indicator; Nederland if there is a page that shows these."""
    indicator = release.catalogue.indicators[slug]
    views: tuple[View, ...] = ("regionaal", "landelijk")
    there = (release.own(indicator, view).by_region() for view in views if view in indicator.views)
    return frozenset(code for found in there for code in found)


def profile(release: Release, region: Region) -> Profile:
    """The profile of a region.

    Args:
        release: the figures.
        region: any region but Nederland, of which everything is said on the landelijk page.
    """
    wider = around(release, region)
    compared = [r for r in wider if r.level == "VT"] + [r for r in wider if r.level == "NL"]
    if region.level in ("PV", "VT"):
        compared = [r for r in wider if r.level in ("LD", "NL")]
    panels: list[Panel] = []
    nearest: list[Nearest] = []
    seen: set[Key] = set()
    for indicator in release.catalogue.indicators.values():
        if "regionaal" not in indicator.views:
            continue
        there = _there(release, indicator.slug)
        if region.code not in there:
            nearest.append(Nearest(indicator, next((r for r in wider if r.code in there), None)))
            continue
        for row in _headlines(release, indicator, release.own(indicator, "regionaal").of_regions([region.code])):
            if _key(row) not in seen:
                seen.add(_key(row))
                panels.append(panel(release, indicator, row, [region, *compared]))
    population = release.regions.inhabitants.of(region.code, DIVISION)
    return Profile(region, population, wider, tuple(panels), tuple(nearest))


@per_release(most=KEPT)
def around(release: Release, region: Region) -> tuple[Region, ...]:
    """The regions that hold this one, the smallest first; Nederland always is the last."""
    inhabitants = release.regions.inhabitants
    codes = inhabitants.around(region.code, DIVISION) | {region.parent}
    if region.level == "VT" and not codes - {""}:
        inside = [r.code for r in release.regions.by_code.values() if r.parent == region.code]
        every = [inhabitants.around(code, DIVISION) for code in inside]
        codes = set.intersection(*every) - {region.code} if every else set()
    codes |= {release.regions[code].parent for code in codes if code}
    found = [release.regions[code] for code in (codes | {COUNTRY}) - {"", region.code}]
    return tuple(sorted(found, key=lambda r: (NEAREST.index(r.level) if r.level in NEAREST else len(NEAREST), r.code)))


# --- which figure stands for an indicator ---


def _headlines(release: Release, indicator: Indicator, own: Part) -> Iterable[Row]:
    """The row of each measure that is shown: the newest period with a number, its total or largest category."""
    measures = indicator.hoofdmaten if indicator.kenmerken else indicator.maten
    there = own.by_measure()
    for maat in [maat for maat in measures if maat in there] or list(there)[:1]:
        yield _headline(release, indicator, own.of_measures((maat,)))


def _headline(release: Release, indicator: Indicator, part: Part) -> Row:
    """Of the figures of one measure and region: a number, the newest, a count, no detail, the largest."""
    times = part.that(NUMBER).by_period()
    kind = part.that(NUMBER) if times else part
    newest = max(_newness(code) for code in times or part.by_period())
    of_time = kind.of_periods([code for code in times or part.by_period() if _newness(code) == newest])
    counts = of_time.of_unit(COUNT)
    found = of_time if counts.empty else counts
    order = {name: at for at, name in enumerate((TOTAL, *indicator.kenmerken))}

    def rank(member: tuple[str, str]) -> tuple[bool, int]:
        kenmerk, name = member
        declared = release.catalogue.members.get((indicator.slug, kenmerk), {}).get(name)
        detail = name in indicator.subtotalen or bool(declared and declared.ouder)
        return not detail, -order.get(kenmerk, len(order))

    ranks = {member: rank(member) for member in found.by_member()}
    best = max(ranks.values())
    rows = [Row(part.box.table, at) for at in found.of_members(m for m in ranks if ranks[m] == best).at().tolist()]
    return max(rows, key=lambda row: -1.0 if math.isnan(row["waarde"]) else row["waarde"])


def _newness(code: str) -> tuple[str, bool]:
    time = periods.period(code)
    return time.start, time.kind == "jaar"


# --- what stands beside it ---


def panel(
    release: Release, indicator: Indicator, row: Mapping[str, Any], regions: Sequence[Region], since: str = ""
) -> Panel:
    """What stands beside the figure of one region.

    Args:
        release: the figures.
        indicator: under which it stands.
        row: the row of the figure.
        regions: the region itself first, then those to put beside it.
        since: the code of the period to compare with; '' for the newest that can be compared.
    """
    own = regions[0]
    thing = _thing(release, indicator, row)
    same = thing.of_periods((row["periode"],))
    box, values = same.box, same.plain_values()
    begin, end = box.bounds[box.levels.index(own.level)]
    here, of_level = values[box.region_at[own.code]], values[begin:end]
    of_level = of_level[~np.isnan(of_level)]
    known = not math.isnan(here)
    ranked = known and len(of_level) >= ENOUGH_FOR_A_PLACE
    return Panel(
        indicator,
        row["maat"],
        row["kenmerk"],
        row["categorie"],
        row["periode"],
        tuple(
            compared(release, region, there, row["periode"])
            for region in regions
            if (there := same.row_of(region.code)) or region.level != "LD"
        ),
        rates.place(float(here), of_level.tolist()) if ranked else None,
        _existing(release, own.level, periods.period(row["periode"]).year),
        _before(release, indicator, row, thing.of_regions((own.code,)), own, since),
        _peers(release, own, values, same, row["periode"]) if known and own.level in WITH_PEERS else (),
    )


def _thing(release: Release, indicator: Indicator, row: Mapping[str, Any]) -> Part:
    """All figures of the same measure, category and unit as a row."""
    every = release.by_indicator[indicator.slug].of_measures((row["maat"],)).of_unit(row["eenheid"])
    return every.of_members([(row["kenmerk"], row["categorie"])])


@per_release(most=KEPT)
def _existing(release: Release, level: str, year: int) -> int:
    """How many regions of a level there are in a year."""
    return sum(r.level == level and r.exists_in(year) for r in release.regions.by_code.values())


def _plain(row: Mapping[str, Any]) -> bool:
    """Whether a row has a number that is no more or less than it says."""
    return not math.isnan(row["waarde"]) and not row["teken"]


def compared(release: Release, region: Region, row: Row | None, period: str) -> Compared:
    """The figure of a region with its rate, where it has one."""
    population = release.regions.inhabitants.of(region.code, periods.period(period).year)
    if row is None:
        return Compared(region, None, None, population)
    found = published(release, row)
    if found.value is None:
        return Compared(region, found, None, population)
    return Compared(region, found, release.rate_of(row), population)


def _before(
    release: Release, indicator: Indicator, row: Mapping[str, Any], series: Part, own: Region, since: str = ""
) -> Before | None:
    """The newest earlier figure of the same kind of period, or that of `since`, if it can be compared with this one."""
    if not _plain(row) or row["eenheid"] != COUNT:
        return None
    now = periods.period(row["periode"])
    earlier = []
    for at in series.that(NUMBER).at().tolist():
        then = Row(series.box.table, at)
        time = periods.period(then["periode"])
        fits = time.code == since if since else time.kind == now.kind and time.start < now.start
        if fits and _plain(then):
            earlier.append((time, then))
    if not earlier:
        return None
    time, then = max(earlier, key=lambda pair: pair[0].start)
    breaks = [periods.period(each.periode).start for each in indicator.breuken]
    home = release.catalogue.indicators.get(row["indicator"])
    breaks += [periods.period(each.periode).start for each in home.breuken] if home else []
    broken = any(time.start < start <= now.start for start in breaks)
    if broken or (own.changed and time.year < own.changed <= now.year):
        return None
    rounded_to = max(release.rounded_to[row["bron"]], release.rounded_to[then["bron"]])
    return Before(time.code, published(release, then), rates.change(row["waarde"], then["waarde"], rounded_to))


def rate_place(release: Release, code: str, rows: Mapping[str, Mapping[str, Any]]) -> PlaceBetween | None:
    """The place of a region by its number per 10,000 inhabitants.

    Args:
        release: the figures.
        code: of the region.
        rows: the count of each region of its level, itself included.

    Returns:
        None when it has no rate, or when too few others have one.
    """
    known = {each: found for each, row in rows.items() if (found := release.rate_of(row))}
    if code not in known or len(known) < ENOUGH_FOR_A_PLACE:
        return None
    return rates.place_between(known[code], [found for each, found in known.items() if each != code])


def _peers(release: Release, own: Region, values: Array, same: Part, period: str) -> tuple[Compared, ...]:
    """Regions of a level of about the same size with this figure; () when there are too few to say anything."""
    near = _of_its_size(release, own, periods.period(period).year)
    places = same.box.region_at
    found = [code for code in near if code in places and not math.isnan(values[places[code]])][:MOST_PEERS]
    if len(found) < ENOUGH_PEERS:
        return ()
    return tuple(compared(release, release.regions[code], same.row_of(code), period) for code in found)


@per_release(most=KEPT)
def _of_its_size(release: Release, own: Region, year: int) -> tuple[str, ...]:
    """The regions of its level of about the same size in a year, the nearest first."""
    sizes = release.regions.inhabitants.in_year(year)
    if own.code not in sizes:
        return ()
    here = sizes[own.code]
    near = {c: n for c, n in sizes.items() if c[:2] == own.level and 1 / PEER_SIZE <= n / here <= PEER_SIZE}
    return tuple(rates.peers(own.code, near, len(near)))
