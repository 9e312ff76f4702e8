"""Order put back where the text itself proves it: numbered parts gathered, broken sentences joined, repeats marked.

OCR dumps interleave columns. Nothing is moved on a guess: what the text doesn't prove stays in its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from archive.parsing.blocks import Draft, Sort
from archive.parsing.lines import Line
from archive.parsing.marks import Mark, part_of
from archive.parsing.stories import Story, text_of
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
_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("‘", "’"))
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
#: The proof that two fragments are one sentence: bracket halves and 关联词 count most, the page's own words less.
_BRACKETS, _CORRELATED, _KNOWN_JUNCTION, _PROVEN = 3.0, 3.0, 1.5, 3.0
_BROKEN_FROM = 10  # characters from which a text without an end was broken off
_REPEAT_FROM = 12  # characters from which equal paragraphs are repeats


def take_parts(
    drafts: Sequence[Draft | None],
) -> tuple[list[Draft | None], list[list[Draft]]]:
    """Numbered parts with the paragraphs below each, taken out of the page's blocks."""
    rest: list[Draft | None] = []
    parts: list[list[Draft]] = []
    inside = False
    for draft in drafts:
        if draft is None:
            rest.append(None)
            continue
        if draft.mark is Mark.PART:
            parts.append([draft])
            inside = True
        elif inside and draft.sort is Sort.PARAGRAPH and draft.mark is Mark.NONE:
            parts[-1].append(draft)
        else:
            inside = False
            rest.append(draft)
    return rest, parts


def number_of(line: Line) -> int:
    """The number in a part's heading (元素十二 → 12)."""
    numeral = re.match(r"[一二三四五六七八九十]+", line.text[len(part_of(line)) :])
    value, tens = 0, 0
    for character in numeral.group(0) if numeral else "":
        if character == "十":
            tens = max(value, 1) * 10
            value = 0
        else:
            value = _NUMERALS[character]
    return tens + value


def gather(found: list[Story], parts: Sequence[list[Draft]], lines: Sequence[Line]) -> None:
    """Give each numbered series to the story that speaks of it, its parts in the order of their numbers."""
    by_word: dict[str, list[list[Draft]]] = {}
    for part in parts:
        by_word.setdefault(part_of(lines[part[0].places[0]]), []).append(part)
    for word, group in by_word.items():
        host = _host(found, word, group, lines)
        for part in sorted(group, key=lambda part: number_of(lines[part[0].places[0]])):
            host.body += part
        host.guessed_order |= any(
            b[0].places[0] < a[-1].places[-1] or b[0].places[0] > a[-1].places[-1] + 1
            for a, b in pairwise(group)
        )


def _host(found: list[Story], word: str, group: Sequence[list[Draft]], lines: Sequence[Line]) -> Story:
    first = group[0][0].places[0]
    best: tuple[float, Story] | None = None
    for story in found:
        headings = "".join(text_of(draft, lines) for draft in story.headings)
        body = "".join(text_of(draft, lines) for draft in story.body)
        starts = story.body[0].places[0] if story.body else 0
        score = 4.0 * (word in headings) + min(3, body.count(word)) + 0.5 * (starts < first)
        if best is None or score > best[0]:
            best = (score, story)
    if best is None:
        story = Story([])
        found.append(story)
        return story
    return best[1]


