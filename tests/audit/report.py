"""Writes docs/audit.md: one row for each long check, with what it found, when, and on what kind of machine.

A check that runs again replaces its row; the rows of other checks stay. Neither paths nor names of machines enter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from tools.machine import machine

FILE = Path(__file__).resolve().parents[2] / "docs" / "audit.md"
HEADS = "| check | result | date | machine |"
RULE = "|---|---|---|---|"
PREAMBLE = """# Audit

What the long checks found last. `make audit` runs them (they are too slow, or ask too much of the machine, for
`make test`) and writes this table; a check that was not run keeps its row. Do not edit it by hand.
"""


@dataclass(frozen=True)
class Row:
    """One check. `result` is what was measured, in a few words."""

    check: str
    result: str
    date: str
    machine: str


def row(check: str, result: str) -> Row:
    """A row of today, on this machine."""
    return Row(check, result, date.today().isoformat(), machine())


def read(file: Path = FILE) -> list[Row]:
    """The rows that stand in the file; none when there is no file."""
    if not file.exists():
        return []
    body = file.read_text(encoding="utf-8").partition(f"{RULE}\n")[2]
    return [Row(*(_plain(cell) for cell in _cells(line))) for line in body.splitlines() if line.startswith("|")]


def write(found: Iterable[Row], file: Path = FILE) -> None:
    """Put the rows in the file, each in the place of the row of the same check, else at the end."""
    rows = {each.check: each for each in read(file)} | {each.check: each for each in found}
    lines = ["| " + " | ".join(_safe(cell) for cell in astuple(each)) + " |" for each in rows.values()]
    file.write_text("\n".join([PREAMBLE, HEADS, RULE, *lines, ""]), encoding="utf-8")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.replace("\\|", "\0").strip("|").split("|")]


def _plain(cell: str) -> str:
    return cell.replace("\0", "|")


def _safe(cell: str) -> str:
    return " ".join(cell.split()).replace("|", "\\|")
