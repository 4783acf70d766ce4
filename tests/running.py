"""A server as `make run` starts it, for the tests that need a real one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STARTED_WITHIN = 180


@dataclass
class Server:
    """A running server: where it listens (`http://127.0.0.1:...`), its process and what it wrote."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def chromium() -> str:
    """The program Chromium, which tools/setup.sh installs."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Chromium is missing: install it (Debian/Ubuntu: apt-get install chromium) for the browser tests"
    return found


@contextmanager
def serving(log: Path, **settings: str) -> Iterator[Server]:
    """Start a server with these settings and the defaults for all others; it has ended when the block is left.

    Args:
        log: the file for what it writes.
        settings: of the environment.
    """
    port = free_port()
    own = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "2", "URL_PREFIX": "", "FRAME_ANCESTORS": ""}
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "start.py"], cwd=ROOT, env=os.environ | own | settings, stdout=out, stderr=out
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(server: Server) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until and server.process.poll() is None:
        try:
            direct.open(f"{server.address}/readyz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{server.log.read_text()}")
