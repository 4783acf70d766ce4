"""Embeds, the light form, the panel that gives their code, and the addresses that must keep working."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from components.house_style.shelf import STANDARD
from components.light import light_html
from data import current
from data.choice import choose
from data.release import Release
from data.view import card_view
from pages.view_page import embed_page
from tests.pages.test_callback import text_of, update
from tests.reading import Node, dutch_number, parse, read_table

ROOT = Path(__file__).resolve().parents[2]
AM = "aantal-adviezen-en-meldingen"
KEY = "kerncijfers-veilig-thuis"
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"
HEAVIEST = 60_000
Page = Callable[[str], Node]

with (ROOT / "tests" / "fixtures" / "adressen.csv").open(encoding="utf-8", newline="") as handle:
    ADDRESSES = list(csv.DictReader(handle))


def html_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


# --- addresses of earlier versions ---


@pytest.mark.parametrize("kept", ADDRESSES, ids=[row["adres"][:60] for row in ADDRESSES])
def test_an_address_of_an_earlier_version_shows_the_same(kept: dict[str, str], page: Page) -> None:
    shown = page(kept["adres"])
    if kept["titel"]:
        assert shown.one(id="kaart-titel").text() == kept["titel"]
    assert kept["toont"] in shown.one(of_class="zin").text()
    notices = shown.all(of_class="meldingen")
    assert all("hidden" in notice.attributes for notice in notices)


# --- the embed ---


def test_an_embed_is_one_card_with_its_source_and_the_way_to_the_full_page(page: Page) -> None:
    shown = page(f"/embed/landelijk/{AM}?periode=2019HJ02")
    assert "66.730" in shown.one(of_class="zin").text()
    assert "Bron: " in shown.one(of_class="bronnen").text()
    assert shown.all("nav") == []
    assert shown.all(of_class="kop") == []
    assert shown.all(id="delen") == []
    full = shown.one("a", "volledig")["href"]
    assert "66.730" in page(full).one(of_class="zin").text()
    assert "0800-2000" in shown.one(of_class="kadervoet").text()


def test_links_of_an_embed_open_beside_it_and_its_filters_stay_in_it(client: FlaskClient) -> None:
    text = html_of(client, f"/embed/landelijk/{AM}")
    assert '<base target="_blank">' in text
    assert parse(text).one("form", id="filters")["target"] == "_self"
    assert "<base" not in html_of(client, "/landelijk")


def test_an_embed_is_not_for_search_engines(client: FlaskClient) -> None:
    answer = client.get(f"/embed/landelijk/{AM}")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.get_data(as_text=True)
    assert "X-Robots-Tag" not in client.get("/landelijk").headers


def test_the_filters_of_an_embed_leave_out_what_is_fixed(page: Page) -> None:
    address = f"/embed/regionaal/{KEY}?maat=actieve-casussen&regio=VT02"
    free, fixed, none = (page(address + more) for more in ("", "&filters=zonder-regio", "&filters=nee"))
    assert free.all(id="regio-zoek")
    assert free.all("select", id="indicator") == []
    assert free.one("form", id="filters")["action"] == f"/embed/regionaal/{KEY}"
    assert fixed.all(id="regio-zoek") == []
    hidden = {i["name"]: i["value"] for i in fixed.all("input") if i["type"] == "hidden"}
    assert hidden["regio"] == "VT02"
    assert hidden["filters"] == "zonder-regio"
    assert none.all("form") == []
    assert len({p.one(of_class="zin").text() for p in (free, fixed, none)}) == 1


@pytest.mark.parametrize(
    ("shows", "charts", "tables"), [("alles", True, True), ("grafiek", True, False), ("tabel", False, True)]
)
def test_an_embed_shows_chart_table_or_both(shows: str, charts: bool, tables: bool, page: Page) -> None:
    shown = page(f"/embed/landelijk/{AM}?toon={shows}")
    assert bool(shown.all(of_class="grafieken")) == charts
    assert bool(shown.all("table", "cijfers")) == tables
    if shows == "tabel":
        assert "open" in shown.one("details", id="tabel").attributes


@pytest.mark.parametrize("option", ["filters", "toon", "vorm"])
def test_an_option_that_does_not_exist_gives_the_default_and_a_notice(option: str, page: Page) -> None:
    address = f"/embed/landelijk/{AM}?periode=2019HJ02"
    told = page(f"{address}&{option}=<b>taart").one(of_class="meldingen")
    assert told.text() == f"De waarde ‘<b>taart’ bestaat niet voor ‘{option}’. U ziet de standaardvorm."
    assert page(f"{address}&{option}=x").one(of_class="kaart").text() == page(address).one(of_class="kaart").text()


def test_a_choice_that_does_not_exist_is_told_in_an_embed(page: Page) -> None:
    shown = page(f"/embed/landelijk/{AM}?periode=gisteren&filters=nee")
    assert "bestaat hier niet" in shown.one(of_class="meldingen").text()


@pytest.mark.parametrize(
    "path", ["landelijk/bestaat-niet", f"x/{AM}", f"regionaal/{'recidive-plegers'}", "none/none", f"landelijk/{AM}/x"]
)
def test_an_embed_that_does_not_exist_is_a_404_with_a_way_out(path: str, client: FlaskClient) -> None:
    answer = client.get(f"/embed/{path}")
    assert answer.status_code == 404
    assert 'href="/"' in answer.get_data(as_text=True)


def test_what_the_path_says_is_not_said_again(client: FlaskClient) -> None:
    answer = client.get(f"/embed/landelijk/{AM}?indicator=recidive-plegers&toon=tabel")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/embed/landelijk/{AM}?toon=tabel")
    answer = client.get(f"/embed/regionaal/{KEY}?regio=VT02&erbij=VT25&filters=ja")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/embed/regionaal/{KEY}?regio=VT02,VT25&filters=ja",
    )


@pytest.mark.parametrize(
    ("view", "indicator", "more"),
    [("landelijk", AM, {"periode": "2019HJ02"}), ("regionaal", KEY, {"regio": "VT02", "filters": "zonder-regio"}),
     ("tijdreeksen", AM, {"toon": "tabel", "filters": "x"})],
)  # fmt: skip
def test_the_callback_gives_the_embed_of_the_first_answer(
    view: str, indicator: str, more: dict[str, str], client: FlaskClient, page: Page
) -> None:
    answer = update(client, {"view": view, "query": more | {"indicator": indicator}, "embed": True, "n": 1})
    assert answer.status_code == 200
    query = "&".join(f"{n}={v}" for n, v in more.items())
    assert text_of(answer) == page(f"/embed/{view}/{indicator}?{query}").text()


# --- the light form ---


@pytest.fixture(scope="module")
def light(client: FlaskClient, release: Release) -> dict[str, str]:
    """The light embed of each pair of view and indicator with figures."""
    pairs = sorted(release.filled)
    return {f"{view} {slug}": html_of(client, f"/embed/{view}/{slug}?vorm=licht") for slug, view in pairs}


def test_the_light_form_weighs_what_it_may(light: dict[str, str]) -> None:
    sheets = sum((ROOT / "assets" / name).stat().st_size for name in ("los/licht.css", "favicon.ico"))
    sheets += len(STANDARD.sheet(STANDARD))
    assert {
        name: len(text.encode()) + sheets for name, text in light.items() if len(text.encode()) + sheets > HEAVIEST
    } == {}


def test_the_light_form_has_no_script_and_asks_nothing_but_its_styles(light: dict[str, str]) -> None:
    for text in light.values():
        assert "<script" not in text
        assert not re.search(r"\s(style|on\w+)=", re.sub(r">[^<]*<", "><", text))
        asked = re.findall(r'<(?:link|img|iframe)[^>]*(?:href|src)="([^"?]*)', text)
        assert set(asked) == {
            "/assets/favicon.ico",
            "/wat-is-nieuw.atom",
            "/catalogus.ttl",
            "/api/v1/openapi.json",
            "/_deel/stijl/standaard.css",
            "/assets/los/licht.css",
        }


def test_the_pictures_of_the_light_form_hold_the_numbers_of_its_table(light: dict[str, str]) -> None:
    """Bars carry their numbers; of a line only the last one stands in the picture."""
    for name, text in light.items():
        shown = parse(text).one(of_class="kaart")
        table = read_table(shown)
        every = {n for row in table.numbers for n in row if n is not None}
        wide = [
            svg for part in shown.all(of_class="ruim") or shown.all(of_class="grafieken") for svg in part.all("svg")
        ]
        assert wide, name
        words = {t.text() for svg in wide for t in svg.all("text")}
        drawn = {n for word in words if (n := dutch_number(word)) is not None}
        if table.heads[0] == "Periode":
            assert drawn & every, name
        else:
            assert every <= drawn, name


def test_an_unknown_figure_is_a_word_in_the_light_form(light: dict[str, str], client: FlaskClient) -> None:
    shown = parse(html_of(client, f"/embed/regionaal/{NATURE}?regio=GM1731&periode=2023JJ00&vorm=licht"))
    (wide,) = shown.all(of_class="ruim")
    words = [t.text() for svg in wide.all("svg") for t in svg.all("text")]
    unknown = [c for row in shown.all("table", "cijfers")[0].all("td") if "onbekend" in (c := row.text())]
    assert words.count("onbekend") >= len(unknown) > 0
    assert "0" not in words


def test_what_is_too_heavy_is_left_out_and_said(release: Release) -> None:
    card = card_view(release, choose(release, "regionaal", {"indicator": KEY, "maat": "actieve-casussen"}))

    def made(most: int) -> str:
        page = embed_page("regionaal", {"indicator": KEY, "maat": "actieve-casussen", "filters": "nee"})
        return light_html(page, card, current.release(), most)

    # Each time a byte less than what the former form weighs.
    whole = made(10**6)
    one = made(len(whole.encode()) - 1)
    none = made(len(one.encode()) - 1)
    short = made(len(none.encode()) - 1)
    assert [len(parse(text).all("svg")) for text in (whole, one, none, short)] == [2, 1, 0, 0]
    assert "te groot" in parse(none).one(of_class="grafieken").text()
    every, rows = (parse(text).all("tbody")[0].all("tr") for text in (none, short))
    assert len(every) == 26
    assert rows[-1].text() == f"U ziet {len(rows) - 1} van de 26 rijen. Alle rijen staan op de volledige pagina."
    assert [row.text() for row in rows[:-1]] == [row.text() for row in every[: len(rows) - 1]]
    assert len(rows) < 26


# --- sharing ---


def test_each_card_gives_its_link_and_its_code(client: FlaskClient, page: Page) -> None:
    shown = page(f"/regionaal?indicator={KEY}&maat=actieve-casussen&regio=VT25")
    panel = shown.one("details", id="delen")
    link, code = (panel.one("textarea", id=f"delen-{name}").text() for name in ("link", "code"))
    assert link.startswith("http://localhost/regionaal?")
    assert page(link.removeprefix("http://localhost")).one(of_class="zin").text() == shown.one(of_class="zin").text()
    frame = parse(code).one("iframe")
    assert frame["title"] == shown.one(id="kaart-titel").text()
    assert frame["width"] == "100%"
    framed = page(frame["src"].removeprefix("http://localhost"))
    assert framed.one(of_class="zin").text() == shown.one(of_class="zin").text()


def test_a_card_without_figures_has_nothing_to_share(page: Page) -> None:
    assert page("/landelijk?indicator=eindvonnis-en-strafoplegging-rechter-1e-aanleg").all(id="delen") == []


def test_a_shared_link_has_a_title_and_a_sentence_for_previews(client: FlaskClient) -> None:
    head = parse(html_of(client, "/landelijk?periode=2019HJ02")).one("head")
    told = {m.attributes.get("property", m.attributes.get("name", "")): m["content"] for m in head.all("meta")
            if "content" in m.attributes}  # fmt: skip
    assert told["og:title"].startswith("Aantal adviezen en meldingen, Nederland, 2e halfjaar 2019")
    assert "66.730" in told["og:description"]
    assert told["og:description"] == told["description"]


def test_the_script_for_other_sites_may_be_read_by_them_and_stands_in_the_manual(client: FlaskClient) -> None:
    answer = client.get("/embed/plaatsen.js")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.content_type == "text/javascript; charset=utf-8"
    served = answer.get_data(as_text=True)
    (shown,) = re.findall(r"```js\n(.*?)```", (ROOT / "docs" / "plaatsen.md").read_text(encoding="utf-8"), re.S)
    assert served.endswith(shown)
    assert "plaatsen.js" not in html_of(client, "/").replace("/embed/plaatsen.js", "")


def test_a_file_with_its_version_in_the_address_is_kept_by_the_browser(client: FlaskClient) -> None:
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]*)"', html_of(client, f"/embed/landelijk/{AM}"))
    assert sheets
    for sheet in [*sheets, "/assets/20-impactmonitor.css"]:
        with client.get(unescape(sheet)) as answer:
            assert ("immutable" in answer.headers["Cache-Control"]) == ("/_deel/" in sheet)
