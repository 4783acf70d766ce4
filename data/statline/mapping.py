"""From the metadata of a table to figures: which measure, breakdown, category, region and period a code stands for.

Everything goes by title through the catalogue. What it does not know is kept under its own title, declared beside the
catalogue (Additions) and reported; nothing is dropped but observations of a period that cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from data import periods, regions
from data.catalogue import TOTAL, Catalogue, Category, Extension, Measure, Source
from data.errors import DataError
from data.schema import KEY
from data.signs import SIGNS
from data.statline import titles
from data.statline.client import Code, Dimension, Metadata
from data.statline.declared import DimensionOf, StatLine, TableOf
from data.text import lower_first, slugify, upper_first

T = TypeVar("T")
TEXTS = (*KEY, "teken", "status", "bron", "kolom")
SHOWN = 8
PUBLISHER = "Centraal Bureau voor de Statistiek (CBS)"
LICENCE = "CC BY 4.0 (CBS als bron noemen)"
STATUS_RULE = "status van de periode volgens StatLine"
_STATUS_OF_MARK = {"*": "voorlopig", "**": "nader voorlopig"}


class Texts:
    """The texts of each column, numbered in the order in which they come in."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in TEXTS}

    def number(self, column: str, text: str) -> int:
        """The number of a text, a new one when it has none yet."""
        return self._numbers[column].setdefault(text, len(self._numbers[column]))

    def of(self, column: str) -> list[str]:
        """The texts of a column in the order of their numbers."""
        return list(self._numbers[column])


@dataclass(frozen=True)
class Part:
    """The figures of one source as columns: numbers of texts (Texts), and waarde, rij and decimalen."""

    columns: dict[str, np.ndarray]

    def __len__(self) -> int:
        """The number of figures."""
        return len(self.columns["waarde"])


