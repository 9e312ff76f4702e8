"""What documents are filtered and counted by: the values of the facets, in a segment's columns and over all segments.

A segment keeps a facet as a table of its values and the numbers of each document's values in that table. Over several
segments a value is known by 64 bits of a hash of its slug, so that tables of a hundred thousand people are joined by
merging numbers; slugs and names are read from the files for those few that are shown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from search.documents import Named
from search.engines.base import Count, Facet
from search.engines.whoosh.arrays import Array, pack, unpack
from search.engines.whoosh.rows import Row
from search.engines.whoosh.terms import Ids
from search.text import fold

if TYPE_CHECKING:
    from search.engines.whoosh.segments import Segment

#: Facets whose values stand in their own order, all of them.
IN_ORDER: Final = ("year", "month")
#: With so few values a facet is counted by bits, a row of them a value: their cost grows with values, not with hits.
FEW_VALUES: Final = 96
#: One in so many documents: to count fewer, each one's values are looked up instead of going through all values.
SPARSE: Final = 8

#: So many values of the same count are not read to see which come first, before their beginnings have been compared.
MANY_TIES: Final = 200


def value_id(slug: str) -> int:
    """By what the same value is known in every segment. Two of a million slugs are the same by a chance of 1 to 37
    million."""
    return int.from_bytes(hashlib.blake2b(slug.encode(), digest_size=8).digest(), "little")


def value_columns(rows: Sequence[Row], facet: str) -> tuple[dict[str, Array], list[Named]]:
    """A facet's columns of a segment, and its values in the order of their numbers, which is that of their ids: runs
    that ascend are joined four times as fast as others."""
    named = {value.slug: value for row in rows for value in row.facets[facet]}
    values = [named[slug] for slug in sorted(named, key=value_id)]
    number_of = {value.slug: number for number, value in enumerate(values)}
    numbers = [number_of[value.slug] for row in rows for value in row.facets[facet]]
    lengths = [len(row.facets[facet]) for row in rows]
    return {
        f"{facet}_starts": np.cumsum([0, *lengths]).astype(np.int32),
        facet: np.array(numbers, np.int32),
        f"{facet}_id": np.array([value_id(value.slug) for value in values], np.uint64),
        **pack(f"{facet}_slug", [value.slug for value in values]),
        **pack(f"{facet}_name", [value.name for value in values]),
        **pack(f"{facet}_forms", ["\n".join(value.forms) for value in values]),
        # A line feed after each, which no folded text has: one search goes through all of them.
        **pack(f"{facet}_folded", [fold(value.name) + "\n" for value in values]),
    }, values


def value(columns: dict[str, Array], facet: str, number: int) -> Named:
    """One value of a segment's table."""
    forms = unpack(columns, f"{facet}_forms", number)
    return Named(
        unpack(columns, f"{facet}_slug", number),
        unpack(columns, f"{facet}_name", number),
        tuple(forms.split("\n")) if forms else (),
    )


def values_matching(columns: dict[str, Array], facet: str, pattern: bytes) -> NDArray[np.intp]:
    """The numbers of a segment's values whose folded names, each with a line feed behind it, have a match."""
    data = columns[f"{facet}_folded"].tobytes()
    places = [match.start() for match in re.finditer(pattern, data, re.MULTILINE)]
    numbers: NDArray[np.intp] = np.unique(
        np.searchsorted(columns[f"{facet}_folded_starts"], places, side="right") - 1
    )
    return numbers


def documents_naming(columns: dict[str, Array], facet: str, literal: str) -> Ids:
    """The documents of a segment that have a value whose name contains the folded literal, ascending."""
    wanted = np.zeros(len(columns[f"{facet}_id"]), bool)
    wanted[values_matching(columns, facet, re.escape(literal.encode()))] = True
    found = np.flatnonzero(wanted[columns[facet]])
    starts = columns[f"{facet}_starts"]
    documents: Ids = np.unique(np.searchsorted(starts, found, side="right") - 1).astype(np.int32)
    return documents


