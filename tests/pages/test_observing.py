"""One line in the log for each request, and numbers for Prometheus; neither says anything about who asked."""

from __future__ import annotations

import json
import logging
import re
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.release import Release
from server.observing import seconds
from tests.running import free_port, serving

AM = "aantal-adviezen-en-meldingen"
CALLBACK = "/_dash-update-component"
LINE = re.compile(r"request method=[A-Z]+ route=\S+ status=\d{3} ms=\d+\.\d bytes=(\d+|-)")


def line(client: FlaskClient, address: str, caplog: pytest.LogCaptureFixture, **more: str) -> list[str]:
    caplog.clear()
    with caplog.at_level(logging.INFO, "impactmonitor.request"):
        client.get(address, headers=more).close()
    return [record.getMessage() for record in caplog.records if record.name == "impactmonitor.request"]


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("/landelijk?periode=2019HJ02", "/landelijk"),
        ("/zoeken?q=mijn+naam", "/zoeken"),
        (f"/csv/landelijk/{AM}?regio=GM1731", "/csv/<view>/<indicator>"),
        (f"/embed/landelijk/{AM}", "/embed/<view>/<indicator>"),
        ("/embed/landelijk/mijn-naam", "unknown"),
        ("/mijn-naam@voorbeeld.nl", "unknown"),
    ],
)
def test_a_request_is_one_line_with_its_kind_of_address(
    address: str, route: str, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    (told,) = line(client, address, caplog, User_Agent="mijn-naam", X_Forwarded_For="203.0.113.9", Referer="mijn-naam")
    assert LINE.fullmatch(told)
    assert f" route={route} " in told
    for personal in ("mijn", "naam", "203.0.113.9", "127.0.0.1", "?", "GM1731"):
        assert personal not in told


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_no_visit(address: str, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    assert line(client, address, caplog) == []


@pytest.mark.parametrize(
    ("day", "known"), [("2020-04-28", 1588032000), ("2020-04", 1588204800), ("2020", 1609372800)]
)  # 28 April, 30 April and 31 December 2020
def test_a_date_that_is_partly_known_counts_from_its_end(day: str, known: int) -> None:
    assert seconds(day) == known


def test_prometheus_reads_the_numbers_of_all_workers(tmp_path: Path, release: Release) -> None:
    port = free_port()
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def numbers() -> dict[str, float]:
        text = direct.open(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()
        pairs = (row.rpartition(" ") for row in text.splitlines() if row and not row.startswith("#"))
        return {name: float(value) for name, _, value in pairs}

    with serving(tmp_path / "log", METRICS_PORT=str(port), WEB_CONCURRENCY="2") as server:
        for _ in range(20):
            direct.open(f"{server.address}/landelijk").close()
        forged = urllib.request.Request(server.address + CALLBACK, b"{}", {"Content-Type": "application/json"})
        with pytest.raises(urllib.error.HTTPError, match="400"):
            direct.open(forged)
        for _ in range(100):
            try:
                found = numbers()
                break
            except OSError:
                time.sleep(0.1)
        assert found['impactmonitor_request_seconds_count{method="GET",route="/landelijk",status="200"}'] == 20
        assert found['impactmonitor_callbacks_total{result="refused"}'] == 1
        assert found[f'impactmonitor_release{{release="{release.name}"}}'] == 1
        assert found["impactmonitor_figures"] == len(release.figures)
        assert 1.7e9 < found["impactmonitor_newest_publication_seconds"] < time.time()
        assert "/readyz" not in json.dumps(found)
    with pytest.raises(OSError):
        direct.open(f"http://127.0.0.1:{port}/metrics", timeout=5)
    log = (tmp_path / "log").read_text()
    assert len(LINE.findall(log)) == 21
    assert "Traceback" not in log


def test_without_a_port_there_are_no_numbers_outside(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404
