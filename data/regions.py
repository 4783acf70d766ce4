"""Regions: codes, names, levels, and the years in which they exist.

Names of one region differ between sources: every name resolves through regions.csv and the explicit
aliases.csv; a name that stands in neither is an error, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from data import inhabitants
from data.errors import DataError
from data.files import read_csv
from data.text import plain, slugify

FOLDER = Path(__file__).parent / "regions"
# By the first two letters of the code; a police region has no CBS code and gets X- and a slug.
LEVELS = {
    "NL": "Nederland",
    "LD": "landsdeel",
    "PV": "provincie",
    "CR": "COROP-gebied",
    "VT": "Veilig Thuis-regio",
    "GM": "gemeente",
    "X-": "politieregio",
    "OV": "ander gebied",
}
OTHER = "OV"
"""The level of a region in an imported table whose code begins in a way that is not known here."""
LEVELS_PLURAL = {
    "NL": "Nederland",
    "LD": "landsdelen",
    "PV": "provincies",
    "CR": "COROP-gebieden",
    "VT": "Veilig Thuis-regio's",
    "GM": "gemeenten",
    "X-": "politieregio's",
    "OV": "andere gebieden",
}
# In addresses: ?niveau=gemeente. Nederland is no level to compare on, nor is what is only called other.
LEVEL_OF_SLUG = {slugify(name): key for key, name in LEVELS.items() if key not in ("NL", OTHER)}
SLUG_OF_LEVEL = {key: slug for slug, key in LEVEL_OF_SLUG.items()}
# The level that a visitor most likely means comes first: a name can stand on several.
PREFERRED = ("NL", "VT", "PV", "GM", "CR", "LD", "X-", "OV")
_WITH_LEVEL = re.compile(r"(.+?) \((LD|PV|CR|VT|politieregio)\)")
_KEYS = {name: key for key, name in LEVELS.items()}


@dataclass(frozen=True)
class Region:
    """A region. `parent` is a code ('' when not known); years are inclusive, None is 'no end known'.

    `changed` is the year from which the code stands for another area: a series is broken there.
    """

    code: str
    name: str
    level: str
    first_year: int | None
    last_year: int | None
    changed: int | None
    parent: str
    inhabitants_2023: int | None
    remark: str

    @property
    def label(self) -> str:
        """The name with its level, since names such as Drenthe exist on several levels."""
        return self.name if self.level == "NL" else f"{self.name} ({LEVELS[self.level]})"

    @property
    def level_name(self) -> str:
        """The level in words, e.g. 'Veilig Thuis-regio'."""
        return LEVELS[self.level]

    def exists_in(self, year: int) -> bool:
        """Whether the region has figures of its own in that year."""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True)
class Regions:
    """All regions, by code and by (level, name), with their inhabitants by year."""

    by_code: dict[str, Region]
    code_of: dict[tuple[str, str], str]
    inhabitants: inhabitants.Inhabitants = field(default=inhabitants.NONE)

    def __getitem__(self, code: str) -> Region:
        """Return the region with this code."""
        return self.by_code[code]

    def __contains__(self, code: object) -> bool:
        """Whether the code is known."""
        return code in self.by_code

    def resolve(self, name: str, level: str = "") -> str:
        """Return the code for a name as a source writes it.

        Args:
            name: 'Drenthe (PV)', 'Assen', 'Nederland', or a bare name when the table is of one level.
            level: the level of all names of the table; without it a suffix such as (PV) tells, and a name
                without suffix is Nederland or a gemeente.

        Raises:
            DataError: the name is not known at that level.
        """
        if not level:
            found = _WITH_LEVEL.fullmatch(name)
            name, level = (
                (found[1], _KEYS.get(found[2], found[2])) if found else (name, "NL" if name == "Nederland" else "GM")
            )
        try:
            return self.code_of[(level, name)]
        except KeyError:
            raise DataError(
                f"onbekende regio {name!r} ({LEVELS.get(level, level)}): voeg de schrijfwijze toe aan aliases.csv"
            ) from None

    def find(self, text: str) -> Region | None:
        """The region that a visitor means with a code, a label or a name (see `by_text`); None for an unknown one.

        Case, accents, spaces, hyphens and other signs make no difference.
        """
        codes = (text, text.upper(), self.by_text.get(plain(text), ""), self._by_letters.get(_letters(text), ""))
        return next((self.by_code[code] for code in codes if code in self.by_code), None)

    @cached_property
    def by_text(self) -> dict[str, str]:
        """Codes by what a visitor may type, in plain letters: labels, names and the spellings of sources.

        A name that stands on several levels means the first of VT, PV, GM, CR, LD, politieregio.
        """
        out = {plain(region.label): region.code for region in self.by_code.values()}
        for (_, name), code in sorted(self.code_of.items(), key=lambda item: PREFERRED.index(item[0][0])):
            out.setdefault(plain(name), code)
        return out

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        """As `by_text`, by letters and digits alone; the first one where several have the same."""
        out: dict[str, str] = {}
        for text, code in self.by_text.items():
            out.setdefault(_letters(text), code)
        return out


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(text))


def _year(text: str) -> int | None:
    return int(text) if text else None


def _add(
    by_code: dict[str, Region], code_of: dict[tuple[str, str], str], rows: Iterable[Mapping[str, str]], file: str
) -> None:
    """Add rows in the form of regions.csv."""
    for number, row in enumerate(rows, start=2):
        where = f"{file}, rij {number}"
        try:
            region = Region(
                row["code"],
                row["naam"],
                row["niveau"],
                _year(row["geldig_van"]),
                _year(row["geldig_tot"]),
                _year(row["gewijzigd"]),
                row["ouder"],
                _year(row["inwoners_2023"]),
                row["opmerking"],
            )
        except KeyError as error:
            raise DataError(f"{file}: kolom {error} ontbreekt") from None
        except ValueError:
            raise DataError(f"{where}: een jaar of aantal is geen getal") from None
        if region.level not in LEVELS or region.code in by_code:
            raise DataError(f"{where}: niveau onbekend of code dubbel ({region.code})")
        if (region.level, region.name) in code_of:
            raise DataError(f"{where}: naam dubbel ({region.name})")
        by_code[region.code] = region
        code_of[(region.level, region.name)] = region.code


def extend(known: Regions, rows: Iterable[Mapping[str, str]], file: str) -> Regions:
    """The regions that are known, and those of rows in the form of regions.csv (of a file of that name).

    Raises:
        DataError: as load.
    """
    by_code, code_of = dict(known.by_code), dict(known.code_of)
    _add(by_code, code_of, rows, file)
    return Regions(by_code, code_of, known.inhabitants)


def load(folder: Path = FOLDER) -> Regions:
    """Read regions.csv and aliases.csv, and the files of data.inhabitants beside them.

    Raises:
        DataError: a code or name stands there twice, a level or parent is unknown, a file cannot be read.
    """
    by_code: dict[str, Region] = {}
    code_of: dict[tuple[str, str], str] = {}
    _add(by_code, code_of, read_csv(folder / "regions.csv"), "regions.csv")
    for region in by_code.values():
        if region.parent and region.parent not in by_code:
            raise DataError(f"regions.csv: {region.code} hoort bij een onbekende regio {region.parent}")
    for number, row in enumerate(read_csv(folder / "aliases.csv"), start=2):
        key = (row.get("niveau", ""), row.get("naam", ""))
        code = row.get("code", "")
        if code not in by_code or key in code_of:
            raise DataError(f"aliases.csv, rij {number}: code onbekend of naam dubbel ({key[1]})")
        code_of[key] = code
    parents = {region.code: region.parent for region in by_code.values()}
    published = {r.code: r.inhabitants_2023 for r in by_code.values() if r.inhabitants_2023}
    return Regions(by_code, code_of, inhabitants.load(folder, parents, published))
