"""Dates as a text writes them (10月21日, 昨日, 去年第三季度), not yet read against the page's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from archive.parsing.figures import CHINESE, COUNT, number
from archive.parsing.lunar import LUNAR

_Y = r"(?:[12][0-9]{3}|[１２][０-９]{3}|[一二][〇○零一二三四五六七八九]{3})"
_REIGN = rf"(?:[0-9]{{1,2}}|{CHINESE}|元)"
_EXPRESSION = re.compile(
    rf"(?P<lunar>{LUNAR})"
    rf"|民[国國](?P<republic>{_REIGN})年(?!{COUNT}月)"
    r"|(?<![0-9.])(?P<iso>[12][0-9]{3}(?P<sep>[-./])[0-9]{1,2}(?P=sep)[0-9]{1,2})(?![0-9./-])"
    rf"|(?<![0-9０-９.])(?:(?P<year>{_Y})年|民[国國](?P<reign>{_REIGN})年|(?P<relyear>今年|去年|前年|明年|同年|当年|翌年))?(?P<month>{COUNT})月(?:(?P<part>份|[上中下]旬|[初底末])|(?P<day>{COUNT})[日号號])?"
    rf"|(?<![0-9０-９.])(?P<only>{_Y})年(?P<period>第[一二三四1-4]季度|[上下]半年|底|初)?"
    rf"|(?P<relmonth>本月|当月|上月|上个月)(?P<monthday>{COUNT})[日号號]"
    r"|(?P<relday>昨日|昨天|昨晚|昨夜|今日|今天|今晨|前日|前天|当日|当天|本月|上月|上个月|下月|今年|去年|前年)"
    r"|(?<![每逢隔双至到个、])(?P<week>[上本这]个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![至到、—-])(?:(?<=[期拜].)|(?<=[上本这]..)|(?<=个..)|(?=[上下凌中早晚，,（(]))"
    rf"|(?<![0-9０-９.月年第近连续达满共每期时历隔])(?P<bare>{COUNT})[日号號](?!{COUNT}[日号號])(?=[上下凌中早晚，,0-9０-９至到、]|电|在|举行|召开|发布|会见|出席|抵达|主持|$)"
)
_FIGURES = "0-9０-９〇○零一二三四五六七八九十"
#: Where an expression may begin: a time's name stands after its figures. Looking for that is cheap.
_BEGINNING = re.compile(
    rf"[0-9０-９一二三四五六七八九十民农農阴昨今前去明同当翌本上下这周星礼](?=[{_FIGURES}个]{{0,3}}[年月日号號天晚夜晨]|[國国历曆期拜周星礼]"
    r"|个[周星礼]|[0-9]{3}[-./][0-9]|(?<=周)[一二三四五六日天])"
)
_WEEKDAYS = "一二三四五六日天"
#: Words before or after an expression by which it speaks of what is still to come.
_PLAN_BEFORE = re.compile(
    r"(?:将于|将在)[^，。]{0,8}$|(?:拟于|定于|计划于|计划|预计|力争|争取|确保|到|截止到?|不迟于|最迟)$"
)
_PLAN_AFTER = re.compile(r"(?:底?前|之前|以前|前后|将|拟|起将|开始实施|截止|到期|远景|年底)")


#: From one day to another (9日到11日): the second is no plan.
_RANGE = re.compile(r"[日号號](?:到|至)$")
_NO_FIGURES = re.compile("[^0-9]")
#: What follows a month that stands alone for a time (10月，…), not for a count of months.
_AFTER_MONTH = frozenset("，,以起间")

#: What an expression is read against, where that is no word of its own.
LUNAR_DAY, THIS_WEEK, LAST_WEEK = "农历", "本周", "上周"

_REPUBLIC = 1911  # 民国元年 is 1912


class Expression(NamedTuple):
    """A date as written: what it says of year, month and day (0: nothing), and whether it speaks of a plan."""

    text: str
    line: int
    year: int
    month: int
    #: Of the month; of the week (Monday is 1) where ``relative`` says so. Without a month: the day of one told before.
    day: int
    #: What it is read against: 昨日, 今年 …, LUNAR_DAY, THIS_WEEK, LAST_WEEK; empty for figures.
    relative: str
    plan: bool
    #: It stands in an article's first sentences, where the event is told.
    lead: bool


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
        before, after = text[max(0, start - 10) : start], text[end : end + 4]
        plan = bool(_PLAN_BEFORE.search(before) and not _RANGE.search(before)) or bool(
            _PLAN_AFTER.match(after)
        )
        plan = plan or (before[-1:] in "自从" and before != "" and after[:1] in ("起", "开"))
        year = m = day = 0
        relative = ""
        if match["lunar"]:
            relative = LUNAR_DAY
        elif match["iso"]:
            year, m, day = map(int, _NO_FIGURES.split(match["iso"]))
            if not 1 <= m <= 12 or not 1 <= day <= 31:
                continue
            month = m
        elif match["republic"]:
            year = _REPUBLIC + number(match["republic"].replace("元", "一"))
        elif match["month"]:
            year = number(match["year"]) if match["year"] else 0
            year = _REPUBLIC + number(match["reign"].replace("元", "一")) if match["reign"] else year
            relative = match["relyear"] or ""
            m = number(match["month"])
            day = number(match["day"]) if match["day"] else 0
            if not 1 <= m <= 12 or day > 31 or (match["day"] and not day):
                continue
            alone = not (day or year or relative or match["part"])
            if alone and after[:1] not in _AFTER_MONTH:
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
            if not 1 <= day <= 31 or not (month or match["bare"].isdigit()):
                continue
            m = month
        elif match["relmonth"]:
            relative, day = match["relmonth"], number(match["monthday"])
            if not 1 <= day <= 31:
                continue
        elif match["weekday"]:
            relative = LAST_WEEK if match["week"] and match["week"][0] == "上" else THIS_WEEK
            day = _WEEKDAYS.index(match["weekday"].replace("天", "日")) + 1
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
