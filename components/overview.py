"""The overview: every theme and indicator, with a mark for each view that leads there, and the policy questions."""

from __future__ import annotations

from collections.abc import Mapping

from components.address import address
from components.elements import html
from components.terms import linked
from components.words import VIEW_TITLES
from data.catalogue import VIEWS, Indicator, Question, Theme, View
from data.coverage import COVERAGES, ENOUGH, Coverage, counts, crosses, first_view
from data.release import Release

FILLED, PART, OPEN = "●", "◐", "○"
MARKS: dict[Coverage, str] = {"volledig": FILLED, "deels": PART, "geen": OPEN}
SHORT: dict[Coverage, str] = {"volledig": "volledig", "deels": "deels", "geen": "geen"}
LONG: dict[Coverage, str] = {
    "volledig": "volledig",
    "deels": "deels",
    "geen": "geen cijfers in deze levering",
}
NUMBERS = {3: "drie"}


def overview(release: Release) -> list[html.Section]:
    """A section with a table of marks for each theme."""
    return [
        html.Section(
            [
                html.H2(theme.titel, id=theme.id),
                html.P(linked(theme.inleiding, release, set())),
                _table(theme, release),
            ],
            className="thema",
            **{"aria-labelledby": theme.id},
        )
        for theme in release.catalogue.themes
    ]


def tally(release: Release) -> html.Section:
    """How many combinations are full, partly filled and empty, and what these words mean."""
    found = crosses(release)
    of_monitor, beyond = counts(found, beyond=False), counts(found, beyond=True)
    enough = NUMBERS.get(ENOUGH, str(ENOUGH))
    what: Mapping[Coverage, str] = {
        "volledig": f"Landelijk: er is een cijfer voor Nederland. Regionaal: van minstens {enough} regio's in dezelfde "
        f"periode. Tijdreeksen: minstens {enough} perioden die te vergelijken zijn.",
        "deels": "Er zijn cijfers, maar minder dan dat.",
        "geen": "U leest waar de cijfers wel staan.",
    }
    return html.Section(
        [
            html.H2("Wat er in deze levering zit", id="stand"),
            html.P(
                f"De Impactmonitor kent {sum(of_monitor.values())} combinaties van een indicator en een weergave. "
                f"Daarvan zijn er {of_monitor['volledig']} volledig en {of_monitor['deels']} deels gevuld; van "
                f"{of_monitor['geen']} zijn er nog geen cijfers. Daarnaast staan onder ‘{_beyond_title(release)}’ "
                f"nog {sum(beyond.values())} combinaties: {beyond['volledig']} volledig, {beyond['deels']} deels en "
                f"{beyond['geen']} zonder cijfers."
            ),
            html.Dl(
                [
                    part
                    for how in COVERAGES
                    for part in (
                        html.Dt([html.Span(MARKS[how], className="teken-stand", **{"aria-hidden": "true"}),
                                 f" {LONG[how].capitalize()}"]),
                        html.Dd(what[how]),
                    )
                ],
                className="legenda",
            ),
        ],
        className="stand",
        **{"aria-labelledby": "stand"},
    )  # fmt: skip


def _beyond_title(release: Release) -> str:
    return release.catalogue.themes[-1].titel


def _table(theme: Theme, release: Release) -> html.Table:
    heads = [html.Th("Indicator", scope="col")]
    heads += [html.Th(VIEW_TITLES[view].split()[0], scope="col") for view in VIEWS]
    rows = [
        html.Tr([html.Th(i.titel, scope="row"), *(html.Td(_cross(i, theme, view, release)) for view in VIEWS)])
        for i in release.catalogue.of_theme(theme.id)
    ]
    caption = html.Caption(f"Indicatoren bij het thema {theme.titel}", className="alleen-lezen")
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="kruisjes")


def _cross(indicator: Indicator, theme: Theme, view: View, release: Release) -> html.A | html.Span:
    """A link to a view of an indicator, with a mark and a word; for a view that is not there a word."""
    if view not in indicator.views:
        return html.Span(html.Span("Deze weergave bestaat niet", className="alleen-lezen"))
    how = crosses(release)[theme.id, indicator.slug, view]
    query = {"indicator": indicator.slug} | ({"thema": theme.id} if len(indicator.themas) > 1 else {})
    return html.A(
        [
            html.Span(
                [html.Span(MARKS[how], className="teken-stand"), html.Span(SHORT[how], className="woord")],
                **{"aria-hidden": "true"},
            ),
            html.Span(f"{indicator.titel}, {VIEW_TITLES[view].lower()}: {LONG[how]}", className="alleen-lezen"),
        ],
        href=address(view, query),
        className="kruis" if how != "geen" else "kruis leeg",
        title=f"{VIEW_TITLES[view]}: {LONG[how]}",
    )


def questions(release: Release) -> html.Section:
    """Each policy question with the indicators that touch it."""
    return html.Section(
        [
            html.H2("Belangrijke beleidsvragen", id="beleidsvragen"),
            html.P("Per vraag de indicatoren die er iets over zeggen. Geen indicator beantwoordt een vraag alleen."),
            *(_question(question, release) for question in release.catalogue.questions),
        ],
        className="beleidsvragen",
        **{"aria-labelledby": "beleidsvragen"},
    )  # fmt: skip


def _question(question: Question, release: Release) -> html.Div:
    touching = [i for i in release.catalogue.indicators.values() if question.id in i.beleidsvragen]
    return html.Div(
        [html.H3(question.vraag), html.Ul([html.Li(_of_question(i, release)) for i in touching])],
        className="beleidsvraag",
    )


def _of_question(indicator: Indicator, release: Release) -> list[object]:
    view = first_view(release, indicator)
    link = html.A(indicator.titel, href=address(view, {"indicator": indicator.slug}))
    if (indicator.slug, view) in release.filled:
        return [link]
    return [link, html.Span(" nog geen cijfers", className="nog-geen")]
