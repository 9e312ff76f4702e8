"""From strips to blocks: which are headings, which run on into the next one, where paragraphs begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from archive.parsing.formulas import NUMBERED
from archive.parsing.heads import SIGNATURE, heads, opens_sentence
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import CREDIT, NONE, OPENING, PART, VERSE, Mark
from archive.parsing.rooms import Rooms
from archive.parsing.strips import Strip, tail_width
from archive.parsing.torn import in_column, torn
from archive.parsing.words import (
    BULLETS,
    NEVER_BEGINS,
    SURNAMES,
)


class Sort(Enum):
    """What a block is before it is known which article it belongs to."""

    PARAGRAPH = auto()
    HEADING = auto()
    MARK = auto()


#: The members by name alone, as those of ``Mark``.
PARAGRAPH, HEADING, MARK = Sort


@dataclass(slots=True)
class Draft:
    """A block in the making: places in the page's list of lines."""

    sort: Sort
    places: list[int]
    mark: Mark = NONE
    after_blank: bool = True
    #: The paragraph's last line ends a sentence.
    closed: bool = True
    #: Its beginning reads like the middle of a sentence.
    midway: bool = False
    #: A heading whose lines are broken where the column of the text around it ends: 小标题 are, headlines are not.
    in_column: bool = False
    #: Its first so many places are, if it is a paragraph, perhaps a heading; all of them, if a heading, perhaps text.
    unsure: int = 0
    #: How much more like a heading than like text these places are.
    margin: float = 0.0
    #: Part of it stood elsewhere on the page.
    moved: bool = False

    @property
    def opening(self) -> bool:
        return self.mark is OPENING


class Apart(Enum):
    """What a page has before each paragraph, so that a line without it begins none."""

    NOTHING = auto()
    BLANK = auto()
    INDENT = auto()


def blocks(
    lines: Sequence[Line], strips: Sequence[Strip], page: str, is_wrapped: bool, knobs: Knobs
) -> list[Draft]:
    """The page's blocks in the dump's order. Every line is in exactly one. ``page``: the text of all lines."""
    rooms = Rooms(lines)
    strips = torn(lines, strips, rooms) if is_wrapped else strips
    headings = heads(lines, strips, page, rooms, is_wrapped, knobs)
    apart = _before_paragraphs(lines, strips, knobs)
    drafts: list[Draft] = []
    previous: Strip | None = None
    captions = _captions(strips)
    for place, (strip, likeness) in enumerate(zip(strips, headings, strict=True)):
        places = list(range(strip.start, strip.end))
        last = drafts[-1] if drafts else None
        if strip.mark is not NONE and (strip.alone or strip.mark is PART):
            drafts.append(Draft(MARK, places, strip.mark, strip.after_blank))
        elif likeness.heading:
            if last and last.sort is HEADING and not strip.after_blank and not strip.fresh:
                last.places += places
                last.in_column = False
                last.unsure = 0
            else:
                as_column = is_wrapped and in_column(lines, strip, rooms)
                drafts.append(Draft(HEADING, places, strip.mark, strip.after_blank, in_column=as_column))
                drafts[-1].unsure = len(places) * likeness.unsure
                drafts[-1].margin = likeness.margin
        elif (
            last
            and last.sort is PARAGRAPH
            and previous
            and not (place in captions and lines[previous.end - 1].closure == 2)
            and runs_on(lines, rooms, last.places, previous, strip, is_wrapped, apart, knobs)
        ):
            last.places += places
            last.closed = lines[places[-1]].closure > 0
        else:
            text = lines[places[0]].text
            drafts.append(
                Draft(
                    PARAGRAPH,
                    places,
                    strip.mark,
                    strip.after_blank,
                    strip.mark is VERSE or lines[places[-1]].closure > 0,
                    text[0] in NEVER_BEGINS,
                    unsure=len(places) * likeness.unsure,
                    margin=likeness.margin,
                )
            )
        previous = strip
    return drafts


def _captions(strips: Sequence[Strip]) -> frozenset[int]:
    """The strips with which the captions of photos begin whose credit stands below: after the last blank above it."""
    found: set[int] = set()
    for place, strip in enumerate(strips):
        if strip.mark is CREDIT:
            first = place - 1
            while first > 0 and not strips[first].after_blank:
                first -= 1
            found.add(first)
    return frozenset(found)


