"""How wide a text is in the font of still charts, read from the font itself; and where a long one is broken."""

from __future__ import annotations

import re
import struct
from functools import cache
from html import unescape
from pathlib import Path

from components.figures.static.known import UnknownForm

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "fonts"
FILES = {400: "OpenSans-Regular.ttf", 600: "OpenSans-SemiBold.ttf"}
LINE = 1.3
RISE = 0.36  # from the middle of a line down to its baseline, in ems: half of a capital's height
MARK_UP = re.compile(r"</?[a-zA-Z!]")


@cache
def _advances(weight: int) -> dict[int, float]:
    """The width of each character in ems, from the tables cmap (format 4), hmtx, hhea and head of the font."""
    font = (FOLDER / FILES[weight]).read_bytes()
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[12 + 16 * i : 16 + 16 * i]: struct.unpack_from(">I", font, 20 + 16 * i)[0] for i in range(count)}
    em = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", font, tables[b"hhea"] + 34)[0]
    at = tables[b"cmap"]
    at += next(
        offset
        for i in range(struct.unpack_from(">H", font, at + 2)[0])
        for platform, _, offset in [struct.unpack_from(">HHI", font, at + 4 + 8 * i)]
        if platform == 3
    )
    double = struct.unpack_from(">H", font, at + 6)[0]
    half = double // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{half}H", font, at + 14 + part * double + (2 if part else 0)) for part in range(4)
    )
    out = {}
    for i in range(half):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if offsets[i]:
                place = at + 16 + 3 * double + 2 * i + offsets[i] + 2 * (code - starts[i])
                glyph = struct.unpack_from(">H", font, place)[0]
            glyph = (glyph + deltas[i]) & 0xFFFF
            advance = struct.unpack_from(">H", font, tables[b"hmtx"] + 4 * min(glyph, metrics - 1))[0]
            out[code] = advance / em
    return out


def width(text: str, size: float, weight: int = 400) -> float:
    """The width of a text in pixels; a character that the font lacks counts as an em."""
    advances = _advances(weight)
    return size * sum(advances.get(ord(character), 1.0) for character in text)


def widest(lines: list[str], size: float, weight: int = 400) -> float:
    """The width of the longest of some lines."""
    return max((width(line, size, weight) for line in lines), default=0.0)


def lines_of(label: str) -> list[str]:
    """The lines of a label as plotly reads it: <br> ends a line, and entities stand for signs.

    Raises:
        UnknownForm: the label holds other mark-up.
    """
    parts = re.split(r"<br ?/?>", label)
    if any(MARK_UP.search(part) for part in parts):
        raise UnknownForm(f"mark-up in the label {label!r}")
    return [unescape(part) for part in parts]


def wrap(text: str, room: float, size: float, weight: int = 400) -> list[str]:
    """A text in lines that fit the room in pixels; a word that is longer keeps a line of its own."""
    out: list[str] = []
    for word in text.split():
        if out and width(f"{out[-1]} {word}", size, weight) <= room:
            out[-1] += f" {word}"
        else:
            out.append(word)
    return out or [""]
