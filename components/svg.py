"""SVG in a page: one component for all its elements, written as HTML by html_text, drawn by assets/05-elementen.js.

Dash has HTML elements only. An element here is its tag, its attributes and what stands in it; links, groups and
text in an SVG can have the focus and a name, which a picture cannot.
"""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development.base_component import Component

TAGS = frozenset({"svg", "g", "a", "rect", "circle", "path", "text", "tspan", "title", "defs", "pattern"})


class Svg(Component):  # type: ignore[misc] # Dash has no types for it
    """An SVG element. `attributes` has the names of React: className, viewBox, aria-label."""

    _namespace = "impactmonitor"
    _type = "Svg"
    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = ["children"]
    _prop_names: ClassVar[list[str]] = ["children", "tag", "attributes"]
    _valid_wildcard_attributes: ClassVar[list[str]] = []

    children: Any
    tag: str
    attributes: dict[str, Any]


def svg(tag: str, children: Any = None, **attributes: Any) -> Svg:
    """An SVG element; an attribute that is None is left out.

    Raises:
        ValueError: the tag is not one of those that pages draw with.
    """
    if tag not in TAGS:
        raise ValueError(f"{tag} is geen element voor een tekening")
    node = Svg()  # given by name to Svg, Dash would look for a package of its namespace: slow, and there is none
    node.children = children
    node.tag = tag
    node.attributes = {name: value for name, value in attributes.items() if value is not None}
    return node
