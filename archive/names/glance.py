"""A first glance at a text: which stretches of it are worth the tagger's time.

The tagger is most of what recognising costs, and most clauses of a newspaper hold no name. A dictionary tells many of
them apart at a hundredth of the cost: a name that it doesn't know falls into single characters, the first a surname
(吕|沛, 葛|巧|红), and one that it knows is marked as a name. What this misses the page's other mentions may still give.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence

from archive.names import cues
from archive.names.folding import is_han
from archive.names.lexicon import Lexicon

#: Characters: a clause no longer than this is worth reading if a word of it begins with a surname: （高峰）.
SHORT = 6
#: Surnames that mostly are other words: only behind a mark or an office a name may begin with them and a word: 于建设.
FUNCTION = frozenset("于向时曾国万高成水原党区员")
#: Those that nearly always are: only there a name may begin with them at all, and not with a word: 强|卫, not 从|现在.
RARE = frozenset("和从都来占那过应全项居种支连满强门解步双元初展")
#: Characters behind a surname that are no part of a name: 党的, 都是.
_NOT_GIVEN = frozenset("的了着是也就都这那们么吗呢吧啊啦")

#: Words of one character that follow words more often than they end names.
_AFTER_WORDS = _NOT_GIVEN | frozenset(
    "和与及或等将把被从向到在对为以于由让使给是有没无不要会能可应该已还又再才上下中内外里前后时来去过起"
)
#: What the dictionary has as names and ends so is none: 宣传栏, 青少年, 清真寺.
_THINGS = frozenset("区院园馆寺站台栏率感观卡单证品物年化性市县村镇山")
_CLAUSE = re.compile(r"[^。！？；，：\n]*[。！？；，：\n]+[”’」』）]*|[^。！？；，：\n]+")
_BEFORE_OR_AFTER = re.compile("记者|通讯员|摄|名叫|叫做|名为")
_SENTENCE_ENDS = "。！？；\n”’」』）"
#: Characters that foreign names are spelt with, more often than words are.
SPELLING = frozenset(
    "阿埃艾奥巴拜班邦鲍贝本比彼别宾波伯勃博布查茨达戴丹德登迪蒂丁杜顿多厄恩尔法菲费芬弗福盖甘冈戈格葛古圭哈海汉赫"
    "亨胡华霍基吉加贾杰金京卡凯坎康考柯科克肯孔库夸拉莱兰朗劳勒雷里利丽莲列林琳龙卢鲁路伦罗洛马玛迈曼毛梅门蒙米密"
    "莫默姆穆纳娜南内尼涅宁纽努诺欧帕潘庞佩彭皮珀普奇齐恰乔切琼让热荣茹瑞若萨塞桑瑟森沙莎舍圣史士舒斯丝松苏索塔泰坦"
    "汤特腾提廷图托瓦万旺威韦维温文沃乌武西希席夏肖谢辛雄休雅亚扬耶叶伊因英尤约泽扎詹珍治朱佐"
)


def stretches(
    text: str, lexicon: Lexicon, also: Callable[[Sequence[str]], bool] | None = None
) -> Iterator[tuple[int, int]]:
    """The stretches of a text that may hold names, in order: whole clauses, none across the end of a sentence.

    ``also`` says of a clause, given in words, that it is worth reading for another reason.
    """
    begin = None
    for match in _CLAUSE.finditer(text):
        start = match.start()
        words = words_of(match.group())
        worth = may_hold_names(words, lexicon) or (also is not None and also(words))
        if begin is not None and (not worth or text[start - 1] in _SENTENCE_ENDS):
            yield begin, start
            begin = None
        if worth and begin is None:
            begin = start
    if begin is not None:
        yield begin, len(text)


def words_of(clause: str) -> list[str]:
    """A clause in the words of the dictionary."""
    import rjieba

    words: list[str] = rjieba.cut(clause, hmm=False)
    return words


def may_hold_names(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a clause has what a name may look like."""
    short = sum(map(len, words)) <= SHORT
    before = ""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if len(word) == 1:
            worth = (
                word == "·"
                or word + following in lexicon.surnames
                or _single(before, word, following, lexicon)
            )
        else:
            worth = (
                word in lexicon.surnames
                or _after_office(word, following, lexicon)
                or _is_name(word, lexicon)
                or _split(before, word, following, lexicon)
            )
        if worth or (short and (word[0] in lexicon.surnames or word[0] in SPELLING or word[0] in "小阿老")):
            return True
        before = word
    return _BEFORE_OR_AFTER.search("".join(words)) is not None


def _single(before: str, word: str, following: str, lexicon: Lexicon) -> bool:
    """Whether a name may begin with a character that is a word: 吕|沛, 葛|巧|红, 王|建设."""
    if not 0 < len(following) < 3 or not is_han(following):
        return False
    if word not in lexicon.surnames:
        return word in SPELLING and following[0] in SPELLING
    opened = _opened(before, lexicon)
    if len(following) == 1:
        return following not in _NOT_GIVEN and (opened or word not in RARE)
    return word not in RARE and (opened or word not in FUNCTION)


def _split(before: str, word: str, following: str, lexicon: Lexicon) -> bool:
    """Whether a word may be the first two characters of a name, where one may begin: 尚可|欣."""
    return (
        len(word) == 2
        and len(following) == 1
        and word[0] in lexicon.surnames
        and _opened(before, lexicon)
        and is_han(following)
        and following not in _AFTER_WORDS
    )


def _opened(before: str, lexicon: Lexicon) -> bool:
    return not before or not is_han(before) or before in lexicon.before_names


def _after_office(word: str, following: str, lexicon: Lexicon) -> bool:
    """Whether a name may follow a word that ends in an office: 局长|高峰, 总统|曼德拉, not 领导|干部."""
    first = following[:1]
    if word[-1] not in lexicon.endings or not (first in lexicon.surnames or first in SPELLING):
        return False
    office = cues.ends_with(word, len(word), lexicon.before_names)
    return bool(office) and (len(following) != 2 or office not in lexicon.collective)


def _is_name(word: str, lexicon: Lexicon) -> bool:
    return len(word) < 6 and _named_in_dictionary(word) and _like_a_name(word, lexicon)


@functools.lru_cache(maxsize=100_000)
def _named_in_dictionary(word: str) -> bool:
    import rjieba

    tags = rjieba.tag(word, hmm=False)
    return len(tags) == 1 and tags[0][1].startswith("nr")


def _like_a_name(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that the dictionary has as a name looks like one: 高峰, 斯大林, not 努力实现, 高新区."""
    if surname := lexicon.surname(word):
        return len(word) - len(surname) < 3 and word[-1] not in _THINGS
    return 2 * sum(character in SPELLING for character in word) >= len(word)
