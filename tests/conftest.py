"""What all tests share: the release that comes with the project, loaded once."""

from __future__ import annotations

import pytest

from data import current
from data.release import Release


@pytest.fixture(scope="session")
def release() -> Release:
    return current.release()
