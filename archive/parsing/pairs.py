"""Pairs of neighbouring characters, by which texts are compared: how many they share says how near they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

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


class Asked(NamedTuple):
    """The different pairs of several texts: all of them, ascending; and of each pair in a text these two's places."""

    pairs: Pairs
    text: Places
    pair: Places


def asked_by(texts: Sequence[str]) -> Asked:
    """The pairs of each of the texts (without line breaks). A space parts words: no pair goes across it."""
    characters = _codes(texts)
    inside = (characters != ord("\n")) & (characters != ord(" "))
    places = (inside[:-1] & inside[1:]).nonzero()[0]
    each = pairs_at(characters, places)
    pairs = np.sort(each)
    new = np.ones_like(pairs, np.bool_)
    new[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[new]
    said = np.zeros((len(texts), len(pairs)), np.bool_)
    said[np.cumsum(characters == ord("\n")).take(places), pairs.searchsorted(each)] = True
    return Asked(pairs, *said.nonzero())


def spoken(asked: Pairs, texts: Sequence[str]) -> Spoken:
    """Which of the asked pairs (rows, ascending) each of the texts has (columns).

    Asked about a page's texts at once it takes a third of the time that looking up each of their pairs does: a table
    of hashes leaves few of them to be looked up.
    """
    found = np.zeros((len(asked), len(texts)), np.bool_)
    if not len(asked):
        return found
    characters = _codes(texts)
    table = np.zeros(_HASHES, np.bool_)
    wanted = asked.view(np.uint32)
    table[hashed(wanted[::2], wanted[1::2])] = True
    places = table.take(hashed(characters[:-1], characters[1:])).nonzero()[0]
    pairs = pairs_at(characters, places)
    rows = asked.searchsorted(pairs)
    told = asked.take(rows, mode="clip") == pairs
    ends = np.cumsum([len(text) + 1 for text in texts])
    found[rows[told], ends.searchsorted(places[told], side="right")] = True
    return found


_HASHES = 1 << 15  # a page's headings ask for a few hundred pairs

Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]
Pairs = np.ndarray[tuple[int], np.dtype[np.uint64]]
Places = np.ndarray[tuple[int], np.dtype[np.intp]]
Spoken = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def _codes(texts: Sequence[str]) -> Codes:
    """The code points of the texts, a line feed after each."""
    return np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)


def pairs_at(characters: Codes, places: Places) -> Pairs:
    """The pairs that begin at these places."""
    return characters.take(places) | characters.take(places + 1).astype(np.uint64) << np.uint64(32)


def hashed(first: Codes, second: Codes) -> Codes:
    """Numbers below ``_HASHES``, which most pairs have to themselves: neighbours in the script lie far apart."""
    return (first * np.uint32(0x9E3779B1) ^ second * np.uint32(0x85EBCA77)) >> np.uint32(17)


def _halved(encoded: bytes) -> memoryview[int]:
    """Every two characters as one number; a last one alone is left out."""
    pair = 2 * _CHARACTER
    return memoryview(encoded[: len(encoded) // pair * pair]).cast("Q")
