"""A piece's text as the recogniser reads it, with a map back to the text as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.names import cues
from archive.names.lexicon import Lexicon

#: The dots that encodings and typists put between the parts of a foreign name; ours is ``·``.
DOTS = "·•‧・･．∙⋅"

_HAN = "\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
_DOT_IN_NAME = re.compile(rf"(?<=[{_HAN}])\s*[{DOTS}]\s*(?=[{_HAN}])")
# 万　千, 吕 沛 指 出: single characters with white space between them are one word spread out to fill a line.
# Between words the space is another: 韩 冰　靳 丽.
_SPREAD = re.compile(rf"(?<![{_HAN}])[{_HAN}]([^\S\n]+)[{_HAN}](?:\1[{_HAN}])*(?![{_HAN}])")
_ALL_HAN = re.compile("[\u3400-\u9fff〇\U00020000-\U0010ffff]*")
# 同事盛　夏、杨　柳: names of two characters spread in the midst of text.
_SPREAD_NAME = re.compile(rf"([{_HAN}])[ 　][{_HAN}](?!\s)")
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


def fold(text: str, simplified: Mapping[int, str] | None = None, lexicon: Lexicon | None = None) -> Folded:
    """``text`` with spread words closed up and one kind of dot in foreign names.

    ``simplified`` maps Traditional characters to theirs (as ``str.translate`` takes it). With a ``lexicon`` names that
    are spread in the midst of text close up too: a surname behind a mark or an office, a space, a character.
    """
    dropped = {
        place
        for spread in (*_SPREAD.finditer(text), *_DOT_IN_NAME.finditer(text), *_spread_names(text, lexicon))
        for white in _WHITE.finditer(spread.group())
        for place in range(spread.start() + white.start(), spread.start() + white.end())
    }
    places = (
        tuple(place for place in range(len(text)) if place not in dropped) if dropped else range(len(text))
    )
    printed = _DOT_IN_NAME.sub("·", "".join(text[place] for place in places) if dropped else text)
    return Folded(printed.translate(simplified or {}), printed, places)


def _spread_names(text: str, lexicon: Lexicon | None) -> Iterator[re.Match[str]]:
    if lexicon and (" " in text or "\u3000" in text):
        for match in _SPREAD_NAME.finditer(text):
            begins = cues.opens(text, match.start()) or cues.office_before(text, match.start(), lexicon)
            if begins and match.group(1) in lexicon.surnames:
                yield match


def is_han(text: str) -> bool:
    """Whether every character is a Chinese one."""
    return _ALL_HAN.fullmatch(text) is not None
