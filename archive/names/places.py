"""Places with a printed kind of place in a text: 阳庙镇, 李万街道, 小梁庄村, 大沙河, 中原路."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.names.folding import fold, is_han
from archive.names.mentions import ArticleText
from archive.names.tagger import Word, simplified, tag, words

#: What a place is called by its kind; the tagger's other places are too often cut or common words to be shown.
_KINDS = "街道|社区|大道|大街|省|市|县|镇|乡|村|路|街|河|湖|水库|火车站"
_PARTS = re.compile(f"[\u4e00-\u9fff]{{1,6}}?(?:{_KINDS})")
#: Before a kind these make no name of a place: 全市, 各村, 乡镇, 高速公路.
_COMMON = re.compile(
    "[全各本该我外城两三四五六七八九十几每多同邻出入进跨沿临东西南北中大小新老旧古山水道公铁网线思去走上下后前通兴万冰]"
    "|.*(?:[全各本该我每个公铁乡县市区内外]|高速|亮点|示范|美丽|重点|贫困|文明|新农|行政|自然|建制|民俗|城中|移民|硬化|班列"
    "|省辖|直辖|地级|县级|步行|商业|护城)"
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named at one place of a text; ``piece``, ``start``, ``end`` as in ``NameMention``."""

    name: str
    piece: int
    start: int
    end: int


def places(texts: Sequence[ArticleText]) -> tuple[tuple[PlaceMention, ...], ...]:
    """The places with a kind (镇, 村, 路 …) that each text names, in printed order.

    Reads all of every text, which takes twice as long as finding people.
    """
    folded = [[fold(piece.text, simplified()) for piece in text.pieces] for text in texts]
    taggings = iter(tag([one.text for pieces in folded for one in pieces]))
    found = []
    for pieces in folded:
        mentions: list[PlaceMention] = []
        for number, one in enumerate(pieces):
            for start, end in in_text(one.text, list(words(next(taggings), 0, len(one.text)))):
                mentions.append(PlaceMention(one.printed[start:end], number, *one.span(start, end)))
        found.append(tuple(mentions))
    return tuple(found)


def in_text(text: str, tagged: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the places of a tagged text stand: each part (李万街道|杨庄村) of a tagged place."""
    found = []
    for word in tagged:
        name = text[word.start : word.end]
        if word.tag != "LOC" or not is_han(name):
            continue
        parts = list(_PARTS.finditer(name))
        if not parts or parts[-1].end() != len(name):
            continue
        for part in parts:
            kind = re.search(f"(?:{_KINDS})$", part.group())
            if kind and not _COMMON.fullmatch(part.group()[: kind.start()]):
                found.append((word.start + part.start(), word.start + part.end()))
    return found
