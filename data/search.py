"""Search: indicators, regions, terms and pages by what a visitor types.

Case, accents and punctuation do not count, every known spelling of a region does, and a small typing mistake is
forgiven. The index is made once per release; a result is data, its words and address are chosen where it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz.distance import OSA

from data.release import Release
from data.text import plain

Kind = Literal["indicator", "regio", "begrip", "pagina"]
KINDS: tuple[Kind, ...] = ("indicator", "regio", "begrip", "pagina")
LEVEL_ORDER = ("NL", "VT", "PV", "GM", "CR", "LD", "X-")
MAX_LENGTH, MAX_WORDS = 100, 8
FORGIVING, VERY_FORGIVING = 4, 7  # letters from which a word may have one mistake, and two
EXACT, JOINED, BEGINS, WITHIN, ALMOST = 100.0, 98.0, 90.0, 70.0, 65.0
NAME, CONTEXT, TEXT = 1.0, 0.7, 0.3  # what a word counts for, by where it was found
WEAK = 30.0  # a result of which only the text, or only a part of what was typed, fits
_SMALL = """
aan bij cijfer cijfers dan dat de den der die een en er het hoe hoeveel ik in is je met naar of om op over per
te tot uit van voor waar was wat we welke wie zijn
"""
SMALL_WORDS = frozenset(_SMALL.split())


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    Attributes:
        kind: what it is.
        id: slug of the indicator, code of the region, id of the term, or path of the page.
        title: what it is called on the screen.
        names: all its names; a whole name that is typed finds it first.
        labels: names with something added that is no part of the name, such as a code or the level of a region.
        context: words that belong to it, such as the measures of an indicator or the level of a region.
        text: a longer text about it.
        rank: order among what fits equally well.
    """

    kind: Kind
    id: str
    title: str
    names: tuple[str, ...]
    labels: tuple[str, ...] = ()
    context: str = ""
    text: str = ""
    rank: int = 0


@dataclass(frozen=True)
class Found:
    """A result: what it is, its id (see Entry), its title, and how well it fits (0 to 100)."""

    kind: Kind
    id: str
    title: str
    score: float


@dataclass(frozen=True)
class _Indexed:
    """An entry with its words as they are compared: word -> what it counts for; its whole names and labels."""

    entry: Entry
    names: tuple[str, ...]
    labels: tuple[str, ...]
    words: Mapping[str, float]


def normal(text: str) -> str:
    """The text as it is compared: small letters without accents, one space between words, at most 100 characters."""
    return " ".join(re.findall(r"[a-z0-9]+", plain(text[:MAX_LENGTH])))


def search(release: Release, text: str, pages: Sequence[tuple[str, str, str]] = ()) -> list[Found]:
    """What fits a text, the best first; nothing for an empty text.

    Args:
        release: the figures and all that is known about them.
        text: what a visitor typed.
        pages: (path, title, more words) of the pages that can be found too.
    """
    typed = normal(text)
    if not typed:
        return []
    every = typed.split()[:MAX_WORDS]
    words = [word for word in every if word not in SMALL_WORDS] or every
    index, vocabulary = _index(release, tuple(pages))
    found: list[tuple[float, Entry]] = []
    for forgiving, whole in ((False, True), (True, True), (True, False)):
        scores = [_similar(word, vocabulary, forgiving) for word in words]
        fits = [(score, each.entry) for each in index if (score := _score(each, typed, scores, forgiving, whole))]
        found = found or fits
        if any(score > WEAK for score, _ in fits):
            found = fits
            break
    found.sort(key=lambda pair: (-pair[0], KINDS.index(pair[1].kind), pair[1].rank, pair[1].title))
    return [Found(entry.kind, entry.id, entry.title, score) for score, entry in found]


def grouped(found: Iterable[Found]) -> dict[Kind, list[Found]]:
    """Results by kind; the kind with the best one first."""
    out: dict[Kind, list[Found]] = {}
    for each in found:
        out.setdefault(each.kind, []).append(each)
    return out


def _score(each: _Indexed, typed: str, scores: list[dict[str, float]], forgiving: bool, whole: bool) -> float:
    """How well an entry fits: by its whole names, else by its words; 0 when it does not.

    Args:
        each: the entry.
        typed: the whole text.
        scores: of each word typed, the words of the index that are like it.
        forgiving: whether a name may be typed with a mistake.
        whole: whether every word typed must be there; else one that is part of a name is enough.
    """
    by_name = max(
        *(_of_name(typed, name, forgiving) for name in each.names),
        *(BEGINS + 10 * len(typed) / len(label) for label in each.labels if label.startswith(typed)),
        0.0,
    )
    fits = [
        max((like * each.words[word] for word, like in score.items() if word in each.words), default=0.0)
        for score in scores
    ]
    named = any(fit > CONTEXT for fit in fits) or (each.entry.kind != "regio" and any(fits))
    if whole:
        by_words = 80 * sum(fits) / len(fits) if all(fits) and named else 0.0
    else:
        by_words = WEAK * sum(fits) / len(fits) if any(fit > CONTEXT for fit in fits) else 0.0
    return max(by_name, by_words)


