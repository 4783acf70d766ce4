"""A server to measure: started as `make run` does, on a free port, and stopped afterwards."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 120.0
DASHBOARD = ("start.py",)
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        address: scheme, host and port, without a slash at the end.
        process: its master process.
        started: seconds from the start of the process to the first answer that it is ready.
    """

    address: str
    process: subprocess.Popen[bytes]
    started: float


@contextmanager
def serving(
    command: Sequence[str] = DASHBOARD, ready: str = "/readyz", log: Path | None = None, **settings: str
) -> Iterator[Server]:
    """Start a server, wait until it answers, and stop it in the end.

    Args:
        command: what Python must run; the dashboard when not given.
        ready: the address that answers 200 when the server is ready.
        log: a file for what it writes; without it that is lost.
        settings: environment variables on top of those of this process.

    Raises:
        RuntimeError: it does not start.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    own = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "2", "URL_PREFIX": "", "FRAME_ANCESTORS": ""}
    begin = time.perf_counter()
    with (log or Path(os.devnull)).open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=os.environ | own | settings, stdout=out, stderr=out
        )
    try:
        _wait(f"{address}{ready}", process)
        yield Server(address, process, time.perf_counter() - begin)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


def get(address: str) -> bytes:
    """The body of an answer, without a proxy in between and without compression."""
    with _DIRECT.open(address, timeout=60) as answer:
        return bytes(answer.read())


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            get(address)
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"the server at {address} did not start")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def workers(master: int) -> list[int]:
    """The processes that a process started itself (Linux).

    Args:
        master: number of the process.
    """
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:  # it just ended
            continue
        if re.search(rf"(?m)^PPid:\t{master}$", text):
            found.append(int(status.parent.name))
    return sorted(found)


def memory(process: int) -> float:
    """The proportional set size of a process in MB: what it has alone, and its part of what it shares (Linux).

    Args:
        process: its number.
    """
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = re.search(r"(?m)^Pss:\s+(\d+) kB$", text)
    if not found:
        raise RuntimeError("this system does not tell the proportional set size")
    return int(found[1]) * 1024 / 1e6
