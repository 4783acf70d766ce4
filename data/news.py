"""What changed: the values that a newer publication replaced, grouped by that publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data import periods
from data.catalogue import Source
from data.release import Release
from data.schema import records


@dataclass(frozen=True)
class Correction:
    """The figures that one publication replaced.

    Attributes:
        source: the publication with the new values.
        reason: why they were replaced, in words; may be empty.
        rows: rows of the revision history (data.revisions.HISTORY).
    """

    source: Source
    reason: str
    rows: tuple[dict[str, Any], ...]

    @property
    def about(self) -> list[periods.Period]:
        """The periods that the figures are about, in order."""
        return sorted({periods.period(row["periode"]) for row in self.rows})


def corrections(release: Release) -> list[Correction]:
    """All corrections in the revision history, the newest publication first."""
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in records(release.history):
        grouped.setdefault((row["nieuw_bron"], row["reden"]), []).append(row)
    found = [Correction(release.catalogue.sources[b], reason, tuple(rows)) for (b, reason), rows in grouped.items()]
    return sorted(found, key=lambda each: each.source.publicatiedatum, reverse=True)
