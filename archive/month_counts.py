"""What the archive holds, month by month: the table that totals, sections and the pages of lists are read from.

The store says in the transaction of a change whose months are in doubt (``doubt``). The consumer ``counts`` counts
those anew; whoever reads before it has come round counts them himself, so that no number is ever old.
"""

from __future__ import annotations

import datetime as dt
import json
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Count, JSONField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from archive.models import Article, DateCertainty, Issue, MonthCount, Page, PageVersion, Photo, Section
from archive.prepared import prepared
from archive.querysets import listed

#: Months that one query names one by one; of more, it asks for all from the first to the last.
AT_ONCE = 24

#: How many articles of a list a month has.
Counted = Callable[[MonthCount], int]

#: Rows as tuples of what was asked for.
_Rows = QuerySet[Any, tuple[Any, ...]]

_COUNTED = [field.name for field in MonthCount._meta.concrete_fields if not field.primary_key]
_JSON = [field.name for field in MonthCount._meta.concrete_fields if isinstance(field, JSONField)]
_PLAIN = [field.name for field in MonthCount._meta.concrete_fields if not isinstance(field, JSONField)]


def month_of(date: dt.date | None) -> str:
    """2021-10, or empty without a date."""
    return date.isoformat()[:7] if date else ""


def in_section(section: Section) -> Counted:
    """How many articles a month has in the section."""
    return lambda month: month.sections.get(str(section.pk), 0)


def doubt(dates: Iterable[dt.date | None]) -> None:
    """Mark the months of these issue dates as to be counted anew."""
    rows = [MonthCount(month=month, stale=True) for month in {month_of(date) for date in dates}]
    MonthCount.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["month"], update_fields=["stale"]
    )


def every() -> list[MonthCount]:
    """Each month as it is now, newest first, the undated last. Rows are shared, so nobody may change them."""
    rows = {row.month: row for row in map(_read, _rows())}
    rows |= counted([month for month, row in rows.items() if row.stale])
    return list(rows.values())


@prepared
def _rows() -> QuerySet[MonthCount, tuple[Any, ...]]:
    return MonthCount.objects.order_by("-month").values_list(
        *_PLAIN, *(Cast(name, TextField()) for name in _JSON)
    )


@lru_cache(maxsize=4096)
def _read(row: tuple[Any, ...]) -> MonthCount:
    """A row with its JSON read. After a change all months but one say what they said before, and are not made anew."""
    plain, texts = row[: len(_PLAIN)], row[len(_PLAIN) :]
    values = dict(zip(_JSON, map(json.loads, texts), strict=True))
    return MonthCount(**dict(zip(_PLAIN, plain, strict=True)), **values)


def recount() -> int:
    """Count all months in doubt, a part a transaction; how many there were."""
    total = 0
    while done := _recount_some():
        total += done
    return total


@transaction.atomic
def _recount_some() -> int:
    stale = MonthCount.objects.filter(stale=True).order_by("month").values_list("month", flat=True)
    rows = counted(list(stale[:AT_ONCE]))
    MonthCount.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["month"], update_fields=_COUNTED
    )
    return len(rows)


def counted(months: Sequence[str]) -> dict[str, MonthCount]:
    """These months, counted now."""
    found = {month: MonthCount(month=month, stale=False) for month in months}
    if found:
        _count_pages(found)
        _count_articles(found)
        for date, section, count in _sections(found):
            if row := found.get(month_of(date)):
                row.sections[str(section)] = row.sections.get(str(section), 0) + count
        for date, count in _photos(found):
            if row := found.get(month_of(date)):
                row.photos += count
    return found


def _count_pages(found: dict[str, MonthCount]) -> None:
    issues = set()
    for issue, date, certainty, touched, parser in _pages(found):
        row = found.get(month_of(date))
        if row is None:
            continue
        row.pages += 1
        row.touched += touched
        row.versions = sorted({*row.versions, parser})
        if issue not in issues:
            issues.add(issue)
            row.issues += 1
            row.estimated += certainty == DateCertainty.ESTIMATED


def _count_articles(found: dict[str, MonthCount]) -> None:
    for date, section, column, count in _articles(found):
        row = found.get(month_of(date))
        if row is None:
            continue
        row.articles += count
        row.unclassified += 0 if section else count
        if date:
            row.first = min(row.first or date, date)
            row.last = max(row.last or date, date)
        if column:
            row.columns[str(column)] = row.columns.get(str(column), 0) + count


def _of_months(
    field: str,
) -> Callable[[Callable[[Q], _Rows]], Callable[[Collection[str]], list[tuple[Any, ...]]]]:
    """Ask a query for the rows whose date ``field`` lies in these months, and perhaps in others between them; prepared
    for a single month, which is what a correction leaves in doubt."""

    def asking(write: Callable[[Q], _Rows]) -> Callable[[Collection[str]], list[tuple[Any, ...]]]:
        @prepared
        def of_one(first: str, last: str) -> _Rows:
            return write(Q(**{f"{field}__gte": first, f"{field}__lte": last}))

        def ask(months: Collection[str]) -> list[tuple[Any, ...]]:
            if len(months) == 1 and all(months):
                (month,) = months
                return of_one(*map(dt.date.isoformat, _bounds(month, month)))
            return list(write(_within(months, field)))

        return ask

    return asking


@_of_months("date")
def _pages(within: Q) -> _Rows:
    version = PageVersion.objects.filter(page=OuterRef("pk"), number=OuterRef("version"))
    # By their issues: asked for pages by the issue's date, the database would look at every page.
    pages = Page.objects.shown().filter(issue__in=Issue.objects.filter(within).order_by()).order_by()
    return pages.values_list(
        *("issue", "issue__date", "issue__date_certainty", "touched"),
        Subquery(version.order_by().values("parser_version")[:1]),
    )


@_of_months("date")
def _articles(within: Q) -> _Rows:
    articles = Article.objects.listed().filter(within).order_by()
    return articles.values_list("date", "section", "column").annotate(count=Count("pk"))


@_of_months("article__date")
def _sections(within: Q) -> _Rows:
    links = Article.sections.through.objects.filter(listed("article__"), within).order_by()
    return links.values_list("article__date", "section").annotate(count=Count("article"))


@_of_months("date")
def _photos(within: Q) -> _Rows:
    photos = Photo.objects.listed().filter(within).order_by()
    return photos.values_list("date").annotate(count=Count("pk"))


def _within(months: Collection[str], field: str) -> Q:
    """Rows whose date ``field`` lies in these months, and perhaps in others between them."""
    dated = sorted(month for month in months if month)
    asked = Q(**{f"{field}__isnull": True}) if "" in months else Q(pk__in=[])
    runs = [(month, month) for month in dated] if len(dated) <= AT_ONCE else [(dated[0], dated[-1])]
    for first, last in runs:
        asked |= days_of(first, last, field)
    return asked


def days_of(first: str, last: str, field: str = "date") -> Q:
    """Rows of the months from ``first`` to ``last``."""
    begin, end = _bounds(first, last)
    return Q(**{f"{field}__gte": begin, f"{field}__lte": end})


def _bounds(first: str, last: str) -> tuple[dt.date, dt.date]:
    """The first day of the month ``first`` and the last of the month ``last``: after December 9999 there is no day."""
    year, month = int(last[:4]), int(last[5:])
    return dt.date.fromisoformat(f"{first}-01"), dt.date(year, month, monthrange(year, month)[1])
