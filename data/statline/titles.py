"""Titles of StatLine compared with those that are declared: small differences in writing are none, a guess is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from rapidfuzz import fuzz, process

from data.text import plain

T = TypeVar("T")
PER_100_000 = "per 100.000 inwoners"
_NUMBERING = re.compile(r"^\s*(?:\d+\.)+\d*\s+")
_CUT_SHORT = re.compile(r"(?:\.{2,}|…)\s*$")
_PER = re.compile(r"\(?\bper\s*100(?:[\s.\u00a0\u202f]*000| *duizend)(?:\s+inwoners)?\)?", re.IGNORECASE)
_UNIT = re.compile(
    r"\(\s*(?:aantal|abs\.?|absoluut|%|procent|percentage|in %)\s*\)|(?:,?\s*in)?\s*%\s*$", re.IGNORECASE
)
_LEVEL = re.compile(r"\s*\((?:[A-Z]{2}|gemeente|provincie|landsdeel)\)\s*$")
NEAR = 80


def key(title: str) -> str:
    """A title without what may differ in writing: capitals, accents, spaces, punctuation, numbering."""
    text = plain(_NUMBERING.sub("", title).replace("&", " en "))
    return " ".join(re.sub(r"[^a-z0-9<>]+", " ", text).split())


def cut_short(title: str) -> bool:
    """Whether the title ends with dots because it was too long."""
    return bool(_CUT_SHORT.search(title))


def words(title: str) -> tuple[str, ...]:
    """The words of a title in fixed order, for titles that have the same words in another order."""
    return tuple(sorted(key(title).split()))


def without_unit(title: str) -> str:
    """A title of a measure without the unit that some tables write in it."""
    return _UNIT.sub("", _PER.sub("", title)).strip(" ,;:-")


def unit_of(unit: str, *titles: str) -> str:
    """The unit of a measure: 'aantal', '%', 'per 100.000 inwoners', or what the table says when that is none of these.

    A rate that calls itself a number would be the worst mistake, so a title that says 'per 100.000' goes first.
    """
    if any(_PER.search(text) or "100000" in re.sub(r"[\s.\u00a0\u202f]", "", text) for text in (unit, *titles)):
        return PER_100_000
    text = key(unit)
    if "%" in unit or text in ("procent", "percentage", "perc", "pct"):
        return "%"
    if text in ("", "aantal", "aantallen", "absoluut", "abs"):
        return "%" if not text and any("(%)" in title for title in titles) else "aantal"
    return " ".join(unit.split())


def region_name(title: str) -> str:
    """The name of a region without the level that tables write behind it: 'Drenthe (PV)' -> 'Drenthe'."""
    return " ".join(_LEVEL.sub("", title).split())


def find(title: str, known: Mapping[str, T]) -> T | None:
    """What a title stands for; a title that was cut short counts when only one known title begins like it.

    Args:
        title: as the table has it.
        known: what is declared, by title as written there (they may be cut short too).
    """
    wanted = key(title)
    for text, value in known.items():
        if key(text) == wanted:
            return value
    begun = [
        value
        for text, value in known.items()
        if (cut_short(title) and key(text).startswith(wanted)) or (cut_short(text) and wanted.startswith(key(text)))
    ]
    return begun[0] if begun and all(value == begun[0] for value in begun) else None


def nearest(title: str, known: Iterable[str]) -> str:
    """The known title that looks most like one; '' when none does."""
    found = process.extractOne(
        key(title), {text: key(text) for text in known}, scorer=fuzz.ratio, score_cutoff=NEAR
    )  # fmt: skip
    return str(found[2]) if found else ""
