"""A first glance at a text: which stretches of it are worth the tagger's time.

The tagger is most of what recognising costs, and most clauses of a newspaper hold no name. A dictionary tells many of
them apart at a hundredth of the cost: a name that it doesn't know falls into single characters, the first a surname
(吕|沛, 葛|巧|红), and one that it knows is marked as a name. What this misses the page's other mentions may still give.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from archive.names import cues
from archive.names.folding import is_han
from archive.names.lexicon import Lexicon

#: Characters: a clause no longer than this is worth reading whatever it says: （方明）, 本报记者许立群.
SHORT = 6

_CLAUSE = re.compile(r"[^。！？；，：\n]*[。！？；，：\n]+[”’」』）]*|[^。！？；，：\n]+")
_WRITERS = re.compile("记者|通讯员|摄")
_SENTENCE_ENDS = "。！？；\n”’」』）"
#: Characters that foreign names are spelt with, more often than words are.
SPELLING = frozenset(
    "阿埃艾奥巴拜班邦鲍贝本比彼别宾波伯勃博布查茨达戴丹德登迪蒂丁杜顿多厄恩尔法菲费芬弗福盖甘冈戈格葛古圭哈海汉赫"
    "亨胡华霍基吉加贾杰金京卡凯坎康考柯科克肯孔库夸拉莱兰朗劳勒雷里利丽莲列林琳龙卢鲁路伦罗洛马玛迈曼毛梅门蒙米密"
    "莫默姆穆纳娜南内尼涅宁纽努诺欧帕潘庞佩彭皮珀普奇齐恰乔切琼让热荣茹瑞若萨塞桑瑟森沙莎舍圣史士舒斯丝松苏索塔泰坦"
    "汤特腾提廷图托瓦万旺威韦维温文沃乌武西希席夏肖谢辛雄休雅亚扬耶叶伊因英尤约泽扎詹珍治朱佐"
)


def stretches(
    text: str, lexicon: Lexicon, also: Callable[[str], bool] | None = None
) -> Iterator[tuple[int, int]]:
    """The stretches of a text that may hold names, in order: whole clauses, none across the end of a sentence.

    ``also`` says of a clause that it is worth reading for another reason.
    """
    begin = None
    for match in _CLAUSE.finditer(text):
        start = match.start()
        worth = may_hold_names(match.group(), lexicon) or (also is not None and also(match.group()))
        if begin is not None and (not worth or text[start - 1] in _SENTENCE_ENDS):
            yield begin, start
            begin = None
        if worth and begin is None:
            begin = start
    if begin is not None:
        yield begin, len(text)


def may_hold_names(clause: str, lexicon: Lexicon) -> bool:
    """Whether a clause has what a name may look like, or is so short that it may be nothing else."""
    if len(clause) <= SHORT or _WRITERS.search(clause):
        return True
    import rjieba

    words: list[str] = rjieba.cut(clause, hmm=False)
    pairs = zip(words, [*words[1:], ""], strict=True)
    return any(_may_begin_name(word, following, lexicon) for word, following in pairs)


def _may_begin_name(word: str, following: str, lexicon: Lexicon) -> bool:
    spelt = following[:1] in SPELLING
    if len(word) == 1 and 0 < len(following) < 3 and is_han(following):
        return word in lexicon.surnames or (word in SPELLING and spelt)
    if following and len(word) > 1 and cues.ends_with(word, len(word), lexicon.before_names):
        return spelt or following[0] in lexicon.surnames
    return word == "·" or (1 < len(word) < 6 and _named_in_dictionary(word))


@functools.lru_cache(maxsize=100_000)
def _named_in_dictionary(word: str) -> bool:
    import rjieba

    tags = rjieba.tag(word, hmm=False)
    return len(tags) == 1 and tags[0][1].startswith("nr")
