"""Dates as a text writes them (10月21日, 昨日, 去年第三季度), not yet read against the page's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_Y = r"(?:[12][0-9]{3}|[１２][０-９]{3}|[一二][〇○零一二三四五六七八九]{3})"
_N = r"(?:[0-9０-９]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
#: A number up to 99 in Chinese figures.
CHINESE = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_REIGN = rf"(?:[0-9]{{1,2}}|{CHINESE}|元)"
_EXPRESSION = re.compile(
    rf"(?P<lunar>(?:农历|農曆|阴历|陰曆)(?:[\u3400-\u9fff]{{1,4}}年)?闰?(?:(?:[正冬腊臘]|{_N})月)?(?:[初廿卅]?{_N}日?)?)"
    rf"|民[国國](?P<republic>{_REIGN})年(?!{_N}月)"
    rf"|(?<![0-9０-９.])(?:(?P<year>{_Y})年|民[国國](?P<reign>{_REIGN})年|(?P<relyear>今年|去年|前年|明年|同年|当年|翌年))?(?P<month>{_N})月(?:份|(?P<day>{_N})[日号號])?"
    rf"|(?<![0-9０-９.])(?P<only>{_Y})年(?P<period>第[一二三四1-4]季度|[上下]半年|底|初)?"
    r"|(?P<relday>昨日|昨天|昨晚|昨夜|今日|今天|今晨|前日|前天|当日|当天|本月|上月|上个月|下月|今年|去年|前年)"
    rf"|(?<![0-9０-９.月年第])(?P<bare>{_N})[日号號](?=[上下凌中早晚，,0-9０-９至、]|电|$)"
)
_FIGURES = "0-9０-９〇○零一二三四五六七八九十"
#: Where an expression may begin: a time's name stands after its figures. Looking for that is cheap.
_BEGINNING = re.compile(
    rf"[0-9０-９一二三四五六七八九十民农農阴昨今前去明同当翌本上下](?=[{_FIGURES}个]{{0,3}}[年月日号號天晚夜晨]|[国國历曆])"
)
#: Words before or after an expression by which it speaks of what is still to come.
_PLAN_BEFORE = re.compile(r"(?:将于|将在|拟于|定于|计划于|计划|预计|力争|争取|确保|到|截止到?|不迟于|最迟)$")
_PLAN_AFTER = re.compile(r"(?:底?前|之前|以前|前后|将|拟|起将|开始实施|截止|到期|远景|年底)")


_REPUBLIC = 1911  # 民国元年 is 1912


class Expression(NamedTuple):
    """A date as written: what it says of year, month and day (0: nothing), and whether it speaks of a plan."""

    text: str
    line: int
    year: int
    month: int
    day: int
    #: A word to be read against the issue: 昨日, 今年 …; empty for figures.
    relative: str
    plan: bool
    #: It stands in an article's first sentences, where the event is told.
    lead: bool


def number(text: str) -> int:
    """A number in Arabic, full-width or Chinese figures up to 99, or a year digit by digit."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return int((tens or "一").translate(_DIGITS)) * 10 + (int(ones.translate(_DIGITS)) if ones else 0)
    return int(text.translate(_DIGITS))


def expressions(
    text: str, line_at: Callable[[int], int], lead: int = 0, starts: Sequence[int] | None = None
) -> list[Expression]:
    """The date expressions of a paragraph's printed text.

    ``line_at`` gives the line in which a character of the text stands; expressions that begin before ``lead`` count as
    leading. ``starts``: the text's own of ``beginnings``, where these are known.
    """
    found: list[Expression] = []
    month = end = 0
    for start in beginnings([text])[0] if starts is None else starts:
        match = _EXPRESSION.match(text, start) if start >= end else None
        if not match:
            continue
        end = match.end()
        if match["lunar"]:
            continue
        before, after = text[max(0, start - 4) : start], text[end : end + 4]
        plan = bool(_PLAN_BEFORE.search(before)) or bool(_PLAN_AFTER.match(after))
        plan = plan or (before[-1:] in "自从" and before != "" and after[:1] in ("起", "开"))
        year = m = day = 0
        relative = ""
        if match["republic"]:
            year = _REPUBLIC + number(match["republic"].replace("元", "一"))
        elif match["month"]:
            year = number(match["year"]) if match["year"] else 0
            year = _REPUBLIC + number(match["reign"].replace("元", "一")) if match["reign"] else year
            relative = match["relyear"] or ""
            m = number(match["month"])
            day = number(match["day"]) if match["day"] else 0
            if not 1 <= m <= 12 or day > 31 or (match["day"] and not day):
                continue
            if not day and not year and not relative and not match.group().endswith("份"):
                continue
            month = m
        elif match["only"]:
            year = number(match["only"])
            if year > 2100:
                continue
            period = match["period"] or ""
            m = 12 if period == "底" else 1 if period == "初" else 0
        elif match["bare"]:
            day = number(match["bare"])
            if not month or not 1 <= day <= 31:
                continue
            m = month
        else:
            relative = match["relday"]
        found.append(Expression(match.group(), line_at(start), year, m, day, relative, plan, start < lead))
    return found


def beginnings(texts: Sequence[str]) -> list[list[int]]:
    """For each text (without line breaks) where an expression may begin. A page's texts are searched as one."""
    starts = list(accumulate([len(text) + 1 for text in texts], initial=0))
    found: list[list[int]] = [[] for _ in texts]
    at = 0
    for beginning in _BEGINNING.finditer("\n".join(texts)):
        place = beginning.start()
        while place >= starts[at + 1]:
            at += 1
        found[at].append(place - starts[at])
    return found
