"""What changed: the values that a newer publication replaced, grouped by that publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from data import periods
from data.catalogue import Source
from data.kept import per_release
from data.release import Release
from data.schema import records

OURS = re.compile(r"cbs-\d{5}[a-z]{3}")
"""The id of a source that is a table of StatLine."""


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
    def withdrawn(self) -> bool:
        """Whether the source no longer has the figures, instead of other ones."""
        first = self.rows[0]
        return bool(first["nieuw_waarde"] != first["nieuw_waarde"] and not first["nieuw_teken"])

    @property
    def date(self) -> str:
        """When the new values were published, as exact as is known."""
        return str(self.rows[0]["nieuw_publicatiedatum"])

    @property
    def id(self) -> str:
        """A name that stays; a table of StatLine is corrected time and again, another publication corrects once."""
        again = f"-{self.date}{'-vervallen' if self.withdrawn else ''}" if OURS.fullmatch(self.source.id) else ""
        return f"correctie-{self.source.id}{again}"

    @property
    def about(self) -> list[periods.Period]:
        """The periods that the figures are about, in order."""
        return sorted({periods.period(row["periode"]) for row in self.rows})


@per_release
def corrections(release: Release) -> tuple[Correction, ...]:
    """All corrections in the revision history, the newest publication first."""
    grouped: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in records(release.history):
        grouped.setdefault((row["nieuw_bron"], row["nieuw_publicatiedatum"], row["reden"]), []).append(row)
    found = [Correction(release.catalogue.sources[b], reason, tuple(rows)) for (b, _, reason), rows in grouped.items()]
    return tuple(sorted(found, key=lambda each: each.date, reverse=True))
