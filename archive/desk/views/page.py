"""The desk of one page: doubts first, then the whole page; nothing is stored before “保存”."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive import store
from archive.corrections import Action, Corrected, MoveToNewArticle, Place, apply
from archive.corrections.cutting import places_of
from archive.corrections.sheet import Sheet
from archive.desk.access import CORRECT, LOOK, WITHHOLD, in_words, needs, note, user_of
from archive.desk.layout import KIND_WORDS, Layout, lay_out, place_text
from archive.desk.masking import is_secret, masked, secret_places, shown_version
from archive.desk.session import (
    Session,
    asked_for,
    read_place,
    read_session,
    selection,
    whole_number,
)
from archive.desk.suggestions import suggestions
from archive.diffing import ROLE_WORDS, differences
from archive.errors import CorrectionError, VersionConflictError
from archive.models import Article, Change, Genre, Newspaper, Page, PageVersion, Piece, Report, Scan, Section
from archive.structure import PageStructure, lines_of
from archive.structure_json import from_json, to_json
from archive.views.issues import page as readers_page
from archive.withholding import masked_lines

PART = "X-Desk-Part"  # a request that wants the work area alone, to put in place of the old one


def page_of(key: str) -> Page:
    """The page of ``key`` with what the desk shows of it. Raises Http404."""
    return get_object_or_404(
        Page.objects.select_related("issue__newspaper", "dump").defer("dump__data"), key=key
    )


def version_of(page: Page, number: int) -> PageVersion:
    """A version of the page. Raises Http404."""
    return get_object_or_404(page.versions.select_related("dump").defer("dump__data"), number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LOOK)
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """Show the page for correction; do what a button asks for; save."""
    page = page_of(key)
    if request.method != "POST":
        return _show(request, page, Session(page.version, doubt=whole_number(request.GET.get("doubt"))))
    if not user_of(request).has_perm(CORRECT):
        return _show(request, page, Session(page.version), _("您的账号只能查看，不能校订。"), status=403)
    try:
        session = read_session(request.POST)
    except CorrectionError as error:
        return _show(request, page, Session(page.version), in_words(error), status=400)
    version_of(page, session.based_on)
    if "save" in request.POST:
        return _save(request, page, session)
    if "withhold" in request.POST:
        return _withhold(request, page, session)
    if "preview" in request.POST:
        return _preview(request, page, session)
    return _work(request, page, session)


def _work(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    """Do what a button asks for, and show the page as it then stands."""
    post = request.POST
    if "undo" in post:
        return _show(request, page, session.undo())
    if "redo" in post:
        return _show(request, page, session.redo())
    if "go" in post:
        return _show(request, page, replace(session, doubt=whole_number(post["go"])))
    if "show" in post:
        form, _colon, where = post["show"].partition(":")
        first = min(_ticked(post), default=0)
        place = read_place(where) or read_place(post.get("place", "")) or (Place(first, 0) if first else None)
        return _show(request, page, replace(session, open=form, open_at=place))
    base, lines = _base(page, session)
    try:
        now = apply(base, lines, session.actions).structure
        asked = asked_for(now, lines, post)
        apply(now, lines, asked)
    except CorrectionError as error:
        return _show(request, page, session, in_words(error), ticked=_ticked(post))
    return _show(request, page, session.doing(*asked) if asked else replace(session, open="", open_at=None))


def _ticked(post: QueryDict) -> set[int]:
    return {whole_number(number) for number in post.getlist("line")}


def _base(page: Page, session: Session) -> tuple[PageStructure, list[str]]:
    """The structure that the session began from, with its dump's lines."""
    version = version_of(page, session.based_on)
    return from_json(version.structure), lines_of(version.dump.text)


