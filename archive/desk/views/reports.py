"""What readers sent, and taking pieces off the public pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive import store
from archive.desk.access import ANSWER, REPORTS, WITHHOLD, needs, note, user_of
from archive.models import Article, Photo, Piece, Report, Suspicion
from archive.readable import READ_WITHHELD, may_read, readable

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@require_GET
@needs(REPORTS)
def reports(request: HttpRequest) -> HttpResponse:
    """Open ones first, requests with a date before all; then the last that were closed."""
    now, user = timezone.now(), user_of(request)
    found = Report.objects.select_related("article__page__issue__newspaper", "photo__page__issue__newspaper")
    return render(
        request,
        "admin/desk/reports.html",
        admin.site.each_context(request)
        | {
            "open": [
                (report, _name(report.piece, user), (report.due_at - now).days if report.due_at else None)
                for report in found.filter(closed_at=None).order_by("-kind", "due_at", "created_at")
            ],
            "closed": [
                (report, _name(report.piece, user))
                for report in readable(found.exclude(closed_at=None), user).order_by("-closed_at")[:50]
            ],
            "title": _("读者来信"),
            "is_nav_sidebar_enabled": False,
        },
    )


def _name(piece: Article | Photo | None, user: User) -> str:
    """What staff call it: its title, as far as ``user`` may read that."""
    if piece is None or not may_read(piece, user):
        return _("（已撤下）%(key)s") % {"key": piece.key if piece else ""}
    return str(piece)


@require_POST
@needs(ANSWER)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a report with a word."""
    report = get_object_or_404(Report, pk=pk)
    answer = request.POST.get("answer", "").strip()[:300]
    if not answer:
        messages.error(request, _("请写一句处理结果。"))
        return HttpResponseRedirect(reverse("desk:reports"))
    with transaction.atomic():
        closed = Report.objects.filter(pk=report.pk, closed_at=None).update(
            answer=answer, closed_at=timezone.now(), closed_by=user_of(request)
        )
        if closed:
            note(request, gettext_noop("处理来信"), f"#{report.pk} {report.piece}", answer)
    messages.success(request, _("已处理。"))
    return HttpResponseRedirect(reverse("desk:reports"))


@require_http_methods(["GET", "POST"])
@needs(WITHHOLD)
def visibility(request: HttpRequest, what: str, key: str) -> HttpResponse:
    """Withhold, delist or publish an article or photo, always with a reason."""
    piece = _piece(what, key)
    if request.method == "POST":
        chosen, reason = request.POST.get("visibility", ""), request.POST.get("reason", "").strip()[:300]
        suspected = Suspicion.objects.filter(key=piece.key, outcome=Suspicion.Outcome.OPEN).exists()
        if suspected and not user_of(request).has_perm(READ_WITHHELD):
            raise PermissionDenied  # only who may read both texts says that they are not the same
        if chosen not in Piece.Visibility.values or (chosen != Piece.Visibility.PUBLIC and not reason):
            messages.error(request, _("请选一项，并写明理由。"))
        else:
            with transaction.atomic():
                store.set_visibility(piece, Piece.Visibility(chosen), reason)
                note(request, Piece.Visibility(chosen).label, f"{what} {key} {piece}", reason)
            messages.success(request, _("已设置；检索会在几秒内跟上。"))
            return HttpResponseRedirect(request.path)
    piece.refresh_from_db()
    reads = may_read(piece, user_of(request))
    return render(
        request,
        "admin/desk/visibility.html",
        admin.site.each_context(request)
        | {
            "piece": piece,
            "what": what,
            "text": piece.printed if reads else "",
            "may_read": reads,
            "choices": Piece.Visibility.choices,
            "title": _("公开范围：%(piece)s") % {"piece": _name(piece, user_of(request))},
            "is_nav_sidebar_enabled": False,
        },
    )


def _piece(what: str, key: str) -> Article | Photo:
    if what == "photo":
        return get_object_or_404(Photo, key=key)
    return get_object_or_404(Article, key=key)
