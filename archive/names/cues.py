"""What stands around a place of a text and says that a name begins or ends there. Each is a small pure function."""

from __future__ import annotations

import re
from collections.abc import Collection

from archive.names.lexicon import Lexicon

_LONGEST_WORD = 6
_OPENERS = "，。；：、！？（(“”‘’《》〈〉【】[]—…・●■▲◆□△ 　\n\t\r"
_CLOSERS = _OPENERS + "）)/／"
_JOINERS = ("和", "与", "及", "同", "以及")
_NAMED = ("名叫", "叫做", "名为", "叫作", "本名", "原名", "真名")
#: （女）（回族）（右二）（左）: what lists put after a name.
_INVENTED = re.compile("[\u4e00-\u9fff]{2,4}(?=[（(](?:系?化名|均为化名)[）)])")
_REMARK = re.compile(
    r"[（(](?:女|男|[\u4e00-\u9fff]{1,5}族|[左右前后中][一二三四五六七八九]?|女[，、][^（）()]{1,6}|图)[）)]"
)


def ends_with(text: str, end: int, words: Collection[str]) -> str:
    """The longest of ``words`` that ends at ``end``; empty if none."""
    for length in range(min(_LONGEST_WORD, end), 0, -1):
        if text[end - length : end] in words:
            return text[end - length : end]
    return ""


def begins_with(text: str, start: int, words: Collection[str]) -> str:
    """The longest of ``words`` that begins at ``start``; empty if none."""
    for length in range(min(_LONGEST_WORD, len(text) - start), 0, -1):
        if (word := text[start : start + length]) in words:
            return word
    return ""


def office_before(text: str, place: int, lexicon: Lexicon) -> bool:
    """Whether an office or role ends just before ``place``: 管委会主任|吕沛, 村民|赵志山."""
    return bool(ends_with(text, place, lexicon.before_names))


def post_before(text: str, place: int, lexicon: Lexicon) -> bool:
    """Whether an office ends just before ``place`` that hardly stands before anything but a name: 局长|时钟."""
    word = ends_with(text, place, lexicon.before_names)
    return word in lexicon.offices and word not in lexicon.collective


def named_before(text: str, place: int) -> bool:
    """Whether 名叫 or the like ends just before ``place``: 摊主叫|简单."""
    return text[max(0, place - 2) : place] in _NAMED or (text[place - 1 : place] == "叫" and place > 1)


def writer_before(text: str, place: int, lexicon: Lexicon) -> bool:
    """Whether 记者, 通讯员 or the like ends just before ``place``, a colon or white space between them or not."""
    while place and text[place - 1] in "：: 　":
        place -= 1
    return len(ends_with(text, place, lexicon.writers)) > 1


def opens(text: str, place: int) -> bool:
    """Whether ``place`` begins the text or follows a mark, as each name of a list joined by 、 or white space does."""
    return place == 0 or text[place - 1] in _OPENERS or text[place - 1] in "）)"


def joined_before(text: str, place: int) -> bool:
    """Whether 和, 与 or the like stands just before ``place``."""
    return text[max(0, place - 2) : place].endswith(_JOINERS)


def closes(text: str, place: int) -> bool:
    """Whether the text ends at ``place`` or a mark or figure stands there."""
    return place >= len(text) or text[place] in _CLOSERS or _DIGIT.match(text, place) is not None


def remark_after(text: str, place: int) -> bool:
    """Whether （女）, （回族）, （左二） or the like stands at ``place``."""
    return _REMARK.match(text, place) is not None


def invented(text: str) -> list[str]:
    """The names that a text says are not people's own: 小宇（化名）."""
    return [
        match.group()[first:] for match in _INVENTED.finditer(text) for first in range(len(match.group()) - 1)
    ]


def deed_after(text: str, place: int, lexicon: Lexicon) -> int:
    """How long a word stands at ``place`` that follows names (指出, 同志, 摄, 指着); 0 if none."""
    word = begins_with(text, place, lexicon.after_names)
    return max(2 if text[place + 1 : place + 2] == "着" else 0, len(word))


def writer_after(text: str, place: int, lexicon: Lexicon) -> bool:
    """Whether 摄, 摄影 or the like stands at ``place`` and a mark behind it: 刘前刚|摄）."""
    while text[place : place + 1] in (" ", "　"):
        place += 1
    word = begins_with(text, place, lexicon.writing)
    if word in ("文", "图"):  # many a given name ends so
        return text[place + 1 : place + 2] in ("）", ")", "/", "／")
    return bool(word) and (len(word) > 1 or closes(text, place + 1))


def datelines(text: str) -> list[tuple[int, int]]:
    """Where places of datelines stand: 本报|阿比让|１月５日电."""
    return [match.span(1) for match in _DATELINE.finditer(text)]


def term_after(text: str, place: int, lexicon: Lexicon) -> bool:
    """Whether a word stands at ``place`` that makes a term of the name before it: 邓小平|理论."""
    return bool(begins_with(text, place, lexicon.terms))


#: （张悦摄）, （姜伟尚占摄影报道）: a parenthesis at the end, and the names in it.
_LAST_PARENTHESIS = re.compile(r"[（(]([^（）()]*?)(?:摄影报道|摄影|摄|文/图|图/文|整理|摘|画)?[）)]\s*$")
_DIGIT = re.compile(r"[0-9０-９A-Za-z]")
#: 本报阿比让１月５日电, 新华社安曼12月31日电: what stands between is a place.
_DATELINE = re.compile(
    r"(?:本报|社|中央社)(\w{1,8}?)[0-9０-９一二三四五六七八九十]{1,3}月[0-9０-９一二三四五六七八九十]{1,3}日[电讯]"
)


def last_parenthesis(text: str) -> tuple[int, int] | None:
    """Where the inside of the parenthesis that ends a piece stands, without 摄 and its like; None if there is none."""
    if not text.endswith(("）", ")")):
        return None
    last = _LAST_PARENTHESIS.search(text, max(0, len(text) - 30))
    return last.span(1) if last else None


def alone(text: str, start: int, end: int) -> bool:
    """Whether a name is all of its piece, or all of the parenthesis that ends it: …。（杨洪柯）, （张悦摄）."""
    return (start, end) == (0, len(text)) or (start, end) == last_parenthesis(text)
