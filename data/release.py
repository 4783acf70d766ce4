"""The release: all figures in memory, checked, with everything that is known about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from data import catalogue as catalogues
from data import clean, periods, rates, regions, revisions, schema
from data.catalogue import TOTAL, Catalogue, Indicator, View
from data.errors import DataError
from data.files import read_toml
from data.inhabitants import Population
from data.rates import Rounded
from data.series import series_of
from data.shares import ROUNDED_TO
from data.text import slugify

FOLDER = Path(__file__).parent
COUNTRY = "NL01"


@dataclass(frozen=True, eq=False)
class Release:
    """One release of the figures. It never changes after loading; workers and visitors share it.

    Attributes:
        name: the name of the release.
        figures: the current figures, one row per key (columns: data.clean.FIGURE and ORIGIN).
        observations: every published cell, also replaced and repeated ones (same columns).
        history: the replaced values (columns: data.revisions.HISTORY).
        catalogue: the declarations.
        regions: codes and names.
    """

    name: str
    figures: pd.DataFrame
    observations: pd.DataFrame
    history: pd.DataFrame
    catalogue: Catalogue
    regions: regions.Regions

    @cached_property
    def by_indicator(self) -> dict[str, pd.DataFrame]:
        """What each indicator shows: its own figures and those it refers to (an empty table if none)."""
        own = dict(iter(self.figures.groupby("indicator", sort=False)))
        empty = self.figures.iloc[:0]
        out = {}
        for slug, indicator in self.catalogue.indicators.items():
            parts = [own.get(slug, empty)]
            for reference in indicator.verwijst:
                there = own.get(reference.indicator, empty)
                shown = there["kenmerk"].isin([TOTAL, *reference.kenmerken])
                parts.append(there[shown & there["maat"].isin(reference.maten)])
            frame = pd.concat(parts) if len(parts) > 1 else parts[0]
            out[slug] = frame[frame["maat"].isin(indicator.maten)].reset_index(drop=True)
        return out

    @cached_property
    def category_slugs(self) -> frozenset[str]:
        """The slugs of all categories and breakdowns, whichever indicator they belong to."""
        every = self.catalogue.categories
        return frozenset(
            slug for c in every for slug in (c.slug, slugify(c.kenmerk), f"vormen-{slugify(c.ouder)}") if c.kenmerk
        )

    @cached_property
    def totals_by_source(self) -> dict[tuple[str, str, str, str], float]:
        """Published totals by (source, measure, region, period): a share never combines two publications."""
        frame = self.observations
        totals = frame[(frame["kenmerk"] == TOTAL) & (frame["eenheid"] == "aantal") & frame["waarde"].notna()]
        keys = zip(totals["bron"], totals["maat"], totals["regio_code"], totals["periode"], strict=True)
        return dict(zip(keys, totals["waarde"], strict=True))

    @cached_property
    def rounded_to(self) -> dict[str, int]:
        """What the counts of each source are rounded to; 0 where they are not rounded."""
        return {table.bron: 0 if table.ongerond else ROUNDED_TO for table in self.catalogue.tables}

    def population_of(self, row: Mapping[str, Any]) -> Population | None:
        """The inhabitants of the region of a row of the figures, on 1 January of its year; None when not known."""
        return self.regions.inhabitants.of(row["regio_code"], periods.period(row["periode"]).year)

    def rate_of(self, row: Mapping[str, Any]) -> Rounded | None:
        """A row of the figures per 10,000 inhabitants; None when it has no number or no rate (data.rates.rate_of)."""
        if pd.isna(row["waarde"]):
            return None
        return rates.rate_of(
            float(row["waarde"]), row["teken"], row["maat"], row["eenheid"], row["periode"],
            self.population_of(row), self.rounded_to[row["bron"]],
        )  # fmt: skip

    @cached_property
    def first_published(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """For each revised figure the row of the history with its first value, by data.schema.KEY."""
        out: dict[tuple[str, ...], dict[str, Any]] = {}
        for row in schema.records(self.history):
            out.setdefault(tuple(row[name] for name in schema.KEY), row)
        return out

    def in_view(self, indicator: Indicator, view: View) -> pd.DataFrame:
        """What the indicator can show in a view: Nederland, the regions, or both."""
        frame = self.by_indicator[indicator.slug]
        if indicator.matrix and indicator.vorm.get(view) != "matrix":
            # The breakdown of another indicator only stands in the matrix.
            frame = frame[frame["kenmerk"].isin([TOTAL, *indicator.kenmerken])]
        if view == "tijdreeksen":
            return frame
        return frame[(frame["regio_code"] == COUNTRY) == (view == "landelijk")]

    def own(self, indicator: Indicator, view: View) -> pd.DataFrame:
        """The figures that make up the indicator itself: without totals that only give a base."""
        frame = self.in_view(indicator, view)
        return frame[frame["kenmerk"] != TOTAL] if indicator.kenmerken and not indicator.totaal else frame

    @cached_property
    def comparable(self) -> dict[tuple[str, View], pd.DataFrame]:
        """What each view of each indicator can compare: its own figures, as time series those of a series."""
        out: dict[tuple[str, View], pd.DataFrame] = {}
        for indicator in self.catalogue.indicators.values():
            for view in indicator.views:
                own = self.own(indicator, view)
                out[indicator.slug, view] = series_of(own) if view == "tijdreeksen" else own
        return out

    @cached_property
    def filled(self) -> frozenset[tuple[str, View]]:
        """The pairs of indicator and view with figures; a time series needs two numbers of one kind."""
        return frozenset(pair for pair, frame in self.comparable.items() if not frame.empty)


def load(folder: Path = FOLDER) -> Release:
    """Load the embedded figures from a folder that holds catalogue/, regions/, sources/ and release.toml.

    Raises:
        DataError: something in the folder cannot be used; the message is one line that says what and where.
    """
    declared = catalogues.load(folder / "catalogue", folder / "sources")
    known = regions.load(folder / "regions")
    observations = schema.check(clean.observations(declared, known, folder / "sources"), unique=False)
    figures, history = revisions.settle(observations, declared)
    schema.check(figures, unique=True)
    strangers = set(figures["indicator"]) - set(declared.indicators)
    if strangers:
        raise DataError(f"cijfers bij een onbekende indicator: {', '.join(sorted(strangers))}")
    name = read_toml(folder / "release.toml").get("naam")
    if not isinstance(name, str):
        raise DataError("release.toml: naam ontbreekt")
    return Release(name, figures.reset_index(drop=True), observations, history, declared, known)
