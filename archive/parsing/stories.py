"""From blocks to stories: where each article begins and which headings are its own.

Headings stand before or after their article, all on the same side on most pages. Both layouts are tried; the one whose
headings agree best with the words of their articles wins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from archive.parsing.blocks import HEADING, PARAGRAPH, Draft
from archive.parsing.formulas import NUMBERED
from archive.parsing.headings import introduces, only_follows
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.pairs import shared
from archive.parsing.plan import Choice, Weigher, agreements, fits_of, plan, split_fits
from archive.parsing.runs import Gap, Story, runs_of, text_of
from archive.parsing.words import BULLETS


def stories(drafts: Sequence[Draft], lines: Sequence[Line], knobs: Knobs) -> list[Story]:
    """The articles of a page's blocks (photos and furniture taken out), in the dump's order."""
    runs, gaps = runs_of(_apart(drafts), lines)
    if not runs:
        # Headings alone: a picture page, or a page of nothing else.
        return [Story(body=[], headings=[heading]) for gap in gaps for heading in gap.headings]
    agreement = agreements(runs, gaps, lines)
    insides = {
        place: _crosshead(runs, place, gaps[place].headings[0], lines, knobs)
        + knobs.looks_back * _looks_back(gaps[place].headings[0], place, agreement)
        for place in range(1, len(runs))
        if len(gaps[place].headings) == 1
        and not runs[place].sure_start
        and not _ended(runs[place - 1], lines)
    }
    items = {
        place: knobs.unlike_item * _unlike(_told(runs[place - 1], lines), _told(runs[place], lines), knobs)
        for place in range(1, len(runs))
        if not gaps[place].headings
        and not runs[place].bylines
        and _filed(runs[place - 1], lines)
        and _filed(runs[place], lines)
    }
    weigher = Weigher(
        agreement,
        {
            id(heading): (only_follows(raw), introduces(raw))
            for gap in gaps
            for heading in gap.headings
            for raw in [_raw(heading, lines)]
        },
        knobs,
    )
    unsure = knobs.unsure * _certainty(runs, gaps, lines, knobs)
    fits = fits_of(gaps, weigher)
    texts: dict[int, tuple[float, Sequence[tuple[float, float]]]] = {
        place: (gap.headings[-1].margin, split_fits(gap.headings[:-1], place, weigher))
        for place, gap in enumerate(gaps[:-1])
        if gap.headings and gap.headings[-1].unsure and not runs[place].sure_start
    }
    plans = [
        plan(
            runs,
            gaps,
            fits,
            insides | {place: cost + item for place, cost in items.items()},
            texts,
            after,
            unsure,
            knobs,
        )
        for after, item in ((False, knobs.item), (True, knobs.item_after))
    ]
    _, choices = max(plans, key=lambda each: each[0])
    return _carried_out(runs, gaps, choices, agreement)


def _apart(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with what may be a heading above a paragraph apart from it: the plan puts it back if it is none."""
    found: list[Draft] = []
    for draft in drafts:
        if draft.sort is PARAGRAPH and 0 < draft.unsure < len(draft.places):
            heading, rest = draft.places[: draft.unsure], draft.places[draft.unsure :]
            found.append(replace(draft, sort=HEADING, places=heading, closed=True, midway=False))
            found.append(replace(draft, places=rest, unsure=0, midway=False))
        else:
            found.append(draft)
    return found


def _filed(story: Story, lines: Sequence[Line]) -> bool:
    """Whether an agency filed it (新华社伦敦1月12日电): several such items may stand under one headline."""
    return bool(_AGENCY.match(lines[story.body[0].places[0]].text))


_AGENCY = re.compile(r"(?:据|據)?(?:新华社|新華社|中新社|法新社|路透社|美联社|中央社)")


def _ended(story: Story, lines: Sequence[Line]) -> bool:
    """Whether a story says itself that it is over: a signature below it or at its end."""
    return story.ended or bool(_SIGNED.search(lines[story.body[-1].places[-1]].text))


_SIGNED = re.compile(
    r"(?:^|[。！？”])[（(](?:[\u3400-\u9fff·、]{2,12}|[^（）()。，]{2,28}(?:电|讯|报道|供稿))[）)]$"
)


