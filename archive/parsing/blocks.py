"""From strips to blocks: which are headings, which run on into the next one, where paragraphs begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import Mark
from archive.parsing.rooms import Rooms
from archive.parsing.strips import Strip
from archive.parsing.words import (
    HANGING,
    KICKER_ENDINGS,
    NEVER_BEGINS,
    NEVER_ENDS_HEADING,
    NOTICE_TITLES,
    SENTENCE_OPENERS,
)


class Sort(Enum):
    """What a block is before it is known which article it belongs to."""

    PARAGRAPH = auto()
    HEADING = auto()
    MARK = auto()


@dataclass(slots=True)
class Draft:
    """A block in the making: places in the page's list of lines."""

    sort: Sort
    places: list[int]
    mark: Mark = Mark.NONE
    after_blank: bool = True
    #: The paragraph's last line ends a sentence.
    closed: bool = True
    #: Its beginning reads like the middle of a sentence.
    midway: bool = False
    #: A heading whose lines are broken where the column of the text around it ends: 小标题 are, headlines are not.
    in_column: bool = False

    @property
    def opening(self) -> bool:
        return self.mark is Mark.OPENING


_PHRASES = re.compile(r"[\u3400-\u9fff”》）)][ \u3000]+[“《\u3400-\u9fff]")
_FINITE = re.compile(r"[。！？!?]")
_LEADING_DATE = re.compile(r"[0-9０-９一二三四五六七八九十]{1,4}(?:年|月)")
_SERIES = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、．])"
)


def blocks(lines: Sequence[Line], strips: Sequence[Strip], is_wrapped: bool, knobs: Knobs) -> list[Draft]:
    """The page's blocks in the dump's order. Every line is in exactly one."""
    rooms = Rooms(lines)
    strips = _torn(lines, strips, rooms) if is_wrapped else strips
    headings = _headings(lines, strips, rooms, is_wrapped, knobs)
    blanks_tell = _blanks_tell(lines, strips)
    drafts: list[Draft] = []
    previous: Strip | None = None
    for strip, is_heading in zip(strips, headings, strict=True):
        places = list(range(strip.start, strip.end))
        last = drafts[-1] if drafts else None
        if strip.alone or strip.mark is Mark.PART:
            drafts.append(Draft(Sort.MARK, places, strip.mark, strip.after_blank))
        elif is_heading:
            if last and last.sort is Sort.HEADING and not strip.after_blank and not strip.fresh:
                last.places += places
                last.in_column = False
            else:
                in_column = is_wrapped and _in_column(lines, strip, rooms)
                drafts.append(Draft(Sort.HEADING, places, strip.mark, strip.after_blank, in_column=in_column))
        elif (
            last
            and last.sort is Sort.PARAGRAPH
            and previous
            and runs_on(lines, rooms, last.places, previous, strip, is_wrapped, blanks_tell, knobs)
        ):
            last.places += places
            last.closed = lines[places[-1]].closure > 0
        else:
            text = lines[places[0]].text
            drafts.append(
                Draft(
                    Sort.PARAGRAPH,
                    places,
                    strip.mark,
                    strip.after_blank,
                    lines[places[-1]].closure > 0,
                    text[0] in NEVER_BEGINS,
                )
            )
        previous = strip
    return drafts


def _torn(lines: Sequence[Line], strips: Sequence[Strip], rooms: Rooms) -> Sequence[Strip]:
    """The strips with headings cut off from the text that extraction put in one block with them.

    The text's first line fits its column less the indent, the lines below it the whole column; those of the heading fit
    neither. They may be cut off from the text's first line by a blank.
    """
    found: list[Strip] = []
    for place, strip in enumerate(strips):
        found.append(strip)
        if strip.mark is not Mark.NONE or strip.end - strip.start < 2:
            continue
        if not _INNER.isdisjoint(lines[strip.start].text):
            continue  # its first line is no heading's
        following = strips[place + 1] if place + 1 < len(strips) else None
        cut = 0
        if strip.end - strip.start >= 3:
            cut = _text_begins(lines, strip, rooms)
        if (
            not cut
            and following
            and not following.fresh
            and strip.after_blank
            and strip.end - strip.start <= 4
            and lines[strip.end - 1].closure == 0
            and lines[following.start].after_blank
        ):
            column = rooms.column(_inner(lines, following))
            flush = lines[following.start].width >= column - 0.6 and rooms.may_be(
                following.start, column, _EXACT
            )
            cut = (
                strip.end - 1
                if column and flush and _begins(lines, strip, rooms, column, strip.end - 1)
                else 0
            )
        if cut:
            found[-1] = strip._replace(end=cut)
            found.append(strip._replace(start=cut, fresh=True, after_blank=False))
    return found


