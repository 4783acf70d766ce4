"""The release that this process serves. Loaded once; pages ask for it here."""

from functools import cache

from data.release import Release, load


@cache
def release() -> Release:
    """The release in use.

    Raises:
        DataError: the figures that come with the project cannot be used.
    """
    return load()
