"""Whether a number is remarkable: the funnel plot of a card that compares regions, its table, and what it may mean.

The words never rank regions, never say that one does well or badly, and never that there is more violence.
"""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc

from components import words
from components.address import file_address
from components.elements import html
from components.figures import funnel as drawn
from components.figures import style
from components.house_style import shelf
from components.html_text import fixed, text_in_html
from components.native import Page
from components.numbers import figure_text, number
from data import periods
from data.catalogue import TOTAL
from data.funnel import Funnel, Point, funnels
from data.kept import per_release
from data.rates import PER
from data.regions import LEVELS, LEVELS_PLURAL, Region
from data.release import Release
from data.text import lower_first, upper_first
from data.view import CardView

PICTURE = "trechter"
KEPT = 32
BOOK = "https://doi.org/10.1002/sim.1970"
MOST_NAMES = 6
OUTSIDE = {1: "hoger dan de grenzen", -1: "lager dan de grenzen"}
EDGE = {1: "aan de hoge rand", -1: "aan de lage rand"}
NO_RANKING = (
    "Buiten de grenzen is het verschil groter dan door toeval en gewone verschillen te verwachten is. Dat zegt niet "
    "dat er meer of minder geweld is, niet dat een regio het goed of slecht doet, en niet waardoor het komt."
)
WITHIN = "binnen de grenzen"
PICTURES = {"png": "Plaatje (PNG)", "svg": "Plaatje (SVG)"}


def funnel_section(card: CardView, release: Release) -> html.Section | None:
    """The funnels of a card; None where too few regions have a count and a population."""
    found = funnels(release, card)
    if not found:
        return None
    chosen = card.choice.regions
    return html.Section(
        [
            html.H2("Valt dit op?", id="valt-op"),
            html.P(
                "Een kleine regio heeft door toeval al gauw een hoog of laag cijfer. Daarom staat hier elke regio naar "
                "haar aantal inwoners, met grenzen waartussen haar cijfer te verwachten is."
            ),
            *(_one(release, each, chosen, at, shelf.current().name) for at, each in enumerate(found)),
            _conclusions(),
            html.Div(
                [
                    html.A(
                        label,
                        href=file_address(card.choice, kind, {"beeld": PICTURE}),
                        download="",
                        className="knop tweede",
                    )
                    for kind, label in PICTURES.items()
                ],
                className="knoppen",
            ),
            _method(found, release),
        ],
        className="kaart valt-op",
        **{"aria-labelledby": "valt-op"},
    )


@per_release(most=KEPT)
def _one(release: Release, shown: Funnel, chosen: tuple[Region, ...], at: int, style_name: str) -> html.Div:
    """A funnel with its sentence and table, which stay while the visitor chooses another presentation or map."""
    name, told = name_of(shown), sentence(shown, chosen, release)
    figure = drawn.funnel(shown, [region.code for region in chosen], shelf.current())
    one = html.Div(
        [
            html.P(told, className="trechter-zin"),
            html.Figure(
                [
                    html.Figcaption(name),
                    html.Div(
                        dcc.Graph(
                            id=f"trechter-{at}", figure=figure, config=style.CONFIG, responsive=True,
                            className="grafiek", style={"height": f"{figure['layout']['height']}px"},
                        ),
                        role="img",
                        **{"aria-label": f"Trechtergrafiek. {name}. {told} Alle cijfers staan in de tabel eronder."},
                    ),
                ]
            ),
            html.Details(
                [
                    html.Summary("Tabel bij deze grafiek"),
                    html.Div(table(shown, chosen, name), className="schuif", tabIndex="0", role="region",
                             **{"aria-label": f"Tabel: {name}"}),
                ],
                id=f"trechter-tabel-{at}",
                className="uitleg",
            ),
        ],
        className="trechter",
    )  # fmt: skip
    return fixed(one)


