from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.signs import read_cell
from tests.data.strategies import any_text


def dutch(number: int, thousands: str, decimals: str = "") -> str:
    return f"{number:,}".replace(",", thousands) + (f",{decimals}" if decimals else "")


@pytest.mark.parametrize(
    ("cell", "thousands", "number"),
    [
        ("53 080", " ", 53080),
        ("5", " ", 5),
        ("0", " ", 0),
        ("2.960", ".", 2960),
        ("127.340", ".", 127340),
        ("1.234.567", ".", 1234567),
        ("28,5", ".", 28.5),
        ("100,0", ".", 100),
        (" 905 ", ".", 905),
        ("1905", "", 1905),
    ],
)
def test_a_number_as_printed(cell: str, thousands: str, number: float) -> None:
    assert read_cell(cell, thousands) == (number, "")


@pytest.mark.parametrize(("cell", "sign"), [(".", "."), ("x", "x"), ("-", "-"), ("", "leeg"), ("  ", "leeg")])
def test_a_sign_is_never_a_number(cell: str, sign: str) -> None:
    assert read_cell(cell) == (None, sign)


@pytest.mark.parametrize(
    ("cell", "thousands"),
    [
        ("1905", "."),
        ("1 905", "."),
        ("1.905", " "),
        ("19.05", "."),
        ("1,905.5", "."),
        ("0.905", "."),
        ("007", "."),
        ("-5", "."),
        ("..", "."),
        ("X", "."),
        ("5*", "."),
        ("1e3", "."),
        ("nan", "."),
        ("٥", "."),
        ("5,", "."),
    ],
)
def test_anything_else_is_refused(cell: str, thousands: str) -> None:
    with pytest.raises(ValueError, match="geen getal in de schrijfwijze"):
        read_cell(cell, thousands)


@given(st.integers(0, 10**9), st.sampled_from([".", " ", ""]), st.text("0123456789", max_size=2))
def test_dutch_notation_comes_back_as_the_same_number(number: int, thousands: str, decimals: str) -> None:
    expected = float(f"{number}.{decimals or 0}")
    assert read_cell(dutch(number, thousands, decimals), thousands) == (expected, "")


@given(any_text)
def test_only_a_printed_zero_is_zero(cell: str) -> None:
    try:
        value, sign = read_cell(cell)
    except ValueError:
        return
    assert (value is None) == bool(sign)
    assert value != 0 or cell.strip().strip("0") in ("", ",")
