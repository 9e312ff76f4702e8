"""The work area of the desk as a member of staff sees it: the page after the actions so far, withheld text as □."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from archive.corrections import Corrected, Place, apply
from archive.corrections.sheet import Sheet
from archive.desk.access import CORRECT, in_words, user_of
from archive.desk.layout import KIND_WORDS, Layout, lay_out, place_text
from archive.desk.masking import is_secret, masked, secret_in
from archive.desk.session import Session, whole_number
from archive.desk.suggestions import suggestions
from archive.difference import ROLE_WORDS
from archive.diffing import differences
from archive.errors import CorrectionError
from archive.models import Genre, Newspaper, Page, PageVersion, Report, Scan, Section
from archive.structure import PageStructure, lines_of
from archive.structure_json import from_json
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


def ticked(post: QueryDict) -> set[int]:
    return {whole_number(number) for number in post.getlist("line")}


def base_of(page: Page, session: Session) -> tuple[PageStructure, list[str]]:
    """The structure that the session began from, with its dump's lines."""
    version = version_of(page, session.based_on)
    return from_json(version.structure), lines_of(version.dump.text)


def show(
    request: HttpRequest, page: Page, session: Session, error: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    base, lines = base_of(page, session)
    try:
        corrected = apply(base, lines, session.actions)
    except CorrectionError as failed:
        # Only a form that was tampered with, or kept through a change of the program, comes here.
        error = error or in_words(failed)
        session = replace(session, actions=(), undone=())
        corrected = Corrected(base)
    secret = secret_of(request, page, session, base)
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
        "picture_is_secret": bool(secret),
        "reports": _open_reports(page),
        "proposal": page.proposals.filter(outcome="open").first(),
        "title": _("校订：%(page)s") % {"page": page},
    }


def secret_of(request: HttpRequest, page: Page, session: Session, base: PageStructure) -> frozenset[Place]:
    """The characters of the dump that the session began from that this member of staff may not read."""
    return secret_in(page, version_of(page, session.based_on).dump, base, user_of(request))


def _may_open(session: Session, structure: PageStructure, lines: list[str], secret: frozenset[Place]) -> bool:
    """Whether the text that a form would show is not withheld from this member of staff."""
    if not secret or session.open_at is None or session.open not in ("text", "piece"):
        return True
    try:
        sheet = Sheet(structure, lines)
        found, block = sheet.block(session.open_at)
    except CorrectionError:
        return True
    shown = sheet.owner(found).blocks if session.open == "piece" else (block,)
    return not any(is_secret(each, lines, secret) for each in shown)


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
