"""docs/bench.md: one chapter for each section, each with its own date and machine, so that one can be renewed alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tools.machine import machine

FILE = Path(__file__).resolve().parents[2] / "docs" / "bench.md"
PREAMBLE = """# Bench

How fast and how small the dashboard is, as measured. `make bench` measures and writes this file, `make soak` the
sections with many visitors, which take most of an hour; `make bench SECTIONS='start'` (or `python -m tools.bench
start`) renews one section and leaves the others. Do not edit it by hand. Every section says when and on what kind of
machine it was measured: numbers of different machines do not compare.
"""


@dataclass(frozen=True)
class Result:
    """What a section measured.

    Attributes:
        heads: names of the columns.
        rows: the cells, as text, a row for each thing measured.
        remarks: what must be known to read them, in whole sentences.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """One chapter.

    Attributes:
        title: its heading.
        how: how it is measured, in whole sentences.
        measure: does it; may take minutes.
    """

    title: str
    how: str
    measure: Callable[[], Result]


def text_of(name: str, section: Section, result: Result) -> str:
    """A chapter as Markdown, from its heading to the end, with a mark by which it is found again.

    Args:
        name: of the section, on the command line.
        section: what it is.
        result: what it measured now, on this machine.

    Raises:
        ValueError: a row has not as many cells as there are heads.
    """
    lines = [_row(result.heads), _row("---" for _ in result.heads)]
    lines += [_row(row) for row in result.rows]
    if any(len(row) != len(result.heads) for row in result.rows):
        raise ValueError(f"a row of {name} has not as many cells as there are heads")
    when = f"Measured on {date.today().isoformat()}: {machine()}. Again: `python -m tools.bench {name}`."
    remarks = [f"- {each}" for each in result.remarks]
    blocks = [f"{_mark(name)}\n## {section.title}", section.how, when, "\n".join(lines), "\n".join(remarks)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def renew(name: str, text: str, file: Path = FILE) -> None:
    """Put a chapter in the place of its former self, or at the end.

    Args:
        name: of the section.
        text: as `text_of` gives it.
        file: where.
    """
    chapters = read(file) | {name: text}
    file.write_text("\n".join([PREAMBLE, *chapters.values()]), encoding="utf-8")


def read(file: Path = FILE) -> dict[str, str]:
    """The chapters that stand in the file, by name of the section; none when there is no file."""
    if not file.exists():
        return {}
    _, *parts = re.split(r"(?m)^<!-- section (\w+) -->\n", file.read_text(encoding="utf-8"))
    return {name: f"{_mark(name)}\n{text.rstrip()}\n" for name, text in zip(parts[::2], parts[1::2], strict=True)}


def _mark(name: str) -> str:
    return f"<!-- section {name} -->"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
