"""Reads what a person would read: finished HTML, Dutch numbers, files of figures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name] or ""

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str = "", of_class: str = "", **attributes: str) -> list[Node]:
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and (not of_class or of_class in node.classes)
            and all(node.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str = "", of_class: str = "", **attributes: str) -> Node:
        found = self.all(tag, of_class, **attributes)
        assert len(found) == 1, f"{len(found)} x <{tag} class={of_class} {attributes}>"
        return found[0]

    def text(self, without: str = "") -> str:
        """The text, white space as it stands; `without`: leave out what has one of these classes."""
        return "".join(
            child if isinstance(child, str) else "" if {*without.split()} & {*child.classes} else child.text(without)
            for child in self.children
        )


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Node:
    """Read HTML; every element that is opened must be closed in its place."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.open) == 1, f"not closed: {[node.tag for node in builder.open[1:]]}"
    return builder.open[0]


@dataclass
class Table:
    """The table of a card: headings, and per row its heading and the texts of its cells."""

    caption: str
    heads: list[str]
    rows: list[tuple[str, list[str]]]
    first: list[list[str]]

    @property
    def numbers(self) -> list[list[float | None]]:
        """The numbers by row, without the column of statuses."""
        return [[dutch_number(cell) for cell in cells] for _, cells in self.rows]

    def row(self, name: str) -> list[str]:
        return dict(self.rows)[name]


def read_table(node: Node) -> Table:
    table = node.one("table", "cijfers")
    heads = [th.text() for th in table.one("thead").all("th")]
    rows, first = [], []
    for tr in table.one("tbody").all("tr"):
        cells = tr.all("td", "getal")
        rows.append((tr.one("th").text(), [td.text(without="eerst erbij") for td in cells]))
        first.append(["".join(e.text() for e in td.all(of_class="eerst")) for td in cells])
    return Table(table.one("caption").text(), heads, rows, first)


def dutch_number(text: str) -> float | None:
    """The number in '1.905', '28,5%', 'ruim 100' or '50%, ‘de helft’'; None when there is none."""
    found = re.fullmatch(r"(?:[a-z' ]+ )?(\d{1,3}(?:\.\d{3})*(?:,\d+)?)(?:%(?:, ‘[a-z ]+’)?)?", text)
    return float(found[1].replace(".", "").replace(",", ".")) if found else None


def read_csv(body: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def csv_number(text: str) -> float | None:
    """The number of a file for people: decimal comma, no thousands."""
    return float(text.replace(",", ".")) if text else None
