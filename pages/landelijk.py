"""The view landelijk."""

from typing import Any

import dash

from components.elements import html
from pages import view_page

dash.register_page(__name__, path="/landelijk", title="Landelijk beeld")


def layout(**query: Any) -> html.Div:
    """The page for a query."""
    return view_page.layout("landelijk", query)
