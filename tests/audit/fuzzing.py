"""The client of the long fuzzer: draws requests, sends them to a running server, and keeps what stood out."""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.pages.hostile import Sent, requests

AT_ONCE = 4
# Generous: the first visit of /download makes all its files, in each worker, on a machine that does other things too.
SECONDS = 60.0
SLOWEST = 5
HANGS, CLOSED = 504, 0


@dataclass
class Found:
    """What some requests gave.

    Attributes:
        statuses: how often each status was answered; CLOSED when the server closed the connection without one.
        slowest: seconds and request of the slowest ones.
        wrong: answers that may not be, with their requests.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Take in what other requests gave."""
        self.statuses += other.statuses
        self.slowest = sorted([*self.slowest, *other.slowest], reverse=True)[:SLOWEST]
        self.wrong += other.wrong


def play(port: int, number: int, start: int) -> Found:
    """Draw and send requests, several at once.

    Args:
        port: of the server.
        number: of requests.
        start: seed; the same one draws the same requests.
    """
    found = Found()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        batch = drawn(number, start)
        for sent, (status, body, took) in zip(batch, pool.map(lambda each: _send(port, each), batch), strict=True):
            found.add(_judged(sent, status, body, took))
    return found


def drawn(number: int, start: int) -> list[Sent]:
    """Requests of the strategies of the short run, the same ones each time."""
    out: list[Sent] = []

    @seed(start)
    @settings(
        max_examples=number, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(requests())
    def collect(sent: Sent) -> None:
        out.append(sent)

    collect()
    return out


def _judged(sent: Sent, status: int, body: bytes, took: float) -> Found:
    # gunicorn itself may refuse a request that is none, without a word; the app may not.
    wrong = [f"{status}: {sent}"] if status >= 500 or b"Traceback" in body else []
    return Found(Counter([status]), [(took, f"{sent.method} {sent.path[:60]}")], wrong)


def _send(port: int, sent: Sent) -> tuple[int, bytes, float]:
    """Status, body and seconds of an answer."""
    start = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        own = {"Content-Type": "application/json"} if sent.body is not None else {}
        connection.request(sent.method, sent.path, body=sent.body, headers=own | dict(_sendable(sent.headers.items())))
        answer = connection.getresponse()
        return answer.status, answer.read(), time.monotonic() - start
    except TimeoutError:
        return HANGS, b"", time.monotonic() - start
    except (http.client.HTTPException, ConnectionError):
        return CLOSED, b"", time.monotonic() - start
    finally:
        connection.close()


def _sendable(headers: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """The headers that a client can send: Latin-1."""
    return ((name, text.encode("latin-1", "replace").decode("latin-1")) for name, text in headers)
