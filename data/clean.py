"""From published tables to observations: one row per published cell, with its sign, status and place.

The shape of each table is declared in data/catalogue/tables.toml; this module only follows the declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from data import periods, regions, units
from data.catalogue import TOTAL, Catalogue, Parts, Table
from data.errors import DataError
from data.files import read_rows
from data.signs import HEDGES, IN_WORDS, read_cell

SOURCES = Path(__file__).parent / "sources"
FIGURE = [
    "indicator", "maat", "kenmerk", "categorie", "regio_code", "regio_naam", "regio_niveau", "periode",
    "waarde", "eenheid", "teken", "status", "bron",
]  # fmt: skip
ORIGIN = ["rij", "kolom", "decimalen"]
UNITS = {"aantal": "aantal", "procent": "%", "%": "%", units.PER_100000: units.PER_100000}


def observations(catalogue: Catalogue, known_regions: regions.Regions, folder: Path = SOURCES) -> pd.DataFrame:
    """Read all published tables.

    Returns:
        One row per published cell: the columns FIGURE (as in the download of all figures) and ORIGIN
        (the row in the source file, the heading of the column, the decimals that the cell is printed with).
        The same figure can stand in several tables.

    Raises:
        DataError: a table cannot be read as declared; the message names file, row, column and reason.
    """
    rows = [row for table in catalogue.tables for row in _read_table(table, catalogue, known_regions, folder)]
    return pd.DataFrame(rows, columns=[*FIGURE, *ORIGIN])


def _read_table(table: Table, catalogue: Catalogue, known: regions.Regions, folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / f"{table.bron}.csv"
    heading, rows = read_rows(path)
    columns = _value_columns(table, heading, path.name)
    for number, cells in rows:
        row = dict(zip(heading, cells, strict=True))
        for column, parts in columns.items():
            try:
                figure = _figure(table, catalogue, known, row, column, parts)
            except ValueError as error:
                raise DataError(f"{path.name}, rij {number}, kolom {column!r}: {error}") from None
            yield figure | {"bron": table.bron, "rij": number, "kolom": column}


def _value_columns(table: Table, heading: list[str], file: str) -> dict[str, Parts]:
    """The columns that hold figures; a declared '*' stands for all columns that hold nothing else."""
    if len(set(heading)) != len(heading):
        raise DataError(f"{file}, rij 1: een kolomkop staat er twee keer in")
    other = {
        table.region_column, table.period_column, table.row_column, table.unit_column, table.sign_column,
        *table.dimensions,
    }  # fmt: skip
    values = [name for name in heading if name not in other]
    columns = {name: table.columns["*"] for name in values} if "*" in table.columns else table.columns
    expected = set(columns) | {name for name in other if name}
    if expected != set(heading):
        raise DataError(f"{file}, rij 1: kolommen anders dan verwacht: {', '.join(sorted(expected ^ set(heading)))}")
    return columns


def _figure(
    table: Table, catalogue: Catalogue, known: regions.Regions, row: dict[str, str], column: str, parts: Parts
) -> dict[str, Any]:
    label = row[table.row_column] if table.row_column else None
    of_row = table.rows.get(label, Parts()) if label else Parts()
    maat = of_row.maat or parts.maat or label or column
    if maat not in catalogue.measures:
        raise ValueError(f"onbekende maat {maat!r}")
    unit = row[table.unit_column] if table.unit_column else parts.eenheid or "aantal"
    if unit not in UNITS:
        raise ValueError(f"onbekende eenheid {unit!r}")
    code, status = _period(table, row, column, of_row)
    place = table.region or known.resolve(row[table.region_column or ""].strip(), table.region_level)
    if place not in known:
        raise ValueError(f"onbekende regio {place!r}")
    region = known[place]
    value, sign = read_cell(row[column], table.thousands)
    if table.sign_column and row[table.sign_column]:
        if row[table.sign_column] not in HEDGES | IN_WORDS or value is None:
            raise ValueError(f"onbekend teken {row[table.sign_column]!r}")
        sign = row[table.sign_column]
    if value is not None and not region.exists_in(periods.period(code).year):
        raise ValueError(f"{region.label} heeft in {code} geen eigen cijfers, hier staat {row[column]}")
    labels = {dimension: row[name] for name, dimension in table.dimensions.items()} | of_row.categories
    indicator, kenmerk, categorie = _home(table, catalogue, maat, UNITS[unit], labels)
    return {
        "indicator": indicator,
        "maat": maat,
        "kenmerk": kenmerk,
        "categorie": categorie,
        "regio_code": region.code,
        "regio_naam": region.name,
        "regio_niveau": region.level_name,
        "periode": code,
        "waarde": value,
        "eenheid": UNITS[unit],
        "teken": sign,
        "status": status,
        "decimalen": len(row[column].strip().partition(",")[2]),
    }


def _period(table: Table, row: dict[str, str], column: str, of_row: Parts) -> tuple[str, str]:
    """Code and status of the period; where the title carries no mark the table's own status counts."""
    fixed = of_row.period or table.period
    if fixed:
        return periods.period(fixed).code, table.status
    title = column if table.period_in_heading else row[table.period_column or ""]
    code, status = periods.from_statline(title)
    return code, status or table.status


def _home(table: Table, catalogue: Catalogue, maat: str, unit: str, labels: dict[str, str]) -> tuple[str, str, str]:
    """Indicator, breakdown and category where the figure lives.

    A dimension that stands on its total drops out, so that the same figure from tables with different
    dimensions has one home. Several dimensions are joined by ' | ' and live with the table's own indicator.
    """
    members = []
    for dimension, label in labels.items():
        category = catalogue.category_of.get((dimension, label.strip()))
        if category is None:
            raise ValueError(f"onbekende categorie {label!r} ({dimension}): voeg die toe aan categories.csv")
        if category.kenmerk:
            members.append(category)
    if not members:
        home = catalogue.measures[maat].indicator if unit != "%" else table.home
        if not home:
            raise ValueError("een totaal in procenten heeft een indicator nodig (home in tables.toml)")
        return home, TOTAL, TOTAL
    home = members[0].indicator if len(members) == 1 else table.home
    if not home:
        raise ValueError("twee uitsplitsingen samen hebben een indicator nodig (home in tables.toml)")
    return home, " | ".join(c.kenmerk for c in members), " | ".join(c.categorie for c in members)