def _text_begins(lines: Sequence[Line], strip: Strip, rooms: Rooms) -> int:
    """The place in the strip where a text begins below a heading; 0 where none does."""
    last = strip.end - 1
    if lines[last].closure < 2 and strip.end - strip.start < _LONG_TEXT:
        return 0
    for place in range(strip.start + 1, min(strip.start + 5, last)):
        column = rooms.column(_inner(lines, strip._replace(start=place)))
        if (
            column
            and (place + 1 == last or rooms.may_be(place + 1, column, _EXACT))
            and _begins(lines, strip, rooms, column, place)
        ):
            return place
    return 0


_LONG_TEXT = 6  # lines


def _begins(lines: Sequence[Line], strip: Strip, rooms: Rooms, column: float, place: int) -> bool:
    heading = lines[strip.start : place]
    return (
        rooms.may_be(place, column - INDENT, _EXACT)
        and not rooms.may_be(place, column, _EXACT)
        and not rooms.may_be(place - 1, column, _EXACT)
        and not any(_INNER & set(line.text) for line in heading)
        and all(line.width <= HEADING_LINE for line in heading)
        and not (
            place == strip.start + 1
            and rooms.may_be(strip.start, column - INDENT, _EXACT)
            and heading[0].closure
        )
    )


HEADING_LINE = 42.0
INDENT = 2.0
_INDENTS_FROM = 6  # indented lines that make a page one whose paragraphs keep their indents
_EXACT = 0.01
_INNER = frozenset("，,、。；;")


def _in_column(lines: Sequence[Line], strip: Strip, rooms: Rooms) -> bool:
    """Whether a heading of two or more lines is wrapped to the column of the text above it, with its indent."""
    if strip.end - strip.start < 2 or not strip.start:
        return False
    column = rooms.column(_above(lines, strip.start))
    return (
        column > 0
        and rooms.may_be(strip.start, column - INDENT, _EXACT)
        and all(rooms.may_be(place, column, _EXACT) for place in range(strip.start + 1, strip.end - 1))
        and lines[strip.end - 1].width <= column
    )


def _blanks_tell(lines: Sequence[Line], strips: Sequence[Strip]) -> bool:
    """Whether this page has a blank before each paragraph, as far as lines show that clearly end one."""
    ends = blanks = 0
    for strip, following in pairwise(strips):
        last = lines[strip.end - 1]
        if (
            strip.tail_width
            and last.closure == 2
            and last.width < strip.tail_width - 2
            and not following.fresh
        ):
            ends += 1
            blanks += lines[following.start].after_blank
    return ends >= 4 and blanks >= 0.9 * ends


def _headings(
    lines: Sequence[Line], strips: Sequence[Strip], rooms: Rooms, is_wrapped: bool, knobs: Knobs
) -> list[bool]:
    """For each strip whether it is a heading, decided from the page's end backwards: what follows is then known."""
    page = "".join(line.text for line in lines)
    found = [False] * len(strips)
    indents_tell = sum(line.indented for line in lines) >= _INDENTS_FROM
    for place in range(len(strips) - 1, -1, -1):
        strip = strips[place]
        if strip.mark is not Mark.NONE or not _may_be_heading(lines, strips, place, knobs):
            continue
        if indents_tell and lines[strip.start].indented:
            continue  # where indents are kept they mark paragraphs
        following = strips[place + 1] if place + 1 < len(strips) else None
        follows_fresh = following is None or following.fresh or found[place + 1]
        score = _heading_score(lines, strip, following, follows_fresh, page, rooms, is_wrapped, knobs)
        if place and strips[place - 1].mark is Mark.NONE and lines[strip.start - 1].closure == 0:
            # The text above breaks off: unless that is a heading too, this is more likely its continuation.
            above_heads = _may_be_heading(lines, strips, place - 1, knobs)
            score -= 0.0 if above_heads else (3.0 if follows_fresh else 8.0)
        found[place] = score > knobs.heading_score
    return found


