"""Cards of the real figures: every view of every indicator, in every presentation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.choice import choose
from data.release import Release
from data.view import CardView, card_view


@pytest.fixture(scope="session")
def shown(release: Release) -> Callable[..., CardView]:
    """Makes the card of a view and a query: shown('regionaal', regio='PV22')."""

    def make(view: str, **query: str) -> CardView:
        return card_view(release, choose(release, view, query))

    return make


@pytest.fixture(scope="session")
def cards(release: Release) -> dict[str, CardView]:
    """The card of each pair of view and indicator with figures, in numbers and in shares where both are offered."""
    out = {}
    for slug, view in sorted(release.filled):
        first = choose(release, view, {"indicator": slug})
        for option in first.options["weergave"]:
            if option.available:
                query = {"indicator": slug, "weergave": option.value}
                out[f"{view} {slug} {option.value}"] = card_view(release, choose(release, view, query))
    return {name: card for name, card in out.items() if card.lines}
