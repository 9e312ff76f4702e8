"""The plan that matches headings to runs: how well they agree with a run's words, and the best choice for all gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from archive.parsing.blocks import Draft
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.pairs import asked_by, spoken
from archive.parsing.runs import Gap, Story, text_of

#: How many articles before and after are looked at to see which words are common on the page.
_NEAR = 8
#: How much of an article is held against a heading: what it is about stands at its beginning.
_SPOKEN = 700


def agreements(
    runs: Sequence[Story], gaps: Sequence[Gap], lines: Sequence[Line]
) -> dict[tuple[int, int], float]:
    """(heading's id, run) → how far a heading agrees with the words of a run beside it, rare words counting more."""
    headings = [(place, heading) for place, gap in enumerate(gaps) for heading in gap.headings]
    if not headings:
        return {}
    asked = asked_by([text_of(heading, lines) for _, heading in headings])
    # Run n is heard in column n + 1; the outer columns are of no run.
    heard = np.zeros((len(asked.pairs), len(runs) + 2), np.bool_)
    heard[:, 1:-1] = spoken(asked.pairs, [_beginning(story, lines) for story in runs])
    before = heard.cumsum(axis=1, dtype=np.int32)  # how many of the runs up to a column
    # Of each pair of a heading: the gap where that stands, and how many of the runs near it speak the pair.
    gap = np.array([place for place, _ in headings])[asked.text]
    near = (
        before[asked.pair, np.minimum(gap + _NEAR, len(runs))]
        - before[asked.pair, np.maximum(gap - _NEAR, 0)]
    )
    weights = _WEIGHTS[near]

    def summed(told: np.ndarray) -> list[float]:
        return np.bincount(asked.text, told, len(headings)).tolist()  # type: ignore[no-any-return]

    found: dict[tuple[int, int], float] = {}
    above, below = weights * heard[asked.pair, gap], weights * heard[asked.pair, gap + 1]
    for (place, heading), total, *told in zip(
        headings, summed(weights), summed(above), summed(below), strict=True
    ):
        found[id(heading), place - 1], found[id(heading), place] = (each / (total or 1.0) for each in told)
    return found


#: What a pair counts that so many of the runs near a heading speak: 1 / (1 + n), times a number by which all are whole,
#: so that their sums are exact.
_WEIGHTS = math.lcm(*range(1, 2 * _NEAR + 2)) / np.arange(1.0, 2 * _NEAR + 2)


def _beginning(story: Story, lines: Sequence[Line]) -> str:
    """As much of a story's text as headings are held against."""
    found = ""
    for draft in story.body:
        found += text_of(draft, lines)
        if len(found) >= _SPOKEN:
            break
    return found[:_SPOKEN]


class Choice(NamedTuple):
    """A gap's headings: the first ``after`` belong to the run above, the rest to the one below; or they are 小标题."""

    after: int
    inside: bool = False
    #: The last of the headings is none, but the first line of the text below it.
    text: bool = False


class _State(NamedTuple):
    """A partial plan: its score, its last choice and the state before that."""

    score: float
    choice: Choice
    previous: _State | None


#: For each gap, and for each number of its headings from 0: how well so many fit the run above, the others that below.
Fits = Sequence[Sequence[tuple[float, float]]]


def fits_of(gaps: Sequence[Gap], weigher: Weigher) -> Fits:
    """How well each gap's headings fit the runs beside it, however they are split between these."""
    return [split_fits(gap.headings, place, weigher) for place, gap in enumerate(gaps)]


def split_fits(headings: Sequence[Draft], place: int, weigher: Weigher) -> list[tuple[float, float]]:
    """How well the first 0, 1 … of a gap's headings fit the run above it, and the others the run below."""
    return [
        (weigher.fit(headings[:after], place - 1), weigher.fit(headings[after:], place))
        for after in range(len(headings) + 1)
    ]


def plan(
    runs: Sequence[Story],
    gaps: Sequence[Gap],
    fits: Fits,
    insides: dict[int, float],
    texts: dict[int, tuple[float, Sequence[tuple[float, float]]]],
    side_after: bool,
    unsure: float,
    knobs: Knobs,
) -> tuple[float, list[Choice]]:
    """The best choice for every gap under one layout, and its score.

    ``insides``: the gaps at which an article may go on, over a 小标题 or to a further item, and what that costs;
    ``texts``: the gaps whose last heading may be text, what that costs, and how the others then fit;
    ``unsure``: what an article without an opening costs.
    States: how many heading groups stand before the current article, its own runs joined by 小标题.
    """
    above_side = knobs.side if side_after else -knobs.side
    first = len(gaps[0].headings)
    states = {first: _State(fits[0][0][1] - (above_side if first else 0.0), Choice(0), None)}
    if 0 in texts:
        cost, others = texts[0]
        side = above_side if first > 1 else 0.0
        _keep(states, first - 1, _State(others[0][1] - side - cost, Choice(0, text=True), None))
    for place in range(1, len(gaps)):
        count = len(gaps[place].headings)
        is_last = place == len(runs)
        following: dict[int, _State] = {}
        begins = 0.0 if is_last or runs[place].sure_start else -unsure
        splits: list[tuple[int, Choice, float]] = []
        for after in range(count if is_last else 0, count + 1):
            left = count - after
            worth = sum(fits[place][after]) + begins
            worth += (above_side if after else 0.0) - (above_side if left else 0.0)
            worth -= knobs.split if after and left else 0.0
            splits.append((left, Choice(after), worth))
        if place in texts and count > 1:
            cost, others = texts[place]
            for after in range(count):
                left = count - 1 - after
                worth = sum(others[after]) + begins - cost
                worth += (above_side if after else 0.0) - (above_side if left else 0.0)
                splits.append((left, Choice(after, text=True), worth))
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
                _keep(following, before, _State(state.score - inside, Choice(0, inside=True), state))
            if place in texts and count == 1:
                cost, _ = texts[place]
                _keep(following, before, _State(state.score - cost, Choice(0, inside=True, text=True), state))
        states = following
    best: _State | None = max(states.values(), key=lambda state: state.score)
    score = best.score if best else 0.0
    choices: list[Choice] = []
    while best:
        choices.append(best.choice)
        best = best.previous
    return score, choices[::-1]


def _keep(states: dict[int, _State], key: int, state: _State) -> None:
    if key not in states or states[key].score < state.score:
        states[key] = state


class Weigher(NamedTuple):
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
        score -= knobs.misplaced * follows[id(headings[-1])][1]
        return score - knobs.crowded * max(0, len(headings) - 3)
