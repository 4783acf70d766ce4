from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data import catalogue, clean, regions, schema
from data.clean import FIGURE, ORIGIN
from data.errors import DataError
from data.release import Release
from tests.data.conftest import replace_in


def read(folder: Path, source: str) -> pd.DataFrame:
    """Read and check one table of a copy of the data folder."""
    declared = catalogue.load(folder / "catalogue")
    one = declared.model_copy(update={"tables": tuple(t for t in declared.tables if t.bron == source)})
    assert one.tables
    observations = clean.observations(one, regions.load(folder / "regions"), folder / "sources")
    return schema.check(observations, unique=False)


def test_a_cell_becomes_a_row_with_its_place_of_origin(folder: Path) -> None:
    frame = read(folder, "statline-84849ned-leeuwarden")
    assert list(frame.columns) == [*FIGURE, *ORIGIN]
    assert len(frame) == 36 * 2
    first = frame.iloc[0]
    assert (first["rij"], first["kolom"], first["bron"]) == (2, "Gestarte adviezen", "statline-84849ned-leeuwarden")
    assert (first["regio_code"], first["periode"], first["waarde"]) == ("GM0080", "2020JJ00", 1385)


def test_numbers_in_the_notation_of_their_table(release: Release) -> None:
    cells = release.observations.set_index(["bron", "rij", "kolom"])["waarde"]
    assert cells["cbs-bvt-2019-1", 2, "Gestarte adviezen"] == 53080
    assert cells["statline-85361ned-amsterdam", 2, "Ontvangen meldingen (aantal)"] == 127340
    assert cells["statline-85361ned-amsterdam", 7, "Ontvangen meldingen (%)"] == 28.5
    assert cells["impactmonitor-2023-figuur-5-1", 9, "2021 1e halfjaar"] == 50


def test_status_comes_from_the_mark_at_the_period_else_from_the_table(release: Release) -> None:
    frame = release.observations
    by_period = frame[frame["bron"] == "impactmonitor-2022-figuur-4-1"].groupby("periode")["status"].agg(set)
    assert by_period["2021HJ02"] == {"definitief"}
    assert by_period["2022HJ01"] == {"voorlopig"}
    assert set(frame[frame["bron"] == "cbs-bvt-2019-1-tekst"]["status"]) == {"onbekend"}


def test_a_hedge_of_the_source_stands_with_its_value(release: Release) -> None:
    frame = release.observations
    hedged = frame[frame["teken"].isin(["bijna"])]
    assert sorted(zip(hedged["maat"], hedged["waarde"], hedged["eenheid"], strict=True)) == [
        ("Kinderen met kindermishandeling (schatting)", 119000, "aantal"),
        ("Leerlingen groep 7 en 8 ooit slachtoffer (zelfrapportage)", 27, "%"),
        ("Ontvangen meldingen", 40, "%"),
        ("Politiemeldingen aan Veilig Thuis", 81000, "aantal"),
        ("Scholieren ooit slachtoffer (zelfrapportage)", 25, "%"),
        ("Scholieren ooit slachtoffer (zelfrapportage)", 35, "%"),
        ("Veroordeelde daders huiselijk geweld", 70, "%"),
    ]


def test_a_share_told_in_words_stands_with_the_number_that_they_say(release: Release) -> None:
    frame = release.observations
    told = frame[frame["teken"].str.contains(r"\bde\b")]
    assert sorted(zip(told["teken"], told["waarde"], told["eenheid"], strict=True)) == [
        ("bijna zes op de tien", 60, "%"),
        ("de helft", 50, "%"),
        ("meer dan de helft", 50, "%"),
        ("ongeveer drie op de tien", 30, "%"),
    ]


NATURE = "statline-84851ned-drenthe"
KEY = "cbs-bvt-2019-1"
SHARES = "statline-85361ned-amsterdam"


