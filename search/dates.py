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


def period_said(text: str) -> Period | None:
    """The days of a text that is nothing but a date with its year: 2021年10月, 2021.10.21; else None."""
    said = said_in(text)
    whole = said is not None and said.year and (said.start, said.end) == (0, len(text))
    return period_of(said.iso) if said and whole else None
