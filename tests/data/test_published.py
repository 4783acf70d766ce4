"""What stands in the published tables stands in the figures: every cell, with its sign, status and source."""

from __future__ import annotations

import pandas as pd
import pytest

from data import regions
from data.release import Release
from data.schema import records
from tests.data import published
from tests.data.published import KEY_MEASURES, REGIONS_IN_KEY_TABLES

KEY_TABLES = {"2019HJ01": "kerncijfers-2019-1", "2019HJ02": "kerncijfers-2019-2"}
REVISED_LATER = {
    ("2019HJ01", "NL01", "Gestarte adviezen"): (53080, 53145),
    ("2019HJ01", "NL01", "Ontvangen meldingen"): (64960, 65075),
    ("2019HJ02", "NL01", "Gestarte adviezen"): (54530, 54540),
    ("2019HJ02", "NL01", "Ontvangen meldingen"): (66660, 66730),
}
NATURE = "Aard van het geweld"
PHYSICAL = "Slachtoffers fysiek geweld in huiselijke kring (12 maanden)"
IN, OUT = "Jeugdbeschermingsmaatregelen: instroom", "Jeugdbeschermingsmaatregelen: uitstroom"
SUPERVISION = "Ondertoezichtstelling"
# (measure, category, period) -> first and current value: figure 1.1.1 of the report on 2022 (definite figures of 2019,
# and no rounding), figure 1.1.1 of the report on the first half of 2023, and the WODC in 2018 and 2021.
REVISED_IN_REPORTS = {
    (IN, "Totaal", "2016JJ00"): (12320, 12319),
    (IN, "Totaal", "2017JJ00"): (12250, 12252),
    (IN, "Totaal", "2018JJ00"): (12160, 12161),
    (IN, "Totaal", "2019JJ00"): (12965, 12980),
    (OUT, "Totaal", "2016JJ00"): (12830, 12828),
    (OUT, "Totaal", "2017JJ00"): (11875, 11877),
    (OUT, "Totaal", "2018JJ00"): (11835, 11836),
    (OUT, "Totaal", "2019JJ00"): (12205, 12204),
    (IN, SUPERVISION, "2016JJ00"): (8480, 8478),
    (IN, SUPERVISION, "2017JJ00"): (8830, 8828),
    (IN, SUPERVISION, "2018JJ00"): (8850, 8852),
    (IN, SUPERVISION, "2019JJ00"): (9330, 9344),
    (OUT, SUPERVISION, "2016JJ00"): (9620, 9621),
    (OUT, SUPERVISION, "2017JJ00"): (8625, 8626),
    (OUT, SUPERVISION, "2019JJ00"): (8585, 8573),
    (IN, "Totaal", "2021HJ01"): (5980, 6020),
    (OUT, "Totaal", "2021HJ01"): (6045, 6180),
    (IN, SUPERVISION, "2021HJ01"): (4400, 4445),
    ("Strafzaken huiselijk geweld (onderzoek WODC)", "Beleidssepot", "2008-2010"): (10, 23),
}


def rows(frame: pd.DataFrame, **where: str) -> pd.DataFrame:
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame


def figure(release: Release, **where: str) -> dict[str, object]:
    (row,) = records(rows(release.figures, **where))
    return row


# --- the key-figure tables ---


def test_the_tables_have_twelve_number_columns_and_27_rows() -> None:
    for name in KEY_TABLES.values():
        table = published.key_figures(name)
        assert len({measure for _, measure in table}) == 12
        assert len({region for region, _ in table}) == 27
    assert published.key_figures("kerncijfers-2019-2")["Amsterdam Amstelland", "Overdrachten"] == 8880
    assert published.key_figures("kerncijfers-2019-1")["Drenthe", "Gestarte diensten voorwaarden en vervolg"] == 80


def test_the_body_of_the_first_report_is_the_corrected_version() -> None:
    body = published.key_figures("kerncijfers-2019-1")
    assert body == published.key_figures("kerncijfers-2019-1-gecorrigeerd")


