"""Suggestions while a reader types, and other spellings when nothing was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from search.engines.base import Suggestion, SuggestionKind
from search.engines.whoosh.arrays import unpack
from search.engines.whoosh.matching import Matcher
from search.engines.whoosh.segments import Segment
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.suggestions import KINDS
from search.engines.whoosh.values import value, values_matching
from search.query import Literal
from search.suggest import spellings as ways_to_type
from search.suggest import typed
from search.text import fold

#: The order in which kinds are shown, and how many of each at most.
MOST_OF: Final = {
    SuggestionKind.PERSON: 5,
    SuggestionKind.SECTION: 2,
    SuggestionKind.COLUMN: 2,
    SuggestionKind.WORD: 3,
    SuggestionKind.HEADLINE: 4,
}
_FACET_OF_KIND: Final = {
    SuggestionKind.PERSON: "person",
    SuggestionKind.SECTION: "section",
    SuggestionKind.COLUMN: "column",
}
#: How many entries of a kind are looked at in each segment, the weightiest first.
LOOKED_AT: Final = 12
#: Of a longer text no names are sought that differ from it in a character.
LONGEST_NAME: Final = 12

Found = tuple[SuggestionKind, str, str]  # kind, text, value


def _spelling(segment: Segment, at: int) -> bytes:
    starts = segment.columns["spelling_starts"]
    return segment.columns["spelling"][starts[at] : starts[at + 1]].tobytes()


def _stretch(segment: Segment, key: bytes) -> tuple[int, int]:
    """The entries whose spelling begins with ``key``."""
    count = len(segment.columns["spelling_kind"])

    def first(bound: bytes) -> int:
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            if _spelling(segment, middle) < bound:
                low = middle + 1
            else:
                high = middle
        return low

    return first(key), first(key + b"\xff")


def _entries(snapshot: Snapshot, key: bytes) -> Iterator[tuple[SuggestionKind, Segment, int, int, int]]:
    """Kind, segment, index, weight and the document's number (of headlines; -1 otherwise) of what begins so."""
    for base, segment in zip(snapshot.bases.tolist(), snapshot.segments, strict=False):
        begin, end = _stretch(segment, key)
        kinds = segment.columns["spelling_kind"][begin:end]
        weights = segment.columns["spelling_weight"][begin:end]
        indices = segment.columns["spelling_index"][begin:end]
        for number, kind in enumerate(KINDS):
            here = np.flatnonzero(kinds == number)
            if kind is SuggestionKind.HEADLINE:
                here = here[snapshot.alive[indices[here] + base]]
            if len(here) > LOOKED_AT * 2:  # an entry may stand there in two spellings
                here = here[np.argpartition(-weights[here], LOOKED_AT * 2)[: LOOKED_AT * 2]]
            for place in here.tolist():
                index = int(indices[place])
                document = index + base if kind is SuggestionKind.HEADLINE else -1
                yield kind, segment, index, int(weights[place]), document


def _named(segment: Segment, kind: SuggestionKind, index: int) -> Found:
    if facet := _FACET_OF_KIND.get(kind):
        own = value(segment.columns, facet, index)
        return kind, own.name, own.slug
    if kind is SuggestionKind.HEADLINE:
        return kind, segment.title(index), segment.key(index)
    word = unpack(segment.columns, "word", index)
    return kind, word, word


def suggest(snapshot: Snapshot, prefix: str, limit: int) -> tuple[Suggestion, ...]:
    """What may be about to be typed: the most frequent people and words, the newest headlines."""
    key = typed(prefix).encode()
    if not key:
        return ()
    weights: dict[Found, int] = {}
    for kind, segment, index, weight, _ in _entries(snapshot, key):
        found = _named(segment, kind, index)
        weights[found] = max(weights.get(found, 0), weight)
    ranked = sorted(weights, key=lambda found: (-weights[found], found))
    shown: list[Suggestion] = []
    texts: set[str] = set()
    for kind, most in MOST_OF.items():
        taken = 0
        for found in (candidate for candidate in ranked if candidate[0] is kind):
            if taken == most:
                break
            if kind is SuggestionKind.WORD and fold(found[1]) in texts:
                continue
            if count := _count(snapshot, found):
                shown.append(Suggestion(kind, found[1], found[2], count))
                texts.add(fold(found[1]))
                taken += 1
    return tuple(shown[:limit])


def _count(snapshot: Snapshot, found: Found) -> int:
    """How many documents have it now, deleted ones left out."""
    kind, text, value = found
    if kind is SuggestionKind.HEADLINE:
        return 1
    if facet := _FACET_OF_KIND.get(kind):
        column = snapshot.facet(facet)
        code = column.code_of(value)
        return 0 if code is None else int(snapshot.value_counts(facet)[code])
    return len(Matcher(snapshot).literal(Literal(text)))


def _one_other(folded: str) -> bytes:
    """A pattern of the names that have another character in one place of ``folded``."""
    any_character = rb"(?:[\x20-\x7f]|[\xc0-\xff][\x80-\xbf]+)"
    characters = [re.escape(character.encode()) for character in folded]
    ways = [
        b"".join([*characters[:place], any_character, *characters[place + 1 :]])
        for place in range(len(characters))
    ]
    return rb"^(?:%s)$" % b"|".join(ways)


def other_spellings(snapshot: Snapshot, text: str, limit: int) -> tuple[str, ...]:
    """Names and words that are read like ``text``, or names that differ from it in one character."""
    folded = fold(text)
    if not folded:
        return ()
    weights: dict[Found, int] = {}
    for way in ways_to_type(folded):
        key = typed(way).encode()
        for kind, segment, index, weight, _ in _entries(snapshot, key):
            if kind is SuggestionKind.HEADLINE:
                continue
            found = _named(segment, kind, index)
            if key in {typed(other).encode() for other in ways_to_type(fold(found[1]))} and len(key) > 2:
                weights[found] = max(weights.get(found, 0), weight * 2)
    counts = snapshot.value_counts("person")
    for segment in snapshot.segments if 1 < len(folded) <= LONGEST_NAME else ():
        for number in values_matching(segment.columns, "person", _one_other(folded)).tolist():
            person = value(segment.columns, "person", number)
            code = snapshot.facet("person").code_of(person.slug)
            count = int(counts[code]) if code is not None else 0
            weights.setdefault((SuggestionKind.PERSON, person.name, person.slug), count)
    ranked = sorted(weights, key=lambda found: (-weights[found], found))
    alive = (found[1] for found in ranked if fold(found[1]) != folded and _count(snapshot, found))
    return tuple(dict.fromkeys(alive))[:limit]