@pytest.mark.parametrize(
    ("source", "old", "new", "reason"),
    [
        (KEY, "Overdrachten", "Overdracht", r"rij 1: kolommen anders dan verwacht: Overdracht, Overdrachten"),
        (KEY, "Ontvangen meldingen", "Gestarte adviezen", r"rij 1: een kolomkop staat er twee keer in"),
        (KEY, "Drenthe,1 145,", "Drenthe,", r"rij 5: 12 kolommen in plaats van 13"),
        (KEY, "Drenthe,", "Drenthe,5,", r"rij 5: 14 kolommen in plaats van 13"),
        (KEY, "Drenthe,", "Drente,", r"rij 5, kolom 'Gestarte adviezen': onbekende regio 'Drente'"),
        (KEY, "1 145", "1.145", r"rij 5, kolom 'Gestarte adviezen': '1.145' is geen getal in de schrijfwijze"),
        (KEY, "1 145", "1145", r"rij 5, kolom 'Gestarte adviezen': '1145' is geen getal"),
        (KEY, "1 145", "veel", r"rij 5, kolom 'Gestarte adviezen': 'veel' is geen getal"),
        (KEY, "Flevoland,", "Drenthe,", r"rij 6: hetzelfde cijfer staat er twee keer in"),
        (NATURE, "2.960", "2 960", r"rij 2, kolom 'Gestarte adviezen': '2 960' is geen getal"),
        (NATURE, "2.960", '"2960,5"', r"rij 2, kolom 'Gestarte adviezen': '2960,5' is geen getal"),
        (NATURE, "2.960", '"2.960,5"', r"rij 2: een aantal is een geheel getal$"),
        (NATURE, "Kindermishandeling,", "Misdaad,", r"rij 5, kolom .*: onbekende categorie 'Misdaad' \(aard\)"),
        (NATURE, "2023*", "2023 3e halfjaar", r"rij 2, kolom .*: onbekende periode '2023 3e halfjaar'"),
        (NATURE, "Midden-Drenthe", "Aalburg", r"rij 3, kolom .*: Aalburg \(gemeente\) heeft in 2023JJ00 geen eigen"),
        (NATURE, "Drenthe (VT)", "Brabant Noordoost (VT)", r"rij 4, kolom .*: Brabant Noordoost .* geen eigen cijfers"),
        (NATURE, "Totaal,Midden-Drenthe", "Totaal,Drenthe (PV)", r"rij 3: hetzelfde cijfer staat er twee keer in"),
        (SHARES, '"28,5"', '"128,5"', r"rij 7: een percentage is hoogstens 100$"),
        (SHARES, '"28,5"', "28.5", r"rij 7, kolom .*: '28.5' is geen getal"),
        ("cbs-bvt-2019-1-tekst", "procent", "promille", r"rij 2, kolom 'Waarde': onbekende eenheid 'promille'"),
        ("cbs-bvt-2019-1-tekst", "Gestarte adviezen", "Adviezen", r"rij 2, .*: onbekende maat 'Adviezen'"),
        ("impactmonitor-2022-tekst", "bijna", "zowat", r"rij 2, kolom 'Waarde': onbekend teken 'zowat'"),
        ("impactmonitor-2022-tekst", "81.000", ".", r"rij 2, kolom 'Waarde': onbekend teken 'bijna'"),
        ("nji-veilig-thuis-2019", "Aantal organisaties", "Organisaties", r"rij 2, .*: onbekende maat 'Organisaties V"),
    ],
)  # fmt: skip
def test_a_broken_table_names_file_row_and_reason(folder: Path, source: str, old: str, new: str, reason: str) -> None:
    replace_in(folder / "sources" / f"{source}.csv", old, new)
    with pytest.raises(DataError, match=rf"^{source}\.csv, {reason}") as told:
        read(folder, source)
    assert "\n" not in str(told.value)


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "sources" / f"{KEY}.csv").unlink()
    with pytest.raises(DataError, match=rf"{KEY}\.csv: niet te lezen \(FileNotFoundError\)"):
        read(folder, KEY)


def test_a_table_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "sources" / f"{KEY}.csv").write_bytes(b"Veilig Thuis-regio,\xff\xfe\n")
    with pytest.raises(DataError, match=rf"{KEY}\.csv: niet te lezen \(UnicodeDecodeError\)"):
        read(folder, KEY)


def test_an_empty_table_is_named(folder: Path) -> None:
    (folder / "sources" / f"{KEY}.csv").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=rf"{KEY}\.csv, rij 1: kolommen anders dan verwacht"):
        read(folder, KEY)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('region = "NL01"\nperiod = "2019HJ01"', 'region = "NL02"\nperiod = "2019HJ01"', "onbekende regio 'NL02'"),
        ('region = "NL01"\nperiod = "2019HJ01"', 'region = "NL01"\nperiod = "2019H1"', "onbekende periode '2019H1'"),
    ],
)
def test_a_table_declared_wrongly_names_its_first_row(folder: Path, old: str, new: str, reason: str) -> None:
    replace_in(folder / "catalogue" / "tables.toml", old, new)
    with pytest.raises(DataError, match=rf"cbs-bvt-2019-1-tekst\.csv, rij 2, kolom 'Waarde': {reason}"):
        read(folder, "cbs-bvt-2019-1-tekst")


def test_a_sign_for_a_region_without_figures_of_its_own_is_kept(release: Release) -> None:
    frame = release.observations
    gone = frame[(frame["regio_code"] == "GM0738") & (frame["periode"] == "2023JJ00")]
    assert list(gone["teken"]) == ["."]


def test_a_dimension_on_its_total_drops_out(release: Release) -> None:
    frame = release.observations
    traffic = frame[frame["bron"] == "statline-84850ned-mensenhandel"]
    assert set(traffic["kenmerk"]) == {"Aanvullende informatie"}
    assert set(traffic["indicator"]) == {"aanvullende-informatie-veiligheidsproblematiek"}
    totals = frame[(frame["bron"] == "statline-84852ned-2020")]
    assert set(totals["indicator"]) == {"kerncijfers-veilig-thuis"}


def test_two_dimensions_together_are_joined_in_fixed_order(folder: Path) -> None:
    replace_in(
        folder / "sources" / "statline-84850ned-mensenhandel.csv", "Totaal,Mensenhandel,", "Onbekend,Mensenhandel,"
    )
    replace_in(
        folder / "catalogue" / "tables.toml",
        'bron = "statline-84850ned-mensenhandel"',
        'bron = "statline-84850ned-mensenhandel"\nhome = "aanvullende-informatie-veiligheidsproblematiek"',
    )
    first = read(folder, "statline-84850ned-mensenhandel").iloc[0]
    assert first["kenmerk"] == "Aard van het geweld | Aanvullende informatie"
    assert first["categorie"] == "Onbekend | Mensenhandel"
    assert first["indicator"] == "aanvullende-informatie-veiligheidsproblematiek"


def test_two_dimensions_without_a_home_are_refused(folder: Path) -> None:
    replace_in(
        folder / "sources" / "statline-84850ned-mensenhandel.csv", "Totaal,Mensenhandel,", "Onbekend,Mensenhandel,"
    )
    with pytest.raises(DataError, match="twee uitsplitsingen samen hebben een indicator nodig"):
        read(folder, "statline-84850ned-mensenhandel")