def name_of(shown: Funnel) -> str:
    """What a funnel shows, e.g. 'Ontvangen meldingen per 10.000 inwoners, per provincie, 2023'."""
    category = f": {lower_first(shown.categorie)}" if shown.categorie != TOTAL else ""
    return (
        f"{shown.maat}{category} per 10.000 inwoners, per {LEVELS[shown.level]}, {periods.period(shown.period).label}"
    )


def sentence(shown: Funnel, chosen: Sequence[Region], release: Release) -> str:
    """What the funnel says of the chosen regions, else which regions lie outside the outer limits."""
    mine = [point for region in chosen for point in shown.points if point.region == region]
    if mine:
        return " ".join(_of_region(shown, point, release) for point in mine)
    plural, count = LEVELS_PLURAL[shown.level], len(shown.points)
    parts = []
    for side, word in ((1, "hoger"), (-1, "lager")):
        there = [point.region.name for point in shown.points if point.side == side]
        names = words.join(there) if len(there) <= MOST_NAMES else f"{len(there)} regio's"
        parts += [f"{word}: {names}"] if there else []
    if not parts:
        return f"Van de {count} {plural} met een bekend cijfer ligt er geen buiten de buitenste grenzen."
    outside = sum(point.side != 0 for point in shown.points)
    lie = "ligt er 1" if outside == 1 else f"liggen er {outside}"
    return f"Van de {count} {plural} met een bekend cijfer {lie} buiten de buitenste grenzen ({'; '.join(parts)})."


def _of_region(shown: Funnel, point: Point, release: Release) -> str:
    measure = release.catalogue.measures[shown.maat]
    time = periods.period(shown.period).when
    low, high = drawn.whole(point.outer)
    own = f"In {point.region.label} waren er {time} {figure_text(point.figure)} {measure.meervoud}"
    if shown.categorie != TOTAL:
        own += f" in de categorie ‘{shown.categorie}’"
    reach = f"Bij zo veel inwoners zijn er {number(low)} tot {number(high)} te verwachten."
    if not point.side:
        return f"{own}. {reach} Dit aantal valt dus niet op."
    more = "meer" if point.side > 0 else "minder"
    return f"{own}. {reach} Dit zijn er {more} dan door toeval en gewone verschillen tussen regio's te verklaren is."


def table(shown: Funnel, chosen: Sequence[Region], caption: str) -> html.Table:
    """The figures of a funnel: inhabitants, count, what is expected, its limits, and where the count lies."""
    heads = ("Inwoners", "Aantal", "Te verwachten", "99,8%-grenzen")
    codes = {region.code for region in chosen}
    rows = "".join(_row(point, point.region.code in codes) for point in shown.points)
    head = html.Tr(
        [
            html.Th("Regio", scope="col"),
            *(html.Th(text, scope="col", className="getal") for text in heads),
            html.Th("Ligt", scope="col"),
        ]
    )
    return html.Table([html.Caption(caption), html.Thead(head), html.Tbody(Page(html=rows, graphs=[]))],
                      className="trechter-cijfers")  # fmt: skip


def _row(point: Point, chosen: bool) -> str:
    """A row as HTML: of more than three hundred gemeenten, elements would cost as much as all else on the page."""
    low, high = drawn.whole(point.outer)
    cells = (number(point.inhabitants), text_in_html(figure_text(point.figure)), number(point.expected),
             f"{number(low)} tot {number(high)}")  # fmt: skip
    mark = ' class="gekozen"' if chosen else ""
    numbers = "".join(f'<td class="getal">{text}</td>' for text in cells)
    where = OUTSIDE.get(point.side) or EDGE.get(point.near) or WITHIN
    return f'<tr{mark}><th scope="row">{text_in_html(point.region.name)}</th>{numbers}<td>{where}</td></tr>'


