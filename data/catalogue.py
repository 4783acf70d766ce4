"""The catalogue: themes, indicators, measures, categories and tables, declared in data/catalogue/.

Adding an indicator is a declaration here and its figures in data/sources/, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data import periods
from data.errors import DataError
from data.files import read_csv, read_toml
from data.text import slugify

FOLDER = Path(__file__).parent / "catalogue"
MODEL = "model.toml"
TOTAL = "Totaal"
View = Literal["landelijk", "regionaal", "tijdreeksen"]
Form = Literal["metingen", "schatting", "voor-na", "matrix"]
VIEWS: tuple[View, ...] = ("landelijk", "regionaal", "tijdreeksen")


class Declaration(BaseModel):
    """Base of all declarations: unknown keys are mistakes, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


T = TypeVar("T", bound=Declaration)


class Theme(Declaration):
    """A theme of the Impactmonitor; `tabblad` is its name in a workbook where the title is too long for that."""

    id: str
    titel: str
    tabblad: str = Field(default="", max_length=31)
    inleiding: str = Field(min_length=10)


class Question(Declaration):
    """A policy question that indicators touch."""

    id: str
    vraag: str


class Reference(Declaration):
    """Figures that an indicator shows and whose home is another indicator.

    Totals of these measures, and for a matrix also the breakdowns named in `kenmerken`.
    """

    indicator: str
    maten: tuple[str, ...]
    kenmerken: tuple[str, ...] = ()


class Break(Declaration):
    """From this period on the figures are counted in another way: a series is broken there."""

    periode: str
    reden: str


class Indicator(Declaration):
    """An indicator. Without definition or place of publication it cannot load.

    `subtotalen` are categories that contain others of the same list: they are shown, but never called the largest.
    `totaal`: also its totals are figures of the indicator, not only the base of its breakdowns.
    `weergave`: what shows first where both are published; `periode`: which period shows first.
    `vindplaats` says where its figures are published; `vindplaatsen` says so for a view where that is elsewhere.
    `grafiek`: how a series is drawn. `vorm`: the form of a view that plain bars or lines would not do justice:
    `metingen` (all measurements of a measure side by side), `schatting` (the same, with the bounds of the estimate),
    `voor-na` (the same people at several moments), `matrix` (two breakdowns across each other, see `matrix`).
    `matrix`: the two breakdowns of the matrix, the one of the columns first.
    `lijnen`: breakdowns whose members may stand together in one chart of a series, each a line (never stacked).
    """

    slug: str
    titel: str
    themas: tuple[str, ...] = Field(min_length=1)
    views: tuple[View, ...] = Field(min_length=1)
    definitie: str = Field(min_length=20)
    let_op: tuple[str, ...] = ()
    beleidsvragen: tuple[str, ...] = Field(min_length=1)
    grafiek: Literal["staven", "lijn", "kolommen"] = "staven"
    vorm: dict[View, Form] = {}
    matrix: tuple[str, ...] = Field(default=(), max_length=2)
    lijnen: tuple[str, ...] = ()
    maten: tuple[str, ...] = ()
    hoofdmaten: tuple[str, ...] = ()
    kenmerken: tuple[str, ...] = ()
    overlap: bool = False
    totaal: bool = False
    weergave: Literal["", "aantal", "aandeel"] = ""
    periode: Literal["volste", "nieuwste"] = "volste"
    subtotalen: tuple[str, ...] = ()
    vindplaats: str = Field(min_length=10)
    vindplaatsen: dict[View, str] = {}
    verwijst: tuple[Reference, ...] = ()
    breuken: tuple[Break, ...] = ()

    def published_at(self, view: View) -> str:
        """Where the figures of a view are published."""
        return self.vindplaatsen.get(view, self.vindplaats)


class Measure(Declaration):
    """A measure (maat). `soort` tells a flow from a stock; `indicator` is the home of its totals.

    `percentage` says of what a percentage is one ('het percentage slachtoffers onder ...'), where it is not a
    share of the things counted.
    """

    maat: str
    slug: str
    soort: Literal["stroom", "stand"]
    indicator: str
    enkelvoud: str
    meervoud: str
    definitie: str
    percentage: str


