"""A whole result as a file or a feed: what was asked, how much was found, and by which state of the index."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.citations import Cited, ris
from archive.feeds import LENGTH, Atom, as_paragraphs, dated, printed_in
from archive.models import Article, Photo
from archive.reading_text import excerpt, full_width
from archive.script import SIMPLIFIED
from archive.views.respond import fresh
from search import asked as asking
from search.engines.base import Hit, Sort
from search.errors import SearchError
from search.listing import rows as rows_of
from search.rates import too_many
from search.results import Found, find

if TYPE_CHECKING:
    _Feed = Feed[Any, Any]
else:
    _Feed = Feed

#: Hits that one file holds at most.
MOST = 20_000
_RUN = 200


class _Echo:
    """A file for csv.writer that hands each row back."""

    def write(self, text: str) -> str:
        return text


Rows = Callable[[HttpRequest, asking.Asked, Found], Iterator[str]]


def _answer(request: HttpRequest, rows: Rows, content_type: str, name: str) -> Any:
    asked = asking.read(request.GET)
    if too_many(request):
        return render(request, "search/wait.html", {"asked": asked, "q": asked.q}, status=429)
    try:
        found = find(asked.q, asked.filters, asked.sort, page_size=_RUN)
        found.total  # noqa: B018 - asks the engine now, while an error can still be told
    except SearchError as error:
        context = {"asked": asked, "q": asked.q, "error": error}
        return render(request, "search/unavailable.html", context, status=503)
    response = StreamingHttpResponse(rows(request, asked, found), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response


def _runs(found: Found) -> Iterator[list[Article | Photo]]:
    hits: list[Hit] = []
    for place, hit in enumerate(found):
        if place >= MOST:
            break
        hits.append(hit)
        if len(hits) == _RUN:
            yield rows_of(hits)
            hits = []
    if hits:
        yield rows_of(hits)


def _about(asked: asking.Asked, found: Found) -> list[tuple[str, str]]:
    return [
        (_("检索式"), asked.q),
        (_("网址参数"), asking.address(asked)),
        (_("命中"), str(found.total)),
        (_("索引版本"), found.generation),
        (_("时间"), timezone.localtime().isoformat(timespec="seconds")),
    ]


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The hits as CSV (UTF-8 with a byte order mark, as spreadsheets need), facts of the search first."""
    return _answer(request, _csv_rows, "text/csv; charset=utf-8", "baozang.csv")  # type: ignore[no-any-return]


def _csv_rows(request: HttpRequest, asked: asking.Asked, found: Found) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for name, value in _about(asked, found):
        yield writer.writerow([spreadsheet_safe(f"# {name}"), spreadsheet_safe(value)])
    heads = (
        "种类",
        "编号",
        "标题",
        "报纸",
        "日期",
        "日期由来",
        "版次",
        "版名",
        "体裁",
        "主题",
        "记者",
        "网址",
    )
    yield writer.writerow(heads)
    for run in _runs(found):
        for row in run:
            issue = row.page.issue
            article = row if isinstance(row, Article) else None
            yield writer.writerow(
                map(
                    spreadsheet_safe,
                    (
                        "文章" if article else "图片",
                        row.key,
                        full_width(row.title) if isinstance(row, Article) else excerpt(row.caption, 60),
                        issue.newspaper.name,
                        issue.date.isoformat() if issue.date else "",
                        issue.get_date_certainty_display(),
                        str(row.page.number or ""),
                        row.page.name,
                        article.genre if article else "",
                        article.section.name if article and article.section else "",
                        "、".join(row.reporters if isinstance(row, Article) else row.photographers),
                        request.build_absolute_uri(row.get_absolute_url()),
                    ),
                )
            )


def spreadsheet_safe(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


@require_safe
def as_ris(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The found articles as RIS records."""
    return _answer(request, _ris_rows, "application/x-research-info-systems; charset=utf-8", "baozang.ris")  # type: ignore[no-any-return]


def _ris_rows(request: HttpRequest, asked: asking.Asked, found: Found) -> Iterator[str]:
    for run in _runs(found):
        for row in run:
            if isinstance(row, Article):
                record = ris(_cited(row, request))
                yield record.replace("\n", "\r\n") + "\r\n\r\n"


def _cited(article: Article, request: HttpRequest) -> Cited:
    from archive.views.articles import cited_from

    return cited_from(article, request)


class SearchFeed(_Feed):
    """The hits of a search that came into the archive last, as Atom."""

    feed_type = Atom
    language = SIMPLIFIED

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if too_many(request):
            return HttpResponse(status=429, headers={"Retry-After": "60"})
        return fresh(super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest) -> asking.Asked:
        return asking.read(request.GET)

    def title(self, obj: asking.Asked) -> str:
        return f"{obj.q or _('检索')} · {settings.SITE_NAME}"

    def link(self, obj: asking.Asked) -> str:
        return f"{reverse('search:results')}?{asking.address(obj)}"

    def feed_url(self, obj: asking.Asked) -> str:
        return f"{reverse('search:feed')}?{asking.address(obj)}"

    def items(self, obj: asking.Asked) -> list[Article | Photo]:
        if obj.is_blank:
            return []
        try:
            found = find(obj.q, obj.filters, Sort.ADDED, page_size=LENGTH)
            return rows_of(found[:LENGTH])
        except SearchError:
            return []

    def item_title(self, item: Article | Photo) -> str:
        title = full_width(item.title) if isinstance(item, Article) else excerpt(item.caption, 40)
        return dated(title, item.page.issue)

    def item_description(self, item: Article | Photo) -> str:
        text = item.body if isinstance(item, Article) else item.caption
        return printed_in(item) + as_paragraphs([excerpt(full_width(text), 120)])

    def item_extra_kwargs(self, item: Article | Photo) -> dict[str, Any]:
        return {"language": item.language}

    def item_link(self, item: Article | Photo) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Article | Photo) -> Any:
        return item.appeared_at

    def item_updateddate(self, item: Article | Photo) -> Any:
        return item.updated_at
