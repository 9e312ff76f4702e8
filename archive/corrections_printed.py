"""Printed corrections (更正): which article one of them is about, and which of them are about an article."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from archive.days import days_from
from archive.models import Article, Genre
from archive.order import NEWEST_FIRST
from archive.prepared import prepared
from archive.querysets import ArticleQuerySet

_TITLE = re.compile(r"《([^《》]{2,80})》")

#: Days after an article within which its correction is looked for.
WITHIN = 30
#: Articles that are looked at for one.
MOST = 10


def titles_named(text: str) -> list[str]:
    """The titles that a text names in 《》, in order, each once."""
    return list(dict.fromkeys(_TITLE.findall(text)))


def about(article: Article) -> list[Article]:
    """For a correction, the articles that it corrects; for any other, the corrections that name its headline."""
    if article.genre == Genre.CORRECTION:
        titles = titles_named(article.body)
        if not titles:
            return []
        found = Article.objects.listed().exclude(pk=article.pk).order_by(*NEWEST_FIRST)
        if article.date:
            found = found.filter(date__range=(days_from(article.date, -WITHIN), article.date))
        rows = list(found.filter(headline__in=titles).for_lists()[:MOST])
    elif article.headline:
        title = f"《{article.headline}》"
        if article.date:
            rows = _naming_within(
                title, article.date.isoformat(), days_from(article.date, WITHIN).isoformat()
            )
        else:
            rows = list(_naming(title)[:MOST])
    else:
        return []
    newspaper = article.page.issue.newspaper
    return [other for other in rows if other.page.issue.newspaper == newspaper]


def _naming(title: str) -> ArticleQuerySet:
    corrections = Article.objects.listed().filter(genre=Genre.CORRECTION, body__contains=title)
    return corrections.for_lists().order_by(*NEWEST_FIRST)


@prepared
def _naming_within(title: str, first: str, last: str) -> QuerySet[Article]:
    return _naming(title).filter(date__gte=first, date__lte=last)[:MOST]
