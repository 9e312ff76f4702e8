"""Dates for readers: issue dates with their certainty, event dates of day, month or year precision."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def long_date(date: dt.date, weekday: bool = False) -> str:
    """2021年10月24日 星期日 or Sunday 24 October 2021, by the interface's language."""
    if (get_language() or "").startswith("zh"):
        day = f"{date.year}年{date.month}月{date.day}日"
        return f"{day} 星期{'一二三四五六日'[date.weekday()]}" if weekday else day
    return date_format(date, "l j F Y" if weekday else "j F Y")


def month_name(year: int, month: int) -> str:
    """2021年10月 or October 2021; without a year (0) 10月 or October."""
    if (get_language() or "").startswith("zh"):
        return f"{year}年{month}月" if year else f"{month}月"
    return date_format(dt.date(year or 2000, month, 1), "F Y" if year else "F")


def year_name(year: int) -> str:
    """2021年 or 2021."""
    return gettext("%(year)s年") % {"year": year}


def span(first: str, last: str) -> str:
    """From one ISO date to another as readers write it, with their language's dash; one date where both are one."""
    told = [event_date(date) or gettext("日期不详") for date in (first, last)]
    dash = "—" if (get_language() or "").startswith("zh") else " – "
    return dash.join(dict.fromkeys(told))


def event_date(value: str) -> str:
    """An ISO date of any precision (2021, 2021-10, 2021-10-21) as readers write it; other text as it is."""
    match = _ISO.match(value)
    if not match:
        return value
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            return long_date(dt.date(year, month, day))
        if month:
            return month_name(year, month)
    except ValueError:
        return value
    return year_name(year)
