"""What makes a series: numbers of the same thing over periods of one kind."""

import pandas as pd

from data import periods


def series_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of figures that belong to a series of at least two numbers over periods of one kind."""
    numbers = frame[frame["waarde"].notna()]
    kinds = {code: periods.period(code).kind for code in numbers["periode"].unique()}
    keys = ["maat", "kenmerk", "categorie", "regio_code", "eenheid"]
    same = numbers[keys].assign(kind=numbers["periode"].map(kinds))
    return numbers[same.duplicated(keep=False)]
