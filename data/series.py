"""What makes a series: numbers of the same thing over periods of one kind."""

import pandas as pd

from data import periods


def series_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of figures that belong to a series of at least two numbers over periods of one kind."""
    numbers = frame[frame["waarde"].notna()]
    kind = numbers["periode"].map(lambda code: periods.period(code).kind)
    keys = ["maat", "kenmerk", "categorie", "regio_code", "eenheid"]
    size = numbers.assign(kind=kind).groupby([*keys, "kind"])["periode"].transform("size")
    return numbers[size > 1]
