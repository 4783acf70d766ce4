"""The files with all figures: what each holds, how many rows and how large, made once."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from dash import html

from components.address import address
from components.export import all_figures_csv, all_figures_for_people_csv, revisions_csv
from components.numbers import number
from components.workbook import XLSX, all_figures_workbook
from data.release import Release

CSV = "text/csv; charset=utf-8"
SIZES_UP_TO = 50_000  # figures; beyond that a page must not wait until all files are made to tell how large they are


def _figures_gz(release: Release) -> bytes:
    return gzip.compress(all_figures_csv(release), mtime=0)


@dataclass(frozen=True)
class File:
    """A file under /download: its name, its kind, and what a visitor reads about it.

    `form` is the value of ?formaat= that gives this file instead of the usual one of that name, and `saved_as` the
    name it is saved under then.
    """

    name: str
    mime: str
    title: str
    text: str
    table: str
    make: Callable[[Release], bytes]
    form: str = ""
    saved_as: str = ""


FILES = (
    File(
        "cijfers.xlsx", XLSX, "Alle cijfers in Excel",
        "Alle cijfers van deze levering, met een tabblad per thema en tabbladen met de bronnen en de tekens. Alleen "
        "gepubliceerde cijfers: niets is berekend.",
        "figures", all_figures_workbook,
    ),
    File(
        "cijfers.csv", CSV, "Alle cijfers in één tabel",
        "Dezelfde cijfers, één per rij, met Nederlandse kolomkoppen, puntkomma's en decimale komma's. Het bestand "
        "opent met een dubbelklik in een Nederlandse Excel of LibreOffice.",
        "figures", all_figures_for_people_csv, "mensen", "cijfers-nederlands.csv",
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


@cache
def content(release: Release, file: File) -> bytes:
    """The bytes of a file."""
    return file.make(release)


def size_text(size: int) -> str:
    """A size as a visitor reads it: 512 bytes, 12 kB, 1,3 MB."""
    if size < 1000:
        return f"{size} bytes"
    return f"{number(size / 1000)} kB" if size < 1_000_000 else f"{number(size / 1_000_000, decimals=1)} MB"


def file_list(release: Release) -> html.Ul:
    """A link to each file, with what it holds, its rows and its size."""
    return html.Ul([_entry(file, release) for file in FILES], className="bestanden")


def _entry(file: File, release: Release) -> html.Li:
    rows = len(getattr(release, file.table))
    size = f", {size_text(len(content(release, file)))}" if len(release.figures) <= SIZES_UP_TO else ""
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