def _may_be_heading(lines: Sequence[Line], strips: Sequence[Strip], place: int, knobs: Knobs) -> bool:
    strip = strips[place]
    count = strip.end - strip.start
    if count > knobs.heading_lines or strip.mark is not Mark.NONE:
        return False
    own = lines[strip.start : strip.end]
    total = sum(line.width for line in own)
    if total > knobs.heading_width or max(line.width for line in own) > knobs.heading_line_width:
        return False
    text = "".join(line.text for line in own)
    if _SALUTES.match(text) or (_SIGNATURE.match(text) and not own[0].after_blank):
        return False
    return text[-1] not in NEVER_ENDS_HEADING and text[-1] != "。" and text[0] not in NEVER_BEGINS


def _heading_score(
    lines: Sequence[Line],
    strip: Strip,
    following: Strip | None,
    follows_fresh: bool,
    page: str,
    rooms: Rooms,
    is_wrapped: bool,
    knobs: Knobs,
) -> float:
    own = lines[strip.start : strip.end]
    text = "".join(line.text for line in own)
    width = sum(line.width for line in own)
    closed = own[-1].closure == 2
    score = 0.0
    score += 3.0 if follows_fresh else -1.0
    score -= 8.0 if _FINITE.search(text[:-1]) and "。" in text else 0.0
    commas = text.count("，") + text.count(",") + text.count("；")
    score -= 1.6 * min(commas, 3) + 0.7 * text.count("、")
    score += 2.0 if any(_PHRASES.search(line.raw) for line in own if not line.stretched) else 0.0
    score -= 2.0 if any(line.stretched for line in own) and width < 30 else 0.0
    if text.startswith(SENTENCE_OPENERS) or _LEADING_DATE.match(text):
        score -= 2.0
    if text.endswith(NOTICE_TITLES) and width <= 12:
        score += 4.0
    if text[-1] in HANGING:
        score -= 4.0
    if text.endswith(KICKER_ENDINGS):
        score += 0.5
    if closed:
        # ？ and ！ end headings as well as sentences.
        score -= 2.0
    if text[0] in '“‘「『"' and closed:
        score -= 2.0
    score += 0.5 if 5 <= width <= 26 else -0.5 if width < 34 else -1.5
    if strip.after_blank:
        score += 0.5
    elif not strip.fresh:
        score -= 1.0
    if following is None:
        return score
    first = lines[following.start]
    if not follows_fresh and not closed:
        junction = own[-1].text[-1:] + first.text[:1]
        if page.count(junction) > 1:
            score -= 1.5
        if first.text[0] in NEVER_BEGINS:
            score -= 8.0
        elif (
            len(first.text) > 2
            and not first.text.startswith(SENTENCE_OPENERS)
            and (first.text[1] in NEVER_BEGINS or first.text[2] in NEVER_BEGINS)
        ):
            # 断崖断⏎路，…: the rest of a word, then a comma.
            score -= 3.0 if first.text[1] in NEVER_BEGINS else 1.0
        if first.text.startswith(SENTENCE_OPENERS) or _LEADING_DATE.match(first.text):
            score += 2.0
        if is_wrapped:
            score += _fit(strip, lines, following, rooms, knobs)
        elif first.width > knobs.unwrapped_from:
            score += 2.0
    if is_wrapped and not first.after_blank and not follows_fresh:
        score -= 2.0
    return score


def _fit(strip: Strip, lines: Sequence[Line], following: Strip, rooms: Rooms, knobs: Knobs) -> float:
    """How well the lines' widths speak against their being the beginning of the paragraph that follows."""
    column = rooms.column(_inner(lines, following))
    if not column:
        after = lines[following.start : following.end]
        column = following.head_width or max(line.width for line in after[:3])
    slack = knobs.room_slack
    narrow = rooms.may_be(following.start, column - knobs.indent, slack)
    flush = rooms.may_be(following.start, column, slack)
    score = 1.5 * (narrow - flush)
    begins = rooms.may_be(strip.start, column - knobs.indent, slack)
    if not begins and strip.start:
        # Only below a line that runs to the column's end can a text go on without an indent.
        runs_on = lines[strip.start - 1].closure == 0 or rooms.may_be(strip.start - 1, column, slack)
        begins = runs_on and rooms.may_be(strip.start, column, slack)
    as_text = begins and all(
        rooms.may_be(place, column, slack) for place in range(strip.start + 1, strip.end)
    )
    return score + (-2.0 if as_text else 1.5)


