"""Columns that a scan cut up and put in another order, read on where their sentences go on.

A text that breaks off goes on in some other fragment. Mostly that is the next one; where another one goes on with its
words better, that one is moved there, with what stands below it in its column. What nothing speaks for stays in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from archive.parsing.blocks import HEADING, PARAGRAPH, Draft
from archive.parsing.evidence import Evidence, Piece
from archive.parsing.formulas import LEAVES
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import JUMP, NONE
from archive.parsing.rooms import Rooms
from archive.parsing.runs import text_of
from archive.parsing.sequels import after, sequels

_BROKEN_FROM = 10  # characters from which a text without an end was broken off
_MOST = 80  # breaks; a page with more of them is torn to shreds, and no words tell one from the other
_LARGEST = 400  # fragments; a page of more is several, and their words would take much room to compare


class ReadOn(NamedTuple):
    """A page's drafts in the order in which they read, and whether some may have been put in a wrong place."""

    drafts: list[Draft]
    doubtful: bool = False


def read_on(drafts: Sequence[Draft], lines: Sequence[Line], is_wrapped: bool, knobs: Knobs) -> ReadOn:
    """The drafts of a page's text with fragments moved to where their sentence began, and joined there.

    Where paragraphs are a line each, any that breaks off shows that they were cut; where lines were wrapped, one that
    breaks off above a heading or an opening shows that columns changed places.
    """
    if is_wrapped and not _loose(drafts):
        return ReadOn(list(drafts))
    pieces = _pieces(drafts, lines)
    heads = [
        place
        for place, piece in enumerate(pieces)
        if _breaks_off(piece) and not _leaves(pieces[place + 1 : place + 2])
    ]
    if not heads or len(heads) > _MOST or len(pieces) > _LARGEST:
        return ReadOn(list(drafts))
    breaks = frozenset(heads)
    weights = knobs.goes_on
    evidence = Evidence(pieces, breaks, lines, Rooms(lines) if is_wrapped else None, weights)
    found, wrong = sequels(pieces, heads, evidence, is_wrapped, weights)
    if all(tail == head + 1 for head, tail in found.items()):
        return ReadOn(list(drafts))
    return ReadOn(_put_together(pieces, found, after(pieces, found, breaks)), wrong > weights.doubtful)


def _loose(drafts: Sequence[Draft]) -> bool:
    """Whether a paragraph breaks off above a heading or an opening."""
    return any(
        above.sort is PARAGRAPH and not above.closed and (below.sort is HEADING or below.opening)
        for above, below in pairwise(drafts)
    )


def _pieces(drafts: Sequence[Draft], lines: Sequence[Line]) -> list[Piece]:
    """The drafts, those that run over a blank cut there: two columns' parts may have met by chance."""
    found: list[Piece] = []
    article = 0
    heading = False
    for draft in drafts:
        if draft.sort is HEADING or draft.opening:
            article += not heading
            heading = draft.sort is HEADING
        elif draft.sort is PARAGRAPH:
            heading = False
        if draft.sort is not PARAGRAPH:
            found.append(Piece(draft, text_of(draft, lines), article))
            continue
        start = 0
        cuts = [
            at
            for at in range(1, len(draft.places))
            if lines[draft.places[at]].after_blank and lines[draft.places[at - 1]].closure != 1
        ]
        for end in (*cuts, len(draft.places)):
            part = draft.places[start:end]
            piece = (
                draft
                if len(part) == len(draft.places)
                else Draft(
                    PARAGRAPH,
                    part,
                    NONE if start else draft.mark,
                    lines[part[0]].after_blank,
                    lines[part[-1]].closure > 0,
                    draft.midway and not start,
                    draft.in_column,
                    0 if start else draft.unsure,
                    draft.margin,
                    draft.moved,
                )
            )
            found.append(Piece(piece, text_of(piece, lines), article, start > 0))
            start = end
    return found


def _leaves(below: Sequence[Piece]) -> bool:
    """Whether the fragment's text goes on on another page: 下转 stands right below it."""
    return any(piece.draft.mark is JUMP and LEAVES.search(piece.text) for piece in below)


def _breaks_off(piece: Piece) -> bool:
    return piece.draft.sort is PARAGRAPH and not piece.draft.closed and len(piece.text) >= _BROKEN_FROM


def _put_together(pieces: Sequence[Piece], found: dict[int, int], below: dict[int, int]) -> list[Draft]:
    """The drafts in the order in which they read. ``below``: for each piece the one that is read after it."""
    drafts: list[Draft] = []
    led_to = frozenset(below.values())
    for first in range(len(pieces)):
        if first in led_to:
            continue
        drafts.append(pieces[first].draft)
        above, place = first, below.get(first)
        while place is not None:
            draft, stays = pieces[place].draft, place == above + 1
            if found.get(above) == place or (stays and pieces[place].cut_off):
                last = drafts[-1]
                drafts[-1] = replace(
                    last,
                    places=[*last.places, *draft.places],
                    closed=draft.closed,
                    moved=last.moved or not stays,
                )
            else:
                drafts.append(draft)
            above, place = place, below.get(place)
    return drafts
