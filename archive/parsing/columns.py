"""The full lines around a strip, from which the width of its column is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.parsing.lines import Line
from archive.parsing.strips import Strip


def above(lines: Sequence[Line], start: int) -> Iterator[int]:
    """The places of full lines in the paragraphs above, nearest first."""
    for place in range(start - 1, max(-1, start - 14), -1):
        if lines[place].closure == 0 and not lines[place + 1].indented:
            yield place


def inner(lines: Sequence[Line], strip: Strip) -> Iterator[int]:
    """The places of full lines below a strip's first one, as far as its paragraph may reach."""
    for place in range(strip.start + 1, min(strip.start + 14, len(lines) - 1)):
        line, following = lines[place], lines[place + 1]
        if line.closure == 0:
            # The line after a sentence's end may be a paragraph's first: it says nothing of the whole column.
            if place == strip.start + 1 or lines[place - 1].closure < 2:
                yield place
        elif following.after_blank or following.indented:
            return