def _show(
    request: HttpRequest, page: Page, session: Session, error: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    base, lines = _base(page, session)
    try:
        corrected = apply(base, lines, session.actions)
    except CorrectionError as failed:
        # Only a form that was tampered with, or kept through a change of the program, comes here.
        error = error or in_words(failed)
        session = replace(session, actions=(), undone=())
        corrected = Corrected(base)
    secret = secret_places(page, user_of(request))
    context = _context(page, session, corrected, base, lines, secret) | {"error": error, "PART": PART} | more
    context["can_correct"] = user_of(request).has_perm(CORRECT)
    if request.headers.get(PART):
        return render(request, "admin/desk/_work.html", context, status=status)
    return render(
        request,
        "admin/desk/page.html",
        admin.site.each_context(request) | context | {"is_nav_sidebar_enabled": False},
        status=status,
    )


def _context(
    page: Page,
    session: Session,
    corrected: Corrected,
    base: PageStructure,
    lines: list[str],
    secret: frozenset[Place],
) -> dict[str, Any]:
    if page.version != session.based_on:
        secret |= _moved_secret(page, session, secret)
    form_open = _may_open(session, corrected.structure, lines, secret)
    session = session if form_open else replace(session, open="", open_at=None)
    structure, base = masked(corrected.structure, lines, secret), masked(base, lines, secret)
    lines = masked_lines(lines, secret)
    sections = dict(Section.objects.values_list("slug", "name"))
    layout = lay_out(structure, lines, sections)
    number = min(session.doubt, max(0, len(layout.doubts) - 1))
    doubt = layout.doubts[number] if layout.doubts else None
    session = replace(session, doubt=number)
    return {
        "page": page,
        "session": session,
        "layout": layout,
        "facts": structure.facts,
        "doubt": doubt,
        "suggestions": suggestions(structure, lines, doubt) if doubt else (),
        "unsaved": differences(base, structure) if session.actions else (),
        "moved_on": page.version != session.based_on,
        "form": _form(session, structure, layout, lines),
        "roles": list(enumerate(ROLE_WORDS.items(), 1)),
        "kinds": KIND_WORDS.items(),
        "sections": sections.items(),
        "genres": Genre.choices,
        "newspapers": Newspaper.objects.only("slug", "name"),
        "has_picture": page.dump.media_type == "application/pdf" or Scan.objects.filter(page=page).exists(),
        "reports": _open_reports(page),
        "proposal": page.proposals.filter(outcome="open").first(),
        "title": _("校订：%(page)s") % {"page": page},
    }


def _moved_secret(page: Page, session: Session, secret: frozenset[Place]) -> frozenset[Place]:
    """When the session's version is of an older dump, the places of the page's secrets mean other characters there."""
    version = version_of(page, session.based_on)
    if not secret or version.dump_id == page.dump_id:
        return frozenset()
    lines = lines_of(version.dump.text)
    pieces = from_json(version.structure).pieces()
    return frozenset(place for piece in pieces for place in places_of(lines, piece.spans))


def _may_open(session: Session, structure: PageStructure, lines: list[str], secret: frozenset[Place]) -> bool:
    """Whether the text that a form would show is not withheld from this member of staff."""
    if not secret or session.open_at is None or session.open not in ("text", "piece"):
        return True
    try:
        _, block = Sheet(structure, lines).block(session.open_at)
    except CorrectionError:
        return True
    return not is_secret(block, lines, secret)


def _open_reports(page: Page) -> QuerySet[Report]:
    return Report.objects.filter(Q(article__page=page) | Q(photo__page=page), closed_at=None)


def _form(
    session: Session, structure: PageStructure, layout: Layout, lines: list[str]
) -> dict[str, Any] | None:
    """What the open form needs to be filled in; None when none is open or its place is gone."""
    if session.open == "facts":
        return {"name": "facts"}
    if session.open not in ("text", "piece") or session.open_at is None:
        return None
    sheet = Sheet(structure, lines)
    try:
        found, block = sheet.block(session.open_at)
    except CorrectionError:
        return None
    owner = sheet.owner(found)
    pieces = layout.articles if found.kind.__name__ == "Article" else layout.photos
    return {
        "name": session.open,
        "at": place_text(session.open_at),
        "block": block,
        "role_words": ROLE_WORDS[block.role],
        "owner": owner,
        "piece": pieces[found.owner],
        "sections": list(getattr(owner, "sections", ())) + [""] * 3,
    }


def _save(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    base, lines = _base(page, session)
    if not session.actions:
        return _show(request, page, session, _("还没有改动，不用保存。"))
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
            note(request, _("校订"), f"{page} v{version.number}", words)
    except VersionConflictError:
        return _conflict(request, page_of(page.key), session)
    except CorrectionError as error:
        return _show(request, page, session, in_words(error))
    messages.success(request, _("已保存为版本 %(number)s。") % {"number": version.number})
    return HttpResponseRedirect(reverse("desk:version", args=[page.key, version.number]))


def _withhold(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    """Save, with the selection as a piece of its own that is withheld from that moment on."""
    user = user_of(request)
    if not user.has_perm(WITHHOLD):
        raise PermissionDenied
    base, lines = _base(page, session)
    try:
        if not session.reason:
            raise CorrectionError(_("撤下"), _("还没有写理由"), _("请先在“理由”里写明。"))
        now = apply(base, lines, session.actions).structure
        spans = selection(now, lines, request.POST)
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
            note(request, _("撤下文字"), f"{page} v{version.number} {key}", session.reason)
    except VersionConflictError:
        return _conflict(request, page_of(page.key), session)
    except CorrectionError as error:
        return _show(request, page, session, in_words(error), ticked=_ticked(request.POST))
    messages.success(request, _("已撤下，并存为版本 %(number)s。") % {"number": version.number})
    return HttpResponseRedirect(reverse("desk:visibility", args=["article", key]))


def _conflict(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    """Somebody else saved meanwhile: show what, and lay one's own actions on top of it, unsaved."""
    theirs = version_of(page, page.version)
    mine_from = version_of(page, session.based_on)
    base, lines = from_json(theirs.structure), lines_of(theirs.dump.text)
    kept, lost = laid_on_top(base, lines, session.actions)
    return _show(
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


def _preview(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    """The reader's page as it would be: saved, shown, and rolled back."""
    base, lines = _base(page, session)
    try:
        corrected = apply(base, lines, session.actions)
        return _as_readers_see(request, page, session, corrected)
    except CorrectionError as error:
        return _show(request, page, session, in_words(error))


def _as_readers_see(request: HttpRequest, page: Page, session: Session, corrected: Corrected) -> HttpResponse:
    with transaction.atomic():
        if session.actions and page.version == session.based_on:
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


@require_POST
@needs(CORRECT)
def try_actions(request: HttpRequest, key: str) -> HttpResponse:
    """What actions would make of the page, as JSON: structure, redirects and changes in words, or an error."""
    page = page_of(key)
    try:
        session = read_session(request.POST)
        base, lines = _base(page, session)
        corrected = apply(base, lines, session.actions)
    except CorrectionError as error:
        return JsonResponse({"error": in_words(error)}, status=400)
    secret = secret_places(page, user_of(request))
    structure, base = masked(corrected.structure, lines, secret), masked(base, lines, secret)
    return JsonResponse(
        {
            "structure": to_json(structure),
            "redirects": corrected.redirects,
            "changes": [each.words for each in differences(base, structure)],
            "current_version": page.version,
        },
        json_dumps_params={"ensure_ascii": False},
    )
