"""The review queue: pages and articles by doubt, “看过，没错” and next; changes to many at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_GET, require_POST

from archive import store
from archive.corrections import Action, Describe, Fact, Field, Place, SetFact, apply
from archive.desk.access import BULK, CORRECT, LOOK, in_words, needs, note, user_of
from archive.desk.layout import first_place
from archive.desk.views.showing import page_of
from archive.errors import BaozangError
from archive.identity import doubtful
from archive.models import Article, Newspaper, Page, Photo, Report, Section, Suspicion
from archive.order import NEWEST_FIRST, PAGES
from archive.readable import readable
from archive.remembered import Memory
from archive.structure import DOUBTS, lines_of
from archive.structure_json import from_json

PER_PAGE = 25
MOST_AT_ONCE = 200


class Filters(forms.Form):
    """What the queue is narrowed to."""

    newspaper = forms.ModelChoiceField(
        Newspaper.objects.all(), required=False, to_field_name="slug", label=gettext_lazy("报纸")
    )
    since = forms.DateField(
        required=False, label=gettext_lazy("自"), widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        required=False, label=gettext_lazy("至"), widget=forms.DateInput({"type": "date"})
    )
    section = forms.ChoiceField(required=False, label=gettext_lazy("主题"))
    reason = forms.ChoiceField(
        required=False,
        label=gettext_lazy("疑点"),
        choices=[
            ("", gettext_lazy("全部")),
            *((code, gettext_lazy(words)) for code, words in DOUBTS.items()),
        ],
    )
    state = forms.ChoiceField(
        required=False,
        label=gettext_lazy("状态"),
        choices=[
            ("", gettext_lazy("待复核")),
            ("reviewed", gettext_lazy("已复核")),
            ("all", gettext_lazy("全部")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Section.objects.values_list("slug", "name")
        self.fields["section"].choices = [("", _("全部")), ("none", _("未分类")), *sections]  # type: ignore[attr-defined]

    def articles(self) -> QuerySet[Article]:
        """The articles that fit, those of unreviewed pages unless said otherwise."""
        found = Article.objects.filter(gone=False, page__deleted_at=None)
        if not self.is_valid():
            return found
        typed = self.cleaned_data
        if typed["newspaper"]:
            found = found.filter(page__issue__newspaper=typed["newspaper"])
        if typed["since"]:
            found = found.filter(date__gte=typed["since"])
        if typed["until"]:
            found = found.filter(date__lte=typed["until"])
        if typed["section"] == "none":
            found = found.unclassified()
        elif typed["section"]:
            found = found.filter(sections__slug=typed["section"])
        if typed["reason"]:
            found = found.filter(doubts__icontains=f'"{typed["reason"]}"')
        return found.filter(self._in_state("page__"))

    def pages(self) -> QuerySet[Page]:
        """The pages that have an article that fits; without filters, all."""
        found = Page.objects.filter(deleted_at=None).filter(self._in_state(""))
        narrowed = self.is_valid() and any(
            value for name, value in self.cleaned_data.items() if name != "state"
        )
        return found.filter(pk__in=self.articles().values("page")) if narrowed else found

    def _in_state(self, prefix: str) -> Q:
        """Reviewed or not."""
        state = self.cleaned_data.get("state", "") if self.is_valid() else ""
        if state == "all":
            return Q()
        return Q(**{f"{prefix}reviewed_at__isnull": state != "reviewed"})


def progress() -> dict[str, int]:
    """How many pages are reviewed, of how many."""
    pages = Page.objects.filter(deleted_at=None)
    return {"reviewed": pages.exclude(reviewed_at=None).count(), "all": pages.count()}


@require_GET
@needs(LOOK)
def queue(request: HttpRequest) -> HttpResponse:
    """Pages, the least sure first, each with its doubts in words."""
    filters = Filters(request.GET)
    rows = (
        filters.pages()
        .select_related("issue__newspaper", "dump")
        .defer("dump__data", "dump__text")
        .prefetch_related(
            Prefetch("articles", Article.objects.only("page", "gone", "doubts")),
            Prefetch("photos", Photo.objects.only("page", "gone", "doubts")),
        )
        .order_by("confidence", F("issue__date").desc(nulls_last=True), *PAGES)
    )
    listed = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return _show(
        request,
        "queue",
        filters=filters,
        rows=[(page, _reasons(page)) for page in listed],
        listed=listed,
        title=_("待复核的版面"),
    )


@require_GET
@needs(LOOK)
def articles(request: HttpRequest) -> HttpResponse:
    """Articles, the least sure first."""
    filters = Filters(request.GET)
    found = readable(filters.articles(), user_of(request))
    rows = (
        found.select_related("page__issue__newspaper", "section")
        .defer("printed", "evidence")
        .distinct()
        .order_by("confidence", *NEWEST_FIRST)
    )
    listed = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return _show(
        request,
        "articles",
        filters=filters,
        rows=[(article, _words(article.doubts)) for article in listed],
        listed=listed,
        title=_("待复核的文章"),
    )


def _reasons(page: Page) -> list[tuple[str, int]]:
    """The page's doubts in words, each with how often."""
    counted = Counter(
        word
        for piece in (*page.articles.all(), *page.photos.all())
        if not piece.gone
        for word in _words(piece.doubts)
    )
    return counted.most_common()


