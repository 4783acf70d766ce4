"""Records the visits in a real browser: `python -m tools.load.record` writes visits.json.

The server shows the full-size release of made-up figures. A browser begins each visit with an empty cache; what it
takes from its cache later on is not recorded, since the server does not notice it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tools.bench.figures import put
from tools.bench.server import serving
from tools.bench.visit import FLAGS, VIEWPORT, chromium
from tools.load.visits import HOME, Asked, Visit, open_name, write

LIVE = "#react-entry-point"
PATIENCE = 10_000
QUIET = 600  # ms without news that end a step
ICONS = ("/assets/favicon.ico", "/favicon.ico")
Do = Callable[[Page], object]
"""A step; what it saved, when it gives an address, is not among what the page asks for."""


def opens(path: str) -> Do:
    """Open an address, as a link from elsewhere or a bookmark does."""
    return lambda page: page.goto(f"{page.context.base}{path}")  # type: ignore[attr-defined]


def chooses(name: str, value: str) -> Do:
    """Choose in a filter."""
    return lambda page: page.locator(f"{LIVE} #{name}").select_option(value)


def presses(presentation: str) -> Do:
    """Choose a presentation."""
    return lambda page: page.locator(f"{LIVE} button.schakel[value={presentation}]").click()


def adds(region: str) -> Do:
    """Type a region and pick it from the list."""

    def do(page: Page) -> None:
        page.locator(f"{LIVE} #regio-zoek").press_sequentially(region[:3], delay=40)
        page.locator(f"{LIVE} #regio-zoek").fill(region)

    return do


def follows(begin: str) -> Do:
    """Follow the first link to an address that begins so."""
    return lambda page: page.locator(f"{LIVE} a[href^='{begin}']:not([download]):visible").first.click()


def saves(begin: str) -> Do:
    """Save a file whose address begins so."""

    def do(page: Page) -> str:
        with page.expect_download() as download:
            page.locator(f"{LIVE} a[href^='{begin}']").first.evaluate("link => link.click()")
        return download.value.url

    return do


def searches(text: str) -> Do:
    """Type in the search box of the page, and ask for all that was found."""

    def do(page: Page) -> None:
        page.locator(f"{LIVE} #zoek").press_sequentially(text, delay=120)
        page.locator(f"{LIVE} #zoek-lijst").wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/zoeken?**")

    return do


def goes_back(page: Page) -> None:
    """Press the back button."""
    page.go_back()


VISITS: tuple[tuple[str, int, tuple[Do, ...]], ...] = (
    ("a policy officer looks her gemeente up and saves the figures", 4, (
        opens("/"), follows("/regionaal"), adds("Midden-Drenthe (gemeente)"), chooses("periode", "2023JJ00"),
        presses("per10000"), chooses("indicator", "casussen-bij-veilig-thuis"), saves("/csv/regionaal"),
        saves("/xlsx/regionaal"),
    )),
    ("a link in a council paper, and from there the years", 4, (
        opens(f"/regionaal?indicator=kerncijfers-veilig-thuis&maat=ontvangen-meldingen&regio={HOME}"),
        follows("/tijdreeksen"), chooses("indicator", "type-adviesvrager-melder"), saves("/png/tijdreeksen"),
    )),
    ("all gemeenten side by side", 2, (
        opens("/regionaal?niveau=gemeente"), chooses("periode", "2023HJ01"),
        chooses("indicator", "duur-van-het-geweld"), chooses("niveau", "provincie"), goes_back,
    )),
    ("figures of Nederland, from one indicator to the next", 3, (
        opens("/landelijk"), chooses("indicator", "aard-geweld-adviezen-meldingen-veilig-thuis"), presses("aandeel"),
        chooses("indicator", "overdrachten-naar-organisatie"), chooses("periode", "2024JJ00"), goes_back,
        saves("/csv/landelijk"),
    )),
    ("someone searches", 2, (
        opens("/"), searches("midden-drenthe"), follows("/regionaal"), chooses("periode", "2022JJ00"),
    )),
    ("a chart in the intranet of a gemeente", 6, (
        opens(f"/embed/regionaal/casussen-bij-veilig-thuis?regio={HOME}"), chooses("periode", "2024HJ01"),
    )),
    ("a chart in the intranet that is only looked at", 6, (
        opens(f"/embed/tijdreeksen/aantal-adviezen-en-meldingen?regio={HOME}"),
    )),
    ("a chart without scripts in another site", 3, (
        opens(f"/embed/landelijk/acuut-en-of-structureel-onveilig?vorm=licht&regio={HOME}"),
    )),
    ("two regions through the years", 2, (
        opens(f"/tijdreeksen?indicator=kerncijfers-veilig-thuis&regio={HOME},VT02"),
        chooses("maat", "actieve-casussen"), chooses("periode", "2024JJ00"),
        saves("/svg/tijdreeksen"), saves("/jsonstat/tijdreeksen"),
    )),
    ("how Veilig Thuis works", 1, (
        opens("/model"), opens(f"/model?regio={HOME}"), opens("/toelichting"), opens("/verantwoording"),
    )),
    ("the report of a gemeente", 1, (
        opens(f"/regionaal?regio={HOME}"), saves("/rapport/"), opens("/wat-is-nieuw"),
    )),
    ("an analyst", 1, (
        opens("/download"), opens("/api"), opens(f"/api/v1/cijfers?indicator=kerncijfers-veilig-thuis&regio={HOME}"),
        opens(f"/api/v1/cijfers?indicator=type-adviesvrager-melder&regio={HOME}&formaat=jsonstat"),
        opens("/api/v1/indicatoren"),
    )),
)  # fmt: skip


def record(browser: Browser, base: str, name: str, weight: int, steps: tuple[Do, ...]) -> Visit:
    """Make one visit and keep what the browser asked for."""
    context = browser.new_context(viewport=VIEWPORT, locale="nl-NL", accept_downloads=True)  # type: ignore[arg-type]
    context.base = base  # type: ignore[attr-defined]
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    asked: list[tuple[str, Asked]] = []
    kept: set[str] = set()
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def sent(event: dict[str, Any]) -> None:
        request = event["request"]
        if request["url"].startswith(base):
            body = json.loads(request["postData"]) if request["method"] == "POST" else None
            path = request["url"].removeprefix(base)
            # Dash adds a mark of its own to the address of a callback, which only callbacks in the background read.
            path = path.partition("?")[0] if body else open_name(path)
            asked.append((event["requestId"], Asked(path, body)))

    def received(event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache") or event["response"].get("fromPrefetchCache"):
            kept.add(event["requestId"])

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.responseReceived", received)
    session.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    done = []
    for step in steps:
        saved = step(page)
        _settle(page)
        found = [each for number, each in asked if number not in kept]
        if isinstance(saved, str):
            found.append(Asked(saved.removeprefix(base)))
        # A browser with a screen keeps the icon of a site; this one asks for it at every address.
        done.append(tuple(each for each in found if each.path not in ICONS))
        asked.clear()
    context.close()
    if not all(done):
        raise RuntimeError(f"a step of '{name}' asked nothing of the server: {done}")
    return Visit(name, weight, tuple(done))


def _settle(page: Page) -> None:
    """Wait until the page has drawn what was chosen."""
    page.wait_for_selector("html:not([data-dash]), html.dash-klaar:not(.wacht)", state="attached")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(QUIET)


def main() -> None:
    """Record all visits."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        put(Path(folder), "gemaakt-1", 1)
        with serving(IMPACTMONITOR_DATA=folder) as server:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            visits = []
            for name, weight, steps in VISITS:
                visits.append(record(browser, server.address, name, weight, steps))
                print(f"{name}: {[len(step) for step in visits[-1].steps]}", flush=True)
            browser.close()
    write(visits)


if __name__ == "__main__":
    main()
