from __future__ import annotations

import pytest
from hypothesis import given

from data.periods import from_statline, period, span
from tests.data.strategies import any_text


@pytest.mark.parametrize(
    ("code", "kind", "label", "in_sentence"),
    [
        ("2019HJ01", "halfjaar", "1e halfjaar 2019", "het 1e halfjaar van 2019"),
        ("2019HJ02", "halfjaar", "2e halfjaar 2019", "het 2e halfjaar van 2019"),
        ("2023JJ00", "jaar", "2023", "2023"),
        ("2020KW04", "kwartaal", "4e kwartaal 2020", "het 4e kwartaal van 2020"),
        ("2017MM01", "maand", "januari 2017", "januari 2017"),
        ("2017MM12", "maand", "december 2017", "december 2017"),
        ("2023-12-31", "peildatum", "31 december 2023", "31 december 2023"),
        ("2014-2023", "reeks jaren", "2014 tot en met 2023", "2014 tot en met 2023"),
    ],
)
def test_a_code_says_kind_and_label(code: str, kind: str, label: str, in_sentence: str) -> None:
    read = period(code)
    assert (read.code, read.kind, read.label, read.in_sentence) == (code, kind, label, in_sentence)
    assert read.year == int(code[:4])


@pytest.mark.parametrize(
    "code",
    ["", "2019", "2019HJ00", "2019HJ03", "2019JJ01", "2020KW05", "2017MM13", "2017MM00", "19HJ01", "2019hj01",
     "2019HJ01 ", "2023-13-01", "2023-02-30", "20231231", "2023-W01-1", "2023-2014", "2014-2014", "٢٠٢٣JJ00"],
)  # fmt: skip
def test_another_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="onbekende periode"):
        period(code)


@given(any_text)
def test_any_text_is_a_period_or_a_value_error(text: str) -> None:
    try:
        assert period(text).code == text
    except ValueError as error:
        assert str(error).startswith("onbekende periode")


def test_periods_follow_each_other_by_their_beginning() -> None:
    codes = ["2020JJ00", "2019HJ02", "2019HJ01", "2020HJ02", "2018-12-31", "2019KW02"]
    assert [p.code for p in sorted(map(period, codes))] == [
        "2018-12-31", "2019HJ01", "2019KW02", "2019HJ02", "2020JJ00", "2020HJ02",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        ("2019HJ02", "2021HJ01", ["2019HJ02", "2020HJ01", "2020HJ02", "2021HJ01"]),
        ("2019JJ00", "2021JJ00", ["2019JJ00", "2020JJ00", "2021JJ00"]),
        ("2019KW04", "2020KW02", ["2019KW04", "2020KW01", "2020KW02"]),
        ("2019MM12", "2020MM01", ["2019MM12", "2020MM01"]),
        ("2019HJ01", "2019HJ01", ["2019HJ01"]),
        ("2020-12-31", "2023-12-31", ["2020-12-31", "2023-12-31"]),
    ],
)
def test_a_span_has_no_gaps(first: str, last: str, codes: list[str]) -> None:
    assert [p.code for p in span(period(first), period(last))] == codes


@pytest.mark.parametrize(
    ("title", "code", "status"),
    [
        ("2023*", "2023JJ00", "voorlopig"),
        ("2023**", "2023JJ00", "nader voorlopig"),
        ("2020", "2020JJ00", ""),
        ("2020 1e halfjaar", "2020HJ01", ""),
        ("2025 1e halfjaar*", "2025HJ01", "voorlopig"),
        ("2019 2e halfjaar**", "2019HJ02", "nader voorlopig"),
    ],
)
def test_titles_of_cbs_tables(title: str, code: str, status: str) -> None:
    assert from_statline(title) == (code, status)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "2023***",
        "2020 3e halfjaar",
        "halfjaar 2020",
        "2020 1e kwartaal",
        "2021-2020",
        "2020-2020",
        "2020-21",
        "31 juni 2020",
        "1 Mei 2020",
    ],
)
def test_another_title_is_refused(title: str) -> None:
    with pytest.raises(ValueError, match="onbekende periode"):
        from_statline(title)
