"""Reading the files of a release: what cannot be read is a DataError that names file, row and reason."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

from data.errors import DataError


def read_rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Read a CSV file of which every row has as many cells as the heading.

    Returns:
        The heading, and the rows with their number in the file (the heading is row 1). Empty lines are no rows.

    Raises:
        DataError: the file is not there, is no text in UTF-8, or a row is too long or too short.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            heading, *body = list(csv.reader(handle)) or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path.name}: niet te lezen ({type(error).__name__})") from None
    rows = [(number, cells) for number, cells in enumerate(body, start=2) if cells]
    for number, cells in rows:
        if len(cells) != len(heading):
            raise DataError(f"{path.name}, rij {number}: {len(cells)} kolommen in plaats van {len(heading)}")
    return heading, rows


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a small CSV file as rows of text by the names in the heading.

    Raises:
        DataError: as read_rows.
    """
    heading, rows = read_rows(path)
    return [dict(zip(heading, cells, strict=True)) for _, cells in rows]


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        DataError: the file is not there or is no TOML.
    """
    try:
        with path.open("rb") as handle:
            return tomllib.load(handle)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: niet te lezen ({type(error).__name__})") from None
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path.name}: geen geldige TOML ({error})") from None