def _of_name(typed: str, name: str, forgiving: bool) -> float:
    """How well a whole text fits a whole name, spaces apart."""
    if typed == name:
        return EXACT
    one, other = typed.replace(" ", ""), name.replace(" ", "")
    if one == other:
        return JOINED
    if name.startswith(typed) or (len(one) >= FORGIVING and other.startswith(one)):
        return BEGINS + 5 * len(one) / len(other)
    if len(one) >= VERY_FORGIVING and one in other:
        return WITHIN
    if forgiving and len(one) >= VERY_FORGIVING and OSA.distance(one, other, score_cutoff=2) <= 2:
        return ALMOST
    return 0.0


def _similar(typed: str, vocabulary: frozenset[str], forgiving: bool) -> dict[str, float]:
    """The words of the index that are like a word that was typed -> how much (0 to 1)."""
    out: dict[str, float] = {}
    allowed = (len(typed) >= FORGIVING) + (len(typed) >= VERY_FORGIVING) if forgiving else 0
    for word in vocabulary:
        if word == typed:
            out[word] = 1.0
        elif word.startswith(typed):
            out[word] = 0.9
        elif len(typed) >= FORGIVING and typed in word:
            out[word] = 0.75
        elif allowed and (mistakes := _mistakes(typed, word, allowed)) <= allowed:
            out[word] = 0.85 - 0.1 * mistakes
    return out


def _mistakes(typed: str, word: str, allowed: int) -> int:
    """Letters too many, too few, wrong or in the wrong order, in the word or (of a longer one) its beginning."""
    if len(word) < FORGIVING:
        return allowed + 1
    whole = OSA.distance(typed, word, score_cutoff=allowed)
    if len(typed) <= FORGIVING or len(word) <= len(typed):
        return int(whole)
    return min(int(whole), int(OSA.distance(typed, word[: len(typed)], score_cutoff=allowed)))


# --- the index ---


@cache
def _index(release: Release, pages: tuple[tuple[str, str, str], ...]) -> tuple[list[_Indexed], frozenset[str]]:
    """All entries as they are compared, and all their words. Made once: a release never changes."""
    entries = [*_indicators(release), *_regions(release), *_terms(release)]
    entries += [Entry("pagina", path, title, (title,), context=more) for path, title, more in pages]
    index = [_indexed(entry) for entry in entries]
    return index, frozenset(word for each in index for word in each.words)


def _indexed(entry: Entry) -> _Indexed:
    words: dict[str, float] = {}
    for weight, texts in ((TEXT, (entry.text,)), (CONTEXT, (entry.context,)), (NAME, entry.names)):
        words |= {word: weight for text in texts for word in re.findall(r"[a-z0-9]+", plain(text))}
    return _Indexed(entry, tuple(map(normal, entry.names)), tuple(map(normal, entry.labels)), words)


def _indicators(release: Release) -> Iterable[Entry]:
    titles = {theme.id: theme.titel for theme in release.catalogue.themes}
    for rank, (slug, indicator) in enumerate(release.catalogue.indicators.items()):
        members = [name for k in indicator.kenmerken for name in release.catalogue.members.get((slug, k), {})]
        context = [*(titles[theme] for theme in indicator.themas), *indicator.maten, *indicator.kenmerken, *members]
        without = 0 if any((slug, view) in release.filled for view in indicator.views) else 1000
        yield Entry("indicator", slug, indicator.titel, (indicator.titel,), (slug,), " ".join(context),
                    indicator.definitie, without + rank)  # fmt: skip


def _regions(release: Release) -> Iterable[Entry]:
    names: dict[str, list[str]] = {}
    for (_, name), code in release.regions.code_of.items():
        names.setdefault(code, []).append(name)
    for code, region in release.regions.by_code.items():
        yield Entry("regio", code, region.label, (region.name, *names.get(code, ())), (region.label, code),
                    f"{region.level_name} regio", rank=LEVEL_ORDER.index(region.level))  # fmt: skip


def _terms(release: Release) -> Iterable[Entry]:
    for term in release.catalogue.terms.values():
        yield Entry("begrip", term.id, term.term, (term.term, *term.ook), text=term.uitleg)
