"""The drawing of the process model: legible, complete, in words too; and how SVG is written."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import Any

import pytest
from dash import html
from plotly.utils import PlotlyJSONEncoder

from components import model as drawn
from components.html_text import to_html
from components.svg import TAGS, svg
from data import model
from data.choice import Notice
from data.release import Release
from tests.reading import Node, parse

NASTY = "<script>alert(1)</script> & \"quotes\" 'too'"


def picture(release: Release, **query: str) -> Node:
    return parse(to_html(drawn.drawing(model.situation(release, query), release)))


@pytest.fixture(scope="module")
def drawing(release: Release) -> Node:
    return picture(release)


def box(link: Node) -> tuple[float, float, float, float]:
    rect = link.one("rect")
    x, y, width, height = (float(rect[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


# --- SVG in a page ---


def test_svg_is_written_as_html_with_the_names_of_html() -> None:
    node = svg("svg", svg("rect", x=1, className="a"), viewBox="0 0 2 2", **{"aria-label": "b", "role": None})
    assert to_html(node) == '<svg viewBox="0 0 2 2" aria-label="b"><rect x="1" class="a"></rect></svg>'


def test_text_and_attributes_in_svg_are_escaped() -> None:
    read = parse(to_html(svg("text", NASTY, **{"aria-label": NASTY}))).one("text")
    assert (read.text(), read["aria-label"]) == (NASTY, NASTY)


@pytest.mark.parametrize("tag", ["script", "foreignObject", "image", "use", "style", "SVG"])
def test_only_what_a_drawing_needs_can_be_drawn(tag: str) -> None:
    assert tag not in TAGS
    with pytest.raises(ValueError, match=tag):
        svg(tag)


def test_dash_gets_the_very_same_elements() -> None:
    sent = json.loads(json.dumps(html.Div(svg("g", ["a"], className="b")), cls=PlotlyJSONEncoder))
    inner = sent["props"]["children"]
    assert (inner["namespace"], inner["type"]) == ("impactmonitor", "Svg")
    assert inner["props"] == {"tag": "g", "attributes": {"className": "b"}, "children": ["a"]}


# --- the drawing ---


def test_every_step_is_a_link_with_its_name_and_key_figure(drawing: Node, release: Release) -> None:
    links = drawing.one("svg").all("a")
    # From the report on the second half of 2019; adviezen and meldingen as revised in the Impactmonitor 2022.
    assert [link["aria-label"] for link in links] == [
        "Advies: 54.540 adviezen",
        "Melding: 66.730 meldingen",
        "Veiligheidsbeoordeling: Hoe veilig is het, en wat is nodig?",
        "Voorwaarden en vervolg: 7.890 actieve diensten",
        "Onderzoek: 4.395 actieve diensten",
        "Overdracht: 96.900 overdrachten",
        "Monitoring: Is het veilig, en blijft het veilig?",
        "Casus: alles bij elkaar: 79.275 actieve casussen",
    ]
    assert [link["href"] for link in links] == [f"/model?stap={step}#stap" for step in release.catalogue.model.steps]


def test_what_a_box_says_is_its_accessible_name(drawing: Node) -> None:
    for link in drawing.one("svg").all("a"):
        shown = " ".join(text.text() for text in link.all("text"))
        assert re.sub(r"\W+", " ", shown) == re.sub(r"\W+", " ", link["aria-label"])


def test_the_open_step_is_marked(release: Release) -> None:
    read = picture(release, stap="onderzoek", regio="VT02")
    marked = [link["aria-label"] for link in read.one("svg").all("a") if "aria-current" in link.attributes]
    assert marked == ["Onderzoek: 180 actieve diensten"]
    assert "/model?stap=melding&regio=VT02#stap" in [link["href"] for link in read.one("svg").all("a")]


def test_unknown_and_absent_are_words_in_the_drawing(release: Release) -> None:
    read = picture(release, regio="VT02", periode="2023JJ00")
    names = [link["aria-label"] for link in read.one("svg").all("a")]
    assert "Melding: 1.905 meldingen" in names
    assert "Overdracht: overdrachten: niet beschikbaar" in names
    assert not any(re.search(r": 0\b", name) for name in names)


def test_a_sign_stands_in_the_drawing_with_its_meaning(release: Release) -> None:
    step = release.catalogue.model.steps["melding"]
    figure = next(
        t.figure
        for t in model.totals(release, release.catalogue.model.steps["voorwaarden-en-vervolg"], "GM1731", "2023JJ00")
        if t.figure
    )
    assert step.kerncijfer is not None
    assert drawn._short(figure, "meldingen") == "meldingen: onbekend (.)"
    assert drawn._short(None, "meldingen") == "meldingen: niet beschikbaar"


def test_boxes_do_not_overlap_and_stay_within_the_drawing(drawing: Node) -> None:
    image = drawing.one("svg")
    width, height = map(float, image["viewbox"].split()[2:])
    boxes = [box(link) for link in image.all("a")]
    for x, y, right, bottom in boxes:
        assert 0 <= x < right <= width and 0 <= y < bottom <= height
    for one, other in combinations(boxes, 2):
        apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        assert apart, (one, other)


def test_the_text_fits_its_box_in_every_region(release: Release) -> None:
    for region in model.regions(release):
        for link in picture(release, regio=region.code).one("svg").all("a"):
            x, y, right, bottom = box(link)
            for text in link.all("text"):
                wide = 9.2 if "schema-naam" in text.classes else 7.9
                assert len(text.text()) * wide <= right - x, text.text()
                assert y + 12 <= float(text["y"]) <= bottom - 4, text.text()


def test_every_arrow_ends_at_a_box_and_crosses_none(drawing: Node) -> None:
    image = drawing.one("svg")
    boxes = [box(link) for link in image.all("a")]
    arrows = image.all("g", "schema-pijl")
    assert len(arrows) == 10
    for arrow in arrows:
        line, head = arrow.all("path")
        x, y, along, end = re.fullmatch(r"M([\d.]+) ([\d.]+)([HV])([\d.]+)", line["d"]).groups()  # type: ignore[union-attr]
        tip = re.match(r"M([\d.]+) ([\d.]+)", head["d"])
        assert tip
        at = (float(tip[1]), float(tip[2]))
        assert any(bx <= at[0] <= br and by <= at[1] <= bb for bx, by, br, bb in boxes)
        points = [
            (float(x), float(y) + (float(end) - float(y)) * part / 20) if along == "V"
            else (float(x) + (float(end) - float(x)) * part / 20, float(y))
            for part in range(1, 20)
        ]  # fmt: skip
        assert not any(bx < px < br and by < py < bb for px, py in points for bx, by, br, bb in boxes)


def test_the_drawing_stands_in_words_too(drawing: Node, release: Release) -> None:
    texts = [item.text() for item in drawing.one("details").all("li")]
    assert len(texts) == len(release.catalogue.model.arrows)
    assert texts[0].startswith("Begin naar advies: ")
    assert texts[-1].startswith("Overdracht naar monitoring: ")


# --- the notices ---


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (Notice("unknown", "stap", "x"), "De stap ‘x’ bestaat hier niet. U ziet de standaardkeuze."),
        (Notice("no_figures", "regio", "Aa"), "Voor Aa zijn hier geen cijfers. U ziet Nederland."),
        (Notice("no_figures", "periode", "2022"),
         "Over 2022 zijn voor deze regio hier geen cijfers. U ziet een andere periode."),
        (Notice("too_many", "regio", "1"), "Deze pagina toont één regio tegelijk. U ziet de eerste."),
        (Notice("too_many", "periode", "1"), "Deze pagina toont één periode tegelijk. U ziet de eerste."),
    ],
)  # fmt: skip
def test_a_notice_says_what_is_shown_instead(notice: Notice, text: str) -> None:
    assert drawn.notice_text(notice) == text


# --- what Dash can draw ---


def test_no_list_stands_in_a_list(release: Release) -> None:
    """Dash draws a list of children, but not a list in it."""

    def check(node: Any) -> None:
        children = getattr(node, "children", None) or []
        for child in children if isinstance(children, list | tuple) else [children]:
            assert not isinstance(child, list | tuple), child
            check(child)

    for step in release.catalogue.model.steps:
        for region in ("NL01", "VT02", "GM1731"):
            shown = model.situation(release, {"stap": step, "regio": region})
            check(drawn.panel(shown, release))
            check(drawn.parties(shown, release))
            check(drawn.drawing(shown, release))
            check(drawn.chooser(shown, release))
