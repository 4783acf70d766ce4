"""A copy of the data folder that a test may damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.release import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("catalogue", "regions", "sources"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    shutil.copy(FOLDER / "release.toml", tmp_path)
    return tmp_path


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