class Category(Declaration):
    """A label of a published table: `dimensie` and `label` as in the table, and what it stands for here.

    A label without `kenmerk` is the total of its dimension. `ouder` is the category that this one details.
    """

    dimensie: str
    label: str
    indicator: str
    kenmerk: str
    categorie: str
    ouder: str

    @property
    def slug(self) -> str:
        """The slug in addresses."""
        return slugify(self.categorie)


class Parts(Declaration):
    """What a column or a row says about its figures; what it does not say comes from the table."""

    maat: str | None = None
    eenheid: str | None = None
    period: str | None = None
    categories: dict[str, str] = {}


class Table(Declaration):
    """How one published table reads; the keys are explained in tables.toml.

    `ongerond` says why the counts of this table are not rounded to fives, as those of Veilig Thuis are.
    """

    bron: str
    columns: dict[str, Parts]
    thousands: str = "."
    status: str = "onbekend"
    region: str | None = None
    region_column: str | None = None
    region_level: str = ""
    period: str | None = None
    period_column: str | None = None
    period_in_heading: bool = False
    dimensions: dict[str, str] = {}
    row_column: str | None = None
    rows: dict[str, Parts] = {}
    unit_column: str | None = None
    sign_column: str | None = None
    home: str | None = None
    reason: str = ""
    ongerond: str = ""


class Source(Declaration):
    """A row of the sources table; `publicatiedatum` is as exact as is known (2020, 2020-04-28 or empty)."""

    id: str
    uitgever: str
    titel: str
    tabel: str
    publicatiedatum: str = Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    adres: str = Field(pattern=r"^https://")
    statusregel: str
    licentie: str
    ontleend_aan: str


class Term(Declaration):
    """A term of the glossary.

    `id` is its anchor; `ook` are other ways to write it, `zie` the ids of related terms. `in_tekst` are the only ways
    of writing that mean this term in running text, for a word that has other meanings as well.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    term: str
    uitleg: str = Field(min_length=20)
    ook: tuple[str, ...] = ()
    in_tekst: tuple[str, ...] = ()
    zie: tuple[str, ...] = ()


class Message(Declaration):
    """A release or another change that visitors should know of, on the day it appeared here."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    datum: date
    titel: str
    tekst: str = Field(min_length=20)


# --- the process model (model.toml) ---


class Shown(Declaration):
    """Figures that a step or a party shows: a measure, one of its breakdowns, or one category of a breakdown.

    `indicator` is the home of the breakdown; without breakdown it is that of the measure. A breakdown without
    `categorie` shows its members at the top.
    """

    maat: str
    indicator: str = ""
    kenmerk: str = ""
    categorie: str = ""


class KeyFigure(Declaration):
    """The measure whose number stands in the drawing, and a few words for what it counts."""

    maat: str
    woorden: str = Field(min_length=3, max_length=20)


class Related(Declaration):
    """An indicator to read on in, in which views, and with which of its measures."""

    indicator: str
    views: tuple[View, ...] = Field(min_length=1)
    maat: str = ""


class Step(Declaration):
    """A step of the work of Veilig Thuis. `rij` counts from 1 at the top of the drawing, `plek` says where in its row.

    A step has a key figure, or `kort` says in a few words what it is.
    """

    id: str = Field(pattern=r"^[a-z-]+$")
    titel: str = Field(min_length=3, max_length=30)
    rij: int = Field(ge=1)
    plek: Literal["links", "rechts", "breed"]
    kort: str = Field(default="", max_length=40)
    kerncijfer: KeyFigure | None = None
    begrip: str = ""
    tekst: tuple[str, ...] = Field(min_length=1)
    registratie: tuple[str, ...] = Field(min_length=1)
    let_op: tuple[str, ...] = ()
    cijfers: tuple[Shown, ...] = ()
    indicatoren: tuple[Related, ...] = ()


class Arrow(Declaration):
    """What can follow on what, in words too, for who does not see the drawing. Without `van` it is the beginning."""

    van: str = ""
    naar: str
    uitleg: str = Field(min_length=20)


