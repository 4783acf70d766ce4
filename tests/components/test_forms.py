"""The forms of single indicators: numbers typed from the publications, not read from our own files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from components import words
from components.card import card as make_card
from components.figures.forms import crossed, interval, matrix, moments
from components.figures.panels import figures_of
from components.house_style.shelf import STANDARD
from components.html_text import to_html
from data.release import Release
from data.view import CardView
from tests.components.screen import plain_label, points

Shown = Callable[..., CardView]
ABUSE = "geschat-percentage-slachtoffers-kindermishandeling"
SURVEY = "geschat-percentage-slachtoffers-huiselijk-geweld"
MURDER = "slachtoffers-van-moord-en-doodslag"
SAFETY = "acuut-en-of-structureel-onveilig"
VICTIMS = "kenmerken-slachtoffers-huiselijk-geweld"
COHORT = "percentage-afname-en-stoppen-geweld"


def drawn(card: CardView) -> list[dict[str, dict[str, float | None]]]:
    """Of each chart of a card: series -> label -> number."""
    return [{name: dict(bars) for name, bars in points(figure)} for _, figure in figures_of(card)]


def text_of(card: CardView, release: Release) -> str:
    return to_html(make_card(card, release))


# --- an estimate with its bounds ---


def test_an_estimate_stands_between_its_published_bounds(shown: Shown, release: Release) -> None:
    """Impactmonitor 2023: 90.000 to 127.000 children in 2017; NJi: almost 119.000 in 2010, without bounds."""
    card = shown("landelijk", indicator=ABUSE)
    assert drawn(card) == [
        {
            "Schatting": {"2010": 119000, "2017": None},
            "Ondergrens": {"2010": None, "2017": 90000},
            "Bovengrens": {"2010": None, "2017": 127000},
        }
    ]
    assert words.sentence(card, release) == (
        "In Nederland waren er in 2017 naar schatting 90.000 tot 127.000 kinderen die te maken hadden met "
        "kindermishandeling."
    )
    html = text_of(card, release)
    assert "90.000" in html and "127.000" in html and "bijna 119.000" in html


def test_the_older_estimate_is_told_without_bounds(shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator=ABUSE, periode="2010JJ00")
    assert words.sentence(card, release) == (
        "In Nederland waren er in 2010 naar schatting bijna 119.000 kinderen die te maken hadden met "
        "kindermishandeling."
    )


def test_nothing_is_put_in_the_middle_of_two_bounds(shown: Shown) -> None:
    card = shown("landelijk", indicator=ABUSE)
    (figure,) = (interval(card, list(card.columns)),)
    bars = [trace for trace in figure["data"] if trace["hoverinfo"] == "skip"]
    assert [trace["x"] for trace in bars] == [[90000, 127000]]
    numbers = {x for trace in figure["data"] for x in trace["x"] if x is not None}
    assert numbers == {90000, 119000, 127000}


def test_an_estimate_with_one_unknown_bound_has_no_bar(shown: Shown) -> None:
    card = shown("landelijk", indicator=ABUSE)
    (key,) = [key for key in card.cells if key[1].endswith("Bovengrens")]
    changed = replace(card, cells=card.cells | {key: replace(card.cells[key], value=None, sign=".")})
    figure = interval(changed, list(changed.columns))
    assert not [trace for trace in figure["data"] if trace["hoverinfo"] == "skip"]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["bovengrens onbekend"]
    go.Figure(figure)


# --- all measurements of a measure ---


def test_measurements_with_another_definition_stand_in_another_chart(shown: Shown, release: Release) -> None:
    """8,3% in 2020 and 9% in 2022 (12 months, 16 and older); 5,5% in 2017 (five years, 18 and older)."""
    card = shown("landelijk", indicator=SURVEY)
    assert drawn(card) == [{"": {"2020": 8.3, "2022": 9.0}}, {"": {"2017": 5.5}}]
    text = text_of(card, release)
    assert "12 maanden in plaats van vijf jaar" in text
    assert "Vergelijk alleen wat in dezelfde grafiek staat." in text
    assert words.sentence(card, release).endswith("9%. In 2020 was dat 8,3%.")
    older = shown("landelijk", indicator=SURVEY, periode="2017JJ00")
    assert words.sentence(older, release).endswith("18 jaar of ouder 5,5%.")


def test_recidivism_is_compared_with_the_same_measure_only(shown: Shown, release: Release) -> None:
    """WODC: 34% to 29% and 10% to 8% (2008, 2017); corrected 32% to 29% and 8,3% to 7,5% (2008, 2015)."""
    card = shown("landelijk", indicator="recidive-plegers")
    assert drawn(card) == [
        {"": {"2008": 34, "2017": 29}},
        {"": {"2008": 10, "2017": 8}},
        {"": {"2008": 32, "2015": 29}},
        {"": {"2008": 8.3, "2015": 7.5}},
    ]
    assert words.sentence(card, release).endswith("8%. In 2008 was dat 34% en 10%.")


# --- the same people at several moments ---


def test_a_moment_without_a_figure_is_named_and_not_drawn(shown: Shown, release: Release) -> None:
    """Verwey-Jonker gives the third measurement only: about three in ten, more than half."""
    card = shown("landelijk", indicator=COHORT)
    first, after = plain_label("Bij de eerste meting"), plain_label("Na anderhalf jaar")
    assert drawn(card) == [{"": {first: None, after: 30}}, {"": {first: None, after: 50}}]
    for _, figure in figures_of(card):
        assert [note["text"] for note in figure["layout"]["annotations"]] == ["niet beschikbaar"]
    assert words.sentence(card, release).endswith("Een cijfer ‘bij de eerste meting’ is niet beschikbaar.")


def test_two_known_moments_are_joined_and_both_told(shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator=COHORT)
    after = card.cells["Na anderhalf jaar", card.columns[0].key]
    first = replace(after, value=12.0, sign="")
    changed = replace(card, cells=card.cells | {("Bij de eerste meting", card.columns[0].key): first})
    (trace,) = moments(changed, changed.columns[0])["data"]
    assert (trace["x"], trace["mode"]) == ([12.0, 30.0], "lines+markers+text")
    assert "Bij de eerste meting was dat 12%." in words.sentence(changed, release)


# --- two breakdowns across each other ---


def test_forms_of_violence_stand_by_sex(shown: Shown, release: Release) -> None:
    """Nederland in cijfers 2021: women and men of 16 and older, in 12 months."""
    card = shown("landelijk", indicator=VICTIMS, categorie="vorm-van-geweld-geslacht")
    (chart,) = drawn(card)
    assert list(chart) == ["Vrouwen", "Mannen"]
    assert list(chart["Vrouwen"].values()) == [5.4, 3.9, 1.6, 1.7]
    assert list(chart["Mannen"].values()) == [4.2, 3.4, 1.0, 0.6]
    assert "voor ‘Vrouwen’ bij ‘Dwingende controle’ (5,4%)" in words.sentence(card, release)


def test_an_unknown_bar_of_two_breakdowns_is_a_word(shown: Shown) -> None:
    card = shown("landelijk", indicator=VICTIMS, categorie="vorm-van-geweld-geslacht")
    key = next(iter(card.cells))
    changed = replace(card, cells=card.cells | {key: replace(card.cells[key], value=None, sign=".")})
    figure = crossed(changed, list(changed.columns))
    assert [note["text"].rpartition(": ")[2] for note in figure["layout"]["annotations"]] == ["onbekend"]
    assert figure["layout"]["barmode"] == "group"
    go.Figure(figure)


@pytest.mark.parametrize(
    ("region", "total", "acute", "followed"),
    [
        ("PV25", 8565, 240, [3595, 4335, 180, 170, 285]),
        ("VT05", 3060, 20, [780, 2155, 80, 10, 35]),
        ("VT06", 2695, 110, [815, 1495, 85, 55, 245]),
    ],
)
def test_the_safety_assessment_is_a_matrix(
    region: str, total: int, acute: int, followed: list[int], shown: Shown, release: Release
) -> None:
    """StatLine 84852NED, Gelderland 2023: the margins were published in our table, what crosses was not."""
    card = shown("regionaal", indicator=SAFETY, regio=region)
    assert card.choice.presentation == "aantal"
    (chart,) = drawn(card)
    assert list(chart) == ["Totaal", "Acute onveiligheid", "Structurele onveiligheid"]
    assert list(chart["Totaal"].values()) == [total, *followed]
    assert chart["Acute onveiligheid"] == {"Totaal": acute}
    assert chart["Structurele onveiligheid"] == {}
    ((_, figure),) = figures_of(card)
    assert len(figure["layout"]["annotations"]) == 18 - 7
    assert words.sentence(card, release).startswith(
        f"In {release.regions[region].label} waren er in 2023 {total:,}"[:-4]
    )


def test_an_unknown_tile_says_so_and_has_no_colour(shown: Shown) -> None:
    """Noord- en Oost-Gelderland, 'Nog niet beoordeeld', is '.' in the table of CBS."""
    card = shown("regionaal", indicator=SAFETY, regio="VT14")
    figure = matrix(card, list(card.columns))
    notes = {(plain_label(note["x"]), plain_label(note["y"])): note["text"] for note in figure["layout"]["annotations"]}
    assert notes["Totaal", plain_label("Nog niet beoordeeld")] == "onbekend"
    assert plain_label("Nog niet beoordeeld") not in [plain_label(y) for y in figure["data"][0]["y"]]
    assert all(len(trace["marker"]["color"]) == len(trace["text"]) for trace in figure["data"])
    go.Figure(figure)


def test_ink_is_readable_on_every_tile() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for colour in (STANDARD.tile(0), STANDARD.tile(0.5), STANDARD.tile(1), STANDARD.tile_total):
        assert (light(colour) + 0.05) / (light(STANDARD.ink) + 0.05) > 4.5


# --- lines of categories ---


def test_victims_by_sex_over_the_years(shown: Shown, release: Release) -> None:
    """CBS, 125 mensen vermoord in 2023: 240 in 1996 (171 men, 69 women), 125 in 2023 (84 and 41)."""
    card = shown("tijdreeksen", indicator=MURDER)
    (chart,) = drawn(card)
    assert list(chart) == ["Totaal", "Mannen", "Vrouwen"]
    assert [(each["1996"], each["2023"]) for each in chart.values()] == [(240, 125), (171, 84), (69, 41)]
    assert all(len(each) == 28 for each in chart.values())
    assert words.sentence(card, release) == (
        "In Nederland waren er in 2023 125 slachtoffers van moord of doodslag; ‘Mannen’ 84 en ‘Vrouwen’ 41. "
        "In 1996: ‘Mannen’ 171 en ‘Vrouwen’ 69."
    )


def test_no_chart_has_more_than_six_lines_of_categories(cards: dict[str, CardView]) -> None:
    for name, card in cards.items():
        if card.choice.view == "tijdreeksen" and card.choice.selection.group:
            for _, figure in figures_of(card):
                assert 1 <= len(dict(points(figure))) <= 6, name


# --- flows and stocks ---


def test_a_flow_and_a_stock_never_share_a_chart(shown: Shown, release: Release) -> None:
    """CBS, Jeugdbescherming 2022: 6.500 begun, 9.000 ended, 19.390 at the end of the year (supervision orders)."""
    card = shown("tijdreeksen", indicator="ondertoezichtstellingen")
    flow, stock = drawn(card)
    assert (flow["Instroom"]["2022"], flow["Uitstroom"]["2022"]) == (6500, 9000)
    (numbers,) = stock.values()
    assert (numbers["2019"], numbers["2022"]) == (21590, 19390)
    assert [name for name, _ in figures_of(card)] == [
        "Jeugdbeschermingsmaatregelen: instroom en uitstroom (aantal)",
        "Jeugdbeschermingsmaatregelen: eindstand (aantal)",
    ]
    assert "een eigen grafiek met een eigen as" in text_of(card, release)


def test_no_chart_of_any_card_mixes_flows_and_stocks(cards: dict[str, CardView], release: Release) -> None:
    kinds = {m.maat: m.soort for m in release.catalogue.measures.values()}
    mixed = 0
    for name, card in cards.items():
        if card.choice.view == "tijdreeksen" and len({kinds[c.maat] for c in card.columns}) == 2:
            mixed += 1
            assert len(figures_of(card)) > 1, name
    assert mixed >= 1


def test_every_form_is_valid_for_plotly(shown: Shown) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("landelijk", {"indicator": ABUSE}),
        ("landelijk", {"indicator": COHORT}),
        ("landelijk", {"indicator": VICTIMS, "categorie": "vorm-van-geweld-geslacht"}),
        ("landelijk", {"indicator": MURDER, "categorie": "geslacht-leeftijd"}),
        ("regionaal", {"indicator": SAFETY}),
        ("tijdreeksen", {"indicator": MURDER, "categorie": "leeftijd"}),
    ]
    for view, query in asked:
        charts = figures_of(shown(view, **query))
        assert charts
        for _, figure in charts:
            go.Figure(figure)
