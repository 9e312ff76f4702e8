"""Broken sentences put together: chains of fragments, and stories that are left without text."""

from __future__ import annotations

from archive.parsing.blocks import Draft, Sort
from archive.parsing.lines import Line, closure_of, read
from archive.parsing.marks import Mark
from archive.parsing.mending import mend
from archive.parsing.runs import Story, text_of

#: Each line breaks off inside the brackets that the next one closes.
FIRST = "全区要把改造老旧小区这件实事写进《今年的重点"
SECOND = "民生工程清单》，让居民看到变化，按照《分批"
THIRD = "推进办法》逐月公布进展。"


def page(*texts: str) -> list[Line]:
    return read(list(texts))


def paragraph(lines: list[Line], place: int) -> Draft:
    return Draft(Sort.PARAGRAPH, [place], closed=closure_of(lines[place].text) > 0)


def test_a_sentence_broken_twice_is_put_together() -> None:
    lines = page(FIRST, SECOND, THIRD)
    first, second, third = (paragraph(lines, place) for place in range(3))
    stories = [Story([first]), Story([second]), Story([third])]
    mend(stories, lines)
    [story] = stories
    assert [text_of(draft, lines) for draft in story.body] == [FIRST + SECOND + THIRD]
    assert story.body[0].closed
    assert story.guessed_order


def test_no_heading_stays_behind_without_its_text() -> None:
    lines = page(FIRST, "清单公布", SECOND)
    stories = [
        Story([paragraph(lines, 0)]),
        Story([paragraph(lines, 2)], headings=[Draft(Sort.HEADING, [1])]),
    ]
    mend(stories, lines)
    assert [len(story.body) for story in stories] == [1, 1]


def test_what_stood_with_a_fragment_goes_where_it_goes() -> None:
    lines = page(FIRST, "民生工程清单》，居民看到变化。", "（下转第二版）")
    jump = Draft(Sort.MARK, [2], Mark.JUMP)
    stories = [Story([paragraph(lines, 0)]), Story([paragraph(lines, 1)], jumps=[jump])]
    mend(stories, lines)
    [story] = stories
    assert story.jumps == [jump]
