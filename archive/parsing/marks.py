"""Lines that say themselves what they are: openings, bylines, credits, captions, furniture."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import IntEnum, auto

from archive.parsing import formulas
from archive.parsing.boxes import boxes
from archive.parsing.bylines import may_be_name, names_in, plain_names
from archive.parsing.formulas import bare_date
from archive.parsing.lines import Line
from archive.parsing.parts import parts
from archive.parsing.traits import AGENCIES, EDITS, FILES, PROMOTES, SIGNS, TELLS, TELLS_FIRST, TELLS_LAST
from archive.parsing.verses import may_be_verse, verses
from archive.parsing.words import (
    ARROWS,
    ARROWS_OR_BULLETS,
    BULLETS,
    COLUMN_LABELS,
    NEVER_ENDS_HEADING,
)
from archive.structure import Kind


class Mark(IntEnum):
    """What a line is by its own words. (Numbers hash fast, and every line's mark is looked up often.)"""

    NONE = auto()
    OPENING = auto()  # 电头: 本报讯（记者…
    FURTHER = auto()  # 又讯: a further item of the same article
    BYLINE = auto()  # 本报记者 郭树勋
    CREDIT = auto()  # 本报记者 刘金元 摄
    CAPTION = auto()  # ⬆10月22日，…
    NOTE = auto()  # （本栏稿件均由…整理）
    PAGE_HEAD = auto()
    LABEL = auto()
    JUMP = auto()
    EDITORS = auto()
    PROMOTION = auto()
    BOX = auto()  # 价格表、天气、广告: lines without sentences
    AUTHOR = auto()  # （作者系…）
    PART = auto()  # 元素一 …: a numbered part's own heading
    VERSE = auto()  # a poem's line


#: The members by name alone: Python 3.11 takes twenty times as long to look one up on its class, and they are asked for
#: a thousand times a page.
(
    NONE,
    OPENING,
    FURTHER,
    BYLINE,
    CREDIT,
    CAPTION,
    NOTE,
    PAGE_HEAD,
    LABEL,
    JUMP,
    EDITORS,
    PROMOTION,
    BOX,
    AUTHOR,
    PART,
    VERSE,
) = Mark

#: Marks whose line stands for itself: text neither runs into it nor out of it.
ALONE = frozenset({BYLINE, CREDIT, NOTE, PAGE_HEAD, LABEL, JUMP, EDITORS, PROMOTION, BOX, AUTHOR})

#: The furniture that a mark makes.
FURNITURE = {
    NOTE: Kind.ATTRIBUTION,
    PAGE_HEAD: Kind.PAGE_HEAD,
    LABEL: Kind.LABEL,
    JUMP: Kind.JUMP,
    EDITORS: Kind.EDITORS,
    PROMOTION: Kind.PROMOTION,
    BOX: Kind.OTHER,
}

#: Marks that a line which goes on with the one before has only by chance.
_WEAK = frozenset({PROMOTION, AUTHOR, BYLINE, FURTHER, OPENING, LABEL})


def mark_of(line: Line, resumes: bool = False) -> Mark:
    """The mark of one line. ``resumes``: the line before breaks off right above it, so only strong marks count."""
    text = line.text
    if line.traits & _TELLS:
        return _told(line, resumes)
    if resumes:
        return NONE
    if line.traits & PROMOTES and line.closure < 2 and _promotes(line):
        return PROMOTION
    return LABEL if len(text) <= _LABEL and _labels(text) else NONE


def _promotes(line: Line) -> bool:
    text = line.text
    return bool(
        line.traits & PROMOTES and len(text) <= 60 and "，" not in text and formulas.PROMOTION.search(text)
    )


#: 8797409: a telephone number that stands alone.
_NUMBER_ALONE = re.compile(r"[0-9]{3,4}-?[0-9]{4,8}$")


_LABEL = 10  # characters
_AUTHOR = 4  # characters of a bare name
_DECORATION = "【】[]《》〈〉·*—-" + BULLETS


def _labels(text: str) -> bool:
    return text.strip(_DECORATION) in COLUMN_LABELS


def _told(line: Line, resumes: bool) -> Mark:
    """The mark of a line that has something by which marks are told."""
    text = line.text
    first = text[0]
    size = len(text)
    spaced = len(line.raw) > size
    if spaced and not resumes and line.closure == 0 and ("班" in text or "级" in text) and _is_pupil(line):
        return BYLINE
    if "版" in text and size <= 48 and line.closure < 2 and _guides(line):
        return BOX
    if first in ARROWS and first not in ARROWS_OR_BULLETS and size > 3:
        return JUMP if "版" in text and formulas.JUMP.match(text) else CAPTION
    if size <= 64 and line.closure < 2:
        if text[-1] in "摄攝图圖" and not resumes and formulas.WROTE_TOO.search(text) and _names_author(line):
            return BYLINE
        if (size <= 60 and text[-1] in formulas.CREDIT_LAST) or "摄影" in text or "图：" in text:
            found = formulas.CREDIT.match(text)
            if found and found.end() == size and found.group("credit"):
                return CREDIT
        if "版" in text or "年" in text or first.isdigit() or (size <= 10 and first.isascii()):
            if "版" in text and (formulas.JUMP.match(text) or formulas.SEE.match(text)):
                return JUMP
            if size <= 60 and (
                formulas.PAGE_HEAD.match(text)
                or ("，" not in text and formulas.DAY.search(text) and formulas.DATED.search(text))
            ):
                return PAGE_HEAD
        if not resumes and (_promotes(line) or (first.isdigit() and _NUMBER_ALONE.match(text))):
            return PROMOTION
        if line.traits & EDITS and (
            formulas.EDITORS.match(text) or (spaced and formulas.EDITORS.match(line.raw))
        ):
            return EDITORS
    if first in formulas.FIRST or "由" in text[:16] or "读者" in text or "/" in text or "报记者" in text[:9]:
        notes = "由" in text or "本报" in text or "记者" in text
        if notes and size <= 64 and formulas.NOTE.match(text):
            return NOTE
        if size <= 60 and not resumes and ("作者" in text or "师" in text) and formulas.AUTHOR.match(text):
            return AUTHOR
        if (
            size <= 40
            and line.closure < 2
            and not resumes
            and line.traits & SIGNS
            and formulas.BYLINE.match(text)
            and not formulas.BYLINE_VERBS.search(text)
            and _names_somebody(line)
        ):
            return BYLINE
    if line.traits & FILES:
        filed = line.traits & AGENCIES
        if filed and formulas.STRONG_OPENING.match(text):
            return OPENING
        if not resumes:
            if ("又" in text or "另" in text) and formulas.FURTHER.match(text):
                return FURTHER
            if filed and formulas.OPENING.match(text):
                return OPENING
    return LABEL if not resumes and size <= _LABEL and _labels(text) else NONE


def _guides(line: Line) -> bool:
    """Whether a line says what stands on another page. A page's head names a day."""
    return bool(formulas.GUIDE.match(line.raw)) and not formulas.DATED.search(line.text)


def _is_pupil(line: Line) -> bool:
    found = formulas.PUPIL.match(line.raw)
    return bool(found and plain_names(line.raw[found.end("home") :]))


def _names_somebody(line: Line) -> bool:
    """Whether what follows 记者 reads like names (not 记者走基层); the paper's own 本报记者 is trusted."""
    if formulas.HAS_PAPER.search(line.text) and not line.text.count("：") + line.text.count(":"):
        return True
    if line.text[0] in BULLETS:
        alone = plain_names(line.raw.lstrip(BULLETS))
        if alone:
            return True
        if not formulas.TITLED.search(line.text):
            return False
    reader = formulas.READER.search(line.raw)
    if reader:
        return bool(plain_names(line.raw[reader.end() :]))
    names = names_in(line.raw)
    everybody = (*names.reporters, *names.correspondents)
    return all(map(may_be_name, everybody))


def marks(lines: Sequence[Line], series_from: int) -> list[Mark]:
    """The marks of a page's lines. A numbered heading counts as a part's from ``series_from`` of its kind."""
    found = [NONE] * len(lines)
    apart = dict.fromkeys(boxes(lines), BOX) | dict.fromkeys(parts(lines, series_from), PART)
    last = len(lines) - 1
    authors: list[int] = []  # that verses may stand below
    for place in _telling(lines, apart):
        line = lines[place]
        mark = apart.get(place) or mark_of(line)
        if mark is not NONE:
            mark = _in_place(mark, lines, place, found)
        elif (
            not line.closure
            and line.text[0] in formulas.OPENING_FIRST
            and place < last
            and _breaks_in_opening(line, lines[place + 1])
            and not _resumes(lines, place, found)
        ):
            mark = OPENING
        found[place] = mark
        named = mark is BYLINE or (mark is NONE and len(line.text) <= _AUTHOR and may_be_name(line.text))
        if named and place < last and may_be_verse(lines[place + 1]):
            authors.append(place)
    if authors:
        unmarked = frozenset([place for place, mark in enumerate(found) if mark is NONE])
        for author, poem in verses(lines, authors, unmarked).items():
            found[author] = BYLINE
            for place in poem:
                found[place] = VERSE
    return found


def _telling(lines: Sequence[Line], apart: Collection[int]) -> list[int]:
    """The places of lines that can have a mark: two thirds of a page's are spared what tells one by one."""
    telling = [
        place for place, line in enumerate(lines) if line.traits & _MAY_TELL or len(line.text) <= _LABEL
    ]
    return sorted({*telling, *apart}) if apart else telling


_TELLS = TELLS | TELLS_FIRST | TELLS_LAST
_MAY_TELL = _TELLS | PROMOTES


def _in_place(mark: Mark, lines: Sequence[Line], place: int, found: Sequence[Mark]) -> Mark:
    """What is left of a line's mark by what stands around it. ``found``: the marks of the lines before."""
    if mark in _WEAK and _resumes(lines, place, found):
        mark = mark_of(lines[place], resumes=True)
    if (mark is CAPTION and _heads_item(lines, place)) or (mark is PROMOTION and _inside(lines, place)):
        return NONE
    if mark is PAGE_HEAD:
        unmarked = _in_text(lines, place, _resumes(lines, place, found))
    else:
        unmarked = mark is OPENING and _signs(lines, place)
    return NONE if unmarked else mark


def _inside(lines: Sequence[Line], place: int) -> bool:
    """Whether a line stands amid a paragraph: lines as wide as itself above and below it break off like it."""
    if place == 0 or place + 1 == len(lines):
        return False
    above, line, below = lines[place - 1 : place + 2]
    apart = line.after_blank or below.after_blank or above.closure or line.closure
    return (
        not apart
        and line.width >= _COLUMN
        and max(abs(above.width - line.width), abs(below.width - line.width)) <= _INDENT
    )


_COLUMN, _INDENT = 12.0, 2.5  # em


def _heads_item(lines: Sequence[Line], place: int) -> bool:
    """Whether an arrow begins no caption but a headline: a line alone between two blanks, without a sentence."""
    line = lines[place]
    below_blank = place + 1 == len(lines) or lines[place + 1].after_blank
    return (
        line.after_blank
        and below_blank
        and not line.closure
        and "，" not in line.text
        and line.text[0] in BULLETS
    )


def _resumes(lines: Sequence[Line], place: int, found: Sequence[Mark]) -> bool:
    """Whether the line before breaks off and this one may go on with it. ``found``: the marks of the lines before."""
    line = lines[place]
    if not place or line.after_blank or line.indented or lines[place - 1].closure:
        return False
    above = found[place - 1]
    if above in ALONE:
        return False
    if above is OPENING:
        return True
    return not (_heads(lines, place - 1) or (_names_author(line) and _all_head(lines, place)))


def _in_text(lines: Sequence[Line], place: int, resumes: bool) -> bool:
    """Whether a line that reads like a page's head is a notice's own date, or a text's line that ends on a date."""
    line = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else None
    if place > _TOP and bare_date(line.text):
        return True
    goes_on = (
        following is not None
        and not following.after_blank
        and (place > _TOP or resumes or following.closure == 0)
    )
    return (
        goes_on and "版" not in line.text and not formulas.DAY.search(line.text) and not bare_date(line.text)
    )


def _signs(lines: Sequence[Line], place: int) -> bool:
    """Whether a line that could open an article names who wrote the text that ends right above it."""
    if not place or lines[place - 1].closure < 2 or not formulas.SIGNATURE.match(lines[place].text):
        return False
    return place + 1 == len(lines) or lines[place + 1].after_blank or not lines[place].after_blank


def _breaks_in_opening(line: Line, following: Line) -> bool:
    """Whether an opening begins on this line and goes on with the next one (新华社北京10月21⏎日电)."""
    if following.text[0] not in "（(月日号號电電讯訊消0123456789":
        return False
    return bool(
        formulas.BROKEN_OPENING.match(line.text) and formulas.OPENING.match(line.text + following.text[:30])
    )


_TOP = 6  # lines in which a page's head stands


def _heads(lines: Sequence[Line], place: int) -> bool:
    """Whether the line stands first after a blank or a sentence, so that it may be a heading by itself."""
    line = lines[place]
    if not line.after_blank and (place == 0 or lines[place - 1].closure < 2):
        return False
    return not (
        line.width > 34 or line.text[-1] in NEVER_ENDS_HEADING or "，" in line.text or "。" in line.text
    )


def _names_author(line: Line) -> bool:
    return (
        line.closure == 0
        and (line.text[0] in formulas.FIRST or "/" in line.text or "报记者" in line.text[:9])
        and bool(formulas.BYLINE.match(line.text))
    )


def _all_head(lines: Sequence[Line], place: int) -> bool:
    """Whether all lines between the last blank and this one may be a heading's.

    A subheadline has commas as a text has; but no text has a blank below the byline that seems to stand in it.
    """
    below_blank = place + 1 < len(lines) and lines[place + 1].after_blank
    for above in range(place - 1, max(-1, place - 1 - _HEADING_LINES), -1):
        line = lines[above]
        if line.width > 34 or "。" in line.text or ("，" in line.text and not below_blank):
            return False
        if line.after_blank:
            return True
    return False


_HEADING_LINES = 4
