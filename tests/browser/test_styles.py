"""A style in a real browser: it stays through choices, and colours what plotly draws."""

from __future__ import annotations

from components.house_style import shelf
from tests.browser.board import Board


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_a_choice_keeps_the_style_and_charts_and_page_have_it(board: Board) -> None:
    look = shelf.styles()["donker"]
    board.open("/landelijk?stijl=donker")
    board.choose("indicator", "recidive-plegers").says(indicator="recidive-plegers", stijl="donker").as_the_server()
    fills = board.here(".bars .point path").evaluate_all("paths => paths.map((path) => getComputedStyle(path).fill)")
    assert set(fills) == {rgb(look.bar)}
    assert board.here(".kaart").first.evaluate("card => getComputedStyle(card).backgroundColor") == rgb(look.paper)
    board.page.emulate_media(media="print")
    assert board.here(".kaart").first.evaluate("card => getComputedStyle(card).backgroundColor") == "rgb(255, 255, 255)"
    assert board.here(".grafiek").first.evaluate("chart => getComputedStyle(chart).filter").startswith("invert(1)")
    board.page.emulate_media(media="screen")
    board.here(".kleuren").get_by_role("link", name="Standaard").click()
    board.ready().says(indicator="recidive-plegers", stijl=None)
    fills = board.here(".bars .point path").evaluate_all("paths => paths.map((path) => getComputedStyle(path).fill)")
    assert set(fills) == {rgb(shelf.STANDARD.bar)}
