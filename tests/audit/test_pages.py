"""Every page on a narrow screen, with larger text, with reduced motion and forced colours, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from tests.audit.looking import FULL, PAGES, SIDEWAYS, ready, unfold, violations

pytestmark = pytest.mark.audit
REDRAWN = 800  # ms in which a chart fits itself to its room
SIZES = ((320, 100), (768, 200), (1280, 200))  # pixels wide, percent of the size of text
MOVING = """() => Array.from(document.querySelectorAll("*")).filter((each) => {
  const style = getComputedStyle(each);
  return [style.transitionDuration, style.animationDuration].some(
    (all) => all.split(",").some((one) => parseFloat(one) > 0.01));
}).map((each) => each.tagName + "." + each.className)"""
# What stands outside the screen on the right, without what a piece of the page scrolls by itself.
OUTSIDE = """() => Array.from(document.querySelectorAll("body *")).filter((each) =>
  each.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !each.closest(".schuif, pre")
).slice(0, 3).map((each) => each.tagName + "." + (each.className.baseVal ?? each.className))"""


def test_no_page_scrolls_sideways(browser: Browser, base: str, measured: Callable[[str], None]) -> None:
    """No page scrolls sideways: 320 px wide, or text at 200% at 768 and 1280 px; with and without JavaScript."""
    wrong = {}
    for (width, text), scripts in product(SIZES, (True, False)):
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        for name, address in PAGES.items():
            page = context.new_page()
            page.goto(base + address)
            if scripts:
                ready(page)
            page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
            unfold(page)
            if scripts:
                page.wait_for_timeout(REDRAWN)
            if (out := page.evaluate(SIDEWAYS)) > 0:
                wrong[name, width, text, scripts] = f"{out} px: {page.evaluate(OUTSIDE)}"
            page.close()
        context.close()
    assert wrong == {}
    measured(f"{len(PAGES)} pages x {len(SIZES)} sizes x 2: none")


def test_reduced_motion_and_forced_colours(browser: Browser, base: str, measured: Callable[[str], None]) -> None:
    """With reduced motion nothing moves, also while waiting, and axe-core finds nothing with forced colours."""
    context = browser.new_context(reduced_motion="reduce", forced_colors="active")
    wrong = {}
    for name, address in PAGES.items():
        page = context.new_page()
        page.goto(base + address)
        ready(page)
        unfold(page)
        page.evaluate("document.documentElement.classList.add('wacht', 'laadt')")
        if found := page.evaluate(MOVING) + violations(page):
            wrong[name] = found
        page.close()
    context.close()
    assert wrong == {}
    measured(f"{len(PAGES)} pages: nothing found")


def _seen(page: Page, kind: str) -> bool:
    return any(each.is_visible() for each in page.locator(kind).all())


def test_paper(browser: Browser, base: str, measured: Callable[[str], None]) -> None:
    """On paper are heading, sentence, table and source; not the menu, the filters and the buttons."""
    context = browser.new_context(viewport={"width": 794, "height": 1123})
    wrong = {}
    for name, address in FULL.items():
        page = context.new_page()
        page.goto(base + address)
        ready(page)
        page.emulate_media(media="print")
        there = [kind for kind in ("h1, #kaart-titel", ".zin", "#tabel table.cijfers", ".bronnen")
                 if page.locator(kind).count() and not _seen(page, kind)]  # fmt: skip
        gone = [kind for kind in (".kop nav", "#filters", ".knop", ".spring", ".kop form", ".kopieer")
                if _seen(page, kind)]  # fmt: skip
        wide = page.evaluate(SIDEWAYS)
        if there or gone or wide > 0:
            wrong[name] = {"not on paper": there, "on paper": gone, "too wide": wide}
        page.close()
    context.close()
    assert wrong == {}
    measured(f"{len(FULL)} pages")
