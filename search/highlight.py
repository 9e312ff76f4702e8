"""Marking hits in a text, on the exact characters of the original: the query 臺灣 marks 台湾, ５Ｇ marks 5G.

Pieces are plain text; escaping is the template's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from search.query import Field, Literal, Query, Word, positive
from search.text import fold, pattern_of

_MARKED: Final = (Field.TEXT, Field.HEADLINE, Field.PRINTED, Field.PERSON, Field.REPORTER)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the original text, and whether it is a hit."""

    text: str
    hit: bool = False


def terms(query: Query, relaxed: Collection[str] = ()) -> tuple[str, ...]:
    """The folded literals that a query marks, longest first. Words in ``relaxed`` are marked by their own words."""
    found: dict[str, None] = {}
    for leaf in positive(query):
        if isinstance(leaf, Word) and leaf.field in _MARKED and leaf.text in relaxed and leaf.parts:
            found.update(dict.fromkeys(part.text for part in leaf.parts))
        elif isinstance(leaf, Literal | Word) and leaf.field in _MARKED:
            found[leaf.text] = None
    return tuple(sorted(found, key=lambda term: (-len(term), term)))


def hits(text: str, marks: Iterable[str]) -> list[tuple[int, int]]:
    """The places (start, end) of the original text that the folded literals cover; the longest wins, none overlap."""
    pattern = _pattern(tuple(marks))
    return [match.span() for match in pattern.finditer(text)] if pattern else []


#: Asked for once for each text of a page of hits.
_pattern = lru_cache(maxsize=32)(pattern_of)


def mark(text: str, marks: Iterable[str]) -> tuple[Piece, ...]:
    """The text in pieces, hits marked; joined, they are the text."""
    return _cut(text, hits(text, marks), 0, len(text))


def _cut(text: str, places: Iterable[tuple[int, int]], start: int, end: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = start
    for first, last in places:
        first, last = max(first, start), min(last, end)
        if first >= last or first < done:
            continue
        if first > done:
            pieces.append(Piece(text[done:first]))
        pieces.append(Piece(text[first:last], hit=True))
        done = last
    if done < end:
        pieces.append(Piece(text[done:end]))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class SnippetShape:
    """How long a snippet is, in characters, and how much of it stands before the first hit."""

    length: int = 90
    before: int = 24


SHAPE: Final = SnippetShape()
_STOPS: Final = "。！？；!?;\n"
_SOFT_STOPS: Final = _STOPS + "，、,：:"


def snippet(texts: Sequence[str], marks: Sequence[str], shape: SnippetShape = SHAPE) -> tuple[Piece, ...]:
    """A part of the text that has most of the marked literals, around its densest place; the beginning without any.

    It begins after a stop where there is one near, and ``…`` stands where it was cut.
    """
    best: tuple[int, int, int] | None = None
    chosen, places, first = "", list[tuple[int, int]](), 0
    for order, text in enumerate(texts):
        found = hits(text, marks)
        for index, (start, _) in enumerate(found):
            window = [place for place in found[index:] if place[1] <= start + shape.length - shape.before]
            distinct = len({fold(text[a:b]) for a, b in window})
            score = (distinct, min(len(window), 3), -order)
            if best is None or score > best:
                best, chosen, places, first = score, text, found, start
    if best is None:
        chosen = next((text for text in texts if text.strip()), "")
    start = _beginning(chosen, first, shape)
    end = _ending(chosen, min(len(chosen), start + max(shape.length, first - start + 20)), first)
    pieces = list(_cut(chosen, places, start, end))
    if start > 0:
        pieces.insert(0, Piece("…"))
    if end < len(chosen):
        pieces.append(Piece("…"))
    return tuple(pieces)


def _beginning(text: str, hit: int, shape: SnippetShape) -> int:
    earliest = max(0, hit - shape.before)
    if earliest == 0:
        return 0
    for stops in (_STOPS, _SOFT_STOPS):
        place = max(text.rfind(stop, earliest, hit) for stop in stops)
        if place >= 0:
            return place + 1
    return earliest


def _ending(text: str, limit: int, hit: int) -> int:
    if limit >= len(text):
        return len(text)
    place = max(text.rfind(stop, max(hit + 1, limit - 20), limit) for stop in _STOPS)
    return place + 1 if place >= 0 else limit
