"""The elements of HTML as Dash components that cost little to make and to send.

Every element of dash.html checks each of its properties whenever it is made, and becomes JSON by asking for every
property that it could have. A page of a thousand elements spends most of its time on that. These are the same elements,
made without asking: a test makes the elements of the pages once more with the checks of Dash.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from dash import html as checked
from dash.development.base_component import Component

NAMESPACE = "dash_html_components"


class Light:
    """What makes an element of dash.html light."""

    __slots__ = ("written",)
    _type: str
    tag: str
    written: tuple[str, list[Any]] | None

    def __init__(self, children: Any = None, **properties: Any) -> None:
        self.written = None
        self.__dict__["children"] = children
        self.__dict__.update(properties)

    def to_plotly_json(self) -> dict[str, Any]:
        """The element as Dash sends it."""
        return {"props": dict(self.__dict__), "type": self._type, "namespace": NAMESPACE}


if TYPE_CHECKING:
    from dash import html as html
else:
    html = SimpleNamespace(
        **{
            name: type(name, (Light, element), {"__module__": __name__, "_prop_names": (), "tag": name.lower()})
            for name, element in vars(checked).items()
            if isinstance(element, type) and issubclass(element, Component)
        }
    )
