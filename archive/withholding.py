"""Withheld text stays withheld, whatever becomes of the pieces it is in, and in whatever file it comes again. Pure.

Within one dump characters are followed place by place. In any other dump the words themselves are looked for: as the
runs of ``RUN`` letters and digits that a withheld text and another have in common, whatever was rewrapped, cut in two,
merged with something else or misread by OCR. How well that tells copies from articles on the same people and from
what every article prints is measured by ``benchmarks/withholding.py``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from archive.corrections import Place
from archive.corrections.cutting import places_of
from archive.keys import places
from archive.structure import Article, PageStructure, Photo

#: Letters and digits of a run.
RUN = 8

#: Places in the table in which runs are looked up, a power of 2; runs that share a place are told apart afterwards.
TABLE_BITS = 18
#: Withheld texts whose places are kept between pages: 2 KB each for an article of 500 characters.
TEXTS_KEPT = 4096

#: What stands for a withheld character.
MASK = "□"

Owner = Article | Photo
Places = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """From where on a text is taken to hold a withheld one: at least ``runs`` in common, and any of three shares."""

    runs: int = 8
    of_secret: float = 0.15  # of the withheld text's runs
    of_text: float = 0.3  # of the other text's runs
    unbroken: int = 40  # letters in one stretch: more than offices and names of bodies have
    shortest: int = 6  # letters of a withheld text that is too short for shares, and is looked for whole


@dataclass(frozen=True)
class Folded:
    """A text as its letters and digits alone, of one width and case."""

    text: str

    @cached_property
    def letters(self) -> str:
        return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", self.text).casefold()))

    @cached_property
    def runs(self) -> frozenset[str]:
        return frozenset(self.letters[at : at + RUN] for at in range(len(self.letters) - RUN + 1))


def is_like(secret: Folded, other: Folded, likeness: Likeness = Likeness()) -> bool:
    """Whether ``other`` holds, or is a part of, the withheld ``secret``."""
    if len(secret.letters) < RUN + likeness.runs:
        return len(secret.letters) >= likeness.shortest and secret.letters in other.letters
    shared = secret.runs & other.runs
    return len(shared) >= likeness.runs and (
        len(shared) >= likeness.of_secret * len(secret.runs)
        or len(shared) >= likeness.of_text * len(other.runs)
        or _longest(other.letters, shared) >= likeness.unbroken
    )


def nearby(
    secrets: Sequence[Folded], others: Sequence[Folded], likeness: Likeness = Likeness()
) -> list[tuple[int, int]]:
    """The numbers of withheld and of other texts that may be alike: all that ``is_like`` says are, and few besides.

    Runs are counted by their places in a table, which takes a hundredth of the time of comparing them.
    """
    if not secrets:
        return []
    runs = [_places_of_text(secret.text) for secret in secrets]
    places, lengths = np.concatenate(runs), np.array([len(each) for each in runs])
    ends = np.cumsum(lengths)
    least = np.minimum(lengths, likeness.runs)
    pairs: list[tuple[int, int]] = []
    for number, other in enumerate(others):
        here = _places(other.letters)
        found = np.concatenate([[0], np.cumsum(_table(here)[places], dtype=np.int32)])
        near = np.flatnonzero(found[ends] - found[ends - lengths] >= least)
        pairs += [(each, number) for each in near.tolist() if _may_be_like(runs[each], here, likeness)]
    return pairs


def _may_be_like(secret: Places, other: Places, likeness: Likeness) -> bool:
    """``is_like`` of texts as the places of their runs. As runs may share a place it says no less often."""
    if len(secret) <= likeness.runs:
        return True
    table = _table(secret)
    common = table[other]
    breaks = np.flatnonzero(~np.concatenate([[False], common, [False]]))
    return bool(
        np.count_nonzero(common) >= likeness.of_secret * np.count_nonzero(table)
        or np.count_nonzero(common) >= likeness.of_text * np.count_nonzero(_table(other))
        or np.diff(breaks).max() - 2 + RUN >= likeness.unbroken
    )


def _table(places: Places) -> NDArray[np.bool_]:
    table = np.zeros(1 << TABLE_BITS, dtype=np.bool_)
    table[places] = True
    return table


@lru_cache(maxsize=TEXTS_KEPT)
def _places_of_text(text: str) -> Places:
    return _places(Folded(text).letters)


def _places(letters: str) -> Places:
    """Where in the table each run is: its letters as digits of a number, multiplied out (Fibonacci hashing)."""
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = max(0, len(codes) - RUN + 1)
    numbers = np.zeros(count, dtype=np.uint64)
    for at in range(RUN):
        numbers = numbers * np.uint64(0x100000001B3) + codes[at : at + count]
    return (numbers * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - TABLE_BITS)).astype(np.uint32)


def _longest(letters: str, shared: Collection[str]) -> int:
    """The longest stretch of letters all of whose runs are shared."""
    best = length = 0
    for at in range(len(letters) - RUN + 1):
        length = length + 1 if letters[at : at + RUN] in shared else 0
        best = max(best, length)
    return best + RUN - 1 if best else 0


def text_of(owner: Owner) -> str:
    """All that is printed of an article or photo, and all that staff typed for it."""
    typed = [block.edited for block in owner.blocks if block.edited is not None]
    supplied = owner.supplied_headline if isinstance(owner, Article) else ""
    return "\n".join([*(block.text for block in owner.blocks), *typed, supplied])


def holders(before: PageStructure, after: PageStructure, withheld: Collection[str]) -> set[str]:
    """The keys of the pieces of ``after``, of the same dump, with a character of ``before``'s pieces ``withheld``."""
    secret = {place for owner in _owners(before) if owner.key in withheld for place in places(owner)}
    return {owner.key for owner in _owners(after) if not secret.isdisjoint(places(owner))}


def is_forgotten(
    before: PageStructure, after: PageStructure, withheld: Collection[str], lines: Sequence[str]
) -> bool:
    """Whether a character of ``before``'s pieces of these keys is in no article or photo of ``after``, same dump.

    Furniture has no key by which to remember that it is withheld.
    """
    secret = {place for owner in _owners(before) if owner.key in withheld for place in _seen(owner, lines)}
    return not secret <= {place for owner in _owners(after) for place in _seen(owner, lines)}


def withheld_places(
    structure: PageStructure, lines: Sequence[str], keys: Collection[str]
) -> frozenset[Place]:
    """The visible characters of the articles and photos of these keys."""
    return frozenset(
        place
        for owner in _owners(structure)
        if owner.key in keys
        for block in owner.blocks
        for place in places_of(lines, block.spans)
    )


def masked_lines(lines: Sequence[str], places: Collection[Place]) -> list[str]:
    """The lines with □ for each of these characters, so that all others stay where they are."""
    masked = [list(line) for line in lines]
    for line, character in places:
        masked[line - 1][character] = MASK
    return ["".join(line) for line in masked]


def _seen(owner: Owner, lines: Sequence[str]) -> set[Hashable]:
    """Its visible characters: white space between them may come and go."""
    return {place for block in owner.blocks for place in places_of(lines, block.spans)}


def _owners(structure: PageStructure) -> tuple[Owner, ...]:
    return (*structure.articles, *structure.photos)
