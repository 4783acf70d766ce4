"""The page of the API, and the code under a card, in a browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.board import LIVE, Board

CARD = "/landelijk?indicator=aantal-adviezen-en-meldingen&periode=2019HJ02"


@pytest.mark.parametrize("address", ["/api", CARD])
def test_code_is_accessible_and_nothing_sticks_out(address: str, board: Board) -> None:
    board.page.set_viewport_size({"width": 375, "height": 800})
    board.open(address)
    board.page.evaluate("document.querySelectorAll('#gebruik').forEach((d) => { d.open = true; })")
    found = Axe().run(board.page).response["violations"]
    assert [f"{v['id']}: {v['help']}: {[n['html'] for n in v['nodes']][:3]}" for v in found] == []
    assert board.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_code_is_copied_as_it_stands(board: Board) -> None:
    board.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    board.open(CARD)
    panel = board.page.locator(f"{LIVE} #gebruik")
    panel.locator("summary").click()
    panel.locator("button.kopieer").nth(2).click()
    status = panel.locator(".kopie-status").nth(2)
    board.page.wait_for_function("(e) => e.textContent === 'Gekopieerd'", arg=status.element_handle())
    copied = board.page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == panel.locator("pre").nth(2).text_content()
    assert "/csv/landelijk/aantal-adviezen-en-meldingen?periode=2019HJ02" in copied
