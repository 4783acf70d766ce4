"""What stands on the screen and in the file for a card, read back from the finished card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from dash import dcc

from components.card import card as make_card
from components.export import card_csv
from components.html_text import to_html
from components.numbers import NOT_THERE, SIGN_WORDS
from data.release import Release
from data.schema import KEY
from data.signs import IN_WORDS
from data.view import CardView
from tests.reading import Table, csv_number, dutch_number, parse, read_csv, read_table


def graphs(card: CardView, release: Release) -> list[dcc.Graph]:
    return [node for node in make_card(card, release)._traverse() if isinstance(node, dcc.Graph)]


def points(figure: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, float | None]]]]:
    """Name and (label, number) of each series in a chart; the parts of a broken line are one series."""
    series: dict[str, list[tuple[str, float | None]]] = {}
    layout = figure["layout"]
    for trace in figure["data"]:
        if trace.get("hoverinfo") == "skip":
            continue  # the bar between two bounds, which stand there themselves
        flat = layout["yaxis"].get("type") == "category"
        labels, numbers = (trace["y"], trace["x"]) if flat else (trace["x"], trace["y"])
        if flat and layout["xaxis"].get("type") == "category":
            numbers = [dutch_number(text) for text in trace["text"]]  # a matrix: the number is only written
        here = list(zip(map(plain_label, labels), numbers, strict=True))
        before = series.setdefault(whole_name(trace), [(label, None) for label, _ in here])
        for at, (label, number) in enumerate(here):
            assert before[at][0] == label
            assert number is None or before[at][1] is None, "two points for one period"
            before[at] = (label, number if number is not None else before[at][1])
    yield from series.items()


def whole_name(trace: dict[str, Any]) -> str:
    """The name of a series; in the legend a long one stands on several lines."""
    return unescape(trace.get("name", "").replace("<br>", " "))


def plain_label(text: str) -> str:
    """A label of the chart without line ends and without white space, which differs where it is wrapped."""
    return "".join(unescape(text.replace("<br>", "")).split())


def same_everywhere(card: CardView, release: Release) -> None:
    """The chart, the table and the file of a card hold the same numbers."""
    table = read_table(parse(to_html(make_card(card, release))))
    charts = [node.figure for node in graphs(card, release)]
    agree(card, table, read_csv(card_csv(card, release)), charts)


def agree(card: CardView, table: Table, file: list[dict[str, str]], charts: list[dict[str, Any]]) -> None:
    """A table, a file and charts of a card, wherever they were read, hold the same numbers in the same places."""
    # The file and the table: every figure once, in the same order, with its sign.
    cells = [
        (heading, head, text)
        for heading, row in table.rows
        for head, text in zip(table.heads[1:], row, strict=False)
        if text != NOT_THERE
    ]
    assert len(cells) == len(file)
    several_regions = len({column.region for column in card.columns}) > 1
    for (heading, head, text), row in zip(cells, file, strict=True):
        value = csv_number(row["Waarde"])
        # A share that the source only gives in words has those behind its number, a hedge stands before it.
        told = row["Teken"] if value is not None else ""
        before, behind = ("", f", ‘{told}’") if told in IN_WORDS else (f"{told} " if told else "", "")
        if value is None:
            assert text.startswith(SIGN_WORDS[row["Teken"]]), f"{heading}, {head}"
        else:
            assert dutch_number(text) == value, f"{heading}, {head}: {text} is not {value}"
            assert re.match(r"\d", text.removeprefix(before)) and text.startswith(before), f"{heading}, {head}: {text}"
            assert text.endswith(behind) and ("‘" in text) == bool(behind), f"{heading}, {head}: {text}"
        assert text.removesuffix(behind).endswith("%") == (row["Eenheid"] == "%" and value is not None)
        wanted = {"maat": "Maat", "categorie": "Categorie", "regio": "Regio", "periode": "Periode"}[card.axis]
        if card.choice.selection.pair:
            told_of = {"Totaal", *row["Categorie"].split(" | ")}
            assert heading in told_of and head.split(", ")[-1] in told_of, f"{heading}, {head}"
            assert {heading, head.split(", ")[-1]} >= set(row["Categorie"].split(" | ")) - {"Totaal"}
        else:
            assert heading == row[wanted] or (card.axis == "regio" and heading.startswith(f"{row['Regio']} ("))
            by_category = card.axis == "periode" and card.choice.selection.group
            assert not by_category or head.endswith(row["Categorie"])
            assert (
                row["Regio"] in head if several_regions else by_category or card.axis == "maat" or row["Maat"] == head
            )

    # The charts and the table: series for series the columns, in the same order.
    columns = list(zip(*table.numbers, strict=True))
    rows = [plain_label(heading) for heading, _ in table.rows]
    drawn = [(chart, bars) for chart in charts for _, bars in points(chart)]
    assert len(drawn) == len(columns) == len(card.columns)
    for at, ((chart, bars), column) in enumerate(zip(drawn, columns, strict=True)):
        if card.choice.view == "tijdreeksen":
            assert [number for _, number in bars] == list(column)
            continue
        known = [(label, number) for label, number in zip(rows, column, strict=True) if number is not None]
        assert [(label, number) for label, number in bars if number is not None] == known
        if len(columns) == len(charts) and card.choice.form != "voor-na":
            listed = [
                label
                for label, (_, cells_of_row) in zip(rows, table.rows, strict=True)
                if cells_of_row[at] != NOT_THERE
            ]
            assert [label for label, _ in bars] == listed
            unknown = {plain_label(note["y"]): note["text"] for note in chart["layout"]["annotations"]}
            assert set(unknown) == {label for label, number in bars if number is None}
            assert set(unknown.values()) <= set(SIGN_WORDS.values())
    if card.choice.view == "tijdreeksen":
        heads = [head for head in table.heads[1:] if head not in ("Status", "Tegenover eerdere")]
        names = [name for chart in charts for name, _ in points(chart)]
        assert all(head.lower().endswith(name.lower()) for name, head in zip(names, heads, strict=True))
    elif card.choice.selection.pair or card.choice.form == "voor-na":
        # What is not known has a word in its place.
        words = sum(len(chart["layout"]["annotations"]) for chart in charts)
        assert words == sum(number is None for column in columns for number in column)


def as_published(card: CardView, release: Release) -> None:
    """What a card shows as published is the current figure of the release, value and sign."""
    for *_, figure in card.figures():
        if not figure.computed:
            assert published(release)[tuple(figure.row[name] for name in KEY)] == (figure.value, figure.sign)


_published: dict[int, dict[tuple[str, ...], tuple[float | None, str]]] = {}


def published(release: Release) -> dict[tuple[str, ...], tuple[float | None, str]]:
    """The current figures by key: value and sign."""
    if id(release) not in _published:
        keys = zip(*(release.figures[name] for name in KEY), strict=True)
        values = (None if value != value else value for value in release.figures["waarde"])
        _published[id(release)] = dict(zip(keys, zip(values, release.figures["teken"], strict=True), strict=True))
    return _published[id(release)]
