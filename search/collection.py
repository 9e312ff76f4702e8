"""Article and Photo rows → Documents: what the index should hold is decided here, once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from django.db.models import Prefetch, QuerySet

from archive.models import Article, Mention, Page, Photo, PlaceMention
from search.documents import Document, Kind, Named
from search.text import fold

#: Rows fetched at a time.
BATCH: Final = 500

Identity = tuple[Kind, str]
Row = TypeVar("Row", Article, Photo)


def all_documents() -> Iterator[Document]:
    """Everything that search shows, a batch of rows at a time."""
    for articles in _in_batches(_articles()):
        yield from map(article_document, articles)
    for photos in _in_batches(_photos()):
        yield from map(photo_document, photos)


def count() -> int:
    """How many documents ``all_documents`` gives."""
    return Article.objects.listed().count() + Photo.objects.listed().count()


def documents_of(identities: Collection[Identity]) -> list[Document]:
    """The documents of these that search shows; the others are to be taken out."""
    keys: dict[Kind, list[str]] = {"article": [], "photo": []}
    for kind, key in identities:
        keys[kind].append(key)
    found = [
        article_document(row) for part in _cut(keys["article"]) for row in _articles().filter(key__in=part)
    ]
    return found + [
        photo_document(row) for part in _cut(keys["photo"]) for row in _photos().filter(key__in=part)
    ]


def naming(slugs: Collection[str]) -> set[Identity]:
    """The articles and photos in which people are named, by the people's slugs."""
    mentions = Mention.objects.filter(person__slug__in=slugs)
    articles = mentions.filter(article__isnull=False).values_list("article__key", flat=True)
    photos = mentions.filter(photo__isnull=False).values_list("photo__key", flat=True)
    found: set[Identity] = {("article", str(key)) for key in articles}
    return found | {("photo", str(key)) for key in photos}


def _cut(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _mentions() -> Prefetch[Any]:
    named = Mention.objects.filter(kind=Mention.Kind.SUBJECT).select_related("person").order_by("order")
    return Prefetch("mentions", named)


def _places() -> Prefetch[Any]:
    named = PlaceMention.objects.filter(place__listed=True).select_related("place").order_by("order")
    return Prefetch("place_mentions", named)


def _articles() -> QuerySet[Article]:
    return (
        Article.objects.listed()
        .select_related("page__issue__newspaper", "section", "column")
        .prefetch_related("sections", _mentions(), _places())
        .defer("evidence", "doubts", "section__vocabulary")
    )


def _photos() -> QuerySet[Photo]:
    return Photo.objects.listed().select_related("page__issue__newspaper").prefetch_related(_mentions())


def _in_batches(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """The rows by ascending id; each batch is a query of its own, so that rows may change meanwhile."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def article_document(row: Article) -> Document:
    """What is searched of an article."""
    sections = [row.section] if row.section else []
    sections += [section for section in row.sections.all() if section != row.section]
    headlines = _texts(row.headline, row.supplied_headline)
    notes = _texts(*row.note.split("\n"))
    paragraphs = _texts(*row.paragraphs)
    current = [row.kicker, row.headline, row.subheadline, row.byline, *notes, *paragraphs]
    return Document(
        kind="article",
        key=row.key,
        title=row.title,
        headlines=headlines,
        kickers=_texts(row.kicker),
        subheadlines=_texts(row.subheadline),
        bylines=_texts(row.byline),
        paragraphs=paragraphs,
        notes=notes,
        printed=_printed(row.printed, current),
        event_dates=tuple(row.event_dates),
        sections=tuple(Named(section.slug, section.name) for section in sections),
        genre=row.genre,
        column=Named(row.column.name, row.column.name) if row.column else Named("", ""),
        reporters=tuple(row.reporters),
        position=row.position,
        added=int(row.appeared_at.timestamp()) if row.appeared_at else 0,
        persons=_people(row.mentions.all()),
        places=tuple(dict.fromkeys(mention.place.name for mention in row.place_mentions.all())),
        **_of_page(row.page),
    )


def photo_document(row: Photo) -> Document:
    """What is searched of a photo."""
    return Document(
        kind="photo",
        key=row.key,
        title=row.caption,
        captions=_texts(row.caption),
        credits=_texts(row.credit),
        printed=_printed(row.printed, [row.caption, row.credit]),
        reporters=tuple(row.photographers),
        position=row.position,
        added=int(row.appeared_at.timestamp()) if row.appeared_at else 0,
        persons=_people(row.mentions.all()),
        **_of_page(row.page),
    )


def _of_page(page: Page) -> dict[str, Any]:
    issue = page.issue
    return {
        "newspaper": Named(issue.newspaper.slug, issue.newspaper.name),
        "issue_date": issue.date.isoformat() if issue.date else "",
        "page_number": page.number,
        "page_name": page.name,
        "page": page.key,
    }


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())


def _people(mentions: Iterable[Mention]) -> tuple[Named, ...]:
    people = (mention.person for mention in mentions)
    found = {
        person.slug: Named(person.slug, person.name, tuple(person.search_forms.split())) for person in people
    }
    return tuple(found.values())


def _printed(print_of_blocks: str, current: Iterable[str]) -> tuple[str, ...]:
    """Every text as printed, where that is not what the current texts say; empty where it is.

    The blocks of one role are joined to one current text, in the order of the print. Where that can't be made out the
    print counts as differing, which costs a little room and is never wrong.
    """
    blocks = [block for block in print_of_blocks.split("\n") if block.strip()]
    left = [fold(block) for block in blocks]
    for text in current:
        rest = fold(text)
        kept = []
        for block in left:
            if rest and rest.startswith(block):
                rest = rest[len(block) :]
            else:
                kept.append(block)
        if rest:
            return tuple(blocks)
        left = kept
    return tuple(blocks) if any(left) else ()
