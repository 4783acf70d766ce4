"""Borders from PDOK: the CBS gebiedsindelingen of a level and year, checked, simplified and kept as a file.

Not yet tried against the live service: the tests use made answers in the form that it documents (WFS 2.0, GeoJSON,
properties statcode and statnaam). What is not understood is refused, and the file that is there stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from data import borders, geometry
from data.errors import DataError
from data.geometry import Ring

SERVICE = "https://service.pdok.nl/cbs/gebiedsindelingen/{year}/wfs/v1_0"
LAYERS = {"VT": "veiligthuisregio_gegeneraliseerd", "GM": "gemeente_gegeneraliseerd"}
FEWEST = {"VT": 20, "GM": 300}
"""An answer with fewer regions is not the whole country."""
PER_PAGE = 1000
MOST_BYTES = 60_000_000
TIMEOUT = 60
DECIMALS = 3
SMALLEST = 4e-6
"""In squared degrees: about three hectares, as in the borders that come along."""
WEST, EAST, SOUTH, NORTH = 3.0, 7.5, 50.5, 53.8
Fetch = Callable[[str], bytes]


def address(level: str, year: int) -> str:
    """The address of the borders of a level in a year.

    Raises:
        DataError: there is no layer for that level, or no such year.
    """
    if level not in LAYERS:
        raise DataError(f"grenzen van niveau {level} zijn er niet: kies uit {', '.join(LAYERS)}")
    if not 2016 <= year <= 2100:
        raise DataError(f"grenzen van {year} zijn er niet: PDOK heeft ze vanaf 2016")
    query = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": f"gebiedsindelingen:{LAYERS[level]}",
        "outputFormat": "application/json",
        "srsName": "EPSG:4326",
        "count": str(PER_PAGE),
    }
    return f"{SERVICE.format(year=year)}?{urlencode(query, safe=':/')}"


def download(url: str) -> bytes:
    """Fetch an answer.

    Raises:
        DataError: the service does not answer, or answers with far too much.
    """
    try:
        with urlopen(Request(url, headers={"Accept": "application/json"}), timeout=TIMEOUT) as answer:
            body: bytes = answer.read(MOST_BYTES + 1)
    except (URLError, OSError) as error:
        raise DataError(f"PDOK antwoordt niet ({error})") from None
    if len(body) > MOST_BYTES:
        raise DataError("PDOK stuurt meer dan wij verwachten; niets gewijzigd")
    return body


def read(body: bytes, level: str) -> tuple[dict[str, tuple[Ring, ...]], dict[str, str]]:
    """Read an answer: the rings and the name of each region, by code, in longitude and latitude.

    Raises:
        DataError: it is no GeoJSON in degrees, a code is wrong or double, or there are too few regions.
    """
    try:
        features = json.loads(body)["features"]
        shapes: dict[str, tuple[Ring, ...]] = {}
        names: dict[str, str] = {}
        for feature in features:
            code = str(feature["properties"]["statcode"]).strip()
            if not code.startswith(level) or code in shapes:
                raise DataError(f"PDOK: code {code} is dubbel of hoort niet bij {level}")
            shapes[code] = _in_degrees(geometry.rings_of(feature["geometry"]))
            names[code] = str(feature["properties"]["statnaam"])
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"PDOK: het antwoord is niet te begrijpen ({error})") from None
    if len(shapes) < FEWEST[level]:
        raise DataError(f"PDOK: {len(shapes)} gebieden, verwacht minstens {FEWEST[level]}")
    return shapes, names


def _in_degrees(rings: tuple[Ring, ...]) -> tuple[Ring, ...]:
    """Rings as longitude and latitude; a service may give these the other way round.

    Raises:
        ValueError: the points do not lie in the Netherlands (they may be in metres).
    """
    every = [point for ring in rings for point in ring]
    if all(WEST <= x <= EAST and SOUTH <= y <= NORTH for x, y in every):
        return rings
    if all(WEST <= y <= EAST and SOUTH <= x <= NORTH for x, y in every):
        return tuple(tuple((y, x) for x, y in ring) for ring in rings)
    raise ValueError("de punten liggen niet in Nederland, of niet in graden")


def collection(shapes: dict[str, tuple[Ring, ...]], names: dict[str, str], level: str, year: int) -> dict[str, Any]:
    """The simplified borders as the GeoJSON that data.borders reads."""
    rounded = {
        code: tuple(tuple((round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring) for ring in rings)
        for code, rings in shapes.items()
    }
    simple = geometry.simplify(rounded, SMALLEST)
    return {
        "type": "FeatureCollection",
        "name": f"{level} {year}",
        "attribution": f"CBS/Kadaster (PDOK, CBS gebiedsindelingen {year}), CC BY 4.0; WGS84, vereenvoudigd",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name": names[code]},
                # Every ring as a polygon of its own: a hole is drawn by the even-odd rule.
                "geometry": {"type": "MultiPolygon", "coordinates": [[[list(p) for p in ring]] for ring in rings]},
            }
            for code, rings in sorted(simple.items())
        ],
    }


def refresh(level: str, year: int, folder: Path = borders.FOLDER, fetch: Fetch = download) -> str:
    """Fetch the borders of a level and year and put them in the folder, at once or not at all.

    Args:
        level: VT or GM.
        year: of the division.
        folder: where borders stand.
        fetch: fetches an address.

    Returns:
        One line that says what was done.

    Raises:
        DataError: nothing was changed; the message says why.
    """
    shapes, names = read(fetch(address(level, year)), level)
    text = json.dumps(collection(shapes, names, level, year), ensure_ascii=False, separators=(",", ":"))
    path = folder / f"{level}-{year}.geojson"
    beside = path.with_suffix(".nieuw")
    try:
        beside.write_text(text, encoding="utf-8")
        borders.read_shapes(beside)
        beside.replace(path)
    except OSError as error:
        raise DataError(f"{path.name}: niet te schrijven ({type(error).__name__})") from None
    finally:
        beside.unlink(missing_ok=True)
    borders.forget()
    return f"{len(shapes)} gebieden van {year} in {path.name} ({len(text) // 1000} kB)"
