"""What the archive holds, counted: the numbers that front pages and lists show. Values pickle, so they can be kept."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from archive.models import Column, MonthCount, Page, Person, Place, Section
from archive.prepared import prepared


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is, from when to when."""

    issues: int
    pages: int
    articles: int
    photos: int
    people: int
    first: dt.date | None
    last: dt.date | None
    touched: int = 0
    estimated: int = 0

    @property
    def years(self) -> range:
        """The years from the first issue's to the last one's."""
        return range(self.first.year, self.last.year + 1) if self.first and self.last else range(0)


@dataclass(frozen=True, slots=True)
class Named:
    """A section or person with the number of articles; ``newest`` is the date of the last."""

    slug: str
    name: str
    articles: int
    reading: str = ""
    newest: dt.date | None = None


def totals(months: Sequence[MonthCount], people: int = 0) -> Totals:
    """What these months hold together."""
    return Totals(
        issues=sum(month.issues for month in months),
        pages=sum(month.pages for month in months),
        articles=sum(month.articles for month in months),
        photos=sum(month.photos for month in months),
        people=people,
        first=min((month.first for month in months if month.first), default=None),
        last=max((month.last for month in months if month.last), default=None),
        touched=sum(month.touched for month in months),
        estimated=sum(month.estimated for month in months),
    )


def people() -> int:
    """How many people are named."""
    return Person.objects.with_page().filter(named__gt=0).count()


def sections(months: Sequence[MonthCount]) -> list[Named]:
    """Every section with the number of its articles."""
    counts = Counter[str]()
    for month in months:
        counts.update(month.sections)
    rows = Section.objects.order_by("position", "slug").values_list("pk", "slug", "name")
    return [Named(slug, name, counts[str(pk)]) for pk, slug, name in rows]


def columns(months: Sequence[MonthCount], limit: int) -> list[tuple[Column, int]]:
    """The printed columns with most articles, and how many."""
    counts = Counter[str]()
    for month in months:
        counts.update(month.columns)
    rows = Column.objects.in_bulk([int(pk) for pk, _count in counts.most_common(limit)])
    found = [(row, counts[str(pk)]) for pk, row in rows.items()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name))


def most_named(limit: int) -> list[Named]:
    """The people whom most articles name."""
    people = Person.objects.with_page().filter(named__gt=0).order_by("-named", "reading", "slug")
    rows = people.values_list("slug", "name", "named", "reading", "last_date")
    return [Named(*row) for row in rows[:limit]]


def writers(limit: int) -> list[Named]:
    """The reporters, correspondents and photographers who signed most pieces."""
    people = Person.objects.with_page().filter(written__gt=0).order_by("-written", "reading", "slug")
    return [named(person, person.written) for person in people[:limit]]


def named(row: Person | Place, articles: int, newest: dt.date | None = None) -> Named:
    """A person or place as lists show it."""
    return Named(row.slug, row.name, articles, row.reading, newest)


def years(months: Sequence[MonthCount]) -> list[tuple[int, int]]:
    """Each year that has issues with the number of its issues, newest first."""
    counts = Counter[int]()
    for month in months:
        if month.month and month.issues:
            counts[int(month.month[:4])] += month.issues
    return sorted(counts.items(), reverse=True)


def newest_issue() -> int | None:
    """The row id of the newest issue that readers can open; an undated one where there is no other."""
    return next(iter(_newest_issue()), None)


@prepared
def _newest_issue() -> QuerySet[Page, int]:
    newest = Page.objects.shown().order_by("-issue__date", "issue__edition", "issue_id")
    return newest.values_list("issue_id", flat=True)[:1]


def this_day(month: int, day: int, years: Iterable[int]) -> list[dt.date]:
    """A day of these years, where there is one (not 29 February 2021): dates that an index can look up."""
    return [dt.date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
