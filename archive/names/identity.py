"""Whose name it is: staff's decisions applied, and what speaks for two people of one name.

A person is known by a slug; unless staff decided otherwise, a name's slug is the name itself, so that decisions need no
rows to hang on. They are kept by article key and occurrence and outlive every re-parse and re-recognition; undoing one
is leaving it out.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.names.mentions import MentionKind

#: The occurrence of a split that holds for a name's every place in an article.
EVERYWHERE = -1


@dataclass(frozen=True, slots=True)
class Split:
    """Staff: the ``occurrence``-th ``name`` in the article ``key`` (from 0; EVERYWHERE: each) is ``slug``."""

    name: str
    key: str
    occurrence: int
    slug: str


@dataclass(frozen=True, slots=True)
class Join:
    """Staff: the person ``slug`` also bears the name (or had the slug) ``name``."""

    name: str
    slug: str


Decision = Split | Join


@dataclass(frozen=True, slots=True)
class Identities:
    """Staff's standing decisions, ready to be asked. Later ones win over earlier ones about the same thing."""

    splits: Mapping[tuple[str, str, int], str] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Identities:
        """From the log of decisions in their order, without those that were undone."""
        splits, joins = {}, {}
        for decision in decisions:
            if isinstance(decision, Join):
                joins[decision.name] = decision.slug
            else:
                splits[decision.key, decision.name, decision.occurrence] = decision.slug
        return cls(splits, joins)

    def slug_of(self, name: str, key: str, occurrence: int) -> str:
        """Who ``name`` is at its ``occurrence`` (from 0) in the article ``key``.

        A split of that place wins over one of the whole article, either over the name itself; then joins are followed.
        Joins that run in a circle end where they began to repeat.
        """
        slug = self.splits.get((key, name, occurrence)) or self.splits.get((key, name, EVERYWHERE)) or name
        passed: set[str] = set()
        while slug in self.joins and slug not in passed:
            passed.add(slug)
            slug = self.joins[slug]
        return slug


@dataclass(frozen=True, slots=True)
class Sighting:
    """One article's mention of a person, as evidence: ``date`` is ISO, of whatever precision, empty if not known."""

    key: str
    kind: MentionKind
    office: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that may be two people's: the reason in the words of ``REASONS`` and the articles on either side."""

    reason: str
    details: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]


#: Reasons of proposals and the words that staff read.
REASONS = {
    "writes-and-holds-office": "既是作者，又以职务见报",
    "two-bodies": "同一时期在两个单位任职",
}

#: Days, months or years of the same ISO beginning count as one time: 2021-10.
_MONTH = 7

_BODY = re.compile(
    r"[\u4e00-\u9fff（）()“”A-Za-z0-9]*?(?:党工委|工委|党委|党组|管委会|政府|委员会|[省市区县乡镇]委|公司|集团|银行|医院|学院|大学|中学|小学"
    r"|学校|支队|大队|中队|总队|街道|社区|协会|[局厅处院村厂所队会镇乡](?=党|书记|局|厅|处|院|村|厂|所|队|会|镇|乡|长|主|副|总|原|第|支|负|监|常|纪|宣|组))"
)
_LEADING = re.compile("(?:党工委|工委|党委|党组|管委会|政府|委员会|(?<=[省市区县乡镇])委)$")
_GENERAL = re.compile(
    r"^(?:区|市|县|省|镇|乡|该)?(?:级)?(?:有关|主要|分管)?(?:领导|领导人|负责人|负责同志|领导同志|代表|委员)$"
)


def proposals(sightings: Sequence[Sighting]) -> list[Proposal]:
    """What speaks for two people among one name's mentions: offered to staff, never acted on.

    A reporter and an official; offices in two different bodies within one month. An office without a body (区领导,
    书记), or two that are given together somewhere (党工委书记、管委会主任), prove nothing.
    """
    found = []
    official = [one for one in sightings if one.kind is MentionKind.SUBJECT and one.office]
    writing = [one for one in sightings if one.kind is not MentionKind.SUBJECT]
    if official and writing:
        offices = tuple(dict.fromkeys(one.office for one in official))
        found.append(Proposal("writes-and-holds-office", offices, _keys(writing), _keys(official)))
    together = {frozenset(bodies_of(one.office)) for one in official}
    months: dict[str, dict[str, list[Sighting]]] = defaultdict(lambda: defaultdict(list))
    for one in official:
        if len(one.date) >= _MONTH:
            for body in bodies_of(one.office):
                months[one.date[:_MONTH]][body].append(one)
    sides: dict[tuple[str, str], tuple[list[Sighting], list[Sighting]]] = {}
    for bodies in months.values():
        for first, second in itertools.combinations(sorted(bodies), 2):
            if not akin(first, second) and not any({first, second} <= given for given in together):
                pair = sides.setdefault((first, second), ([], []))
                pair[0].extend(bodies[first])
                pair[1].extend(bodies[second])
    found += [
        Proposal("two-bodies", pair, _keys(first), _keys(second)) for pair, (first, second) in sides.items()
    ]
    return found


def bodies_of(office: str) -> list[str]:
    """The bodies that an office is in (焦作市市场监督管理局局长 → 焦作市市场监督管理局); none where none is named."""
    found = (_BODY.match(part) for part in office.split("、") if not _GENERAL.match(part))
    return [match.group() for match in found if match and len(match.group()) > 2]


def akin(first: str, second: str) -> bool:
    """Whether two bodies may be one person's: one is named in the other, or both lead one place."""
    stems = [_LEADING.sub("", body) for body in (first, second)]
    return first in second or second in first or stems[0] in stems[1] or stems[1] in stems[0]


def _keys(sightings: Iterable[Sighting]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sighting.key for sighting in sightings))
