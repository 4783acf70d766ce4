"""Where a series leaves the range of its earlier figures: by hand, and in the published series."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.choice import choose
from data.marks import leaving
from data.release import Release
from data.view import CardView, card_view


@pytest.mark.parametrize(
    ("values", "steps", "edges", "expected"),
    [
        # Four earlier ones are needed.
        ([10, 20, 30, 40], 0, (), {}),
        ([10, 20, 15, 12, 21], 0, (), {4: "hoger"}),
        ([10, 20, 15, 12, 9], 0, (), {4: "lager"}),
        ([10, 20, 15, 12, 20], 0, (), {}),
        # Rounded to fives: 20 can be 22,4 and 25 can be 22,6; but 20 can also be 17,6 and 25 as low as 22,5.
        ([10, 20, 15, 10, 25], 5, (), {}),
        ([10, 20, 15, 10, 30], 5, (), {4: "hoger"}),
        # What is not known is no figure, and not 0.
        ([10, None, 20, 15, 12, None, 9], 0, (), {6: "lager"}),
        ([None, None, 20, 15, 12, 30], 0, (), {}),
        # Never over a break: there a new count begins.
        ([10, 20, 15, 12, 90], 0, (4,), {}),
        ([90, 10, 20, 15, 12, 21], 0, (1,), {5: "hoger"}),
        ([10, 20, 15, 12, 21, 22, 5], 0, (), {4: "hoger", 5: "hoger", 6: "lager"}),
    ],
)
def test_the_rule(values: list[float | None], steps: int, edges: tuple[int, ...], expected: dict[int, str]) -> None:
    assert leaving(values, [steps] * len(values), edges) == expected


@given(st.lists(st.integers(0, 200).map(lambda n: 5.0 * n), min_size=5, max_size=12), st.randoms(use_true_random=False))
def test_a_mark_holds_for_every_series_that_rounds_to_the_published_one(values: list[float], random: object) -> None:
    found = leaving(values, [5.0] * len(values))
    exact = [value + random.uniform(-2.5, 2.5) for value in values]  # type: ignore[attr-defined]
    for at, way in found.items():
        assert exact[at] > max(exact[:at]) if way == "hoger" else exact[at] < min(exact[:at])


def card(release: Release, **query: str) -> CardView:
    return card_view(release, choose(release, "tijdreeksen", query))


def test_adviezen_and_meldingen_of_nederland(release: Release) -> None:
    """Impactmonitor 2022, figure 4.1, and StatLine for 2025.

    Adviezen: 53.145, 54.540, 58.575, 63.475, 67.545, 66.625, 66.155, and 84.935 in 2025; meldingen: 65.075, 66.730,
    64.505, 62.910, 60.880, 58.500, 59.985, and 66.270 in 2025.
    """
    found = card(release, indicator="aantal-adviezen-en-meldingen").marks
    assert found == {
        ("2021HJ01", "Gestarte adviezen|NL01"): "hoger",
        ("2025HJ01", "Gestarte adviezen|NL01"): "hoger",
        ("2021HJ01", "Ontvangen meldingen|NL01"): "lager",
        ("2021HJ02", "Ontvangen meldingen|NL01"): "lager",
    }


def test_a_hedge_leaves_too_much_open(release: Release) -> None:
    """The Raad says 'ruim 16.000' for 2016: nothing in that series is marked; the other one is."""
    found = card(release, indicator="onderzoeken-raad-voor-de-kinderbescherming")
    assert any(f.sign == "ruim" for *_, f in found.figures())
    # Gevraagde beschermingsmaatregelen 2019-2024, not rounded: 11.368, 10.844, 9.980, 8.206, 8.201, 7.912.
    assert {(period, column.split("|")[0]) for period, column in found.marks} == {
        ("2023JJ00", "Gevraagde beschermingsmaatregelen"),
        ("2024JJ00", "Gevraagde beschermingsmaatregelen"),
    }


def test_only_series_have_marks(release: Release) -> None:
    assert card_view(release, choose(release, "regionaal", {})).marks == {}
    assert card_view(release, choose(release, "landelijk", {})).marks == {}
