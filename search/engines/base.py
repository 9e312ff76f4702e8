"""The engine contract. No engine's query syntax, error or object crosses it.

All engines are given the same documents and the same query trees and must give the same hits, totals and facets;
``tests/search/test_engine_contract.py`` holds each of them to it, against an engine that simply reads everything. Only
the order by relevance is an engine's own, and even that is total: every tie is broken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol

from search.documents import Document, Kind
from search.query import Query, When


class Sort(StrEnum):
    """The order of hits. Equal ones stand by date (newest first), then as printed (``archive.order``): by the page's
    number and name, those of one page together, by the place on the page; at last by key."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"


#: The facets every engine counts. Values are slugs; months are ``2021-10``, years ``2021``; an empty value counts the
#: documents that have none (未分类, undated).
FACETS: Final = (
    "kind",
    "section",
    "genre",
    "year",
    "month",
    "person",
    "reporter",
    "newspaper",
    "page",
    "column",
    "place",
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a query: any of the values of a facet, in every facet that has some, and the period.

    ``date_first`` and ``date_last`` are ISO days, empty for open; ``when`` says of what.
    """

    kind: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    genre: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    month: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    reporter: tuple[str, ...] = ()
    newspaper: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    date_first: str = ""
    date_last: str = ""
    when: When = When.ISSUE

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The facets that have values chosen."""
        return {name: values for name in FACETS if (values := getattr(self, name))}


#: No filters.
UNFILTERED: Final = Filters()


@dataclass(frozen=True, slots=True)
class Count:
    """How many hits have a facet's value; ``label`` is the name the documents gave it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet over all hits, most frequent first (years and months: in their order), at most the number
    asked for; ``distinct`` is how many there are."""

    name: str
    counts: tuple[Count, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One found document."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits. ``total`` and ``facets`` are exact, over all hits.

    ``relaxed`` holds the folded words that no document has literally, which were searched as their words instead.
    ``generation`` names the state of the index that answered.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Facet] = field(default_factory=dict)
    relaxed: tuple[str, ...] = ()
    generation: str = ""


class SuggestionKind(StrEnum):
    PERSON = "person"
    SECTION = "section"
    COLUMN = "column"
    HEADLINE = "headline"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a reader may be about to type. ``value`` is the slug of a person, section or column, the key of a headline's
    article, else the word; ``count`` is how many documents have it."""

    kind: SuggestionKind
    text: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an index."""

    engine: str
    exists: bool
    documents: int = 0
    generation: str = ""
    segments: int = 0
    bytes: int = 0
    stale: str = ""  # why it should be rebuilt; empty when it need not
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """How an index differs from the documents it should hold."""

    missing: tuple[tuple[Kind, str], ...] = ()
    surplus: tuple[tuple[Kind, str], ...] = ()
    differing: tuple[tuple[Kind, str], ...] = ()
    damage: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.differing or self.damage)


Identity = tuple[Kind, str]
Progress = Callable[[int], None]


class Engine(Protocol):
    """Raises IndexMissing, IndexStale, IndexBroken or IndexBusy, nothing else of its own."""

    def upsert(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those of the same identity. Visible to every process on return."""

    def delete(self, identities: Iterable[Identity]) -> None:
        """Take documents out; those that are not there are no error."""

    def search(
        self,
        query: Query,
        filters: Filters = ...,
        sort: Sort = ...,
        *,
        offset: int = 0,
        limit: int = 20,
        facets: Sequence[str] = (),
        facet_limit: int = 20,
    ) -> Results:
        """Hits ``offset`` to ``offset + limit`` in the given order, with the total and the facets asked for."""

    def suggest(self, prefix: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """People, sections, columns, headlines and frequent words that begin so, by characters, pinyin or initials."""

    def spellings(self, text: str, limit: int = 5) -> tuple[str, ...]:
        """Names and words of the index that read like ``text`` or differ from it in a character, likeliest first."""

    def similar(self, identity: Identity, limit: int = 5) -> tuple[Hit, ...]:
        """Documents most like one; empty when it is not there."""

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        """Make the whole index anew beside the old one, which serves meanwhile, and swap."""

    def verify(self, documents: Iterable[Document]) -> Difference:
        """Compare the index with the documents it should hold, and its files with what was written."""

    def status(self) -> Status:
        """What there is; never raises for an index that is missing."""


def tie(identity: tuple[str, str]) -> int:
    """A number that orders documents, or pages (``("page", key)``), where nothing else does; the same in every engine
    and after every rebuild."""
    digest = hashlib.blake2b(f"{identity[0]}:{identity[1]}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
