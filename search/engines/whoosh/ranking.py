"""The order of hits. Every tie is broken, so that pages of results never overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.base import Sort
from search.engines.whoosh.matching import Matcher, intersect
from search.engines.whoosh.rows import ZONES
from search.engines.whoosh.schema import MAX_WEIGHT, WORD, ZONE_WEIGHT
from search.engines.whoosh.segments import HEADLINE_END, START, TEXT_END
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.terms import Ids, Weights
from search.query import And, Field, Literal, Or, Query, Word


@dataclass(frozen=True, slots=True)
class Ranking:
    """BM25 over weighted zones, and what is added to it.

    ``saturation`` and ``by_length`` are BM25's k1 and b. Up to ``read`` hits are weighed by reading them: occurrences
    in an enumeration (、 beside it) count ``listed`` of one, so that an article about a person stands before one that
    lists him. A headline that is the literal and nothing else adds ``whole_headline`` occurrences in a headline.
    The first ``near_hits`` hits of several literals get up to ``nearness`` of their mean score more when these stand
    close together, half of it at ``near`` characters.
    """

    saturation: float = 1.2
    by_length: float = 0.4
    read: int = 300
    listed: float = 0.3
    whole_headline: float = 2.0
    near_hits: int = 60
    nearness: float = 0.5
    near: float = 10.0


RANKING: Final = Ranking()
_UNIT: Final = 2  # ZONE_WEIGHT counts in halves of an occurrence in the body
_ENUMERATION: Final = "、".encode()


def literals(query: Query, matcher: Matcher) -> list[Literal]:
    """What ranks: the literals a hit is sought by, with the words of those that no document has."""
    match query:
        case Literal():
            return [query]
        case Word():
            return list(query.parts) if query.text in matcher.relaxed else [query.literal]
        case And() | Or():
            return [literal for child in query.children for literal in literals(child, matcher)]
        case _:
            return []


def scores(
    matcher: Matcher, wanted: Sequence[Literal], ids: Ids, ranking: Ranking = RANKING
) -> NDArray[np.float32]:
    """The BM25 score of each document for the literals."""
    snapshot = matcher.snapshot
    total = np.zeros(len(ids), np.float32)
    if not len(ids):
        return total
    longer = snapshot.relative_length[ids]
    softened = longer * np.float32(ranking.saturation * ranking.by_length)
    softened += np.float32(ranking.saturation * (1 - ranking.by_length))
    for literal in wanted:
        if literal.field not in (Field.TEXT, Field.HEADLINE, Field.PRINTED):
            continue
        have = matcher.literal(literal)
        rarity = np.log(1 + (snapshot.count - len(have) + 0.5) / (len(have) + 0.5))
        weight = _weights(snapshot, literal, have, ids, ranking)
        total += weight * np.float32(rarity * (ranking.saturation + 1)) / (weight + softened)
    return total


def _weights(snapshot: Snapshot, literal: Literal, have: Ids, ids: Ids, ranking: Ranking) -> Weights:
    """How often each of ``ids`` has the literal, in occurrences in the body; 0 where it has not."""
    every = np.zeros(snapshot.size, np.float32)
    shared = have if len(have) <= ranking.read else ids
    if len(shared) <= ranking.read:
        shared = intersect(have, ids)
        every[shared] = [
            _read_weight(snapshot, document, literal.text, ranking) for document in shared.tolist()
        ]
    else:
        found, own = snapshot.postings(WORD, literal.text)
        every[have] = _UNIT
        if literal.field is not Field.TEXT:
            own *= every[found] > 0
        every[found] = own
    weights: Weights = every[ids]
    weights /= _UNIT
    return weights


def _read_weight(snapshot: Snapshot, document: int, text: str, ranking: Ranking) -> float:
    """The weight of a literal in a document's texts, occurrence by occurrence."""
    segment, number = snapshot.place(document)
    ends = segment.columns["stretches"][number].tolist()
    start = ends[START]
    data = segment.texts[start : ends[TEXT_END]]
    needle = text.encode()
    weight = 0.0
    zone = 0
    place = data.find(needle)
    while place >= 0:
        while start + place >= ends[zone + 1]:
            zone += 1
        after = place + len(needle)
        listed = zone >= 2 and (
            data[max(0, place - 3) : place] == _ENUMERATION or data[after : after + 3] == _ENUMERATION
        )
        own = ZONE_WEIGHT[ZONES[zone]]
        weight += own * ranking.listed if listed else own
        if (
            zone == 0
            and place == 0
            and data[after : after + 1] == b"\n"
            and after + 1 == ends[HEADLINE_END] - start
        ):
            weight += own * ranking.whole_headline
        place = data.find(needle, after)
    return min(weight, float(MAX_WEIGHT)) or 1.0


