"""Borders by level and year: which shapes belong to which regions, as grenzen.toml says, ready to be drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from data import geometry
from data.errors import DataError
from data.files import read_csv, read_toml
from data.geometry import Point, Ring

FOLDER = Path(__file__).parent / "regions" / "grenzen"
WIDTH, MARGIN = 1000, 12
SMALLEST = 14.0
IMPORTED = "cbs-gebiedsindelingen"


class Declared(BaseModel):
    """An entry of grenzen.toml; its keys are explained there. `tot` is inclusive, without it no end is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    niveau: str
    bestand: str
    bron: str
    van: int
    tot: int | None = None
    uitleg: str
    samen: dict[str, tuple[str, ...]] = {}
    zonder_klasse: tuple[str, ...] = ()

    def holds_in(self, year: int) -> bool:
        """Whether these borders belong to a year."""
        return self.van <= year <= (self.tot or year)


@dataclass(frozen=True)
class Shape:
    """A region in the drawing: the `d` of its path, and the point where its circle stands."""

    path: str
    middle: Point
    area: float


@dataclass(frozen=True)
class Tile:
    """The place of a region in the tile map, counted from 1 at the top left, and its short name in lines."""

    column: int
    row: int
    name: tuple[str, ...]


@dataclass(frozen=True)
class Borders:
    """The regions of one level in one year.

    Attributes:
        shapes: by code, from north to south.
        width: of the drawing, in its own units.
        height: of the drawing.
        source: id in bronnen.csv.
        explanation: which borders these are, in Dutch.
        without_class: codes whose borders are not sure in this year.
    """

    shapes: Mapping[str, Shape]
    width: int
    height: int
    source: str
    explanation: str
    without_class: frozenset[str]


def borders(level: str, year: int, folder: Path = FOLDER) -> Borders | None:
    """The borders of a level in a year, None when none are declared for that year.

    Raises:
        DataError: the declaration or a file cannot be used.
    """
    found = _imported(level, year, folder) or next(
        (d for d in declared(folder) if d.niveau == level and d.holds_in(year)), None
    )
    return _drawn(found.model_dump_json(), folder) if found else None


def forget() -> None:
    """Read the files again at the next question."""
    for kept in (declared, _drawn, _imported):
        kept.cache_clear()


@cache
def _imported(level: str, year: int, folder: Path) -> Declared | None:
    """Borders of exactly this year that data.pdok fetched: they go before declared ones."""
    name = f"{level}-{year}.geojson"
    if any(d.bestand == name for d in declared(folder)) or not (folder / name).is_file():
        return None
    return Declared(
        niveau=level, bestand=name, bron=IMPORTED, van=year, tot=year, uitleg=f"De kaart toont de grenzen van {year}."
    )


@cache
def declared(folder: Path = FOLDER) -> tuple[Declared, ...]:
    """All entries of grenzen.toml.

    Raises:
        DataError: the file cannot be used, or two entries hold in one year.
    """
    try:
        every = tuple(Declared.model_validate(entry) for entry in read_toml(folder / "grenzen.toml").get("grenzen", []))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"grenzen.toml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for at, entry in enumerate(every):
        for other in every[:at]:
            if entry.niveau == other.niveau and (entry.holds_in(other.van) or other.holds_in(entry.van)):
                raise DataError(f"grenzen.toml: {entry.niveau} heeft in {max(entry.van, other.van)} twee grenzen")
    return every


@cache
def _drawn(entry: str, folder: Path) -> Borders:
    """The shapes of an entry of grenzen.toml (as JSON, which can be kept by its value)."""
    declaration = Declared.model_validate_json(entry)
    shapes = read_shapes(folder / declaration.bestand)
    for code, parts in declaration.samen.items():
        missing = [part for part in parts if part not in shapes]
        if missing:
            raise DataError(f"{declaration.bestand}: {missing[0]} ontbreekt, een deel van {code}")
        try:
            joined = geometry.join([shapes.pop(part) for part in parts])
        except ValueError as error:
            raise DataError(f"{declaration.bestand}, {code}: {error}") from None
        shapes[code] = joined
    laid, height = geometry.flat(shapes, WIDTH, MARGIN)
    simple = geometry.simplify(laid, SMALLEST)
    every = {
        code: Shape(geometry.path(rings), geometry.middle(rings), sum(map(geometry.area, rings)))
        for code, rings in simple.items()
    }
    ordered = dict(sorted(every.items(), key=lambda item: item[1].middle[1]))
    unsure = frozenset(declaration.zonder_klasse)
    return Borders(ordered, WIDTH, height, declaration.bron, declaration.uitleg, unsure)


def read_shapes(path: Path) -> dict[str, tuple[Ring, ...]]:
    """Read a GeoJSON file of regions with a `code`.

    Raises:
        DataError: the file cannot be read, a shape cannot be used, or a code stands there twice.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        out: dict[str, tuple[Ring, ...]] = {}
        for feature in features:
            code = str(feature["properties"]["code"])
            if code in out:
                raise DataError(f"{path.name}: {code} staat er twee keer in")
            out[code] = geometry.rings_of(feature["geometry"])
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: niet te lezen ({type(error).__name__})") from None
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path.name}: geen bruikbare GeoJSON ({error})") from None
    if not out:
        raise DataError(f"{path.name}: er staat geen gebied in")
    return out


@cache
def tiles(folder: Path = FOLDER) -> Mapping[str, Tile]:
    """The places of the tile map by code (tegels.csv).

    Raises:
        DataError: the file cannot be used, or a code or place stands there twice.
    """
    out: dict[str, Tile] = {}
    for number, row in enumerate(read_csv(folder / "tegels.csv"), start=2):
        where = f"tegels.csv, rij {number}"
        try:
            tile = Tile(int(row["kolom"]), int(row["rij"]), tuple(row["kort"].split("|")))
            code = row["code"]
        except (KeyError, ValueError):
            raise DataError(f"{where}: kolom, rij of kort klopt niet") from None
        if code in out or any((t.column, t.row) == (tile.column, tile.row) for t in out.values()):
            raise DataError(f"{where}: {code} of haar plaats staat er twee keer in")
        out[code] = tile
    return out
