"""Who wrote: 电头, 署名行 and 摄影署名 read into names of reporters, correspondents, photographers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from archive.parsing.words import (
    COMPOUND_SURNAMES,
    CORRESPONDENT_TITLES,
    REPORTER_TITLES,
    SURNAMES,
    TRAINEE_TITLES,
)


class Names(NamedTuple):
    """Those whom a byline names, in its order."""

    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()

    def and_(self, other: Names) -> Names:
        """Both, each name once."""
        return Names(
            tuple(dict.fromkeys((*self.reporters, *other.reporters))),
            tuple(dict.fromkeys((*self.correspondents, *other.correspondents))),
        )


_TITLE = "|".join(sorted((*REPORTER_TITLES, *CORRESPONDENT_TITLES), key=len, reverse=True))
_TITLES = re.compile(
    rf"(?:本报|本報|本刊|本网|本台|新华社|新華社|中新社|人民日报|[\u3400-\u9fff]{{0,6}}(?:日报|晚报|早报|晨报|商报|时报|都市报|青年报))?"
    rf"(?:驻[\u3400-\u9fff]{{1,6}}?)?({_TITLE})[:：/／]?"
)
_LONGEST_GLUED = 18  # characters; more than six names without a space are no list of names
_SEPARATORS = re.compile(r"[、，,;；/／|｜\s\u3000]+")
_NAME = re.compile(r"[\u3400-\u9fff]{1,4}|[\u3400-\u9fff·•．A-Za-z]{2,20}")
_AFTER_NAME = re.compile(
    r"(?:发自|专题报道|專題報導|综合报道|報導|报道|報道|文图|图文|文并图|摄影|攝影|整理|采写|统筹|撰文)+$"
)
_PART_OF_WORK = re.compile(
    r"[/／](?:文图|图文|文|图|圖|摄|攝|摄影|供图)+|(?<=[\s\u3000])(?:文|图|摄)[/／](?:文|图|摄)"
)
_NO_NAMES = frozenset(
    (
        *(
            "采写",
            "整理",
            "摄影",
            "报道",
            "文图",
            "图文",
            "供图",
            "撰文",
            "提供",
            "综合",
            "记者",
            "通讯员",
            "专题报道",
            "專題報導",
        ),
        *("今天", "昨天", "昨日", "今日", "近日", "日前", "目前", "今年", "去年", "连日"),
    )
)
_PAREN = re.compile(r"[（(〔【]([^（）()〔〕【】]{2,90})[）)〕】]")
_REPORTING = re.compile(
    rf"(?:电|電|讯|訊|消息|^)[】\]）)]?[\s\u3000]*((?:本报|本報|新华社)?(?:{_TITLE})[^，。：:（(]{{2,30}}?)(?:报道|報道|報導|从|在|日前)"
)
_REPORTS = ("报道", "報道", "報導")
_SIGNED = re.compile(r"[（(]([^（）()]{2,24})[）)]$")
_NOT_NAMES = re.compile(r"[0-9０-９《》“”。]|图片|附图|来源|本版|编辑部")


def split_names(text: str) -> tuple[str, ...]:
    """The names in a list without titles; names spread for justification (万 千) are drawn together.

    >>> split_names("万 千、杨洪柯张起河")
    ('万千', '杨洪柯', '张起河')
    """
    found: list[str] = []
    pending = ""
    for token in _SEPARATORS.split(_PART_OF_WORK.sub(" ", text).strip("（）()【】 \u3000:：")):
        if not token:
            continue
        if len(token) == 1:
            pending += token
            if len(pending) == 2:
                found.append(pending)
                pending = ""
            continue
        if pending and found:
            found[-1] += pending
        pending = ""
        token = _AFTER_NAME.sub("", token) if len(token) > 3 else token
        found += _unglued(token)
    return tuple(
        name
        for name in dict.fromkeys(found)
        if len(name) > 1 and name not in _NO_NAMES and _NAME.fullmatch(name)
    )


def _unglued(token: str) -> list[str]:
    """Names that stand without a space between them, told apart by their surnames."""
    if len(token) < 4 or "·" in token or "•" in token:
        return [token] if token else []
    if "和" in token[1:-1] and len(token) > 4:
        left, _, right = token.rpartition("和")
        if len(left) >= 2 and len(right) >= 2:
            return _unglued(left) + _unglued(right)
    best = _split(token) if len(token) <= _LONGEST_GLUED else []
    return best if best else [token]


def _split(token: str) -> list[str]:
    """The split of a run of characters into names of three or two characters that begin with surnames."""
    if not token:
        return []
    sizes = (4, 3) if token[:2] in COMPOUND_SURNAMES else (3, 2)
    if token[:2] not in COMPOUND_SURNAMES and token[0] not in SURNAMES:
        return []
    for size in sizes:
        if len(token) == size:
            return [token]
        if len(token) > size:
            rest = _split(token[size:])
            if rest:
                return [token[:size], *rest]
    return []


def names_in(text: str) -> Names:
    """Names after their titles: 记者付凯明 通讯员卢立明 →付凯明 as reporter, 卢立明 as correspondent."""
    parts = _TITLES.split(text)
    reporters: list[str] = []
    correspondents: list[str] = []
    for title, names in zip(parts[1::2], parts[2::2], strict=True):
        if title not in TRAINEE_TITLES:
            (correspondents if title in CORRESPONDENT_TITLES else reporters).extend(split_names(names))
    return Names(tuple(dict.fromkeys(reporters)), tuple(dict.fromkeys(correspondents)))


_BARE = re.compile(
    rf"(?:电|電|讯|訊|消息)[\s\u3000]*((?:本报|本報)?(?:{_TITLE})[\s\u3000]*[\u3400-\u9fff·]{{2,4}}"
    rf"(?:[\s\u3000、，,]+(?:(?:{_TITLE})(?![从在])[\s\u3000]*)?[\u3400-\u9fff·]{{2,4}}){{0,12}})(?=[\s\u3000\n])"
)


def of_opening(text: str) -> Names:
    """The names in the opening of an article.

    本报讯（记者郭树勋 通讯员李想）…, …电 记者鲍洪俊报道：…, 晨报讯 记者 贾宏梅 …, 本报讯（邱桂安）….
    ``text`` keeps the line breaks of the print.
    """
    head = _BROKEN_NAME.sub("", text[:160])
    flat = head.replace("\n", "")
    for found in _PAREN.finditer(flat[:120]):
        if found.start() > 45:
            break
        names = names_in(found.group(1))
        if names.reporters or names.correspondents:
            return names
        if found.start() <= 24 and _FILED_END.search(flat[: found.start()]):
            plain = plain_names(found.group(1))
            if plain:
                return Names(plain)
    reporting = _REPORTING.search(flat[:80])
    bare = None if reporting and reporting.group().endswith(_REPORTS) else _BARE.search(head[:80])
    if bare:
        names = names_in(bare.group(1))
        return Names(_leading(names.reporters), _leading(names.correspondents))
    return names_in(reporting.group(1)) if reporting else Names()


def _leading(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names up to the first word that can be none: the text begins there (通讯员 萧鹏 交通⏎运输部)."""
    return names[:1] + tuple(takewhile(_is_plain_name, names[1:]))


