"""A query as a typed tree that knows no engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from search.dates import Period
from search.text import words_of_folded


class Field(StrEnum):
    """Where a literal is looked for."""

    TEXT = "text"  # every current text
    HEADLINE = "headline"  # headlines, kickers, subheadlines
    PRINTED = "printed"  # the texts as printed
    PERSON = "person"
    REPORTER = "reporter"
    COLUMN = "column"
    PAGE = "page"
    SECTION = "section"
    GENRE = "genre"
    NEWSPAPER = "newspaper"
    PLACE = "place"


class When(StrEnum):
    """Which date a period is held against."""

    EITHER = "either"
    ISSUE = "issue"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Literal:
    """Documents with a text in ``field`` that contains ``text`` (folded, not empty)."""

    text: str
    field: Field = Field.TEXT


@dataclass(frozen=True, slots=True)
class Word:
    """An unquoted word: its literal; where no document of the whole index has that, all its words as literals."""

    text: str
    field: Field = Field.TEXT

    @property
    def literal(self) -> Literal:
        return Literal(self.text, self.field)

    @property
    def parts(self) -> tuple[Literal, ...]:
        """The word's own words; none where it is a single one."""
        found = tuple(dict.fromkeys(words_of_folded(self.text)))
        return tuple(Literal(word, self.field) for word in found) if found != (self.text,) else ()


@dataclass(frozen=True, slots=True)
class Dated:
    """Documents of a period: the issue's day lies in it, or an event (day, month or year) lies in it wholly."""

    period: Period
    when: When = When.EITHER


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Not:
    child: Query


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Query, ...]


Query = Literal | Word | Dated | All | Not | And | Or


def positive(query: Query) -> Iterator[Literal | Word | Dated]:
    """The leaves that a hit is sought by, not those it is kept out by."""
    match query:
        case Literal() | Word() | Dated():
            yield query
        case And() | Or():
            for child in query.children:
                yield from positive(child)
        case _:
            return
