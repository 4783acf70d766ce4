"""From an address to a choice: what a visitor asks for, checked against what the release holds.

A part that does not exist, or for which there are no figures, gives a default and a notice; it never fails.
Every step only looks at the steps before it: indicator, regions, breakdown, measures, presentation, period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from data import periods
from data.catalogue import TOTAL, VIEWS, Category, Indicator, View
from data.kept import per_release
from data.regions import LEVEL_OF_SLUG, LEVELS, LEVELS_PLURAL, SLUG_OF_LEVEL, Region
from data.release import COUNTRY, Release
from data.store import NUMBER, RATE, RATE_SERIES, ROW, SERIES, SHARE, SHARE_NUMBER, SHARE_SERIES, Part
from data.text import lower_first, slugify, upper_first
from data.units import COUNT, NAMES, PER_100000, PERCENT, PRESENTATIONS, UNIT_OF, Presentation

MAX_REGIONS = 6
ENOUGH_REGIONS = 5
MAX_LINES = 6
INTERVAL = "Schattingsinterval"
NATURE = "Aard van het geweld"
DEFAULT_INDICATOR = "aantal-adviezen-en-meldingen"
GREY = "grijs"
PARAMETERS = (
    "indicator", "maat", "regio", "periode", "geweld", "categorie", "weergave", "thema", "niveau", "sinds", "rest",
)  # fmt: skip
# What says how regions are compared: a page that does not compare any takes it along for the next.
COMPARING = ("regio", "sinds", "rest")


@dataclass(frozen=True)
class Notice:
    """Something asked for that could not be given. `kind` says why; the words are chosen where it shows."""

    kind: Literal["unknown", "no_figures", "no_view", "too_many"]
    parameter: str
    value: str


@dataclass(frozen=True)
class Selection:
    """Which members of a breakdown: one, or a whole group that is shown side by side.

    Without breakdown kenmerk is Totaal and categories is (Totaal,). `parent` is the category that a group of
    forms details, '' for the group at the top. `margins`: the totals that belong to the group stand beside it,
    of a matrix also each of its two breakdowns alone.
    """

    slug: str
    kenmerk: str = TOTAL
    categories: tuple[str, ...] = (TOTAL,)
    group: bool = False
    parent: str = ""
    margins: bool = False

    @cached_property
    def pair(self) -> tuple[str, ...]:
        """Of a group over two breakdowns: that of the lines and, the one with fewer members, that of the columns."""
        if not self.group or " | " not in self.kenmerk:
            return ()
        return tuple(sorted(self.kenmerk.split(" | ", 1), key=lambda kenmerk: -len(self.members(kenmerk))))

    def members(self, kenmerk: str) -> tuple[str, ...]:
        """The members of one of the two breakdowns of a pair, in declared order."""
        at = self.kenmerk.split(" | ").index(kenmerk)
        return tuple(dict.fromkeys(name.split(" | ")[at] for name in self.categories))

    @property
    def kenmerken(self) -> tuple[str, ...]:
        """The breakdowns whose figures belong to the selection."""
        return (self.kenmerk, *self.pair) if self.margins else (self.kenmerk,)

    @property
    def by(self) -> str:
        """The breakdown in words, e.g. 'vorm van geweld en geslacht'."""
        return " en ".join(lower_first(part) for part in self.kenmerk.split(" | "))

    @property
    def category(self) -> str:
        """The one category; for a group its parent, or Totaal."""
        return (self.parent or TOTAL) if self.group else self.categories[0]

    @property
    def parameter(self) -> str:
        """The name of the parameter in the address."""
        return "geweld" if self.kenmerk == NATURE else "categorie"


@dataclass(frozen=True)
class Option:
    """One entry of a filter. Without figures it is shown, but off."""

    value: str
    label: str
    available: bool
    chosen: bool
    group: str = ""


@dataclass(frozen=True)
class Choice:
    """A checked choice, and what else can be chosen.

    Attributes:
        view: the view.
        indicator: the indicator.
        theme: the theme under which it is looked at (an indicator can stand under two).
        part: the figures of the indicator that the view can show.
        regions: the regions asked for that have figures here; empty: none chosen.
        level: the level of regions asked for (a key of data.regions.LEVELS); '' for the one with the most figures.
        selection: the members of the breakdown.
        measures: the measures shown.
        measure: the measure asked for by name, or ''.
        presentation: numbers, shares, numbers per 10,000 inhabitants, or published rates.
        period: the period, or '' when there are no figures; on the time series page the one that stands out.
        span: first and last period of a time series when more than one was asked for.
        since: the earlier period to compare the chosen regions with, '' for the newest that can be compared.
        grey: whether the other regions stand beside the chosen ones in grey.
        notices: what could not be given.
        asked: the parameters as asked, also those that this view does not use.
        options: filter -> its entries.
    """

    view: View
    indicator: Indicator
    theme: str
    part: Part
    regions: tuple[Region, ...] = ()
    level: str = ""
    selection: Selection = Selection("")
    measures: tuple[str, ...] = ()
    measure: str = ""
    presentation: Presentation = "aantal"
    period: str = ""
    span: tuple[str, ...] = ()
    since: str = ""
    grey: bool = False
    notices: tuple[Notice, ...] = ()
    asked: dict[str, str] = field(default_factory=dict)
    options: dict[str, tuple[Option, ...]] = field(default_factory=dict)

    @property
    def form(self) -> str:
        """The declared form of this view of the indicator, '' for plain bars or lines."""
        return self.indicator.vorm.get(self.view, "")

    @property
    def over_time(self) -> bool:
        """Whether the periods stand beside each other: a series, or all measurements of a measure."""
        if self.view == "tijdreeksen":
            return True
        return self.form in ("metingen", "schatting") and (not self.selection.group or self.selection.margins)

    @property
    def with_total(self) -> bool:
        """Whether the total stands beside the members of a breakdown; in shares it would only say 100%."""
        one = self.selection.group and not self.selection.parent and not self.selection.pair
        return one and self.presentation != "aandeel"

    @property
    def empty(self) -> bool:
        """Whether this view of the indicator has no figures at all."""
        return not self.period

    @property
    def compares_regions(self) -> bool:
        """Whether the lines of the card are regions."""
        return self.view == "regionaal" and not self.selection.group and not self.empty

    def slot(self, region: Region | None) -> int:
        """The place of a region among those asked for, which gives it its colour on every card and page."""
        codes = self.asked.get("regio", "").split(",")
        return codes.index(region.code) if region and region.code in codes else 0

    @cached_property
    def query(self) -> dict[str, str]:
        """The parameters of an address that gives exactly these figures, in fixed order."""
        out = {"indicator": self.indicator.slug}
        if self.measure:
            out["maat"] = self.measure
        if self.regions:
            out["regio"] = ",".join(region.code for region in self.regions)
        if self.level:
            out["niveau"] = SLUG_OF_LEVEL[self.level]
        if self.period and (self.view != "tijdreeksen" or "periode" in self.asked):
            out["periode"] = ",".join(self.span) or self.period
        if self.selection.slug:
            out[self.selection.parameter] = self.selection.slug
        if self.period:
            out["weergave"] = self.presentation
        if len(self.indicator.themas) > 1:
            out["thema"] = self.theme
        if self.since:
            out["sinds"] = self.since
        if self.grey:
            out["rest"] = GREY
        return out

    @cached_property
    def kept(self) -> dict[str, str]:
        """What the visitor chose, for the next page: also a region that this view does not use."""
        out = {name: value for name, value in self.query.items() if name == "indicator" or self._was_asked(name)}
        used = self.view != "landelijk" and self.regions and not self.selection.group
        own = COMPARING if not used else ("regio",) if self.view == "regionaal" else ("regio", "sinds")
        return out | {name: self.asked[name] for name in own if self.asked.get(name)}

    def _was_asked(self, name: str) -> bool:
        """Whether what shows was asked for; what was asked for and could not be given became a default."""
        asked, given = (set(text.upper().split(",")) for text in (self.asked.get(name, ""), self.query[name]))
        return not given.isdisjoint(part.strip() for part in asked)


def selections(release: Release, indicator: Indicator) -> tuple[Selection, ...]:
    """All selections of an indicator in declared order: per breakdown all members, each member, its forms."""
    return _selections(release, indicator.slug)


@per_release
def _selections(release: Release, slug: str) -> tuple[Selection, ...]:
    indicator, out = release.catalogue.indicators[slug], []
    for kenmerk in indicator.kenmerken:
        members = release.catalogue.members.get((indicator.slug, kenmerk), {})
        children: dict[str, list[Category]] = {}
        for member in members.values():
            children.setdefault(member.ouder, []).append(member)
        for parent, group in children.items():
            slug = slugify(kenmerk) if not parent else f"vormen-{slugify(parent)}"
            if len(group) > 1:
                names = tuple(c.categorie for c in group)
                interval = kenmerk == INTERVAL and "schatting" in indicator.vorm.values()
                out.append(Selection(slug, kenmerk, names, True, parent, interval))
            out += [Selection(_member_slug(release, indicator, c), kenmerk, (c.categorie,)) for c in group]
    if indicator.matrix:
        out.append(_matrix(release, indicator))
    out.append(Selection("totaal" if indicator.kenmerken else ""))
    return tuple(out)


def _matrix(release: Release, indicator: Indicator) -> Selection:
    """The selection of the two breakdowns of a matrix; what contains other members of its list stays out."""
    columns, lines = (
        [
            name
            for (_, found), members in release.catalogue.members.items()
            if found == kenmerk
            for name in members
            if name not in indicator.subtotalen
        ]
        for kenmerk in indicator.matrix
    )
    kenmerk = " | ".join(indicator.matrix)
    crossed = tuple(f"{column} | {line}" for column in columns for line in lines)
    return Selection(slugify(kenmerk), kenmerk, crossed, group=True, margins=True)


def _offered(choice: Choice, selection: Selection) -> bool:
    """Whether a view can show the selection at all: a series only groups whose members are declared as lines."""
    if selection.margins:
        return choice.form == ("matrix" if selection.pair else "schatting")
    if choice.view != "tijdreeksen" or not selection.group:
        return True
    return not selection.parent and selection.kenmerk in choice.indicator.lijnen


def _member_slug(release: Release, indicator: Indicator, category: Category) -> str:
    """The slug of a member; its breakdown stands before it when an earlier one has a member of that name."""
    same = [
        kenmerk
        for (slug, kenmerk), members in release.catalogue.members.items()
        if slug == indicator.slug and any(c.slug == category.slug for c in members.values())
    ]
    return category.slug if same[0] == category.kenmerk else f"{slugify(category.kenmerk)}-{category.slug}"


def flat(query: Mapping[str, Any]) -> dict[str, str]:
    """Query parameters as text; of a parameter that stands there more than once the regions are joined."""
    out = {}
    for name, value in query.items():
        values = [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]
        out[name] = ",".join(values) if name == "regio" else values[-1]
    return out


def known(release: Release, view: str, indicator: str) -> View | None:
    """The view of a name, if it exists and has the indicator of a slug."""
    found = next((v for v in VIEWS if v == view), None)
    declared = release.catalogue.indicators.get(indicator)
    return found if found and declared and found in declared.views else None


def choose(release: Release, view: View, query: Mapping[str, str]) -> Choice:
    """Check a query against the release.

    Args:
        release: the figures.
        view: landelijk, regionaal or tijdreeksen.
        query: parameters of the address; unknown names are ignored.

    Returns:
        A choice that can be shown. What could not be given is told in its notices.
    """
    asked = {name: query[name].strip() for name in PARAMETERS if query.get(name, "").strip()}
    notices: list[Notice] = []
    regions = _regions(release, asked, notices)
    indicator = _indicator(release, view, asked, regions, notices)
    themes = [t for t in indicator.themas if t == asked.get("thema")]
    if asked.get("thema") and not any(t.id == asked["thema"] for t in release.catalogue.themes):
        notices.append(Notice("unknown", "thema", asked["thema"][:80]))
    part = release.in_view(indicator, view)
    own = release.comparable[indicator.slug, view]
    regions = _with_figures(view, own, regions, notices)
    theme = (themes or list(indicator.themas))[0]
    level = _level_asked(view, own, asked, notices)
    base = Choice(view, indicator, theme, part, regions, level, asked=asked)
    if (indicator.slug, view) not in release.filled:
        options = {"indicator": _indicator_options(release, view, base)}
        return replace(base, notices=tuple(notices), options=options)

    measure, measures = _measures(release, base, own, asked, notices)
    of_measures = part.of_measures(measures)
    every = of_measures if measure else part
    selection = _selection(release, base, of_measures, every, asked, notices)
    if not _shows(base, of_measures, selection) and _shows(base, every, selection):
        # Only other measures than the main ones have this breakdown: then those show.
        there = selected(_of_choice(base, every, selection.group), selection).by_measure()
        measures = tuple(m for m in indicator.maten if m in there)
        of_measures = part.of_measures(measures)
    if selection.group and regions:
        level = ""  # beside each other stand the members of a breakdown, for the regions asked for
    if view == "regionaal" and selection.group and not regions:
        possible = selected(of_measures, selection)
        there = possible.by_level()
        regions = _richest_region(release, possible.of_levels((level,)) if level in there else possible)
    if view == "landelijk" and not selection.group and not measure:
        measures = indicator.maten
        of_measures = part.of_measures(measures)
    found = selected(of_measures, selection)
    if level and level not in found.by_level():
        notices.append(Notice("no_figures", "niveau", LEVELS[level]))
        level = ""
    if view == "tijdreeksen":
        found = found.that(SERIES)
        if not regions and not _any_country(found):
            regions = _richest_region(release, found)
    shown = _of_regions(view, found, regions, selection, level)
    fitting = {name: _fitting(view, shown, name) for name in PRESENTATIONS.values()}
    if view == "regionaal" and not selection.group:
        fitting["per10000"] = _rates_beside(shown, found, regions)
    if selection.pair and selection.margins:
        # The figures of a matrix stand to each other as numbers.
        fitting |= {name: shown.nothing for name in PRESENTATIONS.values() if name != "aantal"}
    presentation = _presentation(indicator, shown, fitting, asked, notices)
    code, span = _period(view, indicator, fitting[presentation], asked, notices)
    earlier = _earlier(view, found, regions, selection, code)
    choice = replace(
        base,
        regions=regions,
        level=level,
        selection=selection,
        measures=measures,
        measure=measure,
        presentation=presentation,
        period=code,
        span=span,
        since=_since(earlier, asked, notices) if view == "regionaal" and regions and not selection.group else "",
        grey=_grey(view, regions, selection, asked, notices),
        notices=tuple(notices),
    )
    options = _options(release, choice, own, every, fitting)
    return replace(choice, options=options | {"sinds": _since_options(choice, earlier)})


# --- the steps ---


def _regions(release: Release, asked: dict[str, str], notices: list[Notice]) -> tuple[Region, ...]:
    """The regions asked for, as codes, labels ('Drenthe (provincie)') or names."""
    out: dict[str, Region] = {}
    for part in asked.get("regio", "").split(","):
        text = part.strip()
        if found := release.regions.find(text):
            out[found.code] = found
        elif text:
            notices.append(Notice("unknown", "regio", text[:60]))
    if len(out) > MAX_REGIONS:
        notices.append(Notice("too_many", "regio", str(MAX_REGIONS)))
    chosen = tuple(out.values())[:MAX_REGIONS]
    asked["regio"] = ",".join(region.code for region in chosen)
    return chosen


def _level_asked(view: View, own: Part, asked: dict[str, str], notices: list[Notice]) -> str:
    """The level of regions asked for, if it is known and has figures; only the regional page compares levels."""
    text = asked.get("niveau", "").lower()
    if not text:
        return ""
    if text not in LEVEL_OF_SLUG:
        notices.append(Notice("unknown", "niveau", text[:40]))
    elif view == "regionaal" and (there := own.by_level()):
        if LEVEL_OF_SLUG[text] in there:
            return LEVEL_OF_SLUG[text]
        notices.append(Notice("no_figures", "niveau", LEVELS[LEVEL_OF_SLUG[text]]))
    return ""


def _indicator(
    release: Release,
    view: View,
    asked: dict[str, str],
    regions: tuple[Region, ...],
    notices: list[Notice],
) -> Indicator:
    indicators = release.catalogue.indicators
    slug = asked.get("indicator", "")
    if slug in indicators and view in indicators[slug].views:
        return indicators[slug]
    if slug:
        kind: Literal["no_view", "unknown"] = "no_view" if slug in indicators else "unknown"
        notices.append(Notice(kind, "indicator", indicators[slug].titel if slug in indicators else slug[:80]))
    default = indicators[DEFAULT_INDICATOR]
    if view == "landelijk" or not regions or regions[0].code == COUNTRY:
        return default
    # A page opened on a region, without an indicator, shows what is known most of it.
    size = {
        i.slug: release.comparable[i.slug, view].by_region().get(regions[0].code, 0)
        for i in indicators.values()
        if (i.slug, view) in release.filled
    }
    best = max(size, key=lambda slug: (size[slug], slug == default.slug))
    return indicators[best] if size[best] else default


def _with_figures(view: View, own: Part, regions: tuple[Region, ...], notices: list[Notice]) -> tuple[Region, ...]:
    """The regions that have figures in this view; the landelijk page needs none."""
    if view == "landelijk":
        return ()
    there = own.of_regions([region.code for region in regions]).by_region()
    for region in regions:
        if region.code not in there and not (view == "regionaal" and region.code == COUNTRY):
            notices.append(Notice("no_figures", "regio", region.label))
    return tuple(region for region in regions if region.code in there)


def _measures(
    release: Release, choice: Choice, own: Part, asked: dict[str, str], notices: list[Notice]
) -> tuple[str, tuple[str, ...]]:
    """The slug of the measure asked for ('' when none) and the measures to show."""
    indicator = choice.indicator
    there = _of_choice(choice, own, group=True).by_measure()
    slug = asked.get("maat", "")
    found = release.catalogue.measure_by_slug.get(slug)
    if slug and (found is None or found.maat not in indicator.maten):
        notices.append(Notice("unknown", "maat", slug[:80]))
    elif found and found.maat not in there:
        notices.append(Notice("no_figures", "maat", found.maat))
    elif found:
        return slug, (found.maat,)
    main = tuple(m for m in indicator.hoofdmaten if m in there)
    return "", main or tuple(m for m in indicator.maten if m in there)[:1]


def selected(part: Part, selection: Selection) -> Part:
    """The figures that belong to a selection."""
    if selection.margins:
        return part.of_breakdowns(selection.kenmerken if selection.pair else (selection.kenmerk, TOTAL))
    return part.of_members((selection.kenmerk, name) for name in selection.categories)


def _selection(
    release: Release,
    choice: Choice,
    part: Part,
    offered: Part,
    asked: dict[str, str],
    notices: list[Notice],
) -> Selection:
    """The selection asked for, of all that is offered; else the default one of the measures shown (`part`)."""
    every = selections(release, choice.indicator)
    possible = [s for s in every if _offered(choice, s)]
    by_slug = {s.slug: s for s in possible if s.slug}
    if not choice.indicator.kenmerken:
        for parameter in {"geweld", "categorie"} & set(asked):
            if asked[parameter] not in release.category_slugs:
                notices.append(Notice("unknown", parameter, asked[parameter][:80]))
        return possible[-1]
    for parameter in ("geweld", "categorie"):
        slug = asked.get(parameter, "")
        if not slug or any(s.slug == slug and s.group for s in every if s not in possible):
            continue
        found = by_slug.get(slug)
        if not found:
            notices.append(Notice("unknown", parameter, slug[:80]))
        elif not _shows(choice, offered, found):
            notices.append(Notice("no_figures", parameter, name_of(found)))
        else:
            return found
    return _default_selection(choice, part, possible)


def _of_choice(choice: Choice, part: Part, group: bool) -> Part:
    """The figures in which a breakdown must stand to be shown: of the regions chosen, where no others stand beside."""
    part = part.that(SERIES) if choice.view == "tijdreeksen" else part
    if choice.regions and (group or choice.view == "tijdreeksen"):
        return part.of_regions([r.code for r in choice.regions])
    return part


def _shows(choice: Choice, part: Part, selection: Selection) -> bool:
    return _can_show(choice, _of_choice(choice, part, selection.group).by_member(), selection)


def _can_show(choice: Choice, sizes: Mapping[tuple[str, str], int], selection: Selection) -> bool:
    """Whether there are figures; of a series of several lines enough, and not too many, to see them apart."""
    if choice.view != "tijdreeksen" or not selection.group:
        return bool(_size(sizes, selection))
    there = sum((selection.kenmerk, name) in sizes for name in selection.categories)
    return 2 <= there <= MAX_LINES


def name_of(selection: Selection) -> str:
    """The selection in words."""
    if not selection.group:
        return selection.category.replace(" | ", ", ")
    return f"Vormen van {selection.parent}" if selection.parent else f"Alles naar {selection.by}"


def _size(sizes: Mapping[tuple[str, str], int], selection: Selection) -> int:
    """The number of figures of a selection; of a matrix those of its two breakdowns, also alone."""
    if selection.margins and selection.pair:
        return sum(n for (kenmerk, _), n in sizes.items() if kenmerk in selection.kenmerken)
    return sum(sizes.get((selection.kenmerk, name), 0) for name in selection.categories)


def _default_selection(choice: Choice, part: Part, possible: list[Selection]) -> Selection:
    """What shows most at once: members side by side if that can be, else the one with the most to compare."""
    sizes = part.by_member()
    filled = [s for s in possible if s.kenmerk != TOTAL and not s.parent and _size(sizes, s)]
    total = possible[-1]
    if choice.view == "tijdreeksen":
        near = _of_choice(choice, part if choice.regions else part.of_regions((COUNTRY,)), True).by_member()
        every = part.by_measure().keys()
        lines = [
            s
            for s in filled
            if s.group and _can_show(choice, near, s) and selected(part, s).by_measure().keys() == every
        ]
        if lines:
            return lines[0]
    if not filled or (choice.view == "tijdreeksen" and choice.indicator.totaal and _size(sizes, total)):
        return total
    groups = [s for s in filled if s.group]
    single = [s for s in filled if not s.group]
    if choice.view == "tijdreeksen":
        series = part.that(SERIES)
        mine, far = series.of_regions([r.code for r in choice.regions] or [COUNTRY]).by_member(), series.by_member()
        return max(single, key=lambda s: (_size(mine, s), _size(far, s)))
    if choice.view == "landelijk":
        return (groups or single)[0]
    mine = part.of_regions([r.code for r in choice.regions]).by_member()
    if choice.level:
        # Regions of one level were asked for: what they can be compared on goes before what one region has.
        part, mine = part.of_levels((choice.level,)), {}
        sizes = part.by_member()
        groups, single = ([s for s in some if _size(sizes, s)] for some in (groups, single))
        groups = [s for s in groups if not s.margins] if not (single and choice.regions) else []
    if matrix := [s for s in groups if s.margins and (not choice.regions or _size(mine, s))]:
        return matrix[0]
    groups = [s for s in groups if not s.margins]
    if with_mine := [s for s in groups if _size(mine, s)]:
        return max(with_mine, key=lambda s: _size(mine, s))
    wide, full = part.widest()
    widest = max(single, key=lambda s: wide[s.kenmerk, s.categories[0]], default=None)
    fullest = max(groups, key=lambda s: full[s.kenmerk], default=None)
    if widest is None or fullest is None:
        return widest or fullest or possible[-1]
    compared = wide[widest.kenmerk, widest.categories[0]]
    return widest if compared >= min(ENOUGH_REGIONS, full[fullest.kenmerk]) else fullest


def _richest_region(release: Release, part: Part) -> tuple[Region, ...]:
    """The region with the most numbers, so that a page without a chosen region still shows something."""
    count = part.that(NUMBER).by_region() if part.kind == ROW else part.by_region()
    best = min(count or part.by_region(), key=lambda code: (-count.get(code, 0), code[:2] != "VT", code))
    return (release.regions[best],)


def _of_regions(view: View, part: Part, regions: tuple[Region, ...], selection: Selection, level: str = "") -> Part:
    """The figures from which period and presentation are chosen."""
    codes = [r.code for r in regions]
    if view == "tijdreeksen":
        return part.of_regions(codes or (COUNTRY,)) if codes or _any_country(part) else part
    if level and not selection.group:
        return part.of_levels((level,))
    if view == "regionaal" and regions:
        mine = part.of_regions(codes)
        return mine if selection.group or not mine.empty else part
    return part


def _any_country(part: Part) -> bool:
    return not part.of_regions((COUNTRY,)).empty


def _fitting(view: View, part: Part, presentation: Presentation) -> Part:
    """The figures that can be shown so.

    Published numbers or rates as they are; shares published, or of a total in the same publication; per 10,000
    where the inhabitants are known.
    """
    series = view == "tijdreeksen"
    if presentation == "aandeel":
        return part.of_unit(COUNT, PERCENT).that(SHARE_SERIES if series else SHARE)
    if presentation == "per10000":
        return part.of_unit(COUNT).that(RATE_SERIES if series else RATE)
    return part.of_unit(UNIT_OF[presentation])


def _rates_beside(shown: Part, every: Part, regions: tuple[Region, ...]) -> Part:
    """The rates of the regions shown and of those that stand beside them: theirs can be known where its own is not.

    Only in the periods of the regions shown.
    """
    levels = {region.level for region in regions[:1] if region.code != COUNTRY}
    beside = every.of_levels(levels).of_periods(shown.by_period())
    return _fitting("regionaal", beside if levels and not beside.empty else shown, "per10000")


def _presentation(
    indicator: Indicator,
    shown: Part,
    fitting: Mapping[Presentation, Part],
    asked: dict[str, str],
    notices: list[Notice],
) -> Presentation:
    """What is asked for; else what is declared; else numbers, unless mostly something else was published."""
    text = asked.get("weergave", "")
    if text and text not in PRESENTATIONS:
        notices.append(Notice("unknown", "weergave", text[:40]))
    elif text and not _possible(fitting, PRESENTATIONS[text]):
        notices.append(Notice("no_figures", "weergave", text))
    elif text:
        return PRESENTATIONS[text]
    declared = PRESENTATIONS.get(indicator.weergave)
    if declared and not fitting[declared].empty:
        return declared
    published = shown.by_unit()
    by_size: dict[Presentation, int] = {
        "aantal": published.get(COUNT, 0),
        "aandeel": published.get(PERCENT, 0),
        "per100000": published.get(PER_100000, 0),
    }
    return max(by_size, key=lambda name: by_size[name])


NUMBERS: dict[int, int] = {ROW: NUMBER, SHARE: SHARE_NUMBER}
"""Of a kind of figures those with a number; the other kinds are numbers."""


def _possible(fitting: Mapping[Presentation, Part], presentation: Presentation) -> bool:
    """Whether a presentation shows anything; shares and rates must have a number among them."""
    part = fitting[presentation]
    return not (part if presentation == "aantal" else part.that(NUMBERS.get(part.kind, part.kind))).empty


def _period(
    view: View, indicator: Indicator, part: Part, asked: dict[str, str], notices: list[Notice]
) -> tuple[str, tuple[str, ...]]:
    """The period, and first and last period of a part of a series; '' without any figures."""
    count = part.by_period()
    found = []
    for code in filter(None, (part.strip().upper() for part in asked.get("periode", "").split(","))):
        try:
            each = periods.period(code)
        except ValueError:
            notices.append(Notice("unknown", "periode", code[:40]))
            continue
        if code in count:
            found.append(each)
        else:
            notices.append(Notice("no_figures", "periode", each.label))
    if found and view != "tijdreeksen" and len(found) > 1:
        notices.append(Notice("too_many", "periode", "1"))
    if found:
        same = sorted({p for p in found if p.kind == found[0].kind})
        several = view == "tijdreeksen" and len(same) > 1
        return (same[-1].code, (same[0].code, same[-1].code)) if several else (found[0].code, ())
    return _default_period(view, indicator, count), ()


def _earlier(
    view: View, part: Part, regions: tuple[Region, ...], selection: Selection, period: str
) -> list[periods.Period]:
    """The periods before the one shown, of its kind, in which a chosen region has a count; the newest first."""
    if view != "regionaal" or selection.group or not regions or not period:
        return []
    now = periods.period(period)
    mine = part.of_regions([r.code for r in regions]).of_unit(COUNT).that(NUMBER)
    every = map(periods.period, mine.by_period())
    return sorted((p for p in every if p.kind == now.kind and p.start < now.start), reverse=True)


def _since(earlier: list[periods.Period], asked: dict[str, str], notices: list[Notice]) -> str:
    """The code of the earlier period asked for, '' when none is or when it has nothing to compare with."""
    text = asked.get("sinds", "").upper()
    if not text:
        return ""
    try:
        found = periods.period(text)
    except ValueError:
        notices.append(Notice("unknown", "sinds", text[:40]))
        return ""
    if found not in earlier:
        notices.append(Notice("no_figures", "sinds", found.label))
        return ""
    return found.code


def _grey(
    view: View, regions: tuple[Region, ...], selection: Selection, asked: dict[str, str], notices: list[Notice]
) -> bool:
    """Whether others in grey were asked for; they only stand beside chosen regions, not beside categories."""
    text = asked.get("rest", "").lower()
    if text and text != GREY:
        notices.append(Notice("unknown", "rest", text[:40]))
        del asked["rest"]
    return text == GREY and view != "landelijk" and bool(regions) and not selection.group


def _default_period(view: View, indicator: Indicator, count: Mapping[str, int]) -> str:
    """The newest period (with nearly the most figures); of a series the newest of the kind that makes most line."""
    if not count:
        return ""
    if view != "tijdreeksen":
        enough = 0 if indicator.periode == "nieuwste" else 0.8 * max(count.values())
        return max(periods.period(code) for code, number in count.items() if number >= enough).code
    every = {kind: sorted(p for p in map(periods.period, count) if p.kind == kind) for kind in periods.KINDS}
    best = max(every, key=lambda kind: (_joined(every[kind]), len(every[kind])))
    return every[best][-1].code


def _joined(some: list[periods.Period]) -> int:
    """How many periods follow right upon another one: only those are joined by a line."""
    return sum(len(periods.span(one, other)) == 2 for one, other in pairwise(some))


# --- what else can be chosen ---


def _together(main: list[str], there: Mapping[str, int]) -> str:
    """The name of the main measures together: their own names for two of more, else how many there are."""
    if not main or set(main) == there.keys():
        return "Alle maten"
    if len(main) > 2:
        return f"De {len(main)} belangrijkste maten"
    return " en ".join([main[0], *map(lower_first, main[1:])])


def _options(
    release: Release,
    choice: Choice,
    own: Part,
    offered: Part,
    fitting: Mapping[Presentation, Part],
) -> dict[str, tuple[Option, ...]]:
    catalogue = release.catalogue
    there = own.by_measure()
    main = [m for m in choice.indicator.hoofdmaten if m in there]
    measures = [Option("", _together(main, there), True, not choice.measure)] if len(main) != 1 else []
    others = not choice.measure and bool(set(choice.measures) - set(main))
    if others or (choice.view == "landelijk" and not choice.selection.group):
        measures = [Option("", "Alle maten", True, not choice.measure)]
    measures += [
        Option(
            catalogue.measures[m].slug,
            m,
            m in there,
            catalogue.measures[m].slug == choice.measure or (not choice.measure and [m] == main and not measures),
        )
        for m in choice.indicator.maten
    ]
    possible = [s for s in selections(release, choice.indicator) if choice.indicator.kenmerken and _offered(choice, s)]
    sizes = (offered.that(SERIES) if choice.view == "tijdreeksen" else offered).by_member()
    breakdown = [
        Option(
            s.slug,
            name_of(s),
            _can_show(choice, sizes, s),
            s.slug == choice.selection.slug,
            upper_first(s.by) if s.kenmerk != TOTAL else "",
        )
        for s in possible
    ]
    available = fitting[choice.presentation].by_period()
    every = sorted(map(periods.period, own.by_period().keys() | available.keys()), reverse=True)
    return {
        "indicator": _indicator_options(release, choice.view, choice),
        "maat": tuple(measures),
        "categorie": tuple(breakdown),
        "periode": tuple(
            Option(p.code, p.label, p.code in available, p.code == choice.period, periods.KINDS[p.kind]) for p in every
        ),
        "weergave": _presentation_options(choice, fitting),
        "niveau": _level_options(choice, own, offered),
        "regio": _region_options(release, choice),
    }


def _region_options(release: Release, choice: Choice) -> tuple[Option, ...]:
    every = every_region(release, choice.indicator.slug, choice.view)
    chosen = {region.code for region in choice.regions}
    return tuple(replace(o, chosen=True) if o.value in chosen else o for o in every) if chosen else every


@per_release
def every_region(release: Release, slug: str, view: View) -> tuple[Option, ...]:
    """The entries of all regions with figures, none of them chosen."""
    there = release.comparable[slug, view].by_region()
    found = [region for region in release.regions.by_code.values() if region.code in there]
    return tuple(Option(region.code, region.label, True, False) for region in found)


def _since_options(choice: Choice, earlier: list[periods.Period]) -> tuple[Option, ...]:
    return tuple(Option(p.code, p.label, True, p.code == choice.since) for p in earlier)


def _presentation_options(choice: Choice, fitting: Mapping[Presentation, Part]) -> tuple[Option, ...]:
    """Numbers and shares always; rates only where a region shown has one, of the very period shown."""
    out = []
    for name in PRESENTATIONS.values():
        possible = _possible(fitting, name)
        if name in ("per10000", "per100000"):
            now = choice.view == "tijdreeksen" or choice.period in fitting[name].by_period()
            if not possible or not now:
                continue
        label = upper_first(NAMES[UNIT_OF[name]])
        out.append(Option(name, label, possible, name == choice.presentation))
    return tuple(out)


def _level_options(choice: Choice, own: Part, offered: Part) -> tuple[Option, ...]:
    """The levels to compare on; available are those with figures of what is shown, if it was asked for by name."""
    if choice.view != "regionaal":
        return ()
    by_name = not choice.selection.group and bool({"geweld", "categorie"} & set(choice.asked))
    there = (selected(offered, choice.selection) if by_name else own).by_level()
    return tuple(
        Option(slug, upper_first(LEVELS_PLURAL[key]), key in there, key == choice.level)
        for slug, key in LEVEL_OF_SLUG.items()
    )


def _indicator_options(release: Release, view: View, choice: Choice) -> tuple[Option, ...]:
    return tuple(
        Option(
            i.slug,
            i.titel,
            (i.slug, view) in release.filled,
            i.slug == choice.indicator.slug and theme.id == choice.theme,
            theme.titel,
        )
        for theme in release.catalogue.themes
        for i in release.catalogue.of_theme(theme.id)
        if view in i.views
    )
