"""Places with a printed kind of place in a text: 阳庙镇, 李万街道, 小梁庄村, 大沙河, 中原路."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from archive.names.folding import Folded, fold, is_han
from archive.names.glance import SPELLING, words_of
from archive.names.mentions import ArticleText
from archive.names.tagger import Tagging, Word, load, simplified, tag, words

#: What a place is called by its kind; the tagger's other places are too often cut or common words to be shown.
_KINDS = "街道|社区|大道|大街|省|市|县|镇|乡|村|路|街|河|湖|水库|火车站"
#: What says where a place lies is no part of its name: 湖南|犬木塘水库, 西部|艾伯塔省; 河南村, 上海路 are whole.
_WITHIN = re.compile(
    "(?:[东西南北中]部|北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南"
    f"|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)(?=[\u4e00-\u9fff]{{2,}}(?<!路)(?<!街)(?<!大道)$)(?!(?:{_KINDS}))"
)
_MARKET = re.compile("[花菜夜股超楼集早门车鱼灯]市$")
#: A place that acts (李万街道组织…) may be taken for a body or a person.
_TAKEN_FOR = frozenset({"ORG", "PER"})
_PLACES = _TAKEN_FOR | {"LOC"}
_OFFICE = re.compile("(?:街道|社区|镇|乡)$")
_KIND = re.compile(_KINDS)
_KIND_ENDS = re.compile(f"(?:{_KINDS})$")
_GOES_ON = re.compile(
    f"[\u4e00-\u9fff]+?(?:街道|市|县|镇|乡)(?!(?:{_KINDS}))[^\\W区州盟旗边畔口园桥站港湾东西南北中内外上下城]"
)
_CLAUSE = re.compile(r"[^。！？；，：\n]*[。！？；，：\n]+[”’」』）]*|[^。！？；，：\n]+")
#: Tags of a character between two places that is the beginning of the second's name.
_IN_NAMES = frozenset({"f", "n", "nz", "nw", "a", "m", "s", "PER", "LOC", "ORG"})
_PARTS = re.compile(f"[\u4e00-\u9fff]{{1,6}}?(?:{_KINDS})(?!(?<=[河湖路街库])(?:街道|社区|镇|乡|村|路|街))")
#: Before a kind these make no name of a place: 全市, 各村, 乡镇, 高速公路.
_COMMON = re.compile(
    "[全各本该我外城两三四五六七八九十几每多同邻开出入进跨沿临东西南北中大小新老旧古山水道公铁网线思去走上下后前通兴万冰]"
    "|.*(?:[全各本该我每个公铁乡县家市区内外]|高速|亮点|示范|美丽|重点|贫困|脱贫|文明|新农|行政|自然|名城名|名|建制|民俗|城中|移民|硬化|班列"
    "|林田|大城|康庄|省辖|直辖|地级|县级|步行|商业|护城)"
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

    Where the people of the texts are wanted too, ``recogniser.people_and_places`` reads them once for both.
    """
    folded = [[fold(piece.text, simplified()) for piece in text.pieces] for text in texts]
    flat = [one.text for pieces in folded for one in pieces]
    taggings = iter(tag(flat, worth=stretches))
    return tuple(in_pieces([(one, next(taggings)) for one in pieces]) for pieces in folded)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a text that may name places, since a kind of place stands in them behind something else."""
    for match in _CLAUSE.finditer(text):
        if may_name_places(words_of(match.group())):
            yield match.span()


def may_name_places(words: Sequence[str]) -> bool:
    """Whether a kind of place stands in a clause of these words behind a name, as far as the dictionary can tell."""
    if not _KIND.search("".join(words)):
        return False
    before = ""
    for word in words:
        if _may_name_place(before, word):
            return True
        before = (before + word)[-2:]
    return False


def _may_name_place(before: str, word: str) -> bool:
    inside = _KIND.search(word, 1)
    named = inside is not None and _named_place(word)
    if named and inside and not _COMMON.fullmatch(word, 0, inside.start()):
        return True
    kind = _KIND_ENDS.search(word)
    if not kind or (kind.start() == 1 and (kind.group() == "市" or not named)):
        return False  # 上市, 道路; but 泊|南村
    stem = before + word[: kind.start()]
    common = _COMMON.fullmatch(stem[-2:]) and _COMMON.fullmatch(stem[-1:])
    return bool(stem) and is_han(stem) and not common


def in_pieces(pieces: Sequence[tuple[Folded, Tagging]]) -> tuple[PlaceMention, ...]:
    """The places of one article's or photo's pieces, in printed order."""
    spans = [
        (number, start, end)
        for number, (one, tagging) in enumerate(pieces)
        if _KIND.search(one.text)
        for start, end in in_text(one.text, _words_near_places(tagging))
    ]
    names = {pieces[number][0].text[start:end] for number, start, end in spans}
    found = []
    for number, start, end in spans:
        one = pieces[number][0]
        start = whole(one.text, start, end, names)
        found.append(PlaceMention(one.printed[start:end], number, *one.span(start, end)))
    return tuple(found)


def _words_near_places(tagging: Tagging) -> list[Word]:
    """The words from the first place, or what may be taken for one, to the last, with the word before."""
    model = load()
    near = np.flatnonzero(np.isin(tagging.best, [n for n, tag in enumerate(model.words) if tag in _PLACES]))
    if not len(near):
        return []
    end = int(near[-1]) + 1
    while end < len(tagging.best) and model.further[tagging.best[end]]:
        end += 1
    return words(tagging, max(0, int(near[0]) - 1), end)


def whole(text: str, start: int, end: int, names: Collection[str]) -> int:
    """Where a place that ends at ``end`` begins, if elsewhere it was found with more before it: 小|台子村."""
    longest = max((len(name) for name in names if text.endswith(name, 0, end)), default=0)
    return min(start, end - longest)


def in_text(text: str, tagged: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the places of a tagged text stand: each part (李万街道|杨庄村) of a tagged place."""
    found: list[tuple[int, int]] = []
    tagged = joined(text, tagged)
    for number, word in enumerate(tagged):
        if word.tag != "LOC" and word.tag not in _TAKEN_FOR:
            continue
        name = text[word.start : word.end]
        if not is_han(name) or (word.tag != "LOC" and not _OFFICE.search(name)):
            continue
        parts = list(_PARTS.finditer(name))
        if not parts or parts[-1].end() != len(name):
            continue
        for part in parts:
            start, end = word.start + part.start(), word.start + part.end()
            last = found[-1][1] if found else 0
            if within := _WITHIN.match(part.group()):
                start += within.end()
            elif part is parts[0] and last and start - last == 1 and tagged[number - 1].tag in _IN_NAMES:
                start = last  # 西未庄乡|中|未城村: what stands alone between two places is the second's
            if _is_place(text, start, end, last):
                found.append((start, end))
    return found


