"""The office (职务) that is printed with a name, and what makes a named person a writer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.names import cues
from archive.names.boundaries import Candidate
from archive.names.lexicon import Lexicon
from archive.names.mentions import MentionKind
from archive.names.tagger import Tagging, words
from archive.structure import Role

#: Tags of words that an office is made of: bodies, places, nouns, nouns of action; the words below besides.
_OF_OFFICES = frozenset({"ORG", "LOC", "n", "nz", "nw", "s", "f", "vn", "an", "a", "xc", "q"})
_WORDS_OF_OFFICES = re.compile(
    "[该本我](?:[省市区县镇乡村街院校局厂店]|公司|集团|企业|街道|社区)|该|原|时任|现任|前|副|总|兼|首席|首任|驻华?|中共|本|第?[一二三四五六七八九十0-9]+[级届线期]?"
)
_MARKS_IN_OFFICES = frozenset("、（）()·“”")
#: The tagger takes a closing mark and the noun behind it for one word: 中商（威海|）控股集团.
_CLOSED = re.compile("[）)”][\u4e00-\u9fff]+")
_CLAUSE_ENDS = "，。；：！？《》〈〉\n\t 　,;:!?…—"

#: 新华社莫斯科１月６日电|俄罗斯副总理…
_DATED = re.compile("日[电讯]")
_REMARK = r"(?:[（(][^（）()]{1,8}[）)])?"
_NEXT_IN_ROW = re.compile(_REMARK + "[、 　,，]?[、 　]?$")
_JOINED = re.compile(_REMARK + "(?:和|与|及|以及|、)$")
_SLASHED = re.compile(r"(?:^|[（(。\s/／、 　])([文图摄])\s*[/／：:]\s*$")
_PLURAL = ("领导", "领导人", "领导同志", "代表", "委员", "专家", "学者", "负责人", "老同志")
_WRITERS_OF_ROLE = {Role.BYLINE: MentionKind.REPORTER, Role.CREDIT: MentionKind.PHOTOGRAPHER}


def offices(text: str, names: Sequence[Candidate], tagging: Tagging, lexicon: Lexicon) -> list[str]:
    """The office printed with each of a text's names, in order; empty where none is.

    区领导刘春明、冯利民、许海玲: names in a row share what stands before the first.
    """
    found: list[str] = []
    for number, name in enumerate(names):
        after_last = names[number - 1].end if number else 0
        office = office_before(text, after_last, name.start, tagging, lexicon) or office_after(
            text, name.end, lexicon
        )
        if not office and number and found[-1]:
            gap = text[after_last : name.start]
            if _NEXT_IN_ROW.fullmatch(gap) or (_JOINED.fullmatch(gap) and found[-1].endswith(_PLURAL)):
                office = found[-1]
        found.append(office)
    return found


def office_before(text: str, first: int, end: int, tagging: Tagging, lexicon: Lexicon) -> str:
    """The office that ends at ``end``, as printed, and begins at ``first`` or later.

    It goes as far back as words of offices do: 示范区（高新区）党工委书记、管委会主任|吕沛.
    """
    least = len(cues.ends_with(text, end, lexicon.offices))
    if not least or cues.ends_with(text, end, lexicon.writers):
        return ""
    first = max([first, *(text.rfind(mark, first, end) + 1 for mark in _CLAUSE_ENDS)])
    if dateline := _DATED.search(text, first, end):
        first = dateline.end()
    start = end
    for word in reversed(words(tagging, first, end)):
        printed = text[word.start : word.end]
        if printed == "、" and not cues.ends_with(text, word.start, lexicon.offices):
            break
        if (
            word.tag in _OF_OFFICES
            or _WORDS_OF_OFFICES.fullmatch(printed)
            or set(printed) <= _MARKS_IN_OFFICES
            or _CLOSED.fullmatch(printed)
        ):
            start = word.start
        elif (
            printed not in lexicon.bodies
        ):  # such a word only holds others together, an office doesn't begin with it
            break
    if start < end:  # else the tagger takes the word for no noun: 他代表王建华
        start = min(start, max(first, end - least))
    return _balanced(text[start:end].lstrip("、·”）)"))


def office_after(text: str, start: int, lexicon: Lexicon) -> str:
    """The office that a name is addressed with: 习近平|总书记."""
    word = cues.begins_with(text, start, lexicon.address)
    return word if word in lexicon.offices else ""


def kinds(text: str, role: Role, names: Sequence[Candidate], lexicon: Lexicon) -> list[MentionKind]:
    """What each of a text's names is to its article, by what is printed around them (记者…, 通讯员…, …摄)."""
    found: list[MentionKind] = []
    parenthesis = cues.last_parenthesis(text)
    for number, name in enumerate(names):
        kind = writer_before(text, name.start, lexicon)
        if kind is None and number and found[-1] is not MentionKind.SUBJECT:
            gap = text[names[number - 1].end : name.start]
            if _NEXT_IN_ROW.fullmatch(gap) or _JOINED.fullmatch(gap):
                kind = found[-1]
        if kind is None and parenthesis and _only_names(text, parenthesis, names):
            kind = MentionKind.REPORTER if parenthesis[0] <= name.start else None
        if kind is None and (name.start, name.end) == (0, len(text)) and role is Role.BODY:
            kind = MentionKind.REPORTER
        found.append(kind or _WRITERS_OF_ROLE.get(role, MentionKind.SUBJECT))
    for number in range(len(names) - 1, -1, -1):
        if cues.writer_after(text, names[number].end, lexicon):
            place = names[number].end
            while text[place] in " 　":
                place += 1
            found[number] = MentionKind(lexicon.writing[cues.begins_with(text, place, lexicon.writing)])
        elif number + 1 < len(names) and found[number + 1] is MentionKind.PHOTOGRAPHER:
            gap = text[names[number].end : names[number + 1].start]
            found[number] = MentionKind.PHOTOGRAPHER if _NEXT_IN_ROW.fullmatch(gap) else found[number]
    return found


def writer_before(text: str, place: int, lexicon: Lexicon) -> MentionKind | None:
    """What the word before ``place`` makes of the name there (记者|付凯明, 图/|王龙卿); None if it is no such word."""
    if slashed := _SLASHED.search(text, max(0, place - 6), place):
        return MentionKind(lexicon.writing[slashed.group(1)])
    while place and text[place - 1] in "：: 　":
        place -= 1
    word = cues.ends_with(text, place, lexicon.writers)
    return MentionKind(lexicon.writers[word]) if len(word) > 1 else None


def _only_names(text: str, parenthesis: tuple[int, int], names: Sequence[Candidate]) -> bool:
    inside = list(text[slice(*parenthesis)])
    for name in names:
        for place in range(max(name.start, parenthesis[0]), min(name.end, parenthesis[1])):
            inside[place - parenthesis[0]] = ""
    return "".join(inside).strip("、 　，,") == ""


def _balanced(office: str) -> str:
    """An office without a parenthesis or quotation of which it has only one end."""
    for opening, closing in ("（）", "()", "“”"):
        if office.count(opening) != office.count(closing):
            office = re.split(f"[{re.escape(opening + closing)}]", office)[-1]
    return office.lstrip("、·")
