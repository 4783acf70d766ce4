"""Shapes of regions: rings of points, joined, simplified and laid flat. Pure; knows nothing of figures.

Neighbours share their border point for point, so a border is simplified once for both and joining two regions only
takes away what they share.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]
"""A closed line: the last point is the first one."""
LATITUDE = 52.15
"""Halfway the Netherlands: there a degree of longitude is this cosine as wide as one of latitude is high."""


def rings_of(geometry: Mapping[str, Any]) -> tuple[Ring, ...]:
    """All rings of a GeoJSON Polygon or MultiPolygon, outer ones and holes alike (drawn with the even-odd rule).

    Raises:
        ValueError: another kind of geometry, or a ring that is not closed.
    """
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        raise ValueError(f"geen vlak: {kind}")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        rings = tuple(tuple((float(p[0]), float(p[1])) for p in ring) for polygon in polygons for ring in polygon)
    except (TypeError, IndexError, ValueError):
        raise ValueError("een punt is geen paar getallen") from None
    if not rings or any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        raise ValueError("een lijn is niet gesloten")
    return rings


def join(shapes: Iterable[tuple[Ring, ...]]) -> tuple[Ring, ...]:
    """One shape of several that share borders: an edge that two of them have is inside, and goes.

    Raises:
        ValueError: what is left does not close, because the shapes do not share their borders point for point.
    """
    edges: dict[Point, list[Point]] = defaultdict(list)
    for ring in (ring for shape in shapes for ring in shape):
        for begin, end in itertools.pairwise(ring):
            if begin in edges.get(end, ()):
                edges[end].remove(begin)
            else:
                edges[begin].append(end)
    out = []
    while left := [point for point, ends in edges.items() if ends]:
        begin = left[0]
        line = [begin]
        while len(line) == 1 or line[-1] != begin:
            if not edges.get(line[-1]):
                raise ValueError("de grenzen sluiten niet op elkaar aan")
            line.append(edges[line[-1]].pop())
        out.append(tuple(line))
    return tuple(out)


def simplify(shapes: Mapping[str, tuple[Ring, ...]], smallest: float) -> dict[str, tuple[Ring, ...]]:
    """Leave out points that hardly matter, the same ones for both neighbours of a border.

    Args:
        shapes: rings by code.
        smallest: a point goes when the triangle with its neighbours is smaller (Visvalingam), in squared units.

    Returns:
        The shapes; a ring of which less than a triangle would remain keeps its points.
    """
    corners = _corners(shapes)
    done: dict[tuple[Point, ...], tuple[Point, ...]] = {}
    out = {}
    for code, rings in shapes.items():
        kept = []
        for ring in rings:
            parts = [_once(part, smallest, done) for part in _parts(ring, corners)]
            simple = tuple(point for part in parts for point in part[:-1])
            kept.append((*simple, simple[0]) if len(simple) >= 3 else ring)
        out[code] = tuple(kept)
    return out


def _corners(shapes: Mapping[str, tuple[Ring, ...]]) -> set[Point]:
    """The points where borders meet: those with more than two neighbours. They stay."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in (ring for rings in shapes.values() for ring in rings):
        for begin, end in itertools.pairwise(ring):
            neighbours[begin].add(end)
            neighbours[end].add(begin)
    return {point for point, there in neighbours.items() if len(there) > 2}


def _parts(ring: Ring, corners: set[Point]) -> list[tuple[Point, ...]]:
    """A ring in the parts between its corners; without corners from its two points that lie furthest apart."""
    points = ring[:-1]
    at = [i for i, point in enumerate(points) if point in corners]
    if len(at) < 2:
        first = at[0] if at else min(range(len(points)), key=lambda i: points[i])
        at = sorted({first, max(range(len(points)), key=lambda i: math.dist(points[first], points[i]))})
    turned = [*points[at[0] :], *points[: at[0]], points[at[0]]]
    cuts = [i - at[0] for i in at] + [len(points)]
    return [tuple(turned[a : b + 1]) for a, b in itertools.pairwise(cuts)]


def _once(part: tuple[Point, ...], smallest: float, done: dict[tuple[Point, ...], tuple[Point, ...]]) -> Ring:
    """A part of a border, simplified in one direction whichever side asks for it."""
    forward = part[0] < part[-1] or (part[0] == part[-1] and part[1] < part[-2])
    key = part if forward else part[::-1]
    if key not in done:
        done[key] = _visvalingam(list(key), smallest)
    return done[key] if forward else done[key][::-1]


def _visvalingam(points: list[Point], smallest: float) -> Ring:
    while len(points) > 2:
        areas = [
            abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
            for a, b, c in zip(points, points[1:], points[2:], strict=False)
        ]
        least = min(range(len(areas)), key=areas.__getitem__)
        if areas[least] >= smallest:
            break
        del points[least + 1]
    return tuple(points)


def flat(shapes: Mapping[str, tuple[Ring, ...]], width: int, margin: int) -> tuple[dict[str, tuple[Ring, ...]], int]:
    """Lay degrees flat in a drawing of whole units, north up.

    Args:
        shapes: rings of longitude and latitude by code.
        width: of the drawing.
        margin: room on all sides.

    Returns:
        The rings in the drawing, and its height.
    """
    narrow = math.cos(math.radians(LATITUDE))
    points = [p for rings in shapes.values() for ring in rings for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    scale = (width - 2 * margin) / ((east - west) * narrow)

    def place(point: Point) -> Point:
        return (
            round(margin + (point[0] - west) * narrow * scale),
            round(margin + (north - point[1]) * scale),
        )

    drawn = {code: tuple(tuple(map(place, ring)) for ring in rings) for code, rings in shapes.items()}
    return drawn, round((north - south) * scale) + 2 * margin


def area(ring: Ring) -> float:
    """The area within a ring, in squared units; its direction does not matter."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2


def middle(rings: tuple[Ring, ...]) -> Point:
    """A point well inside the largest ring, for a circle or a name: its centre, or else a point far from its edge."""
    ring = max(rings, key=area)
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    x, y = (
        sum((a[i] + b[i]) * (a[0] * b[1] - b[0] * a[1]) for a, b in itertools.pairwise(ring)) / (3 * twice)
        for i in (0, 1)
    )
    if inside((x, y), ring):
        return (x, y)
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    north, south = min(p[1] for p in ring), max(p[1] for p in ring)
    grid = [
        (west + (east - west) * (i + 0.5) / 15, north + (south - north) * (j + 0.5) / 15)
        for i in range(15)
        for j in range(15)
    ]
    within = [point for point in grid if inside(point, ring)] or [ring[0]]
    return max(within, key=lambda point: min(math.dist(point, p) for p in ring))


def inside(point: Point, ring: Ring) -> bool:
    """Whether a point lies within a ring."""
    x, y = point
    crossed = 0
    for a, b in itertools.pairwise(ring):
        if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]:
            crossed += 1
    return crossed % 2 == 1


def path(rings: Iterable[Ring]) -> str:
    """The rings as the `d` of an SVG path, from point to point; the points are in whole units (see `flat`)."""
    out = []
    for ring in rings:
        steps = []
        x, y = ring[0]
        for to_x, to_y in ring[1:-1]:
            steps.append(f"{round(to_x - x)} {round(to_y - y)}")
            x, y = to_x, to_y
        out.append(f"M{round(ring[0][0])} {round(ring[0][1])}l{' '.join(steps)}z")
    return "".join(out).replace(" -", "-")
