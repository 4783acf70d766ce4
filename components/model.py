"""The process model: the drawing of the steps, the step that is open with its figures, and the other parties."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from components import words
from components.address import address, bare
from components.citing import source_link
from components.elements import html
from components.native import Input, style_fields
from components.numbers import NOT_THERE, PRINTED_SIGNS, figure_text, sign_meanings
from components.svg import Svg, svg
from components.table import cell
from data import model, periods
from data.catalogue import Arrow, Related, Step
from data.choice import Notice
from data.model import Group, Situation, Told, Way
from data.regions import LEVELS_PLURAL, Region
from data.release import COUNTRY, Release
from data.text import lower_first, upper_first
from data.view import Figure

# The drawing, in its own units: on a phone one unit is about one pixel.
WIDTH = 340
HALF = 156
BEGIN_HEIGHT = 40
BOX_HEIGHT = 92
GAP = 36
LINE = 19
LETTERS = {"links": 17, "rechts": 17, "breed": 40}
HEAD = 6


def notice_text(notice: Notice) -> str:
    """What a notice says on this page, where one region and one period show at a time."""
    match notice.kind, notice.parameter:
        case "too_many", "regio":
            return "Deze pagina toont één regio tegelijk. U ziet de eerste."
        case "no_figures", "regio":
            return f"Voor {notice.value} zijn hier geen cijfers. U ziet Nederland."
        case "no_figures", "periode":
            return f"Over {notice.value} zijn voor deze regio hier geen cijfers. U ziet een andere periode."
    return words.notice_text(notice)


def query_of(shown: Situation, step: str = "") -> dict[str, str]:
    """The parameters of an address that shows the same with another step open; defaults are left out."""
    asked = shown.asked | ({"stap": step} if step else {})
    return {name: asked[name] for name in ("stap", "regio", "periode") if name in asked}


# --- the choice ---


def chooser(shown: Situation, release: Release) -> html.Form:
    """The form for region and period; it works without JavaScript."""
    fullest = periods.period(model.fullest_period(release, shown.region.code)).label
    asked = shown.asked.get("periode", "")
    places: list[object] = []
    every = model.regions(release)
    for level, plural in LEVELS_PLURAL.items():
        options = [_option(r.code, r.label, r == shown.region) for r in every if r.level == level]
        if level == "NL":
            places += options
        elif options:
            places.append(html.Optgroup(options, label=upper_first(plural)))
    times: list[object] = [_option("", f"Meeste cijfers ({fullest})", not asked)]
    times += [_option(p.code, p.label, p.code == asked) for p in model.periods_of(release, shown.region.code)]
    return html.Form(
        [
            html.H2("Kies een regio en een periode", className="alleen-lezen"),
            _select("regio", "Regio", places),
            _select("periode", "Periode", times),
            Input(type="hidden", name="stap", value=shown.step.id),
            *style_fields(),
            html.Button("Toon de cijfers", type="submit", className="knop"),
        ],
        action=bare("model"), method="get", className="model-keuze", **{"aria-label": "Regio en periode"},
    )  # fmt: skip


def _select(name: str, label: str, options: list[object]) -> html.Div:
    control = f"model-{name}"
    return html.Div([html.Label(label, htmlFor=control), html.Select(options, id=control, name=name)], className="veld")


def _option(value: str, label: str, chosen: bool) -> html.Option:
    return html.Option(label, value=value, selected=chosen)


# --- the drawing ---


def drawing(shown: Situation, release: Release) -> html.Div:
    """The steps as links in an SVG, with their key figures, and the same in words."""
    declared = release.catalogue.model
    steps = list(declared.steps.values())
    rows = max(step.rij for step in steps)
    height = _top(rows) + BOX_HEIGHT + 4
    place = f"{shown.region.label}, {periods.period(shown.period).label}"
    begin = svg(
        "g",
        [
            svg("rect", x=WIDTH / 2 - 105, y=2, width=210, height=BEGIN_HEIGHT - 4, rx=18),
            svg("text", declared.begin, x=WIDTH / 2, y=BEGIN_HEIGHT / 2 + 5),
        ],
        className="schema-begin",
    )
    arrows = svg("g", [_arrow(arrow, declared.steps) for arrow in declared.arrows], **{"aria-hidden": "true"})
    picture = svg(
        "svg",
        [arrows, begin, *(_box(step, shown, release) for step in steps)],
        className="schema",
        viewBox=f"0 0 {WIDTH} {height}",
        role="group",
        **{"aria-label": f"Schema van de stappen, met cijfers voor {place}"},
    )
    return html.Div(
        [
            html.H2("De stappen", id="stappen"),
            html.P(["Kies een stap. De cijfers gaan over ", html.Strong(place), "."]),
            picture,
            html.Details(
                [
                    html.Summary("Het schema in woorden"),
                    html.Ul([html.Li([_route(arrow, declared.steps), arrow.uitleg]) for arrow in declared.arrows]),
                ],
                className="uitleg",
            ),
        ],
        className="model-schema",
    )


def _route(arrow: Arrow, steps: dict[str, Step]) -> html.Strong:
    begin = steps[arrow.van].titel if arrow.van else "Begin"
    return html.Strong(f"{begin} naar {lower_first(steps[arrow.naar].titel)}: ")


def _top(row: int) -> float:
    return BEGIN_HEIGHT + GAP + (row - 1) * (BOX_HEIGHT + GAP)


def _left(step: Step) -> tuple[float, float]:
    """Where the box of a step begins, and how wide it is."""
    match step.plek:
        case "links":
            return 2, HALF
        case "rechts":
            return WIDTH - HALF - 2, HALF
        case _:
            return 2, WIDTH - 4


def _box(step: Step, shown: Situation, release: Release) -> Svg:
    """A step as a link: its name and its key figure."""
    left, width = _left(step)
    if step.kerncijfer:
        figure = model.key_figure(release, step.kerncijfer.maat, shown.region.code, shown.period)
        text = _short(figure, step.kerncijfer.woorden)
    else:
        text = step.kort
    name = wrap(step.titel, LETTERS[step.plek])
    lines = [(line, "schema-naam") for line in name] + [
        (line, "schema-cijfer") for line in wrap(text, LETTERS[step.plek] + 2)
    ]
    first = _top(step.rij) + BOX_HEIGHT / 2 - (len(lines) - 1) * LINE / 2 + 5
    chosen = step == shown.step
    return svg(
        "a",
        [
            svg("rect", x=left, y=_top(step.rij), width=width, height=BOX_HEIGHT, rx=8),
            *(
                svg("text", line, x=left + width / 2, y=first + at * LINE, className=kind)
                for at, (line, kind) in enumerate(lines)
            ),
        ],
        href=f"{address('model', query_of(shown, step.id))}#stap",
        className="schema-stap gekozen" if chosen else "schema-stap",
        **{"aria-label": f"{step.titel}: {text}", "aria-current": "step" if chosen else None},
    )


def _short(figure: Figure | None, counted: str) -> str:
    """A number with what it counts: '66.730 meldingen'; a sign or nothing in words."""
    if figure is None:
        return f"{counted}: {NOT_THERE}"
    if figure.value is None:
        return f"{counted}: {figure_text(figure)}{_sign(figure)}"
    return f"{figure_text(figure)} {counted}"


def _sign(figure: Figure) -> str:
    return f" ({figure.sign})" if figure.sign in PRINTED_SIGNS else ""


def _arrow(arrow: Arrow, steps: dict[str, Step]) -> Svg:
    """A line with a head, straight down or sideways; passing a row it runs between the boxes."""
    to = steps[arrow.naar]
    left, width = _left(to)
    if arrow.van and steps[arrow.van].rij == to.rij:
        start_left, start_width = _left(steps[arrow.van])
        y = _top(to.rij) + BOX_HEIGHT / 2
        return _line(start_left + start_width, y, left, y)
    if not arrow.van:
        x = left + width / 2 if to.plek != "breed" else WIDTH / 2
        return _line(x, BEGIN_HEIGHT / 2 if abs(x - WIDTH / 2) > 105 else BEGIN_HEIGHT - 2, x, _top(to.rij))
    start = steps[arrow.van]
    narrow = next((step for step in (start, to) if step.plek != "breed"), None)
    x = sum(_left(narrow)) - HALF / 2 if narrow else WIDTH / 2
    return _line(x, _top(start.rij) + BOX_HEIGHT, x, _top(to.rij))


def _line(x: float, y: float, to_x: float, to_y: float) -> Svg:
    """A line that ends in a head; it points right or down."""
    if y == to_y:
        head = f"M{to_x} {to_y}l{-HEAD - 2} {-HEAD}v{2 * HEAD}z"
        end = f"H{to_x - HEAD}"
    else:
        head = f"M{to_x} {to_y}l{-HEAD} {-HEAD - 2}h{2 * HEAD}z"
        end = f"V{to_y - HEAD}"
    return svg("g", [svg("path", d=f"M{x} {y}{end}"), svg("path", d=head, className="punt")], className="schema-pijl")


# --- the flow ---


def flow(shown: Situation, release: Release) -> html.Section:
    """From advice and report to transfer, as numbers in the order of the work; nothing is computed."""
    stages = model.flow(release, shown.region.code, shown.period)
    told = [each for _, every in stages for each in every]
    sources = Sources(told)
    place = f"{shown.region.label}, {periods.period(shown.period).label}"
    return html.Section(
        [
            html.H2("Van melding tot overdracht, in cijfers", id="stroom"),
            html.P(["De gepubliceerde aantallen voor ", html.Strong(place), ", in de volgorde van het werk."]),
            html.Ol([_stage(stage.titel, stage.uitleg, every, sources) for stage, every in stages], className="stroom"),
            html.P(
                "Elk getal telt iets anders: adviezen, meldingen, casussen, diensten of personen. Trek ze niet van "
                "elkaar af en tel ze niet op. Wat in deze periode begon, hoeft nog niet te zijn geëindigd.",
                className="noten",
            ),
            _signs(told, any(each.figure is None for each in told)),
            sources.listed(release),
        ],
        className="hoofdstuk model-stroom",
        **{"aria-labelledby": "stroom"},
    )


def _stage(title: str, explanation: str, every: Sequence[Told], sources: Sources) -> html.Li:
    """A stage with its published numbers and signs; what was not published is named after them."""
    there = [each for each in every if each.figure]
    without = [lower_first(each.label) for each in every if not each.figure]
    return html.Li(
        [
            html.H3(title),
            html.P(explanation),
            html.Dl([part for each in there for part in (html.Dt(each.label), html.Dd(_figure(each, sources)))])
            if there
            else None,
            html.P(f"{upper_first(NOT_THERE)}: {words.join(without)}.", className="teken") if without else None,
        ]
    )


# --- the step that is open ---


def panel(shown: Situation, release: Release) -> html.Section:
    """What happens in a step, what is registered, its figures, and where to read on."""
    step, region, period = shown.step, shown.region, periods.period(shown.period)
    totals = model.totals(release, step, region.code, shown.period)
    groups = model.groups(release, step, region.code, shown.period)
    told = [*totals, *(t for group in groups for t in group.members)]
    sources = Sources(told)
    filled = [group for group in groups if group.members]
    without = [group for group in groups if not group.members]
    head = f"{step.titel}: cijfers voor {region.label}, {period.label}"
    figures: list[object] = []
    if totals:
        figures.append(_table("Totalen", "Maat", totals, sources))
    figures += [_group(group, sources) for group in filled]
    if without:
        by_measure = {g.maat: [lower_first(o.kenmerk) for o in without if o.maat == g.maat] for g in without}
        texts = [f"{lower_first(maat)} naar {words.join(parts)}" for maat, parts in by_measure.items()]
        figures.append(html.P(f"{upper_first(NOT_THERE)} voor {region.label} {period.when}: {'; '.join(texts)}."))
    if all(t.figure is None for t in told):
        figures.append(_elsewhere(shown, release))
    return html.Section(
        [
            html.H2(step.titel, id="stap", tabIndex="-1"),
            *(html.P(text) for text in step.tekst),
            html.H3("Wat wordt geregistreerd"),
            html.Ul([html.Li(text) for text in step.registratie]),
            html.H3(head, id="stap-cijfers"),
            *figures,
            _let_op(step, any(g.overlap for g in filled)),
            _signs(told, bool(without)),
            sources.listed(release),
            html.H3("Verder kijken"),
            _links(step.indicatoren, region, shown.period, release),
            html.P(["Meer over dit begrip: ",
                    html.A(release.catalogue.terms[step.begrip].term, href=address(f"toelichting#{step.begrip}")), "."])
            if step.begrip else None,
        ],
        className="hoofdstuk model-stap",
        **{"aria-labelledby": "stap"},
    )  # fmt: skip


def _elsewhere(shown: Situation, release: Release) -> html.P | None:
    """Where the figures of a step are when there are none here: other periods of the region, else of Nederland."""
    for code in dict.fromkeys((shown.region.code, COUNTRY)):
        found = model.other_periods(release, shown.step, code)
        if not found:
            continue
        links: list[object] = []
        for period in found[:4]:
            query = {"stap": shown.step.id, "regio": code, "periode": period.code}
            links += [" · " if links else "", html.A(period.label, href=f"{address('model', query)}#stap")]
        return html.P([f"Van deze stap zijn er wel cijfers voor {release.regions[code].label}: ", *links, "."])
    return None


class Sources:
    """The sources of a list of figures, numbered in the order in which they are used."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.ids = list(dict.fromkeys(t.figure.source for t in told if t.figure))

    def number(self, figure: Figure) -> int:
        """The number of the source of a figure, from 1."""
        return self.ids.index(figure.source) + 1

    def listed(self, release: Release) -> html.Div | None:
        """The list of sources; None when there are none."""
        if not self.ids:
            return None
        every = [release.catalogue.sources[name] for name in self.ids]
        return html.Div([html.P("Bronnen:"), html.Ol([html.Li(source_link(s)) for s in every])], className="bronnen")


