"""More like this: a document's telling words, and the documents that share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from search.engines.whoosh.postings import Postings
from search.engines.whoosh.schema import WORD

if TYPE_CHECKING:
    from search.engines.whoosh.snapshot import Snapshot

#: How many words are kept of each document, and how many of them are looked for.
KEPT: Final = 16
ASKED: Final = 10
#: A segment smaller than this can't tell rare words from common ones; it keeps more of each document's.
TELLING: Final = 200
KEPT_OF_SMALL: Final = 40
#: Words that more than this part of all documents have say nothing.
COMMON: Final = 0.1
#: A similar document shares at least so many.
SHARED: Final = 2


def keywords(words: Postings, count: int) -> list[str]:
    """Of each of ``count`` documents the words of two or more characters with the greatest weight times rarity, a line
    each: word, space, weight. Kept when the segment is written, so that no reader needs the segmenter."""
    if not words.terms or words.weights is None:
        return [""] * count
    frequency = np.diff(words.starts)
    long_enough = np.fromiter((len(term) >= 4 for term in words.terms), bool, len(words.terms))
    rarity = np.log(1 + count / frequency) * long_enough
    term = np.repeat(np.arange(len(words.terms)), frequency)
    score = words.weights * rarity[term]
    order = np.lexsort((-score, words.ids))
    order = order[score[order] > 0]
    documents = words.ids[order]
    begins = np.searchsorted(documents, np.arange(count + 1))
    most = KEPT if count >= TELLING else KEPT_OF_SMALL
    found = []
    for begin, end in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        places = order[begin : min(end, begin + most)]
        pairs = zip(term[places].tolist(), words.weights[places].tolist(), strict=True)
        found.append("\n".join(f"{words.terms[number].decode()} {weight}" for number, weight in pairs))
    return found


def similar(snapshot: Snapshot, document: int, limit: int) -> list[int]:
    """The documents that share most of a document's telling words, most alike first."""
    segment, number = snapshot.place(document)
    rated: list[tuple[float, str]] = []
    for word, weight in segment.keywords(number).items():
        count = snapshot.document_count(WORD, word)
        if 1 < count <= max(10, COMMON * snapshot.size):
            rated.append((weight * float(np.log(1 + snapshot.size / count)), word))
    asked = sorted(rated, reverse=True)[:ASKED]
    if not asked or limit < 1:
        return []
    found = [snapshot.postings(WORD, word) for _rating, word in asked]
    ids = np.concatenate([own for own, _weights in found])
    weights = np.concatenate([own for _ids, own in found])
    ratings = np.repeat([rating for rating, _word in asked], [len(own) for own, _weights in found])
    score = np.bincount(ids, ratings * weights / (weights + 4), snapshot.size)
    score[document] = 0
    alike = np.flatnonzero((np.bincount(ids, minlength=snapshot.size) >= SHARED) & (score > 0))
    if len(alike) > limit:  # the others need not be put in order
        alike = alike[score[alike] >= np.partition(score[alike], -limit)[-limit]]
    best = alike[np.lexsort((snapshot.tie[alike], -score[alike]))][:limit]
    return [int(other) for other in best]
