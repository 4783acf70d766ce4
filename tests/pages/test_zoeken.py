"""The page of results and the suggestions, as the server gives them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from components.html_text import to_html
from components.notices import notice
from data.catalogue import VIEWS
from data.choice import Notice, choose
from data.release import Release
from tests.reading import Node, parse

Page = Callable[[str], Node]


def groups(read: Node) -> list[str]:
    return [h.text() for h in read.one("main").all("h2")]


def results(read: Node) -> dict[str, str]:
    return {li.one("a").text(): li.one("a")["href"] for li in read.one("main").all("li")}


@pytest.mark.parametrize("address", ["/", *(f"/{view}" for view in VIEWS), "/toelichting", "/download", "/zoeken"])
def test_every_page_has_the_search_box(address: str, page: Page) -> None:
    form = page(address).one("form", "zoek")
    assert (form["action"], form["method"], form["role"]) == ("/zoeken", "get", "search")
    box = form.one("input", id="zoek")
    assert (box["name"], box["type"]) == ("q", "search")
    assert form.one("label")["for"] == "zoek"


def test_a_page_that_is_not_there_can_be_searched_from(client: FlaskClient) -> None:
    assert parse(client.get("/bestaat-niet").get_data(as_text=True)).one("form", "zoek")


def test_the_results_are_grouped(page: Page) -> None:
    read = page("/zoeken?q=huisverbod")
    assert groups(read) == ["Begrippen", "Indicatoren"]
    assert results(read) == {
        "Huisverbod": "/toelichting#huisverbod",
        "Tijdelijk huisverbod (THV)": "/regionaal?indicator=tijdelijk-huisverbod",
    }
    assert read.one("main").one("p", role="status").text() == "2 resultaten voor ‘huisverbod’."
    assert read.one("input", id="zoek")["value"] == "huisverbod"


def test_a_region_opens_with_the_indicator_of_the_page_it_was_searched_from(page: Page) -> None:
    form = page("/regionaal?indicator=kerncijfers-veilig-thuis").one("form", "zoek")
    assert form.one("input", name="indicator")["value"] == "kerncijfers-veilig-thuis"
    found = results(page("/zoeken?q=drenthe&indicator=kerncijfers-veilig-thuis"))
    assert found["Drenthe (provincie)"] == "/regionaal?indicator=kerncijfers-veilig-thuis&regio=PV22"
    assert results(page("/zoeken?q=drenthe"))["Drenthe (provincie)"] == "/regionaal?regio=PV22"


def test_an_indicator_without_figures_of_regions_is_not_taken_to_a_region(page: Page) -> None:
    found = results(page("/zoeken?q=drenthe&indicator=slachtoffers-van-moord-en-doodslag"))
    assert found["Drenthe (provincie)"] == "/regionaal?regio=PV22"


def test_nederland_opens_the_national_page(page: Page) -> None:
    assert results(page("/zoeken?q=nederland"))["Nederland"] == "/landelijk"


def test_an_indicator_opens_its_first_view_with_figures(page: Page, release: Release) -> None:
    for slug, indicator in release.catalogue.indicators.items():
        href = results(page(f"/zoeken?q={indicator.titel.replace('/', ' ')}"))[indicator.titel]
        view = href.split("?")[0].strip("/")
        filled = [v for v in indicator.views if (slug, v) in release.filled]
        assert view == (filled or list(indicator.views))[0]
        assert f"indicator={slug}" in href


@pytest.mark.parametrize("address", ["/zoeken", "/zoeken?q=", "/zoeken?q=+++"])
def test_without_a_word_the_page_says_what_to_do(address: str, page: Page) -> None:
    assert "Typ hierboven" in page(address).one("main").text()


def test_nothing_found_says_what_to_do_and_shows_no_mark_up(page: Page) -> None:
    read = page("/zoeken?q=%3Cimg src=x%3E xqzwvk").one("main")
    assert "Niets gevonden voor ‘<img src=x> xqzwvk’." in read.text()
    assert read.all("img") == []
    assert [a["href"] for a in read.all("a")] == ["/", "/toelichting"]


@pytest.mark.parametrize("query", ["q=a&q=b", "q=" + "x" * 5000, "q=%00%ff", "indicator=bestaat-niet&q=drenthe", "x=1"])
def test_nothing_in_the_address_breaks_the_page(query: str, client: FlaskClient) -> None:
    assert client.get(f"/zoeken?{query}").status_code == 200
    assert client.get(f"/zoeken.json?{query}").status_code == 200


def test_the_suggestions_are_the_best_results_of_the_page(client: FlaskClient, page: Page) -> None:
    answer = client.get("/zoeken.json?q=utrecht&indicator=kerncijfers-veilig-thuis").get_json()
    found = results(page("/zoeken?q=utrecht&indicator=kerncijfers-veilig-thuis"))
    assert answer["aantal"] == len(found)
    assert {each["titel"]: each["adres"] for each in answer["resultaten"]}.items() <= found.items()
    assert answer["resultaten"][0]["soort"] == "Regio"
    extra = {each["titel"]: each["extra"] for each in answer["resultaten"]}
    assert extra["Utrecht (gemeente)"] == "Utrecht (Veilig Thuis-regio)"


def test_every_address_that_is_found_is_there(client: FlaskClient) -> None:
    for typed in ("meldingen", "drenthe", "nederland", "veilig thuis", "csv", "recidive"):
        for each in client.get(f"/zoeken.json?q={typed}").get_json()["resultaten"]:
            path, _, anchor = each["adres"].partition("#")
            answer = client.get(path)
            assert answer.status_code == 200, each
            assert not anchor or f'id="{anchor}"' in answer.get_data(as_text=True)


# --- regions without figures ---


def test_a_gemeente_without_figures_names_its_veilig_thuis_regio(page: Page) -> None:
    read = page("/regionaal?indicator=kerncijfers-veilig-thuis&regio=GM0796").one("div", "meldingen")
    assert "'s-Hertogenbosch hoort bij de Veilig Thuis-regio Brabant Noordoost" in read.text()
    assert read.one("a")["href"] == "/regionaal?indicator=kerncijfers-veilig-thuis&regio=VT16"
    assert "in deze levering geen cijfers" in read.text()


def test_a_gemeente_with_other_figures_says_where_they_are(page: Page) -> None:
    read = page("/regionaal?indicator=casussen-bij-veilig-thuis&regio=GM0363").one("div", "meldingen")
    assert "Veilig Thuis-regio Amsterdam-Amstelland" in read.text()
    there = read.all("a")[-1]["href"]
    assert there.endswith("regio=GM0363")
    assert "hidden" in page(there).one("div", "meldingen").attributes


def test_every_gemeente_without_figures_has_a_clear_notice(release: Release) -> None:
    choice = choose(release, "regionaal", {"indicator": "casussen-bij-veilig-thuis"})
    for region in release.regions.by_code.values():
        told = Notice("no_figures", "regio", region.label)
        text = parse(f"<p>{to_html(notice(told, choice, release))}</p>").text()
        assert text.startswith(f"Voor {region.label} zijn er van deze indicator hier geen cijfers.")
        if region.parent.startswith("VT"):
            assert release.regions[region.parent].name in text
        assert f"Over {region.label} zelf" in text


def test_a_mistyped_region_is_asked_after(page: Page) -> None:
    read = page("/regionaal?indicator=kerncijfers-veilig-thuis&regio=Drente").one("div", "meldingen")
    assert "Bedoelt u Drenthe (Veilig Thuis-regio)" in read.text()
    assert read.all("a")[0]["href"] == "/regionaal?indicator=kerncijfers-veilig-thuis&regio=VT02"
