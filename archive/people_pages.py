"""What a person's page tells: offices over time, events by month, who is named with them."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, StrIndex, Substr

from archive.events import Event, events_of
from archive.models import Article, Mention, Person
from archive.order import NEWEST_FIRST
from archive.prepared import prepared
from archive.querysets import ArticleQuerySet, listed
from archive.reading_text import full_width
from archive.tallies import Named, named

#: Articles that are read for who is named in them.
MOST_READ = 900

#: Articles signed from which an author's newest are looked for among all that is newest.
MUCH = 500

#: Other articles of its writers that an article's page shows.
SAME_HAND = 5

_WRITING = ("reporter", "correspondent", "photographer")


@dataclass(frozen=True, slots=True)
class Seen:
    """One article and how it has the person: in the news, as its author, or both."""

    article: int
    date: dt.date | None
    event: str
    events: tuple[str, ...]
    section: str
    subject: bool
    author: bool
    offices: tuple[str, ...]

    @property
    def when(self) -> str:
        """The first event's date, else the issue's; ISO, empty where neither is known."""
        return self.event or (self.date.isoformat() if self.date else "")

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates of its events or, without events, of its issue; ISO, of any precision."""
        return self.events or tuple(filter(None, [self.when]))


@dataclass(frozen=True, slots=True)
class Office:
    """An office as printed, with the first and last date at which it is given to the person."""

    name: str
    first: str
    last: str
    articles: int


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the person's and the article that tells it."""

    event: Event
    article: Article
    text: str
    name_at: tuple[tuple[int, int], ...]  # the person's name in ``text``


