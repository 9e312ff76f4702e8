"""From blocks to stories: where each article begins and which headings are its own.

Headings stand before or after their article, all on the same side on most pages. Both layouts are tried; the one whose
headings agree best with the words of their articles wins.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from archive.parsing.blocks import Draft, Sort
from archive.parsing.headings import introduces, only_follows
from archive.parsing.heads import salutes
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.marks import NUMBERED, Mark, bare_date
from archive.parsing.pairs import pairs_of, shared
from archive.parsing.words import ARROWS, BULLETS, NOTICE_TITLES

#: How many articles before and after are looked at to see which words are common on the page.
_NEAR = 8
#: How much of an article is held against a heading: what it is about stands at its beginning.
_SPOKEN = 700


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
class _Gap:
    """What stands between two runs of paragraphs."""

    headings: list[Draft] = field(default_factory=list)


def stories(drafts: Sequence[Draft], lines: Sequence[Line], knobs: Knobs) -> list[Story]:
    """The articles of a page's blocks (photos and furniture taken out), in the dump's order."""
    runs, gaps = _runs(drafts, lines)
    if not runs:
        # Headings alone: a picture page, or a page of nothing else.
        return [Story(body=[], headings=[heading]) for gap in gaps for heading in gap.headings]
    agreement = _agreements(runs, gaps, lines)
    insides = {
        place: _crosshead(runs, place, gaps[place].headings[0], lines, knobs)
        for place in range(1, len(runs))
        if len(gaps[place].headings) == 1
        and not runs[place].sure_start
        and not _ended(runs[place - 1], lines)
    }
    items = [
        place
        for place in range(1, len(runs))
        if not gaps[place].headings
        and not runs[place].bylines
        and _filed(runs[place - 1], lines)
        and _filed(runs[place], lines)
    ]
    weigher = _Weigher(
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
    fits = _fits(gaps, weigher)
    plans = [
        _plan(runs, gaps, fits, insides | dict.fromkeys(items, item), after, unsure, knobs)
        for after, item in ((False, knobs.item), (True, knobs.item_after))
    ]
    _, choices = max(plans, key=lambda plan: plan[0])
    return _carried_out(runs, gaps, choices, agreement)


def _runs(drafts: Sequence[Draft], lines: Sequence[Line]) -> tuple[list[Story], list[_Gap]]:
    """Runs of paragraphs that begin at an opening, a byline or after a heading, and the gaps around them."""
    runs: list[Story] = []
    gaps = [_Gap()]
    pending: list[Draft] = []
    arriving: list[Draft] = []
    introducing: list[Draft] = []
    for place, draft in enumerate(drafts):
        if draft.sort is Sort.HEADING:
            if runs and not gaps[-1].headings and _closes(runs[-1], gaps[-2].headings, draft, lines):
                runs[-1].body += [replace(draft, places=[place], closed=True) for place in draft.places]
                runs[-1].ended = True
                continue
            gaps[-1].headings.append(draft)
        elif draft.mark is Mark.BYLINE:
            if runs and not gaps[-1].headings and not _begins(drafts, place):
                runs[-1].bylines.append(draft)
                runs[-1].ended = True
            else:
                pending.append(draft)
        elif draft.mark is Mark.JUMP:
            if COMES_FROM.match(text_of(draft, lines)):
                arriving.append(draft)
            elif runs:
                runs[-1].jumps.append(draft)
        elif draft.mark is Mark.AUTHOR:
            if runs:
                runs[-1].notes.append(draft)
                runs[-1].ended = True
        elif draft.sort is Sort.PARAGRAPH:
            new = not runs or draft.opening or pending or gaps[-1].headings
            if new and _EDITORS_NOTE.match(lines[draft.places[0]].text):
                introducing.append(draft)
            elif new:
                runs.append(
                    Story(
                        [draft],
                        bylines=pending,
                        sure_start=draft.opening
                        or bool(pending)
                        or _is_notice(gaps[-1].headings, lines)
                        or salutes(lines[draft.places[0]].text),
                    )
                )
                gaps.append(_Gap())
                pending = []
                runs[-1].jumps, arriving = arriving, []
                runs[-1].notes, introducing = introducing, []
            else:
                runs[-1].body.append(draft)
    if introducing:
        runs.append(Story(introducing))
        gaps.append(_Gap())
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
    if draft.after_blank or len(draft.places) > 1 or lines[draft.places[0]].width > _SIGNATURE_WIDTH:
        return False
    return _is_notice(titles, lines) or lines[story.body[-1].places[0]].text.startswith("特此")


def _begins(drafts: Sequence[Draft], place: int) -> bool:
    """Whether a byline stands above a text without an opening rather than below the one before."""
    for draft in drafts[place + 1 :]:
        if draft.mark is Mark.BYLINE:
            continue
        return draft.sort is Sort.PARAGRAPH and not draft.opening
    return False


def text_of(draft: Draft, lines: Sequence[Line]) -> str:
    """A draft's visible characters."""
    return "".join([lines[place].text for place in draft.places])


