"""The card: title, sentence, chart, table, signs, status, source and download of one choice."""

from __future__ import annotations

import re

from dash import dcc

from components import words
from components.address import address, card_address, file_address
from components.citing import date_text, population_link, population_text, source_link, source_text
from components.compare import comparison
from components.copying import copied, copy_button
from components.elements import html
from components.figures import style
from components.figures.panels import charted, figures_of
from components.figures.series import as_columns, name, without_number
from components.house_style import shelf
from components.numbers import figure_text, number, unit_name
from components.reading_in import reading_in
from components.table import first_value, signs, table
from components.terms import link_terms
from data import periods
from data.catalogue import Source
from data.choice import Choice
from data.inhabitants import Source as Origin
from data.marks import breaks
from data.regions import LEVELS_PLURAL
from data.release import COUNTRY, Release
from data.text import lower_first, upper_first
from data.units import PER_10000, PERCENT
from data.view import CardView, Figure

MANY_REVISIONS = 6
# A number as it is written in a sentence: 84.935, 28,5%; not 2025, 1e, or the day of a date.
NUMBER = re.compile(r"(?<![\d.,])(?<!per )(\d{1,3}(?:\.\d{3})*(?:,\d+)?)%?(?![.,]?\d|e\b| [a-z]+ \d{4}\b)")
MANY_NAMES = 3
DOWNLOADS = {"csv": "Download CSV", "xlsx": "Download Excel (XLSX)", "png": "Plaatje (PNG)", "svg": "Plaatje (SVG)"}
BUTTON = {"csv": "knop", "xlsx": "knop", "png": "knop tweede", "svg": "knop tweede"}
IN_TABLE = "Alle cijfers staan in de tabel."
ON_PAGE = "Alle cijfers staan in de tabel op de volledige pagina."


def card(
    view: CardView,
    release: Release,
    shows: str = "alles",
    below: object = None,
    site: str = "",
    beside: html.Section | None = None,
) -> html.Section:
    """The card of a view; without figures it says why, and where they are.

    Args:
        view: the figures.
        release: for words and sources.
        shows: 'alles', or only 'grafiek' or 'tabel'.
        below: what stands under the buttons.
        site: scheme and host of this site, for the code that reads these figures; without it there is no such code.
        beside: what stands beside the table, which is then open: a map.
    """
    head = words.title(view, release)
    if not view.lines:
        return _without_figures(view.choice, release, head)
    summary = words.sentence(view, release)
    seen: set[str] = set()  # terms that have a link in this card
    return html.Section(
        [
            html.Header([html.H2(head, id="kaart-titel"), _badges(view)]),
            html.P(stressed(summary, view), className="zin"),
            _copy(view, release, head, summary),
            _charts(view, summary, IN_TABLE if shows == "alles" else ON_PAGE) if shows != "tabel" else None,
            _table(view, head, beside, shows == "tabel") if shows != "grafiek" else None,
            comparison(view, release) if shows == "alles" else None,
            link_terms(notes(view, release), release, seen),
            html.Div(
                [
                    html.A(label, href=file_address(view.choice, kind), download="", className=BUTTON[kind])
                    for kind, label in DOWNLOADS.items()
                ],
                className="knoppen",
            ),
            reading_in(view.choice, site),
            below,
            _explanation(view, release, seen),
            _sources(view, release),
        ],
        className="kaart",
        **{"aria-labelledby": "kaart-titel"},
    )  # fmt: skip


def stressed(summary: str, view: CardView) -> list[object]:
    """The sentence with the figures of the card standing out, and no other number: no year, no '1e halfjaar'."""
    there = {round(f.value, f.decimals) for *_, f in view.figures() if f.value is not None}
    out: list[object] = []
    at = 0
    for found in NUMBER.finditer(summary):
        if float(found[1].replace(".", "").replace(",", ".")) in there:
            out += [summary[at : found.start()], html.Strong(found[0])]
            at = found.end()
    return [*out, summary[at:]]