@pytest.mark.parametrize("period", KEY_TABLES)
def test_every_cell_of_a_key_figure_table_is_a_figure(release: Release, period: str) -> None:
    table = published.key_figures(KEY_TABLES[period])
    expected = {
        (REGIONS_IN_KEY_TABLES[region], measure): float(number)
        for (region, measure), number in table.items()
        if (period, REGIONS_IN_KEY_TABLES[region], measure) not in REVISED_LATER
    }
    assert len(expected) == 27 * 12 - 2
    frame = rows(release.figures, periode=period, kenmerk="Totaal", eenheid="aantal")
    shown = {
        (row["regio_code"], row["maat"]): row["waarde"]
        for row in records(frame)
        if (row["regio_code"], row["maat"]) in expected
    }
    assert shown == expected


@pytest.mark.parametrize("period", KEY_TABLES)
def test_the_regional_key_figures_are_provisional_figures_of_their_report(release: Release, period: str) -> None:
    frame = rows(release.figures, periode=period, regio_niveau="Veilig Thuis-regio", kenmerk="Totaal")
    assert len(frame) == 26 * 12
    assert set(frame["status"]) == {"voorlopig"}
    assert set(frame["bron"]) == {{"2019HJ01": "cbs-bvt-2019-1", "2019HJ02": "cbs-bvt-2019-2"}[period]}


def test_the_published_zeros_are_zero_and_nothing_else_is(release: Release) -> None:
    zeros = release.figures[release.figures["waarde"] == 0]
    names = ["regio_naam", "maat", "categorie", "periode", "eenheid"]
    assert {tuple(row[name] for name in names) for row in records(zeros)} == {
        ("Gooi en Vechtstreek", "Gesloten diensten onderzoek", "Totaal", "2019HJ01", "aantal"),
        ("Nederland", PHYSICAL, "Verwonding met een mes of ander wapen", "2020JJ00", "%"),
        ("Nederland", PHYSICAL, "Expres brandwonden heeft veroorzaakt", "2020JJ00", "%"),
        ("Nederland", "Jongeren met jeugdbescherming in de periode", "Voorlopige ondertoezichtstelling", "2022HJ01",
         "%"),
        ("Gooise Meren", "Tijdelijke huisverboden", "Opgelegd", "2021JJ00", "aantal"),
    }  # fmt: skip
    assert len(zeros) == 5
    assert set(zeros["teken"]) == {""}


@pytest.mark.parametrize(("name", "code"), REGIONS_IN_KEY_TABLES.items())
def test_each_spelling_of_a_region_has_its_code(name: str, code: str) -> None:
    assert regions.load().resolve(name, "VT") == code


# --- the erratum of 28 April 2020 ---


def test_the_erratum_replaced_55_cells_in_26_rows(release: Release) -> None:
    wrong = published.key_figures("kerncijfers-2019-1-foutief")
    right = published.key_figures("kerncijfers-2019-1-gecorrigeerd")
    replaced = {
        (REGIONS_IN_KEY_TABLES[region], measure): (float(wrong[region, measure]), float(right[region, measure]))
        for region, measure in right
        if wrong[region, measure] != right[region, measure]
    }
    assert len(replaced) == 55
    assert set(REGIONS_IN_KEY_TABLES.values()) - {code for code, _ in replaced} == {"VT19"}
    history = rows(release.history, oud_bron="cbs-bvt-2019-1-foutief")
    assert {
        (row["regio_code"], row["maat"]): (row["oud_waarde"], row["nieuw_waarde"]) for row in records(history)
    } == replaced
    assert set(history["nieuw_bron"]) == {"cbs-bvt-2019-1"}
    assert set(history["oud_publicatiedatum"]) == {"2019"}
    assert set(history["nieuw_publicatiedatum"]) == {"2020-04-28"}
    assert history["reden"].str.contains("28 april 2020").all()


