"""Rows → the postings of a segment, all of a field at once: numpy sorts millions of (term, document) pairs in the time
that Python takes for thousands."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.rows import ZONES, Row
from search.engines.whoosh.schema import MAX_WEIGHT, ZONE_WEIGHT
from search.text import words_of_folded

#: A pair of characters and a document in 64 bits: 21 for each character, the rest for the document. Unicode ends below
#: 2**21; 0 as second character stands for a single one (folding drops U+0000).
CHARACTER_BITS: Final = 21
DOCUMENT_BITS: Final = 22
#: The most documents a segment can have.
MOST: Final = 1 << DOCUMENT_BITS
_BREAK: Final = 10  # "\n" between texts: no pair reaches across


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms in the order of their bytes; term ``n`` is in the documents ``ids[starts[n]:starts[n + 1]]``, ascending."""

    terms: list[bytes]
    starts: NDArray[np.int64]
    ids: NDArray[np.int32]
    weights: NDArray[np.uint8] | None = None


#: Characters of which the pairs are sorted at once: bounds the memory that takes, some 70 bytes a character.
AT_ONCE: Final = 4_000_000


def grams(texts: Sequence[str]) -> Postings:
    """Every character and pair of neighbouring characters of each document's texts, which are joined by line feeds."""
    codes, documents = characters(texts)
    terms: list[bytes] = []
    ids: list[NDArray[np.int32]] = [np.zeros(0, np.int32)]
    starts: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    done = 0
    bounds = _bounds(codes)
    for low, high in pairwise(bounds):
        keys = _keys(codes, documents, low, high)
        here = (keys & np.uint64(MOST - 1)).astype(np.int32)
        keys >>= np.uint64(DOCUMENT_BITS)
        begins = starts_of(keys)
        first = (keys[begins[:-1]] >> np.uint64(CHARACTER_BITS)).tolist()
        second = (keys[begins[:-1]] & np.uint64((1 << CHARACTER_BITS) - 1)).tolist()
        # Code points, and so pairs of them, ascend like their UTF-8 bytes.
        terms += [(chr(a) + chr(b) if b else chr(a)).encode() for a, b in zip(first, second, strict=True)]
        ids.append(here)
        starts.append(begins[1:] + done)
        done += len(here)
    return Postings(terms, np.concatenate(starts), np.concatenate(ids))


def characters(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The characters of all texts, a line feed after each text, and the document of each."""
    codes = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le"), np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    return codes, np.repeat(np.arange(len(texts), dtype=np.uint32), lengths)


def _bounds(codes: NDArray[np.uint32]) -> list[int]:
    """First characters that part the texts' characters into stretches of some ``AT_ONCE``."""
    parts = len(codes) // AT_ONCE + 1
    inner = (
        np.quantile(codes[::97], np.linspace(0, 1, parts + 1)[1:-1]).astype(np.int64).tolist()
        if parts > 1
        else []
    )
    return [0, *sorted(set(inner)), 1 << CHARACTER_BITS]


def _keys(
    codes: NDArray[np.uint32], documents: NDArray[np.uint32], low: int, high: int
) -> NDArray[np.uint64]:
    """The characters from ``low`` to ``high`` and the pairs that begin with one, each with its document; ascending and
    distinct."""
    places = np.flatnonzero((codes >= low) & (codes < high) & (codes != _BREAK))
    single = codes[places].astype(np.uint64) << np.uint64(CHARACTER_BITS + DOCUMENT_BITS)
    single |= documents[places]
    after = codes[np.minimum(places + 1, len(codes) - 1)].astype(np.uint64)
    pairs = (single | after << np.uint64(DOCUMENT_BITS))[after != _BREAK]
    keys = np.concatenate([single, pairs])
    del single, pairs, after, places
    return distinct_keys(keys)


def distinct_keys(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The keys ascending, each once. They are sorted where they are: ``np.unique`` takes ten times as long."""
    keys.sort()
    if not len(keys):
        return keys
    distinct: NDArray[np.uint64] = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    return distinct


def starts_of(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each of the ascending keys begins, and their end."""
    if not len(keys):
        return np.zeros(1, np.int64)
    return np.concatenate([[0], np.flatnonzero(keys[1:] != keys[:-1]) + 1, [len(keys)]]).astype(np.int64)


#: In segments of so many documents, words that only one of them has are left out: they would fill the dictionary, and
#: hits that are few are weighed by reading them anyway.
MANY_DOCUMENTS: Final = 1000


def words(rows: Sequence[Row]) -> tuple[Postings, NDArray[np.float32]]:
    """The words of each row with their weights by zone, and how long each row is, in weighted words of the body."""
    numbers: dict[str, int] = {}
    term, document, weight = array("i"), array("i"), array("i")
    lengths: list[int] = []
    for place, row in enumerate(rows):
        seen: dict[str, int] = {}
        length = 0
        for zone, texts in zip(ZONES, row.texts, strict=True):
            heavy = ZONE_WEIGHT[zone]
            for text in texts:
                found = words_of_folded(text)
                length += len(found)
                for word in found:
                    seen[word] = seen.get(word, 0) + heavy
        lengths.append(length)
        term.extend([numbers.setdefault(word, len(numbers)) for word in seen])
        weight.extend(seen.values())
        document.extend([place] * len(seen))
    numbered = np.frombuffer(term, np.int32)
    frequency = np.bincount(numbered, minlength=len(numbers))
    least = 2 if len(rows) >= MANY_DOCUMENTS else 1
    ordered = sorted(
        (word.encode(), number) for word, number in numbers.items() if frequency[number] >= least
    )
    rank = np.zeros(len(numbers), np.uint64)
    rank[[number for _, number in ordered]] = np.arange(len(ordered), dtype=np.uint64)
    kept = frequency[numbered] >= least
    keys = rank[numbered[kept]] << np.uint64(DOCUMENT_BITS) | np.frombuffer(document, np.uint32)[kept]
    order = np.argsort(keys)
    keys = keys[order]
    ids = (keys & np.uint64(MOST - 1)).astype(np.int32)
    keys >>= np.uint64(DOCUMENT_BITS)
    weights = np.minimum(np.frombuffer(weight, np.int32), MAX_WEIGHT).astype(np.uint8)[kept][order]
    return Postings([word for word, _ in ordered], starts_of(keys), ids, weights), np.array(
        lengths, np.float32
    )
