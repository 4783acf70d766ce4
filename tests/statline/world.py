"""Made tables in the form of the CBS service, of any size, with identifiers and figures that come from a seed.

The titles are those of the published tables; what each stands for is said here beside it, so that a test can tell
which figures must come out, without the importer.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from data.files import read_csv

DATA = Path(__file__).parents[2] / "data"
PER = "per 100.000 inwoners"
PERIODS = [f"{year}{part}" for year in range(2019, 2025) for part in ("HJ01", "HJ02", "JJ00")]
TOTAL = "Totaal"
MARKS = ("Impossible", ".", "Unknown", "Confidential")
SIGN_OF = {"None": "", "Impossible": "leeg", ".": ".", "Unknown": ".", "Confidential": "x"}
VT_LEVELS, ALL_LEVELS = ("NL", "LD", "PV", "VT"), ("NL", "LD", "PV", "VT", "GM")


@dataclass(frozen=True)
class Name:
    """A measure or member: its code, its title, and what it stands for. A member without kenmerk is a total.

    A measure that is a member of a breakdown as well has the categorie of that.
    """

    code: str
    title: str
    is_: str = ""
    kenmerk: str = ""
    home: str = ""
    group: str = ""
    unit: str = ""
    decimals: int = 0
    categorie: str = ""


@dataclass
class Dim:
    """A dimension: the name of its column, its title, kind and members."""

    id: str
    title: str
    kind: str
    names: list[Name]


@dataclass
class Table:
    """A made table: its metadata, and its observations as columns of positions."""

    id: str
    title: str
    home: str
    modified: str
    measures: list[Name]
    dims: list[Dim]
    frame: pd.DataFrame
    count: int = 0
    groups: dict[str, dict[str, str]] = field(default_factory=dict)

    def expected(self) -> pd.DataFrame:
        """The figures that must come out of this table: data.schema.KEY, waarde, teken, status, bron."""
        f = self.frame
        own = [d for d in self.dims if d.kind == "Dimension"]
        geo, time = (next(d for d in self.dims if d.kind == kind) for kind in ("GeoDimension", "TimeDimension"))
        measures = {m.code: m for m in self.measures}
        out = pd.DataFrame(index=f.index)
        what = f[["Measure", *(d.id for d in own)]].drop_duplicates()
        by_code = [{n.code: n for n in d.names} for d in own]
        meaning = {}
        for row in what.itertuples(index=False, name=None):
            measure, members = measures[row[0]], [by_code[i][code] for i, code in enumerate(row[1:])]
            also = replace(measure, is_=measure.categorie)
            parts = [m for m in (also, *members) if m.kenmerk]
            home = parts[0].home if len(parts) == 1 else self.home if parts or measure.unit == "%" else measure.home
            meaning[row] = (home, measure.is_, " | ".join(m.kenmerk for m in parts) or TOTAL,
                            " | ".join(m.is_ for m in parts) or TOTAL, measure.unit)  # fmt: skip
        rows = [meaning[row] for row in f[["Measure", *(d.id for d in own)]].itertuples(index=False, name=None)]
        for at, name in enumerate(("indicator", "maat", "kenmerk", "categorie", "eenheid")):
            out[name] = [row[at] for row in rows]
        out["regio_code"] = f[geo.id].str.strip()
        out["periode"] = f[time.id].str.strip()
        out["waarde"], out["teken"] = f["Value"], f["ValueAttribute"].map(lambda mark: SIGN_OF.get(mark, mark))
        status = {n.code: n.is_ for n in time.names}
        out["status"] = f[time.id].map(status)
        out["bron"] = f"cbs-{self.id.lower()}"
        return out


def labels(*lists: str, skip: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """The rows of categories.csv of some lists, each category once."""
    seen, out = set(), []
    for row in read_csv(DATA / "catalogue" / "categories.csv"):
        key = (row["kenmerk"], row["categorie"])
        if row["dimensie"] in lists and key not in seen and row["label"] not in skip:
            seen.add(key)
            out.append(row)
    return out


class World:
    """All made tables.

    Args:
        scale: 1.0 gives about as many observations as the real tables have.
        seed: for identifiers and figures.
        strange: with members, regions, a measure and a mark that nobody knows.
        noise: with titles written a little differently.
        spaces: with spaces behind codes.
        version: another one gives some figures another value, and a later date.
    """

    def __init__(
        self, scale: float = 1.0, seed: int = 1, *, strange: bool = True, noise: bool = True, spaces: bool = True,
        version: int = 1, only: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.scale, self.seed, self.strange, self.noise, self.spaces = scale, seed, strange, noise, spaces
        self.version = version
        self._random = random.Random(seed)
        self.tables: dict[str, Table] = {}
        for make in (self._t84847, self._t84848, self._t84849, self._t84850, self._t84851, self._t84852, self._t84853,
                     self._t84854, self._t84855, self._t85361):  # fmt: skip
            name = make.__name__[2:] + "NED"
            if not only or name in only:
                make()

    def expected(self) -> pd.DataFrame:
        """All figures that must come out, each once."""
        from data.schema import KEY

        every = pd.concat([t.expected() for t in self.tables.values()], ignore_index=True)
        return every.drop_duplicates(KEY, ignore_index=True)

    # --- codes and titles ---

    def _code(self, letter: str) -> str:
        return f"{letter}{self._random.randrange(10**6):06d}" + self._random.choice(("", "_1", "_2"))

    def _title(self, text: str) -> str:
        if not self.noise:
            return text
        return self._random.choice((text, f"{text} ", text.replace(" ", "  ", 1), text[:1].lower() + text[1:]))

    def _members(self, rows: list[dict[str, str]], extra: list[tuple[str, str, str]] = (), home: str = "",
                 total: str = "") -> list[Name]:  # fmt: skip
        """Members of lists of the catalogue, and more that it does not know: (title, breakdown, indicator)."""
        out = []
        for row in rows:
            if not row["kenmerk"] and total and row["label"] != total:
                continue
            out.append(Name(self._code("A"), self._title(row["label"]), row["categorie"], row["kenmerk"],
                            row["indicator"], row["kenmerk"]))  # fmt: skip
        if self.strange:
            out += [Name(self._code("A"), title, title, kenmerk, home, kenmerk) for title, kenmerk, home in extra]
        return out

    def _measure(self, title: str, maat: str, unit: str = "aantal", home: str = "kerncijfers-veilig-thuis",
                 group: str = "Cijfers") -> Name:  # fmt: skip
        written = {"aantal": "aantal", "%": "%", PER: "per 100 000 inwoners"}[unit]
        return Name(self._code("M"), self._title(title), maat, home=home, group=group, unit=unit,
                    decimals=0 if unit == "aantal" else 1) if written else Name("", "")  # fmt: skip

    def _regions(self, levels: tuple[str, ...], share: float) -> list[Name]:
        out = []
        for row in read_csv(DATA / "regions" / "regions.csv"):
            if row["niveau"] in levels:
                suffix = "" if row["niveau"] in ("NL", "GM") else f" ({row['niveau']})"
                out.append(Name(row["code"], row["naam"] + suffix))
        if share < 1:
            keep = max(12, int(len(out) * share))
            few = [n for n in out if n.code[:2] != "GM"]
            many = [n for n in out if n.code[:2] == "GM"]
            out = few + many[: max(5, keep - len(few))]
        if self.strange:
            out.append(Name("VT97", "Ergensland (VT)"))
            if "GM" in levels:
                out.append(Name("GM9901", "Nieuwstad aan Zee"))
        return out

    def _table(self, id_: str, title: str, home: str, levels: tuple[str, ...], measures: list[Name],
               dims: list[tuple[str, list[Name]]], target: int) -> None:  # fmt: skip
        target = max(int(target * self.scale), 400)
        places = self._regions(levels, min(1.0, self.scale * 4))
        if self.strange and id_ == "84849NED":
            measures = [*measures, replace(self._measure("Gevolgde trainingen", "Gevolgde trainingen"), home=home)]
        status = {"2024": "voorlopig", "2023": "nader voorlopig"}
        times = [Name(p, f"{p[:4]} {p[-1]}e halfjaar" if "HJ" in p else p[:4], status.get(p[:4], "definitief"))
                 for p in PERIODS]  # fmt: skip
        columns = [
            Dim(f"Kenmerk{n}_{self._random.randrange(99)}", title, "Dimension", names)
            for n, (title, names) in enumerate(dims)
        ]
        columns.append(Dim("RegioS", "Regio's", "GeoDimension", places))
        columns.append(Dim("Perioden", "Perioden", "TimeDimension", times))
        frame = self._observations(measures, columns, target)
        day = 10 + self.version
        self.tables[id_] = Table(id_, title, home, f"2025-10-{day}T02:00:00", measures, columns, frame, len(frame))

    def _observations(self, measures: list[Name], dims: list[Dim], target: int) -> pd.DataFrame:
        """Observations whose values hang on what they are about alone, so that tables agree where they overlap."""
        sizes = [len(measures), *(len(d.names) for d in dims)]
        total = int(np.prod(sizes))
        at = np.unravel_index(np.arange(total), sizes)
        own = [d for d in dims if d.kind == "Dimension"]
        plain = np.ones(total, bool)
        for d, place in zip(own, at[1:], strict=False):
            plain &= np.array([not n.kenmerk for n in d.names])[place]
        country = np.array([n.code in ("NL01", "VT02", "GM9901", "VT97") for n in dims[-2].names])[at[-2]]
        rng = np.random.default_rng(self.seed)
        always = country | (plain & (rng.random(total) < 0.9))
        rest = max(0.0, (target - int(always.sum())) / max(1, total - int(always.sum())))
        keep = np.flatnonzero(always | (rng.random(total) < rest))
        at = tuple(place[keep] for place in at)
        mixed = np.zeros(len(keep), np.uint64)
        parts: list[tuple[np.ndarray, list[str]]] = [(at[0], [f"{m.is_}|{m.unit}{m.categorie}" for m in measures])]
        for d, place in zip(dims, at[1:], strict=True):
            parts.append((place, [f"{n.kenmerk}|{n.is_}" if d.kind == "Dimension" else n.code for n in d.names]))
        for place, texts in parts:
            # The order of dimensions may differ between tables, so the mix is a sum.
            hashes = np.array([0 if t == "|" else zlib.crc32(f"{self.seed}{t}".encode()) * 2654435761 for t in texts],
                              np.uint64)  # fmt: skip
            mixed += hashes[place]
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
        unit = np.array([m.unit for m in measures])[at[0]]
        size = np.where(plain[keep], 4000, 400)
        counts = 5.0 * (1 + mixed % size.astype(np.uint64))
        value = np.where(unit == "aantal", counts, (mixed % np.uint64(1000)).astype(float) / 10)
        if self.version > 1:
            value = np.where((mixed >> np.uint64(20)) % np.uint64(50) == 0, value + 5, value)
            value = np.where(unit == "%", np.minimum(value, 100), value)
        none = ((mixed >> np.uint64(40)) % np.uint64(100) < 8) & ~plain[keep]
        marks = (*MARKS, "Onverwacht") if self.strange else MARKS
        mark = np.array(marks)[(mixed >> np.uint64(50)) % np.uint64(len(marks))]
        columns = {"Id": np.arange(1, len(keep) + 1), "Measure": np.array([m.code for m in measures])[at[0]]}
        columns["ValueAttribute"] = np.where(none, mark, "None")
        columns["Value"] = np.where(none, np.nan, value)
        columns["StringValue"] = None
        tail = "  " if self.spaces else ""
        for d, place in zip(dims, at[1:], strict=True):
            behind = tail if d.kind == "GeoDimension" else ""
            columns[d.id] = np.array([n.code + behind for n in d.names])[place]
        return pd.DataFrame(columns)

    # --- the ten tables ---

    def _t84847(self) -> None:
        kinds = [("Actieve casussen", "casussen"), ("Actieve diensten onderzoek", "diensten onderzoek"),
                 ("Actieve diensten voorwaarden en vervolg", "diensten voorwaarden en vervolg")]  # fmt: skip
        names = [("Gestarte adviezen", "Gestarte adviezen"), ("Ontvangen meldingen", "Ontvangen meldingen"),
                 ("Overdrachten", "Overdrachten")]  # fmt: skip
        measures = [self._measure(title, maat, unit) for title, maat in names for unit in ("aantal", PER)]
        for group, thing in kinds:
            for title, maat in (("Totaal", group), ("Gestart", f"Gestarte {thing}"), ("Gesloten", f"Gesloten {thing}")):
                measures.append(self._measure(title, maat, group=group))
        self._table("84847NED", "Huiselijk geweld; kerncijfers Veilig Thuis, regio", "kerncijfers-veilig-thuis",
                    ALL_LEVELS, measures, [], 129_362)  # fmt: skip

    def _who(self, extra: int) -> list[Name]:
        home = "type-adviesvrager-melder"
        more = [(f"Beroep: medisch: soort {n}", "Rol/functie", home) for n in range(extra)]
        return self._members(labels("wie"), [*more, ("Duur geweld: onbekend", "Duur van het geweld",
                                                     "duur-van-het-geweld")])  # fmt: skip

    def _t84848(self) -> None:
        measures = [self._measure(m, m, unit) for m in ("Gestarte adviezen", "Ontvangen meldingen")
                    for unit in ("aantal", PER)]  # fmt: skip
        self._table("84848NED", "Huiselijk geweld; rol/functie, organisatie, duur geweld, Veilig Thuis-regio",
                    "type-adviesvrager-melder", VT_LEVELS, measures,
                    [("Kenmerken adviezen/meldingen", self._who(45))], 242_982)  # fmt: skip

    def _t84849(self) -> None:
        measures = [self._measure(m, m) for m in ("Gestarte adviezen", "Ontvangen meldingen")]
        self._table("84849NED", "Huiselijk geweld; rol/functie, organisatie, duur geweld, regio",
                    "type-adviesvrager-melder", ALL_LEVELS, measures,
                    [("Kenmerken adviezen/meldingen", self._who(3))], 479_402)  # fmt: skip

    def _five(self, units: tuple[str, ...]) -> list[Name]:
        titles = [("Gestarte adviezen", "Gestarte adviezen"), ("Ontvangen meldingen", "Ontvangen meldingen"),
                  ("Casussen met ontvangen melding(en)", "Casussen met ontvangen melding(en)"),
                  ("Afgeronde diensten onderzoek", "Afgeronde diensten onderzoek"),
                  ("Afgeronde diensten voorwaarden en verv..", "Afgeronde diensten voorwaarden en vervolg"),
                  ]  # fmt: skip
        return [self._measure(title, maat, unit) for unit in units for title, maat in titles]

    def _more_information(self) -> list[tuple[str, str, str]]:
        where = ("Aanvullende informatie", "aanvullende-informatie-veiligheidsproblematiek")
        return [(title, *where) for title in ("Loverboyproblematiek", "Schadelijke praktijken")]

    def _t84850(self) -> None:
        home = "aard-geweld-adviezen-meldingen-veilig-thuis"
        aard = self._members(labels("aard"), [("Partnergeweld: onbekend", "Aard van het geweld", home)])
        info = self._members(labels("aanvullend"), self._more_information())
        self._table("84850NED", "Huiselijk geweld; aard geweld, aanvullende informatie, Veilig Thuis-regio", home,
                    VT_LEVELS, self._five(("aantal", PER)),
                    [("Aard van het geweld", aard), ("Aanvullende informatie", info)], 237_994)  # fmt: skip

    def _t84851(self) -> None:
        home = "aard-geweld-adviezen-meldingen-veilig-thuis"
        names = self._members(labels("aard") + [r for r in labels("aanvullend") if r["kenmerk"]],
                              self._more_information())  # fmt: skip
        self._table("84851NED", "Huiselijk geweld; aard geweld, aanvullende informatie, regio", home, ALL_LEVELS,
                    self._five(("aantal",)), [("Kenmerken adviezen, meldingen, diensten", names)],
                    871_602)  # fmt: skip

    def _t84852(self) -> None:
        more = [(t, "Veiligheidstaxatie", "acuut-en-of-structureel-onveilig")
                for t in ("Geen onveiligheid", "Nog niet getaxeerd")]  # fmt: skip
        self._table("84852NED", "Huiselijk geweld; veiligheidsbeoordeling en -taxatie Veilig Thuis, regio",
                    "acuut-en-of-structureel-onveilig", ALL_LEVELS,
                    [self._measure("Ontvangen meldingen", "Ontvangen meldingen", unit) for unit in ("aantal", PER)],
                    [("Veiligheidstaxatie", self._members(labels("taxatie"), more)),
                     ("Veiligheidsbeoordeling", self._members(labels("beoordeling")))], 252_130)  # fmt: skip

    def _t84853(self) -> None:
        more = [(f"Ouderenmishandeling: {t}", "Uitkomst onderzoek", "uitkomsten-onderzoeken-veilig-thuis")
                for t in ("bevestigd", "niet bevestigd", "weerlegd")]  # fmt: skip
        self._table("84853NED", "Huiselijk geweld; uitkomsten onderzoeken Veilig Thuis, Veilig Thuis-regio",
                    "uitkomsten-onderzoeken-veilig-thuis", VT_LEVELS,
                    [self._measure("Afgeronde diensten onderzoek", "Afgeronde diensten onderzoek", unit)
                     for unit in ("aantal", PER)],
                    [("Uitkomsten onderzoek", self._members(labels("uitkomst"), more))], 13_950)  # fmt: skip

    def _transfers(self) -> list[tuple[str, list[Name]]]:
        home = "overdrachten-naar-organisatie"
        organisations = [(f"Organisatie van soort {n}", "Organisatie van overdracht", home) for n in range(14)]
        kinds = [(f"Hulp van soort {n}", "Type hulp", home) for n in range(8)]
        total = [{"label": "Totaal", "categorie": "", "kenmerk": "", "indicator": ""}]
        return [("Organisatie van overdracht", self._members(labels("overdracht"), organisations)),
                ("Type hulp", self._members(total, kinds))]  # fmt: skip

    def _t84854(self) -> None:
        self._table("84854NED", "Huiselijk geweld; organisatie van overdracht, type hulp, Veilig Thuis-regio",
                    "overdrachten-naar-organisatie", VT_LEVELS, [self._measure("Overdrachten", "Overdrachten")],
                    self._transfers(), 99_840)  # fmt: skip

    def _t84855(self) -> None:
        self._table("84855NED", "Huiselijk geweld; organisatie van overdracht, type hulp, regio",
                    "overdrachten-naar-organisatie", ALL_LEVELS, [self._measure("Overdrachten", "Overdrachten")],
                    self._transfers(), 155_760)  # fmt: skip

    def _t85361(self) -> None:
        """Without a dimension: its measures are the members of the breakdown, some in a group."""
        units = ("aantal", "%")
        measures = [self._measure("Ontvangen meldingen, totaal", "Ontvangen meldingen", unit) for unit in units]
        for row in labels("betrokkenheid"):
            group, colon, title = row["label"].partition(": ")
            for unit in units if row["kenmerk"] else ():
                code = self._measure(title if colon else row["label"], "Ontvangen meldingen", unit,
                                     group=group if colon else "Cijfers")  # fmt: skip
                measures.append(replace(code, kenmerk=row["kenmerk"], categorie=row["categorie"],
                                        home=row["indicator"]))  # fmt: skip
        self._table("85361NED", "Huiselijk geweld; meldingen naar eerdere betrokkenheid Veilig Thuis, regio",
                    "eerdere-betrokkenheid-veilig-thuis", ALL_LEVELS, measures, [], 54_204)  # fmt: skip
