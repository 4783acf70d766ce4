"""With an imported release every indicator of Veilig Thuis has its views: on screen, as a file and in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.card import card as card_tree
from components.export import card_csv
from components.html_text import to_html
from data import releases
from data.catalogue import VIEWS, View
from data.choice import choose
from data.release import Release, load_imported
from data.report import report
from data.view import card_view
from tests.statline.conftest import Told
from tests.statline.world import PERIODS, World

INDICATORS = (
    "aard-geweld-adviezen-meldingen-veilig-thuis", "aantal-adviezen-en-meldingen", "type-adviesvrager-melder",
    "duur-van-het-geweld", "vervolg-op-basis-van-de-veiligheidsbeoordeling", "acuut-en-of-structureel-onveilig",
    "casussen-bij-veilig-thuis", "kerncijfers-veilig-thuis", "eerdere-betrokkenheid-veilig-thuis",
    "uitkomsten-onderzoeken-veilig-thuis", "aanvullende-informatie-veiligheidsproblematiek",
    "overdrachten-naar-organisatie",
)  # fmt: skip


@pytest.fixture(scope="module")
def served(imported: tuple[Path, Told]) -> Release:
    """The imported release, as a dashboard loads it."""
    root = imported[0]
    return load_imported(root, releases.in_use(root))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_indicator_has_every_view_for_all_periods(served: Release, indicator: str, view: View) -> None:
    choice = choose(served, view, {"indicator": indicator})
    card = card_view(served, choice)
    assert card.cells
    assert {option.value for option in choice.options["periode"]} >= set(PERIODS)
    assert len(card_csv(card, served).splitlines()) == 1 + len(list(card.figures()))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_region_that_was_served_can_be_chosen(served: Release, world: World, indicator: str) -> None:
    expected = world.expected()
    mine = expected["indicator"] == indicator
    if served.catalogue.indicators[indicator].kenmerken:
        mine &= expected["kenmerk"] != "Totaal"
    wanted = set(expected.loc[mine, "regio_code"]) - {"NL01"}
    offered = {option.value for option in choose(served, "regionaal", {"indicator": indicator}).options["regio"]}
    assert offered >= wanted
    assert wanted or indicator in ("aantal-adviezen-en-meldingen", "casussen-bij-veilig-thuis"), "these only refer"


def test_a_region_that_nobody_knew_has_its_figures_on_the_page(served: Release, world: World) -> None:
    query = {"indicator": "aantal-adviezen-en-meldingen", "regio": "GM9901", "periode": "2023JJ00"}
    choice = choose(served, "regionaal", query)
    assert not choice.notices
    expected = world.expected()
    [value] = expected.loc[
        (expected["maat"] == "Gestarte adviezen") & (expected["kenmerk"] == "Totaal")
        & (expected["regio_code"] == "GM9901") & (expected["periode"] == "2023JJ00")
        & (expected["eenheid"] == "aantal"), "waarde"
    ]  # fmt: skip
    card = card_view(served, choice)
    [line] = [line for line in card.lines if line.key == "GM9901"]
    figure = card.cell(line, card.columns[0])
    assert figure and figure.value == value
    assert figure.status == "nader voorlopig"


def test_rates_of_statline_stand_beside_the_numbers(served: Release, world: World) -> None:
    query = {"indicator": "aantal-adviezen-en-meldingen", "weergave": "per100000", "periode": "2022JJ00"}
    choice = choose(served, "landelijk", query)
    assert (choice.presentation, choice.notices) == ("per100000", ())
    expected = world.expected()
    rates = expected[
        (expected["kenmerk"] == "Totaal") & (expected["regio_code"] == "NL01") & (expected["periode"] == "2022JJ00")
        & (expected["eenheid"] == "per 100.000 inwoners")
    ].set_index("maat")["waarde"]  # fmt: skip
    shown = {line.key: figure.value for line, _, figure in card_view(served, choice).figures()}
    assert shown == {maat: rates[maat] for maat in ("Gestarte adviezen", "Ontvangen meldingen")}


def test_a_mark_that_nobody_knows_is_said_in_words(served: Release, world: World) -> None:
    expected = world.expected()
    odd = expected[(expected["teken"] == "Onverwacht") & (expected["eenheid"] == "aantal")
                   & (expected["kenmerk"] == "Aard van het geweld")].iloc[0]  # fmt: skip
    category = served.catalogue.members[odd["indicator"], odd["kenmerk"]][odd["categorie"]]
    query = {"indicator": odd["indicator"], "regio": odd["regio_code"], "periode": odd["periode"],
             "geweld": category.slug, "maat": served.catalogue.measures[odd["maat"]].slug}  # fmt: skip
    view: View = "landelijk" if odd["regio_code"] == "NL01" else "regionaal"
    page = to_html(card_tree(card_view(served, choose(served, view, query)), served))
    assert "geen getal (‘Onverwacht’)" in page
    assert "Het is geen nul." in page


@pytest.mark.parametrize("code", ["GM9901", "VT97"])
def test_the_report_has_every_indicator(served: Release, code: str) -> None:
    found = report(served, served.regions[code])
    assert {entry.indicator.slug for entry in found.entries} >= set(INDICATORS) - (
        {"uitkomsten-onderzoeken-veilig-thuis"} if code == "GM9901" else set()
    )
    for entry in found.entries:
        for topic in entry.topics:
            same = [t for t in entry.topics if t.card.choice.selection == topic.card.choice.selection]
            assert len(same) <= 4


def test_the_report_gives_the_numbers_wherever_statline_has_them(served: Release, world: World) -> None:
    """Also where the page shows shares first, as with eerdere betrokkenheid."""
    slug = "eerdere-betrokkenheid-veilig-thuis"
    expected = world.expected()
    known = expected[(expected["indicator"] == slug) & (expected["eenheid"] == "aantal") & expected["waarde"].notna()]
    numbers = set(known[["regio_code", "categorie", "periode"]].itertuples(index=False, name=None))
    compared = 0
    for code in sorted({code for code, *_ in numbers} - {"NL01"})[:12]:
        [entry] = [e for e in report(served, served.regions[code]).entries if e.indicator.slug == slug]
        for topic in entry.topics:
            shown = {(code, f.row["categorie"], f.row["periode"]) for *_, f in topic.card.figures()}
            compared += len(shown & numbers)
            if shown & numbers:
                assert topic.card.choice.presentation == "aantal", (code, topic.card.choice.selection)
    assert compared > 20
