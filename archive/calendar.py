"""The calendar of a year: which days have issues and how much stands in them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

#: Articles a day from which a day's cell takes the next shade.
SHADES = (1, 6, 16, 41)


@dataclass(frozen=True, slots=True)
class Entry:
    """One issue as the calendar shows it."""

    date: dt.date
    href: str
    name: str  # the edition; the newspaper where several are shown; empty for a day's only issue
    articles: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day and its issues; ``gap`` is a day without one that lies between the first and the last issue."""

    date: dt.date
    entries: tuple[Entry, ...]
    gap: bool

    @property
    def articles(self) -> int:
        return sum(entry.articles for entry in self.entries)

    @property
    def shade(self) -> int:
        """0 for nothing, then 1 to 4."""
        return sum(self.articles >= least for least in SHADES)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday; None where a week's day lies in another month."""

    year: int
    number: int
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def articles(self) -> int:
        return sum(day.articles for week in self.weeks for day in week if day)

    @property
    def issues(self) -> int:
        return sum(len(day.entries) for week in self.weeks for day in week if day)


def year_of(year: int, entries: Iterable[Entry], years: Collection[int] = ()) -> tuple[Month, ...]:
    """The twelve months of ``year`` with these issues in them. ``years`` are those with issues: the days up to the
    first issue of a year are gaps where there are issues in an earlier one, as those after its last where there are
    later ones."""
    by_date: dict[dt.date, list[Entry]] = {}
    for entry in entries:
        by_date.setdefault(entry.date, []).append(entry)
    first = dt.date(year, 1, 1) if any(one < year for one in years) else min(by_date, default=dt.date.max)
    last = dt.date(year, 12, 31) if any(one > year for one in years) else max(by_date, default=dt.date.min)

    def day(date: dt.date) -> Day:
        if found := by_date.get(date):
            return Day(date, tuple(sorted(found, key=lambda entry: entry.name)), gap=False)
        return Day(date, (), gap=first <= date <= last)

    days = calendar.Calendar(calendar.MONDAY)
    return tuple(
        Month(
            year,
            number,
            tuple(
                tuple(day(dt.date(year, number, n)) if n else None for n in week)
                for week in days.monthdayscalendar(year, number)
            ),
        )
        for number in range(1, 13)
    )
