"""The report of a region: what stands in it, and that its figures are the published ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data import report as reports
from data.choice import choose, flat
from data.release import Release
from data.report import Report, find, regions_with_report, report
from data.view import CardView, card_view

SOURCES = Path(__file__).resolve().parents[2] / "data" / "sources"
KEY_COLUMNS = {
    "Gestarte adviezen": "Gestarte adviezen",
    "Ontvangen meldingen": "Ontvangen meldingen",
    "Actieve casussen: totaal": "Actieve casussen",
    "Actieve casussen: waarvan gestart": "Gestarte casussen",
    "Actieve casussen: waarvan gesloten": "Gesloten casussen",
    "Actieve diensten onderzoek: totaal": "Actieve diensten onderzoek",
    "Actieve diensten onderzoek: waarvan gestart": "Gestarte diensten onderzoek",
    "Actieve diensten onderzoek: waarvan gesloten": "Gesloten diensten onderzoek",
    "Actieve diensten Voorwaarden en Vervolg: totaal": "Actieve diensten voorwaarden en vervolg",
    "Actieve diensten Voorwaarden en Vervolg: waarvan gestart": "Gestarte diensten voorwaarden en vervolg",
    "Actieve diensten Voorwaarden en Vervolg: waarvan gesloten": "Gesloten diensten voorwaarden en vervolg",
    "Overdrachten": "Overdrachten",
}


@pytest.fixture(scope="module")
def drenthe(release: Release) -> Report:
    return report(release, release.regions["VT02"])


@pytest.fixture(scope="module")
def midden_drenthe(release: Release) -> Report:
    return report(release, release.regions["GM1731"])


def cells(card: CardView) -> dict[tuple[str, str], tuple[float | None, str]]:
    return {(line.label, column.maat): (f.value, f.sign) for line, column, f in card.figures()}


@pytest.mark.parametrize(("half", "period"), [("1", "2019HJ01"), ("2", "2019HJ02")])
def test_the_key_figures_are_those_of_the_published_tables(drenthe: Report, half: str, period: str) -> None:
    with (SOURCES / f"cbs-bvt-2019-{half}.csv").open(encoding="utf-8") as file:
        table = csv.DictReader(file)
        row = next(row for row in table if row[(table.fieldnames or [""])[0]] == "Drenthe")
    assert drenthe.key
    (facts,) = [f for f in drenthe.key.facts if f.kind == "halfjaar"]
    found = {maat: facts.figure(drenthe.region, period, maat) for maat in KEY_COLUMNS.values()}
    expected = {maat: float(row[head].replace(" ", "")) for head, maat in KEY_COLUMNS.items()}
    assert {maat: f.value for maat, f in found.items() if f} == expected


def test_years_and_half_years_do_not_share_a_table(drenthe: Report) -> None:
    assert drenthe.key
    assert [(f.kind, f.periods) for f in drenthe.key.facts] == [
        ("jaar", ("2023JJ00",)),
        ("halfjaar", ("2019HJ01", "2019HJ02")),
    ]


def test_a_gemeente_stands_beside_its_veilig_thuis_regio_and_nederland(midden_drenthe: Report) -> None:
    assert [area.code for area in midden_drenthe.around] == ["VT02", "NL01"]
    assert midden_drenthe.key
    (facts,) = midden_drenthe.key.facts
    own, wide, country = facts.areas
    assert [a.code for a in facts.areas] == ["GM1731", "VT02", "NL01"]
    # StatLine 84851NED, 'Totaal' of Midden-Drenthe and Drenthe (VT) in 2023.
    figures = [facts.figure(area, "2023JJ00", "Gestarte adviezen") for area in (own, wide)]
    assert [f.value for f in figures if f] == [130, 2960]
    assert facts.figure(country, "2023JJ00", "Casussen met ontvangen melding(en)") is None


def test_what_is_unknown_stays_unknown(midden_drenthe: Report) -> None:
    assert midden_drenthe.key
    (facts,) = midden_drenthe.key.facts
    found = facts.figure(midden_drenthe.region, "2023JJ00", "Afgeronde diensten voorwaarden en vervolg")
    assert found
    assert (found.value, found.sign) == (None, ".")
    every = [f for entry in midden_drenthe.entries for card in entry.cards for *_, f in card.figures()]
    assert not [f for f in every if f.value == 0]
    assert all(f.value is None or not f.sign for f in every)


def test_natures_of_violence_are_those_of_the_page_with_their_wider_area(
    midden_drenthe: Report, release: Release
) -> None:
    (entry,) = [e for e in midden_drenthe.entries if e.indicator.slug == "aard-geweld-adviezen-meldingen-veilig-thuis"]
    main, forms, *_ = entry.topics
    assert (main.main, forms.main) == (True, False)
    # StatLine 84851NED: Kindermishandeling in Midden-Drenthe and in Drenthe (VT).
    assert cells(main.card)["Kindermishandeling", "Ontvangen meldingen"] == (65, "")
    assert cells(main.card)["Onbekend", "Gestarte adviezen"] == (None, ".")
    ((area, wider),) = main.wider
    assert area.code == "VT02"
    assert cells(wider)["Kindermishandeling", "Ontvangen meldingen"] == (1060, "")
    page = card_view(release, choose(release, "regionaal", {"indicator": entry.indicator.slug, "regio": "VT02"}))
    assert cells(wider) == cells(page)


@pytest.mark.parametrize("code", ["VT02", "PV22", "GM1731", "GM0141", "CR01"])
def test_each_card_is_the_one_of_the_page(release: Release, code: str) -> None:
    for entry in report(release, release.regions[code]).entries:
        for topic in entry.topics:
            for card in (topic.card, topic.shares):
                if card is None or len(card.choice.selection.categories) == 1:
                    continue
                query = card.choice.query | {"weergave": card.choice.presentation}
                page = choose(release, "regionaal", flat(query))
                assert not page.notices
                assert cells(card) == cells(card_view(release, page))


@pytest.mark.parametrize("code", ["PV22", "GM0363"])
def test_nederland_beside_it_is_that_of_the_page(release: Release, code: str) -> None:
    seen = 0
    for entry in report(release, release.regions[code]).entries:
        for topic in entry.topics:
            for area, card in topic.wider:
                if area.code == "NL01" and len(card.choice.selection.categories) > 1:
                    query = {name: value for name, value in card.choice.query.items() if name != "regio"}
                    page = choose(release, "landelijk", flat(query))
                    shown = {key: card.cells[key] for key in card.cells if key[1].split("|")[0] in page.measures}
                    assert cells(card) == cells(card_view(release, page))
                    seen += bool(shown)
    assert seen


@pytest.mark.parametrize("code", ["VT02", "PV22", "GM1731", "VT05"])
def test_every_figure_of_a_main_measure_stands_in_it(release: Release, code: str) -> None:
    found = report(release, release.regions[code])
    key = ["maat", "kenmerk", "categorie", "periode", "eenheid"]
    shown = {tuple(f.row[n] for n in key) for e in found.entries for card in e.cards for *_, f in card.figures()}
    frame = release.figures[release.figures["regio_code"] == code]
    main = {i.slug: set(i.hoofdmaten) for i in release.catalogue.indicators.values()}
    expected = {
        tuple(row[name] for name in key)
        for row in frame.to_dict("records")
        if row["kenmerk"] == "Totaal" or row["maat"] in main[row["indicator"]]
    }
    assert len(expected) > 30
    assert not expected - shown


def test_every_indicator_stands_in_it_once_or_is_named_as_missing(release: Release) -> None:
    found = report(release, release.regions["PV22"])
    names = [e.indicator.slug for e in found.entries] + [i.slug for i in (*found.without, *found.country_only)]
    assert sorted(names) == sorted(release.catalogue.indicators)
    assert {"duur-van-het-geweld", "tijdelijk-huisverbod"} <= {i.slug for i in found.without}
    assert "recidive-plegers" in {i.slug for i in found.country_only}


def test_chapters_keep_the_order_of_the_themes(drenthe: Report, release: Release) -> None:
    order = [t.id for t in release.catalogue.themes]
    here = [theme.id for theme, _ in drenthe.chapters]
    assert here == sorted(here, key=order.index)
    assert len(here) > 2


def test_only_the_newest_periods_stand_in_it_and_it_says_how_many_are_older(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "MAX_PERIODS", 1)
    found = report(release, release.regions["VT02"])
    assert found.key
    assert [(f.periods, f.older) for f in found.key.facts] == [(("2023JJ00",), 0), (("2019HJ02",), 1)]


def test_regions_with_a_report(release: Release) -> None:
    codes = [region.code for region in regions_with_report(release)]
    assert {"VT02", "PV22", "GM1731", "CR01", "X-hollands-midden", "GM0060"} <= set(codes)
    assert "NL01" not in codes
    assert "GM0014" not in codes, "Groningen (gemeente) stands in none of the published tables"


@pytest.mark.parametrize("code", ["GM0060", "GM0738"])
def test_a_region_with_signs_only_has_a_report_that_shows_them(release: Release, code: str) -> None:
    found = report(release, release.regions[code])
    figures = [f for e in found.entries for card in e.cards for *_, f in card.figures()]
    assert figures
    assert all(f.value is None for f in figures)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Drenthe", "VT02"), ("drenthe (provincie)", "PV22"), ("gm1731", "GM1731"), ("Midden-Drenthe", "GM1731"),
        ("X-hollands-midden", "X-hollands-midden"), ("NL01", None), ("Nederland", None), ("bestaat niet", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_region_is_found_by_code_label_or_name(release: Release, text: str, code: str | None) -> None:
    found = find(release, text)
    assert (found.code if found else None) == code


def test_the_day_of_the_release_is_declared_in_the_news(drenthe: Report) -> None:
    assert drenthe.published
    assert drenthe.published.isoformat() == "2026-11-22"
