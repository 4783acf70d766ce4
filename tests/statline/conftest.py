"""A stand-in for the service, and imports from it with little patience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tenacity import wait_none

from data.release import Release
from data.statline.client import Service
from data.statline.importer import Job, Progress, refresh
from tests.statline.server import StandIn, serving
from tests.statline.world import World

SMALL = ("84847NED", "84852NED")


class Told(Progress):
    """Keeps what an import tells."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.rows = 0

    def step(self, rows: int) -> None:
        self.rows += rows

    def say(self, line: str) -> None:
        self.lines.append(line)


def job(root: Path, server: StandIn, **more: object) -> Job:
    made = Job(root, lambda: Service(server.address, wait_none(), 3))
    return replace(made, **more)


def run(root: Path, server: StandIn, told: Told | None = None, **more: object) -> str:
    """An import of the tables that the stand-in has."""
    more.setdefault("tables", tuple(server.world.tables))
    return refresh(job(root, server, **more), told)


@pytest.fixture(autouse=True, scope="package")
def embedded(release: Release) -> Iterator[None]:
    """The embedded release is read once; it never changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.release.load", lambda: release)
        yield


@pytest.fixture(scope="session")
def small() -> World:
    """Two small tables."""
    return World(0.004, seed=3, only=SMALL)


@pytest.fixture(scope="session")
def world() -> World:
    return World(0.0005, seed=11)


@pytest.fixture(scope="session")
def imported(world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    root, told = tmp_path_factory.mktemp("leveringen"), Told()
    with serving(world, per_page=2_000) as server:
        run(root, server, told)
    return root, told
