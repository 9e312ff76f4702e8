"""What ends the work at the desk: saving, withholding a selection, a preview; what to do when somebody was quicker."""

from __future__ import annotations

import secrets
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from archive import store
from archive.corrections import Action, Corrected, MoveToNewArticle, apply
from archive.corrections.sheet import Sheet
from archive.desk.access import WITHHOLD, in_words, note, user_of
from archive.desk.buttons import selection
from archive.desk.masking import shown_version
from archive.desk.session import Session
from archive.desk.views.showing import base_of, page_of, secret_of, show, ticked, version_of
from archive.diffing import differences
from archive.errors import CorrectionError, VersionConflictError
from archive.models import Article, Change, Page, Piece
from archive.structure import PageStructure, lines_of
from archive.structure_json import from_json
from archive.views.pages import page as readers_page
from archive.withholding import masked_lines


def save(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    base, lines = base_of(page, session)
    if not session.actions:
        return show(request, page, session, _("还没有改动，不用保存。"))
    try:
        corrected = apply(base, lines, session.actions)
        with transaction.atomic():
            version = store.save(
                page,
                corrected.structure,
                based_on=session.based_on,
                author=user_of(request),
                reason=session.reason,
                redirects=corrected.redirects,
            )
            if "reviewed" in request.POST:
                store.mark_reviewed(page, author=user_of(request))
            words = "\n".join(each.words for each in differences(base, corrected.structure))
            note(request, gettext_noop("校订"), f"{page} v{version.number}", words)
    except VersionConflictError:
        return _conflict(request, page_of(page.key), session)
    except CorrectionError as error:
        return show(request, page, session, in_words(error))
    messages.success(request, _("已保存为版本 %(number)s。") % {"number": version.number})
    return HttpResponseRedirect(reverse("desk:version", args=[page.key, version.number]))


def withhold(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    """Save, with the selection as a piece of its own that is withheld from that moment on."""
    user = user_of(request)
    if not user.has_perm(WITHHOLD):
        raise PermissionDenied
    base, lines = base_of(page, session)
    try:
        if not session.reason:
            raise CorrectionError(_("撤下"), _("还没有写理由"), _("请先在“理由”里写明。"))
        now = apply(base, lines, session.actions).structure
        shown = masked_lines(lines, secret_of(request, page, session, base))
        spans = selection(now, lines, request.POST, shown)
        corrected = apply(base, lines, (*session.actions, MoveToNewArticle(spans)))
        with transaction.atomic():
            version = store.save(
                page,
                corrected.structure,
                based_on=session.based_on,
                author=user,
                reason=session.reason,
                redirects=corrected.redirects,
            )
            saved = from_json(version.structure)
            place = min(Sheet(saved, lines).selected(spans))
            key = saved.articles[Sheet(saved, lines).article(place)].key
            piece = Article.objects.get(key=key)
            store.set_visibility(piece, Piece.Visibility.WITHHELD, session.reason)
            note(request, gettext_noop("撤下文字"), f"{page} v{version.number} {key}", session.reason)
    except VersionConflictError:
        return _conflict(request, page_of(page.key), session)
    except CorrectionError as error:
        return show(request, page, session, in_words(error), ticked=ticked(request.POST))
    messages.success(request, _("已撤下，并存为版本 %(number)s。") % {"number": version.number})
    return HttpResponseRedirect(reverse("desk:visibility", args=["article", key]))


def _conflict(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    """Somebody else saved meanwhile: show what, and lay one's own actions on top of it, unsaved."""
    theirs = version_of(page, page.version)
    mine_from = version_of(page, session.based_on)
    base, lines = from_json(theirs.structure), lines_of(theirs.dump.text)
    kept, lost = laid_on_top(base, lines, session.actions)
    return show(
        request,
        page,
        replace(session, based_on=page.version, actions=kept, undone=(), open="", open_at=None),
        status=409,
        conflict={
            "version": theirs,
            "theirs": differences(
                shown_version(page, mine_from, user_of(request)),
                shown_version(page, theirs, user_of(request)),
                same_dump=mine_from.dump_id == theirs.dump_id,
            ),
            "kept": len(kept),
            "lost": lost,
        },
    )


def laid_on_top(
    base: PageStructure, lines: list[str], actions: tuple[Action, ...]
) -> tuple[tuple[Action, ...], list[str]]:
    """The actions that can still be done on ``base``, and why the others can't."""
    kept: tuple[Action, ...] = ()
    lost = []
    for action in actions:
        try:
            apply(base, lines, (*kept, action))
        except CorrectionError as error:
            lost.append(in_words(error))
        else:
            kept = (*kept, action)
    return kept, lost


def preview(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    """The reader's page as it would be: saved, shown, and rolled back."""
    base, lines = base_of(page, session)
    try:
        corrected = apply(base, lines, session.actions)
        return _as_readers_see(request, page, session, corrected)
    except VersionConflictError:
        return _conflict(request, page_of(page.key), session)
    except CorrectionError as error:
        return show(request, page, session, in_words(error))


def _as_readers_see(request: HttpRequest, page: Page, session: Session, corrected: Corrected) -> HttpResponse:
    with transaction.atomic():
        if session.actions:
            store.save(
                page,
                corrected.structure,
                based_on=session.based_on,
                author=user_of(request),
                redirects=corrected.redirects,
            )
        # What is remembered by the log's position must not be remembered by one that is rolled back and used again.
        Change.objects.create(id=2**62 + secrets.randbits(40), what=Change.What.ARTICLE, key="preview")
        request.method = "GET"
        response = readers_page(request, page.key)
        transaction.set_rollback(True)
    return response