def _table(view: CardView, head: str, beside: html.Section | None, is_open: bool) -> html.Details | html.Div:
    """The table that folds, with the map beside it where there is one."""
    folded = html.Details(
        [
            html.Summary("Tabel met deze cijfers"),
            html.Div(
                table(view, head), className="schuif", tabIndex="0", role="region",
                **{"aria-label": "Tabel met deze cijfers"},
            ),
        ],
        id="tabel",
        className="tabel",
        open=is_open or beside is not None,
    )  # fmt: skip
    return html.Div([beside, folded], className="kaart-en-tabel") if beside else folded


def _copy(view: CardView, release: Release, head: str, summary: str) -> html.Div:
    """The button that copies the sentence with its remarks, sources, release and address.

    A sentence about chosen regions has the sources of those, and not of the others beside them.
    """
    at = card_address(view.choice)
    told = {f.source for line, _, f in view.figures() if line.chosen and view.axis == "regio"}
    used = [s for s in _used(view, release) if s.id in told or not told]
    sources = [f"{source_text(s)}." for s in used]
    sources += [f"{population_text(s)}." for s in _populations(view, release)]
    return copy_button(copied(head, summary, _remarks(view), sources, release.name, at), at)


def _badges(view: CardView) -> html.P | None:
    texts = _remarks(view)
    return html.P([html.Span(text, className="label") for text in texts], className="labels") if texts else None


def _remarks(view: CardView) -> list[str]:
    """That figures are provisional, or computed by us."""
    statuses = {f.status for *_, f in view.figures()}
    texts = []
    if statuses & {"voorlopig", "nader voorlopig"}:
        which = "Voorlopige cijfers" if len(statuses) == 1 else "Deels voorlopige cijfers"
        texts.append("Nader voorlopige cijfers" if statuses == {"nader voorlopig"} else which)
    if any(f.computed for *_, f in view.figures()):
        texts.append(f"Berekend {unit_name(view)}")
    return texts


def _charts(view: CardView, summary: str, where: str) -> html.Div:
    """The charts of the card; the summary is read out for each."""
    return html.Div(
        [
            html.Figure(
                [
                    html.Figcaption(name) if name else None,
                    html.Div(
                        dcc.Graph(
                            id=f"grafiek-{at}",
                            figure=figure,
                            config=style.CONFIG,
                            responsive=True,
                            className="grafiek",
                            style={"height": f"{figure['layout']['height']}px"},
                        ),
                        role="img",
                        **{"aria-label": f"{name or 'Grafiek'}. {summary} {where}"},
                    ),
                ]
            )
            for at, (name, figure) in enumerate(figures_of(view, shelf.current()))
        ],
        className="grafieken",
    )  # fmt: skip


def notes(view: CardView, release: Release) -> html.Div:
    """What must be said with the figures: signs, revisions, what was left out, overlap, computed shares."""
    out: list[object] = [signs(view)]
    if view.left_out and view.axis == "categorie":
        thing = "categorie" if view.left_out == 1 else "categorieën"
        verb = "staat" if view.left_out == 1 else "staan"
        out.append(html.P(f"Van {view.left_out} andere {thing} {verb} er in de geladen bronnen geen cijfers."))
    if view.choice.indicator.overlap and view.axis == "categorie":
        out.append(
            html.P(
                "Een advies of melding kan bij meer categorieën tellen: samen kan het meer dan het totaal zijn "
                "(meer dan 100%)."
            )
        )
    out += _rate_notes(view, release)
    if steps := {release.rounded_to[f.source] for *_, f in view.figures() if f.computed and f.unit == PERCENT}:
        counts = "aantallen" if 0 in steps else "afgeronde aantallen"
        text = f"De aandelen zijn door ons berekend uit {counts} van dezelfde publicatie en staan in hele procenten."
        doubt = " Waar de afronding te veel uitmaakt, staat geen aandeel." if any(steps) else ""
        out.append(html.P(text + doubt))
    out += _grey_note(view)
    out += _form_notes(view)
    if view.choice.view == "tijdreeksen":
        out += _time_notes(view)
    out.append(_revisions(view, release))
    shown = [part for part in out if part is not None]
    return html.Div(shown, className="noten")


