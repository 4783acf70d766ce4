"""Releases that are made for a test: the real one with rows added to it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data import schema
from data.release import Release


def with_rows(release: Release, *changes: dict[str, Any]) -> Release:
    """The release with more figures.

    Args:
        release: the real one.
        changes: for each new figure what differs from the total of ontvangen meldingen in Drenthe in 2023;
            `regio_code` also sets name and level.
    """
    figures = release.figures
    like = figures[
        (figures["maat"] == "Ontvangen meldingen") & (figures["kenmerk"] == "Totaal") & (figures["eenheid"] == "aantal")
        & (figures["regio_code"] == "VT02") & (figures["periode"] == "2023JJ00")
    ]  # fmt: skip
    (base,) = schema.records(like)
    rows = []
    for change in changes:
        region = release.regions[change.get("regio_code", "VT02")]
        rows.append(base | {"regio_naam": region.name, "regio_niveau": region.level_name} | change)
    more = pd.DataFrame(rows)[list(figures.columns)].astype(figures.dtypes.to_dict())
    every = schema.check(pd.concat([figures, more], ignore_index=True), unique=True)
    return release.with_figures(every, pd.concat([release.observations, more], ignore_index=True))
