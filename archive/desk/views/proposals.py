"""New parses of pages that a person has touched: to take whole, by article, or not at all."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from archive import store
from archive.corrections.adopting import taken
from archive.desk.access import CORRECT, LOOK, in_words, needs, note, user_of
from archive.desk.layout import letter_of
from archive.desk.masking import masked, secret_in, secret_places
from archive.difference import title
from archive.diffing import differences
from archive.errors import BaozangError
from archive.models import Proposal
from archive.structure import lines_of
from archive.structure_json import from_json


@require_GET
@needs(LOOK)
def proposals(request: HttpRequest) -> HttpResponse:
    """Those that wait."""
    waiting = (
        Proposal.objects.filter(outcome=Proposal.Outcome.OPEN)
        .select_related("page__issue__newspaper")
        .defer("structure")
    )
    return render(
        request,
        "admin/desk/proposals.html",
        admin.site.each_context(request)
        | {"proposals": waiting, "title": _("待定的新解析"), "is_nav_sidebar_enabled": False},
    )


@require_http_methods(["GET", "POST"])
@needs(CORRECT)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One, with what it would change; what to do with it."""
    found = get_object_or_404(
        Proposal.objects.select_related("page__issue__newspaper", "page__dump", "dump").defer(
            "page__dump__data", "dump__data"
        ),
        pk=pk,
    )
    if request.method == "POST":
        return _deal(request, found)
    page = found.page
    same_dump = found.dump_id == page.dump_id
    user = user_of(request)
    now, then = store.structure_of(page), from_json(found.structure)
    now = masked(now, lines_of(page.dump.text), secret_places(page, user))
    then = masked(then, lines_of(found.dump.text), secret_in(page, found.dump, then, user))
    changed = differences(now, then, same_dump=same_dump)
    keys = {each.key for each in changed if each.key}
    return render(
        request,
        "admin/desk/proposal.html",
        admin.site.each_context(request)
        | {
            "proposal": found,
            "page": page,
            "same_dump": same_dump,
            "changed": changed,
            "articles": [
                (number, letter_of(number), title(article), article, article.key in keys)
                for number, article in enumerate(then.articles)
            ],
            "title": _("新解析：%(page)s") % {"page": page},
            "is_nav_sidebar_enabled": False,
        },
    )


def _deal(request: HttpRequest, found: Proposal) -> HttpResponse:
    page, author = found.page, user_of(request)
    reason = request.POST.get("reason", "").strip()[:300]
    try:
        with transaction.atomic():
            if "decline" in request.POST:
                store.decline(found, author=author)
                note(request, gettext_noop("不采纳新解析"), str(page), reason)
                messages.success(request, _("已不采纳，版面照旧。"))
                return HttpResponseRedirect(reverse("desk:proposals"))
            seen = request.POST.get("based_on", "")
            based_on = int(seen) if seen.isdecimal() else 0
            chosen = {int(number) for number in request.POST.getlist("article") if number.isdecimal()}
            if "whole" in request.POST:
                version = store.adopt(found, based_on=based_on, author=author, reason=reason)
            elif found.dump_id != page.dump_id:
                messages.error(request, _("原文文件不同，只能整版采纳或不采纳。"))
                return HttpResponseRedirect(reverse("desk:proposal", args=[found.pk]))
            elif not chosen:
                messages.warning(request, _("请勾选要采纳的文章。"))
                return HttpResponseRedirect(reverse("desk:proposal", args=[found.pk]))
            else:
                mixed = taken(
                    store.structure_of(page), from_json(found.structure), lines_of(page.dump.text), chosen
                )
                version = store.adopt(found, based_on=based_on, author=author, structure=mixed, reason=reason)
            note(request, gettext_noop("采纳新解析"), f"{page} v{version.number}", reason)
    except BaozangError as error:
        messages.error(request, in_words(error))
        return HttpResponseRedirect(reverse("desk:proposals"))
    messages.success(request, _("已采纳，存为版本 %(number)s。") % {"number": version.number})
    return HttpResponseRedirect(reverse("desk:version", args=[page.key, version.number]))
