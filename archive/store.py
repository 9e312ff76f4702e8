"""The only writer of pages.

Each function is one transaction: it appends a page version, brings the rows in line with it by key, and appends to the
change log. Nothing is parsed or recognised in here.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from archive import changes
from archive.corrections import redirects_between
from archive.errors import CorrectionError, StoreError, VersionConflictError
from archive.issues import issue_for, leave_issue
from archive.keys import carry_keys, fill_keys, make_keys, pairs_by_overlap
from archive.models import (
    Article,
    Change,
    Dump,
    KeyRedirect,
    Page,
    PageVersion,
    Photo,
    Piece,
    Proposal,
)
from archive.rows import keys_given, write_rows
from archive.structure import PageStructure, check, lines_of
from archive.structure_json import from_json, to_json
from archive.withholding import holders, is_forgotten

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Redirects = Sequence[tuple[str, str]]

#: Share of equal lines from which a dump of the same name is taken for another state of the same page.
SAME_PAGE = 0.5


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


@transaction.atomic
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
    dump = Dump.objects.filter(sha256=incoming.sha256).first()
    if dump is not None:
        if dump.facts == incoming.facts:
            return tuple(_outcome(page, Result.UNCHANGED) for page in dump.pages.order_by("first_line"))
        Dump.objects.filter(pk=dump.pk).update(facts=incoming.facts)
        pages = list(dump.pages.order_by("first_line"))
        if (
            not pages
        ):  # a newer state of the file has taken its place: it comes back by its page's history alone
            moved_on = Page.objects.filter(versions__dump=dump).distinct().order_by("pk")
            return tuple(_outcome(page, Result.UNCHANGED) for page in moved_on)
        return _renew(pages, dump, structures, parser_version, "附带信息有变")
    replaced = _replaced(incoming)
    dump = Dump.objects.create(
        sha256=incoming.sha256,
        name=incoming.name,
        media_type=incoming.media_type,
        encoding=incoming.encoding,
        size=len(incoming.data),
        data=zlib.compress(incoming.data, 6),
        text=incoming.text,
        facts=incoming.facts,
    )
    if replaced is not None:
        pages = list(replaced.pages.order_by("first_line"))
        return _renew(pages, dump, structures, parser_version, "原文文件有新内容")
    return tuple(_create(dump, structure, parser_version) for structure in structures)


@transaction.atomic
def reparse(dump: Dump, structures: Sequence[PageStructure], parser_version: str) -> tuple[Outcome, ...]:
    """Offer a newer parse of a stored dump: taken by pages that no person has touched, a proposal for the others."""
    lines = lines_of(dump.text)
    for structure in structures:
        check(structure, lines)
    pages = list(dump.pages.order_by("first_line"))
    return _renew(pages, dump, structures, parser_version, "解析器有新版本")


@transaction.atomic
def save(
    page: Page,
    structure: PageStructure,
    *,
    based_on: int,
    author: User | None,
    reason: str = "",
    redirects: Redirects = (),
    kind: PageVersion.Kind = PageVersion.Kind.CORRECTED,
) -> PageVersion:
    """Store a person's version of the page. ``based_on`` is the version the edit began from.

    ``redirects`` are (old key, new key) of merged pieces. Raises VersionConflictError when the page has moved on, and
    StructureError when the structure loses or doubles a character.
    """
    page = _locked(page)
    if page.version != based_on:
        raise VersionConflictError(str(page), based_on, page.version)
    check(structure, lines_of(page.dump.text))
    Page.objects.filter(pk=page.pk).update(touched=True)
    page.touched = True
    current = page.versions.get(number=page.version)
    return _append(page, page.dump, structure, kind, current.parser_version, author, reason, redirects)


@transaction.atomic
def restore(page: Page, number: int, *, author: User | None, reason: str = "") -> PageVersion:
    """Make an older version's content the newest version; a page that was deleted comes back."""
    page = _locked(page)
    version = page.versions.filter(number=number).first()
    if version is None:
        raise StoreError(str(page), f"has no version {number}", "Choose one from the page's history.")
    comes_back = page.deleted_at is not None
    page.touched, page.deleted_at = True, None
    Page.objects.filter(pk=page.pk).update(touched=True, deleted_at=None)
    structure = from_json(version.structure)
    kind = PageVersion.Kind.RESTORED
    led = _led(page, version.dump, structure)
    made = _append(page, version.dump, structure, kind, version.parser_version, author, reason, led)
    if comes_back:  # its rows did not change, but readers and the index have been without them
        _log_whole(page)
    return made


@transaction.atomic
def delete_page(page: Page, *, author: User | None, reason: str = "") -> None:
    """Take a page out of the public archive. It stays in its history and no ingest brings it back."""
    page = _locked(page)
    if page.deleted_at is not None:
        return
    current = page.versions.get(number=page.version)
    Page.objects.filter(pk=page.pk).update(
        touched=True, deleted_at=timezone.now(), version=page.version + 1, updated_at=timezone.now()
    )
    _version(
        page, page.version + 1, page.dump, current.structure, PageVersion.Kind.DELETED,
        current.parser_version, author, reason,
    )  # fmt: skip
    _log_whole(page)


