"""Which stretches of a text are people's names, weighed from the tagger's odds and the newspaper's cues."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from archive.names import cues
from archive.names.folding import is_han
from archive.names.glance import SPELLING, words_of
from archive.names.known import is_common
from archive.names.lexicon import Lexicon
from archive.names.tagger import Floats, Tagging, tag_names


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts, in units of log-odds (natural logarithm)."""

    #: a name with so much evidence is taken
    accept: float = 2.0
    #: a name with so much settles its boundaries elsewhere
    settle: float = 7.0
    #: the least probability that the model is believed with, either way
    floor: float = 0.01
    #: a character with less odds of being in a name starts no search
    notice: float = 0.04
    #: with so much of it a word between an office and a deed may be a name
    glimpse: float = 0.05
    full_name: float = 0.7  # surname and two characters
    short_name: float = 0.0  # surname and one
    long_name: float = -1.5  # surname and more: mostly two names in one, or foreign
    no_surname: float = -1.5
    dotted: float = 3.0  # 铁木尔·达瓦买提
    dotted_ends: float = 5.0  # and a mark or an office on either side of it
    #: behind another character that foreign names are spelt with: 阿布都热|合曼·买买提
    dotted_cut: float = -6.0
    #: in a dotted name no character counts for less, since the model is at a loss with them
    dotted_floor: float = -2.0
    ends_in_word: float = -3.0  # 周确摄, 刘洪说
    office_before: float = 2.5
    named_before: float = 2.5  # 名叫|车晓
    writer_before: float = 2.5
    opens: float = 0.5
    joined_before: float = 0.4
    closes: float = 0.8
    remark_after: float = 2.0
    writer_after: float = 2.5  # 周确|摄
    deed_after: float = 1.0
    short_deed_after: float = 0.3
    bracketed: float = 3.0  # between an office, a writer or 名叫 and a mark or deed
    bracketed_noun: float = 7.0  # and with a surname, and no verb: 区领导|简宁|参加
    half_bracketed: float = 0.7  # of both, before a word that is no sure end: 店主|花满枝|把
    alone: float = 2.5  # all of a piece, or of the parenthesis that ends it
    known: float = 3.0  # a full name of the archive
    standing: float = 2.5  # a full name of the archive, by the dictionary's words on either side
    settled: float = 8.0  # a full name of the same article

    def __post_init__(self) -> None:
        if not (0 < self.floor < 0.5 and 0 < self.notice < 1):
            raise ValueError("floor and notice are probabilities")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters ``start`` to ``end`` that may be a name, and the evidence for it in log-odds."""

    start: int
    end: int
    evidence: float


WEIGHTS = Weights()
#: Characters: no name is longer.
LONGEST = 20

_HAN = "[\u4e00-\u9fff]"
_DOTTED = re.compile(rf"{_HAN}+(?:·{_HAN}+)+")
_NOT_IN_DOTTED = frozenset("和与的及说为是把被将从向对到就也还又已了着一二三四五六七八九十")
#: Characters that no given name is spelt with: 像|张老|这样, 李婶.
_NOT_GIVEN = frozenset("这那哪么吗呢吧啊啦们嫂婶")
#: 丁一|问：“…
_ASKS = frozenset("问答说道称")
_QUOTES = frozenset("：:，,“")
_NOMINAL = frozenset({"n", "nz", "nw", "PER", "LOC", "ORG", "a", "an", "s", "f"})
_FUNCTIONAL = frozenset({"p", "c", "d", "u", "r"})
_SMALL = _FUNCTIONAL | {"v"}
_DYNASTY = frozenset("唐宋元明清汉晋隋")


def candidates(text: str, tagging: Tagging, lexicon: Lexicon, weights: Weights = WEIGHTS) -> list[Candidate]:
    """Every stretch of a folded text that may be a name, with its evidence; they overlap."""
    noticed = np.flatnonzero(tagging.begins + tagging.inside >= weights.notice).tolist()
    places = sorted(
        {place - back for place in noticed for back in range(3) if place >= back} | titled(text, lexicon)
    )
    if not places:
        return []
    scene = Scene(text, tagging, lexicon, weights)
    datelines = cues.datelines(text)
    return [
        Candidate(start, end, evidence)
        for start, end in dict.fromkeys(spans(scene, places))
        if (evidence := weigh(scene, start, end)) > -math.inf
        and not any(first <= start and end <= last for first, last in datelines)
    ]


@dataclass(slots=True)
class Scene:
    """A text with what its places say of a name that begins or ends there, each place looked at once."""

    text: str
    tagging: Tagging
    lexicon: Lexicon
    weights: Weights
    begins: list[float] = field(init=False)  # evidence of each character as the first of a name
    inside: list[float] = field(init=False)  # as a further one
    stops: list[float] = field(init=False)  # as none, after a name
    parenthesis: tuple[int, int] | None = field(init=False)
    _before: dict[int, tuple[float, bool]] = field(init=False, default_factory=dict)
    _after: dict[int, float] = field(init=False, default_factory=dict)
    _titles: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        def log(odds: Floats) -> Floats:
            return np.log(np.clip(odds, self.weights.floor, 1 - self.weights.floor), dtype=np.float32)

        tagging = self.tagging
        nothing = log(1 - tagging.begins - tagging.inside)
        self.begins = (log(tagging.begins) - nothing).tolist()
        self.inside = (log(tagging.inside) - nothing).tolist()
        self.stops = [*log(1 - tagging.inside).tolist(), 0.0]
        self.parenthesis = cues.last_parenthesis(self.text)

    def before(self, place: int) -> tuple[float, bool]:
        """What stands before ``place`` says for a name after it, and whether it is an office or a writer (记者)."""
        if place not in self._before:
            weights, text = self.weights, self.text
            titled = max(
                weights.writer_before if cues.writer_before(text, place, self.lexicon) else 0.0,
                weights.office_before if cues.office_before(text, place, self.lexicon) else 0.0,
                weights.named_before if cues.named_before(text, place) else 0.0,
            )
            evidence = max(
                titled,
                weights.opens if cues.opens(text, place) else 0.0,
                weights.joined_before if cues.joined_before(text, place) else 0.0,
            )
            self._before[place] = evidence, titled > 0
        return self._before[place]

    def after(self, place: int) -> float:
        """What stands at ``place`` says for a name before it."""
        if place not in self._after:
            weights, text = self.weights, self.text
            deed = cues.deed_after(text, place, self.lexicon)
            self._after[place] = max(
                weights.remark_after if cues.remark_after(text, place) else 0.0,
                weights.closes if cues.closes(text, place) else 0.0,
                weights.deed_after if deed > 1 or text.startswith("说", place) else 0.0,
                weights.short_deed_after if deed else 0.0,
                weights.writer_after if cues.writer_after(text, place, self.lexicon) else 0.0,
            )
        return self._after[place]

    def plausible(self, start: int, end: int, surname: str) -> bool:
        """Whether what stands between an office and its deed may be a name though the tagger sees none.

        Two characters after a surname may; one only if the tagger half sees a name and takes it for no verb, since
        there words stand too: 领导|班子|建设.
        """
        if end - start - len(surname) == 2:
            return True
        tagging = self.tagging
        tag = tag_names()[tagging.best[start]]
        kind = tag.removesuffix("-B")
        if cues.writer_before(self.text, start, self.lexicon):
            return kind not in _SMALL
        noun = tag.endswith("-B") and kind in _NOMINAL
        if cues.post_before(self.text, start, self.lexicon):
            if is_common(self.text[start:end]):  # 局长|时钟|通报; but 企业家|沙龙|收集, 书记|项目
                return noun and cues.deed_after(self.text, end, self.lexicon) > 1
            return kind not in _FUNCTIONAL
        seen = float(tagging.begins[start] + tagging.inside[start + 1 : end].sum())
        return noun and seen >= self.weights.glimpse

    def verb(self, place: int) -> bool:
        """Whether the tagger sees a verb of two characters or more begin at ``place``."""
        return [tag_names()[tag] for tag in self.tagging.best[place : place + 2]] == ["v-B", "v-I"]

    def title(self, place: int) -> int:
        """How long a title (主席, 先生) stands at ``place``; 0 if none."""
        if place not in self._titles:
            self._titles[place] = len(cues.begins_with(self.text, place, self.lexicon.titles))
        return self._titles[place]


def titled(text: str, lexicon: Lexicon) -> set[int]:
    """Where a surname stands right behind an office, 记者 or 名叫."""
    places = (match.start() for match in lexicon.surname_behind.finditer(text))
    return {
        place
        for place in places
        if cues.office_before(text, place, lexicon)
        or cues.writer_before(text, place, lexicon)
        or cues.named_before(text, place)
    }


def spans(scene: Scene, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where names may begin (at ``places``) and end, in the shapes that names have.

    A surname alone is a shape too: in 江主席 it keeps 江主 from being taken for a name.
    """
    text, notice = scene.text, scene.weights.notice
    begins, inside = scene.tagging.begins, scene.tagging.inside
    for start in places:
        if not is_han(text[start]):
            continue
        ends = set()
        if surname := scene.lexicon.surname(text[start : start + 4]):
            ends |= {start + len(surname) + given for given in range(3)}
        if begins[start] >= notice:
            end = start + 1
            while end < min(len(text), start + LONGEST) and inside[end] >= 2 * notice:
                end += 1
                ends.add(end)
        for end in ends:
            if end <= len(text) and is_han(text[start:end]):
                yield start, end
    if "·" in text:
        yield from _dotted_spans(text, set(places))


