from __future__ import annotations

from pathlib import Path

import pytest

from data import regions
from data.errors import DataError
from data.release import Release
from tests.data.conftest import replace_in


@pytest.fixture(scope="module")
def known() -> regions.Regions:
    return regions.load()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nederland", "NL01"),
        ("Noord-Nederland (LD)", "LD01"),
        ("Drenthe (PV)", "PV22"),
        ("Drenthe (VT)", "VT02"),
        ("Groningen (PV)", "PV20"),
        ("Groningen (VT)", "VT08"),
        ("Groningen", "GM0014"),
        ("Fryslân (PV)", "PV21"),
        ("Friesland (PV)", "PV21"),
        ("Friesland (VT)", "VT04"),
        ("Brabant Noordoost (VT)", "VT16"),
        ("Noord- en Oost-Gelderland (VT)", "VT14"),
        ("Utrecht (CR)", "CR17"),
        ("Utrecht", "GM0344"),
        ("Midden-Drenthe", "GM1731"),
        ("Nuenen, Gerwen en Nederwetten", "GM0820"),
    ],
)
def test_a_name_with_its_level_has_one_code(known: regions.Regions, name: str, code: str) -> None:
    assert known.resolve(name) == code


@pytest.mark.parametrize(
    ("name", "level"),
    [("Atlantis", ""), ("Drenthe", ""), ("Drenthe (LD)", ""), ("drenthe (VT)", ""), ("", ""), ("Assen", "VT")],
)
def test_an_unknown_name_is_an_error_and_no_guess(known: regions.Regions, name: str, level: str) -> None:
    with pytest.raises(DataError, match="onbekende regio"):
        known.resolve(name, level)


def test_an_unknown_level_is_an_error(known: regions.Regions) -> None:
    with pytest.raises(DataError, match=r"onbekende regio 'Assen' \(XX\)"):
        known.resolve("Assen", "XX")


def test_there_are_26_veilig_thuis_regions_up_to_2022_and_25_after(known: regions.Regions) -> None:
    of_level = [r for r in known.by_code.values() if r.level == "VT"]
    assert sum(r.exists_in(2022) for r in of_level) == 26
    assert sum(r.exists_in(2023) for r in of_level) == 25
    assert not known["VT16"].exists_in(2023)
    assert known["VT26"].exists_in(2022)
    assert known["VT26"].exists_in(2023)


def test_a_municipality_that_was_merged_ended(known: regions.Regions) -> None:
    assert known["GM0738"].exists_in(2018)
    assert not known["GM0738"].exists_in(2019)


def test_a_label_tells_levels_apart(known: regions.Regions) -> None:
    assert known["PV22"].label == "Drenthe (provincie)"
    assert known["VT02"].label == "Drenthe (Veilig Thuis-regio)"
    assert known["NL01"].label == "Nederland"
    assert len({r.label for r in known.by_code.values()}) == len(known.by_code)


def test_provinces_lie_in_landsdelen_and_municipalities_in_veilig_thuis_regions(known: regions.Regions) -> None:
    assert known["PV22"].parent == "LD01"
    assert known["LD01"].parent == "NL01"
    assert known["GM1731"].parent == "VT02"


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("regions.csv", "PV22,", "PV21,", "regions.csv, rij 9: niveau onbekend of code dubbel"),
        ("regions.csv", "Drenthe,PV", "Drenthe,PP", "niveau onbekend"),
        ("regions.csv", "PV22,Drenthe", "PV22,Fryslân", "naam dubbel"),
        ("regions.csv", "Drenthe,PV,,,,LD01", "Drenthe,PV,,,,LD09", "PV22 hoort bij een onbekende regio LD09"),
        ("regions.csv", "Drenthe,PV,,,", "Drenthe,PV,1e,,", "rij 9: een jaar of aantal is geen getal"),
        ("regions.csv", "geldig_van", "van", "kolom 'geldig_van' ontbreekt"),
        ("regions.csv", "PV22,Drenthe", "PV22", "rij 9: 8 kolommen in plaats van 9"),
        ("aliases.csv", "VT,IJssel,VT11", "VT,IJssel,VT99", "aliases.csv, rij 6: code onbekend of naam dubbel"),
        ("aliases.csv", "VT,IJssel,", "VT,Drenthe,", r"naam dubbel \(Drenthe\)"),
    ],
)
def test_a_wrong_row_is_one_clear_line(folder: Path, file: str, old: str, new: str, reason: str) -> None:
    replace_in(folder / "regions" / file, old, new)
    with pytest.raises(DataError, match=reason):
        regions.load(folder / "regions")


def test_a_missing_file_is_one_clear_line(folder: Path) -> None:
    (folder / "regions" / "aliases.csv").unlink()
    with pytest.raises(DataError, match=r"aliases\.csv: niet te lezen"):
        regions.load(folder / "regions")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("midden drenthe", "GM1731"),
        ("MIDDEN-DRENTHE", "GM1731"),
        ("sudwest fryslan", "GM1900"),
        ("s hertogenbosch", "GM0796"),
        ("Brabant-Noordoost", "VT16"),
        ("brabant noord-oost", "VT16"),
        ("Midden-Brabant", "VT15"),
        ("Overijssel regio Twente", "VT19"),
        ("overijssel, regio twente", "VT19"),
        ("Noord Brabant", "PV30"),
        ("Zuidoost Brabant", "VT26"),
        ("rotterdam rijnmond", "VT18"),
        ("Middendrente", None),
        ("", None),
        ("-", None),
    ],
)
def test_a_name_is_found_however_it_is_written(release: Release, typed: str, code: str | None) -> None:
    found = release.regions.find(typed)
    assert (found.code if found else None) == code