class Stage(Declaration):
    """A part of the flow from advice and report to transfer: the measures that are counted there, in order."""

    titel: str = Field(min_length=3, max_length=30)
    uitleg: str = Field(min_length=20)
    maten: tuple[str, ...] = Field(min_length=1)


class Party(Declaration):
    """An organisation beside Veilig Thuis: what it does, what it registers, and which figures are known of it."""

    id: str = Field(pattern=r"^[a-z-]+$")
    naam: str
    tekst: tuple[str, ...] = Field(min_length=1)
    registratie: tuple[str, ...] = Field(min_length=1)
    cijfers: tuple[Shown, ...] = ()
    indicatoren: tuple[Related, ...] = ()


class Model(Declaration):
    """How Veilig Thuis works, and who else is involved."""

    begin: str = Field(min_length=3, max_length=40)
    steps: dict[str, Step]
    arrows: tuple[Arrow, ...]
    flow: tuple[Stage, ...]
    parties: dict[str, Party]


class Catalogue(Declaration):
    """All declarations together."""

    themes: tuple[Theme, ...]
    questions: tuple[Question, ...]
    indicators: dict[str, Indicator]
    measures: dict[str, Measure]
    categories: tuple[Category, ...]
    tables: tuple[Table, ...]
    sources: dict[str, Source]
    terms: dict[str, Term]
    messages: dict[str, Message]
    model: Model

    @cached_property
    def category_of(self) -> dict[tuple[str, str], Category]:
        """Categories by (dimension, label)."""
        return {(c.dimensie, c.label): c for c in self.categories}

    @cached_property
    def members(self) -> dict[tuple[str, str], dict[str, Category]]:
        """Categories by (indicator, breakdown): name -> category, each once, in declared order."""
        out: dict[tuple[str, str], dict[str, Category]] = {}
        for category in self.categories:
            if category.kenmerk:
                out.setdefault((category.indicator, category.kenmerk), {}).setdefault(category.categorie, category)
        return out

    @cached_property
    def measure_by_slug(self) -> dict[str, Measure]:
        """Measures by slug."""
        return {m.slug: m for m in self.measures.values()}

    @cached_property
    def _terms_as_words(self) -> list[tuple[re.Pattern[str], Term]]:
        return [
            (re.compile(rf"(?<!\w)({'|'.join(map(re.escape, (t.term, *t.ook)))})(?!\w)", re.IGNORECASE), t)
            for t in self.terms.values()
        ]

    def terms_in(self, text: str) -> list[Term]:
        """The terms of the glossary that a text uses, in declared order."""
        return [term for pattern, term in self._terms_as_words if pattern.search(text)]

    @cached_property
    def _terms_in_running_text(self) -> tuple[re.Pattern[str], dict[str, Term]]:
        written = {w.lower(): t for t in self.terms.values() for w in (t.in_tekst or (t.term, *t.ook))}
        longest_first = sorted(written, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE), written

    def terms_at(self, text: str) -> list[tuple[int, int, Term]]:
        """Where a running text uses a term: first position, position after it, and the term. The longest one counts."""
        pattern, written = self._terms_in_running_text
        return [(m.start(), m.end(), written[m[0].lower()]) for m in pattern.finditer(text)] if written else []

    def of_theme(self, theme: str) -> list[Indicator]:
        """The indicators of a theme in declared order."""
        return [i for i in self.indicators.values() if theme in i.themas]


@dataclass(frozen=True)
class Extension:
    """What an imported release declares that the embedded catalogue does not know.

    Attributes:
        sources, measures, categories, messages: more of them; a message or source with a known id takes its place.
        maten: by the slug of an indicator the measures that it has more.
        kenmerken: by the slug of an indicator the breakdowns that it has more.
    """

    sources: Sequence[Source] = ()
    measures: Sequence[Measure] = ()
    categories: Sequence[Category] = ()
    messages: Sequence[Message] = ()
    maten: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kenmerken: Mapping[str, Sequence[str]] = field(default_factory=dict)


