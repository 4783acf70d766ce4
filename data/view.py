"""From a choice to the figures of one card: lines and columns of figures, still without words or drawing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from data import periods, rates
from data.catalogue import TOTAL
from data.choice import MAX_LINES, Choice, selected
from data.inhabitants import Population
from data.marks import Marks, marks
from data.regions import Region
from data.release import COUNTRY, Release
from data.shares import share
from data.signs import INEXACT, NO_POPULATION, TOO_SMALL
from data.store import Part, Row
from data.units import COUNT, PER_10000, PERCENT, UNIT_OF

RATES = ("per10000", "per100000")
"""The presentations in which a country can be compared with a region."""
Axis = Literal["maat", "categorie", "regio", "periode"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is shown.

    Attributes:
        value: the number, None when the source gives a sign or when what we compute cannot be given.
        sign: the source's sign or hedge, '' for a plain number; of a computed figure why it cannot be given
            (data.signs.TOO_SMALL, NO_POPULATION, INEXACT), or 'ongeveer'.
        status: definitief, nader voorlopig, voorlopig or onbekend.
        unit: one of data.units.
        decimals: how many the source prints, or as many as what we compute allows; a computed share has none.
        source: id in the sources table.
        computed: True for a share or rate that we computed from published numbers.
        first: the row of the revision history with the first published value, None when never revised.
        row: the figure's row in the tidy table; of a computed figure that of the count.
        population: the inhabitants by which a rate was computed, None for any other figure.
    """

    value: float | None
    sign: str
    status: str
    unit: str
    decimals: int
    source: str
    computed: bool
    first: dict[str, Any] | None
    row: Mapping[str, Any]
    population: Population | None = None

    @property
    def told(self) -> dict[str, Any]:
        """The figure as a row of the tidy table, with the value, sign and unit that are shown."""
        shown = {"waarde": self.value, "teken": self.sign, "status": self.status, "eenheid": self.unit}
        return {
            **self.row, **shown, "bron": self.source, "decimalen": self.decimals, "berekend": self.computed,
        }  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the table, one bar or one point: a region, category, period or measure."""

    key: str
    label: str
    chosen: bool = False
    total: bool = False


@dataclass(frozen=True)
class Column:
    """One column of the table, one panel or line of the chart: a measure (of one region, or category, if several).

    `stock`: the measure counts what there is, where a flow counts what begins or ends; they never share an axis.
    """

    maat: str
    region: Region | None = None
    categorie: str = ""
    stock: bool = False

    @cached_property
    def key(self) -> str:
        """A short unique name."""
        place = f"{self.maat}|{self.region.code if self.region else ''}"
        return f"{place}|{self.categorie}" if self.categorie else place


@dataclass(frozen=True)
class CardView:
    """The figures of one card. A cell that is absent has no figure in the sources: 'niet beschikbaar'.

    `marks`: which figures of a series leave the range of the earlier ones, by the keys of line and column.
    """

    choice: Choice
    axis: Axis
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    cells: dict[tuple[str, str], Figure] = field(default_factory=dict)
    level: str = ""
    left_out: int = 0
    marks: Marks = field(default_factory=dict)

    def cell(self, line: Line, column: Column) -> Figure | None:
        """The figure of a line in a column, or None."""
        return self.cells.get((line.key, column.key))

    def figures(self) -> Iterator[tuple[Line, Column, Figure]]:
        """All figures shown, line by line."""
        return iter(self._shown)

    @cached_property
    def _shown(self) -> list[tuple[Line, Column, Figure]]:
        columns = [(column, column.key) for column in self.columns]
        return [
            (line, column, found)
            for line in self.lines
            for column, key in columns
            if (found := self.cells.get((line.key, key)))
        ]


def card_view(release: Release, choice: Choice) -> CardView:
    """The figures that a choice shows; without figures a view without lines."""
    if choice.empty:
        return CardView(choice, "maat", (), ())
    axis = _axis(choice)
    of_measures = choice.part.of_measures(choice.measures)
    part = selected(of_measures, choice.selection)
    if _with_total(choice):
        part = part.and_totals(of_measures)
    if axis != "periode":
        part = part.of_periods((choice.period,))
    level = ""
    if axis == "regio":
        level = _level(part, choice)
        part = _of_level(part, level, choice)
    elif axis != "maat":
        wanted = [r.code for r in choice.regions] or _default_regions(part)
        part = part.of_regions([*wanted, *_in_grey(release, choice, part)])
    cells = _cells(release, part, axis, choice)
    if axis == "regio" and choice.presentation in RATES:
        cells |= _national(release, choice, {column for _, column in cells})
    several = axis in ("categorie", "periode")
    regions = {f.row["regio_code"] for f in cells.values()} if several else set()
    shown_in = sorted((release.regions[code] for code in regions), key=lambda r: _position(r, choice))
    filled = {column for _, column in cells}
    columns = tuple(
        column
        for maat in (choice.measures if axis != "maat" else ("",))
        for region in (shown_in if several else [None])
        for categorie in _categories(axis, choice)
        for column in [Column(maat, region, categorie, axis != "maat" and _is_stock(release, maat))]
        if column.key in filled or (_whole(choice) and choice.selection.pair)
    )
    every = _lines(release, axis, choice, cells, columns)
    whole, keys = _whole(choice), [column.key for column in columns]
    lines = tuple(
        line
        for line in every
        if axis == "periode" or line.chosen or whole or any((line.key, key) in cells for key in keys)
    )
    shown = tuple(
        column
        for column, key in zip(columns, keys, strict=True)
        if whole or any((line.key, key) in cells for line in lines)
    )
    card = CardView(choice, axis, lines, shown, cells, level, len(every) - len(lines))
    return replace(card, marks=marks(card, release)) if choice.view == "tijdreeksen" else card


def _national(release: Release, choice: Choice, columns: set[str]) -> dict[tuple[str, str], Figure]:
    """The rates of Nederland that stand beside those of regions, as far as these have a column for them."""
    part = release.in_view(choice.indicator, "landelijk").of_measures(choice.measures)
    part = selected(part, choice.selection).of_periods((choice.period,))
    return {key: figure for key, figure in _cells(release, part, "regio", choice).items() if key[1] in columns}


def _axis(choice: Choice) -> Axis:
    """What varies from line to line."""
    if choice.over_time:
        return "periode"
    if choice.selection.group:
        return "categorie"
    return "regio" if choice.view == "regionaal" else "maat"


def _with_total(choice: Choice) -> bool:
    """Whether the total stands beside the members; in a chart of lines only where there is room for one more."""
    if choice.selection.margins:
        return True
    return choice.with_total and (choice.view != "tijdreeksen" or len(choice.selection.categories) < MAX_LINES)


def _whole(choice: Choice) -> bool:
    """Whether the form shows all its places, also those that are not known."""
    return choice.selection.group and (choice.form == "voor-na" or (choice.selection.margins and not choice.over_time))


def _categories(axis: Axis, choice: Choice) -> tuple[str, ...]:
    """The categories that stand in columns: lines over time, and the second breakdown of two; ('',) for none."""
    selection = choice.selection
    if selection.pair:
        return ((TOTAL,) if selection.margins else ()) + selection.members(selection.pair[1])
    return (TOTAL, *selection.categories) if axis == "periode" and selection.group else ("",)


def _is_stock(release: Release, maat: str) -> bool:
    return release.catalogue.measures[maat].soort == "stand"


def _parts(choice: Choice, kenmerk: str, categorie: str) -> tuple[str, str]:
    """Of a figure over two breakdowns the categories of its line and of its column."""
    found = dict(zip(kenmerk.split(" | "), categorie.split(" | "), strict=True))
    line, column = choice.selection.pair
    return found.get(line, TOTAL), found.get(column, TOTAL)


def _default_regions(part: Part) -> list[str]:
    codes = part.by_region()
    return [COUNTRY] if COUNTRY in codes else sorted(codes)[:1]


def _in_grey(release: Release, choice: Choice, part: Part) -> list[str]:
    """The regions that stand behind the chosen ones of a series: those of the level of the first of them.

    Of gemeenten those of the same Veilig Thuis-regio.
    """
    first = next((r for r in choice.regions if r.code != COUNTRY), None)
    if not choice.grey or choice.view != "tijdreeksen" or first is None:
        return []
    there = [release.regions[code] for code in part.by_region()]
    near = [r for r in there if r.level == first.level and (r.level != "GM" or r.parent == first.parent)]
    return [r.code for r in near if r not in choice.regions]


def _level(part: Part, choice: Choice) -> str:
    """The level that is compared: the one asked for, that of the first chosen region, or that with most figures."""
    if choice.level:
        return choice.level
    if choice.regions and choice.regions[0].code != COUNTRY:
        return choice.regions[0].level
    levels = part.by_level()
    return max(levels, key=lambda name: (levels[name], name == "VT"))


def _of_level(part: Part, level: str, choice: Choice) -> Part:
    """The regions of the level and the chosen ones; where that leaves one alone, all that have figures."""
    chosen = [r.code for r in choice.regions]
    near = part.of_regions([code for code in part.regions if code[:2] == level or code in chosen])
    return near if choice.level or len(near.by_region()) > 1 else part


def _position(region: Region, choice: Choice) -> tuple[int, str]:
    codes = [r.code for r in choice.regions]
    return (codes.index(region.code) if region.code in codes else len(codes), region.label)


Key = tuple[str, str]


def _keys(part: Part, axis: Axis, choice: Choice) -> list[Key]:
    """For each figure the keys of its line and of its column."""
    maten = part.column("maat")
    names = part.column(_LINE_OF[axis])
    none = [""] * len(maten)
    places = part.column("regio_code") if axis in ("categorie", "periode") else none
    columns = [f"{maat}|{place}" for maat, place in zip(none if axis == "maat" else maten, places, strict=True)]
    if choice.selection.pair:
        told = zip(part.column("kenmerk"), part.column("categorie"), strict=True)
        both = [_parts(choice, kenmerk, categorie) for kenmerk, categorie in told]
        names = [line for line, _ in both] if axis == "categorie" else names
        columns = [f"{column}|{name}" for column, (_, name) in zip(columns, both, strict=True)]
    elif axis == "periode" and choice.selection.group:
        columns = [f"{column}|{name}" for column, name in zip(columns, part.column("categorie"), strict=True)]
    return list(zip(names, columns, strict=True))


_LINE_OF: dict[Axis, str] = {"maat": "maat", "categorie": "categorie", "regio": "regio_code", "periode": "periode"}


def _lines(
    release: Release,
    axis: Axis,
    choice: Choice,
    cells: dict[tuple[str, str], Figure],
    columns: tuple[Column, ...],
) -> list[Line]:
    keys = {key for key, _ in cells}
    match axis:
        case "maat":
            return [Line(maat, maat) for maat in choice.measures]
        case "categorie":
            total = [Line(TOTAL, TOTAL, total=True)] if TOTAL in keys else []
            selection = choice.selection
            names = selection.members(selection.pair[0]) if selection.pair else selection.categories
            return [*total, *(Line(name, name) for name in names)]
        case "periode":
            kind = periods.period(choice.period).kind
            if choice.selection.group and not choice.selection.margins:
                # The members say how far the series goes; their total may be known for longer.
                keys = {key for key, column in cells if not column.endswith(f"|{TOTAL}")} or keys
            if choice.presentation == "per10000":
                # From the first to the last one whose inhabitants are known.
                keys = {key for (key, _), f in cells.items() if f.value is not None} or keys
            there = sorted(p for p in map(periods.period, keys) if p.kind == kind)
            asked = choice.period if "periode" in choice.asked and not choice.span else ""
            if choice.view != "tijdreeksen":
                return [Line(p.code, p.label, p.code == asked) for p in there]
            first, last = map(periods.period, choice.span or (there[0].code, there[-1].code))
            within = {p for p in there if first <= p <= last} | set(periods.span(first, last))
            return [Line(p.code, p.label, p.code == asked) for p in sorted(within)]
        case _:
            regions = [release.regions[code] for code in keys | {r.code for r in choice.regions}]
            one_level = len({r.level for r in regions if r.code != COUNTRY}) == 1
            lines = [
                Line(r.code, r.name if one_level else r.label, r in choice.regions, r.code == COUNTRY) for r in regions
            ]
            return sorted(lines, key=lambda line: (not line.total, *_by_size(line, columns, cells)))


def _by_size(line: Line, columns: tuple[Column, ...], cells: dict[tuple[str, str], Figure]) -> tuple[bool, float, str]:
    """Largest first by the first column; without a number at the end, by name."""
    first = cells.get((line.key, columns[0].key))
    value = first.value if first else None
    return (value is None, -(value or 0.0), line.label)


# --- figures, shares and rates ---


def _cells(release: Release, part: Part, axis: Axis, choice: Choice) -> dict[Key, Figure]:
    """The figures in the presentation chosen, by line and column; a published share goes before a computed one."""

    def cells(of: Part, make: Callable[[Release, Part], Iterable[Figure | None]]) -> dict[Key, Figure]:
        return {key: found for key, found in zip(_keys(of, axis, choice), make(release, of), strict=True) if found}

    if choice.presentation == "per10000":
        return cells(part.of_unit(COUNT), _rates)
    if choice.presentation == "aandeel":
        return cells(part.of_unit(COUNT), _shares) | cells(part.of_unit(PERCENT), _published)
    return cells(part.of_unit(UNIT_OF[choice.presentation]), _published)


def _published(release: Release, part: Part) -> Iterator[Figure]:
    read = ("waarde", "teken", "status", "eenheid", "decimalen", "bron")
    for value, sign, status, unit, decimals, source, row in zip(*map(part.column, read), part.rows(), strict=True):
        first = release.revised.get(row.at)
        yield Figure(None if value != value else value, sign, status, unit, decimals, source, False, first, row)


def published(release: Release, row: Row) -> Figure:
    """A row of the figures as it is shown."""
    value: float = row["waarde"]
    return Figure(
        None if math.isnan(value) else value,
        row["teken"], row["status"], row["eenheid"], row["decimalen"], row["bron"],
        False, release.revised.get(row.at), row,
    )  # fmt: skip


def _shares(release: Release, part: Part) -> Iterator[Figure | None]:
    """The parts as a percentage of their total in the same publication; None for one that has no total there.

    A part with a sign keeps its sign. Where rounding leaves the share in doubt it is not given ('te klein').
    """
    read = ("kenmerk", "waarde", "geheel", "teken", "status", "bron")
    for kenmerk, count, total, sign, status, source, row in zip(*map(part.column, read), part.rows(), strict=True):
        if math.isnan(total) or kenmerk == TOTAL:
            yield None
            continue
        value: float | None = None
        if not math.isnan(count):
            value = share(count, total, release.rounded_to[source])
            sign = "" if value is not None else TOO_SMALL
        yield Figure(value, sign, status, PERCENT, 0, source, True, None, row)


def _rates(release: Release, part: Part) -> Iterator[Figure | None]:
    """The counts per 10,000 inhabitants; None for a measure or period of which a rate says nothing.

    A count with a sign keeps its sign. Where the inhabitants are not known, the count is not exact (a hedge) or
    rounding leaves too little, the sign says so.
    """
    for row in part.rows():
        if rates.year_for(row["maat"], COUNT, "", row["periode"]) is None:
            yield None
            continue
        population, found = release.population_of(row), release.rate_of(row)
        status, source, sign = row["status"], row["bron"], row["teken"]
        if found:
            sign = "ongeveer" if found.about else ""
            yield Figure(found.value, sign, status, PER_10000, found.decimals, source, True, None, row, population)
            continue
        if not math.isnan(row["waarde"]):
            sign = NO_POPULATION if population is None else INEXACT if sign else TOO_SMALL
        yield Figure(None, sign, status, PER_10000, 0, source, True, None, row, population)
