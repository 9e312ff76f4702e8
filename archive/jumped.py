"""The other parts of an article that goes on on another page (下转第二版, 上接一版), as readers can open them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from archive.jumps import jumps
from archive.models import Article, PageVersion
from archive.structure_json import from_json


@dataclass(frozen=True, slots=True)
class Parts:
    """The keys of the parts before and after an article; empty where there is none, or none in the archive."""

    before: str = ""
    after: str = ""


def parts_of(article: Article) -> Parts:
    """Where the article was begun and where it goes on, by the pages of its issue as they stand; one query, and none
    for an article that says neither."""
    if not (article.continued_on or article.continued_from):
        return Parts()
    standing = (
        PageVersion.objects.filter(
            page__issue=article.page.issue_id, page__deleted_at=None, number=F("page__version")
        )
        .order_by("page__number", "page_id")
        .values_list("structure", flat=True)
    )
    pages = [from_json(structure) for structure in standing]
    before = after = ""
    for leaves, arrives in jumps(pages):
        one = pages[leaves.page].articles[leaves.article].key
        two = pages[arrives.page].articles[arrives.article].key
        before = one if two == article.key else before
        after = two if one == article.key else after
    return Parts(before, after)
