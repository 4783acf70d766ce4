"""Shares of counts that are mostly rounded: only as exact as the rounding allows."""

from typing import Any

import numpy as np
import numpy.typing as npt

ROUNDED_TO = 5
LARGEST_DOUBT = 0.5


def share(part: float, total: float, rounded_to: int = ROUNDED_TO) -> float | None:
    """A share in whole percents of two counts that are rounded alike (`rounded_to` 0: not at all).

    Both can be half of `rounded_to` off. The share can then be off by that half times (1 + part/total), over
    the total. It is given in whole percents as long as that stays within half a percent, else not at all; nor
    is the share of a part that would round to 0%, which would say that there is none.
    """
    if total <= 0 or part > total:
        return None
    doubt = 100 * (rounded_to / 2) * (1 + part / total) / total
    percents = int(100 * part / total + 0.5)
    return None if doubt > LARGEST_DOUBT or (part > 0 and percents == 0) else float(percents)


def can_share(parts: npt.NDArray[Any], totals: npt.NDArray[Any], rounded_to: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """For many counts at once whether `share` gives a number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        doubt = 100 * (rounded_to / 2) * (1 + parts / totals) / totals
        percents = np.floor(100 * parts / totals + 0.5)
    found: npt.NDArray[np.bool_] = (totals > 0) & (parts <= totals) & (doubt <= LARGEST_DOUBT)
    found &= (percents > 0) | (parts <= 0)
    return found
