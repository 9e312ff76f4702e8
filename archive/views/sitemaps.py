"""Sitemaps: what search engines may list, and when it last changed.

Each kind is cut by row id, ``LIMIT`` ids a file, so that a file stays what it was whatever is added, and none is dear.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.models import Article, Issue, Newspaper, Page, Person, Photo, Section
from archive.paths import path_to
from archive.place_pages import with_page
from archive.remembered import Memory
from archive.views.respond import fresh, number

#: Row ids that one file covers.
LIMIT = 1000

_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Entry = tuple[str, dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one kind: those that readers can open, their address's changing part and when they changed."""

    name: str
    rows: QuerySet[Any]
    part: str
    changed: str | None

    def entries(self, first: int) -> Iterator[Entry]:
        """(path, last change) of the rows with ids from ``first`` on, at most ``LIMIT`` ids further."""
        rows = self.rows.filter(pk__gte=first, pk__lt=first + LIMIT).order_by("pk")
        if self.changed is None:
            for part in rows.values_list(self.part, flat=True):
                yield path_to(self.name, part), None
        else:
            for part, changed in rows.values_list(self.part, self.changed):
                yield path_to(self.name, part), changed


def _kinds() -> dict[str, Kind]:
    return {
        "articles": Kind("article", Article.objects.listed(), "key", "updated_at"),
        "pages": Kind("page", Page.objects.shown(), "key", "updated_at"),
        "photos": Kind("photo", Photo.objects.listed(), "key", "updated_at"),
        "people": Kind("person", Person.objects.with_page(), "slug", None),
        "places": Kind("place", with_page(), "slug", None),
    }


def _issues(first: int) -> Iterator[Entry]:
    open_to_readers = Q(pages__deleted_at=None) & Q(pages__isnull=False)
    issues = Issue.objects.filter(open_to_readers, pk__gte=first, pk__lt=first + LIMIT)
    for issue in issues.select_related("newspaper").annotate(at=Max("pages__updated_at")).order_by("pk"):
        yield issue.get_absolute_url(), issue.at  # type: ignore[attr-defined]


def _ways() -> Iterator[Entry]:
    for name in (
        "home",
        "about",
        "issues",
        "articles",
        "sections",
        "people",
        "places",
        "photos",
        "on-this-day",
    ):
        yield reverse(f"archive:{name}"), None
    for section in Section.objects.defer("vocabulary"):
        yield section.get_absolute_url(), None
    for newspaper in Newspaper.objects.shown():
        yield newspaper.get_absolute_url(), None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The files that there are."""
    files = Memory().of("sitemaps", _files)
    at = request.build_absolute_uri
    rows = "".join(f"<sitemap><loc>{escape(at(path))}</loc></sitemap>\n" for path in files)
    return _xml(f"<sitemapindex {_XMLNS}>\n{rows}</sitemapindex>\n")


def _files() -> list[str]:
    newest = {
        name: kind.rows.order_by("-pk").values_list("pk", flat=True)[:1] for name, kind in _kinds().items()
    }
    newest["issues"] = Issue.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    ways = reverse("archive:sitemap", args=["ways"])
    return [ways] + [
        reverse("archive:sitemap", args=[name]) + (f"?p={page}" if page > 1 else "")
        for name, last in newest.items()
        for page in range(1, max(last, default=0) // LIMIT + 2)
    ]


@require_safe
def part(request: HttpRequest, section: str) -> HttpResponse:
    """One file."""
    page = number(request.GET.get("p", "1"), 1, 10**9)
    if page is None:
        raise Http404
    first = (page - 1) * LIMIT
    if section == "ways":
        entries = _ways()
    elif section == "issues":
        entries = _issues(first)
    elif kind := _kinds().get(section):
        entries = kind.entries(first)
    else:
        raise Http404
    site = request.build_absolute_uri("/")[:-1]
    rows = "".join(
        f"<url><loc>{escape(site + path)}</loc>"
        + (f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else "")
        + "</url>\n"
        for path, changed in entries
    )
    return _xml(f"<urlset {_XMLNS}>\n{rows}</urlset>\n")


def _xml(text: str) -> HttpResponse:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return fresh(response)
