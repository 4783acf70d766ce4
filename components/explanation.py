"""The glossary, the signs and statuses, and the regions through the years, as the declarations have them."""

from __future__ import annotations

from components.elements import html
from components.numbers import ABSENT_AT_LENGTH, SIGN_MEANINGS, STATUS_MEANINGS
from components.words import join
from data.release import Release
from data.text import lower_first, plain, upper_first


def glossary(release: Release) -> html.Dl:
    """All terms in alphabetical order, each with its anchor and its related terms."""
    terms = release.catalogue.terms
    parts: list[object] = []
    for term in sorted(terms.values(), key=lambda t: plain(t.term)):
        links: list[object] = []
        for related in term.zie:
            links += [", " if links else " Zie ook: ", html.A(terms[related].term, href=f"#{related}")]
        parts += [html.Dt(term.term, id=term.id), html.Dd([term.uitleg, *links, "." if links else ""])]
    return html.Dl(parts, className="begrippen")


def sign_list() -> html.Dl:
    """What each sign means, and what stands where there is no figure at all."""
    return _meanings([*SIGN_MEANINGS.values(), ABSENT_AT_LENGTH])


def status_list() -> html.Dl:
    """What each status means."""
    return _meanings(list(STATUS_MEANINGS.values()))


def _meanings(texts: list[str]) -> html.Dl:
    """Texts of the form 'name: meaning' as a list of names and meanings."""
    pairs = [text.split(": ", 1) for text in texts]
    return html.Dl(
        [part for name, meaning in pairs for part in (html.Dt(name), html.Dd(upper_first(meaning)))],
        className="betekenissen",
    )


def regions_through_the_years(release: Release) -> list[object]:
    """How many Veilig Thuis-regio's there are, year by year of change, and what happened to which."""
    every = [r for r in release.regions.by_code.values() if r.level == "VT"]
    years = sorted({r.last_year + 1 for r in every if r.last_year} | {r.first_year for r in every if r.first_year})
    counted = [f"{sum(r.exists_in(year - 1) for r in every)} tot en met {year - 1}" for year in years]
    now = str(sum(r.last_year is None for r in every))
    counted.append(f"{now} vanaf {years[-1]}" if years else now)
    changed = [html.Li(f"{r.name}: {lower_first(r.remark)}") for r in every if r.remark]
    text = f"Het aantal Veilig Thuis-regio's: {join(counted)}."
    return [html.P(text), html.Ul(changed)] if changed else [html.P(text)]
