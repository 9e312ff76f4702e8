"""One committed state, open for reading: its segments as one row of documents. Immutable, so threads may share it."""

from __future__ import annotations

import os
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from time import sleep
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.base import Identity, tie
from search.engines.whoosh import commits
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.segments import PRINTED_END, TEXT_END, Segment
from search.engines.whoosh.terms import Ids, Weights
from search.errors import IndexBroken
from search.text import fold

#: How often a state that changes under our hands is looked at again, and how long to wait in between.
ATTEMPTS: Final = 20
PAUSE: Final = 0.02


#: Parts the names in ``FacetColumn.folded``; no name has it.
_SEPARATOR: Final = "\x01"


@dataclass(frozen=True)
class FacetColumn:
    """The values of one facet, numbered in the order of their slugs: document ``n`` has the values
    ``codes[starts[n]:starts[n + 1]]``."""

    slugs: tuple[str, ...]
    labels: tuple[str, ...]
    codes: NDArray[np.intp]
    starts: NDArray[np.int64]

    def code_of(self, slug: str) -> int | None:
        """The number of a value."""
        place = bisect_left(self.slugs, slug)
        return place if place < len(self.slugs) and self.slugs[place] == slug else None

    @cached_property
    def is_single(self) -> bool:
        """Every document has exactly one value, so that ``codes[n]`` is document ``n``'s."""
        return len(self.codes) == len(self.starts) - 1 and bool((np.diff(self.starts) == 1).all())

    @cached_property
    def _document_of(self) -> NDArray[np.int32]:
        """The document of each place in ``codes``."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))

    @cached_property
    def _folded(self) -> tuple[str, NDArray[np.int64]]:
        """All names, folded, in one text, and where each begins."""
        text = fold(_SEPARATOR.join(label.replace(_SEPARATOR, "") for label in self.labels))
        lengths = [len(name) + 1 for name in text.split(_SEPARATOR)] if self.labels else []
        return text, np.concatenate([[0], np.cumsum(lengths)])[:-1].astype(np.int64)

    def counts(self, ids: Ids) -> NDArray[np.int64]:
        """How many of the documents have each value."""
        counted: NDArray[np.int64] = np.bincount(self._codes_of(ids), minlength=len(self.slugs))
        return counted

    def _codes_of(self, ids: Ids) -> NDArray[np.intp]:
        codes: NDArray[np.intp]
        size = len(self.starts) - 1
        if self.is_single:
            codes = self.codes[ids]
        elif len(ids) == size:
            codes = self.codes
        elif len(ids) * 8 > size:
            among = np.zeros(size, bool)
            among[ids] = True
            codes = self.codes[among[self._document_of]]
        else:
            begins = self.starts[ids]
            lengths = self.starts[ids + 1] - begins
            ends = np.cumsum(lengths)
            total = int(ends[-1]) if len(ends) else 0
            codes = self.codes[np.arange(total) + np.repeat(begins - ends + lengths, lengths)]
        return codes

    def naming(self, literal: str) -> Ids:
        """The documents with a value whose name contains the folded literal, ascending."""
        text, begins = self._folded
        places: list[int] = []
        place = text.find(literal) if _SEPARATOR not in literal else -1
        while place >= 0:
            places.append(place)
            place = text.find(literal, place + 1)
        wanted = np.zeros(len(self.slugs), bool)
        wanted[np.searchsorted(begins, places, side="right") - 1] = True
        return self.having(wanted) if places else np.zeros(0, np.int32)

    def having(self, wanted: NDArray[np.bool_]) -> Ids:
        """The documents with any of the values that ``wanted`` marks, ascending."""
        found = np.flatnonzero(wanted[self.codes])
        if self.is_single:
            return found.astype(np.int32)
        documents: Ids = np.unique(self._document_of[found])
        return documents


class Snapshot:
    """Documents are numbered through all segments; ``alive`` says which are not deleted."""

    def __init__(self, directory: Path, state: commits.State, earlier: Snapshot | None = None) -> None:
        """Open a state; segments that ``earlier`` has open are taken over. Raises OSError, also FileNotFoundError when
        a commit or swap has taken it away meanwhile, IndexStale, IndexBroken."""
        known = {segment.name: segment for segment in earlier.segments} if earlier else {}
        entries = commits.read_toc(directory, state)
        self.directory = directory
        self.state = state
        names = [entry.segment_id() for entry in entries]
        self.segments: tuple[Segment, ...] = tuple(
            known.get(name) or Segment.open(directory, name) for name in names
        )
        self.bases = np.concatenate([[0], np.cumsum([segment.count for segment in self.segments])]).astype(
            np.int64
        )
        self.size = int(self.bases[-1])
        self.alive = np.ones(self.size, bool)
        for base, entry in zip(self.bases.tolist(), entries, strict=False):
            deleted = list(entry.deleted_docs())
            if deleted:
                self.alive[np.array(deleted, np.int64) + base] = False
        self.count = int(self.alive.sum())
        self.is_whole = self.count == self.size
        self._facets: dict[str, FacetColumn] = {}
        self._value_counts: dict[str, NDArray[np.int64]] = {}

    @property
    def generation(self) -> str:
        """Names this state among all that ever were."""
        return f"{self.directory.name.removeprefix(commits.PREFIX)}/{self.state.generation}"

    # --- documents ------------------------------------------------------------------------------------------------

    def place(self, document: int) -> tuple[Segment, int]:
        """The segment that has a document, and its number there."""
        at = int(np.searchsorted(self.bases, document, side="right")) - 1
        return self.segments[at], document - int(self.bases[at])

    def identity(self, document: int) -> Identity:
        segment, number = self.place(document)
        return segment.kind(number), segment.key(number)

    def find(self, identity: Identity) -> int | None:
        """The number of a document that is not deleted."""
        for document in np.flatnonzero((self.tie == tie(identity)) & self.alive).tolist():
            if self.identity(document) == identity:
                return int(document)
        return None

    def digests(self) -> dict[Identity, int]:
        """Every living document, with the digest of what was indexed."""
        digests = self._column("digest").tolist()
        return {self.identity(document): digests[document] for document in self.all.tolist()}

    def damage(self) -> tuple[str, ...]:
        """The files that are not what was written; none when a newer state has taken them away. Reads them all."""
        try:
            return tuple(name for segment in self.segments for name in segment.damage(self.directory))
        except FileNotFoundError:
            return ()

    @cached_property
    def all(self) -> Ids:
        """Every document that is not deleted."""
        return np.flatnonzero(self.alive).astype(np.int32)

    # --- postings -------------------------------------------------------------------------------------------------

    def postings(self, field: str, term: str) -> tuple[Ids, Weights]:
        """The living documents of a term, ascending, with its weights."""
        data = term.encode()
        parts = [segment.terms.postings(field, data) for segment in self.segments]
        ids = [part[0] + base for part, base in zip(parts, self.bases.astype(np.int32), strict=False)]
        if not ids:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        found, weights = np.concatenate(ids), np.concatenate([part[1] for part in parts])
        if not self.is_whole:
            kept = self.alive[found]
            found, weights = found[kept], weights[kept]
        return found, weights

    def document_count(self, field: str, term: str) -> int:
        """How many documents have a term, deleted ones included."""
        data = term.encode()
        return sum(segment.terms.count(field, data) for segment in self.segments)

    # --- columns --------------------------------------------------------------------------------------------------

    def _column(self, name: str) -> Array:
        if not self.segments:
            return np.zeros(0, np.int64)
        return np.concatenate([segment.columns[name] for segment in self.segments])

    @cached_property
    def day(self) -> Array:
        return self._column("day")

    @cached_property
    def page_number(self) -> Array:
        return self._column("page_number")

    @cached_property
    def position(self) -> Array:
        return self._column("position")

    @cached_property
    def tie(self) -> Array:
        return self._column("tie")

    @cached_property
    def length(self) -> Array:
        return self._column("length")

    @cached_property
    def relative_length(self) -> Weights:
        """How long each document is beside the mean."""
        mean = max(1.0, float(self.length.mean())) if self.size else 1.0
        relative: Weights = (self.length / mean).astype(np.float32)
        return relative

    @cached_property
    def has_print(self) -> NDArray[np.bool_]:
        """Documents whose print differs from the current text."""
        if not self.segments:
            return np.zeros(0, bool)
        return np.concatenate(
            [
                segment.columns["stretches"][:, PRINTED_END] > segment.columns["stretches"][:, TEXT_END]
                for segment in self.segments
            ]
        )

    @cached_property
    def events(self) -> tuple[Ids, Array]:
        """The documents and days (first, last) of all events."""
        documents: list[Array] = [np.zeros(0, np.int32)]
        days: list[Array] = [np.zeros((0, 2), np.int32)]
        for base, segment in zip(self.bases.tolist(), self.segments, strict=False):
            counts = np.diff(segment.columns["event_starts"])
            documents.append(np.repeat(np.arange(segment.count) + base, counts))
            days.append(segment.columns["events"])
        return np.concatenate(documents).astype(np.int32), np.concatenate(days)

    def facet(self, name: str) -> FacetColumn:
        """A facet's values over all segments."""
        if name not in self._facets:
            self._facets[name] = self._join_facet(name)
        return self._facets[name]

    def _join_facet(self, name: str) -> FacetColumn:
        tables: list[list[list[Any]]] = [segment.tables[name] for segment in self.segments]
        # Each table stands in the order of its slugs, so sorting them all together only merges them.
        slugs = list(
            dict.fromkeys(sorted(chain.from_iterable((slug for slug, *_ in table) for table in tables)))
        )
        code_of = {slug: code for code, slug in enumerate(slugs)}
        labels = [""] * len(slugs)
        codes: list[Array] = [np.zeros(0, np.intp)]
        starts: list[Array] = [np.zeros(1, np.int64)]
        done = 0
        for segment, table in zip(self.segments, tables, strict=True):
            mapped = np.fromiter((code_of[slug] for slug, *_ in table), np.intp, len(table))
            for slug, label, *_ in table:
                labels[code_of[slug]] = label
            own = segment.columns[name]
            codes.append(mapped[own] if len(own) else own)
            starts.append(segment.columns[f"{name}_starts"][1:].astype(np.int64) + done)
            done += len(own)
        return FacetColumn(tuple(slugs), tuple(labels), np.concatenate(codes), np.concatenate(starts))

    def value_counts(self, name: str) -> NDArray[np.int64]:
        """How many living documents have each value of a facet."""
        if name not in self._value_counts:
            self._value_counts[name] = self.facet(name).counts(self.all)
        return self._value_counts[name]


class Snapshots:
    """The newest snapshot of an index; looks for a newer one at each call, which costs two ``stat``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._signature: tuple[Any, ...] | None = None
        self._snapshot: Snapshot | None = None

    def newest(self) -> Snapshot:
        """Raises IndexMissing, IndexStale, IndexBroken."""
        snapshot = self._snapshot
        if snapshot is not None and self._signature == self._sign(snapshot.directory):
            return snapshot
        problem: OSError | None = None
        for attempt in range(ATTEMPTS):
            if attempt:
                sleep(PAUSE)
            try:
                directory = commits.read_current(self.root)
                signature = self._sign(directory)
                opened = Snapshot(directory, commits.read_state(directory), snapshot)
            except OSError as error:  # a commit or a swap came between: look again
                problem = error
                continue
            self._snapshot, self._signature = opened, signature
            return opened
        raise IndexBroken(
            str(self.root), f"can't be opened: {problem}", "Run: python manage.py index verify"
        ) from problem

    def _sign(self, directory: Path) -> tuple[Any, ...]:
        return _signature(self.root / commits.CURRENT), _signature(directory / commits.STATE)


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - twice a search
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