def _rate_notes(view: CardView, release: Release) -> list[object]:
    """How rates are computed, from which inhabitants, and of which regions these are not known."""
    rates = [f for *_, f in view.figures() if f.unit == PER_10000]
    if not rates:
        return []
    text = (
        "De cijfers per 10.000 inwoners zijn door ons berekend: het gepubliceerde aantal, gedeeld door alle inwoners "
        "op 1 januari van hetzelfde jaar. Er staan niet meer cijfers achter de komma dan de afronding van het aantal "
        "toelaat."
    )
    about = " Bij ‘ongeveer’ kan het getal 1 hoger of lager zijn." if any(f.sign == "ongeveer" for f in rates) else ""
    out: list[object] = [html.P(text + about)]
    if {periods.period(f.row["periode"]).kind for f in rates} == {"halfjaar"}:
        out.append(html.P("Het gaat om een half jaar. Vergelijk deze cijfers niet met die van een heel jaar."))
    return [*out, *_inhabitants(view, rates, release)]


def _inhabitants(view: CardView, rates: list[Figure], release: Release) -> list[object]:
    """The inhabitants of each region and year, in words where the table does not have them."""
    known = {(f.row["regio_code"], p.year): p for f in rates if (p := f.population)}
    out: list[object] = []
    if view.axis != "regio":
        told = [f"{release.regions[code].label} {number(p.inhabitants)} ({year})" for (code, year), p in known.items()]
        out.append(html.P(f"Inwoners op 1 januari: {words.join(told)}."))
    added = dict.fromkeys(p.explanation for p in known.values() if p.parts)
    if added:
        text = "Waar geen bron het aantal inwoners van een gebied zelf geeft, hebben wij het opgeteld"
        out.append(html.P(f"{text}: {words.join(list(added))}."))
    without = dict.fromkeys(
        (f.row["regio_code"], periods.period(f.row["periode"]).year) for f in rates if not f.population
    )
    if without and view.axis == "regio":
        year = periods.period(view.choice.period).year
        names = [release.regions[code].name for code, _ in without]
        whose = words.join(names) if len(names) <= MANY_NAMES else f"{len(names)} regio's"
        out.append(
            html.P(
                f"Van {whose} geeft geen bron het aantal inwoners op 1 januari {year}. Daarom is daar geen "
                "cijfer per 10.000 inwoners."
            )
        )
    return out


def _grey_note(view: CardView) -> list[object]:
    """Which regions stand in grey."""
    regions = view.choice.regions
    if not view.choice.grey or view.axis not in ("regio", "periode"):
        return []
    if view.axis == "periode" and not any(c.region not in regions for c in view.columns):
        return [html.P("Van andere regio's zijn er bij deze keuze geen cijfers.")]
    level = next((r.level for r in regions if r.code != COUNTRY), "")
    others = LEVELS_PLURAL.get(view.level or level, "regio's")
    near = " in dezelfde Veilig Thuis-regio" if view.axis == "periode" and level == "GM" else ""
    return [html.P(f"In grijs: de andere {others}{near}. Hun cijfers staan in de tabel.")]


