from __future__ import annotations

import pytest

from data.series import series_of
from tests.data.test_schema import table


@pytest.mark.parametrize(
    ("rows", "in_series"),
    [
        ([{"periode": "2020JJ00"}], []),
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00"}], ["2020JJ00", "2021JJ00"]),
        ([{"periode": "2020HJ01"}, {"periode": "2020JJ00"}], []),
        (
            [{"periode": "2020HJ01"}, {"periode": "2020HJ02"}, {"periode": "2020JJ00"}],
            ["2020HJ01", "2020HJ02"],
        ),
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00", "waarde": None, "teken": "."}], []),
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00", "regio_code": "PV21"}], []),
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00", "eenheid": "%", "waarde": 5.0}], []),
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00", "categorie": "Onbekend"}], []),
    ],
)
def test_a_series_is_two_numbers_of_one_thing_over_periods_of_one_kind(
    rows: list[dict[str, object]], in_series: list[str]
) -> None:
    assert list(series_of(table(*rows))["periode"]) == in_series


def test_nothing_is_no_series() -> None:
    assert series_of(table({}).iloc[:0]).empty
