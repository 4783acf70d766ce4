"""Which styles there are, which is the default, and which one the request at hand asks for."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.house_style.check import faults
from components.house_style.style import Style
from components.house_style.tokens import StyleError, read

log = logging.getLogger("impactmonitor")
OWN = Path(__file__).parents[2] / "assets" / "stijlen"
DEFAULT = "standaard"
PARAMETER = "stijl"
LONGEST_SHOWN = 40
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def load(path: Path) -> Style:
    """The style of a token file, checked.

    Raises:
        StyleError: with all that is wrong with it.
    """
    if not NAME.fullmatch(path.stem):
        raise StyleError(
            path.stem, ["de naam van het bestand mag alleen kleine letters, cijfers en koppeltekens hebben"]
        )
    try:
        style = read(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise StyleError(path.stem, ["het bestand is niet te lezen als tekst in UTF-8"]) from None
    if found := faults(style):
        raise StyleError(path.stem, found)
    return style


STANDARD = load(OWN / f"{DEFAULT}.css")


@dataclass(frozen=True)
class Shelf:
    """The styles that can be asked for, by name, and the one that shows without asking."""

    styles: Mapping[str, Style]
    default: Style


def gather(folder: str = "", default: str = DEFAULT) -> Shelf:
    """Read all token files: those of the project, and those of a folder, which go before one of the same name.

    A file that cannot be used is logged and not offered.

    Args:
        folder: with token files of whoever runs the site; '' for none.
        default: name of the style that shows without asking.

    Raises:
        StyleError: the default does not exist or cannot be used, or the folder does not exist.
    """
    if folder and not Path(folder).is_dir():
        raise StyleError(default, [f"de map {folder!r} (instelling STIJLEN) bestaat niet"])
    folders = [OWN, *([Path(folder)] if folder else [])]
    files = {path.stem: path for each in folders for path in sorted(each.glob("*.css"))}
    if default not in files:
        raise StyleError(default, [f"die is er niet; wel: {', '.join(sorted(files))}"])
    styles = {}
    for name, path in files.items():
        try:
            styles[name] = load(path)
        except StyleError as error:
            if name == default:
                raise
            log.error("%s", error)
    return Shelf(styles, styles[default])


@cache
def _own() -> Shelf:
    return gather()


_shelf: Shelf | None = None
_asked: ContextVar[str] = ContextVar("stijl", default="")


def put(there: Shelf) -> None:
    """Set the styles of this process, at its start."""
    global _shelf
    _shelf = there


def styles() -> Mapping[str, Style]:
    """The styles that can be asked for, by name."""
    return (_shelf or _own()).styles


def default() -> Style:
    """The style that shows without asking."""
    return (_shelf or _own()).default


def ask(name: str) -> None:
    """Take the style of this name for the request at hand; '' for the default."""
    _asked.set(name.strip())


def current() -> Style:
    """The style of the request at hand; the default where none, or none that exists, was asked for."""
    return styles().get(_asked.get(), default())


def unknown() -> str:
    """The name that was asked for and does not exist, '' when there is none."""
    name = _asked.get()
    return name[:LONGEST_SHOWN] if name and name not in styles() else ""


def carried(query: Mapping[str, str]) -> dict[str, str]:
    """A query with what makes the page or file look the same; one that names a style itself keeps that.

    The default style is not named, so that addresses stay short.
    """
    rest = {name: value for name, value in query.items() if name != PARAMETER}
    style = query.get(PARAMETER, current().name)
    return rest if style == default().name else rest | {PARAMETER: style}
