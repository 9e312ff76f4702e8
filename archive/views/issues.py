"""The calendar and issues."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import month_counts, tallies
from archive.calendar import Entry, year_of
from archive.models import Article, DateCertainty, Issue, Newspaper, Page, Photo
from archive.models.newspapers import issue_slug
from archive.order import NEWEST_FIRST, PAGES
from archive.paths import path_to
from archive.prepared import prepared
from archive.remembered import Memory
from archive.views.respond import moved, number, pages_of, show


@require_safe
def calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year of issues, a shade a day; ``/issues/`` shows the newest year."""
    memory = Memory()
    years = tallies.years(memory.of("months", month_counts.every))
    if year is None:
        year = years[0][0] if years else None
    elif year not in (known for known, _count in years):
        raise Http404(_("这一年没有收录。"))
    entries = memory.of(f"calendar {year}", lambda: _entries(year, Issue.objects.shown())) if year else []
    undated = memory.of("undated", lambda: _undated(Issue.objects.shown()))
    return show(request, "archive/calendar.html", {"years": years} | _year(year, entries, undated, years))


@require_safe
def newspaper(request: HttpRequest, newspaper: str) -> HttpResponse:
    """A newspaper: what it is, and its issues of the year of ``?year=``, else of its newest."""
    found = get_object_or_404(Newspaper.objects.shown(), slug=newspaper)
    issues = Issue.objects.shown().filter(newspaper=found)
    memory = Memory()
    years = memory.of(f"years of {found.pk}", lambda: _years(issues))
    asked = number(request.GET.get("year"), 1, 9999)
    known = [year for year, _count in years]
    year = asked if asked in known else next(iter(known), None)
    entries = memory.of(f"calendar {year} of {found.pk}", lambda: _entries(year, issues)) if year else []
    undated = memory.of(f"undated of {found.pk}", lambda: _undated(issues))
    return show(
        request,
        "archive/newspaper.html",
        {"newspaper": found, "years": years} | _year(year, entries, undated, years),
    )


def _years(issues: QuerySet[Issue]) -> list[tuple[int, int]]:
    """The years with issues, newest first, with how many."""
    counted = issues.exclude(date=None).order_by().values_list("date__year").annotate(count=Count("pk"))
    return sorted(counted, reverse=True)


def _undated(issues: QuerySet[Issue]) -> list[Issue]:
    return list(issues.filter(date=None).select_related("newspaper").order_by("newspaper", "edition"))


def _year(
    year: int | None, entries: list[Entry], undated: list[Issue], years: list[tuple[int, int]]
) -> dict[str, object]:
    """What a calendar shows of a year among the ``years`` with issues, and of the issues without a date."""
    months = year_of(year, entries, [known for known, _count in years]) if year else ()
    return {
        "year": year,
        "months": months,
        "issue_count": sum(month.issues for month in months),
        "article_count": sum(month.articles for month in months),
        "undated": undated,
    }


@prepared
def _articles_by_issue(first: str, last: str) -> QuerySet[Article, tuple[int, int]]:
    dated = Article.objects.listed().filter(date__gte=first, date__lte=last).order_by()
    return dated.values_list("page__issue").annotate(count=Count("pk"))


def _entries(year: int, issues: QuerySet[Issue]) -> list[Entry]:
    counts = dict(_articles_by_issue(f"{year:04}-01-01", f"{year:04}-12-31"))
    rows = list(
        issues.filter(date__year=year)
        .order_by("date", "newspaper", "edition")
        .values_list("pk", "date", "edition", "date_certainty", "newspaper__slug", "newspaper__name")
    )
    several = len({slug for *_row, slug, _name in rows}) > 1
    return [
        Entry(
            date=date,
            href=path_to("issue", slug, issue_slug(date, edition)),
            name=" ".join(filter(None, [name if several else "", edition])),
            articles=counts.get(pk, 0),
            estimated=certainty == DateCertainty.ESTIMATED,
        )
        for pk, date, edition, certainty, slug, name in rows
        if date
    ]


