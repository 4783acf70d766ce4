"""The report of a region as a tagged PDF: what stands in it, in order; `report.typ` says how it looks.

The content is a list of plain blocks (headings, texts, lists, charts, tables) that goes to the template as JSON, so
nothing needs escaping. Words, numbers and signs come from where the cards of the pages have them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from dash.development.base_component import Component

from components import words
from components.card import notes
from components.citing import source_text
from components.figures.bars import bars
from components.figures.panels import figures_of
from components.figures.series import name as series_name
from components.figures.static import svg
from components.fonts import FOLDER
from components.house_style.shelf import STANDARD
from components.house_style.style import Style
from components.numbers import (
    ABSENT_AT_LENGTH,
    PRINTED_SIGNS,
    SIGN_MEANINGS,
    STATUS_MEANINGS,
    figure_text,
    sign_meanings,
    unit_name,
)
from components.shell import NAME
from components.table import first_value
from data import periods
from data.kept import per_release
from data.regions import Region
from data.release import COUNTRY, Release
from data.report import Entry, Facts, Report, Topic, report
from data.text import lower_first, slugify, upper_first
from data.view import CardView, Column, Figure, Line

Block = dict[str, Any]

TEMPLATE = Path(__file__).with_name("report.typ")
TYPESETTER = Path(__file__).with_name("typesetter.py")
CHART_WIDTH = 640
MOST_NUMBERS = 6
KEPT = 32
NOT_APPLICABLE = "n.v.t."
MARKS = {"voorlopig": "*", "nader voorlopig": "**", "onbekend": "***"}
MARK_WORDS = {
    "voorlopig": "voorlopig",
    "nader voorlopig": "nader voorlopig",
    "onbekend": "de bron noemt geen status",
}
CAUTION = (
    "Meer meldingen betekent niet dat er meer geweld is: het laat zien hoe vaak Veilig Thuis is bereikt. Gebruik deze "
    "cijfers dus niet om gebieden als beter of slechter te beoordelen."
)
NOT_CBS = "Dit is geen product van het CBS. De cijfers komen van het CBS en andere bronnen, die bij elke tabel staan."
HELP = (
    "Is er direct gevaar? Bel 112. Heeft u te maken met huiselijk geweld of kindermishandeling, of denkt u dat iemand "
    "anders dat heeft? Bel Veilig Thuis: 0800-2000, gratis, dag en nacht."
)
READING = (
    "Bij elk onderwerp staan de cijfers in een zin en in een tabel, en vaak ook in een grafiek.",
    "Uitsplitsingen staan in dit rapport voor de belangrijkste maten, en waar er veel perioden zijn voor de nieuwste. "
    "Andere maten en perioden staan in de Impactmonitor.",
    "Waar geen getal staat, staat een woord, zoals ‘onbekend (.)’. Dat is geen nul. In het hoofdstuk ‘Tekens en "
    "status’ leest u wat de woorden betekenen.",
    "Het CBS rondt de aantallen van Veilig Thuis af op vijftallen. Een totaal kan daardoor afwijken van de som van de "
    "delen.",
    "Aandelen zijn door ons berekend, tenzij de bron ze zelf geeft. Dat staat erbij.",
)


# --- what the template gets ---


def contents(found: Report, release: Release, look: Style = STANDARD) -> dict[str, Any]:
    """Everything that stands in a report, for the template: title, cover, blocks, and the colours of its style."""
    region = found.region
    blocks = [
        *_summary(found, release),
        *([_heading(1, "Let op bij deze cijfers"), _list(general)] if (general := _general(found)) else []),
        *(_key_figures(found, release) if found.key else []),
        *(block for theme, entries in found.chapters for block in _chapter(theme.titel, theme.inleiding, entries,
                                                                           found, release, look)),
        *_without(found),
        *_measures(found, release),
        *_signs(),
        *_source_list(found, release),
        _heading(1, "Hulp nodig?"),
        _text(HELP),
    ]  # fmt: skip
    return {
        "title": title(region),
        "author": NAME,
        "date": _date_parts(found.published),
        "region": region.name,
        "level": upper_first(region.level_name),
        "subject": "Huiselijk geweld en kindermishandeling in cijfers",
        "about": _about(found, release),
        "reading": list(READING),
        "caution": CAUTION,
        "help": HELP,
        "colours": {
            "accent": look.accent,
            "ink": look.ink,
            "quiet": look.quiet,
            "rule": look.line,
            "paper": look.paper,
        },
        "blocks": blocks,
    }


def title(region: Region) -> str:
    """The title of the document."""
    return f"Huiselijk geweld en kindermishandeling in cijfers: {region.label}"


def file_name(region: Region, release: Release) -> str:
    """The name of the file: rapport-midden-drenthe_ingebouwd-2026-11.pdf; the level tells equal names apart."""
    same = [each for each in release.regions.by_code.values() if slugify(each.name) == slugify(region.name)]
    return f"rapport-{slugify(region.label if len(same) > 1 else region.name)}_{slugify(release.name)}.pdf"


def _about(found: Report, release: Release) -> list[str]:
    """The lines on the cover: what the region belongs to, the release, whose product it is."""
    region = found.region
    nearest = found.around[0]
    lines = []
    if nearest.code != COUNTRY:
        lines.append(f"{region.name} hoort bij: {nearest.label}.")
    if region.remark:
        lines.append(f"{region.remark.rstrip('.')}.")
    day = f", verschenen op {_day(found.published)}" if found.published else ""
    lines.append(f"Levering van de cijfers: {release.name}{day}.")
    lines.append(f"Gemaakt met de {NAME}.")
    lines.append(NOT_CBS)
    return lines


def _day(day: date) -> str:
    return periods.period(day.isoformat()).label


def _date_parts(day: date | None) -> list[int] | None:
    return [day.year, day.month, day.day] if day else None


# --- blocks ---


def _heading(level: int, text: str) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def _text(text: str, kind: str = "text") -> Block:
    return {"kind": kind, "text": text}


def _list(items: Iterable[str], kind: str = "list") -> Block:
    return {"kind": kind, "items": list(items)}


def _named(pairs: Iterable[tuple[str, str]]) -> Block:
    return {"kind": "named", "items": [list(pair) for pair in pairs]}


# --- chapters ---


def _summary(found: Report, release: Release) -> list[Block]:
    """The most important sentence of each indicator, with that of Nederland beside totals."""
    told: dict[str, tuple[str, str]] = {}
    entries = [e for _, chapter in found.chapters for e in chapter] or found.entries
    for entry in entries:
        if entry.facts or any(topic.main for topic in entry.topics):
            text = words.sentence(entry.told, release)
            if entry.facts and (beside := _country_beside(entry, release)):
                text = f"{text} {beside}"
            told.setdefault(text, (entry.indicator.titel, text))
    if not told:
        told = {"": (entries[0].indicator.titel, words.sentence(entries[0].told, release))}
    return [_heading(1, "Samenvatting"), _named(told.values()), _text(CAUTION, "note")]


def _country_beside(entry: Entry, release: Release) -> str:
    for facts in entry.facts:
        if card := facts.cards.get((COUNTRY, entry.told.choice.period)):
            return words.sentence(card, release)
    return ""


def _general(found: Report) -> list[str]:
    """The warnings that hold for more than one indicator of the report: they stand in it once."""
    count = Counter(text for entry in found.entries for text in entry.indicator.let_op)
    return [text for text, number in count.items() if number > 1]


def _key_figures(found: Report, release: Release) -> list[Block]:
    entry = found.key
    if entry is None:
        return []
    intro = f"Dit zijn alle kerncijfers van Veilig Thuis over {found.region.label} in deze levering."
    return [_heading(1, "Kerncijfers van Veilig Thuis"), _text(intro), *_facts(entry, found, release)]


def _chapter(
    head: str, intro: str, entries: Sequence[Entry], found: Report, release: Release, look: Style
) -> list[Block]:  # fmt: skip
    blocks = [_heading(1, head), _text(intro, "intro")]
    for entry in entries:
        blocks += _entry(entry, found, release, look)
    return blocks


def _entry(entry: Entry, found: Report, release: Release, look: Style) -> list[Block]:
    blocks = [_heading(2, entry.indicator.titel), _text(words.sentence(entry.told, release), "lead")]
    blocks.append(_text(entry.indicator.definitie))
    general = _general(found)
    if own := [text for text in entry.indicator.let_op if text not in general]:
        blocks.append(_list(own))
    for card in entry.series:
        blocks += _series(card, found, release, look, with_table=not entry.facts)
    if entry.facts:
        blocks += _facts(entry, found, release)
    for topic in entry.topics:
        blocks += _topic(topic, entry, found, release, look)
    return blocks


def _topic(topic: Topic, entry: Entry, found: Report, release: Release, look: Style) -> list[Block]:
    """A breakdown: what it says, its charts where it is drawn, its table and what must be said with it."""
    card = topic.card
    head = _subject(card, release)
    blocks = (
        [_heading(3, f"{head}, {words.when(card)}")] if len(entry.topics) > 1 or entry.facts or entry.series else []
    )
    sentence = words.sentence(card, release)
    unit = unit_name(card)
    if card is not entry.told:
        blocks.append(_text(sentence, "lead"))
    if topic.main:
        blocks += [
            _chart(f"{c.maat} ({unit}): {lower_first(head)}", bars(card, c, look), sentence)
            for c in card.columns
            if _drawn(card, c)
        ]
    columns = _topic_columns(topic)
    blocks += _tables(f"{head}, {found.region.label}, {words.when(card)}", "Categorie", card.lines, columns)
    shown = [column.figure(line) for line in card.lines for column in columns if not (column.shares and line.total)]
    blocks += _below([card, *([topic.shares] if topic.shares else [])], shown, release)
    return blocks


def _subject(card: CardView, release: Release) -> str:
    """What a table is about, without the name of the indicator: 'Vormen van kindermishandeling'."""
    subject = words.what(card.choice, release.catalogue).removeprefix(card.choice.indicator.titel).lstrip(": ")
    name = subject or card.choice.selection.kenmerk
    return upper_first(name.removeprefix("naar "))


def _drawn(card: CardView, column: Column) -> bool:
    """Whether a chart says more than the table: at least two numbers to set side by side."""
    figures = [card.cell(line, column) for line in card.lines if not line.total]
    return sum(f is not None and f.value is not None for f in figures) > 1


def _series(card: CardView, found: Report, release: Release, look: Style, *, with_table: bool) -> list[Block]:
    head = f"{upper_first(_measures_of(card))}, {words.when(card)}"
    sentence = words.sentence(card, release)
    blocks = [_chart(name or head, figure, sentence) for name, figure in figures_of(card, look)]
    if with_table:
        columns = [_of_card(series_name(card, c), "", card, c) for c in card.columns]
        blocks += _tables(f"{head}, {found.region.label}", "Periode", card.lines, columns)
    shown = [f for *_, f in card.figures()] if with_table else []
    return [*blocks, *_below([card], shown, release)]


def _measures_of(card: CardView) -> str:
    return words.join([lower_first(maat) for maat in dict.fromkeys(c.maat for c in card.columns)])


def _facts(entry: Entry, found: Report, release: Release) -> list[Block]:
    """The totals, a table for each kind of period, with the areas around beside each period."""
    blocks: list[Block] = []
    shown: list[Figure | None] = []
    for facts in entry.facts:
        columns = _fact_columns(facts)
        lines = [Line(maat, maat) for maat in facts.measures]
        reach = words.join([periods.period(code).label for code in facts.periods])
        blocks += _tables(f"Aantallen per maat, {found.region.label}, {reach}", "Maat", lines, columns)
        if facts.older:
            what = periods.KINDS[facts.kind]
            blocks.append(_text(f"Cijfers over {facts.older} eerdere {what} staan in de Impactmonitor.", "note"))
        shown += [column.figure(line) for line in lines for column in columns]
    cards = [card for facts in entry.facts for card in facts.cards.values()]
    return [*blocks, *_below(cards, shown, release)]


def _without(found: Report) -> list[Block]:
    """What is not in the report, by name, and why."""
    blocks = [_heading(1, "Geen cijfers in deze levering")]
    if found.without:
        blocks.append(
            _text(f"Van deze indicatoren bevatten de geladen bronnen geen cijfers over {found.region.label}:")
        )
        blocks.append(_list(i.titel for i in found.without))
    if found.country_only:
        blocks.append(_text("Deze indicatoren gaan alleen over heel Nederland en staan daarom niet in dit rapport:"))
        blocks.append(_list(i.titel for i in found.country_only))
    return blocks


def _measures(found: Report, release: Release) -> list[Block]:
    """What was counted: the definition of each measure in the report."""
    used = {f.row["maat"] for entry in found.entries for card in entry.cards for *_, f in card.figures()}
    pairs = [(m.maat, m.definitie) for m in release.catalogue.measures.values() if m.maat in used]
    return [_heading(1, "Wat is er geteld?"), _named(pairs)]


def _signs() -> list[Block]:
    absent = [ABSENT_AT_LENGTH, f"{NOT_APPLICABLE}: het totaal zelf heeft geen aandeel."]
    return [
        _heading(1, "Tekens en status"),
        _heading(2, "Tekens"),
        _named(_pair(text) for text in (*SIGN_MEANINGS.values(), *absent)),
        _heading(2, "Status"),
        _named(_pair(text) for text in STATUS_MEANINGS.values()),
    ]


def _pair(text: str) -> tuple[str, str]:
    name, meaning = text.split(": ", 1)
    return name, upper_first(meaning)


def _source_list(found: Report, release: Release) -> list[Block]:
    """All sources of the figures in the report, each once, by publisher."""
    ids = {f.source for entry in found.entries for card in _all_cards(entry) for *_, f in card.figures()}
    sources = sorted((release.catalogue.sources[name] for name in ids), key=lambda s: (s.uitgever, s.titel, s.tabel))
    return [
        _heading(1, "Bronnen"),
        {
            "kind": "sources",
            "items": [{"text": source_text(s), "address": s.adres, "licence": s.licentie} for s in sources],
        },
    ]


def _all_cards(entry: Entry) -> list[CardView]:
    beside = [card for facts in entry.facts for card in facts.cards.values()]
    return [*entry.cards, *beside, *(card for topic in entry.topics for _, card in topic.wider)]


# --- charts and tables ---


def _chart(name: str, figure: dict[str, Any], sentence: str) -> Block:
    """A chart with its name above it; what is read out for it is what the page has for its chart."""
    alt = f"{name}. {sentence} Alle cijfers staan in de tabel."
    return {
        "kind": "chart",
        "caption": name,
        "alt": alt,
        "svg": svg(figure, width=CHART_WIDTH, name=name, description=alt),
    }


@dataclass(frozen=True)
class Numbers:
    """A column of a table: its heading, the heading that it shares with its neighbours, and its figures.

    `shares` says that they are shares, which a total does not have.
    """

    group: str
    head: str
    figure: Callable[[Line], Figure | None]
    shares: bool = False

    def text(self, line: Line, marks: Mapping[str, str]) -> str:
        """A cell as the page writes it, with the mark of its status where there are marks."""
        figure = self.figure(line)
        text = NOT_APPLICABLE if figure is None and line.total and self.shares else cell_text(figure)
        return f"{text}{marks.get(figure.status, '')}" if figure else text


def _of_card(group: str, head: str, card: CardView, column: Column) -> Numbers:
    return Numbers(group, head, lambda line: card.cell(line, column), card.choice.presentation == "aandeel")


def _topic_columns(topic: Topic) -> list[Numbers]:
    """For each measure the number, the share, and the same of the areas around."""
    out = []
    for column in topic.card.columns:
        unit = unit_name(topic.card)
        own = [_of_card(column.maat, unit, topic.card, column)]
        if topic.shares and (shares := _column(topic.shares, column.maat)):
            own.append(_of_card(column.maat, "aandeel", topic.shares, shares))
        beside = "aandeel" if topic.shares else unit
        for area, card in topic.wider:
            if there := _column(card, column.maat):
                own.append(_of_card(column.maat, f"{beside}, {area.label}", card, there))
        out += own
    return out


def _fact_columns(facts: Facts) -> list[Numbers]:
    """For each period the numbers of the region and of the areas around."""

    def column(area: Region, code: str) -> Numbers:
        return Numbers(periods.period(code).label, area.label, lambda line: facts.figure(area, code, line.key))

    return [column(area, code) for code in facts.periods for area in facts.areas if (area.code, code) in facts.cards]


def _column(card: CardView, maat: str) -> Column | None:
    return next((c for c in card.columns if c.maat == maat), None)


def cell_text(figure: Figure | None) -> str:
    """A figure as the table of the page shows it: the number, or the word for its sign with the sign itself."""
    text = figure_text(figure)
    if figure is None:
        return text
    if figure.value is None:
        return f"{text} ({figure.sign})" if figure.sign in PRINTED_SIGNS else text
    return f"{text} (eerst\u00a0{first_value(figure)})" if figure.first else text


def _tables(caption: str, axis: str, lines: Sequence[Line], columns: Sequence[Numbers]) -> list[Block]:
    """A table, or more of them where the columns do not fit on a page.

    Where not all figures have one status, those that are not final carry a mark, as CBS marks its periods.
    """
    out = []
    for part in _parts(columns):
        statuses = {f.status for line in lines for c in part if (f := c.figure(line))}
        groups = [(name, list(own)) for name, own in groupby(part, key=lambda c: c.group)]
        grouped = any(len(own) > 1 for _, own in groups)
        marks = MARKS if len(statuses) > 1 else {}
        out.append(
            {
                "kind": "table",
                "caption": caption,
                "axis": axis,
                "groups": [[name, len(own)] for name, own in groups] if grouped else [],
                "heads": [c.head if grouped else _joined(c) for c in part],
                "rows": [
                    {"cells": [line.label, *(c.text(line, marks) for c in part)], "total": line.total} for line in lines
                ],
                "status": status_text(statuses),
            }
        )
    return out


def status_text(statuses: set[str]) -> str:
    """The line under a table: the one status of its figures, or what the marks in it mean."""
    if len(statuses) == 1:
        return f"Status van deze cijfers: {next(iter(statuses))}."
    meanings = [f"{MARKS[status]} {MARK_WORDS[status]}" for status in MARKS if status in statuses]
    rest = ["zonder sterretje: definitief"] if "definitief" in statuses else []
    return f"Status van deze cijfers: {'; '.join([*meanings, *rest])}."


def _joined(column: Numbers) -> str:
    """Both headings in one, without 'aantal': that is what a column without more holds."""
    return f"{column.group}: {column.head}" if column.head not in ("", "aantal") else column.group


def _parts(columns: Sequence[Numbers]) -> list[list[Numbers]]:
    """The columns in parts of at most MOST_NUMBERS; columns under one heading stay together."""
    parts: list[list[Numbers]] = []
    for _, found in groupby(columns, key=lambda c: c.group):
        group = list(found)
        if parts and len(parts[-1]) + len(group) <= MOST_NUMBERS:
            parts[-1] += group
        else:
            parts.append(group)
    return parts


def _below(cards: Sequence[CardView], shown: Iterable[Figure | None], release: Release) -> list[Block]:
    """What must be said with figures, each thing once: signs, overlap, computed shares, revisions, and the sources."""
    figures = list(shown)
    texts = dict.fromkeys(text for card in cards for text in _paragraphs(notes(card, release)))
    blocks = [_list([*sign_meanings(figures, ABSENT_AT_LENGTH), *texts], "notes")]
    ids = dict.fromkeys(f.source for f in [*figures, *(f for card in cards for *_, f in card.figures())] if f)
    named = [source_text(release.catalogue.sources[name]) for name in ids]
    return [*(b for b in blocks if b["items"]), _list([f"Bron: {text}." for text in named], "notes")]


def _paragraphs(node: Any) -> list[str]:
    """The paragraphs and entries of lists in the notes of a card, as plain text; signs are told apart from them."""
    if isinstance(node, (list, tuple)):
        return [text for part in node for text in _paragraphs(part)]
    if not isinstance(node, Component) or getattr(node, "className", "") == "tekens":
        return []
    children = getattr(node, "children", None)
    if type(node).__name__ in ("P", "Li"):
        return [_plain(children)]
    if type(node).__name__ == "Summary":
        return []
    return _paragraphs(children)


def _plain(node: Any) -> str:
    if isinstance(node, (list, tuple)):
        return "".join(map(_plain, node))
    return _plain(getattr(node, "children", None)) if isinstance(node, Component) else "" if node is None else str(node)


# --- the file ---

_making = threading.Lock()


def pdf(release: Release, region: Region, look: Style = STANDARD) -> bytes:
    """The report of a region as PDF/UA-1, in a style. One at a time in a process; the last ones are kept.

    Raises:
        RuntimeError: the template cannot be set with this content.
    """
    with _making:
        return _pdf(release, region, look)


@per_release(most=KEPT)
def _pdf(release: Release, region: Region, look: Style) -> bytes:
    return typeset(contents(report(release, region), release, look))


def typeset(content: dict[str, Any]) -> bytes:
    """Set the content, what `contents` gives, with the template: a tagged PDF, the same for the same content.

    typst keeps what it worked out for as long as its process lives, some 20 MB for each report; so it gets a process of
    its own, which costs a tenth of the time that a report takes.

    Raises:
        RuntimeError: the template cannot be set with this content.
    """
    asked = {"template": str(TEMPLATE), "fonts": str(FOLDER), "content": content}
    made = subprocess.run(
        [sys.executable, "-I", str(TYPESETTER)], input=json.dumps(asked).encode(), capture_output=True, check=False
    )
    if made.returncode:
        raise RuntimeError(made.stderr.decode(errors="replace").strip())
    return made.stdout
