"""Query tree → the documents that match, exactly.

A literal of one or two characters is a term, and so is a longer one whose parts are all common. Any other is sought
where its parts are, the rarest first, and then held against the texts: what is found contains it, and nothing that
contains it is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.dates import Period
from search.engines.base import Filters
from search.engines.whoosh.rows import ordinal
from search.engines.whoosh.schema import GRAM, PRINTED, RUN, TITLE, WORD
from search.engines.whoosh.segments import PRINTED_END, START, TEXT_END, TITLE_END, Segment
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.terms import Ids
from search.engines.whoosh.values import FacetColumn
from search.facets import FACET_OF, names_page_number
from search.query import All, And, Dated, Field, Literal, Not, Or, Query, When, Word

#: So few candidates are read at once instead of narrowing them by another list of postings.
FEW: Final = 200
#: A list this many times longer than the candidates costs more to decode than the candidates to read.
MUCH_LONGER: Final = 30
#: Of so many lists all have been tried that differ much.
MOST_LISTS: Final = 16

_NOTHING: Final = np.zeros(0, np.int32)
#: The term field of a query field, and the stretch of a document's texts that it looks in.
_STRETCH: Final = {
    Field.TEXT: (GRAM, START, TEXT_END),
    Field.HEADLINE: (TITLE, START, TITLE_END),
    Field.PRINTED: (PRINTED, TEXT_END, PRINTED_END),
}


def intersect(first: Ids, second: Ids) -> Ids:
    """What both ascending lists have."""
    if len(first) > len(second):
        first, second = second, first
    kept: Ids = first[_among(first, second)] if len(first) else first
    return kept


def subtract(first: Ids, second: Ids) -> Ids:
    """What the first ascending list has and the second has not."""
    kept: Ids = first[~_among(first, second)] if len(first) and len(second) else first
    return kept


def _among(first: Ids, second: Ids) -> NDArray[np.bool_]:
    """Which of ``first`` are in ``second``; neither is empty. A mask is quicker than a search for each, unless there
    are few to search for."""
    among: NDArray[np.bool_]
    if len(first) * 16 > len(second):
        mask = np.zeros(max(int(first[-1]), int(second[-1])) + 1, bool)
        mask[second] = True
        among = mask[first]
    else:
        places = np.searchsorted(second, first)
        places[places == len(second)] = 0
        among = second[places] == first
    return among


class Matcher:
    """Answers for one snapshot and one query; ``found`` keeps the documents of each literal for the ranking, and
    ``relaxed`` the words that no document has."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.found: dict[Literal, Ids] = {}
        self.relaxed: dict[str, None] = {}

    def documents(self, query: Query) -> Ids:
        """The living documents that match, ascending."""
        match query:
            case Literal():
                return self.literal(query)
            case Word():
                return self._word(query)
            case Dated():
                return self._dated(query.period, query.when)
            case All():
                return self.snapshot.all
            case Not():
                return subtract(self.snapshot.all, self.documents(query.child))
            case And():
                return self._all_of(query)
            case Or():
                return self._any_of([self.documents(child) for child in query.children])

    def _all_of(self, query: And) -> Ids:
        wanted = [self.documents(child) for child in query.children if not isinstance(child, Not)]
        found = reduce(intersect, sorted(wanted, key=len)) if wanted else self.snapshot.all
        for child in query.children:
            if isinstance(child, Not):
                found = subtract(found, self.documents(child.child))
        return found

    def _any_of(self, lists: list[Ids]) -> Ids:
        mask = np.zeros(self.snapshot.size, bool)
        for ids in lists:
            mask[ids] = True
        return np.flatnonzero(mask).astype(np.int32)

    def _word(self, word: Word) -> Ids:
        found = self.literal(word.literal)
        if len(found) or not (parts := word.parts):
            return found
        self.relaxed[word.text] = None
        return reduce(intersect, [self.literal(part) for part in parts])

    # --- literals -------------------------------------------------------------------------------------------------

    def literal(self, literal: Literal) -> Ids:
        """The documents that have a literal in its field."""
        if literal not in self.found:
            if literal.field in FACET_OF:
                self.found[literal] = self._named(literal)
            elif literal.field is Field.PRINTED:
                same = self._in_texts(literal.text, Field.TEXT)
                same = same[~self.snapshot.has_print[same]]
                self.found[literal] = self._any_of([same, self._in_texts(literal.text, Field.PRINTED)])
            else:
                self.found[literal] = self._in_texts(literal.text, literal.field)
        return self.found[literal]

    def _named(self, literal: Literal) -> Ids:
        if literal.field is Field.PAGE and (number := names_page_number(literal.text)) is not None:
            found = (
                np.flatnonzero(self.snapshot.page_number == number).astype(np.int32) if number else _NOTHING
            )
        else:
            found = self.snapshot.naming(FACET_OF[literal.field], literal.text)
        return found if self.snapshot.is_whole else found[self.snapshot.alive[found]]

    def _in_texts(self, text: str, field: Field) -> Ids:
        parts = [_NOTHING]
        for base, segment in zip(self.snapshot.bases.tolist(), self.snapshot.segments, strict=False):
            ids = in_segment(segment, text, field)
            if len(ids):
                parts.append(ids + np.int32(base))
        found = np.concatenate(parts)
        return found if self.snapshot.is_whole else found[self.snapshot.alive[found]]

    # --- dates and filters ----------------------------------------------------------------------------------------

    def _dated(self, period: Period, when: When) -> Ids:
        first, last = ordinal(period.first), ordinal(period.last)
        lists: list[Ids] = []
        if when is not When.EVENT:
            day = self.snapshot.day
            lists.append(np.flatnonzero((day >= max(first, 1)) & (day <= last)).astype(np.int32))
        if when is not When.ISSUE:
            documents, days = self.snapshot.events
            lists.append(documents[(days[:, 0] >= first) & (days[:, 1] <= last)])
        found = self._any_of(lists)
        return found if self.snapshot.is_whole else found[self.snapshot.alive[found]]

    def filtered(self, ids: Ids, filters: Filters) -> Ids:
        """Those that the filters leave."""
        if not len(ids):
            return ids
        if filters.date_first or filters.date_last:
            period = Period(filters.date_first or "0001-01-01", filters.date_last or "9999-12-31")
            ids = intersect(ids, self._dated(period, filters.when))
        for name, values in filters.chosen().items():
            ids = _with_values(ids, self.snapshot.facet(name), values)
        return ids


