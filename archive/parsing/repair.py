"""Numbered parts (元素一 … 元素十五) gathered in their order, and paragraphs that stand on a page twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from archive.parsing.blocks import PARAGRAPH, Draft
from archive.parsing.lines import Line
from archive.parsing.marks import NONE, PART
from archive.parsing.parts import part_of
from archive.parsing.runs import Story, text_of

_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
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
        if draft.mark is PART:
            parts.append([draft])
            inside = True
        elif inside and draft.sort is PARAGRAPH and draft.mark is NONE:
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


def repeats(paragraphs: Sequence[tuple[int, str]]) -> frozenset[int]:
    """The places of paragraphs (a place, the printed text) of which the page has several with the same characters."""
    texts = [(place, text.replace(" ", "")) for place, text in paragraphs]
    counts = Counter([text for _, text in texts])
    return frozenset([place for place, text in texts if counts[text] > 1 and len(text) >= _REPEAT_FROM])
