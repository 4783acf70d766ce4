"""Which value is current, and what it replaced. The rule stands here and nowhere else.

1. The newest publication counts. Dates are compared as far as they are known; where two publications give
   different values and their order cannot be told, the data does not load: a person must decide.
2. Publications that agree are no revision; the newest of them is named as the source. A body that took the
   figure over from another one is named only when no other source has it.
3. Each value that was replaced stays in the revision history, with the last source that carried it and the
   first one that replaced it; the date on which the old value was first published stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.errors import DataError
from data.schema import KEY, records

_SAME = ["waarde", "teken", "status", "bron"]
HISTORY = [
    *KEY[:5], "regio_naam", "regio_niveau", "periode", "eenheid",
    *(f"oud_{name}" for name in _SAME), "oud_publicatiedatum", "oud_eerste_publicatiedatum",
    *(f"nieuw_{name}" for name in _SAME), "nieuw_publicatiedatum",
    "reden",
]  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """One publication of a figure; `place` is its row in the observations."""

    place: Any
    row: dict[str, Any]
    date: str
    quoted: bool

    @property
    def content(self) -> tuple[Any, str]:
        value = self.row["waarde"]
        return (None if pd.isna(value) else value, self.row["teken"])


def _order(a: str, b: str) -> int | None:
    """-1 when date a is before b, 1 when after, 0 when equal, None when it cannot be told."""
    if a == b and a:
        return 0
    if not a or not b or a.startswith(b) or b.startswith(a):
        return None
    return -1 if a < b else 1


def settle(observations: pd.DataFrame, catalogue: Catalogue) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Choose the current value of each figure.

    Args:
        observations: one row per published cell (data.clean.observations).
        catalogue: for the dates of publication and the reasons of revisions.

    Returns:
        The current figures, one row per key with the columns of `observations`, and the revision history
        with the columns HISTORY, a row per replaced value.

    Raises:
        DataError: two publications contradict each other and their order cannot be told.
    """
    several = observations.duplicated(KEY, keep=False)
    current = ~several
    groups: dict[tuple[str, ...], list[_Told]] = {}
    for place, row in zip(observations.index[several], records(observations[several]), strict=True):
        source = catalogue.sources[row["bron"]]
        told = _Told(place, row, source.publicatiedatum, bool(source.ontleend_aan))
        groups.setdefault(tuple(row[name] for name in KEY), []).append(told)
    history: list[dict[str, Any]] = []
    reasons = {t.bron: t.reason for t in catalogue.tables}
    for group in groups.values():
        versions = _versions(group)
        for old, new in pairwise(versions):
            history.append(_replaced(old, new[0], reasons[new[0].row["bron"]]))
        current[_last(versions[-1]).place] = True
    return observations[current], pd.DataFrame(history, columns=HISTORY)


def _versions(told: list[_Told]) -> list[list[_Told]]:
    """Publications in order of date, put together as long as they agree."""
    for a in told:
        for b in told:
            if a.content != b.content and _order(a.date, b.date) in (None, 0):
                raise DataError(
                    f"{a.row['bron']}.csv, rij {a.row['rij']}: spreekt {b.row['bron']}.csv, "
                    f"rij {b.row['rij']} tegen en welke van de twee de nieuwste is, is niet bekend"
                )
    return [list(same) for _, same in groupby(sorted(told, key=lambda t: t.date), key=lambda t: t.content)]


def _last(version: list[_Told]) -> _Told:
    """The newest publication of a value; one that only quotes another only when there is nothing else."""
    return ([t for t in version if not t.quoted] or version)[-1]


def _replaced(version: list[_Told], new: _Told, reason: str) -> dict[str, Any]:
    old = _last(version)
    out = {name: old.row[name] for name in (*KEY, "regio_naam", "regio_niveau")}
    for side, told in (("oud", old), ("nieuw", new)):
        out |= {f"{side}_{name}": told.row[name] for name in _SAME}
        out[f"{side}_publicatiedatum"] = told.date
    return out | {"oud_eerste_publicatiedatum": version[0].date, "reden": reason}
