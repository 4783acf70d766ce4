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
from functools import cache
from typing import Literal

import pandas as pd

from data import periods
from data.catalogue import TOTAL, Break, Indicator, View
from data.regions import Regions
from data.release import COUNTRY, Release

Coverage = Literal["volledig", "deels", "geen"]
COVERAGES: tuple[Coverage, ...] = ("volledig", "deels", "geen")
ENOUGH = 3
BEYOND = "veilig-thuis-in-detail"
_THING = ["maat", "kenmerk", "categorie", "eenheid"]


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


def of_concept(release: Release, indicator: Indicator, view: View) -> pd.DataFrame:
    """The figures that count: a breakdown that another indicator lends is shown beside, and is not of this concept."""
    own = release.own(indicator, view)
    return own[(own["indicator"] == indicator.slug) | (own["kenmerk"] == TOTAL)]


def full_country(frame: pd.DataFrame) -> bool:
    """Whether there is a number for Nederland."""
    return bool(frame.loc[frame["regio_code"] == COUNTRY, "waarde"].notna().any())


def full_regions(frame: pd.DataFrame) -> bool:
    """Whether the same thing is known of enough regions of one level in one period."""
    return most_regions(frame) >= ENOUGH


def most_regions(frame: pd.DataFrame) -> int:
    """Of how many regions of one level, at most, the same thing is known in one period."""
    numbers = frame[frame["waarde"].notna() & (frame["regio_code"] != COUNTRY)]
    return _most(numbers, [*_THING, "periode", "regio_niveau"], "regio_code")


def full_series(frame: pd.DataFrame, breaks: tuple[Break, ...], regions: Regions) -> bool:
    """Whether one series has enough periods of one kind with no break between them."""
    return most_periods(frame, breaks, regions) >= ENOUGH


def most_periods(frame: pd.DataFrame, breaks: tuple[Break, ...], regions: Regions) -> int:
    """How many periods of one kind, at most, one series has with no break between them."""
    numbers = frame[frame["waarde"].notna()]
    places = zip(numbers["regio_code"], numbers["periode"], strict=True)
    comparable = [_stretch(code, period, breaks, regions) for code, period in places]
    numbers = numbers.assign(vergelijkbaar=pd.Series(comparable, index=numbers.index, dtype=object))
    return _most(numbers, [*_THING, "regio_code", "vergelijkbaar"], "periode")


def _stretch(code: str, period: str, breaks: tuple[Break, ...], regions: Regions) -> str:
    """What a period shares with those it can be compared with: its kind, and the breaks that lie before it."""
    here = periods.period(period)
    starts = [periods.period(each.periode).start for each in breaks]
    if changed := regions[code].changed:
        starts.append(f"{changed}-01-01")
    return f"{here.kind} {sum(start <= here.start for start in starts)}"


def _most(frame: pd.DataFrame, same: list[str], different: str) -> int:
    """How many values of `different` stand together at most, where all of `same` is the same."""
    return 0 if frame.empty else int(frame.groupby(same, sort=False)[different].nunique().max())


@cache
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
