"""Days, months and years: as periods of days, and as people write and say them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

#: Open ends of a period.
EARLIEST: Final = "0001-01-01"
LATEST: Final = "9999-12-31"

_VALUE: Final = re.compile(r"(1[5-9]\d\d|2[01]\d\d)(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included, as ISO dates."""

    first: str
    last: str


def period_of(value: str) -> Period | None:
    """The days of ``2021``, ``2021-10`` or ``2021-10-24``; None when it is none of these or no such day exists."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:  # month 13, 30 February (monthrange raises a ValueError too)
        return None
    return Period(first.isoformat(), last.isoformat())


def parse_period(text: str) -> Period | None:
    """``2021``, ``2021-10``, ``2021-10-01..2021-10-31``, ``2021-10..``, ``..2021``; None when it is no period."""
    if ".." not in text:
        return period_of(text)
    start, _, end = text.partition("..")
    first, last = period_of(start), period_of(end)
    if (start and first is None) or (end and last is None) or not (start or end):
        return None
    return Period(first.first if first else EARLIEST, last.last if last else LATEST)


@dataclass(frozen=True, slots=True)
class Said:
    """A date in running words: 2021年10月, 十月, October 2021; ``text[start:end]`` says it. 0: not said."""

    year: int
    month: int
    day: int
    start: int
    end: int

    @property
    def iso(self) -> str:
        """2021, 2021-10, 2021-10-21; without its year -10 or -10-21, which such dates end with."""
        parts = [f"{self.year:04}" if self.year else "", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 3 if self.day else 2 if self.month else 1])


_VALUES: Final = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_NUMERALS: Final = "".join(_VALUES) + "十"
_ENGLISH: Final = (
    *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?"),
    *("sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
)
_YEAR: Final = r"(?P<year>1[5-9]\d\d|2[01]\d\d)"
_YEAR_IN_CHARACTERS: Final = r"(?P<year>1[5-9]\d\d|2[01]\d\d|[一二][〇○零一二三四五六七八九]{3})"
_MONTH: Final = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY: Final = r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_SAID: Final = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_DAY}\s+)?(?P<month>{'|'.join(_ENGLISH)})\.?,?\s+{_YEAR}\b",
        rf"(?<![\d{_NUMERALS}]){_YEAR_IN_CHARACTERS}\s*年(?:\s*{_MONTH}\s*月份?(?:\s*{_DAY}\s*[日号])?)?",
        rf"(?<!\d){_YEAR}(?:[-./]{_MONTH}(?:[-./]{_DAY})?)?(?![-./]?\d)",
        rf"(?<![\d{_NUMERALS}]){_MONTH}\s*月份?(?:\s*{_DAY}\s*[日号])?",
    )
)


_TO: Final = r"\s*(?:至|到|[-－–—~～]{1,2})\s*"
_NOT_IN_NUMBER: Final = rf"(?<![\d{_NUMERALS}])"


def _second(group: str) -> str:
    return group.replace(">", "2>", 1)


_IN_YEAR: Final = rf"{_NOT_IN_NUMBER}(?:{_YEAR_IN_CHARACTERS}\s*年\s*)?"
_IN_SECOND_YEAR: Final = rf"(?:{_second(_YEAR_IN_CHARACTERS)}\s*年\s*)?"
_STRETCHES: Final = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_IN_YEAR}{_MONTH}\s*月份?\s*{_DAY}\s*[日号]?{_TO}"
        rf"(?:{_IN_SECOND_YEAR}{_second(_MONTH)}\s*月\s*)?{_second(_DAY)}\s*[日号]",
        rf"{_IN_YEAR}{_MONTH}\s*(?:月份?)?{_TO}{_IN_SECOND_YEAR}{_second(_MONTH)}\s*月份?(?![\s\d{_NUMERALS}]*[日号])",
        rf"{_NOT_IN_NUMBER}{_YEAR_IN_CHARACTERS}\s*年?{_TO}{_second(_YEAR_IN_CHARACTERS)}\s*年(?![\s\d{_NUMERALS}]*月)",
        rf"{_IN_YEAR}(?P<half>[上下])半年",
        rf"{_IN_YEAR}第?\s*(?P<quarter>[一二三四1-4])\s*季度",
    )
)
#: What every stretch has: most searches have none of it.
_MAY_STRETCH: Final = re.compile(r"半年|季度|[至到\-－–—~～].*[年月日号]")

#: Full-width figures, which Chinese keyboards type.
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９", "0123456789")


def _number(said: str | None) -> int:
    """A year, month or day in figures of either kind, or an English month; 0 for none."""
    if not said:
        return 0
    if said.isdigit():
        return int(said)
    if said[0] in _NUMERALS:
        tens, ten, ones = said.rpartition("十")
        figures = "".join(map(_VALUES.__getitem__, ones)) or "0"
        return int(figures) + (10 * int(_VALUES.get(tens, "1")) if ten else 0)
    return [name[:3] for name in _ENGLISH].index(said[:3].lower()) + 1


def said_in(text: str) -> Said | None:
    """The first date said in a text, as whole as it is said; None where none is. No such day need exist."""
    text = text.translate(_FULL_WIDTH)
    match = next(filter(None, (pattern.search(text) for pattern in _SAID)), None)
    if match is None:
        return None
    said = match.groupdict()
    year, month, day = (_number(said.get(part)) for part in ("year", "month", "day"))
    return Said(year, month, day, match.start(), match.end())


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in running words, 2021年10月至12月, 上半年, or a single date; ``text[start:end]`` says it.

    ``first`` and ``last`` are ISO of one precision, without their year (-10) where none is said.
    """

    first: str
    last: str
    start: int
    end: int

    def holds(self, date: str) -> bool:
        """Whether an ISO date certainly lies in it; one that is known less precisely may not. Only with years said."""
        length = len(self.first)
        return len(date) >= length and self.first <= date[:length] <= self.last


def stretch_in(text: str) -> Stretch | None:
    """The stretch of time, else the first date, said in a text; None where none is, or where it ends too soon."""
    figures = text.translate(_FULL_WIDTH)
    for pattern in _STRETCHES if _MAY_STRETCH.search(figures) else ():
        if match := pattern.search(figures):
            return _stretch(match)
    said = said_in(text)
    return Stretch(said.iso, said.iso, said.start, said.end) if said else None


def _stretch(match: re.Match[str]) -> Stretch | None:
    said = match.groupdict()
    year = _number(said.get("year"))
    if half := said.get("half"):
        months = (1, 6) if half == "上" else (7, 12)
        ends = [Said(year, month, 0, *match.span()).iso for month in months]
    elif quarter := _number(said.get("quarter")):
        ends = [Said(year, month, 0, *match.span()).iso for month in (3 * quarter - 2, 3 * quarter)]
    else:
        if said["year2"] and not year:
            return None
        month, day = (_number(said.get(part)) for part in ("month", "day"))
        last = (
            _number(said["year2"]) or year,
            _number(said.get("month2")) or month,
            _number(said.get("day2")),
        )
        ends = [Said(*date, *match.span()).iso for date in ((year, month, day), last)]
    if ends[0] > ends[1] or (year and not all(map(period_of, ends))):
        return None
    return Stretch(ends[0], ends[1], *match.span())


def period_said(text: str) -> Period | None:
    """The days of a text that is nothing but a date with its year: 2021年10月, 2021.10.21; else None."""
    said = said_in(text)
    whole = said is not None and said.year and (said.start, said.end) == (0, len(text))
    return period_of(said.iso) if said and whole else None
