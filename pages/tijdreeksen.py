"""The view tijdreeksen."""

from typing import Any

import dash

from components.elements import html
from pages import view_page

dash.register_page(__name__, path="/tijdreeksen", title="Tijdreeksen")


def layout(**query: Any) -> html.Div:
    """The page for a query."""
    return view_page.layout("tijdreeksen", query)
