"""A whole synthetic archive in a database, made from the seeds the same way every time, for ``benchmarks.pages``.

Ten articles a page, two pages an issue, an issue every second day. Who is named follows Zipf's law, as in a paper: a
few people are everywhere, most are named a few times.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import itertools
import random
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.management import call_command
from django.db import transaction

from archive import counts, month_counts, names
from archive.models import (
    Article,
    Change,
    Dump,
    Issue,
    Mention,
    Newspaper,
    Page,
    PageVersion,
    Person,
    Photo,
    Place,
    PlaceMention,
    Section,
)
from archive.order import page_order
from archive.structure import Article as ArticleValue
from archive.structure import Block, EventDate, PageFacts, PageStructure, Role, Span
from archive.structure_json import to_json
from benchmarks.corpus import articles as documents
from benchmarks.corpus import name, source
from search.documents import Document

A_PAGE = 10
PAGES_AN_ISSUE = 2
#: Characters of a dump's line.
WIDTH = 28
PEOPLE = 5_000
PLACES = 500
#: Names in an article: the first is its reporter's.
NAMES = 5
#: Pages written in one transaction.
BATCH = 200


@dataclass(frozen=True)
class _Cast:
    """Who and what an article may name."""

    people: Sequence[Person]
    places: Sequence[Place]
    sections: Sequence[Section]

    def some_people(self, chance: random.Random) -> list[Person]:
        return list(dict.fromkeys(chance.choices(self.people, cum_weights=_zipf(len(self.people)), k=NAMES)))

    def a_place(self, chance: random.Random) -> Place:
        return chance.choices(self.places, cum_weights=_zipf(len(self.places)))[0]


@functools.cache
def _zipf(count: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 1) for rank in range(count)))


def build(count: int) -> None:
    """Fill the empty database of Django's settings with ``count`` articles."""
    call_command("migrate", verbosity=0)
    chance = random.Random(537)
    newspaper = Newspaper.objects.order_by("pk").first() or Newspaper.objects.create(
        slug="paper", name="日报"
    )
    pages = count // A_PAGE
    days = [dt.date(2000, 1, 1) + dt.timedelta(days=2 * n) for n in range(-(-pages // PAGES_AN_ISSUE))]
    with transaction.atomic():
        issues = Issue.objects.bulk_create(
            Issue(newspaper=newspaper, date=day, date_certainty="given") for day in days
        )
        cast = _cast(chance)
    made = documents(pages * A_PAGE, source())
    for numbers in _batches(range(pages), BATCH):
        with transaction.atomic():
            for number in numbers:
                _page(
                    number,
                    issues[number // PAGES_AN_ISSUE],
                    list(itertools.islice(made, A_PAGE)),
                    cast,
                    chance,
                )
        print(f"\r{(numbers[-1] + 1) * A_PAGE:,} articles", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    Change.objects.create(what=Change.What.ARTICLE, key="a000000000")
    month_counts.doubt(days)
    counts.recount()


def _cast(chance: random.Random) -> _Cast:
    who = list(dict.fromkeys(name(chance) for _ in range(PEOPLE * 2)))[:PEOPLE]
    where = list(dict.fromkeys(name(chance)[:2] + "村" for _ in range(PLACES * 2)))[:PLACES]
    people, places = [], []
    for one in who:
        read = names.reading(one, {})
        people.append(
            Person(
                slug=one,
                name=one,
                reading=read.pinyin,
                initials=read.initials,
                search_forms=" ".join(read.forms),
            )
        )
    for one in where:
        read = names.reading(one, {})
        places.append(
            Place(
                slug=one,
                name=one,
                reading=read.pinyin,
                initials=read.initials,
                search_forms=" ".join(read.forms),
            )
        )
    return _Cast(
        Person.objects.bulk_create(people), Place.objects.bulk_create(places), list(Section.objects.all())
    )


def _batches(numbers: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def _wrapped(text: str, lines: list[str]) -> tuple[Span, ...]:
    """Set ``text`` below ``lines``; the places where it stands."""
    cut = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
    spans = tuple(Span(len(lines) + 1 + n, 0, len(line)) for n, line in enumerate(cut))
    lines.extend(cut)
    return spans


def _page(number: int, issue: Issue, made: Sequence[Document], cast: _Cast, chance: random.Random) -> None:
    lines: list[str] = []
    values, rows, named, placed = [], [], [], []
    for position, document in enumerate(made):
        key = f"a{number * A_PAGE + position:09d}"
        headline = document.title
        people = cast.some_people(chance)
        paragraphs = [
            f"{people[n].name}说，{text}" if n < len(people) else text
            for n, text in enumerate(document.paragraphs)
        ]
        blocks = [Block(Role.HEADLINE, _wrapped(headline, lines), headline)]
        blocks += [Block(Role.BODY, _wrapped(text, lines), text) for text in paragraphs]
        day = issue.date.isoformat() if issue.date else ""
        section = chance.choice(cast.sections)
        genre = "更正" if chance.random() < 0.002 else "消息"
        values.append(
            ArticleValue(
                blocks=tuple(blocks),
                key=key,
                reporters=(people[0].name,),
                sections=(section.slug,),
                genre=genre,
                event_dates=(EventDate(day, "今日", blocks[-1].spans[0].line),),
            )
        )
        rows.append((key, position, headline, paragraphs, section, genre, people))
    text = "\n".join(lines)
    structure = PageStructure(PageFacts(), tuple(values), (), (), 1, len(lines))
    dump = Dump.objects.create(
        sha256=hashlib.sha256(f"{number}".encode()).hexdigest(),
        name=f"{number}.txt",
        encoding="utf-8",
        size=len(text.encode()),
        data=zlib.compress(text.encode(), 1),
        text=text,
    )
    page = Page.objects.create(
        key=f"p{number:09d}",
        issue=issue,
        dump=dump,
        last_line=len(lines),
        number=number % PAGES_AN_ISSUE + 1,
        name=("要闻", "示范区")[number % 2],
        version=1,
    )
    PageVersion.objects.create(
        page=page, number=1, kind="parsed", dump=dump, structure=to_json(structure), parser_version="1"
    )
    articles = Article.objects.bulk_create(
        Article(
            key=key,
            page=page,
            page_order=page_order(page.number, page.name),
            position=position + 1,
            appeared_at=page.updated_at,
            headline=headline[:300],
            body="\n".join(paragraphs),
            printed="\n".join([headline, *paragraphs]),
            first_clause=paragraphs[0][:40],
            characters=sum(map(len, paragraphs)),
            section=section,
            genre=genre,
            date=issue.date,
            event_date=issue.date.isoformat() if issue.date else "",
            event_dates=[issue.date.isoformat()] if issue.date else [],
            reporters=[people[0].name],
        )
        for key, position, headline, paragraphs, section, genre, people in rows
    )
    for article, row in zip(articles, rows, strict=True):
        people = row[6]
        for order, person in enumerate(people):
            named.append(
                Mention(
                    person=person,
                    article=article,
                    kind="subject" if order else "reporter",
                    name=person.name,
                    office="书记" if order == 1 else "",
                    field="body",
                    paragraph=order,
                    start=0,
                    end=len(person.name),
                    order=order,
                    recogniser_version="1",
                )
            )
        placed.append(PlaceMention(place=cast.a_place(chance), article=article, field="body", paragraph=0))
    Mention.objects.bulk_create(named)
    PlaceMention.objects.bulk_create(placed)
    joined = Article.sections.through
    joined.objects.bulk_create(joined(article_id=a.pk, section_id=a.section_id) for a in articles)
    if number % 4 == 0:
        Photo.objects.create(
            key=f"f{number:09d}",
            page=page,
            article=articles[0],
            page_order=page_order(page.number, page.name),
            position=1,
            appeared_at=page.updated_at,
            caption="图片说明",
            date=issue.date,
        )
