from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data import check
from data.__main__ import main
from data.check import Checks, Fault
from data.errors import DataError
from data.release import Release
from tests.data.conftest import replace_in

LEEUWARDEN = "statline-84849ned-leeuwarden"
DRENTHE = "statline-84851ned-drenthe"
# 28 sources with 2588 cells, and 47 files of figures told in a text that have 515 lines, 47 of which are headings.
# 31 of those 468 repeat a figure of another one of them: 25 with the same label, 6 with another name for it.
SIZE = f"{28 + 47} bronnen, {2588 + 515 - 47} gepubliceerde cellen, {2253 + 468 - 31} cijfers, 78 herziene waarden"


@pytest.fixture(scope="module")
def checks() -> Checks:
    return check.load()


def damaged(release: Release, source: str, row: int, column: str, value: float | str) -> Release:
    """The release with another number, or another sign, in one published cell and in the figure it gives."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.copy()
        cell = (frame["bron"] == source) & (frame["rij"] == row) & (frame["kolom"] == column)
        frame.loc[cell, "waarde"] = float("nan") if isinstance(value, str) else value
        frame.loc[cell, "teken"] = value if isinstance(value, str) else ""
        return frame

    assert ((release.observations["bron"] == source) & (release.observations["rij"] == row)).any()
    return release.with_figures(change(release.figures), change(release.observations))


def test_the_release_holds_together(release: Release, checks: Checks) -> None:
    report = check.check(release, checks)
    assert [str(fault) for fault in report.faults] == []
    assert SIZE in report.line


def test_each_source_was_counted(release: Release, checks: Checks) -> None:
    assert set(checks.omvang) == set(release.catalogue.sources)


@pytest.mark.parametrize(
    ("source", "size"),
    [
        ("cbs-bvt-2019-1-foutief", (27, 12, 0)),
        ("cbs-bvt-2019-1", (27, 12, 0)),
        ("cbs-bvt-2019-2", (27, 12, 0)),
        (DRENTHE, (100, 5, 269)),
        ("nji-veilig-thuis-2019", (4, 1, 0)),
        ("cbs-moord-en-doodslag-2023", (3 * 28, 1, 0)),  # total, men and women in 1996 up to 2023
        ("cbs-jeugdbescherming-2022", (5 * 4, 1, 0)),  # total and four measures: begin, in, out, end
        ("cbs-jeugdbescherming-2023-1-figuur", (3 * 8, 1, 0)),  # in, out and in of one measure, 2016 up to 2023
        ("statline-85099ned", (6 * 3, 1, 0)),  # six measures: youth, their percentage, trajectories
    ],
)
def test_the_sizes_are_those_of_the_published_tables(checks: Checks, source: str, size: tuple[int, int, int]) -> None:
    assert checks.omvang[source] == size


@pytest.mark.parametrize(
    ("name", "source", "row", "column", "value"),
    [
        ("omvang", DRENTHE, 3, "Afgeronde diensten voorwaarden en verv..", 0.0),
        ("omvang", DRENTHE, 2, "Gestarte adviezen", "."),
        ("delen", LEEUWARDEN, 32, "Gestarte adviezen", 350.0),
        ("delen", LEEUWARDEN, 32, "Gestarte adviezen", 260.0),
        ("delen", "impactmonitor-2022-figuur-4-2", 13, "2020 1e halfjaar", 43.2),
        ("gebieden", "cbs-bvt-2019-2", 5, "Ontvangen meldingen", 1400.0),
        ("gebieden", "cbs-bvt-2019-2", 5, "Overdrachten", 2420.0),
        ("gebieden", "statline-84852ned-2020", 11, "Ontvangen meldingen", 35240.0),
        ("gebieden", "statline-82975ned", 25, "Ondertoezichtstelling: beëindigde trajecten", 990.0),
        ("gebieden", "statline-84852ned-gelderland", 4, "Ontvangen meldingen", 2965.0),
        ("gelijk", DRENTHE, 5, "Gestarte adviezen", 1610.0),
        ("gelijk", DRENTHE, 11, "Gestarte adviezen", "."),
        ("geheel", DRENTHE, 29, "Gestarte adviezen", 3320.0),
        ("geheel", "statline-84853ned", 5, "Afgeronde diensten onderzoek", 7355.0),
        ("halfjaren", "statline-84852ned-2020", 7, "Ontvangen meldingen", 10655.0),
        ("percentages", "statline-85361ned-gemeenten", 2, "Ontvangen meldingen (aantal)", 45.0),
        ("percentages", "statline-85361ned-amsterdam", 3, "Ontvangen meldingen (%)", 39.1),
        ("vijftallen", "statline-84849ned-2025-1", 7, "Gestarte adviezen", 346.0),
        ("vijftallen", "cbs-jeugdbescherming-2022", 3, "Waarde", 9066.0),
        ("geheel", "statline-85361ned-amsterdam", 5, "Ontvangen meldingen (%)", 99.0),
        ("geheel", "cbs-moord-en-doodslag-2023", 30, "Waarde", 999.0),
    ],
)
def test_damage_is_found(
    release: Release, checks: Checks, name: str, source: str, row: int, column: str, value: float | str
) -> None:
    faults = check.check(damaged(release, source, row, column, value), checks).faults
    assert name in {fault.check for fault in faults}


def test_a_missing_table_is_found(release: Release, checks: Checks) -> None:
    rest = release.observations[release.observations["bron"] != DRENTHE]
    faults = check.check(release.with_figures(release.figures, rest), checks).faults
    assert [str(fault) for fault in faults] == [
        f"omvang: {DRENTHE}: 0 rijen, 0 kolommen en 0 tekens in plaats van 100 rijen, 5 kolommen en 269 tekens"
    ]


def test_a_part_without_a_number_is_not_missed_in_a_sum(release: Release, checks: Checks) -> None:
    hidden = damaged(release, LEEUWARDEN, 32, "Gestarte adviezen", ".")
    assert {fault.check for fault in check.check(hidden, checks).faults} == {"omvang"}


def test_a_known_exception_is_no_fault_and_one_that_is_gone_is(release: Release, checks: Checks) -> None:
    without = checks.model_copy(update={"uitzondering": ()})
    places = [(fault.check, fault.place) for fault in check.check(release, without).faults]
    assert sorted(places) == [
        ("halfjaren", "Politiemeldingen aan Veilig Thuis, Nederland, 2021"),
        ("vijftallen", "nji-veilig-thuis-2019, rij 2, Organisaties Veilig Thuis"),
    ]
    counted = damaged(release, "nji-veilig-thuis-2019", 2, "2019", 25.0)
    gone = Fault("vijftallen", places[1][1], "staat bij de uitzonderingen maar is in orde")
    assert gone in check.check(counted, checks).faults


def test_a_rate_of_a_group_can_be_more_than_that_of_all(release: Release, checks: Checks) -> None:
    """Of all people 8,3% was a victim, of women 9,2%: that is no part of a whole, nor one share of one total."""
    source = "cbs-nederland-in-cijfers-2021"
    figures = release.observations[release.observations["bron"] == source].set_index(["kenmerk", "categorie"])
    assert figures["waarde"]["Totaal", "Totaal"] == 8.3
    assert figures["waarde"].max() == 9.2
    assert check.check(damaged(release, source, 3, "Waarde", 19.2), checks).faults == ()


def test_counts_that_are_not_rounded_are_declared_with_a_reason(release: Release, checks: Checks) -> None:
    declared = {table.bron: table.ongerond for table in release.catalogue.tables if table.ongerond}
    assert set(declared) == {
        "cbs-moord-en-doodslag-2019", "cbs-moord-en-doodslag-2023", "cbs-jeugdbescherming-2022-figuur",
        "nji-raad-voor-de-kinderbescherming", "huiselijkgeweld-recidive-2021", "huiselijkgeweld-npm-2010",
        "huiselijkgeweld-huisverboden-2010", "huiselijkgeweld-huisverboden-2012", "nieuwkoop-huisverboden-2011",
        "gooise-meren-huisverboden-2020",
    }  # fmt: skip
    assert all(len(reason) > 20 for reason in declared.values())
    rounded = damaged(release, "gooise-meren-huisverboden-2020", 2, "Waarde", 5.0)
    gone = "vijftallen: gooise-meren-huisverboden-2020: staat als ongerond in tables.toml en heeft alleen vijftallen"
    assert [str(fault) for fault in check.check(rounded, checks).faults] == [gone]


def test_every_exception_has_a_reason(checks: Checks) -> None:
    assert all(len(known.reden) > 20 for known in checks.uitzondering)


def test_a_breakdown_that_is_declared_but_not_there_is_found(release: Release, checks: Checks) -> None:
    rule = checks.delen[0].model_copy(update={"kenmerk": "Duur"})
    faults = check.check(release, checks.model_copy(update={"delen": (rule,)})).faults
    assert [str(fault) for fault in faults] == ["delen: Duur: Totaal: er zijn geen categorieën met dit geheel"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[27, 12, 0]", "[27, 12]", "checks.toml: omvang.cbs-bvt-2019-1-foutief.2: Field required"),
        ('\ngeheel = "Totaal"', '\nheel = "Totaal"', "checks.toml: delen.0.geheel: Field required"),
        ("[[uitzondering]]", "[[uitzonderingen]]", "checks.toml: uitzondering"),
        ("[omvang]", "[omvang", "checks.toml: geen geldige TOML"),
    ],
)
def test_a_wrong_declaration_is_one_clear_line(folder: Path, old: str, new: str, reason: str) -> None:
    replace_in(folder / "catalogue" / "checks.toml", old, new)
    with pytest.raises(DataError) as told:
        check.load(folder / "catalogue")
    assert str(told.value).startswith(reason)
    assert "\n" not in str(told.value)


# --- the command ---


def test_the_command_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    told = capsys.readouterr()
    assert told.out.count("\n") == 1
    assert told.out.endswith("in orde\n")
    assert told.err == ""


def test_the_command_gives_a_line_for_each_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace_in(folder / "sources" / f"{LEEUWARDEN}.csv", "week,Leeuwarden,2020*,305,185", "week,Leeuwarden,2020*,405,.")
    assert main(["check", "--map", str(folder)]) == 1
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        f"omvang: {LEEUWARDEN}: 36 rijen, 2 kolommen en 23 tekens in plaats van 36 rijen, 2 kolommen en 22 tekens",
        f"delen: {LEEUWARDEN}, rij 36, Gestarte adviezen, Duur van het geweld: Totaal: "
        "de delen zijn samen 1485 en het geheel is 1385",
    ]
    assert told.out.endswith("2 fouten\n")


def test_the_command_names_a_file_that_cannot_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sources" / f"{LEEUWARDEN}.csv").unlink()
    assert main(["check", "--map", str(folder)]) == 1
    assert capsys.readouterr().err == f"{LEEUWARDEN}.csv: niet te lezen (FileNotFoundError)\n"
