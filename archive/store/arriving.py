"""Dumps and parses that arrive: what becomes of each page they hold."""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import transaction

from archive.issues import issue_for
from archive.keys import carry_keys, fill_keys, make_keys, pairs_by_overlap
from archive.models import Dump, DumpTrace, Page, PageVersion, Proposal
from archive.rows import keys_given
from archive.saying import say
from archive.store.suspecting import out_of_furniture, secrets
from archive.store.traces import traces_of
from archive.store.versions import Origin, append, locked, structure_of
from archive.structure import PageStructure, check, lines_of
from archive.structure_json import to_json

#: Share of the text in equal lines from which a dump of the same name is taken for another state of the same page.
SAME_PAGE = 0.5
#: Dumps of the same name that are read to find the one that a dump replaces: those with the most traces in common.
CANDIDATES = 20
#: Dumps looked at for each trace, the newest: lines that more of them have, such as an imprint, tell none from another.
SAME_TRACE = 50


class Result(StrEnum):
    """What became of a dump's page."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    PROPOSED = "proposed"  # a person has touched the page: the new state waits
    DELETED = "deleted"  # staff deleted the page: it stays so


@dataclass(frozen=True, slots=True)
class IncomingDump:
    """A dump as it came: its bytes, their text with line ends made one, and the facts that stood beside it."""

    name: str
    data: bytes
    text: str
    encoding: str
    media_type: str = "text/plain"
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: its key and how many articles and photos it has."""

    result: Result
    page: str
    articles: int
    photos: int


def known(sha256: str, facts: dict[str, Any]) -> bool:
    """Whether these bytes with these facts are stored already, so that there is nothing to do."""
    return Dump.objects.filter(sha256=sha256, facts=facts).exists()


def ingest(
    incoming: IncomingDump, structures: Sequence[PageStructure], parser_version: str
) -> tuple[Outcome, ...]:
    """Store a dump and the pages found in it.

    The same bytes with the same facts change nothing. With other facts, or when the dump replaces an earlier one of its
    name, pages that no person has touched take the new structure, and touched ones get a proposal. Raises
    StructureError when a structure does not fit the dump.
    """
    lines = lines_of(incoming.text)
    for structure in structures:
        check(structure, lines)
    # A long dump takes seconds to check and to compress, for which nobody else's writing is held up.
    return _ingest(incoming, zlib.compress(incoming.data, 6), structures, parser_version)


@transaction.atomic
def _ingest(
    incoming: IncomingDump, compressed: bytes, structures: Sequence[PageStructure], parser_version: str
) -> tuple[Outcome, ...]:
    dump = Dump.objects.filter(sha256=incoming.sha256).first()
    if dump is not None:
        if dump.facts == incoming.facts:
            return tuple(_outcome(page, Result.UNCHANGED) for page in dump.pages.order_by("first_line"))
        Dump.objects.filter(pk=dump.pk).update(facts=incoming.facts)
        pages = list(dump.pages.order_by("first_line"))
        if not pages:
            # A newer state of the file has taken its place: it comes back by its page's history alone.
            moved_on = Page.objects.filter(versions__dump=dump).distinct().order_by("pk")
            return tuple(_outcome(page, Result.UNCHANGED) for page in moved_on)
        return _renew(pages, dump, structures, parser_version, say("附带信息有变"))
    replaced = _replaced(incoming)
    dump = Dump.objects.create(
        sha256=incoming.sha256,
        name=incoming.name,
        media_type=incoming.media_type,
        encoding=incoming.encoding,
        size=len(incoming.data),
        data=compressed,
        text=incoming.text,
        facts=incoming.facts,
    )
    DumpTrace.objects.bulk_create(
        DumpTrace(dump=dump, value=value) for value in traces_of(incoming.name, incoming.text)
    )
    if replaced is not None:
        pages = list(replaced.pages.order_by("first_line"))
        return _renew(pages, dump, structures, parser_version, say("原文文件有新内容"))
    return tuple(_create(dump, structure, parser_version) for structure in structures)


@transaction.atomic
def reparse(dump: Dump, structures: Sequence[PageStructure], parser_version: str) -> tuple[Outcome, ...]:
    """Offer a newer parse of a stored dump: taken by pages that no person has touched, a proposal for the others."""
    lines = lines_of(dump.text)
    for structure in structures:
        check(structure, lines)
    pages = list(dump.pages.order_by("first_line"))
    return _renew(pages, dump, structures, parser_version, say("解析器有新版本"))


def _create(dump: Dump, structure: PageStructure, parser_version: str) -> Outcome:
    (key,) = make_keys(
        [f"{dump.sha256}\npage\n{structure.first_line}"],
        lambda keys: Page.objects.filter(key__in=keys).values_list("key", flat=True),
    )
    page = Page.objects.create(
        key=key,
        issue=issue_for(structure.facts),
        dump=dump,
        first_line=structure.first_line,
        last_line=structure.last_line,
    )
    append(page, dump, structure, Origin(PageVersion.Kind.PARSED, parser_version))
    return _outcome(page, Result.NEW)


