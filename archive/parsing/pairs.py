"""Pairs of neighbouring characters, by which texts are compared: how many they share says how near they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise

import numpy as np

_CHARACTER = 4  # bytes of a character in UTF-32


def pairs_of(text: str) -> Iterator[int]:
    """The pairs of characters that stand side by side in a text, not in their order, each as often as it stands.

    A pair is a number, its two code points side by side: numbers are made and looked up in half the time that strings
    of two characters take.
    """
    encoded = text.encode("utf-32-le", "surrogatepass")
    return chain(_halved(encoded), _halved(encoded[_CHARACTER:]))


def shared(one: str, other: str) -> float:
    """The share of the shorter text's pairs that the other has too, between 0 and 1."""
    left, right = set(pairs_of(one)), set(pairs_of(other))
    return len(left & right) / (min(len(left), len(right)) or 1)


def spoken(asked: frozenset[int], texts: Sequence[str]) -> list[frozenset[int]]:
    """For each text (without line breaks) those of the asked pairs that it has.

    Asked about a page's texts at once it takes a sixth of the time that looking up each of their pairs does: a table
    of hashes leaves few of them to be looked up.
    """
    if not asked:
        return [frozenset()] * len(texts)
    characters = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    table = np.zeros(_HASHES, np.bool_)
    wanted = np.fromiter(asked, np.uint64, len(asked)).view(np.uint32)
    table[_hashed(wanted[::2], wanted[1::2])] = True
    places = table.take(_hashed(characters[:-1], characters[1:])).nonzero()[0]
    found = (characters[places] | characters[places + 1].astype(np.uint64) << np.uint64(32)).tolist()
    starts = list(accumulate([len(text) + 1 for text in texts], initial=0))
    return [asked.intersection(found[a:b]) for a, b in pairwise(places.searchsorted(starts).tolist())]


_HASHES = 1 << 15  # a page's headings ask for a few hundred pairs

_Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]


def _hashed(first: _Codes, second: _Codes) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """Numbers below ``_HASHES``, which most pairs have to themselves: neighbours in the script lie far apart."""
    return (first * np.uint32(0x9E3779B1) ^ second * np.uint32(0x85EBCA77)) >> np.uint32(17)


def _halved(encoded: bytes) -> memoryview[int]:
    """Every two characters as one number; a last one alone is left out."""
    pair = 2 * _CHARACTER
    return memoryview(encoded[: len(encoded) // pair * pair]).cast("Q")
