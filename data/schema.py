"""What the tidy table must be, checked with pandera each time it is made."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError

from data import periods, units
from data.errors import DataError
from data.regions import LEVELS
from data.signs import HEDGES, IN_WORDS, SIGNS, STATUSES

KEY = ["indicator", "maat", "kenmerk", "categorie", "regio_code", "periode", "eenheid"]


def _is_period(code: str) -> bool:
    try:
        return bool(periods.period(code))
    except ValueError:
        return False


_REGION = r"^(NL01|(LD|PV|CR|VT)\d{2}|GM\d{4}|X-[a-z0-9-]+)$"
_TEXT = pa.Column(str, pa.Check.str_length(min_value=1))
_OBSERVATIONS = pa.DataFrameSchema(
    {
        "indicator": _TEXT,
        "maat": _TEXT,
        "kenmerk": _TEXT,
        "categorie": _TEXT,
        "regio_code": pa.Column(str, pa.Check.str_matches(_REGION)),
        "regio_naam": _TEXT,
        "regio_niveau": pa.Column(str, pa.Check.isin(list(LEVELS.values()))),
        "periode": pa.Column(str, pa.Check(_is_period, element_wise=True, error="onbekende periode")),
        "waarde": pa.Column(float, pa.Check.ge(0), nullable=True),
        "eenheid": pa.Column(str, pa.Check.isin(list(units.PUBLISHED))),
        "teken": pa.Column(str, pa.Check.isin(["", *SIGNS, *HEDGES, *IN_WORDS])),
        "status": pa.Column(str, pa.Check.isin(list(STATUSES))),
        "bron": _TEXT,
    },
    checks=[
        pa.Check(
            lambda frame: frame["waarde"].notna() == ~frame["teken"].isin(list(SIGNS)),
            error="een cijfer heeft een waarde of een teken, niet beide en niet geen van beide",
        ),
        pa.Check(
            lambda frame: (frame["eenheid"] != "%") | frame["waarde"].isna() | (frame["waarde"] <= 100),
            error="een percentage is hoogstens 100",
        ),
        pa.Check(
            lambda frame: (frame["eenheid"] != "aantal") | frame["waarde"].isna() | (frame["waarde"] % 1 == 0),
            error="een aantal is een geheel getal",
        ),
    ],
)


def check(frame: pd.DataFrame, *, unique: bool) -> pd.DataFrame:
    """Check a table of observations (a figure once in each source) or of figures (unique: once), and return it.

    Raises:
        DataError: names source, row and reason of the first fault.
    """
    try:
        _OBSERVATIONS.validate(frame)
    except SchemaError as error:
        raise DataError(_describe(frame, error)) from None
    if (double := frame[frame.duplicated(KEY if unique else [*KEY, "bron"])]).size:
        raise DataError(f"{_place(double.iloc[0])}: hetzelfde cijfer staat er twee keer in")
    return frame


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries by the names of the columns."""
    columns = [frame[name].tolist() for name in frame.columns]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _place(row: pd.Series) -> str:
    return f"{row['bron']}.csv, rij {row['rij']}"


def _describe(frame: pd.DataFrame, error: SchemaError) -> str:
    cases = error.failure_cases
    reason = getattr(error.check, "error", None) or str(error.check)
    if isinstance(cases, pd.DataFrame) and "index" in cases and cases["index"].notna().any():
        row = frame.loc[cases["index"].dropna().iloc[0]]
        column = error.schema.name if error.schema.name in frame.columns else ""
        value = f" ({column} = {row[column]!r})" if column else ""
        return f"{_place(row)}: {reason}{value}"
    return f"de tabel met cijfers klopt niet: {error}".splitlines()[0]
