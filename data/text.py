"""Small helpers for text that both the figures and the pages use."""

import re
import unicodedata
from functools import lru_cache


def lower_first(text: str) -> str:
    """The text with a small first letter, for use inside a sentence."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text with a capital, for the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def plain(text: str) -> str:
    """Return the text in lower case ASCII: letters without accents, everything else kept."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


@lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """Return the slug of a title: ASCII, lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
