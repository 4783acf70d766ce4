"""What is typed finds what is meant; the names come from the declarations, the mistakes from people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import current
from data.release import Release
from data.search import Found, grouped, normal, search
from data.text import plain

PAGES = (("download", "Download", "csv excel"), ("verantwoording", "Verantwoording", "bronnen privacy"))


def found(release: Release, text: str) -> list[Found]:
    return search(release, text, PAGES)


def best(release: Release, text: str) -> list[tuple[str, str]]:
    """The results that fit best, which may be several: Drenthe is a province and a Veilig Thuis-regio."""
    every = found(release, text)
    return [(each.kind, each.id) for each in every if each.score == every[0].score]


@pytest.mark.parametrize("change", [str.upper, lambda text: f"  {plain(text).replace('-', ' ')}, "])
def test_everything_is_found_first_by_its_own_name(change: object, release: Release) -> None:
    assert callable(change)
    for slug, indicator in release.catalogue.indicators.items():
        assert found(release, change(indicator.titel))[0].id == slug
    for code, region in release.regions.by_code.items():
        assert found(release, change(region.label))[0].id == code
    for term in release.catalogue.terms.values():
        assert found(release, change(term.term))[0].id == term.id


def test_every_name_of_a_region_finds_it_first(release: Release) -> None:
    for (_, name), code in release.regions.code_of.items():
        assert ("regio", code) in best(release, name), name


def test_every_way_to_write_a_term_finds_it_first(release: Release) -> None:
    for term in release.catalogue.terms.values():
        for name in (term.term, *term.ook):
            assert ("begrip", term.id) in best(release, name), name


def test_all_gemeenten_are_there(release: Release) -> None:
    codes = [code for code in release.regions.by_code if code.startswith("GM")]
    assert sum(release.regions[code].last_year is None for code in codes) == 342
    for code in codes:
        assert ("regio", code) in best(release, release.regions[code].name)


@pytest.mark.parametrize(
    ("typed", "kind", "id"),
    [
        ("Brabant-Noordoost", "regio", "VT16"),
        ("midden brabant", "regio", "VT15"),
        ("Overijssel regio Twente", "regio", "VT19"),
        ("friesland", "regio", "VT04"),
        ("fryslan", "regio", "PV21"),
        ("sudwest", "regio", "GM1900"),
        ("den haag", "regio", "GM0518"),
        ("Den Bosch", "regio", "GM0796"),
        ("s hertogenbosch", "regio", "GM0796"),
        ("gemeente utrecht", "regio", "GM0344"),
        ("provincie drenthe", "regio", "PV22"),
        ("veilig thuis drenthe", "regio", "VT02"),
        ("vt02", "regio", "VT02"),
        ("NL01", "regio", "NL01"),
        ("ots", "begrip", "ondertoezichtstelling"),
        ("kindermish", "begrip", "kindermishandeling"),
        ("veiligthuis", "begrip", "veilig-thuis"),
        ("actieve casussen", "indicator", "casussen-bij-veilig-thuis"),
        ("csv", "pagina", "download"),
        ("privacy", "pagina", "verantwoording"),
    ],
)
def test_other_spellings_and_parts(typed: str, kind: str, id: str, release: Release) -> None:
    first = found(release, typed)[0]
    assert (first.kind, first.id) == (kind, id)


@pytest.mark.parametrize(
    ("typed", "kind", "id"),
    [
        ("drente", "regio", "VT02"),
        ("amstredam", "regio", "GM0363"),
        ("zuid limbrug", "regio", "VT25"),
        ("Roterdam rijnmond", "regio", "VT18"),
        ("haarlemermeer", "regio", "GM0394"),
        ("kinder mishandelling", "begrip", "kindermishandeling"),
        ("ondertoezichtsteling", "begrip", "ondertoezichtstelling"),
        ("tijdelijk huisverbot", "begrip", "huisverbod"),
        ("recidieve plegers", "indicator", "recidive-plegers"),
        ("kerncijffers", "indicator", "kerncijfers-veilig-thuis"),
    ],
)
def test_a_small_mistake_is_forgiven(typed: str, kind: str, id: str, release: Release) -> None:
    assert (kind, id) in [(each.kind, each.id) for each in found(release, typed)[:4]]


def test_two_letters_in_the_wrong_order_still_find_a_long_name(release: Release) -> None:
    for region in release.regions.by_code.values():
        name = plain(region.name)
        if len(name) >= 8 and name.isalpha() and name[3] != name[4]:
            wrong = name[:3] + name[4] + name[3] + name[5:]
            assert region.code in [each.id for each in found(release, wrong)], wrong


def test_who_types_well_gets_no_guesses(release: Release) -> None:
    assert all("assen" in each.title.lower() for each in found(release, "Assen"))
    assert all("ede" in normal(each.title).replace(" ", "") for each in found(release, "Ede"))


def test_words_of_different_things_find_both(release: Release) -> None:
    """Nothing has all the words of a question: then what has some of them."""
    ids = [each.id for each in found(release, "hoeveel meldingen zijn er in Drenthe")]
    assert {"aantal-adviezen-en-meldingen", "VT02"} <= set(ids)


def test_a_word_that_only_stands_in_an_explanation_finds_it(release: Release) -> None:
    assert "huisvriend" in release.catalogue.terms["huiselijk-geweld"].uitleg
    assert [each.id for each in found(release, "huisvriend")] == ["huiselijk-geweld"]


@pytest.mark.parametrize("typed", ["", "   ", "!?", "xqzwvk", "日本"])
def test_nothing_is_found_by_nothing(typed: str, release: Release) -> None:
    assert found(release, typed) == []


def test_groups_start_with_the_one_that_fits_best(release: Release) -> None:
    groups = grouped(found(release, "melding"))
    assert next(iter(groups)) == "begrip"
    assert sum(map(len, groups.values())) == len(found(release, "melding"))
    for each in groups.values():
        assert [one.score for one in each] == sorted((one.score for one in each), reverse=True)


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_whatever_is_typed_gives_an_answer(text: str) -> None:
    every = search(current.release(), text, PAGES)
    assert all(0 < each.score <= 100 for each in every)
    assert len({(each.kind, each.id) for each in every}) == len(every)
    assert len(normal(text)) <= 600
