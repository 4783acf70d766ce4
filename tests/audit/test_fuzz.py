"""A hundred thousand requests to the server as it runs: no error of ours, no hang, and memory that stays flat."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.pages.hostile import Sent, requests

pytestmark = pytest.mark.audit

ROOT = Path(__file__).resolve().parents[2]
MANY = int(os.environ.get("FUZZ_REQUESTS", "100000"))
BATCH = 500
AT_ONCE = 4
WORKERS = 2
# Generous: the first visit of /download makes all its files, in each worker, on a machine that does other things too.
SECONDS = 60.0
# What the memory may differ between a fifth of the way and the end, in MB for all workers together.
GROWTH = 60


@dataclass
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def memory(self) -> float:
        """The resident memory of the workers in MB."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True)
        sizes = subprocess.run(
            ["ps", "-o", "rss=", "-p", ",".join(children.stdout.split())], capture_output=True, text=True, check=True
        )
        return sum(map(int, sizes.stdout.split())) / 1024

    def send(self, sent: Sent) -> tuple[int, bytes, float]:
        """Status, body and seconds of an answer; 0 when the server closed the connection, 504 when it hangs."""
        start = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            own = {"Content-Type": "application/json"} if sent.body is not None else {}
            connection.request(sent.method, sent.path, body=sent.body, headers=own | _sendable(sent.headers))
            answer = connection.getresponse()
            return answer.status, answer.read(), time.monotonic() - start
        except TimeoutError:
            return 504, b"", time.monotonic() - start
        except (http.client.HTTPException, ConnectionError):
            return 0, b"", time.monotonic() - start
        finally:
            connection.close()


def _sendable(headers: dict[str, str]) -> dict[str, str]:
    """The headers that a client can send: Latin-1."""
    return {name: text.encode("latin-1", "replace").decode("latin-1") for name, text in headers.items()}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    own = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": str(WORKERS), "URL_PREFIX": ""}
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, "start.py"], cwd=ROOT, env=os.environ | own, stdout=out, stderr=out)
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        try:
            direct.open(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield Server(port, process, log)
    process.terminate()
    process.wait(timeout=30)


def drawn(number: int, start: int) -> list[Sent]:
    """Requests of the strategies of the short run, the same ones each time."""
    out: list[Sent] = []

    @seed(start)
    @settings(
        max_examples=number, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(requests())
    def collect(sent: Sent) -> None:
        out.append(sent)

    collect()
    return out


def test_a_hundred_thousand_requests(server: Server, measured: Callable[[str], None]) -> None:
    """A fuzzer over pages, files, embeds and the callback: no error, no hang, flat memory."""
    done, slowest, statuses = 0, 0.0, Counter[int]()
    memory: list[float] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while done < MANY:
            batch = drawn(min(BATCH, MANY - done), done)
            for sent, (status, body, took) in zip(batch, pool.map(server.send, batch), strict=True):
                # gunicorn itself may refuse a request that is none, without a word; the app may not.
                assert status < 500, (status, sent)
                assert b"Traceback" not in body, sent
                statuses[status] += 1
                slowest = max(slowest, took)
            done += len(batch)
            memory.append(server.memory())
    assert slowest < SECONDS
    assert statuses[200] > done / 10, "most of what is sent must reach the app"
    assert statuses[0] < done / 100
    log = server.log.read_text()
    assert " ERROR " not in log, log[-2_000:]
    early, late = memory[len(memory) // 5], memory[-1]
    assert late - early < GROWTH, memory
    measured(
        f"{done} requests, {dict(sorted(statuses.items()))}; slowest {slowest:.1f} s; "
        f"memory {early:.0f} MB at a fifth, {late:.0f} MB at the end"
    )