#: A name that the line's end broke in two: the rest, a character or two, stands before a space.
_BROKEN_NAME = re.compile(r"\n(?<=[\u3400-\u9fff]\n)(?=[\u3400-\u9fff]{1,2}[ \u3000])")
_FILED_END = re.compile(r"(?:电|電|讯|訊|消息)[\s\u3000]*$")


def plain_names(text: str) -> tuple[str, ...]:
    """The names in a list that holds nothing else, each told by its surname; none where anything else is in it."""
    if _NOT_NAMES.search(text):
        return ()
    names = split_names(text)
    if all(_is_plain_name(name) for name in names) and sum(map(len, names)) == len(_SEPARATORS.sub("", text)):
        return names
    return ()


def of_line(text: str) -> Names:
    """The names on a byline line (本报记者 郭树勋). A name without a title is an author's, not a reporter's."""
    names = names_in(text)
    if names.reporters or names.correspondents:
        return names
    return Names()


def of_ending(text: str) -> Names:
    """The names that sign an article in brackets at its end: （记者 张三） or （张佳利）."""
    found = _SIGNED.search(text.rstrip())
    if not found or _NOT_NAMES.search(found.group(1)):
        return Names()
    inner = found.group(1)
    names = names_in(inner)
    if names.reporters or names.correspondents:
        return names
    return Names()


def may_be_name(text: str) -> bool:
    """Whether a word reads as names do: a surname and a character or two, or two parts (热依汗·吐尔逊)."""
    return _is_plain_name(text) or "·" in text


def _is_plain_name(name: str) -> bool:
    return (2 <= len(name) <= 3 and name[0] in SURNAMES) or (
        len(name) in {3, 4} and name[:2] in COMPOUND_SURNAMES
    )


_CREDIT_WORDS = re.compile(
    r"摄影报道|攝影報道|摄影|攝影|摄|攝|供图|供圖|配图|制图|图片|圖片|图[:：/／]|新华社发?|新華社發?|中新社发?|[（）()。]|本报|本報|资料|資料|照片"
)


def of_credit(text: str) -> tuple[str, ...]:
    """The photographers that a credit names (本报记者 刘金元 翟鹏程 摄); none for 资料图片."""
    parts = _TITLES.split(text)
    segments: Iterable[str] = parts[2::2] if len(parts) > 2 else parts[:1]
    found: list[str] = []
    for segment in segments:
        found += split_names(_CREDIT_WORDS.sub(" ", segment))
    return tuple(dict.fromkeys(found))


def agency_of(text: str) -> str:
    """The agency or archive that a credit names: 新华社, 资料图片; empty for the paper's own."""
    for agency in ("新华社", "新華社", "中新社", "资料图片", "資料圖片", "资料照片"):
        if agency in text:
            return agency
    return ""
