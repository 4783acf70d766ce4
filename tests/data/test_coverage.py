"""The rules of volledig, deels and geen, on figures typed for the rule."""

from __future__ import annotations

import pytest

from data import current
from data.catalogue import Break, View
from data.coverage import counts, coverage, crosses, first_view, full_country, full_regions, full_series
from data.store import Part
from tests.data.parts import part_of

REGIONS = current.release().regions


def typed(code: str, period: str, value: float | None, **more: str) -> dict[str, object]:
    return {"regio_code": code, "periode": period, "waarde": value} | more


def figures(*rows: tuple[str, str, float | None]) -> Part:
    """Figures of (region, period, value) of one measure."""
    return part_of(*(typed(*row) for row in rows))


def test_landelijk_needs_a_number_for_the_country() -> None:
    assert full_country(figures(("NL01", "2023JJ00", 10)))
    assert full_country(figures(("NL01", "2023JJ00", 0))), "zero is a number"
    assert not full_country(figures(("NL01", "2023JJ00", None))), "a sign is no number"
    assert not full_country(figures(("PV22", "2023JJ00", 10)))
    assert not full_country(figures())


@pytest.mark.parametrize(
    ("rows", "full"),
    [
        ([("VT01", "2023JJ00", 5), ("VT02", "2023JJ00", 5), ("VT03", "2023JJ00", 5)], True),
        ([("VT01", "2023JJ00", 5), ("VT02", "2023JJ00", 5)], False),
        ([("VT01", "2023JJ00", 5), ("VT02", "2023JJ00", 5), ("VT03", "2023JJ00", None)], False),
        ([("VT01", "2023JJ00", 5), ("VT02", "2023JJ00", 5), ("VT03", "2022JJ00", 5)], False),
        ([("VT01", "2023JJ00", 5), ("VT02", "2023JJ00", 5), ("PV22", "2023JJ00", 5)], False),
        ([("NL01", "2023JJ00", 5), ("VT02", "2023JJ00", 5), ("VT03", "2023JJ00", 5)], False),
        ([("VT01", "2023JJ00", 5), ("VT01", "2022JJ00", 5), ("VT01", "2021JJ00", 5)], False),
        ([("GM0014", "2019HJ01", 0), ("GM0034", "2019HJ01", 5), ("GM0037", "2019HJ01", 5)], True),
    ],
)
def test_regionaal_needs_three_regions_of_one_level_in_one_period(
    rows: list[tuple[str, str, float | None]], full: bool
) -> None:
    assert full_regions(figures(*rows)) is full


def test_three_regions_count_for_the_same_thing_only() -> None:
    one = [typed("VT01", "2023JJ00", 5), typed("VT02", "2023JJ00", 5)]
    assert full_regions(part_of(*one, typed("VT03", "2023JJ00", 5)))
    assert not full_regions(part_of(*one, typed("VT03", "2023JJ00", 5, maat="Gestarte adviezen")))
    assert not full_regions(part_of(*one, typed("VT03", "2023JJ00", 5, eenheid="%")))


@pytest.mark.parametrize(
    ("rows", "full"),
    [
        ([("NL01", "2021JJ00", 5), ("NL01", "2022JJ00", 5), ("NL01", "2023JJ00", 5)], True),
        ([("NL01", "2017JJ00", 5), ("NL01", "2019JJ00", 5), ("NL01", "2023JJ00", 5)], True),
        ([("NL01", "2022JJ00", 5), ("NL01", "2023JJ00", 5)], False),
        ([("NL01", "2021JJ00", 5), ("NL01", "2022JJ00", 5), ("NL01", "2023JJ00", None)], False),
        ([("NL01", "2021JJ00", 5), ("NL01", "2022JJ00", 5), ("NL01", "2023HJ01", 5)], False),
        ([("NL01", "2021JJ00", 5), ("NL01", "2022JJ00", 5), ("VT02", "2023JJ00", 5)], False),
        ([("VT02", "2022HJ01", 5), ("VT02", "2022HJ02", 5), ("VT02", "2023HJ01", 5)], True),
        ([("VT26", "2022HJ01", 5), ("VT26", "2022HJ02", 5), ("VT26", "2023HJ01", 5)], False),
        ([("VT26", "2023HJ01", 5), ("VT26", "2023HJ02", 5), ("VT26", "2024HJ01", 5)], True),
    ],
)
def test_tijdreeksen_need_three_comparable_periods(rows: list[tuple[str, str, float | None]], full: bool) -> None:
    assert full_series(figures(*rows), (), REGIONS) is full


