"""What stands out in a series: where it is broken, and where a figure leaves the range of the earlier ones.

A figure is marked when it is higher, or lower, than every earlier figure of the same series, whatever was rounded away
in either. Only after enough earlier figures, and never over a break: what lies before it counts something else.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

from data.periods import period
from data.units import COUNT

if TYPE_CHECKING:
    from data.release import Release
    from data.view import CardView, Column, Figure

ENOUGH = 4
"""So many earlier figures a range needs."""
COMPUTED_DOUBT = 2.0
"""In its last digit, what a computed number can differ: half by its own rounding, half by what it is made of."""
Direction = Literal["hoger", "lager"]
Marks = dict[tuple[str, str], Direction]


def breaks(card: CardView, column: Column) -> dict[int, str]:
    """Where the series of a column is broken: position of the first period of the new series -> reason."""
    year = column.region.changed if column.region else None
    starts = {period(b.periode).start: b.reden for b in card.choice.indicator.breuken}
    if year and column.region:
        starts[f"{year}-01-01"] = f"{column.region.name}: ander gebied"
    there = [i for i, line in enumerate(card.lines) if card.cell(line, column)]
    found = {}
    for start, reason in starts.items():
        after = [i for i in there if period(card.lines[i].key).start >= start]
        if after and after[0] != there[0]:
            found[after[0]] = reason
    return found


def leaving(
    values: Sequence[float | None], steps: Sequence[float], edges: Collection[int] = ()
) -> dict[int, Direction]:
    """Where a series leaves the range of its earlier numbers.

    Args:
        values: the numbers in the order of time, None where there is none.
        steps: what each is rounded to (0: exact); a number can be half of it higher or lower.
        edges: positions where another series begins.

    Returns:
        Position -> 'hoger' or 'lager'.
    """
    found: dict[int, Direction] = {}
    earlier: list[tuple[float, float]] = []
    for at, (value, step) in enumerate(zip(values, steps, strict=True)):
        if at in edges:
            earlier = []
        if value is None:
            continue
        low, high = value - step / 2, value + step / 2
        if len(earlier) >= ENOUGH:
            if low > max(top for _, top in earlier):
                found[at] = "hoger"
            elif high < min(bottom for bottom, _ in earlier):
                found[at] = "lager"
        earlier.append((low, high))
    return found


def marks(card: CardView, release: Release) -> Marks:
    """The marked figures of a card over time, by the keys of line and column.

    A series in which the source says 'ruim' or 'bijna' has none: how far off such a number is, it does not say.
    """
    out: Marks = {}
    for column in card.columns:
        figures = [card.cell(line, column) for line in card.lines]
        known = [f for f in figures if f and f.value is not None]
        if any(f.sign for f in known):
            continue
        steps = [_step(f, release) if f else 0.0 for f in figures]
        found = leaving([f.value if f else None for f in figures], steps, breaks(card, column))
        out |= {(card.lines[at].key, column.key): direction for at, direction in found.items()}
    return out


def _step(figure: Figure, release: Release) -> float:
    """What a figure is rounded to."""
    digit = float(10**-figure.decimals)
    if figure.computed:
        return COMPUTED_DOUBT * digit
    return float(release.rounded_to[figure.source]) if figure.unit == COUNT else digit
