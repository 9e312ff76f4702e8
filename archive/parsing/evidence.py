"""What speaks for a fragment of text going on with the sentence at which another one breaks off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import inf
from typing import NamedTuple

import numpy as np

from archive.parsing.blocks import PARAGRAPH, Draft, begins_sentence
from archive.parsing.brackets import QUOTES, closes_first
from archive.parsing.knobs import GoesOn
from archive.parsing.lines import Line
from archive.parsing.marks import NONE
from archive.parsing.mending import Half, correlated, half_of
from archive.parsing.pairs import hashed, pairs_at
from archive.parsing.rooms import Room, Rooms
from archive.parsing.torn import INDENT

_REMEMBERED = 600  # characters before a break that may have left something open
_AROUND = 4  # characters on either side of a break among which words are looked for
_LINES = 6  # of a column, from a break on, that tell its width
_PARTS = 3  # of a column, from a break on, whose words tell its article


Shares = np.ndarray[tuple[int, int], np.dtype[np.float64]]


class Piece(NamedTuple):
    """A fragment: a draft that is one column's part of a paragraph, and the number of the article it stands in."""

    draft: Draft
    text: str
    article: int
    #: It was taken for the rest of the paragraph above.
    cut_off: bool = False


def may_go_on(piece: Piece) -> bool:
    """Whether a piece is text that may go on with another's."""
    return piece.draft.sort is PARAGRAPH and piece.draft.mark is NONE


class Evidence:
    """What speaks for fragments' going on with one another; what is asked for again is worked out once.

    ``heads``: the pieces that break off; ``rooms``: of the page's lines, where these were wrapped.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        heads: Collection[int],
        lines: Sequence[Line],
        rooms: Rooms | None,
        weights: GoesOn,
    ) -> None:
        self._pieces = pieces
        self._heads = heads
        self._lines = lines
        self._rooms = rooms
        self._weights = weights
        self._page = "\n".join([piece.text for piece in pieces])
        self._halves: dict[int, tuple[Half, frozenset[str], bool]] = {}
        self._starts: dict[int, tuple[float, frozenset[int], bool]] = {}
        self._endings: dict[int, Room | None] = {}
        self._beginnings: dict[int, tuple[Room | None, float]] = {}

    def of(self, head: int, tails: Sequence[int]) -> list[float]:
        """What the break, each of these fragments' beginning and the columns' widths say."""
        weights = self._weights
        above, texts = self._pieces[head].text, [self._pieces[tail].text for tail in tails]
        half, known, ends_short = self._half(head)
        pause = above[-1] in ",，、"
        scores: list[float] = []
        for tail, below, is_word in zip(tails, texts, _split_words(above, texts), strict=True):
            score, closes, begins_short = self._start(tail)
            spanned = not pause and below[0] in known
            score += weights.known[_spans(above, below, self._page) if spanned else 0]
            score += weights.word if is_word else weights.between[ends_short + begins_short]
            if half.opened:
                score += weights.leaves_open if closes.isdisjoint(half.opened) else weights.closes
            elif closes:
                score += weights.unopened
            if half.wanted:
                score += weights.answers if correlated(half, below) else weights.unanswered
            score += weights.after_pause * pause
            scores.append(score + self._width(head, tail))
        return scores

    def _start(self, tail: int) -> tuple[float, frozenset[int], bool]:
        """What speaks against a fragment's beginning in mid-sentence, the brackets (places in ``QUOTES``) that it
        closes, and whether its first word is a single character."""
        found = self._starts.get(tail)
        if found is None:
            text = self._pieces[tail].text
            score = self._weights.begins if begins_sentence(text) else 0.0
            closes = frozenset([place for place, marks in enumerate(QUOTES) if closes_first(text, *marks)])
            found = self._starts[tail] = score, closes, len(_words(text[:_AROUND])[0]) == 1
        return found

    def _half(self, head: int) -> tuple[Half, frozenset[str], bool]:
        """What a fragment leaves open, the characters that follow its last one anywhere on the page, and whether its
        last word is a single character."""
        half = self._halves.get(head)
        if half is None:
            text = self._pieces[head].text
            known = frozenset([part[0] for part in self._page.split(text[-1])[1:] if part])
            short = len(_words(text[-_AROUND:])[-1]) == 1
            half = self._halves[head] = half_of(text[-_REMEMBERED:]), known, short
        return half

    def _width(self, head: int, tail: int) -> float:
        """What the widths of the columns say that end at the break and begin with the fragment."""
        if not self._rooms:
            return 0.0
        weights = self._weights
        above, below, indent = self._ending(head), *self._beginning(tail)
        if not above or not below:
            return indent
        alike = max(above[0], below[0]) < min(above[1], below[1]) + weights.slack
        return indent + (weights.alike if alike else weights.unlike)

    def _ending(self, head: int) -> Room | None:
        """The room of the full lines nearest above a break, in whose paragraphs only the first is narrower."""
        if head not in self._endings:
            places: list[int] = []
            at = head
            while at >= 0 and self._pieces[at].draft.sort is PARAGRAPH and len(places) < _LINES:
                places += reversed(self._full(at)[1:])
                at -= 1
            self._endings[head] = self._common(places)
        return self._endings[head]

    def _beginning(self, tail: int) -> tuple[Room | None, float]:
        """The room of the full lines from a fragment on, and what its first line's indent says."""
        if tail not in self._beginnings:
            pieces = self._pieces
            first = pieces[tail].draft.places[0]
            places = self._full(tail)[1:]
            at = tail + 1
            while (
                at - 1 not in self._heads
                and at < len(pieces)
                and may_go_on(pieces[at])
                and len(places) < _LINES
            ):
                places += self._full(at)[1:]
                at += 1
            room = self._common(places)
            indent = self._weights.indented if self._lines[first].indented else 0.0
            if self._rooms and room and first in self._full(tail):
                least, more = self._rooms.of(first)
                if max(least, room[0]) < min(more, room[1]):
                    indent += self._weights.flush
                elif max(least, room[0] - INDENT) < min(more, room[1] - INDENT):
                    indent += self._weights.indented
            self._beginnings[tail] = room or self._common(self._full(tail)), indent
        return self._beginnings[tail]

    def _full(self, place: int) -> list[int]:
        """The lines of a fragment that end where the column does: all but a paragraph's last."""
        draft = self._pieces[place].draft
        return draft.places[:-1] if draft.closed else list(draft.places)

    def _common(self, places: Sequence[int]) -> Room | None:
        """The room in which these lines can all have been set, but for those that fit no line before them."""
        low, high = 0.0, inf
        known = False
        for place in places[:_LINES]:
            if self._rooms and not self._lines[place].stretched:
                least, more = self._rooms.of(place)
                if max(low, least) < min(high, more):
                    low, high = max(low, least), min(high, more)
                    known = True
        return (low, high) if known else None


