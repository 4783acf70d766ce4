"""A real Chromium against a real server, started as `make run` does."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

pytest.register_assert_rewrite("tests.reading", "tests.browser.board", "tests.browser.watch")

from tests.browser.board import SCREEN, Board  # noqa: E402
from tests.browser.watch import Watch  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
STARTED_WITHIN = 60
PATIENCE = 15_000
WIDE = {"width": 1440, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("server") / "log"
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "2", "URL_PREFIX": "", "FRAME_ANCESTORS": ""}
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "start.py"], cwd=ROOT, env=os.environ | settings, stdout=out, stderr=out
        )
    try:
        _wait(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert " ERROR " not in log.read_text(), log.read_text()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with direct.open(f"{address}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[..., Browser]]:
    """Starts Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("Chromium is missing: install it (Debian/Ubuntu: apt-get install chromium) for the browser tests")
    flags = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        started: list[Browser] = []

        def start(*more: str) -> Browser:
            started.append(playwright.chromium.launch(executable_path=found, args=[*flags, *more]))
            return started[-1]

        yield start
        for each in started:
            each.close()


@pytest.fixture(scope="session")
def browser(chromium: Callable[..., Browser]) -> Browser:
    return chromium()


@pytest.fixture(scope="session")
def plain_browser(chromium: Callable[..., Browser]) -> Browser:
    """A browser in which JavaScript is switched off, and which knows it (the media feature scripting)."""
    return chromium("--blink-settings=scriptEnabled=false")


@pytest.fixture
def watch(base: str) -> Iterator[Watch]:
    """Watches every page of a test: nothing may go wrong unseen, and nothing may leave this computer."""
    guard = Watch(base)
    yield guard
    guard.check()


def visitor(browser: Browser, **settings: Any) -> BrowserContext:
    """A browser context of its own, which shares nothing with another."""
    context = browser.new_context(**({"viewport": WIDE, "locale": "nl-NL"} | settings))
    context.set_default_timeout(PATIENCE)
    context.add_init_script(SCREEN)
    return context


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[Callable[[], BrowserContext]]:
    """Makes visitors who share nothing."""
    made: list[BrowserContext] = []

    def make() -> BrowserContext:
        made.append(visitor(browser))
        made[-1].on("page", watch.follow)
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="session")
def regular(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor for all tests that need no other: what was loaded once is in the cache."""
    context = visitor(browser)
    yield context
    assert context.cookies() == [], "no cookies"
    context.close()


@pytest.fixture
def page(regular: BrowserContext, watch: Watch) -> Iterator[Page]:
    page = regular.new_page()
    watch.follow(page)
    yield page
    page.close()


@pytest.fixture
def board(page: Page, base: str) -> Board:
    return Board(page, base)
