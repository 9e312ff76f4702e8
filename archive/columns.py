"""A page's lines → its pieces in reading order: columns, headings, rows of articles. Pure.

The page is cut along its gutters and, where a heading spans them, across; the pieces are read from the top left.
Lengths are in the page's own units, ``em`` is the size of its body type in these.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from archive.textlines import LayoutKnobs, TextLine


def pieces(lines: Sequence[TextLine], em: float, knobs: LayoutKnobs) -> list[list[TextLine]]:
    """Runs of lines that stand below one another in one column, headings and body type apart, in reading order."""
    return _pieces(_units(lines, em, knobs), em, knobs)


class _Unit:
    """Lines that no cut parts."""

    __slots__ = ("bottom", "left", "lines", "middle", "right", "size", "top")

    def __init__(self, lines: tuple[TextLine, ...]) -> None:
        self.lines = lines
        self.left = min(line.left for line in lines)
        self.top = min(line.top for line in lines)
        self.right = max(line.right for line in lines)
        self.bottom = max(line.bottom for line in lines)
        self.size = max(line.size for line in lines)
        self.middle = (self.top + self.bottom) / 2


def _pieces(units: Sequence[_Unit], em: float, knobs: LayoutKnobs) -> list[list[TextLine]]:
    """The units cut into pieces, in reading order.

    First across, where a heading begins below white or ends above its columns; then along the gutters, with columns
    that stand under a heading kept together; then across wherever there is white, or a line that stands in the way of
    a gutter.
    """
    slabs = _slabs(units, em, knobs, lambda above, below, white: _begins(above, below, white, em, knobs))
    if len(slabs) == 1:
        slabs = _below_heading(units, em, knobs)
    columns = _cut([(unit.left, unit.right, unit) for unit in units], knobs.gutter * em)
    if len(slabs) == 1 and len(columns) > 1:
        slabs = _inside(columns, em, knobs)
        if len(slabs) == 1:
            slabs = _slabs(units, em, knobs, lambda above, below, white: _is_large(above, below, em, knobs))
        if len(slabs) == 1:
            slabs = columns
    if len(slabs) == 1:
        slabs = _crossed(units, em, knobs)
    if len(slabs) == 1:
        slabs = _cut([(unit.top, unit.bottom, unit) for unit in units], knobs.gap * em)
    if len(slabs) > 1:
        return [piece for slab in slabs for piece in _pieces(slab, em, knobs)]
    return _by_size(_rows([line for unit in units for line in unit.lines]), em, knobs)


def _below_heading(units: Sequence[_Unit], em: float, knobs: LayoutKnobs) -> list[list[_Unit]]:
    """The heading above all else and what is below it, of which it may cover a part of the columns only.

    Where there are other headings besides, it has to stand in the middle.
    """
    first = min(units, key=lambda unit: unit.top)
    rest = [unit for unit in units if unit is not first]
    least = knobs.heading * em
    if not rest or first.size < least or min(unit.top for unit in rest) < first.bottom:
        return [list(units)]
    left, right = min(unit.left for unit in units), max(unit.right for unit in units)
    centred = abs(first.left + first.right - left - right) < 4 * em
    if centred or all(unit.size < least for unit in rest):
        return [[first], rest]
    return [list(units)]


def _units(lines: Sequence[TextLine], em: float, knobs: LayoutKnobs) -> list[_Unit]:
    """Each line by itself, but those of one heading (kicker, headline, subheadline, centred byline) together."""
    headings: list[list[TextLine]] = []
    body: list[TextLine] = []
    for line in sorted(lines, key=lambda each: (each.top, each.left)):
        if line.size < knobs.heading * em:
            body.append(line)
            continue
        above = next((heading for heading in reversed(headings) if _stands_under(heading[-1], line)), None)
        if above is None:
            headings.append([line])
        else:
            above.append(line)
    for heading in headings:
        byline = _byline(heading, body, em, knobs)
        if byline:
            heading.append(byline)
            body.remove(byline)
    return [_Unit(tuple(each)) for each in [*headings, *((line,) for line in body)]]


def _stands_under(above: TextLine, line: TextLine) -> bool:
    beside = min(above.right, line.right) > max(above.left, line.left)
    return beside and -above.height < line.top - above.bottom < (above.size + line.size) / 2


def _byline(
    heading: Sequence[TextLine], body: Sequence[TextLine], em: float, knobs: LayoutKnobs
) -> TextLine | None:
    """The line of body type that is centred below the heading, with wider text below on both sides of it."""
    last = heading[-1]
    middle = min(line.left for line in heading) + max(line.right for line in heading)
    below = [line for line in body if line.top > last.top and _stands_under(last, line)]
    line = min(below, key=lambda each: each.top, default=None)
    if line is None or abs(line.left + line.right - middle) > 2 * em:
        return None
    if any(each.top < line.bottom for each in below if each is not line):
        return None
    text = [each for each in body if 0 <= each.top - line.bottom < 5 * em]
    inset = knobs.indent_least * em
    left = any(each.left < line.left - inset and each.right > line.left for each in text)
    right = any(each.right > line.right + inset and each.left < line.right for each in text)
    return line if left and right else None


def _slabs(
    units: Sequence[_Unit], em: float, knobs: LayoutKnobs, parts: Callable[[float, float, float], bool]
) -> list[list[_Unit]]:
    """Units from top to bottom, apart at the white bands where ``parts`` says so.

    It is given the largest size just above the band and just below, and the band's height.
    """
    bands = _cut([(unit.top, unit.bottom, unit) for unit in units], knobs.sliver * em)
    slabs: list[list[_Unit]] = []
    for band in bands:
        if slabs:
            floor = max(unit.bottom for unit in slabs[-1])
            above = max(unit.size for unit in slabs[-1] if unit.bottom >= floor - em)
            ceiling = min(unit.top for unit in band)
            below = max(unit.size for unit in band if unit.top <= ceiling + em)
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


def _grouped(columns: Sequence[list[_Unit]], em: float, knobs: LayoutKnobs) -> list[list[_Unit]]:
    """Columns from left to right; one that begins with body type below a heading further left stands under it."""
    groups: list[list[_Unit]] = []
    for column in columns:
        first = min(column, key=lambda unit: unit.top)
        headings = [unit for unit in groups[-1] if unit.size >= knobs.heading * em] if groups else []
        under = headings and first.size < knobs.heading * em
        if under and first.top >= min(unit.bottom for unit in headings) - 0.2 * em:
            groups[-1] += column
        else:
            groups.append(list(column))
    return groups


def _inside(columns: Sequence[list[_Unit]], em: float, knobs: LayoutKnobs) -> list[list[_Unit]]:
    """The columns with a heading that stands inside its text before all of it: the text begins in a column to its
    left, as high as it, and goes on in the next column in the middle of a paragraph."""
    for place, headed in enumerate(columns):
        heading = min(headed, key=lambda unit: unit.top)
        below = [unit for unit in headed if unit is not heading]
        if heading.size < knobs.heading * em or not below:
            continue
        for start in range(place - 1, -1, -1):
            column = columns[start]
            if any(unit.size >= knobs.heading * em for unit in column):
                break
            level = abs(min(unit.top for unit in column) - heading.top) < 2 * em
            following = columns[start + 1] if start + 1 < place else below
            if level and _indented(column, em, knobs) and not _indented(following, em, knobs):
                text = [unit for each in columns[start:place] for unit in each] + below
                before, after = columns[:start], columns[place + 1 :]
                return [*_grouped(before, em, knobs), [heading], text, *_grouped(after, em, knobs)]
    return _grouped(columns, em, knobs)


def _indented(units: Sequence[_Unit], em: float, knobs: LayoutKnobs) -> bool:
    """Whether the first line of the leftmost column begins a paragraph."""
    left = min(unit.left for unit in units)
    first = min((unit for unit in units if unit.left < left + 3 * em), key=lambda unit: unit.top)
    return first.left - left >= knobs.indent_least * em


def _crossed(units: Sequence[_Unit], em: float, knobs: LayoutKnobs) -> list[list[_Unit]]:
    """The units parted at the gutter that only a few of them cross, or in one piece.

    A line that only reaches into the gutter belongs to its column. One that stands astride (a centred byline, a caption
    of two columns) parts what is above it from what is below.
    """
    white = knobs.gutter * em
    lefts, rights = sorted(unit.left for unit in units), sorted(unit.right for unit in units)
    best: tuple[int, float] | None = None
    for edge in rights:
        left_of, right_of = bisect_right(rights, edge), len(units) - bisect_left(lefts, edge + white)
        crossing = len(units) - left_of - right_of
        sides = min(left_of, right_of)
        if (
            sides >= knobs.rows_beside
            and crossing <= knobs.astride * sides
            and (not best or crossing < best[0])
        ):
            best = (crossing, edge)
    if best is None:
        return [list(units)]
    edge = best[1]
    astride = [unit for unit in units if unit.left < edge - em and unit.right > edge + white + em]
    if astride:
        return _around(astride, units)
    middle = 2 * edge + white
    return [
        [unit for unit in units if unit.left + unit.right <= middle],
        [unit for unit in units if unit.left + unit.right > middle],
    ]


def _around(astride: Sequence[_Unit], units: Sequence[_Unit]) -> list[list[_Unit]]:
    """The units from top to bottom, those that stand astride a gutter apart from what is above and below them."""
    slabs: list[list[_Unit]] = [[]]
    rest = sorted((unit for unit in units if unit not in astride), key=lambda unit: unit.middle)
    for unit in sorted(astride, key=lambda each: each.middle):
        above = [each for each in rest if each.middle < unit.middle]
        rest = rest[len(above) :]
        slabs += [above, [unit], []]
    slabs.append(rest)
    return [slab for slab in slabs if slab]


def _cut(spread: Sequence[tuple[float, float, _Unit]], least: float) -> list[list[_Unit]]:
    """Units grouped along one direction, apart where nothing stands for ``least`` or more."""
    groups: list[list[_Unit]] = []
    reach = float("-inf")
    for start, end, unit in sorted(spread, key=lambda each: each[:2]):
        if start - reach >= least or not groups:
            groups.append([])
        groups[-1].append(unit)
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


def _by_size(lines: Sequence[TextLine], em: float, knobs: LayoutKnobs) -> list[list[TextLine]]:
    """Runs of headings and of body lines, each a piece."""
    return [list(run) for _, run in itertools.groupby(lines, lambda line: line.size >= knobs.heading * em)]