def _dotted_spans(text: str, near: set[int]) -> Iterator[tuple[int, int]]:
    for match in _DOTTED.finditer(text):
        if not near.isdisjoint(range(*match.span())):
            first, last = text.index("·", match.start()), text.rindex("·", *match.span())
            # The first and last part may run into other words: 中将铁木尔·达瓦买提说.
            for start in range(max(match.start(), first - 6), first):
                for end in range(last + 3, min(match.end(), last + 8) + 1):
                    yield start, end


def weigh(scene: Scene, start: int, end: int) -> float:
    """The evidence that characters ``start`` to ``end`` are a name, against their being none."""
    name, weights = scene.text[start:end], scene.weights
    surname = scene.lexicon.surname(name)
    if impossible(scene, start, end, surname):
        return -math.inf
    dotted = "·" in name
    further = scene.inside[start + 1 : end]
    if dotted:
        further = [max(weights.dotted_floor, one) for one in further]
    evidence = scene.begins[start] + sum(further) + scene.stops[end]
    if end - start == 1:
        return evidence
    before, titled = scene.before(start)
    after = scene.after(end)
    evidence += before + after + shape(name, surname, scene.lexicon, weights)
    acts = titled and not dotted and scene.verb(end) and cues.post_before(scene.text, start, scene.lexicon)
    closed = after > weights.short_deed_after or acts
    if titled and (after or acts):
        bracketed = weights.bracketed
        if (
            surname
            and not dotted
            and name[-1] not in scene.lexicon.parts
            and scene.plausible(start, end, surname)
        ):
            bracketed += weights.bracketed_noun
        evidence += bracketed if closed else bracketed * weights.half_bracketed
    if dotted and start and not before and name[0] in SPELLING and scene.text[start - 1] in SPELLING:
        evidence += weights.dotted_cut
    if dotted:
        evidence += weights.dotted_ends * (bool(before) + cues.closes(scene.text, end))
    if (start, end) in ((0, len(scene.text)), scene.parenthesis):
        evidence += weights.alone
        if surname and not dotted and cues.writer_after(scene.text, end, scene.lexicon):  # （向明月摄）
            evidence += weights.bracketed + weights.bracketed_noun
    return evidence


