"""Addresses of pages and files for a choice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from components.house_style import shelf
from data.choice import Choice
from data.regions import Region

prefix = "/"
# Files of figures, scripts and the like: the same in every style.
NO_LOOKS = re.compile(r"(?:_|api/|assets/|csv/|xlsx/|download/)|.*\.(?!pdf$)\w+$")


def address(path: str, query: Mapping[str, str] | None = None) -> str:
    """An address of this site for a path and a query; commas stay readable.

    What looks different in another style takes along the one that was asked for.
    """
    path, mark, part = path.partition("#")
    asked = dict(query or {})
    if not NO_LOOKS.match(path):
        asked = shelf.carried(asked)
    return f"{prefix}{path}" + (f"?{urlencode(asked, safe=',')}" if asked else "") + mark + part


def bare(path: str) -> str:
    """The address of a path alone: to compare with that of a request, or for a form, whose fields hold the rest."""
    return f"{prefix}{path}"


def card_address(choice: Choice) -> str:
    """The address of the page with exactly these figures."""
    return address(choice.view, choice.query)


def file_address(choice: Choice, kind: str, more: Mapping[str, str] | None = None) -> str:
    """The address of a form of the card (csv, xlsx, svg, png or embed) with the choice that it shows.

    Args:
        choice: what it shows.
        kind: the form, which begins its path.
        more: further parameters.
    """
    rest = {name: value for name, value in choice.query.items() if name != "indicator"}
    return address(f"{kind}/{choice.view}/{choice.indicator.slug}", rest | dict(more or {}))


def report_address(region: Region) -> str:
    """The address of the report of a region."""
    return address(f"rapport/{region.code}.pdf")