def extend(catalogue: Catalogue, more: Extension) -> Catalogue:
    """A catalogue with what a release declares beside it; what both know stays as the catalogue has it.

    Raises:
        DataError: what is added contradicts the catalogue.
    """
    indicators = dict(catalogue.indicators)
    for slug in {*more.maten, *more.kenmerken}:
        if slug not in indicators:
            raise DataError(f"onbekende indicator {slug}")
        known = indicators[slug]
        joined = {
            "maten": tuple(dict.fromkeys([*known.maten, *more.maten.get(slug, ())])),
            "hoofdmaten": known.hoofdmaten or tuple(more.maten.get(slug, ()))[:1],
            "kenmerken": tuple(dict.fromkeys([*known.kenmerken, *more.kenmerken.get(slug, ())])),
        }
        indicators[slug] = known.model_copy(update=joined)
    new = [c for c in more.categories if (c.dimensie, c.label) not in catalogue.category_of]
    parts: dict[str, Any] = {name: getattr(catalogue, name) for name in Catalogue.model_fields}
    extended = Catalogue.model_construct(
        **parts
        | {
            "indicators": indicators,
            "measures": {m.maat: m for m in more.measures} | catalogue.measures,
            "categories": (*catalogue.categories, *new),
            "sources": catalogue.sources | {s.id: s for s in more.sources},
            "messages": catalogue.messages | {m.id: m for m in more.messages},
            # Counts of StatLine are rounded as those of any other table.
            "tables": (*catalogue.tables, *(Table(bron=s.id, columns={}) for s in more.sources)),
        }
    )
    _check(extended)
    return extended


def _read_toml(path: Path, *keys: str) -> dict[str, Any]:
    declared = read_toml(path)
    for key in keys:
        if key not in declared:
            raise DataError(f"{path.name}: {key} ontbreekt")
    return declared


