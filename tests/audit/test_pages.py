"""Every page at every width, with and without JavaScript; Lighthouse; and the HTML checker."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests import running
from tests.browser.conftest import base, browser, chromium, plain_browser  # noqa: F401
from tests.browser.test_accessibility import PAGES

pytestmark = pytest.mark.audit
TOOLS = running.ROOT / ".audit" / "node_modules"
WIDTHS = (375, 768, 1440)
FULL = {name: address for name, address in PAGES.items() if name != "embed"}
# Least score out of 100: desktop, mobile.
WANTED = {"accessibility": (100, 100), "best-practices": (100, 100), "seo": (100, 100), "performance": (97, 80)}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _ready(page: Page) -> None:
    page.wait_for_selector("html.dash-klaar", state="attached")


def _axe(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    return [f"{v['id']}: {[n['html'] for n in v['nodes']][:2]}" for v in Axe().run(page).response["violations"]]


def test_axe_on_every_page_at_every_width(browser: Browser, base: str, measured: Callable[[str], None]) -> None:  # noqa: F811
    """axe-core finds nothing on any page at 375, 768 and 1440 px."""
    wrong, looked = [], 0
    for name, address in PAGES.items():
        page = browser.new_page()
        page.goto(base + address)
        _ready(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(300)
            wrong += [f"{name} {width}: {found}" for found in _axe(page)]
            looked += 1
        page.close()
    assert wrong == []
    measured(f"{looked} times nothing found: {len(PAGES)} pages x {len(WIDTHS)} widths")


@pytest.mark.parametrize("how", ["320 px wide", "text at 200%", "without JavaScript"])
def test_no_page_scrolls_sideways(
    how: str,
    browser: Browser,  # noqa: F811
    plain_browser: Browser,  # noqa: F811
    base: str,  # noqa: F811
    measured: Callable[[str], None],
) -> None:
    """No page scrolls sideways at 320 px wide, with text at 200%, or without JavaScript at 320 px."""
    wrong = []
    for name, address in PAGES.items():
        plain = how == "without JavaScript"
        width = 1280 if how == "text at 200%" else 320
        page = (plain_browser if plain else browser).new_page(viewport={"width": width, "height": 800})
        page.goto(base + address)
        if not plain:
            _ready(page)
        if how == "text at 200%":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.wait_for_timeout(300)
        if page.evaluate(SIDEWAYS) > 0:
            wrong.append(f"{name}: {page.evaluate(SIDEWAYS)} px")
        page.close()
    assert wrong == []
    measured(f"{len(PAGES)} pages, each way")


def test_reduced_motion_forced_colours_and_print(browser: Browser, base: str, measured: Callable[[str], None]) -> None:  # noqa: F811
    """Nothing moves with reduced motion; axe finds nothing with forced colours; on paper are table and sentence."""
    for name in ("landelijk", "regionaal", "tijdreeksen", "overview", "model"):
        context = browser.new_context(reduced_motion="reduce", forced_colors="active")
        page = context.new_page()
        page.goto(base + PAGES[name])
        _ready(page)
        moving = page.evaluate(
            "Array.from(document.querySelectorAll('body *')).filter((e) => { const s = getComputedStyle(e);"
            " return [s.transitionDuration, s.animationDuration].some((d) => d.split(',').some("
            "(each) => parseFloat(each) > 0.01)); }).map((e) => e.tagName + '.' + e.className)"
        )
        assert moving == [], name
        assert _axe(page) == [], name
        page.emulate_media(media="print", forced_colors="none")
        if page.locator("table.cijfers").count():
            assert page.locator(".zin").is_visible(), name
            assert page.locator("table.cijfers").first.is_visible(), name
        assert not page.locator("#filters").first.is_visible(), name
        context.close()
    measured("5 pages")


def _lighthouse(address: str, *, desktop: bool) -> dict[str, int]:
    command = [
        "node", str(TOOLS / "lighthouse" / "cli" / "index.js"), address, "--quiet", "--output=json",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu", *(["--preset=desktop"] if desktop else []),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"CHROME_PATH": running.chromium(), "TMPDIR": folder}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    return {name: round(100 * found["score"]) for name, found in json.loads(done.stdout)["categories"].items()}


@pytest.fixture(scope="module")
def tools() -> Iterator[Path]:
    assert TOOLS.is_dir(), "Lighthouse and the HTML checker are missing: sh tools/setup.sh audit installs them"
    yield TOOLS


@pytest.mark.parametrize("device", ["desktop", "mobile"])
def test_lighthouse(device: str, tools: Path, base: str, measured: Callable[[str], None]) -> None:  # noqa: F811
    """Lighthouse on every full page: 100 for accessibility, best practices and SEO; performance 97 and 80."""
    least = dict.fromkeys(WANTED, 100)
    wrong = []
    for name, address in FULL.items():
        scores = _lighthouse(base + address, desktop=device == "desktop")
        for category, wanted in WANTED.items():
            least[category] = min(least[category], scores[category])
            if scores[category] < wanted[device == "mobile"]:
                wrong.append(f"{name}: {category} {scores[category]}")
    measured(f"{device}, least of {len(FULL)} pages: " + ", ".join(f"{name} {score}" for name, score in least.items()))
    assert wrong == []


def test_the_html_checker(tools: Path, base: str, tmp_path: Path, measured: Callable[[str], None]) -> None:  # noqa: F811
    """The HTML checker (vnu) finds no error in any page."""
    files = []
    for name, address in {**PAGES, "light": "/embed/landelijk/aantal-adviezen-en-meldingen?vorm=licht"}.items():
        files.append(tmp_path / f"{name.replace(' ', '-')}.html")
        with urllib.request.urlopen(base + address) as answer:
            files[-1].write_bytes(answer.read())
    command = ["java", "-jar", str(tools / "vnu-jar" / "build" / "dist" / "vnu.jar"), "--errors-only", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert [re.sub(r'^"file:[^"]*/', '"', line) for line in done.stderr.splitlines()] == []
    measured(f"{len(files)} pages")
