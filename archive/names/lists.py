"""Names that stand in a row: joined by 、 or white space, or by nothing at all."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from archive.names import cues
from archive.names.boundaries import Candidate
from archive.names.known import is_common
from archive.names.lexicon import Lexicon

#: Characters: no name in a row is longer.
MOST = 16
#: What a name found by its place in a row counts for.
BY_ROW = 5.0

#: 水产业, 和平路: what ends so in a row is no name.
_BODIES = frozenset("业县市镇乡村路街厂局部院所队站店区厅委办")

#: The least share of a run's characters that must be in names already.
MOSTLY = 0.4

_WRITERS_RUN = re.compile(
    "(?:记者|通讯员|摄影|文|图)[：: 　]?((?:(?!通讯员|记者)[\u4e00-\u9fff]){4,9}?)(?<![摄文图画])"
    "(?=[、，。；（）() 　]|摄|报道|整理|通讯员|$)"
)
_ALL_RUN = re.compile("[—…·]*([\u4e00-\u9fff]{4,9})$")

_JOINT = "[、，,]?[、 　]"
_REMARK = r"(?:[（(][^（）()、，。]{1,8}[）)])?"
_ITEM = re.compile("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,8})+")
_AFTER = re.compile(_REMARK + _JOINT)
_BEFORE = re.compile("(?:^|[、：:，])(" + _ITEM.pattern + ")" + _REMARK + _JOINT + "$")


_ITEM_OF_SIGNATURE = re.compile("[^ 　、，/／]+")
#: A signature follows the end of a sentence, or is a piece of its own.
_BEFORE_SIGNATURE = frozenset({"", "。", "！", "？", "”", "…", " ", "　"})


#: An entry of a register: 吕梁，男，汉族；王素琴，女，身份证号 …
_REGISTERED = re.compile(
    "(?:^|[。；;：:、\n 　0-9０-９.．])([\u4e00-\u9fff]{2,6}(?:·[\u4e00-\u9fff]{2,8})*)(?<![人者])"
    "[，,][男女](?=[，,。、])"
)


def registered(text: str, lexicon: Lexicon) -> list[Candidate]:
    """The names of a register, each before the person's sex: whatever stands there is one."""
    return [
        Candidate(*match.span(1), BY_ROW)
        for match in _REGISTERED.finditer(text)
        if match.group(1) not in lexicon.before_names and "某" not in match.group(1)
    ]


def filled(text: str, found: Sequence[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """The names found, and those that stand between or beside them in a row of names: 史大桢、高严、石秀诗."""
    entries = registered(text, lexicon)
    apart = [
        one for one in found if all(one.end <= other.start or other.end <= one.start for other in entries)
    ]
    names = {one.start: one for one in (*apart, *entries)}
    queue = [one for one in names.values() if one.end - one.start > 1]
    while queue:
        one = queue.pop()
        for start, end in _neighbours(text, one, lexicon):
            overlapping = [other for other in names.values() if other.start < end and start < other.end]
            inside = all(start <= other.start and other.end <= end for other in overlapping)
            smaller = all(
                other.end - other.start < end - start and "·" not in text[other.start : other.end]
                for other in overlapping
            )
            if inside and smaller:
                for other in overlapping:
                    del names[other.start]
                names[start] = Candidate(start, end, BY_ROW)
                queue.append(names[start])
    return [names[start] for start in sorted(names)]


def _neighbours(text: str, one: Candidate, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    if joint := _AFTER.match(text, one.end):
        start = joint.end()
        for end in range(start + 2, min(start + MOST, len(text)) + 1):
            item = text[start:end]
            if (
                _ends(text, start, end, lexicon)
                and _ITEM.fullmatch(item)
                and _like_a_name(item, text[end:], lexicon)
            ):
                yield start, end
                break
    before = _BEFORE.search(text, max(0, one.start - 30), one.start)
    if before and _like_a_name(before.group(1), text[before.end(1) :], lexicon):
        yield before.span(1)


def _ends(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a name in a row may end at ``end``: one of three characters also before 和, 在, 共 or the like."""
    if (
        cues.closes(text, end)
        or text[end] == "等"
        or cues.remark_after(text, end)
        or cues.writer_after(text, end, lexicon)
    ):
        return True
    whole = end - start > 2 and text[end - 1] not in lexicon.parts
    deed = cues.deed_after(text, end, lexicon)
    return deed >= (1 if whole else 2) and not is_common(text[start:end])  # 翻译韩冰、项目|经理


def _like_a_name(item: str, after: str, lexicon: Lexicon) -> bool:
    if "·" in item or cues.remark_after(after, 0):
        return True
    surname = lexicon.surname(item)
    given = item[len(surname) :]
    return (
        bool(surname) and 1 <= len(given) <= 2 and given not in lexicon.no_given and item[-1] not in _BODIES
    )


def signed(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The names of a signature: two or more in the parenthesis that ends a piece: （党文民　成安林）."""
    inner = cues.last_parenthesis(text)
    if not inner or text[max(0, inner[0] - 2) : inner[0] - 1] not in _BEFORE_SIGNATURE:
        return []
    items = [match.span() for match in _ITEM_OF_SIGNATURE.finditer(text, *inner)]
    names = [text[start:end] for start, end in items]
    return items if len(items) > 1 and all(_like_a_name(name, "", lexicon) for name in names) else []


def with_runs(
    text: str, found: Sequence[Candidate], lexicon: Lexicon, known: Container[str] = ()
) -> list[Candidate]:
    """The names found, with those of a signature and each run of names (潘跃王萍) that they touch taken apart."""
    names = list(found)
    for start, end in signed(text, lexicon):
        names = [one for one in names if one.end <= start or end <= one.start]
        names.append(Candidate(start, end, BY_ROW))
    for run in runs(text, lexicon, known):
        start, end = run[0][0], run[-1][1]
        touching = [one for one in names if one.start < end and start < one.end]
        apart = [one for one in names if one not in touching]
        if sum(one.end - one.start for one in touching) >= MOSTLY * (end - start):
            names = [*apart, *(Candidate(*span, BY_ROW) for span in run)]
    return sorted(names, key=lambda one: one.start)


def runs(text: str, lexicon: Lexicon, known: Container[str] = ()) -> Iterator[list[tuple[int, int]]]:
    """Names that follow each other without a mark, each stretch of them taken apart: 潘跃王萍, 记者李锦赵承.

    Only where a stretch may hold nothing but names: a piece of its own, the parenthesis that ends a piece,
    or after 记者. Where it can be taken apart in several ways, names that are known count most, then long ones.
    """
    places = {match.span(1) for match in _WRITERS_RUN.finditer(text)}
    if match := _ALL_RUN.match(text):
        places.add(match.span(1))
    if inner := cues.last_parenthesis(text):
        places.add(inner)
    for start, end in sorted(places):
        ways = [way for way in _ways(text[start:end], lexicon) if len(way) > 1]
        if ways:
            best = max(ways, key=lambda way: (sum(name in known for name in way), -_unevenness(way)))
            spans, place = [], start
            for name in best:
                spans.append((place, place + len(name)))
                place += len(name)
            yield spans


def _ways(run: str, lexicon: Lexicon) -> Iterator[list[str]]:
    if not run:
        yield []
    for length in range(2, min(5, len(run) + 1)):
        if _like_a_name(run[:length], "", lexicon):
            yield from ([run[:length], *rest] for rest in _ways(run[length:], lexicon))


def _unevenness(way: Sequence[str]) -> int:
    return 10 * len(way) + max(map(len, way)) - min(map(len, way))
