from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from components.card import card
from components.citing import date_text
from components.html_text import to_html
from data.choice import choose
from data.release import Release
from data.view import CardView, card_view
from tests.reading import Node, parse

Shown = Callable[..., CardView]


def button(view: CardView, release: Release) -> tuple[Node, Node]:
    page = parse(to_html(card(view, release)))
    return page, page.one("button", "kopieer")


def test_every_card_has_a_text_to_copy_with_its_source(cards: dict[str, CardView], release: Release) -> None:
    for name, view in cards.items():
        page, copy = button(view, release)
        lines = copy["data-tekst"].splitlines()
        assert copy.text() == "Kopieer tekst", name
        assert lines[0] == f"{page.one(id='kaart-titel').text()}.", name
        assert lines[1].startswith(page.one("p", "zin").text()), name
        assert f"Levering: {release.name}." in lines, name
        assert lines[-1] == f"Te zien op: {copy['data-adres']}", name
        told = [line.removeprefix("Bron: ") for line in lines if line.startswith("Bron: ")]
        shown = [p.text().removeprefix("Bron: ") for p in page.one(of_class="bronnen").all("p")]
        assert told and set(told) <= set(shown), name
        for label in page.all(of_class="label"):
            assert f" {label.text()}." in lines[1], name
        assert page.one(of_class="kopie").one(role="status").text() == ""


def test_the_address_of_a_copied_text_gives_the_same_sentence(cards: dict[str, CardView], release: Release) -> None:
    for name, view in cards.items():
        _, copy = button(view, release)
        address = urlsplit(copy["data-adres"])
        again = card_view(release, choose(release, view.choice.view, dict(parse_qsl(address.query))))
        assert address.path == f"/{view.choice.view}"
        assert not again.choice.notices, name
        assert button(again, release)[1]["data-tekst"] == copy["data-tekst"], name


def test_the_text_about_drenthe(shown: Shown, release: Release) -> None:
    """Drenthe 2023: 2.960 advices and 1.905 reports in 84851NED, of 24 April 2024."""
    _, copy = button(shown("regionaal", indicator="kerncijfers-veilig-thuis", regio="VT02"), release)
    text = copy["data-tekst"]
    assert "2.960 gestarte adviezen en 1.905 ontvangen meldingen. Voorlopige cijfers." in text
    (source,) = [line for line in text.splitlines() if line.startswith("Bron: ")]
    assert "84851NED" in source and source.endswith("(24 april 2024).")
    assert date_text("2024-04-24") in source
