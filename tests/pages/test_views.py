"""The addresses of the three views, in the HTML that curl receives."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from components.shell import PAGES
from data.catalogue import VIEWS
from data.release import Release
from tests.reading import Node, csv_number, parse, read_csv, read_table

Page = Callable[[str], Node]
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"


def row_of(page: Node, name: str) -> list[str]:
    return read_table(page).row(name)


# --- the figures that must be there ---


def test_landelijk_shows_a_revised_total_with_what_was_published_first(page: Page) -> None:
    read = page("/landelijk?indicator=aantal-adviezen-en-meldingen&periode=2019HJ02")
    assert row_of(read, "Ontvangen meldingen") == ["66.730"]
    assert "66.730 ontvangen meldingen" in read.one("p", "zin").text()
    assert "eerst gepubliceerd als 66.660" in read.text()


def test_regionaal_shows_26_regions(page: Page) -> None:
    read = page("/regionaal?indicator=kerncijfers-veilig-thuis&maat=actieve-casussen&periode=2019HJ02")
    table = read_table(read)
    assert len(table.rows) == 26
    assert table.row("Zuid-Limburg") == ["6.875"]
    values = [row[0] for row in table.numbers]
    assert values == sorted(values, key=lambda value: -(value or 0))


def test_tijdreeksen_shows_the_revised_series_and_the_gap(page: Page) -> None:
    table = read_table(page("/tijdreeksen"))
    assert table.heads[:3] == ["Periode", "Gestarte adviezen", "Ontvangen meldingen"]
    assert table.rows[0] == ("1e halfjaar 2019", ["53.145", "65.075"])
    assert table.rows[1] == ("2e halfjaar 2019", ["54.540", "66.730"])
    assert table.row("2e halfjaar 2023") == ["niet beschikbaar", "niet beschikbaar"]
    assert [name for name, _ in table.rows] == [
        f"{half}e halfjaar {year}" for year in range(2019, 2026) for half in (1, 2)
    ][:-1]


def test_a_gemeente_with_unknown_cells_shows_them_as_unknown(page: Page) -> None:
    read = page("/regionaal?regio=GM1731")
    assert "Midden-Drenthe (gemeente), 2023" in read.one("h2", id="kaart-titel").text()
    cells = [text for _, row in read_table(read).rows for text in row]
    assert "onbekend (.)" in cells
    assert "0" not in cells
    assert "Het is geen nul." in read.text()


def test_kindermishandeling_in_drenthe_on_the_page_and_in_the_file(page: Page, client: FlaskClient) -> None:
    query = f"indicator={NATURE}&geweld=kindermishandeling&regio=PV22&periode=2023JJ00"
    read = page(f"/regionaal?{query}")
    assert row_of(read, "Drenthe (provincie)") == ["1.605", "1.060"]
    sentence = read.one("p", "zin").text()
    assert "1.605" in sentence
    assert "1.060" in sentence
    answer = client.get(f"/csv/regionaal/{NATURE}?geweld=kindermishandeling&regio=PV22&periode=2023JJ00")
    here = [row for row in read_csv(answer.data) if row["Regiocode"] == "PV22"]
    assert {row["Maat"]: row["Waarde"] for row in here} == {"Gestarte adviezen": "1605", "Ontvangen meldingen": "1060"}


def csv_button(read: Node) -> Node:
    (button,) = [link for link in read.all("a", "knop") if link.text() == "Download CSV"]
    return button


def test_the_button_gives_the_figures_of_the_table(page: Page, client: FlaskClient, release: Release) -> None:
    """Every view with figures, through the addresses that a visitor follows."""
    for slug, view in sorted(release.filled):
        read = page(f"/{view}?indicator={slug}")
        answer = client.get(csv_button(read)["href"])
        assert answer.status_code == 200, f"{view} {slug}"
        assert answer.content_type == "text/csv; charset=utf-8"
        assert re.fullmatch(r'attachment; filename="[a-z0-9_-]+\.csv"', answer.headers["Content-Disposition"])
        shown = [n for row in read_table(read).numbers for n in row if n is not None]
        file = [n for row in read_csv(answer.data) if (n := csv_number(row["Waarde"])) is not None]
        assert shown == file, f"{view} {slug}"


# --- every page ---


@pytest.fixture(scope="session")
def addresses(page: Page) -> list[str]:
    """Every address that the overview leads to."""
    return [link["href"] for link in page("/").all("a", "kruis")]


def test_every_cross_leads_to_a_page(addresses: list[str], page: Page, release: Release) -> None:
    assert len(addresses) == len(set(addresses)) > 61
    for address in addresses:
        read = page(address)
        parts = urlsplit(address)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        indicator = release.catalogue.indicators[query["indicator"]]
        filled = (indicator.slug, parts.path.strip("/")) in release.filled
        assert read.one("h2", id="kaart-titel").text().startswith(indicator.titel)
        assert bool(read.all("table", "cijfers")) == filled, address
        assert "hidden" in read.one("div", "meldingen").attributes, address
        marked = [option["value"] for option in read.one("select", id="indicator").all("option", selected=None)
                  if "selected" in option.attributes]  # fmt: skip
        assert marked == [indicator.slug], address


@pytest.mark.parametrize(
    "address",
    ["/", *(f"/{view}" for view in VIEWS), "/model", "/toelichting", "/download", "/verantwoording", "/wat-is-nieuw",
     "/api", "/toegankelijkheid", "/zoeken?q=melding", "/bestaat-niet"],
)  # fmt: skip
def test_no_two_parts_of_a_page_have_the_same_id(address: str, client: FlaskClient) -> None:
    """The first part of the page about the API was called as the block that Dash starts from, which then failed."""
    read = parse(client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True))
    ids = [node["id"] for node in (read, *read.all()) if "id" in node.attributes]
    assert {"eerste-beeld", "inhoud"} <= set(ids)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("address", ["/", *(f"/{view}" for view in VIEWS), "/bestaat-niet"])
def test_every_page_is_dutch_and_has_its_frame(address: str, client: FlaskClient) -> None:
    read = parse(client.get(address).get_data(as_text=True))
    assert read.one("html")["lang"] == "nl"
    assert read.one("head").one("title").text().endswith(" – Impactmonitor huiselijk geweld en kindermishandeling")
    assert len(read.all("meta", name="viewport")) == 1
    assert read.one("meta", name="description")["content"]
    assert len(read.all("h1")) == 1
    first = read.one(id="eerste-beeld")
    assert first.one("a", "spring")["href"] == "#inhoud"
    assert first.one("main")["id"] == "inhoud"
    footer = first.one("footer", "voet").text()
    assert "0800-2000" in footer
    assert "112" in footer
    assert "geen product van het CBS" in footer
    assert "Levering: " in footer


@pytest.mark.parametrize("address", ["/", *(f"/{view}" for view in VIEWS), "/bestaat-niet"])
def test_the_mark_up_has_no_event_handlers_and_no_foreign_parts(address: str, client: FlaskClient) -> None:
    read = parse(client.get(address).get_data(as_text=True))
    for node in read.walk():
        handlers = [name for name in node.attributes if name.startswith("on")]
        assert handlers == [], f"<{node.tag}> {handlers}"
        if node.tag in ("script", "img", "link", "iframe"):
            source = node.attributes.get("src") or node.attributes.get("href") or "/"
            assert source.startswith("/") and not source.startswith("//"), source


@pytest.mark.parametrize("view", VIEWS)
def test_an_id_stands_once_in_the_first_page(view: str, page: Page) -> None:
    ids = [node["id"] for node in page(f"/{view}").walk() if "id" in node.attributes]
    assert len(set(ids)) == len(ids)


def test_the_title_of_the_tab_says_what_where_and_when(client: FlaskClient) -> None:
    read = parse(client.get("/landelijk?periode=2019HJ02").get_data(as_text=True))
    assert read.one("title").text() == (
        "Aantal adviezen en meldingen, Nederland, 2e halfjaar 2019 – Landelijk beeld – "
        "Impactmonitor huiselijk geweld en kindermishandeling"
    )


def test_the_navigation_takes_the_choice_along(page: Page) -> None:
    query = "indicator=kerncijfers-veilig-thuis&maat=actieve-casussen&regio=VT02,VT23&periode=2019HJ02"
    read = page(f"/regionaal?{query}")
    links = {a.text(): a for a in read.one("nav").all("a")}
    assert links["Overzicht"]["href"] == "/?regio=VT02,VT23"
    assert links["Model"]["href"] == "/model?regio=VT02"  # shows one region
    for label, path in (("Landelijk beeld", "/landelijk"), ("Regionaal beeld", "/regionaal"),
                        ("Tijdreeksen", "/tijdreeksen")):  # fmt: skip
        assert links[label]["href"] == f"{path}?{query}"
    assert [label for label, a in links.items() if a.attributes.get("aria-current") == "page"] == ["Regionaal beeld"]


def test_the_navigation_only_takes_along_what_was_chosen(page: Page) -> None:
    for view in VIEWS:
        read = page(f"/{view}")
        links = [a["href"] for a in read.one("nav").all("a")][1:]
        taken = [f"/{v}?indicator=aantal-adviezen-en-meldingen" for v in VIEWS]
        assert links == [*taken, "/model", "/toelichting", "/download"]


def test_a_region_survives_the_page_that_does_not_use_it(page: Page) -> None:
    links = {a.text(): a["href"] for a in page("/landelijk?regio=GM1731").one("nav").all("a")}
    assert "regio=GM1731" in links["Regionaal beeld"]


@pytest.mark.parametrize("path", ["", "toelichting", "verantwoording", "wat-is-nieuw", "zoeken"])
def test_regions_survive_a_page_of_text(path: str, page: Page) -> None:
    menu = page(f"/{path}?regio=GM1731,VT02&rest=grijs&utm=x").one("nav", **{"aria-label": "Hoofdmenu"})
    links = {a.text(): a["href"] for a in menu.all("a")}
    assert links["Regionaal beeld"] == "/regionaal?regio=GM1731,VT02&rest=grijs"
    assert links["Toelichting"] == "/toelichting?regio=GM1731,VT02&rest=grijs"


# --- what is wrong in an address ---

WRONG = [
    ("landelijk", "indicator=bestaat-niet", "bestaat-niet"),
    ("landelijk", "indicator=tijdelijk-huisverbod", "Tijdelijk huisverbod"),
    ("landelijk", "maat=bestaat-niet", "bestaat-niet"),
    ("landelijk", "indicator=aantal-adviezen-en-meldingen&maat=actieve-casussen", "actieve-casussen"),
    ("landelijk", "periode=2018HJ01", "1e halfjaar 2018"),
    ("landelijk", "periode=gisteren", "GISTEREN"),
    ("landelijk", "periode=2019HJ03", "2019HJ03"),
    ("landelijk", "weergave=taart", "taart"),
    ("landelijk", "maat=overdrachten&weergave=per100000", "per 100.000"),
    ("landelijk", "weergave=aandeel", "Aandelen"),
    ("landelijk", "thema=bestaat-niet", "bestaat-niet"),
    ("landelijk", f"indicator={NATURE}&geweld=bestaat-niet", "bestaat-niet"),
    ("landelijk", "indicator=ondertoezichtstellingen&categorie=bestaat-niet", "bestaat-niet"),
    ("regionaal", "regio=XX99", "XX99"),
    ("regionaal", "regio=Atlantis", "Atlantis"),
    ("regionaal", "indicator=casussen-bij-veilig-thuis&regio=GM1731", "Midden-Drenthe"),
    ("regionaal", "regio=" + ",".join(f"VT{n:02d}" for n in range(1, 13)), "hoogstens 6 regio"),
    ("tijdreeksen", "indicator=recidive-plegers", "Recidive plegers"),
    ("tijdreeksen", "regio=XX99", "XX99"),
    ("tijdreeksen", "periode=1999JJ00", "1999"),
]  # fmt: skip


@pytest.mark.parametrize(("view", "query", "value"), WRONG)
def test_a_wrong_parameter_gives_the_page_with_a_notice(view: str, query: str, value: str, page: Page) -> None:
    read = page(f"/{view}?{query}")
    notice = read.one("div", "meldingen")
    assert "hidden" not in notice.attributes
    assert value in notice.text()
    assert read.one("h2", id="kaart-titel").text()
    assert read_table(read).rows, "with the default choice"


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", "%00", "%F0%9F%98%80", "'\"><b>", "../../etc/passwd", "a" * 3000, "%0Ax"]
)
@pytest.mark.parametrize("name", ["indicator", "maat", "regio", "periode", "geweld", "categorie", "weergave", "thema"])
def test_nothing_in_an_address_breaks_a_page(name: str, value: str, client: FlaskClient) -> None:
    for view in VIEWS:
        answer = client.get(f"/{view}?{name}={value}")
        body = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert "Traceback" not in body
        assert "kunnen nu niet worden getoond" not in body
        assert "<script>alert" not in body
        assert parse(body).one("table", "cijfers")


@pytest.mark.parametrize(
    "query", ["utm_source=nieuwsbrief", "fbclid=x", "indicator=&regio=&periode=", "utm_source=a&b"]
)
@pytest.mark.parametrize("view", VIEWS)
def test_what_is_no_parameter_of_ours_changes_nothing(view: str, query: str, page: Page) -> None:
    read, plain = page(f"/{view}?{query}"), page(f"/{view}")
    assert "hidden" in read.one("div", "meldingen").attributes
    assert read.text() == plain.text()


def test_a_parameter_that_stands_there_twice(page: Page) -> None:
    """Regions are joined, of anything else the last one counts."""
    read = page("/regionaal?indicator=kerncijfers-veilig-thuis&regio=VT02&regio=VT23&periode=2019HJ01&periode=2019HJ02")
    assert [b["value"] for b in read.all("button", "gekozen-regio")] == ["VT02", "VT23"]
    assert "2e halfjaar 2019" in read.one("h2", id="kaart-titel").text()


def test_the_overview_ignores_parameters(page: Page) -> None:
    assert page("/?utm_source=x&indicator=bestaat-niet").text() == page("/").text()


# --- the form without JavaScript ---


def redirected(client: FlaskClient, address: str) -> tuple[str, dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 303
    target = urlsplit(answer.headers["Location"])
    return target.path, {name: values[0] for name, values in parse_qs(target.query).items()}


def test_a_typed_region_is_added(client: FlaskClient) -> None:
    path, query = redirected(
        client, "/regionaal?indicator=kerncijfers-veilig-thuis&erbij=Drenthe+(Veilig+Thuis-regio)&regio=VT23"
    )
    assert path == "/regionaal"
    assert query == {"indicator": "kerncijfers-veilig-thuis", "regio": "VT23,VT02"}


def test_a_region_is_taken_away(client: FlaskClient) -> None:
    _, query = redirected(client, "/tijdreeksen?indicator=kerncijfers-veilig-thuis&regio=VT23,VT02&zonder=VT23&erbij=")
    assert query == {"indicator": "kerncijfers-veilig-thuis", "regio": "VT02"}
    _, query = redirected(client, "/regionaal?indicator=kerncijfers-veilig-thuis&regio=VT02&zonder=VT02")
    assert query == {"indicator": "kerncijfers-veilig-thuis"}


def test_a_typed_region_that_is_unknown_gives_a_notice_on_the_page(client: FlaskClient) -> None:
    answer = client.get("/regionaal?regio=VT02&erbij=Atlantis", follow_redirects=True)
    read = parse(answer.get_data(as_text=True)).one(id="eerste-beeld")
    assert "Atlantis" in read.one("div", "meldingen").text()
    assert [b["value"] for b in read.all("button", "gekozen-regio")] == ["VT02"]


def test_an_empty_field_for_a_region_adds_nothing(client: FlaskClient) -> None:
    _, query = redirected(client, "/regionaal?indicator=kerncijfers-veilig-thuis&regio=VT02&erbij=")
    assert query == {"indicator": "kerncijfers-veilig-thuis", "regio": "VT02"}


# --- something goes wrong ---


def broken(*_: object) -> None:
    raise RuntimeError("kapot\nop twee regels")


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("pages.view_page.card_view", broken)
    caplog.set_level(logging.INFO)


@pytest.mark.usefixtures("fault")
def test_a_fault_in_a_card_leaves_the_page(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    read = page("/regionaal?indicator=kerncijfers-veilig-thuis")
    assert "kunnen nu niet worden getoond" in read.one("section", "kaart").text()
    assert read.one("h1").text() == "Regionaal beeld"
    assert len(read.one("nav").all("a")) == len(PAGES)
    assert "0800-2000" in read.one("footer", "voet").text()
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(errors) == 1
    assert "RuntimeError" in errors[0]
    assert "kapot" in errors[0]
    assert "kerncijfers-veilig-thuis" in errors[0], "the choice that it went wrong with"
    assert "\n" not in errors[0]
    assert caplog.records[-1].exc_info is None


@pytest.mark.usefixtures("fault")
def test_a_fault_in_the_callback_gives_the_same_card(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    from tests.pages.test_callback import text_of, update

    answer = update(client, {"view": "regionaal", "query": {}})
    assert answer.status_code == 200
    assert "kunnen nu niet worden getoond" in text_of(answer)
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 1
