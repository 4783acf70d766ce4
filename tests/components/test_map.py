"""The map says what the table says."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from components import card as cards
from components.house_style.shelf import STANDARD
from components.html_text import to_html
from components.map import map_section
from components.table import table as drawn_table
from data import borders, pdok, periods
from data.choice import choose
from data.release import Release
from data.view import CardView, card_view
from tests.components.conftest import Offered
from tests.reading import Node, Table, parse, read_table

LATE_2019 = {"indicator": "aantal-adviezen-en-meldingen", "periode": "2019HJ02"}


def read(view: CardView, release: Release) -> Node:
    return parse(to_html(map_section(view, release))).one("section")


def screen_table(card: CardView) -> Table:
    return read_table(parse(to_html(drawn_table(card, "cijfers"))))


def every_map(release: Release, offered: Offered) -> list[CardView]:
    """Every regional card with a map: each indicator, measure, category, period and presentation."""
    found = [card for _, card in offered("regionaal")]
    for slug, view in sorted(release.filled):
        if view != "regionaal":
            continue
        first = choose(release, view, {"indicator": slug, "regio": "VT02"})
        for period in first.options["periode"]:
            for presented in first.options["weergave"]:
                query = {"indicator": slug, "periode": period.value, "weergave": presented.value, "regio": "VT02"}
                found.append(card_view(release, choose(release, view, query)))
    unique = {tuple(card.choice.query.items()): card for card in found}
    return [card for card in unique.values() if map_section(card, release) is not None]


def test_the_numbers_of_the_map_are_those_of_the_table(release: Release, offered: Offered) -> None:
    seen = set()
    for card in every_map(release, offered):
        table = screen_table(card)
        drawn = borders.borders("VT", periods.period(card.choice.period).year)
        assert drawn is not None
        maps = read(card, release).all("svg", "landkaart")
        assert maps
        for at, figure in enumerate(maps):
            column = next(i for i, head in enumerate(table.heads[1:]) if head in figure["aria-label"])
            said = dict(a["aria-label"].removesuffix(", gekozen").split(": ", 1) for a in figure.all("a"))
            assert len(said) == len(drawn.shapes), at
            for name, value in said.items():
                label = {r.name: r.label for r in release.regions.by_code.values() if r.level == "VT"}[name]
                cells = dict(table.rows).get(name) or dict(table.rows).get(label)
                expected = re.sub(r" \(.\)$", "", cells[column]) if cells else "niet beschikbaar"
                assert value.removesuffix(" (grens onzeker)") == expected, (card.choice.query, name)
            seen.add((card.choice.indicator.slug, card.choice.period, card.choice.presentation))
    assert len(seen) >= 10
    assert {period for _, period, _ in seen} >= {"2019HJ01", "2019HJ02", "2023JJ00"}


def test_the_map_stands_beside_the_open_table(release: Release, shown: Callable[..., CardView]) -> None:
    view = shown("regionaal", **LATE_2019)
    page = parse(to_html(cards.card(view, release, beside=map_section(view, release))))
    both = page.one("div", "kaart-en-tabel")
    assert both.one("section", "op-de-kaart").all("svg", "landkaart")
    table = both.one("details", id="tabel")
    assert "open" in table.attributes
    without = parse(to_html(cards.card(view, release)))
    assert without.all("div", "kaart-en-tabel") == []
    assert "open" not in without.one("details", id="tabel").attributes


def test_every_region_can_be_chosen_by_keyboard(shown: Callable[..., CardView], release: Release) -> None:
    section = read(shown("regionaal", **LATE_2019), release)
    for picture in section.all("svg", "landkaart"):
        links = picture.all("a")
        assert [link["aria-label"].split(":")[0] for link in links] == sorted(
            r.name for r in release.regions.by_code.values() if r.level == "VT"
        )
        asked = [parse_qs(urlsplit(link["href"]).query) for link in links]
        assert len({query["regio"][0] for query in asked}) == 26
        for query in asked:
            flat = {name: values[0] for name, values in query.items()}
            choice = choose(release, "regionaal", flat)
            assert not choice.notices
            assert (choice.period, choice.regions[0].code) == ("2019HJ02", flat["regio"])


def test_circles_are_in_proportion_and_drawn_largest_first(shown: Callable[..., CardView], release: Release) -> None:
    section = read(shown("regionaal", **LATE_2019), release)
    circles = section.all("svg", "landkaart")[0].one("g", "cirkels").all("circle")
    radii = [float(circle["r"]) for circle in circles]
    assert radii == sorted(radii, reverse=True)
    # Rotterdam-Rijnmond 4.560 and Gooi en Vechtstreek 760: areas as the numbers.
    assert (radii[0] / radii[-1]) ** 2 == pytest.approx(4_560 / 760, rel=0.02)


def test_the_chosen_region_is_outlined_and_said(shown: Callable[..., CardView], release: Release) -> None:
    section = read(shown("regionaal", regio="VT02", **LATE_2019), release)
    chosen = section.all("svg", "landkaart")[0].all("a", "gekozen")
    assert [a["aria-label"] for a in chosen] == ["Drenthe: 1.410, gekozen"]
    assert [a["aria-current"] for a in chosen] == ["true"]
    assert "gekozen regio" in section.all("ul", "kaartlegenda")[0].text()


def test_unknown_is_hatched_and_never_a_circle_or_a_shade(shown: Callable[..., CardView], release: Release) -> None:
    card = shown("regionaal", **LATE_2019)
    for key in [k for k in card.cells if k[0] == "VT02"]:
        card = replace(card, cells=card.cells | {key: replace(card.cells[key], value=None, sign=".")})
    section = read(card, release)
    (hidden,) = [a for a in section.all("svg", "landkaart")[0].all("a") if a["aria-label"] == "Drenthe: onbekend"]
    assert "geen-cijfer" in hidden.classes
    assert hidden.one("path")["fill"].startswith("url(#arcering")
    assert len(section.all("svg", "landkaart")[0].one("g", "cirkels").all("circle")) == 25
    assert "geen getal: onbekend of niet beschikbaar" in section.all("ul", "kaartlegenda")[0].text()
    ids = [node["id"] for node in section.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids)), "the legend uses the hatching of the map"


def shares(card: CardView, release: Release, **by_code: float) -> Node:
    """A card in which the numbers of some regions are shares."""
    cells = {
        key: replace(f, value=by_code[key[0]], unit="%", computed=True) if key[0] in by_code else f
        for key, f in card.cells.items()
        if key[0] in by_code
    }
    return read(replace(card, cells=cells), release)


def test_shares_are_classes_with_round_limits(shown: Callable[..., CardView], release: Release) -> None:
    section = shares(shown("regionaal", **LATE_2019), release, VT02=12, VT03=20, VT04=44, VT05=39)
    kinds = {a["aria-label"]: a.classes[1] for a in section.all("svg", "landkaart")[0].all("a")}
    assert (kinds["Drenthe: 12%"], kinds["Flevoland: 20%"]) == ("klasse-1", "klasse-2")
    assert (kinds["Friesland: 44%"], kinds["Gelderland-Midden: 39%"]) == ("klasse-5", "klasse-4")
    assert kinds["Utrecht: niet beschikbaar"] == "geen-cijfer"
    assert section.all("svg", "landkaart")[0].all("circle") == []
    legend = [li.text() for li in section.all("ul", "kaartlegenda")[0].all("li")]
    assert legend[:2] == ["10 tot en met 19%", "20 tot en met 29%"]


def test_the_brabant_regions_have_no_class_from_2023(shown: Callable[..., CardView], release: Release) -> None:
    card = shown("regionaal", **LATE_2019)
    late = replace(card, choice=replace(card.choice, period="2023JJ00"))
    section = shares(late, release, VT02=12, VT26=44)
    kinds = {a["aria-label"]: a.classes[1] for a in section.all("svg", "landkaart")[0].all("a")}
    assert kinds["Zuidoost-Brabant: 44% (grens onzeker)"] == "geen-klasse"
    assert not any(name.startswith("Brabant Noordoost") for name in kinds)
    assert "geen klasse: grens niet zeker" in section.all("ul", "kaartlegenda")[0].text()


def test_shades_stay_apart_in_grey() -> None:
    light = []
    for shade in STANDARD.classes:
        red, green, blue = (int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5))
        light.append(0.299 * red + 0.587 * green + 0.114 * blue)
    assert all(a - b > 0.1 for a, b in itertools.pairwise(light)), light


def test_the_source_of_the_borders_stands_below(shown: Callable[..., CardView], release: Release) -> None:
    text = read(shown("regionaal", **LATE_2019), release).one("footer").text()
    assert "grenzen van 2022" in text
    assert "CBS en Kadaster" in text
    assert "CC BY 4.0" in text


@pytest.mark.parametrize(
    ("view", "query"),
    [
        ("landelijk", {}),
        ("tijdreeksen", {}),
        ("regionaal", {"indicator": "ondertoezichtstellingen"}),
        ("regionaal", {"regio": "GM1731", "indicator": "aard-geweld-adviezen-meldingen-veilig-thuis"}),
    ],
)
def test_no_map_where_no_veilig_thuis_regions_are_compared(
    view: str, query: dict[str, str], shown: Callable[..., CardView], release: Release
) -> None:
    assert map_section(shown(view, **query), release) is None


def test_the_tile_map_has_a_tile_for_every_region_with_its_number(
    shown: Callable[..., CardView], release: Release
) -> None:
    tiles = read(shown("regionaal", **LATE_2019), release).all("svg", "tegels")[0]
    assert len(tiles.all("rect", rx="4")) == 26
    drenthe = next(a for a in tiles.all("a") if a["aria-label"] == "Drenthe: 1.410")
    assert [t.text() for t in drenthe.all("text")] == ["Drenthe", "1.410"]
    at = {(r["x"], r["y"]) for r in tiles.all("rect", rx="4")}
    assert len(at) == 26


# Seven gemeenten in the north, of which the table on earlier involvement in 2023 has figures, drawn as squares.
MADE = ("GM1680", "GM0358", "GM0197", "GM0059", "GM0482", "GM0613", "GM0361")


def made_borders(level: str, year: int) -> bytes:
    """An answer as PDOK documents it: squares in a row, as many as the importer asks for."""
    codes = [*MADE, *(f"GM9{n:03d}" for n in range(300))]
    features = []
    for at, code in enumerate(codes):
        x, y = 4 + at % 20 / 10, 51 + at // 20 / 10
        ring = [[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"statcode": code, "statnaam": code}, "geometry": shape})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_gemeenten_have_a_map_once_their_borders_were_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: Callable[..., CardView], release: Release
) -> None:
    view = shown("regionaal", indicator="eerdere-betrokkenheid-veilig-thuis", niveau="gemeente", periode="2023JJ00")
    assert view.level == "GM"
    assert map_section(view, release) is None, "no borders of gemeenten come along"
    shutil.copy(borders.FOLDER / "grenzen.toml", tmp_path)
    shutil.copy(borders.FOLDER / "VT-2022.geojson", tmp_path)
    pdok.refresh("GM", 2023, tmp_path, lambda _: made_borders("GM", 2023))
    monkeypatch.setattr(borders, "borders", partial(borders.borders, folder=tmp_path))
    section = read(view, release)
    table = {name: cells for name, cells in screen_table(view).rows}
    picture = section.all("svg", "landkaart")[0]
    said = dict(a["aria-label"].split(": ", 1) for a in picture.all("a"))
    assert set(said) == {release.regions[code].name for code in MADE}, "what the release does not know is not drawn"
    assert all(value == table[name][0].removesuffix(" (.)") for name, value in said.items())
    assert "grenzen van 2023" in section.one("footer").text()
    assert section.all("details", id="tegelkaart") == [], "there are tiles for the Veilig Thuis-regio's only"
    hatched = [a for a in picture.all("a", "geen-cijfer")]
    assert len(hatched) == sum("onbekend" in value or "niet" in value for value in said.values())
