"""What all tests share: the release that comes with the project, loaded once."""

from __future__ import annotations

import pytest
from hypothesis import settings

from data import current
from data.release import Release

# How long a made-up value takes says more about what else the machine does than about the code.
settings.register_profile("impactmonitor", deadline=None)
settings.load_profile("impactmonitor")

# Before anything imports them: the browser tests and the long checks share them.
pytest.register_assert_rewrite(
    "tests.reading", "tests.told", "tests.walk", "tests.components.screen", "tests.browser.board", "tests.browser.watch"
)


@pytest.fixture(scope="session")
def release() -> Release:
    return current.release()
