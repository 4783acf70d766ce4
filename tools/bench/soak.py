"""Section `belasting`: two hundred visitors at the same time, for half an hour (`make soak`)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import mean

from data.release import Release, load_imported
from tools.bench.document import Result, Section
from tools.bench.figures import put
from tools.bench.server import Server, serving
from tools.load.run import Walked, walk

MINUTES = float(os.environ.get("MINUTES") or 30)
USERS = int(os.environ.get("USERS") or 200)
NAME = "gemaakt-1"
ENOUGH = 20_000
GATHER = 120.0
"""Seconds in which the visitors come, and what is asked most is kept; these do not count."""
SLOW = 300
"""What the 95th percentile must stay below, in ms."""
GROWTH = 40
"""What the memory of the service may grow from the second fifth of the time to the last, in MB."""


@contextmanager
def full(workers: int, folder: Path, log: Path) -> Iterator[tuple[Server, list[str]]]:
    """A server with the full-size release, and the gemeenten in it.

    Args:
        workers: how many it has.
        folder: for the release; one that is there already is used.
        log: the file for what it writes.
    """
    if not (folder / "huidig").exists():
        put(folder, NAME, 1)
    places = _places(load_imported(folder, NAME))
    with serving(log=log, IMPACTMONITOR_DATA=str(folder), WEB_CONCURRENCY=str(workers)) as server:
        yield server, places


def _places(release: Release) -> list[str]:
    """The gemeenten with enough inhabitants to have a figure of each kind that the visits ask for."""
    people = {code: release.regions.inhabitants.of(code, 2023) for code in release.store.regions if code[:2] == "GM"}
    return sorted(code for code, found in people.items() if found and found.inhabitants >= ENOUGH)


def measure() -> Result:
    """Let them walk, and tell what they met."""
    with tempfile.TemporaryDirectory() as name:
        log = Path(name) / "log"
        with full(2, Path(name) / "data", log) as (server, places):
            found = walk(server, USERS, MINUTES * 60, gather=min(GATHER, MINUTES * 30), regions=places)
        faults = [line for line in log.read_text(encoding="utf-8").splitlines() if " ERROR " in line]
    kinds = sorted(found.kinds, key=lambda kind: -found.kinds[kind]["requests"])
    rows = [row(kind, found.kinds[kind]) for kind in kinds]
    return Result(HEADS, [*rows, row("all together", found.all)], remarks(found, faults))


def row(name: str, numbers: dict[str, float]) -> list[str]:
    """A kind of answer: how many, how many went wrong, and how long they took."""
    times = [f"{numbers[each]:.0f} ms" for each in ("p50", "p95", "p99", "slowest")]
    return [name, f"{numbers['requests']:,.0f}", f"{numbers['failures']:.0f}", *times]


def remarks(found: Walked, faults: list[str]) -> list[str]:
    """What must be known beside the times, with each goal and whether it was met."""
    parts = fifths(found.sizes)
    grown = parts[-1] - parts[1]
    errors = "; ".join(f"{kind}: {what} ({times} x)" for kind, what, times in sorted(found.errors, key=lambda e: -e[2]))
    slow = found.all["p95"]
    return [
        f"{USERS} visitors at the same time, {found.seconds / 60:.1f} minutes, {found.rate:.1f} requests a second.",
        f"Goal: no error. {_met(found.all['failures'] == 0 and not faults)}: {found.all['failures']:.0f} of "
        f"{found.all['requests']:,.0f}{f' ({errors})' if errors else ''}; {len(faults)} errors in the log.",
        f"Goal: 95th percentile below {SLOW} ms. {_met(slow < SLOW)}: {slow:.0f} ms.",
        f"Goal: memory flat, not more than {GROWTH} MB from the second fifth of the time to the last. "
        f"{_met(grown <= GROWTH)}: PSS of master and workers, mean of each fifth: "
        f"{', '.join(f'{each:.0f}' for each in parts)} MB; {max(found.sizes):.0f} MB at most.",
        f"The service took {found.service:.2f} of the cores; the generator, beside it, {found.generator:.2f}.",
    ]


def _met(met: bool) -> str:
    return "Met" if met else "NOT MET"


def fifths(sizes: list[float]) -> list[float]:
    """The mean of each fifth of the time.

    Args:
        sizes: measured at regular times.
    """
    at = [len(sizes) * part // 5 for part in range(6)]
    return [mean(sizes[begin : max(end, begin + 1)]) for begin, end in pairwise(at)]


HEADS = ["kind", "requests", "failed", "median", "95%", "99%", "slowest"]
HOW = f"""`make soak` (`MINUTES=5` for less): a server with two workers, started as `make run` does, with made-up
figures in the number of all StatLine tables. Visitors (locust) walk visits that were recorded from a browser
(`python -m tools.load.record`: pages, choices, CSV, Excel, pictures, embeds, reports, search, API) and read
5 to 15 seconds between the steps. Each visit begins with an empty cache of the browser and is about a gemeente that is
drawn from all with at least {ENOUGH:,} inhabitants, so most answers are not among those that are kept. The first
{GATHER:.0f} seconds, in which the visitors come, do not count. An answer counts as failed that is not 200, is empty, is
of another type, or holds a card without its figures."""
SECTION = Section(title="Two hundred visitors", how=HOW, measure=measure)
