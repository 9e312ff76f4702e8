"""An article as it is read: its items with linked text, who is in it, who made it, and the dump it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from archive.models import Article, Mention, Person, Photo
from archive.printed import printed
from archive.reading_text import Link
from archive.structure import Article as ArticleValue
from archive.structure import Block, PageStructure, Role


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its number in the body, from 1, and the people linked in it."""

    number: int
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """The article itself or a further item of it (又讯); ``date`` is the event's, ISO or empty."""

    paragraphs: tuple[Paragraph, ...]
    date: str
    further: bool


@dataclass(frozen=True, slots=True)
class InTheNews:
    """A person in the article and the office it gives them."""

    person: Person
    office: str


@dataclass(frozen=True, slots=True)
class DumpLine:
    """A line of the dump of which a block owns ``owned``; what stands before and after belongs to others."""

    number: int
    before: str
    owned: str
    after: str


@dataclass(frozen=True, slots=True)
class BesideDump:
    """A block as read beside the dump lines that it was read from."""

    role: Role
    text: str
    edited: bool
    lines: tuple[DumpLine, ...]


def links_in(mentions: Iterable[Mention], field: str, paragraph: int) -> tuple[Link, ...]:
    """The links to people in one paragraph of one field."""
    return tuple(
        Link(
            mention.start,
            mention.end,
            reverse("archive:person", args=[mention.person.slug]),
            mention.office,
        )
        for mention in mentions
        if mention.field == field and mention.paragraph == paragraph and has_page(mention.person)
    )


def has_page(person: Person) -> bool:
    """Whether readers find a page of this person."""
    return person.listed


def items(article: Article, value: ArticleValue | None, mentions: Sequence[Mention]) -> list[Item]:
    """The article's items. ``value`` is the article in its page's structure, which tells where items begin."""
    blocks = value.having(Role.BODY) if value else ()
    texts = article.paragraphs
    if len(blocks) != len(texts):
        blocks = ()
    starts = [0, *(place for place, block in enumerate(blocks) if place and block.opens_item)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(texts)], strict=True):
        paragraphs = tuple(
            Paragraph(place + 1, texts[place], links_in(mentions, Role.BODY, place))
            for place in range(start, end)
        )
        found.append(Item(paragraphs, _date_of(blocks[start:end], value), start > 0))
    return found


def _date_of(blocks: Sequence[Block], value: ArticleValue | None) -> str:
    lines = {span.line for block in blocks for span in block.spans}
    dates = [date for date in value.event_dates if date.line in lines] if value else []
    return dates[0].value if dates else ""


def value_of(article: Article, structure: PageStructure) -> ArticleValue | None:
    """The article in its page's structure."""
    return next((value for value in structure.articles if value.key == article.key), None)


def people_in(mentions: Iterable[Mention]) -> list[InTheNews]:
    """Those whom the article names, in its order, each with the first office given."""
    found: dict[str, InTheNews] = {}
    for mention in mentions:
        if mention.kind != Mention.Kind.SUBJECT or not has_page(mention.person):
            continue
        known = found.get(mention.person.slug)
        if known is None or not known.office:
            found[mention.person.slug] = InTheNews(mention.person, mention.office)
    return list(found.values())


def makers(mentions: Iterable[Mention]) -> dict[str, list[Person]]:
    """Who wrote or photographed it, by kind of mention, in order and once each."""
    found: dict[str, dict[str, Person]] = {}
    for mention in mentions:
        if mention.kind != Mention.Kind.SUBJECT:
            found.setdefault(mention.kind, {}).setdefault(mention.person.slug, mention.person)
    return {kind: list(people.values()) for kind, people in found.items()}


def beside_dump(blocks: Sequence[Block], lines: Sequence[str]) -> list[BesideDump]:
    """Each block with its lines of the dump."""
    found = []
    for block in blocks:
        rows = tuple(
            DumpLine(
                span.line,
                lines[span.line - 1][: span.start],
                lines[span.line - 1][span.start : span.end],
                lines[span.line - 1][span.end :],
            )
            for span in block.spans
        )
        found.append(
            BesideDump(
                block.role,
                block.current,
                block.edited is not None and block.edited != printed(lines, block.spans),
                rows,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The articles before and after one on its page."""

    previous: Article | None
    next: Article | None


def neighbours(article: Article, on_page: Sequence[Article]) -> Neighbours:
    """``on_page``: the page's listed articles in order; the article itself may be missing (delisted)."""
    earlier = [other for other in on_page if other.position < article.position]
    later = [other for other in on_page if other.position > article.position]
    return Neighbours(earlier[-1] if earlier else None, later[0] if later else None)


def image_rights_open(photo: Photo) -> bool:
    """Whether a photo may be reused: never an agency's unless staff said so for the photo itself."""
    own = photo.rights or ("read" if photo.agency else photo.page.issue.newspaper.rights)
    return own == "open"


#: Pixels that the image of a social card has each way at least.
CARD = 300


def fits_card(photo: Photo) -> bool:
    """Whether a photo's image may stand for a page elsewhere: large enough, and no agency's that staff did not open."""
    large = bool(photo.image) and min(photo.image_width or 0, photo.image_height or 0) >= CARD
    return large and (photo.rights == "open" or not photo.agency)


def text_is_open(article: Article) -> bool:
    """Whether the article's text may be given out for reuse: its own rights, else its newspaper's."""
    return (article.rights or article.page.issue.newspaper.rights) == "open"