def _with_values(ids: Ids, column: FacetColumn, values: tuple[str, ...]) -> Ids:
    codes = [code for value in values if (code := column.code_of(value)) is not None]
    if not codes:
        return _NOTHING
    wanted = np.zeros(len(column.ids), bool)
    wanted[codes] = True
    if column.is_single:
        return ids[wanted.take(column.codes.take(ids))]
    return intersect(ids, column.having(wanted))


def in_segment(segment: Segment, text: str, field: Field) -> Ids:
    """The documents of a segment, deleted ones too, whose texts in ``field`` contain ``text`` (folded)."""
    terms, (name, begin, end) = segment.terms, _STRETCH[field]
    if len(text) <= 2:
        return terms.ids(name, text.encode())
    counted = sorted(_parts(segment, text, field), key=lambda part: (part[0], -len(part[2])))
    if not counted[0][0]:
        return _NOTHING
    ids = terms.ids(*counted[0][1:])
    if counted[0][2] == text.encode():
        return ids
    used = [counted[0][2]]
    for count, kind, part in counted[1:]:
        if len(ids) <= FEW or count > MUCH_LONGER * len(ids) or len(used) == MOST_LISTS:
            break
        if not any(part in longer for longer in used):  # else all of them have it
            ids = intersect(ids, terms.ids(kind, part))
            used.append(part)
    kept = np.zeros(len(ids), bool)
    if field is Field.TEXT and len(ids) and len(known := terms.ids(WORD, text.encode())):
        kept = _among(ids, known)  # where it stands as a word of its own there is nothing to read
    unread = np.flatnonzero(~kept)
    kept[unread] = containing(segment, ids[unread], text, begin, end)
    return ids[kept]


def _parts(segment: Segment, text: str, field: Field) -> Iterator[tuple[int, str, bytes]]:
    """Parts of a literal that have lists of their own, itself perhaps among them: the number of documents (0 where no
    text has it), term field and term."""
    name = _STRETCH[field][0]
    length = 2
    common: set[int] = set()
    counts: dict[bytes, int] = {}
    while length <= len(text):
        begins = range(len(text) - 1) if length == 2 else [p for p in common if p + 1 in common]
        common = set()
        for place in begins:
            part = text[place : place + length].encode()
            if part not in counts:
                counts[part] = segment.terms.count(name, part)
                yield counts[part], name, part
            if counts[part] >= segment.common:
                common.add(place)
        if field is not Field.TEXT or length == segment.longest:
            break
        name = RUN
        length += 1


def containing(segment: Segment, ids: Ids, text: str, begin: int, end: int) -> NDArray[np.bool_]:
    """Which of the documents have ``text`` in the stretch from column ``begin`` to ``end``.

    A stretch's texts end with a line feed, which no literal has, so none is found across two of them. A copy of the
    stretch is searched: ``bytes`` finds several times quicker than ``mmap.find``, which compares byte by byte.
    """
    needle, texts = text.encode(), segment.texts
    stretches = segment.columns["stretches"]
    begins, ends = stretches[ids, begin].tolist(), stretches[ids, end].tolist()
    return np.fromiter((needle in texts[a:b] for a, b in zip(begins, ends, strict=True)), bool, len(ids))
