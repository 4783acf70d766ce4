import csv
from collections.abc import Callable
from dataclasses import replace

import pytest

from components.numbers import SIGN_MEANINGS, SIGN_WORDS, figure_text, number, sign_meanings
from data.clean import SOURCES
from data.signs import HEDGES, IN_WORDS, SIGNS
from data.view import CardView, Figure


@pytest.fixture
def count(shown: Callable[..., CardView]) -> Figure:
    card = shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02")
    return next(figure for *_, figure in card.figures())


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (5, "5"), (999, "999"), (1000, "1.000"), (1905, "1.905"), (66730, "66.730"), (1234567, "1.234.567")],
)
def test_a_count_has_a_dot_for_thousands(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(28.5, 1, "28,5%"), (66, 1, "66,0%"), (66, 0, "66%"), (0.4, 1, "0,4%")]
)
def test_a_percentage_has_a_decimal_comma(value: float, decimals: int, text: str) -> None:
    assert number(value, "%", decimals) == text


def test_the_hedge_of_the_source_stays(count: Figure) -> None:
    assert figure_text(replace(count, value=43000.0, sign="ruim")) == "ruim 43.000"
    assert figure_text(replace(count, value=50.0, sign="bijna", unit="%")) == "bijna 50%"


def test_a_share_that_is_only_told_in_words_keeps_them(count: Figure) -> None:
    assert figure_text(replace(count, value=50.0, sign="de helft", unit="%")) == "50%, ‘de helft’"


def test_every_sign_of_a_source_has_its_own_word_and_meaning() -> None:
    signs = [*SIGNS, "te klein", "geen inwonertal", "niet precies"]
    assert set(SIGN_WORDS) == set(SIGN_MEANINGS) == set(signs)
    assert len(set(SIGN_WORDS.values())) == len(signs)


@pytest.mark.parametrize("sign", list(SIGN_WORDS))
def test_a_sign_is_a_word_and_never_a_number(sign: str, count: Figure) -> None:
    text = figure_text(replace(count, value=None, sign=sign))
    assert text == SIGN_WORDS[sign]
    assert not any(c.isdigit() for c in text)


def test_what_the_sources_do_not_contain_is_not_available() -> None:
    assert figure_text(None) == "niet beschikbaar"


def test_a_published_zero_is_a_zero(count: Figure) -> None:
    assert figure_text(replace(count, value=0.0)) == "0"


def test_a_mark_that_nobody_declared_is_quoted_and_never_a_number(count: Figure) -> None:
    strange = replace(count, value=None, sign="Onverwacht")
    assert figure_text(strange) == "geen getal (‘Onverwacht’)"
    [meaning] = sign_meanings([strange])
    assert "‘Onverwacht’" in meaning
    assert "Het is geen nul." in meaning
    assert figure_text(replace(count, value=5.0, sign="Onverwacht")) == "5, ‘Onverwacht’"


def test_every_published_figure_reads_as_the_cell_of_its_source(cards: dict[str, CardView]) -> None:
    """The last digit and the sign included: nothing is rounded, added or dropped on the way to the screen."""
    files: dict[str, list[list[str]]] = {}
    compared = 0
    in_words: set[str] = set()
    for name, card in cards.items():
        for *_, figure in card.figures():
            if figure.computed:
                continue
            row = figure.row
            if row["bron"] not in files:
                with (SOURCES / f"{row['bron']}.csv").open(encoding="utf-8", newline="") as handle:
                    files[row["bron"]] = list(csv.reader(handle))
            table = files[row["bron"]]
            cell = table[row["rij"] - 1][table[0].index(row["kolom"])].strip()
            text = figure_text(figure)
            if cell in SIGNS or not cell:
                assert text == SIGN_WORDS[cell or "leeg"], f"{name}: {row}"
            else:
                told = table[row["rij"] - 1][table[0].index("Teken")] if "Teken" in table[0] else ""
                before = f"{told} " if told in HEDGES else ""
                behind = f", ‘{told}’" if told in IN_WORDS else ""
                assert bool(told) == bool(before or behind), f"{name}: {row}"
                unit = "%" if figure.unit == "%" else ""
                assert text == f"{before}{cell.replace(' ', '.')}{unit}{behind}", f"{name}: {row}"
                in_words |= {told} & IN_WORDS
            compared += 1
    assert compared > 400
    assert in_words == {"de helft", "ongeveer drie op de tien", "meer dan de helft"}, "those of the cards at first"
