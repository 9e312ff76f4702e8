"""How the reading room answers: with pages that are always checked against the archive, with 410, with a redirect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from archive.models import Article, KeyRedirect, Photo, Piece

PER_PAGE = 30

#: Parameters with which an address shows a part of what it shows without them.
NARROWING = frozenset({"q", "letter", "year", "page", "written", "section"})

Row = TypeVar("Row")


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page. Browsers ask again each time and get 304 by its ETag, so a correction shows at once.

    Search engines are told to list lists whole, not what a reader narrowed them to.
    """
    response = render(request, template, context, status=status)
    if not NARROWING.isdisjoint(request.GET):
        response["X-Robots-Tag"] = "noindex"
    return fresh(response)


def fresh(response: HttpResponse) -> HttpResponse:
    """Let the response be kept but not used without asking."""
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def moved(what: str, old: str) -> HttpResponsePermanentRedirect | None:
    """The redirect of a key that leads elsewhere by now."""
    new = KeyRedirect.objects.filter(what=what, old=old).values_list("new", flat=True).first()
    if new is None:
        return None
    parts = new.split("/", 1) if what == KeyRedirect.What.ISSUE else [new]
    if what in (
        KeyRedirect.What.ARTICLE,
        KeyRedirect.What.PHOTO,
    ):  # a photo's text may have become an article's
        is_photo = Photo.objects.filter(key=new).exists()
        what = KeyRedirect.What.PHOTO if is_photo else KeyRedirect.What.ARTICLE
    return HttpResponsePermanentRedirect(reverse(f"archive:{what}", args=parts))


def absent(request: HttpRequest, piece: Article | Photo) -> HttpResponse | None:
    """What to answer for a piece that readers can't open; None for one that they can.

    Withheld pieces and those of deleted pages answer 410; one that left its page by a correction tells where it was.
    """
    if piece.visibility == Piece.Visibility.WITHHELD:
        sentence = _("应依法提出的要求或为更正错误，这一内容已从公开页面撤下。")
        return show(request, "archive/gone.html", {"sentence": sentence}, 410)
    if piece.page.deleted_at is not None:
        return show(
            request, "archive/gone.html", {"sentence": _("这一内容所在的版面已从资料库中删除。")}, 410
        )
    if piece.gone:
        what = "article" if isinstance(piece, Article) else "photo"
        redirect = moved(what, piece.key)
        if redirect:
            return redirect
        sentence = _("这一内容经校订已不再单独成篇，文字仍在原来的版面上。")
        return show(request, "archive/gone.html", {"sentence": sentence, "page": piece.page})
    return None


def pages_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Row], size: int = PER_PAGE
) -> PageOfList[Any]:
    """The page of a list that ``?page=`` names; the nearest one there is for any other number."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def number(text: str | None, least: int, most: int) -> int | None:
    """A whole number typed in an address, or None where it is none or out of bounds."""
    try:
        value = int(text or "")
    except ValueError:
        return None
    return value if least <= value <= most else None
