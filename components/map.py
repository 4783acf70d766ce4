"""The map of a card that compares regions of one level: the figures of its table, on the borders of their year.

Counts are circles, in proportion; shares and rates are classes with round limits. What has no number is hatched.
Every region is a link with its name and value, so that a keyboard or a screen reader can choose it too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from components.address import address
from components.elements import html
from components.filters import region_class
from components.numbers import figure_text, number, unit_name
from components.svg import Svg, svg
from data import borders, classes, periods
from data.borders import Borders
from data.regions import Region
from data.release import Release
from data.text import upper_first
from data.view import CardView, Column, Figure

MOST_MAPS = 2
LARGEST_CIRCLE, FEW_REGIONS = 62.0, 40
TILED = "VT"
TILE, TILE_HEIGHT, TILE_GAP = 66, 56, 4
HATCH = "arcering"
UNSURE = "grens onzeker"


def map_section(card: CardView, release: Release) -> html.Section | None:
    """The map of a card; None when it does not compare regions, or no borders of their level and year are known."""
    if card.axis != "regio" or not card.lines:
        return None
    drawn = _borders(card, release)
    columns = [c for c in card.columns if drawn and _figures(card, c, drawn)][:MOST_MAPS]
    if drawn is None or not columns:
        return None
    source = release.regions.inhabitants.sources[drawn.source]
    return html.Section(
        [
            html.H3("Op de kaart", id="op-de-kaart"),
            html.P(
                [
                    "Kies een regio op de kaart. Dezelfde cijfers staan in de ",
                    html.A("tabel", href="#tabel"), ".",
                ]
            ),
            html.Div([_figure(card, column, drawn, release, at) for at, column in enumerate(columns)],
                     className="kaartbeelden"),
            _tile_maps(card, columns, drawn, release) if card.level == TILED else None,
            html.Footer(
                html.P(
                    [
                        f"{drawn.explanation} Grenzen: ",
                        html.A(f"{source.uitgever}, {source.titel}", href=source.adres),
                        f", {source.licentie}.",
                    ]
                ),
                className="bronnen",
            ),
        ],
        className="op-de-kaart",
        **{"aria-labelledby": "op-de-kaart"},
    )  # fmt: skip


def _borders(card: CardView, release: Release) -> Borders | None:
    """The borders of the year of the card, of the regions that the release knows in that year."""
    year = periods.period(card.choice.period).year
    drawn = borders.borders(card.level, year)
    if drawn is None:
        return None
    known = {c: s for c, s in drawn.shapes.items() if c in release.regions and release.regions[c].exists_in(year)}
    return replace(drawn, shapes=known)


def _tile_maps(card: CardView, columns: list[Column], drawn: Borders, release: Release) -> html.Details:
    """The same figures with an equal tile for each region."""
    return html.Details(
        [
            html.Summary("Tegelkaart: elke regio even groot"),
            html.P("Elke tegel is een regio, ongeveer op haar plaats. Kleine regio's zijn zo beter te zien."),
            html.Div([_tile_figure(card, column, drawn, release, at) for at, column in enumerate(columns)],
                     className="kaartbeelden"),
        ],
        id="tegelkaart",
        className="uitleg",
    )  # fmt: skip


# --- what shows where ---


def _figures(card: CardView, column: Column, drawn: Borders) -> dict[str, Figure]:
    """The numbers that the map shows, by region."""
    found = {line.key: card.cell(line, column) for line in card.lines if line.key in drawn.shapes}
    return {code: figure for code, figure in found.items() if figure and figure.value is not None}


def _all(card: CardView, column: Column) -> dict[str, Figure | None]:
    return {line.key: card.cell(line, column) for line in card.lines}


def _as_classes(figures: Iterable[Figure]) -> bool:
    """Whether the numbers are shares or rates, which have classes; a count has a circle."""
    return any(figure.unit != "aantal" for figure in figures)


def _decimals(figures: Iterable[Figure]) -> int:
    return max(figure.decimals for figure in figures)


def _limits(known: dict[str, Figure], drawn: Borders) -> list[float]:
    """The limits of the classes of the regions that can have one."""
    there = [f.value for code, f in known.items() if f.value is not None and code not in drawn.without_class]
    return classes.limits(there, _decimals(known.values())) if there else []


def _kind(code: str, known: dict[str, Figure], lower: list[float], drawn: Borders) -> str:
    """The class of style of a region: its class, whole without one (counts), or no number."""
    figure = known.get(code)
    if figure is None or figure.value is None:
        return "geen-cijfer"
    if figure.unit == "aantal":
        return "met-cijfer"
    if code in drawn.without_class or not lower:
        return "geen-klasse"
    # Five shades; fewer classes use the ones that lie furthest apart.
    at = classes.class_of(figure.value, lower)
    return f"klasse-{1 + round(at * (classes.MOST_CLASSES - 1) / max(len(lower) - 1, 1))}"


def _label(region: Region, figure: Figure | None, drawn: Borders) -> str:
    """What a region says when pointed at or read out: name and value, as in the table."""
    unsure = figure is not None and figure.unit != "aantal" and region.code in drawn.without_class
    return f"{region.name}: {figure_text(figure)}" + (f" ({UNSURE})" if unsure else "")


def _link(card: CardView, region: Region, figure: Figure | None, drawn: Borders, shapes: list[Svg], kind: str) -> Svg:
    """A region as a link that chooses it."""
    label = _label(region, figure, drawn)
    chosen = region in card.choice.regions
    return svg(
        "a",
        [svg("title", label), *shapes],
        href=address(card.choice.view, card.choice.query | {"regio": region.code}),
        className=f"gebied {kind}" + (" gekozen" if chosen else ""),
        **{"aria-label": label + (", gekozen" if chosen else ""), "aria-current": "true" if chosen else None},
    )


# --- the map ---


def _name(card: CardView, column: Column) -> str:
    return f"{column.maat} ({unit_name(card)})"


def _figure(card: CardView, column: Column, drawn: Borders, release: Release, at: int) -> html.Figure:
    known, every = _figures(card, column, drawn), _all(card, column)
    as_classes = _as_classes(known.values())
    lower = _limits(known, drawn) if as_classes else []
    hatch = f"{HATCH}-{at}"
    # In alphabetical order, so that the keyboard meets the names as in a list.
    order = sorted(drawn.shapes, key=lambda code: release.regions[code].name)
    areas = []
    for code in order:
        kind = _kind(code, known, lower, drawn)
        fill = f"url(#{hatch})" if kind in ("geen-cijfer", "geen-klasse") else None
        shape = svg("path", d=drawn.shapes[code].path, fill=fill)
        areas.append(_link(card, release.regions[code], every.get(code), drawn, [shape], kind))
    outlines = [
        svg("path", d=drawn.shapes[r.code].path, className=region_class(card.choice, r))
        for r in card.choice.regions if r.code in drawn.shapes
    ]  # fmt: skip
    parts = [
        _hatching(hatch),
        *areas,
        svg("g", outlines, className="omtrek", **{"aria-hidden": "true"}),
    ]
    if not as_classes:
        parts.append(_circles(known, drawn))
    name = _name(card, column)
    picture = svg(
        "svg",
        parts,
        className="landkaart",
        viewBox=f"0 0 {drawn.width} {drawn.height}",
        role="group",
        **{"aria-label": f"Kaart: {name}, {periods.period(card.choice.period).label}"},
    )
    legend = _classes_legend(known, lower, drawn) if as_classes else _circles_legend(known, drawn)
    return html.Figure([html.Figcaption(name), picture, _legend(legend, card, column, drawn, bool(outlines), hatch)])


def _hatching(name: str) -> Svg:
    """The pattern of what has no number: lines, so that it cannot be read as a light colour."""
    lines = svg("path", d="M-4 4l8-8M0 16l16-16M12 20l8-8", className="streep")
    ground = svg("rect", width=16, height=16, className="streep-grond")
    pattern = svg("pattern", [ground, lines], id=name, width=16, height=16, patternUnits="userSpaceOnUse")
    return svg("defs", [pattern])


def _radius(value: float, largest: float, drawn: Borders) -> float:
    """The radius of a circle whose area is in proportion to the value; smaller where there are many regions."""
    room = min(1.0, math.sqrt(FEW_REGIONS / max(len(drawn.shapes), 1)))
    return LARGEST_CIRCLE * room * math.sqrt(value / largest)


def _circles(known: dict[str, Figure], drawn: Borders) -> Svg:
    """The circles, the largest below; they let the pointer through to their region."""
    values = {code: figure.value or 0.0 for code, figure in known.items()}
    largest = max(values.values())
    marks = [
        svg("circle", cx=round(drawn.shapes[code].middle[0]), cy=round(drawn.shapes[code].middle[1]),
            r=f"{_radius(value, largest, drawn):.1f}")
        for code, value in sorted(values.items(), key=lambda item: -item[1]) if value > 0
    ]  # fmt: skip
    return svg("g", marks, className="cirkels", **{"aria-hidden": "true"})


# --- the legend ---


def _swatch(kind: str, hatch: str = "") -> Svg:
    """A small picture of a style; `hatch` is the name of the pattern on the map, where it has one."""
    inside = [svg("rect", x=1, y=1, width=30, height=18, fill=f"url(#{hatch})" if hatch else None)]
    return svg("svg", [svg("g", inside, className=f"gebied {kind}")], className="staal", viewBox="0 0 32 20",
               width=32, height=20, **{"aria-hidden": "true"})  # fmt: skip


def _classes_legend(known: dict[str, Figure], lower: list[float], drawn: Borders) -> list[tuple[Svg, str]]:
    """A sample and the range of each class, from low to high."""
    decimals = _decimals(known.values())
    unit = "%" if any(figure.unit == "%" for figure in known.values()) else "aantal"
    out = []
    for at, low in enumerate(lower):
        high = classes.upper(lower, at, decimals)
        text = number(low, unit, decimals)
        if high > low and len(lower) > 1:
            text = f"{number(low, 'aantal', decimals)} tot en met {number(high, unit, decimals)}"
        shade = 1 + round(at * (classes.MOST_CLASSES - 1) / max(len(lower) - 1, 1))
        out.append((_swatch(f"klasse-{shade}"), text))
    return out


def _circles_legend(known: dict[str, Figure], drawn: Borders) -> list[tuple[Svg, str]]:
    """Circles of round numbers, as large as on the map."""
    largest = max(figure.value or 0.0 for figure in known.values())
    size = round(2 * LARGEST_CIRCLE)
    out = []
    for value in classes.examples(largest):
        radius = _radius(value, largest, drawn)
        mark = svg("circle", cx=size / 2, cy=size / 2, r=f"{radius:.1f}")
        sample = svg("svg", [svg("g", [mark], className="cirkels")], className="cirkelstaal",
                     viewBox=f"0 0 {size} {size}", **{"aria-hidden": "true"})  # fmt: skip
        out.append((sample, number(value)))
    return out


def _legend(
    parts: list[tuple[Svg, str]], card: CardView, column: Column, drawn: Borders, chosen: bool, hatch: str
) -> html.Ul:
    """The legend: the scale, and what hatching and outline mean where they show."""
    every = _all(card, column)
    without = [code for code in drawn.shapes if not (f := every.get(code)) or f.value is None]
    unsure = [code for code in drawn.without_class if (f := every.get(code)) and f.value is not None]
    entries = list(parts)
    if without:
        entries.append((_swatch("geen-cijfer", hatch), "geen getal: onbekend of niet beschikbaar"))
    if unsure and _as_classes(f for f in every.values() if f):
        entries.append((_swatch("geen-klasse", hatch), "geen klasse: grens niet zeker"))
    if chosen:
        entries.append((_swatch("gekozen"), "gekozen regio"))
    return html.Ul([html.Li([sample, html.Span(text)]) for sample, text in entries], className="kaartlegenda")


# --- the tile map ---


def _tile_figure(card: CardView, column: Column, drawn: Borders, release: Release, at: int) -> html.Figure:
    known, every = _figures(card, column, drawn), _all(card, column)
    lower = _limits(known, drawn) if _as_classes(known.values()) else []
    places = {code: tile for code, tile in borders.tiles().items() if code in drawn.shapes}
    hatch = f"{HATCH}-tegels-{at}"
    tiles = []
    for code in sorted(places, key=lambda code: release.regions[code].name):
        tile, figure = places[code], every.get(code)
        kind = _kind(code, known, lower, drawn)
        x, y = (tile.column - 1) * (TILE + TILE_GAP) + 2, (tile.row - 1) * (TILE_HEIGHT + TILE_GAP) + 2
        fill = f"url(#{hatch})" if kind in ("geen-cijfer", "geen-klasse") else None
        value = figure_text(figure) if figure and figure.value is not None else "?"
        shapes = [
            svg("rect", x=x, y=y, width=TILE, height=TILE_HEIGHT, rx=4, fill=fill),
            *(svg("text", line, x=x + TILE / 2, y=y + 15 + 12 * i) for i, line in enumerate(tile.name)),
            svg(
                "text", value.removeprefix("ongeveer "), x=x + TILE / 2, y=y + TILE_HEIGHT - 9, className="tegel-getal"
            ),
        ]
        tiles.append(_link(card, release.regions[code], figure, drawn, shapes, f"tegel {kind}"))
    columns, rows = max(t.column for t in places.values()), max(t.row for t in places.values())
    picture = svg(
        "svg",
        [_hatching(hatch), *tiles],
        className="landkaart tegels",
        viewBox=f"0 0 {columns * (TILE + TILE_GAP)} {rows * (TILE_HEIGHT + TILE_GAP)}",
        role="group",
        **{"aria-label": f"Tegelkaart: {_name(card, column)}, {periods.period(card.choice.period).label}"},
    )
    return html.Figure([html.Figcaption(upper_first(_name(card, column))), picture])
