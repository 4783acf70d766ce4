"""The chart on the screen and the one in the picture: the same labels in the same order."""

from __future__ import annotations

import json
import urllib.request
from xml.etree import ElementTree

import pytest

from tests.browser.board import Board

SVG = "{http://www.w3.org/2000/svg}"
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"
CARDS = {
    "bars with words for signs": f"/regionaal?indicator={NATURE}&regio=GM1731&periode=2023JJ00",
    "many regions": "/regionaal?indicator=kerncijfers-veilig-thuis&maat=actieve-casussen&periode=2019HJ02&regio=VT02",
    "lines": "/tijdreeksen?indicator=aantal-adviezen-en-meldingen",
    "columns": "/tijdreeksen?indicator=casussen-bij-veilig-thuis",
    "an estimate between bounds": "/landelijk?indicator=geschat-percentage-slachtoffers-kindermishandeling"
    "&categorie=schattingsinterval&weergave=aantal",
    "two moments": "/landelijk?indicator=percentage-afname-en-stoppen-geweld",
    "a matrix": "/regionaal?indicator=acuut-en-of-structureel-onveilig&regio=VT05"
    "&categorie=veiligheidstaxatie-veiligheidsbeoordeling",
    "two breakdowns": "/landelijk?indicator=kenmerken-slachtoffers-huiselijk-geweld"
    "&categorie=vorm-van-geweld-geslacht&weergave=aandeel",
}

# What plotly itself drew in each chart, in order, without white space.
DRAWN = """() => Array.from(document.querySelectorAll("#react-entry-point .grafiek .js-plotly-plot"), (chart) => {
  const all = (name) => Array.from(chart.querySelectorAll(name), (e) => e.textContent.replace(/\\s/g, ""));
  const down = (name) => Array.from(chart.querySelectorAll(name))
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    .map((e) => e.textContent.replace(/\\s/g, ""));
  return {
    labels: down(".ytick text"),
    under: all(".xtick text"),
    numbers: all(".barlayer .bartext, .scatterlayer .textpoint text"),
    notes: all(".annotation-text"),
    legend: all(".legendtext"),
  };
})"""


def texts(chart: ElementTree.Element, name: str) -> list[str]:
    return [
        "".join("".join(text.itertext()).split())
        for group in chart.iter(f"{SVG}g") if group.get("data-deel") == name
        for text in group.iter(f"{SVG}text")
    ]  # fmt: skip


def pictured(address: str) -> list[dict[str, list[str]]]:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(address, timeout=30) as answer:
        root = ElementTree.fromstring(answer.read())
    out = []
    for chart in [g for g in root.iter(f"{SVG}g") if g.get("data-deel") == "grafiek"]:
        labels = texts(chart, "as-y")
        # Of an axis of numbers the zero is drawn first, at the bottom.
        labels = labels[::-1] if labels and labels[0].rstrip("%") == "0" else labels
        out.append({"labels": labels, "under": texts(chart, "as-x"), "numbers": texts(chart, "reeks"),
                    "notes": texts(chart, "noten"), "legend": texts(chart, "legenda")})  # fmt: skip
    return out


@pytest.mark.parametrize("name", CARDS)
def test_the_screen_and_the_picture_show_the_same_labels_in_the_same_order(name: str, board: Board) -> None:
    board.open(CARDS[name]).as_the_server()
    address = board.here("a.knop[href^='/svg/']").get_attribute("href")
    assert address
    on_screen = board.page.evaluate(DRAWN)
    in_picture = pictured(board.base + address)
    assert json.dumps(in_picture, indent=1) == json.dumps(on_screen, indent=1)
    assert all(each["numbers"] for each in in_picture)


def test_both_pictures_can_be_downloaded(board: Board) -> None:
    board.open(CARDS["lines"]).as_the_server()
    for kind, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        with board.page.expect_download() as waiting:
            board.here(f"a.knop[href^='/{kind}/']").click()
        assert waiting.value.suggested_filename == f"aantal-adviezen-en-meldingen_nederland_reeks.{kind}"
        assert waiting.value.path().read_bytes().startswith(start)
