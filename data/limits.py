"""Limits within which a count may be expected, for a funnel plot: rates against the size of a region.

After D.J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005),
1185-1202. Pure functions. A count is compared with what the region would have at the rate of the whole country. What
chance alone can make of that is exact Poisson, interpolated between whole numbers as in his appendix. Regions differ
more than chance alone would make them: that is the overdispersion, estimated from the regions themselves with the
outer tenth on both sides drawn in (winsorised), so that the remarkable do not hide themselves.

Of his two ways the additive one is used: each region has a rate of its own around that of the country, for their
populations and registrations differ, whatever their size. The other one (multiplicative) widens all limits by one
factor, which the large regions set: a small gemeente would then be within its limits whatever happens there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

INNER, OUTER = (0.025, 0.975), (0.001, 0.999)
"""The tails of the inner (95%) and the outer limits (99.8%)."""
WINSORISED = 0.1
REACH = 12
"""So many standard deviations from its mean a Poisson count has no chance that matters (below 1e-25)."""


@dataclass(frozen=True)
class Spread:
    """How much regions differ beyond chance.

    Attributes:
        phi: Spiegelhalter's: the mean of the squared z-scores, the outer ones drawn in.
        between: the standard deviation of the regions' own rates, as a part of the rate of the country; 0 where chance
            alone explains the differences.
    """

    phi: float
    between: float


NO_SPREAD = Spread(1.0, 0.0)


def poisson(mean: float, probability: float) -> int:
    """The Poisson quantile: the smallest count at or below which lies at least this probability."""
    _check(mean, probability)
    first, _, below = _distribution(mean)
    return first + int(below.searchsorted(probability))


def interpolated(mean: float, probability: float) -> float:
    """The Poisson quantile between whole numbers, so that limits run smoothly: r - a, and never below 0.

    With r the quantile and a = (P(X <= r) - p) / P(X = r), as in Spiegelhalter's appendix A.1.
    """
    _check(mean, probability)
    first, own, below = _distribution(mean)
    at = int(below.searchsorted(probability))
    return max(0.0, first + at - (float(below[at]) - probability) / float(own[at]))


def _check(mean: float, probability: float) -> None:
    if not mean > 0 or not 0 < probability < 1:
        raise ValueError(f"geen verwacht aantal of geen kans: {mean}, {probability}")


@lru_cache(maxsize=16)
def _distribution(mean: float) -> tuple[int, np.ndarray, np.ndarray]:
    """The first count that matters, and from there on the probability of each count and of at most that count."""
    wide = REACH * math.sqrt(mean)
    first = max(0, math.floor(mean - wide))
    start = first * math.log(mean) - mean - math.lgamma(first + 1)
    steps = np.log(mean / np.arange(first + 1, math.ceil(mean + wide + REACH) + 1))
    own = np.exp(np.concatenate(([start], steps)).cumsum())
    return first, own, own.cumsum()


def limits(expected: float, tails: tuple[float, float], spread: Spread = NO_SPREAD) -> tuple[float, float]:
    """The counts between which that of a region may be expected.

    Without overdispersion these are the interpolated Poisson quantiles. With it their distances from what is expected
    are stretched by the square root of 1 + between^2 * expected: the variance with and without the differences between
    regions.

    Args:
        expected: the count of the region at the rate of the country, above 0.
        tails: the probability below the lower and below the upper limit.
        spread: how much regions differ.
    """
    stretch = math.sqrt(1 + spread.between**2 * expected)
    low, high = (expected + (interpolated(expected, tail) - expected) * stretch for tail in tails)
    return max(0.0, low), high


def both(expected: float, spread: Spread = NO_SPREAD) -> tuple[tuple[float, float], tuple[float, float]]:
    """The inner and the outer limits: one after the other, since they come from one distribution, which is kept."""
    return limits(expected, INNER, spread), limits(expected, OUTER, spread)


def spread(observed: Sequence[float], expected: Sequence[float], rounded_to: int = 0) -> Spread:
    """How much regions differ beyond chance, and beyond what rounding adds.

    The z-score of a region is (observed - expected) / sqrt(variance); the variance is that of chance (expected) plus
    that of rounding (rounded_to^2 / 12). The lowest and highest tenth of the scores are set to the next one; phi is the
    mean of their squares. That makes it smaller than it would be: of normal scores 0.68 is left. Spiegelhalter leaves
    it so; here it is divided by that part, for limits that are too narrow would call too many regions remarkable. With
    n regions and w = expected^2 / variance, the square of `between` is (n phi - (n - 1)) / (sum w - sum w^2 / sum w),
    or 0 where that is negative.

    Args:
        observed: the counts.
        expected: the counts at the rate of the country, each above 0.
        rounded_to: what the source rounds its counts to; 0: not at all.

    Raises:
        ValueError: fewer than two regions, or lists of different lengths.
    """
    if len(observed) < 2:
        raise ValueError("te weinig regio's")
    variances = [e + rounded_to**2 / 12 for e in expected]
    scores = sorted((o - e) / math.sqrt(v) for o, e, v in zip(observed, expected, variances, strict=True))
    number = len(scores)
    cut = math.floor(WINSORISED * number)
    low, high = scores[cut], scores[number - 1 - cut]
    phi = sum(min(max(score, low), high) ** 2 for score in scores) / number
    weights = [e * e / v for e, v in zip(expected, variances, strict=True)]
    total = sum(weights)
    whole = phi / _left(cut / number)
    between = (number * whole - (number - 1)) / (total - sum(w * w for w in weights) / total)
    return Spread(phi, math.sqrt(max(0.0, between)))


def _left(part: float) -> float:
    """What is left of the mean square of normal scores when this part is drawn in on both sides."""
    if not part:
        return 1.0
    normal = NormalDist()
    edge = normal.inv_cdf(1 - part)
    return 1 - 2 * part - 2 * edge * normal.pdf(edge) + 2 * part * edge**2


def beyond(count: float, low: float, high: float, rounded_to: int = 0) -> int:
    """Whether a count lies outside limits, whatever was rounded away: -1 below, 1 above, 0 within or not sure.

    A count that was rounded to fives stands for any that is up to 2.5 away; it only lies outside when all of these do.
    """
    half = rounded_to / 2
    return 1 if count - half > high else -1 if count + half < low else 0
