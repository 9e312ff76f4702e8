"""Lists of articles: all, by section, by column."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence

from django.core.paginator import Page as PageOfList
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import tallies
from archive.models import Article, Column, Section
from archive.order import NEWEST_FIRST
from archive.querysets import ArticleQuerySet
from archive.remembered import Memory
from archive.views.periods import periods
from archive.views.respond import number, pages_of, show


def _in_period(request: HttpRequest, articles: ArticleQuerySet) -> tuple[ArticleQuerySet, dict[str, int]]:
    """The articles of ``?year=&month=``, and what of these was understood."""
    chosen = {}
    year = number(request.GET.get("year"), 1800, 2200)
    if year:
        chosen["year"] = year
        articles = articles.filter(date__year=year)
        month = number(request.GET.get("month"), 1, 12)
        if month:
            chosen["month"] = month
            articles = articles.filter(date__month=month)
    return articles, chosen


def _page_of(
    request: HttpRequest, memory: Memory, name: str, articles: ArticleQuerySet
) -> PageOfList[Article]:
    """A page of articles, newest first: ids from what is remembered, rows as they are now."""
    ids = memory.of(f"ids of {name}", lambda: _ids(articles))
    page = pages_of(request, ids)
    rows = Article.objects.listed().for_lists().in_bulk(list(page.object_list))
    page.object_list = [rows[pk] for pk in page.object_list if pk in rows]
    return page


def _ids(articles: ArticleQuerySet) -> Sequence[int]:
    """The row ids, newest first; eight bytes each."""
    return array("q", articles.order_by(*NEWEST_FIRST).values_list("pk", flat=True).iterator(10_000))


def _months(articles: ArticleQuerySet) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Years, newest first, each with its articles and its (month, articles)."""
    days = articles.exclude(date=None).order_by().values_list("date").annotate(count=Count("pk"))
    months: Counter[str] = Counter()
    for date, count in days:
        months[date.isoformat()[:7]] += count
    return [(int(year), total, rows) for year, total, rows in periods(months)]


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Every article, newest first."""
    memory = Memory()
    found, chosen = _in_period(request, Article.objects.listed())
    return show(
        request,
        "archive/articles.html",
        {
            "articles": _page_of(request, memory, f"articles {chosen}", found),
            "months": memory.roughly("months", lambda: _months(Article.objects.listed())),
            "chosen": chosen,
        },
    )


@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    """The sections with their numbers of articles."""
    memory = Memory()
    counted = memory.roughly("sections", tallies.sections)
    unclassified = memory.roughly("unclassified", lambda: Article.objects.listed().unclassified().count())
    return show(
        request,
        "archive/sections.html",
        {
            "sections": counted,
            "most": max((section.articles for section in counted), default=0),
            "unclassified": unclassified,
            "columns": memory.roughly(
                "columns",
                lambda: list(
                    Column.objects.filter(articles__in=Article.objects.listed())
                    .annotate(count=Count("articles", distinct=True))
                    .select_related("newspaper")
                    .order_by("-count", "name")[:60]
                ),
            ),
        },
    )


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's articles by month. ``unclassified`` is a queue for staff, not a section."""
    if slug == "unclassified":
        if not request.user.is_staff:
            raise Http404(_("没有这个主题。"))
        row, every = None, Article.objects.listed().unclassified()
    else:
        row = get_object_or_404(Section, slug=slug)
        every = Article.objects.listed().in_section(row)
    return _list(request, f"section {slug}", every, {"section": row, "slug": slug}, "archive/section.html")


@require_safe
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """The articles under a printed column label (栏目)."""
    row = get_object_or_404(Column.objects.select_related("newspaper"), pk=pk)
    every = Article.objects.listed().filter(column=row)
    return _list(request, f"column {pk}", every, {"column": row}, "archive/column.html")


def _list(
    request: HttpRequest, name: str, every: ArticleQuerySet, context: dict[str, object], template: str
) -> HttpResponse:
    memory = Memory()
    found, chosen = _in_period(request, every)
    months = memory.roughly(f"months of {name}", lambda: _months(every))
    return show(
        request,
        template,
        context
        | {
            "articles": _page_of(request, memory, f"{name} {chosen}", found),
            "months": months,
            "chosen": chosen,
        },
    )
