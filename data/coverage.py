"""How far the release fills a cross of the Impactmonitor: one rule for each view, the same for every indicator.

Only figures of the indicator's own concept count, so not the totals that give its shares a base, and only
numbers: a sign says that there is no number.

- landelijk is full when there is a number for Nederland;
- regionaal when the same thing is known of three regions of one level in one period;
- tijdreeksen when one and the same series has three comparable periods.

Partly is what shows something and reaches less. Nothing is what leads to a card without figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

import numpy as np

from data import periods
from data.catalogue import Break, Indicator, View
from data.kept import per_release
from data.regions import Regions
from data.release import COUNTRY, Release
from data.store import NUMBER, Part

Coverage = Literal["volledig", "deels", "geen"]
COVERAGES: tuple[Coverage, ...] = ("volledig", "deels", "geen")
ENOUGH = 3
BEYOND = "veilig-thuis-in-detail"


def coverage(release: Release, indicator: Indicator, view: View) -> Coverage:
    """How far the release fills a view of an indicator."""
    if (indicator.slug, view) not in release.filled:
        return "geen"
    own = of_concept(release, indicator, view)
    full = {
        "landelijk": lambda: full_country(own),
        "regionaal": lambda: full_regions(own),
        "tijdreeksen": lambda: full_series(own, indicator.breuken, release.regions),
    }
    return "volledig" if full[view]() else "deels"


def of_concept(release: Release, indicator: Indicator, view: View) -> Part:
    """The figures that count: a breakdown that another indicator lends is shown beside, and is not of this concept."""
    own = release.own(indicator, view)
    lent = {name for reference in indicator.verwijst for name in reference.kenmerken} - set(indicator.kenmerken)
    return own.of_breakdowns([name for name in own.box.kenmerken if name not in lent])


def full_country(part: Part) -> bool:
    """Whether there is a number for Nederland."""
    return not part.that(NUMBER).of_levels((COUNTRY[:2],)).empty


def full_regions(part: Part) -> bool:
    """Whether the same thing is known of enough regions of one level in one period."""
    return most_regions(part) >= ENOUGH


def most_regions(part: Part) -> int:
    """Of how many regions of one level, at most, the same thing is known in one period."""
    return part.that(NUMBER).without_country().most_regions()


def full_series(part: Part, breaks: tuple[Break, ...], regions: Regions) -> bool:
    """Whether one series has enough periods of one kind with no break between them."""
    return most_periods(part, breaks, regions) >= ENOUGH


def most_periods(part: Part, breaks: tuple[Break, ...], regions: Regions) -> int:
    """How many periods of one kind, at most, one series has with no break between them."""
    changed: dict[int | None, list[str]] = {}
    for code in part.regions:
        changed.setdefault(regions[code].changed, []).append(code)
    most = 0
    for year, codes in changed.items():
        there = part.that(NUMBER).of_regions(codes).there()
        stretches = [_stretch(period, breaks, year) for period in part.periods]
        for stretch in dict.fromkeys(stretches):
            same = [at for at, each in enumerate(stretches) if each == stretch]
            most = max(most, int(there[..., same].sum(axis=-1, dtype=np.uint8).max(initial=0)))
    return most


def _stretch(period: str, breaks: tuple[Break, ...], changed: int | None) -> str:
    """What a period shares with those it can be compared with: its kind, and the breaks that lie before it."""
    here = periods.period(period)
    starts = [periods.period(each.periode).start for each in breaks]
    if changed:
        starts.append(f"{changed}-01-01")
    return f"{here.kind} {sum(start <= here.start for start in starts)}"


@per_release
def crosses(release: Release) -> Mapping[tuple[str, str, View], Coverage]:
    """The cross of each theme, indicator and view in declared order; under two themes it is two crosses."""
    return {
        (theme.id, indicator.slug, view): coverage(release, indicator, view)
        for theme in release.catalogue.themes
        for indicator in release.catalogue.of_theme(theme.id)
        for view in indicator.views
    }


def counts(found: Mapping[tuple[str, str, View], Coverage], *, beyond: bool) -> dict[Coverage, int]:
    """How many crosses are full, partly filled and empty.

    Args:
        found: the crosses.
        beyond: those beyond the Impactmonitor, instead of those of the Impactmonitor itself.
    """
    count = Counter(how for (theme, *_), how in found.items() if (theme == BEYOND) == beyond)
    return {how: count[how] for how in COVERAGES}


def first_view(release: Release, indicator: Indicator) -> View:
    """The view that shows an indicator best: its first one with figures, else its first one."""
    return next((v for v in indicator.views if (indicator.slug, v) in release.filled), indicator.views[0])
