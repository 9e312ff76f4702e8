"""Photos: a credit (署名) and the caption above it, or a caption that points at its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.parsing.blocks import MARK, PARAGRAPH, Draft, begins_sentence
from archive.parsing.formulas import CREDIT_LAST
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import CAPTION, CREDIT, NONE
from archive.parsing.strips import DATED

_POINTS = ("图为", "圖為", "上图", "下图", "左图", "右图", "图①", "图1", "图一", "题图")


@dataclass(slots=True)
class PhotoDraft:
    """A photo in the making: places of its caption's lines and of its credit lines."""

    caption: list[int]
    credits: list[int] = field(default_factory=list)
    #: The last caption line's credit begins here (character of the line's raw text); -1: no credit on it.
    inline: int = -1
    #: That credit goes on in ``credits``.
    broken: bool = False


def photos(
    drafts: Sequence[Draft],
    lines: Sequence[Line],
    credited: Mapping[int, int],
    knobs: Knobs,
) -> tuple[list[PhotoDraft], list[Draft | None]]:
    """The page's photos, and the drafts with None where a photo took one away (so that neighbours stay apart)."""
    left: list[Draft | None] = list(drafts)
    found: list[PhotoDraft] = []
    for place, draft in enumerate(drafts):
        if left[place] is None:
            continue
        last = draft.places[-1]
        if draft.mark is CREDIT:
            _credit(drafts, left, place, lines, found, knobs)
        elif draft.sort is not MARK and last in credited:
            taken = _extended(drafts, left, place, lines, knobs)
            found.append(PhotoDraft(_take(drafts, left, taken), inline=credited[last]))
        elif (draft.mark is CAPTION and not _credit_follows(drafts, place, credited)) or (
            draft.sort is PARAGRAPH
            and lines[draft.places[0]].text.startswith(_POINTS)
            and not _credit_follows(drafts, place, credited)
            and _width(draft, lines) <= knobs.caption_width
        ):
            found.append(PhotoDraft(_take(drafts, left, [place])))
    _close_up(left, lines)
    return found, left


def _close_up(left: list[Draft | None], lines: Sequence[Line]) -> None:
    """Join the paragraphs that a photo stood in the middle of."""
    before: Draft | None = None
    photo = False
    for place, draft in enumerate(left):
        if draft is None:
            photo = True
            continue
        if photo and before and _goes_on(before, draft, lines):
            before.places += draft.places
            before.closed = draft.closed
            left[place] = None
            continue
        before, photo = draft, False


def _goes_on(before: Draft, draft: Draft, lines: Sequence[Line]) -> bool:
    """Whether a sentence that the first leaves open can go on in the second."""
    if before.sort is not PARAGRAPH or draft.sort is not PARAGRAPH or draft.mark is not NONE or before.closed:
        return False
    return len(before.places) > 1 and not begins_sentence(lines[draft.places[0]].text)


def _credit(
    drafts: Sequence[Draft],
    left: list[Draft | None],
    place: int,
    lines: Sequence[Line],
    found: list[PhotoDraft],
    knobs: Knobs,
) -> None:
    above, draft = place - 1, drafts[place]
    if above >= 0 and left[above] is None and found and drafts[above].mark is CREDIT:
        # A second photographer on a line of its own.
        found[-1].credits += _take(drafts, left, [place])
        return
    goes_on = found and found[-1].inline > 0 and found[-1].caption[-1] == draft.places[0] - 1
    if goes_on and not draft.after_blank:
        # From the caption's last line, or it names a second photographer.
        found[-1].broken = _is_unended(found[-1], lines)
        found[-1].credits = _take(drafts, left, [place])
        return
    if above < 0 or left[above] is None or drafts[above].sort is MARK or drafts[above].opening:
        found.append(PhotoDraft([], _take(drafts, left, [place])))
        return
    caption = _take(drafts, left, _extended(drafts, left, above, lines, knobs))
    found.append(PhotoDraft(caption, _take(drafts, left, [place])))


def _is_unended(photo: PhotoDraft, lines: Sequence[Line]) -> bool:
    """Whether the credit on its caption's last line doesn't say that somebody took it."""
    return lines[photo.caption[-1]].text[-1] not in CREDIT_LAST


def _extended(
    drafts: Sequence[Draft],
    left: Sequence[Draft | None],
    place: int,
    lines: Sequence[Line],
    knobs: Knobs,
) -> list[int]:
    """The drafts of a caption that ends with the one at ``place``: a caption's first sentence may stand on a line
    of its own, so that it looks like a paragraph."""
    taken = [place]
    while len(taken) < knobs.caption_paragraphs and drafts[taken[0]].mark is not CAPTION:
        above = taken[0] - 1
        if above < 0:
            break
        draft = left[above]
        if draft is None or draft.sort is not PARAGRAPH or draft.mark not in (NONE, CAPTION):
            break
        glued = not drafts[taken[0]].after_blank and _differs(draft, drafts, above, lines)
        single = len(draft.places) == 1 and _bounded(drafts, above)
        if draft.mark is not CAPTION and not glued and not single:
            break
        taken.insert(0, above)
        if sum(_width(drafts[each], lines) for each in taken) > knobs.caption_width:
            taken.pop(0)
            break
    return taken


def _differs(draft: Draft, drafts: Sequence[Draft], place: int, lines: Sequence[Line]) -> bool:
    """Whether the paragraph stands apart from what is above it: a blank, and a day or another column's width."""
    return draft.after_blank and (
        _bounded(drafts, place)
        or bool(DATED.match(lines[draft.places[0]].text))
        or abs(_widest(draft, lines) - _widest(drafts[place - 1], lines)) > 1.5
    )


def _widest(draft: Draft, lines: Sequence[Line]) -> float:
    return max(lines[place].width for place in draft.places)


def _bounded(drafts: Sequence[Draft], place: int) -> bool:
    return place == 0 or drafts[place - 1].sort is not PARAGRAPH


def _credit_follows(drafts: Sequence[Draft], place: int, credited: Mapping[int, int]) -> bool:
    """Whether a credit ends the run of paragraphs that begins here."""
    for at in range(place + 1, min(place + 5, len(drafts))):
        draft = drafts[at]
        if draft.mark is CREDIT:
            return True
        if draft.mark is NONE and draft.places[-1] in credited:
            return True
        if draft.sort is not PARAGRAPH or draft.mark is not NONE:
            return False
    return False


def _width(draft: Draft, lines: Sequence[Line]) -> float:
    return sum(lines[place].width for place in draft.places)


def _take(drafts: Sequence[Draft], left: list[Draft | None], taken: Sequence[int]) -> list[int]:
    places: list[int] = []
    for each in taken:
        places += drafts[each].places
        left[each] = None
    return places
