"""Reads of the archive, named as readers would name them. What the public may see is decided here, once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from archive.models import Article, Issue, Newspaper, Page, Person, Photo, Section  # noqa: F401  (named in strings below)


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


#: What ``parts/article_line.html`` shows, and the order of print.
_IN_LISTS = (
    *("key", "headline", "supplied_headline", "first_clause", "genre", "language"),
    *("date", "page_order", "position"),
    *("page__key", "page__number", "page__name", "section__slug", "section__name"),
    *("page__issue__date", "page__issue__edition", "page__issue__date_certainty"),
    *("page__issue__newspaper__slug", "page__issue__newspaper__name"),
)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles."""

    def shown(self) -> ArticleQuerySet:
        return self.filter(shown())

    def listed(self) -> ArticleQuerySet:
        return self.filter(listed())

    def withheld(self) -> ArticleQuerySet:
        return self.filter(visibility="withheld")

    def on(self, date: dt.date) -> ArticleQuerySet:
        """Printed in the issues of a date."""
        return self.filter(date=date)

    def in_section(self, section: Section) -> ArticleQuerySet:
        """With this section among their up to three."""
        from archive.models import Article

        links = Article.sections.through.objects.filter(article=OuterRef("pk"), section=section)
        return self.filter(Exists(links))

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

    def for_lists(self, *more: str) -> ArticleQuerySet:
        """With what a list says of an article, in one query, and the fields named besides. Reading all of them would
        take twice as long; one that is read later costs a query."""
        return self.select_related("page__issue__newspaper", "section").only(*_IN_LISTS, *more)


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photos."""

    def shown(self) -> PhotoQuerySet:
        return self.filter(shown())

    def listed(self) -> PhotoQuerySet:
        return self.filter(listed())

    def withheld(self) -> PhotoQuerySet:
        return self.filter(visibility="withheld")


class PageQuerySet(models.QuerySet["Page"]):
    """Pages."""

    def shown(self) -> PageQuerySet:
        return self.filter(deleted_at=None)


class NewspaperQuerySet(models.QuerySet["Newspaper"]):
    """Newspapers."""

    def shown(self) -> NewspaperQuerySet:
        """Those with a page that readers can open."""
        from archive.models import Page

        return self.filter(Exists(Page.objects.shown().filter(issue__newspaper=OuterRef("pk"))))


class IssueQuerySet(models.QuerySet["Issue"]):
    """Issues."""

    def shown(self) -> IssueQuerySet:
        """Those with a page that readers can open."""
        from archive.models import Page

        return self.filter(Exists(Page.objects.shown().filter(issue=OuterRef("pk"))))


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def shown(self) -> PersonQuerySet:
        """Those readers may see: listed, not merged into another, named in something that is listed."""
        return self.filter(listed=True, merged_into=None).filter(
            self._seen_in("article__") | self._seen_in("photo__")
        )

    def with_page(self) -> PersonQuerySet:
        """The same by the counts that stand in their rows, which lag behind by as much as the worker does."""
        return self.filter(listed=True, merged_into=None, pieces__gt=0)

    @staticmethod
    def _seen_in(prefix: str) -> Exists:
        from archive.models import Mention

        return Exists(Mention.objects.filter(listed(prefix), person=OuterRef("pk")))