def impossible(scene: Scene, start: int, end: int, surname: str) -> bool:
    """Whether no name can stand there: it cuts a dotted name, or takes in a title (江主席, 周总理) or a part of one."""
    text, lexicon = scene.text, scene.lexicon
    name = text[start:end]
    if "·" in text[max(0, start - 2) : start] and text[max(0, start - 2)] not in _DYNASTY:
        return True
    if "·" in text[end : end + 2]:
        return True
    if "·" in name:
        if len(cues.ends_with(name, len(name), lexicon.verbs)) > 1:
            return True
        quoted = text[start - 1 : start] == "“" and text[end : end + 1] == "”"
        dynasty = name[0] in _DYNASTY and name[1] == "·"
        if quoted or dynasty or name[-1] in lexicon.parts or not _NOT_IN_DOTTED.isdisjoint(name):
            return True
        *first, last = words_of(name[name.rindex("·") + 1 :])
        return bool(first) and len(last) > 3 and is_common(last)  # 买买提|榜上有名
    if name[-1] == "摄" and cues.closes(text, end):
        return True
    if len(name) == len(surname):
        return False
    if name[0] in "老小" and (
        (len(name) < 4 and name[1] in lexicon.surnames) or name[1:3] in lexicon.surnames
    ):
        return True
    if name in lexicon.address or name in lexicon.offices or name in lexicon.roles or "某" in name:
        return True
    if name[-1] in _ASKS and text[end : end + 1] in _QUOTES:
        return True
    given = name[len(surname) :]
    if not _NOT_GIVEN.isdisjoint(given):
        return True
    if surname == "区" and is_common(given):  # 区文联 is a body
        return True
    if given in lexicon.generic or name[1:] in lexicon.offices or (surname and given[0] == "副"):
        return True
    for place in range(start + 1, end):
        title = scene.title(place)
        if title > 1 and (place + title > end or place == start + len(surname) or len(name) > 3):
            return True
    return False


