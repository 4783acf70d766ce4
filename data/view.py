"""From a choice to the figures of one card: lines and columns of figures, still without words or drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from data import periods, rates, schema
from data.catalogue import TOTAL
from data.choice import MAX_LINES, Choice, selected
from data.inhabitants import Population
from data.regions import Region
from data.release import COUNTRY, Release
from data.shares import share
from data.signs import INEXACT, NO_POPULATION, TOO_SMALL
from data.units import COUNT, PER_10000, PERCENT, UNIT_OF

Axis = Literal["maat", "categorie", "regio", "periode"]


@dataclass(frozen=True)
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
    row: dict[str, Any]
    population: Population | None = None


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

    @property
    def key(self) -> str:
        """A short unique name."""
        place = f"{self.maat}|{self.region.code if self.region else ''}"
        return f"{place}|{self.categorie}" if self.categorie else place


@dataclass(frozen=True)
class CardView:
    """The figures of one card. A cell that is absent has no figure in the sources: 'niet beschikbaar'."""

    choice: Choice
    axis: Axis
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    cells: dict[tuple[str, str], Figure] = field(default_factory=dict)
    level: str = ""
    left_out: int = 0

    def cell(self, line: Line, column: Column) -> Figure | None:
        """The figure of a line in a column, or None."""
        return self.cells.get((line.key, column.key))

    def figures(self) -> Iterable[tuple[Line, Column, Figure]]:
        """All figures shown, line by line."""
        for line in self.lines:
            for column in self.columns:
                if found := self.cell(line, column):
                    yield line, column, found


def card_view(release: Release, choice: Choice) -> CardView:
    """The figures that a choice shows; without figures a view without lines."""
    if choice.empty:
        return CardView(choice, "maat", (), ())
    axis = _axis(choice)
    frame = choice.frame[choice.frame["maat"].isin(choice.measures)]
    frame = frame[selected(frame, choice.selection) | (_with_total(choice) & (frame["kenmerk"] == TOTAL))]
    if axis != "periode":
        frame = frame[frame["periode"] == choice.period]
    level = ""
    if axis == "regio":
        level = _level(frame, choice)
        frame = _of_level(frame, level, choice)
    elif axis != "maat":
        wanted = [r.code for r in choice.regions] or _default_regions(choice, frame)
        frame = frame[frame["regio_code"].isin(wanted)]
    figures = _figures(release, frame, choice)
    cells = {(_line_key(axis, choice, f.row), _column_key(axis, choice, f.row)): f for f in figures}
    regions = [release.regions[code] for code in dict.fromkeys(f.row["regio_code"] for f in figures)]
    regions.sort(key=lambda r: _position(r, choice))
    several = axis in ("categorie", "periode")
    columns = tuple(
        column
        for maat in (choice.measures if axis != "maat" else ("",))
        for region in (regions if several else [None])
        for categorie in _categories(axis, choice)
        for column in [Column(maat, region, categorie, axis != "maat" and _is_stock(release, maat))]
        if any(key[1] == column.key for key in cells) or (_whole(choice) and choice.selection.pair)
    )
    every = _lines(release, axis, choice, cells, columns)
    lines = tuple(
        line
        for line in every
        if axis == "periode" or line.chosen or _whole(choice) or any((line.key, c.key) in cells for c in columns)
    )
    shown = tuple(c for c in columns if _whole(choice) or any((line.key, c.key) in cells for line in lines))
    return CardView(choice, axis, lines, shown, cells, level, len(every) - len(lines))


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


def _parts(choice: Choice, row: dict[str, Any]) -> tuple[str, str]:
    """Of a figure over two breakdowns the categories of its line and of its column."""
    found = dict(zip(row["kenmerk"].split(" | "), row["categorie"].split(" | "), strict=True))
    line, column = choice.selection.pair
    return found.get(line, TOTAL), found.get(column, TOTAL)


def _default_regions(choice: Choice, frame: pd.DataFrame) -> list[str]:
    codes = set(frame["regio_code"])
    return [COUNTRY] if COUNTRY in codes else sorted(codes)[:1]


def _level(frame: pd.DataFrame, choice: Choice) -> str:
    """The level that is compared: the one asked for, that of the first chosen region, or that with most figures."""
    if choice.level:
        return choice.level
    if choice.regions and choice.regions[0].code != COUNTRY:
        return choice.regions[0].level
    levels = frame["regio_code"].str[:2].value_counts()
    return str(max(levels.index, key=lambda name: (levels[name], name == "VT")))


def _of_level(frame: pd.DataFrame, level: str, choice: Choice) -> pd.DataFrame:
    """The regions of the level and the chosen ones; where that leaves one alone, all that have figures."""
    chosen = [r.code for r in choice.regions]
    near = frame[(frame["regio_code"].str[:2] == level) | frame["regio_code"].isin(chosen)]
    return near if choice.level or near["regio_code"].nunique() > 1 else frame


def _position(region: Region, choice: Choice) -> tuple[int, str]:
    codes = [r.code for r in choice.regions]
    return (codes.index(region.code) if region.code in codes else len(codes), region.label)


def _line_key(axis: Axis, choice: Choice, row: dict[str, Any]) -> str:
    if axis == "categorie" and choice.selection.pair:
        return _parts(choice, row)[0]
    return str(row["regio_code" if axis == "regio" else axis])


def _column_key(axis: Axis, choice: Choice, row: dict[str, Any]) -> str:
    maat = "" if axis == "maat" else row["maat"]
    place = f"{maat}|{row['regio_code'] if axis in ('categorie', 'periode') else ''}"
    if choice.selection.pair:
        return f"{place}|{_parts(choice, row)[1]}"
    return f"{place}|{row['categorie']}" if axis == "periode" and choice.selection.group else place


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
            one_level = len({r.level for r in regions}) == 1
            lines = [Line(r.code, r.name if one_level else r.label, r in choice.regions) for r in regions]
            return sorted(lines, key=lambda line: _by_size(line, columns, cells))


def _by_size(line: Line, columns: tuple[Column, ...], cells: dict[tuple[str, str], Figure]) -> tuple[bool, float, str]:
    """Largest first by the first column; without a number at the end, by name."""
    first = cells.get((line.key, columns[0].key))
    value = first.value if first else None
    return (value is None, -(value or 0.0), line.label)


# --- figures, shares and rates ---


def _figures(release: Release, frame: pd.DataFrame, choice: Choice) -> list[Figure]:
    """The figures of the rows in the presentation chosen; a published share goes before a computed one."""
    rows = schema.records(frame)
    if choice.presentation == "per10000":
        return [found for row in rows if row["eenheid"] == COUNT and (found := _rate(release, row))]
    if choice.presentation != "aandeel":
        return [published(release, row) for row in rows if row["eenheid"] == UNIT_OF[choice.presentation]]
    given = {_key(row): published(release, row) for row in rows if row["eenheid"] == PERCENT}
    computed = {_key(row): _share(release, row) for row in rows if row["eenheid"] == COUNT}
    return [f for f in (computed | given).values() if f]


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in schema.KEY if name != "eenheid")


def published(release: Release, row: dict[str, Any]) -> Figure:
    """A row of the figures as it is shown."""
    value = None if pd.isna(row["waarde"]) else float(row["waarde"])
    first = release.first_published.get(tuple(row[name] for name in schema.KEY))
    return Figure(value, row["teken"], row["status"], row["eenheid"], row["decimalen"], row["bron"], False, first, row)


def _share(release: Release, row: dict[str, Any]) -> Figure | None:
    """The part as a percentage of its total in the same publication; None when that has no total.

    A part with a sign keeps its sign. Where rounding leaves the share in doubt it is not given ('te klein').
    """
    total = release.totals_by_source.get((row["bron"], row["maat"], row["regio_code"], row["periode"]))
    if total is None or row["kenmerk"] == TOTAL:
        return None
    value: float | None = None
    sign = row["teken"]
    if pd.notna(row["waarde"]):
        value = share(float(row["waarde"]), total, release.rounded_to[row["bron"]])
        sign = "" if value is not None else TOO_SMALL
    return Figure(value, sign, row["status"], PERCENT, 0, row["bron"], True, None, row)


def _rate(release: Release, row: dict[str, Any]) -> Figure | None:
    """The count per 10,000 inhabitants; None for a measure or period of which a rate says nothing.

    A count with a sign keeps its sign. Where the inhabitants are not known, the count is not exact (a hedge) or
    rounding leaves too little, the sign says so.
    """
    if rates.year_for(row["maat"], COUNT, "", row["periode"]) is None:
        return None
    population, found = release.population_of(row), release.rate_of(row)
    if found:
        value, decimals, sign = found.value, found.decimals, "ongeveer" if found.about else ""
        status, source = row["status"], row["bron"]
        return Figure(value, sign, status, PER_10000, decimals, source, True, None, row, population)
    sign = row["teken"]
    if pd.notna(row["waarde"]):
        sign = NO_POPULATION if population is None else INEXACT if sign else TOO_SMALL
    return Figure(None, sign, row["status"], PER_10000, 0, row["bron"], True, None, row, population)
