"""Each page as it loads: on every width, without a flash, in Dutch, for everybody."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from components.export import COLUMNS
from tests.browser.board import LIVE, Board, charts, fetch, screen
from tests.browser.watch import Watch
from tests.reading import csv_number, read_csv

KEY = "kerncijfers-veilig-thuis"
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"
VIEWS = {
    "landelijk": "/landelijk",
    "26 regions": f"/regionaal?indicator={KEY}&maat=actieve-casussen&periode=2019HJ02",
    "unknown cells": "/regionaal?regio=GM1731",
    "long labels": "/regionaal?indicator=eerdere-betrokkenheid-veilig-thuis",
    "tijdreeksen": "/tijdreeksen",
    "several regions": f"/tijdreeksen?indicator={KEY}&regio=VT02,VT25,VT10",
    "estimate": "/landelijk?indicator=geschat-percentage-slachtoffers-kindermishandeling",
    "moments": "/landelijk?indicator=percentage-afname-en-stoppen-geweld",
    "matrix": "/regionaal?indicator=acuut-en-of-structureel-onveilig",
    "two breakdowns": "/landelijk?indicator=kenmerken-slachtoffers-huiselijk-geweld&categorie=vorm-van-geweld-geslacht",
    "flows and stocks": "/tijdreeksen?indicator=ondertoezichtstellingen",
    "lines by sex": "/tijdreeksen?indicator=slachtoffers-van-moord-en-doodslag",
    "no figures": "/landelijk?indicator=eindvonnis-en-strafoplegging-rechter-1e-aanleg",
    "notices": "/regionaal?indicator=bestaat-niet&periode=gisteren&regio=XX99&weergave=taart",
}
PAGES = {"overview": "/", **VIEWS, "not found": "/bestaat-niet"}


# --- one visit of each page ---


@dataclass
class Visit:
    """A page that was opened once, for several tests to look at."""

    name: str
    board: Board
    watch: Watch

    @property
    def has_figures(self) -> bool:
        return self.board.here("table.cijfers").count() == 1

    @property
    def is_live(self) -> bool:
        return self.name != "not found"


@pytest.fixture(scope="module", params=PAGES)
def visited(request: pytest.FixtureRequest, regular: BrowserContext, base: str) -> Iterator[Visit]:
    watch = Watch(base)
    page = regular.new_page()
    watch.follow(page)
    visit = Visit(request.param, Board(page, base), watch)
    if visit.is_live:
        visit.board.open(PAGES[request.param])
    else:
        watch.allow("404.*bestaat-niet|console error: Failed to load resource.*404")
        page.goto(base + PAGES[request.param])
    yield visit
    page.close()
    watch.check()


@pytest.fixture
def visit(visited: Visit) -> Iterator[Visit]:
    yield visited
    visited.watch.check()


def taken_over_without_a_flash(board: Board) -> None:
    """One page is visible in every frame, nothing moves, and the texts are the same before and after."""
    board.page.wait_for_function("() => window.__after > 5")
    assert board.page.evaluate("window.__shift") < 0.05
    assert set(board.page.evaluate("window.__heads")) == {1}
    texts = "(root) => { const copy = root.cloneNode(true);"
    texts += " copy.querySelectorAll('.grafiek').forEach((e) => e.remove()); return copy.textContent; }"
    after = board.page.locator(LIVE).evaluate(texts)
    before = fetch(board.page.url).one(id="eerste-beeld").text()
    assert after == before


def test_dash_takes_over_without_a_flash_or_a_shift(visit: Visit) -> None:
    if visit.is_live:
        taken_over_without_a_flash(visit.board)


def test_the_charts_show_the_numbers_of_the_table(visit: Visit) -> None:
    if visit.is_live:
        visit.board.as_the_server()
        assert visit.has_figures == (visit.name not in ("overview", "no figures"))


def test_the_file_has_the_numbers_on_the_screen(visit: Visit, tmp_path: Path) -> None:
    board = visit.board
    if not visit.has_figures:
        assert board.page.locator("a.knop:visible").count() == 0
        return

    def saved(kind: str) -> Path:
        with board.page.expect_download() as started:
            board.here(f'[aria-labelledby="kaart-titel"] a.knop[href*="/{kind}/"]').click()
        file = tmp_path / started.value.suggested_filename
        started.value.save_as(file)
        assert re.fullmatch(rf"[a-z0-9_-]+\.{kind}", file.name)
        return file

    body = saved("csv").read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    table = board.table()
    shown = [n for row in table.numbers for n in row if n is not None]
    assert [n for row in read_csv(body) if (n := csv_number(row["Waarde"])) is not None] == shown
    rows = openpyxl.load_workbook(saved("xlsx"))["Cijfers"].iter_rows(min_row=2, values_only=True)
    values = [row[COLUMNS.index("Waarde")] for row in rows]
    assert [n for n in values if n is not None] == shown
    over_time = "/tijdreeksen" in board.page.url
    drawn = [n for each in charts(table, series=over_time) for n in each["numbers"] if n is not None]
    assert sorted(drawn) == sorted(shown)


def test_axe_finds_nothing(visit: Visit) -> None:
    unfold(visit.board.page)
    found = Axe().run(visit.board.page).response["violations"]
    assert [f"{v['id']}: {v['help']}: {[n['html'] for n in v['nodes']][:3]}" for v in found] == []


@pytest.mark.parametrize("width", [1440, 768, 375])
def test_no_page_scrolls_sideways(width: int, visit: Visit) -> None:
    page = visit.board.page
    unfold(page)
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_function(
        "() => Array.from(document.querySelectorAll('.js-plotly-plot'))"
        ".every((chart) => Math.abs(chart._fullLayout.width - chart.clientWidth) < 2)"
    )
    wide = page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        "  ? Array.from(document.querySelectorAll('body *'))"
        "      .filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest('.schuif, svg'))"
        "      .map((e) => e.tagName + '.' + e.className) : []"
    )
    assert wide == []


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")


@pytest.mark.parametrize("name", ["overview", "26 regions", "unknown cells", "tijdreeksen"])
def test_dash_takes_over_without_a_flash_on_a_phone(name: str, board: Board) -> None:
    board.page.set_viewport_size({"width": 375, "height": 800})
    board.open(PAGES[name])
    taken_over_without_a_flash(board)


# --- from the server to Dash ---


def test_the_page_of_the_server_stands_until_dash_is_ready(board: Board) -> None:
    held: list[Route] = []
    board.page.route("**/_deel/dash-*.js", lambda route: held.append(route))
    board.page.goto(f"{board.base}/landelijk?periode=2019HJ02")
    first = board.page.locator("#eerste-beeld")
    assert first.locator(".zin").is_visible()
    assert "66.730" in (first.locator(".zin").text_content() or "")
    first.locator("#tabel summary").click()
    assert first.locator("table.cijfers").is_visible()
    first.locator("#indicator").focus()
    board.page.wait_for_function("() => document.fonts.ready.then(() => true)")
    assert not board.page.locator(LIVE).is_visible()
    while not held:
        board.page.wait_for_timeout(20)
    held[0].continue_()
    board.ready()
    assert board.page.locator("#eerste-beeld").count() == 0
    assert board.here("table.cijfers").is_visible(), "what was open stays open"
    assert board.page.evaluate("document.activeElement.id") == "indicator", "the focus stays"
    board.as_the_server()


def test_a_choice_before_dash_is_ready_is_not_lost(board: Board) -> None:
    held: list[Route] = []
    board.page.route("**/_deel/dash-*.js", lambda route: held.append(route), times=1)
    board.page.goto(f"{board.base}/landelijk")
    board.page.locator("#eerste-beeld #periode").select_option("2019HJ02")
    board.says(periode="2019HJ02").ready().as_the_server()
    assert "66.730" in board.sentence


def test_the_charts_are_drawn_by_the_bundle_that_the_server_chose(board: Board) -> None:
    asked: list[str] = []
    board.page.on("request", lambda request: asked.append(request.url))
    board.open("/landelijk")
    scripts = [url for url in asked if "plotly" in url and "/assets/" not in url]
    wanted = board.page.evaluate("document.documentElement.dataset.plotly")
    assert set(scripts) == {board.base + wanted}


# --- Dutch in the chart ---


def test_the_text_in_a_chart_is_dutch(board: Board) -> None:
    board.open("/tijdreeksen").as_the_server()
    ticks = board.here(".ytick text").all_text_contents()
    assert len(ticks) > 2
    assert all(re.fullmatch(r"0|\d{1,3}(\.\d{3})+", tick) for tick in ticks), ticks
    names = board.here(".legendtext").all_text_contents()
    assert names == ["Gestarte adviezen", "Ontvangen meldingen", "hoger of lager dan alle eerdere"]
    point = board.here(".scatterlayer .trace").first.locator(".points path").first.bounding_box()
    assert point
    board.page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    hover = board.here(".hoverlayer .hovertext").first
    hover.wait_for()
    text = hover.text_content() or ""
    assert "1e halfjaar 2019" in text
    assert "53.145" in text


def numbers_in(board: Board) -> list[str]:
    return [text.strip() for text in board.here(".bartext, .scatterlayer .textpoint text").all_text_contents()]


def test_the_numbers_beside_the_bars_are_dutch(board: Board) -> None:
    board.open(VIEWS["26 regions"]).as_the_server()
    texts = numbers_in(board)
    assert len(texts) == 26
    assert "6.875" in texts
    bar = board.here(".barlayer .point path").first
    box = bar.bounding_box()
    assert box
    board.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hover = board.here(".hoverlayer .hovertext").first
    hover.wait_for()
    assert "Rotterdam-Rijnmond: 8.360" in (hover.text_content() or "")


def test_a_suppressed_figure_is_a_word_in_the_chart(board: Board) -> None:
    board.open("/regionaal?regio=GM1731").as_the_server()
    words = board.here(".infolayer .annotation").all_text_contents()
    unknown = [cells for _, cells in board.table().rows if any("onbekend" in cell for cell in cells)]
    assert "onbekend" in words
    assert len(words) == sum("onbekend" in cell for cells in unknown for cell in cells)
    assert "0" not in numbers_in(board)


def test_a_gap_is_named_in_the_chart(board: Board) -> None:
    board.open("/tijdreeksen").as_the_server()
    assert "nietbeschikbaar" in [text.replace(" ", "") for text in board.here(".annotation").all_text_contents()]


# --- files ---


def test_all_figures_can_be_downloaded_from_the_footer(board: Board, tmp_path: Path) -> None:
    board.open("/")
    with board.page.expect_download() as started:
        board.here(".voet a[download]").first.click()
    started.value.save_as(tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as handle:
        assert next(csv.reader(handle))[:3] == ["indicator", "maat", "kenmerk"]


# --- without a mouse, without JavaScript ---


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def test_everything_works_with_the_keyboard(board: Board) -> None:
    board.open(f"/regionaal?indicator={KEY}&regio=VT02").as_the_server()
    page = board.page
    page.keyboard.press("Tab")
    assert focused(page) == "Naar de inhoud"
    assert board.here(".spring").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'inhoud'")
    page.keyboard.press("Tab")
    assert focused(page) == "indicator"
    page.keyboard.press("Tab")
    assert focused(page) == "maat"

    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => new URLSearchParams(location.search).get('maat')")
    board.as_the_server()
    assert focused(page) == "maat", "the focus stays on a filter that was changed"
    page.keyboard.press("ArrowDown")
    board.as_the_server()
    assert focused(page) == "maat"

    board.here("#regio-zoek").focus()
    page.keyboard.insert_text("Zuid-Limburg (Veilig Thuis-regio)")
    board.says(regio="VT02,VT25").as_the_server()
    assert focused(page) == "regio-zoek", "ready for the next region"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    board.says(regio="VT25").as_the_server()
    assert focused(page) == "regio-zoek"

    board.here("#tabel summary").focus()
    assert board.here("table.cijfers").is_visible(), "beside the map the table is open"
    page.keyboard.press("Enter")
    assert not board.here("table.cijfers").is_visible()
    page.keyboard.press("Enter")
    assert board.here("table.cijfers").is_visible()
    board.here("#periode").focus()
    page.keyboard.press("ArrowDown")
    board.as_the_server()
    assert board.here("table.cijfers").is_visible(), "the table stays open after another choice"


def test_a_button_keeps_the_focus(board: Board) -> None:
    board.open("/landelijk?indicator=type-adviesvrager-melder&periode=2025HJ01").as_the_server()
    button = board.here("button.schakel[value=aandeel]")
    button.focus()
    board.page.keyboard.press("Space")
    board.says(weergave="aandeel").as_the_server()
    assert button.get_attribute("aria-pressed") == "true"
    assert board.page.evaluate("document.activeElement.value") == "aandeel"


def test_the_page_stays_where_it_is_after_a_choice(board: Board) -> None:
    board.page.set_viewport_size({"width": 375, "height": 700})
    board.open(PAGES["26 regions"]).as_the_server()
    board.page.evaluate("document.querySelector('#react-entry-point #maat').scrollIntoView()")
    before = board.page.evaluate("scrollY")
    assert before > 100
    board.choose("periode", "2019HJ01").says(periode="2019HJ01").as_the_server()
    assert abs(board.page.evaluate("scrollY") - before) < 40


@pytest.fixture
def plain(plain_browser: Browser, watch: Watch) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = plain_browser.new_context(viewport={"width": 1440, "height": 900})
    context.on("page", watch.follow)
    watch.allow("failed request: csp .*/_deel/")  # a script that is announced and then not allowed
    yield context.new_page()
    context.close()


def test_a_page_can_be_read_without_javascript(plain: Page, base: str) -> None:
    plain.goto(f"{base}/landelijk?periode=2019HJ02")
    assert plain.locator("h1").text_content() == "Landelijk beeld"
    assert "66.730" in (plain.locator(".zin").text_content() or "")
    assert plain.locator(".zin").is_visible()
    assert plain.locator("table.cijfers").is_visible()
    assert not plain.locator(".grafiek").first.is_visible(), "no empty room where a chart would be"


def test_the_form_works_without_javascript(plain: Page, base: str) -> None:
    plain.goto(f"{base}/landelijk")
    plain.locator("#periode").select_option("2019HJ02")
    plain.get_by_role("button", name="Toon de cijfers").click()
    assert "periode=2019HJ02" in plain.url
    assert "66.730" in (plain.locator(".zin").text_content() or "")
    plain.locator("nav").get_by_text("Regionaal beeld").click()
    assert plain.locator("#periode").input_value() == "2019HJ02"


def test_regions_work_without_javascript(plain: Page, base: str) -> None:
    plain.goto(f"{base}/regionaal?indicator={KEY}&maat=actieve-casussen&periode=2019HJ02")
    plain.locator("#regio-zoek").fill("Zuid-Limburg (Veilig Thuis-regio)")
    plain.locator("#regio-zoek").press("Enter")
    assert "regio=VT25" in plain.url
    assert "6.875" in (plain.locator(".zin").text_content() or "")
    plain.locator("#regio-zoek").fill("Drenthe (Veilig Thuis-regio)")
    plain.get_by_role("button", name="Toon de cijfers").click()
    assert "regio=VT25,VT02" in plain.url
    plain.locator("button.gekozen-regio[value=VT25]").click()
    assert "regio=VT02" in plain.url
    assert "VT25" not in plain.url
    assert "maat=actieve-casussen" in plain.url


# --- ahead of the visitor, and of Dash ---


def test_a_view_is_fetched_when_its_link_is_pointed_at_and_not_again_when_it_is_opened(board: Board) -> None:
    board.open("/landelijk?indicator=aantal-adviezen-en-meldingen").as_the_server()
    asked: list[Request] = []
    board.page.on("request", lambda each: asked.append(each) if "/regionaal" in each.url else None)
    link = board.here("nav").get_by_text("Regionaal beeld")
    board.page.evaluate("performance.now = () => 1_999")
    link.hover()
    board.page.wait_for_timeout(200)
    assert asked == [], "the first two seconds are for the page itself"
    board.page.evaluate("performance.now = () => 2_000")
    board.here("h1").hover()
    with board.page.expect_request_finished(lambda each: "/regionaal" in each.url):
        link.hover()
    assert [each.resource_type for each in asked] != ["document"]
    link.click()
    board.page.wait_for_url("**/regionaal?*")
    board.as_the_server()
    sizes = board.page.evaluate("performance.getEntriesByType('navigation').map((each) => each.transferSize)")
    assert sizes[0] <= 300, "only the word that it has not changed"


def test_an_answer_is_drawn_once_before_dash_comes_to_it(board: Board) -> None:
    board.open(VIEWS["26 regions"]).as_the_server()
    board.page.evaluate("""() => {
      window.__drawn = [];
      document.addEventListener("getekend", () => window.__drawn.push("page"));
      const react = Plotly.react, tell = dash_clientside.set_props;
      Plotly.react = (...given) => { window.__drawn.push("chart"); return react(...given); };
      dash_clientside.set_props = (id, ...given) => {
        if (id === "keuze") window.__drawn.push("Dash");
        return tell(id, ...given);
      };
    }""")
    board.choose("periode", "2019HJ01").says(periode="2019HJ01").as_the_server()
    board.page.wait_for_timeout(300)
    assert board.page.evaluate("window.__drawn") == ["chart", "page", "Dash"]


# --- when the server does not answer ---


@pytest.mark.parametrize("how", ["no connection", "an error"])
def test_a_choice_that_gets_no_answer_is_told_and_the_next_one_works(how: str, board: Board, watch: Watch) -> None:
    watch.allow("_dash-update-component")
    watch.allow("Failed to load resource|Failed to fetch|Callback (failed|error)")
    board.open("/landelijk?indicator=aantal-adviezen-en-meldingen").as_the_server()
    title, entries = board.title, board.page.evaluate("history.length")
    call = "**/_dash-update-component*"
    if how == "an error":
        board.page.route(call, lambda route: route.fulfill(status=500, body="kapot"))
    else:
        board.page.route(call, lambda route: route.abort("connectionfailed"))
    board.choose("periode", "2019HJ01")
    message = board.page.locator("#verbinding")
    message.get_by_text("De server antwoordt niet").wait_for()
    assert message.get_attribute("role") == "status"
    assert board.title == title
    assert board.page.evaluate("history.length") == entries, "no step back to something that was never shown"
    board.says(periode=None)
    board.as_the_server()
    assert board.here("#periode").input_value() == fetch_period(board), "the filter says what the card shows"
    board.page.unroute(call)
    board.choose("periode", "2019HJ02").says(periode="2019HJ02").as_the_server()
    assert message.text_content() == ""
    assert "66.730" in board.sentence
    board.page.go_back()
    board.says(periode=None).as_the_server()
    assert board.title == title


def test_a_choice_that_got_no_answer_can_be_tried_again(board: Board, watch: Watch) -> None:
    watch.allow("_dash-update-component")
    watch.allow("Failed to load resource|Failed to fetch|Callback (failed|error)")
    board.open("/landelijk?indicator=aantal-adviezen-en-meldingen").as_the_server()
    call = "**/_dash-update-component*"
    board.page.route(call, lambda route: route.abort("connectionfailed"))
    board.choose("periode", "2019HJ01")
    again = board.page.get_by_role("button", name="Probeer opnieuw")
    again.wait_for()
    board.says(periode=None)
    again.click()
    again.wait_for()
    board.says(periode=None)
    board.page.unroute(call)
    again.click()
    board.says(periode="2019HJ01").as_the_server()
    assert "1e halfjaar 2019" in board.title
    assert again.count() == 0
    board.page.go_back()
    board.says(periode=None).as_the_server()


def fetch_period(board: Board) -> str:
    """The period of the page without a choice."""
    return str(screen(fetch(f"{board.base}/landelijk?indicator=aantal-adviezen-en-meldingen"))["chosen"][3])
