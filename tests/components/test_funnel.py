"""The funnel on the page: chart, still chart, table and words say the same, and no more than may be said."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import plotly.graph_objects as go
import pytest

from components.figures import funnel as drawn
from components.figures.static import svg
from components.funnel import funnel_section
from components.html_text import to_html
from data.funnel import Funnel, funnels
from data.release import Release
from data.view import CardView
from tests.reading import Node, parse

PROVINCES = {"indicator": "eerdere-betrokkenheid-veilig-thuis", "niveau": "provincie", "periode": "2023JJ00"}
GEMEENTEN = {"indicator": "eerdere-betrokkenheid-veilig-thuis", "niveau": "gemeente", "periode": "2023JJ00"}


@pytest.fixture
def card(shown: Callable[..., CardView]) -> CardView:
    return shown("regionaal", regio="PV24", **PROVINCES)


@pytest.fixture
def found(card: CardView, release: Release) -> Funnel:
    (one,) = funnels(release, card)
    return one


def section(card: CardView, release: Release) -> Node:
    return parse(to_html(funnel_section(card, release))).one("section", "valt-op")


def test_the_figure_is_one_that_plotly_knows(found: Funnel) -> None:
    figure = drawn.funnel(found, ["PV24"])
    go.Figure(figure)
    names = list(dict.fromkeys(trace["name"] for trace in figure["data"]))
    assert names == ["Nederland", "95%-grens", "99,8%-grens", "binnen de grenzen", "buiten de buitenste grens"]


def test_points_stand_at_their_size_and_their_rate(found: Funnel) -> None:
    figure = drawn.funnel(found, ["PV24"])
    inside, outside = figure["data"][-2:]
    assert len(inside["x"]) == 11
    # Flevoland: 2.235 on 444.701 inhabitants is 50,258 per 10.000; the rounding leaves 0,056 on both sides.
    assert outside["x"] == [pytest.approx(math.log10(444_701), abs=1e-4)]
    assert outside["y"] == [50.258]
    assert outside["error_y"]["array"] == outside["error_y"]["arrayminus"] == [0.056]
    assert outside["text"] == ["Flevoland"]
    assert outside["marker"]["symbol"] != inside["marker"]["symbol"], "not by colour alone"
    country = figure["data"][0]
    assert set(country["y"]) == {20.411}  # 36.355 on 17.811.291


def test_the_limits_narrow_as_regions_grow(shown: Callable[..., CardView], release: Release) -> None:
    (gemeenten,) = funnels(release, shown("regionaal", **GEMEENTEN))
    figure = drawn.funnel(gemeenten)
    upper = next(t for t in figure["data"] if t["name"] == "99,8%-grens" and t["showlegend"])
    heights = [y for y in upper["y"] if y is not None]
    # Exact Poisson limits between whole numbers waver a little; over the whole they come down.
    assert heights[0] > 1.2 * heights[-1]
    assert all(y is None or y <= figure["layout"]["yaxis"]["range"][1] for y in upper["y"])


def test_the_still_chart_draws_every_point_and_limit(found: Funnel) -> None:
    still = svg(drawn.funnel(found, ["PV24"]), width=640, name="Trechter", description="")
    picture = parse(still)
    series = [g for g in picture.all("g") if g.attributes.get("data-deel") == "reeks"]
    assert len(series) == 7  # Nederland, two limits of two lines each, within and outside
    assert len(re.findall(r'transform="translate', still)) >= 12
    for text in ("Flevoland", "per 10.000 inwoners", "inwoners van de regio", "500.000", "2 mln", "99,8%-grens"):
        assert text in still


def test_the_table_says_what_the_figure_says(card: CardView, found: Funnel, release: Release) -> None:
    drawn_table = section(card, release).one("table")
    rows = {
        tr.one("th").text(): [td.text() for td in tr.all("td", "getal")] for tr in drawn_table.one("tbody").all("tr")
    }
    lies = {tr.one("th").text(): tr.all("td")[-1].text() for tr in drawn_table.one("tbody").all("tr")}
    assert len(rows) == len(found.points) == 12
    # 36.355 / 17.811.291 * 444.701 = 907,7
    assert rows["Flevoland"][:3] == ["444.701", "2.235", "908"]
    assert lies.pop("Flevoland") == "hoger dan de grenzen"
    assert set(lies.values()) == {"binnen de grenzen"}
    high = int(rows["Flevoland"][3].split(" tot ")[1].replace(".", ""))
    assert 908 < high < 2_235


def test_a_region_between_the_limits_is_at_the_edge(shown: Callable[..., CardView], release: Release) -> None:
    drawn_table = section(shown("regionaal", **GEMEENTEN), release).one("table")
    lies = {tr.one("th").text(): tr.all("td")[-1].text() for tr in drawn_table.one("tbody").all("tr")}
    assert len(lies) == 20
    edge = {name for name, where in lies.items() if where == "aan de hoge rand"}
    assert edge == {"Almere", "Baarle-Nassau"}


def test_the_words_say_what_may_be_concluded_and_rank_nobody(card: CardView, release: Release) -> None:
    whole = section(card, release)
    text = whole.text()
    assert "In Flevoland (provincie) waren er in 2023 2.235 ontvangen meldingen" in text
    assert "meer dan door toeval en gewone verschillen tussen regio's te verklaren is" in text
    assert "dat een regio het goed of slecht doet" in text
    assert "geen ranglijst" in text
    assert not re.search(r"\b(beste|slechtste|scoort|presteert|te hoog|te laag)\b", text)
    assert whole.one("div", role="img")["aria-label"].startswith("Trechtergrafiek. Ontvangen meldingen")
    names = [row.children[0].text() for row in whole.one("tbody").all("tr")]
    assert names == sorted(names), "by name, not by height"


def test_without_a_choice_it_names_those_outside(shown: Callable[..., CardView], release: Release) -> None:
    told = section(shown("regionaal", **PROVINCES), release).one("p", "trechter-zin").text()
    assert told == (
        "Van de 12 provincies met een bekend cijfer ligt er 1 buiten de buitenste grenzen (hoger: Flevoland)."
    )
    told = section(shown("regionaal", **GEMEENTEN), release)
    assert told.one("p", "trechter-zin").text() == (
        "Van de 20 gemeenten met een bekend cijfer ligt er geen buiten de buitenste grenzen."
    )
    assert "322 van de 342" in told.text()


def test_a_region_within_is_said_not_to_stand_out(shown: Callable[..., CardView], release: Release) -> None:
    told = section(shown("regionaal", regio="GM0363", **GEMEENTEN), release).one("p", "trechter-zin").text()
    assert "1.310 ontvangen meldingen" in told
    assert told.endswith("Dit aantal valt dus niet op.")


def test_there_is_no_funnel_where_there_is_too_little(shown: Callable[..., CardView], release: Release) -> None:
    assert funnel_section(shown("regionaal", periode="2019HJ02"), release) is None
    assert funnel_section(shown("landelijk"), release) is None
