"""Lines of type with their places on a page, as PDF and ALTO say them. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


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
    #: Type smaller than the text above by this factor (a caption's) doesn't go on in it, where sizes are exact (in a
    #: PDF, not measured on a scan).
    small: float = 0.97
    same_size: float = 1.1
    #: How far a paragraph's first line stands in from its column's edge, at least and at most.
    indent_least: float = 1.2
    indent_most: float = 3.2
    #: A line that ends so far from its column's right edge is not full.
    ragged: float = 1.6
    #: How many lines a gutter has on either side at least, and how large a part of them may stand astride it.
    rows_beside: int = 3
    astride: float = 0.2

    def __post_init__(self) -> None:
        if (
            min(self.gutter, self.gap, self.sliver, self.ragged) <= 0
            or not 1 <= self.same_size < self.heading
        ):
            raise ValueError("layout knobs have to be above 0, and headings larger than body type")
        if not 0 < self.indent_least < self.indent_most:
            raise ValueError("indent_least has to be below indent_most")


DEFAULT = LayoutKnobs()


def body_size(lines: Sequence[TextLine]) -> float:
    """The size in which most characters are set."""
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(line.size, 1)] += len(line.text)
    return max(counted, key=lambda size: (counted[size], -size)) or 1.0


def is_exact(lines: Sequence[TextLine], em: float) -> bool:
    """Whether the sizes are those that the type was set in: half of the lines have one and the same."""
    return 2 * sum(round(line.size, 1) == em for line in lines) >= len(lines)


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


def size_of(heights: Sequence[float]) -> float:
    """The size of a line whose characters have these heights: Latin letters and marks are lower than Han."""
    return median(sorted(heights)[len(heights) // 2 :]) if heights else 0.0


def plain(text: str) -> str:
    """Text with Kangxi and CJK radicals as the characters they look like, and compatibility ideographs likewise.

    Fonts of PDFs often name these instead. Private-use characters stay: nobody can tell what they are.
    """
    return "".join(map(_plain_character, text))


# CJK radicals (supplement) that fonts use for whole characters and that no normalisation form maps.
_RADICALS = str.maketrans(
    "⺁⺇⺌⺗⺟⺠⺬⺮⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂几小心母民示竹月虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)


def _plain_character(character: str) -> str:
    if "\u2f00" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character)
    return character.translate(_RADICALS)