def joined(text: str, tagged: Sequence[Word]) -> list[Word]:
    """The words with a place that goes on behind its kind put together with the next: 苏家作乡寨|卜昌村."""
    words_: list[Word] = []
    for word in tagged:
        last = words_[-1] if words_ else None
        if last and last.tag == word.tag == "LOC" and _GOES_ON.fullmatch(text, last.start, last.end):
            words_[-1] = Word(last.start, word.end, "LOC")
        else:
            words_.append(word)
    return words_


def _is_place(text: str, start: int, end: int, last: int) -> bool:
    """Whether what ends in a kind is a name and all of it; ``last`` is where another ended."""
    name = text[start:end]
    kind = _KIND_ENDS.search(name)
    stem = name[: kind.start()] if kind else ""
    before = text[start - 1 : start]
    if not stem or _COMMON.fullmatch(stem) or _MARKET.search(name) or before in tuple("-－–·"):
        return False
    if start != last and before in SPELLING and SPELLING.issuperset(stem):
        return False  # a foreign name cut short: 里弗|德尔县
    return len(stem) > 1 or (start == last > 0) or in_dictionary(name)


@functools.lru_cache(maxsize=10_000)
def _named_place(word: str) -> bool:
    """Whether the dictionary has a word as a name: 山东省, 淮河流域, 中原路."""
    import rjieba

    tags = rjieba.tag(word, hmm=False)
    return len(tags) == 1 and tags[0][1][:2] in ("ns", "nt", "nz", "nr")


@functools.lru_cache(maxsize=10_000)
def in_dictionary(word: str) -> bool:
    """Whether the dictionary has ``word`` as a place: of one character and a kind (漠河, 花市) many are none."""
    import rjieba

    tags = rjieba.tag(word, hmm=False)
    return len(tags) == 1 and tags[0][1].startswith("ns")