@transaction.atomic
def adopt(
    proposal: Proposal,
    *,
    based_on: int,
    author: User | None,
    structure: PageStructure | None = None,
    reason: str = "",
) -> PageVersion:
    """Take a proposal: whole, or as the ``structure`` that staff made of it (article by article).

    ``based_on`` is the page's version that staff saw beside it. Raises VersionConflictError when the page has moved on.
    """
    page = _locked(proposal.page)
    if page.version != based_on:
        raise VersionConflictError(str(page), based_on, page.version)
    taken = structure or from_json(proposal.structure)
    check(taken, lines_of(proposal.dump.text))
    _close(proposal, Proposal.Outcome.TAKEN, author)
    kind = PageVersion.Kind.ADOPTED
    led = _led(page, proposal.dump, taken)
    return _append(page, proposal.dump, taken, kind, proposal.parser_version, author, reason, led)


@transaction.atomic
def decline(proposal: Proposal, *, author: User | None) -> None:
    """Leave the page as it is and close the proposal."""
    _close(proposal, Proposal.Outcome.DECLINED, author)


@transaction.atomic
def set_visibility(piece: Article | Photo, visibility: Piece.Visibility, reason: str) -> None:
    """Withhold, delist or publish an article or photo, on every public surface at once."""
    type(piece)._default_manager.filter(pk=piece.pk).update(
        visibility=visibility, visibility_reason=reason, updated_at=timezone.now()
    )
    # A better parser's result must not undo a person here either: from now on it waits as a proposal.
    Page.objects.filter(pk=piece.page_id).update(touched=True)
    changes.append([(_what(piece), piece.key)])


def tell(pieces: QuerySet[Article] | QuerySet[Photo]) -> None:
    """Log that pieces are shown otherwise now, though nothing of their own changed: their section was renamed, say."""
    what = Change.What.PHOTO if pieces.model is Photo else Change.What.ARTICLE
    changes.append([(what, key) for key in pieces.values_list("key", flat=True)])


@transaction.atomic
def mark_reviewed(page: Page, *, author: User | None) -> None:
    """Note that a person found the page right as it is."""
    Page.objects.filter(pk=page.pk).update(reviewed_at=timezone.now(), reviewed_by=author)


def structure_of(page: Page) -> PageStructure:
    """The page's current structure."""
    return from_json(page.versions.get(number=page.version).structure)


def _locked(page: Page) -> Page:
    """The page as it is now that this transaction holds the write lock."""
    return Page.objects.select_related("dump", "issue__newspaper").select_for_update().get(pk=page.pk)


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
    _append(page, dump, structure, PageVersion.Kind.PARSED, parser_version, None, "", ())
    return _outcome(page, Result.NEW)


def _renew(
    pages: list[Page], dump: Dump, structures: Sequence[PageStructure], parser_version: str, why: str
) -> tuple[Outcome, ...]:
    """Offer new structures to a dump's pages, each to the page whose lines it shares most of.

    A structure that shares none is a new page, a page that no structure shares with is left alone.
    """

    same_dump = all(page.dump_id == dump.pk for page in pages)
    old = [_lines_held(page.dump, page.first_line, page.last_line, same_dump) for page in pages]
    new = [_lines_held(dump, each.first_line, each.last_line, same_dump) for each in structures]
    paired = pairs_by_overlap(old, new)
    return tuple(
        _offer(_locked(pages[paired[index]]), dump, structure, parser_version, why)
        if index in paired
        else _create(dump, structure, parser_version)
        for index, structure in enumerate(structures)
    )


def _lines_held(dump: Dump, first: int, last: int, same_dump: bool) -> set[Hashable]:
    """The lines of a page, to be compared: by their numbers within one dump, else by what they say."""
    if same_dump:
        return set(range(first, last + 1))
    return {line.strip() for line in lines_of(dump.text)[first - 1 : last] if line.strip()}


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
    _append(page, dump, keyed, PageVersion.Kind.PARSED, parser_version, None, why, ())
    return _outcome(page, Result.UPDATED)


def _keyed(page: Page, dump: Dump, structure: PageStructure) -> PageStructure:
    if page.version:
        carried = carry_keys(structure_of(page), structure, same_dump=page.dump_id == dump.pk)
    else:
        carried = structure
    return fill_keys(carried, dump.sha256, keys_given)


