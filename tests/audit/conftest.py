"""What the long checks share: a place for what they measure, written to docs/audit.md at the end."""

from __future__ import annotations

from collections.abc import Callable, Generator

import pytest

from tests.audit import report
from tests.browser.conftest import base, browser, chromium  # noqa: F401  (the server and the browser of these checks)

_FOUND = pytest.StashKey[dict[str, report.Row]]()
_CHECK = pytest.StashKey[str]()
_RESULT = pytest.StashKey[str]()


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says what this check found, for its row; the first line of the docstring of the test is the name of the check.

    A test with parameters names them in that line, and has a row for each.
    """
    name = request.function.__doc__.strip().splitlines()[0].rstrip(".")
    parameters = getattr(request.node, "callspec", None)
    request.node.stash[_CHECK] = name.format(**parameters.params) if parameters else name

    def say(result: str) -> None:
        request.node.stash[_RESULT] = result

    return say


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A check that failed says so in its row, whatever it measured before."""
    outcome = yield
    if outcome.when == "call" and _CHECK in item.stash:
        found, check = item.config.stash.setdefault(_FOUND, {}), item.stash[_CHECK]
        if check not in found or found[check].result != "FAILED":  # one of several runs that failed counts
            result = "FAILED" if outcome.failed else item.stash.get(_RESULT, "passed")
            found[check] = report.row(check, result)
    return outcome


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the rows of the checks that ran."""
    if found := session.config.stash.get(_FOUND, {}):
        report.write(found.values())
