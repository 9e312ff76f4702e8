"""Days, months and years as periods of days."""

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
