"""The units of figures, and the presentations in which a card can show them. Units never share a column."""

from __future__ import annotations

from typing import Literal

COUNT = "aantal"
PERCENT = "%"
PER_10000 = "per 10.000 inwoners"
"""Only computed, by data.rates: a published count divided by the inhabitants."""
PER_100000 = "per 100.000 inwoners"
"""Only published."""
PUBLISHED = (COUNT, PERCENT, PER_100000)

Presentation = Literal["aantal", "aandeel", "per10000", "per100000"]
UNIT_OF: dict[Presentation, str] = {
    "aantal": COUNT,
    "aandeel": PERCENT,
    "per10000": PER_10000,
    "per100000": PER_100000,
}
PRESENTATIONS: dict[str, Presentation] = {name: name for name in UNIT_OF}
NAMES = {COUNT: "aantal", PERCENT: "aandeel", PER_10000: PER_10000, PER_100000: PER_100000}
"""A unit as the name of what is shown."""
