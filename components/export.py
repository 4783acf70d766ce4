"""Files of figures: the figures of a card, all figures and all revisions, as CSV for people and for machines.

What a spreadsheet could take for a formula is disarmed here (safe_text); components/workbook.py writes the same rows
as XLSX.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data import periods
from data.clean import FIGURE
from data.inhabitants import Population
from data.profile import Panel
from data.release import Release
from data.schema import KEY
from data.text import safe_text, slugify
from data.units import PER_10000
from data.view import CardView

COLUMNS = (
    "Indicator", "Maat", "Kenmerk", "Categorie", "Regio", "Regiocode", "Regioniveau", "Periode", "Periodecode",
    "Waarde", "Eenheid", "Teken", "Status", "Berekend", "Eerst gepubliceerd", "Bron", "Bron-id", "Levering",
)  # fmt: skip

PROFILE_COLUMNS = (*COLUMNS, "Inwoners op 1 januari", "Bron inwoners")
RATE_COLUMNS = (*PROFILE_COLUMNS, "Aantal")


def plain_number(value: float | None, decimal: str) -> str:
    """A number without thousands separator, in full; '' for none."""
    if value is None or pd.isna(value):
        return ""
    return f"{value:.10g}".replace(".", decimal)


@dataclass(frozen=True)
class Row:
    """One figure as it leaves the house: a cell for each column, None for no number.

    `decimals` is how many the source prints, for a file that can show them.
    """

    cells: tuple[str | float | None, ...]
    decimals: int


def _row(
    release: Release,
    indicator: str,
    row: Mapping[str, Any],
    figure: tuple[float | None, str, str, str, str],
    first: Mapping[str, Any] | None,
    *,
    computed: bool = False,
    decimals: int = 0,
) -> Row:
    value, unit, sign, status, source_id = figure
    source = release.catalogue.sources[source_id]
    cells = (
        release.catalogue.indicators[indicator].titel,
        row["maat"], row["kenmerk"], row["categorie"],
        row["regio_naam"], row["regio_code"], row["regio_niveau"],
        periods.period(row["periode"]).label, row["periode"],
        _number(value), unit, sign, status,
        "ja" if computed else "nee",
        _number(first["oud_waarde"] if first else None),
        f"{source.uitgever}, {source.titel}, {source.tabel}", source.id, release.name,
    )  # fmt: skip
    return Row(cells, decimals)


def _number(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def card_columns(card: CardView) -> tuple[str, ...]:
    """The columns of the file of a card: rates also have the count and the inhabitants that they come from."""
    return RATE_COLUMNS if card.choice.presentation == "per10000" else COLUMNS


def card_rows(card: CardView, release: Release) -> Iterator[Row]:
    """The figures of a card, one row per figure, in the order of its table, a cell for each of card_columns."""
    for _, _, figure in card.figures():
        told = (figure.value, figure.unit, figure.sign, figure.status, figure.source)
        row = _row(
            release, card.choice.indicator.slug, figure.row, told, figure.first,
            computed=figure.computed, decimals=figure.decimals,
        )  # fmt: skip
        if card.choice.presentation == "per10000":
            inhabitants = _inhabitants(figure.population, release)
            row = Row((*row.cells, *inhabitants, _number(figure.row["waarde"])), row.decimals)
        yield row


def _inhabitants(population: Population | None, release: Release) -> tuple[float | None, str]:
    """How many inhabitants a rate comes from, and their sources in words."""
    if population is None:
        return None, ""
    sources = [release.regions.inhabitants.sources[name] for name in population.sources]
    return float(population.inhabitants), "; ".join(f"{each.uitgever}, {each.titel}" for each in sources)


def figure_rows(release: Release, indicators: frozenset[str] | None = None) -> Iterator[Row]:
    """All current figures, or those of some indicators: published values only, nothing computed."""
    for row in release.rows(indicators):
        told = (row["waarde"], row["eenheid"], row["teken"], row["status"], row["bron"])
        first = release.first_published.get(tuple(row[name] for name in KEY))
        yield _row(release, row["indicator"], row, told, first, decimals=row["decimalen"])


def _csv(rows: Iterable[Row], machine: bool, columns: tuple[str, ...] = COLUMNS) -> bytes:
    decimal = "." if machine else ","
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if machine else ";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(safe_text(cell) if isinstance(cell, str) else plain_number(cell, decimal) for cell in row.cells)
    return (out.getvalue() if machine else "\ufeff" + out.getvalue()).encode()


def card_csv(card: CardView, release: Release, *, machine: bool = False) -> bytes:
    """The figures of a card, one row per figure, in the order of the table.

    Args:
        card: the card.
        release: for names of regions and sources.
        machine: comma and dot instead of the semicolon and decimal comma that a Dutch spreadsheet opens.

    Returns:
        UTF-8, for people with a byte order mark; one row of headings and nothing above or below it.
    """
    return _csv(card_rows(card, release), machine, card_columns(card))


def profile_csv(panels: Iterable[Panel], release: Release, *, machine: bool = False) -> bytes:
    """The figures of a profile as they stand on the page: published ones, and those per 10,000 inhabitants.

    A computed row says so, and from how many inhabitants of which source it comes.

    Args:
        panels: of the profile, in the order of the page.
        release: for names of regions and sources.
        machine: as for card_csv.
    """
    return _csv(_profile_rows(panels, release), machine, PROFILE_COLUMNS)


def _profile_rows(panels: Iterable[Panel], release: Release) -> Iterator[Row]:
    for panel in panels:
        slug = panel.indicator.slug
        for each in (row for row in panel.rows if row.figure):
            figure = each.figure
            assert figure
            told = (figure.value, figure.unit, figure.sign, figure.status, figure.source)
            published = _row(release, slug, figure.row, told, figure.first, decimals=figure.decimals)
            yield Row((*published.cells, None, ""), published.decimals)
            if each.rate and each.population:
                sign = "ongeveer" if each.rate.about else ""
                told = (each.rate.value, PER_10000, sign, figure.status, figure.source)
                computed = _row(release, slug, figure.row, told, None, computed=True, decimals=each.rate.decimals)
                yield Row((*computed.cells, *_inhabitants(each.population, release)), computed.decimals)


def card_file_name(card: CardView, kind: str = "csv") -> str:
    """Indicator, region and period, safe for every system: aantal-adviezen-en-meldingen_nederland_2019hj02.csv."""
    choice = card.choice
    if choice.regions:
        place = "-".join(slugify(r.name) for r in choice.regions[:3])
    elif choice.view == "regionaal":
        place = "regio-s"
    else:
        place = "nederland"
    time = slugify(choice.period) if choice.view != "tijdreeksen" else "reeks"
    return f"{choice.indicator.slug}_{place}_{time}.{kind}"


def _frame_csv(frame: pd.DataFrame) -> bytes:
    numbers = [name for name in frame.columns if name.endswith("waarde")]
    columns: dict[str, Any] = {
        name: frame[name].map((lambda v: plain_number(v, ".")) if name in numbers else _safe_cell)
        for name in frame.columns
    }
    return frame.assign(**columns).to_csv(index=False, lineterminator="\n").encode()


def _safe_cell(cell: Any) -> Any:
    return safe_text(cell) if isinstance(cell, str) else cell


def all_figures_csv(release: Release) -> bytes:
    """All current figures, the columns of data.clean.FIGURE: comma, dot, nothing computed."""
    return _frame_csv(release.figures[FIGURE])


def tidy_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Some figures as in the file of all figures: its columns, comma, dot, nothing computed.

    Args:
        rows: with the columns of release.figures.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIGURE)
    for row in rows:
        writer.writerow(plain_number(row[n], ".") if n == "waarde" else _safe_cell(row[n]) for n in FIGURE)
    return out.getvalue().encode()


def all_figures_for_people_csv(release: Release) -> bytes:
    """All current figures as a Dutch spreadsheet opens them: the columns of a card's file, semicolon, comma."""
    return _csv(figure_rows(release), machine=False)


def revisions_csv(release: Release) -> bytes:
    """The revision history: every replaced value with both sources, both dates and the reason."""
    return _frame_csv(release.history)
