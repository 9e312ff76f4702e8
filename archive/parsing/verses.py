"""Poems: below a heading and the author's name, short lines that break off before a column would end."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archive.parsing.lines import Line
from archive.parsing.traits import FIGURE, PAUSES, STOP

_WIDEST = 18.0  # em
_LEAST = 4  # lines
#: The share of verses that have no mark in them: of lines of prose, hardly half as many have none.
_UNMARKED = 0.6


def verses(
    lines: Sequence[Line], authors: Collection[int], unmarked: Collection[int]
) -> dict[int, list[int]]:
    """For each line that names an author (``authors``) the verses below it, if verses stand there.

    ``unmarked``: the lines that aren't known to be anything.
    """
    # A title above the author's name may read as a name, too.
    poems = ((place, _poem(lines, place + 1, unmarked)) for place in authors if place + 1 not in authors)
    return {place: poem for place, poem in poems if poem}


def may_be_verse(line: Line) -> bool:
    """Whether a line is short, and no sentence ends in it."""
    return line.width <= _WIDEST and not line.traits & (STOP | FIGURE)


def _poem(lines: Sequence[Line], first: int, unmarked: Collection[int]) -> list[int]:
    """The verses from a line on; none where the lines there are no poem's."""
    stanzas: list[list[int]] = []
    end = first
    while end < len(lines) and end in unmarked and may_be_verse(lines[end]):
        if end == first or lines[end].after_blank:
            stanzas.append([])
        stanzas[-1].append(end)
        end += 1
    # What stands right above the next text is its heading: a line alone, or lines that are fewer than a stanza's.
    if end < len(lines):
        if not lines[end].after_blank:
            stanzas = stanzas[:-1]
        while len(stanzas) > 1 and len(stanzas[-1]) < len(stanzas[0]):
            stanzas.pop()
    poem = [place for stanza in stanzas for place in stanza]
    free = sum(not lines[place].traits & PAUSES for place in poem)
    return poem if len(poem) >= _LEAST and free >= _UNMARKED * len(poem) else []