def _form_notes(view: CardView) -> list[object]:
    """What the form of the chart says, and what it does not."""
    choice, out = view.choice, list[str]()
    drawn, every = len(charted(view).lines), len(view.lines)
    if drawn < every:
        out.append(
            f"In de grafiek staan {drawn} van de {every} regio's: de grootste, en wat u koos. De tabel en de bestanden "
            "hebben ze allemaal."
        )
    if {c.stock for c in view.columns} == {True, False}:
        out.append(
            "Een stroom telt wat er in de periode begon of eindigde, een stand wat er was. Daarom hebben zij elk een "
            "eigen grafiek met een eigen as."
        )
    if choice.selection.margins and choice.selection.pair:
        out.append(
            "Elk vak telt de gevallen die bij de rij én bij de kolom horen. Een vak zonder getal rekenen wij niet uit."
        )
    elif choice.selection.margins:
        out.append("De balk loopt van de ondergrens tot de bovengrens. Een punt is een schatting zonder grenzen.")
    if choice.view == "landelijk" and choice.over_time:
        out += [f"Vanaf {periods.period(b.periode).label}: {b.reden}." for b in choice.indicator.breuken]
        if len(view.columns) > 1 and not choice.selection.group:
            out.append("Elke grafiek heeft een eigen maat. Vergelijk alleen wat in dezelfde grafiek staat.")
    if choice.form == "voor-na" and choice.selection.group:
        out.append("Het zijn metingen bij dezelfde gezinnen. Waardoor iets veranderde, zegt dit niet.")
    return [html.P(text) for text in out]


def _time_notes(view: CardView) -> list[object]:
    out: list[object] = []
    if not as_columns(view) and any("voorlopig" in f.status for *_, f in view.figures()):
        out.append(html.P("Een open punt in de grafiek is een voorlopig cijfer."))
    for line, columns in without_number(view):
        which = words.join([name(view, column) for column, _ in columns])
        what = words.join(sorted({f"{figure_text(f)} ({f.sign})" for _, f in columns}))
        out.append(html.P(f"{upper_first(line.label)} heeft geen punt in de grafiek ({which}): {what}."))
    reasons = {reason for column in view.columns for reason in breaks(view, column).values()}
    if reasons:
        out.append(
            html.P(
                "De reeks is onderbroken, omdat de cijfers ervoor en erna niet te vergelijken zijn: "
                f"{words.join(sorted(reasons))}."
            )
        )
    if view.marks:
        out += [html.P(text) for text in words.marked(view)]
    here = periods.KINDS[periods.period(view.lines[0].key).kind]
    others = {o.group for o in view.choice.options["periode"] if o.available} - {here}
    if others:
        text = f"De grafiek toont alleen {here}. Cijfers over {words.join(sorted(others))} staan er los van."
        out.append(html.P(text))
    return out


def _revisions(view: CardView, release: Release) -> html.Details | None:
    """The first published value of each figure that was revised, with both sources and dates."""
    lines = []
    for line, column, figure in view.figures():
        if not figure.first:
            continue
        row = figure.first
        old, new = release.catalogue.sources[row["oud_bron"]], release.catalogue.sources[figure.source]
        subject = column.maat or line.label
        place = release.regions[figure.row["regio_code"]].label
        time = periods.period(figure.row["periode"]).label
        lines.append(
            html.Li(
                f"{subject}, {place}, {time}: {figure_text(figure)} "
                f"({_dated(new)}), eerst gepubliceerd als {first_value(figure)} "
                f"({_short(old)}, {date_text(row['oud_eerste_publicatiedatum'])})."
            )
        )
    if not lines:
        return None
    reasons = dict.fromkeys(f.first["reden"] for *_, f in view.figures() if f.first and f.first["reden"])
    listed = html.Ul(lines, className="herzien")
    head = "Herziene cijfers"
    return html.Details(
        [html.Summary(head), *(html.P(reason) for reason in reasons), listed],
        open=len(lines) <= MANY_REVISIONS,
        className="herzieningen",
    )


def _dated(source: Source) -> str:
    return f"{_short(source)}, {date_text(source.publicatiedatum)}"


def _short(source: Source) -> str:
    return source.uitgever.split("(")[-1].rstrip(")")