def _group(group: Group, sources: Sources) -> html.Details:
    """A breakdown as a table that folds."""
    title = f"{group.maat} naar {lower_first(group.kenmerk)}"
    return html.Details(
        [html.Summary(title), _table(title, group.kenmerk, group.members, sources, quiet=True)],
        open=True,
        className="uitleg",
    )


def _table(caption: str, head: str, told: Sequence[Told], sources: Sources, *, quiet: bool = False) -> html.Table:
    """A table of figures with sign, status and the number of the source."""
    heads = [html.Th(head, scope="col"), html.Th("Cijfer", scope="col", className="getal")]
    rows = [html.Tr([html.Th(t.label, scope="row"), html.Td(_figure(t, sources), className="getal")]) for t in told]
    title = html.Caption(caption, className="alleen-lezen" if quiet else None)
    return html.Table([title, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="cijfers modelcijfers")


def _figure(told: Told, sources: Sources) -> list[object]:
    """A figure or its sign, and in small letters its status and source."""
    text = cell(told.figure)
    parts: list[object] = [text] if isinstance(text, str) else list(text)
    if told.figure:
        status = "status onbekend" if told.figure.status == "onbekend" else told.figure.status
        parts.append(html.Span(f"{status}, bron {sources.number(told.figure)}", className="eerst"))
    return parts


def _let_op(step: Step, overlap: bool) -> html.Ul | None:
    texts = list(step.let_op)
    if overlap:
        texts.append(
            "Een uitsplitsing kan optellen tot meer dan het totaal: één geval kan bij meer categorieën tellen."
        )
    return html.Ul([html.Li(text) for text in texts], className="noten") if texts else None


def _signs(told: Sequence[Told], absent: bool) -> html.Ul | None:
    """What the signs in the tables mean."""
    meanings = sign_meanings([*(t.figure for t in told), *([None] if absent else [])])
    return html.Ul([html.Li(text) for text in meanings], className="tekens noten") if meanings else None


def _links(links: Sequence[Related], region: Region, period: str, release: Release) -> html.Ul:
    """Each indicator with a link to each of its views."""
    items = []
    for link in links:
        title = release.catalogue.indicators[link.indicator].titel
        name = f"{title}, {lower_first(link.maat)}" if link.maat else title
        parts: list[object] = [f"{name}: "]
        for at, way in enumerate(model.ways(release, link, region.code, period)):
            parts += [" · " if at else "", _link(name, way)]
        items.append(html.Li(parts))
    return html.Ul(items, className="model-verder")


def _link(name: str, way: Way) -> html.A:
    label = lower_first(words.VIEW_TITLES[way.view])
    told = "" if way.filled else " (nog geen cijfers)"
    return html.A([html.Span(f"{name}, ", className="alleen-lezen"), label, told], href=address(way.view, way.query))


# --- the other parties ---


def parties(shown: Situation, release: Release) -> html.Section:
    """Who else is involved, what they register, and the newest figures of it."""
    return html.Section(
        [
            html.H2("De andere partijen", id="partijen"),
            html.P(
                "Veilig Thuis werkt niet alleen. Elke organisatie telt op haar eigen manier, dus tel deze cijfers niet "
                "bij elkaar op. U ziet steeds het nieuwste cijfer: voor de gekozen regio als dat er is, anders voor "
                "Nederland."
            ),
            html.Div([_party(name, shown, release) for name in release.catalogue.model.parties], className="partijen"),
        ],
        className="model-partijen",
        **{"aria-labelledby": "partijen"},
    )


def _party(name: str, shown: Situation, release: Release) -> html.Article:
    party = release.catalogue.model.parties[name]
    found = model.newest(release, party, shown.region.code)
    told = [each for each, _, _ in found]
    sources = Sources(told)
    named = [Told(_dated(each, region, period), each.figure) for each, region, period in found]
    return html.Article(
        [
            html.H3(party.naam, id=party.id),
            *(html.P(text) for text in party.tekst),
            html.P([html.Strong("Wat wordt geregistreerd: "), *party.registratie]),
            _table(f"Cijfers: {party.naam}", "Cijfer over", named, sources, quiet=True),
            _signs(told, False),
            sources.listed(release),
            _links(party.indicatoren, shown.region, shown.period, release),
        ],
        className="hoofdstuk partij",
        **{"aria-labelledby": party.id},
    )


def _dated(told: Told, region: Region | None, period: str) -> str:
    """What a figure of a party is about: measure, region and period."""
    if region is None:
        return told.label
    place = "Nederland" if region.code == COUNTRY else region.label
    return f"{told.label} ({place}, {periods.period(period).label})"
