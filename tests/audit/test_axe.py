"""axe-core on every page: at every width, in every style, with and without JavaScript; and on the states of a page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from app import server
from components.house_style import shelf
from pages import te_druk, view_page
from server.serving import document
from tests.audit.looking import PAGES, SIDEWAYS, WIDTHS, at_each_width, let_axe_run, ready, violations

pytestmark = pytest.mark.audit


@pytest.mark.parametrize("style", shelf.styles())
def test_pages(style: str, browser: Browser, base: str, measured: Callable[[str], None]) -> None:
    """axe-core finds nothing, and no page sticks out: pages x widths x JavaScript on and off, style {style}."""
    wrong = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        for name, address in PAGES.items():
            page = context.new_page()
            page.goto(f"{base}{address}{'&' if '?' in address else '?'}stijl={style}")
            if scripts:
                ready(page)
            else:
                let_axe_run(page)
            wrong += [f"{'with' if scripts else 'no'} JavaScript, {name} {found}" for found in at_each_width(page)]
            page.close()
        context.close()
    assert wrong == []
    measured(f"{len(PAGES)} pages x {len(WIDTHS)} widths x 2: nothing found")


def _searching(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("utrecht")
    page.wait_for_selector("#zoek-lijst:not([hidden])")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#zoek-lijst:not([hidden]) [aria-selected=true]")


def _nothing_found(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("xqzwvk")
    page.get_by_text("Niets gevonden.").wait_for(state="attached")


def _sharing(page: Page) -> None:
    page.locator("#delen > summary").click()
    page.locator("#delen button").first.click()


def _waiting(page: Page) -> None:
    page.route("**/_dash-update-component*", lambda route: None)  # never answered
    page.select_option("#periode", "2019HJ01")
    page.wait_for_selector("html.laadt", state="attached")


def _offline(page: Page) -> None:
    page.context.set_offline(True)
    page.select_option("#periode", "2019HJ01")
    page.get_by_text("De server antwoordt niet").wait_for()


def _busy(page: Page) -> None:
    page.route("**/_dash-update-component*", lambda route: route.fulfill(status=503, body=te_druk.REASON))
    page.select_option("#periode", "2019HJ01")
    page.locator("#verbinding").get_by_text(te_druk.TITLE).wait_for()


def _turned_away(page: Page) -> None:
    answer = document(te_druk.page())
    page.route("**/landelijk?*", lambda route: route.fulfill(status=503, body=answer, content_type="text/html"))
    page.reload()
    page.get_by_role("heading", name=te_druk.TITLE).wait_for()


def _failed(page: Page) -> None:
    def fault(*_: Any) -> None:
        raise ValueError("a fault made for this check")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(view_page, "card_view", fault)
        answer = server.test_client().get(urlsplit(page.url)._replace(scheme="", netloc="").geturl())
    page.route("**/landelijk?*", lambda route: route.fulfill(body=answer.text, content_type="text/html"))
    page.reload()
    ready(page)
    page.get_by_role("heading", name="Deze cijfers kunnen nu niet worden getoond").wait_for()


STYLES = ("standaard", "donker", "hoog-contrast")
STATES = {
    "search with suggestions": _searching,
    "search without result": _nothing_found,
    "sharing": _sharing,
    "waiting for figures": _waiting,
    "offline": _offline,
    "too busy for a choice": _busy,
    "too busy for a page": _turned_away,
    "a fault": _failed,
}


def test_states(browser: Browser, base: str, measured: Callable[[str], None]) -> None:
    """axe-core finds nothing in the states of a page: searching, sharing, waiting, offline, too busy, a fault."""
    wrong = []
    for style, (name, bring_about), width in product(STYLES, STATES.items(), WIDTHS):
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(f"{base}/landelijk?indicator=aantal-adviezen-en-meldingen&stijl={style}")
        ready(page)
        bring_about(page)
        wrong += [f"{style} {name} {width}: {found}" for found in violations(page)]
        wrong += [f"{style} {name} {width}: sticks out"] if page.evaluate(SIDEWAYS) > 0 else []
        context.close()
    assert wrong == []
    measured(f"{len(STATES)} states x {len(WIDTHS)} widths x {len(STYLES)} styles: nothing found")
