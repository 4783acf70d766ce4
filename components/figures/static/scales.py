"""Axes: from a value or a category to a place in pixels, and the ticks between."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from components.figures.static.known import UnknownForm, check, one_of
from components.numbers import number

NAMES = (
    "type", "range", "autorange", "rangemode", "categoryorder", "categoryarray", "visible", "showgrid", "gridcolor",
    "showline", "zeroline", "automargin", "ticks", "tickvals", "ticktext", "tickmode", "tickfont", "tickangle",
    "ticklabelstandoff", "side", "tickformat", "ticksuffix", "nticks", "showticklabels",
)  # fmt: skip
DECIMALS = {"": 0, ",.0f": 0, ",.1f": 1}
STEPS = (2, 5, 10)
USUAL_TICKS = 6


@dataclass(frozen=True)
class Scale:
    """One axis.

    Attributes:
        declared: the axis as the figure describes it.
        places: the position of each category; None for an axis of numbers.
        low: the value where it begins (for categories: half a position before the first).
        high: the value where it ends.
        start: where it begins, in pixels.
        end: where it ends.
    """

    declared: Mapping[str, Any]
    places: dict[str, int] | None
    low: float
    high: float
    start: float = 0.0
    end: float = 1.0

    def at(self, value: float | str) -> float:
        """The place of a value or category in pixels.

        Raises:
            UnknownForm: the axis has no such category.
        """
        if isinstance(value, str):
            if not self.places or value not in self.places:
                raise UnknownForm(f"no such category on the axis: {value!r}")
            value = self.places[value]
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def share(self, value: float | str) -> float:
        """How far along the axis a value stands: 0 at its beginning, 1 at its end."""
        return replace(self, start=0.0, end=1.0).at(value)

    def between(self, start: float, end: float) -> Scale:
        """The same axis on its place in the picture; a reversed one runs the other way."""
        return replace(self, start=start, end=end)

    @property
    def visible(self) -> bool:
        """Whether the axis shows anything."""
        return bool(self.declared.get("visible", True) and self.declared.get("showticklabels", True))

    @property
    def reversed(self) -> bool:
        """Whether it runs from top to bottom (or from right to left)."""
        first, last = self.declared.get("range", (0, 1))
        return self.declared.get("autorange") == "reversed" or first > last

    def ticks(self) -> list[tuple[float | str, str]]:
        """Value and label of each tick: those declared, all categories, or round numbers from the beginning."""
        if "tickvals" in self.declared:
            values = list(self.declared["tickvals"])
            texts = self.declared.get("ticktext") or [self._written(v) for v in values]
            return list(zip(values, texts, strict=True))
        if self.places is not None:
            return [(name, name) for name in self.places]
        step = round_step((self.high - self.low) / (self.declared.get("nticks") or USUAL_TICKS))
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [(i * step, self._written(i * step)) for i in range(first, last + 1)]

    def _written(self, value: float | str) -> str:
        if isinstance(value, str):
            return value
        form = self.declared.get("tickformat", "")
        decimals = DECIMALS[form]
        if not form and value % 1:
            decimals = 1
        return f"{number(value, decimals=decimals)}{self.declared.get('ticksuffix', '')}"


def round_step(rough: float) -> float:
    """The smallest of 2, 5 and 10 times a power of ten that is above a rough step, as plotly takes it."""
    base = 10.0 ** math.floor(math.log10(rough))
    return base * next((step for step in STEPS if step > rough / base + 1e-9), STEPS[-1])


def scale(declared: Mapping[str, Any], values: Iterable[Any], where: str) -> Scale:
    """The axis of a declaration for the values that stand on it, still without a place.

    Raises:
        UnknownForm: the declaration holds something that is not known.
    """
    check(declared, where, *NAMES)
    check(declared.get("tickfont", {}), f"{where}.tickfont", "size", "color")
    one_of(declared.get("autorange", True), f"{where}.autorange", True, False, "reversed")
    one_of(declared.get("categoryorder", "array"), f"{where}.categoryorder", "array")
    one_of(declared.get("tickangle", 0), f"{where}.tickangle", 0, "auto")
    one_of(declared.get("tickformat", ""), f"{where}.tickformat", *DECIMALS)
    one_of(
        declared.get("side", "bottom" if where == "xaxis" else "left"),
        f"{where}.side",
        *(("bottom", "top") if where == "xaxis" else ("left",)),
    )
    one_of(declared.get("ticks", ""), f"{where}.ticks", "")
    one_of(declared.get("showline", False), f"{where}.showline", False)
    one_of(declared.get("zeroline", False), f"{where}.zeroline", False)
    shown = [value for value in values if value is not None]
    kind = one_of(declared.get("type", ""), f"{where}.type", "", "-", "linear", "category")
    if kind == "category" or (kind in ("", "-") and any(isinstance(value, str) for value in shown)):
        names = list(dict.fromkeys([*declared.get("categoryarray", ()), *map(str, shown)]))
        low, high = sorted(declared.get("range", (-0.5, len(names) - 0.5)))
        return Scale(declared, {name: at for at, name in enumerate(names)}, float(low), float(high))
    if any(isinstance(value, str) for value in shown):
        raise UnknownForm(f"{where}: words on an axis of numbers")
    low, high = sorted(declared.get("range") or (min([0.0, *shown]), max([0.0, *shown]) * 1.05 or 1.0))
    if not low < high:
        raise UnknownForm(f"{where}: range {low} to {high}")
    return Scale(declared, None, float(low), float(high))
