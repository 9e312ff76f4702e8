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
from archive.order import IN_PRINT
from archive.prepared import prepared
from archive.querysets import ArticleQuerySet, listed
from archive.reading_text import full_width
from archive.tallies import Named, named

#: Articles that are read for who is named in them.
MOST_READ = 900

#: Articles signed from which an author's nearest are looked for among all that were printed near an article.
MUCH = 500

#: Articles of its writers before and after an article that its page shows.
SAME_HAND = 2

_WRITING = ("reporter", "correspondent", "photographer")


@dataclass(frozen=True, slots=True)
class Seen:
    """One article and how it has the person: in the news, as its author, or both."""

    article: int
    date: dt.date | None
    event: str
    events: tuple[str, ...]
    section: int | None
    subject: bool
    author: bool
    offices: tuple[str, ...]
    place: tuple[str, int, int]  # in print: page order, page, position

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
            "article__section_id",
            "article__page_order",
            "article__page_id",
            "article__position",
            "kind",
            "office",
        )
    )
    grouped: dict[int, list[tuple[object, ...]]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(row)
    found = []
    for article, mentions in grouped.items():
        _, date, event, events, section, *place = mentions[0][:8]
        kinds = {row[8] for row in mentions}
        offices = dict.fromkeys(str(row[9]) for row in mentions if row[9] and row[8] == "subject")
        found.append(
            Seen(
                article,
                date,  # type: ignore[arg-type]
                event,  # type: ignore[arg-type]
                tuple(events or ()),  # type: ignore[arg-type]
                section,  # type: ignore[arg-type]
                "subject" in kinds,
                bool(kinds.intersection(_WRITING)),
                tuple(offices),
                tuple(place),  # type: ignore[arg-type]
            )
        )
    return newest_first(found)


def seen_together(one: Person, other: Person) -> list[Seen]:
    """Every listed article that has both, in the news or as its authors, newest event first, in one query. Its cost
    goes by how many have the first."""
    theirs, others = (Mention.objects.filter(person=person).values("article") for person in (one, other))
    rows = Article.objects.listed().filter(pk__in=theirs).filter(pk__in=others).order_by()
    return newest_first(
        Seen(pk, date, event, tuple(events or ()), section, True, False, (), (order, page, position))
        for pk, date, event, events, section, order, page, position in rows.values_list(
            "pk", "date", "event_date", "event_dates", "section_id", *IN_PRINT
        )
    )


def newest_first(seen: Iterable[Seen]) -> list[Seen]:
    """By event, newest first; those of one day as lists of articles have them."""
    as_listed = sorted(seen, key=lambda article: article.place)
    as_listed.sort(key=lambda article: article.date or dt.date.min, reverse=True)
    return sorted(as_listed, key=lambda article: article.when, reverse=True)


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


@dataclass(frozen=True, slots=True)
class SameHand:
    """What an article's writers wrote next before and after it, each newest first."""

    after: tuple[Article, ...] = ()
    before: tuple[Article, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.after or self.before)


def by_the_same_hand(article: Article, writers: Sequence[Person]) -> SameHand:
    """The articles of these people nearest to one in the order of print; none for one without a date.

    Those of somebody who wrote much are soon met going on from the article; those of others are few to sort.
    """
    if not writers or article.date is None:
        return SameHand()
    ids = [writer.pk for writer in writers]
    much = sum(writer.written for writer in writers) >= MUCH
    place = _in_print(article)
    at = (article.date.isoformat(), article.page_order, article.page_id, article.position)
    rows = (_near_busy if much else _near)(ids, *at)
    rows.sort(key=_in_print, reverse=True)
    return SameHand(
        tuple(row for row in rows if _in_print(row) > place),
        tuple(row for row in rows if _in_print(row) < place),
    )


def _in_print(article: Article) -> tuple[dt.date, str, int, int]:
    """Where an article with a date stands in the order of print, oldest first."""
    return article.date or dt.date.min, article.page_order, article.page_id, article.position


@prepared
def _near_busy(writers: Sequence[int], date: str, order: str, page: int, position: int) -> QuerySet[Article]:
    theirs = Article.objects.listed().filter(Exists(_signed(writers).filter(article=OuterRef("pk"))))
    return _beside(theirs, date, order, page, position)


@prepared
def _near(writers: Sequence[int], date: str, order: str, page: int, position: int) -> QuerySet[Article]:
    theirs = Article.objects.listed().filter(pk__in=_signed(writers).values("article"))
    return _beside(theirs, date, order, page, position)


def _signed(writers: Sequence[int]) -> QuerySet[Mention]:
    return Mention.objects.filter(person__pk__in=writers, kind__in=_WRITING[:2]).order_by()


def _beside(theirs: ArticleQuerySet, date: str, order: str, page: int, position: int) -> ArticleQuerySet:
    """The nearest before and after a place of print. The day alone bounds what is read, in the order of its index."""
    on_page = Q(page_order=order, page__pk=page)
    before = (
        Q(page_order__lt=order) | Q(page_order=order, page__pk__lt=page) | on_page & Q(position__lt=position)
    )
    after = (
        Q(page_order__gt=order) | Q(page_order=order, page__pk__gt=page) | on_page & Q(position__gt=position)
    )
    earlier = theirs.filter(Q(date__lte=date), Q(date__lt=date) | before)
    later = theirs.filter(Q(date__gte=date), Q(date__gt=date) | after)
    nearest = [
        each.order_by(*directed).values("pk")[:SAME_HAND]
        for each, directed in (
            (earlier, ("-date", *(f"-{part}" for part in IN_PRINT))),
            (later, ("date", *IN_PRINT)),
        )
    ]
    # In no order here: asked for one, the database would read every article in it.
    return Article.objects.filter(Q(pk__in=nearest[0]) | Q(pk__in=nearest[1])).for_lists().order_by()


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
