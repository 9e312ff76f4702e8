"""Permanent keys of articles and photos.

A key is made from the place where a piece was first found (its dump's hash and first visible character), so that an
archive rebuilt from the same dumps gets the same addresses. Once given, a key stays with its piece through every
correction and re-parse, and is never given to another.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence, Set
from dataclasses import replace
from typing import TypeVar

from archive.structure import Article, Block, PageStructure, Photo, Role

LENGTH = 10
#: Stands before an article's place (counted from 1) where a photo names an article that has no key yet: ``#2``.
PROVISIONAL = "#"
#: Characters of a run that is taken as the same text in two dumps.
RUN = 8
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: keys are read aloud and typed

Owner = TypeVar("Owner", Article, Photo)
Place = tuple[int, int]
Marks = Callable[[Article | Photo], Iterable[Hashable]]


#: Which of some keys were ever given to a piece.
Given = Callable[[Collection[str]], Collection[str]]


def make_keys(seeds: Sequence[str], given: Given) -> list[str]:
    """A key for each of ``seeds``, all different and none of them ever ``given``; as a rule asked once."""
    keys: dict[int, str] = {}
    attempt = 0
    while len(keys) < len(seeds):
        candidates = {
            place: _key(f"{seed}\n{attempt}") for place, seed in enumerate(seeds) if place not in keys
        }
        taken = {*given(set(candidates.values())), *keys.values()}
        for place, key in candidates.items():
            if key not in taken:
                keys[place] = key
                taken.add(key)
        attempt += 1
    return [keys[place] for place in range(len(seeds))]


def _key(seed: str) -> str:
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:16])
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)


def pairs_by_overlap(old: Sequence[Set[Hashable]], new: Sequence[Set[Hashable]]) -> dict[int, int]:
    """For each of ``new`` the one of ``old`` that it shares most with, one to one; those that share nothing are out."""
    shared = sorted(
        (-len(before & after), was, index)
        for was, before in enumerate(old)
        for index, after in enumerate(new)
        if before & after
    )
    found: dict[int, int] = {}
    for _, was, index in shared:
        if index not in found and was not in found.values():
            found[index] = was
    return found


def places(owner: Article | Photo) -> Iterable[Hashable]:
    """The (line, character) places an article or photo owns."""
    return _places(owner.blocks)


def headline_places(owner: Article | Photo) -> Iterable[Hashable]:
    """The places of its headline."""
    return _places(block for block in owner.blocks if block.role is Role.HEADLINE)


def runs(owner: Article | Photo) -> Iterable[Hashable]:
    """Every run of ``RUN`` characters in its printed text."""
    return _runs(owner.blocks)


def headline_runs(owner: Article | Photo) -> Iterable[Hashable]:
    """The runs of its headline."""
    return _runs(block for block in owner.blocks if block.role is Role.HEADLINE)


def _places(blocks: Iterable[Block]) -> set[Place]:
    return {
        (span.line, place)
        for block in blocks
        for span in block.spans
        for place in range(span.start, span.end)
    }


def _runs(blocks: Iterable[Block]) -> set[str]:
    return {
        block.text[start : start + RUN]
        for block in blocks
        for start in range(max(1, len(block.text) - RUN + 1))
    }


def carry_keys(old: PageStructure, new: PageStructure, same_dump: bool = True) -> PageStructure:
    """``new`` with the keys of ``old``: each piece gets the key of the old one that it shares most with, one to one.

    In the same dump they share characters of the dump, and the piece that holds an old article's headline comes before
    one that holds more of its text. When the dump was replaced by other bytes, they share runs of text.
    """
    owned = places if same_dump else runs
    heading = headline_places if same_dump else headline_runs
    return replace(
        new,
        articles=_carry(old.articles, new.articles, owned, heading),
        photos=_carry(old.photos, new.photos, owned, heading),
    )


def _carry(old: tuple[Owner, ...], new: tuple[Owner, ...], owned: Marks, heading: Marks) -> tuple[Owner, ...]:
    holder = {mark: index for index, owner in enumerate(old) for mark in owned(owner)}
    headed = {mark: index for index, owner in enumerate(old) for mark in heading(owner)}
    candidates: list[tuple[bool, int, int, int]] = []
    for index, owner in enumerate(new):
        overlap = Counter(holder[mark] for mark in owned(owner) if mark in holder)
        keeps_headline = {headed[mark] for mark in owned(owner) if mark in headed}
        candidates += [(was not in keeps_headline, -count, was, index) for was, count in overlap.items()]
    key_of: dict[int, str] = {}
    used: set[int] = set()
    for *_, was, index in sorted(candidates):
        if was not in used and index not in key_of and old[was].key:
            key_of[index] = old[was].key
            used.add(was)
    return tuple(replace(owner, key=key_of.get(index, owner.key)) for index, owner in enumerate(new))


def fill_keys(structure: PageStructure, dump_hash: str, given: Given) -> PageStructure:
    """The structure with a new key for each piece that has none; photos name their articles by key."""
    owners: list[Article | Photo] = [*structure.articles, *structure.photos]
    seeds = [_seed(owner, dump_hash) for owner in owners if not owner.key]
    if not seeds:
        return _named(structure)
    here = {owner.key for owner in owners}
    new = iter(make_keys(seeds, lambda keys: {*given(keys), *(here & set(keys))}))
    return _named(
        replace(
            structure,
            articles=tuple(each if each.key else replace(each, key=next(new)) for each in structure.articles),
            photos=tuple(each if each.key else replace(each, key=next(new)) for each in structure.photos),
        )
    )


def _named(structure: PageStructure) -> PageStructure:
    """The structure whose photos name their articles by key instead of by place."""
    if not any(photo.article.startswith(PROVISIONAL) for photo in structure.photos):
        return structure
    keys = {f"{PROVISIONAL}{place}": article.key for place, article in enumerate(structure.articles, 1)}
    photos = tuple(
        replace(photo, article=keys.get(photo.article, ""))
        if photo.article.startswith(PROVISIONAL)
        else photo
        for photo in structure.photos
    )
    return replace(structure, photos=photos)


def _seed(owner: Article | Photo, dump_hash: str) -> str:
    line, character = min(_places(owner.blocks), default=(0, 0))
    return f"{dump_hash}\n{type(owner).__name__}\n{line}\n{character}"