@dataclass
class Additions:
    """What tables have that the catalogue does not know, gathered over all tables, and what is to be reported."""

    measures: dict[str, Measure] = field(default_factory=dict)
    categories: dict[tuple[str, str], Category] = field(default_factory=dict)
    regions: dict[str, dict[str, str]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    maten: dict[str, list[str]] = field(default_factory=dict)
    kenmerken: dict[str, list[str]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        """Report something, once."""
        if text not in self.told:
            self.told.append(text)

    @property
    def extension(self) -> Extension:
        """What joins the catalogue."""
        return Extension(
            sources=[*self.sources.values()], measures=[*self.measures.values()],
            categories=[*self.categories.values()], maten=self.maten, kenmerken=self.kenmerken,
        )  # fmt: skip


def source_id(table: str) -> str:
    """The id of a table in the sources table."""
    return f"cbs-{table.lower()}"


@dataclass(frozen=True)
class _Member:
    """A member of a dimension; the total of its dimension has no kenmerk."""

    kenmerk: str = ""
    categorie: str = ""
    indicator: str = ""


@dataclass(frozen=True)
class _Measured:
    """A measure; in a table without a dimension it can be a member of a breakdown as well."""

    maat: str
    unit: str
    column: str
    decimals: int
    member: _Member = _Member()


@dataclass
class Mapper:
    """Maps tables through one catalogue into one set of texts."""

    statline: StatLine
    catalogue: Catalogue
    regions: regions.Regions
    texts: Texts = field(default_factory=Texts)
    added: Additions = field(default_factory=Additions)

    def table(self, metadata: Metadata, rows: pa.Table) -> Part:
        """The figures of a table.

        Args:
            metadata: of the table.
            rows: its observations (client.read_pages).

        Raises:
            DataError: a measure that is needed is not there or has no observations, a dimension of region or period
                is missing, a number cannot be.
        """
        table = metadata.properties.id
        spec = self.statline.by_id[table]
        self._source(metadata)
        geo, time, others = self._dimensions(metadata)
        measures = self._measures(spec, metadata, rows)
        members = [self._members(spec, dimension, rows) for dimension in others]
        columns: dict[str, np.ndarray] = {}
        self._what(spec, rows, [("Measure", measures), *zip([d.id for d in others], members, strict=True)], columns)
        columns["regio_code"] = self._regions(table, geo, rows)
        columns["periode"], columns["status"] = self._periods(table, time, rows)
        columns["waarde"], columns["teken"] = self._values(table, rows)
        columns["rij"] = rows.column("Id").to_numpy().astype(np.int64)
        columns["bron"] = np.full(len(rows), self.texts.number("bron", source_id(table)), np.int32)
        known = columns["periode"] >= 0
        part = Part(columns if known.all() else {name: column[known] for name, column in columns.items()})
        self._needed(spec, measures, part)
        self._plausible(table, part)
        return part

    def look(self, metadata: Metadata) -> None:
        """Report what a table has that the catalogue does not know, from its metadata alone.

        Raises:
            DataError: as table.
        """
        columns = {"Measure": metadata.measures} | {each.id: each.codes for each in metadata.dimensions}
        count = max(map(len, columns.values()))
        texts = {name: [codes[at % len(codes)].id for at in range(count)] for name, codes in columns.items()}
        texts |= {"ValueAttribute": ["None"] * count, "StringValue": [""] * count}
        arrays = {name: pa.array(values).dictionary_encode() for name, values in texts.items()}
        self.table(metadata, pa.table({"Id": pa.array(range(count)), "Value": pa.array([1.0] * count)} | arrays))

    # --- the source ---

    def _source(self, metadata: Metadata) -> None:
        properties = metadata.properties
        title = properties.title
        day = properties.modified[:10]
        dated = len(day) == 10 and day[:4].isdigit() and day[4] == day[7] == "-"
        self.added.sources[source_id(properties.id)] = Source(
            id=source_id(properties.id), uitgever=PUBLISHER, titel=f"StatLine: {title}", tabel=properties.id,
            publicatiedatum=day if dated else "", adres=f"https://www.cbs.nl/nl-nl/cijfers/detail/{properties.id}",
            statusregel=STATUS_RULE, licentie=LICENCE, ontleend_aan="",
        )  # fmt: skip

    # --- dimensions ---

    def _dimensions(self, metadata: Metadata) -> tuple[Dimension, Dimension, list[Dimension]]:
        """The dimension of the region, that of the period, and the others in the order that is declared."""
        table = metadata.properties.id
        by_kind: dict[str, list[Dimension]] = {"geo": [], "time": [], "": []}
        for dimension in metadata.dimensions:
            kind = titles.key(dimension.kind)
            name = "geo" if kind.startswith("geo") else "time" if kind.startswith("time") else ""
            by_kind[name].append(dimension)
        if not by_kind["geo"] or not by_kind["time"]:
            raise DataError(f"{table}: de dimensie van {'regio' if not by_kind['geo'] else 'periode'} ontbreekt")
        order = [*self.statline.dimensie, None]
        others = sorted(
            [*by_kind[""], *by_kind["geo"][1:], *by_kind["time"][1:]],
            key=lambda each: order.index(self._declared(table, each)),
        )
        return by_kind["geo"][0], by_kind["time"][0], others

    def _declared(self, table: str, dimension: Dimension) -> DimensionOf | None:
        here = [d for d in self.statline.dimensie if not d.tabellen or table in d.tabellen]
        here.sort(key=lambda d: not d.tabellen)
        wanted = titles.key(dimension.title)
        exact = [d for d in here if any(titles.key(title) == wanted for title in d.titels)]
        loose = [d for d in here if any(titles.key(word) in wanted for word in d.woorden)]
        found = exact or (loose if len(loose) == 1 else loose[:1])
        return found[0] if found else None

    def _members(self, spec: TableOf, dimension: Dimension, rows: pa.Table) -> list[_Member]:
        """What each code in the observations stands for, in the order of the dictionary of its column."""
        declared = self._declared(spec.id, dimension) or self._by_members(spec, dimension)
        kenmerk = declared.kenmerk if declared else upper_first(dimension.title)
        labels = self._labels(declared)
        groups = {group.id: group for group in dimension.groups}
        by_code = {code.id: code for code in dimension.codes}
        taken: dict[_Member, str] = {}
        found: dict[str, _Member] = {}
        unknown: dict[str, list[str]] = {}
        there = _used(rows, dimension.id)
        # In the order of the table, so that the first of two that are alike is the one that is declared.
        ordered = [*[code for code in by_code if code in there], *[code for code in there if code not in by_code]]
        for name in ordered:
            code = by_code.get(name) or Code(id=name, title=name)
            if name not in by_code:
                self.added.tell(f"{spec.id}: {dimension.id} {name!r} staat in de waarnemingen en niet in de metadata")
            chain = _chain(code, groups)
            of_group = _of_group(declared, chain)
            member = self._known(labels, code.title, of_group)
            if member is None or member in taken:
                place = of_group or kenmerk
                title = code.title if member is None else f"{code.title} ({chain[0] if chain else code.id})"
                member = self._new_member(spec, place, title, labels)
                if member in taken:
                    member = self._new_member(spec, place, f"{code.title} ({code.id})", labels)
                near = titles.nearest(code.title, labels)
                unknown.setdefault(place, []).append(f"{title!r}{f' (lijkt op {near!r})' if near else ''}")
            taken[member] = code.title
            found[name] = member
        for place, names in unknown.items():
            more = f" en nog {len(names) - SHOWN}" if len(names) > SHOWN else ""
            self.added.tell(
                f"{spec.id}, {dimension.title}: niet in de catalogus, toegevoegd onder {place!r}: "
                f"{', '.join(names[:SHOWN])}{more}"
            )
        return [found.get(code, _Member()) for code in _dictionary(rows, dimension.id)]

    def _by_members(self, spec: TableOf, dimension: Dimension) -> DimensionOf | None:
        """The declared dimension whose members these are, for a title that is not declared; it is reported."""
        best, share = None, 0.5
        for declared in self.statline.dimensie:
            labels = {text for text, member in self._labels(declared).items() if member.kenmerk}
            known = sum(titles.find(code.title, dict.fromkeys(labels, True)) is not None for code in dimension.codes)
            if known > share * len(dimension.codes):
                best, share = declared, known / len(dimension.codes)
        if best:
            self.added.tell(
                f"{spec.id}: dimensie {dimension.title!r} is niet bekend; haar leden zijn die van {best.titels[0]!r}"
            )
        else:
            self.added.tell(f"{spec.id}: dimensie {dimension.title!r} is niet bekend en wordt een eigen uitsplitsing")
        return best

    def _labels(self, declared: DimensionOf | None) -> dict[str, _Member]:
        """The titles that the lists of a dimension know; of a list after the first only those of its breakdowns."""
        if declared is None:
            return {}
        own = {declared.kenmerk, *declared.groepen.values()}
        out: dict[str, _Member] = {}
        for name in declared.lijsten:
            for c in self.catalogue.categories:
                if c.dimensie == name and (not c.kenmerk or c.kenmerk in own or name != "tekst"):
                    member = _Member(c.kenmerk, c.categorie, c.indicator)
                    out.setdefault(c.label, member)
                    if c.kenmerk:
                        out.setdefault(c.categorie, member)
        return out

    def _known(self, labels: Mapping[str, _Member], title: str, of_group: str) -> _Member | None:
        """What a title stands for; a group that is declared to be another breakdown goes before it."""
        if of_group:
            of_this = {text: m for text, m in labels.items() if m.kenmerk in ("", of_group)}
            if found := titles.find(title, of_this):
                return found
            other = titles.find(title, labels)
            if other and other.kenmerk:
                return None
        if found := titles.find(title, labels):
            return found
        return _Member() if titles.key(title) == "totaal" or titles.key(title).startswith("totaal ") else None

    def _new_member(self, spec: TableOf, kenmerk: str, title: str, labels: Mapping[str, _Member]) -> _Member:
        """Declare a category that the catalogue does not know; it details what those with the same beginning do."""
        indicator = self._home_of(spec, kenmerk)
        begin = title.partition(":")[0] if ":" in title else ""
        there = self.catalogue.members.get((indicator, kenmerk), {})
        alike = {c.ouder for c in there.values() if begin and c.categorie.startswith(f"{begin}:")}
        parent = alike.pop() if len(alike) == 1 else ""
        self.added.categories.setdefault(
            (kenmerk, title),
            Category(dimensie=f"statline-{slugify(kenmerk)}", label=title, indicator=indicator, kenmerk=kenmerk,
                     categorie=title, ouder=parent),
        )  # fmt: skip
        return _Member(kenmerk, title, indicator)

    def _home_of(self, spec: TableOf, kenmerk: str) -> str:
        """The indicator that has a breakdown; that of the table gets it when none has."""
        has = [slug for slug, indicator in self.catalogue.indicators.items() if kenmerk in indicator.kenmerken]
        has += [slug for slug, names in self.added.kenmerken.items() if kenmerk in names]
        if spec.home in has or not has:
            if not has:
                self.added.kenmerken.setdefault(spec.home, []).append(kenmerk)
            return spec.home
        return has[0]

    # --- measures ---

    def _measures(self, spec: TableOf, metadata: Metadata, rows: pa.Table) -> list[_Measured]:
        """What each measure in the observations stands for, in the order of the dictionary of its column."""
        groups = {group.id: group for group in metadata.measure_groups}
        by_code = {code.id: code for code in metadata.measures}
        there = _used(rows, "Measure")
        known = self._titles_of_measures(spec)
        found: dict[str, _Measured] = {}
        taken: set[tuple[str, str, _Member]] = set()
        if strange := sorted(there - set(by_code)):
            raise DataError(f"{spec.id}: maat {strange[0]!r} staat in de waarnemingen en niet in MeasureCodes")
        for code in [code for name, code in by_code.items() if name in there]:
            name = code.id
            chain = _chain(code, groups)
            unit = titles.unit_of(code.unit, code.title, *chain)
            if unit not in ("aantal", "%", titles.PER_100_000):
                self.added.tell(f"{spec.id}: maat {code.title!r} heeft een onbekende eenheid {unit!r}")
            maat, member = _measure(known, code.title, chain), _Member()
            if maat is None and spec.lijst and (listed := _measure(self._listed(spec.lijst.naam), code.title, chain)):
                maat, member = spec.lijst.maat, listed
            if maat is None or (maat, unit, member) in taken:
                maat, member = self._new_measure(spec, code, chain, unit, known), _Member()
            taken.add((maat, unit, member))
            found[name] = _Measured(maat, unit, code.title, code.decimals, member)
        return [found.get(code, _Measured("", "", code, 0)) for code in _dictionary(rows, "Measure")]

    def _listed(self, name: str) -> dict[tuple[str, ...], _Member]:
        """The words of the titles of a list -> the member of its breakdown."""
        out: dict[tuple[str, ...], _Member] = {}
        for c in self.catalogue.categories:
            if c.dimensie == name:
                for title in (c.label, c.categorie) if c.kenmerk else (c.label,):
                    out.setdefault(titles.words(title), _Member(c.kenmerk, c.categorie, c.indicator))
        return out

    def _titles_of_measures(self, spec: TableOf) -> dict[tuple[str, ...], str]:
        """The words of each title that is declared -> maat; those of this table go first."""
        first = {*spec.nodig, *spec.verwacht}
        out: dict[tuple[str, ...], str] = {}
        for each in sorted(self.statline.maat, key=lambda measure: measure.maat not in first):
            for title in (each.maat, *each.titels):
                out.setdefault(titles.words(title), each.maat)
        for maat in self.catalogue.measures:
            out.setdefault(titles.words(maat), maat)
        return out

    def _new_measure(
        self, spec: TableOf, code: Code, chain: Sequence[str], unit: str, known: Mapping[tuple[str, ...], str]
    ) -> str:
        """Declare a measure that the catalogue does not know, under the indicator of its table."""
        bare = upper_first(" ".join(titles.without_unit(code.title).split())) or code.id
        title = f"{chain[0]}: {lower_first(bare)}" if chain and len(bare.split()) == 1 else bare
        if title in self.catalogue.measures or title in self.added.measures:
            title = f"{title} ({code.id})"
        near = titles.nearest(bare, {maat: maat for maat in known.values()})
        self.added.tell(
            f"{spec.id}: maat {code.title!r} ({unit}) staat niet in de catalogus"
            f"{f' (lijkt op {near!r})' if near else ''} en staat nu onder {spec.home!r} als {title!r}"
        )
        self.added.measures[title] = Measure(
            maat=title, slug=slugify(title), soort="stand" if "actieve" in titles.key(title) else "stroom",
            indicator=spec.home, enkelvoud=lower_first(title), meervoud=lower_first(title),
            definitie=" ".join(code.description.split()) or f"Een maat uit StatLine-tabel {spec.id}.", percentage="",
        )  # fmt: skip
        self._shown_under(spec.home, title)
        return title

    def _needed(self, spec: TableOf, measures: Sequence[_Measured], part: Part) -> None:
        """Stop when a measure is missing that the catalogue cannot do without."""
        counts = part.columns["eenheid"] == self.texts.number("eenheid", "aantal")
        there = {self.texts.of("maat")[number] for number in np.unique(part.columns["maat"][counts])}
        own = {m.maat for m in measures if m.maat and m.unit == "aantal"}
        unknown = own & set(self.added.measures)
        for maat in spec.nodig:
            if maat not in there:
                near = titles.nearest(maat, unknown)
                raise DataError(f"{spec.id}: maat {maat!r} ontbreekt{f' (wel: {near!r})' if near else ''}")
        missing = [maat for maat in spec.verwacht if maat not in there]
        if missing and len(unknown) < len(missing):
            raise DataError(f"{spec.id}: maat {missing[0]!r} ontbreekt")
        for maat in missing:
            self.added.tell(f"{spec.id}: maat {maat!r} is niet gevonden; een van de onbekende maten kan haar zijn")
        for maat in sorted(own - there):
            self.added.tell(f"{spec.id}: maat {maat!r} heeft geen waarnemingen")

    def _what(
        self, spec: TableOf, rows: pa.Table, parts: list[tuple[str, Sequence[Any]]], columns: dict[str, np.ndarray]
    ) -> None:
        """Add indicator, maat, kenmerk, categorie, eenheid, kolom and decimalen: each combination is looked up once."""
        flat = np.zeros(len(rows), np.int64)
        for name, meanings in parts:
            flat = flat * max(len(meanings), 1) + _codes(rows, name)
        combinations, place = np.unique(flat, return_inverse=True)
        names = ("indicator", "maat", "kenmerk", "categorie", "eenheid", "kolom")
        looked_up = {name: np.empty(len(combinations), np.int32) for name in names}
        decimals = np.empty(len(combinations), np.int8)
        for number, combination in enumerate(combinations.tolist()):
            chosen = []
            for _, meanings in reversed(parts):
                combination, at = divmod(combination, len(meanings))
                chosen.append(meanings[at])
            measure: _Measured = chosen.pop()
            members = [member for member in (measure.member, *reversed(chosen)) if member.kenmerk]
            home = self._home(spec, measure, members)
            self._shown_under(home, measure.maat)
            texts = (
                home, measure.maat,
                " | ".join(m.kenmerk for m in members) or TOTAL, " | ".join(m.categorie for m in members) or TOTAL,
                measure.unit, measure.column,
            )  # fmt: skip
            for name, text in zip(names, texts, strict=True):
                looked_up[name][number] = self.texts.number(name, text)
            decimals[number] = measure.decimals
        columns.update({name: values[place] for name, values in looked_up.items()}, decimalen=decimals[place])

    def _home(self, spec: TableOf, measure: _Measured, members: Sequence[_Member]) -> str:
        """The indicator where a figure lives, as data.clean has it for embedded tables."""
        if len(members) == 1:
            return members[0].indicator
        if members or measure.unit == "%":
            return spec.home
        known = self.catalogue.measures.get(measure.maat) or self.added.measures[measure.maat]
        return known.indicator

    def _shown_under(self, home: str, maat: str) -> None:
        """A measure is offered under every indicator that has figures of it: what is kept must also be shown."""
        offered = self.added.maten.setdefault(home, [])
        if maat not in self.catalogue.indicators[home].maten and maat not in offered:
            offered.append(maat)

    # --- regions and periods ---

    def _regions(self, table: str, geo: Dimension, rows: pa.Table) -> np.ndarray:
        by_code = {code.id: code for code in geo.codes}
        numbers = []
        used = _used(rows, geo.id)
        new = []
        for code in _dictionary(rows, geo.id):
            if code in used and code not in self.regions and code not in self.added.regions:
                self._new_region(code, by_code[code].title if code in by_code else code)
                new.append(f"{code} ({by_code[code].title if code in by_code else 'zonder naam'})")
            numbers.append(self.texts.number("regio_code", code))
        if new:
            more = f" en nog {len(new) - SHOWN}" if len(new) > SHOWN else ""
            self.added.tell(f"{table}: regio's die nog niet bekend waren: {', '.join(new[:SHOWN])}{more}")
        found: np.ndarray = np.array(numbers, np.int32)[_codes(rows, geo.id)]
        return found

    def _new_region(self, code: str, title: str) -> None:
        level = code[:2]
        if level not in regions.LEVELS:
            level = regions.OTHER
        name = titles.region_name(title) or code
        taken = {(r["niveau"], r["naam"]) for r in self.added.regions.values()} | set(self.regions.code_of)
        if (level, name) in taken:
            name = f"{name} ({code})"
        empty = dict.fromkeys(("geldig_van", "geldig_tot", "gewijzigd", "ouder", "inwoners_2023"), "")
        self.added.regions[code] = {"code": code, "naam": name, "niveau": level, **empty, "opmerking": "uit StatLine"}

    def _periods(self, table: str, time: Dimension, rows: pa.Table) -> tuple[np.ndarray, np.ndarray]:
        by_code = {code.id: code for code in time.codes}
        known = {titles.key(name): status for name, status in self.statline.statussen.items()}
        found, statuses = [], []
        used = _used(rows, time.id)
        for code in _dictionary(rows, time.id):
            title = by_code[code].title if code in by_code else code
            mark = _STATUS_OF_MARK.get(title[len(title.rstrip("*")) :], "")
            told = by_code[code].status if code in by_code else ""
            status = known.get(titles.key(told).replace(" ", "")) or known.get(titles.key(told), "")
            if code in used and told and not status:
                self.added.tell(f"{table}: periode {title!r} heeft een onbekende status {told!r}")
            if code in used and status and mark and mark != status:
                self.added.tell(f"{table}: periode {title!r} heet in de titel {mark}, volgens Status {status}")
            status = status or mark or "onbekend"
            statuses.append(self.texts.number("status", status))
            try:
                found.append(self.texts.number("periode", periods.period(code).code))
            except ValueError:
                found.append(-1)
                if code in used:
                    count = int((_codes(rows, time.id) == len(found) - 1).sum())
                    self.added.tell(
                        f"{table}: periode {code!r} ({title}) is niet te lezen; {count} waarnemingen vallen weg"
                    )
        at = _codes(rows, time.id)
        return np.array(found, np.int32)[at], np.array(statuses, np.int32)[at]

    # --- values and signs ---

    def _values(self, table: str, rows: pa.Table) -> tuple[np.ndarray, np.ndarray]:
        """The numbers, and the signs of those that are none; a mark that says there is no number goes first."""
        value = rows.column("Value").to_numpy(zero_copy_only=False).astype(np.float64)
        attributes, strings = _dictionary(rows, "ValueAttribute"), _dictionary(rows, "StringValue")
        flat = (_codes(rows, "ValueAttribute") * max(len(strings), 1) + _codes(rows, "StringValue")) * 2 + np.isnan(
            value
        )
        combinations, place, counts = np.unique(flat, return_inverse=True, return_counts=True)
        signs = np.empty(len(combinations), np.int32)
        no_number = np.zeros(len(combinations), bool)
        for number, combination in enumerate(combinations.tolist()):
            rest, empty = divmod(combination, 2)
            attribute, text = attributes[rest // max(len(strings), 1)], strings[rest % max(len(strings), 1)]
            mark = attribute if titles.key(attribute) not in ("none", "") or attribute in SIGNS else ""
            if not mark and empty:
                mark = text
            sign = self.statline.tekens.get(mark, mark)
            count = int(counts[number])
            if mark and mark not in self.statline.tekens:
                self.added.tell(f"{table}: {count} waarnemingen met een onbekende aanduiding {mark!r}, die zo blijft")
            if empty and not mark:
                sign = "."
                self.added.tell(f"{table}: {count} waarnemingen zonder getal en zonder reden: onbekend (.)")
            if not empty and sign in SIGNS:
                no_number[number] = True
                self.added.tell(f"{table}: {count} waarnemingen met een getal én {mark!r}: het getal telt niet")
            signs[number] = self.texts.number("teken", sign)
        value[no_number[place]] = np.nan
        return value, signs[place]

    def _plausible(self, table: str, part: Part) -> None:
        """Stop at numbers that cannot be; report those that are odd."""
        value = part.columns["waarde"]
        units = self.texts.of("eenheid")
        unit = part.columns["eenheid"]
        if (value < 0).any() or np.isinf(value).any():
            raise DataError(f"{table}: er staat een negatief of oneindig getal in")
        if "%" in units and (odd := int((value[unit == units.index("%")] > 100).sum())):
            self.added.tell(f"{table}: {odd} percentages zijn hoger dan 100")
        if "aantal" in units:
            counts = value[(unit == units.index("aantal")) & ~np.isnan(value)]
            if odd := int((counts % 1 != 0).sum()):
                self.added.tell(f"{table}: {odd} aantallen zijn geen geheel getal")


def _measure(known: Mapping[tuple[str, ...], T], title: str, chain: Sequence[str]) -> T | None:
    """What a title of a measure stands for, alone or with the titles of its groups before it."""
    bare = titles.without_unit(title)
    groups = [titles.without_unit(group) for group in chain]
    for text in (bare, *(f"{group} {bare}" for group in groups)):
        if found := known.get(titles.words(text)):
            return found
    if titles.cut_short(title):
        # Words stand in alphabetical order, so that a beginning is one of the words that are whole.
        whole = titles.key(bare).split()[:-1]
        last = titles.key(bare).split()[-1]
        begun = [
            value for text, value in known.items()
            if len(text) > len(whole) and all(word in text for word in whole)
            and any(word.startswith(last) for word in text if word not in whole)
        ]  # fmt: skip
        return begun[0] if whole and begun and all(value == begun[0] for value in begun) else None
    return None


def _chain(code: Code, groups: Mapping[str, Code]) -> list[str]:
    """The titles of the groups of a code, the nearest first."""
    out: list[str] = []
    name = code.group
    while name in groups and len(out) < 10:
        out.append(groups[name].title)
        name = groups[name].group
    return out


def _of_group(declared: DimensionOf | None, chain: Sequence[str]) -> str:
    """The breakdown that the nearest telling group of a member stands for; '' when none or several could be meant."""
    for title in chain if declared else ():
        assert declared
        meant = {kenmerk for word, kenmerk in declared.groepen.items() if titles.key(word) in titles.key(title)}
        if meant:
            return meant.pop() if len(meant) == 1 else ""
    return ""


def _dictionary(rows: pa.Table, name: str) -> list[str]:
    column = rows.column(name)
    return [str(text) for text in column.chunk(0).dictionary.to_pylist()] if len(rows) else []


def _codes(rows: pa.Table, name: str) -> np.ndarray:
    if not len(rows):
        return np.zeros(0, np.int64)
    return np.asarray(rows.column(name).chunk(0).indices.to_numpy(zero_copy_only=False), dtype=np.int64)


def _used(rows: pa.Table, name: str) -> set[str]:
    """The texts that a column really has; a dictionary can hold more."""
    dictionary = _dictionary(rows, name)
    return {dictionary[number] for number in np.unique(_codes(rows, name)).tolist()}
