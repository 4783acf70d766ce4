"""Section `start`: how long a start takes, and how much memory the processes have."""

from __future__ import annotations

import statistics

from tools.bench.document import Result, Section
from tools.bench.server import Server, get, memory, serving, workers

RUNS = 5
VISITS = 50
ADDRESSES = (
    "/",
    "/landelijk",
    "/regionaal?regio=GM1731",
    "/tijdreeksen?regio=VT02,VT25",
    "/model",
    "/download/cijfers.csv",
)


def measure() -> Result:
    """Start the server a number of times; look at its memory before and after visits."""
    times = []
    rows = []
    for run in range(RUNS):
        with serving() as server:
            times.append(server.started)
            if run == 0:
                rows += _memory(server, "after the start")
                for visit in range(VISITS):
                    get(server.address + ADDRESSES[visit % len(ADDRESSES)])
                rows += _memory(server, f"after {VISITS} answers")
    took = f"{statistics.median(times):.2f} s ({min(times):.2f} to {max(times):.2f}, {RUNS} starts)"
    return Result(
        ["what", "measured"],
        [["from the start of the process to the first 200 of /readyz", took], *rows],
        ["The files are in the cache of the disk, as after an update or a restart of the service."],
    )


def _memory(server: Server, when: str) -> list[list[str]]:
    master = memory(server.process.pid)
    each = [memory(worker) for worker in workers(server.process.pid)]
    told = " + ".join(f"{size:.0f}" for size in each)
    return [[f"memory {when}", f"{master + sum(each):.0f} MB: master {master:.0f}, workers {told}"]]


HOW = """`start.py` with two workers, as `make run` starts it. Memory is the proportional set size (PSS): what a process
has alone, and its part of what the processes share; so the sum is what the service really takes."""
SECTION = Section(title="Start and memory", how=HOW, measure=measure)
