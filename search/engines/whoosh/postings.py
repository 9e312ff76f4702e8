"""Rows → the postings of a segment, all of a field at once: numpy sorts millions of (term, document) pairs in the time
that Python takes for thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.rows import ZONES, Row
from search.engines.whoosh.schema import MAX_WEIGHT, ZONE_WEIGHT
from search.text import words_of_folded

#: A pair of characters and a document in 64 bits: 21 for each character, the rest for the document. Unicode ends below
#: 2**21; 0 as second character stands for a single one (folding drops U+0000).
_CHARACTER: Final = 21
_DOCUMENT: Final = 22
#: The most documents a segment can have.
MOST: Final = 1 << _DOCUMENT
_BREAK: Final = 10  # "\n" between texts: no pair reaches across


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms in the order of their bytes; term ``n`` is in the documents ``ids[starts[n]:starts[n + 1]]``, ascending."""

    terms: list[bytes]
    starts: NDArray[np.int64]
    ids: NDArray[np.int32]
    weights: NDArray[np.uint8] | None = None


def grams(texts: Sequence[str]) -> Postings:
    """Every character and pair of neighbouring characters of each document's texts, which are joined by line feeds."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    documents = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
    text = codes != _BREAK
    single = (codes << np.uint64(_CHARACTER + _DOCUMENT) | documents)[text]
    both = text[:-1] & text[1:]
    pairs = (
        codes[:-1] << np.uint64(_CHARACTER + _DOCUMENT) | codes[1:] << np.uint64(_DOCUMENT) | documents[:-1]
    )[both]
    del codes, documents, text, both
    keys = np.concatenate([single, pairs])
    del single, pairs
    keys.sort()
    if len(keys):
        keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    ids = (keys & np.uint64(MOST - 1)).astype(np.int32)
    keys >>= np.uint64(_DOCUMENT)
    starts = _starts(keys)
    first = (keys[starts[:-1]] >> np.uint64(_CHARACTER)).tolist()
    second = (keys[starts[:-1]] & np.uint64((1 << _CHARACTER) - 1)).tolist()
    # Code points, and so pairs of them, ascend like their UTF-8 bytes.
    terms = [(chr(a) + chr(b) if b else chr(a)).encode() for a, b in zip(first, second, strict=True)]
    return Postings(terms, starts, ids)


def _starts(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    if not len(keys):
        return np.zeros(1, np.int64)
    return np.concatenate([[0], np.flatnonzero(keys[1:] != keys[:-1]) + 1, [len(keys)]]).astype(np.int64)


def words(rows: Iterable[Row]) -> tuple[Postings, NDArray[np.float32]]:
    """The words of each row with their weights by zone, and how long each row is, in weighted words of the body."""
    numbers: dict[str, int] = {}
    term: list[int] = []
    document: list[int] = []
    weight: list[int] = []
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
        term += [numbers.setdefault(word, len(numbers)) for word in seen]
        weight += seen.values()
        document += [place] * len(seen)
    ordered = sorted((word.encode(), number) for word, number in numbers.items())
    rank = np.zeros(len(ordered), np.uint64)
    rank[[number for _, number in ordered]] = np.arange(len(ordered), dtype=np.uint64)
    keys = rank[np.array(term, np.int64)] << np.uint64(_DOCUMENT) | np.array(document, np.uint64)
    order = np.argsort(keys)
    keys = keys[order]
    ids = (keys & np.uint64(MOST - 1)).astype(np.int32)
    keys >>= np.uint64(_DOCUMENT)
    weights = np.minimum(np.array(weight, np.int64), MAX_WEIGHT).astype(np.uint8)[order]
    return Postings([word for word, _ in ordered], _starts(keys), ids, weights), np.array(lengths, np.float32)
