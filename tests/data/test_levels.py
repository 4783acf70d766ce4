"""The level of regions: provincie, COROP-gebied, politieregio, gemeente, Veilig Thuis-regio, landsdeel."""

from __future__ import annotations

import pytest

from data.choice import choose
from data.regions import LEVEL_OF_SLUG
from data.release import Release
from data.view import card_view

ORDERS = "ondertoezichtstellingen"
BANS = "tijdelijk-huisverbod"


@pytest.mark.parametrize(
    ("level", "regions", "first"),
    [
        ("landsdeel", 4, ("West-Nederland", 2985)),
        ("provincie", 12, ("Zuid-Holland", 1530)),
        ("corop-gebied", 40, ("Groot-Rijnmond", 695)),
    ],
)
def test_supervision_orders_that_ended_as_planned(
    level: str, regions: int, first: tuple[str, int], release: Release
) -> None:
    """StatLine 82975NED, 2023: every landsdeel, provincie and COROP-gebied."""
    card = card_view(release, choose(release, "regionaal", {"indicator": ORDERS, "niveau": level}))
    assert card.choice.notices == ()
    assert len(card.lines) == regions
    top = card.lines[0]
    figure = card.cell(top, card.columns[0])
    assert figure is not None
    assert (top.label, figure.value) == first


@pytest.mark.parametrize(
    ("level", "codes"),
    [("politieregio", {"X-hollands-midden"}), ("gemeente", {"GM1942"})],
)
def test_restraining_orders_per_police_region_and_per_gemeente(level: str, codes: set[str], release: Release) -> None:
    card = card_view(release, choose(release, "regionaal", {"indicator": BANS, "niveau": level}))
    assert {line.key for line in card.lines} == codes
    assert card.level == LEVEL_OF_SLUG[level]


def test_a_chosen_region_of_another_level_stays_and_stands_out(release: Release) -> None:
    query = {"indicator": "aantal-adviezen-en-meldingen", "niveau": "landsdeel", "regio": "VT02"}
    card = card_view(release, choose(release, "regionaal", query))
    assert [line.key for line in card.lines if line.chosen] == ["VT02"]
    assert {line.key[:2] for line in card.lines if not line.chosen} == {"LD"}
    assert card.choice.query["niveau"] == "landsdeel"


def test_every_level_that_is_offered_shows_that_level(release: Release) -> None:
    """For every indicator, with and without a chosen region; and a level that is off says so."""
    shown = 0
    for slug, view in sorted(release.filled):
        if view != "regionaal":
            continue
        first = choose(release, view, {"indicator": slug})
        options = first.options["niveau"]
        own = {code[:2] for code in release.comparable[slug, view].by_region()}
        assert {LEVEL_OF_SLUG[o.value] for o in options if o.available} == own
        for option in options:
            choice = choose(release, view, {"indicator": slug, "niveau": option.value})
            kinds = [(n.kind, n.parameter) for n in choice.notices]
            assert kinds == ([] if option.available else [("no_figures", "niveau")])
            card = card_view(release, choice)
            assert card.lines
            if option.available:
                shown += 1
                places = {f.row["regio_code"][:2] for *_, f in card.figures()}
                assert places == {LEVEL_OF_SLUG[option.value]}, f"{slug} {option.value}"
    assert shown > 30


def test_an_unknown_level_gives_the_default_and_a_notice(release: Release) -> None:
    choice = choose(release, "regionaal", {"indicator": ORDERS, "niveau": "wijk"})
    assert [(n.kind, n.parameter, n.value) for n in choice.notices] == [("unknown", "niveau", "wijk")]
    assert choice.level == ""
    assert "niveau" not in choice.query


def test_other_views_do_not_use_the_level(release: Release) -> None:
    for view in ("landelijk", "tijdreeksen"):
        choice = choose(release, view, {"indicator": "aantal-adviezen-en-meldingen", "niveau": "gemeente"})
        assert choice.notices == ()
        assert "niveau" not in choice.query
