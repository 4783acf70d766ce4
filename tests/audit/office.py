"""LibreOffice as a reader: opens a file as a person would, and says what stands in each cell."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest

Cell = str | float | None
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DUTCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nl-NL</value>
</prop></item>
</oor:items>
"""
# Separator ;, quotes ", UTF-8 (76), from line 1, formats by content; then the language (1043: Dutch, of the
# Netherlands; empty: that of the profile), quoted cells as text or not, special numbers (dates, ...) recognised or not.
SEMICOLON = "59,34,76,1,"
DUTCH = f"{SEMICOLON},1043,false,true"


@dataclass
class Sheet:
    """A sheet as it was read; `formulas` are the cells that compute something."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    def records(self) -> list[dict[str, Cell]]:
        """The rows below the headings, by heading."""
        heads = [str(head) for head in self.rows[0]]
        return [dict(zip(heads, row + [None] * (len(heads) - len(row)), strict=True)) for row in self.rows[1:]]


def version() -> str:
    """Name and version of the program."""
    return " ".join(_run("--version").split()[:2])


def opened(file: Path, folder: Path, csv_options: str = "") -> dict[str, Sheet]:
    """Open a file in LibreOffice with Dutch settings, and read what it made of it.

    Args:
        file: a workbook or a CSV file.
        folder: an empty folder for the profile and what LibreOffice writes.
        csv_options: the choices of the import window, for CSV.
    """
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_DUTCH, encoding="utf-8")
    filter_ = [f"--infilter=Text - txt - csv (StarCalc):{csv_options}"] if csv_options else []
    _run(f"-env:UserInstallation={profile.as_uri()}", "--headless", *filter_, "--convert-to", "fods",
         "--outdir", str(folder), str(file))  # fmt: skip
    tree = ElementTree.parse(folder / f"{file.stem}.fods")
    return {sheet.name: sheet for sheet in map(_sheet, tree.iter(f"{_TABLE}table"))}


def _run(*arguments: str) -> str:
    program = shutil.which("soffice")
    if not program:
        pytest.fail("LibreOffice (soffice) not found: install libreoffice-calc and try again")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _sheet(table: ElementTree.Element) -> Sheet:
    sheet = Sheet(table.get(f"{_TABLE}name", ""))
    for line in table.iter(f"{_TABLE}table-row"):
        cells = [cell for group in line for cell in _cells(group, sheet)]
        while cells and cells[-1] is None:
            cells.pop()
        times = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        sheet.rows += [cells] * times if cells else [cells]
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
    return sheet


def _cells(cell: ElementTree.Element, sheet: Sheet) -> Iterator[Cell]:
    if formula := cell.get(f"{_TABLE}formula"):
        sheet.formulas.append(formula)
    kind = cell.get(f"{_OFFICE}value-type")
    value: Cell = None
    if kind in ("float", "percentage", "currency"):
        value = float(cell.get(f"{_OFFICE}value", ""))
    elif kind:
        value = "\n".join(_text(paragraph) for paragraph in cell.findall(f"{_TEXT}p"))
    times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
    yield from [value] * (times if value is not None else min(times, 100))  # the empty rest of a row is thousands


def _text(node: ElementTree.Element) -> str:
    out = node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s":
            out += " " * int(child.get(f"{_TEXT}c", "1"))
        elif child.tag == f"{_TEXT}tab":
            out += "\t"
        else:
            out += _text(child)
        out += child.tail or ""
    return out
