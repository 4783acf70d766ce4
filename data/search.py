"""Search: indicators, regions, terms and pages by what a visitor types.

Case, accents and punctuation do not count, every known spelling of a region does, and a small typing mistake is
forgiven. The index is made once per release; a result is data, its words and address are chosen where it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.kept import per_release
from data.regions import PREFERRED
from data.release import Release
from data.text import plain

Kind = Literal["indicator", "regio", "begrip", "pagina"]
KINDS: tuple[Kind, ...] = ("indicator", "regio", "begrip", "pagina")
MAX_LENGTH, MAX_WORDS = 100, 6
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
    """An entry with its words as they are compared: word -> what it counts for.

    Names stand also without spaces; `written` has all names and labels without spaces, to look through quickly.
    """

    entry: Entry
    names: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    words: Mapping[str, float]
    written: str


@dataclass(frozen=True)
class _Index:
    """All entries, and for each word the positions of those that have it."""

    entries: tuple[_Indexed, ...]
    places: Mapping[str, frozenset[int]]
    vocabulary: frozenset[str]


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
    index = _index(release, tuple(pages))
    found: list[tuple[float, Entry]] = []
    for forgiving, whole in ((False, True), (True, True), (True, False)):
        scores = [_similar(word, index.vocabulary, forgiving) for word in words]
        near = _near(index, typed.replace(" ", ""), scores, forgiving, whole)
        fits = [(score, each.entry) for each in near if (score := _score(each, typed, scores, forgiving, whole))]
        found = found or fits
        if strong := [pair for pair in fits if pair[0] > WEAK]:
            found = strong
            break
    found.sort(key=lambda pair: (-pair[0], KINDS.index(pair[1].kind), pair[1].rank, pair[1].title))
    return [Found(entry.kind, entry.id, entry.title, score) for score, entry in found]


def grouped(found: Iterable[Found]) -> dict[Kind, list[Found]]:
    """Results by kind; the kind with the best one first."""
    out: dict[Kind, list[Found]] = {}
    for each in found:
        out.setdefault(each.kind, []).append(each)
    return out


def _near(
    index: _Index, joined: str, scores: list[Mapping[str, float]], forgiving: bool, whole: bool
) -> Iterable[_Indexed]:
    """The entries that can fit at all: with the words typed (or one of them), or with a name that holds the text."""
    having = [frozenset[int]().union(*(index.places[word] for word in score)) for score in scores]
    by_words = frozenset.intersection(*having) if whole else frozenset[int]().union(*having)
    mistyped = forgiving and len(joined) >= VERY_FORGIVING
    return (each for at, each in enumerate(index.entries) if mistyped or at in by_words or joined in each.written)


def _score(each: _Indexed, typed: str, scores: list[Mapping[str, float]], forgiving: bool, whole: bool) -> float:
    """How well an entry fits: by its whole names, else by its words; 0 when it does not.

    Args:
        each: the entry.
        typed: the whole text.
        scores: of each word typed, the words of the index that are like it.
        forgiving: whether a name may be typed with a mistake.
        whole: whether every word typed must be there; else one that is part of a name is enough.
    """
    joined = typed.replace(" ", "")
    by_name = max(
        *(_of_name(typed, joined, name, forgiving) for name in each.names),
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


def _of_name(typed: str, joined: str, name: tuple[str, str], forgiving: bool) -> float:
    """How well a whole text fits a whole name; both with and without spaces."""
    spaced, other = name
    if joined not in other:
        close = forgiving and len(joined) >= VERY_FORGIVING and abs(len(joined) - len(other)) <= 2
        return ALMOST if close and OSA.distance(joined, other, score_cutoff=2) <= 2 else 0.0
    if joined == other:
        return EXACT if typed == spaced else JOINED
    if spaced.startswith(typed) or (len(joined) >= FORGIVING and other.startswith(joined)):
        return BEGINS + 5 * len(joined) / len(other)
    return WITHIN if len(joined) >= VERY_FORGIVING else 0.0


@lru_cache(maxsize=256)
def _similar(typed: str, vocabulary: frozenset[str], forgiving: bool) -> Mapping[str, float]:
    """The words of the index that are like a word that was typed -> how much (0 to 1)."""
    out = {word: 0.85 - 0.1 * mistakes for word, mistakes in _mistyped(typed, vocabulary).items()} if forgiving else {}
    if len(typed) >= FORGIVING:
        out |= {word: 0.75 for word in vocabulary if typed in word}
    out |= {word: 0.9 for word in vocabulary if word.startswith(typed)}
    return out | ({typed: 1.0} if typed in vocabulary else {})


def _mistyped(typed: str, vocabulary: frozenset[str]) -> dict[str, int]:
    """Words -> letters too many, too few, wrong or in the wrong order, in the word or its beginning."""
    allowed = (len(typed) >= FORGIVING) + (len(typed) >= VERY_FORGIVING)
    if not allowed:
        return {}
    words = [word for word in vocabulary if len(word) >= FORGIVING]
    beginnings = [word[: len(typed)] for word in words] if len(typed) > FORGIVING else []
    out: dict[str, int] = {}
    for choices in (words, beginnings):
        for _, mistakes, at in process.extract(
            typed, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None
        ):
            out[words[at]] = min(int(mistakes), out.get(words[at], allowed))
    return out


# --- the index ---


@per_release
def _index(release: Release, pages: tuple[tuple[str, str, str], ...]) -> _Index:
    """All entries as they are compared. Made once: a release never changes."""
    entries = [*_indicators(release), *_regions(release), *_terms(release)]
    entries += [Entry("pagina", path, title, (title,), context=more) for path, title, more in pages]
    indexed = tuple(map(_indexed, entries))
    places: dict[str, set[int]] = {}
    for at, each in enumerate(indexed):
        for word in each.words:
            places.setdefault(word, set()).add(at)
    return _Index(indexed, {word: frozenset(at) for word, at in places.items()}, frozenset(places))


def _indexed(entry: Entry) -> _Indexed:
    words: dict[str, float] = {}
    for weight, texts in ((TEXT, (entry.text,)), (CONTEXT, (entry.context,)), (NAME, entry.names)):
        words |= {word: weight for text in texts for word in re.findall(r"[a-z0-9]+", plain(text))}
    names = tuple((name, name.replace(" ", "")) for name in map(normal, entry.names))
    labels = tuple(map(normal, entry.labels))
    written = "|".join([*(joined for _, joined in names), *(label.replace(" ", "") for label in labels)])
    return _Indexed(entry, names, labels, words, written)


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
                    f"{region.level_name} regio", rank=PREFERRED.index(region.level))  # fmt: skip


def _terms(release: Release) -> Iterable[Entry]:
    for term in release.catalogue.terms.values():
        yield Entry("begrip", term.id, term.term, (term.term, *term.ook), text=term.uitleg)
