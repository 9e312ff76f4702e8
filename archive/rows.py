"""Article and Photo rows brought in line with a page's structure, by key. Only the store calls this."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from archive.models import Article, Change, Column, KeyRedirect, Page, Photo, Section
from archive.order import page_order
from archive.projection import article_values, photo_values
from archive.structure import PageStructure


def keys_given(keys: Collection[str]) -> set[str]:
    """Which of ``keys`` were ever given to an article or photo."""
    return {
        *Article.objects.filter(key__in=keys).values_list("key", flat=True),
        *Photo.objects.filter(key__in=keys).values_list("key", flat=True),
        *KeyRedirect.objects.filter(old__in=keys).values_list("old", flat=True),
    }


def write_rows(page: Page, structure: PageStructure, *, all_changed: bool) -> list[tuple[str, str]]:
    """Write the page's rows; the (what, key) of every piece whose public face changed.

    What the structure no longer has is marked gone. With ``all_changed`` the page's own facts changed, which every
    piece shows.
    """
    if page.version > 1:  # a merge that was undone
        living = [article.key for article in structure.articles] + [photo.key for photo in structure.photos]
        KeyRedirect.objects.filter(what__in=["article", "photo"], old__in=living).delete()
    articles = _write_articles(page, structure, all_changed)
    photos = _write_photos(page, structure, all_changed)
    return [
        *((Change.What.ARTICLE.value, key) for key in articles),
        *((Change.What.PHOTO.value, key) for key in photos),
    ]


def _write_articles(page: Page, structure: PageStructure, all_changed: bool) -> list[str]:
    rows = {row.key: row for row in Article.objects.filter(page=page).prefetch_related("sections")}
    sections = dict(Section.objects.values_list("slug", "pk"))
    new: list[tuple[Article, list[int]]] = []
    changed = []
    for position, article in enumerate(structure.articles, 1):
        values = article_values(article, position, page.issue.date)
        chosen = [sections[slug] for slug in values.sections if slug in sections]
        columns = values.columns | {
            "page_id": page.pk,
            "page_order": page_order(page.number, page.name),
            "gone": False,
            "section_id": chosen[0] if chosen else None,
            "column": _column(page, values.label),
        }
        row = rows.pop(article.key, None)
        if row is None:
            new.append((Article(key=article.key, **columns), chosen))
            changed.append(article.key)
            continue
        differs = _assign(row, columns)
        if {section.pk for section in row.sections.all()} != set(chosen):
            row.sections.set(chosen)
            differs = True
        if differs:
            row.save()
        if differs or all_changed:
            changed.append(row.key)
    Article.objects.bulk_create(row for row, _ in new)
    link = Article.sections.through
    link.objects.bulk_create(
        link(article_id=row.pk, section_id=section) for row, chosen in new for section in chosen
    )
    return changed + _let_go(rows.values())


def _write_photos(page: Page, structure: PageStructure, all_changed: bool) -> list[str]:
    rows = {row.key: row for row in Photo.objects.filter(page=page)}
    articles = dict(Article.objects.filter(page=page).values_list("key", "pk"))
    new = []
    changed = []
    for position, photo in enumerate(structure.photos, 1):
        columns = photo_values(photo, position, page.issue.date) | {
            "page_id": page.pk,
            "page_order": page_order(page.number, page.name),
            "gone": False,
            "article_id": articles.get(photo.article),
        }
        row = rows.pop(photo.key, None)
        if row is None:
            new.append(Photo(key=photo.key, **columns))
            changed.append(photo.key)
            continue
        differs = _assign(row, columns)
        if differs:
            row.save()
        if differs or all_changed:
            changed.append(row.key)
    Photo.objects.bulk_create(new)
    return changed + _let_go(rows.values())


def _assign(row: Article | Photo, columns: dict[str, Any]) -> bool:
    """Set a row's columns; whether any differed."""
    differs = False
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            differs = True
    return differs


def _let_go(rows: Iterable[Any]) -> list[str]:
    left = [row for row in rows if not row.gone]
    for row in left:
        row.gone = True
        row.save(update_fields=["gone", "updated_at"])
    return [row.key for row in left]


def _column(page: Page, label: str) -> Column | None:
    if not label:
        return None
    return Column.objects.get_or_create(newspaper=page.issue.newspaper, name=label)[0]
