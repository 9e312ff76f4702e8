"""The desk of one page: doubts first, then the whole page; nothing is stored before “保存”."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.corrections import Place, apply
from archive.desk.access import CORRECT, LOOK, in_words, needs, user_of
from archive.desk.buttons import asked_for
from archive.desk.masking import masked
from archive.desk.session import Session, read_place, read_session, whole_number
from archive.desk.views.saving import preview, save, withhold
from archive.desk.views.showing import base_of, page_of, secret_of, show, ticked, version_of
from archive.diffing import differences
from archive.errors import CorrectionError
from archive.models import Page
from archive.structure_json import to_json
from archive.withholding import masked_lines
from archive.wording import worded


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LOOK)
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """Show the page for correction; do what a button asks for; save."""
    page = page_of(key)
    if request.method != "POST":
        return show(request, page, Session(page.version, doubt=whole_number(request.GET.get("doubt"))))
    if not user_of(request).has_perm(CORRECT):
        return show(request, page, Session(page.version), _("您的账号只能查看，不能校订。"), status=403)
    try:
        session = read_session(request.POST)
    except CorrectionError as error:
        return show(request, page, Session(page.version), in_words(error), status=400)
    version_of(page, session.based_on)
    if "save" in request.POST:
        return save(request, page, session)
    if "withhold" in request.POST:
        return withhold(request, page, session)
    if "preview" in request.POST:
        return preview(request, page, session)
    return _work(request, page, session)


def _work(request: HttpRequest, page: Page, session: Session) -> HttpResponse:
    """Do what a button asks for, and show the page as it then stands."""
    post = request.POST
    if "undo" in post:
        return show(request, page, session.undo())
    if "redo" in post:
        return show(request, page, session.redo())
    if "go" in post:
        return show(request, page, replace(session, doubt=whole_number(post["go"])))
    if "show" in post:
        form, _colon, where = post["show"].partition(":")
        first = min(ticked(post), default=0)
        place = read_place(where) or read_place(post.get("place", "")) or (Place(first, 0) if first else None)
        return show(request, page, replace(session, open=form, open_at=place))
    base, lines = base_of(page, session)
    try:
        now = apply(base, lines, session.actions).structure
        # Words are looked for in what this member of staff may read, lest the answer tell of the rest.
        shown = masked_lines(lines, secret_of(request, page, session, base))
        asked = asked_for(now, lines, post, shown)
        apply(now, lines, asked)
    except CorrectionError as error:
        return show(request, page, session, in_words(error), ticked=ticked(post))
    return show(request, page, session.doing(*asked) if asked else replace(session, open="", open_at=None))


@require_POST
@needs(CORRECT)
def try_actions(request: HttpRequest, key: str) -> HttpResponse:
    """What actions would make of the page, as JSON: structure, redirects and changes in words, or an error."""
    page = page_of(key)
    try:
        session = read_session(request.POST)
        base, lines = base_of(page, session)
        corrected = apply(base, lines, session.actions)
    except CorrectionError as error:
        return JsonResponse({"error": in_words(error)}, status=400)
    secret = secret_of(request, page, session, base)
    structure, base = masked(corrected.structure, lines, secret), masked(base, lines, secret)
    return JsonResponse(
        {
            "structure": to_json(structure),
            "redirects": corrected.redirects,
            "changes": [worded(each.words) for each in differences(base, structure)],
            "current_version": page.version,
        },
        json_dumps_params={"ensure_ascii": False},
    )
