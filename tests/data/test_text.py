import pytest
from hypothesis import given

from data.text import plain, slugify
from tests.data.strategies import any_text


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Type adviesvrager / melder", "type-adviesvrager-melder"),
        ("Tevredenheid cliënten", "tevredenheid-clienten"),
        ("Beëindigde ondertoezichtstellingen", "beeindigde-ondertoezichtstellingen"),
        ("(Ex-)Partnergeweld", "ex-partnergeweld"),
        ("> 1 week, < 1 maand", "1-week-1-maand"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
    ],
)
def test_the_slug_of_a_title(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(any_text)
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)
    assert plain(text).isascii()
