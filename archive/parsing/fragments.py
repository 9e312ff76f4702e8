"""Columns that a scan cut up and put in another order, read on where their sentences go on.

A text that breaks off goes on in some other fragment. Mostly that is the next one; where another one goes on with its
words better, that one is moved there, with what stands below it in its column. What nothing speaks for stays in place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from archive.parsing.blocks import HEADING, PARAGRAPH, Draft
from archive.parsing.evidence import Evidence, Piece
from archive.parsing.lines import Line
from archive.parsing.marks import NONE
from archive.parsing.runs import text_of

_BROKEN_FROM = 10  # characters from which a text without an end was broken off
_NEAR = 40  # fragments before and after a break among which its rest is looked for
_MOST = 80  # breaks; a page with more of them is torn to shreds, and no words tell one from the other
#: What speaks for a fragment's place (log-odds as in ``evidence``): it is the next one; each fragment between takes
#: some away; it stands amid whole paragraphs; above the break; no text below the break could go on with it.
_NEXT, _FAR, _AMID, _ABOVE, _LOOSE = 2.0, -0.04, -1.5, -1.0, 1.0
#: From this on a fragment is taken that is not the next one. Below the second its words are not asked for.
_TAKEN, _HARDLY = 1.5, -1.0
#: From this on the next fragment plainly is the rest, and no other is tried.
_PLAIN = 3.5
#: Among several columns that broke off, this speaks for the last one; this for a new paragraph's beginning at a place
#: above which nothing breaks off.
_BESIDE, _FRESH = 0.7, 2.0
_ENOUGH = 3  # fragments of a column whose words tell its article


def read_on(drafts: Sequence[Draft], lines: Sequence[Line]) -> list[Draft]:
    """The drafts of a page's text with fragments moved to where their sentence began, and joined there.

    Only where a text breaks off above a heading or an opening, which shows that columns changed places.
    """
    if not _loose(drafts):
        return list(drafts)
    pieces = _pieces(drafts, lines)
    heads = [place for place, piece in enumerate(pieces) if _breaks_off(piece, lines)]
    if len(heads) > _MOST:
        return list(drafts)
    follows = _follows(pieces, heads, "\n".join([piece.text for piece in pieces]))
    moved = {tail: head for head, tail in follows.items() if tail != head + 1}
    if not moved:
        return list(drafts)
    return _put_together(pieces, follows, moved, set(heads))


def _loose(drafts: Sequence[Draft]) -> bool:
    """Whether a paragraph breaks off above a heading or an opening."""
    return any(
        above.sort is PARAGRAPH and not above.closed and (below.sort is HEADING or below.opening)
        for above, below in pairwise(drafts)
    )


def _pieces(drafts: Sequence[Draft], lines: Sequence[Line]) -> list[Piece]:
    """The drafts, those that run over a blank in mid-sentence cut there: two columns' parts may have met by chance."""
    found: list[Piece] = []
    article = 0
    heading = False
    for draft in drafts:
        if draft.sort is HEADING or draft.opening:
            article += not heading
            heading = draft.sort is HEADING
        elif draft.sort is PARAGRAPH:
            heading = False
        if draft.sort is not PARAGRAPH:
            found.append(Piece(draft, text_of(draft, lines), article))
            continue
        start = 0
        cuts = [
            at
            for at in range(1, len(draft.places))
            if lines[draft.places[at]].after_blank and lines[draft.places[at - 1]].closure == 0
        ]
        for end in (*cuts, len(draft.places)):
            part = draft.places[start:end]
            piece = (
                draft
                if len(part) == len(draft.places)
                else replace(
                    draft,
                    places=part,
                    mark=NONE if start else draft.mark,
                    after_blank=lines[part[0]].after_blank,
                    closed=lines[part[-1]].closure > 0,
                    midway=draft.midway and not start,
                    unsure=0 if start else draft.unsure,
                )
            )
            found.append(Piece(piece, text_of(piece, lines), article))
            start = end
    return found


def _breaks_off(piece: Piece, lines: Sequence[Line]) -> bool:
    return piece.draft.sort is PARAGRAPH and not piece.draft.closed and len(piece.text) >= _BROKEN_FROM


