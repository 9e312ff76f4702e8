"""What the archive holds, counted: the numbers that front pages and lists show. Values pickle, so they can be kept."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from archive.models import Article, DateCertainty, Issue, Page, Person, Photo, Place, Section
from archive.querysets import listed


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


def totals() -> Totals:
    """Counts of what readers can open."""
    articles = Article.objects.listed().aggregate(first=Min("date"), last=Max("date"), count=Count("pk"))
    pages = Page.objects.shown().aggregate(
        count=Count("pk"),
        issues=Count("issue", distinct=True),
        touched=Count("pk", filter=Q(touched=True)),
        estimated=Count("issue", distinct=True, filter=Q(issue__date_certainty=DateCertainty.ESTIMATED)),
    )
    return Totals(
        issues=pages["issues"],
        pages=pages["count"],
        touched=pages["touched"],
        estimated=pages["estimated"],
        articles=articles["count"],
        photos=Photo.objects.listed().count(),
        people=Person.objects.with_page().filter(named__gt=0).count(),
        first=articles["first"],
        last=articles["last"],
    )


def in_short() -> Totals:
    """Issues, articles and their dates only, in one query."""
    found = Article.objects.listed().aggregate(
        first=Min("date"), last=Max("date"), count=Count("pk"), issues=Count("page__issue", distinct=True)
    )
    return Totals(found["issues"], 0, found["count"], 0, 0, found["first"], found["last"])


def sections() -> list[Named]:
    """Every section with the number of its articles."""
    rows = Section.objects.annotate(
        count=Count("articles", filter=listed("articles__")),
        newest=Max("articles__date", filter=listed("articles__")),
    ).order_by("position", "slug")
    return [Named(row.slug, row.name, row.count, newest=row.newest) for row in rows]


def most_named(limit: int) -> list[Named]:
    """The people whom most articles name."""
    people = Person.objects.with_page().filter(named__gt=0).order_by("-named", "reading", "slug")
    return [named(person, person.named, person.last_date) for person in people[:limit]]


def writers(limit: int) -> list[Named]:
    """The reporters, correspondents and photographers who signed most pieces."""
    people = Person.objects.with_page().filter(written__gt=0).order_by("-written", "reading", "slug")
    return [named(person, person.written) for person in people[:limit]]


def named(row: Person | Place, articles: int, newest: dt.date | None = None) -> Named:
    """A person or place as lists show it."""
    return Named(row.slug, row.name, articles, row.reading, newest)


def years() -> list[tuple[int, int]]:
    """Each year that has issues with the number of its issues, newest first."""
    rows = (
        Issue.objects.shown()
        .exclude(date=None)
        .values("date__year")
        .annotate(count=Count("pk", distinct=True))
        .order_by("-date__year")
    )
    return [(row["date__year"], row["count"]) for row in rows]


def newest_issue() -> int | None:
    """The row id of the newest issue that readers can open; an undated one where there is no other."""
    return (
        Page.objects.shown()
        .order_by("-issue__date", "issue__edition", "issue_id")
        .values_list("issue_id", flat=True)
        .first()
    )


def this_day(month: int, day: int, years: Iterable[int]) -> list[dt.date]:
    """A day of these years, where there is one (not 29 February 2021): dates that an index can look up."""
    return [dt.date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
