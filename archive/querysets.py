"""Reads of the archive, named as readers would name them. What the public may see is decided here, once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Max, Min, Q

if TYPE_CHECKING:
    from archive.models import Article, Issue, Page, Person, Photo, Section


def shown(prefix: str = "") -> Q:
    """Pieces whose own page readers can open: on a page that is not deleted, and not withheld."""
    return (
        Q(**{f"{prefix}gone": False})
        & ~Q(**{f"{prefix}visibility": "withheld"})
        & Q(**{f"{prefix}page__deleted_at": None})
    )


def listed(prefix: str = "") -> Q:
    """Pieces that lists, feeds and search show: shown and not delisted."""
    return shown(prefix) & ~Q(**{f"{prefix}visibility": "delisted"})


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles."""

    def shown(self) -> ArticleQuerySet:
        return self.filter(shown())

    def listed(self) -> ArticleQuerySet:
        return self.filter(listed())

    def on(self, date: dt.date) -> ArticleQuerySet:
        """Printed in the issues of a date."""
        return self.filter(date=date)

    def in_section(self, section: Section) -> ArticleQuerySet:
        """With this section among their up to three."""
        return self.filter(sections=section)

    def unclassified(self) -> ArticleQuerySet:
        """Those that no section's vocabulary found (未分类)."""
        return self.filter(section=None)

    def naming(self, person: Person) -> ArticleQuerySet:
        """In which the person is named, whoever wrote them."""
        return self.filter(mentions__person=person, mentions__kind="subject").distinct()

    def by(self, person: Person) -> ArticleQuerySet:
        """Written by the person."""
        return self.filter(
            mentions__person=person, mentions__kind__in=["reporter", "correspondent"]
        ).distinct()

    def for_lists(self) -> ArticleQuerySet:
        """With what a list of articles shows, in one query, without the long texts."""
        return self.select_related("page__issue__newspaper", "section").defer("printed", "evidence")


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photos."""

    def shown(self) -> PhotoQuerySet:
        return self.filter(shown())

    def listed(self) -> PhotoQuerySet:
        return self.filter(listed())


class PageQuerySet(models.QuerySet["Page"]):
    """Pages."""

    def shown(self) -> PageQuerySet:
        return self.filter(deleted_at=None)


class IssueQuerySet(models.QuerySet["Issue"]):
    """Issues."""

    def shown(self) -> IssueQuerySet:
        """Those with a page that readers can open."""
        return self.filter(pages__deleted_at=None, pages__isnull=False).distinct()

    def counted(self) -> IssueQuerySet:
        """With ``article_count`` and ``page_count``."""
        return self.annotate(
            page_count=Count("pages", filter=Q(pages__deleted_at=None), distinct=True),
            article_count=Count("pages__articles", filter=listed("pages__articles__"), distinct=True),
        )


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def shown(self) -> PersonQuerySet:
        """Those readers may see: listed, not merged into another, named in something that is listed."""
        return self.filter(listed=True, merged_into=None).filter(
            Q(pk__in=self._seen_in("article__")) | Q(pk__in=self._seen_in("photo__"))
        )

    def counted(self) -> PersonQuerySet:
        """With ``named`` and ``written`` (articles), ``first_date`` and ``last_date`` of issues that name them."""
        in_news = Q(mentions__kind="subject") & listed("mentions__article__")
        return self.annotate(
            named=Count("mentions__article", filter=in_news, distinct=True),
            written=Count(
                "mentions__article",
                filter=Q(mentions__kind__in=["reporter", "correspondent"]) & listed("mentions__article__"),
                distinct=True,
            ),
            first_date=Min("mentions__article__date", filter=in_news),
            last_date=Max("mentions__article__date", filter=in_news),
        )

    def _seen_in(self, prefix: str) -> Any:
        from archive.models import Mention

        return Mention.objects.filter(listed(prefix), **{f"{prefix}gone": False}).values("person")
