from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data import schema
from data.errors import DataError
from data.release import Release

GOOD: dict[str, Any] = {
    "indicator": "kerncijfers-veilig-thuis",
    "maat": "Gestarte adviezen",
    "kenmerk": "Totaal",
    "categorie": "Totaal",
    "regio_code": "PV22",
    "regio_naam": "Drenthe",
    "regio_niveau": "provincie",
    "periode": "2023JJ00",
    "waarde": 2960.0,
    "eenheid": "aantal",
    "teken": "",
    "status": "voorlopig",
    "bron": "tabel",
    "rij": 2,
    "kolom": "Gestarte adviezen",
}


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([GOOD | row for row in rows]).astype({"waarde": float})


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"waarde": None, "teken": "."},
        {"waarde": None, "teken": "leeg"},
        {"waarde": 81000.0, "teken": "bijna"},
        {"waarde": 28.5, "eenheid": "%"},
        {"waarde": 0.0},
        {"regio_code": "X-eenheid-oost-nederland"},
    ],
)
def test_a_good_row_passes(row: dict[str, Any]) -> None:
    assert len(schema.check(table(row), unique=True)) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"teken": "."}, "een cijfer heeft een waarde of een teken"),
        ({"waarde": None}, "een cijfer heeft een waarde of een teken"),
        ({"waarde": 0.0, "teken": "."}, "een cijfer heeft een waarde of een teken"),
        ({"waarde": None, "teken": "bijna"}, "een cijfer heeft een waarde of een teken"),
        ({"waarde": 28.5}, "een aantal is een geheel getal"),
        ({"waarde": 100.5, "eenheid": "%"}, "een percentage is hoogstens 100"),
        ({"waarde": -5.0}, "waarde = "),
        ({"teken": "?"}, "teken = '?'"),
        ({"eenheid": "personen"}, "eenheid = 'personen'"),
        ({"status": "ongeveer"}, "status = 'ongeveer'"),
        ({"periode": "2023"}, r"onbekende periode \(periode = '2023'\)"),
        ({"regio_code": "Drenthe"}, "regio_code = 'Drenthe'"),
        ({"regio_niveau": "wijk"}, "regio_niveau = 'wijk'"),
        ({"maat": ""}, "maat = ''"),
    ],
)
def test_a_wrong_row_is_named(row: dict[str, Any], reason: str) -> None:
    with pytest.raises(DataError, match=rf"^tabel\.csv, rij 3: .*{reason}"):
        schema.check(table({"periode": "2022JJ00"}, row | {"rij": 3}), unique=False)


def test_a_figure_stands_once_in_a_source_and_once_among_the_figures() -> None:
    twice = table({}, {"bron": "andere", "rij": 9})
    assert len(schema.check(twice, unique=False)) == 2
    with pytest.raises(DataError, match=r"^andere\.csv, rij 9: hetzelfde cijfer staat er twee keer in"):
        schema.check(twice, unique=True)
    with pytest.raises(DataError, match=r"^tabel\.csv, rij 9: hetzelfde cijfer staat er twee keer in"):
        schema.check(table({}, {"rij": 9}), unique=False)


def test_the_release_passes(release: Release) -> None:
    assert len(schema.check(release.figures, unique=True)) == len(release.figures)


def test_a_figure_of_the_release_has_a_value_or_a_sign(release: Release) -> None:
    figures = release.figures
    signs = figures["teken"].isin([".", "x", "-", "leeg"])
    assert (figures["waarde"].isna() == signs).all()
    assert set(figures["teken"]) == {
        "", ".", "bijna", "ruim", "ongeveer", "circa", "omgerekend", "zo'n",
        "de helft", "meer dan de helft", "ongeveer drie op de tien", "bijna zes op de tien",
    }  # fmt: skip
