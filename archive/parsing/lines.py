"""A dump's lines as the parser reads them: visible characters, width, what stood before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from archive.parsing.traits import ENDS, FEED, WIDTH, kinds_of, traits_of
from archive.parsing.words import CLOSERS, CLOSING, HALF_CLOSING


@dataclass(slots=True)
class Line:
    """A line with something visible on it; ``raw`` is ``dump line[start:end]``, ``text`` is raw without white space.

    A value that nobody changes. Freezing would make it take thrice as long to make, and it is what a page has most of.
    """

    number: int
    start: int
    end: int
    raw: str
    text: str
    width: float
    #: A blank line, or the page's edge, stands before it.
    after_blank: bool
    #: White space stands before its first character.
    indented: bool
    #: 两端对齐: justified with spaces between its characters.
    stretched: bool
    #: 2: ends a sentence (。), 1: may end a paragraph (： ； ”), 0: breaks off.
    closure: int
    #: Of which classes of characters it has any (``traits``).
    traits: int


def width_of(text: str) -> float:
    """Width in em of a text without white space: Han and full-width 1, Latin letters and figures ½.

    A character of n bytes in UTF-8 counts (1 + n) / 4, and no text is wider than all its characters at 1.
    """
    size = len(text)
    width = (size + len(text.encode("utf-8", "surrogatepass"))) / 4
    return width if width < size else float(size)


_BRACKETED_END = re.compile(r"[。！？!?…][”’」』）)〉》】\"'〗]*$")


def closure_of(text: str) -> int:
    """How far a line's last character ends something: 2 a sentence, 1 perhaps a paragraph, 0 nothing."""
    last = text[-1]
    if last in CLOSING or (last in CLOSERS and _BRACKETED_END.search(text)):
        return 2
    return 1 if last in CLOSERS or last in HALF_CLOSING else 0


def read(lines: Sequence[str], first: int = 1, last: int | None = None) -> list[Line]:
    """The visible lines among ``lines[first - 1 : last]``, numbered as in the dump."""
    found: list[Line] = []
    wanted = lines[first - 1 : last]
    below = -1  # the place right below the last visible line
    for place, size, width, traits in _measured(wanted):
        raw = text = wanted[place]
        start = 0
        stretched = False
        if size < len(raw):  # there is white space around it or in it
            raw = text = raw.strip()
            start = len(wanted[place]) - len(wanted[place].lstrip())
            if size < len(raw):
                parts = raw.split()
                text = "".join(parts)
                stretched = len(parts) > 4 and len(parts) * 2 > size
        found.append(
            Line(
                first + place,
                start,
                start + len(raw),
                raw,
                text,
                width,
                place != below,
                start > 0,
                stretched,
                closure_of(text) if traits & ENDS else 0,
                traits,
            )
        )
        below = place + 1
    _close_up(found)
    return found


def _close_up(lines: Sequence[Line]) -> None:
    """Take away what blanks say on a page that was set with a blank below every line: there only wider gaps tell."""
    joins = len(lines) - 1
    if joins < _SPACED_FROM or lines[-1].number - lines[0].number < 2 * joins * _SPACED:
        return
    gaps = [below.number - above.number - 1 for above, below in pairwise(lines)]
    broken = sum(not line.closure for line in lines)
    if sum(gap > 0 for gap in gaps) >= joins * _SPACED and broken > len(lines) * _BROKEN:
        for line, gap in zip(lines[1:], gaps, strict=True):
            line.after_blank = gap > 1


_SPACED_FROM = 24  # lines
_SPACED = 0.95  # of them with a blank below
_BROKEN = 0.6  # of them that break off, as lines that were wrapped do and paragraphs don't


def _measured(lines: Sequence[str]) -> Iterator[tuple[int, int, float, int]]:
    """The place of each line with something visible, how many of its characters are, ``width_of`` them, and its traits.

    Of all lines at once, which takes a third of the time that it takes line by line.
    """
    encoded = "\n".join([*lines, ""]).encode("utf-32-le", "surrogatepass")
    kinds = kinds_of(np.frombuffer(encoded, np.uint32))
    kinds = kinds[kinds != 0]  # what is visible, and the line feeds
    ends = (kinds == FEED).nonzero()[0]
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1] + 1
    visible = (starts < ends).nonzero()[0]
    if not len(visible):
        return zip((), (), (), (), strict=True)
    starts, ends = starts.take(visible), ends.take(visible)
    sizes = ends - starts
    widths = np.minimum(np.add.reduceat(kinds >> WIDTH, starts) / 4, sizes)
    return zip(visible.tolist(), sizes.tolist(), widths.tolist(), traits_of(kinds, starts, ends), strict=True)