def _agreements(
    runs: Sequence[Story], gaps: Sequence[_Gap], lines: Sequence[Line]
) -> dict[tuple[int, int], float]:
    """(heading's id, run) → how far a heading agrees with the words of a run beside it, rare words counting more."""
    headings = [
        (place, id(heading), frozenset(pairs_of(text_of(heading, lines))))
        for place, gap in enumerate(gaps)
        for heading in gap.headings
    ]
    asked = frozenset().union(*[pairs for _, _, pairs in headings])
    #: Pair → the runs that speak it, in order.
    spoken: dict[int, list[int]] = {pair: [] for pair in asked}
    for run, story in enumerate(runs):
        text = "".join([text_of(draft, lines) for draft in story.body])[:_SPOKEN]
        for pair in asked.intersection(pairs_of(text)):
            spoken[pair].append(run)
    found: dict[tuple[int, int], float] = {}
    for place, heading, pairs in headings:
        total = above = below = 0.0
        for pair in pairs:
            speaking = spoken[pair]
            near = bisect_left(speaking, place + _NEAR) - bisect_left(speaking, place - _NEAR)
            weight = 1.0 / (1 + near)
            total += weight
            if near:
                above += weight * (place - 1 in speaking)
                below += weight * (place in speaking)
        found[heading, place - 1] = above / (total or 1.0)
        found[heading, place] = below / (total or 1.0)
    return found


class _Choice(NamedTuple):
    """A gap's headings: the first ``after`` belong to the run above, the rest to the one below; or they are 小标题."""

    after: int
    inside: bool = False


class _State(NamedTuple):
    """A partial plan: its score, its last choice and the state before that."""

    score: float
    choice: _Choice
    previous: _State | None


#: For each gap and each number of its headings: how well these fit the run above, and the others the one below.
_Fits = Sequence[Sequence[tuple[float, float]]]


def _fits(gaps: Sequence[_Gap], weigher: _Weigher) -> _Fits:
    return [
        [
            (weigher.fit(headings[:after], place - 1), weigher.fit(headings[after:], place))
            for after in range(len(headings) + 1)
        ]
        for place, gap in enumerate(gaps)
        for headings in [gap.headings]
    ]


def _plan(
    runs: Sequence[Story],
    gaps: Sequence[_Gap],
    fits: _Fits,
    insides: dict[int, float],
    side_after: bool,
    unsure: float,
    knobs: Knobs,
) -> tuple[float, list[_Choice]]:
    """The best choice for every gap under one layout, and its score.

    ``insides``: the gaps at which an article may go on, over a 小标题 or to a further item, and what that costs;
    ``unsure``: what an article without an opening costs.
    States: how many heading groups stand before the current article, its own runs joined by 小标题.
    """
    above_side = knobs.side if side_after else -knobs.side
    first = len(gaps[0].headings)
    states = {first: _State(fits[0][0][1] - (above_side if first else 0.0), _Choice(0), None)}
    for place in range(1, len(gaps)):
        count = len(gaps[place].headings)
        is_last = place == len(runs)
        following: dict[int, _State] = {}
        begins = 0.0 if is_last or runs[place].sure_start else -unsure
        splits: list[tuple[int, _Choice, float]] = []
        for after in range(count if is_last else 0, count + 1):
            left = count - after
            worth = sum(fits[place][after]) + begins
            worth += (above_side if after else 0.0) - (above_side if left else 0.0)
            splits.append((left, _Choice(after), worth))
        inside = insides.get(place)
        for before, state in states.items():
            for left, choice, worth in splits:
                total = state.score + worth
                if choice.after and before:
                    total -= knobs.two_sided
                if not choice.after and not before:
                    total -= knobs.headless
                _keep(following, left, _State(total, choice, state))
            if inside is not None:
                _keep(following, before, _State(state.score - inside, _Choice(0, inside=True), state))
        states = following
    best: _State | None = max(states.values(), key=lambda state: state.score)
    score = best.score if best else 0.0
    choices: list[_Choice] = []
    while best:
        choices.append(best.choice)
        best = best.previous
    return score, choices[::-1]


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