def declare(kind: type[T], entries: Iterable[Mapping[str, Any]], file: str) -> list[T]:
    """Check the entries of a file against the form of their kind.

    Raises:
        DataError: an entry lacks something, has too much, or has a value that cannot be; the message says which.
    """
    out = []
    for number, entry in enumerate(entries, start=1):
        try:
            out.append(kind.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            name = entry.get("slug") or entry.get("bron") or entry.get("id") or f"nummer {number}"
            raise DataError(f"{file}, {name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    return out


def _by(entries: list[T], key: str, file: str) -> dict[str, T]:
    out: dict[str, T] = {}
    for entry in entries:
        name = getattr(entry, key)
        if name in out:
            raise DataError(f"{file}: {name} staat er twee keer in")
        out[name] = entry
    return out


def load(folder: Path = FOLDER, sources: Path | None = None) -> Catalogue:
    """Read and check all declarations.

    Args:
        folder: the folder with the declarations.
        sources: the folder with sources.csv and the published tables; default data/sources beside it.

    Raises:
        DataError: a declaration is incomplete, unknown or contradicts another one.
    """
    sources = sources or folder.parent / "sources"
    themes = _read_toml(folder / "themes.toml", "thema", "beleidsvraag")
    tables = _read_toml(folder / "tables.toml", "table")
    indicators = _read_toml(folder / "indicators.toml", "indicator")
    terms = _read_toml(folder / "terms.toml", "term")
    news = _read_toml(folder / "news.toml", "bericht")
    for table in tables["table"]:
        if isinstance(name := table.get("columns"), str):
            table["columns"] = tables.get("columns", {}).get(name, name)
    catalogue = Catalogue(
        themes=tuple(declare(Theme, themes["thema"], "themes.toml")),
        questions=tuple(declare(Question, themes["beleidsvraag"], "themes.toml")),
        indicators=_by(declare(Indicator, indicators["indicator"], "indicators.toml"), "slug", "indicators.toml"),
        measures=_by(declare(Measure, read_csv(folder / "measures.csv"), "measures.csv"), "maat", "measures.csv"),
        categories=tuple(declare(Category, read_csv(folder / "categories.csv"), "categories.csv")),
        tables=tuple(declare(Table, tables["table"], "tables.toml")),
        sources=_by(declare(Source, read_csv(sources / "sources.csv"), "sources.csv"), "id", "sources.csv"),
        terms=_by(declare(Term, terms["term"], "terms.toml"), "id", "terms.toml"),
        messages=_by(declare(Message, news["bericht"], "news.toml"), "id", "news.toml"),
        model=_model(folder),
    )
    _check(catalogue)
    _check_model(catalogue)
    return catalogue


def _model(folder: Path) -> Model:
    declared = _read_toml(folder / MODEL, "begin", "stap", "pijl", "stroom", "partij")
    parts = {
        "begin": declared["begin"],
        "steps": _by(declare(Step, declared["stap"], MODEL), "id", MODEL),
        "arrows": declare(Arrow, declared["pijl"], MODEL),
        "flow": declare(Stage, declared["stroom"], MODEL),
        "parties": _by(declare(Party, declared["partij"], MODEL), "id", MODEL),
    }
    return declare(Model, [parts], MODEL)[0]


def _check(catalogue: Catalogue) -> None:
    """Check what one declaration says about another.

    Raises:
        DataError: the first contradiction found.
    """
    themes = {t.id for t in catalogue.themes}
    questions = {q.id for q in catalogue.questions}
    for i in catalogue.indicators.values():
        unknown = [
            *(set(i.themas) - themes),
            *(set(i.beleidsvragen) - questions),
            *(set(i.maten) - set(catalogue.measures)),
            *(set(i.hoofdmaten) - set(i.maten)),
            *({r.indicator for r in i.verwijst} - set(catalogue.indicators)),
            *({m for r in i.verwijst for m in r.maten} - set(i.maten)),
            *(set(i.vindplaatsen) - set(i.views)),
        ]
        if unknown:
            raise DataError(f"indicators.toml, {i.slug}: onbekend: {', '.join(sorted(unknown))}")
        for each in i.breuken:
            try:
                periods.period(each.periode)
            except ValueError as error:
                raise DataError(f"indicators.toml, {i.slug}: breuken: {error}") from None
        if i.maten and not i.hoofdmaten:
            raise DataError(f"indicators.toml, {i.slug}: heeft maten maar geen hoofdmaten")
        without = [kenmerk for kenmerk in i.kenmerken if (i.slug, kenmerk) not in catalogue.members]
        if without:
            raise DataError(f"indicators.toml, {i.slug}: geen categorieën bij {', '.join(without)}")
        if strange := set(i.lijnen) - set(i.kenmerken):
            raise DataError(f"indicators.toml, {i.slug}: lijnen: onbekend: {', '.join(sorted(strange))}")
        if ("matrix" in i.vorm.values()) != (len(i.matrix) == 2):
            raise DataError(f"indicators.toml, {i.slug}: een matrix heeft twee kenmerken, en vorm noemt haar")
        breakdowns = {kenmerk for _, kenmerk in catalogue.members}
        if strange := {*i.matrix, *(k for r in i.verwijst for k in r.kenmerken)} - breakdowns:
            raise DataError(f"indicators.toml, {i.slug}: matrix: onbekend: {', '.join(sorted(strange))}")
    if len(catalogue.category_of) != len(catalogue.categories):
        twice = [c.label for c in catalogue.categories if catalogue.category_of[c.dimensie, c.label] is not c]
        raise DataError(f"categories.csv: {twice[0]} staat er twee keer in")
    for c in catalogue.categories:
        if c.kenmerk and c.indicator not in catalogue.indicators:
            raise DataError(f"categories.csv, {c.label}: onbekende indicator {c.indicator}")
        if c.kenmerk and c.kenmerk not in catalogue.indicators[c.indicator].kenmerken:
            raise DataError(f"categories.csv, {c.label}: {c.indicator} heeft geen kenmerk {c.kenmerk}")
        if c.ouder and c.ouder not in catalogue.members[c.indicator, c.kenmerk]:
            raise DataError(f"categories.csv, {c.label}: onbekende ouder {c.ouder}")
    for m in catalogue.measures.values():
        if m.indicator not in catalogue.indicators:
            raise DataError(f"measures.csv, {m.maat}: onbekende indicator {m.indicator}")
        if m.maat not in catalogue.indicators[m.indicator].maten:
            raise DataError(f"measures.csv, {m.maat}: {m.indicator} heeft deze maat niet")
    _by(list(catalogue.measures.values()), "slug", "measures.csv")
    for term in catalogue.terms.values():
        for related in term.zie:
            if related not in catalogue.terms or related == term.id:
                raise DataError(f"terms.toml, {term.id}: zie: onbekend begrip {related}")
    for t in catalogue.tables:
        if t.bron not in catalogue.sources:
            raise DataError(f"tables.toml, {t.bron}: staat niet in sources.csv")


def _check_model(catalogue: Catalogue) -> None:
    """Check what the process model says about indicators, measures and terms.

    Raises:
        DataError: the first contradiction found.
    """
    model = catalogue.model
    places: dict[tuple[int, str], str] = {}
    for step in model.steps.values():
        where = f"{MODEL}, {step.id}"
        if bool(step.kort) == bool(step.kerncijfer):
            raise DataError(f"{where}: kort of kerncijfer: precies een van beide")
        if step.begrip and step.begrip not in catalogue.terms:
            raise DataError(f"{where}: onbekend begrip {step.begrip}")
        if step.kerncijfer and all((c.maat, c.kenmerk) != (step.kerncijfer.maat, "") for c in step.cijfers):
            raise DataError(f"{where}: kerncijfer {step.kerncijfer.maat} staat niet bij de cijfers")
        for plek in ("links", "rechts") if step.plek == "breed" else (step.plek,):
            if (step.rij, plek) in places:
                raise DataError(f"{where}: staat op de plek van {places[step.rij, plek]}")
            places[step.rij, plek] = step.id
    for arrow in model.arrows:
        if unknown := {arrow.van, arrow.naar} - {"", *model.steps}:
            raise DataError(f"{MODEL}, pijl: onbekende stap {unknown.pop()}")
    for stage in model.flow:
        if unknown := set(stage.maten) - set(catalogue.measures):
            raise DataError(f"{MODEL}, {stage.titel}: onbekende maat {unknown.pop()}")
    parts: list[Step | Party] = [*model.steps.values(), *model.parties.values()]
    for part in parts:
        for shown in part.cijfers:
            _check_shown(catalogue, shown, f"{MODEL}, {part.id}")
        for link in part.indicatoren:
            indicator = catalogue.indicators.get(link.indicator)
            if not indicator:
                raise DataError(f"{MODEL}, {part.id}: onbekende indicator {link.indicator}")
            if gone := set(link.views) - set(indicator.views):
                raise DataError(f"{MODEL}, {part.id}: {link.indicator} heeft geen weergave {gone.pop()}")
            if link.maat and link.maat not in indicator.maten:
                raise DataError(f"{MODEL}, {part.id}: {link.indicator} heeft geen maat {link.maat}")


def _check_shown(catalogue: Catalogue, shown: Shown, where: str) -> None:
    if shown.maat not in catalogue.measures:
        raise DataError(f"{where}: onbekende maat {shown.maat}")
    if not shown.kenmerk:
        if shown.indicator or shown.categorie:
            raise DataError(f"{where}: {shown.maat}: indicator en categorie horen bij een kenmerk")
        return
    indicator = catalogue.indicators.get(shown.indicator)
    if not indicator:
        raise DataError(f"{where}: onbekende indicator {shown.indicator}")
    if shown.maat not in indicator.maten:
        raise DataError(f"{where}: {shown.indicator} heeft geen maat {shown.maat}")
    if shown.kenmerk not in indicator.kenmerken:
        raise DataError(f"{where}: {shown.indicator} heeft geen kenmerk {shown.kenmerk}")
    if shown.categorie and shown.categorie not in catalogue.members[shown.indicator, shown.kenmerk]:
        raise DataError(f"{where}: onbekende categorie {shown.categorie}")
