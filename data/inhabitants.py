"""How many people live in a region on 1 January of a year: published, or the sum of published parts.

A region has a number for a year only if a source gives it or composition.csv says of which parts the region
consists in that year. Nothing is carried over to another year, and a region with one unknown part has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from data.errors import DataError
from data.files import read_csv

MUNICIPALITIES = "gemeenten:"
SOURCE_2023 = "cbs-inwoners-2023"


@dataclass(frozen=True)
class Source:
    """Where numbers of inhabitants or borders come from. `adres` is the page, `ontleend_aan` a copy that was read."""

    id: str
    uitgever: str
    titel: str
    adres: str
    licentie: str
    ontleend_aan: str


@dataclass(frozen=True)
class Population:
    """The inhabitants of a region on 1 January of a year.

    Attributes:
        inhabitants: how many, of all ages.
        year: of the 1 January.
        sources: ids of the sources, in order.
        explanation: how it was added up, '' when it is published as it stands.
        parts: the codes that were added up.
    """

    inhabitants: int
    year: int
    sources: tuple[str, ...]
    explanation: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inhabitants:
    """All populations by region and year, and their sources."""

    by_key: Mapping[tuple[str, int], Population]
    sources: Mapping[str, Source]

    def of(self, code: str, year: int) -> Population | None:
        """The population of a region on 1 January of the year, None when no source gives it."""
        return self.by_key.get((code, year))

    def in_year(self, year: int) -> Mapping[str, int]:
        """How many people live in each region of which it is known, on 1 January of a year."""
        return self._by_year.get(year, {})

    @cached_property
    def _by_year(self) -> dict[int, dict[str, int]]:
        out: dict[int, dict[str, int]] = {}
        for (code, year), population in self.by_key.items():
            out.setdefault(year, {})[code] = population.inhabitants
        return out

    def around(self, code: str, year: int) -> set[str]:
        """The codes of the regions of which this one is a part, or a part of a part, in that year."""
        direct = {whole for (whole, at), each in self.by_key.items() if at == year and code in each.parts}
        return direct.union(*(self.around(whole, year) for whole in direct))


NONE = Inhabitants({}, {})


def load(folder: Path, codes: Mapping[str, str], published_2023: Mapping[str, int]) -> Inhabitants:
    """Read inhabitants.csv, composition.csv and bronnen.csv.

    Args:
        folder: the folder with these files.
        codes: every known code with the code of its parent ('' when it has none).
        published_2023: the inhabitants on 1 January 2023 that regions.csv gives.

    Raises:
        DataError: an unknown code or source, a number that is none, or a region twice in one year.
    """
    try:
        sources = {row["id"]: Source(**row) for row in read_csv(folder / "bronnen.csv")}
    except TypeError:
        raise DataError("bronnen.csv: een kolom ontbreekt of is onbekend") from None
    found = {(code, 2023): Population(count, 2023, (SOURCE_2023,)) for code, count in published_2023.items()}
    for number, row in enumerate(read_csv(folder / "inhabitants.csv"), start=2):
        where = f"inhabitants.csv, rij {number}"
        try:
            code, day, count, source = (row[name] for name in ("code", "peildatum", "inwoners", "bron"))
        except KeyError as error:
            raise DataError(f"inhabitants.csv: kolom {error} ontbreekt") from None
        if code not in codes or source not in sources:
            raise DataError(f"{where}: onbekende regio of bron ({code}, {source})")
        if not day.endswith("-01-01") or not day[:4].isdigit() or not count.isdigit() or int(count) == 0:
            raise DataError(f"{where}: geen aantal inwoners op 1 januari van een jaar")
        if (code, int(day[:4])) in found:
            raise DataError(f"{where}: {code} staat er twee keer in voor {day[:4]}")
        found[code, int(day[:4])] = Population(int(count), int(day[:4]), (source,))
    for number, row in enumerate(read_csv(folder / "composition.csv"), start=2):
        _compose(row, f"composition.csv, rij {number}", codes, found)
    return Inhabitants(found, sources)


def _compose(
    row: Mapping[str, str], where: str, codes: Mapping[str, str], found: dict[tuple[str, int], Population]
) -> None:
    """Add the population of a region that consists of the parts in a row; parts stand before their whole."""
    try:
        code, year, named, explanation = row["code"], int(row["jaar"]), row["delen"].split(), row["uitleg"]
    except (KeyError, ValueError):
        raise DataError(f"{where}: kolom code, jaar, delen of uitleg ontbreekt of klopt niet") from None
    if code not in codes or (code, year) in found:
        raise DataError(f"{where}: onbekende regio, of een regio die al inwoners heeft ({code}, {year})")
    parts = list(_parts(named, codes, where))
    if not parts or len(set(parts)) != len(parts):
        raise DataError(f"{where}: geen delen, of een deel staat er twee keer in ({code}, {year})")
    missing = [part for part in parts if (part, year) not in found]
    if missing:
        raise DataError(f"{where}: van {missing[0]} zijn geen inwoners bekend in {year}")
    populations = [found[part, year] for part in parts]
    sources = tuple(dict.fromkeys(source for each in populations for source in each.sources))
    count = sum(each.inhabitants for each in populations)
    found[code, year] = Population(count, year, sources, explanation, tuple(parts))


def _parts(named: list[str], codes: Mapping[str, str], where: str) -> Iterable[str]:
    """The codes that a list of parts stands for: 'gemeenten:VT08' all its gemeenten, '-GM0944' not this one."""
    without = {name[1:] for name in named if name.startswith("-")}
    for name in named:
        if name.startswith(MUNICIPALITIES):
            parent = name.removeprefix(MUNICIPALITIES)
            # Every gemeente counts: one without inhabitants stops the sum, it is never left out of it.
            inside = [c for c, p in codes.items() if p == parent and c.startswith("GM")]
            if not inside:
                raise DataError(f"{where}: {parent} heeft geen gemeenten")
            yield from (code for code in inside if code not in without)
        elif name.removeprefix("-") not in codes:
            raise DataError(f"{where}: onbekend deel {name}")
        elif not name.startswith("-"):
            yield name
