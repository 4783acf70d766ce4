"""The files with all figures: what each holds, how many rows and how large, made once."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from components.address import address
from components.elements import html
from components.export import all_figures_csv, all_figures_for_people_csv, revisions_csv
from components.numbers import number
from components.workbook import XLSX, all_figures_workbook
from data.kept import per_release
from data.release import Release
from data.release_files import ALL_AS_CSV

CSV = "text/csv; charset=utf-8"
SIZES_UP_TO = 50_000  # figures; beyond that a page must not wait until all files are made to tell how large they are
MOST_ROWS = 200_000
"""How many figures a file for a spreadsheet holds at most: more takes minutes to make, and cannot be worked with."""


def _figures_gz(release: Release) -> bytes:
    return gzip.compress(all_figures_csv(release), mtime=0)


@dataclass(frozen=True)
class File:
    """A file under /download: its name, its kind, and what a visitor reads about it.

    `form` is the value of ?formaat= that gives this file instead of the usual one of that name, and `saved_as` the
    name it is saved under then. `spreadsheet`: it is made to be opened in one.
    """

    name: str
    mime: str
    title: str
    text: str
    table: str
    make: Callable[[Release], bytes]
    form: str = ""
    saved_as: str = ""
    spreadsheet: bool = False


FILES = (
    File(
        "cijfers.xlsx", XLSX, "Alle cijfers in Excel",
        "Alle cijfers van deze levering, met een tabblad per thema en tabbladen met de bronnen en de tekens. Alleen "
        "gepubliceerde cijfers: niets is berekend.",
        "figures", all_figures_workbook, spreadsheet=True,
    ),
    File(
        "cijfers.csv", CSV, "Alle cijfers in één tabel",
        "Dezelfde cijfers, één per rij, met Nederlandse kolomkoppen, puntkomma's en decimale komma's. Het bestand "
        "opent met een dubbelklik in een Nederlandse Excel of LibreOffice.",
        "figures", all_figures_for_people_csv, "mensen", "cijfers-nederlands.csv", spreadsheet=True,
    ),
    File(
        "cijfers.csv", CSV, "Alle cijfers voor programma's",
        "Dezelfde cijfers voor wie ze met een programma verwerkt: met een komma tussen de kolommen en een punt in de "
        "getallen.",
        "figures", all_figures_csv,
    ),
    File(
        "cijfers.csv.gz", "application/gzip", "Alle cijfers voor programma's, ingepakt",
        "Hetzelfde bestand, kleiner gemaakt met gzip.",
        "figures", _figures_gz,
    ),
    File(
        "revisies.csv", CSV, "Oude cijfers",
        "Elk cijfer dat door een nieuwer cijfer is vervangen: het oude en het nieuwe cijfer, beide bronnen, beide "
        "data en de reden.",
        "history", revisions_csv,
    ),
)  # fmt: skip


@per_release
def content(release: Release, file: File) -> bytes:
    """The bytes of a file."""
    return file.make(release)


def too_large(release: Release, file: File) -> str:
    """Why a file is not made of this release, and what to take instead; '' when it is."""
    if not file.spreadsheet or len(release) <= MOST_ROWS:
        return ""
    return (
        f"Deze levering heeft {number(len(release))} cijfers. Dat zijn er te veel voor één bestand in Excel: hoogstens "
        f"{number(MOST_ROWS)}. Download cijfers.csv.gz voor alle cijfers, of de Excel van één kaart."
    )


def ready_made(release: Release, file: File) -> Path | None:
    """All figures as the import left them, packed with gzip; None where they are made here."""
    made = release.folder / ALL_AS_CSV if release.folder else None
    return made if made and made.is_file() and file.make in (all_figures_csv, _figures_gz) else None


def size_text(size: int) -> str:
    """A size as a visitor reads it: 512 bytes, 12 kB, 1,3 MB."""
    if size < 1000:
        return f"{size} bytes"
    return f"{number(size / 1000)} kB" if size < 1_000_000 else f"{number(size / 1_000_000, decimals=1)} MB"


def file_list(release: Release) -> html.Ul:
    """A link to each file, with what it holds, its rows and its size."""
    return html.Ul([_entry(file, release) for file in FILES], className="bestanden")


def _size(release: Release, file: File) -> int | None:
    """The size of a file in bytes; None where finding out would take too long."""
    if made := ready_made(release, file):
        return made.stat().st_size if file.make is _figures_gz else None
    return len(content(release, file)) if len(release) <= SIZES_UP_TO else None


def _entry(file: File, release: Release) -> html.Li:
    if reason := too_large(release, file):
        return html.Li([html.H3(file.title), html.P(reason)])
    rows = len(release.history if file.table == "history" else release)
    size = f", {size_text(found)}" if (found := _size(release, file)) else ""
    where = address(f"download/{file.name}", {"formaat": file.form} if file.form else None)
    return html.Li(
        [
            html.H3(file.title),
            html.P(file.text),
            html.P(
                [
                    html.A(f"Download {file.saved_as or file.name}", href=where, download="", className="knop"),
                    html.Span(f"{number(rows)} {'cijfer' if rows == 1 else 'cijfers'}{size}", className="omvang"),
                ],
                className="knoppen",
            ),
        ]
    )
