"""Reads a PDF as a reader with a screen reader would: its text, its structure, its properties."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pypdf import PdfReader


@dataclass(frozen=True)
class Report:
    """What a test wants to know of a PDF."""

    pages: list[str]
    title: str
    language: str
    marked: bool
    shows_title: bool
    metadata: str
    tags: list[tuple[str, str]]
    outline: list[str]

    @property
    def text(self) -> str:
        """All text, white space made one."""
        return " ".join(self.pages)

    def count(self, tag: str) -> int:
        """How many elements of the structure have this tag."""
        return sum(name == tag for name, _ in self.tags)


def _tags(node: Any) -> Iterator[tuple[str, str]]:
    """Each element of the structure with its alternative text, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node["/S"]).lstrip("/"), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _tags(node["/K"])


def _titles(items: list[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(item.title)


def read_pdf(data: bytes) -> Report:
    """Open the file in two independent readers."""
    reader = PdfReader(io.BytesIO(data), strict=True)
    with pikepdf.open(io.BytesIO(data)) as file:
        assert not file.check_pdf_syntax()
        root = file.Root
        return Report(
            [re.sub(r"\s+", " ", page.extract_text()).strip() for page in reader.pages],
            str(file.docinfo["/Title"]),
            str(root["/Lang"]),
            bool(root["/MarkInfo"]["/Marked"]),
            bool(root["/ViewerPreferences"]["/DisplayDocTitle"]),
            root["/Metadata"].read_bytes().decode(),
            list(_tags(root["/StructTreeRoot"]["/K"])),
            list(_titles(reader.outline)),
        )
