"""The profile of one region: for every indicator its own figure beside those of the regions around it.

Only published figures stand side by side, of the same measure, category, period and unit. What is unknown stays
unknown; where the region has no figure of its own, the nearest region around it that has figures is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from data import periods, rates, schema
from data.catalogue import TOTAL, Indicator
from data.inhabitants import Population
from data.rates import Change, Place, Rounded
from data.regions import Region
from data.release import COUNTRY, Release
from data.view import Figure, published

DIVISION = 2023
"""The year whose division into regions says what lies around a gemeente."""
ENOUGH_FOR_A_PLACE = 5
ENOUGH_PEERS, MOST_PEERS = 2, 4
PEER_SIZE = 1.5
NEAREST = ("VT", "PV", "LD", "NL")
Row = dict[str, Any]
Key = tuple[str, str, str, str, str]


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
        peers: gemeenten of about the same size that have this figure.
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


@dataclass(frozen=True, eq=False)
class _Index:
    """The figures by indicator and region, by key and region, and the keys that differ in period only."""

    own: dict[tuple[str, str], list[Row]]
    same: dict[Key, dict[str, Row]]
    series: dict[tuple[str, str, str, str], list[Key]]


@cache
def _index(release: Release) -> _Index:
    own: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for slug, indicator in release.catalogue.indicators.items():
        if "regionaal" in indicator.views:
            frames = [release.own(indicator, "regionaal")]
            if "landelijk" in indicator.views:
                frames.append(release.own(indicator, "landelijk"))
            for row in schema.records(pd.concat(frames)):
                own[slug, row["regio_code"]].append(row)
    same: dict[Key, dict[str, Row]] = defaultdict(dict)
    for row in schema.records(release.figures):
        same[_key(row)][row["regio_code"]] = row
    series = defaultdict(list)
    for key in same:
        series[_thing(key)].append(key)
    return _Index(dict(own), dict(same), dict(series))


def _key(row: Row) -> Key:
    return row["maat"], row["kenmerk"], row["categorie"], row["periode"], row["eenheid"]


def _thing(key: Key) -> tuple[str, str, str, str]:
    """A key without its period."""
    maat, kenmerk, category, _, unit = key
    return maat, kenmerk, category, unit


def profile(release: Release, region: Region) -> Profile:
    """The profile of a region.

    Args:
        release: the figures.
        region: any region but Nederland, of which everything is said on the landelijk page.
    """
    index = _index(release)
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
        rows = index.own.get((indicator.slug, region.code), [])
        if not rows:
            there = next((r for r in wider if (indicator.slug, r.code) in index.own), None)
            nearest.append(Nearest(indicator, there))
        for row in _headlines(release, indicator, rows):
            if _key(row) not in seen:
                seen.add(_key(row))
                panels.append(_panel(release, indicator, row, [region, *compared]))
    population = release.regions.inhabitants.of(region.code, DIVISION)
    return Profile(region, population, tuple(wider), tuple(panels), tuple(nearest))


def around(release: Release, region: Region) -> list[Region]:
    """The regions that hold this one, the smallest first; Nederland always is the last."""
    inhabitants = release.regions.inhabitants
    codes = inhabitants.around(region.code, DIVISION) | {region.parent}
    if region.level == "VT" and not codes - {""}:
        inside = [r.code for r in release.regions.by_code.values() if r.parent == region.code]
        every = [inhabitants.around(code, DIVISION) for code in inside]
        codes = set.intersection(*every) - {region.code} if every else set()
    codes |= {release.regions[code].parent for code in codes if code}
    found = [release.regions[code] for code in (codes | {COUNTRY}) - {"", region.code}]
    return sorted(found, key=lambda r: (NEAREST.index(r.level) if r.level in NEAREST else len(NEAREST), r.code))


# --- which figure stands for an indicator ---


def _headlines(release: Release, indicator: Indicator, rows: Sequence[Row]) -> Iterable[Row]:
    """The row of each measure that is shown: the newest period with a number, its total or largest category."""
    measures = indicator.hoofdmaten if indicator.kenmerken else indicator.maten
    there = [maat for maat in measures if any(row["maat"] == maat for row in rows)]
    for maat in there or list(dict.fromkeys(row["maat"] for row in rows))[:1]:
        of_measure = [row for row in rows if row["maat"] == maat]
        yield _headline(release, indicator, of_measure)


def _headline(release: Release, indicator: Indicator, rows: Sequence[Row]) -> Row:
    order = {name: at for at, name in enumerate((TOTAL, *indicator.kenmerken))}

    def rank(row: Row) -> tuple[Any, ...]:
        time = periods.period(row["periode"])
        member = release.catalogue.members.get((indicator.slug, row["kenmerk"]), {}).get(row["categorie"])
        detail = row["categorie"] in indicator.subtotalen or bool(member and member.ouder)
        value: float = row["waarde"] if pd.notna(row["waarde"]) else -1.0
        return (
            bool(pd.notna(row["waarde"])), time.start, time.kind == "jaar", row["eenheid"] == "aantal",
            not detail, -order.get(row["kenmerk"], len(order)), value,
        )  # fmt: skip

    return max(rows, key=rank)


# --- what stands beside it ---


def _panel(release: Release, indicator: Indicator, row: Row, regions: Sequence[Region]) -> Panel:
    same = _index(release).same[_key(row)]
    own = regions[0]
    known = {code: float(each["waarde"]) for code, each in same.items() if _plain(each)}
    of_level = {code: value for code, value in known.items() if code[:2] == own.code[:2]}
    ranked = own.code in of_level and len(of_level) >= ENOUGH_FOR_A_PLACE
    year = periods.period(row["periode"]).year
    existing = sum(r.level == own.level and r.exists_in(year) for r in release.regions.by_code.values())
    return Panel(
        indicator,
        row["maat"],
        row["kenmerk"],
        row["categorie"],
        row["periode"],
        tuple(
            compared(release, region, same.get(region.code), row["periode"])
            for region in regions
            if region.code in same or region.level != "LD"
        ),
        rates.place(of_level[own.code], list(of_level.values())) if ranked else None,
        existing,
        _before(release, indicator, row, own),
        _peers(release, own, of_level, same, row["periode"]) if own.level == "GM" else (),
    )


def _plain(row: Row) -> bool:
    """Whether a row has a number that is no more or less than it says."""
    return bool(pd.notna(row["waarde"])) and not row["teken"]


def compared(release: Release, region: Region, row: Row | None, period: str) -> Compared:
    """The figure of a region with its rate, where it has one."""
    population = release.regions.inhabitants.of(region.code, periods.period(period).year)
    if row is None:
        return Compared(region, None, None, population)
    found = published(release, row)
    if found.value is None:
        return Compared(region, found, None, population)
    return Compared(region, found, release.rate_of(row), population)


def _before(release: Release, indicator: Indicator, row: Row, own: Region) -> Before | None:
    """The newest earlier figure of the same kind of period that can be compared with this one."""
    if not _plain(row) or row["eenheid"] != "aantal":
        return None
    now = periods.period(row["periode"])
    index = _index(release)
    earlier = []
    for key in index.series[_thing(_key(row))]:
        time, then = periods.period(key[3]), index.same[key].get(own.code)
        if then and time.kind == now.kind and time.start < now.start and _plain(then):
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


def _peers(
    release: Release, own: Region, known: dict[str, float], same: dict[str, Row], period: str
) -> tuple[Compared, ...]:
    """Gemeenten of about the same size with this figure; () when there are too few to say anything."""
    year = periods.period(period).year
    sizes = {code: p.inhabitants for code in {*known, own.code} if (p := release.regions.inhabitants.of(code, year))}
    if own.code not in known or own.code not in sizes:
        return ()
    near = {c: n for c, n in sizes.items() if 1 / PEER_SIZE <= n / sizes[own.code] <= PEER_SIZE}
    found = rates.peers(own.code, near, MOST_PEERS)
    if len(found) < ENOUGH_PEERS:
        return ()
    return tuple(compared(release, release.regions[code], same[code], period) for code in found)
