"""A piece's text as the recogniser reads it, with a map back to the text as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: The dots that encodings and typists put between the parts of a foreign name; ours is ``·``.
DOTS = "·•‧・･．∙⋅"

_HAN = "\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
_DOT_IN_NAME = re.compile(rf"(?<=[{_HAN}])\s*[{DOTS}]\s*(?=[{_HAN}])")
# 万　千, 吕 沛 指 出: single characters with white space between them are one word spread out to fill a line.
_SPREAD = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[^\S\n]+[{_HAN}])+(?![{_HAN}])")
_ALL_HAN = re.compile("[\u3400-\u9fff〇\U00020000-\U0010ffff]*")
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text closed up, as printed (``printed``) and in Simplified characters (``text``), which are as many.

    Character i of either is character ``places[i]`` of the text before.
    """

    text: str
    printed: str
    places: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` of the folded text stand in the text before."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str, simplified: Mapping[int, str] | None = None) -> Folded:
    """``text`` with spread words closed up and one kind of dot in foreign names.

    ``simplified`` maps Traditional characters to theirs (as ``str.translate`` takes it).
    """
    dropped = {
        place
        for spread in (*_SPREAD.finditer(text), *_DOT_IN_NAME.finditer(text))
        for white in _WHITE.finditer(spread.group())
        for place in range(spread.start() + white.start(), spread.start() + white.end())
    }
    places = (
        tuple(place for place in range(len(text)) if place not in dropped) if dropped else range(len(text))
    )
    printed = _DOT_IN_NAME.sub("·", "".join(text[place] for place in places) if dropped else text)
    return Folded(printed.translate(simplified or {}), printed, places)


def is_han(text: str) -> bool:
    """Whether every character is a Chinese one."""
    return _ALL_HAN.fullmatch(text) is not None
