"""Search results that are counted and cut only when asked, so that a Paginator can take them as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from search.engines import current
from search.engines.base import FACETS, UNFILTERED, Engine, Facet, Filters, Hit, Results, Sort
from search.notes import Note
from search.parsing import Parsed, parse


@dataclass
class Found(Sequence[Hit]):
    """The hits of a query: ``found[20:40]`` asks the engine for these twenty. Total and facets come with the first
    request and are not asked for again, so that a page of results is one search."""

    parsed: Parsed
    filters: Filters = UNFILTERED
    sort: Sort = Sort.RELEVANCE
    facets_wanted: Sequence[str] = FACETS
    facet_limit: int = 20
    page_size: int = 20
    engine: Engine = field(default_factory=current)
    _first: Results | None = field(default=None, init=False, repr=False)
    _first_offset: int = field(default=0, init=False, repr=False)

    def at(self, page: int) -> Found:
        """The same, but its first request fetches this page (from 1): total, facets and hits in a single search."""
        if self._first is None:
            self._first_offset = max(0, page - 1) * self.page_size
        return self

    @property
    def first(self) -> Results:
        if self._first is None:
            self._first = self.engine.search(
                self.parsed.query,
                self.filters,
                self.sort,
                offset=self._first_offset,
                limit=self.page_size,
                facets=self.facets_wanted,
                facet_limit=self.facet_limit,
            )
        return self._first

    def __len__(self) -> int:
        return self.first.total

    @property
    def total(self) -> int:
        """How many there are, exactly."""
        return self.first.total

    @property
    def facets(self) -> Mapping[str, Facet]:
        """Counts over all hits."""
        return self.first.facets

    @property
    def generation(self) -> str:
        """The state of the index that answered."""
        return self.first.generation

    @property
    def relaxed(self) -> tuple[str, ...]:
        """Words that no text has literally (folded)."""
        return self.first.relaxed

    @property
    def notes(self) -> tuple[Note, ...]:
        """How the query was read, with what only the engine could know."""
        return (*self.parsed.notes, *(Note("words", word) for word in self.relaxed))

    @property
    def terms(self) -> tuple[str, ...]:
        """What to mark in the texts: see ``search.highlight``."""
        from search.highlight import terms

        return terms(self.parsed.query, self.relaxed)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        if isinstance(index, int):
            place = index if index >= 0 else len(self) + index
            hits = self[place : place + 1] if place >= 0 else ()
            if not hits:
                raise IndexError(index)
            return hits[0]
        start, stop, step = index.indices(len(self))
        if step != 1:
            raise ValueError("hits are cut in runs")
        if start >= stop:
            return ()
        have = self._first_offset
        if have <= start and stop <= have + len(self.first.hits):
            return self.first.hits[start - have : stop - have]
        return self.engine.search(
            self.parsed.query, self.filters, self.sort, offset=start, limit=stop - start
        ).hits

    def __iter__(self) -> Iterator[Hit]:
        """Every hit, fetched in runs of a thousand."""
        for start in range(0, len(self), 1000):
            yield from self[start : start + 1000]


def find(
    raw: str,
    filters: Filters = UNFILTERED,
    sort: Sort = Sort.RELEVANCE,
    *,
    page: int = 1,
    page_size: int = 20,
) -> Found:
    """What a reader asked for. Nothing is searched until the result is looked at."""
    return Found(parse(raw), filters, sort, page_size=page_size).at(page)
