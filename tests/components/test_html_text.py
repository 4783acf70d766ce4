from typing import Any

import pytest
from dash import dcc, html

from components.html_text import to_html
from components.native import Input
from tests.reading import parse

NASTY = "<script>alert(1)</script> & \"quotes\" 'too' ≥ ë"


def test_text_is_escaped() -> None:
    assert to_html(html.P("1 < 2 & 3 > 2")) == "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"
    assert parse(to_html(html.P(NASTY))).one("p").text() == NASTY


def test_attributes_are_escaped() -> None:
    read = parse(to_html(html.P("x", title=NASTY, **{"data-code": NASTY, "aria-label": NASTY}))).one("p")
    assert (read["title"], read["data-code"], read["aria-label"]) == (NASTY, NASTY, NASTY)


def test_a_quote_cannot_end_an_attribute() -> None:
    read = parse(to_html(html.A("x", href='" onclick="alert(1)'))).one("a")
    assert set(read.attributes) == {"href"}


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (None, ""),
        ("a", "a"),
        (0, "0"),
        (1.5, "1.5"),
        (["a", None, html.B("b")], "a<b>b</b>"),
        (html.Div(), "<div></div>"),
        (html.Div(0), "<div>0</div>"),
        (html.P(["a", [html.I("b"), "c"]]), "<p>a<i>b</i>c</p>"),
    ],
)
def test_children_of_every_kind(node: Any, text: str) -> None:
    assert to_html(node) == text


@pytest.mark.parametrize("component", [html.Br, html.Hr, html.Img, html.Link, html.Meta])
def test_void_elements_have_no_end(component: Any) -> None:
    assert to_html(component()) == f"<{component.__name__.lower()}>"


def test_names_of_attributes_are_those_of_html() -> None:
    read = parse(to_html(html.Label("x", className="a b", htmlFor="c", tabIndex="0", id="d"))).one("label")
    assert read.attributes == {"class": "a b", "for": "c", "tabindex": "0", "id": "d"}


def test_a_boolean_attribute_is_there_or_not() -> None:
    on = to_html(html.Option("x", value="v", selected=True, disabled=True, hidden=True))
    off = to_html(html.Option("x", value="v", selected=False, disabled=False, hidden=False))
    assert parse(on).one("option").attributes == {"selected": None, "disabled": None, "hidden": None, "value": "v"}
    assert parse(off).one("option").attributes == {"value": "v"}
    assert parse(to_html(html.Details("x", open=True))).one("details").attributes == {"open": None}


def test_data_and_aria_attributes_keep_their_name_and_may_be_empty() -> None:
    read = parse(to_html(html.Button("x", **{"aria-pressed": "false", "data-gekozen": ""}))).one("button")
    assert read.attributes == {"aria-pressed": "false", "data-gekozen": ""}


def test_what_only_dash_needs_is_not_written() -> None:
    assert to_html(html.Button("x", n_clicks=0, key="k", disable_n_clicks=True)) == "<button>x</button>"


def test_a_style_is_refused_as_the_security_policy_does() -> None:
    with pytest.raises(TypeError, match="gebruik een class"):
        to_html(html.P("x", style={"marginTop": 4}))


def test_an_input_is_an_input() -> None:
    read = parse(to_html(Input(id="zoek", name="n", type="text", value='"<&', list="lijst")))
    assert read.one("input").attributes == {"id": "zoek", "name": "n", "type": "text", "value": '"<&', "list": "lijst"}


def test_a_chart_is_room_of_its_height() -> None:
    chart = dcc.Graph(id="g", figure={"data": [], "layout": {"height": 300}}, className="grafiek")
    read = parse(to_html(chart))
    assert read.one(id="g").classes == ["grafiek"]
    assert read.one("svg").attributes["height"] == "300"
    assert "style" not in to_html(chart)


def test_a_store_is_nothing() -> None:
    assert to_html(dcc.Store(id="s", data={"a": 1})) == ""


@pytest.mark.parametrize("node", [dcc.Dropdown(), dcc.Input(), dcc.Markdown("x"), object(), {"a": 1}])
def test_an_unknown_component_is_an_error(node: Any) -> None:
    with pytest.raises(TypeError, match="kan niet als HTML"):
        to_html([html.P("x"), node])


def test_a_plain_input_is_one_element_of_html() -> None:
    node = Input(id="zoek", name="q", type="search", value='"<&', maxLength=9, **{"aria-label": "Zoek"})
    assert parse(to_html(node)).one("input").attributes == {
        "id": "zoek", "name": "q", "type": "search", "value": '"<&', "maxlength": "9", "aria-label": "Zoek",
    }  # fmt: skip
    assert node.to_plotly_json()["namespace"] == "impactmonitor"
