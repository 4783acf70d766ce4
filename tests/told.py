"""What the published tables say, read by a reader that owes nothing to the code under test.

It knows the files (data/sources, the lists of regions, categories and measures, and tables.toml that says how a table
reads) and Python's own csv and tomllib, nothing else of the project.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).resolve().parents[1] / "data"
MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
]  # fmt: skip
STATUS = {"": "", "*": "voorlopig", "**": "nader voorlopig"}
LEVELS = {"politieregio": "X-", "LD": "LD", "PV": "PV", "CR": "CR", "VT": "VT"}


class Key(NamedTuple):
    """Which figure it is: the columns of the file of all figures that tell one from another."""

    indicator: str
    maat: str
    kenmerk: str
    categorie: str
    regio_code: str
    periode: str
    eenheid: str


@dataclass(frozen=True)
class Told:
    """One cell of a published table: what it says, and where it stands. `cell` is the cell as printed."""

    value: float | None
    sign: str
    status: str
    source: str
    row: int
    column: str
    cell: str

    @property
    def place(self) -> tuple[str, int, str]:
        return self.source, self.row, self.column

    @property
    def content(self) -> tuple[float | None, str]:
        return self.value, self.sign

    @property
    def dutch(self) -> str:
        """The number as a Dutch reader writes it, with the decimals of the source: 1.905, 28,5."""
        whole, comma, decimals = self.cell.strip().replace(" ", "").replace(".", "").partition(",")
        return f"{int(whole):,}".replace(",", ".") + comma + decimals


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def lists() -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], dict[str, str]], dict[str, str]]:
    """Regions (level and name -> code), categories (list and label -> row), and the home of each measure."""
    regions = {(row["niveau"], row["naam"]): row["code"] for row in read(DATA / "regions" / "regions.csv")}
    regions |= {(row["niveau"], row["naam"]): row["code"] for row in read(DATA / "regions" / "aliases.csv")}
    categories = {(row["dimensie"], row["label"]): row for row in read(DATA / "catalogue" / "categories.csv")}
    return regions, categories, {row["maat"]: row["indicator"] for row in read(DATA / "catalogue" / "measures.csv")}


def region_of(name: str, level: str) -> str:
    """'Drenthe (PV)', 'Hollands Midden (politieregio)', a gemeente without more, or a name of the level of a table."""
    regions = lists()[0]
    marked = re.fullmatch(r"(.+) \((LD|PV|CR|VT|politieregio)\)", name)
    if marked:
        return regions[LEVELS[marked[2]], marked[1]]
    return regions["NL", name] if name == "Nederland" else regions[level or "GM", name]


def period_of(title: str) -> tuple[str, str]:
    """'2023*', '2020 1e halfjaar**', '31 december 2020*', '2014-2023': the code, and the status that the stars say."""
    text, stars = re.fullmatch(r"(.*?)(\**)", title.strip()).groups()  # type: ignore[union-attr]
    if half := re.fullmatch(r"(\d{4}) ([12])e halfjaar", text):
        return f"{half[1]}HJ0{half[2]}", STATUS[stars]
    if day := re.fullmatch(rf"(\d+) ({'|'.join(MONTHS)}) (\d{{4}})", text):
        return f"{day[3]}-{MONTHS.index(day[2]) + 1:02d}-{int(day[1]):02d}", STATUS[stars]
    if re.fullmatch(r"\d{4}-\d{4}", text):
        return text, STATUS[stars]
    assert re.fullmatch(r"\d{4}", text), title
    return f"{text}JJ00", STATUS[stars]


def home_of(table: dict[str, Any], maat: str, unit: str, labels: dict[str, str]) -> tuple[str, str, str]:
    """Where the figure lives: the home of the one breakdown that does not stand on its total, else as declared."""
    _, categories, homes = lists()
    members = [row for list_, label in labels.items() if (row := categories[list_, label.strip()])["kenmerk"]]
    if not members:
        return (table["home"] if unit == "%" else homes[maat]), "Totaal", "Totaal"
    names = (" | ".join(row[column] for row in members) for column in ("kenmerk", "categorie"))
    return (members[0]["indicator"] if len(members) == 1 else table["home"]), *names


def cells(table: dict[str, Any], shared: dict[str, Any]) -> Iterator[tuple[Key, Told]]:
    """Every cell of one published table that holds a figure or a sign."""
    columns = shared[table["columns"]] if isinstance(table["columns"], str) else table["columns"]
    for number, row in enumerate(read(DATA / "sources" / f"{table['bron']}.csv"), start=2):
        of_row = table.get("rows", {}).get(row.get(table.get("row_column")), {})
        for column in row:
            part = columns.get(column, columns.get("*"))
            about = {table.get(f"{name}_column") for name in ("region", "period", "row", "unit", "sign")}
            if part is None or column in about or column in table.get("dimensions", {}):
                continue
            maat = of_row.get("maat") or part.get("maat") or row.get(table.get("row_column")) or column
            unit = row[table["unit_column"]] if "unit_column" in table else part.get("eenheid", "aantal")
            unit = "%" if unit == "procent" else unit
            title = column if table.get("period_in_heading") else row.get(table.get("period_column"), "")
            fixed = of_row.get("period") or table.get("period")
            code, status = (fixed, "") if fixed else period_of(title)
            place = table.get("region") or region_of(row[table["region_column"]], table.get("region_level", ""))
            labels = {list_: row[name] for name, list_ in table.get("dimensions", {}).items()}
            home, kenmerk, categorie = home_of(table, maat, unit, labels | of_row.get("categories", {}))
            key = Key(home, maat, kenmerk, categorie, place, code, unit)
            status = status or table.get("status", "onbekend")
            yield (
                key,
                said(row[column], row.get(table.get("sign_column")) or "", status, (table["bron"], number, column)),
            )


def said(cell: str, hedge: str, status: str, place: tuple[str, int, str]) -> Told:
    """A cell: a sign, or a number with a Dutch comma and points or spaces between thousands, and its hedge."""
    text = cell.strip()
    if text in (".", "x", "-", ""):
        return Told(None, text or "leeg", status, *place, cell)
    assert re.fullmatch(r"\d{1,3}([. ]\d{3})*(,\d+)?|\d+(,\d+)?", text), (place, cell)
    number = float(text.replace(".", "").replace(" ", "").replace(",", "."))
    return Told(number, hedge, status, *place, cell)


@cache
def every() -> dict[Key, list[Told]]:
    """All cells of all tables, by figure: the same figure can stand in several publications."""
    declared = tomllib.loads((DATA / "catalogue" / "tables.toml").read_text(encoding="utf-8"))
    out: dict[Key, list[Told]] = {}
    for table in declared["table"]:
        for key, told in cells(table, declared["columns"]):
            out.setdefault(key, []).append(told)
    return out


@cache
def current() -> dict[Key, list[Told]]:
    """Of each figure the publications that say what counts now: what the newest of them says."""
    dates = {row["id"]: row["publicatiedatum"] for row in read(DATA / "sources" / "sources.csv")}
    out = {}
    for key, found in every().items():
        newest = max(found, key=lambda told: dates[told.source])
        out[key] = [told for told in found if told.content == newest.content]
    return out
