"""Lets visitors walk through a running server, and watches what that costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tools.bench.server import ROOT, Server, memory, workers

EVERY = 5.0
"""Seconds between two looks at the memory."""
PAUSE = (5.0, 15.0)


@dataclass(frozen=True)
class Walked:
    """What visitors met, and what it cost.

    Attributes:
        seconds: how long it counted, from the moment that all users were there.
        kinds: of each kind of answer the percentiles (`p50`, `p95`, `p99`, ms), `slowest`, `requests` and `failures`.
        all: the same of all together.
        errors: kind of answer, what was wrong, and how often.
        generator: part of one core that the generator took.
        service: part of one core that the server took, all its processes together.
        sizes: memory (PSS, MB) of the server, every few seconds while it counted.
    """

    seconds: float
    kinds: dict[str, dict[str, float]]
    all: dict[str, float]
    errors: Sequence[tuple[str, str, int]]
    generator: float
    service: float
    sizes: list[float] = field(default_factory=list)

    @property
    def turned_away(self) -> int:
        """How many were told that it is too busy (503)."""
        return sum(times for _, what, times in self.errors if what.startswith("503"))

    @property
    def failed(self) -> int:
        """How many got another answer than a good one or a 503."""
        return int(self.all["failures"]) - self.turned_away

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.all["requests"] / self.seconds


def walk(
    server: Server,
    users: int,
    seconds: float,
    *,
    gather: float,
    regions: Sequence[str] = (),
    pause: tuple[float, float] = PAUSE,
) -> Walked:
    """Let visitors come one after another, and count once all are there.

    Args:
        server: the server.
        users: how many at the same time.
        seconds: how long it counts.
        gather: seconds in which they come.
        regions: codes of which each visit draws one; none for those of the recording.
        pause: seconds that a visitor reads between two steps, at least and at most.

    Raises:
        RuntimeError: the generator stopped before its time.
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [
            sys.executable, "-m", "locust", "-f", "tools/load/play.py", "--headless", "--host", server.address,
            "--users", str(users), "--spawn-rate", f"{users / gather:.3f}", "--only-summary",
            "--run-time", f"{gather + seconds:.0f}s", "--exit-code-on-error", "0",
        ]  # fmt: skip
        told = {"LOAD_RESULT": str(result), "LOAD_PAUSE": ",".join(map(str, pause))}
        told |= {"LOAD_REGIONS": ",".join(regions)} if regions else {}
        with (Path(folder) / "log").open("w+") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=os.environ | told, stdout=log, stderr=log)
            try:
                time.sleep(gather)
                sizes, used, took = _watch(server, seconds, process)
                process.wait(timeout=120)
            finally:
                process.kill()
            if not result.exists():
                log.seek(0)
                raise RuntimeError(f"the generator stopped:\n{log.read()[-4000:]}")
        found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return Walked(
        seconds=found["seconds"],
        kinds=found["kinds"],
        all=found["all"],
        errors=[tuple(each) for each in found["errors"]],
        generator=found["cpu"] / found["seconds"],
        service=used / took,
        sizes=sizes,
    )


def _watch(server: Server, seconds: float, generator: subprocess.Popen[bytes]) -> tuple[list[float], float, float]:
    """The memory of the server while visitors walk, the processor time it took, and in how much time."""
    sizes, begin, before = [], time.monotonic(), cpu(server)
    while (left := begin + seconds - time.monotonic()) > 0 and generator.poll() is None:
        sizes.append(pss(server))
        time.sleep(min(EVERY, left))
    return sizes, cpu(server) - before, time.monotonic() - begin


def pss(server: Server) -> float:
    """Memory of all processes of a server in MB, what they share counted once."""
    return memory(server.process.pid) + sum(map(memory, workers(server.process.pid)))


def cpu(server: Server) -> float:
    """Processor seconds that the processes of a server took until now."""
    master = psutil.Process(server.process.pid)
    return sum(sum(each.cpu_times()[:2]) for each in (master, *master.children(recursive=True)))
