"""Days of the Chinese calendar (农历九月初九) → days of ours."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from archive.parsing.figures import COUNT, number

#: A day of the Chinese calendar: 农历辛丑年九月初九, 农历2020年闰四月初一, 阴历腊月廿三.
LUNAR = (
    r"(?:农历|農曆|阴历|陰曆)(?:(?:[12][0-9]{3}|[\u3400-\u9fff]{1,4})年)?闰?"
    rf"(?:(?:[正冬腊臘]|{COUNT})月)?(?:[初廿卅]?{COUNT}日?|[廿卅])?"
)
_DAY = re.compile(
    rf"..(?:(?P<year>[12][0-9]{{3}})年|.{{0,2}}(?P<cycle>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])年|.{{1,2}}年)?"
    rf"(?P<leap>闰?)(?P<month>[正冬腊臘]|{COUNT})月(?P<tens>[初廿卅]?)(?P<day>{COUNT})?日?"
)
_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_TENS = {"": 0, "初": 0, "廿": 20, "卅": 30}
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def solar(text: str, base: dt.date | None) -> dt.date | None:
    """The day that ``text``, a match of ``LUNAR``, names; without a year the one nearest to ``base``.

    None where it names no day, no such day was, or nothing tells the year.
    """
    match = _DAY.fullmatch(text)
    if not match or not (match["tens"] or match["day"]):
        return None
    month = _MONTHS.get(match["month"]) or number(match["month"])
    day = _TENS[match["tens"]] + (number(match["day"]) if match["day"] else 0)
    days = [_solar(year, month, day, bool(match["leap"])) for year in _years(match, base)]
    found = [each for each in days if each]
    return min(found, key=lambda each: abs(each - base) if base else dt.timedelta(0), default=None)


def _years(match: re.Match[str], base: dt.date | None) -> list[int]:
    """The years of the Chinese calendar that may be meant: each is named after the year of ours that it begins in."""
    if match["year"]:
        return [int(match["year"])]
    if not base:
        return []
    near = [base.year - 1, base.year, base.year + 1]
    if match["cycle"]:
        stem, branch = _STEMS.index(match["cycle"][0]), _BRANCHES.index(match["cycle"][1])
        since = range(base.year - 59, base.year + 1)
        return [year for year in since if (year - 4) % 10 == stem and (year - 4) % 12 == branch]
    return near


@cache
def _solar(year: int, month: int, day: int, leap: bool) -> dt.date | None:
    # The calendar's tables take a tenth of a second to load, and few pages name such a day.
    from borax.calendars.lunardate import LunarDate

    try:
        found: dt.date = LunarDate(year, month, day, int(leap)).to_solar_date()
    except ValueError:  # there was no such day, or it lies outside 1900 to 2100
        return None
    return found
