"""The signs and statuses of published tables, and what they mean.

A sign stands where a table gives no number. It is kept from source to screen to CSV and is never shown as 0.
"""

from __future__ import annotations

import re

EMPTY = "leeg"
SIGNS = {
    ".": "onbekend, onvoldoende betrouwbaar of geheim",
    "x": "geheim",
    "-": "nihil: komt niet voor",
    EMPTY: "kan niet voorkomen",
}
# What a source says beside its number, and a share that it only gives in words (the number is then what they say).
HEDGES = {"bijna", "ruim", "ongeveer", "circa", "omgerekend", "zo'n", "meer dan", "iets meer dan"}
IN_WORDS = {"bijna zes op de tien", "ongeveer drie op de tien", "de helft", "meer dan de helft"}
# Signs of what we compute: why there is no number where a rate or share would stand.
TOO_SMALL, NO_POPULATION, INEXACT = "te klein", "geen inwonertal", "niet precies"
STATUSES = ("definitief", "nader voorlopig", "voorlopig", "onbekend")


def read_cell(text: str, thousands: str = ".") -> tuple[float | None, str]:
    """Read one cell of a published table.

    Args:
        text: the cell as printed, e.g. '53 080', '2.960', '28,5', '.', 'x', '-', ''.
        thousands: the sign between thousands in this table; decimals have a comma.

    Returns:
        The number and '' or None and the sign. An empty cell (cannot occur) gives the sign 'leeg'.

    Raises:
        ValueError: the cell is neither a number in this notation nor a known sign.
    """
    cell = text.strip()
    if cell in SIGNS or not cell:
        return None, cell or EMPTY
    groups = rf"[0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}})*" if thousands else r"[0-9]*"
    if not re.fullmatch(rf"(?:0|[1-9]{groups})(?:,[0-9]+)?", cell):
        raise ValueError(f"{text!r} is geen getal in de schrijfwijze van de tabel en geen bekend teken")
    return float(cell.replace(thousands, "").replace(",", ".")), ""
