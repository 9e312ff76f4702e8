"""Rows for tests, made as the store makes them: a dump, a page with its version, and the rows that project it."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

from archive import counts, month_counts, store
from archive.models import Article, Mention, Newspaper, Page, Person, Photo, Section
from archive.printed import printed
from archive.structure import Article as ArticleValue
from archive.structure import (
    Block,
    Certainty,
    Dated,
    EventDate,
    Furniture,
    Kind,
    PageFacts,
    PageStructure,
    Role,
    Span,
)
from archive.structure import Photo as PhotoValue

_serial = itertools.count(1)


@dataclass
class Story:
    """What a test says of an article. ``people`` maps names to their offices; each is marked wherever it stands."""

    headline: str = "吕沛到信访大厅接待群众来访"
    paragraphs: tuple[str, ...] = (
        "本报讯（记者郭树勋）10月21日上午，党工委书记吕沛到信访大厅接待群众来访。",
    )
    kicker: str = ""
    subheadline: str = ""
    byline: str = ""
    note: str = ""
    supplied_headline: str = ""
    reporters: tuple[str, ...] = ("郭树勋",)
    people: dict[str, str] = field(default_factory=lambda: {"吕沛": "党工委书记"})
    sections: tuple[str, ...] = ()
    column: str = ""
    genre: str = "消息"
    event_dates: tuple[str, ...] = ("2021-10-21",)
    opens_item: tuple[int, ...] = ()  # numbers of the paragraphs that begin a further item (又讯)
    visibility: str = "public"
    gone: bool = False


@dataclass
class Picture:
    """What a test says of a photo. ``story`` is the place of its article on the page."""

    caption: str = "10月22日，工人在生产线上忙碌。"
    credit: str = "本报记者 刘金元 摄"
    photographers: tuple[str, ...] = ("刘金元",)
    people: dict[str, str] = field(default_factory=dict)
    agency: str = ""
    story: int | None = None
    visibility: str = "public"


def newspaper(slug: str = "jiaozuo-ribao", name: str = "焦作日报") -> Newspaper:
    return Newspaper.objects.get_or_create(
        slug=slug, defaults={"name": name, "place": "焦作", "publisher": "焦作日报社"}
    )[0]


def section(slug: str = "law", name: str = "法治信访") -> Section:
    return Section.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def person(name: str) -> Person:
    return Person.objects.get_or_create(slug=name, defaults={"name": name})[0]


def page(
    stories: list[Story] | None = None,
    pictures: list[Picture] | None = None,
    *,
    date: dt.date | None = dt.date(2021, 10, 24),
    certainty: str = "estimated",
    edition: str = "",
    number: int | None = None,
    name: str = "示范区",
    furniture: tuple[str, ...] = (),
    paper: Newspaper | None = None,
) -> Page:
    """A stored page with these articles and photos."""
    stories = [Story()] if stories is None else stories
    pictures = pictures or []
    paper = paper or newspaper()
    if date is None:
        certainty = "unknown"
    because = "文中最近的日期是10月23日" if certainty == "estimated" else ""
    lines: list[str] = []

    def block(role: Role, text: str, opens: bool = False) -> Block:
        lines.append(text)
        spans = (Span(len(lines), 0, len(text)),)
        return Block(role, spans, printed(lines, spans), opens_item=opens)

    def told(story: Story) -> ArticleValue:
        parts = [
            (Role.KICKER, story.kicker),
            (Role.HEADLINE, story.headline),
            (Role.SUBHEADLINE, story.subheadline),
            (Role.BYLINE, story.byline),
        ]
        blocks = [block(role, text) for role, text in parts if text]
        first = len(lines)
        blocks += [block(Role.BODY, text, n in story.opens_item) for n, text in enumerate(story.paragraphs)]
        if story.note:
            blocks.append(block(Role.NOTE, story.note))
        places = (0, *story.opens_item)
        return ArticleValue(
            blocks=tuple(blocks),
            reporters=story.reporters,
            sections=story.sections,
            column=story.column,
            genre=story.genre,
            event_dates=tuple(
                EventDate(day, day, first + 1 + places[min(n, len(places) - 1)])
                for n, day in enumerate(story.event_dates)
            ),
            supplied_headline=story.supplied_headline,
        )

    def pictured(picture: Picture) -> PhotoValue:
        blocks = [block(Role.CAPTION, picture.caption)]
        if picture.credit:
            blocks.append(block(Role.CREDIT, picture.credit))
        return PhotoValue(blocks=tuple(blocks), photographers=picture.photographers, agency=picture.agency)

    articles = tuple(told(story) for story in stories)
    photos = tuple(pictured(picture) for picture in pictures)
    pieces = []
    for text in furniture:
        lines.append(text)
        spans = (Span(len(lines), 0, len(text)),)
        pieces.append(Furniture(Kind.OTHER, spans, printed(lines, spans)))
    if not lines:
        lines.append("")
    structure = PageStructure(
        facts=PageFacts(
            newspaper=paper.slug,
            issue_date=Dated(date.isoformat() if date else "", Certainty(certainty), because),
            number=number,
            name=name,
            edition=edition,
        ),
        articles=articles,
        photos=photos,
        furniture=tuple(pieces),
        first_line=1,
        last_line=len(lines),
    )
    text = "\n".join(lines)
    for story in stories:
        for slug in story.sections:
            section(slug)
    name_of_file = f"{next(_serial)}.txt"
    incoming = store.IncomingDump(
        name=name_of_file, data=f"{text}\n{name_of_file}".encode(), text=text, encoding="utf-8"
    )
    outcome = store.ingest(incoming, [structure], "1")[0]
    row = Page.objects.get(key=outcome.page)
    for article, story in zip(row.articles.order_by("position"), stories, strict=True):
        texts = [("headline", 0, article.headline)]
        texts += [("body", number, text) for number, text in enumerate(article.paragraphs)]
        _mentions(texts, story.people, "subject", article=article)
        _mentions(texts, dict.fromkeys(story.reporters, ""), "reporter", article=article)
        _hide(article, story.visibility, story.gone)
    for photo, picture in zip(row.photos.order_by("position"), pictures, strict=True):
        if picture.story is not None:
            photo.article = row.articles.get(position=picture.story + 1)
            photo.save()
        _mentions([("caption", 0, photo.caption)], picture.people, "subject", photo=photo)
        credited = dict.fromkeys(picture.photographers, "")
        _mentions([("credit", 0, photo.credit)], credited, "photographer", photo=photo)
        _hide(photo, picture.visibility, False)
    counts.doubt(Person.objects.values_list("pk", flat=True))
    month_counts.doubt([row.issue.date])
    counts.recount()
    return row


def _hide(piece: Article | Photo, visibility: str, gone: bool) -> None:
    type(piece).objects.filter(pk=piece.pk).update(visibility=visibility, gone=gone)


def _mentions(
    texts: list[tuple[str, int, str]],
    people: dict[str, str],
    kind: str,
    *,
    article: Article | None = None,
    photo: Photo | None = None,
) -> None:
    found = [
        (place, start, name, text_field, number)
        for place, (text_field, number, text) in enumerate(texts)
        for name in people
        for start in range(len(text))
        if text.startswith(name, start)
    ]
    if kind != "subject":  # a writer credited elsewhere on the page stands nowhere in the text
        found += [(-1, 0, name, "", 0) for name in people if not any(name in text for *_, text in texts)]
    for order, (_, start, name, text_field, number) in enumerate(sorted(found)):
        Mention.objects.create(
            person=person(name),
            article=article,
            photo=photo,
            kind=kind,
            name=name,
            office=people[name],
            field=text_field,
            paragraph=number,
            start=start,
            end=start + len(name) if text_field else 0,
            order=order,
            recogniser_version="1",
        )
