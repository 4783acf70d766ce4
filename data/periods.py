"""Periods in CBS codes: what they mean, how they follow each other, how they are written.

A half-year and a year are different kinds of period and never stand on one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
KINDS = {
    "jaar": "jaren",
    "halfjaar": "halfjaren",
    "kwartaal": "kwartalen",
    "maand": "maanden",
    "peildatum": "peildata",
    "reeks jaren": "reeksen van jaren",
}
_CODE = re.compile(r"([0-9]{4})(JJ00|HJ0[12]|KW0[1-4]|MM(?:0[1-9]|1[0-2]))")
_SPAN = re.compile(r"([0-9]{4})-([0-9]{4})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PER_YEAR = {"JJ": ("jaar", 1), "HJ": ("halfjaar", 2), "KW": ("kwartaal", 4), "MM": ("maand", 12)}
_STATLINE = re.compile(r"(\d{4})(?: ([12])e halfjaar)?(\*{0,2})")
_SPAN_TITLE = re.compile(r"(\d{4}-\d{4})(\*{0,2})")
_DATE_TITLE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})(\*{{0,2}})")
STATUS_OF_MARK = {"*": "voorlopig", "**": "nader voorlopig"}


@dataclass(frozen=True, order=True)
class Period:
    """One period. Order is by beginning; `number` counts within the year from 1; `kind` is a key of KINDS."""

    start: str
    kind: str
    code: str
    year: int
    number: int

    @property
    def label(self) -> str:
        """The period as Dutch text, e.g. '1e halfjaar 2019'."""
        match self.kind:
            case "jaar":
                return str(self.year)
            case "maand":
                return f"{MONTHS[self.number - 1]} {self.year}"
            case "peildatum":
                day = date.fromisoformat(self.code)
                return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
            case "reeks jaren":
                return self.code.replace("-", " tot en met ")
            case _:
                return f"{self.number}e {self.kind} {self.year}"

    @property
    def in_sentence(self) -> str:
        """The period after 'in', e.g. 'het 1e halfjaar van 2019'."""
        if self.kind in ("halfjaar", "kwartaal"):
            return f"het {self.number}e {self.kind} van {self.year}"
        return self.label

    @property
    def when(self) -> str:
        """The period with its preposition: 'in 2023', 'op 31 december 2023', 'in de jaren 2014 tot en met 2023'."""
        match self.kind:
            case "peildatum":
                return f"op {self.label}"
            case "reeks jaren":
                return f"in de jaren {self.label}"
            case _:
                return f"in {self.in_sentence}"


@cache
def period(code: str) -> Period:
    """Read a period code.

    Raises:
        ValueError: the code is not of one of the known forms.
    """
    if found := _CODE.fullmatch(code):
        year, kind = int(found[1]), _PER_YEAR[found[2][:2]]
        number = max(int(found[2][2:]), 1)
        month = (number - 1) * 12 // kind[1] + 1
        return Period(f"{year}-{month:02d}-01", kind[0], code, year, number)
    if (found := _SPAN.fullmatch(code)) and found[1] < found[2]:
        return Period(f"{found[1]}-01-01", "reeks jaren", code, int(found[1]), 1)
    if _DATE.fullmatch(code):
        try:
            return Period(date.fromisoformat(code).isoformat(), "peildatum", code, int(code[:4]), 1)
        except ValueError:
            pass
    raise ValueError(f"onbekende periode {code!r}")


def from_statline(title: str) -> tuple[str, str]:
    """Read a period as CBS tables title it: '2023*' gives ('2023JJ00', 'voorlopig'); no mark gives status ''.

    Reference dates ('31 december 2023*') and spans of years ('2015-2019') are read too.

    Raises:
        ValueError: the title is not a year, a half-year, a date or a span of years.
    """
    if found := _SPAN_TITLE.fullmatch(title.strip()):
        return period(found[1]).code, STATUS_OF_MARK.get(found[2], "")
    if found := _DATE_TITLE.fullmatch(title.strip()):
        code = f"{found[3]}-{MONTHS.index(found[2]) + 1:02d}-{int(found[1]):02d}"
        return period(code).code, STATUS_OF_MARK.get(found[4], "")
    found = _STATLINE.fullmatch(title.strip())
    if not found:
        raise ValueError(f"onbekende periode {title!r}")
    code = f"{found[1]}HJ0{found[2]}" if found[2] else f"{found[1]}JJ00"
    return code, STATUS_OF_MARK.get(found[3], "")


def span(first: Period, last: Period) -> list[Period]:
    """All periods of one kind from first up to and including last, so that a missing one shows as a gap.

    Kinds without a fixed rhythm (reference dates, spans) give only the two ends.
    """
    rhythm = {kind: (letters, per_year) for letters, (kind, per_year) in _PER_YEAR.items()}
    if first.kind not in rhythm or first.kind != last.kind:
        return sorted({first, last})
    letters, per_year = rhythm[first.kind]
    begin, end = (p.year * per_year + p.number - 1 for p in (first, last))
    return [
        period(f"{at // per_year}{letters}{0 if letters == 'JJ' else at % per_year + 1:02d}")
        for at in range(begin, end + 1)
    ]
