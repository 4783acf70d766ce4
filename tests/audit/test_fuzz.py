"""A hundred thousand requests to the server as it runs: no error of ours, no hang, and memory that stays flat."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from statistics import mean

import pytest

from tests.audit.fuzzing import CLOSED, SECONDS, Found, play
from tests.running import Server, serving

pytestmark = pytest.mark.audit

MANY = int(os.environ.get("FUZZ_REQUESTS", "100000"))
BATCH = 500
# Drawing a request takes as long as answering it.
CLIENTS = 2
# What the memory may grow from the second fifth of the way to the last one, on average, in MB for all workers together.
GROWTH = 40


def memory(server: Server) -> float:
    """The resident memory of the workers in MB."""
    children = subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=True)
    workers = ",".join(children.stdout.split())
    sizes = subprocess.run(["ps", "-o", "rss=", "-p", workers], capture_output=True, text=True, check=True)
    return sum(map(int, sizes.stdout.split())) / 1024


def test_a_hundred_thousand_requests(
    tmp_path: Path, measured: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """A fuzzer over pages, files, embeds and the callback: no error, no hang, flat memory."""
    found, sizes = Found(), list[float]()
    spawn = multiprocessing.get_context("spawn")
    with serving(tmp_path / "log") as server, ProcessPoolExecutor(CLIENTS, mp_context=spawn) as pool:
        rounds = [pool.submit(play, server.port, min(BATCH, MANY - at), at) for at in range(0, MANY, BATCH)]
        for each in as_completed(rounds):
            found.add(each.result())
            sizes.append(memory(server))
            with capsys.disabled():
                done, slow = found.statuses.total(), found.slowest[0]
                print(f"\r{done} requests, {sizes[-1]:.0f} MB, slowest {slow[0]:.1f} s", end="", flush=True)
            if found.wrong:
                pool.shutdown(cancel_futures=True)
                pytest.fail("\n".join(found.wrong))
    assert found.slowest[0][0] < SECONDS, found.slowest
    assert found.statuses[200] > MANY / 10, "most of what is sent must reach the app"
    assert found.statuses[CLOSED] < MANY / 100
    log = (tmp_path / "log").read_text()
    assert " ERROR " not in log, log[-2_000:]
    fifth = max(len(sizes) // 5, 1)
    early, late = mean(sizes[fifth : 2 * fifth]), mean(sizes[-fifth:])
    assert late - early < GROWTH, sizes
    statuses = ", ".join(f"{status or 'closed'}: {n}" for status, n in sorted(found.statuses.items()))
    slowest = "; ".join(f"{took:.1f} s {what}" for took, what in found.slowest)
    measured(
        f"{MANY} requests ({statuses}); memory of two workers {early:.0f} MB in the second fifth, "
        f"{late:.0f} MB in the last, {max(sizes):.0f} MB at most; slowest {slowest}"
    )