def _certainty(runs: Sequence[Story], gaps: Sequence[_Gap], lines: Sequence[Line], knobs: Knobs) -> float:
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
    above, below = (
        "".join([text_of(draft, lines) for draft in run.body]) for run in (runs[place - 1], runs[place])
    )
    speaks = knobs.cohesion * math.log((shared(above, below) + _LEAST) / knobs.cohesive)
    return cost - max(-knobs.most_cohesion, min(knobs.most_cohesion, speaks))


def _begins_list(above: Story, below: Story, lines: Sequence[Line]) -> bool:
    """Whether bulleted items (●…) begin below a heading and none stand above it: a list has a headline of its own."""
    return lines[below.body[0].places[0]].text[0] in BULLETS and not any(
        lines[draft.places[0]].text[0] in BULLETS for draft in above.body
    )


_LEAST = 0.005  # so that texts without a pair in common have a logarithm, too


def _keep(states: dict[int, _State], key: int, state: _State) -> None:
    if key not in states or states[key].score < state.score:
        states[key] = state


def _raw(heading: Draft, lines: Sequence[Line]) -> str:
    return "".join(lines[place].raw for place in heading.places)


class _Weigher(NamedTuple):
    """What tells how well headings fit a run."""

    agreement: dict[tuple[int, int], float]
    #: Heading's id → whether it can't come first (副标题), whether it can't come last (引题).
    follows: dict[int, tuple[bool, bool]]
    knobs: Knobs

    def fit(self, headings: Sequence[Draft], run: int) -> float:
        """How well these headings fit as the run's own, on whichever side of it they stand."""
        if not headings:
            return 0.0
        agreement, follows, knobs = self
        shares = [agreement.get((id(heading), run), 0.0) for heading in headings]
        score = knobs.agreement * max(shares) + 0.25 * knobs.agreement * (sum(shares) - max(shares))
        score -= knobs.misplaced * follows[id(headings[0])][0]
        score -= knobs.misplaced * (len(headings) > 1 and follows[id(headings[-1])][1])
        return score - knobs.crowded * max(0, len(headings) - 3)


def _carried_out(
    runs: Sequence[Story],
    gaps: Sequence[_Gap],
    choices: Sequence[_Choice],
    agreement: dict[tuple[int, int], float],
) -> list[Story]:
    found: list[Story] = []
    for place, (gap, choice) in enumerate(zip(gaps, choices, strict=True)):
        above = found[-1] if found else None
        if choice.inside and above:
            above.body += [*gap.headings, *runs[place].body]
            above.bylines += runs[place].bylines
            above.jumps += runs[place].jumps
            above.notes += runs[place].notes
            continue
        if above and choice.after:
            above.headings += gap.headings[: choice.after]
            above.heading_after = True
            above.agreement = max(
                agreement.get((id(heading), place - 1), 0.0) for heading in gap.headings[: choice.after]
            )
        if place < len(runs):
            run = runs[place]
            run.headings = list(gap.headings[choice.after :])
            run.agreement = max(
                (agreement.get((id(heading), place), 0.0) for heading in run.headings),
                default=0.0,
            )
            found.append(run)
    return found
