"""Sentences that a scan tore apart, put together where the text itself proves that they are one.

OCR dumps interleave columns. Nothing is moved on a guess: what the text doesn't prove stays in its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.parsing.blocks import PARAGRAPH, Draft
from archive.parsing.brackets import QUOTES, closes_first
from archive.parsing.formulas import LEAVES
from archive.parsing.lines import Line
from archive.parsing.marks import NONE
from archive.parsing.pairs import pairs_of
from archive.parsing.runs import Story, text_of
from archive.parsing.words import SENTENCE_OPENERS

#: 关联词: the first half of a sentence with the left word calls for a second half with one of the right.
_CORRELATIVES = (
    ("既", ("也", "又", "更")),
    ("不仅", ("还", "也", "而且", "更")),
    ("不但", ("还", "也", "而且", "更")),
    ("虽然", ("但", "却")),
    ("因为", ("所以",)),
    ("只有", ("才",)),
    ("只要", ("就",)),
    ("无论", ("都",)),
    ("不管", ("都",)),
    ("一方面", ("另一方面",)),
    ("不是", ("而是",)),
)
#: The proof that two fragments are one sentence: bracket halves and 关联词 count most, the page's own words less.
_BRACKETS, _CORRELATED, _KNOWN_JUNCTION, _PROVEN = 3.0, 3.0, 1.5, 3.0
_BROKEN_FROM = 10  # characters from which a text without an end was broken off


def mend(found: list[Story], lines: Sequence[Line]) -> None:
    """Join paragraphs that break off with the fragments that go on with their sentence, where that is proven.

    The joined paragraph stands where its beginning stands, in whichever of the two stories speaks its words. Only the
    nearest fragments are tried, so that time grows with the page and not with its square.
    """
    broken = [
        (story, draft)
        for story in found
        for draft in story.body
        if draft.sort is PARAGRAPH
        and not draft.closed
        and not draft.opening
        and not (draft is story.body[-1] and _leaves(story, lines))
        and len(text_of(draft, lines)) >= _BROKEN_FROM
    ]
    if not broken:
        return
    # What is joined ends as one of these does, too: its last fragment is one of them, or whole.
    junctions = junctions_of(
        (text_of(draft, lines) for story in found for draft in (*story.headings, *story.body)),
        frozenset(text_of(draft, lines)[-3:] for _, draft in broken),
    )
    rests = sorted(
        (
            _Candidate(story, draft, text_of(draft, lines))
            for story in found
            for place, draft in enumerate(story.body)
            if draft.sort is PARAGRAPH and draft.mark is NONE and (place or not story.sure_start)
        ),
        key=lambda each: each.draft.places[0],
    )
    firsts = [each.draft.places[0] for each in rests]
    words = _Words(lines)
    used: set[int] = set()
    joined: dict[int, Draft] = {}
    owners: dict[int, Story] = {}
    for story, head in broken:
        # What was joined to another fragment goes on as that one: it now breaks off where this one did.
        head = joined.get(id(head), head)
        story = owners.get(id(head), story)
        half = half_of(text_of(head, lines)[-_REMEMBERED:])
        middle = bisect_left(firsts, head.places[-1])
        near = range(max(0, middle - _TRIED), min(len(rests), middle + _TRIED))
        scored = [
            (proof(half, each.text, junctions) + _drawn(each, story, words), -place)
            for place in near
            for each in [rests[place]]
            if each.draft is not head
            and id(each.draft) not in used
            and (each.home is story or _can_spare(each.home, each.draft))
        ]
        score, at = max(scored, default=(0.0, 0))
        if score < _PROVEN:
            continue
        home, tail, _ = rests[-at]
        used |= {id(tail), id(head)}
        home.body.remove(tail)
        head.places += tail.places
        head.closed = tail.closed
        words.forget(home, story)
        owner, other = story, home
        if home is not story and home.body and _can_spare(story, head) and words.draw(head, story, home, 0.0):
            story.body.remove(head)
            home.body.append(head)
            home.body.sort(key=lambda draft: draft.places[0])
            words.forget(home, story)
            owner, other = home, story
        owner.guessed_order = True
        joined[id(tail)] = head
        owners[id(head)] = owner
        if not other.body:
            owner.jumps += other.jumps
            owner.notes += other.notes
            found[:] = [each for each in found if each is not other]


def _leaves(story: Story, lines: Sequence[Line]) -> bool:
    """Whether a story goes on on another page (下转第二版), so that what its end breaks off has no rest on this one."""
    return any(LEAVES.search(text_of(draft, lines)) for draft in story.jumps)


_REMEMBERED = 600  # characters before the break that may have left something open
_TRIED = 60  # fragments before and after the place where a paragraph breaks off


def _can_spare(story: Story, draft: Draft) -> bool:
    """Whether a story may lose this paragraph: headings and bylines don't stay behind without any text."""
    return len(story.body) > 1 or not (story.headings or story.bylines)


