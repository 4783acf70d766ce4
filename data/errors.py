"""What can be wrong with the data: one line that a person can act upon."""


class DataError(ValueError):
    """A source, catalogue or region file that cannot be used; the message names file, row and reason."""
