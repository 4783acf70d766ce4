"""Every figure that comes along, from its cell in a published table to all the places where a reader can meet it.

The reports take longer to read: here those of some regions of every level, in `make audit` all of them.
"""

from __future__ import annotations

import random

import pytest
from flask.testing import FlaskClient

from data.release import Release
from data.report import regions_with_report
from tests import walk
from tests.reading import read_csv
from tests.told import Key, Told
from tests.walk import FIGURES, ON_NO_CARD

SEED, OF_A_LEVEL = 20261125, 2


@pytest.fixture(scope="module")
def figures(release: Release) -> dict[Key, Told]:
    return walk.current(release)


def test_the_file_of_all_figures(client: FlaskClient, figures: dict[Key, Told]) -> None:
    rows = read_csv(client.get("/download/cijfers.csv").data, ",")
    file = {Key(*(row[name] for name in Key._fields)): row for row in rows}
    assert len(rows) == len(file) == len(figures) == FIGURES
    for key, one in figures.items():
        row = file[key]
        number = float(row["waarde"]) if row["waarde"] else None
        assert (number, row["teken"], row["status"], row["bron"]) == (*one.content, one.status, one.source), key


def test_a_card_with_its_chart_and_its_file(client: FlaskClient, release: Release, figures: dict[Key, Told]) -> None:
    met = walk.Met()
    nowhere = [
        key for key in figures
        if key not in met.table and not walk.meet_on_a_card(client, release, key, figures, met)
    ]  # fmt: skip
    assert nowhere == ON_NO_CARD
    assert met.table == met.file == set(figures) - set(ON_NO_CARD)
    assert met.chart == {key for key in met.table if figures[key].value is not None}
    assert (len(met.table), len(met.chart)) == (FIGURES - 1, 2234)
    assert met.cards > 500


def test_the_api(client: FlaskClient, figures: dict[Key, Told]) -> None:
    rows, at = [], "/api/v1/cijfers?per_pagina=1000"
    while at:
        page = client.get(at).get_json()
        rows += page["cijfers"]
        at = page["links"].get("next")
    found = {Key(*(row[name] for name in Key._fields)): row for row in rows}
    assert len(rows) == len(found) == len(figures) == FIGURES
    for key, one in figures.items():
        row = found[key]
        assert (row["waarde"], row["teken"], row["status"], row["bron"]) == (*one.content, one.status, one.source), key


def test_json_stat(client: FlaskClient, release: Release, figures: dict[Key, Told]) -> None:
    """By indicator, at the place that its dimensions say (json-stat.org: the last dimension runs fastest)."""
    compared = set()
    for slug in sorted({key.indicator for key in figures}):
        cube = client.get(f"/api/v1/cijfers?indicator={slug}&formaat=jsonstat").get_json()
        assert cube["id"] == ["indicator", "maat", "uitsplitsing", "regio", "periode", "eenheid"]
        categories = [cube["dimension"][name]["category"] for name in cube["id"]]
        for key, one in figures.items():
            if key.indicator != slug:
                continue
            told_of = "Totaal" if key.kenmerk == "Totaal" else f"{key.kenmerk}: {key.categorie}"
            title = release.catalogue.indicators[slug].titel
            names = (title, key.maat, told_of, key.regio_code, key.periode, key.eenheid)
            place = 0
            for name, size, category in zip(names, cube["size"], categories, strict=True):
                code = next((code for code, label in category["label"].items() if label == name), name)
                place = place * size + category["index"][code]
            assert cube["value"].get(str(place)) == one.value, key
            assert cube["status"][str(place)] == "; ".join(part for part in (one.sign, one.status) if part), key
            compared.add(key)
    assert len(compared) == FIGURES


def test_reports_of_some_regions_of_every_level(
    client: FlaskClient, release: Release, figures: dict[Key, Told]
) -> None:
    every = regions_with_report(release)
    levels = {region.level: [r.code for r in every if r.level == region.level] for region in every}
    assert set(levels) == {"LD", "PV", "CR", "VT", "GM", "X-"}
    codes = [code for of_level in levels.values() for code in random.Random(SEED).sample(of_level, OF_A_LEVEL)]
    met = set().union(*(walk.read_report(client, release, code, figures) for code in codes))
    assert {key.regio_code for key in met} >= {*codes, "NL01"}
    assert len(met) > 200
