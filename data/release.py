"""The release: all figures, checked, with everything that is known about them."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from data import catalogue as catalogues
from data import clean, periods, rates, regions, release_files, releases, revisions, schema, store
from data.catalogue import TOTAL, Catalogue, Indicator, View
from data.errors import DataError
from data.files import read_toml
from data.inhabitants import Population
from data.rates import Rounded
from data.shares import ROUNDED_TO
from data.store import COUNTRY, SERIES, Part, Store, Table
from data.text import slugify

__all__ = ["COUNTRY", "FOLDER", "Release", "load", "load_imported", "make"]

log = logging.getLogger("impactmonitor")
FOLDER = Path(__file__).parent
READY = "klaar"
"""In the folder of releases: their figures in the form in which they serve (data.store), made from their files."""


@dataclass(frozen=True, eq=False)
class Release:
    """One release of the figures. It never changes after loading; workers and visitors share it.

    Attributes:
        name: the name of the release.
        store: the current figures.
        history: the replaced values (columns: data.revisions.HISTORY).
        catalogue: the declarations.
        regions: codes and names.
        cells: every published cell, also replaced and repeated ones; None where only the figures were kept.
        folder: where its files are; None for the figures that come along.
        remark: what visitors must know of it, such as that a newer one cannot be read; '' for nothing.
        kept: answers that belong to it (data.kept).
    """

    name: str
    store: Store
    history: pd.DataFrame
    catalogue: Catalogue
    regions: regions.Regions
    cells: pd.DataFrame | None = None
    folder: Path | None = None
    remark: str = ""
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        """How many current figures there are."""
        return len(self.store)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The current figures as one table (columns: data.clean.FIGURE and ORIGIN), for commands and tests.

        Of a release at full size it takes gigabytes: what answers visitors asks the parts below.
        """
        return self.store.table.frame()

    @property
    def observations(self) -> pd.DataFrame:
        """Every published cell that the release keeps (same columns), for commands and tests."""
        return self.figures if self.cells is None else self.cells

    def with_figures(self, figures: pd.DataFrame, observations: pd.DataFrame) -> Release:
        """A release with other figures and published cells, and all else the same."""
        return make(self.name, figures, observations, self.history, self.catalogue, self.regions)

    @cached_property
    def by_indicator(self) -> dict[str, Part]:
        """What each indicator shows: its own figures and those it refers to."""
        return {slug: box.whole for slug, box in self.store.boxes.items()}

    @cached_property
    def category_slugs(self) -> frozenset[str]:
        """The slugs of all categories and breakdowns, whichever indicator they belong to."""
        every = self.catalogue.categories
        return frozenset(
            slug for c in every for slug in (c.slug, slugify(c.kenmerk), f"vormen-{slugify(c.ouder)}") if c.kenmerk
        )

    @cached_property
    def rounded_to(self) -> dict[str, int]:
        """What the counts of each source are rounded to; 0 where they are not rounded."""
        return rounding(self.catalogue)

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

    @cached_property
    def revised(self) -> dict[int, dict[str, Any]]:
        """The same by the place of the figure in the table of the store, as far as the figure is there."""
        out = {}
        for key, row in self.first_published.items():
            part = self.by_indicator.get(key[0])
            if part is not None:
                maat, kenmerk, categorie, region, period, unit = key[1:]
                found = part.of_measures((maat,)).of_unit(unit).of_members([(kenmerk, categorie)]).of_periods((period,))
                if found.things and found.members and found.times and (there := found.row_of(region)):
                    out[there.at] = row
        return out

    def in_view(self, indicator: Indicator, view: View) -> Part:
        """What the indicator can show in a view: Nederland, the regions, or both."""
        part = self.by_indicator[indicator.slug]
        if indicator.matrix and indicator.vorm.get(view) != "matrix":
            # The breakdown of another indicator only stands in the matrix.
            part = part.of_breakdowns((TOTAL, *indicator.kenmerken))
        if view == "tijdreeksen":
            return part
        return part.of_levels((COUNTRY[:2],)) if view == "landelijk" else part.without_country()

    def own(self, indicator: Indicator, view: View) -> Part:
        """The figures that make up the indicator itself: without totals that only give a base."""
        part = self.in_view(indicator, view)
        return part.without_totals() if indicator.kenmerken and not indicator.totaal else part

    @cached_property
    def comparable(self) -> dict[tuple[str, View], Part]:
        """What each view of each indicator can compare: its own figures, as time series those of a series."""
        out: dict[tuple[str, View], Part] = {}
        for indicator in self.catalogue.indicators.values():
            for view in indicator.views:
                own = self.own(indicator, view)
                out[indicator.slug, view] = own.that(SERIES) if view == "tijdreeksen" else own
        return out

    @cached_property
    def filled(self) -> frozenset[tuple[str, View]]:
        """The pairs of indicator and view with figures; a time series needs two numbers of one kind."""
        return frozenset(pair for pair, part in self.comparable.items() if not part.empty)

    def rows(self, indicators: frozenset[str] | None = None) -> Iterator[dict[str, Any]]:
        """The current figures one by one, of some indicators or all, in the order of the release."""
        home = self.store.table.text["indicator"]
        at = home.where(indicators if indicators is not None else frozenset(home.names)).nonzero()[0]
        for start in range(0, len(at), PIECE):
            yield from self.store.table.rows(at[start : start + PIECE])


