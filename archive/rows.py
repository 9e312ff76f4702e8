"""Article and Photo rows brought in line with a page's structure, by key. Only the store calls this."""

from __future__ import annotations

from typing import Any

from archive.models import Article, Change, Column, KeyRedirect, Page, Photo, Section
from archive.projection import article_values, photo_values
from archive.structure import PageStructure


def key_is_taken(key: str) -> bool:
    """Whether a key was ever given to an article or photo."""
    return (
        Article.objects.filter(key=key).exists()
        or Photo.objects.filter(key=key).exists()
        or KeyRedirect.objects.filter(old=key).exists()
    )


def write_rows(page: Page, structure: PageStructure) -> list[tuple[str, str]]:
    """Write the page's rows; the (what, key) of every piece whose public face changed.

    What the structure no longer has is marked gone. Where the page's own facts changed, all its pieces count as
    changed, since their documents show them.
    """
    living = [article.key for article in structure.articles] + [photo.key for photo in structure.photos]
    KeyRedirect.objects.filter(what__in=["article", "photo"], old__in=living).delete()  # an undone merge
    articles = _write_articles(page, structure)
    photos = _write_photos(page, structure)
    return [
        *((Change.What.ARTICLE.value, key) for key in articles),
        *((Change.What.PHOTO.value, key) for key in photos),
    ]


def _write_articles(page: Page, structure: PageStructure) -> list[str]:
    rows = {row.key: row for row in Article.objects.filter(page=page).prefetch_related("sections")}
    sections = {section.slug: section for section in Section.objects.all()}
    changed = []
    for position, article in enumerate(structure.articles, 1):
        values = article_values(article, position, page.issue.date)
        chosen = [sections[slug] for slug in values.sections if slug in sections]
        columns = values.columns | {
            "page": page,
            "gone": False,
            "section": chosen[0] if chosen else None,
            "column": _column(page, values.label),
        }
        row = rows.pop(article.key, None)
        if row is None:
            row = Article.objects.create(key=article.key, **columns)
            row.sections.set(chosen)
            changed.append(row.key)
            continue
        differs = _assign(row, columns)
        if {section.pk for section in row.sections.all()} != {section.pk for section in chosen}:
            row.sections.set(chosen)
            differs = True
        if differs:
            row.save()
            changed.append(row.key)
    return changed + _let_go(rows.values())


def _write_photos(page: Page, structure: PageStructure) -> list[str]:
    rows = {row.key: row for row in Photo.objects.filter(page=page)}
    articles = {article.key: article for article in Article.objects.filter(page=page).only("key")}
    changed = []
    for position, photo in enumerate(structure.photos, 1):
        columns = photo_values(photo, position, page.issue.date) | {
            "page": page,
            "gone": False,
            "article": articles.get(photo.article),
        }
        row = rows.pop(photo.key, None)
        if row is None:
            Photo.objects.create(key=photo.key, **columns)
            changed.append(photo.key)
        elif _assign(row, columns):
            row.save()
            changed.append(row.key)
    return changed + _let_go(rows.values())


def _assign(row: Article | Photo, columns: dict[str, Any]) -> bool:
    """Set a row's columns; whether any differed."""
    differs = False
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            differs = True
    return differs


def _let_go(rows: Any) -> list[str]:
    left = [row for row in rows if not row.gone]
    for row in left:
        row.gone = True
        row.save(update_fields=["gone", "updated_at"])
    return [row.key for row in left]


def _column(page: Page, label: str) -> Column | None:
    if not label:
        return None
    return Column.objects.get_or_create(newspaper=page.issue.newspaper, name=label)[0]
