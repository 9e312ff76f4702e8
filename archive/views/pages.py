"""A page, set again in columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.models import Article, Issue, Mention, Page, PageVersion, Photo
from archive.newsprint import set_page
from archive.order import PAGES
from archive.prepared import prepared
from archive.structure_json import from_json
from archive.views.respond import show


@prepared
def _found(key: str) -> QuerySet[Page]:
    version = PageVersion.objects.filter(page=OuterRef("pk"), number=OuterRef("version"))
    return (
        Page.objects.filter(key=key)
        .select_related("issue__newspaper")
        .annotate(structure=Subquery(version.values("structure")[:1]))
    )


@prepared
def _pages(issue: int) -> QuerySet[Page]:
    return Page.objects.shown().filter(issue__pk=issue).order_by(*PAGES)


@prepared
def _articles(page: int) -> QuerySet[Article]:
    told = ("kicker", "subheadline", "byline", "note", "body", "column__name")
    rows = Article.objects.listed().filter(page__pk=page)
    return rows.for_lists(*told).select_related("column").order_by("position")


@prepared
def _photos(page: int) -> QuerySet[Photo]:
    return Photo.objects.listed().filter(page__pk=page).order_by("position")


@prepared
def _mentions(page: int) -> QuerySet[Mention]:
    named = Mention.objects.filter(article__page__pk=page, kind="subject", person__listed=True)
    return named.select_related("person").order_by("article", "order")


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One page set again in columns, in the dump's order (重排，非原版)."""
    found = next(iter(_found(key)), None)
    if found is None:
        raise Http404
    if found.deleted_at is not None:
        return show(request, "archive/gone.html", {"sentence": _("这一版已从资料库中删除。")}, 410)
    structure = from_json(found.structure)  # type: ignore[attr-defined]
    return show(
        request,
        "archive/page.html",
        {
            "page": found,
            "issue": found.issue,
            "setting": set_page(_articles(found.pk), _photos(found.pk), _mentions(found.pk), structure),
            "pages": _pages(found.issue_id),
            "before": _same_page(found, "before"),
            "after": _same_page(found, "after"),
        },
    )


def _same_page(page: Page, side: str) -> Page | None:
    """The page of the same name (without one: of the same number) in the nearest issue before or after that has it."""
    if page.issue.date is None:
        return None
    place = (page.issue.newspaper_id, page.issue.date.isoformat())
    if page.name:
        rows = _nearest("name", side)(*place, page.name)
    elif page.number is not None:
        rows = _nearest("number", side)(*place, page.number)
    else:
        rows = _nearest("", side)(*place, "")
    return next(iter(rows), None)


@cache
def _nearest(same: str, side: str) -> Callable[[int, str, str | int], list[Page]]:
    """Asks for the nearest page that has the same ``name``, the same ``number`` and no name, or neither (``same``)."""

    @prepared
    def ask(newspaper: int, date: str, value: str | int) -> QuerySet[Page]:
        kinds = {"name": Q(name=value), "number": Q(name="", number=value), "": Q(name="", number=None)}
        alike = Page.objects.shown().filter(kinds[same])
        beyond, order = (Q(date__lt=date), "-date") if side == "before" else (Q(date__gt=date), "date")
        issues = Issue.objects.filter(
            beyond, Exists(alike.filter(issue=OuterRef("pk"))), newspaper__pk=newspaper
        )
        nearest = Subquery(issues.order_by(order).values("pk")[:1])
        return alike.filter(issue=nearest).select_related("issue__newspaper").order_by(*PAGES)[:1]

    return ask
