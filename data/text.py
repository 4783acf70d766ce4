"""Small helpers for text that both the figures and the pages use."""

import re
import unicodedata
from functools import lru_cache

# What Excel and LibreOffice may read as the start of a formula, also in the wide forms of East Asian texts.
STARTS_A_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


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


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula; a dash alone is a published sign, and starts none."""
    return text != "-" and text.lstrip(" ").startswith(STARTS_A_FORMULA)


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what could start one gets an apostrophe before it."""
    return f"'{text}" if starts_a_formula(text) else text