PIECE = 10_000


def rounding(catalogue: Catalogue) -> dict[str, int]:
    """What the counts of each source are rounded to; 0 where they are not rounded."""
    return {table.bron: 0 if table.ongerond else ROUNDED_TO for table in catalogue.tables}


def make(
    name: str,
    figures: pd.DataFrame,
    observations: pd.DataFrame,
    history: pd.DataFrame,
    declared: Catalogue,
    known: regions.Regions,
) -> Release:
    """A release of tables in memory.

    Args:
        name: of the release.
        figures: the current figures, each once (columns: data.clean.FIGURE and ORIGIN).
        observations: every published cell (same columns).
        history: the replaced values.
        declared: the declarations.
        known: codes and names of regions.
    """
    totals = (observations["kenmerk"] == TOTAL) & (observations["eenheid"] == "aantal") & observations["waarde"].notna()
    counted = store.build(
        Table.of(figures), Table.of(observations.loc[totals, release_files.TOTALS]), declared, known, rounding(declared)
    )
    return Release(name, counted, history, declared, known, observations)


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
    return make(name, figures.reset_index(drop=True), observations, history, declared, known)


# --- imported releases ---


def load_imported(root: Path, name: str, embedded: Path = FOLDER) -> Release:
    """Load an imported release.

    Its figures are counted and placed once; what comes of that lies beside the releases and is mapped into memory.
    Where it cannot be kept there (a folder that may only be read), it is made again in memory.

    Args:
        root: the folder of releases (data.releases).
        name: of the release.
        embedded: the folder with the declarations that come along.

    Raises:
        DataError: the release is damaged, incomplete or of a newer form.
    """
    folder = releases.folder_of(root, name)
    manifest = releases.verify(folder, release_files.TO_SERVE)
    declared, known = release_files.declared(
        folder, catalogues.load(embedded / "catalogue", embedded / "sources"), regions.load(embedded / "regions")
    )
    key = _key(manifest, declared, known)
    place = root / READY / f"{name}-{key[:12]}"
    placed = store.load(place, key)
    if placed is None:
        with _alone(root / READY):  # of several workers one makes it, and the others find it
            placed = store.load(place, key) or _placed(_counted(folder, declared, known), place, key)
    return Release(name, placed, release_files.read_history(folder), declared, known, folder=folder)


def _key(manifest: releases.Manifest, declared: Catalogue, known: regions.Regions) -> str:
    """Says of what a store was made: the files of the release, and the declarations that say what shows where."""
    parts = (
        [(name, each.sha256) for name, each in sorted(manifest.bestanden.items())],
        declared.model_dump_json(include={"indicators", "categories", "tables"}),
        list(known.by_code),
        sorted((key, each.inhabitants) for key, each in known.inhabitants.by_key.items()),
        sorted(rates.measures()),
        store.FORMAT,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process is at work in a folder; in one that may only be read everyone is alone."""
    try:
        folder.mkdir(exist_ok=True)
        handle = (folder / ".slot").open("a")
    except OSError:
        yield
        return
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _counted(folder: Path, declared: Catalogue, known: regions.Regions) -> Store:
    return store.build(
        of_arrow(release_files.read_figures(folder)),
        of_arrow(release_files.read_totals(folder)),
        declared,
        known,
        rounding(declared),
    )


def _placed(counted: Store, place: Path, key: str) -> Store:
    """The store as it lies on disk, mapped into memory; the one in memory where it cannot be kept."""
    try:
        if place.exists():
            shutil.rmtree(place)  # damaged, or left behind
        store.save(counted, place, key)
    except OSError as error:
        log.warning("De geladen cijfers kunnen niet worden bewaard in %s (%s).", place.parent, error.strerror)
        return counted
    return store.load(place, key) or counted


def of_arrow(table: pa.Table) -> Table:
    """A table of Arrow, texts as dictionaries, as the store takes it."""
    text: dict[str, store.Coded] = {}
    numbers: dict[str, Any] = {}
    for name in table.column_names:
        column = table.column(name)
        if not pa.types.is_dictionary(column.type):
            numbers[name] = column.to_numpy()
            continue
        whole = column.unify_dictionaries().combine_chunks()
        array = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
        text[name] = store.Coded(array.indices.to_numpy(), tuple(array.dictionary.to_pylist()))
    return Table(text, numbers)


def tidy(root: Path) -> None:
    """Remove what was kept of releases that are gone, or that was made of other declarations."""
    there = releases.names(root)
    for place in (each for each in (root / READY).glob("*") if each.is_dir()):
        name, _, _ = place.name.rpartition("-")
        if name not in there:
            shutil.rmtree(place, ignore_errors=True)
