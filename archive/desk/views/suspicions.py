"""Pieces withheld because they seem to hold withheld text: to be confirmed or released by who may read both."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from archive import store
from archive.desk.access import WITHHOLD, needs, note, user_of
from archive.models import Article, Photo, Suspicion
from archive.readable import READ_WITHHELD
from archive.withholding import RUN, Folded

#: Suspicions shown at once; when these are dealt with, the next are shown.
AT_ONCE = 20


@require_GET
@needs(READ_WITHHELD)
def suspicions(request: HttpRequest) -> HttpResponse:
    """Those that wait, each beside what it is like."""
    waiting = Suspicion.objects.filter(outcome=Suspicion.Outcome.OPEN).order_by("pk")
    return render(
        request,
        "admin/desk/suspicions.html",
        admin.site.each_context(request)
        | {
            "suspicions": [_shown(each) for each in waiting[:AT_ONCE]],
            "count": waiting.count(),
            "may_decide": user_of(request).has_perm(WITHHOLD),
            "title": _("疑似撤下的文字"),
            "is_nav_sidebar_enabled": False,
        },
    )


def _shown(suspicion: Suspicion) -> dict[str, object]:
    piece, secret = _piece(suspicion.key), _piece(suspicion.secret)
    return {
        "suspicion": suspicion,
        "piece": piece,
        "secret": secret,
        "parts": list(_parts(piece.printed, Folded(secret.printed))) if piece and secret else [],
    }


def _piece(key: str) -> Article | Photo | None:
    found: Article | Photo | None = (
        Article.objects.select_related("page__issue__newspaper").filter(key=key).first()
    )
    return found or Photo.objects.select_related("page__issue__newspaper").filter(key=key).first()


def _parts(text: str, secret: Folded) -> Iterator[tuple[str, bool]]:
    """The text cut into parts that are in the withheld one, and parts that are not."""
    places = [(at, letter) for at, each in enumerate(text) for letter in Folded(each).letters]
    letters = "".join(letter for _, letter in places)
    shared = set()
    for start in range(len(letters) - RUN + 1):
        if letters[start : start + RUN] in secret.runs:
            shared |= set(range(places[start][0], places[start + RUN - 1][0] + 1))
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (at in shared) != (start in shared):
            yield text[start:at], start in shared
            start = at


@require_POST
@needs(READ_WITHHELD)
@needs(WITHHOLD)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the piece holds the withheld words, or release it."""
    suspicion = get_object_or_404(Suspicion, pk=pk)
    holds = "confirm" in request.POST
    with transaction.atomic():
        if store.settle_suspicion(suspicion, holds=holds, author=user_of(request)):
            note(
                request,
                gettext_noop("确认撤下") if holds else gettext_noop("放行"),
                suspicion.key,
                str(suspicion),
            )
    messages.success(request, _("已处理。"))
    return HttpResponseRedirect(reverse("desk:suspicions"))
