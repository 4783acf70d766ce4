from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data import catalogue
from data.catalogue import VIEWS, Catalogue
from data.errors import DataError
from tests.data.conftest import replace_in

DETAIL = "veilig-thuis-in-detail"
IMPACTMONITOR = {
    "omvang": {
        "geschat-percentage-slachtoffers-huiselijk-geweld": "L",
        "vermoeden-getuige-van-huiselijk-geweld": "L",
        "geschat-percentage-slachtoffers-kindermishandeling": "L",
    },
    "aard-en-kenmerken": {
        "aard-geweld-adviezen-meldingen-veilig-thuis": "LRT",
        "kenmerken-slachtoffers-huiselijk-geweld": "L",
        "kenmerken-van-kindermishandeling": "L",
        "kenmerken-slachtoffers-kindermishandeling": "L",
        "kenmerken-plegers-huiselijk-geweld": "L",
        "slachtoffers-van-moord-en-doodslag": "LT",
        "tijdelijk-huisverbod": "RT",
    },
    "vergroting-bereik-veilig-thuis": {
        "aantal-adviezen-en-meldingen": "LRT",
        "type-adviesvrager-melder": "LRT",
        "duur-van-het-geweld": "LRT",
        "vervolg-op-basis-van-de-veiligheidsbeoordeling": "LRT",
        "acuut-en-of-structureel-onveilig": "LRT",
    },
    "verbinding-zorg-en-veiligheid": {
        "tijdelijk-huisverbod": "RT",
        "ondertoezichtstellingen": "LRT",
        "onderzoeken-raad-voor-de-kinderbescherming": "LRT",
        "casussen-bij-veilig-thuis": "LRT",
        "overdracht-vt-van-acute-en-structureel-onveilige-casussen": "LRT",
        "huiselijk-geweldzaken-bij-het-openbaar-ministerie": "LT",
        "eindvonnis-en-strafoplegging-rechter-1e-aanleg": "LT",
    },
    "verbetering-outcome": {
        "percentage-afname-en-stoppen-geweld": "LR",
        "beoordeling-welzijn-door-clienten": "LR",
        "ervaren-veiligheid-door-kinderen-en-volwassenen": "LR",
        "verbetering-opvoedingsrelatie-tussen-ouder-en-kind": "LR",
        "tevredenheid-clienten-over-de-ontvangen-hulp-en-samenhang-hiertussen": "LR",
        "gemiddeld-aantal-betrokken-hulpinstellingen": "LR",
        "recidive-plegers": "L",
    },
    "eerder-signaleren-en-bespreken": {
        "gepraat-over-vermoeden-getuige-van-huiselijk-geweld": "L",
    },
}
BEYOND = [
    "kerncijfers-veilig-thuis",
    "eerdere-betrokkenheid-veilig-thuis",
    "uitkomsten-onderzoeken-veilig-thuis",
    "aanvullende-informatie-veiligheidsproblematiek",
    "overdrachten-naar-organisatie",
    "politiemeldingen-aan-veilig-thuis",
]


@pytest.fixture(scope="module")
def declared() -> Catalogue:
    return catalogue.load()


def test_the_indicators_are_those_of_the_impactmonitor_in_its_order(declared: Catalogue) -> None:
    shown = {
        theme.id: {i.slug: "".join(v[0].upper() for v in VIEWS if v in i.views) for i in declared.of_theme(theme.id)}
        for theme in declared.themes
        if theme.id != DETAIL
    }
    assert shown == IMPACTMONITOR
    assert [theme.id for theme in declared.themes] == [*IMPACTMONITOR, DETAIL]


def test_29_indicators_59_pairs_61_crosses_and_6_beyond(declared: Catalogue) -> None:
    of_impactmonitor = [i for i in declared.indicators.values() if DETAIL not in i.themas]
    assert len(of_impactmonitor) == 29
    assert sum(len(i.views) for i in of_impactmonitor) == 59
    assert sum(len(i.views) * len(i.themas) for i in of_impactmonitor) == 61
    assert [i.slug for i in declared.of_theme(DETAIL)] == BEYOND
    assert len(declared.indicators) == 35


def test_only_the_restraining_order_stands_under_two_themes(declared: Catalogue) -> None:
    twice = [i for i in declared.indicators.values() if len(i.themas) > 1]
    assert [i.slug for i in twice] == ["tijdelijk-huisverbod"]
    assert twice[0].themas == ("aard-en-kenmerken", "verbinding-zorg-en-veiligheid")


def test_every_indicator_says_what_it_is_and_where_its_figures_are(declared: Catalogue) -> None:
    for indicator in declared.indicators.values():
        assert indicator.definitie.endswith(".")
        assert indicator.vindplaats.endswith(".")
        for view, place in indicator.vindplaatsen.items():
            assert place.endswith("."), f"{indicator.slug}, {view}"
            assert place != indicator.vindplaats
            assert indicator.published_at(view) == place
        assert indicator.beleidsvragen


def test_the_key_figures_have_all_twelve_measures(declared: Catalogue) -> None:
    of_key_tables = {m for t in declared.tables if t.bron == "cbs-bvt-2019-1" for m in _measures(t.columns)}
    assert len(of_key_tables) == 12
    assert of_key_tables <= set(declared.indicators["kerncijfers-veilig-thuis"].maten)


def _measures(columns: dict[str, catalogue.Parts]) -> set[str]:
    return {parts.maat or heading for heading, parts in columns.items()}


