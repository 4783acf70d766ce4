from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data import regions
from data.errors import DataError
from data.release import FOLDER
from tests.data.conftest import replace_in


@pytest.fixture(scope="module")
def known() -> regions.Regions:
    return regions.load()


@pytest.mark.parametrize(
    ("code", "year", "count"),
    [
        # StatLine 70072ned, men and women on 1 January 2023 added up.
        ("NL01", 2023, 8_850_309 + 8_960_982),
        ("PV23", 2023, 594_954 + 589_379),
        ("LD04", 2023, 1_878_941 + 1_875_636),
        ("GM0202", 2023, 82_927 + 82_843),
        ("GM0642", 2023, 21_891 + 23_127),
        # The provinces on 1 January of 2019 and 2020, as published.
        ("PV22", 2019, 492_167),
        ("VT02", 2019, 492_167),
        ("VT23", 2020, 383_488),
        ("LD01", 2020, 585_866 + 649_957 + 493_682),
        ("NL01", 2019, 17_282_163),
        ("NL01", 2020, 17_407_585),
    ],
)
def test_a_population_is_the_published_one(known: regions.Regions, code: str, year: int, count: int) -> None:
    found = known.inhabitants.of(code, year)
    assert found is not None
    assert found.inhabitants == count
    assert all(source in known.inhabitants.sources for source in found.sources)


def test_the_region_is_the_sum_of_its_gemeenten_read_another_way(known: regions.Regions) -> None:
    with (FOLDER / "regions" / "regions.csv").open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["ouder"] == "VT02"]
    assert len(rows) == 12
    found = known.inhabitants.of("VT02", 2023)
    assert found is not None
    assert found.inhabitants == sum(int(row["inwoners_2023"]) for row in rows)
    assert found.explanation == "som van de gemeenten in de regio"


@pytest.mark.parametrize(
    ("code", "year"),
    [
        ("VT16", 2023),  # no source says which part of the two Brabant regions is which
        ("VT26", 2023),
        ("VT16", 2022),
        ("VT01", 2019),  # Amsterdam-Amstelland is no province
        ("PV22", 2022),
        ("NL01", 2024),
        ("GM1731", 2022),
        ("CR07", 2023),
    ],
)
def test_what_no_source_gives_is_not_there(known: regions.Regions, code: str, year: int) -> None:
    assert known.inhabitants.of(code, year) is None


def test_the_levels_add_up_to_the_country(known: regions.Regions) -> None:
    for level, year in [
        ("LD", 2019),
        ("PV", 2019),
        ("LD", 2020),
        ("PV", 2020),
        ("LD", 2023),
        ("PV", 2023),
        ("GM", 2023),
    ]:
        every = [known.inhabitants.of(code, year) for code in known.by_code if code.startswith(level)]
        country = known.inhabitants.of("NL01", year)
        assert country is not None
        assert sum(each.inhabitants for each in every if each) == country.inhabitants


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("inhabitants.csv", "PV22,2019-01-01,492167", "PV22,2019-01-01,", "geen aantal inwoners op 1 januari"),
        ("inhabitants.csv", "PV22,2019-01-01,", "PV22,2019-07-01,", "geen aantal inwoners op 1 januari"),
        ("inhabitants.csv", "PV22,2019", "PV22,2020", "inhabitants.csv, rij 16: PV22 staat er twee keer in voor 2020"),
        ("inhabitants.csv", "PV22,2019", "PV99,2019", "onbekende regio of bron"),
        ("composition.csv", "VT02,2019,PV22", "VT02,2019,PV99", "onbekend deel PV99"),
        ("composition.csv", "VT02,2019,PV22", "VT02,2018,PV22", "van PV22 zijn geen inwoners bekend in 2018"),
        ("composition.csv", "VT02,2019,PV22", "PV22,2019,PV22", "een regio die al inwoners heeft"),
        ("composition.csv", "VT02,2019,PV22", "VT02,2019,PV22 PV22", "een deel staat er twee keer in"),
        ("composition.csv", "gemeenten:VT01", "gemeenten:PV22", "PV22 heeft geen gemeenten"),
        ("regions.csv", "GM0106,Assen,GM,,,,VT02,69414", "GM0106,Assen,GM,,,,VT02,", "van GM0106 zijn geen inwoners"),
        ("bronnen.csv", "licentie", "recht", "bronnen.csv: een kolom"),
    ],
)
def test_a_wrong_row_is_one_clear_line(folder: Path, file: str, old: str, new: str, reason: str) -> None:
    replace_in(folder / "regions" / file, old, new)
    with pytest.raises(DataError, match=reason):
        regions.load(folder / "regions")
