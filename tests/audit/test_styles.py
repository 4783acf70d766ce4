"""Every style on the pages that differ most, at three widths: axe finds nothing and nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from components.house_style import shelf
from tests import running

pytestmark = pytest.mark.audit
KEY = "aantal-adviezen-en-meldingen"
PAGES = ("/", f"/landelijk?indicator={KEY}", f"/regionaal?indicator={KEY}&weergave=per10000&regio=VT06",
         "/tijdreeksen?indicator=ondertoezichtstellingen", "/model", "/toelichting", "/download",
         f"/embed/regionaal/{KEY}",
         "/embed/tijdreeksen/ondertoezichtstellingen?vorm=licht")  # fmt: skip
WIDTHS = (375, 768, 1440)
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running.serving(Path(tmp_path_factory.mktemp("server")) / "log") as server:
        yield server.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=running.chromium(), args=["--no-sandbox", "--disable-gpu"])


def test_every_style_can_be_read_on_every_page(base: str, browser: Browser, measured: Callable[[str], None]) -> None:
    """Styles: axe on the pages that differ most, at three widths."""
    wrong = []
    for name in shelf.styles():
        for address in PAGES:
            page = browser.new_page()
            page.goto(f"{base}{address}{'&' if '?' in address else '?'}stijl={name}", timeout=60_000)
            if "vorm=licht" not in address:
                page.wait_for_selector("html.dash-klaar", state="attached", timeout=60_000)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found = Axe().run(page).response["violations"]
                wrong += [f"{name} {address} {width}: {v['id']} {v['nodes'][0]['html'][:120]}" for v in found]
                wrong += [f"{name} {address} {width}: wider than the screen"] * page.evaluate(WIDER)
            page.close()
    assert wrong == []
    measured(f"{len(shelf.styles())} styles x {len(PAGES)} pages x {len(WIDTHS)} widths: no violation")