def _conclusions() -> html.Div:
    return html.Div(
        [
            html.H3("Wat mag u hieruit concluderen?"),
            html.Ul(
                [
                    html.Li(
                        [html.Strong("Binnen de grenzen: "),
                         "het verschil met Nederland kan toeval zijn, of een gewoon verschil tussen regio's. Noem het "
                         "dan niet hoog of laag."]
                    ),
                    html.Li(
                        [html.Strong("Buiten de buitenste grens: "),
                         "het verschil is groter dan dat. Zoek uit waardoor: een andere manier van registreren, meer "
                         "of minder mensen die Veilig Thuis weten te vinden, of iets anders."]
                    ),
                    html.Li(
                        [html.Strong("Wat u niet mag concluderen: "),
                         "dat er meer of minder geweld is, dat een regio het goed of slecht doet, of waardoor het "
                         "komt. De grafiek is geen ranglijst."]
                    ),
                ]
            ),
        ],
        className="conclusies",
    )  # fmt: skip


def notes(found: Sequence[Funnel]) -> list[str]:
    """How the limits were made, in plain sentences."""
    one = found[0]
    out = [
        "De lijn in het midden is het cijfer van Nederland: "
        + words.join([figure_text(f.country) for f in found])
        + f" op {number(one.inhabitants)} inwoners, {words.join([number(PER * f.rate, decimals=1) for f in found])} "
        "per 10.000 (berekend).",
        "Tussen de binnenste grenzen (95%) ligt een gewone regio ongeveer 19 van de 20 keer, tussen de buitenste "
        "(99,8%) bijna altijd: ongeveer 998 van de 1.000 keer. Tussen die twee heet het de rand.",
    ]
    spreads = [f"{number(100 * f.spread.between)}%" for f in found if f.spread.between]
    plural, count = LEVELS_PLURAL[one.level], len(one.points)
    out.append(
        f"De grenzen tellen toeval mee (Poisson), en ook dat regio's van elkaar verschillen: gewoonlijk ongeveer "
        f"{words.join(spreads)} van het landelijke cijfer, geschat uit deze {count} {plural}."
        if spreads
        else f"De grenzen tellen alleen toeval mee (Poisson): deze {count} {plural} verschillen niet meer dan dat."
    )
    out.append(
        "Het streepje door een punt is de afronding van het cijfer. Een regio ligt alleen buiten een grens als dat "
        "voor elk aantal geldt dat afgerond hetzelfde is."
    )
    if left_out := max(f.left_out for f in found):
        out.append(
            f"{upper_first(plural)} zonder bekend aantal of inwonertal staan er niet in: {left_out} van de "
            f"{left_out + len(next(f for f in found if f.left_out == left_out).points)}."
        )
    return out


def _method(found: Sequence[Funnel], release: Release) -> html.Details:
    used = dict.fromkeys(point.figure.source for f in found for point in f.points)
    figures = [release.catalogue.sources[name] for name in used]
    people = [release.regions.inhabitants.sources[name] for name in dict.fromkeys(s for f in found for s in f.sources)]
    return html.Details(
        [
            html.Summary("Hoe zijn deze grenzen berekend?"),
            *(html.P(text) for text in notes(found)),
            html.P(
                [
                    "Methode: D.J. Spiegelhalter, ",
                    html.A("Funnel plots for comparing institutional performance", href=BOOK),
                    " (2005). De verschillen tussen regio's tellen mee als spreiding om het landelijke cijfer "
                    "(additief), zodat kleine en grote regio's eerlijk worden vergeleken.",
                ]
            ),
            html.Ul(
                [html.Li([html.A(f"{s.uitgever}, {s.titel}", href=s.adres), f", {s.tabel}"]) for s in figures]
                + [
                    html.Li([html.A(f"Inwoners: {s.uitgever}, {s.titel}", href=s.adres), f", {s.licentie}"])
                    for s in people
                ]
            ),
        ],
        id="trechter-methode",
        className="uitleg",
    )  # fmt: skip
