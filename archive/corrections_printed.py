"""Printed corrections (更正): which article one of them is about, and which of them are about an article."""

from __future__ import annotations

import datetime as dt
import re

from archive.models import Article, Genre
from archive.order import NEWEST_FIRST

_TITLE = re.compile(r"《([^《》]{2,80})》")

#: Days after an article within which its correction is looked for.
WITHIN = 30


def titles_named(text: str) -> list[str]:
    """The titles that a text names in 《》, in order, each once."""
    return list(dict.fromkeys(_TITLE.findall(text)))


def about(article: Article) -> list[Article]:
    """For a correction, the articles that it corrects; for any other, the corrections that name its headline."""
    found = Article.objects.listed().exclude(pk=article.pk).order_by(*NEWEST_FIRST)
    span = dt.timedelta(days=WITHIN)
    if article.genre == Genre.CORRECTION:
        titles = titles_named(article.body)
        if not titles:
            return []
        if article.date:
            found = found.filter(date__range=(article.date - span, article.date))
        found = found.filter(headline__in=titles)
    elif article.headline:
        if article.date:
            found = found.filter(date__range=(article.date, article.date + span))
        found = found.filter(genre=Genre.CORRECTION, body__contains=f"《{article.headline}》")
    else:
        return []
    newspaper = article.page.issue.newspaper
    return [other for other in found.for_lists()[:10] if other.page.issue.newspaper == newspaper]