def _words(doubts: list[Any]) -> list[str]:
    return [DOUBTS.get(doubt[0], doubt[0]) for doubt in doubts]


@require_POST
@needs(CORRECT)
def looks_right(request: HttpRequest, key: str) -> HttpResponse:
    """Note the page as reviewed and go to the next one."""
    page = page_of(key)
    with transaction.atomic():
        store.mark_reviewed(page, author=user_of(request))
        note(request, gettext_noop("复核"), str(page))
    following = (
        Page.objects.filter(deleted_at=None, reviewed_at=None)
        .exclude(pk=page.pk)
        .order_by("confidence", F("issue__date").desc(nulls_last=True), *PAGES)
        .first()
    )
    messages.success(request, _("“%(page)s”已标为复核。") % {"page": page})
    if following is None:
        return HttpResponseRedirect(reverse("desk:queue"))
    return HttpResponseRedirect(reverse("desk:page", args=[following.key]))


@require_POST
@needs(BULK)
def bulk(request: HttpRequest) -> HttpResponse:
    """Set the newspaper or date of chosen pages, or the section of chosen articles: a version for each page."""
    pages = {
        page.key: page for page in Page.objects.filter(key__in=request.POST.getlist("page")[:MOST_AT_ONCE])
    }
    chosen = Article.objects.filter(
        key__in=request.POST.getlist("article")[:MOST_AT_ONCE], gone=False
    ).select_related("page")
    work: dict[str, tuple[Page, list[str]]] = {key: (page, []) for key, page in pages.items()}
    for article in chosen:
        work.setdefault(article.page.key, (article.page, []))[1].append(article.key)
    back = reverse("desk:articles" if chosen else "desk:queue")
    try:
        facts = _facts(request)
    except ValueError:
        messages.error(request, _("日期应写成 2021-10-24 的样子。"))
        return HttpResponseRedirect(back)
    section = request.POST.get("section", "")
    if not work or not (facts or section):
        messages.warning(request, _("请先勾选，再选要设成什么。"))
        return HttpResponseRedirect(back)
    if section and not Section.objects.filter(slug=section).exists():
        messages.error(request, _("没有这个主题。"))
        return HttpResponseRedirect(back)
    done = 0
    for page, keys in work.values():
        try:
            done += _change(request, page, facts, section, keys)
        except BaozangError as error:
            messages.error(request, f"{page}：{in_words(error)}")
    messages.success(request, _("已改 %(count)s 版。") % {"count": done})
    return HttpResponseRedirect(back)


def _facts(request: HttpRequest) -> list[SetFact]:
    """What the form sets of pages. Raises ValueError for a date that is none."""
    facts = []
    if date := request.POST.get("date", "").strip():
        facts.append(SetFact(Fact.ISSUE_DATE, dt.date.fromisoformat(date).isoformat()))
    newspaper = request.POST.get("newspaper", "")
    if newspaper and Newspaper.objects.filter(slug=newspaper).exists():
        facts.append(SetFact(Fact.NEWSPAPER, newspaper))
    return facts


def _change(request: HttpRequest, page: Page, facts: list[SetFact], section: str, keys: list[str]) -> int:
    """One page's version; 1 when it was made. Raises BaozangError when the page moved on meanwhile."""
    name = str(page)
    version = page.versions.select_related("dump").get(number=page.version)
    structure, lines = from_json(version.structure), lines_of(version.dump.text)
    actions: list[Action] = list(facts)
    if section:
        for article in structure.articles:
            # The chosen articles, or all of a chosen page, get it as their first section.
            if article.key in keys or not keys:
                place: Place = first_place(lines, article.blocks[0].spans)
                rest = tuple(slug for slug in article.sections if slug != section)[:2]
                actions.append(Describe(place, Field.SECTIONS, (section, *rest)))
    corrected = apply(structure, lines, actions)
    if corrected.structure == structure:
        return 0
    with transaction.atomic():
        store.save(
            page,
            corrected.structure,
            based_on=version.number,
            author=user_of(request),
            reason=_("批量修改"),
            redirects=corrected.redirects,
        )
        note(request, gettext_noop("批量修改"), name, str([*facts, section]))
    return 1


def _show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    query = request.GET.copy()
    query.pop("page", None)
    user = user_of(request)
    return render(
        request,
        f"admin/desk/{template}.html",
        admin.site.each_context(request)
        | {
            "is_nav_sidebar_enabled": False,
            "progress": progress(),
            "query": query.urlencode(),
            "can_correct": user.has_perm(CORRECT),
            "can_bulk": user.has_perm(BULK),
            "newspapers": Newspaper.objects.only("slug", "name"),
            "sections": Section.objects.only("slug", "name"),
            "doubles": Memory().roughly("doubtful people", lambda: len(doubtful())),
            "suspicions": Suspicion.objects.filter(outcome=Suspicion.Outcome.OPEN).count(),
            "open_reports": Report.objects.filter(closed_at=None).count(),
        }
        | context,
    )
