"""Lists of longer strings, for those that are made of common parts only: to find them by their parts would mean to read
most of the texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.postings import (
    CHARACTER_BITS,
    DOCUMENT_BITS,
    MOST,
    Postings,
    characters,
    distinct_keys,
    starts_of,
)


def runs(texts: Sequence[str], found: Postings, least: int, longest: int) -> Postings:
    """The strings of three to ``longest`` characters whose two parts that are shorter by one character are both in
    ``least`` documents or more. ``found`` are the texts' ``grams``.

    Strings that are shorter than that are in ``found``; any other has a part that is in few documents, so that it is
    soon found by reading these. Each length is made from the one before: a string is two overlapping ones.
    """
    codes, documents = characters(texts)
    common = np.flatnonzero(np.diff(found.starts) >= least).tolist()
    # Those of the last length that are common, ascending, and where each begins: its number, from 1.
    known = [term for index in common if len(term := found.terms[index].decode()) == 2]
    at = _pairs_at(codes, known)
    terms: list[bytes] = []
    ids: list[NDArray[np.int32]] = []
    for _ in range(3, longest + 1):
        places = np.flatnonzero((at[:-1] > 0) & (at[1:] > 0))
        both = at[places].astype(np.uint64) * np.uint64(len(known) + 1) + at[places + 1].astype(np.uint64)
        if not len(places):
            break
        keys = distinct_keys(both << np.uint64(DOCUMENT_BITS) | documents[places])
        strings = keys >> np.uint64(DOCUMENT_BITS)
        starts = starts_of(strings)
        numbers = strings[starts[:-1]]
        firsts, seconds = np.divmod(numbers.astype(np.int64), len(known) + 1)
        made = [
            known[a - 1] + known[b - 1][-1] for a, b in zip(firsts.tolist(), seconds.tolist(), strict=True)
        ]
        terms += [string.encode() for string in made]
        ids += np.split((keys & np.uint64(MOST - 1)).astype(np.int32), starts[1:-1])
        common = np.flatnonzero(np.diff(starts) >= least).tolist()
        known = [made[number] for number in common]
        at = np.zeros(len(codes), np.int32)
        at[places] = _numbered(both, numbers[common])
    order = sorted(range(len(terms)), key=terms.__getitem__)
    ordered = [ids[number] for number in order]
    return Postings(
        [terms[number] for number in order],
        np.cumsum([0, *map(len, ordered)]),
        np.concatenate([np.zeros(0, np.int32), *ordered]),
    )


def _pairs_at(codes: NDArray[np.uint32], pairs: Sequence[str]) -> NDArray[np.int32]:
    """Which of the pairs, ascending and counted from 1, begins at each character; 0 for none."""
    firsts, seconds = [ord(pair[0]) for pair in pairs], [ord(pair[1]) for pair in pairs]
    may_begin, may_end = np.zeros((2, 1 << CHARACTER_BITS), bool)
    may_begin[firsts] = may_end[seconds] = True
    places = np.flatnonzero(may_begin[codes[:-1]] & may_end[codes[1:]])
    wanted = np.array(firsts, np.uint64) << np.uint64(CHARACTER_BITS) | np.array(seconds, np.uint64)
    both = codes[places].astype(np.uint64) << np.uint64(CHARACTER_BITS) | codes[places + 1]
    at = np.zeros(len(codes), np.int32)
    at[places] = _numbered(both, wanted)
    return at


def _numbered(keys: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> NDArray[np.int32]:
    """The place of each key in the ascending ``wanted``, counted from 1; 0 where it is not there."""
    if not len(wanted):
        return np.zeros(len(keys), np.int32)
    places = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
    return np.where(wanted[places] == keys, places + 1, 0).astype(np.int32)
