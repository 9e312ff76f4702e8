"""One committed state, open for reading: its segments as one row of documents. Immutable, so threads may share it."""

from __future__ import annotations

import os
from functools import cached_property
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
from search.engines.whoosh.values import FacetColumn, Selected, documents_naming
from search.errors import IndexBroken

#: How often a state that changes under our hands is looked at again, and how long to wait in between.
ATTEMPTS: Final = 20
PAUSE: Final = 0.02


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
    def page_order(self) -> NDArray[np.int32]:
        """Each document's page by its place within its day."""
        every = sorted({order for segment in self.segments for order in segment.page_orders})
        number_of = {order: number for number, order in enumerate(every)}
        parts = [
            np.array([number_of[order] for order in segment.page_orders], np.int32)[
                segment.columns["page_order"]
            ]
            for segment in self.segments
        ]
        return np.concatenate([np.zeros(0, np.int32), *parts])

    @cached_property
    def page_tie(self) -> Array:
        return self._column("page_tie")

    @cached_property
    def added(self) -> Array:
        return self._column("added")

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
            self._facets[name] = FacetColumn.join(name, self.segments)
        return self._facets[name]

    def naming(self, facet: str, literal: str) -> Ids:
        """The documents, deleted ones too, that have a value of a facet whose name contains the folded literal."""
        found = [
            documents_naming(segment.columns, facet, literal) + np.int32(base)
            for base, segment in zip(self.bases.tolist(), self.segments, strict=False)
        ]
        return np.concatenate([np.zeros(0, np.int32), *found])

    def value_counts(self, name: str) -> NDArray[np.int64]:
        """How many living documents have each value of a facet."""
        if name not in self._value_counts:
            self._value_counts[name] = self.facet(name).counts(Selected(self.all, self.size))
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
