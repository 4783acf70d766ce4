"""Marks: what each kind of trace draws. A new kind is one more entry in FORMS, a new key one more in its check."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from components.figures.static.known import UnknownForm, check, each, one_of
from components.figures.static.lettering import LINE, lines_of, widest, wrap
from components.figures.static.pen import number, tag, text
from components.figures.static.scales import Scale

Trace = Mapping[str, Any]
Value = float | str | None

INHERIT = "currentColor"
BESIDE = 4.0  # pixels between a bar and its number
LONG = 0.45  # share of the room beside the labels beyond which a number with words is broken
LEAST, UPRIGHT = 9.0, 11.0  # the smallest type that lies flat, and the size of numbers that stand upright
SAMPLE = 26.0
COMMON = ("type", "x", "y", "name", "text", "textposition", "textfont", "cliponaxis", "marker", "showlegend",
          "legendgroup", "error_x", "error_y", "opacity")  # fmt: skip
# The side of a tile, the thickness of its lines and the lines themselves, as plotly draws its patterns.
TILES = {
    "/": (11.3, 2.4, "M-3,3L3,-3M-1,12.3L12.3,-1M8.3,14.3L14.3,8.3"),
    "\\": (11.3, 2.4, "M-3,8.3L3,14.3M-1,-1L12.3,12.3M8.3,-3L14.3,3"),
    "x": (11.3, 1.3, "M-1,12.3L12.3,-1M-1,-1L12.3,12.3"),
    "-": (8, 2.4, "M0,4H8"),
    "|": (8, 2.4, "M4,0V8"),
    "+": (8, 1.3, "M0,4H8M4,0V8"),
}


@dataclass
class Plot:
    """What a trace needs of the picture that it stands in."""

    width: float
    x: Scale
    y: Scale
    size: float
    layout: Mapping[str, Any]
    bars: list[Trace]
    prefix: str
    left: float
    defs: list[str] = field(default_factory=list)
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def ink(self) -> str:
        """The colour of what has none of its own."""
        return str(self.layout.get("font", {}).get("color", INHERIT))


# --- bars ---


def _flat(trace: Trace) -> bool:
    return bool(one_of(trace.get("orientation", "v"), "bar.orientation", "h", "v") == "h")


def _check_bar(trace: Trace) -> None:
    check(trace, "bar", *COMMON, "orientation", "base", "width", "constraintext")
    check(trace.get("marker", {}), "bar.marker", "color", "pattern", "line", "opacity")
    check(trace.get("marker", {}).get("line", {}), "bar.marker.line", "color", "width")
    pattern = trace.get("marker", {}).get("pattern", {})
    check(pattern, "bar.marker.pattern", "shape")
    one_of(pattern.get("shape", ""), "bar.marker.pattern.shape", "", *TILES)
    one_of(trace.get("textposition", "none"), "bar.textposition", "outside", "none")


def _ends(trace: Trace) -> list[tuple[Value, float | None, float | None]]:
    """Place, begin and end of each bar; no ends where there is no number."""
    places, values = (trace["y"], trace["x"]) if _flat(trace) else (trace["x"], trace["y"])
    bases = each(trace.get("base", 0), len(values))
    out: list[tuple[Value, float | None, float | None]] = []
    for place, value, base in zip(places, values, bases, strict=True):
        if value is not None and value < 0:
            raise UnknownForm("a bar below zero")
        out.append((place, base or 0, (base or 0) + value) if value is not None else (place, None, None))
    return out


def _told(label: str, plot: Plot) -> list[str]:
    """The lines beside a bar; words that a source gives with its number are broken."""
    lines = lines_of(label)
    room = LONG * (plot.width - plot.left)
    return [part for line in lines for part in (wrap(line, room, plot.size) if widest([line], plot.size) > room
                                                else [line])]  # fmt: skip


def _reach_of_bar(trace: Trace, plot: Plot) -> list[tuple[float, float]]:
    """For each number: how far along the axis of values its bar comes, and the room that the number takes there."""
    if trace.get("textposition", "none") == "none":
        return []
    labels = each(trace.get("text", ""), len(trace["x"]))
    scale = plot.x if _flat(trace) else plot.y
    _, sizes = _lettering_of_bars(plot)
    out = []
    for at, (label, (_, _, end)) in enumerate(zip(labels, _ends(trace), strict=True)):
        if label and end is not None:
            end = max(end, _spread(trace, "error_x" if _flat(trace) else "error_y", at, end)[1])
            lines = _told(label, plot)
            if _flat(trace) or sizes < 0:
                need = widest(lines, plot.size if _flat(trace) else -sizes) + 2 * BESIDE
            else:
                need = len(lines) * LINE * sizes + BESIDE
            out.append((scale.share(end), need))
    return out


def _thickness(plot: Plot) -> float:
    """The thickness of a bar as a share of the room of a category."""
    together = 1 if plot.layout.get("barmode") == "overlay" else max(1, len(plot.bars))
    return float((1 - plot.layout.get("bargap", 0.2)) / together)


def _lettering_of_bars(plot: Plot) -> tuple[float, float]:
    """The thickness of a standing bar in pixels, and the size of the numbers on it; a negative one is upright."""
    standing = [trace for trace in plot.bars if not _flat(trace)]
    if not standing:
        return 0.0, plot.size
    thick = _thickness(plot) * abs(plot.x.at(1.0) - plot.x.at(0.0))
    longest = max((widest(_told(label, plot), 1.0) for trace in standing
                   for label in each(trace.get("text", ""), len(trace["x"]))), default=0.0)  # fmt: skip
    # A number may use the gap beside a bar that stands alone, but not the room of a neighbour.
    room = thick if len(standing) > 1 else thick / (1 - plot.layout.get("bargap", 0.2))
    size = min(plot.size, room * 0.96 / longest) if longest else plot.size
    return thick, size if size >= LEAST else -max(6.0, min(UPRIGHT, thick / 1.05))


def _draw_bar(trace: Trace, plot: Plot) -> list[str]:
    flat = _flat(trace)
    bars = _ends(trace)
    labels = each(trace.get("text", ""), len(bars))
    marker = trace.get("marker", {})
    colours = each(marker.get("color", plot.ink), len(bars))
    thickness = _thickness(plot)
    among = next(at for at, other in enumerate(plot.bars) if other is trace)
    beside = 0.0 if plot.layout.get("barmode") == "overlay" else (among - (len(plot.bars) - 1) / 2) * thickness
    along, across = (plot.x, plot.y) if flat else (plot.y, plot.x)
    widths = each(trace.get("width", thickness), len(bars))
    _, size = _lettering_of_bars(plot)
    edge = marker.get("line", {})
    edges = each(edge.get("color"), len(bars))
    thicks = each(edge.get("width", 0), len(bars))
    out = []
    for at, ((place, base, end), label, colour) in enumerate(zip(bars, labels, colours, strict=True)):
        if base is None or end is None or place is None:
            continue
        centre = (across.places or {}).get(place, place) if isinstance(place, str) else place
        if isinstance(centre, str):
            raise UnknownForm(f"no such category on the axis: {centre!r}")
        near, far = sorted((across.at(centre + beside - widths[at] / 2), across.at(centre + beside + widths[at] / 2)))
        low, high = sorted((along.at(base), along.at(end)))
        box = {"x": low, "y": near, "width": high - low, "height": far - near}
        if not flat:
            box = {"x": near, "y": low, "width": far - near, "height": high - low}
        shape = marker.get("pattern", {}).get("shape", "")
        thick = thicks[at] if edges[at] else None
        out.append(tag("rect", **box, fill=_tile(shape, colour, plot) if shape else colour,
                       fill_opacity=_opacity(trace, marker), stroke=edges[at] if thick else None,
                       stroke_width=thick or None))  # fmt: skip
        out += _errors(trace, at, (end, (near + far) / 2), plot)
        if label and trace.get("textposition") == "outside":
            tip = _spread(trace, "error_x" if flat else "error_y", at, end)[1]
            out.append(_beside(_told(label, plot), along.at(tip), (near + far) / 2, flat, size, plot, trace))
    return out


def _beside(
    lines: list[str], tip: float, middle: float, flat: bool, size: float, plot: Plot, trace: Trace
) -> str:  # fmt: skip
    """The number of a bar, beyond its end."""
    fill = trace.get("textfont", {}).get("color")
    if flat:
        return text(lines, tip + BESIDE, middle, plot.size, fill=fill)
    if size < 0:
        turn = f"rotate(-90 {number(middle)} {number(tip - BESIDE)})"
        return text([" ".join(lines)], middle, tip - BESIDE, -size, fill=fill, transform=turn)
    return text(lines, middle, tip - BESIDE - len(lines) * LINE * size / 2, size, "middle", fill=fill)


def _tile(shape: str, colour: str, plot: Plot) -> str:
    """A pattern in the colour of a bar, as the fill of an element."""
    name = f"{plot.prefix}-{list(TILES).index(shape)}-{re.sub('[^0-9a-zA-Z]', '', colour)}"
    side, thick, lines = TILES[shape]
    body = tag("path", d=lines, stroke=colour, stroke_width=thick, fill="none")
    tile = tag("pattern", body, id=name, width=side, height=side, patternUnits="userSpaceOnUse")
    if tile not in plot.defs:
        plot.defs.append(tile)
    return f"url(#{name})"


def _sample_of_bar(trace: Trace, plot: Plot) -> str:
    marker = trace.get("marker", {})
    colour = marker.get("color", plot.ink)
    shape = marker.get("pattern", {}).get("shape", "")
    first = colour[0] if isinstance(colour, (list, tuple)) else colour
    return tag("rect", x=SAMPLE - 16, y=-6, width=12, height=12, fill=_tile(shape, first, plot) if shape else first)


# --- points, with or without a line ---

DASHES = {"solid": (), "dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1),
          "longdashdot": (5, 2, 1, 2)}  # fmt: skip


def dashes(name: str, thick: float) -> str | None:
    """The dashes of a line as plotly draws them; None for a solid one."""
    steps = DASHES[one_of(name, "line.dash", *DASHES)]
    return " ".join(number(step * max(thick, 3)) for step in steps) or None


def _polygon(*points: tuple[float, float]) -> Callable[[float], str]:
    def draw(r: float) -> str:
        return "M" + "L".join(f"{number(r * x)},{number(r * y)}" for x, y in points) + "Z"

    return draw


def _around(*turns: tuple[float, float]) -> Callable[[float], str]:
    """A shape of points at (part of a turn from the top, distance)."""
    return _polygon(*((d * math.sin(2 * math.pi * t), -d * math.cos(2 * math.pi * t)) for t, d in turns))


_PLUS = ((1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4),
         (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4))  # fmt: skip
_TURNED = math.sqrt(0.5)
SYMBOLS: dict[str, Callable[[float], str]] = {
    "circle": lambda r: f"M{number(r)},0A{number(r)},{number(r)} 0 1,1 0,{number(-r)}A{number(r)},{number(r)} 0 0,1 "
                        f"{number(r)},0Z",
    "square": _polygon((1, 1), (1, -1), (-1, -1), (-1, 1)),
    "diamond": _polygon((1.3, 0), (0, 1.3), (-1.3, 0), (0, -1.3)),
    "cross": _polygon(*_PLUS),
    "x": _polygon(*((_TURNED * (x - y), _TURNED * (x + y)) for x, y in _PLUS)),
    "triangle-up": _polygon((-2 / math.sqrt(3), 0.5), (2 / math.sqrt(3), 0.5), (0, -1)),
    "triangle-down": _polygon((-2 / math.sqrt(3), -0.5), (2 / math.sqrt(3), -0.5), (0, 1)),
    "pentagon": _around(*((i / 5, 1) for i in range(5))),
    "hexagon": _around(*((i / 6, 1) for i in range(6))),
    "star": _around(*((i / 10, 1.4 if i % 2 == 0 else 0.535) for i in range(10))),
    "bowtie": _polygon((1, 1), (1, -1), (-1, 1), (-1, -1)),
    "line-ns": _polygon((0, 1.4), (0, -1.4)),
    "line-ew": _polygon((1.4, 0), (-1.4, 0)),
}  # fmt: skip
PLACES = {f"{v} {h}".strip(): (v, h) for v in ("top", "middle", "bottom") for h in ("left", "center", "right")}


def _check_points(trace: Trace) -> None:
    check(trace, "scatter", *COMMON, "mode", "line", "connectgaps", "fill")
    one_of(trace.get("fill", "none"), "scatter.fill", "none")
    parts = set(trace.get("mode", "lines+markers").split("+"))
    if unknown := parts - {"lines", "markers", "text"}:
        raise UnknownForm(f"scatter.mode: unknown {', '.join(sorted(unknown))}")
    check(trace.get("line", {}), "scatter.line", "color", "width", "dash", "shape")
    one_of(trace.get("line", {}).get("shape", "linear"), "scatter.line.shape", "linear")
    one_of(trace.get("line", {}).get("dash", "solid"), "scatter.line.dash", *DASHES)
    marker = trace.get("marker", {})
    for symbol in each(marker.get("symbol", "circle"), len(trace["x"])):
        one_of(symbol.removesuffix("-open"), "scatter.marker.symbol", *SYMBOLS)
    check(marker, "scatter.marker", "color", "size", "symbol", "opacity", "line", "sizemode", "sizeref", "sizemin")
    check(marker.get("line", {}), "scatter.marker.line", "color", "width")
    one_of(marker.get("sizemode", "diameter"), "scatter.marker.sizemode", "diameter", "area")


def _places(trace: Trace, plot: Plot) -> list[tuple[float, float] | None]:
    return [
        (plot.x.at(x), plot.y.at(y)) if x is not None and y is not None else None
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]


def _radius(marker: Mapping[str, Any], size: float | None) -> float:
    half = (size or 0) / 2 / marker.get("sizeref", 1)
    radius = math.sqrt(half) if marker.get("sizemode") == "area" else half
    return max(radius, marker.get("sizemin", 0)) if radius else 0.0


def _colour_of(trace: Trace, plot: Plot) -> str:
    colour = trace.get("line", {}).get("color") or trace.get("marker", {}).get("color") or plot.ink
    return str(colour if isinstance(colour, str) else trace.get("marker", {}).get("line", {}).get("color", colour[0]))


def _sign(marker: Mapping[str, Any], at: int, count: int, default: str) -> dict[str, Any]:
    """The attributes of the mark of one point around (0, 0)."""
    symbol = each(marker.get("symbol", "circle"), count)[at]
    hollow = symbol.endswith("-open")
    draw = SYMBOLS[symbol.removesuffix("-open")]
    colour = each(marker.get("color", default), count)[at]
    edge = marker.get("line", {})
    stroke = each(edge.get("color", colour if hollow else None), count)[at]
    thick = each(edge.get("width", 1 if hollow else 0), count)[at]
    radius = _radius(marker, each(marker.get("size", 6), count)[at])
    return {"d": draw(radius), "fill": "none" if hollow else colour, "stroke": stroke if stroke and thick else "none",
            "stroke_width": thick if stroke and thick else None}  # fmt: skip


def _alike(marks: list[dict[str, Any]]) -> str:
    """Marks in their order; what they share with the first is said once, around them all."""
    if len(marks) < 3:
        return "".join(tag("path", **mark | {"stroke": _but_none(mark["stroke"])}) for mark in marks)
    shared = {name: marks[0][name] for name in ("fill", "stroke", "stroke_width")}
    own = [{name: value for name, value in mark.items() if name not in shared or value != shared[name]}
           for mark in marks]  # fmt: skip
    return tag("g", "".join(tag("path", **mark) for mark in own), **shared | {"stroke": _but_none(shared["stroke"])})


def _but_none(stroke: str) -> str | None:
    return None if stroke == "none" else stroke


def _opacity(trace: Trace, marker: Mapping[str, Any]) -> float | None:
    value = trace.get("opacity", 1) * (marker.get("opacity", 1) if marker else 1)
    return value if value != 1 else None


def _draw_points(trace: Trace, plot: Plot) -> list[str]:
    parts = trace.get("mode", "lines+markers").split("+")
    places = _places(trace, plot)
    marker = trace.get("marker", {})
    colour = _colour_of(trace, plot)
    out = []
    if "lines" in parts:
        out += _line(trace, places, colour)
    for at, place in enumerate(places):
        if place:
            out += _errors(trace, at, (None, None), plot)
    if "markers" in parts:
        marks = [
            _sign(marker, at, len(places), colour)
            | {"transform": f"translate({number(place[0])} {number(place[1])})", "opacity": _opacity(trace, marker)}
            for at, place in enumerate(places) if place
        ]  # fmt: skip
        out += [_alike(marks)] if marks else []
    if "text" in parts:
        labels = each(trace.get("text", ""), len(places))
        spots = each(trace.get("textposition", "middle center"), len(places))
        sizes = each(marker.get("size", 6) if "markers" in parts else 0, len(places))
        for place, label, spot, size in zip(places, labels, spots, sizes, strict=True):
            if place and label:
                out.append(_label(lines_of(label), place, spot, _radius(marker, size), trace, plot))
    return out


def _line(trace: Trace, places: list[tuple[float, float] | None], colour: str) -> list[str]:
    """The line through the points; a point that is not there ends it, and it begins anew behind."""
    shown = [place for place in places if place] if trace.get("connectgaps") else places
    path, pen_down = "", False
    for at, place in enumerate(shown):
        if place and (pen_down or (at + 1 < len(shown) and shown[at + 1])):
            path += f"{'L' if pen_down else 'M'}{number(place[0])},{number(place[1])}"
        pen_down = bool(place)
    line = trace.get("line", {})
    thick = line.get("width", 2)
    if not path:
        return []
    return [tag("path", d=path, fill="none", stroke=colour, stroke_width=thick, stroke_linejoin="round",
                stroke_dasharray=dashes(line.get("dash", "solid"), thick))]  # fmt: skip


def _label(
    lines: list[str], place: tuple[float, float], spot: str, radius: float, trace: Trace, plot: Plot
) -> str:  # fmt: skip
    """The text of a point: where it is declared, or on the other side where another text stands already."""
    vertical, horizontal = PLACES[one_of(spot, "scatter.textposition", *PLACES)]
    font = trace.get("textfont", {})
    check(font, "scatter.textfont", "color", "size")
    size = font.get("size", plot.size)
    wide, tall = widest(lines, size), len(lines) * LINE * size
    other = {"top": "bottom", "bottom": "top"}.get(vertical, vertical)
    boxes = []
    for side in (vertical, other):
        middle = place[1] + {"top": -1, "middle": 0, "bottom": 1}[side] * (radius + 2 + tall / 2)
        left = place[0] - wide / 2
        if horizontal != "center":
            left = place[0] + (radius + BESIDE if horizontal == "right" else -radius - BESIDE - wide)
        left = max(1.0, min(left, plot.width - wide - 1))
        boxes.append((left, middle - tall / 2, left + wide, middle + tall / 2))
    box = next((b for b in boxes if not any(_touch(b, other) for other in plot.taken)), boxes[0])
    plot.taken.append(box)
    anchor, x = "middle", (box[0] + box[2]) / 2
    if horizontal != "center":
        anchor, x = ("start", box[0]) if horizontal == "right" else ("end", box[2])
    return text(lines, x, (box[1] + box[3]) / 2, size, anchor, fill=font.get("color"))


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 2 and b[1] < a[3] - 2


def _reach_of_points(trace: Trace, plot: Plot) -> list[tuple[float, float]]:
    """The room to the right of the points, where an axis of numbers runs that way."""
    if plot.x.places is not None:
        return []
    count = len(trace["x"])
    labels = each(trace.get("text", ""), count) if "text" in trace.get("mode", "lines+markers") else [""] * count
    spots = each(trace.get("textposition", "middle center"), count)
    marker = trace.get("marker", {})
    sizes = each(marker.get("size", 6), count)
    out = []
    for at, (x, label, spot, size) in enumerate(zip(trace["x"], labels, spots, sizes, strict=True)):
        if x is not None and trace["y"][at] is not None:
            wide = widest(lines_of(label), plot.size) if label else 0.0
            part = {"right": 1.0, "center": 0.5, "left": 0.0}[PLACES[spot][1]]
            radius = _radius(marker, size)
            out.append((plot.x.share(x), max(radius, part * wide + (radius if part == 1 else 0)) + BESIDE))
            out.append((plot.x.share(_spread(trace, "error_x", at, x)[1]), BESIDE))
    return out


def _sample_of_points(trace: Trace, plot: Plot) -> str:
    parts = trace.get("mode", "lines+markers").split("+")
    colour = _colour_of(trace, plot)
    line = trace.get("line", {})
    thick = line.get("width", 2)
    drawn = ""
    if "lines" in parts:
        drawn += tag("path", d=f"M0,0H{number(SAMPLE)}", stroke=colour, stroke_width=thick,
                     stroke_dasharray=dashes(line.get("dash", "solid"), thick))  # fmt: skip
    if "markers" in parts:
        marker = trace.get("marker", {})
        symbol = marker.get("symbol", "circle")
        edge = marker.get("line", {})
        whole = {"symbol": symbol if isinstance(symbol, str) else symbol[0], "color": colour, "size": 9,
                 "line": {"color": edge["color"], "width": edge.get("width", 0)}
                 if isinstance(edge.get("color"), str) else {}}  # fmt: skip
        drawn += _alike([_sign(whole, 0, 1, colour) | {"transform": f"translate({number(SAMPLE / 2)} 0)"}])
    return drawn


# --- intervals ---


def _spread(trace: Trace, name: str, at: int, value: float) -> tuple[float, float]:
    """The bounds of a value; the value itself where none are given."""
    error = trace.get(name)
    if not error or not error.get("visible", True):
        return value, value
    check(error, name, "type", "array", "arrayminus", "symmetric", "color", "thickness", "width", "visible")
    one_of(error.get("type", "data"), f"{name}.type", "data")
    more = error["array"][at]
    less = error.get("arrayminus", error["array"])[at]
    return value - (less or 0), value + (more or 0)


def _errors(trace: Trace, at: int, bar: tuple[float | None, float | None], plot: Plot) -> list[str]:
    """The intervals of one mark, with caps; `bar` is the end of a bar and its middle in pixels across."""
    out = []
    for name in ("error_x", "error_y"):
        error = trace.get(name)
        if not error or not error.get("visible", True):
            continue
        own = trace["x" if name == "error_x" else "y"][at]
        low, high = _spread(trace, name, at, bar[0] if bar[0] is not None else own)
        if low == high:
            continue
        cap = error.get("width", 4)
        if name == "error_x":
            middle = bar[1] if bar[1] is not None else plot.y.at(trace["y"][at])
            a, b = plot.x.at(low), plot.x.at(high)
            path = "".join(f"M{number(x)},{number(middle - cap)}v{number(2 * cap)}" for x in (a, b))
            path = f"M{number(a)},{number(middle)}H{number(b)}{path if cap else ''}"
        else:
            middle = bar[1] if bar[1] is not None else plot.x.at(trace["x"][at])
            a, b = plot.y.at(low), plot.y.at(high)
            path = "".join(f"M{number(middle - cap)},{number(y)}h{number(2 * cap)}" for y in (a, b))
            path = f"M{number(middle)},{number(a)}V{number(b)}{path if cap else ''}"
        out.append(tag("path", d=path, fill="none", stroke=error.get("color", _colour_of(trace, plot)),
                       stroke_width=error.get("thickness", 2)))  # fmt: skip
    return out


@dataclass(frozen=True)
class Form:
    """One kind of trace.

    Attributes:
        check: refuses what is not known.
        reach: for each text beside a mark, how far along the axis of values it stands and the room it takes.
        draw: its elements.
        sample: its mark in the legend, around the height 0.
    """

    check: Callable[[Trace], None]
    reach: Callable[[Trace, Plot], list[tuple[float, float]]]
    draw: Callable[[Trace, Plot], list[str]]
    sample: Callable[[Trace, Plot], str]


FORMS = {
    "bar": Form(_check_bar, _reach_of_bar, _draw_bar, _sample_of_bar),
    "scatter": Form(_check_points, _reach_of_points, _draw_points, _sample_of_points),
}
