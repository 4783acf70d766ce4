"""The figures in memory: one table of small codes, and for each indicator a box in which every figure has its place.

Nothing here grows with what is asked of it: which regions, measures, categories and periods have figures is counted
once, when the store is made, and a figure is found by its place. A release on disk keeps the store beside its figures,
as arrays that all workers map into memory and share.

A box has four sides: what was counted (measure and unit), member (breakdown and category), region, period. Regions of
one level stand together. A `Part` is a box with some of its sides narrowed; it counts without looking at single
figures, and gives these as rows only where they are shown.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import periods, rates, shares
from data.catalogue import TOTAL, Catalogue, Indicator
from data.clean import FIGURE, ORIGIN
from data.errors import DataError
from data.regions import LEVELS, Regions
from data.units import COUNT, PERCENT

FORMAT = 1
"""Goes up when the arrays of another version of this module cannot be used."""
COUNTRY = "NL01"
INDEX = "index.json"
NUMBERS = ("waarde", "rij", "decimalen")
ROW_OF = (*FIGURE, *ORIGIN, "geheel")
"""The columns of a row; `geheel` is the total that a count can be a share of."""
# Which figures are counted. Their order is that of the bits of `Box.flags` and of the counts.
ROW, NUMBER, SERIES, SHARE, SHARE_NUMBER, SHARE_SERIES, RATE, RATE_SERIES = range(8)
KINDS = 8
WHOLE = ("bron", "maat", "regio_code", "periode")
"""What a figure has in common with the total that it can be a share of."""

Array = npt.NDArray[Any]
Thing = tuple[str, str]
Member = tuple[str, str]


@dataclass(frozen=True)
class Coded:
    """A column of text: for each row the position of its text in `names`."""

    codes: Array
    names: tuple[str, ...]

    @staticmethod
    def of(texts: Iterable[str]) -> Coded:
        """The texts as codes."""
        codes, names = pd.factorize(np.asarray(list(texts), dtype=object))
        return Coded(codes, tuple(map(str, names)))

    @cached_property
    def array(self) -> Array:
        """The names, to take from by code."""
        return np.array(self.names, dtype=object)

    def where(self, wanted: Collection[str]) -> Array:
        """Which rows have one of these texts."""
        return np.isin(self.codes, [at for at, name in enumerate(self.names) if name in wanted])

    def at(self, order: Mapping[str, int]) -> Array:
        """For each row the place of its text in an order; -1 when it is not there."""
        return np.array([order.get(name, -1) for name in self.names] or [-1], dtype=np.int64)[self.codes]


@dataclass(frozen=True)
class Table:
    """Figures in columns: text as codes, numbers as they are. The columns are data.clean.FIGURE and ORIGIN.

    `whole` is the total of the same publication, of which a count can be a share; not a number where there is none.
    """

    text: Mapping[str, Coded]
    numbers: Mapping[str, Array]

    @staticmethod
    def of(frame: pd.DataFrame) -> Table:
        """A table of pandas as codes: its text columns, and its numbers."""
        text = {name: Coded.of(frame[name]) for name in frame.columns if name not in NUMBERS}
        return Table(text, {name: frame[name].to_numpy() for name in frame.columns if name in NUMBERS})

    def __len__(self) -> int:
        return len(self.numbers["waarde"])

    def rows(self, at: Array) -> list[dict[str, Any]]:
        """The rows at these places, as dictionaries by the names of the columns."""
        columns = [self.column(name, at) for name in ROW_OF]
        return [dict(zip(ROW_OF, row, strict=True)) for row in zip(*columns, strict=True)]

    def column(self, name: str, at: Array) -> list[Any]:
        """The cells of one column."""
        if name in self.text:
            column = self.text[name]
            cells: list[Any] = column.array[column.codes[at]].tolist()
        else:
            cells = self.numbers[name][at].tolist()
        return cells

    def frame(self, at: Array | slice = slice(None)) -> pd.DataFrame:
        """The rows as a table of pandas, for commands and tests: at full size it takes gigabytes."""
        columns: dict[str, Any] = {}
        for name in (*FIGURE, *ORIGIN):
            if name in self.text:
                columns[name] = pd.Series(self.text[name].array[self.text[name].codes[at]], dtype=str)
            else:
                columns[name] = self.numbers[name][at].astype(float if name == "waarde" else int)
        return pd.DataFrame(columns)


class Row(Mapping[str, Any]):
    """One row of the table, at a place; its cells are read when they are asked for."""

    __slots__ = ("at", "table")

    def __init__(self, table: Table, at: int) -> None:
        self.table, self.at = table, at

    def __getitem__(self, name: str) -> Any:
        """The cell of a column."""
        column = self.table.text.get(name)
        if column is not None:
            return column.names[column.codes[self.at]]
        return self.table.numbers[name][self.at].item()

    def __iter__(self) -> Iterator[str]:
        return iter(ROW_OF)

    def __len__(self) -> int:
        return len(ROW_OF)

    def __or__(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        return {**self, **changes}


@dataclass(frozen=True, eq=False)
class Box:
    """All figures that one indicator shows, its own and those it refers to.

    Attributes:
        slug: of the indicator.
        things: measures and units, in declared order.
        members: breakdowns and categories.
        regions: codes, those of a level together.
        periods: codes, the oldest first.
        rows: the row of the table for each place, -1 where there is none (things x members x regions x periods).
        flags: for each place which kinds of figure (ROW, NUMBER, ...) it is, a bit for each.
        by_level: the number of figures of each kind (kinds x things x members x levels x periods).
        by_region: likewise (kinds x things x members x regions).
        table: the rows.
    """

    slug: str
    things: tuple[Thing, ...]
    members: tuple[Member, ...]
    regions: tuple[str, ...]
    periods: tuple[str, ...]
    rows: Array
    flags: Array
    by_level: Array
    by_region: Array
    table: Table

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels of regions that occur."""
        return tuple(dict.fromkeys(code[:2] for code in self.regions))

    @cached_property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """For each level the places of its regions: the first one and the one after the last."""
        return _bounds(self.regions)

    @cached_property
    def region_at(self) -> dict[str, int]:
        """Code -> place."""
        return {code: at for at, code in enumerate(self.regions)}

    @cached_property
    def member_at(self) -> dict[Member, int]:
        """Breakdown and category -> place."""
        return {member: at for at, member in enumerate(self.members)}

    @cached_property
    def period_at(self) -> dict[str, int]:
        """Code -> place."""
        return {code: at for at, code in enumerate(self.periods)}

    @cached_property
    def every_time(self) -> tuple[int, ...]:
        """The places of all periods."""
        return tuple(range(len(self.periods)))

    def places_of(self, levels: tuple[int, ...]) -> tuple[int, ...]:
        """The places of all regions of some levels."""
        if levels not in self._places:
            self._places[levels] = tuple(at for level in levels for at in range(*self.bounds[level]))
        return self._places[levels]

    @cached_property
    def _places(self) -> dict[tuple[int, ...], tuple[int, ...]]:
        return {}

    @cached_property
    def kenmerken(self) -> tuple[str, ...]:
        """The breakdowns that occur."""
        return tuple(dict.fromkeys(kenmerk for kenmerk, _ in self.members))

    @cached_property
    def _kept(self) -> dict[tuple[int, ...], tuple[Array, Array]]:
        return {}

    def widest(self, things: tuple[int, ...]) -> tuple[Array, Array]:
        """How much of some measures can be compared at once (see Part.widest): by member and by breakdown, and level.

        The one question that takes all figures of these measures; what was found is kept.
        """
        if things not in self._kept:
            there = np.zeros(self.flags.shape[1:], np.bool_)
            for thing in things:
                there |= self.flags[thing] != 0
            starts = [first for first, _ in self.bounds]
            count = there.view(np.uint8)
            wide = np.add.reduceat(count, starts, axis=1, dtype=np.uint16).max(axis=2, initial=0)
            full = np.zeros((len(self.kenmerken), len(starts)), np.uint16)
            for at, kenmerk in enumerate(self.kenmerken):
                same = [member for member, (name, _) in enumerate(self.members) if name == kenmerk]
                most = count[same].sum(axis=0, dtype=np.uint16).max(axis=1, initial=0)
                full[at] = np.maximum.reduceat(most, starts)
            self._kept[things] = wide, full
        return self._kept[things]

    @property
    def whole(self) -> Part:
        """All of it."""
        return Part(
            self, tuple(range(len(self.things))), tuple(range(len(self.members))), tuple(range(len(self.levels)))
        )


