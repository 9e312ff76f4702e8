"""A page's history: who, when, why and what; any two versions side by side; any brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from archive import store
from archive.corrections import redirects_between
from archive.corrections.sheet import owners_of
from archive.desk.access import CORRECT, LOOK, in_words, needs, note, user_of
from archive.desk.masking import masked, shown_version, withheld_places
from archive.desk.session import whole_number
from archive.desk.similar import Fix, fixes_between, offers, propose
from archive.desk.views.showing import page_of, version_of
from archive.difference import Difference, title
from archive.diffing import differences
from archive.errors import CorrectionError, StoreError
from archive.models import Article, Change, Cursor, Page, PageVersion, Photo
from archive.structure import Article as ArticleValue
from archive.structure import PageStructure, lines_of
from archive.structure_json import from_json
from archive.withholding import MASK

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: The consumer of the change log that writes the index.
INDEXER = "search"


@dataclass(frozen=True, slots=True)
class Step:
    """A version, and what it changed since the one before."""

    version: PageVersion
    changed: tuple[Difference, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class PublicChange:
    """What readers notice of a version: addresses, people, and whether the search has caught up."""

    new: list[Article | Photo]
    led: list[tuple[str, str, str]]
    gone: list[str]
    people_added: list[str]
    people_removed: list[str]
    waiting: int


def compared(page: Page, old: PageVersion, new: PageVersion, user: User) -> tuple[Difference, ...]:
    """What differs between two versions of a page, as far as ``user`` may read it."""
    return differences(
        shown_version(page, old, user), shown_version(page, new, user), same_dump=old.dump_id == new.dump_id
    )


@require_GET
@needs(LOOK)
def history(request: HttpRequest, key: str) -> HttpResponse:
    """All versions, the newest first."""
    page = page_of(key)
    user = user_of(request)
    versions = list(page.versions.order_by("number").select_related("dump").defer("dump__data"))
    steps = [
        Step(version, compared(page, before, version, user) if before else (), version.number == page.version)
        for before, version in zip([None, *versions], versions, strict=False)
    ]
    return _show(
        request, "history", page, steps=list(reversed(steps)), title=_("历史：%(page)s") % {"page": page}
    )


@require_GET
@needs(LOOK)
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One version: what it changed, and what of that readers notice."""
    page = page_of(key)
    this = version_of(page, number)
    before = page.versions.filter(number=number - 1).first()
    return _show(
        request,
        "version",
        page,
        version=this,
        changed=compared(page, before, this, user_of(request)) if before else (),
        public=_public(page, before, this, user_of(request)) if before and number == page.version else None,
        articles=shown_version(page, this, user_of(request)).articles,
        similar=offers(page, _fixes_of(page, before, this)) if before and number == page.version else [],
        title=_("版本 %(number)s：%(page)s") % {"number": number, "page": page},
    )


def _fixes_of(page: Page, before: PageVersion, this: PageVersion) -> tuple[Fix, ...]:
    """What the version says of texts that everybody on the staff may read."""
    if before.dump_id != this.dump_id or this.kind != PageVersion.Kind.CORRECTED:
        return ()
    lines, secret = lines_of(this.dump.text), withheld_places(page)
    old, new = (masked(from_json(each.structure), lines, secret) for each in (before, this))
    return tuple(fix for fix in fixes_between(old, new) if MASK not in fix.text)


@require_POST
@needs(CORRECT)
def propose_similar(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Leave the same fix as proposals at the newspaper's similar pages."""
    page = page_of(key)
    this, before = version_of(page, number), version_of(page, number - 1)
    count = propose(this, offers(page, _fixes_of(page, before, this)))
    note(request, gettext_noop("提出同样的改法"), f"{page} v{number}", str(count))
    messages.success(request, _("已在 %(count)s 版提出，等待逐版决定。") % {"count": count})
    return HttpResponseRedirect(reverse("desk:proposals"))


@require_GET
@needs(LOOK)
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """Any two versions."""
    page = page_of(key)
    numbers = sorted(whole_number(request.GET.get(name)) for name in ("a", "b"))
    if numbers[0] == numbers[1]:
        messages.warning(request, _("请选两个不同的版本。"))
        return HttpResponseRedirect(reverse("desk:history", args=[key]))
    old, new = (version_of(page, number) for number in numbers)
    return _show(
        request,
        "compare",
        page,
        old=old,
        new=new,
        changed=compared(page, old, new, user_of(request)),
        title=_("比较版本 %(a)s 与 %(b)s：%(page)s") % {"a": numbers[0], "b": numbers[1], "page": page},
    )


@require_POST
@needs(CORRECT)
def restore(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Make an older version's content the newest version."""
    page = page_of(key)
    reason = request.POST.get("reason", "").strip()[:300] or _("恢复到版本 %(number)s") % {"number": number}
    try:
        with transaction.atomic():
            made = store.restore(page, number, author=user_of(request), reason=reason)
            note(request, gettext_noop("恢复旧版"), f"{page} v{made.number}", reason)
    except StoreError as error:
        raise Http404(str(error)) from error
    except CorrectionError as error:
        messages.error(request, in_words(error))
        return HttpResponseRedirect(reverse("desk:version", args=[key, number]))
    messages.success(
        request, _("已恢复版本 %(old)s 的内容，存为版本 %(new)s。") % {"old": number, "new": made.number}
    )
    return HttpResponseRedirect(reverse("desk:version", args=[key, made.number]))


def _public(page: Page, before: PageVersion, after: PageVersion, user: User) -> PublicChange:
    old, new = shown_version(page, before, user), shown_version(page, after, user)
    old_keys, new_keys = _keys(old), _keys(new)
    led = dict(redirects_between(old, new)) if before.dump_id == after.dump_id else {}
    words = {owner.key: title(owner) for owner in (*owners_of(old), *owners_of(new))}
    was, now = _people(old), _people(new)
    rows: list[Article | Photo] = [
        *Article.objects.shown().filter(key__in=new_keys - old_keys),
        *Photo.objects.shown().filter(key__in=new_keys - old_keys),
    ]
    position = Cursor.objects.filter(consumer=INDEXER).values_list("position", flat=True).first() or 0
    return PublicChange(
        new=rows,
        led=[(key, led[key], words[key]) for key in old_keys - new_keys if key in led],
        gone=[words[key] for key in old_keys - new_keys if key not in led],
        people_added=sorted(now - was),
        people_removed=sorted(was - now),
        waiting=Change.objects.filter(id__gt=position, key__in=old_keys | new_keys).count(),
    )


def _keys(structure: PageStructure) -> set[str]:
    return {owner.key for owner in owners_of(structure)}


def _people(structure: PageStructure) -> set[str]:
    names: set[str] = set()
    for owner in owners_of(structure):
        if isinstance(owner, ArticleValue):
            names |= {*owner.reporters, *owner.correspondents}
        else:
            names |= set(owner.photographers)
    return names


def _show(request: HttpRequest, template: str, page: Page, **context: Any) -> HttpResponse:
    return render(
        request,
        f"admin/desk/{template}.html",
        admin.site.each_context(request)
        | {"page": page, "is_nav_sidebar_enabled": False, "can_correct": user_of(request).has_perm(CORRECT)}
        | context,
    )
