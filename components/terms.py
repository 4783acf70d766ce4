"""Terms of the glossary as links in running text: the first time each term occurs in a block, and nowhere else."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from components.address import address
from components.elements import html
from data.release import Release

BLOCKS = ("P", "Li", "Dt", "Dd")
# What is no running text, or is a link already. A sentence with role=status is read out: it stays plain.
SKIPPED = ("A", "Button", "Code", "Details", "Table", "Nav", "Summary", "H1", "H2", "H3", "H4")


def linked(text: str, release: Release, seen: set[str]) -> list[Any]:
    """A text in parts, with a link to /toelichting for each term that was not seen before.

    Args:
        text: the text.
        release: for its glossary.
        seen: ids of the terms that have a link in this block already; the new ones are added.
    """
    out: list[Any] = []
    at = 0
    for start, end, term in release.catalogue.terms_at(text):
        if term.id not in seen:
            seen.add(term.id)
            name = html.A(text[start:end], href=address(f"toelichting#{term.id}"), className="begrip")
            out += [text[at:start], name] if start > at else [name]
            at = end
    return [*out, text[at:]] if at < len(text) else out


def link_terms(node: Component, release: Release, seen: set[str] | None = None) -> Component:
    """Put the links of `linked` into the paragraphs and lists below a node, which is one block.

    Args:
        node: a component that was just made; it is changed in place, and returned.
        release: for its glossary.
        seen: ids of terms that the block has linked before.
    """
    _walk(node, release, set() if seen is None else seen, type(node).__name__ in BLOCKS)
    return node


def _walk(node: Component, release: Release, seen: set[str], inside: bool) -> None:
    children = getattr(node, "children", None)
    if children is None:
        return
    out: list[Any] = []
    for child in _flat(children):
        if isinstance(child, str):
            out += linked(child, release, seen) if inside else [child]
            continue
        if isinstance(child, Component) and not _skipped(child):
            _walk(child, release, seen, inside or type(child).__name__ in BLOCKS)
        out.append(child)
    node.children = out[0] if len(out) == 1 else out


def _flat(children: Any) -> list[Any]:
    if not isinstance(children, (list, tuple)):
        return [children]
    return [part for child in children for part in _flat(child)]


def _skipped(node: Component) -> bool:
    return type(node).__name__ in SKIPPED or getattr(node, "role", None) == "status"
