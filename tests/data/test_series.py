from __future__ import annotations

import pytest

from data.store import SERIES
from tests.data.parts import part_of


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
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00", "waarde": None}], []),
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00", "regio_code": "PV21"}], []),
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00", "eenheid": "%", "waarde": 5.0}], []),
        ([{"periode": "2020JJ00"}, {"periode": "2021JJ00", "categorie": "Onbekend"}], []),
    ],
)
def test_a_series_is_two_numbers_of_one_thing_over_periods_of_one_kind(
    rows: list[dict[str, object]], in_series: list[str]
) -> None:
    assert list(part_of(*rows).that(SERIES).by_period()) == in_series


def test_nothing_is_no_series() -> None:
    assert part_of().that(SERIES).empty
