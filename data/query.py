"""Figures by name: which a request asks for, checked against the release, and one page of them.

The open API stands on these functions and on nothing else of the figures. A filter that no figure could ever meet is
a mistake of whoever asks, not an empty answer: it raises UnknownValueError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from data import periods, schema, units
from data.catalogue import TOTAL, Indicator
from data.kept import per_release
from data.regions import LEVELS
from data.release import PIECE, Release
from data.signs import STATUSES
from data.store import Array
from data.text import slugify

# The filters that choose by one column of the figures.
COLUMNS = {
    "maat": "maat", "kenmerk": "kenmerk", "categorie": "categorie", "regio": "regio_code", "niveau": "regio_niveau",
    "periode": "periode", "eenheid": "eenheid", "status": "status", "bron": "bron",
}  # fmt: skip


class UnknownValueError(ValueError):
    """A filter asks for something that the release does not know."""

    def __init__(self, parameter: str, value: str) -> None:
        super().__init__(f"{parameter}={value}")
        self.parameter = parameter
        self.value = value


@dataclass(frozen=True)
class Filters:
    """What is asked for: the allowed values (keys of `known`) of each filter; none for no restriction."""

    indicator: tuple[str, ...] = ()
    maat: tuple[str, ...] = ()
    kenmerk: tuple[str, ...] = ()
    categorie: tuple[str, ...] = ()
    regio: tuple[str, ...] = ()
    niveau: tuple[str, ...] = ()
    periode: tuple[str, ...] = ()
    eenheid: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    bron: tuple[str, ...] = ()

    @property
    def given(self) -> dict[str, tuple[str, ...]]:
        """The filters that are used."""
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: values for name, values in every.items() if values}


@dataclass(frozen=True)
class Page:
    """A page of rows; `total` is how many there are on all pages."""

    total: int
    rows: list[dict[str, Any]]


@per_release
def known(release: Release) -> dict[str, dict[str, tuple[str, ...]]]:
    """All values that a filter takes, in order, each with what it stands for in the column of the filter."""
    catalogue, text = release.catalogue, release.store.table.text
    return {
        "indicator": {slug: (slug,) for slug in catalogue.indicators},
        "maat": {m.slug: (m.maat,) for m in catalogue.measures.values()},
        "kenmerk": _by_slug(sorted(text["kenmerk"].names)),
        "categorie": _by_slug(sorted(text["categorie"].names)),
        "regio": {code: (code,) for code in release.regions.by_code},
        "niveau": _by_slug(LEVELS.values()),
        "periode": {p.code: (p.code,) for p in sorted(map(periods.period, text["periode"].names))},
        "eenheid": {unit_id(unit): (unit,) for unit in units.PUBLISHED},
        "status": _by_slug(STATUSES),
        "bron": {name: (name,) for name in catalogue.sources},
    }


def unit_id(unit: str) -> str:
    """The name of a unit in addresses and cubes."""
    return "procent" if unit == units.PERCENT else slugify(unit)


def _by_slug(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names by slug; two that differ in accents or signs alone share one."""
    out: dict[str, tuple[str, ...]] = {}
    for name in names:
        out[slugify(name)] = (*out.get(slugify(name), ()), name)
    return out


def check_values(release: Release, name: str, values: Iterable[str]) -> None:
    """Check the values of one filter.

    Raises:
        UnknownValueError: for the first that `known` has not.
    """
    for value in values:
        if value not in known(release)[name]:
            raise UnknownValueError(name, value)


def rows(release: Release, filters: Filters, start: int, count: int) -> Iterator[dict[str, Any]]:
    """One page of the figures that filters leave, in the order of the release; only a part is in memory at a time.

    Args:
        release: the figures.
        filters: what is asked for.
        start: how many rows come before the page.
        count: how many it has at most.

    Yields:
        Rows with the columns data.store.ROW_OF.

    Raises:
        UnknownValueError: a filter has a value that `known` has not.
    """
    found = positions(release, filters)[start : start + count]
    for first in range(0, len(found), PIECE):
        yield from release.store.table.rows(found[first : first + PIECE])


@per_release(most=4)
def positions(release: Release, filters: Filters) -> Array:
    """Where the figures stand that filters leave; kept for the next page of the same request.

    Raises:
        UnknownValueError: as `rows`.
    """
    table, given, found = release.store.table, filters.given, None
    for name, values in given.items():
        check_values(release, name, values)
    if filters.indicator:
        found = np.unique(np.concatenate([release.by_indicator[slug].at() for slug in filters.indicator]))
    for name, wanted in _wanted(release, given).items():
        column = table.text[name]
        codes = [at for at, text in enumerate(column.names) if text in wanted]
        if found is None:
            found = np.flatnonzero(np.isin(column.codes, codes))
        else:
            found = found[np.isin(column.codes[found], codes)]
    every = np.arange(len(table)) if found is None else found
    return every.astype(np.int32)  # half the memory: what is kept can be as long as the table


def _wanted(release: Release, given: Mapping[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """By column of the figures what may stand in it."""
    allowed = known(release)
    return {
        column: {each for value in given[name] for each in allowed[name][value]}
        for name, column in COLUMNS.items()
        if name in given
    }


def revisions(release: Release, filters: Filters, start: int, count: int) -> Page:
    """One page of the replaced values that filters leave: rows with the columns data.revisions.HISTORY.

    Raises:
        UnknownValueError: as `rows`.
    """
    frame, given = release.history, filters.given
    for name, values in given.items():
        check_values(release, name, values)
    mask = pd.Series(True, index=frame.index)
    if indicators := [release.catalogue.indicators[slug] for slug in filters.indicator]:
        shown = [any(_shows(each, row) for each in indicators) for row in schema.records(frame)]
        mask &= pd.Series(shown, index=frame.index, dtype=bool)
    for name, wanted in _wanted(release, given).items():
        mask &= frame[name].isin(wanted)
    found = frame[mask]
    return Page(len(found), schema.records(found.iloc[start : start + count]))


def _shows(indicator: Indicator, row: Mapping[str, Any]) -> bool:
    """Whether an indicator shows a replaced value: its own, or one it refers to."""
    refers = any(
        row["indicator"] == r.indicator and row["maat"] in r.maten and row["kenmerk"] in (TOTAL, *r.kenmerken)
        for r in indicator.verwijst
    )
    return row["maat"] in indicator.maten and (refers or row["indicator"] == indicator.slug)


def plain(value: Any) -> float | int | None:
    """A value as JSON has it: None for none, a whole number without decimals."""
    if value is None or pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def as_told(row: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    """A row for JSON: the columns named, with plain numbers."""
    return {name: plain(row[name]) if name.endswith("waarde") else row[name] for name in columns}