def _append(
    page: Page,
    dump: Dump,
    structure: PageStructure,
    kind: PageVersion.Kind,
    parser_version: str,
    author: User | None,
    reason: str,
    redirects: Redirects,
) -> PageVersion:
    """The heart: version, rows, log."""
    structure = fill_keys(structure, dump.sha256, keys_given)
    withheld = _withheld_in(page, dump, structure)
    version = _version(
        page, page.version + 1, dump, to_json(structure), kind, parser_version, author, reason
    )  # fmt: skip
    was = page.issue
    facts = structure.facts
    shown_of_page = (page.issue_id, page.number, page.name)
    # Facts may name the newspaper as printed: when staff rename it, its pages stay with it all the same.
    same_paper = page.version > 0 and facts.newspaper == structure_of(page).facts.newspaper
    page.issue = issue_for(facts, was.newspaper if same_paper else None)
    page.dump = dump
    page.first_line, page.last_line = structure.first_line, structure.last_line
    page.number, page.name, page.source = facts.number, facts.name, facts.source
    page.version = version.number
    page.confidence = min(
        [article.confidence for article in structure.articles]
        + [photo.confidence for photo in structure.photos],
        default=1.0,
    )
    page.save()
    changed = write_rows(
        page, structure, all_changed=shown_of_page != (page.issue_id, page.number, page.name)
    )
    _withhold(withheld)
    _redirect(redirects)
    if was.pk != page.issue_id:
        leave_issue(was, page.issue)
    changes.append(changed)
    return version


def _withheld_in(page: Page, dump: Dump, structure: PageStructure) -> set[str]:
    """The keys of the pieces of the page's next structure that hold text which is withheld now.

    Raises CorrectionError when some of it would be furniture, of which nobody would know that it is withheld.
    """
    withheld = page.withheld_keys()
    if not withheld or not page.version:
        return set()
    before, same_dump = structure_of(page), page.dump_id == dump.pk
    if same_dump and is_forgotten(before, structure, withheld, lines_of(dump.text)):
        raise CorrectionError("撤下的文字", "不能移到版面杂项", "请把它留在文章或图片里。")
    return holders(before, structure, withheld, same_dump=same_dump)


def _withhold(keys: set[str]) -> None:
    """Withhold the pieces that a correction or a new parse has given withheld text."""
    values = {"visibility": Piece.Visibility.WITHHELD, "visibility_reason": "含有已撤下的文字"}
    for model in (Article, Photo):
        rows = model._default_manager.filter(key__in=keys).exclude(visibility=Piece.Visibility.WITHHELD)
        rows.update(**values, updated_at=timezone.now())


def _version(
    page: Page,
    number: int,
    dump: Dump,
    structure: dict[str, Any],
    kind: PageVersion.Kind,
    parser_version: str,
    author: User | None,
    reason: str,
) -> PageVersion:
    return PageVersion.objects.create(
        page=page,
        number=number,
        dump=dump,
        structure=structure,
        kind=kind,
        parser_version=parser_version,
        author=author,
        author_name=author.get_username() if author else "",
        reason=reason,
    )


def _led(page: Page, dump: Dump, structure: PageStructure) -> Redirects:
    """Where the pieces went that ``structure`` no longer has, when it is of the page's own dump."""
    return redirects_between(structure_of(page), structure) if page.dump_id == dump.pk else ()


def _redirect(redirects: Redirects) -> None:
    """Lead merged keys on, and those that already led to them, so that no reader goes through a chain."""
    for old, new in redirects:
        what = KeyRedirect.What.PHOTO if Photo.objects.filter(key=old).exists() else KeyRedirect.What.ARTICLE
        KeyRedirect.objects.filter(what=what, old=new).delete()
        KeyRedirect.objects.filter(what=what, new=old).exclude(old=new).update(new=new)
        KeyRedirect.objects.update_or_create(what=what, old=old, defaults={"new": new})


def _log_whole(page: Page) -> None:
    changes.append(
        [(Change.What.ARTICLE, key) for key in page.articles.values_list("key", flat=True)]
        + [(Change.What.PHOTO, key) for key in page.photos.values_list("key", flat=True)]
    )


def _close(proposal: Proposal, outcome: Proposal.Outcome, author: User | None) -> None:
    closed = Proposal.objects.filter(pk=proposal.pk, outcome=Proposal.Outcome.OPEN).update(
        outcome=outcome, closed_at=timezone.now(), closed_by=author
    )
    if not closed:
        raise StoreError(str(proposal.page), "this proposal was dealt with already", "Reload the page.")


def _replaced(incoming: IncomingDump) -> Dump | None:
    """The dump that this one replaces: of the same name, with at least half of its lines the same."""
    named = Dump.objects.filter(name=incoming.name).filter(Exists(Page.objects.filter(dump=OuterRef("pk"))))
    for dump in named.defer("data"):
        old, new = set(dump.text.split("\n")), set(incoming.text.split("\n"))
        if len(old & new) >= SAME_PAGE * max(len(old), len(new)):
            return dump
    return None


def _outcome(page: Page, result: Result) -> Outcome:
    if result is Result.UNCHANGED and page.deleted_at is not None:
        result = Result.DELETED
    return Outcome(
        result,
        page.key,
        page.articles.filter(gone=False).count(),
        page.photos.filter(gone=False).count(),
    )


def _what(piece: Article | Photo) -> str:
    return Change.What.ARTICLE if isinstance(piece, Article) else Change.What.PHOTO
