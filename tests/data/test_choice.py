from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import current
from data.catalogue import VIEWS, View
from data.choice import PARAMETERS, Choice, choose, flat, selections
from data.release import Release
from data.view import card_view
from tests.data.strategies import any_text

NATURES = "aard-geweld-adviezen-meldingen-veilig-thuis"
ADVICE = "aantal-adviezen-en-meldingen"
EARLIER = "eerdere-betrokkenheid-veilig-thuis"


def told(choice: Choice) -> list[tuple[str, str, str]]:
    return [(notice.kind, notice.parameter, notice.value) for notice in choice.notices]


def what(choice: Choice) -> dict[str, Any]:
    """All that makes a choice, without how it was asked."""
    without = {"frame", "notices", "asked", "options"}
    return {f.name: getattr(choice, f.name) for f in fields(choice) if f.name not in without}


# --- defaults ---


@pytest.mark.parametrize(
    ("view", "query", "gives"),
    [
        ("landelijk", {}, {"indicator": ADVICE, "periode": "2025HJ01", "weergave": "aantal"}),
        ("regionaal", {}, {"indicator": ADVICE, "periode": "2019HJ02", "weergave": "aantal"}),
        ("tijdreeksen", {}, {"indicator": ADVICE, "weergave": "aantal"}),
        (
            "landelijk",
            {"indicator": NATURES},
            {"indicator": NATURES, "periode": "2019HJ02", "geweld": "aard-van-het-geweld", "weergave": "aandeel"},
        ),
        (
            "regionaal",
            {"indicator": NATURES},
            {
                "indicator": NATURES,
                "regio": "VT02",
                "periode": "2023JJ00",
                "geweld": "aard-van-het-geweld",
                "weergave": "aantal",
            },
        ),
        (
            "regionaal",
            {"regio": "GM1731"},
            {
                "indicator": NATURES,
                "regio": "GM1731",
                "periode": "2023JJ00",
                "geweld": "aard-van-het-geweld",
                "weergave": "aantal",
            },
        ),
        (
            "landelijk",
            {"indicator": "ondertoezichtstellingen"},
            {
                "indicator": "ondertoezichtstellingen",
                "periode": "2023HJ01",
                "categorie": "type-maatregel",
                "weergave": "aantal",
            },
        ),
    ],
)
def test_what_is_not_asked_has_a_default(
    release: Release, view: View, query: dict[str, str], gives: dict[str, str]
) -> None:
    choice = choose(release, view, query)
    assert choice.query == gives
    assert choice.notices == ()


@pytest.mark.parametrize("view", VIEWS)
def test_every_indicator_has_a_default_without_notices(release: Release, view: View) -> None:
    for slug, indicator in release.catalogue.indicators.items():
        if view in indicator.views:
            choice = choose(release, view, {"indicator": slug})
            assert choice.notices == ()
            assert choice.empty == ((slug, view) not in release.filled)
            assert bool(card_view(release, choice).lines) != choice.empty


@pytest.mark.parametrize("filled", [True, False])
def test_an_indicator_with_or_without_figures_can_be_looked_at_under_both_its_themes(
    release: Release, filled: bool
) -> None:
    query = {"indicator": "tijdelijk-huisverbod"}
    if not filled:
        figures = release.figures
        release = release.with_figures(figures[figures["indicator"] != "tijdelijk-huisverbod"], release.observations)
    assert choose(release, "regionaal", query).theme == "aard-en-kenmerken"
    choice = choose(release, "regionaal", query | {"thema": "verbinding-zorg-en-veiligheid"})
    assert choice.theme == "verbinding-zorg-en-veiligheid"
    shown = {"periode": "2021JJ00", "categorie": "opgelegd", "weergave": "aantal"} if filled else {}
    assert choice.query == query | shown | {"thema": "verbinding-zorg-en-veiligheid"}


def test_a_breakdown_that_only_another_measure_has_shows_that_measure(release: Release) -> None:
    """The inflow at the OM has no types of offence, the cases of the WODC have."""
    query = {"indicator": "huiselijk-geweldzaken-bij-het-openbaar-ministerie"}
    other = "Strafzaken huiselijk geweld (onderzoek WODC)"
    assert choose(release, "landelijk", query | {"categorie": "totaal"}).notices == ()
    choice = choose(release, "landelijk", query | {"categorie": "type-delict"})
    assert choice.notices == ()
    assert choice.measures == (other,)
    assert [(o.value, o.chosen) for o in choice.options["maat"] if o.chosen] == [("", True)]
    shown = {line.label: figure.value for line, _, figure in card_view(release, choice).figures()}
    assert shown == {
        "Fysiek geweld": 80, "Eenvoudige mishandeling": 77, "Bedreiging": 14, "Belaging": 2, "Zeden": 0.5,
    }  # fmt: skip
    asked = choose(
        release, "landelijk", query | {"categorie": "type-delict", "maat": "instroom-zaken-huiselijk-geweld"}
    )
    assert told(asked) == [("no_figures", "categorie", "Alles naar type delict")]


