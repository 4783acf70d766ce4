"""Every region has a page that says something true and useful."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from data.release import Release
from data.search import search
from data.text import plain
from tests.data.published import REGIONS_IN_KEY_TABLES, key_figures
from tests.reading import Node, csv_number, dutch_number, read_csv

Page = Callable[[str], Node]


def cells(article: Node) -> dict[str, list[str]]:
    return {tr.one("th").text(): [td.text() for td in tr.all("td")] for tr in article.one("tbody").all("tr")}


def articles(page: Node) -> dict[str, Node]:
    return {article.one("h3").text(): article for article in page.one("section", "profiel").all("article")}


def test_midden_drenthe_in_one_view(page: Page) -> None:
    found = articles(page("/regionaal?regio=GM1731"))
    assert cells(found["Ontvangen meldingen"]) == {
        "Midden-Drenthe (gemeente)": ["105", "ongeveer 31"],
        "Drenthe (Veilig Thuis-regio)": ["1.905", "37,9"],
        "Nederland": ["127.340", "71,5"],
    }
    assert found["Ontvangen meldingen"].one("p", "profiel-zin").text() == (
        "In Midden-Drenthe (gemeente) waren er in 2023 105 ontvangen meldingen. Dat is ongeveer 31 per 10.000 "
        "inwoners. In Drenthe (Veilig Thuis-regio) 37,9 en in Nederland 71,5."
    )
    unknown = found["Afgeronde diensten voorwaarden en vervolg"]
    assert cells(unknown)["Midden-Drenthe (gemeente)"] == ["onbekend (.)", "–"]
    assert "is niet bekend" in unknown.one("p", "profiel-zin").text()
    assert next(iter(found)) == "Gestarte adviezen"


def test_it_says_that_a_rate_is_computed_and_from_what(page: Page) -> None:
    text = page("/regionaal?regio=GM1731").one("section", "profiel").text()
    assert "33.987 inwoners op 1 januari 2023" in text
    assert "(berekend)" in text
    assert "door ons berekend" in text
    assert "Bevolking per gemeente op 1 januari 2023" in text
    assert "Meer meldingen betekent niet dat er meer geweld is" in text


def test_a_gemeente_without_figures_gets_those_of_its_region(page: Page) -> None:
    section = page("/regionaal?regio=GM0014").one("section", "profiel")
    text = section.text()
    assert "238.147 inwoners" in text
    assert "geen eigen cijfers" in text
    assert "Dat betekent niet dat er niets is gemeld" in text
    assert "Dichtstbij met cijfers: Groningen (Veilig Thuis-regio)" in text
    meldingen = cells(next(a for a in section.all("article") if a.one("h3").text() == "Ontvangen meldingen"))
    assert meldingen["Groningen (Veilig Thuis-regio)"][0] == "2.170"


def test_a_change_and_a_place_are_said_carefully(page: Page) -> None:
    text = articles(page("/regionaal?regio=PV22"))["Ontvangen meldingen"].text()
    assert "In 2020 waren het er 2.205: nu 300 minder (14% minder, berekend)." in text
    place = articles(page("/regionaal?regio=VT02"))["Actieve casussen"].text()
    assert "Naar aantal, van hoog naar laag: 21e van de 26 Veilig Thuis-regio's." in place


@pytest.mark.parametrize("query", ["regio=NL01", "regio=GM1731,VT02", "regio=GM9999", ""])
def test_no_profile_for_nederland_several_regions_or_none(page: Page, query: str) -> None:
    assert page(f"/regionaal?{query}").all("section", "profiel") == []


def typed(name: str) -> list[str]:
    """A name as it is written, and as people type it: small, without accents, with a letter too few."""
    small = plain(name)
    return [name, small, small[:4] + small[5:]] if len(small) > 8 and " " not in small else [name, small]


def test_every_gemeente_of_2023_is_found_by_typing_and_has_a_page_that_says_something_true(
    client: FlaskClient, release: Release
) -> None:
    """Of each its name and inhabitants, and its own figures or the published ones of its Veilig Thuis-regio."""
    gemeenten = [r for r in release.regions.by_code.values() if r.level == "GM" and r.exists_in(2023)]
    assert len(gemeenten) == 342
    meldingen = {
        REGIONS_IN_KEY_TABLES[place]: ("in het 2e halfjaar van 2019", number)
        for (place, measure), number in key_figures("kerncijfers-2019-2").items()
        if measure == "Ontvangen meldingen" and place in REGIONS_IN_KEY_TABLES
    }
    # StatLine 84851NED and 84852NED have newer figures of four regions.
    meldingen |= {code: ("in 2023", n) for code, n in (("VT02", 1905), ("VT05", 3060), ("VT06", 2695), ("VT14", 2810))}
    own, of_region = 0, 0
    for region in gemeenten:
        for text in typed(region.name):
            found = [each.id for each in search(release, text) if each.kind == "regio"][:5]
            assert region.code in found, f"{text}: {found}"
        answer = client.get(f"/regionaal?regio={region.code}")
        assert answer.status_code == 200
        whole = unescape(answer.get_data(as_text=True))
        section = whole[whole.index('id="profiel"') :]
        assert f"Profiel van {region.label}<" in section
        people = release.regions.inhabitants.of(region.code, 2023)
        assert people and f"{people.inhabitants:,}".replace(",", ".") + " inwoners op 1 januari 2023" in section
        parent = release.regions[region.parent]
        assert re.search(rf'href="/regionaal\?regio={parent.code}">{re.escape(parent.label)}<', section)
        # A nought is never made up. One gemeente publishes one itself: Gooise Meren, no huisverbod in 2021.
        assert '"getal">0<' not in section or region.code == "GM1942", region.label
        if "geen eigen cijfers" in section:
            of_region += 1
            assert "Dat betekent niet dat er niets is gemeld" in section
            assert f'Dichtstbij met cijfers: <a href="/regionaal?regio={parent.code}">' in section, region.label
            when, number = meldingen[parent.code]
            told = f"{number:,.0f}".replace(",", ".")
            assert f"In {parent.label} waren er {when} {told} ontvangen meldingen" in section
        else:
            own += 1
            assert re.search(rf"In {re.escape(region.label)} (waren|was) |in {re.escape(region.label)} ", section)
    assert own + of_region == 342
    assert own >= 30


def test_the_file_of_a_profile_holds_its_figures(client: FlaskClient, page: Page) -> None:
    section = page("/regionaal?regio=GM1731").one("section", "profiel")
    (button,) = [a for a in section.all("a") if "knop" in a.classes]
    answer = client.get(button["href"])
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="profiel_midden-drenthe-gemeente.csv"'
    rows = read_csv(answer.get_data())
    mine = [r for r in rows if r["Maat"] == "Ontvangen meldingen" and r["Categorie"] == "Totaal"]
    assert [(r["Regiocode"], r["Waarde"], r["Eenheid"], r["Teken"], r["Berekend"]) for r in mine] == [
        ("GM1731", "105", "aantal", "", "nee"),
        ("GM1731", "31", "per 10.000 inwoners", "ongeveer", "ja"),
        ("VT02", "1905", "aantal", "", "nee"),
        ("VT02", "37,9", "per 10.000 inwoners", "", "ja"),
        ("NL01", "127340", "aantal", "", "nee"),
        ("NL01", "71,5", "per 10.000 inwoners", "", "ja"),
    ]
    assert [r["Inwoners op 1 januari"] for r in mine][1::2] == ["33987", "502051", "17811291"]
    unknown = [
        r for r in rows if r["Maat"] == "Afgeronde diensten voorwaarden en vervolg" and r["Regiocode"] == "GM1731"
    ]
    assert [(r["Waarde"], r["Teken"]) for r in unknown] == [("", ".")]


def test_the_file_says_what_the_page_says(client: FlaskClient, page: Page) -> None:
    for code in ("GM1731", "GM0014", "GM0106", "VT02", "PV22", "VT26"):
        section = page(f"/regionaal?regio={code}").one("section", "profiel")
        shown = sorted(
            number
            for article in section.all("article")
            for values in cells(article).values()
            for text in values
            if (number := dutch_number(re.sub(r"eerst .*", "", text))) is not None
        )
        rows = read_csv(client.get(f"/csv/regionaal/profiel?regio={code}").get_data())
        assert sorted(n for r in rows if (n := csv_number(r["Waarde"])) is not None) == shown, code


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("regio=GM9999", 400),
        ("regio=NL01", 400),
        ("regio=GM1731,VT02", 400),
        ("regio=GM1731&formaat=x", 400),
    ],
)
def test_a_wrong_question_for_the_file_is_refused(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/csv/regionaal/profiel?{query}")
    assert answer.status_code == status
    assert answer.content_type == "text/plain; charset=utf-8"


def test_every_address_of_a_profile_leads_somewhere(page: Page, release: Release) -> None:
    for code in ("GM1731", "VT16", "PV31", "CR07"):
        links = page(f"/regionaal?regio={code}").one("section", "profiel").all("a")
        for href in sorted({a["href"] for a in links if a["href"].startswith("/") and "/csv/" not in a["href"]}):
            assert page(href).all("h1"), href