def mend(found: list[Story], lines: Sequence[Line]) -> None:
    """Join paragraphs that break off with the fragments that go on with their sentence, where that is proven.

    The joined paragraph stands where its beginning stands, in whichever of the two stories speaks its words.
    """
    broken = [
        (story, draft)
        for story in found
        for draft in story.body
        if draft.sort is Sort.PARAGRAPH
        and not draft.closed
        and not draft.opening
        and len(text_of(draft, lines)) >= _BROKEN_FROM
    ]
    if not broken:
        return
    # Drafts stand apart, so that what merely happens to stand side by side proves nothing.
    page = "\n".join(text_of(draft, lines) for story in found for draft in (*story.headings, *story.body))
    tails = [
        (story, draft)
        for story in found
        for place, draft in enumerate(story.body)
        if draft.sort is Sort.PARAGRAPH and draft.mark is Mark.NONE and (place or not story.sure_start)
    ]
    used: set[int] = set()
    joined: dict[int, tuple[Story, Draft]] = {}
    for story, head in broken:
        # What was joined to another fragment goes on as that one: it now breaks off where this one did.
        story, head = joined.get(id(head), (story, head))
        text = text_of(head, lines)
        scored = [
            (proof(text, text_of(tail, lines), page) + _drawn(tail, home, story, lines), -place)
            for place, (home, tail) in enumerate(tails)
            if tail is not head and id(tail) not in used and (home is story or _can_spare(home, tail))
        ]
        score, at = max(scored, default=(0.0, 0))
        if score < _PROVEN:
            continue
        home, tail = tails[-at]
        used |= {id(tail), id(head)}
        home.body.remove(tail)
        head.places += tail.places
        head.closed = tail.closed
        owner, other = story, home
        if (
            home is not story
            and home.body
            and _can_spare(story, head)
            and _affinity(head, home, lines) > _affinity(head, story, lines)
        ):
            story.body.remove(head)
            home.body.append(head)
            home.body.sort(key=lambda draft: draft.places[0])
            owner, other = home, story
        owner.guessed_order = True
        joined[id(tail)] = joined_head = (owner, head)
        for moved, (_, into) in joined.items():
            if into is head:
                joined[moved] = joined_head
        if not other.body:
            owner.jumps += other.jumps
            owner.notes += other.notes
            found.remove(other)


def _can_spare(story: Story, draft: Draft) -> bool:
    """Whether a story may lose this paragraph: headings and bylines don't stay behind without any text."""
    return len(story.body) > 1 or not (story.headings or story.bylines)


def _drawn(tail: Draft, home: Story, story: Story, lines: Sequence[Line]) -> float:
    """What speaks for a fragment's belonging to another story than the one below which it stands: its words.

    Only the last paragraph of a story can have strayed to it.
    """
    if home is story or home.body[-1] is not tail or len(home.body) < 2 or _whole(text_of(tail, lines)):
        return 0.0
    return _DRAWN if _affinity(tail, story, lines) > _affinity(tail, home, lines) + _CLEARLY else 0.0


_DRAWN, _CLEARLY = 3.0, 0.1
_WHOLE = re.compile(r"[“‘]?(?:[\u3400-\u9fff]{2,10}[,，]|[0-9]|该|此|据|为|在|从|目前|同时|会议|活动)")


def _whole(text: str) -> bool:
    """Whether a text reads like a paragraph with its beginning: an adverbial or a subject stands first."""
    return bool(_WHOLE.match(text)) or text.startswith(SENTENCE_OPENERS)


def proof(head: str, tail: str, page: str) -> float:
    """How far the text proves that ``tail`` goes on with the sentence at which ``head`` breaks off."""
    score = 0.0
    for left, right in _QUOTES:
        if head.count(left) > head.count(right) and _closes_first(tail, left, right):
            score += _BRACKETS
            break
    clause = re.split(r"[。！？；]", head)[-1]
    sentence = re.split(r"[。！？]", tail)[0]
    for left, rights in _CORRELATIVES:
        at = clause.rfind(left)
        if (
            at >= 0
            and not any(right in clause[at:] for right in rights)
            and any(r in sentence for r in rights)
        ):
            score += _CORRELATED
            break
    for before, after in ((2, 2), (3, 3)):
        if len(head) >= before and len(tail) >= after:
            score += _KNOWN_JUNCTION * (head[-before:] + tail[:after] in page)
    return score


def _closes_first(text: str, left: str, right: str) -> bool:
    closes, opens = text.find(right), text.find(left)
    return closes >= 0 and (opens < 0 or closes < opens)


def _affinity(draft: Draft, story: Story, lines: Sequence[Line]) -> float:
    """The share of a paragraph's character pairs that the rest of the story has too."""
    text = text_of(draft, lines)
    other = "".join(text_of(each, lines) for each in (*story.body, *story.headings) if each is not draft)
    grams = {text[i : i + 2] for i in range(len(text) - 1)}
    return sum(gram in other for gram in grams) / (len(grams) or 1)


def repeats(found: Sequence[Story], lines: Sequence[Line]) -> frozenset[int]:
    """The first places of paragraphs whose text stands on the page more than once."""
    texts = [
        (draft.places[0], text_of(draft, lines)) for story in found for draft in story.body if draft.places
    ]
    counts = Counter(text for _, text in texts)
    return frozenset(place for place, text in texts if counts[text] > 1 and len(text) >= _REPEAT_FROM)