def nearness(
    snapshot: Snapshot, wanted: Iterable[Literal], ids: Ids, ranking: Ranking = RANKING
) -> NDArray[np.float32]:
    """How close together each document has the literals: 1 side by side, towards 0 far apart."""
    needles = list(
        {literal.text.encode() for literal in wanted if literal.field in (Field.TEXT, Field.HEADLINE)}
    )
    near = np.zeros(len(ids), np.float32)
    if len(needles) < 2:
        return near
    for at, document in enumerate(ids.tolist()):
        segment, number = snapshot.place(document)
        ends = segment.columns["stretches"][number].tolist()
        data = segment.texts[ends[START] : ends[TEXT_END]]
        gap = _narrowest(data, needles)
        near[at] = ranking.near / (ranking.near + gap / 3)
    return near


def _narrowest(data: bytes, needles: Sequence[bytes], most: int = 12) -> int:
    """The least number of bytes between occurrences of all the needles, over those that are there."""
    occurrences: list[tuple[int, int, int]] = []
    kinds = 0
    for kind, needle in enumerate(needles):
        place = data.find(needle)
        kinds += place >= 0
        for _ in range(most):
            if place < 0:
                break
            occurrences.append((place, place + len(needle), kind))
            place = data.find(needle, place + len(needle))
    if kinds < 2:
        return len(data)
    occurrences.sort()
    least = len(data)
    last: dict[int, tuple[int, int]] = {}
    for start, end, kind in occurrences:
        last[kind] = (start, end)
        if len(last) == kinds:
            inside = sum(stop - begin for begin, stop in last.values())
            span = max(stop for _, stop in last.values()) - min(begin for begin, _ in last.values())
            least = min(least, max(0, span - inside))
    return least


def ordered(
    matcher: Matcher, query: Query, ids: Ids, sort: Sort, offset: int, limit: int, ranking: Ranking = RANKING
) -> Ids:
    """Documents ``offset`` to ``offset + limit`` of ``ids`` in the order asked for."""
    if offset >= len(ids) or limit <= 0:
        return ids[:0]
    snapshot = matcher.snapshot
    if sort is Sort.OLDEST:
        day = snapshot.day[ids]
        undated_last = np.where(day == 0, np.iinfo(np.int32).max, day)
        return _first(snapshot, ids, undated_last, offset + limit)[offset:]
    if sort is Sort.ADDED:
        return _first(snapshot, ids, -snapshot.added[ids], offset + limit)[offset:]
    wanted = literals(query, matcher) if sort is Sort.RELEVANCE else []
    if not wanted:
        return _first(snapshot, ids, -snapshot.day[ids], offset + limit)[offset:]
    score = scores(matcher, wanted, ids, ranking)
    want = max(offset + limit, ranking.near_hits) if len(wanted) > 1 else offset + limit
    best = _first(snapshot, ids, -score, want)
    if len(wanted) > 1:
        head = best[: ranking.near_hits]
        base = score[np.searchsorted(ids, head)]
        near = base + nearness(snapshot, wanted, head, ranking) * np.float32(ranking.nearness) * base.mean()
        best = np.concatenate([_first(snapshot, head, -near, len(head)), best[ranking.near_hits :]])
    shown: Ids = best[offset : offset + limit]
    return shown


def _first(snapshot: Snapshot, ids: Ids, primary: NDArray[Any], count: int) -> Ids:
    """The ``count`` documents with the least ``primary``; then newest, as printed, and by tie."""
    if count < len(ids):
        bound = np.partition(primary, count - 1)[count - 1]
        kept = primary <= bound
        ids, primary = ids[kept], primary[kept]
    print_order = (
        snapshot.page_order[ids],
        snapshot.page_tie[ids],
        snapshot.position[ids],
        snapshot.tie[ids],
    )
    order = np.lexsort((*reversed(print_order), -snapshot.day[ids], primary))
    return ids[order[:count]]
