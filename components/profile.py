"""The profile of a region: its own figures beside its Veilig Thuis-regio and Nederland, one sentence each.

Says what was counted and how sure that is; never that a region does well or badly.
"""

from __future__ import annotations

from collections.abc import Iterable

from components import words
from components.address import address
from components.citing import population_link
from components.elements import html
from components.house_style import shelf
from components.html_text import fixed
from components.numbers import figure_text, number, sign_meanings
from components.svg import svg
from components.table import cell
from data import periods
from data.catalogue import TOTAL, Catalogue
from data.kept import per_release
from data.profile import Before, Compared, Nearest, Panel, Profile, profile
from data.rates import Rounded
from data.regions import LEVELS, LEVELS_PLURAL, Region
from data.release import COUNTRY, Release
from data.text import lower_first, upper_first
from data.units import COUNT, NAMES, PER_10000, PERCENT

BAR = 100
NO_RATE = "niet te berekenen"
MOST_OF_NEAREST = 4
MORE_PEOPLE = "Een regio met meer inwoners heeft vaak een hoger aantal."


def profile_section(codes: str, release: Release) -> html.Section | None:
    """The profile of the one region in a list of codes; None for several, for none and for Nederland."""
    if codes not in release.regions or codes == COUNTRY:
        return None
    return _section(release, codes, shelf.current().name)


@per_release(most=64)
def _section(release: Release, codes: str, style: str) -> html.Section:
    """The profile of a region, which stays while the visitor chooses something else; its links lead to a style."""
    shown = profile(release, release.regions[codes])
    near, panels = shown_panels(shown, release)
    name = shown.region.label
    section = html.Section(
        [
            html.H2(f"Profiel van {name}", id="profiel"),
            _facts(shown, release),
            *_none_of_its_own(shown, near),
            html.Div([_panel(panel, release) for panel in panels], className="profiel-panelen") if panels else None,
            _download(shown.region) if panels else None,
            _elsewhere(shown),
            _notes(shown, panels, release),
        ],
        className="kaart profiel",
        **{"aria-labelledby": "profiel"},
    )
    return fixed(section)


def rate_text(rate: Rounded) -> str:
    """A rate as a person reads it: 37,9 or 'ongeveer 31'."""
    return ("ongeveer " if rate.about else "") + number(rate.value, decimals=rate.decimals)


# --- the region ---


def _facts(shown: Profile, release: Release) -> html.Div:
    parts: list[object] = []
    if shown.population:
        day = f"1 januari {shown.population.year}"
        added = f" ({shown.population.explanation}, door ons opgeteld)" if shown.population.parts else ""
        parts.append(html.P(f"{number(shown.population.inhabitants)} inwoners op {day}{added}."))
    if shown.region.remark:
        parts.append(html.P(shown.region.remark))
    links: list[object] = []
    for region in shown.around:
        where = address("landelijk") if region.code == COUNTRY else _page(region)
        links += [" · " if links else "Ligt in: ", html.A(region.label, href=where)]
    parts.append(html.P(links))
    inside = [r for r in release.regions.by_code.values() if r.parent == shown.region.code]
    if inside:
        items = [html.Li(html.A(r.name, href=_page(r))) for r in sorted(inside, key=lambda r: r.name)]
        plural = LEVELS_PLURAL[inside[0].level]
        parts.append(
            html.Details(
                [html.Summary(f"{upper_first(plural)} in deze regio ({len(inside)})"), html.Ul(items)],
                id="profiel-delen", className="uitleg profiel-delen",
            )
        )  # fmt: skip
    return html.Div(parts, className="profiel-feiten")


def _page(region: Region, indicator: str = "") -> str:
    return address("regionaal", ({"indicator": indicator} if indicator else {}) | {"regio": region.code})


# --- its figures ---


def shown_panels(shown: Profile, release: Release) -> tuple[Region | None, list[Panel]]:
    """The panels to show: of the region itself, else the first ones of the nearest region with figures, and that."""
    if shown.panels:
        return None, _ordered(shown.panels)
    near = next((r for r in shown.around if r.code != COUNTRY and profile(release, r).panels), None)
    return near, _ordered(profile(release, near).panels)[:MOST_OF_NEAREST] if near else []


def _ordered(panels: Iterable[Panel]) -> list[Panel]:
    """Totals first; a category says less on its own."""
    return sorted(panels, key=lambda panel: panel.categorie != TOTAL)


def _none_of_its_own(shown: Profile, near: Region | None) -> list[object]:
    if shown.panels:
        return []
    level = LEVELS[shown.region.level]
    text = f"Van deze {level} staan er in deze levering geen eigen cijfers. Dat betekent niet dat er niets is gemeld."
    out: list[object] = [html.P(html.Strong(text))]
    if near:
        out.append(
            html.P(["Dichtstbij met cijfers: ", html.A(near.label, href=_page(near)), ". U ziet die hieronder."])
        )
    return out


