"""Sitemaps: what search engines may list, and when it last changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from archive import place_pages
from archive.models import Article, Issue, Person, Photo, Place, Section
from archive.querysets import ArticleQuerySet

if TYPE_CHECKING:
    _Articles = Sitemap[Article]
    _Photos = Sitemap[Photo]
    _Issues = Sitemap[Issue]
    _People = Sitemap[Person]
    _Places = Sitemap[Place]
    _Ways = Sitemap[str]
else:
    _Articles = _Photos = _Issues = _People = _Places = _Ways = Sitemap


class Articles(_Articles):
    """Every listed article."""

    limit = 5000

    def items(self) -> ArticleQuerySet:
        return Article.objects.listed().only("key", "updated_at").order_by("pk")

    def lastmod(self, item: Article) -> dt.datetime:
        return item.updated_at


class Photos(_Photos):
    """Every listed photo."""

    limit = 5000

    def items(self) -> QuerySet[Photo]:
        return Photo.objects.listed().only("key", "updated_at").order_by("pk")

    def lastmod(self, item: Photo) -> dt.datetime:
        return item.updated_at


class Issues(_Issues):
    """Every issue that readers can open."""

    def items(self) -> QuerySet[Issue]:
        return (
            Issue.objects.filter(Q(pages__deleted_at=None) & Q(pages__isnull=False))
            .select_related("newspaper")
            .annotate(changed=Max("pages__updated_at"))
            .order_by("pk")
        )

    def lastmod(self, item: Any) -> dt.datetime:
        return item.changed  # type: ignore[no-any-return]


class People(_People):
    """Every person with a page."""

    def items(self) -> QuerySet[Person]:
        return Person.objects.shown().only("slug").order_by("pk")


class Places(_Places):
    """Every place with a page."""

    def items(self) -> QuerySet[Place]:
        return place_pages.shown().only("slug").order_by("pk")


class Ways(_Ways):
    """The lists that lead to the rest."""

    def items(self) -> list[str]:
        names = ("home", "about", "issues", "articles", "sections", "people", "places", "photos")
        sections = [section.get_absolute_url() for section in Section.objects.only("slug")]
        return [*(reverse(f"archive:{name}") for name in names), *sections]

    def location(self, item: str) -> str:
        return item


SITEMAPS = {
    "articles": Articles,
    "photos": Photos,
    "issues": Issues,
    "people": People,
    "places": Places,
    "ways": Ways,
}
