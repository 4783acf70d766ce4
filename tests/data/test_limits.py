"""The limits of the funnel: against scipy, against Spiegelhalter's own numbers, and against a sum done by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from data import limits
from data.limits import INNER, OUTER, Spread

MEANS = (0.3, 1.0, 2.5, 7.7, 23.0, 104.2, 999.5, 7_368.4, 127_340.0)
TAILS = (*INNER, *OUTER, 0.5)


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("tail", TAILS)
def test_the_quantile_is_that_of_scipy(mean: float, tail: float) -> None:
    assert limits.poisson(mean, tail) == stats.poisson.ppf(tail, mean)


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("tail", TAILS)
def test_between_whole_numbers_it_is_interpolated_as_spiegelhalter_does(mean: float, tail: float) -> None:
    r = stats.poisson.ppf(tail, mean)
    alpha = (stats.poisson.cdf(r, mean) - tail) / (stats.poisson.cdf(r, mean) - stats.poisson.cdf(r - 1, mean))
    assert limits.interpolated(mean, tail) == pytest.approx(max(0.0, r - alpha), abs=1e-4)


@given(st.floats(0.05, 20_000), st.floats(0.001, 0.999))
def test_any_quantile_is_that_of_scipy(mean: float, tail: float) -> None:
    found, there = limits.poisson(mean, tail), stats.poisson.ppf(tail, mean)
    # On the very edge of a step two ways of adding up can differ by one.
    edge = abs(stats.poisson.cdf(min(found, there), mean) - tail) < 1e-9
    assert found == there or (edge and abs(found - there) == 1)


def test_a_table_of_poisson_probabilities_gives_the_same() -> None:
    """For a mean of 4 the printed tables have P(X<=0) = 0.0183, P(X<=1) = 0.0916, P(X<=8) = 0.9786."""
    assert limits.poisson(4, 0.025) == 1
    assert limits.poisson(4, 0.975) == 8
    assert limits.interpolated(4, 0.025) == pytest.approx(1 - (0.0916 - 0.025) / (0.0916 - 0.0183), abs=2e-3)


@pytest.mark.parametrize(("mean", "tail"), [(0, 0.5), (-1, 0.5), (math.nan, 0.5), (3, 0), (3, 1)])
def test_what_is_no_mean_or_probability_is_refused(mean: float, tail: float) -> None:
    with pytest.raises(ValueError, match="verwacht aantal"):
        limits.poisson(mean, tail)


# Ten regions, each expected to have 100: the scores are (observed - 100) / 10.
OBSERVED = [60, 85, 90, 95, 100, 100, 105, 110, 120, 180]
EXPECTED = [100.0] * 10


def test_overdispersion_of_a_worked_example() -> None:
    """Worked by hand.

    The scores are -4, -1.5, -1, -0.5, 0, 0, 0.5, 1, 2, 8. A tenth of ten is one on each side: -4 becomes -1.5 and 8
    becomes 2. Squares: 2.25, 2.25, 1, 0.25, 0, 0, 0.25, 1, 4, 4: together 15, so phi = 1.5. Of normal scores drawn in
    at 1.2816 on both sides 0.8 - 2 * 1.2816 * 0.1755 + 0.2 * 1.6424 = 0.6787 is left: 1.5 / 0.6787 = 2.2102. The
    weights are 100 each: sum 1000, sum of squares over sum 100. So the square of the spread is
    (22.102 - 9) / 900 = 0.014557, the spread 0.1207.
    """
    found = limits.spread(OBSERVED, EXPECTED)
    assert round(found.phi, 3) == 1.5
    assert round(found.between, 4) == 0.1207
    # The variance of 100 is 100 + 0.014557 * 100^2 = 245.57: 1.567 times as wide.
    exact = [100 - stats.poisson.ppf(0.025, 100), stats.poisson.ppf(0.975, 100) - 100]
    low, high = limits.limits(100, INNER, found)
    assert 100 - low == pytest.approx(exact[0] * 1.567, abs=1.567)
    assert high - 100 == pytest.approx(exact[1] * 1.567, abs=1.567)


def test_overdispersion_of_regions_of_different_sizes() -> None:
    """The same formulas in exact fractions, for expected counts that are squares so that their roots are whole."""
    expected = [Fraction(n * n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20)]
    observed = [Fraction(n) for n in (8, 5, 22, 20, 45, 40, 80, 70, 130, 120, 300, 350)]
    scores = sorted((o - e) / Fraction(math.isqrt(int(e))) for o, e in zip(observed, expected, strict=True))
    drawn_in = [scores[1], *scores[1:-1], scores[-2]]
    phi = sum(z * z for z in drawn_in) / 12
    edge = stats.norm.ppf(11 / 12)
    left = stats.norm.expect(lambda z: min(abs(z), edge) ** 2)
    tau = (12 * float(phi) / left - 11) / float(sum(expected) - sum(e * e for e in expected) / sum(expected))
    found = limits.spread([float(o) for o in observed], [float(e) for e in expected])
    assert found.phi == pytest.approx(float(phi), rel=1e-9)
    assert found.between == pytest.approx(math.sqrt(tau), rel=1e-6)
    assert tau > 0


def test_rounding_counts_as_chance_and_not_as_a_difference_between_regions() -> None:
    """Counts rounded to fives have 25/12 more variance: of 10 expected, 12.08 in all."""
    observed, expected = [5.0, 15.0] * 6, [10.0] * 12
    assert limits.spread(observed, expected).phi == pytest.approx(2.5)
    assert limits.spread(observed, expected, rounded_to=5).phi == pytest.approx(25 / (10 + 25 / 12))


def test_differences_that_chance_explains_give_the_plain_limits() -> None:
    found = limits.spread([9, 11, 10, 10, 9, 11, 10, 12, 8, 10], [10.0] * 10)
    assert found.between == 0
    assert limits.limits(10, OUTER, found) == limits.limits(10, OUTER)
    assert limits.limits(10, OUTER)[1] == pytest.approx(limits.interpolated(10, 0.999))


@given(
    st.floats(0.5, 5_000), st.floats(0, 0.6),
)  # fmt: skip
def test_limits_hold_what_is_expected_and_grow_with_the_spread(expected: float, between: float) -> None:
    plain, wide = limits.limits(expected, OUTER), limits.limits(expected, OUTER, Spread(2.0, between))
    assert 0 <= wide[0] <= plain[0] <= expected <= plain[1] <= wide[1]
    inner = limits.limits(expected, INNER, Spread(2.0, between))
    assert wide[0] <= inner[0]
    assert inner[1] <= wide[1]


def test_a_rounded_count_is_only_outside_when_all_that_it_can_be_is() -> None:
    assert limits.beyond(35, 9.1, 32.6, rounded_to=5) == 0  # 32.5 would be within
    assert limits.beyond(35, 9.1, 32.4, rounded_to=5) == 1
    assert limits.beyond(35, 9.1, 32.6) == 1
    assert limits.beyond(5, 7.6, 32.0, rounded_to=5) == -1
    assert limits.beyond(5, 7.4, 32.0, rounded_to=5) == 0
    assert limits.beyond(0, 0.0, 3.0, rounded_to=5) == 0


@pytest.mark.parametrize(("observed", "expected"), [([1.0], [1.0]), ([1.0, 2.0], [1.0])])
def test_too_few_regions_or_lists_of_other_lengths_are_refused(observed: list[float], expected: list[float]) -> None:
    with pytest.raises(ValueError):
        limits.spread(observed, expected)
