"""Traits of lines: what its characters let a line be at all, a bit each.

They are found for all lines of a page at once, so that few lines are held against the patterns that tell marks: each of
these needs a character of some class, anywhere or at the line's beginning or end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from archive.parsing import formulas
from archive.parsing.words import CLINGING, CLOSERS, CLOSING, HALF_CLOSING, SQUEEZED

_INSIDE = (
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
#: The line has a character of the class.
TELLS, FILES, AGENCIES, SIGNS, EDITS, PROMOTES, CREDITS, PAUSES, STOP, FIGURE = (
    1 << number for number in range(len(_INSIDE))
)
#: … or a private-use, Kangxi-radical or replacement character, which extraction leaves where it knows no better.
ODD = 1 << len(_INSIDE)
_ODD = ((0x2E80, 0x2FDF), (0xE000, 0xF8FF), (0xFFFD, 0xFFFD), (0xF0000, 0x10FFFF))
ODD_CHARACTER = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _ODD)}]")

#: Its first character tells marks; its last one does, ends something, can be squeezed; it begins with a Han character
#: to which no mark clings.
TELLS_FIRST, TELLS_LAST, ENDS, SQUEEZES, ONE_HAN = (1 << number for number in range(ODD.bit_length(), 16))
_CLINGS = 1

#: Beyond the basic plane: other characters, and private use from U+F0000 on.
_BEYOND, _PRIVATE = 0x10000, 0x10001

Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]
Places = np.ndarray[tuple[int], np.dtype[np.intp]]


def _table(
    classes: dict[int, Iterable[str]], ranges: dict[int, tuple[tuple[int, int], ...]]
) -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    """For each code point the traits that it gives: small numbers, as tables should stay in the processor's cache."""
    table = np.zeros(_PRIVATE + 1, np.uint16)
    for trait, characters in classes.items():
        for character in characters:
            table[ord(character)] |= trait
    for trait, stretches in ranges.items():
        for first, last in stretches:
            table[first : last + 1] |= trait
    return table


_ANYWHERE = _table(
    {1 << number: characters for number, characters in enumerate(_INSIDE)},
    {ODD: tuple((min(first, _PRIVATE), min(last, _PRIVATE)) for first, last in _ODD)},
)
_FIRST = _table({TELLS_FIRST: formulas.TELLING_FIRST}, {ONE_HAN: ((0x3400, 0x9FFF),)})
_SECOND = _table({_CLINGS: CLINGING}, {})
_LAST = _table(
    {TELLS_LAST: formulas.CREDIT_LAST, ENDS: CLOSING | CLOSERS | HALF_CLOSING, SQUEEZES: SQUEEZED}, {}
)


def traits_of(codes: Codes, starts: Places, ends: Places) -> list[int]:
    """The traits of lines, given their visible characters' code points.

    Line n has those from ``starts[n]`` to ``ends[n]`` (excluded), where a line feed stands. None is empty.
    """
    if codes.max() >= _BEYOND:
        codes = np.where(codes < _BEYOND, codes, np.where(codes < 0xF0000, _BEYOND, _PRIVATE)).astype(
            np.uint32
        )
    found = np.bitwise_or.reduceat(_ANYWHERE.take(codes), starts)
    found |= _FIRST.take(codes.take(starts))
    found |= _LAST.take(codes.take(ends - 1))
    clings = _SECOND.take(codes.take(starts + 1)).astype(np.bool_)
    found[clings] &= ~np.uint16(ONE_HAN)
    return found.tolist()  # type: ignore[no-any-return]