def _certainty(runs: Sequence[Story], gaps: Sequence[Gap], lines: Sequence[Line], knobs: Knobs) -> float:
    """How far this page's articles begin with an opening or a byline (0 to 1), so that others hardly are articles."""
    sure = sum(run.sure_start for run in runs)
    plain = 0.0
    for run, gap in zip(runs, gaps, strict=False):
        if not run.sure_start:
            plain += 0.1 if len(gap.headings) == 1 and _short(gap.headings[0], lines, knobs) else 1.0
    return sure / (sure + plain) if sure else 0.0


def _short(heading: Draft, lines: Sequence[Line], knobs: Knobs) -> bool:
    """Whether a heading is as short as 小标题 are, or wrapped to its column as they are."""
    return heading.in_column or sum(lines[place].width for place in heading.places) <= knobs.crosshead_width


def _crosshead(
    runs: Sequence[Story], place: int, heading: Draft, lines: Sequence[Line], knobs: Knobs
) -> float:
    """What it costs to read the heading above a run as 小标题 of the article that the run above belongs to."""
    if NUMBERED.match(lines[heading.places[0]].text):
        return -knobs.numbered
    cost = knobs.crosshead if _short(heading, lines, knobs) else knobs.long_crosshead
    cost -= 0.0 if runs[place].body[0].after_blank else knobs.glued_crosshead
    stacked = len(heading.places) > 1 and not heading.in_column
    if stacked or _begins_list(runs[place - 1], runs[place], lines):
        cost += knobs.stacked_crosshead
    elif sum(lines[each].width for each in heading.places) <= knobs.word_crosshead:
        cost -= knobs.word
    return cost + _unlike(_words(runs[place - 1], lines), _words(runs[place], lines), knobs)


def _unlike(above: str, below: str, knobs: Knobs) -> float:
    """How far the words of two texts speak against their being one article's; below 0: for it."""
    speaks = knobs.cohesion * math.log((shared(above, below) + _LEAST) / knobs.cohesive)
    return -max(-knobs.most_cohesion, min(knobs.most_cohesion, speaks))


def _words(story: Story, lines: Sequence[Line]) -> str:
    return "".join([text_of(draft, lines) for draft in story.body])


def _told(story: Story, lines: Sequence[Line]) -> str:
    """What an item says below its first line: the opening's words are those of any other item."""
    return "".join([lines[place].text for draft in story.body for place in draft.places][1:])


def _looks_back(heading: Draft, place: int, agreement: dict[tuple[int, int], float]) -> float:
    """By how much more of a heading's words the text above it has than the one below, which a 小标题 would name.

    0 without a blank above: there it may as well be a line of the text above.
    """
    if not heading.after_blank:
        return 0.0
    above, below = (agreement.get((id(heading), run), 0.0) for run in (place - 1, place))
    return max(0.0, above - below)


def _begins_list(above: Story, below: Story, lines: Sequence[Line]) -> bool:
    """Whether bulleted items (●…) begin below a heading and none stand above it: a list has a headline of its own."""
    return lines[below.body[0].places[0]].text[0] in BULLETS and not any(
        lines[draft.places[0]].text[0] in BULLETS for draft in above.body
    )


_LEAST = 0.005  # so that texts without a pair in common have a logarithm, too


def _raw(heading: Draft, lines: Sequence[Line]) -> str:
    return "".join(lines[place].raw for place in heading.places)


def _carried_out(
    runs: Sequence[Story],
    gaps: Sequence[Gap],
    choices: Sequence[Choice],
    agreement: dict[tuple[int, int], float],
) -> list[Story]:
    found: list[Story] = []
    for place, (gap, choice) in enumerate(zip(gaps, choices, strict=True)):
        above = found[-1] if found else None
        headings = gap.headings
        if choice.text:
            first = runs[place].body[0]
            runs[place].body[0] = replace(
                first, places=[*headings[-1].places, *first.places], after_blank=headings[-1].after_blank
            )
            headings = headings[:-1]
        if choice.inside and above:
            above.body += [*headings, *runs[place].body]
            above.bylines += runs[place].bylines
            above.jumps += runs[place].jumps
            above.notes += runs[place].notes
            continue
        if above and choice.after:
            above.headings += headings[: choice.after]
            above.heading_after = True
            above.agreement = max(
                agreement.get((id(heading), place - 1), 0.0) for heading in headings[: choice.after]
            )
        if place < len(runs):
            run = runs[place]
            run.headings = list(headings[choice.after :])
            run.agreement = max(
                (agreement.get((id(heading), place), 0.0) for heading in run.headings),
                default=0.0,
            )
            found.append(run)
    return found
