"""Which strips are headings rather than the beginnings of paragraphs."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from archive.parsing.brackets import left_open
from archive.parsing.formulas import LEAVES, NUMBERED
from archive.parsing.headings import particulars
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import CREDIT, JUMP, NONE
from archive.parsing.rooms import Rooms
from archive.parsing.strips import Strip, head_width
from archive.parsing.torn import in_column
from archive.parsing.words import (
    BULLETS,
    HANGING,
    KICKER_ENDINGS,
    NEVER_BEGINS,
    NEVER_ENDS_HEADING,
    NOTICE_TITLES,
    SENTENCE_OPENERS,
)

_PHRASES = re.compile(r"[\u3400-\u9fff”》）)][ \u3000]+[“《\u3400-\u9fff]")
_LONG_PHRASES = re.compile(r"[\u3400-\u9fff]{3}[”》]?[ \u3000]+[“《]?[\u3400-\u9fff]{3}")
_FINITE = re.compile(r"[。！？!?]")
_LEADING_DATE = re.compile(r"[0-9０-９一二三四五六七八九十]{1,4}(?:年|月)")
#: How leads begin, and no line that goes on with the one above: 日前，….
_LEAD = re.compile(r"(?:日前|近日|连日来|昨[日天])[，,]")
#: （石磊 田野）, （据《人民日报》）, （未完待续）: a text's authors or source on its last line.
SIGNATURE = re.compile(
    r"[（(](?:[\u3400-\u9fff·]{2,14}|[^（）()。，]{2,28}(?:电|讯|连载[0-9]*|续|报道|供稿|出版|社|》))[）)]$"
)
#: A signature of any length, right below its text.
_BRACKETED = re.compile(r"[（(][^（）()。，]{2,44}[）)]$")
_SALUTES = re.compile(r"(?:尊敬的|亲爱的)?[\u3400-\u9fff]{0,6}(?:同志|先生|女士|朋友|读者|編輯)们?[:：]$")


_OPENERS = frozenset([word[0] for word in SENTENCE_OPENERS])


def opens_sentence(text: str) -> bool:
    """Whether a text begins with a word that opens sentences (今年, 据悉 …). Few begin with such a word's character."""
    return text[0] in _OPENERS and text.startswith(SENTENCE_OPENERS)


def salutes(text: str) -> bool:
    """Whether a line is a letter's salutation (编辑同志：)."""
    return bool(_SALUTES.match(text))


class Likeness(NamedTuple):
    """Whether a strip is a heading, by how much (above 0: it is one), and whether only its place among the page's
    articles can tell: it stands alone between two blanks, like a paragraph's first line at a column's foot."""

    heading: bool
    margin: float
    unsure: bool


_UNLIKE = Likeness(heading=False, margin=-math.inf, unsure=False)

#: Indented lines that make a page one whose paragraphs keep their indents.
_INDENTS_FROM = 6


def heads(
    lines: Sequence[Line], strips: Sequence[Strip], page: str, rooms: Rooms, is_wrapped: bool, knobs: Knobs
) -> list[Likeness]:
    """For each strip how like a heading it is, decided from the page's end backwards: what follows is then known.

    ``page``: the text of all lines.
    """
    found = [_UNLIKE] * len(strips)
    indents_tell = sum([line.indented for line in lines]) >= _INDENTS_FROM
    for place in range(len(strips) - 1, -1, -1):
        strip = strips[place]
        if strip.mark is not NONE or not _may_be_heading(lines, strips, place, knobs):
            continue
        if indents_tell and lines[strip.start].indented:
            continue  # where indents are kept they mark paragraphs
        following = strips[place + 1] if place + 1 < len(strips) else None
        follows_fresh = (
            following is None
            or following.fresh
            or found[place + 1].heading
            or salutes(lines[following.start].text)
            or _opens_caption(strips, place + 1)
        )
        if following and following.mark is JUMP and _breaks_off(lines, strip, following, rooms, knobs):
            continue
        score = _heading_score(lines, strip, following, follows_fresh, page, rooms, is_wrapped, knobs)
        if not strip.fresh and strips[place - 1].mark is NONE and lines[strip.start - 1].closure == 0:
            # The text above breaks off: unless that is a heading too, this is more likely its continuation.
            before = strips[place - 1]
            ended = follows_fresh and lines[before.start - 1].closure == 2
            apart = before.after_blank or before.fresh or ended or not is_wrapped
            above_heads = apart and _may_be_heading(lines, strips, place - 1, knobs)
            weights = knobs.headlike
            score += (
                weights.below_heading
                if above_heads
                else weights.below_broken
                if follows_fresh
                else weights.inside_broken
            )
        margin = score - knobs.heading_score
        unsure = (
            is_wrapped
            and abs(margin) < knobs.unsure_heading
            and not follows_fresh
            and _stands_alone(lines, strip, following)
        )
        found[place] = Likeness(margin > 0, margin, unsure)
    return found


