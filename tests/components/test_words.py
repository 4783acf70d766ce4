import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from components import words
from data.catalogue import Break
from data.choice import Notice, Selection, choose
from data.release import Release
from data.store import Row
from data.view import CardView, Figure, card_view

Shown = Callable[..., CardView]
NATURE = "aard-geweld-adviezen-meldingen-veilig-thuis"


def with_values(card: CardView, change: Callable[[Figure], Figure]) -> CardView:
    return replace(card, cells={key: change(figure) for key, figure in card.cells.items()})


def unknown(figure: Figure) -> Figure:
    return replace(figure, value=None, sign=".")


@pytest.mark.parametrize(
    ("parts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_words_are_joined_with_commas_and_en(parts: list[str], text: str) -> None:
    assert words.join(parts) == text


# --- titles: what, where, when ---


@pytest.mark.parametrize(
    ("view", "query", "text"),
    [
        (
            "landelijk",
            {"indicator": "aantal-adviezen-en-meldingen", "periode": "2019HJ02"},
            "Aantal adviezen en meldingen, Nederland, 2e halfjaar 2019",
        ),
        (
            "regionaal",
            {"indicator": "kerncijfers-veilig-thuis", "maat": "actieve-casussen", "periode": "2019HJ02"},
            "Kerncijfers Veilig Thuis: actieve casussen, per Veilig Thuis-regio, 2e halfjaar 2019",
        ),
        (
            "regionaal",
            {"indicator": NATURE, "geweld": "kindermishandeling", "regio": "PV22", "periode": "2023JJ00"},
            "Aard geweld adviezen/meldingen Veilig Thuis: kindermishandeling, Drenthe (provincie), 2023",
        ),
        (
            "tijdreeksen",
            {"indicator": "aantal-adviezen-en-meldingen"},
            "Aantal adviezen en meldingen, Nederland, 1e halfjaar 2019 tot en met 1e halfjaar 2025",
        ),
        (
            "landelijk",
            {"indicator": "eindvonnis-en-strafoplegging-rechter-1e-aanleg"},
            "Eindvonnis en strafoplegging rechter 1e aanleg",
        ),
        (
            "landelijk",
            {"indicator": "recidive-plegers"},
            "Recidive plegers, Nederland, 2008, 2015 en 2017",
        ),
    ],
)
def test_a_title_says_what_where_and_when(
    view: str, query: dict[str, str], text: str, shown: Shown, release: Release
) -> None:
    assert words.title(shown(view, **query), release) == text


def test_every_title_names_indicator_place_and_time(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        title = words.title(card, release)
        assert title.startswith(card.choice.indicator.titel), name
        assert title.count(", ") >= 2, f"{name}: {title}"
        assert re.search(r"\d{4}$", title), f"{name}: {title}"


# --- sentences ---


def test_the_sentence_of_measures_has_the_main_figures(shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02")
    assert words.sentence(card, release) == (
        "In Nederland waren er in het 2e halfjaar van 2019 54.540 gestarte adviezen en 66.730 ontvangen meldingen."
    )


def test_the_sentence_of_categories_names_the_largest_and_its_total(shown: Shown, release: Release) -> None:
    text = words.sentence(shown("regionaal", indicator=NATURE, regio="VT02", periode="2023JJ00"), release)
    assert "‘Kindermishandeling’" in text
    assert "1.605 van de 2.960" in text
    assert "1.060 van de 1.905" in text


def test_a_part_stands_beside_a_total_of_the_same_publication_only(shown: Shown, release: Release) -> None:
    card = shown("regionaal", indicator=NATURE, regio="VT02", periode="2023JJ00")
    assert "1.605 van de 2.960" in words.sentence(card, release)
    total = next(line.key for line in card.lines if line.total)
    other = {key: replace(f, source="andere-bron") if key[0] == total else f for key, f in card.cells.items()}
    text = words.sentence(replace(card, cells=other), release)
    assert "(1.605)" in text
    assert "van de 2.960" not in text
    assert "van de 1.905" not in text


def test_youth_protection_of_two_reports_is_no_part_of_a_whole(shown: Shown, release: Release) -> None:
    """The outflow of ondertoezichtstelling of 2021 (4.375) and the total that a report of 2023 revised (6.180)."""
    card = shown(
        "landelijk", indicator="ondertoezichtstellingen", periode="2021HJ01", categorie="type-maatregel",
        maat="jeugdbeschermingsmaatregelen-uitstroom",
    )  # fmt: skip
    values = {line.label: figure.value for line, _, figure in card.figures()}
    assert (values["Ondertoezichtstelling"], values["Totaal"]) == (4375, 6180)
    text = words.sentence(card, release)
    assert "(4.375)" in text
    assert "6.180" not in text


def test_the_sentence_of_regions_gives_the_lowest_and_the_highest(shown: Shown, release: Release) -> None:
    text = words.sentence(
        shown("regionaal", indicator="kerncijfers-veilig-thuis", maat="actieve-casussen", periode="2019HJ02"), release
    )
    assert "1.085 (Gooi en Vechtstreek) tot 8.360 (Rotterdam-Rijnmond)" in text


def test_the_sentence_of_a_chosen_region_is_about_that_region(shown: Shown, release: Release) -> None:
    card = shown(
        "regionaal", indicator="kerncijfers-veilig-thuis", maat="actieve-casussen", periode="2019HJ02", regio="VT23"
    )
    (chosen,) = [line for line in card.lines if line.chosen]
    text = words.sentence(card, release)
    assert text.startswith(f"In {chosen.label} (Veilig Thuis-regio) waren er in het 2e halfjaar van 2019 ")
    assert text.count(".") - text.count("Veilig.") <= 2


def test_the_sentence_of_a_series_gives_the_newest_and_the_first(shown: Shown, release: Release) -> None:
    assert words.sentence(shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen"), release) == (
        "In Nederland waren er in het 1e halfjaar van 2025 84.935 gestarte adviezen en 66.270 ontvangen meldingen. "
        "In het 1e halfjaar van 2019 waren dat er minder: 53.145 en 65.075."
    )


def test_the_sentence_of_a_series_gives_the_period_that_was_asked_for(shown: Shown, release: Release) -> None:
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", periode="2020HJ02")
    assert words.sentence(card, release).startswith(
        "In Nederland waren er in het 2e halfjaar van 2020 63.475 gestarte adviezen en 62.910 ontvangen meldingen."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "waren er in het 2e halfjaar van 2019 0 actieve casussen."),
        (1.0, "was er in het 2e halfjaar van 2019 1 actieve casus."),
        (2.0, "waren er in het 2e halfjaar van 2019 2 actieve casussen."),
    ],
)
def test_one_is_singular(value: float, text: str, shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator="kerncijfers-veilig-thuis", maat="actieve-casussen", periode="2019HJ02")
    changed = with_values(card, lambda figure: replace(figure, value=value))
    assert text in words.sentence(changed, release)


def test_a_share_is_said_as_a_share(shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator="overdrachten-naar-organisatie", periode="2019HJ02")
    text = words.sentence(card, release)
    assert "68% van de overdrachten" in text
    assert "aantal" not in text.lower()


@pytest.mark.parametrize(
    ("view", "query"),
    [
        ("landelijk", {"indicator": "aantal-adviezen-en-meldingen", "periode": "2019HJ02"}),
        ("landelijk", {"indicator": "type-adviesvrager-melder", "periode": "2025HJ01"}),
        ("regionaal", {"indicator": NATURE, "regio": "GM1731", "periode": "2023JJ00"}),
        ("regionaal", {"indicator": "kerncijfers-veilig-thuis", "periode": "2019HJ02"}),
        ("regionaal", {"indicator": "kerncijfers-veilig-thuis", "periode": "2019HJ02", "regio": "VT23"}),
        ("tijdreeksen", {"indicator": "casussen-bij-veilig-thuis"}),
        ("tijdreeksen", {"indicator": "casussen-bij-veilig-thuis", "regio": "VT23"}),
    ],
)
def test_unknown_figures_are_said_to_be_unknown(
    view: str, query: dict[str, str], shown: Shown, release: Release
) -> None:
    card = with_values(shown(view, **query), unknown)
    text = words.sentence(card, release)
    assert "niet bekend" in text or "geen enkel getal bekend" in text
    title = words.title(card, release)
    digits = re.findall(r"\d+", text.replace(title, ""))
    assert set(digits) <= {"1", "2", "2019", "2023", "2025"}, "only the period has digits"


def test_a_sentence_tells_what_is_known_and_what_is_not(shown: Shown, release: Release) -> None:
    card = shown("landelijk", indicator="aantal-adviezen-en-meldingen", periode="2019HJ02")
    first = card.lines[0].key
    cells = {key: unknown(f) if key[0] == first else f for key, f in card.cells.items()}
    text = words.sentence(replace(card, cells=cells), release)
    assert "66.730 ontvangen meldingen" in text
    assert "gestarte adviezen" in text.split("66.730")[1]
    assert "niet bekend" in text


@pytest.mark.parametrize(
    ("then", "now", "unit", "text"),
    [
        (50.0, 55.0, "aantal", "waren dat er minder: 50."),
        (60.0, 55.0, "aantal", "waren dat er meer: 60."),
        (55.0, 55.0, "aantal", "waren dat er ongeveer evenveel: 55."),
        (46.0, 50.0, "%", "was dat lager: 46%."),
        (51.0, 50.0, "%", "was dat hoger: 51%."),
        (50.0, 50.0, "%", "was dat ongeveer even hoog: 50%."),
    ],
)
def test_a_series_tells_rise_fall_and_equal_as_far_as_the_rounding_goes(
    then: float, now: float, unit: str, text: str, shown: Shown, release: Release
) -> None:
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", maat="ontvangen-meldingen")
    (column,) = card.columns
    first, last = card.lines[0], card.lines[-1]
    ends = {first.key: then, last.key: now}
    cells = {
        key: replace(f, value=ends[key[0]], unit=unit, decimals=0) if key[0] in ends else f
        for key, f in card.cells.items()
    }
    assert card.cell(first, column) and card.cell(last, column)
    assert words.sentence(replace(card, cells=cells), release).endswith(text)


def test_a_hedge_in_a_series_compares_nothing(shown: Shown, release: Release) -> None:
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", maat="ontvangen-meldingen")
    hedged = {key: replace(f, sign="ruim") if key[0] == card.lines[0].key else f for key, f in card.cells.items()}
    assert "waren dat er ruim 65.075." in words.sentence(replace(card, cells=hedged), release)


def test_a_difference_within_the_rounding_is_no_difference(shown: Shown, release: Release) -> None:
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", maat="ontvangen-meldingen")
    ends = {card.lines[0].key: 66.0, card.lines[-1].key: 65.0}  # one of them not rounded to fives
    cells = {key: replace(f, value=ends.get(key[0], f.value)) for key, f in card.cells.items()}
    assert words.sentence(replace(card, cells=cells), release).endswith("waren dat er ongeveer evenveel: 66.")


def test_a_series_compares_nothing_across_a_break(shown: Shown, release: Release) -> None:
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", maat="ontvangen-meldingen")
    changed = {"breuken": (Break(periode="2020HJ01", reden="anders geteld"),)}
    broken = card.choice.indicator.model_copy(update=changed)
    text = words.sentence(replace(card, choice=replace(card.choice, indicator=broken)), release)
    assert "2019" not in text
    assert "In het 1e halfjaar van 2020 waren dat er minder: 64.505." in text


def test_a_series_that_ends_unknown_compares_nothing_with_it(shown: Shown, release: Release) -> None:
    card = shown("tijdreeksen", indicator="aantal-adviezen-en-meldingen", periode="2020HJ02")
    hidden = {key: unknown(f) if key[0] == "2020HJ02" and "adviezen" in key[1] else f for key, f in card.cells.items()}
    text = words.sentence(replace(card, cells=hidden), release)
    assert "62.910 ontvangen meldingen" in text
    assert "Het aantal gestarte adviezen in Nederland in het 2e halfjaar van 2020 is niet bekend." in text
    assert "waren dat er" not in text


def test_a_suppressed_region_is_not_the_lowest_one(shown: Shown, release: Release) -> None:
    card = shown("regionaal", indicator="kerncijfers-veilig-thuis", maat="actieve-casussen", periode="2019HJ02")
    low = min(card.figures(), key=lambda found: found[2].value or 0)[0]
    hidden = {key: unknown(f) if key[0] == low.key else f for key, f in card.cells.items()}
    text = words.sentence(replace(card, cells=hidden), release)
    assert low.label not in text
    assert " van 0 " not in text


def test_a_card_without_figures_has_no_sentence(shown: Shown, release: Release) -> None:
    assert words.sentence(shown("landelijk", indicator="eindvonnis-en-strafoplegging-rechter-1e-aanleg"), release) == ""


def test_every_title_and_sentence_is_whole(cards: dict[str, CardView], release: Release) -> None:
    for name, card in cards.items():
        sentence = words.sentence(card, release)
        assert sentence.endswith("."), f"{name}: {sentence}"
        assert sentence[0].isupper(), f"{name}: {sentence}"
        for text in (sentence, words.title(card, release)):
            assert not re.search(r"\bnan\b|None|\{|\}|  |\.\.|,,| \.| ,|\(\)", text), f"{name}: {text}"


def single_figures(release: Release) -> Iterator[tuple[Row, CardView]]:
    """Of every figure of the release, in each view of its indicator, the card that shows it alone."""
    for slug, view in sorted(release.filled):
        base = choose(release, view, {"indicator": slug})
        own = release.own(base.indicator, view)
        for kenmerk, categorie in own.by_member():
            for row in own.of_members([(kenmerk, categorie)]).rows():
                choice = replace(
                    base,
                    part=own,
                    selection=Selection("", kenmerk, (categorie,)),
                    measures=(row["maat"],),
                    measure=release.catalogue.measures[row["maat"]].slug,
                    presentation="aandeel" if row["eenheid"] == "%" else "aantal",
                    period=row["periode"],
                    asked={"periode": row["periode"]},
                    span=(row["periode"], row["periode"]) if view == "tijdreeksen" else (),
                    regions=() if view == "landelijk" else (release.regions[row["regio_code"]],),
                )
                yield row, card_view(release, choice)


def test_every_figure_of_the_release_is_told_in_correct_dutch(release: Release) -> None:
    """No sample: each figure alone, its number as printed, with the word that belongs to one or to many."""
    told = 0
    for row, card in single_figures(release):
        measure = release.catalogue.measures[row["maat"]]
        text = words.sentence(card, release)
        where = f"{row['indicator']} {row['maat']} {row['categorie']} {row['regio_code']} {row['periode']}: {text}"
        told += 1
        assert text.endswith(".") and text[0].isupper(), where
        assert not re.search(r"\bnan\b|None|\{|\}|  |(?<!\.)\.\.(?!\.)|,,| \.| ,|\(\)", text), where
        assert release.regions[row["regio_code"]].name in text or row["regio_code"] == "NL01", where
        if row["waarde"] is None or row["waarde"] != row["waarde"]:
            assert "niet bekend" in text or "geen cijfers" in text, where
            assert not re.search(r"\b0\b", text), where
        elif row["eenheid"] == "aantal":
            number = f"{row['waarde']:,.0f}".replace(",", ".")
            assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.]*\d)", text), where
            one, many = f"1 {measure.enkelvoud}", f"{number} {measure.meervoud}"
            assert (one if row["waarde"] == 1 else many) in text, where
            assert (" was er " in text) == (row["waarde"] == 1), where
        else:
            number = f"{row['waarde']:.{row['decimalen']}f}".replace(".", ",")
            assert f"{number}%" in text, where
    assert told > len(release.figures)


