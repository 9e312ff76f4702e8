"""The front page, and what this archive is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive import month_counts, tallies
from archive.models import Article, MonthCount, Newspaper, Photo
from archive.order import IN_PRINT, NEWEST_FIRST
from archive.prepared import prepared
from archive.remembered import Memory
from archive.views.respond import show

#: Genres that do not lead a front page.
_NOT_LEADING = ("公告", "广告", "服务", "更正")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest issue as a front page, and every way into the archive."""
    memory = Memory()
    months = memory.of("months", month_counts.every)
    newest = memory.of("newest issue", tallies.newest_issue)
    articles: list[Article] = []
    if newest is not None:
        articles = _of_issue(newest)
    lead = next((a for a in articles if a.headline and a.genre not in _NOT_LEADING), None)
    today = timezone.localdate()
    return show(
        request,
        "archive/home.html",
        {
            "issue": articles[0].page.issue if articles else None,
            "lead": lead,
            "articles": [article for article in articles if article is not lead],
            "totals": tallies.totals(months),
            "sections": [s for s in memory.of("sections", lambda: tallies.sections(months)) if s.articles],
            "people": memory.roughly("people 24", lambda: tallies.most_named(24)),
            "photos": _newest_photos(),
            "today": today,
            "that_day": memory.of(f"this day {today}", lambda: _that_day(months, today)),
        },
    )


def _that_day(months: Sequence[MonthCount], today: dt.date) -> list[Article]:
    years = (year for year, _issues in tallies.years(months) if year < today.year)
    dates = tallies.this_day(today.month, today.day, years)
    return _on_days([date.isoformat() for date in dates])


@prepared
def _of_issue(issue: int) -> QuerySet[Article]:
    articles = Article.objects.listed().filter(page__issue__pk=issue)
    shown = articles.for_lists("kicker", "subheadline", "body", "reporters")
    return shown.order_by(*IN_PRINT)[:24]


@prepared
def _newest_photos() -> QuerySet[Photo]:
    photos = Photo.objects.listed().select_related("page__issue__newspaper")
    return photos.order_by(*NEWEST_FIRST)[:4]


@prepared
def _on_days(dates: Sequence[str]) -> QuerySet[Article]:
    return Article.objects.listed().filter(date__in=dates).for_lists().order_by(*NEWEST_FIRST)[:4]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is here, from where, how it was read, and what it must not be taken for."""
    memory = Memory()
    months = memory.of("months", month_counts.every)
    return show(
        request,
        "archive/about.html",
        {
            "totals": tallies.totals(months, memory.roughly("people", tallies.people)),
            "newspapers": memory.of("newspapers", lambda: list(Newspaper.objects.shown())),
            "parser_versions": sorted({version for month in months for version in month.versions}),
            "contact": settings.FOOTER["contact"],
        },
    )