class Selected:
    """Documents to be counted, in the forms that counting asks for; each is made once."""

    def __init__(self, ids: Ids, size: int) -> None:
        self.ids = ids
        self.size = size

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """A byte a document."""
        mask = np.zeros(self.size, bool)
        mask[self.ids] = True
        return mask

    @cached_property
    def bits(self) -> NDArray[np.uint64]:
        """A bit a document."""
        return _bits(self.mask)


def _bits(masks: NDArray[np.bool_]) -> NDArray[np.uint64]:
    packed = np.packbits(masks, axis=-1)
    missing = -packed.shape[-1] % 8
    return np.pad(packed, [(0, 0)] * (packed.ndim - 1) + [(0, missing)]).view(np.uint64)


@dataclass(frozen=True)
class FacetColumn:
    """One facet over all segments: document ``n`` has the values ``codes[starts[n]:starts[n + 1]]``. Code ``c`` is the
    value ``ids[c]``, of which ``holders[c]`` says where its slug and name are: a number in the segments' tables, put
    one behind the other."""

    name: str
    segments: Sequence[Segment]
    ids: NDArray[np.uint64]
    holders: NDArray[np.intp]
    codes: NDArray[np.int32]
    starts: NDArray[np.int32]

    @staticmethod
    def join(name: str, segments: Sequence[Segment]) -> FacetColumn:
        """The segments' columns as one. Where segments give a value different names, the newest one's counts."""
        tables = [segment.columns[f"{name}_id"] for segment in reversed(segments)]
        every = np.concatenate([np.zeros(0, np.uint64), *tables])
        ids, holders, code_of = np.unique(every, return_index=True, return_inverse=True)
        code_of = code_of.astype(np.int32)
        codes: list[Array] = [np.zeros(0, np.int32)]
        starts: list[Array] = [np.zeros(1, np.int32)]
        end, done = len(every), 0
        for segment in segments:
            begin = end - len(segment.columns[f"{name}_id"])
            own = segment.columns[name]
            codes.append(code_of[begin:end].take(own))
            starts.append((segment.columns[f"{name}_starts"][1:] + done).astype(np.int32))
            end, done = begin, done + len(own)
        return FacetColumn(
            name, tuple(reversed(segments)), ids, holders, np.concatenate(codes), np.concatenate(starts)
        )

    def code_of(self, slug: str) -> int | None:
        """The number of a value."""
        wanted = np.uint64(value_id(slug))
        place = int(np.searchsorted(self.ids, wanted))
        return place if place < len(self.ids) and self.ids[place] == wanted else None

    @cached_property
    def _read(self) -> dict[tuple[str, int], str]:
        """What ``_text`` has read: the months and the most frequent values are shown with every search."""
        return {}

    def _text(self, what: str, code: int) -> str:
        """The ``slug`` or ``name`` of a value."""
        text = self._read.get((what, code))
        if text is None:
            text = self._read[what, code] = self._unpacked(what, code)
        return text

    def _unpacked(self, what: str, code: int) -> str:
        number = int(self.holders[code])
        for segment in self.segments:
            count = len(segment.columns[f"{self.name}_id"])
            if number < count:
                return unpack(segment.columns, f"{self.name}_{what}", number)
            number -= count
        raise IndexError(code)

    @cached_property
    def is_single(self) -> bool:
        """Every document has exactly one value, so that ``codes[n]`` is document ``n``'s."""
        return len(self.codes) == len(self.starts) - 1 and bool((np.diff(self.starts) == 1).all())

    @cached_property
    def _document_of(self) -> NDArray[np.intp]:
        """The document of each place in ``codes``; as wide as numpy's own indices, which it need not convert then."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @cached_property
    def _rows_of_bits(self) -> NDArray[np.uint64]:
        """Of each value the documents that have it."""
        rows = np.zeros((len(self.ids), len(self.starts) - 1), bool)
        rows[self.codes, self._document_of] = True
        return _bits(rows)

    def counts(self, selected: Selected) -> NDArray[np.int64]:
        """How many of the documents have each value; a document has none twice."""
        counted: NDArray[np.int64]
        if len(self.ids) == 1 and self.is_single:
            counted = np.array([len(selected.ids)])
        elif len(self.ids) <= FEW_VALUES and len(selected.ids) * SPARSE > selected.size:
            counted = np.bitwise_count(self._rows_of_bits & selected.bits).sum(axis=1, dtype=np.int64)
        else:
            counted = np.bincount(self._codes_of(selected), minlength=len(self.ids))
        return counted

    def _codes_of(self, selected: Selected) -> NDArray[np.int32]:
        ids = selected.ids
        codes: NDArray[np.int32]
        if self.is_single:
            codes = self.codes.take(ids)
        elif len(ids) * SPARSE > selected.size:
            codes = self.codes.take(np.flatnonzero(selected.mask.take(self._document_of)))
        else:
            codes = self.codes.take(self._places_of(ids))
        return codes

    def _places_of(self, ids: Ids) -> NDArray[np.intp]:
        """The places in ``codes`` of few documents."""
        begins = self.starts.take(ids)
        lengths = self.starts.take(ids + 1) - begins
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places: NDArray[np.intp] = np.arange(total) + np.repeat(begins - ends + lengths, lengths)
        return places

    def facet(self, selected: Selected, limit: int) -> Facet:
        """The most frequent values, or all of those that stand in their own order."""
        counts = self.counts(selected)
        distinct = int(np.count_nonzero(counts))
        least = 1
        if self.name not in IN_ORDER and distinct > limit > 0:
            # How many values have the greatest count, that or one less, …
            having = np.cumsum(np.bincount(counts)[::-1])
            least = len(having) - 1 - int(np.searchsorted(having, limit))
        codes = np.flatnonzero(counts >= least)
        if len(codes) > limit + MANY_TIES and self.name not in IN_ORDER:
            tied = counts[codes] == least
            above = codes[~tied]
            codes = np.concatenate([above, self._first_by_slug(codes[tied], limit - len(above))])
        found = [(int(counts[code]), self._text("slug", code), code) for code in codes.tolist()]
        if self.name in IN_ORDER:
            found.sort(key=lambda one: one[1])
        else:
            found = sorted(found, key=lambda one: (-one[0], one[1]))[:limit]
        shown = tuple(Count(slug, self._text("name", code), count) for count, slug, code in found)
        return Facet(self.name, shown, distinct)

    def _first_by_slug(self, codes: NDArray[np.intp], count: int) -> NDArray[np.intp]:
        """Those whose slugs come first: ``count``, and all that begin like the last of these. Thousands of people may
        be named once; eight bytes of each slug, which order like the whole, spare reading them all."""
        numbers = self.holders[codes]
        heads = np.zeros(len(codes), np.uint64)
        before = 0
        for segment in self.segments:
            data, starts = segment.columns[f"{self.name}_slug"], segment.columns[f"{self.name}_slug_starts"]
            here = np.flatnonzero((numbers >= before) & (numbers < before + len(starts) - 1))
            begins, ends = starts[numbers[here] - before], starts[numbers[here] - before + 1]
            for place in range(8):
                inside = np.flatnonzero(begins + place < ends)
                byte = data[begins[inside] + place].astype(np.uint64)
                heads[here[inside]] |= byte << np.uint64(56 - 8 * place)
            before += len(starts) - 1
        kept: NDArray[np.intp] = codes[heads <= np.partition(heads, count - 1)[count - 1]]
        return kept

    def having(self, wanted: NDArray[np.bool_]) -> Ids:
        """The documents with any of the values that ``wanted`` marks, ascending."""
        found = np.flatnonzero(wanted.take(self.codes))
        if self.is_single:
            return found.astype(np.int32)
        documents: Ids = np.unique(self._document_of[found]).astype(np.int32)
        return documents
