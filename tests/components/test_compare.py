"""Chosen regions beside others: change since a period, place, peers, and a colour that stays theirs."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from components import words
from components.card import card as make_card
from components.export import card_csv
from components.figures import style
from components.figures.panels import figures_of
from components.filters import filters
from components.house_style.shelf import STANDARD
from components.html_text import to_html
from components.map import map_section
from data import rates
from data.choice import choose
from data.release import Release
from data.view import CardView, card_view
from tests.components.screen import same_everywhere, whole_name
from tests.made import with_rows
from tests.reading import Node, parse

ADVICE = "aantal-adviezen-en-meldingen"
KEY_FIGURES = "kerncijfers-veilig-thuis"
SOURCES = Path("data/sources")
LATE = {"indicator": ADVICE, "periode": "2019HJ02"}
THREE = "VT02,VT05,VT20"


def card(release: Release, view: str, **query: str) -> CardView:
    choice = choose(release, view, query)  # type: ignore[arg-type]
    assert choice.notices == ()
    return card_view(release, choice)


def compared(shown: CardView, release: Release) -> dict[tuple[str, str], list[str]]:
    """What the card says beside other regions: (region, measure) -> its sentences."""
    found = parse(to_html(make_card(shown, release))).all("section", "vergeleken")
    out: dict[tuple[str, str], list[str]] = {}
    region = maat = ""
    for node in found[0].walk() if found else ():
        if node.tag == "h4":
            region = node.text()
        elif node.tag == "dt":
            maat = node.text()
        elif node.tag == "dd":
            out.setdefault((region, maat), []).append(node.text())
    return out


def published(file: str, column: str) -> dict[str, int]:
    """A column of the published key figures of a half-year, by the name of the region."""
    with (SOURCES / file).open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    first = next(iter(rows[0]))
    return {row[first]: int(row[column].replace(".", "").replace(" ", "")) for row in rows}


# --- change since a period ---


def test_the_change_since_a_period_is_that_of_the_published_counts(release: Release) -> None:
    """CBS, key figures of 2019: Drenthe 1.145 and 1.410 adviezen, 1.235 and 1.300 meldingen."""
    shown = card(release, "regionaal", **LATE, regio="VT02", sinds="2019HJ01")
    said = compared(shown, release)
    drenthe = "Drenthe (Veilig Thuis-regio)"
    # 265 / 1.145 = 23,1% and 65 / 1.235 = 5,3%
    assert (
        "In het 1e halfjaar van 2019 waren het er 1.145: nu 265 meer (23% meer, berekend)."
        in said[drenthe, "Gestarte adviezen"]
    )
    assert (
        "In het 1e halfjaar van 2019 waren het er 1.235: nu 65 meer (5% meer, berekend)."
        in said[drenthe, "Ontvangen meldingen"]
    )
    assert shown.choice.query["sinds"] == shown.choice.kept["sinds"] == "2019HJ01"


def test_a_change_within_the_rounding_is_not_told_as_one(release: Release) -> None:
    made = with_rows(
        release,
        *({"regio_code": "VT02", "periode": period, "waarde": value, "kenmerk": "Totaal"}
          for period, value in {"2021JJ00": 1_900.0, "2022JJ00": 40.0}.items()),
    )  # fmt: skip
    query = {"indicator": ADVICE, "maat": "ontvangen-meldingen", "regio": "VT02", "periode": "2023JJ00"}
    said = {}
    for since in ("2021JJ00", "2022JJ00"):
        (texts,) = compared(card(made, "regionaal", **query, sinds=since), made).values()
        said[since] = texts[-1]
    assert said["2021JJ00"] == "In 2021 waren het er 1.900. Het verschil is niet groter dan de afronding."
    # From 40 (37,5 to 42,5) to 1.905 the percentage could be hundreds off: only the difference stands.
    assert said["2022JJ00"] == "In 2022 waren het er 40: nu 1.865 meer."


def test_without_a_period_the_newest_before_it_is_the_one(release: Release) -> None:
    shown = card(release, "regionaal", **LATE, regio="VT02")
    assert "In het 1e halfjaar van 2019" in str(compared(shown, release))
    assert "sinds" not in shown.choice.query
    options = shown.choice.options["sinds"]
    assert [(o.value, o.label) for o in options] == [("2019HJ01", "1e halfjaar 2019")]


@pytest.mark.parametrize("since", ["2019HJ02", "2020HJ01", "2018JJ00", "toen"])
def test_a_period_that_cannot_be_compared_is_told(release: Release, since: str) -> None:
    choice = choose(release, "regionaal", LATE | {"regio": "VT02", "sinds": since})
    assert [notice.parameter for notice in choice.notices] == ["sinds"]
    assert "vergelijken" in words.notice_text(choice.notices[0])
    assert choice.since == ""


def test_another_area_under_the_same_code_has_no_change(release: Release) -> None:
    """Zuidoost-Brabant is another area from 2023 on."""
    made = with_rows(
        release,
        {"regio_code": "VT26", "waarde": 3_500.0},
        {"regio_code": "VT26", "waarde": 3_000.0, "periode": "2022JJ00"},
    )
    query = {"indicator": ADVICE, "maat": "ontvangen-meldingen", "regio": "VT26", "periode": "2023JJ00"}
    said = compared(card(made, "regionaal", **query, sinds="2022JJ00"), made)
    assert next(iter(said.values()))[-1] == "Met die periode is dit cijfer niet te vergelijken."


# --- place and peers ---


@pytest.mark.parametrize("code", ["VT02", "VT05", "VT20", "VT01"])
def test_the_place_is_that_in_the_published_table(release: Release, code: str) -> None:
    regions = {}
    for name, count in published("cbs-bvt-2019-2.csv", "Gestarte adviezen").items():
        found = release.regions.find(f"{name} (Veilig Thuis-regio)") or release.regions.find(name)
        assert found, name
        regions[found.code] = count
    regions.pop("NL01", None)
    assert len(regions) == 26
    own = code
    place = 1 + sum(count > regions[own] for count in regions.values())
    shared = list(regions.values()).count(regions[own]) > 1
    said = compared(card(release, "regionaal", **LATE, regio=code), release)
    text = next(iter(said.values()))[0]
    assert (
        text
        == f"Naar aantal, van hoog naar laag: {'gedeeld ' if shared else ''}{place}e van de 26 Veilig Thuis-regio's."
    )
    assert not re.search(r"\b(beste|slechtste|goed|slecht|top|onderaan|bovenaan)\b", str(said).lower())


def test_a_place_by_rate_goes_as_far_as_rounding_is_sure() -> None:
    """Worked by hand: 30,9 can be 30,2 to 31,6; so it may be below 31 (30,5 to 31,5), but not below 29."""
    own = rates.rate(105, 33_987)
    others = [rates.rate(count, 33_987) for count in (105, 110, 120, 95)]
    assert own is not None and all(others)
    found = rates.place_between(own, [each for each in others if each])
    # 102,5-107,5 against 107,5-112,5 (touches), 117,5-122,5 (above), 92,5-97,5 (below), and its equal.
    assert (found.first, found.last, found.of) == (2, 4, 5)


def test_peers_have_about_as_many_inhabitants(release: Release) -> None:
    """Drenthe had 492.167 inhabitants on 1 January 2019; a third less to half more is 328.111 to 738.251."""
    said = compared(card(release, "regionaal", **LATE, regio="VT02"), release)
    text = next(text for text in said["Drenthe (Veilig Thuis-regio)", "Gestarte adviezen"] if "grootte" in text)
    # Of the regions with inhabitants in 2019: Flevoland 416.546, Zeeland 383.032, Groningen 583.990, Friesland 647.672.
    assert text.startswith("Veilig Thuis-regio's van ongeveer dezelfde grootte, voor zover bekend: ")
    assert set(re.findall(r"Flevoland|Zeeland|Groningen|Friesland|Utrecht", text)) == {
        "Flevoland", "Zeeland", "Groningen", "Friesland"
    }  # fmt: skip


# --- several regions ---


def test_six_regions_at_most(release: Release) -> None:
    choice = choose(release, "regionaal", LATE | {"regio": ",".join(f"VT{n:02d}" for n in range(1, 8))})
    assert len(choice.regions) == 6
    assert words.notice_text(choice.notices[0]) == "U kunt hoogstens 6 regio's vergelijken. U ziet de eerste 6."


def test_a_region_has_one_colour_on_every_card_and_page(release: Release) -> None:
    colours = dict(zip(THREE.split(","), STANDARD.series, strict=False))
    regional = card(release, "regionaal", **LATE, regio=THREE)
    (_, chart), *_ = figures_of(regional)
    drawn = dict(zip([line.key for line in regional.lines], chart["data"][0]["marker"]["color"], strict=True))
    assert {code: drawn[code] for code in colours} == colours
    assert set(drawn.values()) - set(colours.values()) == {STANDARD.bar}
    for grey in ("", "grijs"):
        series = card(release, "tijdreeksen", indicator=ADVICE, maat="ontvangen-meldingen", regio=THREE, rest=grey)
        (_, chart), *_ = figures_of(series)
        names = {release.regions[code].label: colour for code, colour in colours.items()}
        drawn = {whole_name(t): t.get("line", t["marker"])["color"] for t in chart["data"]}
        found = {name: drawn[name] for name in names}
        assert found == names
    page = parse(to_html(filters(regional.choice, release)))
    chips = {chip["value"]: chip.classes[-1] for chip in page.all("button", "gekozen-regio")}
    assert chips == {"VT02": "reeks-1", "VT05": "reeks-2", "VT20": "reeks-3"}
    outlines = parse(to_html(map_section(regional, release))).all("g", "omtrek")[0].all("path")
    assert [path.classes for path in outlines] == [["reeks-1"], ["reeks-2"], ["reeks-3"]]


def test_a_region_keeps_its_colour_where_another_has_no_figures(release: Release) -> None:
    """GM1731 has no series; the second region keeps the second colour and dash."""
    choice = choose(
        release, "tijdreeksen", {"indicator": ADVICE, "maat": "ontvangen-meldingen", "regio": "GM1731,VT05,VT20"}
    )
    assert [region.code for region in choice.regions] == ["VT05", "VT20"]
    (_, chart), *_ = figures_of(card_view(release, choice))
    colours = {t["name"]: t["marker"]["color"] for t in chart["data"]}
    assert list(colours.values()) == [STANDARD.series[1], STANDARD.series[2]]


def test_the_colours_of_the_pages_are_those_of_the_charts() -> None:
    sheet = STANDARD.sheet(STANDARD)
    found = re.findall(r"--im-chart-series-(\d)-color: (#[0-9a-f]{6});", sheet)
    assert found[:6] == [(str(at), colour) for at, colour in enumerate(STANDARD.series[:6], start=1)]


def test_dashes_and_markers_of_six_regions_differ() -> None:
    assert len({style.DASHES[style.turn(STANDARD, at)] for at in range(6)}) == 6
    assert len({style.MARKERS[style.turn(STANDARD, at)] for at in range(6)}) == 6


# --- the others in grey ---


def test_the_others_stand_in_grey_on_request(release: Release) -> None:
    query = {"indicator": ADVICE, "maat": "ontvangen-meldingen", "regio": "VT02,VT05"}
    shown = card(release, "tijdreeksen", **query, rest="grijs")
    (_, chart), *_ = figures_of(shown)
    grey = {t["name"] for t in chart["data"] if t["line"]["color"] == STANDARD.others}
    assert len(grey) == 24
    assert all(not t["showlegend"] for t in chart["data"] if t["name"] in grey)
    assert all(t["line"]["width"] < 2 for t in chart["data"] if t["name"] in grey)
    plain = card(release, "tijdreeksen", **query)
    assert words.title(shown, release) == words.title(plain, release)
    assert words.sentence(shown, release) == words.sentence(plain, release)
    assert "In grijs: de andere Veilig Thuis-regio's." in parse(to_html(make_card(shown, release))).text()
    assert len(card_csv(shown, release).splitlines()) == 13 * (len(card_csv(plain, release).splitlines()) - 1) + 1
    same_everywhere(shown, release)


def test_bars_of_the_others_are_grey_on_request(release: Release) -> None:
    shown = card(release, "regionaal", **LATE, regio="VT02", rest="grijs")
    (_, chart), *_ = figures_of(shown)
    colours = chart["data"][0]["marker"]["color"]
    assert colours.count(STANDARD.others) == 25
    assert colours.count(STANDARD.series[0]) == 1
    assert shown.choice.query["rest"] == "grijs"


def test_without_a_choice_nothing_is_grey_and_a_wrong_word_is_told(release: Release) -> None:
    assert not card(release, "regionaal", **LATE, rest="grijs").choice.grey
    choice = choose(release, "regionaal", LATE | {"rest": "rood"})
    assert [notice.parameter for notice in choice.notices] == ["rest"]


def test_how_regions_are_compared_travels_along(release: Release) -> None:
    query = {"indicator": ADVICE, "regio": "VT02,VT05", "sinds": "2019HJ01", "rest": "grijs"}
    kept = choose(release, "landelijk", query).kept
    assert {name: kept[name] for name in ("regio", "sinds", "rest")} == {
        name: query[name] for name in ("regio", "sinds", "rest")
    }
    assert choose(release, "tijdreeksen", query).kept["sinds"] == "2019HJ01"
    nature = choose(
        release, "regionaal", query | {"indicator": "aard-geweld-adviezen-meldingen-veilig-thuis", "regio": "VT02"}
    )
    assert (nature.notices, nature.since, nature.grey) == ((), "", False)  # categories stand beside each other there
    assert {name: nature.kept[name] for name in ("sinds", "rest")} == {"sinds": "2019HJ01", "rest": "grijs"}


def controls(release: Release, view: str, **query: str) -> list[Node]:
    form = parse(to_html(filters(choose(release, view, query), release)))  # type: ignore[arg-type]
    return [select for select in form.all("select") if select["id"] in ("sinds", "rest")]


def test_of_rates_no_change_is_told_but_the_period_stays(release: Release) -> None:
    query = LATE | {"regio": "VT02", "sinds": "2019HJ01", "weergave": "per10000"}
    shown = card(release, "regionaal", **query)
    assert "waren het er" not in str(compared(shown, release))
    form = parse(to_html(filters(shown.choice, release)))
    field = next(div for div in form.all("div", "veld") if div.all("select", id="sinds"))
    assert "hidden" in field.attributes
    assert next(o for o in field.all("option") if "selected" in o.attributes)["value"] == "2019HJ01"


def test_both_have_a_native_control_where_they_do_something(release: Release) -> None:
    assert [node["id"] for node in controls(release, "regionaal", **LATE, regio="VT02")] == ["sinds", "rest"]
    assert [node["id"] for node in controls(release, "tijdreeksen", indicator=ADVICE, regio="VT02")] == ["rest"]
    assert controls(release, "regionaal", **LATE) == []
    assert controls(release, "landelijk", **LATE, regio="VT02") == []
