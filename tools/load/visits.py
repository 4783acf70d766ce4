"""The recording: visits of steps, and in each step what the browser asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = Path(__file__).with_name("visits.json")
HOME = "GM1731"
"""The gemeente that was looked at when the visits were recorded; who replays them may put another in its place."""
CALLBACK = "/_dash-update-component"
# What a path begins with -> its kind in the results.
KINDS = {
    "/_deel/": "script or style", "/assets/": "script or style", CALLBACK: "callback", "/embed/": "embed",
    "/csv/": "file (CSV, Excel, JSON-stat)", "/xlsx/": "file (CSV, Excel, JSON-stat)",
    "/jsonstat/": "file (CSV, Excel, JSON-stat)", "/svg/": "picture (SVG, PNG)", "/png/": "picture (SVG, PNG)",
    "/rapport/": "report (PDF)", "/api/": "API", "/zoeken.json": "suggestions", "/download/": "all figures",
}  # fmt: skip
_HASHED = re.compile(r"(?<=-)[0-9a-f]{12}(?=\.)|(?<=[?&][mv]=)[^&]+")


@dataclass(frozen=True)
class Asked:
    """One request of a browser.

    Attributes:
        path: path and query; '*' stands for what differs with every version of a file.
        body: what was posted, None for a GET.
    """

    path: str
    body: dict[str, Any] | None = None

    @property
    def kind(self) -> str:
        """What kind of answer it asks."""
        return next((kind for begin, kind in KINDS.items() if self.path.startswith(begin)), "page")

    def about(self, region: str) -> Asked:
        """The same request about another region than the recorded one."""
        body = json.loads(json.dumps(self.body).replace(HOME, region)) if self.body else None
        return Asked(self.path.replace(HOME, region), body)


@dataclass(frozen=True)
class Visit:
    """What one visitor did.

    Attributes:
        name: what the visit was for.
        weight: how often it occurs among all, in proportion.
        steps: what the browser asked at each step; between steps a visitor reads.
    """

    name: str
    weight: int
    steps: tuple[tuple[Asked, ...], ...]


def open_name(address: str) -> str:
    """An address with '*' in the place of what differs with every version of a file."""
    return _HASHED.sub("*", address) if Asked(urlsplit(address).path).kind == "script or style" else address


def read(file: Path = FILE) -> list[Visit]:
    """The visits that were recorded."""
    return [
        Visit(each["name"], each["weight"], tuple(tuple(Asked(**asked) for asked in step) for step in each["steps"]))
        for each in json.loads(file.read_text(encoding="utf-8"))
    ]


def write(visits: list[Visit], file: Path = FILE) -> None:
    """Keep the visits: a line for each request."""
    file.write_text("[\n" + ",\n".join("".join(_lines(visit)) for visit in visits) + "\n]\n", encoding="utf-8")


def _lines(visit: Visit) -> Iterator[str]:
    yield f'{{"name": {json.dumps(visit.name)}, "weight": {visit.weight}, "steps": [\n'
    steps = []
    for step in visit.steps:
        asked = [{name: value for name, value in asdict(each).items() if value is not None} for each in step]
        steps.append("[" + ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in asked) + "]")
    yield " " + ",\n ".join(steps) + "]}"
