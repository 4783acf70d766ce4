"""Numbers per 10,000 inhabitants, and published rates, wherever a card shows them."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from components import words
from components.card import card as make_card
from components.export import card_csv
from components.figures.panels import figures_of
from components.html_text import to_html
from components.map import map_section
from components.profile import profile_section
from components.workbook import card_workbook
from data import check
from data.choice import Choice, choose
from data.release import Release
from data.report import report
from data.schema import KEY
from data.view import CardView, card_view
from tests.components.screen import same_everywhere
from tests.made import with_rows
from tests.reading import Node, csv_number, parse, read_csv, read_table

ADVICE = "aantal-adviezen-en-meldingen"
KEY_FIGURES = "kerncijfers-veilig-thuis"
REGIONS = Path("data/regions/regions.csv")
# The published counts of 2023 (StatLine 84849NED, 84851NED, 84852NED): ontvangen meldingen.
PUBLISHED = {
    "NL01": 127_340, "VT02": 1_905, "GM1731": 105, "GM0106": 270, "VT05": 3_060, "VT06": 2_695, "VT14": 2_810,
}  # fmt: skip


def inhabitants_2023() -> dict[str, int]:
    """Read apart from the project: gemeenten as published, a Veilig Thuis-regio and Nederland as their sum."""
    with REGIONS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["inwoners_2023"]]
    found = {row["code"]: int(row["inwoners_2023"]) for row in rows if row["niveau"] == "GM"}
    for code in {row["ouder"] for row in rows if row["niveau"] == "GM"}:
        found[code] = sum(int(row["inwoners_2023"]) for row in rows if row["ouder"] == code)
    found["NL01"] = sum(count for code, count in found.items() if code.startswith("GM"))
    return found


def card(release: Release, view: str, **query: str) -> CardView:
    choice = choose(release, view, query)  # type: ignore[arg-type]
    assert choice.notices == ()
    return card_view(release, choice)


def read(shown: CardView, release: Release) -> Node:
    return parse(to_html(make_card(shown, release)))


def offered(choice: Choice) -> list[str]:
    return [option.value for option in choice.options.get("weergave", ())]


# --- computed: per 10,000 inhabitants ---


def test_rates_of_2023_are_count_over_inhabitants(release: Release) -> None:
    """Every published count, divided apart from the project; at most the digits that a rounding to fives allows."""
    inhabitants = inhabitants_2023()
    assert (inhabitants["NL01"], inhabitants["VT02"], inhabitants["GM1731"]) == (17_811_291, 502_051, 33_987)
    seen = {}
    for view, regions in (("landelijk", "NL01"), ("regionaal", "VT02,GM1731,GM0106"), ("regionaal", "VT05")):
        query = {"indicator": KEY_FIGURES, "maat": "ontvangen-meldingen", "periode": "2023JJ00"}
        query |= {"weergave": "per10000"} | ({"regio": regions} if view == "regionaal" else {})
        for *_, figure in card(release, view, **query).figures():
            seen[figure.row["regio_code"]] = figure
    for code, count in PUBLISHED.items():
        if code == "VT06":
            continue  # Mook en Middelaar lies in two regions; its population is in tests/data/test_inhabitants.py
        figure, exact = seen[code], Fraction(10_000 * count, inhabitants[code])
        assert figure.row["waarde"] == count
        assert figure.population is not None
        assert figure.population.inhabitants == inhabitants[code], code
        assert figure.value is not None
        assert abs(figure.value - exact) <= Fraction(1, 2 * 10**figure.decimals), code
        assert (figure.unit, figure.computed) == ("per 10.000 inwoners", True)
    assert (seen["NL01"].value, seen["VT02"].value, seen["GM1731"].value) == (71.5, 37.9, 31.0)
    assert (seen["NL01"].sign, seen["VT02"].sign, seen["GM1731"].sign) == ("", "", "ongeveer")


def test_the_card_says_that_it_is_computed_and_from_what(release: Release) -> None:
    shown = card(release, "regionaal", indicator=ADVICE, regio="VT02", periode="2023JJ00", weergave="per10000")
    page = read(shown, release)
    assert "per 10.000 inwoners" in page.one(id="kaart-titel").text()
    assert (
        page.one("p", "zin")
        .text()
        .startswith(
            "In Drenthe (Veilig Thuis-regio) waren er in 2023 59,0 gestarte adviezen en 37,9 ontvangen meldingen "
            "per 10.000 inwoners."
        )
    )
    assert "Berekend per 10.000 inwoners" in page.one("p", "labels").text()
    assert "Bevolking per gemeente op 1 januari 2023" in page.one("footer").text()
    assert "Inwoners: Centraal Bureau voor de Statistiek" in str(page.one("button", "kopieer")["data-tekst"])
    row = next(tr for tr in page.one("table", "cijfers").one("tbody").all("tr") if "gekozen" in tr.classes)
    assert [td.text() for td in row.all("td")][:3] == ["59,0aantal 2.960", "37,9aantal 1.905", "502.051"]
    same_everywhere(shown, release)


def test_nederland_stands_beside_the_regions_in_rates_only(release: Release) -> None:
    """StatLine 2023: 127.340 meldingen, 71,5 per 10.000; beside counts of regions it would say nothing."""
    query = {"indicator": ADVICE, "maat": "ontvangen-meldingen", "regio": "GM1731,VT02", "periode": "2023JJ00"}
    rates_ = card(release, "regionaal", **query, weergave="per10000")
    table = read_table(read(rates_, release))
    assert table.row("Nederland") == ["71,5"]
    assert table.row("Midden-Drenthe (gemeente)") == ["ongeveer 31"]
    assert "Nederland" not in words.sentence(rates_, release)
    counts = card(release, "regionaal", **query, weergave="aantal")
    assert "Nederland" not in [line.label for line in counts.lines]
    only = card(release, "regionaal", **(query | {"regio": "VT02"}), niveau="veilig-thuis-regio", weergave="per10000")
    assert "Drenthe" in [line.label for line in only.lines]


def test_the_files_name_count_inhabitants_and_source(release: Release) -> None:
    shown = card(
        release, "regionaal", indicator=ADVICE, maat="ontvangen-meldingen", regio="VT02,GM1731", periode="2023JJ00",
        weergave="per10000",
    )  # fmt: skip
    rows = {row["Regiocode"]: row for row in read_csv(card_csv(shown, release))}
    told = ("Waarde", "Eenheid", "Teken", "Berekend", "Aantal", "Inwoners op 1 januari")
    assert [rows["VT02"][name] for name in told] == ["37,9", "per 10.000 inwoners", "", "ja", "1905", "502051"]
    assert [rows["GM1731"][name] for name in told] == ["31", "per 10.000 inwoners", "ongeveer", "ja", "105", "33987"]
    assert rows["VT02"]["Bron inwoners"].endswith("Bevolking per gemeente op 1 januari 2023")
    book = load_workbook(io.BytesIO(card_workbook(shown, release)))
    heads, *lines = book["Cijfers"].iter_rows(values_only=True)
    by_code = {line[heads.index("Regiocode")]: dict(zip(heads, line, strict=True)) for line in lines}
    assert [by_code["VT02"][name] for name in ("Waarde", "Aantal", "Inwoners op 1 januari")] == [37.9, 1905, 502051]
    about = list(book["Bronnen en tekens"].iter_rows(values_only=True))
    assert any(row[1] == "cbs-inwoners-2023" for row in about)
    assert [row[2] for row in about if row[1] == "ongeveer"] == [
        "Door de afronding van het aantal kan het berekende getal 1 hoger of lager zijn."
    ]


def test_a_region_without_inhabitants_says_so_and_has_no_rate_and_no_class(release: Release) -> None:
    made = with_rows(release, {"regio_code": "VT26", "waarde": 3_500.0}, {"regio_code": "VT16", "waarde": None,
                                                                         "teken": "."})  # fmt: skip
    shown = card(
        made, "regionaal", indicator=KEY_FIGURES, maat="ontvangen-meldingen", niveau="veilig-thuis-regio",
        periode="2023JJ00", weergave="per10000",
    )  # fmt: skip
    by_code = {figure.row["regio_code"]: figure for *_, figure in shown.figures()}
    assert (by_code["VT26"].value, by_code["VT26"].sign) == (None, "geen inwonertal")
    assert (by_code["VT16"].value, by_code["VT16"].sign) == (None, ".")
    page = read(shown, made)
    assert read_table(page).row("Zuidoost-Brabant") == ["geen inwonertal"]
    text = page.one("div", "noten").text()
    assert "Geen inwonertal: geen bron geeft het aantal inwoners" in text
    assert "Zuidoost-Brabant" in text and "op 1 januari 2023" in text
    rows = {row["Regiocode"]: row for row in read_csv(card_csv(shown, made))}
    assert [rows["VT26"][name] for name in ("Waarde", "Teken", "Aantal", "Inwoners op 1 januari")] == [
        "", "geen inwonertal", "3500", ""
    ]  # fmt: skip
    section = parse(to_html(map_section(shown, made)))
    drawn = {str(link["aria-label"]): link.classes for link in section.all("svg", "landkaart")[0].all("a", "gebied")}
    assert "geen-cijfer" in drawn["Zuidoost-Brabant: geen inwonertal (grens onzeker)"]
    assert any(name.startswith("klasse-") for name in drawn["Drenthe: 37,9"])
    assert not section.all("g", "cirkels")
    assert {caption.text() for caption in section.all("figcaption")} == {"Ontvangen meldingen (per 10.000 inwoners)"}
    same_everywhere(shown, made)


@pytest.mark.parametrize(
    ("view", "query"),
    [
        ("landelijk", {"indicator": ADVICE, "periode": "2021HJ01"}),  # no inhabitants of 2021
        ("landelijk", {"indicator": KEY_FIGURES, "maat": "actieve-casussen"}),  # a stock
        ("landelijk", {"indicator": "vermoeden-getuige-van-huiselijk-geweld"}),  # percentages of people
        ("landelijk", {"indicator": "ondertoezichtstellingen"}),  # about children
    ],
)
def test_rates_are_not_offered_where_there_are_none(release: Release, view: str, query: dict[str, str]) -> None:
    choice = choose(release, view, query)  # type: ignore[arg-type]
    assert not {"per10000", "per100000"} & set(offered(choice))
    assert not choice.notices


def test_asked_for_in_vain_is_told(release: Release) -> None:
    query = {"indicator": KEY_FIGURES, "maat": "actieve-casussen", "weergave": "per10000"}
    choice = choose(release, "landelijk", query)
    assert [words.notice_text(notice) for notice in choice.notices] == [
        "Cijfers per 10.000 inwoners zijn bij deze keuze niet beschikbaar."
    ]
    assert choice.presentation == "aantal"


def test_a_small_gemeente_has_no_rate_and_those_beside_it_have(release: Release) -> None:
    """Below 25.000 inhabitants 2,5 off in the count is more than one in the rate."""
    made = with_rows(release, {"regio_code": "GM1701", "waarde": 40.0})
    assert inhabitants_2023()["GM1701"] < 25_000
    shown = card(
        made, "regionaal", indicator=ADVICE, maat="ontvangen-meldingen", regio="GM1701", periode="2023JJ00",
        weergave="per10000",
    )  # fmt: skip
    own = next(figure for line, _, figure in shown.figures() if line.chosen)
    assert (own.value, own.sign) == (None, "te klein")
    assert any(figure.value for *_, figure in shown.figures())
    assert "te klein om te berekenen" in words.sentence(shown, made)


def test_a_series_goes_as_far_as_inhabitants_are_known(release: Release) -> None:
    """The half-years of 2019 and 2020 have inhabitants, those from 2021 on have none."""
    shown = card(release, "tijdreeksen", indicator=ADVICE, regio="NL01", weergave="per10000")
    assert [line.key for line in shown.lines] == ["2019HJ01", "2019HJ02", "2020HJ01", "2020HJ02"]
    # CBS: 53.145 adviezen and 66.730 meldingen in the 2nd half of 2019; 17.282.163 inhabitants on 1 January 2019.
    late = {column.maat: shown.cell(shown.lines[1], column) for column in shown.columns}
    assert late["Ontvangen meldingen"] is not None
    assert late["Ontvangen meldingen"].value == 38.6  # 66.730 / 1.728,2163 = 38,612
    assert "half jaar" in read(shown, release).one("div", "noten").text()


# --- published: per 100,000 inhabitants ---


@pytest.fixture(scope="module")
def made(release: Release) -> Release:
    """As after an import of StatLine tables that publish rates: some of 2023, one above 100 and with a decimal."""
    unit = {"eenheid": "per 100.000 inwoners", "decimalen": 1}
    return with_rows(
        release,
        *({"regio_code": code, "waarde": value, **unit} for code, value in
          {"NL01": 714.9, "VT02": 379.4, "VT05": 1_412.5, "GM1731": 308.9, "GM0106": 392.7}.items()),
        {"regio_code": "VT16", "waarde": None, "teken": ".", **unit},
        {"regio_code": "VT02", "periode": "2022JJ00", "waarde": 361.2, **unit},
    )  # fmt: skip


QUERY: dict[str, Any] = {"indicator": ADVICE, "maat": "ontvangen-meldingen", "periode": "2023JJ00"}


def test_published_rates_stand_on_their_own(made: Release) -> None:
    shown = card(made, "regionaal", **QUERY, niveau="veilig-thuis-regio", weergave="per100000")
    table = read_table(read(shown, made))
    assert table.rows == [
        ("Nederland", ["714,9"]),
        ("Gelderland-Midden", ["1.412,5"]),
        ("Drenthe", ["379,4"]),
        ("Brabant Noordoost", ["onbekend (.)"]),
    ]
    assert words.title(shown, made).startswith("Aantal adviezen en meldingen: ontvangen meldingen per 100.000 inwoners")
    assert "Berekend" not in read(shown, made).one("p", "labels").text()
    rows = read_csv(card_csv(shown, made))
    assert {row["Eenheid"] for row in rows} == {"per 100.000 inwoners"}
    assert [csv_number(row["Waarde"]) for row in rows] == [714.9, 1412.5, 379.4, None]
    assert [name for name, _ in figures_of(shown)] == ["Ontvangen meldingen (per 100.000 inwoners)"]
    same_everywhere(shown, made)


def test_counts_and_shares_do_not_take_published_rates(made: Release, release: Release) -> None:
    for weergave in ("aantal", "per10000"):
        query = QUERY | {"niveau": "veilig-thuis-regio", "weergave": weergave}
        assert card_csv(card(made, "regionaal", **query), made) == card_csv(
            card(release, "regionaal", **query), release
        )
    nature = {"indicator": "aard-geweld-adviezen-meldingen-veilig-thuis", "regio": "VT02", "periode": "2023JJ00"}
    shares = card(made, "regionaal", **nature, weergave="aandeel")
    assert card_csv(shares, made) == card_csv(card(release, "regionaal", **nature, weergave="aandeel"), release)
    wholes = [{tuple(row[name] for name in KEY): str(row["geheel"]) for row in each.rows()} for each in (made, release)]
    assert wholes[0] | wholes[1] == wholes[0]


def test_published_rates_are_offered_only_where_there_are(made: Release, release: Release) -> None:
    assert offered(choose(made, "regionaal", QUERY)) == ["aantal", "aandeel", "per10000", "per100000"]
    assert offered(choose(made, "landelijk", QUERY)) == ["aantal", "aandeel", "per10000", "per100000"]
    assert "per100000" not in offered(choose(made, "regionaal", QUERY | {"periode": "2019HJ02"}))
    assert "per100000" not in offered(choose(release, "regionaal", QUERY))


def test_a_figure_that_is_only_published_as_a_rate_shows_it_at_once(release: Release) -> None:
    nature = {"kenmerk": "Aard van het geweld", "indicator": "aard-geweld-adviezen-meldingen-veilig-thuis"}
    rate = {"eenheid": "per 100.000 inwoners", "decimalen": 1, "regio_code": "NL01", "periode": "2022JJ00"}
    only = with_rows(release, {"waarde": 12.5, "categorie": "Kindermishandeling"} | nature | rate)
    query = {"indicator": nature["indicator"], "geweld": "kindermishandeling", "periode": "2022JJ00"}
    shown = card_view(only, choose(only, "landelijk", query | {"weergave": "per100000"}))
    assert words.sentence(shown, only) == (
        "In Nederland waren er in 2022 12,5 ontvangen meldingen per 100.000 inwoners in de categorie "
        "‘Kindermishandeling’."
    )


def test_every_other_place_stands_published_rates(made: Release) -> None:
    region = made.regions["GM1731"]
    section = parse(to_html(profile_section("GM1731", made)))
    assert "105 ontvangen meldingen" in section.text()
    assert report(made, region).entries
    found = check.check(made, check.load()).faults
    assert {fault.check for fault in found} == {"omvang"}  # more cells than the tables have, and nothing else
    section = parse(to_html(map_section(
        card(made, "regionaal", **QUERY, niveau="veilig-thuis-regio", weergave="per100000"), made)))  # fmt: skip
    assert not section.all("g", "cirkels")
