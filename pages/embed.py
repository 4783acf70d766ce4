"""One card, to be framed by another site, at /embed/<view>/<indicator>."""

from __future__ import annotations

from typing import Any

import dash

from components.elements import html
from pages import view_page

# The names are those that pages.view_page reads; serving refuses an address that gives them a second time.
dash.register_page(__name__, path_template="/embed/<weergave_van>/<indicator>", title="Kaart")


def layout(weergave_van: Any = "", indicator: Any = "", **query: Any) -> html.Div:
    """The embed for a path and a query."""
    return view_page.embed_layout(str(weergave_van), query | {"indicator": str(indicator)})
