"""Writes the elements of an SVG, in few characters."""

from __future__ import annotations

from html import escape
from typing import Any

from components.figures.static.lettering import LINE, RISE


def number(value: float) -> str:
    """A length with at most two decimals, without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, body: str = "", /, **attributes: Any) -> str:
    """An element. None leaves an attribute out; an underscore in a name stands for a hyphen."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, (int, float)) else escape(value)}"'
        for key, value in attributes.items() if value is not None
    )  # fmt: skip
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def text(lines: list[str], x: float, middle: float, size: float, anchor: str = "start", **attributes: Any) -> str:
    """A text around a middle height; more lines stand below each other.

    Args:
        lines: the lines, as plain text.
        x: where it begins, ends or has its middle, as `anchor` says.
        middle: the height of its middle.
        size: of the type, in pixels.
        anchor: start, middle or end.
        attributes: of the element, e.g. fill.
    """
    first = middle - (len(lines) - 1) * LINE * size / 2 + RISE * size
    at = {"x": x, "y": first, "font_size": size, "text_anchor": anchor if anchor != "start" else None}
    if len(lines) == 1:
        return tag("text", escape(lines[0], quote=False), **at, **attributes)
    rows = [tag("tspan", escape(line, quote=False), x=x, dy=LINE * size if i else None)
            for i, line in enumerate(lines)]  # fmt: skip
    return tag("text", " ".join(rows), **at, **attributes)
