"""Components that Dash has not: an input, which html_text writes, and a finished page (assets/05-elementen.js)."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from components.house_style import shelf


class Input(Component):
    """An input of HTML: `value` is what stands in it at first."""

    _namespace = "impactmonitor"
    _type = "Input"
    _children_props: tuple[str, ...] = ()
    _base_nodes: tuple[str, ...] = ()
    _valid_wildcard_attributes = ("data-", "aria-")
    available_wildcard_properties = ("data-", "aria-")
    available_properties = (
        "id", "name", "type", "value", "list", "placeholder", "autoComplete", "className", "maxLength", "spellCheck",
    )  # fmt: skip

    def __init__(self, **properties: Any) -> None:
        self._prop_names = list(self.available_properties)
        self.__dict__.update(properties)  # given to Component by name, Dash would look for a package


class Page(Component):
    """A finished piece of a page: `html` is its text ('' where the document holds it), `graphs` its charts.

    With `into` it is the part of another page that waits for it, the one of that choice.
    """

    _namespace = "impactmonitor"
    _type = "Page"
    _children_props: tuple[str, ...] = ()
    _base_nodes: tuple[str, ...] = ()
    _valid_wildcard_attributes = ()
    available_wildcard_properties = ()
    available_properties = ("html", "graphs", "into")

    def __init__(self, **properties: Any) -> None:
        self._prop_names = list(self.available_properties)
        super().__init__(**properties)


def style_fields() -> list[Input]:
    """What a form must hold so that the page it leads to has the style of this one; nothing for the default."""
    return [Input(type="hidden", name=name, value=value) for name, value in shelf.carried({}).items()]