def _explanation(view: CardView, release: Release, seen: set[str]) -> html.Details:
    indicator = view.choice.indicator
    maten = list(dict.fromkeys(c.maat or line.key for c in view.columns for line in view.lines))
    measures = [release.catalogue.measures[maat] for maat in maten]
    told = html.Div(
        [
            html.P(indicator.definitie),
            html.Dl([part for m in measures for part in (html.Dt(m.maat), html.Dd(m.definitie))]),
            html.Ul([html.Li(text) for text in indicator.let_op]) if indicator.let_op else None,
        ]
    )
    link_terms(told, release, seen)
    more = _terms(
        release, [indicator.titel, indicator.definitie, *(t for m in measures for t in (m.maat, m.definitie))], seen
    )
    return html.Details(
        [html.Summary("Wat betekenen deze cijfers?"), *told.children, more], id="uitleg", className="uitleg"
    )


def _terms(release: Release, texts: list[str], seen: set[str]) -> html.P:
    """Links to the glossary for the terms of this card that have none in its text."""
    links: list[object] = []
    for term in release.catalogue.terms_in(" ".join(texts)):
        if term.id not in seen:
            links += [", " if links else " Begrippen: ", html.A(term.term, href=address(f"toelichting#{term.id}"))]
    everything = html.A("toelichting", href=address("toelichting"))
    return html.P(["Over tekens, afronding en regio's leest u in de ", everything, ".", *links, "." if links else ""])


def _used(view: CardView, release: Release) -> list[Source]:
    """The sources of the figures shown."""
    return [release.catalogue.sources[bron] for bron in dict.fromkeys(f.source for *_, f in view.figures())]


def _populations(view: CardView, release: Release) -> list[Origin]:
    """The sources of the inhabitants by which rates were computed."""
    found = dict.fromkeys(name for *_, f in view.figures() if f.population for name in f.population.sources)
    return [release.regions.inhabitants.sources[name] for name in found]


def _sources(view: CardView, release: Release) -> html.Footer:
    told = [html.P(["Bron: ", *source_link(s)]) for s in _used(view, release)]
    told += [html.P(["Bron: ", *population_link(s)]) for s in _populations(view, release)]
    return html.Footer(told, className="bronnen")


def _without_figures(choice: Choice, release: Release, head: str) -> html.Section:
    indicator = choice.indicator
    others = [v for v in indicator.views if v != choice.view and (indicator.slug, v) in release.filled]
    has_own = not release.by_indicator[indicator.slug].empty
    why = (
        "De geladen bronnen bevatten voor deze weergave te weinig cijfers."
        if has_own and others
        else "De geladen bronnen bevatten van deze indicator nog geen cijfers."
    )
    links: list[object] = []
    for at, view in enumerate(others):
        query = {"indicator": indicator.slug}
        links += [
            " of " if at else "",
            html.A(lower_first(words.VIEW_TITLES[view]), href=address(view, query)),
        ]
    section = html.Section(
        [
            html.Header(html.H2(head, id="kaart-titel")),
            html.P("Geen cijfers in deze levering", className="zin", role="status"),
            html.P([why, *([" Er zijn wel cijfers bij: ", *links, "."] if links else [])]),
            html.P([html.Strong("Waar staan ze wel? "), indicator.published_at(choice.view)]),
            html.P(
                [
                    html.Strong("Voor de beheerder. "),
                    "Cijfers toevoegen kan zonder programmeren: zet de gepubliceerde tabel in ",
                    html.Code("data/sources"), " en beschrijf haar in ", html.Code("data/catalogue"),
                    ". De stappen staan in docs/beheer.md.",
                ]
            ),
            html.P(indicator.definitie),
        ],
        className="kaart leeg",
        **{"aria-labelledby": "kaart-titel"},
    )  # fmt: skip
    return link_terms(section, release)


def failed_card() -> html.Section:
    """What stands in the place of a card that could not be made."""
    return html.Section(
        [
            html.H2("Deze cijfers kunnen nu niet worden getoond"),
            html.P(
                [
                    "Er ging bij ons iets mis. De andere pagina's werken wel. Laad deze pagina over een paar minuten "
                    "opnieuw, of begin bij het ",
                    html.A("overzicht", href=address("")),
                    ".",
                ],
                role="alert",
            ),
        ],
        className="kaart leeg",
    )
