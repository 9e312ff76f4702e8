"""What is said above the hits of a search that asks for people, and perhaps for a time, and for nothing else.

吕沛 → who that is; 吕沛 2021年10月, 2021年10月至12月吕沛做了什么, what did 吕沛 do in October 2021 → also what they did
then, told as on their own page; 吕沛和郭树勋 2021年上半年 → the articles that have both. The hits beneath are those of
the words as typed, whatever is said above them. What can be read in two ways is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import QuerySet

from archive import chronicles, people_pages
from archive.models import Article, Mention, Person
from archive.people_pages import Told
from archive.prepared import prepared
from search.dates import Stretch, stretch_in
from search.text import fold

#: Events told above the hits, and articles read for them; the person's page has them all.
MOST_TOLD, MOST_READ = 8, 20
#: Articles of the less named of two up to which those that have both are looked for: some 10 ms.
MOST_SHARED = 1000
#: People whom one search is taken to ask for, and characters of a search that may ask for people.
MOST_PEOPLE, LONGEST = 3, 60

#: A name, or a name with the words of a question around it.
_PIECE: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003fffe·•‧・]+")
#: What people ask about a person and a time; none of it is looked for.
_ASKED: Final = re.compile(
    r"^(?:请问|关于|谁是)+|(?:同志)?(?:一起|共同)?[在于从的都又曾]*"
    r"(?:[做干](?:了|过)?(?:什么|哪些|啥)(?:事情?)?|有(?:什么|哪些)?(?:活动|动态)|活动|动态|消息|是谁|是什么人)?[吗呢了]*$"
)
#: What joins two names; it may as well be a part of one (和平).
_JOINED: Final = "和与跟同及"
_ENGLISH: Final = frozenset(
    (
        *("what", "who", "did", "does", "do", "doing", "done", "has", "was", "is", "were", "happened"),
        *("to", "in", "on", "at", "of", "and", "the", "during"),
    )
)
#: Numbers, fields and operators: a search that has them is no question.
_SYNTAX: Final = re.compile(r"[\d:：\-－|｜(（*~!]")


Names = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The people and the time that a search asks for.

    ``names``: each as typed, without the words of a question, and both in Simplified characters. ``pairs``: what else
    a single one can be, two names that are joined.
    """

    names: Names
    said: Stretch | None
    pairs: tuple[Names, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The people asked for and, of a single one, what they did from ``period`` to ``last``, both of one precision
    (2021, 2021-10, 2021-10-21); of two, the articles with an event of that time, or of any, that name both or that one
    wrote about the other: ``together``.

    ``stories`` and ``together`` are at most the newest ``MOST_TOLD``; ``articles`` are all that they are from, 0 where
    there may be more. Without a period no stories.
    """

    people: tuple[Person, ...]
    period: str = ""
    last: str = ""
    stories: tuple[Told, ...] = ()
    together: tuple[Article, ...] = ()
    articles: int = 0

    @property
    def query(self) -> str:
        """The query string with which the person's page shows the period's month or year; empty for a stretch."""
        if self.last != self.period:
            return ""
        year, _, rest = self.period.partition("-")
        return f"year={int(year)}" + (f"&month={int(rest[:2])}" if rest else "")


def wanted(raw: str) -> Wanted | None:
    """Whom and what time a search asks for; None where it asks for anything else."""
    if len(raw) > LONGEST:
        return None
    said = stretch_in(raw)
    rest = f"{raw[: said.start]} {raw[said.end :]}" if said else raw
    others = {word.lower() for word in re.findall(r"\w+", _PIECE.sub(" ", rest))}
    if others - _ENGLISH or _SYNTAX.search(rest):
        return None
    pieces = [(piece, name) for piece in _PIECE.findall(rest) if (name := _ASKED.sub("", piece))]
    pieces = [both for both in pieces if both[0] not in _JOINED]
    names = tuple(dict.fromkeys(_spellings(*both) for both in pieces))
    if not 0 < len(names) <= MOST_PEOPLE:
        return None
    return Wanted(names, said, _pairs(pieces[0][1]) if len(names) == 1 else ())


def _spellings(*names: str) -> frozenset[str]:
    return frozenset((*names, *map(fold, names)))


def _pairs(joined: str) -> tuple[Names, ...]:
    """The pairs of names that may be joined here."""
    return tuple(
        (_spellings(joined[:place]), _spellings(joined[place + 1 :]))
        for place in range(2, len(joined) - 2)
        if joined[place] in _JOINED
    )


def answer(raw: str) -> Answer | None:
    """What there is to say of the people whom a search asks for; None where it doesn't ask for people that we know."""
    asked = wanted(raw)
    if asked is None:
        return None
    readings = (asked.names, *asked.pairs)
    rows = _people(sorted(frozenset().union(*(names for reading in readings for names in reading))))
    names = _understood(readings, {person.name for person in rows})
    found = tuple(person for person in rows if any(person.name in each for each in names))
    if not found:
        return None
    if len(names) == len(found) == 2:
        return _of_both(found, asked.said)
    if asked.said is None or len(found) > 1:
        return Answer(found)
    return _told(found[0], asked.said) or Answer(found)


def _understood(readings: Sequence[Names], known: set[str]) -> Names:
    """The reading whose names are all known: as typed, else as the only pair; none where there is none or a choice."""
    as_typed, *pairs = [all(map(known.intersection, reading)) for reading in readings]
    if as_typed:
        return readings[0]
    return readings[1 + pairs.index(True)] if pairs.count(True) == 1 else ()


@prepared
def _people(names: Sequence[str]) -> QuerySet[Person]:
    # By name first: left to choose, SQLite reads everybody who is merged into nobody.
    named = Person.objects.filter(name__in=names).values("pk")
    people = Person.objects.shown().filter(pk__in=named).select_related("chronicle")
    return people.order_by("-named", "slug")[: MOST_PEOPLE * 2]


def _told(person: Person, said: Stretch) -> Answer | None:
    """What the person did then; None where nothing is known of it."""
    chronicle = chronicles.of_person_alone(person)
    then = _with_year(said, chronicle.months)
    if not then:
        return None
    ids = chronicle.articles(then.first, then.last)
    rows = Article.objects.listed().for_lists("body", "event_dates").in_bulk(list(ids[:MOST_READ]))
    mentions = Mention.objects.filter(person=person, article__in=list(rows), kind="subject").order_by("order")
    told = people_pages.told(person, [rows[pk] for pk in ids if pk in rows], mentions)
    stories = tuple(story for story in told if then.holds(story.event.date))
    if not stories:
        return None
    whole = len(ids) <= MOST_READ and len(stories) <= MOST_TOLD
    articles = len({story.article.pk for story in stories})
    return Answer(
        (person,), then.first, then.last, stories=stories[:MOST_TOLD], articles=articles if whole else 0
    )


def _of_both(people: tuple[Person, ...], said: Stretch | None) -> Answer:
    """The two and the articles that have both, newest event first; where a time is said, those with an event in it."""
    one, other = sorted(people, key=lambda person: person.named + person.written)
    if one.named + one.written > MOST_SHARED:
        return Answer(people)
    seen = people_pages.seen_together(one, other)
    then = None
    if said:
        then = _with_year(said, {date[:7] for article in seen for date in article.dates})
        seen = [article for article in seen if then and any(map(then.holds, article.dates))]
    rows = Article.objects.listed().for_lists().in_bulk([article.article for article in seen[:MOST_TOLD]])
    together = tuple(rows[article.article] for article in seen[:MOST_TOLD] if article.article in rows)
    if not together:
        return Answer(people)
    period = (then.first, then.last) if then else ("", "")
    return Answer(people, *period, together=together, articles=len(seen))


def _with_year(said: Stretch, months: Iterable[str]) -> Stretch | None:
    """The time asked for. Where its year is not said, the newest that has one of its months in ``months``."""
    if not said.first.startswith("-"):
        return said
    known = [
        month[:4] for month in months if said.first[:3] <= month[4:] <= said.last[:3] and len(month) == 7
    ]
    if not known:
        return None
    return replace(said, first=max(known) + said.first, last=max(known) + said.last)