def test_every_number_in_a_sentence_is_a_number_of_the_card(cards: dict[str, CardView], release: Release) -> None:
    """Numbers from 1.000 up and percentages: nothing in a sentence is computed on the way."""
    for name, card in cards.items():
        number = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?%?"
        texts = {words.figure_text(f) for *_, f in card.figures() if f.value is not None}
        there = [re.findall(number, text) for text in texts]
        assert all(len(found) == 1 for found in there), name
        told = words.sentence(card, release).replace("per 10.000 inwoners", "")
        numbers = {found for found in re.findall(number, told) if "." in found or "%" in found}
        assert numbers <= {found for (found,) in there}, name
        # Words of the source stand behind its number, also in a sentence.
        assert {f"{share}, ‘{said}’" for share, said in re.findall(r"(\d+%), ‘([^’]+)’", told)} <= texts, name


def test_no_sentence_judges_or_explains(cards: dict[str, CardView], release: Release) -> None:
    judging = r"\b(beter|beste|slechter|slechtste|helaas|gelukkig|zorgwekkend|omdat|doordat|gestegen|gedaald)\b"
    for name, card in cards.items():
        text = words.sentence(card, release)
        assert not re.search(judging, text.lower()), f"{name}: {text}"


# --- notices and refusals ---


@pytest.mark.parametrize("kind", ["unknown", "no_figures"])
@pytest.mark.parametrize("parameter", list(words.PARAMETER_NAMES))
def test_every_notice_is_a_dutch_sentence_with_the_value(kind: str, parameter: str) -> None:
    value = "aandeel" if parameter == "weergave" and kind == "no_figures" else "<b>x</b>"
    notice = Notice(kind, parameter, value)  # type: ignore[arg-type]
    assert words.notice_text(notice).endswith(".")
    assert value.lower()[:5] in words.notice_text(notice).lower()
    assert words.refusal_text(notice).endswith(".")


def test_too_many_regions_is_told_with_the_limit() -> None:
    notice = Notice("too_many", "regio", "10")
    assert "hoogstens 10" in words.notice_text(notice)
    assert "10" in words.refusal_text(notice)


def test_an_indicator_of_another_view_is_told_by_its_title() -> None:
    assert "‘Recidive plegers’" in words.notice_text(Notice("no_view", "indicator", "Recidive plegers"))
    assert words.refusal_text(Notice("no_view", "indicator", "Recidive plegers")).endswith(".")
