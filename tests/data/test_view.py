from __future__ import annotations

import pandas as pd
import pytest

from data.catalogue import TOTAL
from data.choice import choose
from data.periods import period
from data.release import Release
from data.schema import records
from data.view import CardView, Figure, card_view

NATURES = "aard-geweld-adviezen-meldingen-veilig-thuis"
ADVICE = "aantal-adviezen-en-meldingen"
KEY_FIGURES = "kerncijfers-veilig-thuis"
EARLIER = "eerdere-betrokkenheid-veilig-thuis"


def card(release: Release, view: str, **query: str) -> CardView:
    choice = choose(release, view, query)  # type: ignore[arg-type]
    assert choice.notices == ()
    return card_view(release, choice)


def table(shown: CardView) -> list[tuple[str, list[float | str | None]]]:
    """The card as a reader sees it: a label and a number, a sign or nothing in each column."""
    return [(line.label, [cell(shown.cell(line, column)) for column in shown.columns]) for line in shown.lines]


def cell(figure: Figure | None) -> float | str | None:
    return None if figure is None else figure.sign or figure.value


def every_card(release: Release) -> list[CardView]:
    out = []
    for slug, view in sorted(release.filled):
        first = choose(release, view, {"indicator": slug})
        for option in first.options["weergave"]:
            if option.available:
                asked = {"indicator": slug, "weergave": option.value}
                out.append(card_view(release, choose(release, view, asked)))
    return out


@pytest.fixture(scope="module")
def cards(release: Release) -> list[CardView]:
    return every_card(release)


# --- every card ---


def test_a_published_figure_on_a_card_is_a_row_of_the_figures(release: Release, cards: list[CardView]) -> None:
    names = ["indicator", "maat", "kenmerk", "categorie", "regio_code", "periode", "eenheid"]
    rows = {tuple(row[name] for name in names): row for row in records(release.figures)}
    shown = [figure for each in cards for _, _, figure in each.figures() if not figure.computed]
    assert len(shown) > 400
    for figure in shown:
        row = rows[tuple(figure.row[name] for name in names)]
        assert (figure.value is None) == pd.isna(row["waarde"])
        assert figure.value is None or figure.value == row["waarde"]
        assert (figure.sign, figure.status, figure.unit, figure.source) == (
            row["teken"], row["status"], row["eenheid"], row["bron"],
        )  # fmt: skip


def test_a_sign_is_never_shown_as_a_number(cards: list[CardView]) -> None:
    figures = [figure for each in cards for _, _, figure in each.figures()]
    assert {figure.sign for figure in figures} <= {
        "", ".", "te klein", "bijna", "ruim", "ongeveer", "circa", "omgerekend", "zo'n",
        "de helft", "meer dan de helft", "ongeveer drie op de tien", "bijna zes op de tien",
    }  # fmt: skip
    for figure in figures:
        assert (figure.value is None) == (figure.sign in (".", "te klein"))
        assert figure.value != 0 or figure.row["waarde"] == 0


def test_a_share_is_computed_within_one_publication(release: Release, cards: list[CardView]) -> None:
    observations = release.observations
    shares = [each for each in cards if each.choice.presentation == "aandeel"]
    computed = [figure for each in shares for _, _, figure in each.figures() if figure.computed]
    assert computed
    for figure in computed:
        total = observations[
            (observations["bron"] == figure.source)
            & (observations["kenmerk"] == TOTAL)
            & (observations["eenheid"] == "aantal")
            & (observations["maat"] == figure.row["maat"])
            & (observations["regio_code"] == figure.row["regio_code"])
            & (observations["periode"] == figure.row["periode"])
        ]
        assert len(total) == 1
        if figure.value is not None:
            assert abs(100 * figure.row["waarde"] / total["waarde"].iloc[0] - figure.value) <= 0.5


def test_a_card_has_one_unit_and_one_kind_of_period(cards: list[CardView]) -> None:
    for each in cards:
        assert len({figure.unit for _, _, figure in each.figures()}) == 1
        assert len({period(figure.row["periode"]).kind for _, _, figure in each.figures()}) == 1


