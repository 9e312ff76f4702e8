"""Hits as readers see them: the rows, with hits marked in title and snippet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from archive.models import Article, Photo
from archive.prepared import prepared
from search.engines.base import Hit
from search.highlight import Piece, mark, snippet
from search.highlight import hits as hits_in


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit: its row, its title and a snippet around the hit, in pieces; other fields that hold it beneath."""

    article: Article | None
    photo: Photo | None
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]

    @property
    def row(self) -> Article | Photo:
        row = self.article or self.photo
        assert row is not None  # noqa: S101 - one of the two is always there
        return row


def shown(hits: Sequence[Hit], terms: Sequence[str]) -> list[Shown]:
    """The hits' rows in their order. A row that was taken from readers since it was indexed is left out."""
    articles = {row.key: row for row in _articles([hit.key for hit in hits if hit.kind == "article"])}
    photos = {row.key: row for row in _photos([hit.key for hit in hits if hit.kind == "photo"])}
    found = []
    for hit in hits:
        if hit.kind == "article" and hit.key in articles:
            found.append(_article(articles[hit.key], terms))
        elif hit.kind == "photo" and hit.key in photos:
            row = photos[hit.key]
            found.append(Shown(None, row, (), snippet([row.caption, row.credit], terms)))
    return found


@prepared
def _articles(keys: Sequence[str]) -> QuerySet[Article]:
    rows = Article.objects.listed().filter(key__in=keys).order_by()
    return rows.select_related("page__issue__newspaper", "section", "column").defer(
        *("evidence", "doubts", "section__vocabulary")
    )


@prepared
def _photos(keys: Sequence[str]) -> QuerySet[Photo]:
    return Photo.objects.listed().filter(key__in=keys).select_related("page__issue__newspaper").order_by()


def _article(row: Article, terms: Sequence[str]) -> Shown:
    texts = [text for text in (*row.paragraphs, row.note, row.subheadline, row.kicker, row.byline) if text]
    around_hit = snippet(texts, terms)
    if not any(piece.hit for piece in around_hit) and not hits_in(row.headline, terms):
        around_hit = snippet([*filter(None, row.printed.split("\n")), *texts], terms)  # found by 原文: only
    return Shown(row, None, mark(row.title, terms), around_hit)
