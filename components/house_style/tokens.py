"""Reads a token file: a style sheet with one rule, `:root`, that sets the properties of a style and nothing else.

What it cannot use it names: a property too many or missing, a value of another kind, anything that could fetch
something. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from coloraide import Color

from components.house_style.style import COLOURS, SERIES, SHAPES, Style

TITLE = "--im-style-name"
FEWEST_SERIES, MOST_SERIES = 6, 10
LARGEST = 20_000  # characters
LONGEST_TITLE = 40
TOLD = 5
# Property -> units, with the smallest and the largest value for each.
LENGTHS: dict[str, dict[str, tuple[float, float]]] = {
    "--im-document-font-size": {"rem": (0.875, 1.25), "%": (87.5, 125)},
    "--im-border-radius": {"px": (0, 24), "rem": (0, 1.5)},
    "--im-gap": {"px": (8, 24), "rem": (0.5, 1.5)},
}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(px|rem|%)?")
_FAMILY = re.compile(r"[\w -]+")


class StyleError(ValueError):
    """A token file that cannot be used; the message is one line in Dutch."""

    def __init__(self, name: str, faults: list[str]) -> None:
        more = f"; en nog {len(faults) - TOLD}" if len(faults) > TOLD else ""
        super().__init__(f"De stijl {name!r} is niet te gebruiken: {'; '.join(faults[:TOLD])}{more}.")


def read(name: str, text: str) -> Style:
    """Read a token file.

    Args:
        name: of the style, its slug.
        text: of the file.

    Raises:
        StyleError: with all that is wrong with it.
    """
    faults: list[str] = []
    if len(text) > LARGEST:
        raise StyleError(name, [f"het bestand is groter dan {LARGEST} tekens"])
    found = dict(_declarations(text, faults))
    count = sum(1 for at in range(1, MOST_SERIES + 1) if SERIES.format(at) in found)
    series = [SERIES.format(at) for at in range(1, max(count, FEWEST_SERIES) + 1)]
    known = [*COLOURS.values(), *SHAPES.values(), *series]
    faults += [f"{each} is geen eigenschap van een stijl" for each in found if each not in {*known, TITLE}]
    faults += [f"{each} ontbreekt" for each in known if each not in found]
    values = {each: _value(each, tokens, faults) for each, tokens in found.items() if each in {*known, TITLE}}
    if faults:
        raise StyleError(name, faults)
    named = {field: values[css] for field, css in (COLOURS | SHAPES).items()}
    return Style(name=name, title=values.get(TITLE, name), series=tuple(values[each] for each in series), **named)


def _declarations(text: str, faults: list[str]) -> Iterator[tuple[str, list[Any]]]:
    """The properties of `:root` with the parts of their values."""
    seen = set()
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type == "at-rule":
            faults.append(f"regel {rule.source_line}: @{rule.at_keyword} mag niet, een stijl haalt niets op")
        elif rule.type != "qualified-rule":
            faults.append(f"regel {rule.source_line}: dit is geen geldige CSS")
        elif (selector := tinycss2.serialize(rule.prelude).strip()) != ":root":
            faults.append(f"regel {rule.source_line}: alleen :root mag, niet {selector[:40]!r}")
        else:
            for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if part.type != "declaration" or part.important:
                    faults.append(f"regel {part.source_line}: dit is geen eigenschap met een waarde")
                elif part.name in seen:
                    faults.append(f"{part.name} staat er twee keer")
                else:
                    seen.add(part.name)
                    yield part.name, part.value
    if not rules:
        faults.append("het bestand is leeg")


def _value(name: str, tokens: list[Any], faults: list[str]) -> str:
    """The value of a property as the style keeps it; '' and a fault for one that does not fit."""
    text = tinycss2.serialize([t for t in tokens if t.type != "comment"]).strip()
    if name in LENGTHS:
        value, expected = _length(name, text), _lengths(name)
    elif name == SHAPES["font"]:
        value, expected = _font(tokens), "namen van lettertypen, met komma's ertussen"
    elif name == TITLE:
        value, expected = _title(tokens), f"een naam tussen aanhalingstekens, hoogstens {LONGEST_TITLE} tekens"
    else:
        value, expected = _colour(text), "een kleur zonder doorzichtigheid, bijvoorbeeld #0b5a6f"
    if not value:
        faults.append(f"{name}: {text[:40]!r} is niet {expected}")
    return value


def _colour(text: str) -> str:
    if Color.match(text, fullmatch=True) is None:
        return ""
    colour = Color(text).convert("srgb").fit()
    if colour.alpha() != 1 or colour.is_nan("alpha"):
        return ""
    return str(colour.to_string(hex=True))


def _length(name: str, text: str) -> str:
    found = _LENGTH.fullmatch(text)
    if not found:
        return ""
    number, unit = float(found[1]), found[2]
    if unit is None:
        return "0px" if number == 0 and LENGTHS[name].get("px", (1, 1))[0] == 0 else ""
    low, high = LENGTHS[name].get(unit, (1.0, 0.0))
    return text if low <= number <= high else ""


def _lengths(name: str) -> str:
    ranges = (f"{low:g} tot en met {high:g}{unit}" for unit, (low, high) in LENGTHS[name].items())
    return f"een maat van {' of '.join(ranges)}"


def _font(tokens: list[Any]) -> str:
    """Names of fonts only: no function, nothing that could be more than a name."""
    parts = []
    for token in tokens:
        if token.type in ("whitespace", "comment"):
            continue
        if token.type == "ident" or (token.type == "string" and _FAMILY.fullmatch(token.value)):
            parts.append(token.serialize())
        elif token.type == "literal" and token.value == ",":
            parts.append(",")
        else:
            return ""
    families = [each.strip() for each in " ".join(parts).split(",")]
    return ", ".join(families) if all(families) else ""


def _title(tokens: list[Any]) -> str:
    strings = [t for t in tokens if t.type not in ("whitespace", "comment")]
    if len(strings) != 1 or strings[0].type != "string":
        return ""
    text = " ".join(str(strings[0].value).split())
    return text if text.isprintable() and len(text) <= LONGEST_TITLE else ""
