"""Strips: runs of lines that certainly belong together, with the width of the column that they stand in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import ALONE, CREDIT, NONE, OPENING, PART, Mark

#: Nothing runs on from a line with one of these marks.
_APART = ALONE | {PART}


@dataclass(slots=True)
class Strip:
    """Lines ``start`` to ``end`` (excluded, places in the page's list of lines) that certainly belong together.

    A value that nobody changes; it is not frozen for the same reason as ``Line``.
    """

    start: int
    end: int
    mark: Mark
    #: Nothing runs into it from above: a mark, an indent, the page's edge.
    fresh: bool
    after_blank: bool

    @property
    def alone(self) -> bool:
        """Whether it is a line that stands for itself (署名, 栏目 …)."""
        return self.mark in ALONE


def head_width(lines: Sequence[Line], strip: Strip) -> float:
    """Width in em of the column at a strip's first lines; 0 where the strip alone can't tell."""
    widths = _inner(lines, strip)[:5]
    return median(widths) if widths else 0.0


def tail_width(lines: Sequence[Line], strip: Strip) -> float:
    """Width in em of the column at a strip's last lines; 0 where the strip alone can't tell."""
    widths = _inner(lines, strip)[-5:]
    return median(widths) if widths else 0.0


def _inner(lines: Sequence[Line], strip: Strip) -> list[float]:
    """The widths of its lines without the first (indented), the last (short) and those that were stretched."""
    return [line.width for line in lines[strip.start + 1 : strip.end - 1] if not line.stretched]


def wrapped(lines: Sequence[Line], knobs: Knobs) -> bool:
    """Whether the page's text was wrapped to columns; otherwise a line is a paragraph (OCR)."""
    widths = [line.width for line in lines]
    wide = sum([width for width in widths if width > knobs.unwrapped_from])
    return wide < knobs.unwrapped_share * sum(widths)


def strips(
    lines: Sequence[Line], marks: Sequence[Mark], credited: Collection[int], is_wrapped: bool
) -> list[Strip]:
    """The page as strips. A strip ends at a blank, at the end of a sentence, before and after a mark.

    ``credited`` are the places of lines that end on a photo credit: nothing runs on from them.
    """
    end = len(lines)
    marked = [place for place, mark in enumerate(marks) if mark is not NONE]
    indented = [place for place, line in enumerate(lines) if line.indented]
    seldom = len(indented) * 2 < end
    # Where nothing runs in from above.
    fresh = {0, *marked, *(place + 1 for place in credited)}
    fresh.update(place + 1 for place in marked if marks[place] in _APART)
    fresh.update(place for place in indented if seldom or not lines[place - 1].indented)
    if is_wrapped:
        blanks = [place for place, line in enumerate(lines) if line.after_blank]
        sentences = [place for place, line in enumerate(lines, 1) if line.closure == 2]
        starts = sorted(fresh.union(blanks, sentences, [end]))
    else:
        fresh.update(credited)
        starts = list(range(end + 1))
    found = [
        Strip(start, stop, marks[start], start in fresh, lines[start].after_blank)
        for start, stop in pairwise(starts)
    ]
    for place in _captions(lines, found, credited):
        found[place] = replace(found[place], fresh=True)
    return found


#: How captions begin that no arrow shows: with their day.
DATED = re.compile(r"[0-9０-９]{1,4}[年月]|[昨今]日|近日|日前|连日来")
_CAPTION_STRIPS = 4


def _captions(lines: Sequence[Line], strips: Sequence[Strip], credited: Collection[int]) -> list[int]:
    """The strips that open a caption: the nearest one above each credit that stands below a blank and names its day, or
    stands in the middle of what a text tells first.

    A caption isn't indented, so that its width can't tell it from the text above going on.
    """
    found: list[int] = []
    lasts = [
        place - (strip.mark is CREDIT)
        for place, strip in enumerate(strips)
        if strip.mark is CREDIT or strip.end - 1 in credited
    ]
    for last in lasts:
        for above in range(last, max(last - _CAPTION_STRIPS, -1), -1):
            each = strips[above]
            if each.mark is not NONE:
                break
            told = above > 0 and strips[above - 1].mark is OPENING
            if each.after_blank and (told or DATED.match(lines[each.start].text)):
                found.append(above)
                break
    return found
