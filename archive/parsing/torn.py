"""Headings that extraction put in one block with the text below them, told by the widths of their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.parsing.lines import Line
from archive.parsing.marks import CAPTION, NONE
from archive.parsing.rooms import Room, Rooms
from archive.parsing.strips import Strip
from archive.parsing.traits import PAUSES, STOP
from archive.parsing.words import BULLETS, NEVER_BEGINS


def torn(lines: Sequence[Line], strips: Sequence[Strip], rooms: Rooms) -> Sequence[Strip]:
    """The strips with headings cut off from the text that extraction put in one block with them.

    The text's first line fits its column less the indent, the lines below it the whole column; those of the heading fit
    neither. They may be cut off from the text's first line by a blank.
    """
    found: list[Strip] = []
    listed = _listed(lines, strips, rooms)
    for place, strip in enumerate(strips):
        found.append(strip)
        if strip.start in listed:
            found[-1] = replace(strip, end=strip.start + 1, mark=NONE)
            found.append(replace(strip, start=strip.start + 1, mark=NONE, fresh=True, after_blank=False))
            continue
        if strip.mark is not NONE or strip.end - strip.start < 2:
            continue
        if lines[strip.start].traits & PAUSES and lines[strip.start].width > SHORT_HEADING:
            continue  # its first line is no heading's
        following = strips[place + 1] if place + 1 < len(strips) else None
        cut = 0
        if strip.end - strip.start >= 3:
            cut = _text_begins(lines, strip, rooms)
        if (
            not cut
            and following
            and not following.fresh
            and strip.after_blank
            and strip.end - strip.start <= 4
            and lines[strip.end - 1].closure == 0
            and lines[following.start].after_blank
        ):
            column = rooms.below(following.start)
            flush = lines[following.start].width >= column - 0.6 and rooms.may_be(
                following.start, column, _EXACT
            )
            cut = (
                strip.end - 1
                if column and flush and _begins(lines, strip, rooms, column, strip.end - 1)
                else 0
            )
        if cut:
            found[-1] = replace(strip, end=cut)
            found.append(replace(strip, start=cut, fresh=True, after_blank=False))
    return found


def _listed(lines: Sequence[Line], strips: Sequence[Strip], rooms: Rooms) -> frozenset[int]:
    """The lines that are the headlines of a list of briefs: the same bullet begins them, their texts have an indent.

    Not each text shows its indent; what most of a list show goes for all of it.
    """
    lists: dict[str, list[tuple[int, bool]]] = {}
    for strip in strips:
        first = lines[strip.start]
        if (
            first.text[0] in BULLETS
            and strip.end - strip.start > 1
            and strip.mark in _UNTOLD
            and (first.after_blank or not strip.start)
            and not first.closure
            and not first.traits & STOP
        ):
            below = strip.start + 1
            column = rooms.below(below)
            indented = rooms.may_be(below, column - INDENT, _EXACT) and not rooms.may_be(
                below, column, _EXACT
            )
            lists.setdefault(first.text[0], []).append((strip.start, bool(column) and indented))
    return frozenset(
        start
        for items in lists.values()
        if sum(indented for _, indented in items) >= max(_LIST, len(items) * _MOST)
        for start, _ in items
    )


_UNTOLD = (NONE, CAPTION)  # an arrow may be a bullet, too
_LIST = 2  # briefs
_MOST = 0.6


def _text_begins(lines: Sequence[Line], strip: Strip, rooms: Rooms) -> int:
    """The place in the strip where a text begins below a heading; 0 where none does."""
    last = strip.end - 1
    # Of a text that a column's foot cuts off so soon too little is seen, unless its heading plainly ends a line.
    cut_off = lines[last].closure < 2 and strip.end - strip.start < _LONG_TEXT
    marked = False
    for place in range(strip.start + 1, min(strip.start + 5, last)):
        marked = marked or bool(lines[place - 1].traits & PAUSES)
        if marked and place > strip.start + 1:
            return 0  # only a heading of one line may have marks in it
        column = rooms.below(place)
        if cut_off and not _plainly_apart(rooms.of(strip.start), column):
            return 0
        if (
            column
            and (place + 1 == last or rooms.may_be(place + 1, column, _EXACT))
            and _begins(lines, strip, rooms, column, place)
        ):
            return place
    return 0


_LONG_TEXT = 6  # lines
_PLAINLY, _OVERHANG = 2.0, 1.0  # em; a mark may hang out of its column


def _plainly_apart(room: Room, column: float) -> bool:
    """Whether a line is no part of the text in this column: it ends long before it, or runs out of it."""
    least, more = room
    return more <= column - INDENT - _PLAINLY or least > column + _OVERHANG


def _begins(lines: Sequence[Line], strip: Strip, rooms: Rooms, column: float, place: int) -> bool:
    heading = lines[strip.start : place]
    return (
        lines[place].text[1:2] not in NEVER_BEGINS  # 机⏎制。: the rest of a word
        and rooms.may_be(place, column - INDENT, _EXACT)
        and not rooms.may_be(place, column, _EXACT)
        and not (rooms.may_be(place - 1, column, _EXACT) and _may_begin(strip.start, rooms, column))
        and (
            not any(line.traits & PAUSES for line in heading)
            or (place == strip.start + 1 and rooms.of(strip.start)[1] <= column - INDENT)
        )
        and all(line.width <= HEADING_LINE for line in heading)
        and not (
            place == strip.start + 1
            and rooms.may_be(strip.start, column - INDENT, _EXACT)
            and heading[0].closure
        )
    )


def _may_begin(place: int, rooms: Rooms, column: float) -> bool:
    """Whether a line fits the column, with an indent or without, so that a text can begin or go on with it."""
    return rooms.may_be(place, column, _EXACT) or rooms.may_be(place, column - INDENT, _EXACT)


HEADING_LINE = 42.0
SHORT_HEADING = 18.0
INDENT = 2.0
_EXACT = 0.0


def in_column(lines: Sequence[Line], strip: Strip, rooms: Rooms) -> bool:
    """Whether a heading of two or more lines is wrapped to the column of the text above it, with its indent."""
    if strip.end - strip.start < 2 or not strip.start:
        return False
    column = rooms.above(strip.start)
    return (
        column > 0
        and rooms.may_be(strip.start, column - INDENT, _EXACT)
        and all(rooms.may_be(place, column, _EXACT) for place in range(strip.start + 1, strip.end - 1))
        and lines[strip.end - 1].width <= column
    )
