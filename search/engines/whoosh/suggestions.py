"""What may be suggested, sorted by how it may be typed: a prefix is one stretch of the list, found by halving.

Each segment has its own list; the snapshot adds up what several of them say of one person or word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from search.documents import Named
from search.engines.base import SuggestionKind
from search.engines.whoosh.arrays import Array, pack
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.rows import Row
from search.suggest import spellings
from search.text import fold

#: The kinds as numbers, and the facet whose table an index points into.
KINDS: Final = tuple(SuggestionKind)
_FACET_KINDS: Final = {
    "person": SuggestionKind.PERSON,
    "section": SuggestionKind.SECTION,
    "column": SuggestionKind.COLUMN,
}

#: The most frequent words of a segment that are suggested, and how many documents must have one.
WORDS: Final = 5000
LEAST_DOCUMENTS: Final = 3
#: How much of a headline can be typed before it is no longer suggested.
HEADLINE: Final = 12


def suggestion_arrays(
    rows: Sequence[Row],
    values: Mapping[str, Sequence[Named]],
    columns: Mapping[str, Array],
    found: Postings,
) -> dict[str, Array]:
    """Spellings in the order of their bytes with what they stand for: its kind, its number (in the facet's table, among
    the documents, among ``word``) and its weight (documents; of a headline its day)."""
    entries: list[tuple[bytes, int, int, int]] = []

    def add(kind: SuggestionKind, index: int, weight: int, ways: Sequence[str]) -> None:
        entries.extend((way.encode(), KINDS.index(kind), index, weight) for way in ways)

    for facet, kind in _FACET_KINDS.items():
        counts = np.bincount(columns[facet], minlength=len(values[facet])).tolist()
        for code, own in enumerate(values[facet]):
            if own.slug:
                folded = fold(own.name)
                ways = (folded, *map(fold, own.forms)) if own.forms else spellings(folded)
                add(kind, code, counts[code], ways)
    for place, row in enumerate(rows):
        if row.texts[0]:
            add(SuggestionKind.HEADLINE, place, row.day, spellings(row.texts[0][0][:HEADLINE]))
    frequent = _frequent(found)
    for index, (word, count) in enumerate(frequent):
        add(SuggestionKind.WORD, index, count, spellings(word.decode()))
    entries.sort()
    return {
        **pack("spelling", [text for text, *_ in entries]),
        "spelling_kind": np.array([kind for _, kind, _, _ in entries], np.uint8),
        "spelling_index": np.array([index for _, _, index, _ in entries], np.int32),
        "spelling_weight": np.array([weight for *_, weight in entries], np.int32),
        **pack("word", [word for word, _ in frequent]),
    }


def _frequent(found: Postings) -> list[tuple[bytes, int]]:
    counts = np.diff(found.starts)
    lengths = np.fromiter((len(term) for term in found.terms), np.int64, len(found.terms))
    worth = np.flatnonzero((counts >= LEAST_DOCUMENTS) & (lengths >= 6))  # two Chinese characters
    most = worth[np.argsort(-counts[worth], kind="stable")[:WORDS]].tolist()
    return [(found.terms[index], int(counts[index])) for index in most]
