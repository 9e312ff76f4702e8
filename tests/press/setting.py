"""Setting a text in lines: 避头尾, half-width marks and digits, justification.

Rules after GB/T 15834 and the W3C's Requirements for Chinese Text Layout (clreq): closing marks never begin a line,
opening marks never end one, numbers and words are not cut, a line may be narrowed by half an em for each of its marks.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.press.values import Layout

CLOSING = "，。、；：？！）》」』”’…〉】％%"
OPENING = "（《“‘「『〈【"
NARROWED = "，。、；：？！）》」』（《「『〈〉【】"
QUOTES = "“‘"

_UNIT = re.compile(r"[0-9A-Za-z０-９]+(?:[.,．/][0-9A-Za-z]+)*[%％℃]?|——|……|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"([0-9A-Za-z]+(?:[.,][0-9A-Za-z]+)*%?)")

INDENT = 2.0
QUOTE_SHIFT = 0.5  # the ink of “ stands in the right half of its square


def em(text: str) -> float:
    """The width of a text in em: wide characters and full-width marks 1, other characters ½, white space 0."""
    width = 0.0
    for character in text:
        if character.isspace():
            continue
        wide = unicodedata.east_asian_width(character) in "WFA"
        width += 1.0 if wide else 0.5
    return width


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as set: its characters, where its ink begins in its column (em) and whether a paragraph begins here."""

    text: str
    left: float
    first: bool
    column_width: float


def units(text: str) -> list[str]:
    """The pieces of a text between which a line may end."""
    pieces: list[str] = []
    for unit in _UNIT.findall(text):
        sticks = pieces and (unit[0] in CLOSING or unit.isspace() or pieces[-1][-1] in OPENING)
        if sticks:
            pieces[-1] += unit
        else:
            pieces.append(unit)
    return pieces


def _fits(line: str, width: float, layout: Layout) -> bool:
    """Whether a line that ends in a closing mark, or any other, can be set in ``width``."""
    natural = em(line)
    if natural <= width:
        return True
    give = min(layout.squeeze, 0.5 * sum(character in NARROWED for character in line))
    return line.rstrip()[-1] in CLOSING and natural - give <= width


def _broken(text: str, width_of: Callable[[int], float], layout: Layout) -> list[str]:
    """The text in lines; ``width_of`` gives the room of the paragraph's n-th line."""
    lines, line = [], ""
    for unit in units(text):
        if line and not _fits(line + unit, width_of(len(lines)), layout):
            lines.append(line)
            line = unit.lstrip()
        else:
            line += unit
    return [*lines, line] if line.strip() else lines


def _justified(line: str, width: float, last: bool, layout: Layout, rng: random.Random) -> str:
    """The line with the spaces that extraction sees in it."""
    slack = 0.0 if last else width - em(line)
    if slack >= 1 and rng.random() < layout.spread and " " not in line.strip():
        return " ".join(part for part in re.split(r"([0-9A-Za-z.,%]+|“[0-9A-Za-z]+”)|(?=.)", line) if part)
    if slack >= 0.5 and rng.random() < layout.loose:
        line = _NUMBER.sub(r" \1 ", line)
        line = re.sub(r" (?=[，。、；：％”）])|(?<=[，。、；：“（]) ", "", line)
    if rng.random() < (layout.loose if "讯（" not in line[:12] else layout.loose / 4):
        line = re.sub(r"(?<=[^\s，。、；：“（])（", " （", line)
        line = re.sub(r"）(?=[^\s，。、；：”）])", "） ", line)
    return re.sub(" {2,}", " ", line).strip()


def set_text(
    paragraphs: Iterable[str], width_of: Callable[[int], float], layout: Layout, rng: random.Random
) -> list[SetLine]:
    """Paragraphs in lines; ``width_of`` gives the width of the column that holds the text's n-th line."""
    lines: list[SetLine] = []
    for paragraph in paragraphs:
        wider = 1.0 if rng.random() < layout.tracking else 0.0
        above = len(lines)

        def room(n: int, above: int = above, wider: float = wider) -> float:
            return width_of(above + n) + wider - (INDENT if n == 0 else 0)

        broken = _broken(paragraph, room, layout)
        for n, text in enumerate(broken):
            left = (INDENT if n == 0 else 0.0) + (QUOTE_SHIFT if text[0] in QUOTES else 0.0)
            seen = _justified(text, room(n), n == len(broken) - 1, layout, rng)
            lines.append(SetLine(seen, left, n == 0, width_of(above + n)))
    return lines
