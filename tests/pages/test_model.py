"""The page /model: every step, region and period without an error, with the published numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from data import model, periods
from data.release import Release
from tests.data.published import REGIONS_IN_KEY_TABLES, key_figures
from tests.reading import Node, dutch_number, parse

Page = Callable[[str], Node]


def cells(read: Node) -> dict[str, str]:
    """The tables of the open step: label -> number or sign, without status and source."""
    return {
        row.one("th").text(): row.one("td").text(without="eerst")
        for table in read.one("section", "model-stap").all("table")
        for row in table.one("tbody").all("tr")
    }


def notices(read: Node) -> list[str]:
    found = read.one(of_class="meldingen")
    assert ("hidden" in found.attributes) == (not found.children)
    return [p.text() for p in found.all("p")]


# --- the numbers ---


@pytest.mark.parametrize("place", ["Drenthe", "Zuid-Limburg", "Rotterdam-Rijnmond", "Gooi en Vechtstreek"])
@pytest.mark.parametrize(("name", "period"), [("kerncijfers-2019-1", "2019HJ01"), ("kerncijfers-2019-2", "2019HJ02")])
def test_a_region_has_the_numbers_of_the_report(place: str, name: str, period: str, page: Page) -> None:
    printed = {measure: number for (region, measure), number in key_figures(name).items() if region == place}
    found: dict[str, str] = {}
    code = REGIONS_IN_KEY_TABLES[place]
    for step in ("advies", "melding", "voorwaarden-en-vervolg", "onderzoek", "overdracht", "casus"):
        found |= cells(page(f"/model?stap={step}&regio={code}&periode={period}"))
    assert {measure: dutch_number(found[measure]) for measure in printed} == printed


def test_the_country_has_the_numbers_of_the_report(page: Page) -> None:
    assert cells(page("/model?stap=onderzoek"))["Actieve diensten onderzoek"] == "4.395"
    assert cells(page("/model?stap=overdracht")) == {"Overdrachten": "96.900", "Jeugdzorg/jeugdhulp": "68%"}
    assert cells(page("/model?stap=veiligheidsbeoordeling")) == {"Overdracht": "50%", "Acute onveiligheid": "4%"}


def test_a_revised_total_says_what_was_published_first(page: Page) -> None:
    row = page("/model?stap=melding&periode=2019HJ02").one("section", "model-stap").all("table")[0].all("tr")[1]
    assert "66.730" in row.text() and "eerst 66.660" in row.text()


def test_unknown_is_unknown_and_absent_is_absent(page: Page) -> None:
    read = page("/model?stap=onderzoek&regio=GM1731&periode=2023JJ00")
    found = cells(read)
    assert found["Afgeronde diensten onderzoek"] == "10"
    assert found["Kindermishandeling"] == "onbekend (.)"
    assert found["Actieve diensten onderzoek"] == "niet beschikbaar"
    text = read.one("section", "model-stap").text()
    assert "Het is geen nul." in text and "Niet beschikbaar: de geladen bronnen" in text
    assert "0" not in found.values()


def test_every_figure_has_its_status_and_its_source(page: Page) -> None:
    read = page("/model?stap=onderzoek&regio=VT02&periode=2023JJ00").one("section", "model-stap")
    listed = read.one("ol").all("li")
    used = set()
    for row in (row for table in read.all("table") for row in table.one("tbody").all("tr")):
        about = [span.text() for span in row.all("span", "eerst")]
        if row.one("td").text(without="eerst") == "niet beschikbaar":
            assert about == []
            continue
        told = re.fullmatch(r"(definitief|nader voorlopig|voorlopig|status onbekend), bron (\d+)", about[-1])
        assert told, about
        assert told[1] == "voorlopig", "2023* in StatLine"
        used.add(int(told[2]))
    assert used == set(range(1, len(listed) + 1))
    assert all(item.one("a")["href"].startswith("https://") for item in listed)


def test_a_step_without_figures_says_where_they_are(page: Page) -> None:
    read = page("/model?stap=veiligheidsbeoordeling&regio=VT06&periode=2019HJ02").one("section", "model-stap")
    assert cells(page("/model?stap=veiligheidsbeoordeling&regio=VT23")) == {}
    (link,) = [a["href"] for a in read.all("a") if "periode=2023JJ00" in a["href"]]
    assert link == "/model?stap=veiligheidsbeoordeling&regio=VT06&periode=2023JJ00#stap"
    there = page(link.split("#")[0])
    assert notices(there) == [] and cells(there)["Overdracht"] == "1.495"
    country = page("/model?stap=veiligheidsbeoordeling&regio=VT23").one("section", "model-stap").text()
    assert "Van deze stap zijn er wel cijfers voor Nederland: " in country


# --- every page ---


def test_every_step_of_every_region_is_a_whole_page(page: Page, release: Release) -> None:
    steps = list(release.catalogue.model.steps.values())
    country = [("NL01", period.code) for period in model.periods_of(release, "NL01")]
    places = [(region.code, model.fullest_period(release, region.code)) for region in model.regions(release)]
    for at, (code, period) in enumerate([*places, *country]):
        step = steps[at % len(steps)]
        read = page(f"/model?stap={step.id}&regio={code}&periode={period}")
        assert notices(read) == []
        assert read.one(id="stap").text() == step.titel
        assert read.one("svg")["aria-label"].endswith(f"{release.regions[code].label}, {periods.period(period).label}")


def test_all_parties_stand_under_the_steps(page: Page) -> None:
    read = page("/model?regio=VT02")
    assert [party.one("h3").text() for party in read.all("article", "partij")] == [
        "Politie",
        "Openbaar Ministerie",
        "Rechter",
        "Raad voor de Kinderbescherming",
        "Gecertificeerde instellingen",
        "Gemeente en burgemeester",
        "Sociale teams, jeugdhulp en ggz",
    ]
    police = read.all("article", "partij")[0]
    assert "Politiemeldingen aan Veilig Thuis (Nederland, 1e halfjaar 2022)" in police.text()
    assert "42.145" in police.text()
    ids = [node["id"] for node in read.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))


# --- the choice ---


def test_the_form_shows_the_choice_and_keeps_the_step(page: Page) -> None:
    form = page("/model?stap=onderzoek&regio=VT02&periode=2019HJ01").one("form", "model-keuze")
    assert (form["action"], form["method"]) == ("/model", "get")
    chosen = {
        select["name"]: [o["value"] for o in select.all("option") if "selected" in o.attributes]
        for select in form.all("select")
    }
    assert chosen == {"regio": ["VT02"], "periode": ["2019HJ01"]}
    assert form.one("input")["name"] == "stap" and form.one("input")["value"] == "onderzoek"
    assert [group["label"] for group in form.all("optgroup")] == [
        "Landsdelen", "Provincies", "Veilig Thuis-regio's", "Gemeenten",
    ]  # fmt: skip
    for select in form.all("select"):
        assert form.one("label", **{"for": select["id"]}).text()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("stap=taart", "‘taart’"),
        ("regio=XX99", "‘XX99’"),
        ("regio=GM0014", "Groningen (gemeente)"),
        ("periode=gisteren", "‘gisteren’"),
        ("regio=VT23&periode=2023JJ00", "Over 2023"),
        ("regio=VT02,VT23", "één regio"),
        ("regio=VT02&regio=VT23", "één regio"),
        ("stap=%3Cscript%3Ealert(1)%3C/script%3E", "<script>"),
        ("stap=a&stap=b", "‘b’"),
    ],
)
def test_what_does_not_exist_gives_the_default_and_a_notice(query: str, said: str, page: Page) -> None:
    read = page(f"/model?{query}")
    (notice,) = notices(read)
    assert said in notice
    assert read.one(id="stap").text() == "Advies"
    assert read.all("script") == []


def test_links_carry_region_and_period_where_they_make_sense(page: Page) -> None:
    read = page("/model?stap=overdracht&regio=VT02&periode=2019HJ01").one("section", "model-stap")
    key = [a["href"] for a in read.all("a") if "kerncijfers-veilig-thuis" in a["href"]]
    base = "indicator=kerncijfers-veilig-thuis&maat=overdrachten"
    assert key == [
        f"/landelijk?{base}&periode=2019HJ01",
        f"/regionaal?{base}&regio=VT02&periode=2019HJ01",
        f"/tijdreeksen?{base}&regio=VT02",
    ]
    empty = next(a for a in read.all("a") if "overdracht-vt-van-acute" in a["href"])
    assert empty.text().endswith("(nog geen cijfers)")


def test_a_link_of_the_page_shows_the_same_number(page: Page) -> None:
    number = cells(page("/model?stap=onderzoek&regio=VT23&periode=2019HJ02"))["Actieve diensten onderzoek"]
    read = page("/model?stap=onderzoek&regio=VT23&periode=2019HJ02").one("section", "model-stap")
    links = [a["href"] for a in read.all("a") if a["href"].startswith("/regionaal?indicator=kerncijfers")]
    assert number == "90" and len(links) == 1
    assert "90 actieve diensten onderzoek" in page(links[0]).one("p", "zin").text()


def test_the_menu_takes_the_region_along(page: Page) -> None:
    links = {a.text(): a["href"] for a in page("/model?regio=VT23&stap=melding").one("nav").all("a")}
    assert links["Regionaal beeld"] == "/regionaal?regio=VT23"
    assert links["Model"] == "/model?regio=VT23"


def test_steps_keep_region_and_period(page: Page) -> None:
    read = page("/model?stap=melding&regio=VT23&periode=2019HJ01")
    for link in read.one("svg").all("a"):
        parts = urlsplit(link["href"])
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert (parts.path, asked["regio"], asked["periode"], parts.fragment) == ("/model", "VT23", "2019HJ01", "stap")


def test_an_unknown_page_names_this_one(client: FlaskClient) -> None:
    answer = client.get("/bestaat-niet")
    assert answer.status_code == 404
    assert len(parse(answer.get_data(as_text=True)).all("a", href="/model")) == 2


# --- the flow ---


def stages(read: Node) -> dict[str, tuple[dict[str, str], str]]:
    """Per stage the numbers and signs by measure, and what is said not to be there."""
    out = {}
    for item in read.one("ol", "stroom").children:
        names = [dt.text() for dt in item.all("dt")]
        numbers = [dd.text(without="eerst") for dd in item.all("dd")]
        absent = [p.text() for p in item.all("p", "teken")]
        out[item.one("h3").text()] = (dict(zip(names, numbers, strict=True)), " ".join(absent))
    return out


@pytest.mark.parametrize("place", ["Drenthe", "Zuid-Limburg", "Rotterdam-Rijnmond", "Gooi en Vechtstreek"])
@pytest.mark.parametrize(("name", "period"), [("kerncijfers-2019-1", "2019HJ01"), ("kerncijfers-2019-2", "2019HJ02")])
def test_the_flow_has_all_twelve_numbers_of_the_report(place: str, name: str, period: str, page: Page) -> None:
    printed = {measure: number for (region, measure), number in key_figures(name).items() if region == place}
    assert len(printed) == 12
    read = page(f"/model?regio={REGIONS_IN_KEY_TABLES[place]}&periode={period}")
    found = {measure: number for numbers, _ in stages(read).values() for measure, number in numbers.items()}
    assert {measure: dutch_number(number) for measure, number in found.items()} == printed


def test_the_flow_goes_from_what_comes_in_to_what_is_handed_over(page: Page) -> None:
    """Nederland, second half of 2019: revised totals, and the key figures of the report."""
    found = stages(page("/model?periode=2019HJ02"))
    assert list(found) == ["Komt binnen", "Begint", "Loopt", "Eindigt", "Gaat over"]
    assert found["Komt binnen"][0] == {"Gestarte adviezen": "54.540", "Ontvangen meldingen": "66.730"}
    assert found["Begint"][0]["Gestarte casussen"] == "51.150"
    assert found["Loopt"][0]["Actieve casussen"] == "79.275"
    assert found["Eindigt"][0]["Gesloten casussen"] == "47.645"
    assert found["Gaat over"] == ({"Overdrachten": "96.900"}, "")
    assert "casussen met ontvangen melding(en)" in found["Begint"][1], "not published for that half-year"


def test_what_is_unknown_in_the_flow_stays_so(page: Page) -> None:
    """StatLine 84851NED, Midden-Drenthe 2023: completed services are a dot, and no key figures were published."""
    read = page("/model?regio=GM1731&periode=2023JJ00")
    found = stages(read)
    assert found["Komt binnen"][0] == {"Gestarte adviezen": "130", "Ontvangen meldingen": "105"}
    assert found["Begint"] == (
        {"Casussen met ontvangen melding(en)": "80"},
        "Niet beschikbaar: gestarte casussen, gestarte diensten voorwaarden en vervolg en gestarte diensten onderzoek.",
    )
    ended = found["Eindigt"][0]
    assert (ended["Afgeronde diensten voorwaarden en vervolg"], ended["Afgeronde diensten onderzoek"]) == (
        "onbekend (.)", "10",
    )  # fmt: skip
    assert found["Gaat over"] == ({}, "Niet beschikbaar: overdrachten.")
    assert " 0" not in " ".join(number for numbers, _ in found.values() for number in [*numbers.values(), ""])
    assert "niet van elkaar af" in read.one("section", "model-stroom").text()


@pytest.mark.parametrize("code", ["VT02", "PV22", "GM0014", "NL01"])
def test_no_number_of_the_flow_is_a_sum_of_others(code: str, page: Page, release: Release) -> None:
    """Each is a published figure of that region and period."""
    read = page(f"/model?regio={code}")
    shown = model.situation(release, {"regio": code})
    rows = release.figures[
        (release.figures["regio_code"] == shown.region.code) & (release.figures["periode"] == shown.period)
    ]
    published = {(m, v) for m, k, v in zip(rows["maat"], rows["kenmerk"], rows["waarde"], strict=True) if k == "Totaal"}
    for numbers, _ in stages(read).values():
        for measure, text in numbers.items():
            number = dutch_number(text)
            assert number is None or (measure, number) in published
