"""What a style must satisfy, beyond being well written: WCAG 2.2 contrast, and colours that stay apart.

Text has a contrast of 4.5:1 at least, controls and marks of charts 3:1 (success criteria 1.4.3 and 1.4.11). Colours
that stand beside each other in a chart differ by eye, also for who does not see red or green; in grey, dashes, marks
and patterns tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from coloraide import Color

from components.house_style.style import COLOURS, DERIVED, GRAPHIC, MAP_CLASS, SERIES, TEXT, Style, contrast

# Difference by CIEDE2000; 2 is what an eye just sees side by side.
APART, CLASSES_APART = 10.0, 7.0
# What shades of the map differ at least in lightness (0 to 100), so that they stay apart in grey.
GREY_APART = 8.0
SIGHTS: dict[str, Callable[[Color], Color]] = {
    "": lambda colour: colour,
    "voor wie geen groen ziet": lambda colour: colour.filter("deutan"),
    "voor wie geen rood ziet": lambda colour: colour.filter("protan"),
}
# Text -> what it stands on.
TEXTS = {
    "ink": ("ground", "paper", "notice", "pale", "pale_hover", "footer"),
    "quiet": ("ground", "paper", "pale"),
    "accent": ("ground", "paper", "footer"),
    "accent_strong": ("paper", "pale", "pale_hover"),
    "on_accent": ("accent", "accent_strong"),
    "on_header": ("header",),
}
MARKS = {
    "field_line": ("paper", "ground"),
    "focus": ("paper", "ground", "footer"),
    "accent": ("paper",),
    "accent_strong": ("paper",),
    "bar": ("paper",),
}


def faults(style: Style) -> list[str]:
    """What is wrong with a style, each in a few Dutch words; empty for one that can be used."""
    return [*_contrasts(style), *_alike(style)]


def difference(first: str, second: str) -> tuple[float, str]:
    """The difference of two colours for the sight that sees the least of it, with the name of that sight."""
    return min(
        (float(see(Color(first)).delta_e(see(Color(second)), method="2000")), sight) for sight, see in SIGHTS.items()
    )


def _name(field: str) -> str:
    css = (COLOURS | DERIVED)[field]
    return css if field in COLOURS else f"{css} (volgt uit de andere)"


def _contrasts(style: Style) -> Iterator[str]:
    pairs = [
        (least, kind, _name(field), str(getattr(style, field)), _name(under), str(getattr(style, under)))
        for kinds, least, kind in ((TEXTS, TEXT, "tekst"), (MARKS, GRAPHIC, "vormen"))
        for field, grounds in kinds.items()
        for under in grounds
    ]
    paper = COLOURS["paper"]
    pairs += [(TEXT, "tekst", SERIES.format(n), c, paper, style.paper) for n, c in enumerate(style.series, 1)]
    for n, shade in enumerate(style.classes, 1):
        pairs.append(
            (TEXT, "tekst", "de tekst", style.on(shade), f"{MAP_CLASS.format(n)} (volgt uit de andere)", shade)
        )
    pairs.append((TEXT, "tekst", COLOURS["ink"], style.ink, "de donkerste tegel (volgt uit de andere)", style.tile(1)))
    for least, kind, name, colour, under, ground in pairs:
        if (found := contrast(colour, ground)) < least:
            yield f"contrast van {name} op {under} is {_number(found)}, nodig is {_number(least)} ({kind})"


def _alike(style: Style) -> Iterator[str]:
    beside = [
        *((SERIES.format(n), SERIES.format(n + 1), *two, APART) for n, two in enumerate(pairwise(style.series), 1)),
        ("een gewone staaf", "de gekozen staaf", style.bar, style.accent_strong, APART),
        *((MAP_CLASS.format(n), MAP_CLASS.format(n + 1), *two, CLASSES_APART)
          for n, two in enumerate(pairwise(style.classes), 1)),
    ]  # fmt: skip
    for first, second, one, other, least in beside:
        found, sight = difference(one, other)
        if found < least:
            told = f" {sight}" if sight else ""
            yield f"{first} en {second} lijken{told} te veel op elkaar ({_number(found)}, nodig is {_number(least)})"
    light = [float(Color(shade).convert("lab-d65")["lightness"]) for shade in style.classes]
    steps = [after - before for before, after in pairwise(light)]
    if min(map(abs, steps)) < GREY_APART or len({step > 0 for step in steps}) > 1:
        yield "de tinten van de kaart (van --im-accent-color naar --im-accent-strong-color) lopen niet gelijk op"


def _number(value: float) -> str:
    return f"{int(value * 100) / 100:g}".replace(".", ",")
