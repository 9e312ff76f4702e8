"""What speaks for a fragment of text going on with the sentence at which another one breaks off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archive.parsing.blocks import PARAGRAPH, Draft, begins_sentence
from archive.parsing.mending import QUOTES, Half, closes_first, correlated, half_of
from archive.parsing.pairs import pairs_of
from archive.parsing.words import NEVER_BEGINS

#: Particles, suffixes, measures and verbs that hardly begin a sentence.
_LATE = frozenset("的了着们性化等者个些次元倍岁之得里度量率业员区是有已将被也都还就却并而")

#: How far these speak for it (log-odds, measured on pages of news cut at random): the characters across the break
#: stand side by side elsewhere on the page (two, three, four of them), or don't;
_KNOWN = (-0.5, 1.6, 2.6, 5.0)
#: it closes what the other opened, leaves it open, closes what nobody opened;
_CLOSES, _LEAVES_OPEN, _UNOPENED = 3.0, -1.5, -3.0
#: it hasn't the second half that a 关联词 calls for; it begins as sentences do, or as none does;
_UNANSWERED, _BEGINS, _LATE_START = -1.0, -3.0, 1.5
#: it speaks the words of the other's article rather than of that in which it stands: times the share, but no more than.
_TOPIC, _MOST_TOPIC = 20.0, 2.5
_REMEMBERED = 600  # characters before a break that may have left something open


class Piece(NamedTuple):
    """A fragment: a draft that is one column's part of a paragraph, and the number of the article it stands in."""

    draft: Draft
    text: str
    article: int


class Evidence:
    """What speaks for a fragment's going on with another one; character pairs are worked out when asked for."""

    def __init__(self, pieces: Sequence[Piece], page: str) -> None:
        self._pieces = pieces
        self._page = page
        self._pairs: dict[int, frozenset[int]] = {}
        self._halves: dict[int, tuple[Half, frozenset[str]]] = {}
        self._starts: dict[int, tuple[float, frozenset[int]]] = {}
        self._articles: dict[int, frozenset[int]] = {}
        self._others: dict[tuple[int, int], frozenset[int]] = {}

    def of(self, head: int, tail: int) -> float:
        """What the break and the fragment's beginning say."""
        above, below = self._pieces[head].text, self._pieces[tail].text
        half, known = self._half(head)
        start, closes = self._start(tail)
        spanned = below[0] in known and above[-1] not in ",，、"
        score = start + _KNOWN[_spans(above, below, self._page) if spanned else 0]
        if half.opened:
            score += _LEAVES_OPEN if closes.isdisjoint(half.opened) else _CLOSES
        elif closes:
            score += _UNOPENED
        return score + (correlated(half, below) or _UNANSWERED if half.wanted else 0.0)

    def may_be_rest(self, tail: int) -> bool:
        """Whether a fragment doesn't begin as sentences do."""
        return self._start(tail)[0] > _BEGINS

    def _start(self, tail: int) -> tuple[float, frozenset[int]]:
        """How late in a sentence a fragment seems to begin, and the brackets (places in ``QUOTES``) that it closes."""
        found = self._starts.get(tail)
        if found is None:
            text = self._pieces[tail].text
            late = text[0] in _LATE or text[1:2] in NEVER_BEGINS
            score = _BEGINS if begins_sentence(text) else _LATE_START * late
            closes = frozenset([place for place, marks in enumerate(QUOTES) if closes_first(text, *marks)])
            found = self._starts[tail] = score, closes
        return found

    def _half(self, head: int) -> tuple[Half, frozenset[str]]:
        """What a fragment leaves open, and the characters that follow its last one anywhere on the page."""
        half = self._halves.get(head)
        if half is None:
            text = self._pieces[head].text
            known = frozenset([part[0] for part in self._page.split(text[-1])[1:] if part])
            half = self._halves[head] = half_of(text[-_REMEMBERED:]), known
        return half

    def topic_of(self, head: int, tail: int) -> float:
        """How far a fragment speaks the words of the other's article rather than of that in which it stands."""
        there, here = self._pieces[head].article, self._pieces[tail].article
        if there == here:
            return 0.0
        own = self._of(tail)
        more = len(own & self._around(there, tail)) - len(own & self._around(here, tail))
        return max(-_MOST_TOPIC, min(_MOST_TOPIC, _TOPIC * more / (len(own) or 1)))

    def words_of(self, column: Sequence[int]) -> frozenset[int]:
        """The character pairs of these fragments."""
        return frozenset().union(*map(self._of, column))

    def nearness(self, article: int, words: frozenset[int]) -> float:
        """How many of a column's words an article speaks, as far as that is known to be its text."""
        return _TOPIC * len(words & self._begun(article)) / (len(words) or 1)

    def enlarge(self, article: int, run: Sequence[int]) -> None:
        """This column is known to be of the article."""
        self._articles[article] = self._begun(article).union(*map(self._of, run))

    def _begun(self, article: int) -> frozenset[int]:
        """The pairs of an article's headings and of its text down to its first break."""
        pairs = self._articles.get(article)
        if pairs is None:
            own = []
            for place, piece in enumerate(self._pieces):
                if piece.article == article:
                    own.append(self._of(place))
                    if piece.draft.sort is PARAGRAPH and not piece.draft.closed:
                        break
            pairs = self._articles[article] = frozenset().union(*own)
        return pairs

    def _of(self, place: int) -> frozenset[int]:
        pairs = self._pairs.get(place)
        if pairs is None:
            pairs = self._pairs[place] = frozenset(pairs_of(self._pieces[place].text))
        return pairs

    def _around(self, article: int, without: int) -> frozenset[int]:
        """The pairs of an article's fragments, but for one of them."""
        key = (article, without if self._pieces[without].article == article else -1)
        pairs = self._others.get(key)
        if pairs is None:
            others = [
                at for at, piece in enumerate(self._pieces) if piece.article == article and at != without
            ]
            pairs = self._others[key] = self.words_of(others)
        return pairs


def _spans(above: str, below: str, page: str) -> int:
    """Which run of characters across the break stands elsewhere on the page: 1 two, 2 three, 3 four; 0 none."""
    if above[-2:] + below[:2] in page:
        return 3
    if above[-2:] + below[:1] in page or above[-1:] + below[:2] in page:
        return 2
    return 1