def test_periods_on_both_sides_of_a_break_are_not_comparable() -> None:
    years = figures(*(("NL01", f"{year}JJ00", 5.0) for year in (2017, 2020, 2022)))
    broken = (Break(periode="2020JJ00", reden="andere definitie"),)
    assert full_series(years, (), REGIONS)
    assert not full_series(years, broken, REGIONS)
    more = figures(*(("NL01", f"{year}JJ00", 5.0) for year in (2017, 2020, 2022, 2024)))
    assert full_series(more, broken, REGIONS)


def test_the_impactmonitor_has_61_crosses_and_the_rest_is_counted_apart() -> None:
    found = crosses(current.release())
    apart = [key for key in found if key[0] == "veilig-thuis-in-detail"]
    assert len(found) - len(apart) == 61
    assert sum(counts(found, beyond=False).values()) == 61
    assert sum(counts(found, beyond=True).values()) == len(apart)
    assert len([key for key in found if key[1] == "tijdelijk-huisverbod"]) == 4


def test_counts_tell_each_kind() -> None:
    found: dict[tuple[str, str, View], object] = {
        ("omvang", "a", "landelijk"): "volledig",
        ("omvang", "a", "regionaal"): "deels",
        ("omvang", "b", "landelijk"): "geen",
        ("omvang", "c", "landelijk"): "geen",
        ("veilig-thuis-in-detail", "d", "landelijk"): "volledig",
    }
    assert counts(found, beyond=False) == {"volledig": 1, "deels": 1, "geen": 2}  # type: ignore[arg-type]
    assert counts(found, beyond=True) == {"volledig": 1, "deels": 0, "geen": 0}  # type: ignore[arg-type]


def test_nothing_means_a_card_without_figures_and_only_that() -> None:
    release = current.release()
    for (_, slug, view), how in crosses(release).items():
        assert (how == "geen") == ((slug, view) not in release.filled)


@pytest.mark.parametrize(
    ("slug", "view", "how"),
    [
        ("aantal-adviezen-en-meldingen", "landelijk", "volledig"),
        ("aantal-adviezen-en-meldingen", "regionaal", "volledig"),
        ("aantal-adviezen-en-meldingen", "tijdreeksen", "volledig"),
        ("casussen-bij-veilig-thuis", "regionaal", "volledig"),
    ],
)
def test_known_crosses(slug: str, view: View, how: str) -> None:
    release = current.release()
    assert coverage(release, release.catalogue.indicators[slug], view) == how


def test_the_totals_that_give_a_base_fill_nothing() -> None:
    """Of every indicator with a breakdown, totals alone are no figures of its own."""
    release = current.release()
    for indicator in release.catalogue.indicators.values():
        if indicator.kenmerken and not indicator.totaal:
            for view in indicator.views:
                assert "Totaal" not in {kenmerk for kenmerk, _ in release.own(indicator, view).by_member()}


def test_the_first_view_is_one_with_figures_where_there_is_one() -> None:
    release = current.release()
    for indicator in release.catalogue.indicators.values():
        view = first_view(release, indicator)
        assert view in indicator.views
        assert (indicator.slug, view) in release.filled or not any(
            (indicator.slug, other) in release.filled for other in indicator.views
        )
