"""A real Chromium against a real server, started as `make run` does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import running
from tests.browser.board import SCREEN, Board
from tests.browser.watch import Watch

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
    log = tmp_path_factory.mktemp("server") / "log"
    with running.serving(log) as server:
        yield server.address
    assert " ERROR " not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[..., Browser]]:
    """Starts Chromium."""
    flags = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        started: list[Browser] = []

        def start(*more: str) -> Browser:
            started.append(playwright.chromium.launch(executable_path=running.chromium(), args=[*flags, *more]))
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
