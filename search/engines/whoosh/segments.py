"""A segment: an immutable part of the index. Four files of one name:

    .trm .pst  Whoosh's term dictionary and postings (see ``terms.py``)
    .txt       the folded texts, UTF-8, "\\n" after each: headings, lead, body, the rest, then a print that differs
    .dat       numpy arrays, a row a document: stretches of ``.txt``, dates, facet values, keys; what may be suggested

What a document's texts contain is looked up in ``.txt`` as it lies in memory, mapped and shared by all processes.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.documents import Kind, Named
from search.engines.base import FACETS, tie
from search.engines.whoosh import arrays
from search.engines.whoosh.arrays import Array, pack, unpack
from search.engines.whoosh.damage import told
from search.engines.whoosh.postings import Postings, grams, words
from search.engines.whoosh.rows import ZONES, Row
from search.engines.whoosh.runs import runs
from search.engines.whoosh.schema import COMMON, FIELDS, GRAM, LONGEST_RUN, PRINTED, REBUILD, RUN, TITLE, WORD
from search.engines.whoosh.similar import keywords
from search.engines.whoosh.suggestions import suggestion_arrays
from search.engines.whoosh.terms import TermsReader, TermsWriter
from search.engines.whoosh.values import value, value_columns
from search.errors import IndexStale

SUFFIXES: Final = (".trm", ".pst", ".txt", ".dat")

#: Columns of ``stretches``: where a document's texts begin, then where each zone ends, then where the print ends.
START, HEADLINE_END, TITLE_END, LEAD_END, BODY_END, TEXT_END, PRINTED_END = range(7)


def files_of(name: str) -> list[str]:
    """The files of a segment."""
    return [name + suffix for suffix in SUFFIXES]


def write_segment(directory: Path, name: str, rows: Sequence[Row]) -> None:
    """Write the four files and sync them. Nothing refers to them until a commit does."""
    paths = {suffix: directory / (name + suffix) for suffix in SUFFIXES}
    stretches = _write_texts(paths[".txt"], rows)
    all_texts = ["\n".join(text for zone in row.texts for text in zone) for row in rows]
    fields = {GRAM: grams(all_texts)}
    fields[PRINTED] = grams(["\n".join(row.printed) for row in rows])
    fields[TITLE] = grams(["\n".join(row.texts[0] + row.texts[1]) for row in rows])
    fields[WORD], lengths = words(rows)
    fields[RUN], longest = runs(all_texts, fields[GRAM], COMMON, LONGEST_RUN)
    writer = TermsWriter(paths[".trm"], paths[".pst"])
    for field, postings in fields.items():
        writer.add_field(field, postings.terms, postings.starts, postings.ids, postings.weights)
    writer.close()
    columns = _columns(rows, stretches, fields[WORD], lengths)
    sums = {suffix: arrays.checksum(paths[suffix]) for suffix in (".trm", ".pst", ".txt")}
    meta = {"sums": sums, "documents": len(rows), "common": COMMON, "longest": longest}
    arrays.save(paths[".dat"], columns, meta)
    for path in paths.values():
        sync(path)


def _columns(rows: Sequence[Row], stretches: Array, found: Postings, lengths: Array) -> dict[str, Array]:
    """The arrays of ``.dat``."""
    orders = sorted({row.page_order for row in rows})
    order_of = {order: number for number, order in enumerate(orders)}
    columns: dict[str, Array] = {
        "stretches": stretches,
        "length": lengths,
        "day": np.array([row.day for row in rows], np.int32),
        "page_number": np.array([row.page_number for row in rows], np.int32),
        "page_order": np.array([order_of[row.page_order] for row in rows], np.int32),
        "page_tie": np.array([row.page_tie for row in rows], np.int64),
        "position": np.array([row.position for row in rows], np.int32),
        "added": np.array([row.added for row in rows], np.int64),
        "tie": np.array([tie((row.kind, row.key)) for row in rows], np.int64),
        "digest": np.array([row.digest for row in rows], np.int64),
        **pack("key", [row.key for row in rows]),
        **pack("title", [row.title for row in rows]),
        **pack("page_orders", orders),
    }
    columns["event_starts"] = np.cumsum([0, *(len(row.events) for row in rows)]).astype(np.int32)
    columns["events"] = np.array([event for row in rows for event in row.events], np.int32).reshape(-1, 2)
    values: dict[str, list[Named]] = {}
    for facet in FACETS:
        own, values[facet] = value_columns(rows, facet)
        columns |= own
    columns |= pack("keywords", keywords(found, len(rows)))
    columns |= suggestion_arrays(rows, values, columns, found)
    return columns


@cache
def _layout() -> tuple[dict[str, np.dtype[Any]], set[str]]:
    """What a segment of this version has: its arrays with their types, its fields of terms."""
    found, lengths = words([])
    columns = _columns([], np.zeros((0, PRINTED_END + 1), np.uint32), found, lengths)
    return {name: column.dtype for name, column in columns.items()}, set(FIELDS)


def _write_texts(path: Path, rows: Iterable[Row]) -> NDArray[np.uint32]:
    stretches: list[list[int]] = []
    place = 0
    with path.open("wb") as file:
        for row in rows:
            ends = [place]
            for zone in (*row.texts, row.printed):
                data = "".join(text + "\n" for text in zone).encode()
                file.write(data)
                place += len(data)
                ends.append(place)
            stretches.append(ends)
        if not place:
            file.write(b"\n")  # an empty file can't be mapped
    return np.array(stretches, np.uint32).reshape(-1, PRINTED_END + 1)


def sync(path: Path) -> None:
    """Have the file, or the names in a directory, on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Segment:
    """A segment that is open for reading. ``row``, ``key`` … take a document's number within the segment."""

    name: str
    columns: dict[str, Array]
    sums: dict[str, list[int]]
    terms: TermsReader
    texts: mmap.mmap
    count: int
    common: int  # the ``COMMON`` that its runs were made with
    longest: int  # the length of the longest of them

    @staticmethod
    def open(directory: Path, name: str) -> Segment:
        """Raises OSError, also FileNotFoundError when a commit took the segment away meanwhile, IndexBroken for damaged
        files, IndexStale for those of another layout."""
        with told(directory / name):
            columns, meta = arrays.load(directory / f"{name}.dat")
            terms = TermsReader(directory / f"{name}.trm", directory / f"{name}.pst")
            with (directory / f"{name}.txt").open("rb") as file:
                texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            layout = {key: column.dtype for key, column in columns.items()}, terms.fields
        if layout != _layout():
            # FORMAT was not raised when the layout changed. Said now, not when a search first misses something.
            raise IndexStale(str(directory / name), "was made by another version", REBUILD)
        return Segment(
            name, columns, meta["sums"], terms, texts, meta["documents"], meta["common"], meta["longest"]
        )

    def key(self, number: int) -> str:
        return unpack(self.columns, "key", number)

    def title(self, number: int) -> str:
        """The title that lists show."""
        return unpack(self.columns, "title", number)

    @cached_property
    def page_orders(self) -> list[str]:
        """The places that pages have within their days, in order; documents have their numbers in this list."""
        count = len(self.columns["page_orders_starts"]) - 1
        return [unpack(self.columns, "page_orders", number) for number in range(count)]

    def keywords(self, number: int) -> dict[str, int]:
        """The words that say most of what a document is about, with their weights."""
        packed = unpack(self.columns, "keywords", number)
        pairs = (entry.rsplit(" ", 1) for entry in packed.split("\n") if entry)
        return {word: int(weight) for word, weight in pairs}

    def kind(self, number: int) -> Kind:
        slug: Any = unpack(self.columns, "kind_slug", self.columns["kind"][number])
        return slug  # type: ignore[no-any-return]

    def named(self, facet: str, number: int) -> tuple[Named, ...]:
        """A document's values of a facet."""
        starts = self.columns[f"{facet}_starts"]
        codes = self.columns[facet][starts[number] : starts[number + 1]].tolist()
        return tuple(value(self.columns, facet, code) for code in codes)

    def row(self, number: int) -> Row:
        """The row that was written."""
        ends = self.columns["stretches"][number].tolist()
        zones = [
            tuple(self.texts[begin:end].decode().split("\n")[:-1]) if end > begin else ()
            for begin, end in pairwise(ends)
        ]
        event_starts = self.columns["event_starts"]
        events = self.columns["events"][event_starts[number] : event_starts[number + 1]].tolist()
        return Row(
            kind=self.kind(number),
            key=self.key(number),
            title=self.title(number),
            texts=tuple(zones[: len(ZONES)]),
            printed=zones[len(ZONES)],
            day=int(self.columns["day"][number]),
            events=tuple((first, last) for first, last in events),
            page_number=int(self.columns["page_number"][number]),
            page_order=self.page_orders[self.columns["page_order"][number]],
            page_tie=int(self.columns["page_tie"][number]),
            position=int(self.columns["position"][number]),
            added=int(self.columns["added"][number]),
            facets={facet: self.named(facet, number) for facet in FACETS},
            digest=int(self.columns["digest"][number]),
        )

    def rows(self, alive: NDArray[np.bool_] | None = None) -> Iterator[Row]:
        """The rows that are not deleted, in order."""
        for number in range(self.count):
            if alive is None or alive[number]:
                yield self.row(number)

    def damage(self, directory: Path) -> list[str]:
        """Files that are not what was written."""
        damaged = [
            self.name + suffix
            for suffix, expected in self.sums.items()
            if arrays.checksum(directory / (self.name + suffix)) != expected
        ]
        return damaged if arrays.is_whole(directory / f"{self.name}.dat") else [*damaged, f"{self.name}.dat"]
