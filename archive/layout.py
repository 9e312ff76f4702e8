"""Lines of text with their places on a page → the same lines in reading order, as a dump says them. Pure.

PDF and ALTO say where each line stands and how large its type is. That settles what a plain dump leaves to guessing:
columns (``columns``), indents, and which lines are headings. What comes out is text in the form that ``parsing``
reads best: paragraphs keep their indent, headings have a blank line above and below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from archive.columns import pieces
from archive.textlines import DEFAULT, LayoutKnobs, TextLine, body_size, is_exact, upright


class Said(NamedTuple):
    """A line of the dump and its type's size, in units of the page's body type; 0 for a blank line."""

    text: str
    scale: float


BLANK = Said("", 0.0)
INDENT = "　　"


def dump_lines(lines: Sequence[TextLine], knobs: LayoutKnobs = DEFAULT) -> list[Said]:
    """The page's lines in reading order, blank ones between its pieces."""
    lines = [line for line in upright(lines) if line.text.strip()]
    if not lines:
        return []
    em = body_size(lines)
    if not is_exact(lines, em):
        knobs = replace(knobs, small=0.0)
    out: list[Said] = []
    before: _Piece | None = None
    for piece in (_Piece(tuple(run)) for run in pieces(lines, em, knobs)):
        if before is not None and not piece.goes_on(before, em, knobs):
            out.append(BLANK)
        out += piece.said(em, knobs)
        before = piece
    return out


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that stand below one another in one column."""

    lines: tuple[TextLine, ...]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    def is_heading(self, em: float, knobs: LayoutKnobs) -> bool:
        return all(line.size >= knobs.heading * em for line in self.lines)

    def goes_on(self, before: _Piece, em: float, knobs: LayoutKnobs) -> bool:
        """Whether it is the next column of the same text: the one before ends on a full line, this begins flush."""
        if self.is_heading(em, knobs) or before.is_heading(em, knobs):
            return False
        full = before.right - before.lines[-1].right < knobs.ragged * em
        flush = self.lines[0].left - self.left < knobs.indent_least * em
        nearly = 1 - knobs.small if knobs.small else 0.1
        alike = abs(self.lines[0].size - before.lines[-1].size) < nearly * em
        return full and flush and alike and len(before.lines) > 1

    def said(self, em: float, knobs: LayoutKnobs) -> list[Said]:
        if self.is_heading(em, knobs):
            return self._heading(em, knobs)
        out = []
        for line in self.lines:
            inset = (line.left - self.left) / em
            indented = len(self.lines) > 1 and knobs.indent_least <= inset <= knobs.indent_most
            out.append(Said((INDENT if indented else "") + line.text.strip(), line.size / em))
        return out

    def _heading(self, em: float, knobs: LayoutKnobs) -> list[Said]:
        """Its lines, with a blank between a kicker (smaller type above) and the headline."""
        largest = max(line.size for line in self.lines)
        out: list[Said] = []
        for place, line in enumerate(self.lines):
            small_above = place and self.lines[place - 1].size * knobs.same_size < largest
            if small_above and line.size * knobs.same_size >= largest:
                out.append(BLANK)
            out.append(Said(line.text.strip(), line.size / em))
        return out
