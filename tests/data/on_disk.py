"""A release in a folder of releases, as the importer leaves it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from data import release_files, releases
from data.release import Release


def put(root: Path, release: Release, name: str, figures: int | None = None, *, use: bool = True) -> Path:
    """Write the figures of a release, all or the first ones, put them in place and in use.

    Returns:
        The folder of the release.
    """
    every = release.figures if figures is None else release.figures.head(figures)
    building = releases.begin(root, name)
    release_files.write(building, release_files.content_of(every, release.observations, release.history))
    manifest = releases.Manifest(
        formaat=releases.FORMAT, naam=name, gemaakt=datetime(2026, 1, 1 + len(releases.names(root)), tzinfo=UTC),
        programma="0", ingebouwd=release.name, cijfers=len(every), bestanden=releases.files_in(building),
    )  # fmt: skip
    folder = releases.put_in_place(root, building, manifest)
    if use:
        releases.use(root, name)
    return folder
