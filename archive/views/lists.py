"""Lists of articles: all, by section, by column."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import month_counts, tallies
from archive.models import Article, Column, Section
from archive.month_counts import Counted
from archive.monthly import Monthly
from archive.querysets import ArticleQuerySet
from archive.remembered import Memory
from archive.views.periods import months_nav, period_of
from archive.views.respond import pages_of, show


def _list(
    request: HttpRequest, every: ArticleQuerySet, counted: Counted, template: str, context: dict[str, object]
) -> HttpResponse:
    """A page of ``every``, of which a month has ``counted`` many, within ``?year=&month=``."""
    months = [(row.month, counted(row)) for row in Memory().of("months", month_counts.every)]
    period = period_of(request)
    found = Monthly(every.for_lists("body"), [month for month in months if month[0].startswith(period)])
    return show(
        request,
        template,
        context
        | {"articles": pages_of(request, found)}
        | months_nav({month: count for month, count in months if month and count}, period),
    )


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Every article, newest first."""
    return _list(request, Article.objects.listed(), lambda month: month.articles, "archive/articles.html", {})


@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    """The sections with their numbers of articles."""
    memory = Memory()
    months = memory.of("months", month_counts.every)
    counted = memory.of("sections", lambda: tallies.sections(months))
    return show(
        request,
        "archive/sections.html",
        {
            "sections": counted,
            "most": max((section.articles for section in counted), default=0),
            "unclassified": sum(month.unclassified for month in months),
            "columns": tallies.columns(months, 60),
        },
    )


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's articles by month. ``unclassified`` is a queue for staff, not a section."""
    context: dict[str, object] = {"slug": slug, "section": None}
    if slug == "unclassified":
        if not request.user.is_staff:
            raise Http404(_("没有这个主题。"))
        every, counted = Article.objects.listed().unclassified(), lambda month: month.unclassified
    else:
        row = get_object_or_404(Section.objects.defer("vocabulary"), slug=slug)
        context["section"] = row
        every, counted = Article.objects.listed().in_section(row), month_counts.in_section(row)
    return _list(request, every, counted, "archive/section.html", context)


@require_safe
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """The articles under a printed column label (栏目)."""
    row = get_object_or_404(Column.objects.select_related("newspaper"), pk=pk)
    every = Article.objects.listed().filter(column=row)
    return _list(
        request, every, lambda month: month.columns.get(str(pk), 0), "archive/column.html", {"column": row}
    )
