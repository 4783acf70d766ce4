"""The guard against silent loss: whatever a figure description holds and the renderer does not know is an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What only a moving chart uses: a still one loses nothing without it.
ONLY_LIVE = {"hovertext", "hoverinfo", "hoverlabel", "hovertemplate", "hovermode", "customdata", "dragmode",
             "fixedrange", "itemclick", "itemdoubleclick", "uirevision", "clickmode"}  # fmt: skip


class UnknownForm(ValueError):
    """A part of a figure description that the renderer cannot draw."""


def check(part: Mapping[str, Any], where: str, *names: str) -> None:
    """Refuse names that the renderer does not know.

    Raises:
        UnknownForm: with the place and the names.
    """
    if unknown := set(part) - set(names) - ONLY_LIVE:
        raise UnknownForm(f"{where}: unknown {', '.join(sorted(unknown))}")


def one_of(value: Any, where: str, *values: Any) -> Any:
    """The value, when it is one that the renderer knows.

    Raises:
        UnknownForm: with the place and the value.
    """
    if value not in values:
        raise UnknownForm(f"{where}: unknown value {value!r}")
    return value


def each(value: Any, count: int) -> list[Any]:
    """One value for every mark: plotly takes a list, or one value for all.

    Raises:
        UnknownForm: the list has another length than the marks.
    """
    if not isinstance(value, (list, tuple)):
        return [value] * count
    if len(value) != count:
        raise UnknownForm(f"{len(value)} values for {count} marks")
    return list(value)
