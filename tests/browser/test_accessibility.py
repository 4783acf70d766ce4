"""Each page as Chromium gives it to a screen reader: names, order of headings, charts with a summary and a table.

axe-core looks at the same page, with all that folds unfolded.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.board import Board

PAGES = {
    "overview": "/",
    "landelijk": "/landelijk",
    "regionaal": "/regionaal?regio=GM1731",
    "map": "/regionaal?indicator=kerncijfers-veilig-thuis&maat=actieve-casussen&periode=2019HJ02",
    "tijdreeksen": "/tijdreeksen?indicator=kerncijfers-veilig-thuis&regio=VT02,VT25",
    "no figures": "/landelijk?indicator=eindvonnis-en-strafoplegging-rechter-1e-aanleg",
    "model": "/model",
    "toelichting": "/toelichting",
    "verantwoording": "/verantwoording",
    "download": "/download",
    "wat-is-nieuw": "/wat-is-nieuw",
    "toegankelijkheid": "/toegankelijkheid",
    "zoeken": "/zoeken?q=drenthe",
    "embed": "/embed/landelijk/aantal-adviezen-en-meldingen",
}
CONTROLS = {
    "button", "checkbox", "combobox", "link", "listbox", "menuitem", "option", "radio", "searchbox", "slider",
    "spinbutton", "switch", "tab", "textbox", "DisclosureTriangle",
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """A thing in the accessibility tree: its role, its name, and its level where it is a heading."""

    role: str
    name: str
    level: int


def things(page: Page) -> list[Thing]:
    """All that the page tells a screen reader, in order of reading."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    for node in nodes:
        if node.get("ignored"):
            continue
        level = next((p["value"]["value"] for p in node.get("properties", []) if p["name"] == "level"), 0)
        found.append(
            Thing(node["role"]["value"], " ".join(str(node.get("name", {}).get("value", "")).split()), int(level))
        )
    return found


@pytest.fixture(params=PAGES)
def shown(request: pytest.FixtureRequest, board: Board) -> Board:
    return board.open(PAGES[request.param])


def test_a_screen_reader_gets_names_order_and_charts_with_a_table(shown: Board) -> None:
    page = shown.page
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [f"{v['id']}: {[n['html'] for n in v['nodes']][:3]}" for v in found] == []
    told = things(page)
    assert [thing for thing in told if thing.role in CONTROLS and not thing.name] == [], "each control has a name"

    headings = [thing for thing in told if thing.role == "heading"]
    assert headings[0].level == 1
    assert [h.level for h in headings].count(1) == 1
    skipped = [(a.name, b.name) for a, b in pairwise(headings) if b.level > a.level + 1]
    assert skipped == [], "no level of heading is skipped"
    assert all(heading.name for heading in headings)

    roles = [thing.role for thing in told]
    assert roles.count("main") == 1
    if "/embed/" not in page.url:
        assert {"banner", "navigation", "contentinfo"} <= set(roles)
    marks = [thing for thing in told if thing.role == "navigation"]
    assert len({mark.name for mark in marks}) == len(marks), "several navigations have different names"

    charts = page.locator(".grafieken .js-plotly-plot").count()
    names = [t.name for t in told if t.role in ("img", "image") and "tabel" in t.name]
    assert len(names) == charts, "each chart is a picture that says where its table is"
    assert all(len(name) > 60 and any(sign.isdigit() for sign in name) for name in names), "and sums its figures up"
    if charts:
        assert page.locator("#tabel table.cijfers caption").count() == 1
        assert page.locator("#tabel table.cijfers th[scope]").count() > 1


@pytest.mark.parametrize(
    ("start", "control", "typed", "wanted", "number"),
    [
        ("/landelijk?indicator=aantal-adviezen-en-meldingen&periode=2019HJ02",
         "periode", "1e halfjaar 2019", "2019HJ01", "65.075"),  # 84847NED
        ("/regionaal?indicator=kerncijfers-veilig-thuis&regio=VT02&periode=2019HJ02",
         "periode", "1e halfjaar 2019", "2019HJ01", "1.145"),  # Beleidsinformatie Veilig Thuis, 1e halfjaar 2019
        ("/tijdreeksen?indicator=kerncijfers-veilig-thuis&regio=VT02", "maat", "Actieve", "actieve-casussen", "1.460"),
    ],
    ids=["landelijk", "regionaal", "tijdreeksen"],
)  # fmt: skip
def test_a_choice_with_the_keyboard_alone(
    start: str, control: str, typed: str, wanted: str, number: str, board: Board
) -> None:
    """From the first link to another figure, with the focus in sight all the way."""
    board.open(start)
    page = board.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    passed = []
    for _ in range(12):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.id || e.textContent, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; }"
        )
        passed.append(at[0])
        assert at[1], f"the focus cannot be seen on {at[0]}"
        if at[0] == control:
            break
    assert passed[-1] == control, passed
    page.keyboard.type(typed)
    board.says(**{control: wanted})
    page.keyboard.press("Enter")
    announced = page.locator("body > #gemeld[role=status]")
    page.wait_for_function("n => document.querySelector('body > #gemeld').textContent.includes(n)", arg=number)
    assert announced.text_content() == board.sentence
    assert page.evaluate("document.activeElement.id") == control, "the focus stays"
