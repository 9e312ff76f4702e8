"""From strips to blocks: which are headings, which run on into the next one, where paragraphs begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from statistics import median

from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import Mark
from archive.parsing.strips import Strip
from archive.parsing.words import (
    HANGING,
    KICKER_ENDINGS,
    NEVER_BEGINS,
    NEVER_ENDS_HEADING,
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
    headings = _headings(lines, strips, is_wrapped, knobs)
    columns = _columns(lines, strips)
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
            else:
                drafts.append(Draft(Sort.HEADING, places, strip.mark, strip.after_blank))
        elif (
            last
            and last.sort is Sort.PARAGRAPH
            and previous
            and runs_on(lines, previous, strip, columns, is_wrapped, knobs)
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


def _headings(lines: Sequence[Line], strips: Sequence[Strip], is_wrapped: bool, knobs: Knobs) -> list[bool]:
    """For each strip whether it is a heading, decided from the page's end backwards: what follows is then known."""
    page = "".join(line.text for line in lines)
    found = [False] * len(strips)
    for place in range(len(strips) - 1, -1, -1):
        strip = strips[place]
        if strip.mark is not Mark.NONE or not _may_be_heading(lines, strips, place, knobs):
            continue
        following = strips[place + 1] if place + 1 < len(strips) else None
        follows_fresh = following is None or following.fresh or found[place + 1]
        score = _heading_score(lines, strip, following, follows_fresh, page, is_wrapped, knobs)
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
    return text[-1] not in NEVER_ENDS_HEADING and text[-1] != "。" and text[0] not in NEVER_BEGINS


def _heading_score(
    lines: Sequence[Line],
    strip: Strip,
    following: Strip | None,
    follows_fresh: bool,
    page: str,
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
    score -= 1.6 * min(commas, 3)
    score += 2.0 if any(_PHRASES.search(line.raw) for line in own if not line.stretched) else 0.0
    score -= 2.0 if any(line.stretched for line in own) and width < 30 else 0.0
    if text.startswith(SENTENCE_OPENERS) or _LEADING_DATE.match(text):
        score -= 2.0
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
        score -= 0.5
    if following is None:
        return score
    first = lines[following.start]
    if not follows_fresh and not closed:
        junction = own[-1].text[-1:] + first.text[:1]
        if page.count(junction) > 1:
            score -= 1.5
        if first.text[0] in NEVER_BEGINS:
            score -= 8.0
        if first.text.startswith(SENTENCE_OPENERS) or _LEADING_DATE.match(first.text):
            score += 2.0
        if is_wrapped:
            score += _fit(own, lines, following, knobs)
        elif first.width > knobs.unwrapped_from:
            score += 2.0
    if is_wrapped and not first.after_blank and not follows_fresh:
        score -= 2.0
    return score


def _fit(own: Sequence[Line], lines: Sequence[Line], following: Strip, knobs: Knobs) -> float:
    """How well the lines' widths speak against their being the beginning of the paragraph that follows."""
    after = lines[following.start : following.end]
    column = following.head_width or max(line.width for line in after[:3])
    score = 0.0
    if len(after) >= 2:
        first_narrow = abs(after[0].width - (column - knobs.indent)) <= knobs.indent_slack
        score += 1.5 if first_narrow else -1.0
    elif after[0].closure == 2:
        score -= 0.5
    as_opening = abs(own[0].width - (column - knobs.indent)) <= knobs.indent_slack
    as_inner = all(abs(line.width - column) <= 1 for line in own[1:])
    score += -1.5 if as_opening and as_inner else 1.5
    return score


def _columns(lines: Sequence[Line], strips: Sequence[Strip]) -> list[float]:
    """The column widths of the page, by how often they occur, widest use first."""
    counts: dict[float, int] = {}
    for strip in strips:
        if strip.head_width:
            width = round(strip.head_width)
            counts[width] = counts.get(width, 0) + strip.end - strip.start
    return sorted(counts, key=lambda width: -counts[width])


def runs_on(
    lines: Sequence[Line],
    above: Strip,
    below: Strip,
    columns: Sequence[float],
    is_wrapped: bool,
    knobs: Knobs,
) -> bool:
    """Whether the strip below continues the paragraph of the one above (a column break, a flush sentence end)."""
    if below.fresh or above.alone:
        return False
    last, first = lines[above.end - 1], lines[below.start]
    if first.text[0] in NEVER_BEGINS:
        return True
    if last.closure == 0:
        return True
    if not is_wrapped:
        return False
    before = _tail_column(lines, above)
    after = _head_column(lines, below, before)
    if before and not last.stretched and last.width < before - knobs.short_by:
        return False
    if last.closure == 1 and not first.after_blank and above.end - above.start > 1:
        # Mid-sentence marks at a line's end: only a narrow line begins anew.
        return not _narrow(first, after, knobs)
    if _narrow(first, after, knobs):
        return False
    if not after:
        return False
    if (
        below.end - below.start == 1
        and first.closure == 2
        and first.width < after - knobs.indent - knobs.indent_slack
    ):
        return not first.after_blank
    if abs(first.width - after) <= 1.0 or first.stretched:
        return True
    return last.closure == 1


def _narrow(line: Line, column: float, knobs: Knobs) -> bool:
    """Whether the line is narrower than its column by a paragraph's indent."""
    return (
        bool(column)
        and not line.stretched
        and abs(line.width - (column - knobs.indent)) <= knobs.indent_slack
    )


def _tail_column(lines: Sequence[Line], strip: Strip) -> float:
    """The column's width where a strip ends: from its own lines, or those of the same paragraph above."""
    if strip.tail_width:
        return strip.tail_width
    own = [line.width for line in lines[strip.start : strip.end - 1]]
    if strip.start and not strip.fresh:
        own += [line.width for line in lines[max(0, strip.start - 4) : strip.start]]
    return max(own, default=0.0)


def _head_column(lines: Sequence[Line], strip: Strip, before: float) -> float:
    """The column's width where a strip begins: from its own lines, or those that follow without a blank."""
    if strip.head_width:
        return strip.head_width
    widths: list[float] = []
    for line in lines[strip.start + 1 : strip.start + 6]:
        if line.after_blank and len(widths) >= 1:
            break
        widths.append(line.width)
        if len(widths) >= 4:
            break
    near = [width for width in widths if abs(width - lines[strip.start].width) <= 4]
    if strip.end - strip.start == 2 and lines[strip.end - 1].closure == 2:
        # Of two lines the second is the paragraph's last: it says nothing, unless it reaches further.
        return max(before, lines[strip.end - 1].width) if before else lines[strip.end - 1].width
    if not near:
        return before
    return max(median(near), max(near) if len(near) < 3 else 0.0)
