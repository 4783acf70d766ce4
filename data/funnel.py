"""The figures of a funnel plot: what each region has, and what it may be expected to have at the country's rate.

Only published plain counts of measures that may be divided by inhabitants, of regions with a population in that very
year, and only where these are enough. A region whose count is unknown has no place in it; it is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from data import limits, rates
from data.kept import per_release
from data.limits import Limits, Spread
from data.regions import Region
from data.release import COUNTRY, Release
from data.units import COUNT
from data.view import CardView, Figure, published

ENOUGH = 10
"""With fewer regions nothing can be said of how much they differ."""
MOST = 2
KEPT = 64


@dataclass(frozen=True, slots=True)
class Point:
    """A region in the funnel.

    Attributes:
        region: the region.
        figure: its published count.
        inhabitants: on 1 January of the year of the figure.
        low: the least that its count can be, given the rounding of the source.
        high: the most.
        expected: its count at the rate of the country.
        inner: the counts between which 95% of such regions may be expected.
        outer: the same for 99.8%.
        side: 1 where its count lies above the outer limits whatever was rounded away, -1 below them, else 0.
        near: the same for the inner limits.
    """

    region: Region
    figure: Figure
    inhabitants: int
    low: float
    high: float
    expected: float
    inner: Limits
    outer: Limits
    side: int
    near: int


@dataclass(frozen=True, eq=False)
class Funnel:
    """The regions of one level, of one measure (and category) in one period; the same only as itself.

    Attributes:
        maat: what is counted.
        categorie: the member of the breakdown, or Totaal.
        period: its code.
        level: of the regions.
        country: the published count of Nederland.
        inhabitants: of Nederland.
        points: the regions with a count and a population, by name.
        spread: how much they differ beyond chance.
        left_out: how many regions of that level there were without a count or a population.
        sources: ids of the sources of the populations.
    """

    maat: str
    categorie: str
    period: str
    level: str
    country: Figure
    inhabitants: int
    points: tuple[Point, ...]
    spread: Spread
    left_out: int
    sources: tuple[str, ...]

    @property
    def rate(self) -> float:
        """The count of Nederland per inhabitant."""
        return (self.country.value or 0.0) / self.inhabitants

    def expected(self, inhabitants: float) -> float:
        """The count of a region with so many inhabitants at the rate of the country."""
        return self.rate * inhabitants


def funnels(release: Release, card: CardView) -> list[Funnel]:
    """The funnels of the measures of a card that compares regions; [] where too little is known for one."""
    choice = card.choice
    if card.axis != "regio" or choice.selection.group:
        return []
    kenmerk, category = choice.selection.kenmerk, choice.selection.category
    measures = list(dict.fromkeys(column.maat for column in card.columns))[:MOST]
    slug = choice.indicator.slug
    found = [funnel(release, slug, maat, kenmerk, category, choice.period, card.level) for maat in measures]
    return [each for each in found if each]


@per_release(most=KEPT)
def funnel(
    release: Release, slug: str, maat: str, kenmerk: str, categorie: str, period: str, level: str
) -> Funnel | None:
    """The funnel of a measure, category and period of an indicator for the regions of a level.

    Returns:
        None when the measure may not be divided by inhabitants, the count of Nederland is not known, or fewer than
        ENOUGH regions have both a count and a population.
    """
    year = rates.year_for(maat, COUNT, "", period)
    whole = release.regions.inhabitants.of(COUNTRY, year) if year else None
    counts = release.by_indicator[slug].of_measures((maat,)).of_unit(COUNT)
    counts = counts.of_members([(kenmerk, categorie)]).of_periods((period,))
    row = counts.row_of(COUNTRY) if whole and not counts.empty else None
    country = published(release, row) if row else None
    if year is None or whole is None or country is None or not country.value or country.sign:
        return None
    rate = country.value / whole.inhabitants
    known = []
    for row in counts.of_levels((level,)).rows():
        region, figure = release.regions[row["regio_code"]], published(release, row)
        population = release.regions.inhabitants.of(region.code, year)
        if population and figure.value is not None and not figure.sign:
            known.append((region, figure, population))
    if len(known) < ENOUGH:
        return None
    steps = {figure.source: release.rounded_to[figure.source] for _, figure, _ in known}
    spread = limits.spread(
        [figure.value or 0.0 for _, figure, _ in known],
        [rate * population.inhabitants for *_, population in known],
        max(steps.values()),
    )
    every = limits.both([rate * population.inhabitants for *_, population in known], spread)
    points = [
        _point(region, figure, population.inhabitants, rate, pair, steps[figure.source])
        for (region, figure, population), pair in zip(known, every, strict=True)
    ]
    existing = sum(r.level == level and r.exists_in(year) for r in release.regions.by_code.values())
    used = [*whole.sources, *(source for *_, population in known for source in population.sources)]
    return Funnel(
        maat, categorie, period, level, country, whole.inhabitants,
        tuple(sorted(points, key=lambda point: point.region.name)), spread, existing - len(points),
        tuple(dict.fromkeys(used)),
    )  # fmt: skip


def _point(
    region: Region, figure: Figure, inhabitants: int, rate: float, pair: tuple[Limits, Limits], rounded_to: int
) -> Point:
    count, expected = figure.value or 0.0, rate * inhabitants
    inner, outer = pair
    half = rounded_to / 2
    return Point(
        region, figure, inhabitants, max(0.0, count - half), count + half, expected, inner, outer,
        limits.beyond(count, *outer, rounded_to), limits.beyond(count, *inner, rounded_to),
    )  # fmt: skip