def _panel(panel: Panel, release: Release) -> html.Article:
    """One figure: sentence, small table with bars, and what may be said about change, place and size."""
    with_rates = [row.rate for row in panel.rows if row.rate]
    name = panel.maat if panel.categorie == TOTAL else f"{panel.maat}: {lower_first(panel.categorie)}"
    own = panel.own.region
    query = {"indicator": panel.indicator.slug, "regio": own.code, "periode": panel.period}
    said = (change_text(panel.before) if panel.before else "", _place(panel), peers_text(panel))
    return html.Article(
        [
            html.H3(name),
            html.P(sentence(panel, release.catalogue), className="profiel-zin"),
            _table(name, panel, with_rates),
            *(html.P(text) for text in said if text),
            html.P(html.A(f"Meer over: {panel.indicator.titel}", href=address("regionaal", query))),
        ],
        className="profiel-paneel",
    )


def _table(name: str, panel: Panel, with_rates: list[Rounded]) -> html.Table:
    time = periods.period(panel.period)
    unit = upper_first(next((NAMES[r.figure.unit] for r in panel.rows if r.figure), NAMES[COUNT]))
    heads = [html.Th("Regio", scope="col"), html.Th(unit, scope="col", className="getal")]
    if with_rates:
        heads.append(html.Th(f"{upper_first(PER_10000)} (berekend)", scope="col", className="getal"))
    longest = max((rate.value for rate in with_rates), default=0.0)
    rows = [
        html.Tr(
            [
                html.Th(row.region.label, scope="row"),
                html.Td(cell(row.figure), className="getal"),
                *([html.Td(_rate(row, longest), className="getal")] if with_rates else []),
            ],
            className="gekozen" if row is panel.own else None,
        )
        for row in panel.rows
    ]
    caption = html.Caption(f"{name}, {time.label}", className="alleen-lezen")
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="profiel-cijfers")


def _rate(row: Compared, longest: float) -> list[object]:
    """The rate with its bar; in words where it cannot be computed."""
    if row.rate is None:
        known = row.figure is not None and row.figure.value is not None
        return [html.Span(NO_RATE if known else "–", className="teken")]
    width = max(round(BAR * row.rate.value / longest, 1), 0.5)
    bar = svg("svg", [svg("rect", width=width, height=8)], className="profiel-staaf", viewBox=f"0 0 {BAR} 8",
              preserveAspectRatio="none", **{"aria-hidden": "true"})  # fmt: skip
    return [rate_text(row.rate), bar]


def sentence(panel: Panel, catalogue: Catalogue) -> str:
    """The figure of the region in plain words, with the rates of the regions around it where they are known."""
    own, measure = panel.own, catalogue.measures[panel.maat]
    time, place = periods.period(panel.period), panel.own.region.label
    inside = f" in de categorie ‘{panel.categorie}’" if panel.categorie != TOTAL else ""
    if own.figure is None or own.figure.value is None:
        return f"Het aantal {measure.meervoud} in {place} {time.when}{inside} is niet bekend."
    text = figure_text(own.figure)
    if own.figure.unit == PERCENT:
        subject = measure.percentage or f"het aandeel van de {measure.meervoud}"
        return f"In {place} was {time.when} {subject}{inside} {text}."
    one = own.figure.value == 1
    counted = f"{text} {measure.enkelvoud if one else measure.meervoud}"
    per = f" {own.figure.unit}" if own.figure.unit != COUNT else ""
    out = f"In {place} {'was' if one else 'waren'} er {time.when} {counted}{per}{inside}."
    if own.rate is None:
        return out
    length = " in dat halfjaar" if time.kind == "halfjaar" else ""
    out += f" Dat is {rate_text(own.rate)} {PER_10000}{length}."
    others = [(row.region, row.rate) for row in panel.rows[1:] if row.rate]
    if others:
        told = words.join([f"in {region.label} {rate_text(rate)}" for region, rate in others])
        out += f" {upper_first(told)}."
    return out


def _place(panel: Panel) -> str:
    text = place_text(panel)
    count = panel.own.figure is not None and panel.own.figure.unit == COUNT
    return f"{text} {MORE_PEOPLE}" if text and count else text


def place_text(panel: Panel) -> str:
    """The place of the region among those of its level; '' when too few are known."""
    if panel.place is None:
        return ""
    level = panel.own.region.level
    of = f"de {panel.place.of} {LEVELS_PLURAL[level]}"
    if panel.of_level != panel.place.of:
        of += " waarvan dit cijfer bekend is"
    shared = "gedeeld " if panel.place.shared else ""
    unit = panel.own.figure.unit if panel.own.figure else COUNT
    named = NAMES[unit] if unit in (COUNT, PERCENT) else f"aantal {unit}"
    return f"Naar {named}, van hoog naar laag: {shared}{panel.place.place}e van {of}."