class Half(NamedTuple):
    """A text that breaks off: its end, the brackets that it leaves open, the words one of which must follow."""

    end: str
    opened: tuple[int, ...]  # places in QUOTES
    wanted: tuple[tuple[str, ...], ...]


class _Candidate(NamedTuple):
    """A paragraph that may go on with another's sentence, the story in which it stands, its text."""

    home: Story
    draft: Draft
    text: str


def half_of(text: str) -> Half:
    """What a text that breaks off leaves open."""
    opened = [place for place, (left, right) in enumerate(QUOTES) if text.count(left) > text.count(right)]
    clause = _CLAUSE_END.split(text)[-1]
    wanted = [
        rights
        for left, rights in _CORRELATIVES
        for at in [clause.rfind(left)]
        if at >= 0 and not any(right in clause[at:] for right in rights)
    ]
    return Half(text[-3:], tuple(opened), tuple(wanted))


_CLAUSE_END = re.compile(r"[。！？；]")
_SENTENCE_END = re.compile(r"[。！？]")


def junctions_of(texts: Iterable[str], ends: frozenset[str]) -> frozenset[str]:
    """The runs of two and two, of three and three characters in the texts that begin as one of ``ends`` does.

    Each text stands for itself: what merely happens to stand side by side is no run.
    """
    page = "\n".join(texts)
    runs: set[str] = set()
    for pair in {end[-2:] for end in ends}:
        place = page.find(pair)
        while place >= 0:
            rest = page[place : place + 5].partition("\n")[0]
            runs.add(rest[:4])
            runs.add(page[place - 1 : place].strip("\n") + rest)
            place = page.find(pair, place + 1)
    return frozenset(runs)


def proof(half: Half, rest: str, junctions: frozenset[str]) -> float:
    """How far the text proves that ``rest`` goes on with the sentence at which ``half`` breaks off.

    ``junctions``: the page's own runs of characters, of which one may span the break.
    """
    score = correlated(half, rest)
    if half.opened and any(closes_first(rest, *QUOTES[place]) for place in half.opened):
        score += _BRACKETS
    score += _KNOWN_JUNCTION * (half.end[-2:] + rest[:2] in junctions)
    return score + _KNOWN_JUNCTION * (half.end + rest[:3] in junctions)


def correlated(half: Half, rest: str) -> float:
    """What it counts that ``rest`` has the second half of a sentence for which a 关联词 calls; 0 if it hasn't."""
    if not half.wanted:
        return 0.0
    sentence = _SENTENCE_END.split(rest, maxsplit=1)[0]
    return _CORRELATED * any(right in sentence for rights in half.wanted for right in rights)


def _drawn(tail: _Candidate, story: Story, words: _Words) -> float:
    """What speaks for a fragment's belonging to another story than the one below which it stands: its words.

    Only the last paragraph of a story can have strayed to it.
    """
    home, draft, text = tail
    if home is story or len(home.body) < 2 or home.body[-1] is not draft or _whole(text):
        return 0.0
    return _DRAWN if words.draw(draft, home, story, _CLEARLY) else 0.0


_DRAWN, _CLEARLY = 3.0, 0.1
_WHOLE = re.compile(r"[“‘]?(?:[\u3400-\u9fff]{2,10}[,，]|[0-9]|该|此|据|为|在|从|目前|同时|会议|活动)")


def _whole(text: str) -> bool:
    """Whether a text reads like a paragraph with its beginning: an adverbial or a subject stands first."""
    return bool(_WHOLE.match(text)) or text.startswith(SENTENCE_OPENERS)


class _Words:
    """The character pairs of stories, worked out when asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._known: dict[tuple[int, int], frozenset[int]] = {}

    def _without(self, draft: Draft, story: Story) -> frozenset[int]:
        inside = any(each is draft for each in story.body)
        key = (id(story), id(draft) if inside else 0)
        known = self._known.get(key)
        if known is None:
            text = "".join(
                [text_of(each, self._lines) for each in (*story.body, *story.headings) if each is not draft]
            )
            known = self._known[key] = frozenset(pairs_of(text))
        return known

    def draw(self, draft: Draft, home: Story, other: Story, share: float) -> bool:
        """Whether another story has more of a paragraph's pairs than the rest of its own, by more than this share."""
        own = frozenset(pairs_of(text_of(draft, self._lines)))
        least = share * len(own)
        there = len(own & self._without(draft, other))
        return there > least and there - len(own & self._without(draft, home)) > least

    def forget(self, *changed: Story) -> None:
        """These were changed: what is known of them holds no more."""
        ids = {id(each) for each in changed}
        self._known = {key: pairs for key, pairs in self._known.items() if key[0] not in ids}