def seen_in(person: Person) -> list[Seen]:
    """Every listed article that has the person, newest event first, in one query."""
    rows = (
        Mention.objects.filter(listed("article__"), person=person, article__isnull=False)
        .order_by("article", "order")
        .values_list(
            "article_id",
            "article__date",
            "article__event_date",
            "article__event_dates",
            "article__section__name",
            "kind",
            "office",
        )
    )
    grouped: dict[int, list[tuple[object, ...]]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(row)
    found = []
    for article, mentions in grouped.items():
        _, date, event, events, section, *_rest = mentions[0]
        kinds = {row[5] for row in mentions}
        offices = dict.fromkeys(str(row[6]) for row in mentions if row[6] and row[5] == "subject")
        found.append(
            Seen(
                article,
                date,  # type: ignore[arg-type]
                event,  # type: ignore[arg-type]
                tuple(events or ()),  # type: ignore[arg-type]
                str(section or ""),
                "subject" in kinds,
                bool(kinds.intersection(_WRITING)),
                tuple(offices),
            )
        )
    return sorted(found, key=lambda seen: (seen.when, seen.article), reverse=True)


def offices(seen: Iterable[Seen]) -> list[Office]:
    """The offices given to the person, the one named last first; marks of another width make no other office."""
    dates: dict[str, list[str]] = {}
    for article in seen:
        for office in dict.fromkeys(map(full_width, article.offices)):
            dates.setdefault(office, []).append(article.when)
    found = [
        Office(name, min(filter(None, when), default=""), max(when), len(when))
        for name, when in dates.items()
    ]
    return sorted(found, key=lambda office: (office.last, office.articles), reverse=True)


def by_month(seen: Iterable[Seen]) -> Counter[str]:
    """Articles by month of their events (2021-10); events known to the year only are left out."""
    return Counter(
        month for article in seen for month in {date[:7] for date in article.dates} if len(month) == 7
    )


def told(person: Person, articles: Sequence[Article], mentions: Iterable[Mention]) -> list[Told]:
    """The person's events in these articles, newest first. ``mentions`` are the person's in them."""
    places: dict[int, list[tuple[int, int, int]]] = {}
    for mention in mentions:
        if mention.article_id is not None and mention.field == "body":
            places.setdefault(mention.article_id, []).append((mention.paragraph, mention.start, mention.end))
    found = []
    for article in articles:
        at = places.get(article.pk, [])
        paragraphs = article.paragraphs
        year = str(article.date.year) if article.date else ""
        for event in events_of(paragraphs, article.event_dates, [place[:2] for place in at], year):
            text = paragraphs[event.paragraph][event.start : event.end]
            names = tuple(
                (start - event.start, end - event.start)
                for paragraph, start, end in at
                if paragraph == event.paragraph and event.start <= start < event.end
            )
            found.append(Told(event, article, text, names))
    return sorted(found, key=lambda story: story.event.order, reverse=True)


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody whom the same articles name; ``shown``: who has a page."""

    pk: int
    named: Named
    shown: bool


def named_in(seen: Sequence[Seen], limit: int) -> list[Companion]:
    """Those whom most of the newest of these articles (at most ``MOST_READ``) name, with a page or without.

    Who has a page is asked of the rows, not of the database, which would begin with everybody who has one.
    """
    rows = (
        Mention.objects.filter(article__in=[article.article for article in seen[:MOST_READ]], kind="subject")
        .values_list(
            *("person", "person__slug", "person__name", "person__reading"),
            *("person__listed", "person__merged_into"),
        )
        .annotate(count=Count("article", distinct=True))
        .order_by("-count", "person__reading", "person__slug")
    )
    return [
        Companion(pk, Named(slug, name, count, reading), listed and merged is None)
        for pk, slug, name, reading, listed, merged, count in rows[:limit]
    ]


def by_the_same_hand(article: Article, writers: Sequence[Person]) -> list[Article]:
    """The newest other articles that these people wrote.

    Those of somebody who wrote much are soon met going back from the newest article; those of others are few to sort.
    """
    if not writers:
        return []
    much = sum(writer.written for writer in writers) >= MUCH
    rows = (_by_busy if much else _by)(article.pk, [writer.pk for writer in writers])
    rows.sort(key=lambda row: (-row.date.toordinal() if row.date else 0, row.page_id, row.position))
    return rows


@prepared
def _by_busy(article: int, writers: Sequence[int]) -> QuerySet[Article]:
    return _newest(_others(article).filter(Exists(_signed(writers).filter(article=OuterRef("pk")))))


@prepared
def _by(article: int, writers: Sequence[int]) -> QuerySet[Article]:
    return _newest(_others(article).filter(pk__in=_signed(writers).values("article")))


def _signed(writers: Sequence[int]) -> QuerySet[Mention]:
    return Mention.objects.filter(person__pk__in=writers, kind__in=_WRITING[:2]).order_by()


def _others(article: int) -> ArticleQuerySet:
    return Article.objects.listed().exclude(pk=article).order_by(*NEWEST_FIRST)


def _newest(theirs: ArticleQuerySet) -> ArticleQuerySet:
    # In no order here: asked for one, the database would read every article in it.
    return Article.objects.filter(pk__in=theirs.values("pk")[:SAME_HAND]).for_lists().order_by()


@dataclass(frozen=True, slots=True)
class Spoke:
    """One neighbour in the network picture: a place around the person, a line as wide as they are often together."""

    named: Named
    x: float
    y: float
    width: float
    anchor: str


def network(neighbours: Sequence[Named], width: int = 340, height: int = 320) -> list[Spoke]:
    """Neighbours around the middle of a picture, those most often together at the top, clockwise."""
    most = max((other.articles for other in neighbours), default=1)
    found = []
    for place, other in enumerate(neighbours):
        angle = 2 * math.pi * place / max(len(neighbours), 1) - math.pi / 2
        x = width / 2 + math.cos(angle) * (width / 2 - 62)
        y = height / 2 + math.sin(angle) * (height / 2 - 26)
        side = math.cos(angle)
        anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
        found.append(Spoke(other, round(x, 1), round(y, 1), round(1 + 5 * other.articles / most, 1), anchor))
    return found


def newly_appeared(limit: int) -> list[Named]:
    """The people whose first article is newest; ``newest`` is its date."""
    people = Person.objects.with_page().exclude(first_date=None).order_by("-first_date", "reading", "slug")
    return [named(person, person.named, person.first_date) for person in people[:limit]]


def typed(text: str) -> Q:
    """The people whom a reader means who types a part of a name, its pinyin or its initials (吕, lvpei, lǚ pèi, lp)."""
    text = "".join(text.split())
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", text.lower())
        if not unicodedata.combining(letter) or letter == "\N{COMBINING DIAERESIS}"
    )
    plain = unicodedata.normalize("NFC", plain).replace("'", "").replace("’", "")
    found = Q(name__contains=text) | Q(aliases__icontains=text)
    if plain.isalpha() and not any("\u3400" <= letter <= "\u9fff" for letter in plain):
        found |= Q(search_forms__istartswith=plain) | Q(search_forms__icontains=f" {plain}")
    return found


def found_people(chosen: Q) -> QuerySet[Person]:
    """The chosen people whom readers may see, most named first."""
    return Person.objects.with_page().filter(chosen).order_by("-named", "reading", "slug")


def by_surname(people: QuerySet[Person]) -> QuerySet[Person]:
    """By the sound of the surname without its tone, those of one surname together (all 章 after all 张), then by the
    sound of the whole name. The first of ``search_forms`` is the reading without tones and spaces."""
    surname = StrIndex(Concat("reading", Value(" ")), Value(" ")) - 1
    return people.order_by(
        Substr("search_forms", 1, surname), Substr("name", 1, 1), "search_forms", "reading", "slug"
    )


def of_letter(letter: str) -> Q:
    """People and places whose reading begins with a letter, as a range that an index can look up."""
    return Q(initials__gte=letter, initials__lt=chr(ord(letter) + 1))