# --- what is asked ---


@pytest.mark.parametrize(
    ("view", "query"),
    [
        ("landelijk", {"indicator": ADVICE, "periode": "2019HJ01"}),
        ("landelijk", {"indicator": ADVICE, "maat": "ontvangen-meldingen"}),
        ("landelijk", {"indicator": EARLIER, "weergave": "aandeel", "periode": "2023JJ00"}),
        ("regionaal", {"indicator": ADVICE, "regio": "PV22,VT02", "periode": "2023JJ00"}),
        ("regionaal", {"indicator": NATURES, "regio": "PV22", "geweld": "kindermishandeling", "weergave": "aandeel"}),
        ("regionaal", {"indicator": NATURES, "regio": "PV22", "geweld": "vormen-kindermishandeling"}),
        ("tijdreeksen", {"indicator": "kerncijfers-veilig-thuis", "regio": "NL01,VT16", "maat": "overdrachten"}),
        ("tijdreeksen", {"indicator": ADVICE, "periode": "2019HJ02,2021HJ01"}),
    ],
)
def test_what_can_be_given_is_given(release: Release, view: View, query: dict[str, str]) -> None:
    choice = choose(release, view, query)
    assert choice.notices == ()
    assert query.items() <= choice.query.items()


@pytest.mark.parametrize("name", ["PV22", "pv22", " PV22 ", "Drenthe (provincie)", "drenthe (PROVINCIE)"])
def test_a_region_is_asked_for_by_code_or_by_label(release: Release, name: str) -> None:
    choice = choose(release, "regionaal", {"indicator": ADVICE, "regio": name})
    assert [region.code for region in choice.regions] == ["PV22"]


def test_a_region_without_figures_of_its_own_shows_its_signs(release: Release) -> None:
    query = {"indicator": "type-adviesvrager-melder", "regio": "VT16", "periode": "2023JJ00"}
    choice = choose(release, "regionaal", query | {"categorie": "beroep-medisch-verpleegkundige"})
    assert choice.notices == ()
    mine = [f for line, _, f in card_view(release, choice).figures() if line.key == "VT16"]
    assert [(f.value, f.sign) for f in mine] == [(None, "."), (None, ".")]


@pytest.mark.parametrize(
    ("view", "query", "notice"),
    [
        ("landelijk", {"indicator": "moord"}, ("unknown", "indicator", "moord")),
        ("landelijk", {"indicator": "tijdelijk-huisverbod"}, ("no_view", "indicator", "Tijdelijk huisverbod (THV)")),
        ("landelijk", {"maat": "personen"}, ("unknown", "maat", "personen")),
        ("landelijk", {"maat": "overdrachten"}, ("unknown", "maat", "overdrachten")),
        (
            "landelijk",
            {
                "indicator": "kerncijfers-veilig-thuis",
                "maat": "casussen-met-ontvangen-meldingen",
                "periode": "2019HJ02",
            },
            ("no_figures", "maat", "Casussen met ontvangen melding(en)"),
        ),
        ("regionaal", {"regio": "Atlantis"}, ("unknown", "regio", "Atlantis")),
        (
            "regionaal",
            {"indicator": "duur-van-het-geweld", "regio": "PV22"},
            ("no_figures", "regio", "Drenthe (provincie)"),
        ),
        ("regionaal", {"regio": ",".join(f"VT{n:02d}" for n in range(1, 13))}, ("too_many", "regio", "6")),
        ("landelijk", {"periode": "2019"}, ("unknown", "periode", "2019")),
        ("landelijk", {"periode": "2015JJ00"}, ("no_figures", "periode", "2015")),
        ("landelijk", {"indicator": NATURES, "geweld": "onzin"}, ("unknown", "geweld", "onzin")),
        (
            "landelijk",
            {"indicator": NATURES, "geweld": "mishandeling-kind-pcf"},
            ("no_figures", "geweld", "Mishandeling kind: PCF"),
        ),
        ("landelijk", {"indicator": EARLIER, "categorie": "onzin"}, ("unknown", "categorie", "onzin")),
        ("landelijk", {"weergave": "staafjes"}, ("unknown", "weergave", "staafjes")),
        (
            "landelijk",
            {"indicator": "kerncijfers-veilig-thuis", "maat": "actieve-casussen", "weergave": "per10000"},
            ("no_figures", "weergave", "per10000"),
        ),
        ("landelijk", {"weergave": "per100000"}, ("no_figures", "weergave", "per100000")),
        ("landelijk", {"weergave": "aandeel"}, ("no_figures", "weergave", "aandeel")),
        ("landelijk", {"thema": "onzin"}, ("unknown", "thema", "onzin")),
    ],
)
def test_what_cannot_be_given_is_told_and_has_a_default(
    release: Release, view: View, query: dict[str, str], notice: tuple[str, str, str]
) -> None:
    choice = choose(release, view, query)
    assert told(choice) == [notice]
    assert card_view(release, choice).lines


