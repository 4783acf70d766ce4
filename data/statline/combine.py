"""Which figure counts where several tables have one, and what changed since the release before. The rules stand here.

1. Of the StatLine tables the one that was changed last counts; of two of the same day the one declared first.
2. StatLine wins from the embedded figures; those that StatLine does not have stay.
3. What differs from the release before (the first time: from the embedded figures) goes into the revision history,
   with the dates of both: another number or sign, or a figure that StatLine no longer has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data import periods
from data.catalogue import TOTAL, Source
from data.clean import FIGURE, ORIGIN
from data.news import OURS
from data.regions import Region
from data.release_files import TOTALS
from data.revisions import HISTORY
from data.schema import KEY
from data.statline.mapping import TEXTS, Part, Texts
from data.text import upper_first

_SAME = ("waarde", "teken", "status", "bron")
GONE = "staat niet meer in StatLine"


@dataclass(frozen=True)
class Difference:
    """What a release has other than the one before; row numbers in the new and in the old part, side by side."""

    new: int
    revised: np.ndarray
    revised_old: np.ndarray
    withdrawn: np.ndarray


def join(parts: Sequence[Part]) -> Part:
    """Parts one after the other."""
    return Part({name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns})


def keys_of(part: Part, texts: Texts) -> np.ndarray:
    """A number for each row that is the same for rows of the same figure (data.schema.KEY), among these texts."""
    return _numbered(part, texts, KEY)


def _numbered(part: Part, texts: Texts, names: Sequence[str]) -> np.ndarray:
    out = np.zeros(len(part), np.int64)
    for name in names:
        out = out * max(len(texts.of(name)), 1) + part.columns[name]
    return out


def take(part: Part, rows: np.ndarray) -> Part:
    """Some rows of a part."""
    return Part({name: column[rows] for name, column in part.columns.items()})


def first_of_each(part: Part, texts: Texts) -> tuple[np.ndarray, np.ndarray]:
    """Of each figure the first row, and of every row the place of its figure among those."""
    _, first, place = np.unique(keys_of(part, texts), return_index=True, return_inverse=True)
    return first, place


def contradictions(part: Part, first: np.ndarray, place: np.ndarray, texts: Texts) -> list[str]:
    """What to report where tables give different values of the same figure: the pair, how often, and one of them."""
    winner = first[place]
    rows = np.flatnonzero(_differs(part, np.arange(len(part)), part, winner))
    sources, measures, areas, times = (texts.of(name) for name in ("bron", "maat", "regio_code", "periode"))
    found: dict[tuple[str, str], list[int]] = {}
    for row in rows.tolist():
        pair = (sources[part.columns["bron"][winner[row]]], sources[part.columns["bron"][row]])
        found.setdefault(pair, []).append(row)
    out = []
    for (kept, other), there in found.items():
        row = there[0]
        figure = ", ".join(
            names[part.columns[column][row]]
            for column, names in (("maat", measures), ("regio_code", areas), ("periode", times))
        )
        same = "zichzelf" if kept == other else other
        out.append(f"{kept} en {same} geven {len(there)} keer iets anders (zoals {figure}): {kept} telt")
    return out


def compare(old: Part, new: Part, texts: Texts, withdrawable: np.ndarray) -> Difference:
    """What differs between two releases.

    Args:
        old: the figures of the one before, each once.
        new: the figures of the new one, each once.
        texts: of both.
        withdrawable: by number of a text of `bron`: whether its figures can be withdrawn (those of StatLine).
    """
    before, now = keys_of(old, texts), keys_of(new, texts)
    _, in_old, in_new = np.intersect1d(before, now, assume_unique=True, return_indices=True)
    other = _differs(old, in_old, new, in_new)
    gone = np.setdiff1d(np.arange(len(old)), in_old, assume_unique=True)
    return Difference(
        new=len(new) - len(in_new),
        revised=in_new[other],
        revised_old=in_old[other],
        withdrawn=gone[withdrawable[old.columns["bron"][gone]]],
    )


def _differs(one: Part, at_one: np.ndarray, other: Part, at_other: np.ndarray) -> np.ndarray:
    a, b = one.columns["waarde"][at_one], other.columns["waarde"][at_other]
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    differs: np.ndarray = ~same | (one.columns["teken"][at_one] != other.columns["teken"][at_other])
    return differs


def history_of(
    difference: Difference, old: Part, new: Part, texts: Texts, dates: tuple[Mapping[str, str], Mapping[str, str]],
    places: Mapping[str, Region],
) -> pd.DataFrame:  # fmt: skip
    """The rows of the revision history that a difference gives.

    Args:
        difference: between the two.
        old: the figures of the one before.
        new: the figures of the new one.
        texts: of both.
        dates: by id of a source when it was published, for the old and for the new release.
        places: all regions by code.
    """
    revised = _side(take(old, difference.revised_old), texts, "oud", dates[0])
    revised |= {name: v for name, v in _side(take(new, difference.revised), texts, "nieuw", dates[1]).items()}
    revised["reden"] = [
        f"Herzien door het CBS (stand {date_text(str(day))})."
        if OURS.fullmatch(str(source))
        else f"{upper_first(GONE)}."
        for day, source in zip(revised["nieuw_publicatiedatum"], revised["nieuw_bron"], strict=True)
    ]
    gone = _side(take(old, difference.withdrawn), texts, "oud", dates[0])
    count = len(difference.withdrawn)
    days: list[object] = [dates[1].get(str(source), "") for source in gone["oud_bron"]]
    gone |= {
        "nieuw_waarde": [np.nan] * count, "nieuw_teken": [""] * count, "nieuw_status": [""] * count,
        "nieuw_bron": gone["oud_bron"], "nieuw_publicatiedatum": days,
        "reden": [f"{upper_first(GONE)} (stand {date_text(str(day))})." for day in days],
    }  # fmt: skip
    frame = pd.concat([pd.DataFrame(revised), pd.DataFrame(gone)], ignore_index=True)
    frame["oud_eerste_publicatiedatum"] = frame["oud_publicatiedatum"]
    frame["regio_naam"] = [places[code].name for code in frame["regio_code"]]
    frame["regio_niveau"] = [places[code].level_name for code in frame["regio_code"]]
    return frame[HISTORY].sort_values(KEY, ignore_index=True)


def _side(part: Part, texts: Texts, side: str, dates: Mapping[str, str]) -> dict[str, list[object]]:
    def column(name: str) -> list[object]:
        if name == "waarde":
            return [*part.columns["waarde"].tolist()]
        names = texts.of(name)
        return [names[number] for number in part.columns[name].tolist()]

    out = {name: column(name) for name in KEY} | {f"{side}_{name}": column(name) for name in _SAME}
    return out | {f"{side}_publicatiedatum": [dates.get(str(source), "") for source in out[f"{side}_bron"]]}


def totals(part: Part, texts: Texts) -> pa.Table:
    """The published totals in numbers, of every table (data.release_files.TOTALS)."""
    total, counts = texts.number("kenmerk", TOTAL), texts.number("eenheid", "aantal")
    wanted = (part.columns["kenmerk"] == total) & (part.columns["eenheid"] == counts)
    chosen = take(part, np.flatnonzero(wanted & ~np.isnan(part.columns["waarde"])))
    _, first = np.unique(_numbered(chosen, texts, TOTALS[:4]), return_index=True)
    return _arrow(take(chosen, first), texts, TOTALS, {})


def figures(part: Part, texts: Texts, places: Mapping[str, Region]) -> pa.Table:
    """A part as the table of figures: columns FIGURE and ORIGIN."""
    return _arrow(part, texts, [*FIGURE, *ORIGIN], places)


def _arrow(part: Part, texts: Texts, columns: Sequence[str], places: Mapping[str, Region]) -> pa.Table:
    codes = texts.of("regio_code")
    of_region = {
        "regio_naam": [places[code].name if code in places else "" for code in codes],
        "regio_niveau": [places[code].level_name if code in places else "" for code in codes],
    }
    arrays = []
    for name in columns:
        if name in of_region:
            # Names are not unique, so that the dictionary is made anew.
            names = pa.array(of_region[name], pa.string()).dictionary_encode()
            arrays.append(pa.DictionaryArray.from_arrays(names.indices.take(pa.array(part.columns["regio_code"])),
                                                         names.dictionary))  # fmt: skip
        elif name in TEXTS:
            arrays.append(pa.DictionaryArray.from_arrays(pa.array(part.columns[name]), pa.array(texts.of(name))))
        elif name == "waarde":
            arrays.append(pa.array(part.columns["waarde"], pa.float64(), from_pandas=True))
        else:
            arrays.append(pc.cast(pa.array(part.columns[name]), pa.int32() if name == "rij" else pa.int8()))
    return pa.table(arrays, names=list(columns))


def part_of(table: pa.Table, texts: Texts) -> Part:
    """A table of figures (columns FIGURE and ORIGIN) as a part."""
    columns: dict[str, np.ndarray] = {}
    for name in (*TEXTS, "waarde", "rij", "decimalen"):
        column = table.column(name).unify_dictionaries().combine_chunks() if name in TEXTS else table.column(name)
        if name in TEXTS:
            if isinstance(column, pa.ChunkedArray):
                column = column.chunk(0) if column.num_chunks else pa.array([], pa.string()).dictionary_encode()
            numbers = np.array([texts.number(name, text) for text in column.dictionary.to_pylist()], np.int32)
            at = column.indices.to_numpy(zero_copy_only=False)
            columns[name] = numbers[at] if len(at) else np.zeros(0, np.int32)
        else:
            kinds = {"waarde": np.float64, "rij": np.int64, "decimalen": np.int8}
            columns[name] = column.to_numpy().astype(kinds[name])
    return Part(columns)


def date_text(day: str) -> str:
    """A date as people write it ('11 oktober 2025'); what is no date stays."""
    try:
        return periods.period(day[:10]).label
    except ValueError:
        return day or "onbekend"


def dates_of(sources: Mapping[str, Source]) -> dict[str, str]:
    """When each source was published."""
    return {name: source.publicatiedatum for name, source in sources.items()}
