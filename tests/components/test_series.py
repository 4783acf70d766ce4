from collections.abc import Callable
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from components.card import card as make_card
from components.figures.panels import figures_of
from components.figures.series import RINGED, as_columns, name, series, short
from components.figures.static import svg
from components.html_text import to_html
from data.catalogue import Break
from data.marks import breaks
from data.periods import period
from data.release import Release
from data.view import CardView, Column
from tests.components.screen import points
from tests.reading import parse

Shown = Callable[..., CardView]


@pytest.fixture(scope="session")
def totals(shown: Shown) -> CardView:
    return shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen")


def with_breaks(card: CardView, *starts: str) -> CardView:
    """The same card of an indicator that is counted in another way from these periods on."""
    told = tuple(Break(periode=start, reden=f"nieuwe telling vanaf {start}") for start in starts)
    indicator = card.choice.indicator.model_copy(update={"breuken": told})
    return replace(card, choice=replace(card.choice, indicator=indicator))


def lines(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The traces of the figures themselves, without the rings around some of them."""
    return [trace for trace in figure["data"] if trace["name"] != RINGED]


def by_name(figure: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = {}
    for trace in lines(figure):
        out.setdefault(trace["name"], []).append(trace)
    return out


def test_the_revised_values_are_drawn_from_the_first_half_of_2019(totals: CardView) -> None:
    drawn = {label: dict(values) for label, values in points(series(totals))}
    assert drawn["Ontvangen meldingen"]["1ehj2019"] == 65075
    assert drawn["Ontvangen meldingen"]["2ehj2019"] == 66730
    assert drawn["Gestarte adviezen"]["1ehj2019"] == 53145
    assert drawn["Gestarte adviezen"]["2ehj2019"] == 54540
    assert next(iter(drawn["Gestarte adviezen"])) == "1ehj2019"


def test_every_period_has_its_place_also_without_a_figure(totals: CardView) -> None:
    labels = series(totals)["data"][0]["x"]
    assert labels == [short(period(line.key)) for line in totals.lines]
    assert len(labels) == 13


def test_a_gap_stays_a_gap(totals: CardView) -> None:
    missing = [at for at, line in enumerate(totals.lines) if not totals.cell(line, totals.columns[0])]
    assert missing
    for trace in lines(series(totals)):
        assert trace["connectgaps"] is False
        assert all(trace["y"][at] is None for at in missing)


def test_no_trace_of_any_series_connects_gaps(cards: dict[str, CardView]) -> None:
    for label, card in cards.items():
        if card.axis == "periode":
            for trace in lines(series(card)):
                assert trace["type"] == "bar" or trace["connectgaps"] is False, label
                assert 0 not in trace["y"], label


def test_a_gap_is_named_in_the_chart(totals: CardView) -> None:
    figure = series(totals)
    missing = [at for at, line in enumerate(totals.lines) if not any(totals.cell(line, c) for c in totals.columns)]
    shaded = [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert all(any(low < at < high for low, high in shaded) for at in missing)
    covered = sum(high - low for low, high in shaded)
    assert covered == len(missing), "and nothing else is shaded"
    notes = [note["text"].replace("<br>", " ") for note in figure["layout"]["annotations"]]
    assert notes == ["niet beschikbaar"] * len(shaded)


def test_an_unknown_figure_breaks_the_line_and_is_no_zero(totals: CardView) -> None:
    key = (totals.lines[2].key, totals.columns[0].key)
    hidden = replace(totals, cells=totals.cells | {key: replace(totals.cells[key], value=None, sign=".")})
    trace = series(hidden)["data"][0]
    assert trace["y"][2] is None
    assert "onbekend" in trace["hovertext"][2]


def test_a_provisional_figure_is_drawn_open(totals: CardView) -> None:
    trace = series(totals)["data"][0]
    for at, line in enumerate(totals.lines):
        figure = totals.cell(line, totals.columns[0])
        if figure:
            assert (trace["marker"]["color"][at] == "#ffffff") == ("voorlopig" in figure.status)
            assert f"({figure.status})" in trace["hovertext"][at]


def test_a_break_splits_the_line(totals: CardView) -> None:
    broken = with_breaks(totals, "2021HJ01")
    at = [line.key for line in broken.lines].index("2021HJ01")
    figure = series(broken)
    whole = by_name(series(totals))
    for label, parts in by_name(figure).items():
        before, after = parts
        assert before["y"][at:] == [None] * (len(broken.lines) - at)
        assert after["y"][:at] == [None] * at
        assert before["y"][:at] + after["y"][at:] == whole[label][0]["y"], "no figure is lost"
        assert [part["showlegend"] for part in parts] == [True, False]
        assert before["legendgroup"] == after["legendgroup"]
        assert before["line"] == after["line"]
        assert before["marker"] == after["marker"]


def test_a_break_is_marked_and_named(totals: CardView) -> None:
    broken = with_breaks(totals, "2021HJ01")
    layout = series(broken)["layout"]
    at = [line.key for line in broken.lines].index("2021HJ01")
    assert [shape["x0"] for shape in layout["shapes"] if shape["type"] == "line"] == [at - 0.5]
    assert "breuk: nieuwe telling vanaf 2021HJ01" in [note["text"] for note in layout["annotations"]]
    go.Figure(series(broken))


def test_two_breaks_give_three_parts(totals: CardView) -> None:
    broken = with_breaks(totals, "2020HJ01", "2022HJ01")
    assert {label: len(parts) for label, parts in by_name(series(broken)).items()} == {
        "Gestarte adviezen": 3,
        "Ontvangen meldingen": 3,
    }


def test_a_break_before_the_series_splits_nothing(totals: CardView) -> None:
    assert series(with_breaks(totals, "2015JJ00")) == series(totals)
    assert series(with_breaks(totals, "2019HJ01")) == series(totals)


def test_a_region_that_became_another_area_is_broken_there(totals: CardView, release: Release) -> None:
    region = replace(release.regions["VT26"], changed=2021)
    columns = tuple(Column(column.maat, region) for column in totals.columns)
    cells = {
        (line.key, new.key): figure
        for line in totals.lines
        for old, new in zip(totals.columns, columns, strict=True)
        if (figure := totals.cell(line, old))
    }
    moved = replace(totals, columns=columns, cells=cells)
    at = [line.key for line in moved.lines].index("2021HJ01")
    assert list(breaks(moved, columns[0])) == [at]
    assert "ander gebied" in breaks(moved, columns[0])[at]
    assert len(series(moved)["data"]) == 2 * len(columns)


def test_a_break_is_also_told_beside_the_chart(totals: CardView, release: Release) -> None:
    from components.card import card
    from components.html_text import to_html

    assert "De reeks is onderbroken" in to_html(card(with_breaks(totals, "2021HJ01"), release))
    assert "De reeks is onderbroken" not in to_html(card(totals, release))


def test_few_moments_are_columns_side_by_side(shown: Shown) -> None:
    card = shown("tijdreeksen", indicator="casussen-bij-veilig-thuis")
    assert as_columns(card)
    figure = series(card)
    assert {trace["type"] for trace in figure["data"]} == {"bar"}
    assert figure["layout"]["barmode"] == "group"
    assert figure["data"][0]["y"] == [73820.0, 79275.0]
    assert figure["data"][0]["text"] == ["73.820", "79.275"]


@pytest.mark.parametrize("kind", ["lines", "columns"])
def test_twenty_series_all_look_different(kind: str, totals: CardView, release: Release) -> None:
    """As many as can be asked for: ten regions and two measures."""
    regions = [region for region in release.regions.by_code.values() if region.level == "VT"][:10]
    columns = tuple(Column(column.maat, region) for column in totals.columns for region in regions)
    lines = totals.lines if kind == "lines" else totals.lines[:2]
    figure = totals.cell(totals.lines[0], totals.columns[0])
    assert figure
    cells = {(line.key, column.key): figure for line in lines for column in columns}
    drawn = series(replace(totals, lines=lines, columns=columns, cells=cells))["data"]
    assert {trace["type"] for trace in drawn} == {"scatter" if kind == "lines" else "bar"}
    looks = set()
    for trace in drawn:
        marker = trace["marker"]
        if kind == "lines":
            looks.add((trace["line"]["color"], trace["line"]["dash"], marker["symbol"]))
        else:
            looks.add((marker["color"], str(marker.get("pattern"))))
    assert len(looks) == len(drawn) == 20
    go.Figure({"data": drawn})


def test_ten_series_differ_in_colour_and_in_marker(totals: CardView, release: Release) -> None:
    regions = [region for region in release.regions.by_code.values() if region.level == "VT"][:10]
    maat = totals.columns[0].maat
    columns = tuple(Column(maat, region) for region in regions)
    figure = totals.cell(totals.lines[0], totals.columns[0])
    assert figure
    cells = {(line.key, column.key): figure for line in totals.lines for column in columns}
    drawn = series(replace(totals, columns=columns, cells=cells))["data"]
    assert len({trace["line"]["color"] for trace in drawn}) == 10
    assert len({trace["marker"]["symbol"] for trace in drawn}) == 10


def test_a_line_is_named_after_what_differs(shown: Shown) -> None:
    one = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen")
    assert [name(one, column) for column in one.columns] == ["Gestarte adviezen", "Ontvangen meldingen"]
    two = shown("tijdreeksen", indicator="kerncijfers-veilig-thuis", maat="actieve-casussen", regio="VT02,NL01")
    assert [name(two, column) for column in two.columns] == ["Drenthe (Veilig Thuis-regio)", "Nederland"]


def test_years_and_half_years_never_share_a_line(cards: dict[str, CardView]) -> None:
    for label, card in cards.items():
        if card.axis == "periode":
            assert len({period(line.key).kind for line in card.lines}) == 1, label


def test_the_period_asked_for_stands_out(shown: Shown) -> None:
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", periode="2020HJ02")
    sizes = series(card)["data"][0]["marker"]["size"]
    at = [line.key for line in card.lines].index("2020HJ02")
    assert sizes[at] > max(sizes[:at] + sizes[at + 1 :])


def test_a_period_with_a_sign_is_named_in_the_chart_and_in_the_notes(shown: Shown, release: Release) -> None:
    """An unknown figure has no point: a word stands there, and the notes say which it is."""
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen")
    line, column = card.lines[1], card.columns[0]
    unknown = replace(card.cells[line.key, column.key], value=None, sign=".")
    signed = replace(card, cells=card.cells | {(line.key, column.key): unknown})
    notes = [note for note in series(signed)["layout"]["annotations"] if note["x"] == 1]
    assert [note["text"] for note in notes] == ["deels<br>onbekend"]
    text = parse(to_html(make_card(signed, release))).one("div", "noten").text()
    assert f"{line.label} heeft geen punt in de grafiek ({column.maat}): onbekend (.)." in text
    assert "heeft geen punt" not in parse(to_html(make_card(card, release))).one("div", "noten").text()


def test_several_regions_have_a_chart_for_each_measure(shown: Shown) -> None:
    card = shown("tijdreeksen", indicator="kerncijfers-veilig-thuis", regio="VT02,VT25")
    charts = dict(figures_of(card))
    assert list(charts) == ["Gestarte adviezen (aantal)", "Ontvangen meldingen (aantal)"]
    for head, of_drenthe in (("Gestarte adviezen (aantal)", 1410), ("Ontvangen meldingen (aantal)", 1300)):
        drawn = {label: dict(values) for label, values in points(charts[head])}
        assert list(drawn) == ["Drenthe (Veilig Thuis-regio)", "Zuid-Limburg (Veilig Thuis-regio)"]
        assert drawn["Drenthe (Veilig Thuis-regio)"]["2ehj2019"] == of_drenthe


def test_the_last_number_keeps_clear_of_a_line_that_falls(shown: Shown) -> None:
    flows = figures_of(shown("tijdreeksen", indicator="ondertoezichtstellingen"))[0][1]
    spots = {trace["name"]: trace["textposition"] for trace in lines(flows)}
    assert spots == {"Instroom": "bottom center", "Uitstroom": "top center"}


def test_a_figure_beyond_all_earlier_ones_has_a_ring_and_is_said(totals: CardView, release: Release) -> None:
    """Adviezen 2021-1 (67.545) and 2025-1 (84.935) above all before, meldingen 2021-1 and 2021-2 below."""
    (ring,) = [trace for trace in series(totals)["data"] if trace["name"] == RINGED]
    assert set(zip(ring["x"], ring["y"], strict=True)) == {
        ("1e hj<br>2021", 67_545), ("1e hj<br>2025", 84_935), ("1e hj<br>2021", 60_880), ("2e hj<br>2021", 58_500),
    }  # fmt: skip
    assert ring["marker"]["symbol"] == "circle-open"
    page = parse(to_html(make_card(totals, release)))
    notes = page.one("div", "noten").text()
    assert (
        "Hoger of lager dan alle eerdere bekende halfjaren in deze grafiek (een ring om het punt): Gestarte adviezen: "
        "1e halfjaar 2021 en 1e halfjaar 2025 (hoger); "
        "Ontvangen meldingen: 1e halfjaar 2021 en 2e halfjaar 2021 (lager)."
    ) in notes
    assert "pas na 4 eerdere cijfers" in notes
    rows = {tr.one("th").text(): [td.text() for td in tr.all("td")] for tr in page.one("tbody").all("tr")}
    assert "Gestarte adviezen: hoger, Ontvangen meldingen: lager" in rows["1e halfjaar 2021"]
    assert "–" in rows["2e halfjaar 2019"]


def test_the_still_chart_has_the_rings_too(totals: CardView) -> None:
    still = parse(svg(series(totals), width=700, name="Reeks", description=""))
    *_, rings = [g for g in still.all("g") if g.attributes.get("data-deel") == "reeks"]
    assert len(rings.all("path")) == 4
    assert RINGED in " ".join(text.text() for text in still.all("text"))


def test_a_column_beyond_all_earlier_ones_has_an_edge(shown: Shown) -> None:
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", periode="2021HJ01,2021HJ02")
    assert as_columns(card)
    marked = replace(card, marks={(card.lines[1].key, card.columns[0].key): "hoger"})
    edged, plain = series(marked)["data"]
    assert edged["marker"]["line"]["width"] == [1, 2.5]
    assert plain["marker"]["line"]["width"] == [1, 1]
    go.Figure(series(marked))
    drawn = svg(series(marked), width=500, name="Reeks", description="")
    assert drawn.count('stroke-width="2.5"') == 1


def test_a_series_without_marks_has_no_ring_and_no_word_of_it(shown: Shown, release: Release) -> None:
    card = shown("tijdreeksen", indicator="kerncijfers-veilig-thuis", regio="VT02")
    assert card.marks == {}
    page = parse(to_html(make_card(card, release)))
    assert "eerdere" not in page.one("div", "noten").text()
    assert "Tegenover eerdere" not in page.one("thead").text()


def test_no_name_in_a_legend_is_wider_than_a_phone_and_none_loses_a_word(shown: Shown) -> None:
    """Amsterdam-Amstelland (Veilig Thuis-regio) lost its end at 375 pixels."""
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", regio="VT02,VT01")
    names = [trace["name"] for _, chart in figures_of(card) for trace in lines(chart)]
    whole = {"Drenthe (Veilig Thuis-regio)", "Amsterdam-Amstelland (Veilig Thuis-regio)"}
    assert {name.replace("<br>", " ") for name in names} == whole
    assert max(len(part) for name in names for part in name.split("<br>")) <= 34