@dataclass(frozen=True)
class Part:
    """A part of the figures of an indicator. Narrowing it looks at no figure.

    Attributes:
        box: all figures of the indicator.
        things: places of measures and units.
        members: places of breakdowns and categories.
        levels: places of levels, all their regions; of no meaning when `places` is given.
        places: places of single regions; None for whole levels.
        times: places of periods; None for all.
        kind: which figures belong to it: ROW for all, NUMBER, SERIES, ...
    """

    box: Box
    things: tuple[int, ...]
    members: tuple[int, ...]
    levels: tuple[int, ...]
    places: tuple[int, ...] | None = None
    times: tuple[int, ...] | None = None
    kind: int = ROW

    # --- narrowing ---

    def _but(self, **changes: Any) -> Part:
        """The same with other sides. dataclasses.replace takes five times as long, and a page narrows often."""
        found = object.__new__(Part)
        found.__dict__.update(self.__dict__)
        found.__dict__.update(changes)
        found.__dict__.pop("_at", None)
        return found

    def of_measures(self, maten: Collection[str]) -> Part:
        """Only these measures."""
        return self._but(things=tuple(at for at in self.things if self.box.things[at][0] in maten))

    def of_unit(self, *units: str) -> Part:
        """Only figures in one of these units."""
        return self._but(things=tuple(at for at in self.things if self.box.things[at][1] in units))

    def of_breakdowns(self, kenmerken: Collection[str]) -> Part:
        """Only these breakdowns (data.catalogue.TOTAL is one)."""
        return self._but(members=tuple(at for at in self.members if self.box.members[at][0] in kenmerken))

    def of_members(self, wanted: Iterable[Member]) -> Part:
        """Only these breakdowns with their category, in this order."""
        there, at = set(self.members), self.box.member_at
        found = (at.get(member, -1) for member in wanted)
        return self._but(members=tuple(each for each in found if each in there))

    def and_totals(self, of: Part) -> Part:
        """With the totals of another part of the same box."""
        totals = of.of_breakdowns((TOTAL,)).members
        return self._but(members=(*totals, *(at for at in self.members if at not in totals)))

    def without_totals(self) -> Part:
        """Only figures of a breakdown."""
        return self._but(members=tuple(at for at in self.members if self.box.members[at][0] != TOTAL))

    def of_regions(self, codes: Iterable[str]) -> Part:
        """Only these regions."""
        found = [at for code in codes if (at := self.box.region_at.get(code)) is not None]
        if self.places is not None:
            found = [at for at in found if at in self.places]
        else:
            there = {self.box.levels[at] for at in self.levels}
            found = [at for at in found if self.box.regions[at][:2] in there]
        return self._but(places=tuple(found))

    def of_levels(self, wanted: Collection[str]) -> Part:
        """Only regions of these levels (keys of data.regions.LEVELS)."""
        if self.places is not None:
            return self._but(places=tuple(at for at in self.places if self.box.regions[at][:2] in wanted))
        return self._but(levels=tuple(at for at in self.levels if self.box.levels[at] in wanted))

    def without_country(self) -> Part:
        """Without Nederland."""
        return self.of_levels([name for name in self.box.levels if name != COUNTRY[:2]])

    def of_periods(self, codes: Collection[str]) -> Part:
        """Only these periods."""
        every = range(len(self.box.periods)) if self.times is None else self.times
        return self._but(times=tuple(at for at in every if self.box.periods[at] in codes))

    def that(self, kind: int) -> Part:
        """Only figures of a kind. The kinds of series and shares stand alone: they do not add up with another one."""
        return self._but(kind=kind)

    @property
    def nothing(self) -> Part:
        """None of it."""
        return self._but(things=())

    # --- counting ---

    def __len__(self) -> int:
        return int(self._count().sum())

    @property
    def empty(self) -> bool:
        """Whether there is no such figure."""
        return len(self) == 0

    def by_member(self) -> dict[Member, int]:
        """The number of figures of each breakdown and category that has any."""
        return self._named(self.members, self.box.members, self._count(1))

    def by_measure(self) -> dict[str, int]:
        """The number of figures of each measure that has any, in declared order."""
        out: dict[str, int] = {}
        for (maat, _), count in self._named(self.things, self.box.things, self._count(0)).items():
            out[maat] = out.get(maat, 0) + count
        return out

    def by_unit(self) -> dict[str, int]:
        """The number of figures in each unit that has any."""
        out: dict[str, int] = {}
        for (_, unit), count in self._named(self.things, self.box.things, self._count(0)).items():
            out[unit] = out.get(unit, 0) + count
        return out

    def by_region(self) -> dict[str, int]:
        """The number of figures of each region that has any."""
        return self._named(self._places, self.box.regions, self._count(2))

    def by_level(self) -> dict[str, int]:
        """The number of figures of each level of regions that has any."""
        if self.places is None:
            counts = self._levels(self.times).sum(axis=(0, 1, 3))
            return self._named(self.levels, self.box.levels, counts)
        out: dict[str, int] = {}
        for code, count in self.by_region().items():
            out[code[:2]] = out.get(code[:2], 0) + count
        return out

    def by_period(self) -> dict[str, int]:
        """The number of figures of each period that has any, the oldest first."""
        return self._named(self._times, self.box.periods, self._count(3))

    def widest(self) -> tuple[dict[Member, int], dict[str, int]]:
        """How much can be compared at once, whatever the measure; of whole levels, breakdowns and all periods.

        Returns:
            For each breakdown and category of how many regions of one level, at most, it is known in one period; and
            for each breakdown how many categories, at most, are known of one region in one period.
        """
        wide, full = self.box.widest(self.things)
        levels = list(self.levels)
        members = self._named(self.members, self.box.members, wide[:, levels].max(axis=1, initial=0)[[*self.members]])
        kenmerken = dict.fromkeys(self.box.members[at][0] for at in self.members)
        places = [self.box.kenmerken.index(name) for name in kenmerken]
        return members, self._named(places, self.box.kenmerken, full[:, levels].max(axis=1, initial=0)[places])

    def most_regions(self) -> int:
        """Of how many regions of one level, at most, there is the same thing in one period; of whole levels."""
        return int(self._levels(self.times).max(initial=0))

    def _named(self, at: Iterable[int], names: tuple[Any, ...], counts: Array) -> dict[Any, int]:
        return {names[each]: count for each, count in zip(at, counts.tolist(), strict=True) if count}

    @property
    def regions(self) -> tuple[str, ...]:
        """The codes of its regions, also those without such a figure."""
        return tuple(self.box.regions[at] for at in self._places)

    @property
    def periods(self) -> tuple[str, ...]:
        """The codes of its periods, likewise."""
        return tuple(self.box.periods[at] for at in self._times)

    @property
    def _places(self) -> tuple[int, ...]:
        if self.places is not None:
            return self.places
        return self.box.places_of(self.levels)

    @property
    def _times(self) -> tuple[int, ...]:
        return self.box.every_time if self.times is None else self.times

    def _count(self, side: int | None = None) -> Array:
        """The number of figures along one side of the box (0 to 3), or all (None), from the smallest counts that do."""
        if self.places is None and side != 2:
            found = self._levels(self.times)
        elif self.times is None and side != 3:
            found = self._regions()[..., None]
        else:
            found = self.there()
        count: Array = found.sum(axis=tuple(at for at in range(4) if at != side))
        return count

    def _levels(self, times: tuple[int, ...] | None) -> Array:
        found: Array = self.box.by_level[self.kind]
        found = found[_mesh(self.things, self.members, self.levels)]
        return found if times is None else found[..., list(times)]

    def _regions(self) -> Array:
        found: Array = self.box.by_region[self.kind]
        if self.places is None and len(self.levels) == len(self.box.levels):
            return found[_mesh(self.things, self.members)]
        return found[_mesh(self.things, self.members, self._places)]

    def there(self) -> Array:
        """For each place whether there is such a figure: things x members x regions x periods."""
        at = _mesh(self.things, self.members, self._places, self._times)
        found: Array = (self.box.flags[at] & (1 << self.kind)) != 0
        return found

    # --- the figures themselves ---

    def column(self, name: str) -> list[Any]:
        """The cells of one column of the figures."""
        return self.box.table.column(name, self.at())

    def at(self) -> Array:
        """The places of its rows in the table, by measure, member, region and period."""
        return self._at

    @cached_property
    def _at(self) -> Array:
        at = _mesh(self.things, self.members, self._places, self._times)
        found: Array = self.box.rows[at][self.there()]
        return found

    def rows(self) -> list[Row]:
        """The figures one by one."""
        return [Row(self.box.table, at) for at in self.at().tolist()]

    def row_of(self, code: str) -> Row | None:
        """Of one measure, unit, member and period: the row of a region."""
        place = self.box.region_at.get(code)
        if place is None or not (self.things and self.members):
            return None
        at = int(self.box.rows[self.things[0], self.members[0], place, self._times[0]])
        return Row(self.box.table, at) if at >= 0 else None

    def plain_values(self) -> Array:
        """Of one measure, unit, member and period: the number of each region of the box; nan where it has a sign."""
        table, at = self.box.table, self.box.rows[self.things[0], self.members[0], :, self._times[0]]
        signs = table.text["teken"]
        plain = (at >= 0) & (signs.array == "")[signs.codes[at]]
        found: Array = np.where(plain, table.numbers["waarde"][at], np.nan)
        return found

    @property
    def frame(self) -> pd.DataFrame:
        """The figures as a table of pandas, for commands and tests."""
        return self.box.table.frame(self.at())


