"""Round numbers for a legend: the limits of classes of a map, and the sizes of its circles. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection
from fractions import Fraction

MOST_CLASSES = 5


def _steps() -> list[Fraction]:
    return [Fraction(10) ** power * digit for power in range(-2, 9) for digit in (1, 2, 5)]


def limits(values: Collection[float], decimals: int = 0, most: int = MOST_CLASSES) -> list[float]:
    """The lower limits of classes of equal width at round numbers, the lowest first.

    A value belongs to the last class of which it reaches the limit. The width is the smallest of 1, 2, 5, 10, 20, ...
    (or a tenth of it, as far as `decimals` go) with which the values need no more than `most` classes.

    Args:
        values: the numbers, at least one.
        decimals: how many decimals are shown; no limit has more.
        most: how many classes at most.
    """
    exact = [Fraction(str(value)) for value in values]
    smallest = Fraction(1, 10**decimals)
    for step in _steps():
        first, last = math.floor(min(exact) / step), math.floor(max(exact) / step)
        if step >= smallest and last - first < most:
            return [float(step * at) for at in range(first, last + 1)]
    raise ValueError("te grote getallen voor klassen")


def upper(lower: list[float], at: int, decimals: int) -> float:
    """The highest number, as shown, that belongs to a class; the last one is as wide as the others."""
    width = lower[1] - lower[0] if len(lower) > 1 else 0.0
    end = lower[at + 1] if at + 1 < len(lower) else lower[at] + width
    return round(end - 10.0**-decimals, decimals)


def class_of(value: float, lower: list[float]) -> int:
    """The place of the class that a value belongs to, from 0.

    Raises:
        ValueError: the value is below the lowest limit.
    """
    if value < lower[0]:
        raise ValueError(f"{value} ligt onder de laagste grens")
    return sum(value >= limit for limit in lower) - 1


def examples(largest: float) -> list[float]:
    """Round numbers for the circles of a legend, the largest first: up to three, none above `largest`."""
    fitting = [step for step in _steps() if 1 <= step <= largest]
    return [float(step) for step in fitting[::-2][:3]]
