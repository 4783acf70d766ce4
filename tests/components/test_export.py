import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from components.export import (
    COLUMNS,
    all_figures_csv,
    card_csv,
    card_file_name,
    plain_number,
    revisions_csv,
)
from data.release import Release
from data.view import CardView
from tests.reading import csv_number, read_csv

Shown = Callable[..., CardView]
HEADING = "indicator,maat,kenmerk,categorie,regio_code,regio_naam,regio_niveau,periode,waarde,eenheid,teken,status,bron"
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"


@pytest.mark.parametrize(
    ("value", "comma", "dot"),
    [(1905.0, "1905", "1905"), (143210.0, "143210", "143210"), (28.5, "28,5", "28.5"), (0.0, "0", "0"),
     (None, "", ""), (float("nan"), "", "")],
)  # fmt: skip
def test_a_number_in_a_file_has_no_thousands_separator(value: float | None, comma: str, dot: str) -> None:
    assert plain_number(value, ",") == comma
    assert plain_number(value, ".") == dot


# --- the file of a card ---


def test_the_file_for_people_opens_in_a_dutch_spreadsheet(shown: Shown, release: Release) -> None:
    body = card_csv(shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02"), release)
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.count(b"\xef\xbb\xbf") == 1
    lines = body.decode("utf-8-sig").split("\r\n")
    assert lines[0] == ";".join(COLUMNS)
    assert lines[-1] == "", "the last line ends, and nothing stands below it"
    assert len(lines) == 1 + 2 + 1


def test_the_file_has_value_first_value_unit_status_source_and_release(shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02")
    row = {row["Maat"]: row for row in read_csv(card_csv(card, release))}["Ontvangen meldingen"]
    assert row["Waarde"] == "66730"
    assert row["Eerst gepubliceerd"] == "66660"
    assert row["Indicator"] == "Aantal adviezen en meldingen"
    assert (row["Regio"], row["Regiocode"]) == ("Nederland", "NL01")
    assert (row["Periode"], row["Periodecode"]) == ("2e halfjaar 2019", "2019HJ02")
    assert (row["Eenheid"], row["Teken"], row["Berekend"]) == ("aantal", "", "nee")
    assert row["Status"] == "definitief"
    assert row["Bron-id"] in release.catalogue.sources
    assert row["Bron"].startswith(release.catalogue.sources[row["Bron-id"]].uitgever)
    assert row["Levering"] == release.name


def test_the_file_for_machines_has_the_same_figures(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        people, machine = card_csv(card, release), card_csv(card, release, machine=True)
        assert not machine.startswith(b"\xef\xbb\xbf"), name
        one, other = read_csv(people), read_csv(machine, ",")
        assert len(one) == len(other), name
        for a, b in zip(one, other, strict=True):
            assert csv_number(a["Waarde"]) == (float(b["Waarde"]) if b["Waarde"] else None), name
            numbers = ("Waarde", "Eerst gepubliceerd")
            assert {k: v for k, v in a.items() if k not in numbers} == {
                k: v for k, v in b.items() if k not in numbers
            }, name


def test_decimals_have_a_comma_or_a_dot(shown: Shown, release: Release) -> None:
    card = shown("tijdreeksen", indicator="type-adviesvrager-melder", categorie="politie")
    values = [figure.value for *_, figure in card.figures()]
    assert any(value and value % 1 for value in values)
    people = [row["Waarde"] for row in read_csv(card_csv(card, release))]
    machine = [row["Waarde"] for row in read_csv(card_csv(card, release, machine=True), ",")]
    assert all(re.fullmatch(r"\d+(,\d+)?", value) for value in people)
    assert all(re.fullmatch(r"\d+(\.\d+)?", value) for value in machine)
    assert [csv_number(value) for value in people] == [float(value) for value in machine] == values


def test_a_sign_stays_a_sign(shown: Shown, release: Release) -> None:
    rows = read_csv(card_csv(shown("regionaal", indicator=NATURE, regio="GM1731", periode="2023JJ00"), release))
    signed = [row for row in rows if row["Teken"]]
    assert signed
    assert {(row["Teken"], row["Waarde"]) for row in signed} == {(".", "")}


def test_a_hedge_stands_beside_its_value(shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02")
    key = next(iter(card.cells))
    hedged = replace(card, cells={key: replace(card.cells[key], sign="ruim")})
    (row,) = read_csv(card_csv(hedged, release))
    assert (row["Teken"], row["Waarde"]) == ("ruim", "54540")


def test_a_computed_share_says_so(cards: dict[str, CardView], release: Release) -> None:
    computed = 0
    for name, card in cards.items():
        rows = read_csv(card_csv(card, release))
        for row, (*_, figure) in zip(rows, card.figures(), strict=True):
            assert row["Berekend"] == ("ja" if figure.computed else "nee"), name
            assert not figure.computed or row["Eenheid"] in ("%", "per 10.000 inwoners"), name
            computed += figure.computed
    assert computed


@pytest.mark.parametrize(
    ("view", "query", "name"),
    [
        ("landelijk", {"periode": "2019HJ02"}, "aantal-adviezen-en-meldingen_nederland_2019hj02.csv"),
        ("tijdreeksen", {}, "aantal-adviezen-en-meldingen_nederland_reeks.csv"),
        (
            "regionaal",
            {"indicator": NATURE, "regio": "PV22", "geweld": "kindermishandeling", "periode": "2023JJ00"},
            f"{NATURE}_drenthe_2023jj00.csv",
        ),
    ],
)
def test_the_name_of_the_file_has_indicator_region_and_period(
    view: str, query: dict[str, str], name: str, shown: Shown
) -> None:
    assert card_file_name(shown(view, **query)) == name


def test_the_name_of_every_file_is_safe(cards: dict[str, CardView]) -> None:
    for name, card in cards.items():
        assert re.fullmatch(r"[a-z0-9-]+_[a-z0-9-]+_[a-z0-9-]+\.csv", card_file_name(card)), name
        assert len(card_file_name(card)) < 200, name


# --- all figures, and the revisions ---


def test_all_figures_are_tidy_data(release: Release) -> None:
    body = all_figures_csv(release)
    assert body.decode().splitlines()[0] == HEADING
    assert b"\r" not in body
    assert not body.startswith(b"\xef\xbb\xbf")
    rows = read_csv(body, ",")
    assert len(rows) == len(release.figures)


def test_every_figure_of_the_release_is_in_the_file_with_its_sign(release: Release) -> None:
    rows = read_csv(all_figures_csv(release), ",")
    names = HEADING.split(",")
    for row, figure in zip(rows, release.figures[names].to_dict("records"), strict=True):
        value = figure["waarde"]
        assert row["waarde"] == "" if value != value else float(row["waarde"]) == value
        assert all(row[name] == figure[name] for name in names if name != "waarde")


def test_a_figure_without_a_number_has_a_sign_and_is_never_zero(release: Release) -> None:
    rows = read_csv(all_figures_csv(release), ",")
    assert all(row["teken"] in (".", "x", "-", "leeg") for row in rows if not row["waarde"])
    assert sum(row["teken"] == "." and not row["waarde"] for row in rows) > 100
    assert not [row for row in rows if row["teken"] in (".", "x", "-", "leeg") and row["waarde"]]


def test_the_revisions_are_the_erratum_the_national_totals_and_three_later_reports(release: Release) -> None:
    rows = read_csv(revisions_csv(release), ",")
    count = Counter((row["oud_bron"], row["nieuw_bron"]) for row in rows)
    assert count[("cbs-bvt-2019-1-foutief", "cbs-bvt-2019-1")] == 55
    national = [row for row in rows if row["oud_bron"] in ("cbs-bvt-2019-1", "cbs-bvt-2019-2")]
    assert len(national) == 4
    # The reports on youth protection (15 of a year, 3 of a half-year) and one share of the WODC.
    assert count[("cbs-jeugdbescherming-2019-figuur", "cbs-jeugdbescherming-2022-figuur")] == 15
    assert count[("cbs-jeugdbescherming-2021-1", "cbs-jeugdbescherming-2023-1-figuur")] == 3
    assert count[("veiligheidshuizen-recidive-2018", "huiselijkgeweld-recidive-2021")] == 1
    assert len(rows) == len(release.history) == 55 + 4 + 15 + 3 + 1
    assert {(row["maat"], row["periode"], row["oud_waarde"], row["nieuw_waarde"]) for row in national} == {
        ("Ontvangen meldingen", "2019HJ01", "64960", "65075"),
        ("Gestarte adviezen", "2019HJ01", "53080", "53145"),
        ("Ontvangen meldingen", "2019HJ02", "66660", "66730"),
        ("Gestarte adviezen", "2019HJ02", "54530", "54540"),
    }
    assert all(row["oud_publicatiedatum"] and row["nieuw_publicatiedatum"] and row["reden"] for row in rows)
