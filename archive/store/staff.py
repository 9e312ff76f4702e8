"""What staff do to pages and pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive import changes, counts
from archive.errors import StoreError, VersionConflictError
from archive.models import Article, Change, Page, PageVersion, Photo, Piece, Proposal, Suspicion
from archive.saying import say
from archive.store.appearing import appear
from archive.store.suspecting import suspect_copies
from archive.store.versions import Origin, Redirects, add_version, append, locked
from archive.structure import PageStructure, check, lines_of
from archive.structure_json import from_json
from archive.unnaming import unname

if TYPE_CHECKING:
    from django.contrib.auth.models import User


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
    page = locked(page)
    if page.version != based_on:
        raise VersionConflictError(str(page), based_on, page.version)
    check(structure, lines_of(page.dump.text))
    Page.objects.filter(pk=page.pk).update(touched=True)
    page.touched = True
    current = page.versions.get(number=page.version)
    return append(page, page.dump, structure, Origin(kind, current.parser_version, author, reason), redirects)


@transaction.atomic
def restore(page: Page, number: int, *, author: User | None, reason: str = "") -> PageVersion:
    """Make an older version's content the newest version; a page that was deleted comes back."""
    page = locked(page)
    version = page.versions.filter(number=number).first()
    if version is None:
        raise StoreError(str(page), f"has no version {number}", "Choose one from the page's history.")
    comes_back = page.deleted_at is not None
    page.touched, page.deleted_at = True, None
    Page.objects.filter(pk=page.pk).update(touched=True, deleted_at=None)
    structure = from_json(version.structure)
    origin = Origin(PageVersion.Kind.RESTORED, version.parser_version, author, reason)
    made = append(page, version.dump, structure, origin)
    if comes_back:  # its rows did not change, but readers and the index have been without them
        _log_whole(page)
    return made


@transaction.atomic
def delete_page(page: Page, *, author: User | None, reason: str = "") -> None:
    """Take a page out of the public archive. It stays in its history and no ingest brings it back."""
    page = locked(page)
    if page.deleted_at is not None:
        return
    current = page.versions.get(number=page.version)
    origin = Origin(PageVersion.Kind.DELETED, current.parser_version, author, reason)
    version = add_version(page, page.dump, current.structure, origin)
    Page.objects.filter(pk=page.pk).update(
        touched=True, deleted_at=timezone.now(), version=version.number, updated_at=timezone.now()
    )
    counts.doubt_page(page)
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
    page = locked(proposal.page)
    if page.version != based_on:
        raise VersionConflictError(str(page), based_on, page.version)
    taken = structure or from_json(proposal.structure)
    check(taken, lines_of(proposal.dump.text))
    _close(proposal, Proposal.Outcome.TAKEN, author)
    origin = Origin(PageVersion.Kind.ADOPTED, proposal.parser_version, author, reason)
    return append(page, proposal.dump, taken, origin)


@transaction.atomic
def decline(proposal: Proposal, *, author: User | None) -> None:
    """Leave the page as it is and close the proposal."""
    _close(proposal, Proposal.Outcome.DECLINED, author)


@transaction.atomic
def set_visibility(piece: Article | Photo, visibility: Piece.Visibility, reason: str) -> None:
    """Withhold, delist or publish an article or photo, on every public surface at once."""
    now = timezone.now()
    type(piece)._default_manager.filter(pk=piece.pk).update(
        visibility=visibility, visibility_reason=reason, updated_at=now
    )
    appear(piece.page, now)
    # A better parser's result must not undo a person here either: from now on it waits as a proposal.
    Page.objects.filter(pk=piece.page_id).update(touched=True)
    counts.doubt_page(piece.page)
    if visibility == Piece.Visibility.WITHHELD:
        suspect_copies(piece)
    else:
        Suspicion.objects.filter(key=piece.key).update(outcome=Suspicion.Outcome.RELEASED)
    unname(piece.page)
    changes.append([(_what(piece), piece.key)])


@transaction.atomic
def settle_suspicion(suspicion: Suspicion, *, holds: bool, author: User | None) -> bool:
    """Say whether a piece holds the withheld words it is suspected of; False when somebody said so before.

    It stays withheld when it does, and as long as another suspicion of it is open or confirmed.
    """
    outcome = Suspicion.Outcome.CONFIRMED if holds else Suspicion.Outcome.RELEASED
    closed = Suspicion.objects.filter(pk=suspicion.pk, outcome=Suspicion.Outcome.OPEN).update(
        outcome=outcome, closed_at=timezone.now(), closed_by=author
    )
    others = Suspicion.objects.filter(key=suspicion.key).exclude(outcome=Suspicion.Outcome.RELEASED)
    if closed and not holds and not others.exists():
        for model in (Article, Photo):
            for piece in model._default_manager.filter(key=suspicion.key):
                set_visibility(piece, Piece.Visibility.PUBLIC, say("经核对，不含撤下的文字"))
    return bool(closed)


def tell(pieces: QuerySet[Article] | QuerySet[Photo]) -> None:
    """Log that pieces are shown otherwise now, though nothing of their own changed: their section was renamed, say."""
    what = Change.What.PHOTO if pieces.model is Photo else Change.What.ARTICLE
    changes.append([(what, key) for key in pieces.values_list("key", flat=True)])


@transaction.atomic
def mark_reviewed(page: Page, *, author: User | None) -> None:
    """Note that a person found the page right as it is."""
    Page.objects.filter(pk=page.pk).update(reviewed_at=timezone.now(), reviewed_by=author)


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


def _what(piece: Article | Photo) -> str:
    return Change.What.ARTICLE if isinstance(piece, Article) else Change.What.PHOTO
