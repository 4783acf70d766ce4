import re
from collections.abc import Callable

import pytest

from components.filters import filters
from components.html_text import to_html
from data import current
from data.choice import choose
from data.periods import period
from data.release import Release
from data.view import CardView
from tests.reading import Node, parse

Shown = Callable[..., CardView]
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"


def form(card: CardView) -> Node:
    return parse(to_html(filters(card.choice, current.release()))).one("form")


def chosen(select: Node) -> list[str]:
    """The labels that the closed filter shows."""
    return [option.text() for option in select.all("option") if "selected" in option.attributes]


def labels(card: CardView, name: str, value: str) -> list[str]:
    return [option.label for option in card.choice.options[name] if option.value == value]


def test_each_filter_says_what_the_card_shows(cards: dict[str, CardView]) -> None:
    for name, card in cards.items():
        choice, read = card.choice, form(card)
        assert chosen(read.one("select", id="indicator")) == [choice.indicator.titel], name
        if choice.indicator.kenmerken:
            wanted = labels(card, "categorie", choice.selection.slug)
            assert chosen(read.one("select", id="categorie")) == wanted, name
        if choice.view == "tijdreeksen":
            assert chosen(read.one("select", id="periode")) == ["Hele reeks"], name
        else:
            assert chosen(read.one("select", id="periode")) == [period(choice.period).label], name
        pressed = [button["value"] for button in read.all("button", "schakel", **{"aria-pressed": "true"})]
        assert pressed == [choice.presentation], name


def submitted(read: Node) -> dict[str, str]:
    """What a browser sends of the form: the value of each select, and the hidden fields."""
    out = {field["name"]: field["value"] for field in read.all("input") if field["type"] == "hidden"}
    for select in read.all("select"):
        options = select.all("option")
        selected = [o for o in options if "selected" in o.attributes] or options[:1]
        out[select["name"]] = selected[0]["value"] if selected else ""
    return {name: value for name, value in out.items() if value}


def test_the_form_sends_only_what_the_visitor_chose(cards: dict[str, CardView]) -> None:
    """A default that came along when another filter changes would be a choice that nobody made."""
    for name, card in cards.items():
        asked = {"weergave": card.choice.presentation}
        assert submitted(form(card)) == {"indicator": card.choice.indicator.slug} | asked, name


def test_the_form_sends_all_that_the_visitor_chose(shown: Shown) -> None:
    query = {"indicator": NATURE, "regio": "PV22", "periode": "2023JJ00", "geweld": "kindermishandeling",
             "weergave": "aandeel"}  # fmt: skip
    assert submitted(form(shown("regionaal", **query))) == query
    query = {"indicator": "kerncijfers-veilig-thuis", "maat": "actieve-casussen", "periode": "2019HJ02"}
    assert submitted(form(shown("tijdreeksen", **query))) == query


def test_the_form_does_not_send_what_replaced_a_choice_without_figures(shown: Shown) -> None:
    card = shown("landelijk", indicator=NATURE, periode="2018HJ01", geweld="bestaat-niet", weergave="taart")
    assert len(card.choice.notices) == 3
    assert submitted(form(card)) == {"indicator": NATURE}


def test_nederland_is_offered_where_it_can_be_chosen(shown: Shown) -> None:
    def offered(view: str) -> list[str]:
        return [o["data-code"] for o in form(shown(view, indicator="kerncijfers-veilig-thuis")).all("option")
                if "data-code" in o.attributes]  # fmt: skip

    assert "NL01" in offered("tijdreeksen")
    assert "NL01" not in offered("regionaal")


def test_what_has_no_figures_is_visibly_off(cards: dict[str, CardView]) -> None:
    off = 0
    for name, card in cards.items():
        read = form(card)
        for option in [o for o in card.choice.options["indicator"] if not o.available]:
            shown = read.one("select", id="indicator").all("option", value=option.value)
            assert all("disabled" in o.attributes and "geen cijfers" in o.text() for o in shown), name
            off += len(shown)
        for option in [o for o in card.choice.options["weergave"] if not o.available]:
            button = read.one("button", "schakel", value=option.value)
            assert "disabled" in button.attributes, name
            assert "geen cijfers" in button.text(), name
    assert off


def test_indicators_are_grouped_by_theme(shown: Shown) -> None:
    groups = [group["label"] for group in form(shown("landelijk")).one("select", id="indicator").all("optgroup")]
    assert groups[0] == "Omvang huiselijk geweld en kindermishandeling"
    assert len(groups) == 7