def _before_paragraphs(lines: Sequence[Line], strips: Sequence[Strip], knobs: Knobs) -> Apart:
    """What this page has before each paragraph, as far as lines show that clearly end one."""
    ends = blanks = glued = indents = 0
    for strip, following in pairwise(strips):
        last = lines[strip.end - 1]
        if last.closure == 2 and last.width < tail_width(lines, strip) - 2:
            first = lines[following.start]
            if not following.fresh:
                ends += 1
                blanks += first.after_blank
            if not (first.after_blank or following.alone):
                glued += 1
                indents += first.indented
    if glued >= knobs.indents_from and indents >= 0.9 * glued:
        return Apart.INDENT
    return Apart.BLANK if ends >= 4 and blanks >= 0.9 * ends else Apart.NOTHING


def runs_on(
    lines: Sequence[Line],
    rooms: Rooms,
    paragraph: Sequence[int],
    above: Strip,
    below: Strip,
    is_wrapped: bool,
    apart: Apart,
    knobs: Knobs,
) -> bool:
    """Whether the strip below continues the paragraph of the one above (a column break, a flush sentence end).

    ``paragraph`` are the places of the paragraph so far, which ends with the strip above. ``apart``: what this
    page has before each paragraph.
    """
    if below.fresh or above.alone:
        return False
    last, first = lines[above.end - 1], lines[below.start]
    if first.text[0] in NEVER_BEGINS or (not first.after_blank and SIGNATURE.match(first.text)):
        return True
    if first.after_blank and _BRACKETED_NUMBER.match(first.text):
        return False
    if last.closure == 0:
        return is_wrapped or not begins_sentence(first.text)
    if last.closure == 1 and last.text[-1] in "”》" and first.text[0] in "“《":
        return True  # one quotation after another: “四清理一规范”⏎“五改两化”
    if last.closure == 2 and begins_item(first.text):
        return False
    if above.mark is OPENING and len(paragraph) == 1 and last.closure == 1:
        return True  # the opening has a line of its own: 本报讯（记者…）
    if not is_wrapped:
        return False
    if apart is Apart.INDENT and not first.after_blank:
        return True
    before = rooms.column(reversed(paragraph[1:-1]))
    column = before or rooms.below(below.start) or rooms.above(paragraph[0])
    if not column:
        return False
    room = column - (knobs.indent if len(paragraph) == 1 else 0.0)
    if apart is Apart.BLANK and not first.after_blank and not last.after_blank:
        return rooms.of(above.end - 1)[1] > room - 1
    if not last.stretched and rooms.of(above.end - 1)[1] <= room + knobs.room_slack:
        # The next character would have gone on this line: its paragraph ended here.
        return False
    after = rooms.below(below.start) or column
    if _short_last(lines, below) and first.width <= after - knobs.indent:
        # A short last line says nothing of its indent.
        return not first.after_blank
    indented = rooms.may_be(below.start, after - knobs.indent, 0.0)
    flush = rooms.may_be(below.start, after, 0.0)
    if indented != flush:
        return flush
    if not indented:
        if first.after_blank and first.width > after + 1.2:
            return False
        nearer = abs(first.width - (after - knobs.indent)) - abs(first.width - after)
        return nearer > 0 or (nearer == 0 and not first.after_blank)
    return not first.after_blank


_BRACKETED_NUMBER = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
#: A numbered or bulleted item, a question, an answer.
_ITEM = re.compile(rf"{NUMBERED.pattern}|[{BULLETS}]\S|(?:问|答|记者|本报记者|主持人)[：:]")
#: Somebody's turn: 步云舟：…
_TURN = re.compile(r"[\u3400-\u9fff]{2,3}[：:]")


def begins_item(text: str) -> bool:
    """Whether a line that stands below a sentence's end begins an item of a list or a turn of an interview."""
    return bool(_ITEM.match(text)) or (text[0] in SURNAMES and bool(_TURN.match(text)))


#: What begins a sentence: somebody who speaks.
_SPEAKS = re.compile(r"[\u3400-\u9fff]{2,4}(?:强调|指出|要求|表示|介绍|说|认为)[,，:：]")


def begins_sentence(text: str) -> bool:
    """Whether a line reads like the beginning of a sentence, so that the broken one above doesn't go on in it."""
    return opens_sentence(text) or bool(_SPEAKS.match(text))


def _short_last(lines: Sequence[Line], strip: Strip) -> bool:
    """Whether the strip is a single line that ends a sentence and, with it, perhaps its paragraph."""
    if strip.end - strip.start > 1 or lines[strip.start].closure < 2:
        return False
    return (
        strip.end >= len(lines)
        or lines[strip.end].after_blank
        or lines[strip.end].width > lines[strip.start].width
    )
