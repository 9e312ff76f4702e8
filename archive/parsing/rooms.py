"""How wide the column was that a line was set in, from what stands on the line and what did not fit any more.

A line is broken where the next character (with the marks that may not begin a line, 避头尾) would not have fitted. So a
full line of width W followed by a unit of width u was set in a room between W and W + u. Marks may be squeezed by half
an em, one em in all. A paragraph's first line had two em less room than the lines below it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from archive.parsing.lines import Line, width_of

#: From (included) and to (excluded), in em.
Room = tuple[float, float]

_SQUEEZED = frozenset("，。、；：？！）》」』”’〉】（《「『“‘,;:")
_UNIT = re.compile(
    r"[“‘《（(「『【]*(?:[0-9A-Za-z０-９]+(?:[.,．][0-9]+)*[%％]?|——|……|.)[，。、；：？！）》」』”’…〉】,.;:!?)%％]*"
)
_ANY: Room = (0.0, math.inf)


class Rooms:
    """The rooms of a page's lines, worked out when asked for.

    ``of(place)`` is what the line at ``place`` and the one after it say of the room it was set in, if it was full.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._known: dict[int, Room] = {}

    def of(self, place: int) -> Room:
        room = self._known.get(place)
        if room is None:
            room = self._known[place] = self._worked_out(place)
        return room

    def _worked_out(self, place: int) -> Room:
        line = self._lines[place]
        text, width = line.text, line.width
        least = width - (_give(text) if text[-1] in _SQUEEZED else 0.0)
        if place + 1 >= len(self._lines):
            return least, math.inf
        found = _UNIT.match(self._lines[place + 1].text)
        unit = found.group() if found else self._lines[place + 1].text[0]
        more = width + width_of(unit)
        if unit[-1] in _SQUEEZED:
            more -= _give(text + unit)
        return least, more

    def column(self, places: Iterable[int], most: int = 8) -> float:
        """The room in which all these full lines can have been set, nearest first; 0 when nothing is known."""
        low, high = _ANY
        known = 0
        for place in places:
            least, more = self._known.get(place) or self.of(place)
            if least < low:
                least = low
            if more > high:
                more = high
            if least < more:
                low, high = least, more
                known += 1
            if known >= most:
                break
        if not known:
            return 0.0
        whole = math.ceil(low - 0.01)
        return float(whole) if whole < high else (low + min(high, low + 1)) / 2

    def may_be(self, place: int, room: float, slack: float) -> bool:
        """Whether the line can have been a full line in this room."""
        least, more = self.of(place)
        return least - slack <= room < more + slack


def _give(text: str) -> float:
    """How far the marks of a line can be squeezed, in em."""
    count = 0
    for character in text:
        if character in _SQUEEZED:
            count += 1
            if count == 2:
                return 1.0
    return 0.5 * count
