"""What stands beside an article on its page, and its other parts on other pages (下转第二版, 上接一版)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, JSONField, OuterRef, Q, QuerySet, Subquery, When

from archive.jumps import jumps
from archive.models import Article, PageVersion, Piece
from archive.order import IN_PRINT
from archive.prepared import prepared
from archive.querysets import ArticleQuerySet
from archive.structure_json import from_json

_GOES_ON = ~Q(continued_on="", continued_from="")


@dataclass(frozen=True, slots=True)
class Around:
    """The listed articles of the article's page in order, and the parts before and after it that readers find."""

    on_page: list[Article]
    before: Article | None = None
    after: Article | None = None


def around(article: Article) -> Around:
    """What leads on from the article, by the pages of its issue as they stand; one query."""
    if not (article.continued_on or article.continued_from):
        return Around([row for row in _on_page(article.page_id) if _is_listed(row)])
    found = _on_page_or_going_on(article.page_id, article.page.issue_id)
    before, after = _parts(article, found)
    listed = {row.key: row for row in found if _is_listed(row)}
    return Around(
        [row for row in listed.values() if row.page_id == article.page_id],
        listed.get(before),
        listed.get(after),
    )


def _standing() -> ArticleQuerySet:
    return (
        Article.objects.filter(page__deleted_at=None, gone=False)
        .only(
            *(
                "key",
                "headline",
                "supplied_headline",
                "first_clause",
                "position",
                "page",
                "visibility",
                "language",
            )
        )
        .order_by(*IN_PRINT)
    )


@prepared
def _on_page(page: int) -> QuerySet[Article]:
    return _standing().filter(page__pk=page)


@prepared
def _on_page_or_going_on(page: int, issue: int) -> QuerySet[Article]:
    version = PageVersion.objects.filter(page=OuterRef("page"), number=OuterRef("page__version"))
    structure = Case(When(_GOES_ON, then=Subquery(version.values("structure")[:1])), output_field=JSONField())
    wanted = Q(page__pk=page) | Q(page__issue__pk=issue) & _GOES_ON
    return _standing().filter(wanted).annotate(structure=structure)


def _parts(article: Article, rows: Sequence[Article]) -> tuple[str, str]:
    """The keys of the parts before and after the article, empty where there is none. Only pages of which a row has the
    ``structure`` have any."""
    pages = {row.page_id: row.structure for row in rows if row.structure}  # type: ignore[attr-defined]
    structures = [from_json(structure) for structure in pages.values()]
    before = after = ""
    for leaves, arrives in jumps(structures):
        one = structures[leaves.page].articles[leaves.article].key
        two = structures[arrives.page].articles[arrives.article].key
        before = one if two == article.key else before
        after = two if one == article.key else after
    return before, after


def _is_listed(row: Article) -> bool:
    return row.visibility == Piece.Visibility.PUBLIC