def _mesh(*sides: Iterable[int]) -> tuple[Array, ...]:
    """Places along each side, so that together they point at all of their crossings: np.ix_ without its checks."""
    last = len(sides) - 1
    return tuple(np.array(side, dtype=np.intp).reshape((-1,) + (1,) * (last - at)) for at, side in enumerate(sides))


def _bounds(regions: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    ends: dict[str, tuple[int, int]] = {}
    for at, code in enumerate(regions):
        first, _ = ends.get(code[:2], (at, at))
        ends[code[:2]] = (first, at + 1)
    return tuple(ends.values())


@dataclass(frozen=True, eq=False)
class Store:
    """All figures of a release: the table, and the box of each indicator."""

    table: Table
    boxes: Mapping[str, Box] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The codes of all regions that have figures."""
        return frozenset(self.table.text["regio_code"].names)


# --- making a store ---


def build(
    figures: Table, totals: Table, catalogue: Catalogue, regions: Regions, rounded_to: Mapping[str, int]
) -> Store:
    """Count and place all figures.

    Args:
        figures: the current figures, each once.
        totals: every published total in numbers, also those that another publication repeats: a share never combines
            two publications.
        catalogue: which indicator shows what.
        regions: the order of regions, and their inhabitants.
        rounded_to: what each source rounds its counts to.

    Raises:
        DataError: an indicator would show two figures in one place.
    """
    whole = _wholes(figures, totals)
    table = Table(figures.text, {**figures.numbers, "geheel": whole})
    flags = _kinds(table, regions, rounded_to)
    home = table.text["indicator"]
    order = np.argsort(home.codes, kind="stable")
    ends = np.searchsorted(home.codes[order], np.arange(len(home.names) + 1))
    own = {name: order[ends[at] : ends[at + 1]] for at, name in enumerate(home.names)}
    boxes = {slug: _box(i, table, own, flags, catalogue, regions) for slug, i in catalogue.indicators.items()}
    return Store(table, boxes)


def _wholes(figures: Table, totals: Table) -> Array:
    """For each figure the total of the same measure, region and period in the same publication."""
    mine, theirs = np.zeros(len(figures), np.int64), np.zeros(len(totals), np.int64)
    known = np.ones(len(totals), bool)
    for name in WHOLE:
        names = figures.text[name].names
        places = totals.text[name].at({text: at for at, text in enumerate(names)})
        known &= places >= 0
        mine, theirs = mine * len(names) + figures.text[name].codes, theirs * len(names) + places
    theirs, values = theirs[known], totals.numbers["waarde"][known]
    order = np.argsort(theirs, kind="stable")
    theirs, values = theirs[order], values[order]
    out = np.full(len(figures), np.nan)
    if len(theirs):
        at = np.searchsorted(theirs, mine, side="right") - 1
        found = (at >= 0) & (theirs[at] == mine)
        out[found] = values[at[found]]
    return out


def _kinds(table: Table, regions: Regions, rounded_to: Mapping[str, int]) -> Array:
    """For each figure which kinds it is, as far as it tells by itself: not whether it is one of a series."""
    text, value, whole = table.text, table.numbers["waarde"], table.numbers["geheel"]
    number, count = ~np.isnan(value), text["eenheid"].where({COUNT})
    rounding = np.array([rounded_to.get(name, shares.ROUNDED_TO) for name in text["bron"].names] or [0])
    rounding = rounding[text["bron"].codes]
    possible = np.flatnonzero(count & number & ~np.isnan(whole) & ~text["kenmerk"].where({TOTAL}))
    share = text["eenheid"].where({PERCENT})
    share[possible] |= shares.can_share(value[possible], whole[possible], rounding[possible])
    flags = np.ones(len(table), np.uint8)
    for kind, those in ((NUMBER, number), (SHARE, share), (SHARE_NUMBER, share & number)):
        flags |= those.astype(np.uint8) << np.uint8(kind)
    times = [periods.period(code) for code in text["periode"].names]
    known = regions.inhabitants
    inhabitants = np.zeros((len(text["regio_code"].names), len(times)), np.int64)
    for at, code in enumerate(text["regio_code"].names):
        for when, time in enumerate(times):
            if time.kind in rates.KINDS and (found := known.of(code, time.year)):
                inhabitants[at, when] = found.inhabitants
    fits = count & number & text["teken"].where({""}) & text["maat"].where(rates.measures())
    possible = np.flatnonzero(fits)
    people = inhabitants[text["regio_code"].codes[possible], text["periode"].codes[possible]]
    flags[possible] |= rates.can_rate(value[possible], people, rounding[possible]).astype(np.uint8) << np.uint8(RATE)
    return flags


def _box(
    indicator: Indicator,
    table: Table,
    own: Mapping[str, Array],
    flags: Array,
    catalogue: Catalogue,
    regions: Regions,
) -> Box:
    text, none = table.text, np.array([], np.int64)
    parts = [own.get(indicator.slug, none)]
    for reference in indicator.verwijst:
        there = own.get(reference.indicator, none)
        shown = text["kenmerk"].where({TOTAL, *reference.kenmerken})[there]
        parts.append(there[shown & text["maat"].where(reference.maten)[there]])
    rows = np.concatenate(parts)
    rows = rows[text["maat"].where(indicator.maten)[rows]]
    breakdowns = {name: at for at, name in enumerate((TOTAL, *indicator.kenmerken))}
    declared = {
        (kenmerk, name): at for (_, kenmerk), members in catalogue.members.items() for at, name in enumerate(members)
    }

    def member_order(member: tuple[str, ...]) -> tuple[Any, ...]:
        kenmerk, name = member
        return breakdowns.get(kenmerk, len(breakdowns)), kenmerk, declared.get((kenmerk, name), len(declared)), name

    place_of = {code: at for at, code in enumerate(regions.by_code)}
    levels = {name: at for at, name in enumerate(LEVELS)}
    things, thing_at = _side(
        table, rows, ("maat", "eenheid"), lambda pair: (indicator.maten.index(pair[0]), pair[1] != COUNT, pair[1])
    )
    members, member_at = _side(table, rows, ("kenmerk", "categorie"), member_order)
    codes, region_at = _side(
        table, rows, ("regio_code",), lambda code: (levels[code[0][:2]], place_of.get(code[0], len(place_of)), code[0])
    )
    times, period_at = _side(table, rows, ("periode",), lambda code: periods.period(code[0]))
    size = (len(things), len(members), len(codes), len(times))
    at = np.ravel_multi_index((thing_at, member_at, region_at, period_at), size) if len(rows) else none
    where, kinds = np.full(size, -1, np.int32), np.zeros(size, np.uint8)
    where.reshape(-1)[at] = rows
    if np.count_nonzero(where >= 0) != len(rows):
        raise DataError(f"{indicator.slug}: hetzelfde cijfer staat er twee keer in")
    kinds.reshape(-1)[at] = flags[rows]
    _add_series(kinds, [periods.period(code).kind for (code,) in times])
    by_level, by_region = _counts(kinds, [first for first, _ in _bounds(tuple(code for (code,) in codes))])
    return Box(
        indicator.slug,
        things,  # type: ignore[arg-type]
        members,  # type: ignore[arg-type]
        tuple(code for (code,) in codes),
        tuple(code for (code,) in times),
        where, kinds, by_level, by_region, table,
    )  # fmt: skip


def _side(
    table: Table, rows: Array, names: tuple[str, ...], order: Callable[[tuple[str, ...]], Any]
) -> tuple[tuple[tuple[str, ...], ...], Array]:
    """One side of a box: the texts that occur in these columns together, in order, and the place of each row."""
    columns = [table.text[name] for name in names]
    key = np.zeros(len(rows), np.int64)
    for column in columns:
        key = key * max(len(column.names), 1) + column.codes[rows]
    found, at = np.unique(key, return_inverse=True)
    texts = []
    for each in found.tolist():
        parts: list[str] = []
        for column in reversed(columns):
            each, code = divmod(each, max(len(column.names), 1))
            parts.insert(0, column.names[code])
        texts.append(tuple(parts))
    ordered = sorted(range(len(texts)), key=lambda each: order(texts[each]))
    places = np.empty(len(texts), np.int64)
    places[ordered] = np.arange(len(texts))
    return tuple(texts[each] for each in ordered), places[at]


def _add_series(flags: Array, kinds: list[str]) -> None:
    """Mark the figures of a series: numbers of the same thing in at least two periods of one kind."""
    for kind in dict.fromkeys(kinds):
        same = [at for at, each in enumerate(kinds) if each == kind]
        of_kind = flags[..., same]
        for one, many in ((NUMBER, SERIES), (SHARE_NUMBER, SHARE_SERIES), (RATE, RATE_SERIES)):
            has = (of_kind >> one) & 1
            enough = has.sum(axis=-1, keepdims=True, dtype=np.uint16) >= 2
            of_kind |= (has & enough).astype(np.uint8) << np.uint8(many)
        flags[..., same] = of_kind


def _counts(flags: Array, starts: list[int]) -> tuple[Array, Array]:
    things, members, regions, times = flags.shape
    by_level = np.zeros((KINDS, things, members, len(starts), times), np.uint16)
    by_region = np.zeros((KINDS, things, members, regions), np.uint16)
    for kind in range(KINDS if flags.size else 0):
        has = (flags >> kind) & 1
        by_region[kind] = has.sum(axis=-1, dtype=np.uint16)
        by_level[kind] = np.add.reduceat(has, starts, axis=2, dtype=np.uint16)
    return by_level, by_region


# --- on disk ---


def save(store: Store, folder: Path, key: str) -> None:
    """Write the store as a new folder of arrays, complete or not at all.

    Args:
        store: what is written.
        folder: where; it must not exist yet.
        key: says what the store was made of; `load` must give the same.
    """
    made = folder.with_name(f"{folder.name}.nieuw-{os.getpid()}")
    made.mkdir(parents=True)
    sums: dict[str, int] = {}

    def write(name: str, array: Array) -> None:
        with (made / f"{name}.npy").open("wb") as handle:
            np.save(handle, array, allow_pickle=False)
        sums[name] = _sum(made / f"{name}.npy")

    for name, column in store.table.text.items():
        write(f"tekst-{name}", column.codes.astype(np.min_scalar_type(max(len(column.names) - 1, 0))))
    for name, array in store.table.numbers.items():
        write(f"getal-{name}", array if name in ("waarde", "geheel") else array.astype(np.int32))
    boxes = list(store.boxes.values())
    for name in _ARRAYS:
        write(name, np.concatenate([getattr(box, name).reshape(-1) for box in boxes]))
    index = {
        "formaat": FORMAT, "sleutel": key, "controle": sums,
        "namen": {name: column.names for name, column in store.table.text.items()},
        "dozen": [[box.slug, box.things, box.members, box.regions, box.periods] for box in boxes],
    }  # fmt: skip
    (made / INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    made.rename(folder)


_ARRAYS = ("rows", "flags", "by_level", "by_region")


def load(folder: Path, key: str) -> Store | None:
    """Map a store on disk into memory; None when it is not there, was made of something else, or is damaged."""
    try:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        if index["formaat"] != FORMAT or index["sleutel"] != key:
            return None
        arrays = {}
        for name, told in index["controle"].items():
            if _sum(folder / f"{name}.npy") != told:
                return None
            # As a plain array: every look into a memmap makes a memmap, which takes longer than looking.
            arrays[name] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        names = index["namen"]
        text = {name: Coded(arrays[f"tekst-{name}"], tuple(names[name])) for name in names}
        table = Table(text, {name: arrays[f"getal-{name}"] for name in ("waarde", "rij", "decimalen", "geheel")})
        return Store(table, {box.slug: box for box in _boxes(index["dozen"], arrays, table)})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _boxes(declared: Any, arrays: Mapping[str, Array], table: Table) -> Iterator[Box]:
    begin = dict.fromkeys(_ARRAYS, 0)
    for slug, things, members, regions, times in declared:
        codes = tuple(regions)
        sides = (len(things), len(members), len(codes), len(times))
        sizes = {
            "rows": sides,
            "flags": sides,
            "by_level": (KINDS, *sides[:2], len(_bounds(codes)), sides[3]),
            "by_region": (KINDS, *sides[:3]),
        }
        parts = {}
        for name, size in sizes.items():
            end = begin[name] + int(np.prod(size))
            parts[name] = arrays[name][begin[name] : end].reshape(size)
            begin[name] = end
        yield Box(
            slug, tuple(map(tuple, things)), tuple(map(tuple, members)), codes, tuple(times), table=table, **parts
        )


def _sum(path: Path) -> int:
    found = 0
    with path.open("rb") as handle:
        while piece := handle.read(1 << 22):
            found = zlib.crc32(piece, found)
    return found
