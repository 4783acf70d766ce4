"""The search box of every page, with keys and without JavaScript, and the button that copies the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.board import Board
from tests.browser.watch import Watch

KEY = "kerncijfers-veilig-thuis"


def typed(board: Board, text: str) -> None:
    board.page.keyboard.press("/")
    expect(board.here("#zoek")).to_be_focused()
    board.page.keyboard.type(text, delay=20)
    board.here("#zoek-lijst").wait_for()


def selected(board: Board) -> list[str]:
    return board.here("#zoek-lijst [aria-selected=true] > span:first-child").all_text_contents()


def test_a_region_is_found_with_keys_alone_and_keeps_the_indicator(board: Board) -> None:
    board.open(f"/regionaal?indicator={KEY}")
    typed(board, "drente")
    box = board.here("#zoek")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(board.here("#zoek-status")).to_contain_text("resultaten")
    assert selected(board) == []
    board.page.keyboard.press("ArrowDown")
    assert selected(board) == ["Drenthe (Veilig Thuis-regio)"]
    assert box.get_attribute("aria-activedescendant") == "zoek-optie-0"
    board.page.keyboard.press("ArrowUp")
    assert selected(board) == []
    board.page.keyboard.press("ArrowUp")
    assert selected(board) == [board.here("#zoek-lijst li > span:first-child").all_text_contents()[-1]]
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("Enter")
    board.page.wait_for_url("**/regionaal?*regio=VT02*")
    board.ready().says(indicator=KEY, regio="VT02").as_the_server()
    assert "Drenthe (Veilig Thuis-regio)" in board.sentence


def test_escape_closes_the_list_and_leaves_the_text(board: Board) -> None:
    board.open("/")
    typed(board, "melding")
    board.page.keyboard.press("Escape")
    expect(board.here("#zoek-lijst")).to_be_hidden()
    expect(board.here("#zoek")).to_have_value("melding")
    expect(board.here("#zoek")).to_have_attribute("aria-expanded", "false")
    board.page.keyboard.press("ArrowDown")
    expect(board.here("#zoek-lijst")).to_be_visible()


def test_enter_without_a_suggestion_gives_the_page_of_results(board: Board) -> None:
    board.open("/toelichting")
    typed(board, "melding")
    board.page.keyboard.press("Enter")
    board.page.wait_for_url("**/zoeken?q=melding")
    board.ready()
    expect(board.here("main")).to_contain_text("resultaten voor ‘melding’")
    board.here("main").get_by_role("link", name="Melding", exact=True).click()
    board.page.wait_for_url("**/toelichting#melding")


def test_a_suggestion_can_be_clicked(board: Board) -> None:
    board.open("/download")
    typed(board, "ondertoezicht")
    board.here("#zoek-lijst li").first.click()
    board.page.wait_for_url(lambda url: "ondertoezichtstelling" in url)


def test_the_key_is_a_letter_where_someone_types(board: Board) -> None:
    board.open(f"/regionaal?indicator={KEY}")
    board.here("#regio-zoek").focus()
    board.page.keyboard.type("1/2")
    expect(board.here("#regio-zoek")).to_be_focused()
    expect(board.here("#regio-zoek")).to_have_value("1/2")


def test_nothing_found_is_said(board: Board) -> None:
    board.open("/")
    board.page.keyboard.press("/")
    board.page.keyboard.type("xqzwvk")
    expect(board.here("#zoek-status")).to_have_text("Niets gevonden.")
    expect(board.here("#zoek-lijst")).to_be_hidden()
    assert board.here("#zoek-status").evaluate("told => told.getBoundingClientRect().height") > 20, "also to be seen"
    board.page.keyboard.press("Tab")
    assert board.here("#zoek-status").evaluate("told => told.getBoundingClientRect().height") <= 1


@pytest.mark.parametrize("width", [1440, 375])
def test_axe_finds_nothing_in_the_open_list_and_nothing_sticks_out(width: int, board: Board) -> None:
    board.page.set_viewport_size({"width": width, "height": 800})
    board.open("/zoeken?q=drenthe")
    typed(board, " utrecht")
    board.page.keyboard.press("ArrowDown")
    found = Axe().run(board.page).response["violations"]
    assert [f"{v['id']}: {[n['html'] for n in v['nodes']][:3]}" for v in found] == []
    assert board.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture
def plain(plain_browser: Browser, watch: Watch) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = plain_browser.new_context()
    context.on("page", watch.follow)
    watch.allow("failed request: csp .*/_deel/")
    yield context.new_page()
    context.close()


def test_search_works_without_javascript(plain: Page, base: str) -> None:
    plain.goto(f"{base}/regionaal?indicator={KEY}")
    seen = [button for button in plain.locator("button.kopieer").all() if button.is_visible()]
    assert not seen, "what needs JavaScript is not there without it"
    plain.get_by_role("searchbox").fill("drente")
    plain.get_by_role("searchbox").press("Enter")
    plain.get_by_role("link", name="Drenthe (Veilig Thuis-regio)").first.click()
    assert f"indicator={KEY}" in plain.url and "regio=VT02" in plain.url
    assert "Drenthe (Veilig Thuis-regio)" in (plain.locator(".zin").text_content() or "")


# --- copying ---


@pytest.mark.parametrize("clipboard", ["open", "closed"])
def test_the_sentence_is_copied_with_its_source(
    clipboard: str, base: str, context: Callable[[], BrowserContext]
) -> None:
    """Also where the clipboard is closed to pages, as in a frame or without https."""
    visitor = context()
    visitor.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
    board = Board(visitor.new_page(), base)
    board.open("/landelijk?periode=2019HJ02").as_the_server()
    if clipboard == "closed":
        refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))"
        board.page.evaluate(f"() => {{ {refuse}; }}")
    button = board.here("button.kopieer[data-tekst]")
    button.focus()
    board.page.keyboard.press("Enter")
    expect(board.here(".kopie-status").first).to_have_text("Gekopieerd")
    expect(button).to_be_focused()
    text = board.page.evaluate("navigator.clipboard.readText()")
    lines = text.splitlines()
    assert "66.730 ontvangen meldingen" in text
    assert lines[1].startswith(board.sentence)
    assert any(line.startswith("Bron: Centraal Bureau voor de Statistiek (CBS), ") for line in lines)
    assert lines[-1].startswith(f"Te zien op: {base}/landelijk?indicator=aantal-adviezen-en-meldingen&periode=2019HJ02")


def test_after_another_choice_its_own_text_is_copied(base: str, context: Callable[[], BrowserContext]) -> None:
    visitor = context()
    visitor.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
    board = Board(visitor.new_page(), base)
    board.open("/landelijk").as_the_server()
    board.choose("periode", "2019HJ02").says(periode="2019HJ02").as_the_server()
    board.here("button.kopieer[data-tekst]").click()
    expect(board.here(".kopie-status").first).to_have_text("Gekopieerd")
    assert "66.730" in board.page.evaluate("navigator.clipboard.readText()")
