"""Made-up figures in the shape and number of the StatLine tables on Veilig Thuis, to measure with: never real ones.

Every figure is a number of a formula, its source is called 'gemaakt-...' and says that it is made up. Size 1 is that of
the ten tables (2.7 million figures: all regions, half-years and years since 2019); another size has fewer or more
regions, periods and categories.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data import catalogue, regions
from data.catalogue import TOTAL, Category, Extension, Source
from data.clean import FIGURE, ORIGIN
from data.regions import LEVELS, Regions
from data.units import COUNT, PER_100000, PERCENT

SOURCE = "gemaakt"
BREAKDOWNS = (
    "aard-geweld-adviezen-meldingen-veilig-thuis",
    "type-adviesvrager-melder",
    "duur-van-het-geweld",
    "vervolg-op-basis-van-de-veiligheidsbeoordeling",
    "acuut-en-of-structureel-onveilig",
    "eerdere-betrokkenheid-veilig-thuis",
    "uitkomsten-onderzoeken-veilig-thuis",
    "aanvullende-informatie-veiligheidsproblematiek",
    "overdrachten-naar-organisatie",
)
IN_PERCENT = "eerdere-betrokkenheid-veilig-thuis"
WITH_RATES = ("aard-geweld-adviezen-meldingen-veilig-thuis", "aanvullende-informatie-veiligheidsproblematiek")
MEMBERS = 2
"""How many categories a breakdown gets at least, so that all together are as many figures as those of StatLine."""


@dataclass(frozen=True)
class Size:
    """How much is made: which levels of regions, how many gemeenten more, from which year, members how many times."""

    levels: tuple[str, ...]
    gemeenten: int
    since: int
    members: int


SIZES = {
    0.1: Size(("NL", "LD", "PV", "VT"), 0, 2019, 1),
    1: Size(("NL", "LD", "PV", "VT", "GM"), 0, 2019, 1),
    5: Size(("NL", "LD", "PV", "VT", "GM"), 97, 2013, 2),
}
"""By how many times the full size."""


@dataclass(frozen=True)
class Made:
    """What a release needs: figures, totals, and what the embedded catalogue does not know."""

    figures: pa.Table
    totals: pa.Table
    extension: Extension
    regions: list[dict[str, str]]


def make(times: float = 1, seed: int = 1) -> Made:
    """Make figures.

    Args:
        times: a key of SIZES.
        seed: another one gives other numbers in the same shape.
    """
    size = SIZES[times]
    known, declared = regions.load(), catalogue.load()
    more = [_gemeente(number) for number in range(size.gemeenten)]
    places = _places(known, size, more)
    times_of = _periods(size.since)
    random = np.random.default_rng(seed)
    writer = _Writer(places, times_of)
    categories: list[Category] = []
    measures = declared.indicators["kerncijfers-veilig-thuis"].maten
    people = places.inhabitants[:, None]
    totals = {
        maat: _round(people * random.uniform(0.0005, 0.006) * random.uniform(0.9, 1.1, writer.size))
        for maat in measures
    }
    for maat in measures:
        if declared.measures[maat].indicator == "kerncijfers-veilig-thuis":
            writer.add("kerncijfers-veilig-thuis", maat, TOTAL, TOTAL, COUNT, "kerncijfers", totals[maat])
    for slug in BREAKDOWNS:
        indicator = declared.indicators[slug]
        for kenmerk in (name for name in indicator.kenmerken if (slug, name) in declared.members):
            members = list(declared.members[slug, kenmerk])
            wanted = size.members * max(len(members), MEMBERS)
            extra = [f"Gemaakte categorie {n}" for n in range(len(members) + 1, wanted + 1)]
            categories += [Category(dimensie=kenmerk, label=name, indicator=slug, kenmerk=kenmerk, categorie=name,
                                    ouder="") for name in extra]  # fmt: skip
            for maat in indicator.maten:
                if maat not in totals:
                    totals[maat] = _round(people * 0.002 * random.uniform(0.9, 1.1, writer.size))
                for name in (*members, *extra):
                    values = _round(totals[maat] * random.uniform(0.01, 0.6))
                    writer.add(slug, maat, kenmerk, name, COUNT, slug, values)
                    if slug == IN_PERCENT:
                        share = np.round(100 * values / np.maximum(totals[maat], 5), 1)
                        writer.add(slug, maat, kenmerk, name, PERCENT, slug, np.minimum(share, 100.0))
                    if slug in WITH_RATES and name in members:
                        rate = np.round(1e5 * values / people)
                        writer.add(slug, maat, kenmerk, name, PER_100000, slug, rate, places.wide)
    extension = Extension(sources=[_source(name) for name in writer.sources], categories=categories)
    return Made(writer.figures(), writer.totals(totals), extension, more)


@dataclass(frozen=True)
class _Places:
    codes: tuple[str, ...]
    names: tuple[str, ...]
    levels: tuple[str, ...]
    inhabitants: npt.NDArray[np.float64]
    wide: npt.NDArray[np.bool_]


def _places(known: Regions, size: Size, more: list[dict[str, str]]) -> _Places:
    found = [(r.code, r.name) for r in known.by_code.values() if r.level in size.levels and r.last_year is None]
    found += [(row["code"], row["naam"]) for row in more]
    typical = {"NL": 17e6, "LD": 4e6, "PV": 1.5e6, "VT": 7e5}
    people = {code: known.inhabitants.of(code, 2023) for code, _ in found}
    return _Places(
        tuple(code for code, _ in found),
        tuple(name for _, name in found),
        tuple(LEVELS[code[:2]] for code, _ in found),
        np.array([p.inhabitants if (p := people[code]) else typical.get(code[:2], 4e4) for code, _ in found], float),
        np.array([code[:2] != "GM" for code, _ in found]),
    )


def _gemeente(number: int) -> dict[str, str]:
    row = dict.fromkeys(("geldig_van", "geldig_tot", "gewijzigd", "ouder", "inwoners_2023", "opmerking"), "")
    return {"code": f"GM{9000 + number}", "naam": f"Gemaakte gemeente {number + 1}", "niveau": "GM"} | row


def _periods(since: int) -> list[str]:
    """Half-years and years up to and including 2024."""
    return [f"{year}{part}" for year in range(since, 2025) for part in ("HJ01", "HJ02", "JJ00")]


def _source(name: str) -> Source:
    return Source(
        id=name, uitgever="Niemand", titel="Gemaakte cijfers om mee te meten, geen echte", tabel=name,
        publicatiedatum="2025-11-01", adres="https://example.org/gemaakt", statusregel="gemaakt", licentie="geen",
        ontleend_aan="",
    )  # fmt: skip


def _round(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.round(values / 5) * 5


class _Writer:
    """Collects blocks of figures, one for each measure, category and unit: all regions and periods."""

    def __init__(self, places: _Places, times: list[str]) -> None:
        self._places, self._times = places, times
        self.size = (len(places.codes), len(times))
        self.sources: list[str] = []
        self._names: dict[str, dict[str, int]] = {
            name: {} for name in ("indicator", "maat", "kenmerk", "categorie", "eenheid", "bron")
        }
        self._blocks: list[tuple[list[int], npt.NDArray[Any], npt.NDArray[np.float64]]] = []

    def add(
        self,
        indicator: str,
        maat: str,
        kenmerk: str,
        categorie: str,
        unit: str,
        source: str,
        values: npt.NDArray[np.float64],
        only: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        """A block of values, regions by periods; `only` says of which regions."""
        name = f"{SOURCE}-{source}"
        if name not in self.sources:
            self.sources.append(name)
        texts = (indicator, maat, kenmerk, categorie, unit, name)
        codes = [seen.setdefault(text, len(seen)) for seen, text in zip(self._names.values(), texts, strict=True)]
        rows = np.arange(values.size) if only is None else np.flatnonzero(np.repeat(only, self.size[1]))
        self._blocks.append((codes, rows.astype(np.int32), values.reshape(-1)[rows]))

    def figures(self) -> pa.Table:
        """All blocks as one table."""
        lengths = [len(rows) for _, rows, _ in self._blocks]
        values = np.concatenate([block for _, _, block in self._blocks])
        at = np.concatenate([rows for _, rows, _ in self._blocks])
        region, time = np.divmod(at, self.size[1])
        # A small count is not given: a dot, as the tables of CBS have it.
        hidden = values < 10
        values = np.where(hidden, np.nan, values)
        columns: dict[str, Any] = {}
        for number, (name, seen) in enumerate(self._names.items()):
            codes = np.repeat(np.array([codes[number] for codes, _, _ in self._blocks], np.int32), lengths)
            columns[name] = _texts(codes, list(seen))
        columns["regio_code"] = _texts(region, self._places.codes)
        columns["regio_naam"] = _texts(region, self._places.names)
        levels = list(dict.fromkeys(self._places.levels))
        columns["regio_niveau"] = _texts(np.array([levels.index(n) for n in self._places.levels])[region], levels)
        columns["periode"] = _texts(time, self._times)
        columns["waarde"] = pa.array(values, mask=hidden)
        columns["teken"] = _texts(hidden.astype(np.int32), ["", "."])
        new = np.array([code >= "2024" for code in self._times])
        columns["status"] = _texts(new[time].astype(np.int32), ["definitief", "voorlopig"])
        columns["rij"] = pa.array(np.arange(len(values), dtype=np.int32))
        columns["kolom"] = _texts(np.zeros(len(values), np.int32), ["Value"])
        columns["decimalen"] = pa.array(np.zeros(len(values), np.int8))
        return pa.table({name: columns[name] for name in (*FIGURE, *ORIGIN)})

    def totals(self, totals: dict[str, npt.NDArray[np.float64]]) -> pa.Table:
        """The totals, as every source repeats them."""
        maten, count = list(totals), self.size[0] * self.size[1]
        values = np.concatenate([np.tile(totals[maat].reshape(-1), len(self.sources)) for maat in maten])
        region, time = np.divmod(np.tile(np.arange(count), len(self.sources) * len(maten)), self.size[1])
        source = np.tile(np.repeat(np.arange(len(self.sources)), count), len(maten))
        maat = np.repeat(np.arange(len(maten)), count * len(self.sources))
        return pa.table(
            {
                "bron": _texts(source, self.sources),
                "maat": _texts(maat, maten),
                "regio_code": _texts(region, self._places.codes),
                "periode": _texts(time, self._times),
                "waarde": pa.array(values),
            }
        )


def _texts(codes: npt.NDArray[Any], names: Any) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(list(names), pa.string()))
