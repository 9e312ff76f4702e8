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
from functools import cached_property

from archive.corrections import Place
from archive.corrections.cutting import places_of
from archive.keys import places
from archive.structure import Article, PageStructure, Photo

#: Letters and digits of a run.
RUN = 8

#: What stands for a withheld character.
MASK = "□"

Owner = Article | Photo


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