def _renew(
    pages: list[Page], dump: Dump, structures: Sequence[PageStructure], parser_version: str, why: str
) -> tuple[Outcome, ...]:
    """Offer new structures to a dump's pages, each to the page whose lines it shares most of.

    A structure that shares none is a new page, a page that no structure shares with is left alone.
    """
    same_dump = all(page.dump_id == dump.pk for page in pages)
    said = {} if same_dump else {each: lines_of(each.text) for each in {dump, *(page.dump for page in pages)}}
    old = [_lines_held(said.get(page.dump), page.first_line, page.last_line) for page in pages]
    new = [_lines_held(said.get(dump), each.first_line, each.last_line) for each in structures]
    paired = pairs_by_overlap(old, new)
    return tuple(
        _offer(locked(pages[paired[index]]), dump, structure, parser_version, why)
        if index in paired
        else _create(dump, structure, parser_version)
        for index, structure in enumerate(structures)
    )


def _lines_held(said: Sequence[str] | None, first: int, last: int) -> set[Hashable]:
    """The lines of a page, to be compared: by what they say, or by their numbers where both pages are of one dump."""
    if said is None:
        return set(range(first, last + 1))
    return {line.strip() for line in said[first - 1 : last] if line.strip()}


def _offer(page: Page, dump: Dump, structure: PageStructure, parser_version: str, why: str) -> Outcome:
    if page.deleted_at is not None:
        return _outcome(page, Result.DELETED)
    keyed = _keyed(page, dump, structure)
    current = page.versions.get(number=page.version)
    value = to_json(keyed)
    if current.structure == value and current.dump_id == dump.pk:
        return _outcome(page, Result.UNCHANGED)
    if page.touched:
        Proposal.objects.update_or_create(
            page=page,
            outcome=Proposal.Outcome.OPEN,
            defaults={"dump": dump, "structure": value, "parser_version": parser_version, "reason": why},
        )
        return _outcome(page, Result.PROPOSED)
    append(page, dump, keyed, Origin(PageVersion.Kind.PARSED, parser_version, reason=why))
    return _outcome(page, Result.UPDATED)


def _keyed(page: Page, dump: Dump, structure: PageStructure) -> PageStructure:
    structure = out_of_furniture(page, structure, dump, secrets(page, dump))
    if page.version:
        carried = carry_keys(structure_of(page), structure, same_dump=page.dump_id == dump.pk)
    else:
        carried = structure
    return fill_keys(carried, dump.sha256, keys_given)


def _replaced(incoming: IncomingDump) -> Dump | None:
    """The dump that this one replaces: of the same name, with at least half of its text in the same lines.

    Deliveries name their files alike (``2021-10-24/01.txt``), and short pages share their head: so lines count by their
    length, and dumps that are said to be of different days or pages are different ones, whatever they share.
    """
    dumps = Dump.objects.filter(pk__in=_candidates(incoming)).defer("data")
    shares = (
        (_shared(dump.text, incoming.text), dump)
        for dump in dumps.iterator(chunk_size=1)
        if all(
            incoming.facts.get(key, value) == value for key, value in dump.facts.items() if key != "source"
        )
    )
    share, likest = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return likest if share >= SAME_PAGE else None


def _candidates(incoming: IncomingDump) -> list[int]:
    """Row ids of the dumps of its name, with pages of their own, that have most in common with it.

    A trace says the more the fewer dumps have it.
    """
    likeness: defaultdict[int, float] = defaultdict(float)
    for value in traces_of(incoming.name, incoming.text):
        of_value = DumpTrace.objects.filter(value=value).order_by("-dump_id")
        found = of_value.values_list("dump_id", flat=True)[:SAME_TRACE]
        for dump in found:
            likeness[dump] += 1 / len(found)
    pages = Page.objects.filter(dump__in=likeness).order_by()
    with_pages = set(pages.values_list("dump_id", flat=True))
    return sorted(with_pages, key=lambda dump: (-likeness[dump], -dump))[:CANDIDATES]


def _shared(old: str, new: str) -> float:
    """The share of the longer text's characters that stand in lines of both."""
    old_lines, new_lines = set(old.split("\n")), set(new.split("\n"))
    shared, most = old_lines & new_lines, max(old_lines, new_lines, key=_length)
    return _length(shared) / _length(most)


def _length(lines: Iterable[str]) -> int:
    return sum(map(len, lines))


def _outcome(page: Page, result: Result) -> Outcome:
    if result is Result.UNCHANGED and page.deleted_at is not None:
        result = Result.DELETED
    return Outcome(
        result,
        page.key,
        page.articles.filter(gone=False).count(),
        page.photos.filter(gone=False).count(),
    )
