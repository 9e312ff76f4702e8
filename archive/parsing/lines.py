"""A dump's lines as the parser reads them: visible characters, width, what stood before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


def width_of(text: str) -> float:
    """Width in em of a text without white space: Han and full-width 1, everything of one or two UTF-8 bytes ½."""
    size = len(text)
    width = (size + len(text.encode("utf-8", "surrogatepass"))) / 4
    return width if width < size else float(size)


_ENDS = CLOSING | CLOSERS | HALF_CLOSING
_BRACKETED_END = re.compile(r"[。！？!?…][”’」』）)〉》】\"'〗]*$")


def closure_of(text: str) -> int:
    """How far a line's last character ends something: 2 a sentence, 1 perhaps a paragraph, 0 nothing."""
    last = text[-1]
    if last in CLOSING or (last in CLOSERS and _BRACKETED_END.search(text)):
        return 2
    return 1 if last in _ENDS else 0


def read(lines: Sequence[str], first: int = 1, last: int | None = None) -> list[Line]:
    """The visible lines among ``lines[first - 1 : last]``, numbered as in the dump."""
    found: list[Line] = []
    blank = True
    for number, line in enumerate(lines[first - 1 : last], first):
        parts = line.split()
        if not parts:
            blank = True
            continue
        raw = text = parts[0]
        start = 0
        stretched = False
        if len(raw) < len(line):  # there is white space around it or in it
            raw, text = line.strip(), "".join(parts)
            start = len(line) - len(line.lstrip())
            stretched = len(parts) > 4 and len(parts) * 2 > len(text)
        found.append(
            Line(
                number,
                start,
                start + len(raw),
                raw,
                text,
                width_of(text),
                blank,
                start > 0,
                stretched,
                closure_of(text) if text[-1] in _ENDS else 0,
            )
        )
        blank = False
    return found
