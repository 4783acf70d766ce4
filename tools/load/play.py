"""Visitors who walk the recorded visits, for locust: `run.py` starts it, which also says what the environment holds.

Each user begins a visit, reads some seconds between its steps, and then begins another one. With LOAD_REGIONS each
visit is about a gemeente that is drawn from these; without it about the recorded one.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
import urllib.request
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, events, task

from tools.load.visits import HOME, Asked, open_name, read

ENCODINGS = {"Accept-Encoding": "br, gzip"}
TYPES = {"page": ("text/html", "application/json"), "callback": ("application/json",), "embed": ("text/html",)}
FAULT = b"kunnen nu niet worden getoond"
VISITS = read()
REGIONS = os.environ.get("LOAD_REGIONS", HOME).split(",")
PAUSE = tuple(map(float, os.environ.get("LOAD_PAUSE", "5,15").split(",")))
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_names: dict[str, str] = {}
_began = {"wall": 0.0, "cpu": 0.0}
_environment: list[Any] = []


@events.test_start.add_listener
def learn(environment: Any, **_: Any) -> None:
    """Look up what the scripts and style sheets are called in this version."""
    _environment.append(environment)
    for first in {visit.steps[0][0].path for visit in VISITS}:
        with _DIRECT.open(environment.host + first, timeout=60) as answer:
            page = answer.read().decode()
        for found in re.findall(r'"(/(?:_deel|assets)/[^"]+)"', page):
            _names[open_name(found)] = found


@events.spawning_complete.add_listener
def begin(**_: Any) -> None:
    """From now on it counts: all users are there."""
    if _environment:
        _environment[0].stats.clear_all()
    _began.update(wall=time.monotonic(), cpu=time.process_time())


@events.quitting.add_listener
def tell(environment: Any, **_: Any) -> None:
    """Write what was measured to the file that LOAD_RESULT names."""
    stats = environment.stats
    told = {
        "seconds": time.monotonic() - _began["wall"],
        "cpu": time.process_time() - _began["cpu"],
        "kinds": {each.name: _numbers(each) for each in stats.entries.values()},
        "all": _numbers(stats.total),
        "errors": [[each.name, str(each.error), each.occurrences] for each in stats.errors.values()],
    }
    Path(os.environ["LOAD_RESULT"]).write_text(json.dumps(told), encoding="utf-8")


def _numbers(entry: Any) -> dict[str, float]:
    percentiles = {f"p{n}": entry.get_response_time_percentile(n / 100) or 0 for n in (50, 95, 99)}
    return percentiles | {
        "requests": entry.num_requests, "failures": entry.num_failures, "slowest": entry.max_response_time,
    }  # fmt: skip


class Visitor(FastHttpUser):
    """One of many; the seed is that of its number, so that a run can be repeated."""

    connection_timeout = 60.0
    network_timeout = 60.0
    count = 0

    def on_start(self) -> None:
        """Not all begin at the same moment."""
        Visitor.count += 1
        self.random = random.Random(Visitor.count)

    @task
    def visit(self) -> None:
        """Walk one visit from its first step to its last."""
        chosen = self.random.choices(VISITS, [each.weight for each in VISITS])[0]
        region = self.random.choice(REGIONS)
        for step in chosen.steps:
            for asked in step:
                self.ask(asked.about(region))
            gevent.sleep(self.random.uniform(*PAUSE))

    def ask(self, asked: Asked) -> None:
        """Send one request and look at its answer."""
        path = _names.get(asked.path, asked.path)
        with self.client.request(
            "POST" if asked.body else "GET", path, name=asked.kind, headers=ENCODINGS, json=asked.body,
            catch_response=True,
        ) as answer:  # fmt: skip
            if answer.status_code and answer.status_code != 200:
                answer.failure(f"{answer.status_code} {asked.path if answer.status_code != 503 else ''}".strip())
            elif answer.status_code and (wrong := self.wrong(asked, answer)):
                answer.failure(f"{wrong}: {asked.path}")

    def wrong(self, asked: Asked, answer: Any) -> str:
        """What is wrong with an answer that calls itself good; '' when nothing is."""
        if not answer.content and asked.kind != "all figures":  # the made-up release is without its download
            return "an empty answer"
        kind = answer.headers.get("Content-Type", "")
        if asked.kind not in TYPES:
            return ""
        if not kind.startswith(TYPES[asked.kind]):
            return f"an answer of type {kind}"
        return "a card without its figures" if FAULT in answer.content else ""
