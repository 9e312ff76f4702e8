"""Which of an article's headings is 引题, 主标题, 副标题."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.parsing.lines import Line, width_of
from archive.parsing.words import KICKER_ENDINGS, OFFICE_ENDINGS, PRESENCE, SURNAMES
from archive.structure import Role

#: A group of heading lines: places in the page's list of lines, without a blank between them.
Group = Sequence[int]
#: A group or a part of one, and whether it says itself that it is a subheadline.
Part = tuple[Group, bool]

_DASHED = re.compile(r"^(?:——|--|—|－－|――|──)")
_AMOUNT = re.compile(
    r"[0-9０-９一二三四五六七八九十百千](?:\.[0-9]+)?[%％倍亿万余多]?[%％亿万元个项家人名户吨亩公倍]|百分之"
)
_FIGURE = re.compile(
    r"[0-9０-９](?:\.[0-9]+)?[%％倍亿億万萬余餘多]*[%％亿億万萬元个個项項家人名户戶吨噸亩畝公倍所位件辆条]"
)
_GROWTH = re.compile(
    r"同比|环比|增长|增速|下降|增幅|总投资|总额|总产值|总量|共计|累计|涉及|超过|突破|首次|达到"
)
_SUMS = re.compile(r"同比|环比|总投资|总产值|总额|总量|涉及|惠及|覆盖|增速|增幅|比上年|较上年")
_COMPARES = re.compile(r"同比|环比|比上年|较上年")
#: What is to come, or part of it, is said below a headline, never in it.
_FORESEES = re.compile(r"预计|預計|其中")
_ATTENDED = rf"(?:{'|'.join(PRESENCE)})(?:会议|活动|仪式)?(?:并(?:{'|'.join(PRESENCE)}))?"
_PRESENCE = re.compile(
    rf"(?:(?:[\u3400-\u9fff]{{2,4}}[ \u3000、])*[\u3400-\u9fff]{{2,4}}{_ATTENDED}(?:[ \u3000、，]|$)){{1,8}}$"
)
_COUNTED = re.compile(r"[0-9]{2,}[余多][家个项名人万户]")
_SERIES = re.compile(
    r"(?:系列|特别|连续)报道(?:之?[一二三四五六七八九十]{1,3}|[①-⑳]|[（(][^（）()]{1,3}[）)])?$"
)
_PHRASES = re.compile(r"[\u3400-\u9fff”》）)][ \u3000]+[“《\u3400-\u9fff]")
_COMMA = re.compile(r"[，,；]")
_OFFICE = re.compile(
    r"(?:书记|主任|部长|局长|区长|市长|县长|镇长|乡长|院长|校长|董事长|总经理|经理|主席|会长|所长|站长|理事长|代表|委员)(?P<name>[\u3400-\u9fff·]{2,4})$"
)


def roles(parts: Sequence[Part], lines: Sequence[Line]) -> list[tuple[Role, list[int]]]:
    """Each part of an article's headings with its role, in the order of print.

    A blank line tells a kicker from the headline below it; a subheadline is told by what it says: a dash before it,
    figures and commas under a plainer headline.
    """
    counts = [len(part) for part, _ in parts]
    texts = ["".join(lines[place].raw for place in part) for part, _ in parts]
    subs = [sub for _, sub in parts]
    if len(parts) == 1:
        found = [Role.HEADLINE]
    else:
        head = _headline_of(texts, counts, subs)
        found = [
            Role.KICKER if place < head else Role.HEADLINE if place == head else Role.SUBHEADLINE
            for place in range(len(parts))
        ]
    return [(role, list(part)) for role, (part, _) in zip(found, parts, strict=True)]


def parts_of(groups: Sequence[Group], lines: Sequence[Line]) -> list[Part]:
    """The groups, each cut where a kicker ends or a subheadline begins inside it; True marks a subheadline."""
    return [
        part
        for group in groups
        for piece in _without_kicker(group, lines)
        for part in _without_subheadline(piece, lines)
    ]


def _without_kicker(group: Group, lines: Sequence[Line]) -> list[Group]:
    """A group cut below its first line where that is a kicker by its own words."""
    if len(group) < 2 or not _is_kicker(lines[group[0]].text) or _DASHED.match(lines[group[1]].text):
        return [group]
    return [group[:1], group[1:]]


def _is_kicker(text: str) -> bool:
    """Whether a line that other heading lines follow belongs to a series (——系列报道之三).

    One that calls for more (…强调) may be a headline's first line as well: only the blank line below it tells a kicker.
    """
    return bool(_DASHED.match(text)) or bool(_SERIES.search(text))


def _headline_of(texts: Sequence[str], counts: Sequence[int], subs: Sequence[bool]) -> int:
    """Which of several groups, of so many lines each, is the headline."""
    if any(subs[1:]):
        return max(0, subs.index(True, 1) - 1)
    if len(texts) == 2:
        # A kicker takes one line: two above a single one are the headline.
        below_adds = _says_more(texts[0], texts[1]) or (counts[0] > 1 and counts[1] == 1)
        return 0 if below_adds and not introduces(texts[0]) else 1
    if introduces(texts[0]) or not _says_more(texts[-2], texts[-1]):
        return 1 if len(texts) == 3 else len(texts) - 1
    return len(texts) - 2


def roles_told(parts: Sequence[Part], lines: Sequence[Line]) -> bool:
    """Whether the headings' own words tell their roles: one calls for another, names an office, adds particulars."""
    if len(parts) == 1 and len(parts[0][0]) > 1 and _says_all(lines[parts[0][0][0]]):
        return False
    if len(parts) < 2 or any(is_sub for _, is_sub in parts):
        return True
    texts = ["".join(lines[place].raw for place in part) for part, _ in parts]
    return any(introduces(text) or text.endswith(OFFICE_ENDINGS) for text in texts[:-1]) or any(
        _says_more(above, below) for above, below in pairwise(texts)
    )


