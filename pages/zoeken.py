"""The results of the search box, at /zoeken?q=...; works without JavaScript."""

from __future__ import annotations

from typing import Any

import dash

from components.elements import html
from components.search import LABEL, results
from components.shell import MORE, PAGES, page_head, regions_of, shell
from data import current
from data.choice import flat

dash.register_page(__name__, path="/zoeken", title="Zoeken")


def layout(**query: Any) -> html.Div:
    """The page for a query: q, and the indicator that a region is opened with."""
    release = current.release()
    asked = flat(query)
    text, indicator = asked.get("q", "").strip()[:100], asked.get("indicator", "")
    known = indicator if indicator in release.catalogue.indicators else ""
    head = page_head("Zoeken", f"{LABEL}.")
    body = html.Div(results(release, text, known, (*PAGES, *MORE)), className="zoekresultaten")
    title = f"Zoeken: {text}" if text else "Zoeken"
    kept = ({"indicator": known} if known else {}) | regions_of(query)
    return html.Div(shell("zoeken", title, [head, body], release, kept, text), id="klaar")
