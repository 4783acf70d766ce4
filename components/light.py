"""The light form of an embed: finished HTML with still charts and the table, without JavaScript, of bounded weight."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from components import words
from components.elements import html
from components.figures.static import UnknownForm, figures_of, svg
from components.house_style import shelf
from components.html_text import to_html
from data.release import Release
from data.view import CardView

WIDE, NARROW = 640, 320
# Bytes of the HTML; with the style sheet it stays below 60 kB.
MOST = 55_000
FEWEST_ROWS = 10
ROOM = '<div class="grafieken"></div>'
NO_CHART = "De grafiek is te groot voor deze vorm en staat op de volledige pagina."


def light_html(page: html.Div, card: CardView, release: Release, most: int = MOST) -> str:
    """Write an embed as HTML whose charts are pictures.

    What would weigh too much is left out, the least needed first, and the page says so: the pictures for a narrow
    frame (the wide ones then shrink), the pictures, the last rows of the table.

    Args:
        page: the embed, with the room of its charts.
        card: the figures in it.
        release: for the words under the pictures.
        most: bytes of the result.
    """
    parts = [page, *page._traverse()]
    room = next((part for part in parts if getattr(part, "className", "") == "grafieken"), None)
    if room is not None:
        room.children = []
    text = to_html(page)
    for pictures in _pictures(card, release) if room is not None else [""]:
        out = text.replace(ROOM, f'<div class="grafieken">{pictures}</div>', 1)
        if len(out.encode()) <= most:
            return out
    rows = next((part for part in parts if isinstance(part, html.Tbody)), None)
    wide = sum(getattr(part, "scope", "") == "col" for part in parts)
    while rows is not None and len(out.encode()) > most and len(rows.children) > FEWEST_ROWS:
        _shorten(rows, len(card.lines), wide)
        out = to_html(page).replace(ROOM, f"<p>{NO_CHART}</p>", 1)
    return out


def _shorten(rows: html.Tbody, every: int, wide: int) -> None:
    """Leave out a quarter of the rows; the last row says how many there are."""
    kept = [row for row in rows.children if getattr(row, "className", None) != "rest"]
    kept = kept[: len(kept) * 3 // 4]
    told = f"U ziet {len(kept)} van de {every} rijen. Alle rijen staan op de volledige pagina."
    rows.children = [*kept, html.Tr(html.Td(told, colSpan=str(wide)), className="rest")]


def _pictures(card: CardView, release: Release) -> Iterator[str]:
    """The charts as HTML: for wide and narrow frames, only wide, none."""
    panels = figures_of(card, shelf.current())
    summary = f"{words.sentence(card, release)} Alle cijfers staan in de tabel."
    title = words.title(card, release)

    def draw(width: int, name: str, figure: dict[str, Any]) -> str:
        caption = f"<figcaption>{escape(name)}</figcaption>" if name else ""
        return f"<figure>{caption}{svg(figure, width=width, name=name or title, description=summary)}</figure>"

    wide = "".join(draw(WIDE, name, figure) for name, figure in panels)
    try:
        narrow = "".join(draw(NARROW, name, figure) for name, figure in panels)
    except UnknownForm:  # labels too long for this width
        pass
    else:
        yield f'<div class="ruim">{wide}</div><div class="smal">{narrow}</div>'
    yield wide
    yield f"<p>{NO_CHART}</p>"
