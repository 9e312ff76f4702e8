"""What a page's head prints: date, page number, page name (版名)."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from archive.parsing.figures import CHINESE, number

_DATE = re.compile(
    r"([0-9０-９〇一二三四五六七八九零]{4})[年\-/.]([0-9０-９一二三四五六七八九十]{1,3})[月\-/.]([0-9０-９一二三四五六七八九十]{1,3})日?"
)
_NUMBER = re.compile(rf"第?[A-Z]?([0-9０-９]{{1,3}}|{CHINESE})版")
_NAMED = re.compile(
    r"版[:：·|｜]?([\u3400-\u9fff·]{2,8}?)(?=$|[0-9]{4}年|星期)|^([\u3400-\u9fff·]{2,6}?)(?<!报)第?[A-Z]?[0-9]{1,2}版"
    r"|^[A-Z]?[0-9]{1,2}[:：|｜]?([\u3400-\u9fff]{2,6}?)(?=$|[0-9]{4}年)",
    re.MULTILINE,
)
#: A02 综合, where no 版 stands beside the number.
_BARE_NUMBER = re.compile(r"^[A-Z]?([0-9]{1,2})[:：|｜]?[\u3400-\u9fff]{2,6}(?:$|[0-9]{4}年)", re.MULTILINE)


#: Years of newspapers; any other is misread.
YEARS = range(1600, 2200)


class PageHead(NamedTuple):
    """The facts that page heads print; empty where they don't. ``date`` is ISO, ``text`` its words."""

    date: str = ""
    text: str = ""
    number: int | None = None
    name: str = ""


def page_head(text: str) -> PageHead:
    """The facts in a page's head lines."""
    date, words = "", ""
    found = _DATE.search(text)
    if found:
        try:
            day = dt.date(*(number(part) for part in found.groups()))
        except ValueError:
            pass
        else:
            if day.year in YEARS:
                date, words = day.isoformat(), found.group()
    page = _NUMBER.search(text) or _BARE_NUMBER.search(text)
    named = _NAMED.search(text)
    name = next((group for group in named.groups() if group), "") if named else ""
    # A misread 第00版 names no page.
    return PageHead(date, words, (number(page.group(1)) or None) if page else None, name)