def _stands_alone(lines: Sequence[Line], strip: Strip, following: Strip | None) -> bool:
    """Whether a strip stands between two blanks, and what follows may go on with it."""
    if following is None or not (strip.after_blank and following.after_blank):
        return False
    return lines[following.start].text[0] not in BULLETS


def _breaks_off(lines: Sequence[Line], strip: Strip, jump: Strip, rooms: Rooms, knobs: Knobs) -> bool:
    """Whether what stands above 下转 is the text that goes on elsewhere: it fills the column of the text above."""
    column = rooms.above(strip.start) if strip.start else 0.0
    if not column or not LEAVES.search(lines[jump.start].text):
        return False
    return all(
        rooms.may_be(place, column - (knobs.indent if place == strip.start else 0.0), knobs.room_slack)
        or rooms.may_be(place, column, knobs.room_slack)
        for place in range(strip.start, strip.end)
    )


def _opens_caption(strips: Sequence[Strip], place: int) -> bool:
    """Whether the strip is a photo's caption: its credit stands right below it."""
    return strips[place].after_blank and place + 1 < len(strips) and strips[place + 1].mark is CREDIT


def _may_be_heading(lines: Sequence[Line], strips: Sequence[Strip], place: int, knobs: Knobs) -> bool:
    strip = strips[place]
    count = strip.end - strip.start
    if count > knobs.heading_lines or strip.mark is not NONE:
        return False
    ending = lines[strip.end - 1].text[-1]
    if ending == "。" or ending in NEVER_ENDS_HEADING or lines[strip.start].text[0] in NEVER_BEGINS:
        return False
    own = lines[strip.start : strip.end]
    widths = [line.width for line in own]
    if sum(widths) > knobs.heading_width or max(widths) > knobs.heading_line_width:
        return False
    text = "".join([line.text for line in own])
    if not own[0].after_blank and _BRACKETED.match(text):
        return False
    if text[-1] in "）)" and not ("（" in text or "(" in text):
        return False  # the rest of what a line above put in brackets
    return not (_SALUTES.match(text) or SIGNATURE.match(text))


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
    closed = own[-1].closure == 2
    if len(own) > 1 and particulars(own[-1].text):
        own = own[:-1]  # a subheadline's figures and commas say nothing of the headline above it
    text = "".join([line.text for line in own])
    width = sum([line.width for line in own])
    weights = knobs.headlike
    score = weights.before_fresh if follows_fresh else weights.before_text
    if _FINITE.search(text[:-1]) and "。" in text:
        score += weights.sentence
    commas = text.count("，") + text.count(",") + text.count("；")
    score += weights.comma * min(commas, 3) + weights.pause * min(text.count("、"), 2)
    spaced = [line.raw for line in own if not line.stretched and len(line.raw) > len(line.text)]
    if any(map(_LONG_PHRASES.search, spaced)):
        score += weights.long_phrases
    elif any(map(_PHRASES.search, spaced)):
        score += weights.phrases
    if width < 30 and any(line.stretched for line in own):
        score += weights.justified
    if opens_sentence(text) or _LEADING_DATE.match(text):
        score += weights.opens_sentence
    if text.endswith(NOTICE_TITLES) and width <= 12:
        score += weights.notice
    if NUMBERED.match(text):
        score += weights.numbered
    if text[-1] in HANGING:
        score += weights.hanging
    if text.endswith(KICKER_ENDINGS):
        score += weights.introduces
    if closed:
        # ？ and ！ end headings as well as sentences.
        score += weights.closed + (weights.opens_sentence if text[0] in '“‘「『"' else 0.0)
        if is_wrapped and strip.start and in_column(lines, strip, rooms):
            score += weights.wrapped_sentence
    score += weights.usual_width if 5 <= width <= 26 else weights.wide if width < 34 else weights.too_wide
    if strip.after_blank:
        score += weights.after_blank
    elif not strip.fresh:
        score += weights.glued
    if following is None:
        return score
    first = lines[following.start]
    if not follows_fresh and not closed:
        last = lines[strip.end - 1].text
        if _stands_twice(page, last[-1:] + first.text[:1]):
            score += weights.known_junction
            again = text[:2] == first.text[:2]  # a text that begins with the headline's own subject
            if is_wrapped and not again and _stands_twice(page, last[-2:] + first.text[:2]):
                score += weights.known_run
        if left_open(text, first.text):
            score += weights.goes_on
        opens = opens_sentence(first.text)
        if first.text[0] in NEVER_BEGINS:
            score += weights.goes_on
        elif (
            len(first.text) > 2
            and not opens
            and (first.text[1] in NEVER_BEGINS or first.text[2] in NEVER_BEGINS)
        ):
            # 断崖断⏎路，…: the rest of a word, then a comma.
            score += weights.rest_of_word if first.text[1] in NEVER_BEGINS else weights.rest_of_words
        if opens or _LEADING_DATE.match(first.text):
            score += weights.before_sentence
        if _LEAD.match(first.text):
            score += weights.before_lead
        if is_wrapped:
            score += _fit(strip, lines, following, rooms, knobs)
        elif first.width > knobs.unwrapped_from and not (commas and width > weights.one_phrase):
            score += weights.before_unwrapped
    if is_wrapped and not follows_fresh:
        if not first.after_blank:
            score += weights.glued_to_text
        elif _blank_came_late(lines, following):
            score += weights.late_blank
    return score


