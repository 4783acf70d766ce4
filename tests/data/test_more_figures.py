"""The figures beside those of Veilig Thuis: values typed from the publications, not read from our own files."""

import re

import pytest

from components import words
from data import choice, release, view
from data.periods import from_statline

MURDER = "slachtoffers-van-moord-en-doodslag"
VICTIMS = "Slachtoffers van moord of doodslag"
CHILDREN = "Kinderen met kindermishandeling (schatting)"
ABUSE = "geschat-percentage-slachtoffers-kindermishandeling"
SURVEY = "Slachtoffers huiselijk geweld (12 maanden, 16 jaar of ouder)"
INFLOW = "Jeugdbeschermingsmaatregelen: instroom"
RUNNING = "Jongeren met een lopende maatregel"
FILLED = {
    ("slachtoffers-van-moord-en-doodslag", "landelijk"), ("slachtoffers-van-moord-en-doodslag", "tijdreeksen"),
    ("geschat-percentage-slachtoffers-huiselijk-geweld", "landelijk"),
    ("kenmerken-slachtoffers-huiselijk-geweld", "landelijk"),
    ("geschat-percentage-slachtoffers-kindermishandeling", "landelijk"),
    ("kenmerken-van-kindermishandeling", "landelijk"),
    ("ondertoezichtstellingen", "landelijk"), ("ondertoezichtstellingen", "tijdreeksen"),
    ("onderzoeken-raad-voor-de-kinderbescherming", "landelijk"),
    ("onderzoeken-raad-voor-de-kinderbescherming", "tijdreeksen"),
    ("huiselijk-geweldzaken-bij-het-openbaar-ministerie", "landelijk"),
    ("huiselijk-geweldzaken-bij-het-openbaar-ministerie", "tijdreeksen"),
    ("recidive-plegers", "landelijk"), ("kenmerken-plegers-huiselijk-geweld", "landelijk"),
    ("tijdelijk-huisverbod", "regionaal"), ("tijdelijk-huisverbod", "tijdreeksen"),
    ("percentage-afname-en-stoppen-geweld", "landelijk"),
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded():
    return release.load()


@pytest.fixture(scope="module")
def found(loaded):
    keys = ["maat", "categorie", "regio_code", "periode", "eenheid"]
    rows = loaded.figures.set_index(keys)

    def find(maat, periode, categorie="Totaal", eenheid="aantal", regio="NL01"):
        row = rows.loc[(maat, categorie, regio, periode, eenheid)]
        row = row.iloc[0] if row.ndim == 2 else row
        return row["waarde"], row["teken"]

    return find


def test_victims_are_men_and_women_in_every_year(found):
    for year in range(1996, 2024):
        total, men, women = (found(VICTIMS, f"{year}JJ00", name)[0] for name in ("Totaal", "Mannen", "Vrouwen"))
        assert total == men + women, year


@pytest.mark.parametrize(
    ("maat", "periode", "categorie", "eenheid", "expected"),
    [
        (VICTIMS, "1996JJ00", "Totaal", "aantal", (240, "")),
        (VICTIMS, "1996JJ00", "Vrouwen", "aantal", (69, "")),
        (VICTIMS, "2022JJ00", "Totaal", "aantal", (143, "")),
        (VICTIMS, "2023JJ00", "Mannen", "aantal", (84, "")),
        (VICTIMS, "2015-2019", "Jonger dan 20 jaar", "aantal", (57, "")),
        (SURVEY, "2020JJ00", "Totaal", "%", (8.3, "")),
        (SURVEY, "2020JJ00", "Dwingende controle | Vrouwen", "%", (5.4, "")),
        (SURVEY, "2022JJ00", "Totaal", "aantal", (1300000, "omgerekend")),
        (SURVEY, "2022JJ00", "Vrouwen", "%", (10, "")),
        ("Slachtoffers huiselijk geweld (vijf jaar, 18 jaar of ouder)", "2017JJ00", "Totaal", "%", (5.5, "")),
        ("Slachtoffers fysiek geweld in huiselijke kring (12 maanden)", "2020JJ00", "Totaal", "aantal",
         (520000, "ruim")),
        (CHILDREN, "2017JJ00", "Ondergrens", "aantal", (90000, "")),
        (CHILDREN, "2017JJ00", "Bovengrens", "aantal", (127000, "")),
        (CHILDREN, "2017JJ00", "Totaal", "%", (3, "ongeveer")),
        (CHILDREN, "2010JJ00", "Totaal", "aantal", (119000, "bijna")),
        ("Gevallen van kindermishandeling", "2017JJ00", "Emotionele verwaarlozing", "%", (36, "")),
        (INFLOW, "2019JJ00", "Totaal", "aantal", (12980, "")),
        (RUNNING, "2024-12-31", "Ondertoezichtstelling", "aantal", (17690, "")),
        (RUNNING, "2022-06-30", "Ondertoezichtstelling", "aantal", (19550, "")),
        ("Kinderen onder toezicht in het jaar", "2011JJ00", "Ondertoezichtstelling en voorlopige ondertoezichtstelling",
         "aantal", (37785, "")),
        ("Beschermingsonderzoeken", "2024JJ00", "Totaal", "aantal", (12155, "")),
        ("Beschermingsonderzoeken", "2016JJ00", "Totaal", "aantal", (16000, "ruim")),
        ("Gevraagde beschermingsmaatregelen", "2019JJ00", "Ondertoezichtstelling", "aantal", (7731, "")),
        ("Instroom zaken huiselijk geweld", "2019JJ00", "Totaal", "aantal", (10450, "")),
        ("Recidive: enig delict", "2008JJ00", "Totaal", "%", (34, "")),
        ("Recidive: enig delict (gecorrigeerd)", "2008JJ00", "Totaal", "%", (32, "")),
        ("Vervolgde plegers van huiselijk geweld", "2007-2011", "Mannen", "%", (92, "circa")),
        ("Tijdelijke huisverboden", "2012JJ00", "Opgelegd", "aantal", (3529, "")),
        (
            "Gezinnen waar het geweld is gestopt", "2016-2020", "Na anderhalf jaar", "%",
            (30, "ongeveer drie op de tien"),
        ),
    ],
)  # fmt: skip
def test_figures_are_those_of_the_publication(found, maat, periode, categorie, eenheid, expected):
    assert found(maat, periode, categorie, eenheid) == expected


def test_a_police_region_and_a_published_zero(found):
    assert found("Tijdelijke huisverboden", "2011JJ00", "Opgelegd", regio="X-hollands-midden") == (89, "")
    assert found("Tijdelijke huisverboden", "2021JJ00", "Opgelegd", regio="GM1942") == (0, "")


def test_a_later_report_replaces_an_earlier_one(loaded):
    history = loaded.history.set_index(["maat", "categorie", "periode"])
    old = history.loc[(INFLOW, "Totaal", "2019JJ00")]
    assert (old["oud_waarde"], old["nieuw_waarde"]) == (12965, 12980)
    half = history.loc[(INFLOW, "Totaal", "2021HJ01")]
    assert (half["oud_waarde"], half["nieuw_waarde"]) == (5980, 6020)


def test_nothing_comes_from_news_media(loaded):
    media = ["metro", "blikop", "nu.nl", "volkskrant", "omroep", "sociaalweb", "skipr", "nieuws.nl", "zeelandnet",
             "tubantia", "rtv", "oogtv", "eenvandaag", "ad.nl", "rd.nl", "ebonyst", "robertflello"]  # fmt: skip
    for source in loaded.catalogue.sources.values():
        assert not any(re.search(rf"//(www\.)?[^/]*{name}", source.adres) for name in media), source.id


def test_the_year_that_only_media_gave_is_not_there(loaded):
    murder = loaded.figures[loaded.figures["indicator"] == MURDER]
    assert murder["periode"].max() == "2023JJ00"


def test_every_one_of_these_views_has_figures(loaded):
    assert loaded.filled >= FILLED


@pytest.mark.parametrize(("slug", "page"), sorted(FILLED))
def test_each_card_tells_a_whole_sentence(loaded, slug, page):
    card = view.card_view(loaded, choice.choose(loaded, page, {"indicator": slug}))
    told = words.sentence(card, loaded)
    assert told.endswith(".")
    assert "  " not in told and "geen enkel getal" not in told
    assert not re.search(r"in \d+ (januari|juni|december)|in \d{4} tot en met|\bnan\b", told)


def test_an_estimate_stands_between_its_bounds(loaded):
    card = view.card_view(loaded, choice.choose(loaded, "landelijk", {"indicator": ABUSE}))
    assert "90.000 tot 127.000 kinderen" in words.sentence(card, loaded)


def test_all_reference_dates_stand_in_the_series(loaded):
    query = {"indicator": "ondertoezichtstellingen", "maat": "jongeren-met-een-lopende-maatregel"}
    card = view.card_view(loaded, choice.choose(loaded, "tijdreeksen", query))
    assert [line.key for line in card.lines] == [
        "2020-12-31", "2021-12-31", "2022-06-30", "2023-06-30", "2023-12-31", "2024-06-30", "2024-12-31",
    ]  # fmt: skip


def test_dates_and_spans_are_read():
    assert from_statline("31 december 2023*") == ("2023-12-31", "voorlopig")
    assert from_statline("2015-2019*") == ("2015-2019", "voorlopig")
    assert from_statline("2014-2023") == ("2014-2023", "")
