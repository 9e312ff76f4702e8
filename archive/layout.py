"""Lines of text with their places on a page → the same lines in reading order, as a dump says them. Pure.

PDF and ALTO say where each line stands and how large its type is. That settles what a plain dump leaves to guessing:
columns, indents, and which lines are headings. The page is cut along its gutters and, where a heading spans them,
across; the pieces are read from the top left. What comes out is text in the form that ``parsing`` reads best:
paragraphs keep their indent, headings have a blank line above and below.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class TextLine:
    """A run of text on one line. Units are the page's own, ``top`` and ``bottom`` grow downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Said(NamedTuple):
    """A line of the dump and its type's size, in units of the page's body type; 0 for a blank line."""

    text: str
    scale: float


BLANK = Said("", 0.0)


@dataclass(frozen=True, slots=True)
class LayoutKnobs:
    """Lengths are in em of the page's body type."""

    #: White columns and bands from this width on are gutters and gaps between pieces.
    gutter: float = 0.7
    gap: float = 0.9
    #: White between lines, below which two lines count as one.
    sliver: float = 0.15
    #: Type larger than the body's by this factor is a heading's; lines of one heading differ by less.
    heading: float = 1.25
    same_size: float = 1.1
    #: How far a paragraph's first line stands in from its column's edge, at least and at most.
    indent_least: float = 1.2
    indent_most: float = 3.2
    #: A line that ends so far from its column's right edge is not full.
    ragged: float = 1.6

    def __post_init__(self) -> None:
        if (
            min(self.gutter, self.gap, self.sliver, self.ragged) <= 0
            or not 1 <= self.same_size < self.heading
        ):
            raise ValueError("layout knobs have to be above 0, and headings larger than body type")
        if not 0 < self.indent_least < self.indent_most:
            raise ValueError("indent_least has to be below indent_most")


DEFAULT = LayoutKnobs()
INDENT = "　　"


def dump_lines(lines: Sequence[TextLine], knobs: LayoutKnobs = DEFAULT) -> list[Said]:
    """The page's lines in reading order, blank ones between its pieces."""
    lines = [line for line in upright(lines) if line.text.strip()]
    if not lines:
        return []
    em = body_size(lines)
    out: list[Said] = []
    before: _Piece | None = None
    for piece in _pieces(lines, em, knobs):
        if before is not None and not piece.goes_on(before, em, knobs):
            out.append(BLANK)
        out += piece.said(em, knobs)
        before = piece
    return out


def body_size(lines: Sequence[TextLine]) -> float:
    """The size in which most characters are set."""
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(line.size, 1)] += len(line.text)
    return max(counted, key=lambda size: (counted[size], -size)) or 1.0


def plain(text: str) -> str:
    """Text with Kangxi and CJK radicals as the characters they look like, and compatibility ideographs likewise.

    Fonts of PDFs often name these instead. Private-use characters stay: nobody can tell what they are.
    """
    return "".join(map(_plain_character, text))


