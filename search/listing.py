"""Hits as readers see them: the rows, with hits marked in title and snippet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from archive.models import Article, Photo
from archive.prepared import prepared
from search.engines.base import Hit
from search.highlight import Piece, mark, snippet


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit: its row, its title (a photo has none) and a snippet around the hit, in pieces."""

    row: Article | Photo
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]

    @property
    def is_marked(self) -> bool:
        """Whether what is shown holds a hit."""
        return any(piece.hit for piece in (*self.title, *self.snippet))


def shown(hits: Sequence[Hit], terms: Sequence[str]) -> list[Shown]:
    """The hits' rows in their order. A row that was taken from readers since it was indexed is left out."""
    found = [_shown(row, terms) for row in _in_order(hits, _articles)]
    unmarked = [one.row.key for one in found if terms and not one.is_marked]
    if not unmarked:
        return found
    printed = dict(_printed(unmarked))  # found by 原文: only
    return [_shown(one.row, terms, printed.get(one.row.key, "")) for one in found]


def rows(hits: Sequence[Hit]) -> list[Article | Photo]:
    """The same rows with what files say of them."""
    return _in_order(hits, _cited_articles)


def _in_order(
    hits: Sequence[Hit], articles: Callable[[Sequence[str]], list[Article]]
) -> list[Article | Photo]:
    found: dict[tuple[str, str], Article | Photo] = {
        ("article", row.key): row for row in articles([hit.key for hit in hits if hit.kind == "article"])
    }
    if photos := [hit.key for hit in hits if hit.kind == "photo"]:
        found |= {("photo", row.key): row for row in _photos(photos)}
    return [found[hit.kind, hit.key] for hit in hits if (hit.kind, hit.key) in found]


#: In what hits are marked, besides the title.
_TEXTS = ("body", "note", "subheadline", "kicker", "byline")


@prepared
def _articles(keys: Sequence[str]) -> QuerySet[Article]:
    return Article.objects.listed().filter(key__in=keys).for_lists(*_TEXTS).order_by()


@prepared
def _printed(keys: Sequence[str]) -> QuerySet[Article, tuple[str, str]]:
    return Article.objects.listed().filter(key__in=keys).order_by().values_list("key", "printed")


@prepared
def _cited_articles(keys: Sequence[str]) -> QuerySet[Article]:
    rows = Article.objects.listed().filter(key__in=keys).order_by()
    return rows.select_related("page__issue__newspaper", "section").defer(
        *("printed", "evidence", "doubts", "section__vocabulary")
    )


@prepared
def _photos(keys: Sequence[str]) -> QuerySet[Photo]:
    return Photo.objects.listed().filter(key__in=keys).select_related("page__issue__newspaper").order_by()


def _shown(row: Article | Photo, terms: Sequence[str], printed: str = "") -> Shown:
    if isinstance(row, Photo):
        return Shown(row, (), snippet([row.caption, row.credit], terms))
    texts = (*printed.split("\n"), *row.paragraphs, row.note, row.subheadline, row.kicker, row.byline)
    return Shown(row, mark(row.title, terms), snippet(list(filter(None, texts)), terms))
