"""Which fragment of a torn page goes on with which: the choice that is likeliest for the whole page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from archive.parsing.evidence import Evidence, Piece, Speech, may_go_on
from archive.parsing.knobs import GoesOn, Order
from archive.parsing.matching import Scores, matched

_NEAR = 40  # fragments before and after a break among which its rest is looked for
_ROUNDS = 2  # the second time the words of articles are known as the first time put them together
_IMPOSSIBLE = -1e6


class Sequels(NamedTuple):
    """What goes on with what: by the number of the piece that breaks off, that of the one which goes on with it."""

    found: dict[int, int]
    #: How many of these are to be expected wrong.
    wrong: float


def sequels(
    pieces: Sequence[Piece], heads: Sequence[int], evidence: Evidence, is_wrapped: bool, weights: GoesOn
) -> Sequels:
    """For each of the pieces that break off (``heads``, at least one) the piece that goes on with it, if any does."""
    breaks = frozenset(heads)
    tails = [at for at in range(len(pieces)) if may_go_on(pieces[at])]
    told = _told(heads, tails, evidence, weights)
    orders = weights.set_orders if is_wrapped else weights.orders
    placed = [told + _placed(pieces, heads, tails, order) for order in orders]
    speech = Speech(pieces)
    runs = [run_of(pieces, tail, breaks) for tail in tails]
    articles = [piece.article for piece in pieces]
    known: Collection[int] = _begun(articles, breaks)
    found: dict[int, int] = {}
    likely = np.ones(0)
    for _ in range(_ROUNDS if tails else 0):
        near = np.zeros_like(told)
        shares = speech.shares(runs, articles, known)
        near[:, : len(tails)] = weights.topic * shares[:, [articles[head] for head in heads]].T
        choices = [(scores, matched(scores)) for scores in (each + near for each in placed)]
        scores, chosen = max(choices, key=lambda choice: _likelihood(*choice))
        likely = _likely(scores)[np.arange(len(heads)), chosen]
        best = sorted(
            (
                (scores[row, column], heads[row], tails[column])
                for row, column in enumerate(chosen)
                if column < len(tails) and told[row, column] > _IMPOSSIBLE
            ),
            reverse=True,
        )
        before, found = found, {}
        for _, head, tail in best:
            if not _circles(pieces, found, breaks, head, tail):
                found[head] = tail
        if found == before or all(tail == head + 1 for head, tail in found.items()):
            break
        articles = _articles(pieces, found)
        known = range(len(pieces))
    return Sequels(found, float((1.0 - likely).sum()))


def after(pieces: Sequence[Piece], found: dict[int, int], breaks: Collection[int]) -> dict[int, int]:
    """For each piece the one that is read after it: what goes on with its sentence, else what stands below it."""
    tails = frozenset(found.values())
    return {
        place: place + 1 for place in range(len(pieces)) if _leads_down(pieces, place, tails, breaks)
    } | found


def _leads_down(pieces: Sequence[Piece], place: int, tails: Collection[int], breaks: Collection[int]) -> bool:
    """Whether the piece below one is read after it: none breaks off, and it goes on with no other's sentence."""
    return (
        place not in breaks
        and place + 1 not in tails
        and place + 1 < len(pieces)
        and may_go_on(pieces[place + 1])
    )


def run_of(pieces: Sequence[Piece], tail: int, breaks: Collection[int]) -> list[int]:
    """The fragments that stand with this one in its column: all down to the next break."""
    run = [tail]
    for at in range(tail + 1, len(pieces)):
        if at - 1 in breaks or not may_go_on(pieces[at]):
            break
        run.append(at)
    return run


def _told(heads: Sequence[int], tails: Sequence[int], evidence: Evidence, weights: GoesOn) -> Scores:
    """What the texts say: for each head (row) of each tail (column); behind them a column each for none."""
    told = np.full((len(heads), len(tails) + len(heads)), _IMPOSSIBLE)
    for row, head in enumerate(heads):
        told[row, len(tails) + row] = 0.0
        first = bisect_left(tails, head - _NEAR)
        below = bisect_left(tails, head + 1)
        if below < len(tails) and tails[below] == head + 1:
            [told[row, below]] = evidence.of(head, [head + 1])
            if told[row, below] >= weights.plain:
                continue
        last = bisect_right(tails, head + _NEAR)
        near = [column for column in range(first, last) if not head <= tails[column] <= head + 1]
        for column, score in zip(near, evidence.of(head, [tails[each] for each in near]), strict=True):
            if score >= weights.least:
                told[row, column] = score
    return told


def _placed(pieces: Sequence[Piece], heads: Sequence[int], tails: Sequence[int], order: Order) -> Scores:
    """What the places on the page say, if its columns were moved so."""
    breaks = frozenset(heads)
    amid = [
        order.below_break
        if tail - 1 in breaks
        else order.amid * (tail + 1 < len(pieces) and may_go_on(pieces[tail + 1]))
        for tail in tails
    ]
    away = np.array(tails)[None, :] - np.array(heads)[:, None]
    score = order.far * np.log2(np.maximum(np.abs(away), 1)) + order.above * (away < 0) + np.array(amid)
    found = np.full((len(heads), len(tails) + len(heads)), order.nothing)
    found[:, : len(tails)] = np.where(away == 1, order.next, score)
    return found


def _likelihood(scores: Scores, chosen: Sequence[int]) -> float:
    """The logarithm of how likely a choice is."""
    return float(np.log(_likely(scores)[np.arange(len(chosen)), chosen]).sum())


def _likely(scores: Scores) -> Scores:
    """How likely each column is for each row, if scores are log-odds."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely: Scores = odds / odds.sum(axis=1, keepdims=True)
    return likely


def _circles(
    pieces: Sequence[Piece], found: dict[int, int], breaks: Collection[int], head: int, tail: int
) -> bool:
    """Whether the head would go on, by way of the tail, with itself."""
    tails = frozenset(found.values())
    at = tail
    while at != head:
        if at not in found and not _leads_down(pieces, at, tails, breaks):
            return False
        at = found.get(at, at + 1)
    return True


def _begun(articles: Sequence[int], breaks: Collection[int]) -> frozenset[int]:
    """The pieces of each article down to its first break."""
    found: list[int] = []
    broken: set[int] = set()
    for place, article in enumerate(articles):
        if article not in broken:
            found.append(place)
        if place in breaks:
            broken.add(article)
    return frozenset(found)


def _articles(pieces: Sequence[Piece], found: dict[int, int]) -> list[int]:
    """For each piece the article that it belongs to, when fragments go on so."""
    before = {tail: head for head, tail in found.items()}
    articles: list[int] = [-1] * len(pieces)
    for place in range(len(pieces)):
        way = list(_way_up(pieces, before, place, articles))
        article = articles[way[-1]] if articles[way[-1]] >= 0 else pieces[way[-1]].article
        for at in way:
            articles[at] = article
    return articles


def _way_up(
    pieces: Sequence[Piece], before: dict[int, int], place: int, articles: Sequence[int]
) -> Iterator[int]:
    """From a piece to those read before it, up to one of known article or to the article's beginning."""
    seen: set[int] = set()
    while place not in seen:
        seen.add(place)
        yield place
        if articles[place] >= 0:
            return
        if place in before:
            place = before[place]
        elif may_go_on(pieces[place]) and place:
            place -= 1
