"""What the server tells about itself: one line in the log for each request, and numbers for Prometheus.

Neither holds anything about a visitor: no address, no browser, and no query, which can hold what someone typed.
server/metrics.py serves the numbers of all workers together.
"""

from __future__ import annotations

import calendar
import logging
import time
from collections.abc import Callable

from flask import Flask, Response, g, request
from prometheus_client import Counter, Gauge, Histogram

from data import current
from data.release import Release

log = logging.getLogger("impactmonitor.request")
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 10.0)

duration = Histogram(
    "impactmonitor_request_seconds", "Time to answer a request.", ["route", "method", "status"], buckets=SECONDS
)
callbacks = Counter("impactmonitor_callbacks", "Choices of visitors (callbacks of Dash).", ["result"])
turned_away = Counter("impactmonitor_turned_away", "Requests that were told that it is too busy (503).")
release_in_use = Gauge("impactmonitor_release", "1 for the release in use.", ["release"], multiprocess_mode="livemax")
figures = Gauge("impactmonitor_figures", "Number of figures of the release in use.", multiprocess_mode="mostrecent")
newest = Gauge(
    "impactmonitor_newest_publication_seconds",
    "When the newest publication in the release appeared, in seconds since 1970; later where the day is not known.",
    multiprocess_mode="mostrecent",
)


def observe(server: Flask, route_of: Callable[[], str], callback: str) -> None:
    """Write a line and count for each request that the server answers.

    Args:
        server: the server.
        route_of: gives a name for the address of the current request, one of few; '' for one that does not count.
        callback: that name for the callbacks of Dash.
    """
    told: list[str] = []  # the release that the numbers are of

    @server.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @server.after_request
    def end(response: Response) -> Response:
        route = route_of()
        if not route:
            return response
        took, status = time.perf_counter() - g.began, response.status_code
        size = "-" if response.content_length is None else response.content_length
        log.info(
            "request method=%s route=%s status=%d ms=%.1f bytes=%s", request.method, route, status, took * 1000, size
        )
        duration.labels(route, request.method, str(status)).observe(took)
        if route == callback and request.method == "POST":
            callbacks.labels("answered" if status < 400 else "refused" if status < 500 else "failed").inc()
        release = current.release()
        if told != [release.name]:
            for name in told:
                release_in_use.labels(name).set(0)
            told[:] = [release.name]
            _tell(release)
        return response


def _tell(release: Release) -> None:
    release_in_use.labels(release.name).set(1)
    figures.set(len(release))
    dates = [source.publicatiedatum for source in release.catalogue.sources.values() if source.publicatiedatum]
    newest.set(max(map(seconds, dates), default=0))


def seconds(day: str) -> int:
    """A date as seconds since 1970; one that is partly known ('2020', '2020-04') counts from its end.

    Args:
        day: year, month and day as far as known, e.g. '2020-04-28'.
    """
    year, month, on = (int(part) if part else 0 for part in (*day.split("-"), "", "")[:3])
    month = month or 12
    return calendar.timegm((year, month, on or calendar.monthrange(year, month)[1], 0, 0, 0))