def upright(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with those of single characters that stand one below the other (竖排标题) joined to one."""
    out: list[TextLine] = []
    run: list[TextLine] = []
    for line in [*lines, None]:
        if line is not None and len(line.text.strip()) == 1 and (not run or _is_below(run[-1], line)):
            run.append(line)
            continue
        if len(run) > 2:
            out.append(_stacked(run))
        else:
            out += run
        run = []
        if line is not None:
            if len(line.text.strip()) == 1:
                run = [line]
            else:
                out.append(line)
    return out


def _is_below(above: TextLine, line: TextLine) -> bool:
    size = max(above.size, 0.1)
    return (
        abs((above.left + above.right) - (line.left + line.right)) < size
        and -0.3 * size < line.top - above.bottom < 1.2 * size
        and abs(line.size - above.size) < 0.1 * size
    )


def _stacked(run: Sequence[TextLine]) -> TextLine:
    return TextLine(
        "".join(line.text.strip() for line in run),
        min(line.left for line in run),
        run[0].top,
        max(line.right for line in run),
        run[-1].bottom,
        run[0].size,
    )


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
        alike = abs(self.lines[0].size - before.lines[-1].size) < 0.1 * em
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


def _pieces(lines: Sequence[TextLine], em: float, knobs: LayoutKnobs) -> list[_Piece]:
    """The lines cut into pieces, in reading order.

    First across, where a heading begins below white; then along the gutters, with columns that stand under a heading
    kept together; then across wherever there is white.
    """
    slabs = _slabs(lines, em, knobs, lambda above, below, white: _begins(above, below, white, em, knobs))
    columns = _cut([(line.left, line.right, line) for line in lines], knobs.gutter * em)
    if len(slabs) == 1 and len(columns) > 1:
        slabs = _grouped(columns, em, knobs)
        if len(slabs) == 1:
            slabs = _slabs(lines, em, knobs, lambda above, below, white: _is_large(above, below, em, knobs))
        if len(slabs) == 1:
            slabs = columns
    if len(slabs) == 1:
        slabs = _cut([(line.top, line.bottom, line) for line in lines], knobs.gap * em)
    if len(slabs) > 1:
        return [piece for slab in slabs for piece in _pieces(slab, em, knobs)]
    return _by_size(_rows(lines), em, knobs)


def _slabs(
    lines: Sequence[TextLine], em: float, knobs: LayoutKnobs, parts: Callable[[float, float, float], bool]
) -> list[list[TextLine]]:
    """Lines from top to bottom, apart at the white bands where ``parts`` says so.

    It is given the largest size just above the band and just below, and the band's height.
    """
    bands = _cut([(line.top, line.bottom, line) for line in lines], knobs.sliver * em)
    slabs: list[list[TextLine]] = []
    for band in bands:
        if slabs:
            floor = max(line.bottom for line in slabs[-1])
            above = max(line.size for line in slabs[-1] if line.bottom >= floor - em)
            ceiling = min(line.top for line in band)
            below = max(line.size for line in band if line.top <= ceiling + em)
            if not parts(above, below, ceiling - floor):
                slabs[-1] += band
                continue
        slabs.append(list(band))
    return slabs


def _begins(above: float, below: float, white: float, em: float, knobs: LayoutKnobs) -> bool:
    """Whether a heading begins below the white: more of it than between lines of the type above."""
    return below >= knobs.heading * em and white >= knobs.gap * above


def _is_large(above: float, below: float, em: float, knobs: LayoutKnobs) -> bool:
    """Whether one side is a heading."""
    return max(above, below) >= knobs.heading * em


def _grouped(columns: Sequence[list[TextLine]], em: float, knobs: LayoutKnobs) -> list[list[TextLine]]:
    """Columns from left to right; one that begins with body type below a heading further left stands under it."""
    groups: list[list[TextLine]] = []
    for column in columns:
        first = min(column, key=lambda line: line.top)
        headings = [line for line in groups[-1] if line.size >= knobs.heading * em] if groups else []
        under = headings and first.size < knobs.heading * em
        if under and first.top >= min(line.bottom for line in headings) - 0.2 * em:
            groups[-1] += column
        else:
            groups.append(list(column))
    return groups


def _cut(spread: Sequence[tuple[float, float, TextLine]], least: float) -> list[list[TextLine]]:
    """Lines grouped along one direction, apart where nothing stands for ``least`` or more."""
    groups: list[list[TextLine]] = []
    reach = float("-inf")
    for start, end, line in sorted(spread, key=lambda each: each[:2]):
        if start - reach >= least or not groups:
            groups.append([])
        groups[-1].append(line)
        reach = max(reach, end)
    return groups


def _rows(lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines from top to bottom; fragments on one row are joined from left to right."""
    out: list[TextLine] = []
    for line in sorted(lines, key=lambda each: (each.top + each.bottom, each.left)):
        above = out[-1] if out else None
        if above is not None and _on_one_row(above, line):
            first, second = sorted((above, line), key=lambda each: each.left)
            space = " " if second.left - first.right > 0.3 * second.size else ""
            out[-1] = TextLine(
                first.text + space + second.text,
                first.left,
                min(first.top, second.top),
                max(first.right, second.right),
                max(first.bottom, second.bottom),
                max(first.size, second.size),
            )
        else:
            out.append(line)
    return out


def _on_one_row(above: TextLine, line: TextLine) -> bool:
    overlap = min(above.bottom, line.bottom) - max(above.top, line.top)
    apart = line.left >= above.right - 0.5 * line.size or above.left >= line.right - 0.5 * line.size
    return apart and overlap > 0.6 * min(above.height, line.height)


def _by_size(lines: Sequence[TextLine], em: float, knobs: LayoutKnobs) -> list[_Piece]:
    """Runs of headings and of body lines, each a piece."""
    pieces: list[list[TextLine]] = []
    was_heading: bool | None = None
    for line in lines:
        heading = line.size >= knobs.heading * em
        if heading is not was_heading:
            pieces.append([])
            was_heading = heading
        pieces[-1].append(line)
    return [_Piece(tuple(piece)) for piece in pieces]


def size_of(heights: Sequence[float]) -> float:
    """The size of a line whose characters have these heights: Latin letters and marks are lower than Han."""
    return median(sorted(heights)[len(heights) // 2 :]) if heights else 0.0


# CJK radicals (supplement) that fonts use for whole characters and that no normalisation form maps.
_RADICALS = str.maketrans(
    "⺁⺇⺌⺗⺟⺠⺬⺮⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂几小心母民示竹月虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)


def _plain_character(character: str) -> str:
    if "\u2f00" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character)
    return character.translate(_RADICALS)
