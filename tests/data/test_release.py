from __future__ import annotations

import math
from pathlib import Path

import pytest

from data import release as releases
from data.catalogue import VIEWS
from data.choice import choose
from data.errors import DataError
from data.release import Release
from data.schema import records
from data.view import card_view
from tests.data.conftest import replace_in


def test_the_release_has_a_name_and_its_figures(release: Release) -> None:
    assert release.name
    # 2588 cells and 2253 figures of tables, and 468 rows told in texts, 31 of which repeat a figure.
    assert len(release.observations) == 2588 + 468
    assert len(release.figures) == 2253 + 468 - 31
    assert list(release.figures.index) == list(range(2690))


def test_each_figure_has_one_home(release: Release) -> None:
    figures = release.figures
    keys = figures[["maat", "kenmerk", "categorie", "regio_code", "periode", "eenheid"]]
    assert not keys.duplicated().any()
    assert set(figures["indicator"]) <= set(release.catalogue.indicators)


def test_every_figure_is_shown_by_its_home(release: Release) -> None:
    for slug, indicator in release.catalogue.indicators.items():
        own = release.figures[release.figures["indicator"] == slug]
        assert set(own["maat"]) <= set(indicator.maten)
        assert len(release.by_indicator[slug]) >= len(own)


def test_an_indicator_also_shows_the_totals_to_which_it_refers(release: Release) -> None:
    shown = release.by_indicator["aantal-adviezen-en-meldingen"]
    assert {row["indicator"] for row in shown.rows()} == {"kerncijfers-veilig-thuis"}
    assert set(shown.by_measure()) == {"Gestarte adviezen", "Ontvangen meldingen"}
    assert set(shown.by_member()) == {("Totaal", "Totaal")}


def test_a_view_shows_the_country_the_regions_or_both(release: Release) -> None:
    indicator = release.catalogue.indicators["aantal-adviezen-en-meldingen"]
    codes = {view: set(release.in_view(indicator, view).by_region()) for view in VIEWS}
    assert codes["landelijk"] == {"NL01"}
    assert "NL01" not in codes["regionaal"]
    assert codes["tijdreeksen"] == codes["landelijk"] | codes["regionaal"]


def test_filled_are_the_pairs_with_figures_of_their_own(release: Release) -> None:
    assert ("aantal-adviezen-en-meldingen", "tijdreeksen") in release.filled
    assert ("duur-van-het-geweld", "regionaal") in release.filled
    assert ("duur-van-het-geweld", "landelijk") not in release.filled
    assert ("eerdere-betrokkenheid-veilig-thuis", "landelijk") in release.filled
    assert ("eerdere-betrokkenheid-veilig-thuis", "tijdreeksen") not in release.filled, "one period is no series"
    assert ("ondertoezichtstellingen", "tijdreeksen") in release.filled
    assert ("eindvonnis-en-strafoplegging-rechter-1e-aanleg", "landelijk") not in release.filled
    assert not [slug for slug, _ in release.filled if not release.catalogue.indicators[slug].maten]
    for slug, view in release.filled:
        assert view in release.catalogue.indicators[slug].views


def test_a_total_belongs_to_its_publication(release: Release) -> None:
    """Of 2019's first half the key figures give 64.960 reports, the Impactmonitor 2022 65.075, and a text none."""
    found = {
        row["bron"]: row["geheel"]
        for row in release.rows()
        if (row["maat"], row["regio_code"], row["periode"]) == ("Ontvangen meldingen", "NL01", "2019HJ01")
    }
    assert found["impactmonitor-2022-figuur-4-1"] == 65075
    assert set(found) == {"impactmonitor-2022-figuur-4-1", "cbs-bvt-2019-1-tekst"}
    assert math.isnan(found["cbs-bvt-2019-1-tekst"])


def test_every_total_is_one_of_the_same_publication(release: Release) -> None:
    told = release.observations
    told = told[(told["kenmerk"] == "Totaal") & (told["eenheid"] == "aantal") & told["waarde"].notna()]
    keys = ["bron", "maat", "regio_code", "periode"]
    totals = {tuple(row[name] for name in keys): row["waarde"] for row in records(told)}
    for row in release.rows():
        total = totals.get(tuple(row[name] for name in keys), math.nan)
        assert row["geheel"] == total or (math.isnan(row["geheel"]) and math.isnan(total))


