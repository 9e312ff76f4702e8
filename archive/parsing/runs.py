"""From blocks to runs: paragraphs from an opening, a byline or a heading on, with the headings that stand between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archive.parsing.blocks import HEADING, PARAGRAPH, Draft
from archive.parsing.formulas import bare_date
from archive.parsing.heads import salutes
from archive.parsing.lines import Line
from archive.parsing.marks import AUTHOR, BYLINE, JUMP
from archive.parsing.words import ARROWS, NOTICE_TITLES


@dataclass(slots=True)
class Story:
    """An article in the making. ``body`` holds its paragraphs and 小标题, ``headings`` groups of heading drafts."""

    body: list[Draft]
    headings: list[Draft] = field(default_factory=list)
    bylines: list[Draft] = field(default_factory=list)
    #: It begins with an opening or a byline, so that its first line is certain.
    sure_start: bool = False
    heading_after: bool = False
    jumps: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    guessed_order: bool = False
    #: A signature or a note ends it, so that no 小标题 goes on.
    ended: bool = False
    #: The agreement (0 to 1) of its headings with its words.
    agreement: float = 0.0


@dataclass(slots=True)
class Gap:
    """What stands between two runs of paragraphs."""

    headings: list[Draft] = field(default_factory=list)


def runs_of(drafts: Sequence[Draft], lines: Sequence[Line]) -> tuple[list[Story], list[Gap]]:
    """Runs of paragraphs that begin at an opening, a byline or after a heading, and the gaps around them."""
    runs: list[Story] = []
    gaps = [Gap()]
    pending: list[Draft] = []
    arriving: list[Draft] = []
    introducing: list[Draft] = []
    for place, draft in enumerate(drafts):
        if draft.sort is HEADING:
            if runs and not gaps[-1].headings and _closes(runs[-1], gaps[-2].headings, draft, lines):
                runs[-1].body += [replace(draft, places=[place], closed=True) for place in draft.places]
                runs[-1].ended = True
                continue
            gaps[-1].headings.append(draft)
        elif draft.mark is BYLINE:
            if runs and not gaps[-1].headings and not _begins(drafts, place):
                runs[-1].bylines.append(draft)
                runs[-1].ended = True
            else:
                pending.append(draft)
        elif draft.mark is JUMP:
            if COMES_FROM.match(text_of(draft, lines)):
                arriving.append(draft)
            elif runs:
                runs[-1].jumps.append(draft)
        elif draft.mark is AUTHOR:
            if runs:
                runs[-1].notes.append(draft)
                runs[-1].ended = True
        elif draft.sort is PARAGRAPH:
            new = not runs or draft.opening or pending or gaps[-1].headings or arriving
            if new and _EDITORS_NOTE.match(lines[draft.places[0]].text):
                introducing.append(draft)
            elif new:
                runs.append(
                    Story(
                        [draft],
                        bylines=pending,
                        sure_start=draft.opening
                        or bool(pending or arriving)
                        or _is_notice(gaps[-1].headings, lines)
                        or salutes(lines[draft.places[0]].text),
                    )
                )
                gaps.append(Gap())
                pending = []
                runs[-1].jumps, arriving = arriving, []
                runs[-1].notes, introducing = introducing, []
            else:
                runs[-1].body.append(draft)
    if introducing:
        runs.append(Story(introducing))
        gaps.append(Gap())
    if pending:
        (runs[-1].bylines if runs else []).extend(pending)
    return runs, gaps


#: 上接一版: the text goes on from another page.
COMES_FROM = re.compile(rf"[（(【{ARROWS}]*(?:上接|紧接|緊接|接)")


def _is_notice(headings: Sequence[Draft], lines: Sequence[Line]) -> bool:
    """Whether the nearest heading above a text is a notice's title (遗失声明)."""
    if not headings:
        return False
    text = text_of(headings[-1], lines)
    return len(text) <= _NOTICE_TITLE and text.endswith(NOTICE_TITLES)


_NOTICE_TITLE = 12  # characters
_SIGNATURE_WIDTH = 20.0  # em
#: 编者按: what the editors say before an article.
_EDITORS_NOTE = re.compile(r"[【\[]?(?:编者按|編者按|编者的话|开栏的话|开栏语)[】\]]?[：:\u3400-\u9fff]")


def _closes(story: Story, titles: Sequence[Draft], draft: Draft, lines: Sequence[Line]) -> bool:
    """Whether what looks like a heading is the signature below a notice: who gives it and its date."""
    if bare_date(lines[draft.places[-1]].text):
        return True
    if len(draft.places) > 1 or lines[draft.places[0]].width > _SIGNATURE_WIDTH:
        return False
    if lines[story.body[-1].places[0]].text.startswith("特此"):
        return True
    return not draft.after_blank and _is_notice(titles, lines)


def _begins(drafts: Sequence[Draft], place: int) -> bool:
    """Whether a byline stands above a text without an opening rather than below the one before."""
    for draft in drafts[place + 1 :]:
        if draft.mark is BYLINE:
            continue
        return draft.sort is PARAGRAPH and not draft.opening
    return False


def text_of(draft: Draft, lines: Sequence[Line]) -> str:
    """A draft's visible characters."""
    return "".join([lines[place].text for place in draft.places])
