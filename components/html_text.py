"""Dash components as HTML text, so that the first answer of the server holds the finished page.

The same description that Dash draws in the browser is written here as HTML. It knows html.*, the elements of
components.native (Input, Page), of components.svg, dcc.Graph (room of the same height) and dcc.Store (nothing).
"""

from __future__ import annotations

from html import escape
from typing import Any

from dash import dcc
from dash.development.base_component import Component

from components.elements import NAMESPACE
from components.native import Input, Page
from components.svg import Svg

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NAMES = {"className": "class", "htmlFor": "for"}
SILENT = {"children", "n_clicks", "n_clicks_timestamp", "key", "loading_state", "disable_n_clicks"}
BOOLEAN = {"hidden", "selected", "disabled", "open", "required", "multiple", "autoFocus", "readOnly"}


def to_html(node: Any) -> str:
    """Write a Dash component tree as HTML.

    Args:
        node: a component, text, number, None or a list of these.

    Raises:
        TypeError: a component that this module does not know.
    """
    if node is None:
        return ""
    if isinstance(node, (list, tuple)):
        return "".join(map(to_html, node))
    if isinstance(node, (str, int, float)):
        return escape(str(node), quote=False)
    if isinstance(node, dcc.Store):
        return ""
    if isinstance(node, dcc.Graph):
        # An empty picture keeps the room: a style attribute would need a looser Content-Security-Policy.
        room = f'<svg width="1" height="{int(node.figure["layout"]["height"])}" aria-hidden="true"></svg>'
        return f'<div id="{escape(str(node.id))}" class="{escape(node.className)}">{room}</div>'
    if isinstance(node, Svg):
        pairs = ((NAMES.get(name, name), value) for name, value in node.attributes.items())
        written = "".join(f' {name}="{escape(str(value))}"' for name, value in pairs)
        return f"<{node.tag}{written}>{to_html(node.children)}</{node.tag}>"
    if isinstance(node, Page):
        return str(node.html)
    if isinstance(node, Input):
        return f"<input{_attributes(node)}>"
    if isinstance(node, Component) and node._namespace == NAMESPACE:
        tag = type(node).__name__.lower()
        text = f"<{tag}{_attributes(node)}>"
        return text if tag in VOID else f"{text}{to_html(getattr(node, 'children', None))}</{tag}>"
    raise TypeError(f"{type(node).__name__} kan niet als HTML worden geschreven")


def _properties(node: Component) -> dict[str, Any]:
    return dict(node.to_plotly_json()["props"])


def _attributes(node: Component) -> str:
    out = []
    for name, value in _properties(node).items():
        if name in SILENT or value is None or value is False:
            continue
        if name == "style":
            raise TypeError("style kan niet in de HTML: gebruik een class")
        if name in BOOLEAN:
            out.append(f" {name.lower()}")
        else:
            attribute = NAMES.get(name, name if "-" in name else name.lower())
            out.append(f' {attribute}="{escape(str(value))}"')
    return "".join(out)
