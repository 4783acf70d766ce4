"""The still charts hold what the interactive ones hold: the same marks in the same order, with the same words."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from components.figures import style
from components.figures.bars import bars
from components.figures.series import series
from components.figures.static import UnknownForm, figures_of, svg
from components.figures.static.lettering import width as text_width
from components.figures.static.scales import round_step
from components.house_style.shelf import STANDARD
from components.picture import picture, png
from components.words import sentence, title
from data.release import Release
from data.view import CardView
from tests.components.conftest import Offered
from tests.components.screen import graphs

Shown = Callable[..., CardView]
SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (340, 860)
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"


# --- reading a picture ---


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def still(figure: dict[str, Any], width: int = 860) -> ElementTree.Element:
    return read(svg(figure, width=width, name="Naam", description="Wat het toont."))


def parts(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [group for group in root.iter(f"{SVG}g") if group.get("data-deel") == name]


def written(element: ElementTree.Element) -> str:
    """A text without white space, which differs where it is broken over lines."""
    return "".join("".join(element.itertext()).split())


def texts(elements: list[ElementTree.Element]) -> list[str]:
    return [written(text) for element in elements for text in element.iter(f"{SVG}text")]


def plain(label: str) -> str:
    """A label of the description, read by the rules of plotly: <br> and the entities that the makers write."""
    for sign, meant in (("<br>", ""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        label = label.replace(sign, meant)
    return "".join(label.split())


def ends(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]


def moved(element: ElementTree.Element) -> tuple[float, float]:
    x, y = re.findall(r"-?[\d.]+", element.get("transform", ""))
    return float(x), float(y)


def number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, ""))


# --- what must be the same ---


def same_bars(figure: dict[str, Any], root: ElementTree.Element) -> None:
    """Each known number is one bar, as long as its value says, in its place; each unknown one is none."""
    flat = figure["data"][0].get("orientation") == "h"
    long, short, across = ("width", "height", "y") if flat else ("height", "width", "x")
    ratios = []
    place = place_on(figure, root, across)
    painted = {
        f"url(#{tile.get('id')})": next(tile.iter(f"{SVG}path")).get("stroke") for tile in root.iter(f"{SVG}pattern")
    }
    for nth, (trace, group) in enumerate(zip(figure["data"], parts(root, "reeks"), strict=True)):
        values = trace["x"] if flat else trace["y"]
        known = [at for at, value in enumerate(values) if value is not None]
        rects = list(group.iter(f"{SVG}rect"))
        assert len(rects) == len(known), "a bar for each known number and for no other"
        at_place = [number(rect, across) for rect in rects]
        assert at_place == sorted(at_place), "in the order of the description"
        assert all(number(rect, short) > 2 for rect in rects)
        for rect, at in zip(rects, known, strict=True):
            thick = number(rect, short)
            aside = number(rect, across) + thick / 2 - place(trace[across][at])
            assert abs(aside - (nth - (len(figure["data"]) - 1) / 2) * thick) < 0.5, "at its category, in its turn"
        ratios += [(number(rect, long), values[at]) for rect, at in zip(rects, known, strict=True)]
        told = [trace["text"][at] for at in known]
        assert texts([group]) == [plain(text) for text in told]
        colours = trace["marker"]["color"]
        wanted = colours if isinstance(colours, list) else [colours] * len(values)
        assert [painted.get(fill := rect.get("fill", ""), fill) for rect in rects] == [wanted[at] for at in known]
        if flat:
            for rect, (at_text, _) in zip(rects, middles([group]), strict=True):
                assert at_text[0] > number(rect, "x") + number(rect, "width"), "the number behind its bar"
                assert abs(at_text[1] - number(rect, "y") - number(rect, "height") / 2) < 0.5
    longest = max(((length, value) for length, value in ratios if value), default=None, key=lambda pair: pair[1])
    if longest:
        for length, value in ratios:
            assert abs(length - longest[0] * value / longest[1]) < 0.5, f"{value} is drawn as {length}"


def inherited(element: ElementTree.Element, group: ElementTree.Element, name: str) -> str | None:
    """An attribute of an element in a group, or of what it stands in."""
    above = {child: parent for parent in group.iter() for child in parent}
    at: ElementTree.Element | None = element
    while at is not None:
        if at.get(name):
            return at.get(name)
        at = above.get(at)
    return None


def middles(groups: list[ElementTree.Element]) -> list[tuple[tuple[float, float], str]]:
    """For each text that lies flat: where it is anchored and the middle of its lines, and what it says."""
    out = []
    for group in groups:
        for text in group.iter(f"{SVG}text"):
            size = number(text, "font-size")
            lines = len(list(text.iter(f"{SVG}tspan"))) or 1
            middle = number(text, "y") + (lines - 1) * 1.3 * size / 2 - 0.36 * size
            out.append(((number(text, "x"), middle), written(text)))
    return out


def place_on(figure: dict[str, Any], root: ElementTree.Element, name: str) -> Callable[[Any], float]:
    """Where a value or a category must stand, read from the labels of the axis that are drawn.

    Of an axis of numbers the first and the last label fix all others; of categories each label its own, and where
    some years are left out, or the labels stand at other places, the even steps between.
    """
    axis = figure["layout"][f"{name}axis"]
    side = "xy".index(name)
    labels = [(at[side], told) for at, told in middles(parts(root, f"as-{name}"))]
    values = {v for trace in figure["data"] for v in trace[name] if v is not None}
    if not any(isinstance(value, str) for value in values):
        read_ = [(float(told.rstrip("%").replace(".", "").replace(",", ".")), at) for at, told in labels]
        (low, first), (high, last) = read_[0], read_[-1]
        assert low == 0 and high > 0
        return lambda value: first + (last - first) * (value - low) / (high - low)
    order = list(dict.fromkeys([*axis.get("categoryarray", ()),
                                *(v for trace in figure["data"] for v in trace[name] if v is not None)]))  # fmt: skip
    ticks = dict(zip(map(plain, axis.get("ticktext", order)), axis.get("tickvals", order), strict=True))
    at_rank = [(order.index(v) if isinstance(v := ticks[told], str) else v, at) for at, told in labels]
    assert len(at_rank) == len({rank for rank, _ in at_rank}), "each label once"
    (low, first), (high, last) = at_rank[0], at_rank[-1]
    step = (last - first) / (high - low) if high != low else 0.0
    for rank, at in at_rank:
        assert abs(at - first - (rank - low) * step) < 0.5, "categories stand at even steps"
    return lambda value: first + (order.index(value) - low) * step


def heads_on_top(figure: dict[str, Any], root: ElementTree.Element) -> None:
    """The labels of an axis stand on the side that it declares: heads above all marks, other labels under them."""
    marks = [moved(path)[1] for group in parts(root, "reeks") for path in group.iter(f"{SVG}path")
             if path.get("transform")]  # fmt: skip
    marks += [number(rect, "y") for group in parts(root, "reeks") for rect in group.iter(f"{SVG}rect")]
    labels = [at[1] for at, _ in middles(parts(root, "as-x"))]
    if marks and labels:
        if figure["layout"]["xaxis"].get("side") == "top":
            assert max(labels) < min(marks)
        else:
            assert min(labels) > max(marks)
    rows = [at[1] for at, _ in middles(parts(root, "as-y"))]
    axis = figure["layout"]["yaxis"]
    first, last = axis.get("range", (0, 1))
    if axis.get("autorange") == "reversed" or first > last:
        assert rows == sorted(rows), "the first row on top"


def words_in_place(figure: dict[str, Any], root: ElementTree.Element) -> None:
    """A word for what is not known stands on the row of its category, and under its head where there are heads."""
    notes = figure["layout"]["annotations"]
    drawn = middles(parts(root, "noten"))
    for name, side in (("y", 1), ("x", 0)):
        if not any(isinstance(note[name], str) and note.get(f"{name}ref", name) == name for note in notes):
            continue
        place = place_on(figure, root, name)
        for note, (at, told) in zip(notes, drawn, strict=True):
            if isinstance(note[name], str):
                aside = note.get("yshift", 0) * -1 if name == "y" else note.get("xshift", 0)
                assert abs(at[side] - place(note[name]) - aside) < 0.5, f"{told} for {note[name]} at {at[side]}"


def same_labels(figure: dict[str, Any], root: ElementTree.Element) -> None:
    layout = figure["layout"]
    for name in "xy":
        axis = layout[f"{name}axis"]
        drawn = texts(parts(root, f"as-{name}"))
        if not axis.get("visible", True):
            assert drawn == []
        elif "ticktext" in axis or "categoryarray" in axis:
            wanted = [plain(text) for text in axis.get("ticktext", axis.get("categoryarray"))]
            if drawn != wanted:
                # Where years have no room some are left out: the rest keeps its order, and the last year stays.
                assert all(text.isdigit() for text in wanted), drawn
                assert drawn == [text for text in wanted if text in drawn]
                assert drawn[-1] == wanted[-1]
                assert len(drawn) >= 3
        else:
            values = [float(text.rstrip("%").replace(".", "").replace(",", ".")) for text in drawn]
            at = [place[name == "y"] for place, _ in middles(parts(root, f"as-{name}"))]
            assert at == sorted(at, reverse=name == "y"), "up and to the right is more"
            assert values[0] == 0
            assert values == sorted(values)
            assert 2 <= len(values) <= 8
            steps = {round(b - a, 6) for a, b in pairwise(values)}
            assert len(steps) == 1, drawn
            assert values[-1] <= axis["range"][1] < values[-1] + steps.pop() * 1.0001
            assert all(text.endswith(axis.get("ticksuffix", "")) for text in drawn)
    heads_on_top(figure, root)
    words_in_place(figure, root)
    assert texts(parts(root, "noten")) == [plain(note["text"]) for note in layout["annotations"]]
    named = [plain(t["name"]) for t in figure["data"] if t.get("showlegend", True)] if layout["showlegend"] else []
    assert texts(parts(root, "legenda")) == named


def lines_join(trace: dict[str, Any], group: ElementTree.Element, places: dict[int, tuple[float, float]]) -> None:
    """Lines join neighbours only, go through the place of each, and end where a number lacks."""
    lines = [path for path in group.iter(f"{SVG}path") if not path.get("transform")]
    joined = [at for at in places if at - 1 in places or at + 1 in places]
    assert len(lines) == (1 if joined and "lines" in trace.get("mode", "lines+markers") else 0)
    for line in lines:
        assert inherited(line, group, "fill") == "none"
        strokes = line.get("d", "").split("M")[1:]
        begun = [at for at in joined if at - 1 not in places]
        assert len(strokes) == len(begun), "a line begins anew behind each gap"
        assert ends(line.get("d", "")) == [places[at] for at in joined]


def same_points(figure: dict[str, Any], root: ElementTree.Element) -> None:
    """Each known number is one mark in its place on both axes; each unknown one is none."""
    axes = {name: place_on(figure, root, name) for name in "xy"}
    seen: list[dict[Any, set[float]]] = [{}, {}]
    for trace, group in zip(figure["data"], parts(root, "reeks"), strict=True):
        mode = trace.get("mode", "lines+markers")
        known = [at for at, pair in enumerate(zip(trace["x"], trace["y"], strict=True)) if None not in pair]
        marks = [path for path in group.iter(f"{SVG}path") if path.get("transform")]
        if "markers" in mode:
            assert len(marks) == len(known), "a mark for each known number and for no other"
            places = dict(zip(known, map(moved, marks), strict=True))
            colour = trace["marker"]["color"]
            wanted = colour if isinstance(colour, list) else [colour] * len(trace["x"])
            for mark, at in zip(marks, known, strict=True):
                paint = "stroke" if inherited(mark, group, "fill") == "none" else "fill"
                assert inherited(mark, group, paint) == wanted[at]
                assert wanted[at] != "none"
        else:
            assert mode == "lines" and marks == [] and len(known) == len(trace["x"]) == 2, "a bar from bound to bound"
            (line,) = group.iter(f"{SVG}path")
            assert inherited(line, group, "stroke") == trace["line"]["color"]
            places = dict(zip(known, ends(line.get("d", "")), strict=True))
        for at, place in places.items():
            for side, name in enumerate("xy"):
                value = trace[name][at]
                assert abs(place[side] - axes[name](value)) < 0.5, f"{value} is drawn at {place[side]}"
                seen[side].setdefault(value, set()).add(place[side])
        told = trace.get("text", "") if "text" in mode else ""
        told = told if isinstance(told, list) else [told] * len(trace["x"])
        assert texts([group]) == [plain(told[at]) for at in known if told[at]]
        lines_join(trace, group, places)
        if (side_ := trace.get("textposition")) in ("middle left", "middle right"):
            named = [place for at, place in places.items() if told[at]]
            for (at, _), place in zip(middles([group]), named, strict=True):
                assert abs(at[1] - place[1]) < 0.5 and (at[0] < place[0]) == (side_ == "middle left"), "beside its mark"
        if trace.get("textposition") == "middle center":
            for (at, _), place in zip(middles([group]), places.values(), strict=True):
                assert at == pytest.approx(place, abs=0.5), "on its tile"
    assert all(len(at) == 1 for side in seen for at in side.values()), "a period or value has one place"


def within(root: ElementTree.Element) -> None:
    """No text begins left of the picture or ends right of it, by the widths of its own font."""
    legend = {text: moved(group)[0] for group in parts(root, "legenda") for text in group.iter(f"{SVG}text")}
    for text in root.iter(f"{SVG}text"):
        if (text.get("transform") or "").startswith("rotate"):
            continue
        shift = legend.get(text, 0.0)
        size = number(text, "font-size")
        for line in list(text.iter(f"{SVG}tspan")) or [text]:
            wide = text_width(line.text or "", size)
            anchor = {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", ""), 0.0)
            left = number(line, "x") + shift - anchor * wide
            assert left > -1.5 and left + wide < number(root, "width") + 1.5, (line.text, left, left + wide)


def same(figure: dict[str, Any], width: int) -> None:
    before = copy.deepcopy(figure)
    root = still(figure, width)
    assert figure == before, "drawing changes nothing"
    kinds = {trace["type"] for trace in figure["data"]}
    assert len(kinds) == 1
    (same_bars if kinds == {"bar"} else same_points)(figure, root)
    same_labels(figure, root)
    assert len(parts(root, "vormen")) == (1 if [s for s in figure["layout"].get("shapes", [])
                                                if s.get("layer") == "below"] else 0)  # fmt: skip
    within(root)


@pytest.mark.parametrize(("view", "least"), [("landelijk", 60), ("regionaal", 100), ("tijdreeksen", 100)])
def test_every_chart_of_the_release_is_drawn_whole(view: str, least: int, offered: Offered) -> None:
    faults, drawn = [], 0
    for name, card in offered(view):
        for _, figure in figures_of(card):
            width = WIDTHS[drawn % len(WIDTHS)]
            drawn += 1
            try:
                same(figure, width)
            except (AssertionError, UnknownForm) as error:
                faults.append(f"{name} at {width}: {error}")
    assert faults == []
    assert drawn > least


@pytest.mark.parametrize("width", WIDTHS)
def test_every_first_view_is_drawn_whole_at_each_width(width: int, cards: dict[str, CardView]) -> None:
    for name, card in cards.items():
        for _, figure in figures_of(card):
            try:
                same(figure, width)
            except (AssertionError, UnknownForm) as error:
                raise AssertionError(f"{name}: {error}") from None


def test_the_page_and_the_picture_have_one_list_of_charts(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        assert [graph.figure for graph in graphs(card, release)] == [figure for _, figure in figures_of(card)], name


def test_many_regions_in_one_chart(shown: Shown) -> None:
    query = {"indicator": "kerncijfers-veilig-thuis", "regio": "VT02,VT25,VT03,VT04,VT05,VT06,VT07,VT08,VT09,VT10"}
    card = shown("tijdreeksen", **query)
    # Two measures of six regions at once, which the page never does: each series by its own place, not by its region.
    figure = series(replace(card, choice=replace(card.choice, regions=())))
    assert len(figure["data"]) >= 10
    for width in WIDTHS:
        same(figure, width)
        fills = [rect.get("fill", "") for group in parts(still(figure, width), "reeks")
                 for rect in list(group.iter(f"{SVG}rect"))[:1]]  # fmt: skip
        assert len(set(fills)) == len(figure["data"]), "each series looks different"
    patterned = still(figure)
    made = {tile.get("id") for tile in patterned.iter(f"{SVG}pattern")}
    used = set(re.findall(r"url\(#([^)]*)\)", svg(figure, width=860, name="Naam", description="Wat het toont.")))
    assert used == made


# --- numbers from the published table ---


def test_published_numbers_of_drenthe(shown: Shown) -> None:
    """StatLine 84851NED, Drenthe 2023: 1.605 advices and 1.060 reports on child abuse."""
    card = shown("regionaal", indicator=NATURE, regio="PV22", periode="2023JJ00")
    told = [dict(zip(texts(parts(still(figure), "as-y")), texts(parts(still(figure), "reeks")), strict=False))
            for _, figure in figures_of(card)]  # fmt: skip
    assert [each["Kindermishandeling"] for each in told] == ["1.605", "1.060"]
    assert told[0]["Totaal"] == "2.960"


def test_an_unknown_figure_is_a_word_and_no_bar(shown: Shown) -> None:
    card = shown("regionaal", indicator=NATURE, regio="GM1731", periode="2023JJ00")
    root = still(figures_of(card)[0][1])
    assert texts(parts(root, "reeks")) == ["130", "70", "20", "35"]
    assert texts(parts(root, "noten")) == ["onbekend"] * 5
    cells = {key: replace(figure, value=None, sign="x") for key, figure in card.cells.items()}
    nothing = still(bars(replace(card, cells=cells), card.columns[0]))
    assert [rect for group in parts(nothing, "reeks") for rect in group.iter(f"{SVG}rect")] == []
    assert set(texts(parts(nothing, "noten"))) == {"geheim"}


def test_a_word_stands_on_the_row_of_its_category(shown: Shown) -> None:
    root = still(figures_of(shown("regionaal", indicator=NATURE, regio="GM1731", periode="2023JJ00"))[0][1])

    def rows(name: str) -> dict[str, float]:
        found = {}
        for group in parts(root, name):
            for text in group.iter(f"{SVG}text"):
                lines = len(list(text.iter(f"{SVG}tspan"))) or 1
                size = number(text, "font-size")
                found[f"{len(found)} {written(text)}"] = number(text, "y") + (lines - 1) * 1.3 * size / 2 - 0.36 * size
        return found

    labels = {key.split(" ", 1)[1]: y for key, y in rows("as-y").items()}
    unknown = ["Geweldtegenouders", "Ouderenmishandeling(ouderdan65jaar)", "Huiselijkgeweldoverig",
               "Geenkindermishandeling/huiselijkgeweld", "Onbekend"]  # fmt: skip
    assert [round(y) for y in rows("noten").values()] == [round(labels[name]) for name in unknown]


# --- what it does not know ---


def simple() -> dict[str, Any]:
    trace = {"type": "scatter", "mode": "lines+markers", "x": ["a", "b", "c"], "y": [1, None, 3], "name": "reeks"}
    return {"data": [trace], "layout": style.layout(STANDARD, 200, xaxis=style.axis(), yaxis=style.axis(range=[0, 4]))}


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("data.0", {"type": "pie"}),
        ("data.0", {"type": "heatmap"}),
        ("data.0", {"fill": "tozeroy"}),
        ("data.0", {"stackgroup": "een"}),
        ("data.0", {"mode": "lines+bubbles"}),
        ("data.0", {"xaxis": "x2"}),
        ("data.0", {"line": {"shape": "spline"}}),
        ("data.0", {"line": {"dash": "morse"}}),
        ("data.0", {"marker": {"symbol": "hourglass"}}),
        ("data.0", {"marker": {"colorscale": "Reds"}}),
        ("data.0", {"mode": "text", "text": ["<b>vet</b>", "", ""]}),
        ("data.0", {"mode": "text", "text": ["een", "twee"]}),
        ("layout", {"xaxis2": {}}),
        ("layout", {"barmode": "stack"}),
        ("layout", {"images": []}),
        ("layout", {"separators": ".,"}),
        ("layout", {"annotations": [{"x": 0, "y": 1, "text": "hier", "showarrow": True}]}),
        ("layout", {"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]}),
        ("layout", {"yaxis": {"type": "log", "range": [0, 4]}}),
        ("layout", {"yaxis": {"range": [0, 4], "tickformat": ".2%"}}),
        ("layout", {"xaxis": {"tickangle": 45}}),
    ],
)
def test_what_would_be_lost_is_refused(where: str, change: dict[str, Any]) -> None:
    figure = simple()
    still(figure)
    target: Any = figure
    for step in where.split("."):
        target = target[int(step) if step.isdigit() else step]
    target |= change
    with pytest.raises(UnknownForm):
        still(figure)


def test_a_bar_below_zero_is_refused() -> None:
    bar = {"type": "bar", "orientation": "h", "y": ["a"], "x": [-1]}
    with pytest.raises(UnknownForm):
        still({"data": [bar], "layout": {"height": 100}})


# --- forms that are still to come ---


def test_an_interval_is_drawn_from_bound_to_bound() -> None:
    """Children 90.000 to 127.000, estimated at 118.000, as an error bar on a point and on a bar."""
    error = {"type": "data", "symmetric": False, "array": [9000], "arrayminus": [28000], "color": "#123456"}
    layout = {"height": 200, "xaxis": {"range": [0, 127000]}, "yaxis": {"type": "category"}}
    point = {"type": "scatter", "mode": "markers", "x": [118000], "y": ["2017"], "error_x": error}
    bar = {"type": "bar", "orientation": "h", "x": [118000], "y": ["2017"], "error_x": error, "text": ["118.000"],
           "textposition": "outside"}  # fmt: skip
    for trace in (point, bar):
        (group,) = parts(still({"data": [trace], "layout": layout}), "reeks")
        (line,) = [path for path in group.iter(f"{SVG}path") if path.get("stroke") == "#123456"]
        across = re.match(r"M([\d.]+),([\d.]+)H([\d.]+)", line.get("d", ""))
        assert across
        low, middle, high = map(float, across.groups())
        if trace is bar:
            (rect,) = group.iter(f"{SVG}rect")
            zero, tip = number(rect, "x"), number(rect, "x") + number(rect, "width")
            (told,) = group.iter(f"{SVG}text")
            assert number(told, "x") > high, "the number stands beyond the interval"
            assert abs(middle - number(rect, "y") - number(rect, "height") / 2) < 0.1
            assert abs((low - zero) / (tip - zero) - 90000 / 118000) < 0.001
            assert abs((high - zero) / (tip - zero) - 127000 / 118000) < 0.001
        else:
            mark = next(path for path in group.iter(f"{SVG}path") if path.get("transform"))
            assert abs((high - low) / (moved(mark)[0] - low) - 37000 / 28000) < 0.001


def test_upright_intervals_and_bars_that_begin_above_zero() -> None:
    error = {"type": "data", "symmetric": False, "array": [2], "arrayminus": [1]}
    layout = {"height": 240, "yaxis": {"range": [0, 10]}}
    trace = {"type": "scatter", "mode": "markers", "x": ["a"], "y": [5], "error_y": error}
    (group,) = parts(still({"data": [trace], "layout": layout}), "reeks")
    found = re.match(r"M[\d.]+,([\d.]+)V([\d.]+)", next(group.iter(f"{SVG}path")).get("d", ""))
    assert found
    low, high = map(float, found.groups())
    mark = moved(list(group.iter(f"{SVG}path"))[1])[1]
    assert abs((low - mark) * 2 - (mark - high)) < 0.1
    span = {"type": "bar", "x": ["a", "b"], "base": [4, 0], "y": [2, 8]}
    (group,) = parts(still({"data": [span], "layout": layout}), "reeks")
    first, second = group.iter(f"{SVG}rect")
    assert abs(number(first, "height") * 4 - number(second, "height")) < 0.1
    assert abs((number(first, "y") - number(second, "y")) - number(first, "height")) < 0.1


def test_tiles_with_heads_above_and_the_first_row_on_top() -> None:
    axis = {"type": "category", "categoryarray": ["x", "y"], "range": [-0.5, 1.5], "side": "top"}
    down = {"type": "category", "autorange": "reversed", "categoryarray": ["a", "b"], "range": [1.5, -0.5]}
    trace = {"type": "scatter", "mode": "markers+text", "x": ["x", "y"], "y": ["a", "b"], "text": ["1", "2"],
             "marker": {"symbol": "square", "size": 40}}  # fmt: skip
    root = still({"data": [trace], "layout": {"height": 200, "xaxis": axis, "yaxis": down}})
    first, second = [moved(path) for group in parts(root, "reeks") for path in group.iter(f"{SVG}path")]
    assert first[0] < second[0] and first[1] < second[1]
    heads = [number(t, "y") for group in parts(root, "as-x") for t in group.iter(f"{SVG}text")]
    assert max(heads) < first[1] - 20
    assert texts(parts(root, "as-y")) == ["a", "b"]
    rows = [number(t, "y") for group in parts(root, "as-y") for t in group.iter(f"{SVG}text")]
    assert rows == sorted(rows)


def test_a_bubble_has_the_area_of_its_value() -> None:
    trace = {"type": "scatter", "mode": "markers+text", "x": ["a", "b"], "y": ["c", "d"], "text": ["1", "4"],
             "textposition": "middle center",
             "marker": {"size": [1, 4], "sizemode": "area", "sizeref": 0.01}}  # fmt: skip
    (group,) = parts(still({"data": [trace], "layout": {"height": 300}}), "reeks")
    small, large = [float(re.findall(r"M([\d.]+)", p.get("d", ""))[0]) for p in group.iter(f"{SVG}path")]
    assert abs(large / small - 2) < 0.01
    assert texts([group]) == ["1", "4"]


def test_the_words_of_many_small_gaps_do_not_lie_over_each_other() -> None:
    figure = simple()
    notes = [{"xref": "x", "yref": "paper", "x": at, "y": 0.04, "yanchor": "bottom", "showarrow": False,
              "text": "niet<br>beschikbaar"} for at in (0, 0.1, 0.2)]  # fmt: skip
    figure["layout"]["annotations"] = notes
    found = [text for group in parts(still(figure, 340), "noten") for text in group.iter(f"{SVG}text")]
    assert len(found) == 3
    assert all((text.get("transform") or "").startswith("rotate(-90") for text in found)


@pytest.mark.parametrize(
    ("rough", "step"), [(16279, 20000), (50.6, 100), (15180, 20000), (20, 50), (2.1, 5), (0.3, 0.5), (6, 10)]
)
def test_ticks_stand_on_round_numbers(rough: float, step: float) -> None:
    assert round_step(rough) == pytest.approx(step)


# --- the document ---


def test_a_picture_is_named_and_needs_nothing_else(cards: dict[str, CardView]) -> None:
    for name, card in cards.items():
        for panel, figure in figures_of(card):
            text = svg(figure, width=600, name=panel or "Grafiek", description="Omschrijving & meer <hier>")
            root = read(text)
            assert (root.get("role"), root.get("lang")) == ("img", "nl"), name
            heading, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
            assert heading is not None and described is not None
            assert heading.text == (panel or "Grafiek")
            assert described.text == "Omschrijving & meer <hier>"
            assert root.get("aria-labelledby") == heading.get("id")
            assert root.get("aria-describedby") == described.get("id")
            allowed = {"svg", "title", "desc", "defs", "pattern", "g", "rect", "path", "text", "tspan"}
            assert {e.tag.removeprefix(SVG) for e in root.iter()} <= allowed, name
            assert "href" not in text and "style=" not in text
            assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"], name
            assert "NaN" not in text and "None" not in text and "nan" not in re.sub(r">[^<]*<", "", text), name
            assert len(text) < 15_000, f"{name}: {len(text)}"


def test_ids_of_two_pictures_on_one_page_differ(cards: dict[str, CardView]) -> None:
    seen: dict[str, str] = {}
    for name, card in cards.items():
        for at, (panel, figure) in enumerate(figures_of(card)):
            root = read(svg(figure, width=860, name=panel or "Grafiek", description=name))
            for element in root.iter():
                if element.get("id"):
                    assert element.get("id") not in seen, (name, at, seen[str(element.get("id"))])
                    seen[str(element.get("id"))] = f"{name} {at}"


def test_the_same_figure_gives_the_same_picture(shown: Shown) -> None:
    first, second = (svg(figures_of(shown("landelijk"))[0][1], width=500, name="a", description="b") for _ in range(2))
    assert first == second


# --- the card as a picture ---


def test_a_card_carries_its_title_sources_status_and_release(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        root = read(picture(card, release))
        said = " ".join(texts([root]))
        assert "".join(title(card, release).split()) in said, name
        if len(summary := sentence(card, release)) < 320:
            assert "".join(summary.split()) in said, name
        for source in {f.source for *_, f in card.figures()}:
            assert "".join(release.catalogue.sources[source].titel.split()) in said, name
        for status in {f.status for *_, f in card.figures()}:
            assert "".join(status.split()) in said, name
        assert f"levering{release.name}." in said
        assert "DitisgeenproductvanhetCBS." in said
        assert len(parts(root, "grafiek")) == len(figures_of(card)), name
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name
        for text in root.iter(f"{SVG}text"):
            assert number(text, "y") < number(root, "height"), name


def test_the_picture_says_what_a_sign_means_and_that_kinds_overlap(shown: Shown, release: Release) -> None:
    card = shown("regionaal", indicator=NATURE, regio="GM1731", periode="2023JJ00")
    said = " ".join(texts([read(picture(card, release))]))
    assert "Hetisgeennul." in said
    assert "(meerdan100%)" in said


def test_dots_are_twice_the_picture(shown: Shown, release: Release) -> None:
    drawn = picture(shown("landelijk"), release)
    root = read(drawn)
    dots = png(drawn)
    assert dots.startswith(b"\x89PNG\r\n\x1a\n")
    size = (int.from_bytes(dots[16:20], "big"), int.from_bytes(dots[20:24], "big"))
    assert size == (2 * number(root, "width"), 2 * number(root, "height"))
