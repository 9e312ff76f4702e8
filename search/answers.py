"""What is said above the hits of a search that asks for people, and perhaps for a time, and for nothing else.

吕沛 → who that is; 吕沛 2021年10月, 2021年10月吕沛做了什么, what did 吕沛 do in October 2021 → also what they did then,
told as on their own page. The hits beneath are those of the words as typed, whatever is said above them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from archive import chronicles, people_pages
from archive.models import Article, Chronicle, Mention, Person
from archive.people_pages import Told
from archive.prepared import prepared
from search.dates import Said, said_in
from search.text import fold

#: Events told above the hits, and articles read for them; the person's page has them all.
MOST_TOLD, MOST_READ = 8, 20
#: People whom one search is taken to ask for, and characters of a search that may ask for people.
MOST_PEOPLE, LONGEST = 3, 60

#: A name, or a name with the words of a question around it.
_PIECE: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003fffe·•‧・]+")
#: What people ask about a person and a time; none of it is looked for.
_ASKED: Final = re.compile(
    r"^(?:请问|关于|谁是)+|(?:同志)?[在于的都又曾]*"
    r"(?:[做干](?:了|过)?(?:什么|哪些|啥)(?:事情?)?|有(?:什么|哪些)?(?:活动|动态)|活动|动态|消息|是谁|是什么人)?[吗呢了]*$"
)
_ENGLISH: Final = frozenset(
    (
        *("what", "who", "did", "does", "do", "doing", "done", "has", "was", "is", "were", "happened"),
        *("to", "in", "on", "at", "of", "and", "the", "during"),
    )
)
#: Numbers, fields and operators: a search that has them is no question.
_SYNTAX: Final = re.compile(r"[\d:：\-－|｜(（*~!]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The people and the time that a search asks for.

    ``names``: each as typed, without the words of a question, and both in Simplified characters.
    """

    names: tuple[frozenset[str], ...]
    said: Said | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The people asked for and, of a single one, what they did in ``period`` (2021, 2021-10, 2021-10-21).

    ``stories`` are at most the newest ``MOST_TOLD``; ``articles`` tell them, 0 where there may be more. No period: no
    stories.
    """

    people: tuple[Person, ...]
    period: str = ""
    stories: tuple[Told, ...] = ()
    articles: int = 0

    @property
    def query(self) -> str:
        """The query string with which the person's page shows the period's month or year."""
        year, _, rest = self.period.partition("-")
        return f"year={int(year)}" + (f"&month={int(rest[:2])}" if rest else "")


def wanted(raw: str) -> Wanted | None:
    """Whom and what time a search asks for; None where it asks for anything else."""
    if len(raw) > LONGEST:
        return None
    said = said_in(raw)
    rest = f"{raw[: said.start]} {raw[said.end :]}" if said else raw
    others = {word.lower() for word in re.findall(r"\w+", _PIECE.sub(" ", rest))}
    if others - _ENGLISH or _SYNTAX.search(rest):
        return None
    pieces = [(piece, name) for piece in _PIECE.findall(rest) if (name := _ASKED.sub("", piece))]
    names = tuple(dict.fromkeys(frozenset((*both, *map(fold, both))) for both in pieces))
    return Wanted(names, said) if 0 < len(names) <= MOST_PEOPLE else None


def answer(raw: str) -> Answer | None:
    """What there is to say of the people whom a search asks for; None where it doesn't ask for people that we know."""
    asked = wanted(raw)
    if asked is None:
        return None
    found = tuple(_people(sorted(frozenset().union(*asked.names))))
    known = {person.name for person in found}
    if not all(map(known.intersection, asked.names)):
        return None
    if asked.said is None or len(found) > 1:
        return Answer(found)
    return _told(found[0], asked.said) or Answer(found)


@prepared
def _people(names: Sequence[str]) -> QuerySet[Person]:
    # By name first: left to choose, SQLite reads everybody who is merged into nobody.
    named = Person.objects.filter(name__in=names).values("pk")
    people = Person.objects.shown().filter(pk__in=named).select_related("chronicle")
    return people.order_by("-named", "slug")[: MOST_PEOPLE * 2]


def _told(person: Person, said: Said) -> Answer | None:
    """What the person did then; None where nothing is known of it."""
    chronicle = chronicles.of_person_alone(person)
    period = _period(chronicle, said)
    ids = chronicle.articles(period) if period else array("q")
    rows = Article.objects.listed().for_lists("body", "event_dates").in_bulk(list(ids[:MOST_READ]))
    mentions = Mention.objects.filter(person=person, article__in=list(rows), kind="subject").order_by("order")
    told = people_pages.told(person, [rows[pk] for pk in ids if pk in rows], mentions)
    stories = tuple(story for story in told if story.event.date.startswith(period))
    if not stories:
        return None
    whole = len(ids) <= MOST_READ and len(stories) <= MOST_TOLD
    articles = len({story.article.pk for story in stories})
    return Answer((person,), period, stories[:MOST_TOLD], articles if whole else 0)


def _period(chronicle: Chronicle, said: Said) -> str:
    """The time asked for, with the newest year in which the person has such a month where none is said."""
    if said.year:
        return said.iso
    month = f"-{said.month:02}"
    return max((known[:4] + said.iso for known in chronicle.months if known.endswith(month)), default="")
