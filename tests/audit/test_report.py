"""The writer of docs/audit.md."""

from __future__ import annotations

import re
from pathlib import Path

from tests.audit.report import FILE, Row, read, row, write
from tools.machine import machine


def test_a_check_that_runs_again_replaces_its_row_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "audit.md"
    first, other = Row("one", "3 of 3", "2026-01-01", "Linux"), Row("two", "a | b", "2026-01-01", "Linux")
    write([first, other], file)
    assert read(file) == [first, other]
    again = Row("one", "FAILED", "2026-02-01", "Darwin")
    third = Row("three", "passed", "2026-02-01", "Darwin")
    write([again, third], file)
    assert read(file) == [again, other, third]
    lines = file.read_text(encoding="utf-8").splitlines()
    assert "| one | FAILED | 2026-02-01 | Darwin |" in lines
    assert "| two | a \\| b | 2026-01-01 | Linux |" in lines


def test_a_row_tells_neither_path_nor_name_of_the_machine() -> None:
    found = row("check", "passed")
    assert found.check == "check"
    assert found.machine == machine()
    assert re.fullmatch(r"[A-Z]\w+ \w+, \d+ cores", machine())


def test_the_file_of_the_project_is_one_that_the_writer_wrote(tmp_path: Path) -> None:
    copy = tmp_path / "audit.md"
    rows = read(FILE)
    assert rows
    write(rows, copy)
    assert copy.read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")
    assert not [each.check for each in rows if each.result == "FAILED"]
