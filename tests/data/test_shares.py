from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.shares import share

fives = st.integers(0, 40_000).map(lambda number: 5 * number)


@pytest.mark.parametrize(
    ("part", "total", "percents"),
    [
        (1605, 2960, 54),
        (1060, 1905, 56),
        (2960, 2960, 100),
        (0, 2960, 0),
        (125, 1000, 13),
        (135, 1000, 14),
    ],
)
def test_a_share_in_whole_percents(part: float, total: float, percents: float) -> None:
    assert share(part, total) == percents


@pytest.mark.parametrize(
    ("part", "total"),
    [(70, 130), (10, 105), (5, 5), (0, 0), (10, 0), (5, 2000), (600, 500)],
)
def test_no_share_where_rounding_leaves_it_in_doubt_or_nothing_would_be_left(part: float, total: float) -> None:
    assert share(part, total) is None


@given(fives, fives)
def test_a_share_is_never_outside_0_and_100(part: int, total: int) -> None:
    percents = share(part, total)
    assert percents is None or 0 <= percents <= 100


@given(fives, fives, st.floats(-2.5, 2.5), st.floats(-2.5, 2.5))
def test_whatever_was_rounded_the_share_is_at_most_one_percent_off(
    part: int, total: int, off_part: float, off_total: float
) -> None:
    percents = share(part, total)
    true_part, true_total = part + off_part, total + off_total
    if percents is None or not 0 <= true_part <= true_total:
        return
    assert abs(100 * true_part / true_total - percents) <= 1.01


@given(fives.filter(bool), fives)
def test_a_part_that_is_there_is_never_0_percent(part: int, total: int) -> None:
    assert share(part, total) != 0


@given(st.integers(1, 4), st.integers(1, 200))
def test_exact_counts_have_exact_shares(part: int, times: int) -> None:
    assert share(part * times, 4 * times, rounded_to=0) == 25 * part