def test_a_stock_is_never_called_a_flow(declared: Catalogue) -> None:
    stocks = {m.maat for m in declared.measures.values() if m.soort == "stand"}
    assert stocks == {
        "Actieve casussen",
        "Actieve diensten onderzoek",
        "Actieve diensten voorwaarden en vervolg",
        "Organisaties Veilig Thuis",
        "Jeugdbeschermingsmaatregelen: beginstand",
        "Jeugdbeschermingsmaatregelen: eindstand",
        "Jongeren met een lopende maatregel",
        "Jongeren met jeugdbescherming in de periode",
        "Trajecten jeugdbescherming in de periode",
        "Kinderen onder toezicht in het jaar",
    }


def test_slugs_of_members_are_unique_within_an_indicator(declared: Catalogue) -> None:
    for (slug, kenmerk), members in declared.members.items():
        twice = [name for name, n in Counter(c.slug for c in members.values()).items() if n > 1]
        assert not twice, f"{slug}, {kenmerk}: {twice}"


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("indicators.toml", 'themas = ["omvang"]', 'themas = ["niets"]', "onbekend: niets"),
        ("indicators.toml", 'themas = ["omvang"]', "themas = []", "themas: Tuple should have at least 1 item"),
        ("indicators.toml", "views = [", "view = [", "indicators.toml, geschat-percentage-slachtoffers-huiselijk"),
        ("indicators.toml", 'views = ["landelijk"]', 'views = ["lokaal"]', r"views\.0: Input should be"),
        ("indicators.toml", 'beleidsvragen = ["', 'beleidsvragen = ["hoe-', "onbekend: hoe-"),
        ("indicators.toml", 'maten = ["Gestarte adviezen",', 'maten = ["Adviezen",', "onbekend: Adviezen"),
        ("indicators.toml", 'hoofdmaten = ["Ontvangen meldingen"]', "hoofdmaten = []", "maten maar geen hoofdmaten"),
        ("indicators.toml", 'kenmerken = ["Duur van het geweld"]', 'kenmerken = ["Duur"]', "geen categorieën bij Duur"),
        ("indicators.toml", '{ indicator = "kerncijfers-', '{ indicator = "cijfers-', "onbekend: cijfers-veilig-thuis"),
        ("indicators.toml", 'slug = "recidive-plegers"', 'slug = "tijdelijk-huisverbod"', "staat er twee keer in"),
        ("indicators.toml", "[[indicator]]", "[[indicator]", "indicators.toml: geen geldige TOML"),
        ("measures.csv", "stroom,kerncijfers-veilig-thuis", "stroom,kern", "adviezen: onbekende indicator kern"),
        ("measures.csv", "stroom,kerncijfers-veilig-thuis", "stroom,recidive-plegers", "heeft deze maat niet"),
        ("measures.csv", "gestarte-adviezen,stroom", "gestarte-adviezen,vloed", "soort: Input should be 'stroom'"),
        ("measures.csv", ",ontvangen-meldingen,", ",gestarte-adviezen,", "gestarte-adviezen staat er twee keer in"),
        ("categories.csv", "Kindermishandeling,aard-", "Kindermishandeling,soort-", "onbekende indicator soort-geweld"),
        ("categories.csv", "aard,Totaal,,,,", "aard,Onbekend,,,,", "Onbekend staat er twee keer in"),
        ("categories.csv", "fysiek,Kindermishandeling", "fysiek,Misdaad", "onbekende ouder Misdaad"),
        ("categories.csv", "thuis,Aard van het geweld,K", "thuis,Soort,K", "heeft geen kenmerk Soort"),
        ("tables.toml", 'bron = "cbs-bvt-2019-1"', 'bron = "cbs"', "tables.toml, cbs: staat niet in sources.csv"),
        ("tables.toml", 'columns = "kerncijfers"', 'columns = "cijfers"', "columns: Input should be a valid dict"),
        ("tables.toml", 'thousands = " "', 'duizend = " "', "cbs-bvt-2019-1-foutief: duizend: Extra inputs"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_one_clear_line(folder: Path, file: str, old: str, new: str, reason: str) -> None:
    replace_in(folder / "catalogue" / file, old, new)
    with pytest.raises(DataError, match=reason) as told:
        catalogue.load(folder / "catalogue")
    assert str(told.value).startswith(file)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("file", "key"), [("themes.toml", "thema"), ("tables.toml", "table"), ("indicators.toml", "indicator")]
)
def test_an_empty_file_is_one_clear_line(folder: Path, file: str, key: str) -> None:
    (folder / "catalogue" / file).write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=f"{file}: {key} ontbreekt"):
        catalogue.load(folder / "catalogue")


@pytest.mark.parametrize("file", ["themes.toml", "indicators.toml", "tables.toml", "measures.csv", "categories.csv"])
def test_a_missing_file_is_one_clear_line(folder: Path, file: str) -> None:
    (folder / "catalogue" / file).unlink()
    with pytest.raises(DataError, match=f"{file}: niet te lezen"):
        catalogue.load(folder / "catalogue")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2020-04-28", "28-04-2020", "sources.csv, cbs-bvt-2019-1: publicatiedatum"),
        ("https://www.cbs.nl/,", "http://www.cbs.nl/,", "adres: String should match pattern"),
        ("\ncbs-bvt-2019-2,", "\ncbs-bvt-2019-1,", "cbs-bvt-2019-1 staat er twee keer in"),
        ("uitgever", "maker", "cbs-bvt-2019-1-foutief: uitgever: Field required"),
    ],
)
def test_a_wrong_source_is_one_clear_line(folder: Path, old: str, new: str, reason: str) -> None:
    replace_in(folder / "sources" / "sources.csv", old, new)
    with pytest.raises(DataError, match=reason):
        catalogue.load(folder / "catalogue")