def shape(name: str, surname: str, lexicon: Lexicon, weights: Weights) -> float:
    """What a name's own form says for it."""
    if "·" in name:
        return weights.dotted
    evidence = {1: weights.short_name, 2: weights.full_name}.get(len(name) - len(surname), weights.long_name)
    if not surname:
        evidence = weights.no_surname
    if len(name) > 2 and name[-1] in lexicon.parts:
        evidence += weights.ends_in_word
    return evidence


def with_known(
    text: str,
    found: Sequence[Candidate],
    known: Container[str],
    settled: Collection[str],
    standing: Iterable[tuple[int, int]] = (),
    weights: Weights = WEIGHTS,
) -> list[Candidate]:
    """The candidates again, with what is known of full names.

    ``known`` are names of the archive, ``settled`` those of the same article; the latter are looked for everywhere.
    ``standing`` are the places where a known name stands as a name, whatever the tagger says.
    """
    weighed = {(one.start, one.end): one for one in found}
    for span in standing:
        evidence = weighed[span].evidence if span in weighed else 0.0
        weighed[span] = Candidate(*span, max(evidence, weights.standing - weights.known))
    for name in settled:
        start = text.find(name)
        while start >= 0:
            span = (start, start + len(name))
            weighed.setdefault(span, Candidate(*span, 0.0 if len(name) > 2 else -weights.settled))
            start = text.find(name, start + 1)

    def surer(one: Candidate) -> Candidate:
        name = text[one.start : one.end]
        if name in settled:
            return replace(one, evidence=one.evidence + weights.settled)
        return replace(one, evidence=one.evidence + weights.known) if name in known else one

    return [surer(one) for one in weighed.values()]


def best_apart(found: Iterable[Candidate], weights: Weights = WEIGHTS) -> list[Candidate]:
    """The acceptable candidates that don't overlap and have the most evidence together, in order."""
    by_end = sorted(
        (one for one in found if one.evidence >= weights.accept), key=lambda one: (one.end, one.start)
    )
    best: list[tuple[float, Candidate | None, int]] = [(0.0, None, 0)]
    ends = [0]
    for one in by_end:
        before = next(number for number in range(len(ends) - 1, -1, -1) if ends[number] <= one.start)
        total = best[before][0] + one.evidence
        best.append((total, one, before) if total > best[-1][0] else (best[-1][0], None, len(best) - 1))
        ends.append(one.end)
    chosen: list[Candidate] = []
    number = len(best) - 1
    while number:
        _, taken, number = best[number]
        if taken:
            chosen.append(taken)
    return chosen[::-1]