def _follows(pieces: Sequence[Piece], heads: Sequence[int], page: str) -> dict[int, int]:
    """For each fragment that breaks off the one that goes on with it, as far as any does."""
    evidence = Evidence(pieces, page)
    found = _columns(pieces, frozenset(heads), evidence)
    taken = set(found.values())
    breaks = frozenset(heads)

    tails = [
        at
        for at in range(len(pieces))
        if at not in taken and _may_go_on(pieces[at]) and evidence.may_be_rest(at)
    ]
    scored: list[tuple[float, int, int]] = []
    for head in heads:
        if head in found:
            continue
        beside = head + 1 < len(pieces) and _may_go_on(pieces[head + 1]) and head + 1 not in taken
        if beside:
            score = evidence.of(head, head + 1) + _NEXT
            scored.append((score, head, head + 1))
            if score >= _PLAIN:
                continue
        for tail in tails:
            if head - 1 <= tail <= head + 1 or abs(tail - head) > _NEAR:
                continue
            amid = tail - 1 not in breaks and tail + 1 < len(pieces) and _may_go_on(pieces[tail + 1])
            score = evidence.of(head, tail) + _FAR * abs(tail - head - 1)
            score += _AMID * amid + _ABOVE * (tail < head) + _LOOSE * (not beside)
            if score > _HARDLY:
                scored.append((score + evidence.topic_of(head, tail), head, tail))
    for score, head, tail in sorted(scored, reverse=True):
        least = 0.0 if tail == head + 1 else _TAKEN
        if score < least or head in found or tail in taken or _circles(pieces, found, breaks, head, tail):
            continue
        found[head] = tail
        taken.add(tail)
    return found


def _may_go_on(piece: Piece) -> bool:
    return piece.draft.sort is PARAGRAPH and piece.draft.mark is NONE


def _columns(pieces: Sequence[Piece], heads: frozenset[int], evidence: Evidence) -> dict[int, int]:
    """What goes on with which of several texts that broke off before it: the columns of articles side by side.

    Each fragment below a break, and each paragraph while texts are open, goes to the one that it follows best: by the
    break itself, and by the words of its column.
    """
    found: dict[int, int] = {}
    open_: list[int] = []
    article: dict[int, int] = {}
    for place, piece in enumerate(pieces):
        before = place - 1
        article[place] = article.get(before, 0) if _may_go_on(piece) else piece.article
        broken = before in heads
        if broken and not _may_go_on(piece):
            open_.append(before)
        if not open_ or not _may_go_on(piece):
            continue
        told = [(evidence.of(head, place), head) for head in open_]
        if not broken and max(told)[0] < _HARDLY:
            continue
        run = _run(pieces, place, heads)
        words = evidence.words_of(run[:_ENOUGH])
        scores = [(score + evidence.nearness(article[head], words), head) for score, head in told]
        if broken:
            beside = evidence.of(before, place) + evidence.nearness(article[before], words) + _BESIDE
            scores.append((beside, before))
        else:
            scores.append((evidence.nearness(article[place], words) + _FRESH, -1))
        _, best = max(scores)
        if best >= 0:
            found[best] = place
            article[place] = article[best]
            if best != before:
                open_.remove(best)
                if broken:
                    open_.append(before)
        evidence.enlarge(article[place], run[:1])
    return found


def _circles(
    pieces: Sequence[Piece], follows: dict[int, int], heads: Collection[int], head: int, tail: int
) -> bool:
    """Whether the head would go on, by way of the tail and of what is moved with it, with itself."""
    taken = frozenset(follows.values())
    before: int = head
    at: int | None = tail
    while at is not None:
        column = [at] if at == before + 1 else _column(pieces, at, taken, heads)
        if head in column:
            return True
        before = column[-1]
        at = follows.get(before)
    return False


def _put_together(
    pieces: Sequence[Piece], follows: dict[int, int], moved: dict[int, int], heads: set[int]
) -> list[Draft]:
    """The drafts in the order in which they read."""
    runs = {tail: _column(pieces, tail, moved, heads) for tail in moved}
    away = {at for run in runs.values() for at in run}
    found: list[Draft] = []

    def put(place: int, goes_on: bool) -> None:
        draft = pieces[place].draft
        if goes_on and found and found[-1].sort is PARAGRAPH:
            last = found[-1]
            found[-1] = replace(
                last,
                places=[*last.places, *draft.places],
                closed=draft.closed,
                moved=last.moved or draft.moved or place in moved,
            )
        else:
            found.append(draft)
        tail = follows.get(place)
        if tail is not None and tail in runs:
            run = runs[tail]
            put(tail, True)
            for before, at in pairwise(run):
                put(at, follows.get(before) == at)

    for place in range(len(pieces)):
        if place not in away:
            put(place, follows.get(place - 1) == place)
    return found


def _column(pieces: Sequence[Piece], tail: int, moved: Collection[int], heads: Collection[int]) -> list[int]:
    """What is moved with a fragment: what stands below it in its column, if a break above it shows that one began."""
    run = _run(pieces, tail, heads) if tail - 1 in heads else [tail]
    for place, at in enumerate(run[1:], 1):
        if at in moved:
            return run[:place]
    return run


def _run(pieces: Sequence[Piece], tail: int, heads: Collection[int]) -> list[int]:
    """The fragments that stand with this one in its column: all down to the next break."""
    run = [tail]
    for at in range(tail + 1, len(pieces)):
        if at - 1 in heads or not _may_go_on(pieces[at]):
            break
        run.append(at)
    return run