def runs_on(
    lines: Sequence[Line],
    rooms: Rooms,
    paragraph: Sequence[int],
    above: Strip,
    below: Strip,
    is_wrapped: bool,
    blanks_tell: bool,
    knobs: Knobs,
) -> bool:
    """Whether the strip below continues the paragraph of the one above (a column break, a flush sentence end).

    ``paragraph`` are the places of the paragraph so far, which ends with the strip above. ``blanks_tell``: this page
    has a blank before each paragraph.
    """
    if below.fresh or above.alone:
        return False
    last, first = lines[above.end - 1], lines[below.start]
    if first.text[0] in NEVER_BEGINS or _SIGNATURE.match(first.text):
        return True
    if last.closure == 0:
        return is_wrapped or not _begins_sentence(first.text)
    if above.mark is Mark.OPENING and len(paragraph) == 1 and last.closure == 1:
        return True  # the opening has a line of its own: 本报讯（记者…）
    if not is_wrapped:
        return False
    before = rooms.column(reversed(paragraph[1:-1]))
    after = rooms.column(_inner(lines, below))
    column = before or after or rooms.column(_above(lines, paragraph[0]))
    if not column:
        return False
    room = column - (knobs.indent if len(paragraph) == 1 else 0.0)
    if blanks_tell and not first.after_blank and not last.after_blank:
        return rooms.of(above.end - 1)[1] > room - 1
    if not last.stretched and rooms.of(above.end - 1)[1] <= room + knobs.room_slack:
        # The next character would have gone on this line: its paragraph ended here.
        return False
    after = after or column
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


#: （石磊 田野）: a text's authors, on its last line.
_SIGNATURE = re.compile(r"[（(][\u3400-\u9fff·]{2,14}[）)]$")
#: What begins a sentence: somebody who speaks.
_SPEAKS = re.compile(r"[\u3400-\u9fff]{2,4}(?:强调|指出|要求|表示|介绍|说|认为)[,，:：]")
_SALUTES = re.compile(r"(?:尊敬的|亲爱的)?[\u3400-\u9fff]{0,6}(?:同志|先生|女士|朋友|读者|編輯)们?[:：]$")


def salutes(text: str) -> bool:
    """Whether a line is a letter's salutation (编辑同志：)."""
    return bool(_SALUTES.match(text))


def _begins_sentence(text: str) -> bool:
    """Whether a line reads like the beginning of a sentence, so that the broken one above doesn't go on in it."""
    return text.startswith(SENTENCE_OPENERS) or bool(_SPEAKS.match(text))


def _above(lines: Sequence[Line], start: int) -> Iterator[int]:
    """The places of full lines in the paragraphs above, nearest first."""
    for place in range(start - 1, max(-1, start - 14), -1):
        if lines[place].closure == 0 and not lines[place + 1].indented:
            yield place


def _inner(lines: Sequence[Line], strip: Strip) -> Iterator[int]:
    """The places of full lines below a strip's first one, as far as its paragraph may reach."""
    for place in range(strip.start + 1, min(strip.start + 14, len(lines) - 1)):
        line, following = lines[place], lines[place + 1]
        if line.closure == 0:
            # The line after a sentence's end may be a paragraph's first: it says nothing of the whole column.
            if place == strip.start + 1 or lines[place - 1].closure < 2:
                yield place
        elif following.after_blank or following.indented:
            return


def _short_last(lines: Sequence[Line], strip: Strip) -> bool:
    """Whether the strip is a single line that ends a sentence and, with it, perhaps its paragraph."""
    if strip.end - strip.start > 1 or lines[strip.start].closure < 2:
        return False
    return (
        strip.end >= len(lines)
        or lines[strip.end].after_blank
        or lines[strip.end].width > lines[strip.start].width
    )