def test_half_years_and_years_are_groups_of_their_own(shown: Shown) -> None:
    groups = [group["label"] for group in form(shown("landelijk")).one("select", id="periode").all("optgroup")]
    assert {"halfjaren", "jaren"} <= set(groups)
    assert len(groups) == len(set(groups))


def test_the_breakdown_is_called_geweld_or_categorie_in_the_address(shown: Shown) -> None:
    assert form(shown("landelijk", indicator=NATURE)).one("select", id="categorie")["name"] == "geweld"
    other = form(shown("landelijk", indicator="ondertoezichtstellingen"))
    assert other.one("select", id="categorie")["name"] == "categorie"


def test_each_chosen_region_has_a_button_that_takes_it_away(shown: Shown) -> None:
    read = form(shown("regionaal", indicator="kerncijfers-veilig-thuis", regio="VT02,VT23"))
    buttons = read.all("button", "gekozen-regio")
    assert [(b["name"], b["value"], b["type"]) for b in buttons] == [
        ("zonder", "VT02", "submit"),
        ("zonder", "VT23", "submit"),
    ]
    assert all("weghalen" in button.text() for button in buttons)
    assert read.one("input", id="regio")["value"] == "VT02,VT23"


def test_a_region_that_was_not_chosen_has_no_button(shown: Shown) -> None:
    """A page without a chosen region shows the one with the most figures; that one cannot be taken away."""
    card = shown("regionaal", indicator=NATURE)
    assert card.choice.regions
    assert form(card).all("button", "gekozen-regio") == []


def test_a_chosen_region_without_figures_here_can_be_taken_away(shown: Shown) -> None:
    card = shown("regionaal", indicator="casussen-bij-veilig-thuis", regio="GM1731")
    assert card.choice.notices
    assert [button["value"] for button in form(card).all("button", "gekozen-regio")] == ["GM1731"]


def test_only_regions_with_figures_are_offered(shown: Shown) -> None:
    read = form(shown("regionaal", indicator="casussen-bij-veilig-thuis", periode="2019HJ02"))
    codes = [option["data-code"] for option in read.one("datalist").all("option")]
    assert len([code for code in codes if code.startswith("VT")]) == len(codes) == 26


def test_landelijk_has_no_region_to_choose_but_keeps_it(shown: Shown) -> None:
    read = form(shown("landelijk", regio="GM1731"))
    assert "hidden" in read.one("div", "regio").attributes
    assert read.one("input", id="regio")["value"] == "GM1731"


@pytest.mark.parametrize("view", ["landelijk", "regionaal", "tijdreeksen"])
def test_every_control_has_a_label_and_every_id_is_there_once(view: str, cards: dict[str, CardView]) -> None:
    for name, card in cards.items():
        if not name.startswith(view):
            continue
        read = form(card)
        ids = [node["id"] for node in read.walk() if "id" in node.attributes]
        assert len(set(ids)) == len(ids), name
        labels = {label["for"] for label in read.all("label")}
        controls = [node["id"] for node in read.all("select")]
        controls += [node["id"] for node in read.all("input") if node["type"] != "hidden"]
        assert set(controls) == labels, name


def test_the_form_works_without_javascript(shown: Shown) -> None:
    read = form(shown("regionaal"))
    assert (read["method"], read["action"]) == ("get", "/regionaal")
    assert read.one("button", "zonder-script").text() == "Toon de cijfers"


def test_the_enter_key_never_takes_a_region_away(shown: Shown) -> None:
    """Enter in a field presses the first submit button of its form."""
    first = form(shown("regionaal", indicator="kerncijfers-veilig-thuis", regio="VT02")).all("button", type="submit")[0]
    assert "name" not in first.attributes


def test_no_label_of_an_option_is_empty_or_raw(cards: dict[str, CardView]) -> None:
    for name, card in cards.items():
        for option in form(card).all("option"):
            label = option.text() or option.attributes.get("value") or ""
            assert label and not re.search(r"\bNone\b|\bnan\b|  ", label), f"{name}: {option}"


def test_measures_that_show_together_have_a_short_name(release: Release) -> None:
    def together(view: str, **query: str) -> str:
        return choose(release, view, query).options["maat"][0].label

    assert together("tijdreeksen", indicator="kerncijfers-veilig-thuis") == "Gestarte adviezen en ontvangen meldingen"
    assert together("landelijk", indicator="percentage-afname-en-stoppen-geweld") == "Alle maten"
    assert together("tijdreeksen", indicator="ondertoezichtstellingen") == "De 3 belangrijkste maten"
