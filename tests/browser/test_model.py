"""The process model in a browser: by keyboard, by name, without JavaScript, and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.board import LIVE, Board, fetch
from tests.browser.conftest import visitor
from tests.browser.watch import Watch

STEPS = [
    "Advies", "Melding", "Veiligheidsbeoordeling", "Voorwaarden en vervolg", "Onderzoek", "Overdracht", "Monitoring",
    "Casus: alles bij elkaar",
]  # fmt: skip
DRENTHE = "/model?stap=onderzoek&regio=VT02&periode=2023JJ00"


@pytest.fixture
def plain(plain_browser: Browser, base: str) -> Iterator[Page]:
    """A visitor without JavaScript."""
    watch = Watch(base)
    watch.allow("failed request: csp .*/_deel/")  # a script that is announced and then not allowed
    context = plain_browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    page = context.new_page()
    watch.follow(page)
    yield page
    context.close()
    watch.check()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))


def test_every_step_is_reached_and_opened_with_the_keyboard(board: Board) -> None:
    page = board.open("/model").page
    page.locator(f"{LIVE} .model-keuze button").focus()
    walked = []
    for _ in STEPS:
        page.keyboard.press("Tab")
        walked.append(focused(page))
        width = page.evaluate("getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth")
        assert width == "4px", "the focus is visible"
    assert [name.startswith(step) for name, step in zip(walked, STEPS, strict=True)] == [True] * len(STEPS)
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
    assert focused(page).startswith("Onderzoek")
    page.keyboard.press("Enter")
    page.wait_for_url("**/model?stap=onderzoek#stap")
    board.ready()
    assert board.here("#stap").text_content() == "Onderzoek"
    assert page.evaluate("document.activeElement.id") == "stap", "reading goes on at the step that was opened"


def test_a_screen_reader_hears_the_steps_by_name(board: Board) -> None:
    board.open("/model")
    group = board.here("svg.schema")
    assert "2e halfjaar 2019" in (group.get_attribute("aria-label") or "")
    for step in STEPS:
        assert board.page.get_by_role("link", name=f"{step}:").count() == 1
    told = group.aria_snapshot()
    assert "66.730 meldingen" in told and told.count("/url: /model?stap=") == len(STEPS)


def test_region_and_period_are_chosen_in_the_form(board: Board) -> None:
    page = board.open("/model?stap=onderzoek").page
    board.here("#model-regio").select_option("VT23")
    board.here(".model-keuze button").click()
    page.wait_for_url("**/model?regio=VT23&periode=&stap=onderzoek")
    board.ready()
    assert page.get_by_role("link", name="Onderzoek: 90 actieve diensten").count() == 1
    board.here("#model-periode").select_option("2019HJ01")
    board.here(".model-keuze button").click()
    page.wait_for_url("**/model?regio=VT23&periode=2019HJ01&stap=onderzoek")
    board.ready()
    assert board.here("#model-periode").input_value() == "2019HJ01"
    page.go_back()
    board.ready()
    assert board.here("#stap").text_content() == "Onderzoek"


@pytest.mark.parametrize("address", ["/model", DRENTHE, "/model?stap=taart&regio=XX99"])
def test_axe_finds_nothing(address: str, board: Board) -> None:
    board.open(address)
    board.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = Axe().run(board.page).response["violations"]
    assert [f"{v['id']}: {v['help']}: {[n['html'] for n in v['nodes']][:3]}" for v in found] == []


@pytest.mark.parametrize("width", [1440, 768, 375, 320])
def test_nothing_scrolls_sideways_and_the_drawing_can_be_read(width: int, board: Board) -> None:
    board.page.set_viewport_size({"width": width, "height": 800})
    board.open(DRENTHE)
    board.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert board.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    drawn = board.page.evaluate(
        """() => Array.from(document.querySelectorAll("svg.schema a"), (link) => {
          const box = link.querySelector("rect").getBoundingClientRect();
          return Array.from(link.querySelectorAll("text"), (text) => {
            const t = text.getBoundingClientRect();
            return { text: text.textContent, height: t.height,
              inside: t.left >= box.left && t.right <= box.right && t.top >= box.top && t.bottom <= box.bottom };
          });
        }).flat()"""
    )
    assert [each["text"] for each in drawn if not each["inside"]] == []
    assert min(each["height"] for each in drawn) >= 13
    targets = board.page.evaluate(
        "() => Array.from(document.querySelectorAll('svg.schema a'), (a) => a.getBoundingClientRect().height)"
    )
    assert min(targets) >= 44


@pytest.mark.parametrize("address", ["/model", f"{DRENTHE}#stap"])
def test_dash_draws_the_page_of_the_server_without_a_shift(address: str, board: Board) -> None:
    board.open(address)
    board.page.wait_for_function("() => window.__after > 5")
    assert board.page.evaluate("window.__shift") < 0.05
    first = fetch(board.base + address.split("#")[0]).one(id="eerste-beeld")
    assert board.page.locator(LIVE).text_content() == first.text()
    tags = "(svg) => Array.from(svg.querySelectorAll('*'), (e) => e.tagName.toLowerCase())"
    assert board.here("svg.schema").evaluate(tags) == [node.tag for node in first.one("svg").walk()][1:]
    space = "(svg) => Array.from(svg.querySelectorAll('*')).every((e) => e.namespaceURI.endsWith('/svg'))"
    assert board.here("svg.schema").evaluate(space)


def test_all_works_without_javascript(plain: Page, base: str) -> None:
    plain.goto(f"{base}/model")
    plain.get_by_role("link", name="Overdracht:").focus()
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/model?stap=overdracht#stap")
    assert plain.locator("#stap").text_content() == "Overdracht"
    assert "96.900" in (plain.locator(".model-stap table").first.text_content() or "")
    plain.locator("#model-regio").select_option("VT02")
    plain.get_by_role("button", name="Toon de cijfers").click()
    plain.wait_for_url("**/model?regio=VT02&periode=&stap=overdracht")
    assert "2.520" in (plain.locator(".model-stap table").first.text_content() or "")
    assert plain.locator("svg.schema a").first.bounding_box() is not None


def test_in_forced_colours_the_text_stands_out(browser: Browser, base: str, watch: Watch) -> None:
    context = visitor(browser, forced_colors="active")
    page = context.new_page()
    watch.follow(page)
    Board(page, base).open("/model")
    colours = page.evaluate(
        """() => Array.from(document.querySelectorAll("svg.schema a"), (link) =>
          [getComputedStyle(link.querySelector("rect")).fill, getComputedStyle(link.querySelector("text")).fill])"""
    )
    assert all(back != text for back, text in colours)
    assert len({back for back, _ in colours}) == 1
    context.close()
