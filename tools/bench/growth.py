"""Section `groei`: how many visitors one, two and four workers can take, and what happens beyond that (`make soak`)."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

from tools.bench.document import Result, Section
from tools.bench.server import Server, get
from tools.bench.soak import SLOW, full
from tools.load.run import Walked, walk

WORKERS = (1, 2, 4)
VISITORS = (100, 200, 400, 800, 1600)
SECONDS = 20.0
GATHER = 10.0
BEYOND = 3
"""How many times as many visitors come as the most that were served well."""


def measure() -> Result:
    """Let more and more come, until it is too much; then far too many, and then few again."""
    rows, remarks = [], []
    with tempfile.TemporaryDirectory() as name:
        folder, log = Path(name) / "data", Path(name) / "log"
        for workers in WORKERS:
            with full(workers, folder, log) as (server, places):
                best = 0
                for users in VISITORS:
                    found = walk(server, users, SECONDS, gather=GATHER, regions=places)
                    rows.append(_row(f"{workers}", f"{users}", found))
                    if found.all["p95"] >= SLOW or found.all["failures"]:
                        break
                    best = users
                remarks.append(f"{_workers(workers)}: {best} visitors are served well.")
                if workers == 2:
                    more, told = _beyond(server, places, max(best, VISITORS[0]))
                    rows += more
                    remarks += told
    return Result(HEADS, rows, [*remarks, *REMARKS])


def _beyond(server: Server, places: list[str], best: int) -> tuple[list[list[str]], list[str]]:
    """Far more visitors than can be served, and few ones right after them."""
    with Health(server) as health:
        flood = walk(server, BEYOND * best, SECONDS, gather=5.0, regions=places)
    after = walk(server, 100, SECONDS, gather=5.0, regions=places)
    rows = [_row("2, flooded", f"{BEYOND * best}", flood), _row("2, right after", "100", after)]
    told = [
        f"Flooded with {BEYOND} times as many: {flood.turned_away:,} of {flood.all['requests']:,.0f} were told that it "
        f"is too busy (503 with Retry-After), {flood.failed} failed in another way; /healthz answered "
        f"{health.answered} of {health.asked} times, at the slowest in {health.slowest * 1000:.0f} ms.",
        f"Right after that, with 100 visitors: 95% within {after.all['p95']:.0f} ms, "
        f"{after.all['failures']:.0f} failed; nothing was restarted.",
    ]
    return rows, told


class Health:
    """Asks once a second whether the server lives, as an orchestrator does."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self.asked = self.answered = 0
        self.slowest = 0.0

    def __enter__(self) -> Health:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._over.wait(1.0):
            begin = time.monotonic()
            self.asked += 1
            try:
                get(f"{self._server.address}/healthz")
                self.answered += 1
            except OSError:
                pass
            self.slowest = max(self.slowest, time.monotonic() - begin)


def _row(workers: str, users: str, found: Walked) -> list[str]:
    return [
        workers,
        users,
        f"{found.rate:.0f}",
        *(f"{found.all[each]:.0f} ms" for each in ("p50", "p95")),
        f"{found.turned_away:,}",
        f"{found.failed:,}",
        f"{found.service:.2f}",
        f"{found.generator:.2f}",
        f"{max(found.sizes):.0f} MB",
    ]


def _workers(number: int) -> str:
    return f"{number} worker{'s' if number > 1 else ''}"


HEADS = ["workers", "visitors", "requests/s", "median", "95%", "told to wait", "failed", "cores of service",
         "cores of generator", "memory (PSS)"]  # fmt: skip
HOW = f"""The visitors of the section before, more and more of them, until the 95th percentile is {SLOW} ms or an answer
fails; each number for {SECONDS:.0f} seconds once all are there. Then, with two workers, {BEYOND} times as many as were
served well."""
REMARKS = (
    "Generator and service share the cores of one machine, so that with cores of their own they can take more.",
    "With more visitors than the cores can serve, more workers do not help.",
)
SECTION = Section(title="More and more visitors", how=HOW, measure=measure)
