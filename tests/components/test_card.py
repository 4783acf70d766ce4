from collections.abc import Callable
from dataclasses import replace

import pytest

from components import words
from components.card import card, failed_card
from components.citing import date_text
from components.export import card_csv
from components.figures.panels import figures_of
from components.html_text import to_html
from components.numbers import SIGN_MEANINGS, SIGN_WORDS, figure_text
from components.picture import picture
from data.catalogue import View
from data.choice import choose
from data.release import Release
from data.view import CardView, Line, card_view
from tests.reading import Node, parse, read_table

Shown = Callable[..., CardView]
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"


def read(view: CardView, release: Release) -> Node:
    return parse(to_html(card(view, release)))


def test_the_figures_in_the_sentence_stand_out_and_no_other_number(
    shown: Shown, cards: dict[str, CardView], release: Release
) -> None:
    page = read(shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02"), release)
    assert [node.text() for node in page.one("p", "zin").all("strong")] == ["54.540", "66.730"]  # CBS, 84847NED
    for name, view in cards.items():
        sentence = read(view, release).one("p", "zin")
        assert sentence.text() == words.sentence(view, release), name
        known = {part.strip(",") for *_, figure in view.figures() for part in figure_text(figure).split()}
        assert {node.text() for node in sentence.all("strong")} <= known, name


def test_every_card_has_title_sentence_table_download_and_source(cards: dict[str, CardView], release: Release) -> None:
    for name, view in cards.items():
        page = read(view, release)
        assert page.one("h2", id="kaart-titel").text(), name
        assert page.one("p", "zin").text(), name
        assert read_table(page).caption == page.one("h2", id="kaart-titel").text(), name
        buttons = {link.text(): link["href"] for link in page.all("a", "knop")}
        assert "/csv/" in buttons["Download CSV"], name
        assert buttons["Download Excel (XLSX)"] == buttons["Download CSV"].replace("/csv/", "/xlsx/"), name
        for kind in ("svg", "png"):
            own = buttons[f"Plaatje ({kind.upper()})"]
            assert own == buttons["Download CSV"].replace("/csv/", f"/{kind}/"), name
        links = page.one(of_class="bronnen").all("a")
        used = {figure.source for *_, figure in view.figures()}
        wanted = {release.catalogue.sources[bron].adres for bron in used}
        populations = {name for *_, f in view.figures() if f.population for name in f.population.sources}
        wanted |= {release.regions.inhabitants.sources[each].adres for each in populations}
        assert {a["href"] for a in links} == wanted, name
        ids = [node["id"] for node in page.walk() if "id" in node.attributes]
        assert len(set(ids)) == len(ids), name


def test_the_table_has_headings_for_rows_and_columns(cards: dict[str, CardView], release: Release) -> None:
    for name, view in cards.items():
        table = read(view, release).one("table", "cijfers")
        width = len(table.one("thead").all("th"))
        assert all(th["scope"] == "col" for th in table.one("thead").all("th")), name
        for row in table.one("tbody").all("tr"):
            assert row.one("th")["scope"] == "row", name
            assert 1 + len(row.all("td")) == width, name


def test_a_revised_figure_says_what_was_published_first(shown: Shown, release: Release) -> None:
    view = shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02")
    page = read(view, release)
    table = read_table(page)
    assert dict(zip([name for name, _ in table.rows], table.first, strict=True)) == {
        "Gestarte adviezen": ["eerst 54.530"],
        "Ontvangen meldingen": ["eerst 66.660"],
    }
    told = [item.text() for item in page.one("ul", "herzien").all("li")]
    assert any("66.730 (" in text and "eerst gepubliceerd als 66.660 (" in text for text in told)


def test_a_region_of_the_erratum_says_what_was_published_first(shown: Shown, release: Release) -> None:
    view = shown("regionaal", indicator="casussen-bij-veilig-thuis", periode="2019HJ01")
    page = read(view, release)
    assert "28 april 2020" in page.one("details", "herzieningen").text()
    assert "verwisseld" in page.one("details", "herzieningen").text()


def test_every_sign_in_a_table_is_explained(cards: dict[str, CardView], release: Release) -> None:
    for name, view in cards.items():
        page = read(view, release)
        texts = [text for _, row in read_table(page).rows for text in row]
        notes = page.one("div", "noten").text()
        for sign, word in SIGN_WORDS.items():
            there = any(text.startswith(word) for text in texts)
            assert (SIGN_MEANINGS[sign] in notes) == there, f"{name}: {sign}"
        assert ("Niet beschikbaar:" in notes) == ("niet beschikbaar" in texts), name


def test_provisional_figures_are_marked(cards: dict[str, CardView], release: Release) -> None:
    for name, view in cards.items():
        statuses = {figure.status for *_, figure in view.figures()}
        labels = " ".join(node.text().lower() for node in read(view, release).all(of_class="label"))
        assert ("voorlopige" in labels) == bool(statuses & {"voorlopig", "nader voorlopig"}), name


def test_where_the_status_differs_each_row_says_it(shown: Shown, release: Release) -> None:
    view = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen")
    statuses = {figure.status for *_, figure in view.figures()}
    assert len(statuses) > 1
    page = read(view, release)
    assert read_table(page).heads[-1] == "Status"
    for line, row in zip(view.lines, page.one("tbody").all("tr"), strict=True):
        here = {f.status for column in view.columns if (f := view.cell(line, column))}
        said = row.all("td")[-1].text()
        assert said == ", ".join(here) if len(here) == 1 else all(status in said for status in here)


def test_computed_shares_say_so(cards: dict[str, CardView], release: Release) -> None:
    for name, view in cards.items():
        computed = any(figure.computed for *_, figure in view.figures())
        text = read(view, release).text()
        assert ("door ons berekend" in text) == computed, name
        unit = {"aandeel": "aandeel", "per10000": "per 10.000 inwoners"}.get(view.choice.presentation, "–")
        assert (f"Berekend {unit}" in text) == computed, name


@pytest.mark.parametrize(
    ("view", "query", "rounded"),
    [
        ("regionaal", {"indicator": NATURE, "regio": "PV22", "periode": "2023JJ00"}, True),
        ("landelijk", {"indicator": "slachtoffers-van-moord-en-doodslag", "periode": "2023JJ00"}, False),
        ("landelijk", {"indicator": "onderzoeken-raad-voor-de-kinderbescherming", "periode": "2024JJ00"}, False),
    ],
)
def test_shares_say_that_counts_are_rounded_where_they_are(
    view: str, query: dict[str, str], rounded: bool, shown: Shown, release: Release
) -> None:
    """CBS rounds counts of Veilig Thuis to fives; victims of murder (125 in 2023) are counted one by one."""
    card = shown(view, **query, weergave="aandeel")
    assert not card.choice.notices
    assert all(figure.computed for *_, figure in card.figures())
    text = read(card, release).text()
    assert ("berekend uit afgeronde aantallen van dezelfde" in text) == rounded
    assert ("berekend uit aantallen van dezelfde" in text) != rounded
    assert ("Waar de afronding te veel uitmaakt" in text) == rounded


def test_overlapping_natures_say_that_they_can_be_more_than_the_total(shown: Shown, release: Release) -> None:
    text = read(shown("regionaal", indicator=NATURE, regio="VT02"), release).text()
    assert "meer dan 100%" in text


def test_years_that_stand_apart_from_half_years_are_named(shown: Shown, release: Release) -> None:
    text = read(shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen"), release).text()
    assert "De grafiek toont alleen halfjaren." in text


@pytest.mark.parametrize(
    ("slug", "view"),
    [("eindvonnis-en-strafoplegging-rechter-1e-aanleg", "landelijk"), ("duur-van-het-geweld", "landelijk")],
)
def test_a_card_without_figures_says_why_and_where_they_are(slug: str, view: str, release: Release) -> None:
    choice = choose(release, view, {"indicator": slug})  # type: ignore[arg-type]
    page = read(card_view(release, choice), release)
    text = page.text()
    assert page.one("h2", id="kaart-titel").text() == choice.indicator.titel
    assert "geen cijfers" in text.lower()
    assert choice.indicator.published_at(choice.view) in text
    assert "beheerder" in text
    assert page.all("table") == []
    elsewhere = [v for v in choice.indicator.views if v != view and (slug, v) in release.filled]
    links = [a["href"] for a in page.all("a") if "begrip" not in a.classes]
    assert links == [f"/{v}?indicator={slug}" for v in elsewhere]


def test_every_pair_without_figures_has_such_a_card(release: Release) -> None:
    for indicator in release.catalogue.indicators.values():
        for view in indicator.views:
            if (indicator.slug, view) not in release.filled:
                shown = card_view(release, choose(release, view, {"indicator": indicator.slug}))
                assert not shown.lines
                assert indicator.published_at(view) in read(shown, release).text()


def test_a_card_without_figures_names_the_table_of_its_own_view(release: Release) -> None:
    def card(view: View, slug: str) -> str:
        return read(card_view(release, choose(release, view, {"indicator": slug})), release).text()

    assert "cijfersrvdk.nl" in card("regionaal", "onderzoeken-raad-voor-de-kinderbescherming")
    assert "84854NED per Veilig Thuis-regio" in card("regionaal", "overdrachten-naar-organisatie")


def test_text_of_the_catalogue_cannot_become_mark_up(shown: Shown, release: Release) -> None:
    view = shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02")
    nasty = view.choice.indicator.model_copy(update={"titel": "<img src=x onerror=alert(1)> & 'x'"})
    page = read(replace(view, choice=replace(view.choice, indicator=nasty)), release)
    assert page.all("img") == []
    assert page.one("h2", id="kaart-titel").text().startswith("<img src=x")


def test_a_failed_card_is_dutch_and_says_what_to_do() -> None:
    page = parse(to_html(failed_card()))
    assert "kunnen nu niet worden getoond" in page.text()
    assert [link["href"] for link in page.one("p", role="alert").all("a")] == ["/"]


@pytest.mark.parametrize(
    ("date", "text"),
    [("2020-04-28", "28 april 2020"), ("2020-04", "april 2020"), ("2020", "2020"), ("", "datum onbekend")],
)
def test_a_date_is_as_exact_as_is_known(date: str, text: str) -> None:
    assert date_text(date) == text


# --- as many regions as there can be ---


@pytest.fixture(scope="module")
def crowded(shown: Shown, release: Release) -> CardView:
    """A card of all gemeenten, as after an import, one of the smallest chosen; the numbers are made up."""
    card = shown("regionaal", indicator="kerncijfers-veilig-thuis", periode="2019HJ02")
    (_, column, figure), *_ = card.figures()
    regions = [region for code, region in release.regions.by_code.items() if code.startswith("GM")]
    lines = tuple(Line(r.code, r.name, chosen=at == len(regions) - 3) for at, r in enumerate(regions))
    cells = {
        (line.key, column.key): replace(figure, value=float(len(lines) - at), row=figure.row | {"regio_code": line.key})
        for at, line in enumerate(lines)
    }
    assert len(lines) > 340
    return replace(card, lines=lines, columns=(column,), cells=cells)


def test_a_chart_of_many_regions_shows_the_largest_and_the_chosen_one_and_says_so(
    crowded: CardView, release: Release
) -> None:
    drawn = card(crowded, release)
    ((_, chart),) = figures_of(crowded)
    chosen = next(line.label for line in crowded.lines if line.chosen)
    assert len(chart["data"][0]["x"]) == 41
    assert chart["data"][0]["x"][:40] == [float(len(crowded.lines) - at) for at in range(40)]
    assert chart["data"][0]["y"][-1].replace("<br>", " ") == chosen
    assert f"In de grafiek staan 41 van de {len(crowded.lines)} regio's" in to_html(drawn).replace("&#x27;", "'")
    assert len(parse(to_html(drawn)).one("tbody").all("tr")) == len(crowded.lines)
    assert len(card_csv(crowded, release).splitlines()) == 1 + len(crowded.lines)
    assert " van de " in picture(crowded, release)
