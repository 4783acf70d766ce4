"""Addresses of pages and files for a choice."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from data.choice import Choice
from data.regions import Region

prefix = "/"


def address(path: str, query: Mapping[str, str] | None = None) -> str:
    """An address of this site for a path and a query; commas stay readable."""
    return f"{prefix}{path}" + (f"?{urlencode(query, safe=',')}" if query else "")


def csv_address(choice: Choice) -> str:
    """The address of the file with the figures of the card."""
    rest = {name: value for name, value in choice.query.items() if name != "indicator"}
    return address(f"csv/{choice.view}/{choice.indicator.slug}", rest)


def report_address(region: Region) -> str:
    """The address of the report of a region."""
    return address(f"rapport/{region.code}.pdf")