class Speech:
    """Which articles speak the words of a page's fragments: the pairs of characters that stand in several of these."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        text = "".join([piece.text for piece in pieces])
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        owner = np.repeat(np.arange(len(pieces)), [len(piece.text) for piece in pieces])[:-1]
        # Most pairs stand on the page once: those whose hash does are left out before they are told one from another.
        hashes = hashed(codes[:-1], codes[1:])
        places = (np.bincount(hashes).take(hashes) > 1).nonzero()[0]
        _, number = np.unique(pairs_at(codes, places), return_inverse=True)
        spoken = np.zeros((len(pieces), int(number.max(initial=0)) + 1), np.bool_)
        spoken[owner[places], number] = True
        #: For each piece which of the pairs that stand in several it has.
        self._spoken = spoken[:, spoken.sum(axis=0) > 1]

    def shares(
        self, runs: Sequence[Sequence[int]], articles: Sequence[int], known: Collection[int]
    ) -> Shares:
        """For each column and each article the share of the column's words that the article speaks, as a logarithm.

        ``articles``: of each fragment; ``known``: the fragments that surely are of theirs. Words that few articles
        speak count more, those of the column itself don't count.
        """
        spoken = self._spoken
        own = np.zeros((len(runs), spoken.shape[1]), np.bool_)
        for part in range(_PARTS):
            own |= spoken[[run[min(part, len(run) - 1)] for run in runs]]
        members: list[list[int]] = [[] for _ in range(max(articles) + 1)]
        for place in known:
            members[articles[place]].append(place)
        told = np.array([spoken[places].sum(axis=0) for places in members])
        rarity = (1.0 / np.maximum((told > 0).sum(axis=0), 1)).astype(np.float32)
        heard = np.einsum("rp,ap->ra", own.astype(np.float32), (told > 0) * rarity)
        for row, run in enumerate(runs):
            home = articles[run[0]]
            counted = [place for place in run if place in known and articles[place] == home]
            if counted:
                column = spoken[counted].sum(axis=0) if len(counted) > 1 else spoken[counted[0]]
                others = told[home] > column
                heard[row, home] = rarity[own[row] & others].sum()
        shares: Shares = np.log((heard + _LEAST) / (heard.sum(axis=1, keepdims=True) + _LEAST * len(members)))
        return shares


_LEAST = 0.3


def _words(text: str) -> list[str]:
    # Its dictionary takes a sixth of a second to load, and few pages are torn.
    import rjieba

    words: list[str] = rjieba.cut(text, hmm=False)
    return words


def _split_words(above: str, belows: Sequence[str]) -> list[bool]:
    """For each of the texts below whether a word of the dictionary is made where the one above meets it."""
    end = above[-_AROUND:]
    found: list[bool] = []
    at = 0  # how much of a junction its words have taken, up to the first that begins below it
    for word in _words("\n".join([end + below[:_AROUND] for below in belows] + [""])):
        if word == "\n":
            found.append(at > len(end))
            at = 0
        elif at < len(end):
            at += len(word)
    return found


def _spans(above: str, below: str, page: str) -> int:
    """Which run of characters across the break stands elsewhere on the page: 1 two, 2 three, 3 four; 0 none."""
    if above[-2:] + below[:2] in page:
        return 3
    if above[-2:] + below[:1] in page or above[-1:] + below[:2] in page:
        return 2
    return 1