def _stands_twice(page: str, run: str) -> bool:
    """Whether a run of characters stands at two places of the page's text. Counting takes thrice as long."""
    return page.rfind(run) >= page.find(run) + len(run)


def _blank_came_late(lines: Sequence[Line], following: Strip) -> bool:
    """Whether what follows is a single line that ends a sentence, with the next paragraph right below it.

    At a column's foot extraction puts the blank that should stand there above such a line.
    """
    end = following.end
    return (
        end - following.start == 1
        and lines[following.start].closure == 2
        and end < len(lines)
        and not lines[end].after_blank
        and lines[end].closure == 0
    )


def _fit(strip: Strip, lines: Sequence[Line], following: Strip, rooms: Rooms, knobs: Knobs) -> float:
    """How well the lines' widths speak against their being the beginning of the paragraph that follows."""
    column = rooms.around(strip.start, following.start)
    if not column:
        after = lines[following.start : following.end]
        column = head_width(lines, following) or max(line.width for line in after[:3])
    slack = knobs.room_slack
    narrow = rooms.may_be(following.start, column - knobs.indent, slack)
    flush = rooms.may_be(following.start, column, slack)
    weights = knobs.headlike
    score = 0.0 if narrow == flush else weights.before_indent if narrow else weights.before_flush
    begins = rooms.may_be(strip.start, column - knobs.indent, slack)
    if not begins and strip.start:
        # Only below a line that runs to the column's end can a text go on without an indent.
        runs_on = lines[strip.start - 1].closure == 0 or rooms.may_be(strip.start - 1, column, slack)
        begins = runs_on and rooms.may_be(strip.start, column, slack)
    as_text = begins and all(
        rooms.may_be(place, column, slack) for place in range(strip.start + 1, strip.end)
    )
    if strip.end - strip.start == 1 and rooms.of(strip.start)[1] <= column - knobs.indent - weights.clearly:
        return score + weights.unfilled  # what follows would have gone on this line
    return score + (weights.fits_column if as_text else weights.unlike_column)
