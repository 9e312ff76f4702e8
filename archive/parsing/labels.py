"""Short headings that are none: column labels (栏目), and authors' names that stand alone below a headline."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archive.parsing.blocks import HEADING, MARK, PARAGRAPH, Draft
from archive.parsing.bylines import plain_names
from archive.parsing.formulas import bare_date
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import BOX, BYLINE, FURNITURE, LABEL, NONE, PAGE_HEAD, PROMOTION
from archive.parsing.words import (
    BULLETS,
    COLUMN_LABELS,
    LABEL_ENDINGS,
    NOTICE_TITLES,
    OFFICE_ENDINGS,
)

_DECORATION = "【】[]《》〈〉「」·*—-|｜ \u3000" + BULLETS


def relabel(
    drafts: list[Draft], lines: Sequence[Line], page: str, credited: Collection[int], knobs: Knobs
) -> None:
    """Mark the headings that are labels or authors' names as what they are.

    ``page``: the text of all lines; ``credited``: the places of lines that end on a photo credit.
    """
    _part_authors(drafts, lines)
    for place, draft in enumerate(drafts):
        if draft.sort is not HEADING:
            continue
        above = drafts[place - 1] if place else None
        below = drafts[place + 1] if place + 1 < len(drafts) else None
        if _is_author(draft, above, below, lines) or _signs_letter(draft, above, lines):
            draft.sort, draft.mark = MARK, BYLINE
        elif below is not None and below.mark in _BOXED and not below.after_blank:
            draft.sort, draft.mark = MARK, below.mark  # the title of a box
        elif place < _TOP and _names_paper(draft, below, lines):
            draft.sort, draft.mark = MARK, PAGE_HEAD
        elif _is_label(place, drafts, lines, page, credited, knobs):
            draft.sort, draft.mark = MARK, LABEL


def _part_authors(drafts: list[Draft], lines: Sequence[Line]) -> None:
    """Cut off the author's name where it is the last line of a headline above a text without an opening."""
    for place in range(len(drafts) - 2, -1, -1):
        draft, below = drafts[place], drafts[place + 1]
        if (
            draft.sort is HEADING
            and len(draft.places) > 1
            and below.sort is PARAGRAPH
            and below.mark is NONE
            and _names_author(lines[draft.places[-1]], below_blank=False)
            and not plain_names(lines[draft.places[-2]].raw)
        ):
            author = Draft(MARK, [draft.places.pop()], BYLINE, after_blank=False)
            drafts.insert(place + 1, author)


_AUTHOR_WIDTH = 9.0  # em
_GLUED = 2  # names that extraction may have left without a space between them; three are words
_FULL_NAME = 3  # characters; a word of two may be no name where no headline stands above it
#: Where an author is at home stands before the name: 市实验小学三（2）班 张三.
_HOME_ENDINGS = (*OFFICE_ENDINGS, "班", "级", "学", "学院")
_HOME_WIDTH = 24.0  # em


def _names_author(line: Line, below_blank: bool) -> bool:
    """Whether a line holds nothing but names, or a body or class and its member's name.

    Names without a space between them are told only where a blank stands above them.
    """
    if line.text in COLUMN_LABELS or line.text.endswith(NOTICE_TITLES):
        return False
    if line.width <= _AUTHOR_WIDTH:
        names = plain_names(line.raw)
        return bool(names) and ((below_blank and len(names) <= _GLUED) or len(names) <= len(line.raw.split()))
    home, _, name = line.raw.rpartition(" ")
    return line.width <= _HOME_WIDTH and home.strip().endswith(_HOME_ENDINGS) and bool(plain_names(name))


def _is_author(draft: Draft, above: Draft | None, below: Draft | None, lines: Sequence[Line]) -> bool:
    """A name between a headline and a text without an opening."""
    if len(draft.places) > 1 or below is None or below.sort is not PARAGRAPH or below.mark is not NONE:
        return False
    line = lines[draft.places[0]]
    headed = above is not None and above.sort is HEADING
    return (headed or len(line.text) >= _FULL_NAME) and _names_author(line, below_blank=draft.after_blank)


