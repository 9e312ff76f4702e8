"""Pairs of neighbouring characters, by which texts are compared: how many they share says how near they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

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


def _halved(encoded: bytes) -> memoryview[int]:
    """Every two characters as one number; a last one alone is left out."""
    pair = 2 * _CHARACTER
    return memoryview(encoded[: len(encoded) // pair * pair]).cast("Q")
