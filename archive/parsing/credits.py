"""Photo credits that end a caption's line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.parsing.formulas import CREDIT
from archive.parsing.lines import Line
from archive.parsing.marks import CAPTION, NONE, Mark
from archive.parsing.marks import CREDIT as CREDIT_LINE
from archive.parsing.traits import CREDITS


def trailing_credits(lines: Sequence[Line], found: Sequence[Mark]) -> dict[int, int]:
    """The places of lines that end on a photo's credit, with where in ``line.raw`` it begins."""
    return {
        place: cut
        for place, line in enumerate(lines)
        if line.traits & CREDITS
        and _CREDITS.search(line.raw, len(line.raw) - _CREDIT_TAIL)
        and found[place] in _MAY_BE_CREDITED
        and (cut := trailing_credit(line)) > 0
    }


def broken_credits(lines: Sequence[Line], found: Sequence[Mark]) -> dict[int, int]:
    """The places of captions' last lines on which a credit begins that the next line ends (本报记者 ⏎ 赵丽华 摄).

    With where in ``line.raw`` it begins.
    """
    return {
        place - 1: cut
        for place, line in enumerate(lines)
        if line.traits & CREDITS
        and len(line.text) <= _CREDIT_TAIL
        and not line.after_blank
        and place
        and found[place] in _MAY_END_CREDIT
        and (cut := _broken_credit(lines[place - 1].raw, line.text)) > 0
    }


def _broken_credit(raw: str, below: str) -> int:
    cut = max(raw.rfind(mark) for mark in "。！？”") + 1
    tail = "".join(raw[cut:].split())
    if not (cut and tail.startswith(_WHO) and CREDIT.fullmatch(tail + below)):
        return -1
    return len(raw) - len(raw[cut:].lstrip())


#: How a credit begins that is broken over two lines.
_WHO = (
    "本报",
    "本報",
    "本刊",
    "新华社",
    "新華社",
    "通讯员",
    "通訊員",
    "记者",
    "記者",
    "特约",
    "见习",
    "摄影",
    "攝影",
)
_MAY_END_CREDIT = frozenset({NONE, CREDIT_LINE})
_MAY_BE_CREDITED = frozenset({NONE, CAPTION})
_CREDIT_TAIL = 14  # characters in which a credit tells itself


def trailing_credit(line: Line) -> int:
    """Where in ``line.raw`` a photo credit begins that ends the line after a caption's last sentence; -1 for none."""
    raw = line.raw
    if not _CREDITS.search(raw, len(raw) - _CREDIT_TAIL):
        return -1
    cut = max(raw.rfind(mark, 0, len(raw) - 1) for mark in "。！？”")
    for start in (cut + 1, raw.rfind("（"), raw.rfind("(")):
        tail = raw[start:]
        if start <= 0 or len(tail) > 40 or not _CREDITS.search(tail):
            continue
        if CREDIT.match("".join(tail.split())):
            return start + len(tail) - len(tail.lstrip())
    return -1


_CREDITS = re.compile(r"摄|攝|图|圖|片|社\s*[发發]")  # a credit has one of these
