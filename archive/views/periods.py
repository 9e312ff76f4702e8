"""What the pages of people and places share: their lists, months and years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page as PageOfList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from archive import chronicles
from archive.charts import bar_chart, months_between, years_between
from archive.models import Article, Chronicle
from archive.prepared import prepared
from archive.tallies import named
from archive.views.respond import number, pages_of

#: People or places on one page of a list.
A_PAGE = 120


def named_page(request: HttpRequest, rows: QuerySet[Any]) -> PageOfList[Any]:
    """The page of a list of people or places that ``?page=`` names, as lists show them.

    With each the number of articles that name them; of who only writes, the pieces that they signed.
    """
    page = pages_of(request, rows, A_PAGE)
    page.object_list = [
        named(row, row.named or getattr(row, "written", 0), row.last_date) for row in page.object_list
    ]
    return page


def listed_by_id(ids: Sequence[int]) -> dict[int, Article]:
    """Those of these articles that are listed, by row id."""
    return {row.pk: row for row in _listed(ids)}


@prepared
def _listed(ids: Sequence[int]) -> QuerySet[Article]:
    return Article.objects.listed().filter(pk__in=ids).for_lists("body", "event_dates").order_by()


def period_of(request: HttpRequest) -> str:
    """What ``?year=&month=`` asks for: 2021-10, 2021, or nothing."""
    year = number(request.GET.get("year"), 1, 9999)
    month = number(request.GET.get("month"), 1, 12)
    if not year:
        return ""
    return f"{year:04}-{month:02}" if month else f"{year:04}"


def asked_of(chronicle: Chronicle, request: HttpRequest) -> tuple[Sequence[int], dict[str, Any]]:
    """The articles of a chronicle that ``?year=&month=&section=`` asks for, by row id, and what its page shows of that:
    the ``period``, the chronicle's ``sections`` and the one of them that is ``chosen_section``."""
    period = period_of(request)
    sections = chronicles.sections_of(chronicle)
    slug = request.GET.get("section")
    section = next((each for each in sections if each.slug == slug), None)
    articles: Sequence[int] = chronicle.articles(period)
    if section:
        articles = chronicles.within(articles, section.slug)
    return articles, {"period": period, "sections": sections, "chosen_section": section}


def months_nav(months: Mapping[str, int], period: str) -> dict[str, Any]:
    """What ``parts/months_nav.html`` shows: each year, newest first, with its articles and its (month, articles)."""
    years: dict[int, list[tuple[int, int]]] = {}
    for month in sorted(months):
        years.setdefault(int(month[:4]), []).append((int(month[5:]), months[month]))
    return {
        "months": [
            (year, sum(n for _m, n in rows), rows) for year, rows in sorted(years.items(), reverse=True)
        ],
        "chosen": {"year": int(period[:4] or 0), "month": int(period[5:] or 0)},
    }


def chart(months: dict[str, int]) -> object:
    """The months as bars that lead to them; whole years where there are many; None without any."""
    if not months:
        return None
    labels = months_between(months, 120)
    if not labels:
        years = Counter[str]()
        for month, articles in months.items():
            years[month[:4]] += articles
        shown = {year: years[year] for year in years_between(years)}
        return bar_chart(shown, {year: f"?{urlencode({'year': year})}" for year in shown})
    return bar_chart(
        {label: months.get(label, 0) for label in labels},
        {
            label: f"?{urlencode({'year': label[:4], 'month': str(int(label[5:]))})}#events"
            for label in labels
            if months.get(label)
        },
    )
