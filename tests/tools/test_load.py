"""Visitors of a load test: what was recorded, how it is walked, and in short that the server takes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bench.server import Server
from tools.bench.soak import fifths, full, remarks, row
from tools.load import record
from tools.load.run import Walked, walk
from tools.load.visits import HOME, KINDS, Asked, open_name, read, write

KINDS_ASKED = {
    "page", "script or style", "callback", "embed", "file (CSV, Excel, JSON-stat)", "picture (SVG, PNG)",
    "report (PDF)", "suggestions", "API",
}  # fmt: skip


def test_the_recording_is_of_the_visits_that_are_declared() -> None:
    recorded = read()
    assert [(each.name, each.weight, len(each.steps)) for each in recorded] == [
        (name, weight, len(steps)) for name, weight, steps in record.VISITS
    ]
    every = [asked for visit in recorded for step in visit.steps for asked in step]
    assert {asked.kind for asked in every} == KINDS_ASKED <= {"page", *KINDS.values()}
    assert all((asked.body is not None) == (asked.kind == "callback") for asked in every)


def test_a_recording_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write(read(), tmp_path / "visits.json")
    assert read(tmp_path / "visits.json") == read()


def test_a_visit_can_be_about_another_gemeente() -> None:
    asked = Asked(f"/csv/regionaal/x?regio={HOME},VT02", {"query": {"regio": HOME}})
    assert asked.about("GM0344") == Asked("/csv/regionaal/x?regio=GM0344,VT02", {"query": {"regio": "GM0344"}})


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/_deel/impactmonitor-0123456789ab.css", "/_deel/impactmonitor-*.css"),
        ("/_deel/stijl/standaard.css?v=a1b2", "/_deel/stijl/standaard.css?v=*"),
        ("/assets/los/licht.css?m=1700000000.5", "/assets/los/licht.css?m=*"),
        ("/landelijk?m=1", "/landelijk?m=1"),
    ],
)
def test_an_address_that_differs_with_each_version_is_kept_without_that(address: str, kept: str) -> None:
    assert open_name(address) == kept


def test_memory_is_told_in_fifths() -> None:
    assert fifths([10.0, 10.0, 20.0, 20.0, 30.0, 30.0, 40.0, 40.0, 50.0, 52.0]) == [10, 20, 30, 40, 51]
    assert fifths([7.0] * 3) == [7] * 5


def walked(**changes: object) -> Walked:
    numbers = {"p50": 5.0, "p95": 299.0, "p99": 400.0, "slowest": 900.0, "requests": 1000.0, "failures": 0.0}
    whole = {"all": numbers | changes.pop("all", {}), "errors": (), "sizes": [500.0] * 10} | changes  # type: ignore[operator]
    return Walked(seconds=60, kinds={}, generator=0.1, service=0.9, **whole)  # type: ignore[arg-type]


def test_a_goal_that_is_not_met_says_so() -> None:
    good = remarks(walked(), [])
    assert sum("Met" in each for each in good) == 3
    assert not any("NOT MET" in each for each in good)
    busy = walked(all={"failures": 5.0, "p95": 300.0}, errors=[("page", "503", 3), ("page", "500 /", 2)],
                  sizes=[500.0] * 8 + [541.0] * 2)  # fmt: skip
    assert sum("NOT MET" in each for each in remarks(busy, [])) == 3
    assert (busy.turned_away, busy.failed) == (3, 2)
    assert "NOT MET" in remarks(walked(), ["ERROR"])[1]
    assert row("page", busy.all) == ["page", "1,000", "5", "5 ms", "300 ms", "400 ms", "900 ms"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, list[str], Path]]:
    folder = tmp_path_factory.mktemp("load")
    with full(2, folder / "data", folder / "log") as (server, places):
        yield server, places, folder / "log"


@pytest.mark.load
def test_a_few_hurried_visitors_get_what_they_ask(served: tuple[Server, list[str], Path]) -> None:
    server, places, log = served
    assert 200 < len(places) < 342
    found = walk(server, 12, 10, gather=2, regions=places, pause=(0.1, 0.5))
    assert found.errors == []
    assert found.failed == found.turned_away == 0
    assert found.all["requests"] > 50
    assert {"page", "callback", "embed", "script or style"} <= set(found.kinds)
    assert 0 < found.all["p50"] <= found.all["p95"] <= found.all["slowest"]
    assert found.service > 0.05
    assert 100 < found.sizes[0] < 2_000
    assert " ERROR " not in log.read_text()
