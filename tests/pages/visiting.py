"""Visitors who ask the same things again and again, to see what they get while something goes wrong."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle

from tests.running import Server

AM = "aantal-adviezen-en-meldingen"
CHOICE = {
    "output": "pagina.children",
    "outputs": {"id": "pagina", "property": "children"},
    "inputs": [{"id": "keuze", "property": "data", "value": {
        "view": "regionaal", "query": {"indicator": AM, "regio": "VT02", "periode": "2020HJ01"}, "n": 1}}],
    "changedPropIds": ["keuze.data"],
    "state": [],
}  # fmt: skip
CALLBACK = "/_dash-update-component"
ASKED = (
    f"/landelijk?indicator={AM}", f"/regionaal?indicator={AM}&regio=VT02,VT23",
    f"/tijdreeksen?indicator={AM}&regio=VT02", f"/csv/regionaal/{AM}?regio=VT02",
    f"/embed/landelijk/{AM}?vorm=licht", f"/api/v1/cijfers?indicator={AM}&regio=VT02", CALLBACK,
)  # fmt: skip


@dataclass
class Got:
    """What the visitors got: each different answer to a question, and what went wrong on the line."""

    answers: dict[str, set[tuple[int, bytes]]] = field(default_factory=lambda: {path: set() for path in ASKED})
    lost: list[str] = field(default_factory=list)
    count: int = 0

    def statuses(self) -> set[int]:
        """Every status that was seen."""
        return {status for each in self.answers.values() for status, _ in each}

    def bodies(self, path: str) -> set[bytes]:
        """Every different good answer to a question."""
        return {body for status, body in self.answers[path] if status == 200}


def ask(server: Server, path: str) -> tuple[int, bytes]:
    """One request on a connection of its own."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        if path == CALLBACK:
            line.request("POST", path, json.dumps(CHOICE), {"Content-Type": "application/json"})
        else:
            line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


@contextmanager
def visitors(server: Server, many: int) -> Iterator[Got]:
    """Let so many visitors ask on until the block is left; then all answers are in."""
    got, over, lock = Got(), threading.Event(), threading.Lock()

    def visit(begin: int) -> None:
        for path in cycle([*ASKED[begin:], *ASKED[:begin]]):
            if over.is_set():
                return
            try:
                found = ask(server, path)
            except (OSError, http.client.HTTPException) as error:
                with lock:
                    got.lost.append(f"{path}: {error!r}")
                continue
            with lock:
                got.answers[path].add(found)
                got.count += 1

    threads = [threading.Thread(target=visit, args=(number % len(ASKED),)) for number in range(many)]
    for thread in threads:
        thread.start()
    try:
        yield got
    finally:
        over.set()
        for thread in threads:
            thread.join()