def _says_all(line: Line) -> bool:
    """Whether a headline's first line could be a kicker as well: it says a whole thing, or names a place."""
    return line.text.endswith(_EVENTS) or (
        line.width <= _OFFICE_WIDTH and line.text.endswith(OFFICE_ENDINGS) and not line.text.endswith("会")
    )


_EVENTS = ("召开", "开幕", "闭幕", "启动")
_OFFICE_WIDTH = 8.0  # em


def introduces(text: str) -> bool:
    """Whether a heading calls for another one after it: …强调, …部长杨哲."""
    if text.endswith(KICKER_ENDINGS):
        return True
    found = _OFFICE.search(text)
    return bool(found and found.group("name")[0] in SURNAMES)


def _says_more(above: str, below: str) -> bool:
    """Whether the lower heading only adds particulars: dashes, or figures that the upper one has not."""
    if _DASHED.match(below):
        return True
    if particulars(below):
        return not particulars(above)
    # Where both begin with the same words, the whole page is about that place: 示范区税务局, 示范区四家企业….
    alike = next((n for n, (a, b) in enumerate(zip(above, below, strict=False)) if a != b), 0)
    # An amount of what the headline speaks of: 清凉驿站 …, 全市“清凉驿站”达到214个.
    shared = any(below[place : place + 3] in above for place in range(alike, len(below) - 2))
    if shared and _AMOUNT.search(below) and not _AMOUNT.search(above):
        return True
    # An amount below a plain sentence: 多措并举保供暖, 8.6万户居民用上热力. A kicker is shorter than its headline.
    plain = not alike and not _AMOUNT.search(above) and not above.endswith(OFFICE_ENDINGS)
    return plain and width_of(below) <= width_of(above) + 1 and bool(_FIGURE.search(below))


def particulars(text: str) -> bool:
    """Whether a heading names who was there or how much it was: 李远出席并讲话, 总产值同比增速42.2%."""
    if _says_who(text):
        return True
    if not _AMOUNT.search(text):
        return bool(_FORESEES.match(text))
    return bool(_SUMS.match(text)) or bool(_COMMA.search(text) and _GROWTH.search(text))


def _says_who(text: str) -> bool:
    """Whether a heading only names who was there: 李远出席并讲话, 李远 王岚参加活动."""
    return text[0] in SURNAMES and bool(_PRESENCE.match(text))


def only_follows(text: str) -> bool:
    """Whether a heading can stand first in no article's headings: a dash or particulars begin it."""
    return bool(_DASHED.match(text)) or particulars(text)


def _adds(line: Line, above: Line) -> bool:
    """Whether a line right below a headline's line is no part of its sentence but adds particulars."""
    if _says_who(line.raw):
        return True
    if above.text[-1] in "，、：:":
        return False
    if _COMPARES.match(line.text):
        return False  # 10月居民消费价格指数⏎同比上涨2.1%: one sentence
    return bool(_COUNTED.match(line.text)) or bool(_AMOUNT.search(line.text) and _SUMS.match(line.text))


def _without_subheadline(group: Group, lines: Sequence[Line]) -> list[Part]:
    """A group cut where a subheadline begins inside it; True marks the subheadline."""
    for place in range(1, len(group)):
        if _DASHED.match(lines[group[place]].text) and lines[group[place - 1]].text[-1] not in "—-－":
            return [(group[:place], False), (group[place:], True)]
    for place in range(1, len(group)):
        line, above = lines[group[place]], lines[group[place - 1]]
        widest = max(lines[each].width for each in group[:place])
        if (
            _adds(line, above)
            or (_PHRASES.search(line.raw) and line.width > 1.35 * widest and not _PHRASES.search(above.raw))
            or (
                _COMMA.search(line.text)
                and not any(_COMMA.search(lines[each].text) for each in group[:place])
                and (line.width > 1.25 * widest or _AMOUNT.search(line.text))
                and above.text[-1] not in "，,、"
            )
        ):
            return [(group[:place], False), (group[place:], True)]
    return [(group, bool(_DASHED.match(lines[group[0]].text)))]
