"""How wide the column was that a line was set in, from what stands on the line and what did not fit any more.

A line is broken where the next character (with the marks that may not begin a line, 避头尾) would not have fitted. So a
full line of width W followed by a unit of width u was set in a room between W and W + u. Marks may be squeezed by half
an em, one em in all. A paragraph's first line had two em less room than the lines below it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from archive.parsing.lines import Line, width_of
from archive.parsing.traits import ONE_HAN, SQUEEZES
from archive.parsing.words import CLINGING, SQUEEZED

#: From (included) and to (excluded), in em.
Room = tuple[float, float]

_SQUEEZABLE = re.compile(f"[{re.escape(''.join(sorted(SQUEEZED)))}]")
_UNIT = re.compile(rf"[“‘《（(「『【]*(?:[0-9A-Za-z０-９]+(?:[.,．][0-9]+)*[%％]?|——|……|.)[{CLINGING}]*")
_ANY: Room = (0.0, math.inf)
#: How many full lines tell a column, and how far above or below a line they are looked for.
_ENOUGH, _FAR = 8, 14


class Rooms:
    """The rooms of a page's lines, and the columns that they make.

    ``of(place)`` is what the line at ``place`` and the one after it say of the room it was set in, if it was full.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._rooms = _rooms(lines)
        # Full lines without those after a sentence's end, which may be a paragraph's first and then say nothing of the
        # whole column; and the ends of paragraphs that a blank or an indent below them shows.
        self._fulls: list[int] = []
        self._stops: list[int] = []
        closure = 0
        for place, line in enumerate(lines):
            if closure and (line.after_blank or line.indented):
                self._stops.append(place - 1)
            if not line.closure and closure < 2:
                self._fulls.append(place)
            closure = line.closure
        self._below: dict[int, float] = {}

    def of(self, place: int) -> Room:
        return self._rooms[place]

    def column(self, places: Iterable[int]) -> float:
        """The room in which all these full lines can have been set, nearest first; 0 when nothing is known."""
        low, high = _ANY
        known = 0
        rooms = self._rooms
        for place in places:
            least, more = rooms[place]
            if least < low:
                least = low
            if more > high:
                more = high
            if least < more:
                low, high = least, more
                known += 1
                if known == _ENOUGH:
                    break
        if not known:
            return 0.0
        whole = math.ceil(low - 0.01)
        return float(whole) if whole < high else (low + min(high, low + 1)) / 2

    def above(self, place: int) -> float:
        """The column of the full lines in the paragraphs above the line at ``place``."""
        return self.column(self._full_above(place))

    def _full_above(self, place: int) -> list[int]:
        lines = self._lines
        return [
            above
            for above in range(place - 1, max(-1, place - _FAR), -1)
            if lines[above].closure == 0 and not lines[above + 1].indented
        ]

    def around(self, place: int, below: int) -> float:
        """The column of the full lines below ``below``, narrowed down by those above the line at ``place``.

        0 where nothing below tells a column: lines of another column don't agree with it and say nothing.
        """
        fulls = self._full_below(below)
        return self.column([*fulls, *self._full_above(place)]) if fulls else 0.0

    def below(self, place: int) -> float:
        """The column of the full lines below the line at ``place``, as far as its paragraph may reach."""
        column = self._below.get(place)
        if column is None:
            column = self._below[place] = self.column(self._full_below(place))
        return column

    def _full_below(self, start: int) -> list[int]:
        fulls, stops = self._fulls, self._stops
        stop = bisect_right(stops, start)
        end = min(start + _FAR, len(self._lines) - 1, *stops[stop : stop + 1])
        found = fulls[bisect_right(fulls, start) : bisect_left(fulls, end)]
        if start + 1 < end and self._lines[start + 1].closure == 0 and self._lines[start].closure == 2:
            found.insert(0, start + 1)
        return found

    def may_be(self, place: int, room: float, slack: float) -> bool:
        """Whether the line can have been a full line in this room."""
        least, more = self._rooms[place]
        return least - slack <= room < more + slack


def _rooms(lines: Sequence[Line]) -> list[Room]:
    found: list[Room] = []
    for line, below in pairwise(lines):
        width = line.width
        least = width - _give(line.text) if line.traits & SQUEEZES else width
        if below.traits & ONE_HAN:
            found.append((least, width + 1.0))  # what most lines begin with
            continue
        following = below.text
        match = _UNIT.match(following)
        unit = match.group() if match else following[0]
        # A mark at the unit's end might have been squeezed, but need not have been.
        found.append((least, width + width_of(unit)))
    for line in lines[-1:]:
        least = line.width - _give(line.text) if line.traits & SQUEEZES else line.width
        found.append((least, math.inf))
    return found


def _give(text: str) -> float:
    """How far the marks of a line that ends on one can be squeezed, in em."""
    return 1.0 if _SQUEEZABLE.search(text, 0, len(text) - 1) else 0.5
