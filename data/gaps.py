"""What each cross that is not full has, what it lacks by the rule of data.coverage, and where that is published.

Everything comes from the release and the declared places of publication, so the list cannot go stale:
`python -m data dekking --in docs/dekking.md` writes it between two marks in that file.
"""

from __future__ import annotations

from data import periods
from data.catalogue import Indicator, View
from data.coverage import BEYOND, ENOUGH, counts, coverage, crosses, most_periods, most_regions, of_concept
from data.errors import DataError
from data.release import Release
from data.store import NUMBER, Part

START, END = "<!-- begin van de lijst -->", "<!-- einde van de lijst -->"
MANY = 5
HEADS = ("indicator", "beeld", "dekking", "wat er is", "wat er ontbreekt", "waar dat staat")


def report(release: Release) -> str:
    """The list in Markdown: the counts, and a table for each theme with crosses that are not full."""
    found = crosses(release)
    parts = [
        f"Levering {release.name}. {_count(release, beyond=False)} Buiten de Impactmonitor: "
        f"{_count(release, beyond=True)}"
    ]
    for theme in release.catalogue.themes:
        rows = [
            _row(release, release.catalogue.indicators[slug], view)
            for (of_theme, slug, view), how in found.items()
            if of_theme == theme.id and how != "volledig"
        ]
        beyond = " (geen deel van de Impactmonitor)" if theme.id == BEYOND else ""
        body = [_line(HEADS), "|" + "---|" * len(HEADS), *map(_line, rows)] if rows else ["Alles is volledig."]
        parts.append("\n".join([f"## {theme.titel}{beyond}", "", *body]))
    return "\n\n".join(parts)


def put(text: str, document: str) -> str:
    """The document with the list in the place of the one between the marks.

    Raises:
        DataError: the document has no place for it.
    """
    before, start, rest = document.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise DataError(f"het bestand heeft geen plaats voor de lijst: {START} en {END} ontbreken")
    return f"{before}{START}\n\n{text}\n\n{END}{after}"


def _count(release: Release, *, beyond: bool) -> str:
    count = counts(crosses(release), beyond=beyond)
    total = sum(count.values())
    return f"{total} kruisjes: {', '.join(f'{number} {how}' for how, number in count.items())}."


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _row(release: Release, indicator: Indicator, view: View) -> tuple[str, ...]:
    own = of_concept(release, indicator, view)
    return (
        indicator.titel, view, coverage(release, indicator, view), held(release, own),
        missing(release, indicator, view, own), indicator.published_at(view),
    )  # fmt: skip


def held(release: Release, own: Part) -> str:
    """How many numbers and signs there are, of which regions and periods."""
    if own.empty:
        return "niets"
    numbers = len(own.that(NUMBER))
    signs = len(own) - numbers
    amount = f"{numbers} {'getal' if numbers == 1 else 'getallen'}"
    if signs:
        amount += f" en {signs} {'teken' if signs == 1 else 'tekens'}"
    places = sorted(release.regions[code].label for code in own.by_region())
    times = [period.label for period in sorted(map(periods.period, own.by_period()))]
    of_regions, of_periods = _some(places, "regio's"), _some(times, "perioden")
    return f"{amount}: {of_regions}; {of_periods}"


def _some(names: list[str], kind: str) -> str:
    return ", ".join(names) if len(names) <= MANY else f"{len(names)} {kind}"


def missing(release: Release, indicator: Indicator, view: View, own: Part) -> str:
    """What the rule of the view asks for, and how far the figures get."""
    match view:
        case "landelijk":
            return "een getal voor Nederland"
        case "regionaal":
            wanted = f"hetzelfde cijfer van ten minste {ENOUGH} regio's van één niveau in één periode"
            reach = most_regions(own)
        case _:
            wanted = f"één reeks van ten minste {ENOUGH} vergelijkbare perioden"
            reach = most_periods(own, indicator.breuken, release.regions)
    return f"{wanted}; nu {f'hoogstens {reach}' if reach else 'geen'}"