def test_the_first_published_value_of_a_revised_figure(release: Release) -> None:
    key = ("kerncijfers-veilig-thuis", "Actieve casussen", "Totaal", "Totaal", "NL01", "2019HJ01", "aantal")
    assert release.first_published[key]["oud_waarde"] == 64040
    assert len(release.first_published) == 55 + 4 + 19


def test_a_release_without_a_name_is_refused(folder: Path) -> None:
    (folder / "release.toml").write_text("naam = 5", encoding="utf-8")
    with pytest.raises(DataError, match=r"release\.toml: naam ontbreekt"):
        releases.load(folder)
    (folder / "release.toml").unlink()
    with pytest.raises(DataError, match=r"release\.toml: niet te lezen"):
        releases.load(folder)


def test_figures_of_an_indicator_that_is_not_declared_are_refused(folder: Path) -> None:
    replace_in(folder / "catalogue" / "tables.toml", 'home = "eerdere', 'home = "vroegere')
    with pytest.raises(DataError, match="cijfers bij een onbekende indicator: vroegere-betrokkenheid-veilig-thuis"):
        releases.load(folder)


def add_to(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_adding_an_indicator_is_a_declaration_and_its_figures(folder: Path) -> None:
    add_to(
        folder / "catalogue" / "indicators.toml",
        """
[[indicator]]
slug = "proefindicator"
titel = "Proefindicator"
themas = ["veilig-thuis-in-detail"]
views = ["landelijk", "regionaal", "tijdreeksen"]
definitie = "Het aantal proeven dat in een jaar is gedaan."
beleidsvragen = ["na-de-melding"]
maten = ["Proeven"]
hoofdmaten = ["Proeven"]
kenmerken = ["Soort proef"]
vindplaats = "Alleen in deze toets."
""",
    )
    add_to(
        folder / "catalogue" / "measures.csv",
        "Proeven,proeven,stroom,proefindicator,proef,proeven,Proeven die zijn gedaan.,\n",
    )
    add_to(
        folder / "catalogue" / "categories.csv",
        "proef,Alles,,,,\n"
        "proef,Zware proef,proefindicator,Soort proef,Zware proef,\n"
        "proef,Lichte proef,proefindicator,Soort proef,Lichte proef,\n",
    )
    add_to(
        folder / "catalogue" / "tables.toml",
        """
[[table]]
bron = "proef"
status = "definitief"
region_column = "Gebied"
period_column = "Jaar"
dimensions = { "Soort" = "proef" }
columns = { "Proeven" = {} }
""",
    )
    add_to(
        folder / "sources" / "sources.csv",
        "proef,Proefbureau,Proeven,Tabel 1,2024,https://proef.example/,geen,CC BY 4.0,\n",
    )
    (folder / "sources" / "proef.csv").write_text(
        "Soort,Gebied,Jaar,Proeven\n"
        "Alles,Nederland,2022,9.000\n"
        "Zware proef,Nederland,2022,6.000\n"
        "Lichte proef,Nederland,2022,3.000\n"
        "Alles,Nederland,2023*,10.000\n"
        "Zware proef,Nederland,2023*,4.000\n"
        "Lichte proef,Nederland,2023*,.\n"
        "Zware proef,Drenthe (PV),2023*,500\n",
        encoding="utf-8",
    )
    release = releases.load(folder)
    assert {view for slug, view in release.filled if slug == "proefindicator"} == set(VIEWS)

    choice = choose(release, "landelijk", {"indicator": "proefindicator"})
    assert choice.notices == ()
    assert choice.period == "2023JJ00"
    shown = [(line.label, f.value, f.sign, f.status) for line, _, f in card_view(release, choice).figures()]
    assert shown == [
        ("Totaal", 10000, "", "voorlopig"),
        ("Zware proef", 4000, "", "voorlopig"),
        ("Lichte proef", None, ".", "voorlopig"),
    ]

    asked = {"indicator": "proefindicator", "weergave": "aandeel", "periode": "2023JJ00"}
    shares = choose(release, "landelijk", asked)
    shown = [(line.label, f.value, f.sign, f.computed) for line, _, f in card_view(release, shares).figures()]
    assert shown == [("Zware proef", 40, "", True), ("Lichte proef", None, ".", True)]

    series = choose(release, "tijdreeksen", {"indicator": "proefindicator", "categorie": "zware-proef"})
    assert [(line.label, f.value) for line, _, f in card_view(release, series).figures()] == [
        ("2022", 6000),
        ("2023", 4000),
    ]
    assert len(records(release.figures[release.figures["bron"] == "proef"])) == 7
