"""The files of a release on disk: figures, totals, revisions, and what the embedded catalogue does not know.

cijfers.parquet     the current figures: data.clean.FIGURE and ORIGIN, sorted by data.schema.KEY as plain text,
texts as dictionaries, `waarde` a float that can be empty
cijfers.csv.gz      the same figures as /download/cijfers.csv gives them
totalen.parquet     every published total in numbers (TOTALS), also those that another table repeats: a share
never combines two publications
revisies.csv        the revision history (data.revisions.HISTORY)
bronnen.csv, maten.csv, categorieen.csv, regios.csv, berichten.csv
rows in the form of the catalogue's own files, for what is new in this release
uitbreiding.json    measures and breakdowns that declared indicators have more
tabellen/           the StatLine tables as they were received, for the next import
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data import catalogue as catalogues
from data import regions, revisions, schema
from data.catalogue import TOTAL, Catalogue, Category, Extension, Measure, Message, Source
from data.clean import FIGURE, ORIGIN
from data.errors import DataError
from data.files import read_csv
from data.text import safe_text

FIGURES = "cijfers.parquet"
TOTALS_FILE = "totalen.parquet"
HISTORY = "revisies.csv"
ALL_AS_CSV = "cijfers.csv.gz"
EXTENSION = "uitbreiding.json"
REGIONS = "regios.csv"
TABLES = "tabellen"
TO_SERVE = (FIGURES, TOTALS_FILE, HISTORY, "bronnen.csv", "maten.csv", "categorieen.csv", REGIONS,
            "berichten.csv", EXTENSION)  # fmt: skip
"""The files that a running dashboard reads; cijfers.csv.gz is only passed on."""
TOTALS = ["bron", "maat", "regio_code", "periode", "waarde"]
_NUMBERS = {"waarde": pa.float64(), "rij": pa.int32(), "decimalen": pa.int8()}
_REGION_COLUMNS = ("code", "naam", "niveau", "geldig_van", "geldig_tot", "gewijzigd", "ouder", "inwoners_2023",
                   "opmerking")  # fmt: skip
_CSV_ROWS = 100_000


@dataclass(frozen=True)
class Content:
    """What goes into a release on disk.

    Attributes:
        figures: the current figures, columns FIGURE and ORIGIN.
        totals: columns TOTALS.
        history: columns data.revisions.HISTORY.
        extension: what the embedded catalogue does not know.
        regions: rows in the form of regions.csv, of regions that it does not know.
    """

    figures: pa.Table
    totals: pa.Table
    history: pd.DataFrame
    extension: Extension = field(default_factory=Extension)
    regions: list[dict[str, str]] = field(default_factory=list)


def content_of(figures: pd.DataFrame, observations: pd.DataFrame, history: pd.DataFrame) -> Content:
    """Figures of which everything is declared in the embedded catalogue, such as the embedded release itself."""
    return Content(as_table(figures, [*FIGURE, *ORIGIN]), totals_of(observations), history)


def totals_of(observations: pd.DataFrame) -> pa.Table:
    """The published totals in numbers among observations."""
    wanted = (observations["kenmerk"] == TOTAL) & (observations["eenheid"] == "aantal") & observations["waarde"].notna()
    return as_table(observations[wanted], TOTALS)


def as_table(frame: pd.DataFrame, columns: list[str]) -> pa.Table:
    """Columns of a data frame as Arrow: numbers in fitting types, texts as dictionaries."""
    arrays = [
        pa.array(frame[name], type=_NUMBERS[name], from_pandas=True)
        if name in _NUMBERS
        else _dictionary(pa.array(frame[name], from_pandas=True))
        for name in columns
    ]
    return pa.table(arrays, names=columns)


def _dictionary(array: pa.Array) -> pa.DictionaryArray:
    if pa.types.is_dictionary(array.type):
        return array
    return array.cast(pa.string()).dictionary_encode()


def in_order(table: pa.Table, by: Iterable[str] = schema.KEY) -> pa.Table:
    """The rows in order of some text columns, as plain text is sorted; one dictionary for each column, sorted too."""
    table = _one_dictionary(table)
    code = np.zeros(len(table), dtype=np.int64)
    for name in by:
        column = table.column(name).chunk(0) if len(table) else pa.array([], pa.string()).dictionary_encode()
        code = code * max(len(column.dictionary), 1) + column.indices.to_numpy(zero_copy_only=False)
    return table.take(pa.array(np.argsort(code, kind="stable")))


def _one_dictionary(table: pa.Table) -> pa.Table:
    """Every text column with one dictionary, in the order of plain text."""
    out = []
    for column in table.columns:
        if not pa.types.is_dictionary(column.type):
            out.append(column.combine_chunks())
            continue
        whole = column.unify_dictionaries().combine_chunks()
        array = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
        order = pc.sort_indices(array.dictionary)
        place = np.empty(len(order), dtype=np.int32)
        place[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
        indices = place[array.indices.to_numpy(zero_copy_only=False)] if len(array) else np.array([], np.int32)
        out.append(pa.DictionaryArray.from_arrays(pa.array(indices), array.dictionary.take(order)))
    return pa.table(out, names=table.column_names)


# --- writing ---


def write(folder: Path, content: Content) -> None:
    """Write all files of a release, but the manifest and the tables as received.

    Raises:
        OSError: the disk is full or fails.
    """
    figures = in_order(content.figures)
    _write_parquet(figures, folder / FIGURES)
    _write_parquet(in_order(content.totals, TOTALS[:4]), folder / TOTALS_FILE)
    write_csv_gz(figures, folder / ALL_AS_CSV)
    content.history.to_csv(folder / HISTORY, index=False, lineterminator="\n")
    more = content.extension
    _write_rows(folder / "bronnen.csv", Source, more.sources)
    _write_rows(folder / "maten.csv", Measure, more.measures)
    _write_rows(folder / "categorieen.csv", Category, more.categories)
    _write_rows(folder / "berichten.csv", Message, more.messages)
    with (folder / REGIONS).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, _REGION_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(content.regions)
    text = json.dumps({"maten": more.maten, "kenmerken": more.kenmerken}, ensure_ascii=False, indent=1)
    (folder / EXTENSION).write_text(text, encoding="utf-8")


def _write_parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", row_group_size=1 << 18)


def _write_rows(path: Path, kind: type[catalogues.Declaration], rows: Iterable[catalogues.Declaration]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(kind.model_fields), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row.model_dump(mode="json") for row in rows)


def write_csv_gz(figures: pa.Table, path: Path) -> None:
    """Write the figures as the download of all figures: the columns FIGURE, comma, dot; the same bytes every time."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as handle:
        handle.write((",".join(FIGURE) + "\n").encode())
        for start in range(0, len(figures), _CSV_ROWS):
            handle.write(_lines(figures.slice(start, _CSV_ROWS)))


