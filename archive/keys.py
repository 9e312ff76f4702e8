"""Permanent keys of articles and photos.

A key is made from the place where a piece was first found (its dump's hash and first visible character), so that an
archive rebuilt from the same dumps gets the same addresses. Once given, a key stays with its piece through every
correction and re-parse, and is never given to another.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from archive.structure import Article, PageStructure, Photo, Role

LENGTH = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: keys are read aloud and typed

Owner = TypeVar("Owner", Article, Photo)
Place = tuple[int, int]


def make_key(seed: str, taken: Collection[str]) -> str:
    """A key for ``seed`` that is not in ``taken``."""
    attempt = 0
    while True:
        digest = hashlib.sha256(f"{seed}\n{attempt}".encode()).digest()
        number = int.from_bytes(digest[:16])
        letters = []
        for _ in range(LENGTH):
            number, place = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[place])
        key = "".join(letters)
        if key not in taken:
            return key
        attempt += 1


def places(owner: Article | Photo) -> set[Place]:
    """The (line, character) places an article or photo owns."""
    return {
        (span.line, place)
        for block in owner.blocks
        for span in block.spans
        for place in range(span.start, span.end)
    }


def carry_keys(old: PageStructure | None, new: PageStructure) -> PageStructure:
    """``new`` with the keys of ``old``, where both are structures of the same dump.

    Each piece gets the key of the old one that it shares most characters with, one to one; the piece that holds an old
    article's headline comes before one that holds more of its text.
    """
    if old is None:
        return new
    return replace(
        new,
        articles=_carry(old.articles, new.articles, _weight_of_article),
        photos=_carry(old.photos, new.photos, lambda photo: places(photo)),
    )


def _weight_of_article(article: Article) -> set[Place]:
    return places(article)


def _carry(
    old: tuple[Owner, ...], new: tuple[Owner, ...], owned: Callable[[Owner], set[Place]]
) -> tuple[Owner, ...]:
    holder = {place: index for index, owner in enumerate(old) for place in owned(owner)}
    headline = {
        (span.line, place): index
        for index, owner in enumerate(old)
        for block in owner.blocks
        if block.role is Role.HEADLINE
        for span in block.spans
        for place in range(span.start, span.end)
    }
    shared: list[tuple[int, int, int, int]] = []
    for index, owner in enumerate(new):
        overlap: dict[int, int] = defaultdict(int)
        keeps_headline: dict[int, int] = defaultdict(int)
        for place in owned(owner):
            if place in holder:
                overlap[holder[place]] += 1
            if place in headline:
                keeps_headline[headline[place]] = 1
        shared += [(-keeps_headline[was], -count, was, index) for was, count in overlap.items()]
    key_of: dict[int, str] = {}
    used: set[int] = set()
    for *_, was, index in sorted(shared):
        if was not in used and index not in key_of and old[was].key:
            key_of[index] = old[was].key
            used.add(was)
    return tuple(replace(owner, key=key_of.get(index, owner.key)) for index, owner in enumerate(new))


def fill_keys(structure: PageStructure, dump_hash: str, taken: Collection[str]) -> PageStructure:
    """The structure with a new key for each piece that has none. ``taken``: every key ever given."""
    used = set(taken)

    def filled(owner: Owner) -> Owner:
        if owner.key:
            return owner
        first = min(places(owner), default=(0, 0))
        key = make_key(f"{dump_hash}\n{type(owner).__name__}\n{first[0]}\n{first[1]}", used)
        used.add(key)
        return replace(owner, key=key)

    return replace(
        structure,
        articles=tuple(map(filled, structure.articles)),
        photos=tuple(map(filled, structure.photos)),
    )
