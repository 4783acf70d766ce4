from collections.abc import Callable

from dash import html

from components.card import card
from components.html_text import to_html
from components.terms import link_terms, linked
from data.release import Release
from data.view import CardView
from tests.reading import Node, parse

Shown = Callable[..., CardView]


def links(node: Node) -> list[tuple[str, str]]:
    return [(a.text(), a["href"]) for a in node.all("a", "begrip")]


def read(text: str, release: Release, seen: set[str] | None = None) -> Node:
    return parse(to_html(html.P(linked(text, release, set() if seen is None else seen))))


def test_a_term_is_linked_the_first_time_and_the_text_stays(release: Release) -> None:
    text = "Een melding is geen casus; meldingen en Casussen zijn er veel."
    page = read(text, release)
    assert page.text() == text
    assert links(page) == [("melding", "/toelichting#melding"), ("casus", "/toelichting#casus")]


def test_what_was_linked_before_is_not_linked_again(release: Release) -> None:
    seen = {"melding"}
    assert links(read("Een melding of een advies.", release, seen)) == [("advies", "/toelichting#advies")]
    assert seen == {"melding", "advies"}


def test_the_longest_term_counts(release: Release) -> None:
    assert links(read("In een Veilig Thuis-regio.", release)) == [
        ("Veilig Thuis-regio", "/toelichting#veilig-thuis-regio")
    ]
    assert links(read("Een tijdelijk huisverbod.", release)) == [("tijdelijk huisverbod", "/toelichting#huisverbod")]


def test_a_part_of_another_word_is_no_term(release: Release) -> None:
    assert links(read("De Veilig Thuis-organisaties, een politiemelding, prevalentieonderzoek.", release)) == []


def test_a_word_with_other_meanings_is_only_linked_where_it_means_the_term(release: Release) -> None:
    assert links(read("Uit onderzoek blijkt iets.", release)) == []
    assert links(read("Een dienst onderzoek.", release)) == [("dienst onderzoek", "/toelichting#onderzoek")]


def test_headings_links_tables_and_sentences_stay_plain(release: Release) -> None:
    tree = html.Div(
        [
            html.H3("Melding"),
            html.P(["Zie ", html.A("de melding", href="/x"), " en ", html.Strong("het advies"), "."]),
            html.P("Er waren 5 meldingen.", role="status"),
            html.Table(html.Tr(html.Td("Casus"))),
            html.Ul([html.Li("Een huisverbod."), html.Li("Nog een huisverbod.")]),
        ]
    )
    assert links(parse(to_html(link_terms(tree, release)))) == [
        ("advies", "/toelichting#advies"),
        ("huisverbod", "/toelichting#huisverbod"),
    ]


def test_every_card_links_each_term_once_and_to_a_place_that_is_there(
    cards: dict[str, CardView], release: Release
) -> None:
    for name, view in cards.items():
        page = parse(to_html(card(view, release)))
        targets = [href for _, href in links(page)]
        assert len(set(targets)) == len(targets), name
        assert {t.removeprefix("/toelichting#") for t in targets} <= set(release.catalogue.terms), name
        for tag in ("h2", "summary", "figcaption", "table", "button"):
            assert all(links(node) == [] for node in page.all(tag)), name
        assert links(page.one("p", "zin")) == [], name
        listed = [a["href"] for a in page.one(id="uitleg").all("a") if "begrip" not in a.classes and "#" in a["href"]]
        assert set(listed).isdisjoint(targets), name


def test_the_explanation_of_a_card_links_the_terms_in_its_definitions(shown: Shown, release: Release) -> None:
    page = parse(to_html(card(shown("landelijk", indicator="aantal-adviezen-en-meldingen"), release)))
    assert {"/toelichting#advies", "/toelichting#melding"} <= {href for _, href in links(page)}
