"""Figures by name: which a request asks for, checked against the release, and one page of them.

The open API stands on these functions and on nothing else of the figures. A filter that no figure could ever meet is
a mistake of whoever asks, not an empty answer: it raises UnknownValueError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from data import periods, schema, units
from data.catalogue import TOTAL, Indicator
from data.regions import LEVELS
from data.release import Release
from data.signs import STATUSES
from data.text import slugify

Positions = np.ndarray[Any, np.dtype[np.intp]]
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
    """Part of what a request asks for.

    Attributes:
        total: how many rows there are in all.
        rows: those of this page, as they stand in the table.
    """

    total: int
    rows: list[dict[str, Any]]


@lru_cache(maxsize=1)
def known(release: Release) -> dict[str, dict[str, tuple[str, ...]]]:
    """All values that a filter takes, in order, each with what it stands for in the column of the filter."""
    catalogue, figures = release.catalogue, release.figures
    used = {name: sorted(map(str, figures[name].unique())) for name in ("kenmerk", "categorie", "periode")}
    return {
        "indicator": {slug: (slug,) for slug in catalogue.indicators},
        "maat": {m.slug: (m.maat,) for m in catalogue.measures.values()},
        "kenmerk": _by_slug(used["kenmerk"]),
        "categorie": _by_slug(used["categorie"]),
        "regio": {code: (code,) for code in release.regions.by_code},
        "niveau": _by_slug(LEVELS.values()),
        "periode": {p.code: (p.code,) for p in sorted(map(periods.period, used["periode"]))},
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


def page(release: Release, filters: Filters, start: int, count: int) -> Page:
    """The figures that filters leave, in the order of the release.

    Args:
        release: the figures.
        filters: what is asked for.
        start: how many rows come before the page.
        count: how many it has at most.

    Returns:
        Rows with the columns of release.figures.

    Raises:
        UnknownValueError: a filter has a value that `known` has not.
    """
    found = positions(release, filters)
    return Page(len(found), schema.records(release.figures.iloc[found[start : start + count]]))


def revisions(release: Release, filters: Filters, start: int, count: int) -> Page:
    """The replaced values that filters leave, as `page`: rows with the columns data.revisions.HISTORY.

    Raises:
        UnknownValueError: as `page`.
    """
    found = release.history[_mask(release, release.history, filters)]
    return Page(len(found), schema.records(found.iloc[start : start + count]))


@lru_cache(maxsize=16)
def positions(release: Release, filters: Filters) -> Positions:
    """Where the figures stand that filters leave; kept for the next page of the same request.

    Raises:
        UnknownValueError: as `page`.
    """
    return np.flatnonzero(_mask(release, release.figures, filters))


def _mask(release: Release, frame: pd.DataFrame, filters: Filters) -> pd.Series[bool]:
    allowed = known(release)
    mask = pd.Series(True, index=frame.index)
    for name, values in filters.given.items():
        check_values(release, name, values)
        if name == "indicator":
            shown = pd.Series(False, index=frame.index)
            for slug in values:
                shown |= shown_by(frame, release.catalogue.indicators[slug])
            mask &= shown
        else:
            mask &= frame[COLUMNS[name]].isin([each for value in values for each in allowed[name][value]])
    return mask


def shown_by(frame: pd.DataFrame, indicator: Indicator) -> pd.Series[bool]:
    """Which rows an indicator shows: its own figures and those it refers to."""
    shown = frame["indicator"] == indicator.slug
    for reference in indicator.verwijst:
        there = (frame["indicator"] == reference.indicator) & frame["maat"].isin(reference.maten)
        shown |= there & frame["kenmerk"].isin([TOTAL, *reference.kenmerken])
    return shown & frame["maat"].isin(indicator.maten)


def plain(value: Any) -> float | int | None:
    """A value as JSON has it: None for none, a whole number without decimals."""
    if value is None or pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def as_told(row: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    """A row for JSON: the columns named, with plain numbers."""
    return {name: plain(row[name]) if name.endswith("waarde") else row[name] for name in columns}
