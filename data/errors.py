"""What can be wrong with the data: one line that a person can act upon."""


class DataError(ValueError):
    """A source, catalogue or region file that cannot be used; the message names file, row and reason."""


def in_one_line(error: Exception) -> str:
    """Kind and message of an error, for a log that has a line for each event."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
