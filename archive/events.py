"""What a person did when: the events of an article, each with the sentence that tells it.

An article tells of one event, or of several when it has further items (又讯). An item's event is dated by the first
date that stands in it, unless the sentence that names the person states another first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.reading_text import sentences

_FURTHER = re.compile(r"\s*(又讯|另讯|又電|又电)")
_MONTH_DAY = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_HALF = re.compile(r"\s*(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|夜间)")

#: The order of the parts of a day.
HALVES = ("凌晨", "清晨", "早上", "早晨", "上午", "中午", "下午", "傍晚", "晚上", "晚", "夜间")


@dataclass(frozen=True, slots=True)
class Event:
    """``date`` is ISO of day, month or year precision, or empty; ``half`` a part of the day as printed (上午).

    ``paragraph``, ``start`` and ``end`` place the sentence that names the person in the article's body.
    """

    date: str
    half: str
    paragraph: int
    start: int
    end: int

    @property
    def order(self) -> tuple[str, int]:
        return self.date, HALVES.index(self.half) if self.half in HALVES else -1


def items_of(paragraphs: Sequence[str]) -> list[range]:
    """The paragraphs of each item of an article: the first begins the article, each 又讯 a further one."""
    starts = [0, *(place for place, text in enumerate(paragraphs) if place and _FURTHER.match(text))]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True)]


def events_of(
    paragraphs: Sequence[str], dates: Sequence[str], places: Sequence[tuple[int, int]], year: str = ""
) -> list[Event]:
    """The events of an article in which a person, named at ``places`` (paragraph, start), takes part.

    ``dates`` are the article's event dates (ISO), in the order of the text; ``year`` (that of the issue) completes a
    date that the text gives without one where none of ``dates`` does.
    """
    events = []
    for item in items_of(paragraphs):
        named = sorted(place for place in places if place[0] in item)
        if not named:
            continue
        dated = next((found for n in item if (found := _date_in(paragraphs[n], n, dates, year))), None)
        chosen = _sentence(paragraphs, named[0])
        for place in named:
            sentence = _sentence(paragraphs, place)
            if dated and sentence[0] == dated.paragraph and sentence[1] <= dated.at < sentence[2]:
                chosen = sentence
                break
        paragraph, start, end = chosen
        own = _date_in(paragraphs[paragraph][start:end], paragraph, dates, year) or dated
        unread = dates[0] if item.start == 0 and dates else ""
        events.append(Event(own.value if own else unread, own.half if own else "", paragraph, start, end))
    return events


@dataclass(frozen=True, slots=True)
class _Dated:
    value: str
    half: str
    paragraph: int
    at: int


def _sentence(paragraphs: Sequence[str], place: tuple[int, int]) -> tuple[int, int, int]:
    paragraph, at = place
    for start, end in sentences(paragraphs[paragraph]):
        if start <= at < end:
            return paragraph, start, end
    return paragraph, 0, len(paragraphs[paragraph])


def _date_in(text: str, paragraph: int, dates: Sequence[str], year: str) -> _Dated | None:
    """The first month and day in ``text``, with the year stated there or else that of the same day in ``dates``."""
    match = _MONTH_DAY.search(text)
    if not match:
        return None
    half = _HALF.match(text, match.end())
    tail = f"-{int(match[2]):02}-{int(match[3]):02}"
    known = next((date for date in dates if date.endswith(tail)), "")
    value = match[1] + tail if match[1] else known or (year + tail if year else "")
    return _Dated(value, half[1] if half else "", paragraph, match.start())
