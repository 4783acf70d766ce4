"""The figures of a card as a real table, and what its signs mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from components.elements import html
from components.figures.series import name as column_name
from components.html_text import fixed, text_in_html, to_html
from components.numbers import PRINTED_SIGNS, figure_text, number, sign_meanings, unit_name
from data.text import upper_first
from data.view import CardView, Column, Figure, Line

AXIS_HEADS = {"maat": "Maat", "categorie": "Categorie", "regio": "Regio", "periode": "Periode"}


def table(card: CardView, caption: str) -> html.Table:
    """A table with a row per line, a column per measure (and region), and the status where it differs."""
    statuses = {f.status for *_, f in card.figures()}
    with_status = len(statuses) > 1
    heads = [html.Th(AXIS_HEADS[card.axis], scope="col")]
    heads += [html.Th(_head(card, c), scope="col", className="getal") for c in card.columns]
    with_inhabitants = card.axis == "regio" and card.choice.presentation == "per10000"
    if with_inhabitants:
        heads.append(html.Th("Inwoners", scope="col", className="rechts"))
    if card.marks:
        heads.append(html.Th("Tegenover eerdere", scope="col"))
    if with_status:
        heads.append(html.Th("Status", scope="col"))
    more: list[tuple[str, Callable[[CardView, Line], str]]] = [
        *([(' class="rechts"', _inhabitants)] if with_inhabitants else []),
        *([("", _marked)] if card.marks else []),
        *([("", _status)] if with_status else []),
    ]
    rows = [_row(card, line, more) for line in card.lines]
    return html.Table([html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(rows)], className="cijfers")


def _row(card: CardView, line: Line, more: Sequence[tuple[str, Callable[[CardView, Line], str]]]) -> html.Tr:
    """A row, written at once: of more than three hundred gemeenten, elements would cost as much as all else."""
    named = " ".join(name for name, on in (("gekozen", line.chosen), ("totaal", line.total)) if on)
    mark = f' class="{named}"' if named else ""
    cells = "".join([f'<td class="getal">{_written(cell(card.cell(line, c)))}</td>' for c in card.columns])
    cells += "".join([f"<td{attribute}>{text_in_html(told(card, line))}</td>" for attribute, told in more])
    return fixed(html.Tr(), f'<tr{mark}><th scope="row">{text_in_html(line.label)}</th>{cells}</tr>')


def _written(content: list[object] | str) -> str:
    return text_in_html(content) if isinstance(content, str) else to_html(content)


def _head(card: CardView, column: Column) -> str:
    if card.axis == "maat":
        return upper_first(unit_name(card))
    return column_name(card, column)


def cell(figure: Figure | None) -> list[object] | str:
    """What stands in the cell of a figure: number, hedge or sign; what was published first, or the count of a rate."""
    text = figure_text(figure)
    if figure is None:
        return [html.Span(text, className="teken")]
    if figure.value is None:
        printed = [html.Span(f" ({figure.sign})")] if figure.sign in PRINTED_SIGNS else []
        return [html.Span([text, *printed], className="teken")]
    if figure.population:
        return [text, html.Span(f"aantal {number(figure.row['waarde'])}", className="erbij")]
    if figure.first:
        return [text, html.Span(f"eerst {first_value(figure)}", className="eerst")]
    return text


def _inhabitants(card: CardView, line: Line) -> str:
    """The inhabitants of a region by which its rates are computed."""
    found = [f.population for c in card.columns if (f := card.cell(line, c)) and f.population]
    return number(found[0].inhabitants) if found else "–"


def first_value(figure: Figure) -> str:
    """The first published value of a revised figure, as text."""
    row = figure.first or {}
    value = row["oud_waarde"]
    return row["oud_teken"] if value != value else number(value, figure.unit, figure.decimals)


def _marked(card: CardView, line: Line) -> str:
    """Which figures of a line leave the range of the earlier ones: 'hoger', with the name where there are more."""
    there = [(c, card.marks[line.key, c.key]) for c in card.columns if (line.key, c.key) in card.marks]
    texts = [f"{column_name(card, c)}: {way}" if len(card.columns) > 1 else way for c, way in there]
    return ", ".join(texts) or "–"


def _status(card: CardView, line: Line) -> str:
    found = dict.fromkeys(f.status for c in card.columns if (f := card.cell(line, c)))
    return ", ".join(found) or "–"


def signs(card: CardView) -> html.Ul | None:
    """What the signs in this table mean; None when there are none."""
    meanings = sign_meanings(card.cell(line, c) for line in card.lines for c in card.columns)
    return html.Ul([html.Li(text) for text in meanings], className="tekens") if meanings else None
