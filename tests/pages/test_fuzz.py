"""No request, however wrong, gets an error of ours, a trace, or a long wait. A short run; the long one is an audit."""

from __future__ import annotations

import logging
import time

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from tests.pages.hostile import SECONDS, Sent, gets, posts

SHORT = settings(
    max_examples=120, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def holds(sent: Sent, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    start = time.monotonic()
    answer = sent.to(client)
    body = answer.get_data()
    answer.close()
    took = time.monotonic() - start
    assert answer.status_code < 500, sent
    assert b"Traceback" not in body, sent
    assert took < SECONDS, sent
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == [], sent
    assert "X-Injected" not in answer.headers, sent
    assert "Content-Security-Policy" in answer.headers, sent
    assert "Set-Cookie" not in answer.headers, sent


@SHORT
@given(sent=gets())
def test_no_address_breaks_the_server(sent: Sent, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    holds(sent, client, caplog)


@SHORT
@given(sent=posts())
def test_no_callback_breaks_the_server(sent: Sent, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    holds(sent, client, caplog)