def test_each_line_but_a_gap_in_time_has_a_figure(cards: list[CardView]) -> None:
    for each in cards:
        for line in each.lines:
            filled = any(each.cell(line, column) for column in each.columns)
            whole = each.choice.form in ("matrix", "voor-na")  # shows all its places, also those not known
            assert filled or each.axis == "periode" or line.chosen or whole
        for column in each.columns:
            assert any(each.cell(line, column) for line in each.lines) or each.choice.form == "matrix"


def test_the_total_stands_first(cards: list[CardView]) -> None:
    with_total = [each for each in cards if any(line.total for line in each.lines)]
    assert with_total
    for each in with_total:
        assert [line.total for line in each.lines].index(True) == 0
        assert sum(line.total for line in each.lines) == 1


def test_a_card_without_figures_has_no_lines(release: Release) -> None:
    shown = card(release, "landelijk", indicator="eindvonnis-en-strafoplegging-rechter-1e-aanleg")
    assert (shown.lines, shown.columns, list(shown.figures())) == ((), (), [])


# --- known cards, with numbers from the publications ---


def test_the_national_key_figures_of_the_second_half_of_2019(release: Release) -> None:
    shown = card(release, "landelijk", indicator=KEY_FIGURES, periode="2019HJ02")
    assert shown.axis == "maat"
    assert table(shown) == [
        ("Gestarte adviezen", [54540]),
        ("Ontvangen meldingen", [66730]),
        ("Actieve casussen", [79275]),
        ("Gestarte casussen", [51150]),
        ("Gesloten casussen", [47645]),
        ("Actieve diensten onderzoek", [4395]),
        ("Gestarte diensten onderzoek", [3025]),
        ("Gesloten diensten onderzoek", [3180]),
        ("Actieve diensten voorwaarden en vervolg", [7890]),
        ("Gestarte diensten voorwaarden en vervolg", [6220]),
        ("Gesloten diensten voorwaarden en vervolg", [6095]),
        ("Overdrachten", [96900]),
    ]


def test_regions_are_compared_on_one_level_largest_first(release: Release) -> None:
    shown = card(release, "regionaal", indicator=ADVICE, periode="2019HJ02")
    assert (shown.axis, shown.level, len(shown.lines)) == ("regio", "VT", 26)
    assert table(shown)[:3] == [
        ("Rotterdam-Rijnmond", [4560, 7375]),
        ("Haaglanden", [3995, 5430]),
        ("Utrecht", [3325, 5440]),
    ]
    assert table(shown)[-1] == ("Gooi en Vechtstreek", [760, 790])


def test_chosen_regions_of_two_levels_stand_among_those_of_the_first(release: Release) -> None:
    shown = card(release, "regionaal", indicator=ADVICE, periode="2023JJ00", regio="VT02,GM0106")
    assert [(line.label, line.chosen) for line in shown.lines if line.chosen] == [
        ("Drenthe (Veilig Thuis-regio)", True),
        ("Assen (gemeente)", True),
    ]


def test_natures_of_violence_stand_beside_their_total(release: Release) -> None:
    shown = card(release, "regionaal", indicator=NATURES, regio="GM1731")
    assert shown.axis == "categorie"
    assert table(shown) == [
        ("Totaal", [130, 105]),
        ("Kindermishandeling", [70, 65]),
        ("Geweld tegen ouders", [".", 10]),
        ("(Ex-)Partnergeweld", [20, 25]),
        ("Ouderenmishandeling (ouder dan 65 jaar)", [".", "."]),
        ("Huiselijk geweld overig", [".", 10]),
        ("Andere problematiek...", [35, 25]),
        ("Geen kindermishandeling/huiselijk geweld", [".", "."]),
        ("Onbekend", [".", "."]),
    ]


def test_shares_of_drenthe_are_computed_and_a_sign_has_none(release: Release) -> None:
    shown = card(release, "regionaal", indicator=NATURES, regio="PV22", weergave="aandeel")
    assert table(shown)[:4] == [
        ("Kindermishandeling", [54, 56]),
        ("Geweld tegen ouders", [2, 7]),
        ("(Ex-)Partnergeweld", [17, 31]),
        ("Ouderenmishandeling (ouder dan 65 jaar)", [3, 2]),
    ]
    assert table(shown)[6] == ("Geen kindermishandeling/huiselijk geweld", [".", "."])
    assert all(figure.computed for _, _, figure in shown.figures())