#: Who writes letters to the editors signs them below: 市民 张三, 东湖区居民 张三.
_WRITERS = ("市民", "居民", "村民", "业主", "家长", "读者", "网友")


def _signs_letter(draft: Draft, above: Draft | None, lines: Sequence[Line]) -> bool:
    """A reader's name below a text."""
    if len(draft.places) > 1 or above is None or above.sort is not PARAGRAPH:
        return False
    home, _, name = lines[draft.places[0]].raw.rpartition(" ")
    return home.strip().endswith(_WRITERS) and bool(plain_names(name))


_BOXED = frozenset({BOX, PROMOTION})
_TOP = 3  # blocks in which a page's head stands
_NAME_WIDTH = 5.0  # em: 内蒙古日报, 南方都市报
_PAPERS = ("日报", "晚报", "晨报", "早报", "商报", "时报", "都市报", "日報", "晚報")


def _names_paper(draft: Draft, below: Draft | None, lines: Sequence[Line]) -> bool:
    """The paper's own name at the top of its page. Right above a text a longer one is a headline: 老人每天读晚报."""
    line = lines[draft.places[0]]
    heads_text = below is None or below.sort is PARAGRAPH
    most = _NAME_WIDTH if heads_text else _AUTHOR_WIDTH
    return len(draft.places) == 1 and line.width <= most and line.text.endswith(_PAPERS)


_WORD = 2  # characters: more than a kicker or a headline above another heading can do with


def _is_label(
    place: int,
    drafts: Sequence[Draft],
    lines: Sequence[Line],
    page: str,
    credited: Collection[int],
    knobs: Knobs,
) -> bool:
    draft = drafts[place]
    above = drafts[place - 1] if place else None
    below = drafts[place + 1] if place + 1 < len(drafts) else None
    if len(draft.places) > 1 or (below is not None and below.mark is BYLINE):
        return False
    line = lines[draft.places[0]]
    text = line.text.strip(_DECORATION)
    if not text or line.width > knobs.label_width or text.endswith(NOTICE_TITLES) or bare_date(text):
        return False
    if len(text) <= _WORD and below is not None and below.sort is HEADING and below.after_blank:
        return not text.endswith(OFFICE_ENDINGS)
    # Between a kicker and its text stands the headline, whatever word it ends on, unless it is too short for one:
    # 共赴亚运之约, 展现亚洲风采.
    between = above is not None and above.sort is HEADING and below is not None and below.sort is PARAGRAPH
    named = text in COLUMN_LABELS or (
        text.endswith(LABEL_ENDINGS) and not (between and line.width > _SHORT_WIDTH)
    )
    often = page.count(text)
    if often > 1 and not (
        named and often == sum(text in each.text for each in lines if each.width <= knobs.label_width)
    ):
        return False  # a text speaks of it
    if named:
        return True
    if text.endswith(OFFICE_ENDINGS) or line.width > knobs.short_label_width or line.closure:
        return False
    # Beside another heading, or where no text adjoins, a word that the page never says again labels the page. Above a
    # heading a longer one is its kicker.
    short = line.width <= _SHORT_WIDTH
    beside = any(each is not None and each.sort is HEADING for each in (above, below))
    if beside:
        return short
    if not any(each is not None and _is_text(each, credited) for each in (above, below)):
        return True
    return short and _ends_page(place, drafts)


_SHORT_WIDTH = 4.5  # em


def _is_text(draft: Draft, credited: Collection[int]) -> bool:
    """Whether a draft is a text's paragraph and no photo's caption."""
    return draft.sort is PARAGRAPH and draft.places[-1] not in credited


def _ends_page(place: int, drafts: Sequence[Draft]) -> bool:
    """Whether nothing but furniture stands below a draft, and headings stand above their texts on this page."""
    if any(each.mark not in FURNITURE for each in drafts[place + 1 :]):
        return False
    first = next((each.sort for each in drafts if each.sort is HEADING or each.sort is PARAGRAPH), None)
    return first is HEADING
