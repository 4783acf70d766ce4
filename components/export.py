"""Files of figures: the figures of a card for people, all figures and all revisions for machines."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd

from data import periods
from data.clean import FIGURE
from data.release import Release
from data.text import slugify
from data.view import CardView

COLUMNS = (
    "Indicator", "Maat", "Kenmerk", "Categorie", "Regio", "Regiocode", "Regioniveau", "Periode", "Periodecode",
    "Waarde", "Eenheid", "Teken", "Status", "Berekend", "Eerst gepubliceerd", "Bron", "Bron-id", "Levering",
)  # fmt: skip


def plain_number(value: float | None, decimal: str) -> str:
    """A number without thousands separator, in full; '' for none."""
    if value is None or pd.isna(value):
        return ""
    return f"{value:.10g}".replace(".", decimal)


def card_csv(card: CardView, release: Release, *, machine: bool = False) -> bytes:
    """The figures of a card, one row per figure, in the order of the table.

    Args:
        card: the card.
        release: for names of regions and sources.
        machine: comma and dot instead of the semicolon and decimal comma that a Dutch spreadsheet opens.

    Returns:
        UTF-8, for people with a byte order mark; one row of headings and nothing above or below it.
    """
    decimal = "." if machine else ","
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if machine else ";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for _, _, figure in card.figures():
        row = figure.row
        source = release.catalogue.sources[figure.source]
        first = figure.first["oud_waarde"] if figure.first else None
        writer.writerow(
            [
                release.catalogue.indicators[card.choice.indicator.slug].titel,
                row["maat"], row["kenmerk"], row["categorie"],
                row["regio_naam"], row["regio_code"], row["regio_niveau"],
                periods.period(row["periode"]).label, row["periode"],
                plain_number(figure.value, decimal), figure.unit, figure.sign, figure.status,
                "ja" if figure.computed else "nee",
                plain_number(first, decimal),
                f"{source.uitgever}, {source.titel}, {source.tabel}", source.id, release.name,
            ]
        )  # fmt: skip
    return (out.getvalue() if machine else "\ufeff" + out.getvalue()).encode()


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
    text: dict[str, Any] = {name: frame[name].map(lambda v: plain_number(v, ".")) for name in numbers}
    return frame.assign(**text).to_csv(index=False, lineterminator="\n").encode()


def all_figures_csv(release: Release) -> bytes:
    """All current figures, the columns of data.clean.FIGURE: comma, dot, nothing computed."""
    return _frame_csv(release.figures[FIGURE])


def revisions_csv(release: Release) -> bytes:
    """The revision history: every replaced value with both sources, both dates and the reason."""
    return _frame_csv(release.history)
