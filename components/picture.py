"""The card as one picture that can be sent on: title, sentence, charts, notes, status, source and release."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import resvg_py

from components import words
from components.card import notes
from components.citing import source_text
from components.elements import html
from components.figures.funnel import funnel
from components.figures.static import Drawing, drawing, figures_of
from components.figures.static.draw import frame
from components.figures.static.lettering import LINE, wrap
from components.figures.static.pen import number, tag, text
from components.fonts import FOLDER
from components.funnel import NO_RANKING, name_of, sentence
from components.funnel import notes as funnel_notes
from components.house_style.shelf import STANDARD
from components.house_style.style import Style
from components.shell import NAME
from data.funnel import Funnel
from data.release import Release
from data.view import CardView

WIDTH = 880
EDGE, BETWEEN = 28.0, 24.0
TITLE, SENTENCE, CAPTION, NOTE = 22.0, 16.0, 15.0, 12.5
LONGEST_SENTENCE = 320
TWICE = 2.0


def picture(view: CardView, release: Release, look: Style = STANDARD, *, width: int = WIDTH) -> str:
    """The card as an SVG that needs nothing else.

    Args:
        view: a card with figures.
        release: for the names of sources and the release.
        look: the style of the file.
        width: in pixels.
    """
    title, summary = words.title(view, release), words.sentence(view, release)
    told = f"{view.choice.view} {sorted(view.choice.query.items())} {release.name} {look.version} {width}"
    return _picture(title, summary, figures_of(view, look), foot(view, release), told, width, look)


def funnel_picture(
    view: CardView, found: list[Funnel], release: Release, look: Style = STANDARD, *, width: int = WIDTH
) -> str:
    """The funnels of a card as an SVG that needs nothing else: as `picture`."""
    charts = [(name_of(each), funnel(each, [r.code for r in view.choice.regions], look)) for each in found]
    told = f"trechter {sorted(view.choice.query.items())} {release.name} {look.version} {width}"
    summary = " ".join(sentence(each, view.choice.regions, release) for each in found)
    used = dict.fromkeys(point.figure.source for each in found for point in each.points)
    people = [release.regions.inhabitants.sources[s] for s in dict.fromkeys(s for each in found for s in each.sources)]
    below = [
        *funnel_notes(found),
        NO_RANKING,
        *(f"Bron: {source_text(release.catalogue.sources[name])}." for name in used),
        *(f"Inwoners: {source.uitgever}, {source.titel}." for source in people),
        _from_us(release),
    ]
    return _picture(f"Valt dit op? {words.title(view, release)}", summary, charts, below, told, width, look, columns=1)


def _picture(
    title: str,
    summary: str,
    charts: list[tuple[str, dict[str, Any]]],
    below: list[str],
    told: str,
    width: int,
    look: Style,
    columns: int = 2,
) -> str:
    """Title, sentence, charts and what must stand below them; `told` says what makes the picture another one."""
    prefix = "k" + hashlib.sha256(told.encode()).hexdigest()[:8]
    room = width - 2 * EDGE
    parts: list[str] = []
    y = _paragraph(parts, title, EDGE, room, TITLE, weight=600)
    if len(summary) <= LONGEST_SENTENCE:
        y = _paragraph(parts, summary, y + 4, room, SENTENCE)
    y, defs = _charts(parts, charts, y + 14, room, prefix, columns)
    y += 14
    for line in below:
        y = _paragraph(parts, line, y + 3, room, NOTE, fill=look.quiet)
    height = round(y + EDGE)
    ground = tag("rect", width=width, height=height, fill=look.paper)
    return frame(ground + "".join(parts), defs, width, height, title, summary, prefix, look.ink)


def foot(view: CardView, release: Release) -> list[str]:
    """What must stand with the charts wherever they go: the notes of the card, status, sources and release."""
    out = []
    for part in notes(view, release).children:
        if isinstance(part, html.P):
            out.append(str(part.children))
        elif isinstance(part, html.Ul):
            out += [str(item.children) for item in part.children]
    statuses = sorted({f.status for *_, f in view.figures()})
    out.append(f"Status van de cijfers: {words.join(statuses)}.")
    ids = dict.fromkeys(f.source for *_, f in view.figures())
    out += [f"Bron: {source_text(release.catalogue.sources[name])}." for name in ids]
    out.append(_from_us(release))
    return out


def _from_us(release: Release) -> str:
    return f"{NAME}, levering {release.name}. Dit is geen product van het CBS."


def _paragraph(
    parts: list[str], told: str, y: float, room: float, size: float, *, weight: int = 400, fill: str | None = None
) -> float:  # fmt: skip
    """Add a text below a height; returns the height below it."""
    lines = wrap(told, room, size, weight)
    while weight != 400 and len(balanced := wrap(told, room := room * 0.97, size, weight)) == len(lines) > 1:
        lines = balanced  # a heading in lines of like length
    tall = len(lines) * LINE * size
    bold = str(weight) if weight != 400 else None
    parts.append(text(lines, EDGE, y + tall / 2, size, font_weight=bold, fill=fill))
    return y + tall


def _charts(
    parts: list[str], panels: list[tuple[str, dict[str, Any]]], y: float, room: float, prefix: str, columns: int
) -> tuple[float, str]:
    """Add the charts, beside each other where there are more; returns the height below them, and their defs."""
    columns = min(columns, len(panels))
    wide = (room - BETWEEN * (columns - 1)) / columns
    captions = [wrap(name, wide, CAPTION, 600) if name else [] for name, _ in panels]
    drawn = [drawing(figure, wide, f"{prefix}-{at}") for at, (_, figure) in enumerate(panels)]
    for first in range(0, len(panels), columns):
        row: list[tuple[list[str], Drawing]] = list(zip(captions, drawn, strict=True))[first : first + columns]
        head = max(len(lines) for lines, _ in row) * LINE * CAPTION
        for at, (lines, chart) in enumerate(row):
            x = EDGE + at * (wide + BETWEEN)
            if lines:
                middle = y + len(lines) * LINE * CAPTION / 2
                parts.append(text(lines, x, middle, CAPTION, font_weight="600"))
            parts.append(
                tag("g", chart.body, data_deel="grafiek", transform=f"translate({number(x)} {number(y + head)})")
            )
        y += head + max(chart.height for _, chart in row) + 10
    return y, "".join(chart.defs for chart in drawn)


@lru_cache(maxsize=32)
def png(svg: str) -> bytes:
    """A picture as PNG of twice its size, for screens and documents that take no SVG.

    Args:
        svg: the picture; the texts in it are set in the font that comes along.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg, zoom=TWICE, background="white", skip_system_fonts=True, font_dirs=[str(FOLDER)]
    )
