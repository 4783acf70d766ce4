"""The map and the profile in a browser: by keyboard, by name, on a phone, and against the accessibility rules."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.board import LIVE, Board, fetch
from tests.reading import read_table

MAP = "/regionaal?indicator=aantal-adviezen-en-meldingen&periode=2019HJ02"
PROFILE = "/regionaal?regio=GM1731"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))


def test_every_region_is_reached_and_chosen_with_the_keyboard(board: Board, base: str) -> None:
    page = board.open(MAP).page
    names = [name for name, _ in sorted(read_table(fetch(base + MAP)).rows)]
    assert len(names) == 26
    page.locator(f"{LIVE} .op-de-kaart > p a").focus()
    walked = []
    for _ in names:
        page.keyboard.press("Tab")
        walked.append(focused(page))
    assert [name.split(":")[0] for name in walked] == names
    outline = page.evaluate("getComputedStyle(document.activeElement.querySelector('path')).strokeWidth")
    assert outline == "10px", "the focus is visible"
    page.keyboard.press("Enter")
    page.wait_for_url("**regio=VT26**")
    board.ready()
    assert "Zuidoost-Brabant" in board.title
    chosen = board.here(".landkaart:not(.tegels) a[aria-current]")
    assert chosen.first.get_attribute("aria-label") == "Zuidoost-Brabant: 2.980, gekozen"


def test_in_2023_there_is_one_region_less_and_each_is_reached_with_the_keyboard(board: Board) -> None:
    page = board.open("/regionaal?indicator=kerncijfers-veilig-thuis&maat=ontvangen-meldingen&regio=VT02").page
    page.locator(f"{LIVE} .op-de-kaart > p a").focus()
    walked = []
    for _ in range(25):
        page.keyboard.press("Tab")
        walked.append(focused(page).split(":")[0])
    assert len(set(walked)) == 25
    assert walked == sorted(walked)
    assert "Zuidoost-Brabant" in walked
    assert "Brabant Noordoost" not in walked
    page.keyboard.press("Tab")
    assert focused(page) == "", "the map has no more than its regions"


def test_the_table_stands_beside_the_map_where_there_is_room(board: Board) -> None:
    page = board.open(MAP).page
    where = "n => { const box = n.getBoundingClientRect(); return [box.left, box.top, box.right]; }"
    drawn, table = (page.locator(f"{LIVE} {name}").evaluate(where) for name in (".op-de-kaart", "#tabel"))
    assert table[0] > drawn[2]
    assert abs(table[1] - drawn[1]) < 20
    page.set_viewport_size({"width": 768, "height": 900})
    drawn, table = (page.locator(f"{LIVE} {name}").evaluate(where) for name in (".op-de-kaart", "#tabel"))
    assert table[0] == drawn[0]
    assert table[1] > drawn[1]


def test_a_click_on_the_map_chooses_the_region_under_it(board: Board) -> None:
    page = board.open(MAP).page
    page.locator(f"{LIVE} .landkaart:not(.tegels) a[aria-label^='Drenthe'] path").first.click()
    page.wait_for_url("**regio=VT02**")
    board.ready()
    assert "Drenthe (Veilig Thuis-regio)" in board.title


def test_the_tile_map_opens_and_chooses_too(board: Board) -> None:
    page = board.open(MAP).page
    page.locator(f"{LIVE} #tegelkaart > summary").click()
    page.locator(f"{LIVE} .tegels a[aria-label^='Zeeland']").first.click()
    page.wait_for_url("**regio=VT23**")


def test_the_hatching_is_drawn(board: Board) -> None:
    """In 2023 most regions have no figure: lines, not a shade."""
    page = board.open("/regionaal?indicator=kerncijfers-veilig-thuis&maat=ontvangen-meldingen&regio=VT02").page
    shape = page.locator(f"{LIVE} .landkaart:not(.tegels) .geen-cijfer path").first
    assert shape.get_attribute("fill").startswith("url(#arcering")
    assert page.evaluate("n => getComputedStyle(n).fill", shape.element_handle()).startswith("url(")


@pytest.mark.parametrize("address", [MAP + "&regio=VT02", PROFILE, "/regionaal?regio=GM0014"])
@pytest.mark.parametrize("width", [375, 1440])
def test_nothing_sticks_out_and_no_rule_is_broken(board: Board, address: str, width: int) -> None:
    board.page.set_viewport_size({"width": width, "height": 900})
    page = board.open(address).page
    for name in ("tegelkaart", "profiel-elders", "profiel-bronnen", "profiel-delen"):
        page.evaluate("name => { const d = document.getElementById(name); if (d) d.open = true; }", name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(
        "Array.from(document.querySelectorAll('.profiel table, .landkaart')).every("
        "n => n.getBoundingClientRect().right <= n.closest('section').getBoundingClientRect().right)"
    )
    result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert result.violations_count == 0, result.generate_report()


def test_the_profile_reads_the_same_before_and_after_dash(board: Board, base: str) -> None:
    board.open(PROFILE)
    told = [" ".join(p.split()) for p in board.here(".profiel-zin").all_text_contents()]
    served = [p.text() for p in fetch(base + PROFILE).all("p", "profiel-zin")]
    assert told == served
    assert len(told) == 7


def test_the_funnel_is_drawn_and_breaks_no_rule(board: Board) -> None:
    """Provinces of 2023: Flevoland (2.235) lies outside the limits and is named."""
    page = board.open(
        "/regionaal?indicator=eerdere-betrokkenheid-veilig-thuis&niveau=provincie&periode=2023JJ00&regio=PV24"
    ).page
    chart = page.locator(f"{LIVE} #trechter-0")
    assert chart.locator(".scatterlayer .trace").count() == 7
    assert "Flevoland" in chart.locator(".textpoint").all_text_contents()
    page.locator(f"{LIVE} #trechter-tabel-0 > summary").focus()
    page.keyboard.press("Enter")
    row = page.locator(f"{LIVE} .trechter-cijfers tr", has_text="Flevoland")
    assert row.locator("td").all_text_contents()[:3] == ["444.701", "2.235", "908"]
    result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert result.violations_count == 0, result.generate_report()
