"""Titles and sentences in plain Dutch about the figures of a card. Says what was counted, never why."""

from __future__ import annotations

from components.figures.series import as_columns, name
from components.numbers import SIGN_WORDS, figure_text
from data.catalogue import TOTAL, Catalogue
from data.choice import INTERVAL, Choice, Notice
from data.marks import ENOUGH, breaks
from data.periods import KINDS, Period, period
from data.regions import LEVELS, LEVELS_PLURAL, Region
from data.release import Release
from data.signs import INEXACT, NO_POPULATION, TOO_SMALL
from data.text import lower_first, plain, upper_first
from data.units import COUNT, PER_10000, PER_100000, PERCENT, UNIT_OF
from data.view import CardView, Column, Figure, Line

VIEW_TITLES = {"landelijk": "Landelijk beeld", "regionaal": "Regionaal beeld", "tijdreeksen": "Tijdreeksen"}
PARAMETER_NAMES = {
    "indicator": "indicator",
    "maat": "maat",
    "regio": "regio",
    "periode": "periode",
    "geweld": "aard van het geweld",
    "categorie": "categorie",
    "weergave": "weergave",
    "thema": "thema",
    "stap": "stap",
    "niveau": "niveau",
    "sinds": "periode om mee te vergelijken",
    "rest": "keuze voor de andere regio's",
}
NEUTER = ("niveau", "thema")
NOT_COMPUTED = {
    TOO_SMALL: SIGN_WORDS[TOO_SMALL],
    NO_POPULATION: "niet te berekenen: het inwonertal is niet bekend",
    INEXACT: "niet te berekenen: de bron geeft het aantal niet precies",
}


