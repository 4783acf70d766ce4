"""Fair comparison of counts that are mostly rounded: per 10,000 inhabitants, changes, and a place among others.

Pure functions. Each gives no more digits than the rounding of the source allows, and nothing where the rounding
makes it meaningless.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from data import periods
from data.errors import DataError
from data.files import read_toml
from data.inhabitants import Population
from data.shares import ROUNDED_TO

PER = 10_000
KINDS = ("jaar", "halfjaar")
# How far the last digit shown may be off; between the two the number is 'ongeveer'.
EXACT, ABOUT = 0.5, 1.0
# A number of which more than this part is doubt says nothing.
MOST_DOUBT = 0.25
FOLDER = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Rounded:
    """A number that we computed, as exact as the rounding of its source allows.

    Attributes:
        value: the number, rounded to `decimals`.
        decimals: how many may be shown.
        about: whether the last digit can be one off ('ongeveer').
        low: the least that it can be, given the rounding.
        high: the most.
    """

    value: float
    decimals: int
    about: bool
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """The difference between two counts: absolute, and in percent of the first; None where rounding hides it."""

    absolute: float | None
    percent: Rounded | None


@dataclass(frozen=True)
class Place:
    """A place in the order of numbers from high to low; says nothing of good or bad.

    Attributes:
        place: 1 for the highest number; equal numbers have one place.
        of: how many have a number.
        shared: whether another one has the same number.
    """

    place: int
    of: int
    shared: bool


@dataclass(frozen=True)
class PlaceBetween:
    """A place in the order of numbers that are not exact: the highest and the lowest that it can be.

    Attributes:
        first: the place when all doubt is in its favour.
        last: the place when all doubt is against it.
        of: how many have a number.
    """

    first: int
    last: int
    of: int


def rate(count: float, inhabitants: int, rounded_to: int = ROUNDED_TO) -> Rounded | None:
    """A count per 10,000 inhabitants; None when rounding leaves too little of it.

    The inhabitants are counted exactly; the count can be half of `rounded_to` off (0: it is exact). One decimal
    as long as it can be at most half a digit off, else a whole number, else 'ongeveer' a whole number that is at
    most one off, else nothing. Nothing either for a number that would read as 0, or that is a quarter doubt.

    Args:
        count: the published count.
        inhabitants: of the same region on 1 January of the same year.
        rounded_to: what the source rounds its counts to.
    """
    if inhabitants <= 0 or count < 0:
        return None
    exact, doubt = PER * count / inhabitants, PER * rounded_to / 2 / inhabitants
    return _rounded(exact, doubt, exact - doubt, exact + doubt, most_decimals=1)


def _rounded(exact: float, doubt: float, low: float, high: float, most_decimals: int) -> Rounded | None:
    if doubt > MOST_DOUBT * abs(exact) or doubt > ABOUT:
        return None
    decimals = most_decimals
    while decimals and doubt * 10**decimals > EXACT:
        decimals -= 1
    value = _half_up(exact, decimals)
    if value == 0 and exact != 0:
        return None
    return Rounded(value, decimals, doubt * 10**decimals > EXACT, low, high)


def _half_up(value: float, decimals: int) -> float:
    """Round the way people do: a half goes away from zero."""
    step = 10**decimals
    return math.copysign(math.floor(abs(value) * step + 0.5 + 1e-9) / step, value)


def can_rate(
    counts: npt.NDArray[Any], inhabitants: npt.NDArray[Any], rounded_to: npt.NDArray[Any]
) -> npt.NDArray[np.bool_]:
    """For many counts at once whether `rate` gives a number; nobody lives (0) where no number is known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        exact, doubt = PER * counts / inhabitants, PER * rounded_to / 2 / inhabitants
        fits = (inhabitants > 0) & (counts >= 0) & (doubt <= MOST_DOUBT * exact) & (doubt <= ABOUT)
        step = np.where(doubt * 10 > EXACT, 1, 10)
        zero = np.floor(exact * step + 0.5 + 1e-9) == 0
    found: npt.NDArray[np.bool_] = fits & ~(zero & (exact != 0))
    return found


def change(now: float, before: float, rounded_to: int = ROUNDED_TO) -> Change:
    """The change from one count to another of the same thing in the same area.

    The absolute change is that of the published counts. It is absent when it is no larger than rounding alone can
    make it, and so is the percentage then; the percentage is also absent where it could be more than one off.

    Args:
        now: the later count.
        before: the earlier count.
        rounded_to: what the source rounds its counts to; 0 for exact counts.
    """
    difference = now - before
    if abs(difference) <= rounded_to and rounded_to:
        return Change(None, None)
    if before <= 0:
        return Change(difference, None)
    half = rounded_to / 2
    low, high = ((now + sign * half) / (before - sign * half) - 1 for sign in (-1, 1)) if before > half else (-1.0, 1.0)
    exact = 100 * difference / before
    doubt = max(100 * high - exact, exact - 100 * low)
    return Change(difference, _rounded(exact, doubt, 100 * low, 100 * high, most_decimals=0) if difference else None)


def place(own: float, every: Collection[float]) -> Place:
    """The place of a number among all (itself included), counted from the highest."""
    values = np.fromiter(every, float, len(every))
    return Place(int((values > own).sum()) + 1, len(every), int((values == own).sum()) > 1)


def place_between(own: Rounded, others: Collection[Rounded]) -> PlaceBetween:
    """The place of a number among others, counted from the highest, as far as the rounding of all is sure of it."""
    above = sum(each.low > own.high for each in others)
    below = sum(each.high < own.low for each in others)
    return PlaceBetween(above + 1, len(others) + 1 - below, len(others) + 1)


def peers(own: str, inhabitants: Mapping[str, int], count: int = 5) -> list[str]:
    """The regions whose population is nearest to that of `own`, the nearest first.

    Args:
        own: the code of the region.
        inhabitants: the regions of one level to choose from, with their inhabitants in one year.
        count: how many.
    """
    here = inhabitants.get(own)
    if not here:
        return []
    others = [code for code, number in inhabitants.items() if code != own and number > 0]
    return sorted(others, key=lambda code: (abs(math.log(inhabitants[code] / here)), code))[:count]


@cache
def measures(folder: Path = FOLDER) -> frozenset[str]:
    """The measures of which a number per 10,000 inhabitants says something (rates.toml).

    Raises:
        DataError: the file cannot be used.
    """
    listed = read_toml(folder / "rates.toml").get("per_inwoners")
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise DataError("rates.toml: per_inwoners is geen lijst van maten")
    return frozenset(listed)


def year_for(maat: str, unit: str, sign: str, period: str) -> int | None:
    """The year whose inhabitants a figure may be divided by; None when it may not have a rate at all.

    Only a plain count (no percentage, no 'ruim' or 'bijna') of a declared measure over a year or a half-year.
    """
    time = periods.period(period)
    fits = unit == "aantal" and not sign and maat in measures() and time.kind in KINDS
    return time.year if fits else None


def rate_of(
    count: float, sign: str, maat: str, unit: str, period: str, population: Population | None, rounded_to: int
) -> Rounded | None:
    """The rate of a published figure, None when it has none. See `year_for` and `rate`.

    Args:
        count: the published count.
        sign: the source's sign or hedge beside it.
        maat: what was counted.
        unit: of the figure.
        period: its code.
        population: of the region of the figure in the year of the figure; another year gives no rate.
        rounded_to: what the source rounds its counts to.
    """
    year = year_for(maat, unit, sign, period)
    if population is None or year is None or population.year != year:
        return None
    return rate(count, population.inhabitants, rounded_to)