def test_a_notice_does_not_repeat_a_long_text(release: Release) -> None:
    query = {name: "x" * 5000 for name in PARAMETERS}
    notices = choose(release, "regionaal", query).notices
    assert notices
    assert all(len(notice.value) <= 80 for notice in notices)


def test_at_most_six_regions(release: Release) -> None:
    choice = choose(release, "regionaal", {"regio": ",".join(f"VT{n:02d}" for n in range(1, 27)), "indicator": ADVICE})
    assert [region.code for region in choice.regions] == [f"VT{n:02d}" for n in range(1, 7)]


# --- what goes along to the next page ---


def test_a_region_that_a_page_does_not_use_is_kept_for_the_next(release: Release) -> None:
    choice = choose(release, "landelijk", {"indicator": ADVICE, "regio": "VT02"})
    assert choice.regions == ()
    assert "regio" not in choice.query
    assert choice.kept == {"indicator": ADVICE, "regio": "VT02"}


def test_only_what_was_asked_is_kept(release: Release) -> None:
    choice = choose(release, "regionaal", {"indicator": NATURES, "geweld": "kindermishandeling"})
    assert choice.kept == {"indicator": NATURES, "geweld": "kindermishandeling"}


def test_parameters_that_stand_there_twice(release: Release) -> None:
    query = {"regio": ["VT02", "VT08"], "periode": ["2019HJ01", "2019HJ02"], "indicator": ADVICE}
    assert flat(query) == {"regio": "VT02,VT08", "periode": "2019HJ02", "indicator": ADVICE}


# --- filters ---


@pytest.mark.parametrize(
    ("name", "parameter"),
    [("maat", "maat"), ("periode", "periode"), ("weergave", "weergave"), ("categorie", "geweld")],
)
def test_a_filter_entry_is_on_when_it_can_be_chosen(release: Release, name: str, parameter: str) -> None:
    query = {"indicator": NATURES, "regio": "GM1731"}
    entries = choose(release, "regionaal", query).options[name]
    assert any(entry.available for entry in entries)
    for entry in entries:
        notices = choose(release, "regionaal", query | {parameter: entry.value}).notices
        assert entry.available == (not notices), entry


@pytest.mark.parametrize("view", VIEWS)
def test_one_entry_of_each_filter_is_chosen(release: Release, view: View) -> None:
    for slug in (ADVICE, EARLIER, "type-adviesvrager-melder"):
        options = choose(release, view, {"indicator": slug}).options
        for name in ("indicator", "maat", "weergave"):
            entries = options.get(name, ())
            assert [option.chosen for option in entries].count(True) == (1 if entries else 0), name


def test_slugs_of_selections_are_unique_within_an_indicator(release: Release) -> None:
    for indicator in release.catalogue.indicators.values():
        slugs = [selection.slug for selection in selections(release, indicator)]
        assert len(set(slugs)) == len(slugs)


# --- anything at all ---

REAL = {
    "indicator": sorted(current.release().catalogue.indicators),
    "maat": sorted(current.release().catalogue.measure_by_slug),
    "regio": ["NL01", "PV22", "VT02", "VT16", "GM1731", "GM0738", "LD01", "CR40", "VT02,VT08,NL01", "GM0080,PV22"],
    "periode": ["2019HJ01", "2019HJ02", "2020JJ00", "2023JJ00", "2022HJ01", "2025HJ01", "2019HJ01,2022HJ01"],
    "geweld": ["kindermishandeling", "aard-van-het-geweld", "vormen-kindermishandeling", "totaal"],
    "categorie": ["acute-onveiligheid", "overdracht", "politie", "mensenhandel", "rol-functie", "duur-van-het-geweld"],
    "weergave": ["aantal", "aandeel", "per10000", "per100000"],
    "thema": ["aard-en-kenmerken", "verbinding-zorg-en-veiligheid"],
}
queries = st.fixed_dictionaries(
    {}, optional={name: st.one_of(st.sampled_from(values), any_text) for name, values in REAL.items()}
)
some = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


@some
@given(st.sampled_from(VIEWS), queries)
def test_any_query_gives_figures_or_an_indicator_without_them(view: View, query: Mapping[str, str]) -> None:
    release = current.release()
    choice = choose(release, view, query)
    card = card_view(release, choice)
    assert choice.empty == ((choice.indicator.slug, view) not in release.filled)
    assert bool(list(card.figures())) != choice.empty


@some
@given(st.sampled_from(VIEWS), queries)
def test_the_address_of_a_choice_gives_that_choice_again(view: View, query: Mapping[str, str]) -> None:
    release = current.release()
    first = choose(release, view, query)
    again = choose(release, view, first.query)
    assert what(again) == what(first)
    assert again.notices == ()
    assert again.query == first.query