def _lines(part: pa.Table) -> bytes:
    """Rows as lines of CSV."""
    columns = [_as_text(part.column(name)) for name in FIGURE]
    columns[-1] = pc.binary_join_element_wise(columns[-1], "\n", "")
    lines = pc.binary_join_element_wise(*columns, ",")
    return b"".join(chunk.cast(pa.binary()).buffers()[2][: _length(chunk)].to_pybytes() for chunk in lines.chunks)


def _length(chunk: pa.Array) -> int:
    return int(np.frombuffer(chunk.buffers()[1], np.int32)[chunk.offset + len(chunk)])


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as the cells of a CSV file: quoted where that is needed, '' for no number."""
    if not pa.types.is_dictionary(column.type):
        return pc.fill_null(column.cast(pa.string()), "")
    return pa.chunked_array(
        [
            pa.DictionaryArray.from_arrays(
                chunk.indices, pa.array([_cell(text) for text in chunk.dictionary.to_pylist()], pa.string())
            ).dictionary_decode()
            for chunk in column.chunks
        ],
        pa.string(),
    )


def _cell(text: str) -> str:
    safe = safe_text(text)
    return '"' + safe.replace('"', '""') + '"' if any(sign in safe for sign in ',"\n\r') else safe


# --- reading ---


def read_figures(folder: Path) -> pa.Table:
    """The current figures, in the order of the file.

    Raises:
        DataError: the file cannot be read, or has other columns.
    """
    return _read_parquet(folder / FIGURES, [*FIGURE, *ORIGIN])


def read_totals(folder: Path) -> pa.Table:
    """The published totals in numbers.

    Raises:
        DataError: the file cannot be read, or has other columns.
    """
    return _read_parquet(folder / TOTALS_FILE, TOTALS)


def _read_parquet(path: Path, columns: list[str]) -> pa.Table:
    where = f"levering {path.parent.name}: {path.name}"
    try:
        texts = [name for name in columns if name not in _NUMBERS]
        table = pq.read_table(path, read_dictionary=texts, memory_map=True)
    except (OSError, pa.ArrowException) as error:
        raise DataError(f"{where} is niet te lezen ({type(error).__name__})") from None
    if table.column_names != columns:
        raise DataError(f"{where} heeft andere kolommen dan verwacht")
    return table


def read_history(folder: Path) -> pd.DataFrame:
    """The revision history.

    Raises:
        DataError: the file cannot be read, or has other columns.
    """
    where = f"levering {folder.name}: {HISTORY}"
    numbers = {name: float for name in revisions.HISTORY if name.endswith("waarde")}
    texts = {name: str for name in revisions.HISTORY if name not in numbers}
    try:
        history = pd.read_csv(folder / HISTORY, dtype={**numbers, **texts}, keep_default_na=False,
                              na_values={name: [""] for name in numbers})  # fmt: skip
    except (OSError, ValueError) as error:
        raise DataError(f"{where} is niet te lezen ({type(error).__name__})") from None
    if [*history.columns] != revisions.HISTORY:
        raise DataError(f"{where} heeft andere kolommen dan verwacht")
    return history


def read_extension(folder: Path) -> Extension:
    """What a release declares that the embedded catalogue does not know.

    Raises:
        DataError: a file cannot be read.
    """
    try:
        more: Mapping[str, Mapping[str, Any]] = json.loads((folder / EXTENSION).read_text(encoding="utf-8"))
        return Extension(
            sources=catalogues.declare(Source, read_csv(folder / "bronnen.csv"), "bronnen.csv"),
            measures=catalogues.declare(Measure, read_csv(folder / "maten.csv"), "maten.csv"),
            categories=catalogues.declare(Category, read_csv(folder / "categorieen.csv"), "categorieen.csv"),
            messages=catalogues.declare(Message, read_csv(folder / "berichten.csv"), "berichten.csv"),
            maten=more["maten"],
            kenmerken=more["kenmerken"],
        )
    except (OSError, ValueError, KeyError) as error:
        reason = str(error) if isinstance(error, DataError) else f"{EXTENSION} is niet te lezen"
        raise DataError(f"levering {folder.name}: {reason}") from None


def declared(folder: Path, embedded: Catalogue, known: regions.Regions) -> tuple[Catalogue, regions.Regions]:
    """The catalogue and the regions of a release: the embedded ones, and what the release has more.

    Raises:
        DataError: a file cannot be read, or contradicts what is embedded.
    """
    more = read_extension(folder)
    return catalogues.extend(embedded, more), regions.extend(known, read_csv(folder / REGIONS), REGIONS)