@pytest.mark.parametrize(
    ("region", "measure", "wrong", "right"),
    [
        ("NL01", "Actieve casussen", 64040, 73820),
        ("NL01", "Actieve diensten onderzoek", 4165, 4175),
        ("NL01", "Actieve diensten voorwaarden en vervolg", 4965, 4970),
        ("VT14", "Gestarte adviezen", 1240, 2640),
        ("VT13", "Gestarte adviezen", 2640, 1240),
        ("VT14", "Ontvangen meldingen", 1745, 1640),
        ("VT13", "Ontvangen meldingen", 1640, 1745),
        ("VT14", "Overdrachten", 455, 1250),
        ("VT13", "Overdrachten", 1250, 455),
        ("VT24", "Actieve casussen", 1760, 4110),
        ("VT25", "Actieve casussen", 2500, 5895),
        ("VT18", "Actieve diensten onderzoek", 120, 115),
        ("VT22", "Actieve diensten voorwaarden en vervolg", 25, 30),
    ],
)
def test_a_corrected_count_is_current_and_the_wrong_one_is_history(
    release: Release, region: str, measure: str, wrong: int, right: int
) -> None:
    where = {"regio_code": region, "maat": measure, "periode": "2019HJ01", "kenmerk": "Totaal"}
    assert figure(release, **where)["waarde"] == right
    (before,) = records(rows(release.history, **where))
    assert (before["oud_waarde"], before["nieuw_waarde"]) == (wrong, right)


# --- the totals revised later ---


@pytest.mark.parametrize(("key", "values"), REVISED_LATER.items())
def test_a_later_total_is_current_and_the_first_one_is_history(
    release: Release, key: tuple[str, str, str], values: tuple[int, int]
) -> None:
    period, region, measure = key
    where = {"regio_code": region, "maat": measure, "periode": period, "kenmerk": "Totaal"}
    now = figure(release, **where)
    assert (now["waarde"], now["bron"], now["status"]) == (values[1], "impactmonitor-2022-figuur-4-1", "definitief")
    (before,) = records(rows(release.history, **where))
    assert (before["oud_waarde"], before["nieuw_waarde"]) == values
    assert before["oud_bron"] == {"2019HJ01": "cbs-bvt-2019-1", "2019HJ02": "cbs-bvt-2019-2"}[period]
    assert before["oud_publicatiedatum"] == {"2019HJ01": "2020-04-28", "2019HJ02": "2020"}[period]
    assert before["nieuw_publicatiedatum"] == "2022"
    assert before["nieuw_bron"] == "impactmonitor-2022-figuur-4-1"
    assert before["reden"]


def test_nothing_else_was_revised(release: Release) -> None:
    veilig_thuis = release.history["oud_bron"].str.startswith("cbs-bvt-")
    assert veilig_thuis.sum() == 55 + 4
    others = records(release.history[~veilig_thuis])
    assert {
        (row["maat"], row["categorie"], row["periode"]): (row["oud_waarde"], row["nieuw_waarde"]) for row in others
    } == REVISED_IN_REPORTS
    assert len(others) == len(REVISED_IN_REPORTS)
    assert all(row["reden"] for row in others)


# --- NJi ---


def test_nji_says_2019_and_means_its_first_half(release: Release) -> None:
    title, *told = published.lines("nji-veilig-thuis-2019")
    assert title == "Betreft: 2019"
    numbers = [line.rsplit(" ", 1)[1] for line in told]
    assert numbers == ["26", "64.960", "53.080", "24.665"]
    taken = rows(release.observations, bron="nji-veilig-thuis-2019")
    assert [(row["maat"], row["categorie"], row["periode"], row["waarde"]) for row in records(taken)] == [
        ("Organisaties Veilig Thuis", "Totaal", "2019JJ00", 26),
        ("Ontvangen meldingen", "Totaal", "2019HJ01", 64960),
        ("Gestarte adviezen", "Totaal", "2019HJ01", 53080),
        ("Gestarte adviezen", "Alleen kindermishandeling (volgens NJi)", "2019HJ01", 24665),
    ]


