"""How often words and names are in the paper over time, several beside each other, relative to all articles."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.charts import LineChart, line_chart, months_between, years_between
from search.engines import current
from search.engines.base import Filters, Sort
from search.errors import SearchError
from search.exports import spreadsheet_safe
from search.parsing import parse
from search.query import All, Query
from search.rates import too_many

#: Words that one chart compares, and characters of each.
MOST, LONGEST = 5, 60
#: Over so many months the chart counts by year.
MONTHS = 60

_SEPARATOR = re.compile(r"[,，;；、\n]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One month or year: all articles, and for each word the articles that have it and their share per thousand."""

    label: str
    all: int
    counts: tuple[int, ...]
    shares: tuple[float, ...]

    @property
    def pairs(self) -> list[tuple[int, float]]:
        """Number and share of each word."""
        return list(zip(self.counts, self.shares, strict=True))


@dataclass(frozen=True, slots=True)
class Trend:
    """Words compared."""

    words: tuple[str, ...]
    rows: tuple[Row, ...]

    def chart(self, relative: bool) -> LineChart:
        """Lines by share per thousand articles, or by number of articles."""
        series = [
            (word, [_value(row, place, relative) for row in self.rows])
            for place, word in enumerate(self.words)
        ]
        return line_chart([row.label for row in self.rows], series)


def _value(row: Row, place: int, relative: bool) -> float | None:
    """None where nothing was printed: that a word is not in a paper that is not there says nothing."""
    if not row.all:
        return None
    return row.shares[place] if relative else float(row.counts[place])


def compare(words: list[str]) -> Trend:
    """Count the articles by month (over five years: by year). Raises SearchError when there is no index."""
    everything = _months(All())
    found = [_months(parse(word).query) for word in words]
    dated = [month for month in everything if month]
    if not dated:
        return Trend(tuple(words), ())
    labels = months_between(dated, MONTHS)
    if not labels:
        everything, found = _by_year(everything), [_by_year(counts) for counts in found]
        labels = years_between([year for year in everything if year])
    rows = []
    for label in labels:
        total = everything.get(label, 0)
        counts = tuple(counts.get(label, 0) for counts in found)
        rows.append(
            Row(label, total, counts, tuple(round(1000 * n / total, 1) if total else 0.0 for n in counts))
        )
    return Trend(tuple(words), tuple(rows))


def _months(query: Query) -> dict[str, int]:
    results = current().search(
        query, Filters(kind=("article",)), Sort.NEWEST, limit=1, facets=("month",), facet_limit=100_000
    )
    return {count.value: count.count for count in results.facets["month"].counts}


def _by_year(months: dict[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, count in months.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years


def words_asked(request: HttpRequest) -> list[str]:
    """The words of ``?q=吕沛,蒙牛``, each once."""
    words = (word.strip()[:LONGEST] for word in _SEPARATOR.split(request.GET.get("q", "")[:400]))
    return list(dict.fromkeys(filter(None, words)))[:MOST]


@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    """The chart with its table."""
    words = words_asked(request)
    relative = request.GET.get("count") != "articles"
    context = {"q": request.GET.get("q", ""), "words": words, "relative": relative, "trend": None}
    status = 200
    if words and too_many(request):
        status, context["problem"] = 429, _("检索得太快了，请稍等一分钟。")
    elif words:
        try:
            trend = compare(words)
            context |= {
                "trend": trend,
                "chart": trend.chart(relative),
                "csv": urlencode({"q": "，".join(words)}),
            }
        except SearchError:
            status, context["problem"] = 503, _("暂时不能检索")
    response = render(request, "search/trends.html", context, status=status)
    response["Cache-Control"] = "no-cache"
    if words:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def trends_csv(request: HttpRequest) -> HttpResponse:
    """The chart's numbers."""
    words = words_asked(request)
    if too_many(request):
        return HttpResponse(
            _("检索得太快了，请稍等一分钟。"), status=429, content_type="text/plain; charset=utf-8"
        )
    try:
        trend = compare(words)
    except SearchError:
        return HttpResponse(_("暂时不能检索"), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="trends.csv"'
    writer = csv.writer(response)
    heads = [head for word in words for head in (word, f"{word} ‰")]
    writer.writerow(["月份", "全部文章", *map(spreadsheet_safe, heads)])
    for row in trend.rows:
        writer.writerow([row.label, row.all, *(value for pair in row.pairs for value in pair)])
    return response