def test_forms_stand_without_the_total_of_all_natures(release: Release) -> None:
    shown = card(release, "regionaal", indicator=NATURES, regio="PV22", geweld="vormen-kindermishandeling")
    assert table(shown) == [
        ("Mishandeling kind: fysiek", [320, 240]),
        ("Mishandeling kind: verwaarlozing", [170, 120]),
        ("Mishandeling kind: emotionele mishandeling", [540, 330]),
        ("Mishandeling kind: emotionele verwaarlozing", [540, 335]),
        ("Mishandeling kind: seksueel misbruik", [85, 40]),
        ("Mishandeling kind: getuige van geweld", [390, 465]),
        ("Mishandeling kind: PCF", [".", "."]),
        ("Mishandeling kind: anders", [55, 25]),
    ]


def test_a_published_percentage_goes_before_a_computed_one(release: Release) -> None:
    shown = card(release, "landelijk", indicator=EARLIER, weergave="aandeel")
    assert table(shown) == [
        ("1e melding, geen betrokkenen bekend VT", [31.9]),
        ("Hermelding: Totaal", [38.1]),
        ("Vervolgmelding tijdens betrokkenheid VT: Totaal", [28.5]),
        ("Melding niet ingedeeld", [1.4]),
    ]
    assert not any(figure.computed for _, _, figure in shown.figures())


def test_no_share_where_only_the_part_is_in_the_publication(release: Release) -> None:
    query = {"indicator": "acuut-en-of-structureel-onveilig", "periode": "2022HJ01", "categorie": "acute-onveiligheid"}
    assert table(card(release, "landelijk", **query)) == [("Ontvangen meldingen", [3040])]
    shares = choose(release, "landelijk", query | {"weergave": "aandeel"})
    assert [(notice.kind, notice.parameter) for notice in shares.notices] == [("no_figures", "periode")]
    assert not any(figure.computed for _, _, figure in card_view(release, shares).figures())


def test_a_series_of_half_years_leaves_a_gap_and_leaves_out_years(release: Release) -> None:
    shown = card(release, "tijdreeksen", indicator=ADVICE)
    assert shown.axis == "periode"
    assert table(shown) == [
        ("1e halfjaar 2019", [53145, 65075]),
        ("2e halfjaar 2019", [54540, 66730]),
        ("1e halfjaar 2020", [58575, 64505]),
        ("2e halfjaar 2020", [63475, 62910]),
        ("1e halfjaar 2021", [67545, 60880]),
        ("2e halfjaar 2021", [66625, 58500]),
        ("1e halfjaar 2022", [66155, 59985]),
        ("2e halfjaar 2022", [None, None]),
        ("1e halfjaar 2023", [None, None]),
        ("2e halfjaar 2023", [None, None]),
        ("1e halfjaar 2024", [None, None]),
        ("2e halfjaar 2024", [None, None]),
        ("1e halfjaar 2025", [84935, 66270]),
    ]


def test_a_revised_figure_knows_its_first_value(release: Release) -> None:
    shown = card(release, "tijdreeksen", indicator=ADVICE, periode="2019HJ01,2019HJ02")
    first = [figure.first["oud_waarde"] for _, _, figure in shown.figures() if figure.first]
    assert first == [53080, 64960, 54530, 66660]
    unrevised = card(release, "tijdreeksen", indicator=ADVICE, periode="2020HJ01,2020HJ02")
    assert not any(figure.first for _, _, figure in unrevised.figures())


def test_a_status_stands_with_each_figure(release: Release) -> None:
    shown = card(release, "tijdreeksen", indicator=ADVICE)
    status = {line.key: figure.status for line, _, figure in shown.figures()}
    assert status["2021HJ02"] == "definitief"
    assert status["2022HJ01"] == "voorlopig"
    assert status["2025HJ01"] == "voorlopig"


def test_decimals_are_those_of_the_publication(release: Release) -> None:
    shown = card(release, "landelijk", indicator="type-adviesvrager-melder", periode="2022HJ01", weergave="aandeel",
                 categorie="organisatie-indeling-impactmonitor")  # fmt: skip
    police = next(f for line, column, f in shown.figures() if line.label == "Politie" and f.row["maat"].startswith("G"))
    assert (police.value, police.decimals) == (4.6, 1)