def test_there_is_no_total_of_advice_or_reports_over_the_year_2019(release: Release) -> None:
    year = rows(release.figures, periode="2019JJ00")
    assert set(year["maat"]) == {
        "Organisaties Veilig Thuis",
        # Not of Veilig Thuis: causes of death, youth protection, the Raad voor de Kinderbescherming, the OM.
        "Slachtoffers van moord of doodslag",
        IN,
        OUT,
        "Jeugdbeschermingsmaatregelen: beginstand",
        "Jeugdbeschermingsmaatregelen: eindstand",
        "Kinderen onder toezicht in het jaar",
        "Beschermingsonderzoeken",
        "Gevraagde beschermingsmaatregelen",
        "Instroom zaken huiselijk geweld",
    }


# --- StatLine 84851NED, Drenthe 2023 ---


def test_every_cell_of_84851ned_is_a_figure_with_its_sign(release: Release) -> None:
    expected = published.natures()
    assert len(expected) == 100 * 5
    frame = rows(release.observations, bron="statline-84851ned-drenthe")
    shown = {
        (row["categorie"], row["regio_code"], row["maat"]): row["teken"] or row["waarde"] for row in records(frame)
    }
    assert shown == expected
    assert set(frame["status"]) == {"voorlopig"}
    assert set(frame["periode"]) == {"2023JJ00"}


def test_every_cell_of_84851ned_stands_in_the_current_figures(release: Release) -> None:
    frame = rows(release.figures, periode="2023JJ00", eenheid="aantal")
    shown = {
        (row["categorie"], row["regio_code"], row["maat"]): row["teken"] or row["waarde"]
        for row in records(frame[frame["kenmerk"].isin(["Totaal", NATURE])])
    }
    assert {key: shown.get(key) for key in published.natures()} == published.natures()


def test_a_suppressed_cell_has_no_value(release: Release) -> None:
    frame = rows(release.observations, bron="statline-84851ned-drenthe", teken=".")
    assert len(frame) == 269
    assert frame["waarde"].isna().all()


def test_the_last_category_is_there_for_the_province_only(release: Release) -> None:
    last = rows(release.figures, categorie="Ouderenmishandeling: anders", periode="2023JJ00")
    assert set(last["regio_code"]) == {"PV22"}
    assert len(last) == 5


def test_names_that_were_cut_short_are_written_out(release: Release) -> None:
    names = set(rows(release.figures, kenmerk=NATURE)["categorie"])
    assert {name for name in names if "..." in name} == {"Andere problematiek..."}
    assert {
        "Mishandeling kind: emotionele mishandeling",
        "Mishandeling kind: emotionele verwaarlozing",
        "Geweld tegen ouders: emotionele mishandeling",
        "Ouderenmishandeling: emotionele mishandeling",
    } <= names


@pytest.mark.parametrize("region", ["PV22", "VT02"])
def test_child_abuse_in_drenthe_in_2023(release: Release, region: str) -> None:
    where = {"categorie": "Kindermishandeling", "regio_code": region, "periode": "2023JJ00"}
    assert figure(release, maat="Gestarte adviezen", **where)["waarde"] == 1605
    assert figure(release, maat="Ontvangen meldingen", **where)["waarde"] == 1060


def test_a_lone_dot_is_a_sign_and_a_dot_between_digits_is_not(release: Release) -> None:
    where = {"kenmerk": "Totaal", "periode": "2023JJ00"}
    assert figure(release, maat="Gestarte adviezen", regio_code="PV22", **where)["waarde"] == 2960
    hidden = figure(release, maat="Afgeronde diensten voorwaarden en vervolg", regio_code="GM1731", **where)
    assert hidden["teken"] == "."
    assert pd.isna(hidden["waarde"])


# --- region divisions and periods ---


