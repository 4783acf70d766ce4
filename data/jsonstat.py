"""Figures as a cube in JSON-stat 2.0, sparse: a place without a figure has neither value nor status.

A figure that its source does not give has no value and its sign in `status`, so that it is never read as 0.
https://json-stat.org/full/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data import periods
from data.catalogue import TOTAL
from data.query import plain, unit_id
from data.release import Release
from data.report import published
from data.signs import SIGNS
from data.text import slugify

Row = Mapping[str, Any]
COMPUTED = "berekend"
SIGN_NOTE = "Een cijfer met een teken heeft geen waarde; het is geen 0. De tekens staan bij status."


@dataclass(frozen=True)
class Dimension:
    """A dimension of the cube: where a row stands on it (the id of a category), and what that category is called."""

    id: str
    label: str
    key: Callable[[Row], str]
    name: Callable[[Row], str]


def _unit(row: Row) -> str:
    return unit_id(row["eenheid"])


def _breakdown(row: Row) -> str:
    return "totaal" if row["kenmerk"] == TOTAL else f"{slugify(row['kenmerk'])}.{slugify(row['categorie'])}"


def _breakdown_name(row: Row) -> str:
    return TOTAL if row["kenmerk"] == TOTAL else f"{row['kenmerk']}: {row['categorie']}"


def dimensions(release: Release) -> tuple[Dimension, ...]:
    """The dimensions of every cube, in order."""
    catalogue = release.catalogue
    return (
        Dimension(
            "indicator", "Indicator", lambda r: r["indicator"], lambda r: catalogue.indicators[r["indicator"]].titel
        ),
        Dimension("maat", "Maat", lambda r: catalogue.measures[r["maat"]].slug, lambda r: r["maat"]),
        Dimension("uitsplitsing", "Kenmerk: categorie", _breakdown, _breakdown_name),
        Dimension("regio", "Regio", lambda r: r["regio_code"], lambda r: release.regions[r["regio_code"]].label),
        Dimension("periode", "Periode", lambda r: r["periode"], lambda r: periods.period(r["periode"]).label),
        Dimension("eenheid", "Eenheid", _unit, lambda r: r["eenheid"]),
    )  # fmt: skip


def cube(rows: Iterable[Row], release: Release, *, label: str, href: str, notes: Iterable[str] = ()) -> dict[str, Any]:
    """Figures as a JSON-stat dataset.

    Args:
        rows: with the columns of release.figures; a row that we computed has also `berekend`, which is true.
        release: for names, sources and the date.
        label: what the figures are about.
        href: where this very answer stands.
        notes: what must be said with them.

    Returns:
        The dataset, to be written as JSON.
    """
    figures = list(rows)
    along = dimensions(release)
    categories = [_categories(figures, dimension) for dimension in along]
    size = [len(each) for each in categories]
    index = [{key: at for at, key in enumerate(each)} for each in categories]
    value: dict[str, float | int] = {}
    status: dict[str, str] = {}
    for row in figures:
        at = 0
        for dimension, places, width in zip(along, index, size, strict=True):
            at = at * width + places[dimension.key(row)]
        number = plain(row["waarde"])
        if number is not None:
            value[str(at)] = number
        status[str(at)] = status_of(row)
    used = dict.fromkeys(row["bron"] for row in figures)
    sources = [release.catalogue.sources[name] for name in used]
    appeared = published(release)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": label,
        "href": href,
        "source": "; ".join(dict.fromkeys(f"{s.uitgever}, {s.titel}" for s in sources)),
        **({"updated": appeared.isoformat()} if appeared else {}),
        "note": [*notes, SIGN_NOTE],
        "role": {"time": ["periode"], "geo": ["regio"], "metric": ["eenheid"]},
        "id": [dimension.id for dimension in along],
        "size": size,
        "dimension": {
            dimension.id: {"label": dimension.label, "category": _category(dimension.id, names, index[at], figures)}
            for at, (dimension, names) in enumerate(zip(along, categories, strict=True))
        },
        "value": value,
        "status": status,
        "extension": {
            "levering": release.name,
            "tekens": SIGNS,
            "bronnen": [
                {"id": s.id, "uitgever": s.uitgever, "titel": s.titel, "licentie": s.licentie, "adres": s.adres}
                for s in sources
            ],
        },
    }


def status_of(row: Row) -> str:
    """The sign (if any), the status and whether we computed it, e.g. 'voorlopig', '.; definitief'."""
    return "; ".join(part for part in (row["teken"], row["status"], COMPUTED if row.get(COMPUTED) else "") if part)


def _categories(figures: list[Row], dimension: Dimension) -> dict[str, str]:
    """Ids and names of the categories: periods in order of time, others as they come."""
    found: dict[str, str] = {}
    for row in figures:
        key = dimension.key(row)
        if key not in found:
            found[key] = dimension.name(row)
    if dimension.id == "periode":
        return {key: found[key] for key in sorted(found, key=periods.period)}
    return found


def _category(id: str, names: dict[str, str], index: dict[str, int], figures: list[Row]) -> dict[str, Any]:
    category: dict[str, Any] = {"index": index, "label": names}
    if id == "eenheid":
        category["unit"] = {
            key: {"label": name, "decimals": max(row["decimalen"] for row in figures if _unit(row) == key)}
            for key, name in names.items()
        }
    return category
