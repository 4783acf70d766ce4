import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from components.figures.bars import bars, wrapped
from components.house_style.shelf import STANDARD
from data.release import Release
from data.view import CardView
from tests.components.screen import graphs

Shown = Callable[..., CardView]
CASES = {"indicator": "kerncijfers-veilig-thuis", "maat": "actieve-casussen", "periode": "2019HJ02"}
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"


def first(card: CardView) -> dict[str, Any]:
    return bars(card, card.columns[0])


# --- every chart there is ---


def test_every_figure_is_valid_for_plotly(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        for graph in graphs(card, release):
            try:
                go.Figure(graph.figure)
            except ValueError as error:
                raise AssertionError(f"{name}: {error}") from None


def test_nothing_is_stacked_and_nothing_is_a_pie(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        for graph in graphs(card, release):
            assert graph.figure["layout"].get("barmode", "group") == "group", name
            for trace in graph.figure["data"]:
                assert trace["type"] in ("bar", "scatter"), name
                assert "stackgroup" not in trace, name
                assert trace.get("fill", "none") == "none", name


def test_no_chart_offers_to_send_figures_away_or_shows_a_logo(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        for graph in graphs(card, release):
            config = graph.config
            wanted = {"showSendToCloud": False, "displaylogo": False, "locale": "nl"}
            assert {key: config[key] for key in wanted} == wanted, name
            assert graph.figure["layout"]["separators"] == ",.", name


def test_every_axis_of_numbers_begins_at_zero(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        for graph in graphs(card, release):
            layout = graph.figure["layout"]
            axes = [layout[axis] for axis in ("xaxis", "yaxis") if layout[axis].get("type") != "category"]
            assert len(axes) == (0 if card.choice.form == "matrix" and card.choice.selection.pair else 1), name
            for axis in axes:
                low, high = axis["range"]
                assert low == 0 < high, name


def test_every_chart_has_a_description_with_its_main_figure(cards: dict[str, CardView], release: Release) -> None:
    from components.card import card as make_card
    from components.words import sentence

    for name, card in cards.items():
        described = [
            getattr(node, "aria-label")
            for node in make_card(card, release)._traverse()
            if getattr(node, "role", "") == "img"
        ]
        assert len(described) == len(graphs(card, release)), name
        assert all(sentence(card, release) in text for text in described), name


# --- bars ---


def test_regions_are_sorted_by_their_figure(cards: dict[str, CardView]) -> None:
    compared = 0
    for name, card in cards.items():
        if card.axis == "regio":
            lines = [line for line in card.lines if card.cell(line, card.columns[0])]
            values = zip(lines, first(card)["data"][0]["x"], strict=True)
            known = [value for line, value in values if value is not None and not line.total]
            assert known == sorted(known, reverse=True), name
            compared += 1
    assert compared > 5


def test_regions_without_a_number_come_last(shown: Shown) -> None:
    card = shown("regionaal", indicator=NATURE, geweld="geweld-tegen-ouders", periode="2023JJ00")
    assert card.axis == "regio"
    known = [value is not None for value in first(card)["data"][0]["x"]]
    assert known == sorted(known, reverse=True)


def test_the_bars_stand_in_the_order_of_the_table(shown: Shown) -> None:
    card = shown("regionaal", **CASES)
    layout = first(card)["layout"]
    assert layout["yaxis"]["range"] == [len(card.lines) - 0.5, -0.5], "from top to bottom"
    assert layout["yaxis"]["categoryarray"] == [wrapped(line.label) for line in card.lines]


def test_26_regions_have_26_bars_with_the_largest_on_top(shown: Shown) -> None:
    trace = first(shown("regionaal", **CASES))["data"][0]
    assert len(trace["x"]) == 26
    assert (trace["x"][0], trace["text"][0]) == (8360.0, "8.360")
    assert trace["x"][trace["y"].index("Zuid-Limburg")] == 6875.0


def test_the_chosen_region_stands_out(shown: Shown) -> None:
    card = shown("regionaal", **CASES, regio="VT02")
    trace = first(card)["data"][0]
    (chosen,) = [at for at, line in enumerate(card.lines) if line.chosen]
    colours = trace["marker"]["color"]
    assert card.lines[chosen].label == "Drenthe"
    assert colours[chosen] == STANDARD.series[0]
    assert STANDARD.series[0] not in colours[:chosen] + colours[chosen + 1 :]


def test_without_a_chosen_region_no_bar_stands_out(shown: Shown) -> None:
    assert set(first(shown("regionaal", **CASES))["data"][0]["marker"]["color"]) == {STANDARD.bar}


def test_a_total_steps_back(shown: Shown) -> None:
    card = shown("regionaal", indicator=NATURE, regio="VT02", periode="2023JJ00")
    assert [line.total for line in card.lines] == [True] + [False] * (len(card.lines) - 1)
    colours = first(card)["data"][0]["marker"]["color"]
    assert colours[0] == STANDARD.field_line
    assert STANDARD.field_line not in colours[1:]


def test_a_sign_is_a_word_in_the_place_of_the_bar(shown: Shown) -> None:
    card = shown("regionaal", indicator=NATURE, regio="GM1731", periode="2023JJ00")
    signed = [line for line in card.lines if (f := card.cell(line, card.columns[0])) and f.value is None]
    assert signed
    figure = first(card)
    trace = figure["data"][0]
    for line in signed:
        at = trace["y"].index(wrapped(line.label))
        assert trace["x"][at] is None
        assert trace["text"][at] == ""
        assert trace["hovertext"][at].endswith(": onbekend")
    words = {note["y"]: note["text"] for note in figure["layout"]["annotations"]}
    assert words == {wrapped(line.label): "onbekend" for line in signed}


def test_a_chart_of_unknown_figures_only_has_words_and_no_bars(shown: Shown) -> None:
    card = shown("regionaal", indicator=NATURE, regio="GM1731", periode="2023JJ00")
    cells = {key: replace(figure, value=None, sign="x") for key, figure in card.cells.items()}
    figure = first(replace(card, cells=cells))
    assert set(figure["data"][0]["x"]) == {None}
    assert {note["text"] for note in figure["layout"]["annotations"]} == {"geheim"}
    go.Figure(figure)


def test_hover_text_and_labels_are_dutch(cards: dict[str, CardView], release: Release) -> None:
    """No number in a chart has a comma before three digits, or a dot as decimal sign."""
    for name, card in cards.items():
        for graph in graphs(card, release):
            for trace in (trace for trace in graph.figure["data"] if trace.get("hoverinfo") != "skip"):
                for text in [*trace["hovertext"], *trace["text"]]:
                    assert not re.search(r"\d,\d{3}\b|\d\.\d{1,2}\b(?!\.)|nan|None", text), f"{name}: {text}"


def test_a_long_label_is_wrapped_between_words() -> None:
    parts = wrapped("Vervolgmelding tijdens betrokkenheid VT: Tijdens veiligheidsbeoordeling").split("<br>")
    assert len(parts) > 2
    assert " ".join(parts) == "Vervolgmelding tijdens betrokkenheid VT: Tijdens veiligheidsbeoordeling"


def test_signs_in_a_label_are_no_mark_up() -> None:
    assert wrapped("< 1 maand").replace("<br>", " ") == "&lt; 1 maand"
    assert wrapped("Zuid-Limburg") == "Zuid-Limburg"


def test_no_two_bars_of_a_chart_share_a_label(cards: dict[str, CardView], release: Release) -> None:
    """Plotly would draw them on one place."""
    for name, card in cards.items():
        if card.axis != "periode":
            for graph in graphs(card, release):
                labels = graph.figure["data"][0]["y"]
                assert len(set(labels)) == len(labels), name


def test_a_word_with_a_short_prefix_stays_whole() -> None:
    assert wrapped("Stalking door een ex-partner") == "Stalking door een<br>ex-partner"
    assert wrapped("Noord- en Oost-Gelderland") == "Noord- en Oost-<br>Gelderland"
