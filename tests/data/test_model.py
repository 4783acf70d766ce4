"""The process model: what it declares, and that its figures are the published ones and no others."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data import catalogue, model, periods
from data.catalogue import Step
from data.choice import choose
from data.errors import DataError
from data.model import Told
from data.release import Release
from tests.data.conftest import replace_in
from tests.data.published import (
    KEY_MEASURES,
    NATURE_MEASURES,
    REGIONS_IN_84851NED,
    REGIONS_IN_KEY_TABLES,
    key_figures,
    natures,
)

STEPS = [
    "advies",
    "melding",
    "veiligheidsbeoordeling",
    "voorwaarden-en-vervolg",
    "onderzoek",
    "overdracht",
    "monitoring",
]
# Figure 4.1 of the Impactmonitor 2022 revised these two totals of the half-year reports on 2019.
REVISED = {
    ("NL01", "2019HJ01", "Gestarte adviezen"): 53_145,
    ("NL01", "2019HJ01", "Ontvangen meldingen"): 65_075,
    ("NL01", "2019HJ02", "Gestarte adviezen"): 54_540,
    ("NL01", "2019HJ02", "Ontvangen meldingen"): 66_730,
}


def all_totals(release: Release, code: str, period: str) -> dict[str, Told]:
    return {
        told.label: told
        for step in release.catalogue.model.steps.values()
        for told in model.totals(release, step, code, period)
    }


def everything(release: Release, step: Step, code: str, period: str) -> list[Told]:
    breakdowns = model.groups(release, step, code, period)
    return [*model.totals(release, step, code, period), *(told for each in breakdowns for told in each.members)]


# --- the declarations ---


def test_the_steps_are_those_of_the_working_method(release: Release) -> None:
    assert list(release.catalogue.model.steps) == [*STEPS, "casus"]


def test_every_step_leads_somewhere_or_ends_the_work(release: Release) -> None:
    arrows = {(arrow.van, arrow.naar) for arrow in release.catalogue.model.arrows}
    assert arrows == {
        ("", "advies"), ("", "melding"), ("advies", "melding"), ("melding", "veiligheidsbeoordeling"),
        ("veiligheidsbeoordeling", "voorwaarden-en-vervolg"), ("veiligheidsbeoordeling", "onderzoek"),
        ("veiligheidsbeoordeling", "overdracht"), ("voorwaarden-en-vervolg", "overdracht"),
        ("onderzoek", "overdracht"), ("overdracht", "monitoring"),
    }  # fmt: skip


def test_all_twelve_key_measures_stand_at_a_step(release: Release) -> None:
    assert set(KEY_MEASURES) <= set(all_totals(release, "NL01", "2019HJ02"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('{ maat = "Gestarte casussen" }', '{ maat = "Begonnen" }', "casus: onbekende maat Begonnen"),
        ('indicator = "duur-van-het-geweld", kenmerk', 'indicator = "duur", kenmerk', "onbekende indicator duur"),
        ('kenmerk = "Uitkomst onderzoek"', 'kenmerk = "Uitkomst"', "heeft geen kenmerk Uitkomst"),
        ('categorie = "Opgelegd"', 'categorie = "Gegeven"', "onbekende categorie Gegeven"),
        ('{ indicator = "recidive-plegers"', '{ indicator = "recidive"', "rechter: onbekende indicator recidive"),
        ('["regionaal", "tijdreeksen"] },', '["landelijk"] },', "tijdelijk-huisverbod heeft geen weergave landelijk"),
        ('], maat = "Overdrachten" }', '], maat = "Organisaties" }', "heeft geen maat Organisaties"),
        ('maat = "Afgeronde diensten onderzoek", indicator = "uit', 'maat = "Overdrachten", indicator = "uit',
         "uitkomsten-onderzoeken-veilig-thuis heeft geen maat Overdrachten"),
        ('{ maat = "Actieve casussen" }', '{ maat = "Actieve casussen", categorie = "Totaal" }', "bij een kenmerk"),
        ('van = "overdracht"', 'van = "overdragen"', "onbekende stap overdragen"),
        ('begrip = "advies"', 'begrip = "raad"', "onbekend begrip raad"),
        ('rij = 5', 'rij = 4', "monitoring: staat op de plek van overdracht"),
        ('kort = "Is het', 'kortom = "Is het', "monitoring: kortom"),
        ('begrip = "overdracht"', 'begrip = "overdracht"\nkort = "Doorgeven"', "precies een van beide"),
        ('{ maat = "Overdrachten", woorden', '{ maat = "Gesloten casussen", woorden', "staat niet bij de cijfers"),
        ('begin = "', 'start = "', "model.toml: begin ontbreekt"),
        ('begin = "Iemand maakt zich zorgen"', 'begin = 5', "begin: Input should be a valid string"),
        ('id = "melding"', 'id = "advies"', "advies staat er twee keer in"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_clear_line(old: str, new: str, message: str, folder: Path) -> None:
    replace_in(folder / "catalogue" / "model.toml", old, new)
    with pytest.raises(DataError) as caught:
        catalogue.load(folder / "catalogue", folder / "sources")
    assert message in str(caught.value)
    assert str(caught.value).startswith("model.toml") and "\n" not in str(caught.value)


# --- the figures ---


@pytest.mark.parametrize(("name", "period"), [("kerncijfers-2019-1", "2019HJ01"), ("kerncijfers-2019-2", "2019HJ02")])
def test_the_key_figures_are_those_of_the_report(name: str, period: str, release: Release) -> None:
    printed = key_figures(name)
    regions = {place for place, _ in printed}
    assert len(regions) == 27
    for place in regions:
        code = REGIONS_IN_KEY_TABLES[place]
        found = all_totals(release, code, period)
        for measure in KEY_MEASURES:
            figure = found[measure].figure
            assert figure is not None
            assert figure.value == REVISED.get((code, period, measure), printed[place, measure]), (place, measure)


@pytest.mark.parametrize("code", REGIONS_IN_84851NED.values())
def test_the_natures_of_violence_are_those_of_statline(code: str, release: Release) -> None:
    printed = {(category, measure): cell for (category, at, measure), cell in natures().items() if at == code}
    compared = 0
    for step in release.catalogue.model.steps.values():
        for group in model.groups(release, step, code, "2023JJ00"):
            if group.kenmerk != "Aard van het geweld" or group.maat not in NATURE_MEASURES:
                continue
            for told in group.members:
                assert told.figure is not None
                wanted = printed[told.label, group.maat]
                assert (told.figure.value, told.figure.sign) == ((None, ".") if wanted == "." else (wanted, ""))
                compared += 1
    assert compared == 4 * 8, "four of the five measures, the eight categories at the top"


def test_what_is_not_published_is_not_there_and_what_is_unknown_is_no_number(release: Release) -> None:
    found = all_totals(release, "VT02", "2023JJ00")
    assert found["Overdrachten"].figure is None
    assert found["Actieve casussen"].figure is None
    unknown = all_totals(release, "GM1731", "2023JJ00")["Afgeronde diensten voorwaarden en vervolg"].figure
    assert unknown is not None
    assert (unknown.value, unknown.sign) == (None, ".")


def test_every_figure_of_every_step_is_a_published_row(release: Release) -> None:
    names = ["maat", "kenmerk", "categorie", "regio_code", "periode", "eenheid", "indicator"]
    rows = release.figures
    values = [None if pd.isna(value) else value for value in rows["waarde"]]
    told_of = zip(values, rows["teken"], rows["status"], rows["bron"], strict=True)
    known = dict(zip(zip(*(rows[name] for name in names), strict=True), told_of, strict=True))
    seen = 0
    for region in model.regions(release):
        for period in model.periods_of(release, region.code):
            for step in release.catalogue.model.steps.values():
                for told in everything(release, step, region.code, period.code):
                    if not (figure := told.figure):
                        continue
                    assert (figure.row["regio_code"], figure.row["periode"]) == (region.code, period.code)
                    printed = known[tuple(figure.row[name] for name in names)]
                    assert printed == (figure.value, figure.sign, figure.status, figure.source)
                    assert not figure.computed
                    seen += 1
    assert seen > 1_000


def test_a_count_and_a_percentage_of_one_category_are_told_apart(release: Release) -> None:
    step = release.catalogue.model.steps["melding"]
    group = next(g for g in model.groups(release, step, "NL01", "2023JJ00") if g.kenmerk.startswith("Eerdere"))
    labels = [told.label for told in group.members]
    assert len(labels) == len(set(labels))
    units = {told.figure.unit for told in group.members if told.figure and told.label.endswith(" (percentage)")}
    assert units <= {"%"}


# --- the choice ---


def test_without_a_choice_the_first_step_of_the_country_shows_in_its_fullest_period(release: Release) -> None:
    shown = model.situation(release, {})
    assert (shown.step.id, shown.region.code, shown.period) == ("advies", "NL01", "2019HJ02")
    assert shown.notices == () and shown.asked == {}


def test_the_fullest_period_has_most_key_measures(release: Release) -> None:
    totals = release.figures[
        (release.figures["kenmerk"] == "Totaal")
        & release.figures["maat"].isin([*KEY_MEASURES, *NATURE_MEASURES])
        & (release.figures["indicator"] == "kerncijfers-veilig-thuis")
        & release.figures["waarde"].notna()
    ]
    for code, rows in totals.groupby("regio_code"):
        count = rows.groupby("periode").size()
        assert count[model.fullest_period(release, str(code))] == count.max(), code


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({"stap": "bestaat-niet"}, [("unknown", "stap")]),
        ({"regio": "XX99"}, [("unknown", "regio")]),
        ({"regio": "GM0014"}, [("no_figures", "regio")]),
        ({"periode": "gisteren"}, [("unknown", "periode")]),
        ({"regio": "VT02", "periode": "2021HJ01"}, [("no_figures", "periode")]),
        ({"regio": "VT02,VT23"}, [("too_many", "regio")]),
        ({"periode": "2019HJ01,2019HJ02"}, [("too_many", "periode")]),
        ({"stap": "x", "regio": "x", "periode": "x"}, [("unknown", n) for n in ("stap", "regio", "periode")]),
        ({"stap": " ", "regio": ",", "periode": ""}, []),
        ({"indicator": "bestaat-niet", "maat": "x"}, []),
    ],
)  # fmt: skip
def test_what_cannot_be_given_is_told(query: dict[str, str], kinds: list[tuple[str, str]], release: Release) -> None:
    shown = model.situation(release, query)
    assert [(notice.kind, notice.parameter) for notice in shown.notices] == kinds
    assert shown.step.id == "advies"
    assert shown.region.code == ("VT02" if query.get("regio", "").startswith("VT02") else "NL01")
    assert shown.period == query.get("periode", "")[:8] or shown.period == "2019HJ02"


@pytest.mark.parametrize("text", ["VT02", "vt02", "Drenthe (Veilig Thuis-regio)", "drenthe"])
def test_a_region_can_be_a_code_or_a_name(text: str, release: Release) -> None:
    assert model.situation(release, {"regio": text}).region.code == "VT02"


def test_every_level_of_the_key_figures_can_be_chosen(release: Release) -> None:
    rows = release.figures[release.figures["indicator"] == "kerncijfers-veilig-thuis"]
    there = {region.code for region in model.regions(release)}
    assert set(rows["regio_code"]) <= there
    assert set(rows["regio_code"].str[:2]) == {"NL", "LD", "PV", "VT", "GM"}


def test_periods_of_a_region_are_those_with_figures_the_newest_first(release: Release) -> None:
    assert [p.code for p in model.periods_of(release, "VT23")] == ["2019HJ02", "2019HJ01"]
    found = model.periods_of(release, "NL01")
    assert found == sorted(found, reverse=True)


# --- the parties, and reading on ---


def test_a_party_shows_its_newest_figure(release: Release) -> None:
    parties = release.catalogue.model.parties
    newest = {
        name: [(t.figure and t.figure.value, r and r.code, p) for t, r, p in model.newest(release, party, "NL01")]
        for name, party in parties.items()
    }
    # Impactmonitor 2022 figure 5.1, OM Jaar in verhaal 2022, NJi 2024, CBS 31 December 2024, police 2012.
    assert newest["politie"] == [(42_145, "NL01", "2022HJ01")]
    assert newest["openbaar-ministerie"] == [(8_870, "NL01", "2022JJ00")]
    assert newest["raad-voor-de-kinderbescherming"] == [(12_155, "NL01", "2024JJ00"), (7_912, "NL01", "2024JJ00")]
    assert newest["gecertificeerde-instellingen"][0] == (17_690, "NL01", "2024-12-31")
    assert newest["gemeente-en-burgemeester"] == [(3_529, "NL01", "2012JJ00"), (1_359, "NL01", "2012JJ00")]


def test_a_party_shows_the_region_where_it_has_figures_of_its_own(release: Release) -> None:
    party = release.catalogue.model.parties["gecertificeerde-instellingen"]
    rows = release.figures[release.figures["maat"] == "Beëindigde ondertoezichtstellingen"]
    code = next(c for c in rows["regio_code"] if c.startswith("PV"))
    (_, country, _), (told, region, period) = model.newest(release, party, code)
    assert country is not None and country.code == "NL01"
    assert region is not None and region.code == code
    wanted = rows[(rows["regio_code"] == code) & (rows["periode"] == period)]["waarde"].iloc[0]
    assert told.figure is not None
    assert told.figure.value == (None if pd.isna(wanted) else wanted)
    assert periods.period(period).year == 2023


@pytest.mark.parametrize("code", ["NL01", "VT02", "GM1731"])
def test_a_link_leads_to_a_view_that_can_give_all_it_asks(code: str, release: Release) -> None:
    declared = release.catalogue.model
    period = model.fullest_period(release, code)
    for part in (*declared.steps.values(), *declared.parties.values()):
        for link in part.indicatoren:
            for way in model.ways(release, link, code, period):
                choice = choose(release, way.view, way.query)
                assert choice.notices == (), (part.id, way)
                assert choice.empty != way.filled
                if "periode" in way.query:
                    assert choice.period == way.query["periode"]
