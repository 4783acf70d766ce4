"""Each filter on each view: address, words, table, charts, links and filters follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.browser.board import Board
from tests.browser.watch import Watch

NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"
KEY = "kerncijfers-veilig-thuis"


def test_landelijk(board: Board) -> None:
    board.open("/landelijk").as_the_server()
    board.choose("indicator", KEY).says(indicator=KEY).as_the_server()
    assert board.title.startswith("Kerncijfers Veilig Thuis, Nederland")
    board.choose("periode", "2019HJ01").says(periode="2019HJ01").as_the_server()
    board.choose("periode", "2019HJ02").says(periode="2019HJ02").as_the_server()
    assert "66.730 ontvangen meldingen" in board.sentence
    board.choose("maat", "actieve-casussen").says(maat="actieve-casussen", periode="2019HJ02").as_the_server()
    assert board.table().row("Actieve casussen") == ["79.275"]
    board.choose("indicator", NATURE).says(indicator=NATURE, maat=None).as_the_server()
    board.choose("categorie", "kindermishandeling").says(geweld="kindermishandeling").as_the_server()
    assert "kindermishandeling" in board.title


def test_landelijk_in_numbers_and_in_shares(board: Board) -> None:
    board.open("/landelijk?indicator=type-adviesvrager-melder&periode=2025HJ01").as_the_server()
    board.press("aandeel").says(weergave="aandeel").as_the_server()
    assert all(cell.endswith("%") or cell[0].isalpha() for _, row in board.table().rows for cell in row)
    board.press("aantal").says(weergave="aantal").as_the_server()
    assert not any(cell.endswith("%") for _, row in board.table().rows for cell in row)


def test_regionaal(board: Board) -> None:
    board.open("/regionaal").as_the_server()
    board.choose("indicator", KEY).says(indicator=KEY).as_the_server()
    board.choose("maat", "actieve-casussen").says(maat="actieve-casussen").as_the_server()
    board.choose("periode", "2019HJ01").says(periode="2019HJ01").as_the_server()
    assert len(board.table().rows) == 26
    board.add_region("Zuid-Limburg (Veilig Thuis-regio)").says(regio="VT25").as_the_server()
    assert "Zuid-Limburg" in board.sentence
    board.add_region("Drenthe (Veilig Thuis-regio)").says(regio="VT25,VT02").as_the_server()
    board.remove_region("VT25").says(regio="VT02").as_the_server()
    assert "Zuid-Limburg" not in board.sentence
    board.remove_region("VT02").says(regio=None).as_the_server()


def test_regionaal_by_level(board: Board) -> None:
    board.open("/regionaal?indicator=ondertoezichtstellingen").as_the_server()
    assert board.here("#niveau option:disabled").all_text_contents() == [
        "Veilig Thuis-regio's (geen cijfers)",
        "Politieregio's (geen cijfers)",
    ]
    board.choose("niveau", "provincie").says(niveau="provincie").as_the_server()
    assert len(board.table().rows) == 12
    assert "per provincie" in board.title
    board.page.go_back()
    board.says(niveau=None).as_the_server()
    assert "per COROP-gebied" in board.title


def test_regionaal_by_nature_of_the_violence(board: Board) -> None:
    board.open(f"/regionaal?indicator={NATURE}&periode=2023JJ00").as_the_server()
    board.add_region("Drenthe (provincie)").says(regio="PV22").as_the_server()
    board.choose("categorie", "kindermishandeling").says(geweld="kindermishandeling").as_the_server()
    assert board.table().row("Drenthe (provincie)") == ["1.605", "1.060"]
    board.press("aandeel").says(weergave="aandeel").as_the_server()
    board.choose("periode", "2023JJ00").as_the_server()


def test_tijdreeksen(board: Board) -> None:
    board.open("/tijdreeksen").as_the_server()
    board.choose("periode", "2020HJ02").says(periode="2020HJ02").as_the_server()
    assert "63.475" in board.sentence
    board.choose("indicator", KEY).says(indicator=KEY).as_the_server()
    board.choose("maat", "actieve-casussen").says(maat="actieve-casussen").as_the_server()
    board.choose("periode", "").says(periode=None).as_the_server()
    board.add_region("Drenthe (Veilig Thuis-regio)").says(regio="VT02").as_the_server()
    board.add_region("Nederland").page.keyboard.press("Enter")
    board.as_the_server()
    assert board.table().heads[1:3] == ["Drenthe (Veilig Thuis-regio)", "Nederland"]
    board.remove_region("VT02").as_the_server()
    assert board.regions == ["NL01"]
    board.choose("indicator", "type-adviesvrager-melder").says(indicator="type-adviesvrager-melder").as_the_server()
    board.says(categorie=None)
    assert "politie" in board.title, "what shows without a choice does not come into the address"


def test_a_region_that_nobody_knows_gives_a_notice(board: Board) -> None:
    board.open(f"/regionaal?indicator={KEY}")
    board.add_region("Atlantis")
    board.page.keyboard.press("Enter")
    board.says(regio="Atlantis").as_the_server()
    assert "Atlantis" in (board.here(".meldingen").text_content() or "")


def test_a_region_can_be_typed_in_small_letters_and_entered(board: Board) -> None:
    board.open(f"/regionaal?indicator={KEY}")
    board.add_region("drenthe (veilig thuis-regio)")
    board.page.keyboard.press("Enter")
    board.says(regio="VT02").as_the_server()


def test_the_enter_key_in_an_empty_field_takes_no_region_away(board: Board) -> None:
    board.open(f"/regionaal?indicator={KEY}&regio=VT02")
    board.here("#regio-zoek").press("Enter")
    board.choose("maat", "overdrachten").says(maat="overdrachten", regio="VT02").as_the_server()


def test_what_has_no_figures_cannot_be_chosen(board: Board) -> None:
    board.open("/landelijk")
    off = board.here("#indicator option[disabled]")
    assert off.count() > 5
    assert all("geen cijfers" in text for text in off.all_text_contents())
    assert board.here("button.schakel[value=aandeel]").is_disabled()


def test_a_cross_of_the_overview_leads_to_its_view(board: Board) -> None:
    board.open("/")
    board.here(f"a.kruis[href='/regionaal?indicator={KEY}']").click()
    board.page.wait_for_url("**/regionaal?*")
    board.ready().as_the_server()
    assert board.title.startswith("Kerncijfers Veilig Thuis")


def test_a_cross_without_figures_leads_to_an_explanation(board: Board) -> None:
    board.open("/")
    board.here("a.kruis[href='/landelijk?indicator=eindvonnis-en-strafoplegging-rechter-1e-aanleg']").click()
    board.page.wait_for_url("**/landelijk?*")
    board.ready().as_the_server()
    assert "Geen cijfers" in board.sentence


def test_what_is_chosen_on_one_page_is_still_chosen_on_the_next(board: Board) -> None:
    board.open("/regionaal")
    board.choose("indicator", KEY).says(indicator=KEY).as_the_server()
    board.choose("maat", "actieve-casussen").says(maat="actieve-casussen").as_the_server()
    board.add_region("Drenthe (Veilig Thuis-regio)").says(regio="VT02").as_the_server()
    for label, path in (("Tijdreeksen", "tijdreeksen"), ("Landelijk beeld", "landelijk"),
                        ("Regionaal beeld", "regionaal")):  # fmt: skip
        board.here("nav").get_by_text(label).click()
        board.page.wait_for_url(f"**/{path}?*")
        board.ready().says(indicator=KEY, maat="actieve-casussen", regio="VT02").as_the_server()
    assert "Drenthe" in board.sentence


def test_back_forward_reload_and_a_pasted_link_give_the_same_view(
    board: Board, base: str, context: Callable[[], BrowserContext]
) -> None:
    board.open("/regionaal?indicator=kerncijfers-veilig-thuis&maat=actieve-casussen").as_the_server()
    first = board.address
    board.choose("periode", "2019HJ01").says(periode="2019HJ01").as_the_server()
    second, title = board.address, board.title
    board.add_region("Drenthe (Veilig Thuis-regio)").says(regio="VT02").as_the_server()
    third = board.address

    board.page.go_back()
    board.says(regio=None, periode="2019HJ01").as_the_server()
    assert (board.address, board.title) == (second, title)
    board.page.go_back()
    board.says(periode=None).as_the_server()
    assert board.address == first
    board.page.go_forward()
    board.says(periode="2019HJ01").as_the_server()
    board.page.go_forward()
    board.says(regio="VT02").as_the_server()
    assert board.address == third

    board.page.reload()
    board.ready().as_the_server()
    assert board.address == third
    pasted = Board(context().new_page(), base)
    pasted.open(third).as_the_server()
    assert pasted.title == board.title


def test_back_from_another_page_gives_the_choice_that_was_there(board: Board) -> None:
    board.open("/landelijk")
    board.choose("periode", "2019HJ02").says(periode="2019HJ02").as_the_server()
    board.here("nav").get_by_text("Overzicht").click()
    board.page.wait_for_url(lambda url: url.rstrip("/") == board.base)
    board.ready()
    board.page.go_back()
    board.ready().says(periode="2019HJ02").as_the_server()
    assert "66.730" in board.sentence


def test_two_visitors_do_not_see_each_others_choices(base: str, context: Callable[[], BrowserContext]) -> None:
    one, other = (Board(context().new_page(), base).open("/regionaal?indicator=" + KEY) for _ in range(2))
    one.add_region("Drenthe (Veilig Thuis-regio)").says(regio="VT02")
    other.choose("maat", "overdrachten").says(maat="overdrachten", regio=None)
    one.as_the_server()
    other.as_the_server()
    other.add_region("Zuid-Limburg (Veilig Thuis-regio)").says(regio="VT25")
    one.choose("periode", "2019HJ01").says(periode="2019HJ01", regio="VT02", maat=None)
    other.as_the_server()
    one.as_the_server()
    assert "Drenthe" in one.sentence
    assert "Drenthe" not in other.sentence


@pytest.mark.parametrize("late", ["first", "neither"])
def test_the_last_choice_wins_however_slow_the_first_answer(late: str, board: Board) -> None:
    board.open("/landelijk?indicator=aantal-adviezen-en-meldingen").as_the_server()
    held: list[Route] = []
    call = "**/_dash-update-component*"
    if late == "first":
        board.page.route(call, lambda route: route.continue_() if held else held.append(route))
    board.choose("periode", "2019HJ01")
    if late == "first":
        board.page.wait_for_function("() => document.documentElement.matches('.wacht')")
    while late == "first" and not held:
        board.page.wait_for_timeout(20)
    board.choose("periode", "2021HJ01").says(periode="2021HJ01")
    board.page.wait_for_function("() => document.querySelector('#kaart-titel').textContent.includes('2021')")
    for route in held:
        route.continue_()
    board.page.wait_for_load_state("networkidle")
    board.as_the_server()
    assert "1e halfjaar 2021" in board.title


def test_a_choice_asks_once_and_what_is_the_same_stays(board: Board) -> None:
    board.open("/landelijk?indicator=aantal-adviezen-en-meldingen&periode=2019HJ02").as_the_server()
    asked: list[str] = []
    board.page.on("request", lambda request: asked.append(request.url) if "_dash-update" in request.url else None)
    parts = "['.kop', '#indicator', '#periode', '.js-plotly-plot', '#zoek']"
    mark = "names => names.forEach((name) => { document.querySelector('#react-entry-point ' + name).marked = true; })"
    board.page.evaluate(f"({mark})({parts})")
    board.here("#zoek").fill("half een woord")
    board.choose("periode", "2020HJ01").says(periode="2020HJ01").as_the_server()
    kept = "names => names.filter((name) => document.querySelector('#react-entry-point ' + name).marked)"
    assert board.page.evaluate(f"({kept})({parts})") == [".kop", "#indicator", "#periode", ".js-plotly-plot", "#zoek"]
    assert board.here("#zoek").input_value() == "half een woord"
    assert len(asked) == 1


def test_nothing_of_a_former_choice_stays_in_the_filters(board: Board) -> None:
    board.open(f"/regionaal?indicator={KEY}&maat=actieve-casussen&periode=2019HJ02&regio=VT02").as_the_server()
    for name, value in (("maat", "overdrachten"), ("periode", "2019HJ01"), ("indicator", NATURE), ("indicator", KEY)):
        read = board.choose(name, value).says(**{name: value}).as_the_server()
        for sign in ("selected", "data-gekozen", "disabled"):
            there = [o["value"] for o in read.one(id="filters").all("option") if sign in o.attributes]
            here = board.here(f"#filters option[{sign}]").evaluate_all("all => all.map((o) => o.value)")
            assert here == there, (name, value, sign)


def test_what_stands_below_the_card_follows_it_and_a_lost_one_says_so(board: Board, watch: Watch) -> None:
    watch.allow(r"503|Callback error updating erbij\.children")
    profile, call = ".profiel h2", "**/_dash-update-component*"
    board.open("/regionaal?indicator=kerncijfers-veilig-thuis&regio=VT02").choose("periode", "2019HJ01")
    board.page.wait_for_selector(f"#react-entry-point {profile}")
    board.as_the_server()

    def lose(route: Route) -> None:
        below = "erbij.children" in (route.request.post_data or "")
        route.fulfill(status=503) if below else route.continue_()

    board.page.route(call, lose)
    board.choose("periode", "2019HJ02")
    told = board.page.wait_for_selector("#onder-de-kaart > p").text_content()
    assert told == "Wat hier hoort, kon niet worden opgehaald. Laad de pagina opnieuw om het te zien."
    assert board.page.locator(profile).count() == 0
