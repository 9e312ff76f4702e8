"""Tables, weather boxes and advertisements: blocks without a sentence, full of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.parsing.lines import Line
from archive.parsing.traits import FIGURE, STOP

_FIGURE = re.compile(r"[0-9]")
_WEATHER = re.compile(
    r"[^℃度]*[℃度].*风|[^雨晴云阴雪]*[雨晴云阴雪].*℃|[^风]*风(?:力)?[0-9]{1,2}.{0,4}级|.{0,6}气温.*[℃度]$"
)
#: 东湖队 3:1 白石队
_RESULT = re.compile(r"[\u3400-\u9fff）)]\s*[0-9]{1,3}\s*[:：比]\s*[0-9]{1,3}\s*[\u3400-\u9fff（(]")
_TELEPHONE = re.compile(r"(?:电话|電話|热线|手机|联系人)\S{0,6}[0-9][0-9－—-]{5,}")
_CONTACT = re.compile(r"地址|电话|電話|热线|邮箱|网址|咨询|联系人|手机")


def boxes(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines in tables, weather boxes and advertisements: blocks without a sentence, full of figures."""
    found: set[int] = set()
    for start, end in _without_sentence(lines):
        block = lines[start:end]
        told = sum(map(_tells_figures, block)) * 5 >= 2 * len(block)
        # An advertisement of a few lines has its telephone below.
        if (told or _TELEPHONE.search(block[-1].text)) and all(map(_may_be_in_box, block)):
            found.update(range(start, end))
    return frozenset(found)


def _without_sentence(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where the blocks of a few lines between two blanks begin and end that have no sentence's end."""
    found: list[tuple[int, int]] = []
    start = 0
    stopped = False
    for place, line in enumerate(lines):
        if line.after_blank:
            if place - start >= _BOX_FROM and not stopped:
                found.append((start, place))
            start, stopped = place, False
        if line.traits & STOP:
            stopped = True
    if len(lines) - start >= _BOX_FROM and not stopped:
        found.append((start, len(lines)))
    return found


def _may_be_in_box(line: Line) -> bool:
    text = line.text
    return (
        line.width <= _BOX_WIDTH
        and not line.stretched
        and (text.count("，") < 2 or bool(_CONTACT.search(text)))
    )


def _tells_figures(line: Line) -> bool:
    """Whether a line has figures side by side as tables have, the weather, or an address."""
    text = line.text
    figures = line.traits & FIGURE
    return bool(
        (figures and len(line.raw) > len(text) and _in_row(line.raw))
        or (("℃" in text or "度" in text or "级" in text) and _WEATHER.match(text))
        or _CONTACT.match(text)
        or (figures and (_TELEPHONE.search(text) or _RESULT.search(line.raw)))
    )


def _in_row(raw: str) -> bool:
    """Whether two neighbours among the words of a line have figures."""
    have = [bool(_FIGURE.search(word)) for word in raw.split()]
    return any(one and other for one, other in pairwise(have))


_BOX_FROM = 3  # lines
_BOX_WIDTH = 32.0  # em
