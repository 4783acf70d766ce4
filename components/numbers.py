"""How a number, a sign and a status look. The one place that decides it, for screen, chart and sentence."""

from __future__ import annotations

from collections.abc import Iterable

from data.signs import EMPTY, HEDGES, IN_WORDS, INEXACT, NO_POPULATION, TOO_SMALL
from data.units import NAMES, UNIT_OF
from data.view import CardView, Figure

DUTCH = str.maketrans(",.", ".,")
NOT_THERE = "niet beschikbaar"
SIGN_WORDS = {
    ".": "onbekend",
    "x": "geheim",
    "-": "nihil",
    EMPTY: "kan niet voorkomen",
    TOO_SMALL: "te klein om te berekenen",
    NO_POPULATION: "geen inwonertal",
    INEXACT: "niet te berekenen",
}
SIGN_MEANINGS = {
    ".": "Onbekend (.): de bron geeft geen getal, omdat het onbekend, te onzeker of geheim is. Het is geen nul.",
    "x": "Geheim (x): de bron houdt het getal geheim.",
    "-": "Nihil (-): komt niet voor.",
    EMPTY: "Kan niet voorkomen: de bron laat de cel leeg, omdat hier geen cijfer kan bestaan.",
    TOO_SMALL: "Te klein om te berekenen: door de afronding zegt een berekend cijfer hier te weinig.",
    NO_POPULATION: "Geen inwonertal: geen bron geeft het aantal inwoners van dit gebied in dat jaar. Daarom is er geen "
    "cijfer per 10.000 inwoners.",
    INEXACT: "Niet te berekenen: de bron geeft het aantal niet precies.",
}

PRINTED_SIGNS = (".", "x", "-")  # those that a source prints, so that they can stand behind their word
ABSENT = f"{NOT_THERE.capitalize()}: de geladen bronnen bevatten dit cijfer niet."
ABSENT_AT_LENGTH = f"{ABSENT} Het kan wel ergens bestaan."
UNKNOWN_MEANING = "Geen getal (‘{0}’): de bron geeft hier geen getal, maar de aanduiding ‘{0}’. Het is geen nul."
"""For a mark of a StatLine table that is not one of the known signs."""
STATUS_MEANINGS = {
    "definitief": "Definitief: de bron verwacht geen verandering meer.",
    "nader voorlopig": "Nader voorlopig (**): al een keer bijgewerkt, maar nog niet definitief.",
    "voorlopig": "Voorlopig (*): de bron kan het cijfer nog veranderen.",
    "onbekend": "Onbekend: de bron noemt geen status, bijvoorbeeld omdat het cijfer in een lopende tekst staat.",
}


def number(value: float, unit: str = "aantal", decimals: int = 0) -> str:
    """Write a number the Dutch way: 1.905, 28,5%.

    Args:
        value: the number.
        unit: one of data.units; only % stands behind its number.
        decimals: how many are written.
    """
    text = f"{value:,.{decimals}f}".translate(DUTCH)
    return f"{text}%" if unit == "%" else text


def unit_name(card: CardView) -> str:
    """What the numbers of a card are: aantal, aandeel, per 10.000 inwoners."""
    return NAMES[UNIT_OF[card.choice.presentation]]


def figure_text(figure: Figure | None) -> str:
    """Write a figure as a person reads it: the number, with the source's hedge, or what its sign means."""
    if figure is None:
        return NOT_THERE
    if figure.value is None:
        return sign_words(figure.sign)
    text = number(figure.value, figure.unit, figure.decimals)
    if figure.sign in IN_WORDS or figure.sign not in {"", *HEDGES}:  # or a mark that nobody declared
        return f"{text}, ‘{figure.sign}’"
    return f"{figure.sign} {text}" if figure.sign in HEDGES else text


def sign_words(sign: str) -> str:
    """What a sign in the place of a number means, in a few words; a mark that is not known is quoted."""
    return SIGN_WORDS.get(sign) or f"geen getal (‘{sign}’)"


def sign_meanings(figures: Iterable[Figure | None], absent: str = ABSENT) -> list[str]:
    """What the signs among figures mean, in fixed order; `absent` when one of them is not there (None)."""
    there = list(figures)
    used = {f.sign for f in there if f and f.value is None}
    meanings = [text for sign, text in SIGN_MEANINGS.items() if sign in used]
    meanings += [UNKNOWN_MEANING.format(sign) for sign in sorted(used - set(SIGN_MEANINGS))]
    return meanings + [absent] * (None in there)