def change_text(before: Before) -> str:
    """The earlier count and the difference, in percent where rounding leaves that a meaning."""
    time = periods.period(before.period)
    was = f"{upper_first(time.when)} waren het er {figure_text(before.figure)}"
    absolute, percent = before.change.absolute, before.change.percent
    if not absolute:
        return f"{was}. Het verschil is niet groter dan de afronding."
    less = "minder" if absolute < 0 else "meer"
    share = ""
    if percent:
        about = "ongeveer " if percent.about else ""
        share = f" ({about}{number(abs(percent.value))}% {less}, berekend)"
    return f"{was}: nu {number(abs(absolute))} {less}{share}."


def peers_text(panel: Panel) -> str:
    """Regions of about the same size; their figures, and no judgement. '' when there are too few."""
    told = [f"{p.region.name} {figure_text(p.figure)}" for p in panel.peers]
    return f"{same_size(panel)}: {words.join(told)}." if told else ""


def same_size(panel: Panel) -> str:
    """How a list of regions of about the same size begins."""
    return f"{upper_first(LEVELS_PLURAL[panel.own.region.level])} van ongeveer dezelfde grootte, voor zover bekend"


def _download(region: Region) -> html.Div:
    """The button for the file with exactly these figures."""
    where = address("csv/regionaal/profiel", {"regio": region.code})
    return html.Div(
        html.A("Download dit profiel (CSV)", href=where, download="", className="knop"), className="knoppen"
    )


# --- what the region has no figures of ---


def _elsewhere(shown: Profile) -> html.Details | None:
    """Every indicator without figures of the region, with the nearest region that has them."""
    if not shown.nearest:
        return None
    there = [each for each in shown.nearest if each.region]
    nowhere = [each.indicator.titel for each in shown.nearest if not each.region]
    items = [html.Li(_near(each)) for each in there]
    count = len(shown.nearest)
    things = "indicator" if count == 1 else "indicatoren"
    parts: list[object] = [html.Summary(f"Geen eigen cijfers van {count} {things}: hier staan ze wel")]
    if items:
        parts.append(html.Ul(items))
    if nowhere:
        parts.append(html.P(f"Ook van de regio's eromheen niet in deze levering: {'; '.join(nowhere)}."))
    return html.Details(parts, id="profiel-elders", className="uitleg", open=not shown.panels)


def _near(each: Nearest) -> list[object]:
    assert each.region
    national = each.region.code == COUNTRY
    where = (
        address("landelijk", {"indicator": each.indicator.slug})
        if national
        else _page(each.region, each.indicator.slug)
    )
    return [f"{each.indicator.titel}: ", html.A(each.region.label, href=where)]


def _notes(shown: Profile, panels: list[Panel], release: Release) -> html.Div:
    """What must be said with the figures, and where they come from."""
    rows = [row for panel in panels for row in (*panel.rows, *panel.peers)]
    meanings = sign_meanings(row.figure for row in rows)
    notes: list[object] = [html.Ul([html.Li(text) for text in meanings], className="tekens")] if meanings else []
    if any(row.rate for row in rows):
        notes.append(
            html.P(
                "Aantallen per 10.000 inwoners zijn door ons berekend: het gepubliceerde aantal, gedeeld door alle "
                "inwoners op 1 januari van hetzelfde jaar. Het CBS rondt aantallen af op vijftallen. Daarom staan er "
                "niet meer cijfers dan de afronding toelaat. Bij ‘ongeveer’ kan het getal 1 hoger of lager zijn."
            )
        )
        notes.append(
            html.P(
                "‘Niet te berekenen’: het aantal is te klein, er is geen inwonertal van deze regio in dat jaar, of het "
                "cijfer leent zich er niet voor."
            )
        )
    notes.append(
        html.P("Meer meldingen betekent niet dat er meer geweld is: het laat zien hoe vaak Veilig Thuis is bereikt.")
    )
    sources = {row.figure.source for row in rows if row.figure}
    populations = {name for row in rows if row.rate and row.population for name in row.population.sources}
    if shown.population:
        populations |= set(shown.population.sources)
    listed: list[object] = []
    for name in sorted(sources):
        source = release.catalogue.sources[name]
        listed.append(html.Li([html.A(f"{source.uitgever}, {source.titel}", href=source.adres), f", {source.tabel}"]))
    for name in sorted(populations):
        listed.append(html.Li(population_link(release.regions.inhabitants.sources[name])))
    if listed:
        parts = [html.Summary("Bronnen van dit profiel"), html.Ul(listed)]
        notes.append(html.Details(parts, id="profiel-bronnen", className="uitleg"))
    return html.Div(notes, className="noten")
