from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest

from components.html_text import to_html
from components.overview import FILLED, OPEN, PART, overview
from data.coverage import coverage
from data.release import Release
from tests.reading import Node, parse

DETAIL = "veilig-thuis-in-detail"


@pytest.fixture(scope="module")
def page(release: Release) -> Node:
    return parse(to_html(overview(release)))


def target(link: Node) -> tuple[str, str, str]:
    address = urlsplit(link["href"])
    query = parse_qs(address.query)
    return address.path.strip("/"), query["indicator"][0], query.get("thema", [""])[0]


def test_the_impactmonitor_has_59_pairs_and_61_crosses(page: Node) -> None:
    sections = [s for s in page.all("section") if s["aria-labelledby"] != DETAIL]
    targets = [target(link) for section in sections for link in section.all("a", "kruis")]
    assert len(sections) == 6
    assert len(targets) == len(set(targets)) == 61
    assert len({(view, indicator) for view, indicator, _ in targets}) == 59
    assert len({indicator for _, indicator, _ in targets}) == 29


def test_every_declared_pair_has_its_cross(page: Node, release: Release) -> None:
    declared = Counter(
        (view, indicator.slug)
        for indicator in release.catalogue.indicators.values()
        for _ in indicator.themas
        for view in indicator.views
    )
    assert Counter(target(link)[:2] for link in page.all("a", "kruis")) == declared


def test_an_indicator_under_two_themes_is_told_apart_by_theme(page: Node) -> None:
    targets = [target(link) for link in page.all("a", "kruis")]
    assert Counter(t for t in targets if t[1] == "tijdelijk-huisverbod") == Counter(
        (view, "tijdelijk-huisverbod", theme)
        for view in ("regionaal", "tijdreeksen")
        for theme in ("aard-en-kenmerken", "verbinding-zorg-en-veiligheid")
    )
    assert {t[1] for t in targets if t[2]} == {"tijdelijk-huisverbod"}


def test_a_cross_shows_whether_there_are_figures(page: Node, release: Release) -> None:
    for link in page.all("a", "kruis"):
        view, indicator, _ = target(link)
        filled = (indicator, view) in release.filled
        indicator_there = release.catalogue.indicators[indicator]
        how = coverage(release, indicator_there, view)
        assert (how != "geen") == filled
        shown = link.one("span", **{"aria-hidden": "true"}).text()
        assert shown.startswith({"volledig": FILLED, "deels": PART, "geen": OPEN}[how]) and how in shown
        assert how in link.one("span", "alleen-lezen").text() or how == "geen"
        assert ("geen cijfers" in link.one("span", "alleen-lezen").text()) != filled


def test_a_cross_can_be_understood_without_its_table(page: Node, release: Release) -> None:
    for link in page.all("a", "kruis"):
        view, indicator, _ = target(link)
        text = link.one("span", "alleen-lezen").text().lower()
        assert release.catalogue.indicators[indicator].titel.lower() in text
        assert view[:5] in text


def test_every_table_has_a_caption_and_headings(page: Node) -> None:
    for table in page.all("table"):
        assert table.one("caption").text()
        heads = table.one("thead").all("th")
        assert [head["scope"] for head in heads] == ["col"] * 4
        for row in table.one("tbody").all("tr"):
            assert row.one("th")["scope"] == "row"
            assert len(row.all("td")) == 3
