"""Check by script: does what was published hold together, and is it all here?

What must hold, and the known exceptions with their reason, stand in data/catalogue/checks.toml. Signs are never
filled in: where a part has no number its sum can only be compared from below.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data import catalogue, periods
from data.catalogue import TOTAL, Declaration
from data.errors import DataError
from data.files import read_toml
from data.regions import LEVELS, Region
from data.release import Release
from data.schema import records

ROUNDED_TO = {"aantal": 5.0, "%": 0.1}
PERCENT_SLACK = 0.1
WHOLE_IN_PERCENT = 100.0
Row = dict[str, Any]


class Parts(Declaration):
    """Members of a breakdown that exclude each other, and what they make up."""

    kenmerk: str
    geheel: str


class Areas(Declaration):
    """Regions that exclude each other: a level or codes, and the region or level that they cover."""

    delen: str | tuple[str, ...]
    geheel: str


class Known(Declaration):
    """A fault that is none, and why."""

    controle: str
    waar: str
    reden: str


class Checks(Declaration):
    """All that is declared in checks.toml."""

    omvang: dict[str, tuple[int, int, int]]
    delen: tuple[Parts, ...]
    gebieden: tuple[Areas, ...]
    gelijk: dict[str, str]
    uitzondering: tuple[Known, ...]


@dataclass(frozen=True)
class Fault:
    """Something that does not hold: the check, the place in the sources, and what was found."""

    check: str
    place: str
    found: str

    def __str__(self) -> str:
        return f"{self.check}: {self.place}: {self.found}"


@dataclass(frozen=True)
class Subject:
    """What is checked: a release, its published cells and its current figures as rows, by what is declared."""

    release: Release
    checks: Checks
    cells: list[Row]
    figures: list[Row]


@dataclass(frozen=True)
class Report:
    """The outcome of all checks; `line` sums it up."""

    faults: tuple[Fault, ...]
    line: str


def load(folder: Path = catalogue.FOLDER) -> Checks:
    """Read checks.toml.

    Raises:
        DataError: it cannot be read or a declaration is wrong.
    """
    try:
        return Checks.model_validate(read_toml(folder / "checks.toml"))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"checks.toml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def check(release: Release, checks: Checks) -> Report:
    """Run all checks; an exception that no longer occurs is a fault as well."""
    subject = Subject(release, checks, records(release.observations), records(release.figures))
    found = [fault for run in CHECKS for fault in run(subject)]
    known = {(e.controle, e.waar) for e in checks.uitzondering}
    faults = [f for f in found if (f.check, f.place) not in known]
    for name, place in sorted(known - {(f.check, f.place) for f in found}):
        faults.append(Fault(name, place, "staat bij de uitzonderingen maar is in orde"))
    sources = release.observations["bron"].nunique()
    line = (
        f"{release.name}: {sources} bronnen, {len(release.observations)} gepubliceerde cellen, "
        f"{len(release.figures)} cijfers, {len(release.history)} herziene waarden, "
        f"{len(CHECKS)} controles, {len(known)} bekende uitzonderingen: "
        + (f"{len(faults)} fouten" if faults else "in orde")
    )
    return Report(tuple(faults), line)


# --- the checks: each yields what does not hold ---


def size(subject: Subject) -> Iterator[Fault]:
    """Rows, columns and signs of each table are those counted in the publication."""
    tables = {source: cells for (source,), cells in _grouped(subject.cells, "bron")}
    for source, counted in subject.checks.omvang.items():
        cells = tables.get(source, [])
        rows, columns = {row["rij"] for row in cells}, {row["kolom"] for row in cells}
        here = (len(rows), len(columns), sum(not _known(row) for row in cells))
        if here != counted:
            yield Fault("omvang", source, f"{_size(*here)} in plaats van {_size(*counted)}")


def _size(rows: int, columns: int, signs: int) -> str:
    return f"{rows} rijen, {columns} kolommen en {signs} tekens"


def parts(subject: Subject) -> Iterator[Fault]:
    """Categories that exclude each other make up their whole, or stay below it when one has no number."""
    members = subject.release.catalogue.members
    every = _grouped(subject.cells, "bron", "maat", "eenheid", "regio_code", "periode")
    groups = [(key, cells) for key, cells in every if key[2] in ROUNDED_TO]
    for rule in subject.checks.delen:
        top = "" if rule.geheel == TOTAL else rule.geheel
        names = {
            c.categorie for (_, kenmerk), of in members.items() if kenmerk == rule.kenmerk
            for c in of.values() if c.ouder == top
        }  # fmt: skip
        if not names:
            yield Fault("delen", f"{rule.kenmerk}: {rule.geheel}", "er zijn geen categorieën met dit geheel")
        for key, cells in groups:
            here = {row["categorie"]: row for row in cells if row["kenmerk"] == rule.kenmerk}
            unit, kenmerk = key[2], rule.kenmerk if top else TOTAL
            wholes = [r["waarde"] for r in cells if (r["kenmerk"], r["categorie"]) == (kenmerk, rule.geheel)]
            if unit == "%" and not top:
                wholes = [WHOLE_IN_PERCENT]
            if wholes and names & set(here):
                shown = [here[name] for name in sorted(names & set(here))]
                complete = len(shown) == len(names)
                slack = PERCENT_SLACK if unit == "%" else _slack(unit, len(shown))
                place = f"{_place(shown[0])}, {rule.kenmerk}: {rule.geheel}"
                yield from _sum("delen", place, shown, wholes[0], complete, slack)


def areas(subject: Subject) -> Iterator[Fault]:
    """Regions that exclude each other make up the region that they cover, or stay below it."""
    rules = [(rule, _covered(rule, subject.release.regions.by_code.values())) for rule in subject.checks.gebieden]
    for key, cells in _grouped(subject.cells, "bron", "maat", "eenheid", "kenmerk", "categorie", "periode"):
        here = {row["regio_code"]: row for row in cells if row["eenheid"] == "aantal"}
        year = periods.period(key[5]).year
        for rule, covered in rules:
            for whole, covering in covered.items():
                codes = [region.code for region in covering if region.exists_in(year)]
                shown = [here[code] for code in codes if code in here]
                if whole in here and shown:
                    place = f"{_place(here[whole])}, {rule.delen if isinstance(rule.delen, str) else 'delen'}"
                    slack = _slack("aantal", len(shown))
                    complete = len(shown) == len(codes)
                    yield from _sum("gebieden", place, shown, here[whole]["waarde"], complete, slack)


def _covered(rule: Areas, regions: Collection[Region]) -> dict[str, list[Region]]:
    """Code of the whole -> the regions that cover it: by code, all of a level, or those with it as their parent."""
    parts = [r for r in regions if (r.level == rule.delen if isinstance(rule.delen, str) else r.code in rule.delen)]
    if rule.geheel in LEVELS and rule.geheel != "NL":
        wholes = [r.code for r in regions if r.level == rule.geheel]
        return {whole: [r for r in parts if r.parent == whole] for whole in wholes}
    return {rule.geheel: parts}


def equal(subject: Subject) -> Iterator[Fault]:
    """Regions with the same area have the same figures and signs in a table."""
    for _, cells in _grouped(subject.cells, "bron", "maat", "eenheid", "kenmerk", "categorie", "periode"):
        here = {row["regio_code"]: row for row in cells}
        for one, other in subject.checks.gelijk.items():
            if one in here and other in here and _printed(here[one]) != _printed(here[other]):
                found = f"{_printed(here[one])} tegen {_printed(here[other])} in {here[other]['regio_naam']}"
                yield Fault("gelijk", _place(here[one]), found)


def below(subject: Subject) -> Iterator[Fault]:
    """No number of a category is larger than that of the category (or total) of which it is a part.

    A rate can be: it is a percentage of the people in that category, not of the total.
    """
    rates = _rates(subject)
    above = {
        (kenmerk, c.categorie): (kenmerk, c.ouder) if c.ouder else (TOTAL, TOTAL)
        for (_, kenmerk), of in subject.release.catalogue.members.items()
        for c in of.values()
    }
    for key, cells in _grouped(subject.cells, "bron", "maat", "eenheid", "regio_code", "periode"):
        if key[1] in rates and key[2] == "%":
            continue
        here = {(row["kenmerk"], row["categorie"]): row for row in cells}
        for name, row in here.items():
            whole = here.get(above.get(name, name), row)
            if row["waarde"] > whole["waarde"]:
                found = f"{_printed(row)} is meer dan {_printed(whole)} in {whole['categorie']}"
                yield Fault("geheel", _place(row), found)


def halves(subject: Subject) -> Iterator[Fault]:
    """Two half-years of a flow are together the year, but for rounding. A stock is never added up."""
    flows = {m.maat for m in subject.release.catalogue.measures.values() if m.soort == "stroom"}
    key = ("maat", "kenmerk", "categorie", "regio_code", "eenheid")
    for _key, cells in _grouped(subject.figures, *key):
        here = {row["periode"]: row for row in cells}
        for code, row in here.items():
            two = [here.get(f"{code[:4]}HJ0{half}") for half in (1, 2)]
            found = [each for each in two if each]
            if code.endswith("JJ00") and row["eenheid"] == "aantal" and row["maat"] in flows and len(found) == 2:
                place = ", ".join([row["maat"], *_breakdown(row), row["regio_naam"], code[:4]])
                yield from _sum("halfjaren", place, found, row["waarde"], True, _slack("aantal", 2))


def percentages(subject: Subject) -> Iterator[Fault]:
    """Where a table prints counts and percentages of one total, there is a total to which all of them fit.

    A rate is a percentage of people of whom the table gives no number.
    """
    rates = _rates(subject)
    for key, cells in _grouped(subject.cells, "bron", "maat", "regio_code", "periode"):
        if key[1] in rates:
            continue
        pairs: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
        for row in (cell for cell in cells if cell["eenheid"] in ROUNDED_TO):
            pairs[row["kenmerk"], row["categorie"]][row["eenheid"]] = row
        both = [of for of in pairs.values() if len(of) == 2 and of["%"]["waarde"] > 0 and _known(of["aantal"])]
        totals = [r["waarde"] for r in cells if r["kenmerk"] == TOTAL and r["eenheid"] == "aantal" and _known(r)]
        half = ROUNDED_TO["%"] / 2
        low = max((100 * of["aantal"]["waarde"] / (of["%"]["waarde"] + half) for of in both), default=0.0)
        high = min((100 * of["aantal"]["waarde"] / (of["%"]["waarde"] - half) for of in both), default=0.0)
        step = ROUNDED_TO["aantal"]
        fits = low <= totals[0] <= high if totals else high // step * step >= low
        if both and not fits:
            found = f"de aantallen en percentages horen niet bij één totaal ({low:.0f} tot {high:.0f})"
            yield Fault("percentages", _place(both[0]["%"]), found)


def fives(subject: Subject) -> Iterator[Fault]:
    """Counts are multiples of five, as CBS rounds them; a table that is declared otherwise has others as well."""
    unrounded = {bron for bron, step in subject.release.rounded_to.items() if step == 0}
    for (source,), cells in _grouped(subject.cells, "bron"):
        others = [r for r in cells if r["eenheid"] == "aantal" and r["waarde"] % ROUNDED_TO["aantal"] > 0]
        if source in unrounded and not others:
            yield Fault("vijftallen", source, "staat als ongerond in tables.toml en heeft alleen vijftallen")
        for row in others if source not in unrounded else ():
            yield Fault("vijftallen", _place(row), f"{_printed(row)} is geen vijftal")


CHECKS: tuple[Callable[[Subject], Iterator[Fault]], ...] = (
    size,
    parts,
    areas,
    equal,
    below,
    halves,
    percentages,
    fives,
)


# --- what they share ---


def _grouped(rows: list[Row], *by: str) -> Iterable[tuple[tuple[str, ...], list[Row]]]:
    """The rows in groups with the same values in the columns `by`."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in by)].append(row)
    return groups.items()


