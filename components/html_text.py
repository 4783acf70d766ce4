"""Dash components as HTML text, so that the first answer of the server holds the finished page.

The same description that Dash draws in the browser is written here as HTML. It knows html.*, the elements of
components.native (Input, Page), of components.svg, dcc.Graph (room of the same height) and dcc.Store (nothing).
A page has up to ten thousand elements and is written for every answer: hence one walk, in which the usual kinds come
first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Any

from dash import dcc
from dash.development.base_component import Component

from components.elements import NAMESPACE, Light
from components.native import Input, Page
from components.svg import Svg

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NAMES = {"className": "class", "htmlFor": "for"}
SILENT = {"children", "n_clicks", "n_clicks_timestamp", "key", "loading_state", "disable_n_clicks"}
BOOLEAN = {"hidden", "selected", "disabled", "open", "required", "multiple", "autoFocus", "readOnly"}
Put = Callable[[str], None]


def to_html(node: Any) -> str:
    """Write a Dash component tree as HTML.

    Args:
        node: a component, text, number, None or a list of these.

    Raises:
        TypeError: a component that this module does not know.
    """
    return written(node)[0]


def written(node: Any) -> tuple[str, list[dcc.Graph]]:
    """As `to_html`, with the charts that stand in it, in order."""
    out: list[str] = []
    graphs: list[dcc.Graph] = []
    _write(node, out.append, graphs)
    return "".join(out), graphs


def fixed(node: Any, text: str | None = None) -> Any:
    """An element that never changes any more: it is written once.

    Args:
        node: the element.
        text: its HTML, where that is known without writing it.
    """
    node.written = written(node) if text is None else (text, [])
    return node


def text_in_html(text: str) -> str:
    """A text as it stands between the tags of HTML."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def _write(node: Any, put: Put, graphs: list[dcc.Graph]) -> None:
    if isinstance(node, str):
        put(text_in_html(node))
    elif isinstance(node, Light):
        if node.written is not None:
            put(node.written[0])
            graphs += node.written[1]
        else:
            _element(node.tag, _attributes(node.__dict__), node.__dict__["children"], put, graphs)
    elif node is None:
        return
    elif isinstance(node, (list, tuple)):
        for each in node:
            _write(each, put, graphs)
    elif isinstance(node, (int, float)):
        put(str(node))
    elif isinstance(node, Svg):
        pairs = ((NAMES.get(name, name), value) for name, value in node.attributes.items())
        attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in pairs)
        _element(node.tag, attributes, node.children, put, graphs)
    else:
        _rare(node, put, graphs)


def _rare(node: Any, put: Put, graphs: list[dcc.Graph]) -> None:
    if isinstance(node, dcc.Store):
        return
    if isinstance(node, dcc.Graph):
        # An empty picture keeps the room: a style attribute would need a looser Content-Security-Policy.
        room = f'<svg width="1" height="{int(node.figure["layout"]["height"])}" aria-hidden="true"></svg>'
        put(f'<div id="{escape(str(node.id))}" class="{escape(node.className)}">{room}</div>')
        graphs.append(node)
    elif isinstance(node, Page):
        put(str(node.html))
    elif isinstance(node, Input):
        put(f"<input{_attributes(_properties(node))}>")
    elif isinstance(node, Component) and node._namespace == NAMESPACE:
        tag = type(node).__name__.lower()
        _element(tag, _attributes(_properties(node)), getattr(node, "children", None), put, graphs)
    else:
        raise TypeError(f"{type(node).__name__} kan niet als HTML worden geschreven")


def _element(tag: str, attributes: str, children: Any, put: Put, graphs: list[dcc.Graph]) -> None:
    if isinstance(children, str):
        put(f"<{tag}{attributes}>{text_in_html(children)}</{tag}>")
    elif tag in VOID:
        put(f"<{tag}{attributes}>")
    else:
        put(f"<{tag}{attributes}>")
        _write(children, put, graphs)
        put(f"</{tag}>")


def _properties(node: Component) -> dict[str, Any]:
    return dict(node.to_plotly_json()["props"])


def _attributes(properties: Mapping[str, Any]) -> str:
    if len(properties) == 1 and "children" in properties:
        return ""
    out = ""
    for name, value in properties.items():
        if value is None or value is False or name in SILENT:
            continue
        if name == "style":
            raise TypeError("style kan niet in de HTML: gebruik een class")
        attribute = _named(name)
        out += f" {attribute}" if name in BOOLEAN else f' {attribute}="{escape(str(value))}"'
    return out


@cache
def _named(name: str) -> str:
    """The name of a property in HTML."""
    return NAMES.get(name, name if "-" in name else name.lower())