def join(parts: list[str]) -> str:
    """Join words with commas and 'en'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}" if parts else ""


def notice_text(notice: Notice) -> str:
    """What a notice says to the visitor."""
    name = PARAMETER_NAMES[notice.parameter]
    match notice.kind:
        case "unknown":
            article = "Het" if name in NEUTER else "De"
            return f"{article} {name} ‘{notice.value}’ bestaat hier niet. U ziet de standaardkeuze."
        case "no_view":
            return f"De indicator ‘{notice.value}’ heeft geen cijfers voor deze pagina. U ziet een andere indicator."
        case "too_many" if notice.parameter == "periode":
            return "Deze pagina toont één periode tegelijk. U ziet de eerste."
        case "too_many":
            return f"U kunt hoogstens {notice.value} regio's vergelijken. U ziet de eerste {notice.value}."
        case _:
            if notice.parameter == "regio":
                return f"Voor {notice.value} zijn er van deze indicator hier geen cijfers."
            if notice.parameter == "niveau":
                return f"Per {notice.value} zijn er van deze indicator hier geen cijfers. U ziet een ander niveau."
            what = {
                "aandeel": "Aandelen", "aantal": "Aantallen", "per10000": f"Cijfers {PER_10000}",
                "per100000": f"Gepubliceerde cijfers {PER_100000}",
            }  # fmt: skip
            if notice.parameter == "weergave":
                return f"{what[notice.value]} zijn bij deze keuze niet beschikbaar."
            return f"Bij de {name} ‘{notice.value}’ zijn hier geen cijfers. U ziet de standaardkeuze."


def refusal_text(notice: Notice) -> str:
    """Why a file cannot be given; a page would have shown its default instead."""
    name = PARAMETER_NAMES[notice.parameter]
    if notice.kind == "too_many":
        return f"Te veel: hoogstens {notice.value} voor {name}."
    if notice.kind == "no_figures":
        return f"Bij {name} ‘{notice.value}’ zijn hier geen cijfers."
    return f"Onbekende waarde voor {name}: ‘{notice.value}’."


def where(card: CardView) -> str:
    """The place of a card, for its title."""
    choice = card.choice
    if choice.view == "landelijk":
        return "Nederland"
    if card.axis == "regio":
        if len(choice.regions) == 1:
            return choice.regions[0].label
        return join([r.label for r in choice.regions[:3]]) if choice.regions else f"per {LEVELS[card.level]}"
    return join([region.label for region in _regions(card) if region])


def _regions(card: CardView) -> list[Region | None]:
    """The regions in the columns of a card, without those that stand there in grey."""
    every = dict.fromkeys(c.region for c in card.columns)
    return [r for r in every if not card.choice.grey or r in card.choice.regions]


def when(card: CardView) -> str:
    """The time of a card, for its title."""
    if card.axis != "periode":
        return period(card.choice.period).label
    known = [line for line in card.lines if any(card.cell(line, c) for c in card.columns)]
    if card.choice.view != "tijdreeksen":
        return join([line.label for line in known])  # measurements, and nothing in between
    return _span(period(known[0].key), period(known[-1].key))


def _span(first: Period, last: Period) -> str:
    """From a period to another of its kind; parts of one year name the year once: '1e en 2e halfjaar 2019'."""
    if first == last:
        return first.label
    if first.kind in ("halfjaar", "kwartaal") and first.year == last.year:
        return f"{first.number}e {'en' if last.number == first.number + 1 else 'tot en met'} {last.label}"
    return f"{first.label} tot en met {last.label}"


def what(choice: Choice, catalogue: Catalogue) -> str:
    """What a card is about: the indicator, with the measure or category that was chosen."""
    parts = [choice.indicator.titel]
    if choice.selection.group and len(choice.indicator.kenmerken) > 1:
        parts.append(f"naar {choice.selection.by}")
    if choice.measure:
        name = catalogue.measure_by_slug[choice.measure].maat
        if plain(name) != plain(choice.indicator.titel):
            parts.append(lower_first(name))
    if choice.selection.group and choice.selection.parent:
        parts.append(f"vormen van {lower_first(choice.selection.parent)}")
    elif choice.selection.category != TOTAL:
        name = choice.selection.category.replace(" | ", ", ")
        parts.append(f"‘{name}’" if ":" in name else lower_first(name))
    return (": ".join([parts[0], ", ".join(parts[1:])]) if len(parts) > 1 else parts[0]) + _per(choice)


def _per(choice: Choice) -> str:
    """What a number is per: ' per 10.000 inwoners', '' for numbers and shares."""
    unit = UNIT_OF[choice.presentation]
    return f" {unit}" if unit in (PER_10000, PER_100000) else ""


def title(card: CardView, release: Release) -> str:
    """What, where and when, e.g. 'Aantal adviezen en meldingen, Nederland, 2e halfjaar 2019'."""
    subject = what(card.choice, release.catalogue)
    return f"{subject}, {where(card)}, {when(card)}" if card.lines else subject


def _counted(figure: Figure, maat: str, catalogue: Catalogue) -> str:
    """A number with what it counts: '1 gestart advies', '66.730 ontvangen meldingen', '68% van de overdrachten'."""
    measure = catalogue.measures[maat]
    text = figure_text(figure)
    if figure.unit == "%":
        return f"{text} van de {measure.meervoud}"
    return f"{text} {measure.enkelvoud if figure.value == 1 else measure.meervoud}"


def _in_category(choice: Choice) -> str:
    category = choice.selection.category
    return f" in de categorie ‘{category}’" if category != TOTAL else ""


def _statement(
    told: list[tuple[str, Figure | None]],
    place: str,
    time: str,
    card: CardView,
    release: Release,
) -> str:
    """One sentence: how many there were of each measure, in a place and a period; unknown is said to be unknown."""
    catalogue = release.catalogue
    every = [(maat, f) for maat, f in told if f and f.value is not None]
    rates = [(maat, f) for maat, f in every if f.unit == "%" and catalogue.measures[maat].percentage]
    numbers = [pair for pair in every if pair not in rates]
    parts = []
    if rates:
        category = card.choice.selection.category
        of = f" bij ‘{category}’" if category != TOTAL else ""
        counted = join([f"{catalogue.measures[maat].percentage}{of} {figure_text(f)}" for maat, f in rates])
        parts.append(f"In {place} was {time} {counted}.")
    if numbers:
        counted = join([_counted(f, maat, catalogue) for maat, f in numbers])
        one = len(numbers) == 1 and numbers[0][1].value == 1
        verb = "viel" if numbers[0][1].unit == "%" else "was er" if one else "waren er"
        parts.append(f"In {place} {verb} {time} {counted}{_per(card.choice)}{_in_category(card.choice)}.")
    reasons = [(NOT_COMPUTED.get(f.sign, "niet bekend"), maat) for maat, f in told if f and f.value is None]
    for why in sorted({why for why, _ in reasons}):
        subject = "aandeel" if card.choice.presentation == "aandeel" else "aantal"
        counted = join([catalogue.measures[maat].meervoud for reason, maat in reasons if reason == why])
        per = _per(card.choice) if why != "niet bekend" else ""
        parts.append(f"Het {subject} {counted}{per} in {place} {time}{_in_category(card.choice)} is {why}.")
    if not parts:
        parts.append(f"Voor {place} zijn hierover {time} geen cijfers beschikbaar.")
    return " ".join(parts)


def sentence(card: CardView, release: Release) -> str:
    """The main figure of a card in one or a few plain sentences; '' when there are no figures."""
    if not card.lines:
        return ""
    match card.axis:
        case "maat":
            return _of_measures(card, release)
        case "categorie" if card.choice.selection.pair:
            return (_of_matrix if card.choice.selection.margins else _of_crossed)(card, release)
        case "categorie" if card.choice.form == "voor-na":
            return _of_moments(card, release)
        case "periode" if card.choice.view != "tijdreeksen":
            return _of_measurements(card, release)
        case "periode" if card.choice.selection.group:
            return _of_lines(card, release)
        case "categorie":
            return _of_categories(card, release)
        case "regio":
            return _of_regions(card, release)
        case _:
            return _of_periods(card, release)


def _of_measures(card: CardView, release: Release) -> str:
    main = [line for line in card.lines if line.key in card.choice.indicator.hoofdmaten] or list(card.lines)
    told = [(line.key, card.cell(line, card.columns[0])) for line in main[:3]]
    return _statement(told, "Nederland", period(card.choice.period).when, card, release)


def _of_categories(card: CardView, release: Release) -> str:
    """The largest category of each measure and region, beside its total; measures that agree share a sentence.

    A category is only called the largest when all others are known; else the sentence says how far it goes.
    """
    time = period(card.choice.period).when
    told: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    out = []
    for column in card.columns[:4]:
        place = column.region.label if column.region else "Nederland"
        known = _known(card, column, card.choice.indicator.subtotalen) or _known(card, column)
        total = next((card.cell(line, column) for line in card.lines if line.total), None)
        if not known and total and total.value is not None:
            out.append(_statement([(column.maat, total)], place, time, card, release))
            continue
        if rate := release.catalogue.measures[column.maat].percentage if known and known[0][1].unit == "%" else "":
            names, number = _largest(card, column, known)
            most = "het hoogst " if len(known) > 1 else ""
            quoted = join([f"‘{name}’" for name in names])
            out.append(f"In {place} was {time} {rate} {most}bij {quoted} ({number}){_reach(card, column)}.")
            continue
        if len(known) == 1:
            ((line, figure),) = known
            verb = "viel" if figure.unit == "%" else "was er" if figure.value == 1 else "waren er"
            counted = _counted(figure, column.maat, release.catalogue)
            out.append(f"In {place} {verb} {time} {counted}{_per(card.choice)} in de categorie ‘{line.label}’.")
            continue
        names, number = _largest(card, column, known)
        subject = f"de {release.catalogue.measures[column.maat].meervoud}"
        told.setdefault((place, names, _reach(card, column)), []).append(f"{subject} ({number})" if number else subject)
    for (place, names, reach), subjects in told.items():
        if not names:
            out.append(f"In {place} is {time} over {join(subjects)} geen enkel getal bekend.")
            continue
        verb, thing = ("zijn", "grootste categorieën") if len(names) > 1 else ("is", "grootste categorie")
        quoted = join([f"‘{name}’" for name in names])
        out.append(f"In {place} {verb} {time} {quoted} de {thing} bij {join(subjects)}{reach}.")
    return " ".join(out)


def _groups(card: CardView) -> list[list[Column]]:
    """The columns of each measure and region together."""
    out: dict[tuple[str, str], list[Column]] = {}
    for column in card.columns:
        out.setdefault((column.maat, column.region.code if column.region else ""), []).append(column)
    return list(out.values())


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure else None


def _place(column: Column) -> str:
    return column.region.label if column.region else "Nederland"


def _of_measurements(card: CardView, release: Release) -> str:
    """The measurement asked for or the newest, and the one before it of the very same measures."""
    main = [c for c in card.columns if c.maat in card.choice.indicator.hoofdmaten] or list(card.columns)
    lines = [line for line in card.lines if any(_value(card.cell(line, c)) is not None for c in main)]
    lines = lines or [line for line in card.lines if any(card.cell(line, c) for c in main)] or list(card.lines)
    chosen = next((line for line in lines if line.chosen), lines[-1])
    if card.choice.selection.kenmerk == INTERVAL and card.choice.selection.group:
        return " ".join(_estimate(card, columns, chosen, release) for columns in _groups(card))
    told = [c for c in main if card.cell(chosen, c)]
    text = _statement(
        [(c.maat, card.cell(chosen, c)) for c in told], "Nederland", period(chosen.key).when, card, release
    )
    if any(_value(card.cell(chosen, c)) is None for c in told):
        return text
    before = [
        line for line in lines[: lines.index(chosen)] if all(_value(card.cell(line, c)) is not None for c in told)
    ]
    return f"{text} {_also(card, before[-1], told)}" if before else text


def _also(card: CardView, line: Line, columns: list[Column]) -> str:
    """The same figures in another period: 'In 2020 was dat 8,3%.'."""
    figures = [f for c in columns if (f := card.cell(line, c))]
    were = "was dat" if figures[0].unit == "%" else "waren dat er"
    return f"{upper_first(period(line.key).when)} {were} {join([figure_text(f) for f in figures])}."


def _estimate(card: CardView, columns: list[Column], line: Line, release: Release) -> str:
    """An estimate with its bounds, as far as the source gives them."""
    by_name = {c.categorie: c for c in columns}
    whole, *bounds = (
        card.cell(line, by_name[name]) if name in by_name else None for name in (TOTAL, "Ondergrens", "Bovengrens")
    )
    time, measure = period(line.key).when, release.catalogue.measures[columns[0].maat]
    low, high = (figure_text(f) if f and f.value is not None else "" for f in bounds)
    if whole and whole.unit == "%":
        return _statement([(measure.maat, whole)], "Nederland", time, card, release)
    between = f"tussen {low} en {high}" if whole else f"{low} tot {high}"
    if whole and whole.value is not None:
        limits = f", {between}" if low and high else ""
        return f"In Nederland waren er {time} naar schatting {figure_text(whole)} {measure.meervoud}{limits}."
    if low and high:
        return f"In Nederland waren er {time} naar schatting {between} {measure.meervoud}."
    return f"Het aantal {measure.meervoud} in Nederland {time} is niet bekend."


def _of_lines(card: CardView, release: Release) -> str:
    """The chosen or newest period of a series of categories: the total, each category, and the first period."""
    out = []
    for columns in _groups(card)[:4]:
        maat, place = columns[0].maat, _place(columns[0])
        members = [c for c in columns if c.categorie != TOTAL]
        known = [line for line in card.lines if any(_value(card.cell(line, c)) is not None for c in members)]
        if not known:
            continue
        chosen = next((line for line in known if line.chosen), known[-1])
        whole = next((f for c in columns if c.categorie == TOTAL and (f := card.cell(chosen, c))), None)
        told = [(c, f) for c in members if (f := card.cell(chosen, c))]
        each = [f"‘{c.categorie}’ {figure_text(f)}" for c, f in told]
        time, plural = period(chosen.key).when, release.catalogue.measures[maat].meervoud
        if whole and whole.value is not None:
            text = f"{_statement([(maat, whole)], place, time, card, release)[:-1]}; {join(each)}."
        else:
            subject = "aandeel in" if card.choice.presentation == "aandeel" else "aantal"
            article = "de " if card.choice.presentation == "aandeel" else ""
            text = f"In {place} was het {subject} {article}{plural}{_per(card.choice)} {time}: {join(each)}."
        shown = [c for c, f in told if f.value is not None]
        if known[0] != chosen and all(_value(card.cell(known[0], c)) is not None for c in shown):
            first = join([f"‘{c.categorie}’ {figure_text(card.cell(known[0], c))}" for c in shown])
            text += f" {upper_first(period(known[0].key).when)}: {first}."
        out.append(text)
    return " ".join(out) or f"Hierover is in {_place(card.columns[0])} geen enkel getal bekend."


def _of_moments(card: CardView, release: Release) -> str:
    """What was found at the last moment that is known, and at the one before it, or that this is not known."""
    time, out = period(card.choice.period).when, []
    for column in card.columns[:4]:
        known = [line for line in card.lines if _value(card.cell(line, column)) is not None]
        if not known:
            out.append(f"Voor {_place(column)} zijn hierover {time} geen cijfers beschikbaar.")
            continue
        out.append(_statement([(column.maat, card.cell(known[-1], column))], _place(column), time, card, release))
        out += [f"{line.label} was dat {figure_text(card.cell(line, column))}." for line in known[:-1]]
    missing = [line for line in card.lines if not any(card.cell(line, c) for c in card.columns)]
    out += [f"Een cijfer ‘{lower_first(line.label)}’ is niet beschikbaar." for line in missing]
    return " ".join(out)


def _of_crossed(card: CardView, release: Release) -> str:
    """For each member of the second breakdown the largest of the first."""
    time, out = period(card.choice.period).when, []
    for columns in _groups(card)[:4]:
        measure, rate = release.catalogue.measures[columns[0].maat], False
        parts: list[tuple[str, str]] = []
        for column in columns:
            if known := _known(card, column, card.choice.indicator.subtotalen) or _known(card, column):
                names, number = _largest(card, column, known)
                quoted = join([f"‘{name}’" for name in names])
                parts.append((column.categorie, f"{quoted} ({number}{_reach(card, column)})"))
                rate = rate or known[0][1].unit == "%"
        place = _place(columns[0])
        if not parts:
            out.append(f"In {place} is {time} over de {measure.meervoud} geen enkel getal bekend.")
        elif rate and measure.percentage:
            out.append(
                f"In {place} was {time} {measure.percentage} het hoogst: "
                f"{join([f'voor ‘{name}’ bij {text}' for name, text in parts])}."
            )
        else:
            out.append(
                f"De grootste categorie van de {measure.meervoud} was in {place} {time}: "
                f"{join([f'voor ‘{name}’ {text}' for name, text in parts])}."
            )
    return " ".join(out)


def _of_matrix(card: CardView, release: Release) -> str:
    """The total, and of each of the two breakdowns the numbers that are known; what crosses stays in the matrix."""
    time, out = period(card.choice.period).when, []
    for columns in _groups(card)[:4]:
        margin = next((line for line in card.lines if line.total), None)
        whole = next((c for c in columns if c.categorie == TOTAL), None)
        total = card.cell(margin, whole) if margin and whole else None
        measure = release.catalogue.measures[columns[0].maat]
        place = _place(columns[0])
        out.append(
            _statement([(columns[0].maat, total)], place, time, card, release)
            if total
            else f"Het aantal {measure.meervoud} in {place} {time} is niet bekend."
        )
        top = [(c, f) for c in columns if margin and c != whole and (f := card.cell(margin, c)) and f.value is not None]
        if top:
            each = join([f"‘{c.categorie}’ {figure_text(f)}" for c, f in top])
            out.append(f"Naar {lower_first(card.choice.selection.pair[1])}: {each}.")
        if whole and (known := _known(card, whole)):
            names, number = _largest(card, whole, known)
            reach = _reach(card, whole)
            out.append(
                f"Bij de {lower_first(card.choice.selection.pair[0])} is {join([f'‘{n}’' for n in names])} "
                f"de grootste categorie ({number}){reach}."
            )
    return " ".join(out)


def _known(card: CardView, column: Column, apart: tuple[str, ...] = ()) -> list[tuple[Line, Figure]]:
    """The categories of a column that have a number, without the total and those that stand apart."""
    return [
        (line, f)
        for line in card.lines
        if not line.total and line.label not in apart and (f := card.cell(line, column)) and f.value is not None
    ]


def _reach(card: CardView, column: Column) -> str:
    """How far a comparison goes when not all categories are known."""
    figures = [card.cell(line, column) for line in card.lines if not line.total]
    if card.left_out or None in figures:
        return ", van de categorieën in de geladen bronnen"
    return ", voor zover bekend" if any(f and f.value is None for f in figures) else ""


def _largest(card: CardView, column: Column, known: list[tuple[Line, Figure]]) -> tuple[tuple[str, ...], str]:
    """The largest categories of a column and their number, e.g. '70 van de 130'; nothing when none is known.

    The total only stands beside them when it comes from the same publication: else they are no part of it.
    """
    if not known:
        return (), ""
    top = max(f.value or 0 for _, f in known)
    best = [(line, f) for line, f in known if f.value == top]
    total = next((card.cell(line, column) for line in card.lines if line.total), None)
    one_source = total is not None and {f.source for _, f in best} == {total.source}
    whole = one_source and total is not None and total.value is not None and total.unit in (COUNT, PERCENT)
    of = f" van de {figure_text(total)}" if whole else _per(card.choice)
    each = "elk " if len(best) > 1 else ""
    return tuple(line.label for line, _ in best), f"{each}{figure_text(best[0][1])}{of}"


def _of_regions(card: CardView, release: Release) -> str:
    time = period(card.choice.period).when
    chosen = [line for line in card.lines if line.chosen]
    if chosen:
        return " ".join(
            _statement(
                [(c.maat, card.cell(line, c)) for c in card.columns],
                release.regions[line.key].label, time, card, release,
            )
            for line in chosen[:4]
        )  # fmt: skip
    return " ".join(_range(card, column, release, time) for column in card.columns[:2])


def _range(card: CardView, column: Column, release: Release, time: str) -> str:
    """The lowest and the highest number of a column; says so when it does not know all regions of the level."""
    lines = [line for line in card.lines if not line.total]
    known = [(f, line) for line in lines if (f := card.cell(line, column)) and f.value is not None]
    measure = release.catalogue.measures[column.maat].meervoud
    subject = "Het aandeel" if card.choice.presentation == "aandeel" else "Het aantal"
    head = f"{subject} {measure}{_per(card.choice)}{_in_category(card.choice)}"
    if not known:
        return f"{head} per {LEVELS[card.level]} is {time} niet bekend."
    known.sort(key=lambda pair: pair[0].value or 0)
    (low, low_line), (high, high_line) = known[0], known[-1]
    year = period(card.choice.period).year
    every = [r for r in release.regions.by_code.values() if r.level == card.level and r.exists_in(year)]
    reach = "" if len(known) >= len(every) else ", voor zover bekend,"
    if len(known) == 1:
        place = release.regions[low_line.key].label
        others = f" Van andere {LEVELS_PLURAL[card.level]} is dit niet bekend." if card.level in LEVELS_PLURAL else ""
        return _statement([(column.maat, low)], place, time, card, release) + (others if reach else "")
    if low.value == high.value:
        names = join([line.label for _, line in known[:5]])
        return f"{head} is{reach} {time} {figure_text(low)} ({names})."
    return (
        f"{head} loopt{reach} per {LEVELS[card.level]} {time} uiteen van {figure_text(low)} "
        f"({low_line.label}) tot {figure_text(high)} ({high_line.label})."
    )


def _of_periods(card: CardView, release: Release) -> str:
    """The chosen or newest period of each region, and the first one that it can be compared with."""
    out = []
    for region in _regions(card)[:4]:
        columns = [c for c in card.columns if c.region == region]
        there = [line for line in card.lines if any(card.cell(line, c) for c in columns)]
        known = [line for line in there if any(_has_number(card, line, c) for c in columns)] or there
        chosen = next((line for line in known if line.chosen), known[-1])
        place = region.label if region else "Nederland"
        told = [(c.maat, card.cell(chosen, c)) for c in columns]
        text = _statement(told, place, period(chosen.key).when, card, release)
        first = _first_comparable(card, columns, known, chosen)
        now = [f for _, f in told if f and f.value is not None]
        before = [f for c in columns if (f := card.cell(first, c)) and f.value is not None]
        if first != chosen and len(before) == len(now) == len(told):
            text += f" {upper_first(period(first.key).when)} {_compared(before, now, release)}."
        out.append(text)
    return " ".join(out)


def _first_comparable(card: CardView, columns: list[Column], known: list[Line], chosen: Line) -> Line:
    """The first period that stands on the same side of every break as the chosen one."""
    at = card.lines.index(chosen)
    edges = [edge for column in columns for edge in breaks(card, column) if edge <= at]
    return next(line for line in known if card.lines.index(line) >= max(edges, default=0))


def _compared(before: list[Figure], now: list[Figure], release: Release) -> str:
    """Former figures beside the present ones, with the direction as far as the rounding is sure of it.

    E.g. 'waren dat er minder: 53.145 en 65.075', 'was dat hoger: 50%'; nothing is computed.
    """
    texts = [figure_text(f) for f in before]
    percent = before[0].unit == "%"
    were = "was dat" if percent else "waren dat er"
    words = [_direction(old, new, release) for old, new in zip(before, now, strict=True)]
    if "" in words:
        return f"{were} {join(texts)}"
    if len(set(words)) == 1:
        return f"{were} {words[0]}: {join(texts)}"
    return f"{were} {join([f'{text} ({word})' for text, word in zip(texts, words, strict=True)])}"


def _direction(old: Figure, new: Figure, release: Release) -> str:
    """How a former figure compares with the present one; '' where a hedge or another unit leaves it open.

    A difference smaller than the rounding of either says nothing: then they are about equal.
    """
    if old.sign or new.sign or old.unit != new.unit or old.value is None or new.value is None:
        return ""
    if old.computed and old.unit == PER_10000:
        # Each can be a digit off, by the rounding of the count and by our own.
        sure = abs(old.value - new.value) > 2 * 10 ** -min(old.decimals, new.decimals)
        return "" if not sure else "minder" if old.value < new.value else "meer"
    smaller, equal, larger = ("lager", "even hoog", "hoger") if old.unit == "%" else ("minder", "evenveel", "meer")
    if old.unit != COUNT:
        step = float(10 ** -min(old.decimals, new.decimals))
    else:
        step = float(max(release.rounded_to[old.source], release.rounded_to[new.source]))
    if old.value == new.value or abs(old.value - new.value) < step * 0.999:
        return equal if not step else f"ongeveer {equal}"
    return smaller if old.value < new.value else larger


def _has_number(card: CardView, line: Line, column: Column) -> bool:
    figure = card.cell(line, column)
    return figure is not None and figure.value is not None


def marked(card: CardView) -> list[str]:
    """Which figures of a series leave the range of the earlier ones, the rule for that, and what it does not say."""
    kind = period(card.lines[0].key).kind
    parts = []
    for column in card.columns:
        for direction in ("hoger", "lager"):
            there = [line.label for line in card.lines if card.marks.get((line.key, column.key)) == direction]
            if there:
                parts.append(f"{name(card, column)}: {join(there)} ({direction})")
    sign = "een rand om de kolom" if as_columns(card) else "een ring om het punt"
    return [
        f"Hoger of lager dan alle eerdere bekende {KINDS[kind]} in deze grafiek ({sign}): {'; '.join(parts)}.",
        f"Zo'n teken staat er pas na {ENOUGH} eerdere cijfers, alleen als het verschil groter is dan de afronding, en "
        "nooit over een breuk heen. Bij een reeks die steeds stijgt of daalt komt het vaak voor, en bij kleine "
        "aantallen kan het toeval zijn. Waardoor het komt, zegt het niet.",
    ]