def _sum(name: str, place: str, shown: list[Row], whole: float, complete: bool, slack: float) -> Iterator[Fault]:
    """Compare a sum with its whole: from both sides when every part is a number, else only from below."""
    numbers = [row["waarde"] for row in shown if _known(row)]
    total = sum(numbers)
    too_low = complete and len(numbers) == len(shown) and total < whole - slack - 1e-9
    if too_low or total > whole + slack + 1e-9:
        yield Fault(name, place, f"de delen zijn samen {total:g} en het geheel is {whole:g}")


def _slack(unit: str, figures: int) -> float:
    """How far a sum of so many rounded figures can be from its rounded whole."""
    return ROUNDED_TO[unit] / 2 * (figures + 1)


def _rates(subject: Subject) -> set[str]:
    """The measures of which a percentage is a rate, and no share of what is counted."""
    return {m.maat for m in subject.release.catalogue.measures.values() if m.percentage}


def _known(row: Row) -> bool:
    return not math.isnan(row["waarde"])


def _breakdown(row: Row) -> list[str]:
    return [row["categorie"]] if row["kenmerk"] != TOTAL else []


def _place(row: Row) -> str:
    return f"{row['bron']}, rij {row['rij']}, {row['maat']}"


def _printed(row: Row) -> str:
    return f"{row['waarde']:g}" if _known(row) else str(row["teken"])
