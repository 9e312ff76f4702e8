"""Traits of lines: of which classes of characters a line has any, a bit each.

They are found for all lines of a page at once, so that few lines are held against the patterns that tell marks: each of
these needs a character of some class.
"""

from __future__ import annotations

import numpy as np

from archive.parsing import formulas

_CLASSES = (
    formulas.TELLING,
    formulas.FILES,
    formulas.AGENCIES,
    formulas.SIGNS,
    formulas.EDITS,
    formulas.PROMOTES,
    formulas.CREDITS,
    "，,、。；;",
    "。",
    "0123456789",
)
TELLS, FILES, AGENCIES, SIGNS, EDITS, PROMOTES, CREDITS, PAUSES, STOP, FIGURE = (
    1 << number for number in range(len(_CLASSES))
)
#: Private-use, Kangxi-radical and replacement characters, which extraction leaves where it knows no better.
ODD = 1 << len(_CLASSES)
_ODD = ((0x2E80, 0x2FDF), (0xE000, 0xF8FF), (0xFFFD, 0xFFFD))

#: Beyond the basic plane: other characters, and private use from U+F0000 on.
_BEYOND, _PRIVATE = 0x10000, 0x10001

Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]


def _table() -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    table = np.zeros(_PRIVATE + 1, np.uint16)
    for number, characters in enumerate(_CLASSES):
        for character in characters:
            table[ord(character)] |= 1 << number
    for first, last in _ODD:
        table[first : last + 1] |= ODD
    table[_PRIVATE] = ODD
    return table


_TRAITS = _table()


def traits_of(codes: Codes, starts: np.ndarray[tuple[int], np.dtype[np.intp]]) -> list[int]:
    """The traits of each of the texts that begin at ``starts`` among these code points, none of which is empty."""
    if codes.max() >= _BEYOND:
        codes = np.where(codes < _BEYOND, codes, np.where(codes < 0xF0000, _BEYOND, _PRIVATE))
    return np.bitwise_or.reduceat(_TRAITS.take(codes), starts).tolist()  # type: ignore[no-any-return]