def test_brabant_noordoost_has_numbers_up_to_2022_and_only_signs_in_2023(release: Release) -> None:
    frame = rows(release.figures, regio_code="VT16")
    early = frame[frame["periode"].str[:4] <= "2022"]
    late = frame[frame["periode"].str[:4] > "2022"]
    assert len(early) == 24
    assert early["waarde"].notna().all()
    assert set(late["periode"]) == {"2023HJ01", "2023JJ00"}
    assert set(late["teken"]) == {"."}
    assert late["waarde"].isna().all()


def test_half_years_and_the_year_are_figures_of_their_own(release: Release) -> None:
    where = {"maat": "Ontvangen meldingen", "regio_code": "NL01", "kenmerk": "Totaal"}
    assert figure(release, periode="2020HJ01", **where)["waarde"] == 64505
    assert figure(release, periode="2020HJ02", **where)["waarde"] == 62910
    assert figure(release, periode="2020JJ00", **where)["waarde"] == 127410


@pytest.mark.parametrize(
    ("source", "measure", "category", "value"),
    [
        ("cbs-bvt-2019-1-tekst", "Gestarte adviezen", "Beroepsmatig totaal", 55),
        ("cbs-bvt-2019-1-tekst", "Gestarte adviezen", "Kindermishandeling", 46),
        ("cbs-bvt-2019-1-tekst", "Gestarte adviezen", "Conflictscheiding", 16),
        ("cbs-bvt-2019-1-tekst", "Ontvangen meldingen", "Justitie en veiligheid: totaal", 60),
        ("cbs-bvt-2019-1-tekst", "Ontvangen meldingen", "(Ex-)Partnergeweld", 27),
        ("cbs-bvt-2019-1-tekst", "Ontvangen meldingen", "Eergerelateerd geweld", 1),
        ("cbs-bvt-2019-1-tekst", "Ontvangen meldingen", "Overdracht", 48),
        ("cbs-bvt-2019-1-tekst", "Ontvangen meldingen", "Acute onveiligheid", 5),
        ("cbs-bvt-2019-1-tekst", "Onderzoeken naar vermoeden van kindermishandeling", None, 75),
        ("cbs-bvt-2019-1-tekst", "Overdrachten", "Jeugdzorg/jeugdhulp", 49),
        ("cbs-bvt-2019-2-tekst", "Gestarte adviezen", "Beroepsmatig totaal", 55),
        ("cbs-bvt-2019-2-tekst", "Gestarte adviezen", "Kindermishandeling", 50),
        ("cbs-bvt-2019-2-tekst", "Gestarte adviezen", "Conflictscheiding", 17),
        ("cbs-bvt-2019-2-tekst", "Ontvangen meldingen", "Justitie en veiligheid: totaal", 66),
        ("cbs-bvt-2019-2-tekst", "Ontvangen meldingen", "(Ex-)Partnergeweld", 33),
        ("cbs-bvt-2019-2-tekst", "Ontvangen meldingen", "Eergerelateerd geweld", 1),
        ("cbs-bvt-2019-2-tekst", "Ontvangen meldingen", "Overdracht", 50),
        ("cbs-bvt-2019-2-tekst", "Ontvangen meldingen", "Acute onveiligheid", 4),
        ("cbs-bvt-2019-2-tekst", "Onderzoeken naar vermoeden van kindermishandeling", None, 74),
        ("cbs-bvt-2019-2-tekst", "Overdrachten", "Jeugdzorg/jeugdhulp", 68),
    ],
)
def test_the_percentages_in_the_text_of_the_reports(
    release: Release, source: str, measure: str, category: str | None, value: int
) -> None:
    where = {"bron": source, "maat": measure} | ({"categorie": category} if category else {})
    told = figure(release, **where)
    assert (told["waarde"], told["eenheid"], told["regio_code"], told["status"]) == (value, "%", "NL01", "onbekend")
    assert told["periode"] == {"1": "2019HJ01", "2": "2019HJ02"}[source[13]]


def test_the_key_measures_are_twelve() -> None:
    assert len(set(KEY_MEASURES)) == 12
