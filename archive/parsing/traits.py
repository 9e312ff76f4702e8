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
#: What a character gives besides: a mark clings to the one before; a line feed; from the last bit on its width.
_CLINGS, FEED = ONE_HAN << 1, ONE_HAN << 2
WIDTH = FEED.bit_length()  # bits to the left of which a character's width stands

#: Beyond the basic plane: other characters, and private use from U+F0000 on.
_BEYOND, _PRIVATE = 0x10000, 0x10001

Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]
Places = np.ndarray[tuple[int], np.dtype[np.intp]]


def _table() -> Codes:
    """What each code point gives a line: the traits, and its width in quarters of an em. White space gives nothing.

    All of it is in one number, so that a page's characters are looked up once.
    """
    table = np.zeros(_PRIVATE + 1, np.uint32)
    classes: dict[int, Iterable[str]] = {1 << number: each for number, each in enumerate(_INSIDE)}
    classes |= {TELLS_FIRST: formulas.TELLING_FIRST, TELLS_LAST: formulas.CREDIT_LAST, _CLINGS: CLINGING}
    classes |= {ENDS: CLOSING | CLOSERS | HALF_CLOSING, SQUEEZES: SQUEEZED}
    for trait, characters in classes.items():
        table[list(map(ord, characters))] |= trait
    for first, last in _ODD:
        table[min(first, _PRIVATE) : min(last, _PRIVATE) + 1] |= ODD
    table[0x3400:0xA000] |= ONE_HAN
    quarters = np.full(_PRIVATE + 1, _quarters(_LAST_WHITE + 1), np.uint32)
    quarters[: _LAST_WHITE + 1] = list(map(_quarters, range(_LAST_WHITE + 1)))
    quarters[_BEYOND:] = _quarters(_BEYOND)
    table = np.where(quarters > 0, table | quarters << WIDTH, 0).astype(np.uint32)
    table[ord("\n")] = FEED
    return table


#: The ideographic space. What follows in the basic plane takes three bytes, and the rest four.
_LAST_WHITE = 0x3000


def _quarters(code: int) -> int:
    """How many quarters of an em a code point takes (``lines.width_of``); 0: white space."""
    character = chr(code)
    return 0 if character.isspace() else 1 + len(character.encode("utf-8", "surrogatepass"))


_TABLE = _table()
_ANYWHERE, _FIRST, _LAST = TELLS_FIRST - 1, TELLS_FIRST | ONE_HAN, TELLS_LAST | ENDS | SQUEEZES


def kinds_of(codes: Codes) -> Codes:
    """Of each of these code points the traits that it gives, and its width in quarters of an em from ``WIDTH`` on."""
    if codes.max(initial=0) >= _BEYOND:
        codes = np.where(codes < _BEYOND, codes, np.where(codes < 0xF0000, _BEYOND, _PRIVATE))
    return _TABLE.take(codes)


def traits_of(kinds: Codes, starts: Places, ends: Places) -> list[int]:
    """The traits of lines, given what kinds their visible characters are of.

    Line n has those from ``starts[n]`` to ``ends[n]`` (excluded), where a line feed stands. None is empty.
    """
    found = np.bitwise_or.reduceat(kinds, starts) & _ANYWHERE
    found |= kinds.take(starts) & _FIRST
    found |= kinds.take(ends - 1) & _LAST
    found &= ~((kinds.take(starts + 1) & _CLINGS) >> 1)  # no ONE_HAN
    return found.tolist()  # type: ignore[no-any-return]
