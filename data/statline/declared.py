"""What is declared about StatLine in data/catalogue/statline.toml: tables, titles of measures and dimensions, signs."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from data.catalogue import FOLDER, Catalogue, Declaration, declare
from data.errors import DataError
from data.files import read_toml

FILE = "statline.toml"


class ListOf(Declaration):
    """For a table whose measures are the members of a breakdown: the list in categories.csv, and what they count."""

    naam: str
    maat: str


class TableOf(Declaration):
    """A table to import.

    `home` is the indicator of what no other one claims: crossings, totals in percent, unknown measures and members.
    `nodig`: measures (maten) without which the table cannot be right; `verwacht`: those whose title is not certain,
    so that an unknown measure of the table may be the one. `optioneel`: the service may not have the table.
    """

    id: str = Field(pattern=r"^\d{5}[A-Za-z]{3}$")
    home: str
    nodig: tuple[str, ...] = ()
    verwacht: tuple[str, ...] = ()
    optioneel: bool = False
    lijst: ListOf | None = None


class MeasureOf(Declaration):
    """The titles under which tables carry a measure; a title in a group may be written with the group before it."""

    maat: str
    titels: tuple[str, ...] = ()


class DimensionOf(Declaration):
    """A dimension: its titles, and the lists of categories.csv that its members stand in.

    `woorden`: part of a title that is enough to know it by. `tabellen`: only in these. `kenmerk`: the breakdown of a
    member that no list knows; `groepen`: part of the title of its group -> the breakdown.
    """

    titels: tuple[str, ...]
    woorden: tuple[str, ...] = ()
    tabellen: tuple[str, ...] = ()
    lijsten: tuple[str, ...] = ()
    kenmerk: str
    groepen: dict[str, str] = Field(default={})


class StatLine(Declaration):
    """All of it. `tekens`: what an observation without a number is marked with -> sign of data.signs."""

    tabel: tuple[TableOf, ...]
    maat: tuple[MeasureOf, ...]
    dimensie: tuple[DimensionOf, ...]
    tekens: dict[str, str]
    statussen: dict[str, str]

    @property
    def by_id(self) -> dict[str, TableOf]:
        """The tables by id."""
        return {table.id: table for table in self.tabel}


def load(catalogue: Catalogue, folder: Path = FOLDER) -> StatLine:
    """Read and check what is declared.

    Raises:
        DataError: something is wrong, or contradicts the catalogue.
    """
    [found] = declare(StatLine, [read_toml(folder / FILE)], FILE)
    lists = {category.dimensie for category in catalogue.categories}
    unknown = [
        *({table.lijst.naam for table in found.tabel if table.lijst} - lists),
        *({table.lijst.maat for table in found.tabel if table.lijst} - set(catalogue.measures)),
        *({table.home for table in found.tabel} - set(catalogue.indicators)),
        *({maat for table in found.tabel for maat in (*table.nodig, *table.verwacht)} - set(catalogue.measures)),
        *({measure.maat for measure in found.maat} - set(catalogue.measures)),
        *({name for dimension in found.dimensie for name in dimension.lijsten} - lists),
        *({name for dimension in found.dimensie for name in dimension.tabellen} - set(found.by_id)),
    ]
    if unknown:
        raise DataError(f"{FILE}: onbekend: {', '.join(sorted(unknown))}")
    return found
