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


def runs(texts: Sequence[str], found: Postings, least: int, longest: int) -> tuple[Postings, int]:
    """The strings of three to ``longest`` characters whose two parts that are shorter by one character are both in
    ``least`` documents or more; and up to which length they are there: where texts repeat each other at length, no more
    than have room in as many entries as ``found`` has, the texts' ``grams``.

    Strings that are shorter than that are in ``found``; any other has a part that is in few documents, so that it is
    soon found by reading these. Each length is made from the one before: a string is two overlapping ones.
    """
    codes, documents = characters(texts)
    common = np.flatnonzero(np.diff(found.starts) >= least).tolist()
    # Those of the last length that are common, ascending; where they begin, and which of them does.
    known = [term for index in common if len(term := found.terms[index].decode()) == 2]
    places, numbers = _pairs(codes, known)
    terms: list[bytes] = []
    ids: list[NDArray[np.int32]] = []
    room = len(found.ids)
    for length in range(3, longest + 1):
        followed = np.flatnonzero(np.diff(places) == 1)
        if not len(followed):
            break
        places, both = places[followed], numbers[followed] * len(known) + numbers[followed + 1]
        keys = distinct_keys(both.astype(np.uint64) << np.uint64(DOCUMENT_BITS) | documents[places])
        room -= len(keys)
        if room < 0:
            longest = length - 1
            break
        strings = keys >> np.uint64(DOCUMENT_BITS)
        starts = starts_of(strings)
        made = strings[starts[:-1]].astype(np.int64)
        firsts, seconds = np.divmod(made, len(known))
        own = [known[a] + known[b][-1] for a, b in zip(firsts.tolist(), seconds.tolist(), strict=True)]
        terms += [string.encode() for string in own]
        ids += np.split((keys & np.uint64(MOST - 1)).astype(np.int32), starts[1:-1])
        is_common = np.diff(starts) >= least
        known = [own[number] for number in np.flatnonzero(is_common).tolist()]
        places, numbers = _those_in(places, both, made[is_common])
    order = sorted(range(len(terms)), key=terms.__getitem__)
    ordered = [ids[number] for number in order]
    postings = Postings(
        [terms[number] for number in order],
        np.cumsum([0, *map(len, ordered)]),
        np.concatenate([np.zeros(0, np.int32), *ordered]),
    )
    return postings, longest


def _pairs(codes: NDArray[np.uint32], pairs: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places in the texts where one of the pairs, ascending, begins, and which."""
    firsts, seconds = [ord(pair[0]) for pair in pairs], [ord(pair[1]) for pair in pairs]
    may_begin, may_end = np.zeros((2, 1 << CHARACTER_BITS), bool)
    may_begin[firsts] = may_end[seconds] = True
    places = np.flatnonzero(may_begin[codes[:-1]] & may_end[codes[1:]])
    both = codes[places].astype(np.int64) << CHARACTER_BITS | codes[places + 1]
    return _those_in(places, both, np.array(firsts, np.int64) << CHARACTER_BITS | np.array(seconds, np.int64))


def _those_in(
    places: NDArray[np.int64], keys: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places whose keys are in the ascending ``wanted``, and where there."""
    if not len(wanted):
        return places[:0], keys[:0]
    numbers = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
    there = wanted[numbers] == keys
    return places[there], numbers[there]
