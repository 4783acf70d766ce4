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
from statistics import NormalDist

import numpy as np

INNER, OUTER = (0.025, 0.975), (0.001, 0.999)
"""The tails of the inner (95%) and the outer limits (99.8%)."""
WINSORISED = 0.1
REACH = 12
"""So many standard deviations from its mean a Poisson count has no chance that matters (below 1e-25)."""

TOGETHER = 32
"""So many means are worked out in one go: with one at a time, all gemeenten took longer than the rest of their page."""
Limits = tuple[float, float]


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
    counts, _, _ = _quantiles([mean], [probability])
    return int(counts[0, 0])


def interpolated(mean: float, probability: float) -> float:
    """The Poisson quantile between whole numbers, so that limits run smoothly: r - a, and never below 0.

    With r the quantile and a = (P(X <= r) - p) / P(X = r), as in Spiegelhalter's appendix A.1.
    """
    return float(_interpolated([mean], [probability])[0, 0])


def _interpolated(means: Sequence[float], probabilities: Sequence[float]) -> np.ndarray:
    counts, reached, own = _quantiles(means, probabilities)
    between: np.ndarray = np.maximum(0.0, counts - (reached - np.asarray(probabilities)) / own)
    return between


def _quantiles(means: Sequence[float], probabilities: Sequence[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The quantiles, the probability of at most that count, and of that count itself: means x probabilities."""
    if not all(mean > 0 for mean in means) or not all(0 < each < 1 for each in probabilities):
        raise ValueError(f"geen verwacht aantal of geen kans: {means}, {probabilities}")
    out = np.empty((3, len(means), len(probabilities)))
    every = np.asarray(means, float)
    order = np.argsort(every)  # those of about one size have about as many counts that matter
    for rows in (order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)):
        first, own = _distributions(every[rows])
        below = own.cumsum(axis=1)
        for column, probability in enumerate(probabilities):
            at = (below < probability).sum(axis=1, keepdims=True)
            out[0, rows, column] = first + at[:, 0]
            out[1, rows, column] = np.take_along_axis(below, at, 1)[:, 0]
            out[2, rows, column] = np.take_along_axis(own, at, 1)[:, 0]
    return out[0], out[1], out[2]


def _distributions(means: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each mean the first count that matters, and from there on the probability of each count."""
    wide = REACH * np.sqrt(means)
    first = np.maximum(0.0, np.floor(means - wide))
    start = first * np.log(means) - means - [math.lgamma(each + 1) for each in first]
    counts = first[:, None] + np.arange(1, math.ceil(float(np.max(means + wide - first))) + REACH + 1)
    steps = np.log(means[:, None] / counts)
    return first, np.exp(np.concatenate((start[:, None], steps), axis=1).cumsum(axis=1))


def limits(expected: float, tails: tuple[float, float], spread: Spread = NO_SPREAD) -> Limits:
    """The counts between which that of a region may be expected.

    Without overdispersion these are the interpolated Poisson quantiles. With it their distances from what is expected
    are stretched by the square root of 1 + between^2 * expected: the variance with and without the differences between
    regions.

    Args:
        expected: the count of the region at the rate of the country, above 0.
        tails: the probability below the lower and below the upper limit.
        spread: how much regions differ.
    """
    low, high = _interpolated([expected], tails)[0].tolist()
    return _stretched(expected, low, high, spread)


def both(expected: Sequence[float], spread: Spread = NO_SPREAD) -> list[tuple[Limits, Limits]]:
    """The inner and the outer limits of many regions at once, as `limits` gives them one by one."""
    found = _interpolated(expected, (*INNER, *OUTER)).tolist()
    return [
        (_stretched(mean, low, high, spread), _stretched(mean, lowest, highest, spread))
        for mean, (low, high, lowest, highest) in zip(expected, found, strict=True)
    ]


def _stretched(expected: float, low: float, high: float, spread: Spread) -> Limits:
    stretch = math.sqrt(1 + spread.between**2 * expected)
    return max(0.0, expected + (low - expected) * stretch), expected + (high - expected) * stretch


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
