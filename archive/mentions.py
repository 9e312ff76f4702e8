"""Mentions of people and places, made by the recogniser: the consumer ``people`` of the change log.

Recognising happens outside transactions, a page at a time, since names seen in full in one article settle the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from archive import changes
from archive.models import Article, Change, Mention, Page, Person, Photo
from archive.names import RECOGNISER_VERSION, ArticleText, Known, NameMention, PlaceMention, people_and_places
from archive.people import People
from archive.places import Places, Spot
from archive.places import write as write_places
from archive.store import structure_of
from archive.structure import Block

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
    for page in Page.objects.filter(pk__in=pages, deleted_at=None).order_by("pk"):
        remake(page, known)


def remake(page: Page, known: Known) -> int:
    """Recognise a page's people and places and bring its mentions in line; how many pieces changed.

    Nothing is written when the page moved on meanwhile: that change is in the log and comes next.
    """
    structure = structure_of(page)
    texts = [ArticleText.of(article) for article in structure.articles]
    texts += [ArticleText.of_photo(photo) for photo in structure.photos]
    found, found_places = people_and_places(texts, known)
    with transaction.atomic():
        if Page.objects.select_for_update().get(pk=page.pk).version != page.version:
            return 0
        people, places = People(), Places()
        rows: dict[str, Article | Photo] = {row.key: row for row in Article.objects.filter(page=page)}
        rows |= {row.key: row for row in Photo.objects.filter(page=page)}
        pieces = [(article.key, article.blocks) for article in structure.articles]
        pieces += [(photo.key, photo.blocks) for photo in structure.photos]
        changed = []
        for (key, blocks), mentions, there in zip(pieces, found, found_places, strict=True):
            row = rows[key]
            differs = _write(row, list(_wanted(key, blocks, mentions, people)), people)
            if isinstance(row, Article):
                differs |= write_places(row, _places_wanted(blocks, there), places)
            if differs:
                changed.append(key)
        changes.append([(Change.What.MENTIONS, key) for key in changed])
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


def _write(owner: Article | Photo, wanted: Sequence[_Wanted], people: People) -> bool:
    """Replace the mentions of ``owner`` where they differ; whether they did."""
    standing = [
        _Wanted(m.person.slug, m.name, m.kind, m.office, m.field, m.paragraph, m.start, m.end)
        for m in owner.mentions.select_related("person").order_by("order")
    ]
    if standing == list(wanted):
        owner.mentions.exclude(recogniser_version=RECOGNISER_VERSION).update(
            recogniser_version=RECOGNISER_VERSION
        )
        return False
    owner.mentions.all().delete()
    Mention.objects.bulk_create(
        Mention(
            person=people.row(mention.slug, mention.name),
            article=owner if isinstance(owner, Article) else None,
            photo=owner if isinstance(owner, Photo) else None,
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
        for order, mention in enumerate(wanted)
    )
    return True


def stale() -> bool:
    """Whether any mention was made by another version of the recogniser."""
    return Mention.objects.exclude(recogniser_version=RECOGNISER_VERSION).exists()
