"""What all tests share: the release that comes with the project, loaded once."""

from __future__ import annotations

import pytest

from data import current
from data.release import Release

# Before anything imports them: the browser tests and the long checks share them.
pytest.register_assert_rewrite(
    "tests.reading", "tests.told", "tests.walk", "tests.components.screen", "tests.browser.board", "tests.browser.watch"
)


@pytest.fixture(scope="session")
def release() -> Release:
    return current.release()
