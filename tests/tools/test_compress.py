"""What is compressed beforehand stays on the disk, and what no page refers to any more goes."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from server import front_end


def test_files_are_compressed_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = front_end.Part("proef", ".css", b"p { color: red }\n" * 100, front_end.SHEET)
    monkeypatch.setattr(front_end, "KEPT", tmp_path / "deel")
    monkeypatch.setattr(front_end, "_made", {part.name: part})
    (tmp_path / "deel").mkdir()
    (tmp_path / "deel" / "oud-123.css.br").write_bytes(b"")
    front_end.prepare()
    kept = {file.name: file.read_bytes() for file in (tmp_path / "deel").iterdir()}
    assert set(kept) == {f"{part.name}.br", f"{part.name}.gzip"}
    assert brotli.decompress(kept[f"{part.name}.br"]) == gzip.decompress(kept[f"{part.name}.gzip"]) == part.body


def test_a_disk_that_cannot_be_written_to_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deel").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setattr(front_end, "KEPT", tmp_path / "deel")
    part = front_end.Part("proef", ".css", b"p { color: blue }\n" * 100, front_end.SHEET)
    assert brotli.decompress(part.encoded({"br"})[0]) == part.body
    assert part.encoded(set()) == (part.body, "")
