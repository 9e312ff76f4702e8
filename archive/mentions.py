"""Mentions of people and places, made by the recogniser: the consumer ``people`` of the change log.

Recognising happens outside transactions, a page at a time, since names seen in full in one article settle the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from archive import changes, counts
from archive.identity import standing
from archive.models import Article, Change, Mention, Page, Person, Photo
from archive.names import (
    RECOGNISER_VERSION,
    ArticleText,
    Known,
    Named,
    NameMention,
    PlaceMention,
    page_by_page,
)
from archive.people import People, surname_readings
from archive.places import Spot
from archive.places import write as write_places
from archive.store import structure_of
from archive.structure import Block, PageStructure

CONSUMER = "people"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A mention as it should stand: the recogniser's words, its place as rows count it, and whose name it is."""

    slug: str
    name: str
    kind: str
    office: str
    field: str
    paragraph: int
    start: int
    end: int


def handle(batch: Sequence[Change]) -> None:
    """Remake the mentions of every page that has a changed article or photo."""
    articles = [change.key for change in batch if change.what == Change.What.ARTICLE]
    photos = [change.key for change in batch if change.what == Change.What.PHOTO]
    pages = set(Article.objects.filter(key__in=articles).values_list("page", flat=True))
    pages |= set(Photo.objects.filter(key__in=photos).values_list("page", flat=True))
    if not pages:
        return
    known = Known.from_names(list(Person.objects.values_list("name", flat=True)))
    remake(Page.objects.filter(pk__in=pages, deleted_at=None).order_by("pk"), known)


def remake(pages: Iterable[Page], known: Known) -> int:
    """Recognise the people and places of pages and bring their mentions in line; how many pieces changed.

    Nothing is written of a page that moved on meanwhile: that change is in the log and comes next.
    """
    read = [(page, structure_of(page)) for page in pages]
    found = page_by_page((_texts(structure) for _, structure in read), known)
    identities, surnames = standing(), surname_readings()
    return sum(
        _keep(page, structure, named, People(identities, surnames))
        for (page, structure), named in zip(read, found, strict=True)
    )


def _texts(structure: PageStructure) -> list[ArticleText]:
    articles = [ArticleText.of(article) for article in structure.articles]
    return articles + [ArticleText.of_photo(photo) for photo in structure.photos]


def _keep(page: Page, structure: PageStructure, named: Named, people: People) -> int:
    found, found_places = named
    pieces: list[tuple[str, tuple[Block, ...]]] = [(one.key, one.blocks) for one in structure.articles]
    pieces += [(one.key, one.blocks) for one in structure.photos]
    with transaction.atomic():
        if Page.objects.select_for_update().get(pk=page.pk).version != page.version:
            return 0
        wanted = {
            key: list(_wanted(key, blocks, mentions, people))
            for (key, blocks), mentions in zip(pieces, found, strict=True)
        }
        there = {
            key: _places_wanted(blocks, mentions)
            for (key, blocks), mentions in zip(pieces, found_places, strict=True)
        }
        articles = dict(Article.objects.filter(page=page).values_list("key", "pk"))
        photos = dict(Photo.objects.filter(page=page).values_list("key", "pk"))
        changed = _write(articles, photos, wanted, people)
        changed |= write_places(page, articles, {key: there[key] for key in articles if key in there})
        if changed:
            counts.doubt_page(page)
        changes.append([(Change.What.MENTIONS, key) for key, _blocks in pieces if key in changed])
    return len(changed)


def _fields(blocks: Sequence[Block]) -> list[tuple[str, int]]:
    """Each block's field and its paragraph there, as mentions count them."""
    among = Counter[str]()
    place = []
    for block in blocks:
        place.append((block.role.value, among[block.role]))
        among[block.role] += 1
    return place


def _places_wanted(blocks: tuple[Block, ...], mentions: Sequence[PlaceMention]) -> list[tuple[str, Spot]]:
    fields = _fields(blocks)
    return [(one.name, (*fields[one.piece], one.start, one.end)) for one in mentions]


def _wanted(
    key: str, blocks: tuple[Block, ...], mentions: Sequence[NameMention], people: People
) -> Iterator[_Wanted]:
    place = _fields(blocks)
    seen = Counter[str]()
    for mention in sorted(mentions, key=lambda mention: mention.order):
        nowhere = not 0 <= mention.piece < len(place)
        field, paragraph = ("", 0) if nowhere else place[mention.piece]
        yield _Wanted(
            slug=people.slug_of(mention.name, key, seen[mention.name]),
            name=mention.name,
            kind=mention.kind.value,
            office=mention.office[:120],
            field=field,
            paragraph=paragraph,
            start=mention.start,
            end=mention.end,
        )
        seen[mention.name] += 1


def _write(
    articles: Mapping[str, int],
    photos: Mapping[str, int],
    wanted: Mapping[str, Sequence[_Wanted]],
    people: People,
) -> set[str]:
    """Replace the mentions of a page's articles and photos (key → row id) where they differ; which keys did."""
    of_page = _mentions_of(articles.values(), photos.values())
    stored: dict[str, list[_Wanted]] = {key: [] for key in wanted}
    rows: Iterable[tuple[Any, ...]] = of_page.order_by("order").values_list(
        "article", "photo", "person__slug",
        "name", "kind", "office", "field", "paragraph", "start", "end",
    )  # fmt: skip
    of_article, of_photo = ({row: key for key, row in ids.items()} for ids in (articles, photos))
    for article, photo, *values in rows:
        if (key := of_article.get(article) or of_photo[photo]) in stored:
            stored[key].append(_Wanted(*values))
    differing = {key for key, mentions in wanted.items() if list(mentions) != stored[key]}
    if gone := {key for key in differing if stored[key]}:
        of_pieces = _mentions_of(
            [articles[key] for key in gone & articles.keys()], [photos[key] for key in gone & photos.keys()]
        )
        counts.doubt(people=of_pieces.values_list("person", flat=True))
        of_pieces.delete()
    people.make_ready({(one.slug, one.name) for key in differing for one in wanted[key]})
    Mention.objects.bulk_create(
        Mention(
            person=people.row(mention.slug, mention.name),
            article_id=articles.get(key),
            photo_id=photos.get(key),
            kind=mention.kind,
            name=mention.name,
            office=mention.office,
            field=mention.field,
            paragraph=mention.paragraph,
            start=mention.start,
            end=mention.end,
            order=order,
            recogniser_version=RECOGNISER_VERSION,
        )
        for key in wanted
        if key in differing
        for order, mention in enumerate(wanted[key])
    )
    if any(stored[key] for key in stored.keys() - differing):
        of_page.exclude(recogniser_version=RECOGNISER_VERSION).update(recogniser_version=RECOGNISER_VERSION)
    return differing


def _mentions_of(articles: Collection[int], photos: Collection[int]) -> QuerySet[Mention]:
    """The mentions of these articles and photos: by their ids, since by their page all mentions would be read."""
    return Mention.objects.filter(Q(article__in=articles) | Q(photo__in=photos))


def stale() -> bool:
    """Whether any mention was made by another version of the recogniser. What is deleted or gone is not read again."""
    others = Mention.objects.exclude(recogniser_version=RECOGNISER_VERSION)
    in_article = Q(article__gone=False, article__page__deleted_at=None)
    return others.filter(in_article | Q(photo__gone=False, photo__page__deleted_at=None)).exists()
