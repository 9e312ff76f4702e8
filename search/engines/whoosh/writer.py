"""Changing one index directory: rows in, rows out, commit, and merging small segments so that searches stay quick."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Segment

from search.engines.base import Identity, tie
from search.engines.whoosh import commits
from search.engines.whoosh.rows import Row
from search.engines.whoosh.segments import Segment, write_segment


@dataclass(frozen=True, slots=True)
class Sizes:
    """When segments are written and merged.

    ``documents`` and ``characters`` bound what is held in memory before a segment is written. Of segments with fewer
    documents than each of ``steps``, no more than ``together`` stand side by side: with them a save of one article
    costs a merge of a few rows, and rarely more; of more than ``documents`` only where two have so many. A segment is
    rewritten when ``deleted`` of it is. An index is built in ``processes``, each of which holds a segment's documents
    and postings (some 600 MB); from ``worth_processes`` documents on it is worth starting them.
    """

    documents: int = 25_000
    characters: int = 15_000_000
    steps: tuple[int, ...] = (64, 1024, 12_000)
    together: int = 4
    deleted: float = 0.5
    processes: int = 2
    worth_processes: int = 2000


SIZES: Final = Sizes()


class Writer:
    """Collects changes to a directory; nothing is seen by anyone before ``commit``. The caller holds the lock."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.state = commits.read_state(directory)
        self.segments: list[W3Segment] = commits.read_toc(directory, self.state)
        self._open: dict[str, Segment] = {}
        self._changed = False

    def reader(self, segment: W3Segment) -> Segment:
        """The segment, open for reading."""
        name = segment.segment_id()
        if name not in self._open:
            self._open[name] = Segment.open(self.directory, name)
        return self._open[name]

    def alive(self, segment: W3Segment) -> NDArray[np.bool_]:
        """Which documents of a segment are not deleted."""
        mask = np.ones(segment.doc_count_all(), bool)
        deleted = list(segment.deleted_docs())
        mask[deleted] = False
        return mask

    def delete(self, identities: Collection[Identity]) -> int:
        """Mark documents as deleted; how many there were."""
        wanted = {tie(identity): identity for identity in identities}
        if not wanted:
            return 0
        ties = np.fromiter(wanted, np.int64, len(wanted))
        count = 0
        for segment in self.segments:
            reader = self.reader(segment)
            column = reader.columns["tie"]
            for number in np.flatnonzero(np.isin(column, ties)).tolist():
                same = (reader.kind(number), reader.key(number)) == wanted[int(column[number])]
                if same and not segment.is_deleted(number):
                    segment.delete_document(number)
                    count += 1
        self._changed |= count > 0
        return count

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows in place of those of the same identity; the last of several counts."""
        newest = {(row.kind, row.key): row for row in rows}
        if newest:
            self.delete(newest.keys())
            self._write(list(newest.values()))

    def _write(self, rows: list[Row]) -> None:
        segment = commits.new_segment(len(rows))
        write_segment(self.directory, segment.segment_id(), rows)
        self.adopt(segment)

    def adopt(self, segment: W3Segment) -> None:
        """Take in a segment whose files stand in the directory already."""
        self.segments.append(segment)
        self._changed = True

    def commit(self, keeping: Iterable[W3Segment] = ()) -> commits.State:
        """Make all changes the newest state; without changes there is no new one. Files of segments that are
        ``keeping`` on being written stay where they are."""
        if self._changed:
            self.segments = [s for s in self.segments if s.deleted_count() < s.doc_count_all()]
            self.state = commits.commit(self.directory, self.segments, self.state.generation + 1, keeping)
            self._open = {
                s.segment_id(): self._open[s.segment_id()]
                for s in self.segments
                if s.segment_id() in self._open
            }
            self._changed = False
        return self.state

    def merge(self, sizes: Sizes = SIZES) -> bool:
        """Merge what should be merged, at most one group; whether there was any. A commit has to follow."""
        group = self._group(sizes)
        if not group:
            return False
        rows = [row for segment in group for row in self.reader(segment).rows(self.alive(segment))]
        self.segments = [segment for segment in self.segments if segment not in group]
        self._changed = True
        if rows:
            self._write(rows)
        return True

    def _group(self, sizes: Sizes) -> list[W3Segment]:
        for segment in self.segments:
            if segment.deleted_count() > sizes.deleted * segment.doc_count_all():
                return [segment]
        below = 0
        for step in sizes.steps:
            group = [s for s in self.segments if below <= _living(s) < step]
            if len(group) > sizes.together:
                group.sort(key=_living)
                total = list(accumulate(map(_living, group)))
                return group[: max(2, bisect_right(total, sizes.documents))]
            below = step
        return []

    def identities(self) -> dict[Identity, int]:
        """Every document that is there, with its digest."""
        found: dict[Identity, int] = {}
        for segment in self.segments:
            reader = self.reader(segment)
            digests = reader.columns["digest"].tolist()
            for number in np.flatnonzero(self.alive(segment)).tolist():
                found[reader.kind(number), reader.key(number)] = digests[number]
        return found


def _living(segment: W3Segment) -> int:
    """How many documents of a segment are not deleted."""
    return int(segment.doc_count_all() - segment.deleted_count())


def batches(rows: Iterable[Row], sizes: Sizes = SIZES) -> Iterable[list[Row]]:
    """Rows in portions for a segment each."""
    batch: list[Row] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += sum(len(text) for zone in (*row.texts, row.printed) for text in zone)
        if len(batch) >= sizes.documents or characters >= sizes.characters:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
