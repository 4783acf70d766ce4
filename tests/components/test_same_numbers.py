"""A wrong number, or a suppressed one shown as 0, is the worst defect there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from components.address import file_address
from components.export import card_csv
from data.choice import choose
from data.release import Release
from data.view import CardView, card_view
from tests.components.conftest import Offered
from tests.components.screen import as_published, graphs, same_everywhere


def test_every_view_with_figures_shows_figures(release: Release) -> None:
    empty = [
        f"{view} {slug}"
        for slug, view in sorted(release.filled)
        if not card_view(release, choose(release, view, {"indicator": slug})).lines
    ]
    assert empty == []


def test_chart_table_and_file_hold_the_same_numbers(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        try:
            same_everywhere(card, release)
            as_published(card, release)
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from None


def test_the_address_of_the_file_gives_exactly_the_figures_shown(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        address = urlsplit(file_address(card.choice, "csv"))
        view, indicator = address.path.split("/")[-2:]
        assert view == card.choice.view
        asked = choose(release, card.choice.view, dict(parse_qsl(address.query)) | {"indicator": indicator})
        assert not asked.notices, name
        assert card_csv(card_view(release, asked), release) == card_csv(card, release), name


@pytest.mark.parametrize(
    "query",
    [
        {"indicator": "aard-geweld-adviezen-meldingen-veilig-thuis", "regio": "GM1731", "periode": "2023JJ00"},
        {"indicator": "kerncijfers-veilig-thuis", "maat": "actieve-casussen", "periode": "2019HJ02"},
    ],
)
def test_a_suppressed_figure_is_nowhere_a_zero(
    query: dict[str, str], shown: Callable[..., CardView], release: Release
) -> None:
    """Every figure of the card in turn is hidden: the chart has no bar for it, and a word in its place."""
    card = shown("regionaal", **query)
    for key in list(card.cells)[:5]:
        hidden = card.cells | {key: replace(card.cells[key], value=None, sign="x")}
        changed = replace(card, cells=hidden)
        same_everywhere(changed, release)
        texts = [note["text"] for graph in graphs(changed, release) for note in graph.figure["layout"]["annotations"]]
        assert "geheim" in texts


@pytest.mark.parametrize(("view", "least"), [("landelijk", 60), ("regionaal", 80), ("tijdreeksen", 80)])
def test_numbers_agree_one_choice_away_from_each_view(
    view: str, least: int, offered: Offered, release: Release
) -> None:  # fmt: skip
    """Every measure, breakdown, period and presentation that is offered on the first view of an indicator."""
    faults = []
    for name, card in offered(view):
        try:
            assert not card.choice.notices, f"offered, and then {card.choice.notices}"
            assert card.lines, "offered, and then no figures"
            same_everywhere(card, release)
            as_published(card, release)
        except AssertionError as error:
            faults.append(f"{name}: {error}")
    assert faults == []
    assert len(offered(view)) > least