@prepared
def _dated(newspaper: str, date: str, edition: str) -> QuerySet[Issue]:
    return _issues(newspaper, edition).filter(date=date)


@prepared
def _without_date(newspaper: str, edition: str) -> QuerySet[Issue]:
    return _issues(newspaper, edition).filter(date=None)


@prepared
def _before(newspaper: str, date: str, edition: str) -> QuerySet[Issue]:
    return _issues(newspaper, edition).filter(date__lt=date).order_by("-date")[:1]


@prepared
def _after(newspaper: str, date: str, edition: str) -> QuerySet[Issue]:
    return _issues(newspaper, edition).filter(date__gt=date).order_by("date")[:1]


def _issues(newspaper: str, edition: str) -> QuerySet[Issue]:
    issues = Issue.objects.shown().filter(newspaper__slug=newspaper, edition=edition)
    return issues.select_related("newspaper").order_by()


@prepared
def _pages(issue: int) -> QuerySet[Page]:
    return Page.objects.shown().filter(issue__pk=issue).order_by(*PAGES)


@prepared
def _articles(issue: int) -> QuerySet[Article]:
    rows = Article.objects.listed().filter(page__issue__pk=issue)
    return rows.for_lists("body").order_by("position")


@prepared
def _photos(issue: int) -> QuerySet[Photo]:
    return Photo.objects.listed().filter(page__issue__pk=issue).order_by("position")


@dataclass(frozen=True, slots=True)
class PageOfIssue:
    """A page and what is listed of it, in order."""

    page: Page
    articles: list[Article]
    photos: list[Photo]


def _issue_of(newspaper: str, slug: str) -> Issue | None:
    date_part, edition = (slug[:10], slug[11:]) if slug[:4].isdigit() else (slug[:7], slug[8:])
    if date_part == "undated":
        found = _without_date(newspaper, edition)
    else:
        try:
            date = dt.date.fromisoformat(date_part)
        except ValueError:
            return None
        found = _dated(newspaper, date.isoformat(), edition)
    return next((issue for issue in found if issue.slug == slug), None)


@require_safe
def issue(request: HttpRequest, newspaper: str, slug: str) -> HttpResponse:
    """One issue: its pages and what stands on them."""
    found = _issue_of(newspaper, slug)
    if found is None:
        redirect = moved("issue", f"{newspaper}/{slug}")
        if redirect:
            return redirect
        raise Http404(_("没有收录这一期。"))
    articles, photos = _articles(found.pk), _photos(found.pk)
    pages = [
        PageOfIssue(
            page,
            [article for article in articles if article.page_id == page.pk],
            [photo for photo in photos if photo.page_id == page.pk],
        )
        for page in _pages(found.pk)
    ]
    place = (newspaper, found.date.isoformat(), found.edition) if found.date else None
    return show(
        request,
        "archive/issue.html",
        {
            "issue": found,
            "pages": pages,
            "article_count": len(articles),
            "previous": next(iter(_before(*place)), None) if place else None,
            "next": next(iter(_after(*place)), None) if place else None,
        },
    )


@require_safe
def on_this_day(request: HttpRequest) -> HttpResponse:
    """What was printed on this day of every year; ``?month=&day=`` names another day."""
    today = timezone.localdate()
    month = number(request.GET.get("month"), 1, 12) or today.month
    day = number(request.GET.get("day"), 1, 31) or today.day
    try:
        shown_day = dt.date(2000, month, day)
    except ValueError:
        return HttpResponseRedirect(reverse("archive:on-this-day"))
    years = tallies.years(Memory().of("months", month_counts.every))
    dates = tallies.this_day(month, day, (year for year, _issues in years))
    articles = Article.objects.listed().filter(date__in=dates).for_lists("body").order_by(*NEWEST_FIRST)
    return show(
        request,
        "archive/on_this_day.html",
        {
            "month": month,
            "day": day,
            "before": shown_day - dt.timedelta(days=1),
            "after": shown_day + dt.timedelta(days=1),
            "articles": pages_of(request, articles),
        },
    )
