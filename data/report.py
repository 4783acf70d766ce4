"""The report of a region: which cards belong in it, in declared order. Figures only; no words, no drawing.

Every figure comes from `data.choice.choose` and `data.view.card_view`, as on the pages, so both say the same.
Of each breakdown the main measures stand in it; all other measures only as key figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from data import periods
from data.catalogue import TOTAL, Indicator, Theme, View
from data.choice import Choice, Selection, choose, selected, selections
from data.kept import per_release
from data.regions import Region
from data.release import COUNTRY, Release
from data.store import Part
from data.units import COUNT, UNIT_OF, Presentation
from data.view import CardView, Figure, Line, card_view

KEY_FIGURES = "kerncijfers-veilig-thuis"
MAX_PERIODS = 4


@dataclass(frozen=True)
class Facts:
    """Totals of an indicator: measures by periods of one kind, for the region and the wider areas around it.

    Attributes:
        kind: a key of data.periods.KINDS: years and half-years never share a table.
        measures: the measures with a figure of the region, in declared order.
        periods: the codes of the newest periods with a figure of the region, in order.
        older: how many periods before these have figures too.
        areas: the region, and the wider areas with a number beside one of its figures.
        cards: the card that holds the figures, by code of the area and of the period.
    """

    kind: str
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    older: int
    areas: tuple[Region, ...]
    cards: Mapping[tuple[str, str], CardView]

    def figure(self, area: Region, period: str, maat: str) -> Figure | None:
        """The figure of an area; None when the sources do not have it."""
        card = self.cards.get((area.code, period))
        line = next((each for each in card.lines if each.key == maat), None) if card else None
        return card.cell(line, card.columns[0]) if card and line else None

    def own(self, region: Region) -> list[CardView]:
        """The cards of one area, in order of period."""
        return [self.cards[region.code, code] for code in self.periods if (region.code, code) in self.cards]


@dataclass(frozen=True)
class Topic:
    """One card of the region, and the same figures as shares and of wider areas.

    Attributes:
        card: the card, as the page shows it for this choice.
        shares: the same lines as shares, None where the page offers no shares beside numbers.
        wider: for each wider area with a number of the same lines: the area and its card (shares where the
            region has shares).
        main: whether it is the newest period of a breakdown at the top: the one that is drawn.
    """

    card: CardView
    shares: CardView | None = None
    wider: tuple[tuple[Region, CardView], ...] = ()
    main: bool = True


@dataclass(frozen=True)
class Entry:
    """All that the report has of one indicator; `told` is the card whose sentence tells the most important."""

    indicator: Indicator
    told: CardView
    facts: tuple[Facts, ...] = ()
    topics: tuple[Topic, ...] = ()
    series: tuple[CardView, ...] = ()

    @property
    def cards(self) -> list[CardView]:
        """Every card of the entry, without those of wider areas."""
        facts = [card for f in self.facts for card in f.own(f.areas[0])]
        topics = [c for t in self.topics for c in (t.card, t.shares) if c]
        return [*facts, *topics, *self.series]


@dataclass(frozen=True)
class Report:
    """The report of one region.

    Attributes:
        region: the region.
        around: the wider areas it belongs to, the nearest first; the last is Nederland.
        key: all key figures of Veilig Thuis, None when there are none.
        chapters: themes with the indicators that have figures of the region, each indicator under its first theme.
        without: indicators that can have figures of regions and have none of this one, in declared order.
        country_only: indicators that only exist for Nederland.
        published: the day on which the release appeared, None when not known.
    """

    region: Region
    around: tuple[Region, ...]
    key: Entry | None
    chapters: tuple[tuple[Theme, tuple[Entry, ...]], ...]
    without: tuple[Indicator, ...]
    country_only: tuple[Indicator, ...]
    published: date | None

    @property
    def entries(self) -> list[Entry]:
        """All indicators with figures, the key figures first."""
        return [*([self.key] if self.key else []), *(e for _, entries in self.chapters for e in entries)]


def regions_with_report(release: Release) -> list[Region]:
    """The regions of which the release has figures, in the order of the regions table; never Nederland."""
    codes = release.store.regions - {COUNTRY}
    return [region for region in release.regions.by_code.values() if region.code in codes]


def find(release: Release, text: str) -> Region | None:
    """The region with a report that a visitor means with a code, a label or a name; None when there is none."""
    found = release.regions.find(text)
    return found if found in regions_with_report(release) else None


def report(release: Release, region: Region) -> Report:
    """The report of a region that has figures.

    Args:
        release: the figures.
        region: one of `regions_with_report`.
    """
    around = tuple(_around(release, region))
    entries: dict[str, Entry] = {}
    for indicator in release.catalogue.indicators.values():
        if found := _entry(release, indicator, region, around):
            entries[indicator.slug] = found
    chapters = []
    for theme in release.catalogue.themes:
        own = [entries[i.slug] for i in release.catalogue.of_theme(theme.id) if i.slug in entries]
        first = tuple(e for e in own if e.indicator.themas[0] == theme.id and e.indicator.slug != KEY_FIGURES)
        if first:
            chapters.append((theme, first))
    every = [i for i in release.catalogue.indicators.values() if i.slug not in entries]
    return Report(
        region,
        around,
        entries.get(KEY_FIGURES),
        tuple(chapters),
        tuple(i for i in every if set(i.views) != {"landelijk"}),
        tuple(i for i in every if set(i.views) == {"landelijk"}),
        published(release),
    )


def published(release: Release) -> date | None:
    """The day on which the release appeared, as the news declares it."""
    message = release.catalogue.messages.get(release.name)
    return message.datum if message else None


def _around(release: Release, region: Region) -> Iterator[Region]:
    """The area that the region belongs to, if known, and Nederland."""
    if region.parent and region.parent != COUNTRY:
        yield release.regions[region.parent]
    yield release.regions[COUNTRY]


def _entry(release: Release, indicator: Indicator, region: Region, around: tuple[Region, ...]) -> Entry | None:
    facts: tuple[Facts, ...] = ()
    topics: list[Topic] = []
    told: CardView | None = None
    if "regionaal" in indicator.views and region.code in _codes(release, indicator.slug, "regionaal"):
        mine = _of_region(release, indicator.slug, region.code)
        if indicator.kenmerken and not indicator.totaal:
            mine = mine.without_totals()
        if (TOTAL, TOTAL) in mine.by_member():
            query = {"indicator": indicator.slug, "regio": region.code}
            choice = choose(release, "regionaal", query | ({"categorie": "totaal"} if indicator.kenmerken else {}))
            facts = tuple(_facts(release, choice, mine.of_breakdowns((TOTAL,)), around))
            told = _own_lines(card_view(release, choice), region)
        for selection in _worth_showing(release, indicator, mine):
            known = next((t.card.choice for t in reversed(topics) if t.main), None)
            topics += _topics(release, _choice(release, indicator, selection, region, known), selection, around)
    series = tuple(_series(release, indicator, region))
    told = told or next((t.card for t in topics), None) or next(iter(series), None)
    return Entry(indicator, told, facts, tuple(topics), series) if told else None


# --- totals ---


def _facts(release: Release, choice: Choice, mine: Part, around: tuple[Region, ...]) -> Iterator[Facts]:
    """The totals of the region: one table for each kind of period, years first."""
    region = choice.regions[0]
    codes = sorted(map(periods.period, mine.by_period()))
    for kind in periods.KINDS:
        every = [p.code for p in codes if p.kind == kind]
        here = every[-MAX_PERIODS:]
        there = mine.of_periods(here).by_measure()
        measures = tuple(m for m in choice.indicator.maten if m in there)
        if not measures:
            continue
        cards = {}
        for area in (region, *around):
            for code in here:
                card = _totals(release, choice, area, code, measures)
                if card.lines and (area == region or _has_number(card)):
                    cards[area.code, code] = card
        areas = tuple(a for a in (region, *around) if any(place == a.code for place, _ in cards))
        yield Facts(kind, measures, tuple(here), len(every) - len(here), areas, cards)


def _totals(release: Release, choice: Choice, area: Region, code: str, measures: tuple[str, ...]) -> CardView:
    """The totals of one area in one period, a line for each measure; the same rows that the page shows."""
    part = _of_region(release, choice.indicator.slug, area.code).of_periods((code,))
    return card_view(
        release,
        replace(
            choice,
            view="landelijk",
            part=part,
            regions=(),
            measures=measures,
            measure="",
            period="" if part.empty else code,
            presentation=_presentation(part),
            selection=Selection(choice.selection.slug),
        ),
    )


def _presentation(part: Part) -> Presentation:
    """Numbers where there are any, else the unit that is there."""
    there = part.by_unit()
    published: tuple[Presentation, ...] = ("aantal", "aandeel", "per100000")
    return next((name for name in published if UNIT_OF[name] in there), "aantal")


# --- breakdowns ---


def _worth_showing(release: Release, indicator: Indicator, mine: Part) -> list[Selection]:
    """The breakdowns with figures of the region, those at the top before the forms that detail them.

    A breakdown with one member has no group: then that member stands alone.
    """
    there = mine.by_member()
    every = [s for s in selections(release, indicator) if s.kenmerk != TOTAL]
    grouped = {(s.kenmerk, s.parent) for s in every if s.group}
    return [
        s
        for s in every
        if (s.group or (s.kenmerk, _parent(release, indicator, s)) not in grouped)
        and any((s.kenmerk, name) in there for name in s.categories)
    ]


def _parent(release: Release, indicator: Indicator, selection: Selection) -> str:
    """The category that a selection details, '' at the top."""
    if selection.group:
        return selection.parent
    return release.catalogue.members[indicator.slug, selection.kenmerk][selection.categories[0]].ouder


def _choice(
    release: Release, indicator: Indicator, selection: Selection, region: Region, known: Choice | None
) -> Choice:
    """The choice of the page for a breakdown of the region.

    Choosing takes time. The forms of a category need no choice of their own where they leave nothing to choose:
    numbers of the same measures in one period, that of the breakdown they belong to.
    """
    if known and selection.parent and known.selection.kenmerk == selection.kenmerk:
        mine = selected(_of_region(release, indicator.slug, region.code), replace(selection, margins=False))
        alike = list(mine.by_period()) == [known.period] and list(mine.by_unit()) == [COUNT]
        if alike and known.presentation == "aantal" and set(known.measures) <= set(mine.by_measure()):
            return replace(known, selection=selection)
    query = {"indicator": indicator.slug, "regio": region.code, selection.parameter: selection.slug}
    return choose(release, "regionaal", query)


def _topics(release: Release, first: Choice, selection: Selection, around: tuple[Region, ...]) -> Iterator[Topic]:
    """The card of a breakdown, and the same of other periods with figures of the region (`_newest`)."""
    if first.selection.slug != selection.slug:
        return
    # A breakdown with one member compares regions on the page; here it is a table with one line.
    mine = _of_region(release, first.indicator.slug, first.regions[0].code)
    parent = _parent(release, first.indicator, first.selection)
    first = replace(first, selection=replace(first.selection, group=True, parent=parent), part=mine)
    part = selected(mine.of_measures(first.measures), replace(selection, margins=False))
    others = sorted((p for p in map(periods.period, part.by_period()) if p.code != first.period), reverse=True)
    for code in _newest(first.period, others):
        # The page may show shares first; here these stand beside the numbers, wherever there are any.
        choice = replace(first, period=code, presentation=_presentation(part.of_periods((code,))))
        card = card_view(release, choice)
        if not card.lines:
            continue
        shares = _in_shares(release, choice)
        presentation: Presentation = "aandeel" if shares else choice.presentation
        wider = tuple(_wider(release, replace(choice, presentation=presentation), card, around))
        yield Topic(card, shares, wider, code == first.period and not parent)


def _newest(first: str, others: list[periods.Period]) -> list[str]:
    """The periods of a breakdown, the first one and the newest of the others first.

    Where there are more than a few, the first one and the newest of each other kind: with all half-years and years
    of StatLine a report would have hundreds of pages.
    """
    if len(others) < MAX_PERIODS:
        return [first, *(period.code for period in others)]
    own = periods.period(first).kind
    newest = {period.kind: period.code for period in reversed(others) if period.kind != own}
    return [first, *newest.values()]


def _in_shares(release: Release, choice: Choice) -> CardView | None:
    """The shares beside the numbers of a choice, where at least one can be given."""
    if choice.presentation != "aantal":
        return None
    card = card_view(release, replace(choice, presentation="aandeel"))
    return card if _has_number(card) else None


def _wider(
    release: Release, choice: Choice, card: CardView, around: tuple[Region, ...]
) -> Iterator[tuple[Region, CardView]]:
    """The same lines of the areas around, as far as one of them, not only the total, has a number."""
    shown = {line.key for line in card.lines if not line.total}
    for area in around:
        national = area.code == COUNTRY
        other = replace(
            choice,
            view="landelijk" if national else "regionaal",
            part=_of_region(release, choice.indicator.slug, area.code),
            regions=() if national else (area,),
        )
        found = card_view(release, other)
        numbers = [f for line, _, f in found.figures() if f.value is not None and line.key in shown]
        if numbers:
            yield area, found


# --- series ---


def _series(release: Release, indicator: Indicator, region: Region) -> Iterator[CardView]:
    """The time series of the region, where there are at least two comparable moments."""
    # The key figures are the totals of other indicators too: these draw them.
    if "tijdreeksen" not in indicator.views or indicator.slug == KEY_FIGURES:
        return
    if region.code not in _codes(release, indicator.slug, "tijdreeksen"):
        return
    card = card_view(release, choose(release, "tijdreeksen", {"indicator": indicator.slug, "regio": region.code}))
    if card.lines and card.columns:
        yield card


# --- small things ---


@per_release(most=1024)
def _of_region(release: Release, slug: str, code: str) -> Part:
    """What an indicator shows of one area; kept, since Nederland stands in every report."""
    return release.by_indicator[slug].of_regions((code,))


@per_release(most=256)
def _codes(release: Release, slug: str, view: View) -> frozenset[str]:
    """The regions of which a view of an indicator has figures of its own."""
    return frozenset(release.comparable[slug, view].by_region())


def _own_lines(card: CardView, region: Region) -> CardView:
    """A card that compares regions, with only the line of the region itself."""
    if card.axis != "regio":
        return card
    lines: tuple[Line, ...] = tuple(line for line in card.lines if line.key == region.code)
    columns = tuple(c for c in card.columns if any((line.key, c.key) in card.cells for line in lines))
    return replace(card, lines=lines if columns else (), columns=columns)


def _has_number(card: CardView) -> bool:
    return any(f.value is not None for *_, f in card.figures())
