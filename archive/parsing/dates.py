"""What date expressions tell: the date of the page's issue (见报日期) and of its articles' events.

Most expressions leave something out (10月21日, 昨日, 去年, 19日). They are read against the issue date; where that is
not given it is inferred: the day after the latest event that is told as past, in the year that the text itself names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from archive.days import days_from
from archive.parsing.expressions import LAST_WEEK, LUNAR_DAY, THIS_WEEK, Expression
from archive.parsing.figures import CHINESE, number
from archive.parsing.lunar import solar
from archive.structure import Certainty, Dated, EventDate


class Reading(NamedTuple):
    """The issue date of a page with its reason."""

    issue: Dated
    contradiction: str = ""


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def issue_date(
    found: Iterable[Expression], given: Dated, printed: str = "", printed_text: str = "", page: str = ""
) -> Reading:
    """The page's issue date: given, printed in its head (``printed``, ISO), or estimated from ``found``.

    A given date that the text contradicts stays, with the contradiction in words. ``page``, the text of all lines,
    may tell the year in other words than a date's.
    """
    listed = list(found)
    if given.value:
        return Reading(given, _contradiction(listed, given.value))
    if printed:
        return Reading(Dated(printed, Certainty.PRINTED, f"版头：{printed_text}"))
    year, evidence = _year_of(listed, years_told(page))
    days = [e for e in listed if e.month and e.day and not e.plan and not e.relative]
    latest, source = _latest(days, year)
    if latest:
        value = days_from(latest, 1).isoformat()
        return Reading(
            Dated(
                value,
                Certainty.ESTIMATED,
                f"最近事件 {latest.isoformat()}（“{source}”）次日；{evidence}",
            )
        )
    return Reading(Dated())


def _year_of(found: Sequence[Expression], told: Mapping[int, str]) -> tuple[int, str]:
    """The year in which the page was printed, from the years that it names; 0 when it names none.

    ``told``: years that it tells in other words, with these.
    """
    score: Counter[int] = Counter(dict.fromkeys(told, 1))
    texts: dict[int, str] = dict(told)
    for each in found:
        if not each.year or each.plan or each.year < 1900:
            continue
        weight = 3 if each.day else 2 if each.lead else 1
        score[each.year] += weight
        if each.year not in texts or weight > 1:
            texts[each.year] = each.text
    if not score:
        return 0, ""
    year = max(score, key=lambda y: (score[y], y))
    months = [e.month for e in found if e.month and e.day and not e.year and e.lead]
    early = bool(months) and max(months) <= 6
    # Pages tell more of the years before than of their own; but one passing mention of a later year is a plan.
    for later in range(year + 3, year, -1):
        if score[later] and (score[later] * 3 >= score[year] or (early and later == year + 1)):
            year = later
            break
    ends = [e for e in found if e.year == year + 1 and e.plan and e.text.endswith("年底")]
    if early and ends:
        year += 1
        texts[year] = ends[0].text
    return year, f"年份据“{texts[year]}”"


#: What is counted in 周年, with the year in which it was.
_ANNIVERSARIES = {
    "辛亥革命": 1911,
    "五四运动": 1919,
    "建党": 1921,
    "共产党成立": 1921,
    "建团": 1922,
    "共青团成立": 1922,
    "建军": 1927,
    "长征胜利": 1936,
    "抗战胜利": 1945,
    "抗日战争胜利": 1945,
    "反法西斯战争胜利": 1945,
    "建国": 1949,
    "新中国成立": 1949,
    "共和国成立": 1949,
    "改革开放": 1978,
    "香港回归": 1997,
    "澳门回归": 1999,
}
_ANNIVERSARY = re.compile(
    rf"(?P<event>{'|'.join(_ANNIVERSARIES)})(?P<count>[0-9]{{1,3}}|一百[一二三四五六七八九十零]{{0,4}}|{CHINESE})周年"
)
#: 五年规划: when one begins (开局) and ends (收官); every fifth year from the third's 1966 on.
_FIVE_YEARS = re.compile(rf"[“\"](?P<count>{CHINESE})五[”\"](?:规划)?的?(?P<end>开局|开好局|收官)")
_FIRST_OF_TEN = 2001
_REGULAR_FROM = 3  # the first two began in 1953 and 1958


def _around(word: str, pattern: re.Pattern[str], page: str) -> Iterator[re.Match[str]]:
    """What a pattern finds around each place of a word, which is found in no time, and the pattern nowhere else."""
    place = page.find(word)
    while place >= 0:
        yield from pattern.finditer(page[max(0, place - _WORDS_AROUND) : place + _WORDS_AROUND])
        place = page.find(word, place + len(word))


_WORDS_AROUND = 16  # characters


def years_told(page: str) -> dict[int, str]:
    """The years that a page tells by what is commemorated or planned in them, with its words (建党100周年).

    >>> years_told("庆祝建党100周年，“十四五”收官")
    {2021: '建党100周年', 2025: '“十四五”收官'}
    """
    found: dict[int, str] = {}
    for match in _around("周年", _ANNIVERSARY, page):
        count = match["count"]
        if count.startswith("一百"):
            years = 100 + number(count[2:].lstrip("零") or "零")
        else:
            years = int(count) if count.isdigit() else number(count)
        found.setdefault(_ANNIVERSARIES[match["event"]] + years, match.group())
    for match in (*_around("五”", _FIVE_YEARS, page), *_around('五"', _FIVE_YEARS, page)):
        if (plan := number(match["count"])) < _REGULAR_FROM:
            continue
        begun = _FIRST_OF_TEN + 5 * (plan - 10)
        found.setdefault(begun + (4 if match["end"] == "收官" else 0), match.group())
    return found


def _latest(days: Sequence[Expression], year: int) -> tuple[dt.date | None, str]:
    """The latest day that the text tells as past."""
    if not year:
        years = {e.year for e in days if e.year}
        year = max(years, default=0)
    if not year:
        return None, ""
    leads = [e for e in days if e.lead and (not e.year or e.year == year)]
    chosen = leads or [e for e in days if not e.year or e.year == year]
    # A page of early January tells of December too: that was the year before.
    winter = any(e.month == 12 for e in chosen) and any(e.month <= 2 for e in chosen)
    dated: list[tuple[dt.date, str]] = []
    for each in chosen:
        at = each.year or (year - 1 if winter and each.month >= 10 else year)
        date = _day(at, each.month, each.day)
        if date:
            dated.append((date, each.text))
    if not dated:
        return None, ""
    latest, text = max(dated)
    if leads:
        for each in days:
            date = _day(each.year or latest.year, each.month, each.day)
            if date and latest < date <= latest + dt.timedelta(days=3):
                latest, text = date, each.text
    return latest, text


_HISTORY = 10  # years, after which a date tells of history rather than of another issue


def _contradiction(found: Sequence[Expression], value: str) -> str:
    issue = dt.date.fromisoformat(value)
    leads = [e for e in found if e.month and e.day and e.lead and not e.plan and not e.relative]
    leads = [e for e in leads if not e.year or e.year > issue.year - _HISTORY]
    for each in leads:
        if each.year:
            date = _day(each.year, each.month, each.day)
            if date and date > issue:
                return each.text
    near = [date for e in leads for y in (issue.year, issue.year - 1) if (date := _day(y, e.month, e.day))]
    past = [date for date in near if date <= issue]
    if leads and past and (issue - max(past)).days > 90:
        return max((e for e in leads), key=lambda e: (e.month, e.day)).text
    return ""


def event_dates(found: Sequence[Expression], issue: Dated) -> tuple[EventDate, ...]:
    """When an article's events happened: its date expressions read against the issue date, the main one first.

    Plans are left out: no event lies after the issue. The main event is the first day told in the lead, else the
    first day near the issue, else the first date of any kind.
    """
    base = dt.date.fromisoformat(issue.value) if issue.value else None
    values: dict[str, EventDate] = {}
    main = ""
    last: dt.date | None = None
    for each in found:
        if each.plan:
            continue
        value = _value(each, base, last)
        if not value:
            continue
        if base and value > base.isoformat()[: len(value)]:
            continue
        if len(value) == 10:
            last = dt.date.fromisoformat(value)
            near = base is not None and 0 <= (base - last).days <= 62
            if not main and (near or (base is None and each.lead)):
                main = value
        values.setdefault(value, EventDate(value, each.text, each.line))
    ordered = sorted(values.values(), key=lambda event: event.value != main)
    return tuple(ordered)


_BACK = {
    "昨日": 1,
    "昨天": 1,
    "昨晚": 1,
    "昨夜": 1,
    "前日": 2,
    "前天": 2,
    "今日": 0,
    "今天": 0,
    "今晨": 0,
}
_YEARS = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}


def _value(each: Expression, base: dt.date | None, last: dt.date | None) -> str:
    """The ISO date of an expression; empty where nothing can be said.

    ``last``: the day told before it, whose month a day alone may share.
    """
    if each.relative == LUNAR_DAY:
        date = solar(each.text, base)
        return date.isoformat() if date else ""
    if each.relative in (THIS_WEEK, LAST_WEEK):
        return _weekday(each, base).isoformat() if base else ""
    if each.day and not each.month:
        date = _day_alone(each, base, last)
        return date.isoformat() if date else ""
    if each.month and each.day:
        years = [each.year] if each.year else []
        if not years and each.relative in _YEARS and base:
            years = [base.year + _YEARS[each.relative]]
        if not years and base:
            this = _day(base.year, each.month, each.day)
            years = [base.year if this and this <= base else base.year - 1]
        date = _day(years[0], each.month, each.day) if years else None
        return date.isoformat() if date else ""
    if each.month:
        year = each.year or (base.year + _YEARS.get(each.relative, 0) if base else 0)
        if base and not each.year and not each.relative and each.month > base.month:
            year -= 1
        return f"{year:04}-{each.month:02}" if year else ""
    if each.year:
        return f"{each.year:04}"
    if not base:
        return ""
    if each.relative in _BACK:
        return days_from(base, -_BACK[each.relative]).isoformat()
    if each.relative in _YEARS:
        return f"{base.year + _YEARS[each.relative]:04}"
    if each.relative in _MONTHS:
        return f"{_month(each, base):%Y-%m}"
    if each.relative in ("当日", "当天") and last:
        return last.isoformat()
    return ""


_MONTHS = {"本月": 0, "当月": 0, "上月": -1, "上个月": -1}


def _month(each: Expression, base: dt.date) -> dt.date:
    """The first day of the month that an expression tells (上月)."""
    first = base.replace(day=1)
    return days_from(first, -1).replace(day=1) if _MONTHS[each.relative] else first


def _day_alone(each: Expression, base: dt.date | None, last: dt.date | None) -> dt.date | None:
    """The day of a month that other words tell: 本月15日, or 21日 as the last such day before the issue."""
    if base and each.relative in _MONTHS:
        month = _month(each, base)
        return _day(month.year, month.month, each.day)
    told = last or base
    if not told:
        return None
    date = _day(told.year, told.month, each.day)
    if date and base and date > base:
        before = days_from(told.replace(day=1), -1)
        return _day(before.year, before.month, each.day)
    return date


def _weekday(each: Expression, base: dt.date) -> dt.date:
    """The day of the issue's week (Monday to Sunday), or of the one before; a day that is still to come in that week
    was last week's unless the text says 本周."""
    date = days_from(base, each.day - 1 - base.weekday() - (7 if each.relative == LAST_WEEK else 0))
    explicit = each.text.startswith(("本", "这", "上"))
    return date if explicit or date <= base else days_from(date, -7)
