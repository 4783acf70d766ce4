"""From a figure description to a picture: room for texts, then axes, marks, legend and notes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import Any

from components.figures import style
from components.figures.static.known import UnknownForm, check, one_of
from components.figures.static.lettering import LINE, lines_of, widest, wrap
from components.figures.static.marks import FORMS, INHERIT, SAMPLE, Plot, Trace, dashes
from components.figures.static.pen import number, tag, text
from components.figures.static.scales import Scale, scale

LAYOUT = ("height", "margin", "font", "paper_bgcolor", "plot_bgcolor", "separators", "showlegend", "legend", "xaxis",
          "yaxis", "shapes", "annotations", "barmode", "bargap", "bargroupgap")  # fmt: skip
SHAPE = ("type", "xref", "yref", "x0", "x1", "y0", "y1", "fillcolor", "opacity", "line", "layer")
NOTE = ("x", "y", "xref", "yref", "text", "showarrow", "xanchor", "yanchor", "xshift", "yshift", "font", "align")
NEAR, TICK_GAP, LEGEND_GAP = 6.0, 4.0, 22.0
SMALL = 11.0
LEAST_PLOT = 40.0


@dataclass(frozen=True)
class Drawing:
    """A picture without its frame: the elements, what they refer to, and the size in pixels."""

    body: str
    defs: str
    width: float
    height: float


def svg(figure: Mapping[str, Any], *, width: int, name: str, description: str) -> str:
    """Draw a figure description as a picture that needs nothing else.

    Args:
        figure: a plotly figure as a dict, as components.figures makes it.
        width: of the picture in pixels; the height follows from the figure.
        name: what the picture is, for who does not see it.
        description: what it shows, in a sentence.

    Returns:
        An SVG with real text, without scripts or references to anything outside.

    Raises:
        UnknownForm: the figure holds something that would be lost.
    """
    told = json.dumps([figure, name, description, width], sort_keys=True, default=str)
    prefix = "g" + hashlib.sha256(told.encode()).hexdigest()[:8]
    drawn = drawing(figure, width, prefix)
    ink = figure["layout"].get("font", {}).get("color", INHERIT)
    return frame(drawn.body, drawn.defs, drawn.width, drawn.height, name, description, prefix, ink)


def frame(
    body: str, defs: str, width: float, height: float, name: str, description: str, prefix: str, ink: str
) -> str:  # fmt: skip
    """An SVG document around elements, with its name and description; all its ids begin with the prefix.

    What has no colour of its own is drawn in ink.
    """
    head = tag("title", escape(name, quote=False), id=f"{prefix}-t")
    if description:
        head += tag("desc", escape(description, quote=False), id=f"{prefix}-d")
    size = {"width": width, "height": height, "viewBox": f"0 0 {number(width)} {number(height)}"}
    return tag(
        "svg", head + (tag("defs", defs) if defs else "") + body, xmlns="http://www.w3.org/2000/svg", **size,
        role="img", lang="nl", aria_labelledby=f"{prefix}-t", aria_describedby=f"{prefix}-d" if description else None,
        font_family=style.STATIC_FONT, fill=ink,
    )  # fmt: skip


def drawing(figure: Mapping[str, Any], width: float, prefix: str) -> Drawing:
    """The elements of a figure description, for a picture of this width.

    Args:
        figure: a plotly figure as a dict.
        width: in pixels.
        prefix: of the ids of what elements refer to.

    Raises:
        UnknownForm: the figure holds something that would be lost.
    """
    check(figure, "figure", "data", "layout")
    traces, layout = figure["data"], figure["layout"]
    _check_layout(layout)
    for trace in traces:
        FORMS[one_of(trace.get("type"), "trace.type", *FORMS)].check(trace)
    size = layout.get("font", {}).get("size", 14)
    x = scale(layout.get("xaxis", {}), [v for t in traces for v in t["x"]], "xaxis")
    y = scale(layout.get("yaxis", {}), [v for t in traces for v in t["y"]], "yaxis")
    bars = [trace for trace in traces if trace["type"] == "bar"]
    margin = {"l": 8, "r": 16, "t": 8, "b": 8} | dict(layout.get("margin", {}))
    left = margin["l"] + _room_left(y, size)
    plot = Plot(width, x, y, size, layout, bars, prefix, left)

    legend = _legend(traces, plot)
    right = _right(traces, plot, margin["r"])
    plot = replace(plot, x=_placed(x, left, right))
    under = _labels_under(plot)
    below = max((len(lines) for _, lines, _ in under), default=0)
    labels_on_top = x.declared.get("side") == "top"
    ticks_room = below * LINE * size + TICK_GAP if below else 0.0
    bottom = margin["b"] + (0.0 if labels_on_top else ticks_room)
    top = max(margin["t"], legend.height + NEAR if legend.body else 0) + (ticks_room if labels_on_top else 0.0)
    # The first row of a legend has its room in the declared height; more rows make the picture higher.
    height = (
        layout["height"] + max(0.0, legend.height - LEGEND_GAP) + _too_low(y, layout["height"] - top - bottom, size)
    )
    plot = replace(plot, y=_placed(y, height - bottom, top))
    if not all(trace in bars and trace.get("orientation") == "h" for trace in traces):
        lack = max((need - (1 - share) * (height - bottom - top)
                    for t in bars if t.get("orientation") != "h"
                    for share, need in FORMS["bar"].reach(t, plot)), default=0.0)  # fmt: skip
        if lack > top - legend.height:
            height, top = height + lack, top + lack
            plot = replace(plot, y=_placed(y, height - bottom, top))

    edge = top - TICK_GAP if labels_on_top else height - bottom + TICK_GAP
    parts = [
        _group("vormen", [_shape(shape, plot) for shape in layout.get("shapes", ()) if _below(shape)]),
        _group("raster", _grid(plot, right, top, height - bottom)),
        _group("as-y", _labels_left(plot)),
        _group("as-x", _labels_of_x(under, edge, labels_on_top)),
        *(_group("reeks", FORMS[trace["type"]].draw(trace, plot)) for trace in traces),
        _group("vormen-boven", [_shape(shape, plot) for shape in layout.get("shapes", ()) if not _below(shape)]),
        _group("noten", _notes(layout.get("annotations", ()), plot)),
        tag("g", legend.body, data_deel="legenda", transform=f"translate({number(legend.left)} {number(2)})")
        if legend.body else "",
    ]  # fmt: skip
    return Drawing("".join(parts), "".join(plot.defs), width, height)


def _group(name: str, parts: list[str]) -> str:
    return tag("g", "".join(parts), data_deel=name) if parts or name == "reeks" else ""


def _check_layout(layout: Mapping[str, Any]) -> None:
    check(layout, "layout", *LAYOUT)
    check(layout.get("font", {}), "layout.font", "family", "size", "color")
    check(layout.get("margin", {}), "layout.margin", "l", "r", "t", "b")
    check(layout.get("legend", {}), "layout.legend", "orientation", "x", "y", "xanchor", "yanchor", "traceorder")
    one_of(layout.get("legend", {}).get("traceorder", "normal"), "layout.legend.traceorder", "normal")
    one_of(layout.get("barmode", "group"), "layout.barmode", "group", "overlay")
    one_of(layout.get("bargroupgap", 0), "layout.bargroupgap", 0)
    one_of(layout.get("separators", ",."), "layout.separators", ",.")
    for shape in layout.get("shapes", ()):
        check(shape, "shape", *SHAPE)
        check(shape.get("line", {}), "shape.line", "color", "width", "dash")
    for note in layout.get("annotations", ()):
        check(note, "annotation", *NOTE)
        check(note.get("font", {}), "annotation.font", "color", "size")
        one_of(note.get("showarrow"), "annotation.showarrow", False)


def _placed(axis: Scale, first: float, last: float) -> Scale:
    return axis.between(last, first) if axis.reversed else axis.between(first, last)


# --- room ---


def _room_left(y: Scale, size: float) -> float:
    if not y.visible:
        return 0.0
    type_size = y.declared.get("tickfont", {}).get("size", size)
    labels = [line for _, label in y.ticks() for line in lines_of(label)]
    return widest(labels, type_size) + float(y.declared.get("ticklabelstandoff", 0)) + NEAR


def _right(traces: list[Trace], plot: Plot, margin: float) -> float:
    """Where the axis of values ends, so that every text beside a mark fits."""
    end = plot.width - min(margin, NEAR * 2) if plot.x.places is None else plot.width - margin
    for trace in traces:
        if plot.x.places is None:
            for share, need in FORMS[trace["type"]].reach(trace, plot):
                if share > 0:
                    end = min(end, plot.left + (plot.width - plot.left - need) / share)
    if plot.x.places is None and plot.x.visible:
        # Half of the last label stands beyond its tick.
        last, label = plot.x.ticks()[-1]
        half = widest(lines_of(label), plot.x.declared.get("tickfont", {}).get("size", plot.size)) / 2
        if share := plot.x.share(last):
            end = min(end, plot.left + (plot.width - plot.left - half - 2) / share)
    if end < plot.left + LEAST_PLOT:
        raise UnknownForm(f"no room for the marks in a picture of {plot.width} pixels wide")
    return end


def _too_low(y: Scale, room: float, size: float) -> float:
    """How much higher a picture must be for the labels of its rows not to touch."""
    if y.places is None or not y.visible:
        return 0.0
    type_size: float = y.declared.get("tickfont", {}).get("size", size)
    rows = max(len(lines_of(name)) for name in y.places)
    return max(0.0, len(y.places) * (rows * LINE * type_size + 4) - room)


# --- axes ---


def _labels_left(plot: Plot) -> list[str]:
    if not plot.y.visible:
        return []
    type_size = plot.y.declared.get("tickfont", {}).get("size", plot.size)
    gap = plot.y.declared.get("ticklabelstandoff", 0) + (0 if plot.y.places else TICK_GAP)
    return [
        text(lines_of(label), plot.left - gap, plot.y.at(value), type_size, "end") for value, label in plot.y.ticks()
    ]


def _labels_under(plot: Plot) -> list[tuple[float, list[str], float]]:
    """Place, lines and size of each label under the picture.

    Years that have no room leave some out, from the last one back; other labels are broken over lines.
    """
    if not plot.x.visible:
        return []
    size = plot.x.declared.get("tickfont", {}).get("size", plot.size)
    ticks = [(plot.x.at(value), lines_of(label)) for value, label in plot.x.ticks()]
    if len(ticks) < 2:
        return [(at, lines, size) for at, lines in ticks]
    apart = abs(ticks[1][0] - ticks[0][0])
    longest = max(widest(lines, size) for _, lines in ticks)
    if longest + NEAR <= apart:
        return [(at, lines, size) for at, lines in ticks]
    if all(line.strip().isdigit() for _, lines in ticks for line in lines):
        every = next(n for n in range(2, len(ticks) + 2) if longest + NEAR <= apart * n)
        return [(at, lines, size) for at, lines in ticks[(len(ticks) - 1) % every :: every]]
    broken = [(at, [part for line in lines for part in wrap(line, apart - NEAR, SMALL)], SMALL) for at, lines in ticks]
    return broken


def _labels_of_x(under: list[tuple[float, list[str], float]], edge: float, above: bool) -> list[str]:
    """The labels of the axis across, against its edge: below the plot, or above it."""
    side = -1 if above else 1
    return [text(lines, at, edge + side * len(lines) * LINE * size / 2, size, "middle") for at, lines, size in under]


def _grid(plot: Plot, right: float, top: float, bottom: float) -> list[str]:
    out = []
    for axis, across in ((plot.x, False), (plot.y, True)):
        declared = axis.declared
        if axis.places is not None or not declared.get("visible", True) or not declared.get("showgrid", True):
            continue
        path = "".join(
            f"M{number(plot.left)},{number(axis.at(value))}H{number(right)}"
            if across else f"M{number(axis.at(value))},{number(top)}V{number(bottom)}"
            for value, _ in axis.ticks()
        )  # fmt: skip
        out.append(tag("path", d=path, stroke=declared.get("gridcolor", plot.ink), stroke_width=1))
    return out


# --- legend, shapes and notes ---


@dataclass(frozen=True)
class _Legend:
    body: str
    height: float
    left: float = 0.0


def _legend(traces: list[Trace], plot: Plot) -> _Legend:
    """The names of the series with their marks, in rows, in their order."""
    if not plot.layout.get("showlegend", len(traces) > 1):
        return _Legend("", 0.0)
    row = LINE * plot.size + 2
    room = plot.width - 60
    shown = [trace for trace in traces if trace.get("showlegend", True)]
    names = [wrap(" ".join(lines_of(t["name"])), room - SAMPLE - NEAR, plot.size) for t in shown]
    wide = [SAMPLE + NEAR + widest(lines, plot.size) + 18 for lines in names]
    one_row = sum(wide) - 18 <= room
    columns = len(shown) if one_row else max(1, int((room + 18) // max(wide)))
    parts, x, y, reached = [], 0.0, row / 2, 0.0
    for at, (trace, lines) in enumerate(zip(shown, names, strict=True)):
        if at and at % columns == 0:
            x, y = 0.0, y + row * max(len(each) for each in names[at - columns : at])
        sample = FORMS[trace["type"]].sample(trace, plot)
        parts.append(tag("g", sample, transform=f"translate({number(x)} {number(y)})"))
        parts.append(text(lines, x + SAMPLE + NEAR, y + (len(lines) - 1) * row / 2, plot.size))
        reached = max(reached, x + wide[at] - 18)
        x += wide[at] if one_row else max(wide)
    last = max((len(each) for each in names[-(len(names) % columns or columns) :]), default=1)
    # It begins where the plot does, or further left where the labels beside the plot leave it too little room.
    left = max(NEAR, min(plot.left, plot.width - NEAR - reached))
    return _Legend("".join(parts), y + row * (last - 0.5), left)


def _below(shape: Mapping[str, Any]) -> bool:
    return bool(one_of(shape.get("layer", "above"), "shape.layer", "above", "below") == "below")


def _on(axis: Scale, value: float | str, ref: str, paper: tuple[float, float]) -> float:
    """A place on an axis, or in parts of the plot."""
    if ref == "paper":
        return paper[0] + float(value) * (paper[1] - paper[0])
    return axis.at(value)


def _point(part: Mapping[str, Any], suffix: str, plot: Plot) -> tuple[float, float]:
    xref = one_of(part.get("xref", "x"), "xref", "x", "paper")
    yref = one_of(part.get("yref", "y"), "yref", "y", "paper")
    wide = sorted((plot.x.start, plot.x.end))
    tall = sorted((plot.y.start, plot.y.end), reverse=True)
    return (
        _on(plot.x, part[f"x{suffix}"], xref, (wide[0], wide[1])),
        _on(plot.y, part[f"y{suffix}"], yref, (tall[0], tall[1])),
    )


def _shape(shape: Mapping[str, Any], plot: Plot) -> str:
    (x0, y0), (x1, y1) = _point(shape, "0", plot), _point(shape, "1", plot)
    line = shape.get("line", {})
    thick = line.get("width", 2)
    stroke = {
        "stroke": line.get("color", plot.ink) if thick else None,
        "stroke_width": thick or None,
        "stroke_dasharray": dashes(line.get("dash", "solid"), thick),
        "opacity": shape.get("opacity"),
    }
    if one_of(shape.get("type"), "shape.type", "rect", "line") == "line":
        return tag("path", d=f"M{number(x0)},{number(y0)}L{number(x1)},{number(y1)}", **stroke)
    return tag("rect", x=min(x0, x1), y=min(y0, y1), width=abs(x1 - x0), height=abs(y1 - y0),
               fill=shape.get("fillcolor", "none"), **stroke)  # fmt: skip


def _notes(notes: Sequence[Mapping[str, Any]], plot: Plot) -> list[str]:
    """The notes; those that repeat the same words side by side without room for it stand upright."""
    places: dict[tuple[str, Any], list[float]] = {}
    for note in notes:
        if note.get("yref") == "paper" and note.get("xanchor", "center") == "center":
            places.setdefault((note["text"], note["y"]), []).append(_point(note, "", plot)[0])
    crowded = {
        key for key, at in places.items()
        if len(at) > 1 and min(b - a for a, b in pairwise(sorted(at))) < widest(lines_of(key[0]), SMALL) + NEAR
    }  # fmt: skip
    return [_note(note, plot, upright=(note["text"], note["y"]) in crowded) for note in notes]


def _note(note: Mapping[str, Any], plot: Plot, *, upright: bool = False) -> str:
    x, y = _point(note, "", plot)
    x, y = x + note.get("xshift", 0), y - note.get("yshift", 0)
    size = note.get("font", {}).get("size", plot.size)
    anchor = one_of(note.get("xanchor", "center"), "annotation.xanchor", "left", "center", "right")
    if upright:
        words = " ".join(lines_of(note["text"]))
        return text([words], x, y, size, fill=note.get("font", {}).get("color"),
                    transform=f"rotate(-90 {number(x)} {number(y)})")  # fmt: skip
    lines = lines_of(note["text"])
    room = {"left": plot.width - x, "right": x, "center": 2 * min(x, plot.width - x)}[anchor] - 2
    if widest(lines, size) > room and anchor == "left" and room < plot.width / 4:
        anchor, x, room = "right", x - 2 * note.get("xshift", 0), x - 2
    lines = [part for line in lines for part in (wrap(line, room, size) if widest([line], size) > room else [line])]
    tall = len(lines) * LINE * size
    stand = one_of(note.get("yanchor", "middle"), "annotation.yanchor", "top", "middle", "bottom")
    middle = y + {"top": tall / 2, "middle": 0.0, "bottom": -tall / 2}[stand]
    return text(lines, x, middle, size, {"left": "start", "center": "middle", "right": "end"}[anchor],
                fill=note.get("font", {}).get("color"))  # fmt: skip
