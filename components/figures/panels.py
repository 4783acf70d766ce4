"""The charts of a card: one list for the page, the pictures and the reports."""

from __future__ import annotations

from typing import Any

from components.figures.bars import bars
from components.figures.series import series
from data.view import CardView


def figures_of(view: CardView) -> list[tuple[str, dict[str, Any]]]:
    """The charts of a card: one with all lines over time, or a panel of bars for each column.

    Returns:
        Name ('' when the title of the card says it all) and plotly figure of each; none for a card without figures.
    """
    if not view.lines:
        return []
    if view.axis == "periode":
        return [("", series(view))]
    return [(_panel_title(view, at), bars(view, column)) for at, column in enumerate(view.columns)]


def _panel_title(view: CardView, at: int) -> str:
    column = view.columns[at]
    if not column.maat:
        return ""
    several = len({c.region for c in view.columns}) > 1
    unit = "aandeel" if view.choice.presentation == "aandeel" else "aantal"
    name = f"{column.maat} ({unit})"
    return f"{name}, {column.region.label}" if several and column.region else name
