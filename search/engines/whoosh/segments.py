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
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.documents import Kind, Named
from search.engines.base import FACETS, tie
from search.engines.whoosh import arrays
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.damage import told
from search.engines.whoosh.postings import Postings, grams, words
from search.engines.whoosh.rows import ZONES, Row
from search.engines.whoosh.schema import FIELDS, GRAM, PRINTED, REBUILD, TITLE, WORD
from search.engines.whoosh.similar import keywords
from search.engines.whoosh.suggestions import suggestion_arrays
from search.engines.whoosh.terms import TermsReader, TermsWriter
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
    writer = TermsWriter(paths[".trm"], paths[".pst"])
    for field, postings in fields.items():
        writer.add_field(field, postings.terms, postings.starts, postings.ids, postings.weights)
    writer.close()
    columns, tables = _columns(rows, stretches, fields[WORD], lengths)
    sums = {suffix: arrays.checksum(paths[suffix]) for suffix in (".trm", ".pst", ".txt")}
    arrays.save(paths[".dat"], columns, {"tables": tables, "sums": sums, "documents": len(rows)})
    for path in paths.values():
        sync(path)


def _columns(
    rows: Sequence[Row], stretches: Array, found: Postings, lengths: Array
) -> tuple[dict[str, Array], dict[str, list[list[Any]]]]:
    """What stands in ``.dat``: the arrays, and the tables of the facets' values."""
    columns: dict[str, Array] = {
        "stretches": stretches,
        "length": lengths,
        "day": np.array([row.day for row in rows], np.int32),
        "page_number": np.array([row.page_number for row in rows], np.int32),
        "position": np.array([row.position for row in rows], np.int32),
        "tie": np.array([tie((row.kind, row.key)) for row in rows], np.int64),
        "digest": np.array([row.digest for row in rows], np.int64),
        **_packed("key", [row.key for row in rows]),
        **_packed("title", [row.title for row in rows]),
    }
    columns["event_starts"] = _starts([len(row.events) for row in rows])
    columns["events"] = np.array([event for row in rows for event in row.events], np.int32).reshape(-1, 2)
    tables: dict[str, list[list[Any]]] = {}
    for facet in FACETS:
        columns[f"{facet}_starts"], columns[facet], tables[facet] = _facet(rows, facet)
    columns |= _packed("keywords", keywords(found, len(rows)))
    columns |= suggestion_arrays(rows, tables, columns, found)
    return columns, tables


@cache
def _layout() -> tuple[dict[str, np.dtype[Any]], set[str], set[str]]:
    """What a segment of this version has: its arrays with their types, its tables, its fields of terms."""
    found, lengths = words([])
    columns, tables = _columns([], np.zeros((0, PRINTED_END + 1), np.uint32), found, lengths)
    return {name: column.dtype for name, column in columns.items()}, set(tables), set(FIELDS)


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


def _starts(lengths: Sequence[int]) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)


def _packed(name: str, texts: Sequence[str]) -> dict[str, Array]:
    data = [text.encode() for text in texts]
    return {
        f"{name}_starts": _starts([len(text) for text in data]),
        name: np.frombuffer(b"".join(data), np.uint8),
    }


def _facet(rows: Sequence[Row], facet: str) -> tuple[Array, Array, list[list[Any]]]:
    """Where each row's values begin, the values as numbers, and the table of values in the order of their slugs."""
    named = {value.slug: value for row in rows for value in row.facets[facet]}
    table = [named[slug] for slug in sorted(named)]
    code_of = {value.slug: code for code, value in enumerate(table)}
    codes = [code_of[value.slug] for row in rows for value in row.facets[facet]]
    starts = _starts([len(row.facets[facet]) for row in rows])
    return starts, np.array(codes, np.int32), [[value.slug, value.name, list(value.forms)] for value in table]


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
    tables: dict[str, list[list[Any]]]
    sums: dict[str, list[int]]
    terms: TermsReader
    texts: mmap.mmap
    count: int

    @staticmethod
    def open(directory: Path, name: str) -> Segment:
        """Raises OSError, also FileNotFoundError when a commit took the segment away meanwhile, IndexBroken for damaged
        files, IndexStale for those of another layout."""
        with told(directory / name):
            columns, meta = arrays.load(directory / f"{name}.dat")
            terms = TermsReader(directory / f"{name}.trm", directory / f"{name}.pst")
            with (directory / f"{name}.txt").open("rb") as file:
                texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            layout = {key: column.dtype for key, column in columns.items()}, set(meta["tables"]), terms.fields
        if layout != _layout():
            # FORMAT was not raised when the layout changed. Said now, not when a search first misses something.
            raise IndexStale(str(directory / name), "was made by another version", REBUILD)
        return Segment(name, columns, meta["tables"], meta["sums"], terms, texts, meta["documents"])

    def key(self, number: int) -> str:
        starts = self.columns["key_starts"]
        return self.columns["key"][starts[number] : starts[number + 1]].tobytes().decode()

    def title(self, number: int) -> str:
        """The title that lists show."""
        starts = self.columns["title_starts"]
        return self.columns["title"][starts[number] : starts[number + 1]].tobytes().decode()

    def keywords(self, number: int) -> dict[str, int]:
        """The words that say most of what a document is about, with their weights."""
        starts = self.columns["keywords_starts"]
        packed = self.columns["keywords"][starts[number] : starts[number + 1]].tobytes().decode()
        pairs = (entry.rsplit(" ", 1) for entry in packed.split("\n") if entry)
        return {word: int(weight) for word, weight in pairs}

    def kind(self, number: int) -> Kind:
        slug: Kind = self.tables["kind"][self.columns["kind"][number]][0]
        return slug

    def named(self, facet: str, number: int) -> tuple[Named, ...]:
        """A document's values of a facet."""
        starts, table = self.columns[f"{facet}_starts"], self.tables[facet]
        codes = self.columns[facet][starts[number] : starts[number + 1]].tolist()
        return tuple(Named(slug, name, tuple(forms)) for slug, name, forms in (table[code] for code in codes))

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
            position=int(self.columns["position"][number]),
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
