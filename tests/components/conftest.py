"""Cards of the real figures: every view of every indicator, in every presentation."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from data.choice import choose
from data.release import Release
from data.view import CardView, card_view

Offered = Callable[[str], list[tuple[str, CardView]]]


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


@pytest.fixture(scope="session")
def offered(release: Release) -> Offered:
    """The first card of every indicator of a view, and each card that is one offered choice away; made once.

    Each measure, breakdown, period and presentation, by a name that says which.
    """

    @cache
    def walk(view: str) -> list[tuple[str, CardView]]:
        out: dict[tuple[tuple[str, str], ...], tuple[str, CardView]] = {}
        for slug in sorted(slug for slug, with_figures in release.filled if with_figures == view):
            first = choose(release, view, {"indicator": slug})
            asked = [{}] + [
                {first.selection.parameter if name == "categorie" else name: option.value}
                for name, options in first.options.items() if name not in ("indicator", "regio")
                for option in options if option.available and option.value
            ]  # fmt: skip
            for more in asked:
                choice = choose(release, view, {"indicator": slug, **more})
                if (key := tuple(choice.query.items())) not in out:
                    out[key] = f"{view} {slug} {more}", card_view(release, choice)
        return list(out.values())

    return walk
