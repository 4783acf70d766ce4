from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import rates
from data.errors import DataError
from data.inhabitants import Population
from data.release import Release


def test_nederland_2023_worked_by_hand() -> None:
    # 127.340 / 17.811.291 x 10.000 = 71,4939; rounding to fives moves it 0,0014 at most.
    found = rates.rate(127_340, 17_811_291)
    assert found is not None
    assert (found.value, found.decimals, found.about) == (71.5, 1, False)


def test_drenthe_and_midden_drenthe_2023_worked_by_hand() -> None:
    # 1.905 / 502.051 x 10.000 = 37,944 (0,0498 doubt); 105 / 33.987 x 10.000 = 30,894 (0,736 doubt).
    region, gemeente = rates.rate(1_905, 502_051), rates.rate(105, 33_987)
    assert region is not None
    assert gemeente is not None
    assert (region.value, region.decimals, region.about) == (37.9, 1, False)
    assert (gemeente.value, gemeente.decimals, gemeente.about) == (31.0, 0, True)
    assert gemeente.low == pytest.approx(102.5 / 3.3987)
    assert gemeente.high == pytest.approx(107.5 / 3.3987)


def test_small_places_and_small_counts_have_no_rate() -> None:
    assert rates.rate(40, 12_000) is None  # the last digit could be two off
    assert rates.rate(5, 100_000) is None  # half of it is doubt
    assert rates.rate(0, 100_000) is None
    assert rates.rate(100, 0) is None


def test_exact_counts_are_exact() -> None:
    found = rates.rate(84, 79_811, rounded_to=0)  # 10,5249 per 10.000
    assert found is not None
    assert (found.value, found.decimals, found.about) == (10.5, 1, False)


@given(st.integers(0, 40_000), st.integers(900, 18_000_000))
def test_the_true_rate_is_never_further_off_than_the_digits_say(count: int, inhabitants: int) -> None:
    published = 5 * count
    found = rates.rate(published, inhabitants)
    if found is None:
        return
    digit = 10.0**-found.decimals
    allowed = digit / 2 + (digit if found.about else digit / 2)
    for true in (max(published - 2, 0), published, published + 2):
        assert abs(10_000 * true / inhabitants - found.value) <= allowed + 1e-9
    assert found.value > 0


@pytest.mark.parametrize(
    ("now", "before", "absolute", "percent"),
    [
        (66_730, 64_960, 1_770, 3),  # 2,72%
        (1_905, 2_205, -300, -14),  # -13,6%
        (127_340, 127_340, None, None),
        (105, 100, None, None),  # 102,5 to 107,5 against 97,5 to 102,5: perhaps no change at all
        (100, 105, None, None),
        (115, 105, 10, None),  # a change, but 4,7% to 14,6%
        (10, 0, 10, None),
    ],
)
def test_a_change_says_no_more_than_the_rounding(
    now: int, before: int, absolute: int | None, percent: int | None
) -> None:
    found = rates.change(now, before)
    assert found.absolute == absolute
    assert (found.percent.value if found.percent else None) == percent


def test_a_change_of_exact_counts_is_exact() -> None:
    found = rates.change(126, 120, rounded_to=0)
    assert found.absolute == 6
    assert found.percent is not None
    assert (found.percent.value, found.percent.about) == (5, False)
    assert rates.change(120, 120, rounded_to=0) == rates.Change(0, None)


@given(st.integers(1, 5_000), st.integers(1, 5_000))
def test_a_percentage_is_never_more_than_its_doubt_off(now: int, before: int) -> None:
    found = rates.change(5 * now, 5 * before).percent
    if found is None:
        return
    for a in (5 * now - 2, 5 * now + 2):
        for b in (5 * before - 2, 5 * before + 2):
            assert abs(100 * (a - b) / b - found.value) <= (1.5 if found.about else 1.0) + 1e-9


def test_a_place_counts_from_the_highest_and_shares() -> None:
    assert rates.place(30, [50, 40, 30, 20]) == rates.Place(3, 4, False)
    assert rates.place(40, [50, 40, 40, 20]) == rates.Place(2, 4, True)
    assert rates.place(20, [50, 40, 40, 20]) == rates.Place(4, 4, False)


def test_peers_are_the_nearest_in_size() -> None:
    sizes = {"a": 100, "b": 110, "c": 1000, "d": 91, "e": 50}
    assert rates.peers("a", sizes, 3) == ["d", "b", "e"]
    assert rates.peers("unknown", sizes) == []


def test_only_counts_of_declared_measures_over_a_year_or_half_year_have_a_rate() -> None:
    assert rates.year_for("Ontvangen meldingen", "aantal", "", "2023JJ00") == 2023
    assert rates.year_for("Ontvangen meldingen", "aantal", "", "2019HJ02") == 2019
    for maat, unit, sign, period in [
        ("Ontvangen meldingen", "%", "", "2023JJ00"),
        ("Ontvangen meldingen", "aantal", "ruim", "2023JJ00"),
        ("Ontvangen meldingen", "aantal", "", "2020KW01"),
        ("Ontvangen meldingen", "aantal", "", "2023-12-31"),
        ("Ontvangen meldingen", "aantal", "", "2014-2023"),
        ("Kinderen met kindermishandeling (schatting)", "aantal", "", "2017JJ00"),
        ("Actieve casussen", "aantal", "", "2019HJ01"),
    ]:
        assert rates.year_for(maat, unit, sign, period) is None


def test_inhabitants_of_another_year_give_no_rate() -> None:
    asked = (1_905, "", "Ontvangen meldingen", "aantal", "2023JJ00")
    assert rates.rate_of(*asked, Population(502_051, 2023, ()), 5) is not None
    assert rates.rate_of(*asked, Population(493_682, 2020, ()), 5) is None
    assert rates.rate_of(*asked, None, 5) is None


def test_every_declared_measure_exists_and_is_a_flow(release: Release) -> None:
    for maat in rates.measures():
        assert release.catalogue.measures[maat].soort == "stroom"


def test_a_wrong_declaration_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "rates.toml").write_text('per_inwoners = "alles"', encoding="utf-8")
    with pytest.raises(DataError, match="geen lijst van maten"):
        rates.measures(tmp_path)
