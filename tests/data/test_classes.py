from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import classes


@pytest.mark.parametrize(
    ("values", "decimals", "expected"),
    [
        ([31, 38, 45, 52], 0, [30, 35, 40, 45, 50][:5]),
        ([12, 60, 88], 0, [0, 20, 40, 60, 80]),
        ([37.9, 38.4, 39.0], 1, [37.5, 38.0, 38.5, 39.0]),
        ([7, 7], 0, [7]),
    ],
)
def test_limits_are_round_numbers(values: list[float], decimals: int, expected: list[float]) -> None:
    assert classes.limits(values, decimals) == expected


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=30), st.integers(0, 1))
def test_every_value_has_a_class_and_the_legend_says_which(numbers: list[int], decimals: int) -> None:
    values = [n / 10**decimals for n in numbers]
    lower = classes.limits(values, decimals)
    assert 1 <= len(lower) <= classes.MOST_CLASSES
    for value in values:
        at = classes.class_of(value, lower)
        assert lower[at] <= value
        if len(lower) > 1:
            assert value <= classes.upper(lower, at, decimals)


def test_a_value_below_all_classes_is_an_error() -> None:
    with pytest.raises(ValueError, match="laagste grens"):
        classes.class_of(1, [2, 4])


def test_the_circles_of_a_legend_are_round_numbers_within_reach() -> None:
    assert classes.examples(4_560) == [2_000, 500, 100]
    assert classes.examples(7) == [5, 1]
