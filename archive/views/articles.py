"""An article: to read, beside its dump, as text, as JSON, as a reference."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import corrections_printed, people_pages, place_pages, reading
from archive.citations import Cited, citations
from archive.citations import bibtex as as_bibtex
from archive.citations import ris as as_ris
from archive.jumped import around
from archive.models import Article, Mention, PageVersion, Photo, Section
from archive.prepared import prepared
from archive.reading_text import excerpt, full_width
from archive.structure import lines_of
from archive.structure_json import from_json
from archive.views.respond import absent, fresh, moved, show
from archive.withholding import masked_lines, withheld_places


@prepared
def _articles(key: str) -> QuerySet[Article]:
    version = PageVersion.objects.filter(page=OuterRef("page"), number=OuterRef("page__version"))
    beside = (
        Section.objects.filter(articles=OuterRef("pk"))
        .exclude(pk=Coalesce(OuterRef("section"), 0))
        .order_by("position", "slug")
        .values(told=Concat("slug", Value(" "), "name"))
    )
    return (
        Article.objects.select_related("page__issue__newspaper", "page__dump", "section", "column")
        .defer("page__dump__data", "page__dump__text", "section__vocabulary")
        .annotate(
            structure=Subquery(version.values("structure")[:1]),
            parser_version=Subquery(version.values("parser_version")[:1]),
            second_section=Subquery(beside[:1]),
            third_section=Subquery(beside[1:2]),
        )
        .filter(key=key)
    )


@prepared
def _mentions(article: int) -> QuerySet[Mention]:
    return Mention.objects.filter(article__pk=article).select_related("person").order_by("order")


@prepared
def _photos(article: int) -> QuerySet[Photo]:
    return Photo.objects.listed().filter(article__pk=article).order_by("position")


def _found(request: HttpRequest, key: str) -> Article | HttpResponse:
    """The article of ``key``, or what to answer where readers can't open it."""
    article = next(iter(_articles(key)), None)
    if article is None:
        redirect = moved("article", key)
        if redirect:
            return redirect
        raise Http404(_("没有这篇文章。"))
    return absent(request, article) or article


@require_safe
def article(request: HttpRequest, key: str) -> HttpResponse:
    """The article as it is read, with everything that leads on from it."""
    found = _found(request, key)
    if isinstance(found, HttpResponse):
        return found
    structure = from_json(found.structure)  # type: ignore[attr-defined]
    value = reading.value_of(found, structure)
    mentions = _mentions(found.pk)
    makers = reading.makers(mentions)
    writers = [*makers.get("reporter", ()), *makers.get("correspondent", ())]
    near = around(found)
    same_hand = people_pages.by_the_same_hand(found, writers)
    cited = cited_from(found, request)
    photos = _photos(found.pk)
    card = next(filter(reading.fits_card, photos), None)
    return show(
        request,
        "archive/article.html",
        {
            "article": found,
            "issue": found.page.issue,
            "newspaper": found.page.issue.newspaper,
            "items": reading.items(found, value, mentions),
            "note_links": reading.links_in(mentions, "note", 0),
            "people": reading.people_in(mentions),
            "places": place_pages.places_in(found),
            "makers": makers,
            "photos": photos,
            "sections": _sections(found),
            "neighbours": reading.neighbours(found, near.on_page),
            "part_before": near.before,
            "part_after": near.after,
            "same_hand": same_hand,
            "corrections": corrections_printed.about(found),
            "citations": citations(cited, timezone.localdate()),
            "cited": cited,
            "text_is_open": reading.text_is_open(found),
            "description": excerpt(full_width(found.body), 120),
            "card_photo": card,
            "linked_data": json_ld(found, cited, card, request),
        },
    )


def _sections(found: Article) -> list[Section]:
    """Its up to three sections, the main one first; the others came with the article as slug and name."""
    others = (found.second_section, found.third_section)  # type: ignore[attr-defined]
    told = [other.split(" ", 1) for other in others if other]
    main = [found.section] if found.section else []
    return [*main, *(Section(slug=slug, name=name) for slug, name in told)]


@require_safe
def machine_text(request: HttpRequest, key: str) -> HttpResponse:
    """The dump's lines beside the reading text (机读原文), and how each fact is known."""
    found = _found(request, key)
    if isinstance(found, HttpResponse):
        return found
    structure = from_json(found.structure)  # type: ignore[attr-defined]
    value = reading.value_of(found, structure)
    dump = found.page.dump
    lines = lines_of(dump.text)
    lines = masked_lines(lines, withheld_places(structure, lines, found.page.withheld_keys()))
    versions = found.page.versions.defer("structure").select_related("author").order_by("number")
    return show(
        request,
        "archive/machine_text.html",
        {
            "article": found,
            "issue": found.page.issue,
            "value": value,
            "facts": structure.facts,
            "blocks": reading.beside_dump(value.blocks, lines) if value else [],
            "dump": dump,
            "versions": versions,
            "parser_version": found.parser_version,  # type: ignore[attr-defined]
        },
    )


def _file(response: HttpResponse) -> HttpResponse:
    """The article in a form for programs: search engines list its page instead."""
    response["X-Robots-Tag"] = "noindex"
    return fresh(response)


def _not_open(found: Article) -> HttpResponse:
    newspaper = found.page.issue.newspaper
    sentence = _("《%(newspaper)s》的文字仅供在线阅读，不提供全文下载。") % {"newspaper": newspaper.name}
    text = "\n".join(filter(None, [sentence, newspaper.rights_note])) + "\n"
    return _file(HttpResponse(text, status=403, content_type="text/plain; charset=utf-8"))


@require_safe
def plain(request: HttpRequest, key: str) -> HttpResponse:
    """The article as plain text, where its rights allow that."""
    found = _found(request, key)
    if isinstance(found, HttpResponse):
        return found
    if not reading.text_is_open(found):
        return _not_open(found)
    cited = cited_from(found, request)
    heads = [found.kicker, found.title, found.subheadline, found.byline]
    source = f"{cited.newspaper} {found.page.issue.slug} {found.page.title} {cited.url}"
    text = "\n".join([*filter(None, heads), "", found.body, *filter(None, [found.note]), "", source, ""])
    return _file(HttpResponse(text, content_type="text/plain; charset=utf-8"))


@require_safe
def as_json(request: HttpRequest, key: str) -> HttpResponse:
    """The article's facts, and its text where its rights allow that."""
    found = _found(request, key)
    if isinstance(found, HttpResponse):
        return found
    issue = found.page.issue
    is_open = reading.text_is_open(found)
    value: dict[str, Any] = {
        "key": found.key,
        "url": cited_from(found, request).url,
        "title": found.title,
        "kicker": found.kicker,
        "headline": found.headline,
        "supplied_headline": found.supplied_headline,
        "subheadline": found.subheadline,
        "byline": found.byline,
        "newspaper": {"slug": issue.newspaper.slug, "name": issue.newspaper.name},
        "issue_date": {
            "value": issue.date.isoformat() if issue.date else None,
            "certainty": issue.date_certainty,
            "because": issue.date_reason,
        },
        "page": {
            "key": found.page.key,
            "number": found.page.number,
            "name": found.page.name,
            "version": found.page.version,
        },
        "position": found.position,
        "genre": found.genre,
        "sections": [section.slug for section in found.sections.all()],
        "column": found.column.name if found.column else "",
        "event_dates": found.event_dates,
        "reporters": found.reporters,
        "correspondents": found.correspondents,
        "people": [
            {"slug": there.person.slug, "name": there.person.name, "office": there.office}
            for there in reading.people_in(_mentions(found.pk))
        ],
        "rights": "open" if is_open else "read",
        "rights_note": issue.newspaper.rights_note,
        "paragraphs": found.paragraphs if is_open else None,
        "note": found.note if is_open else None,
    }
    return _file(JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 1}))


@require_safe
def bibtex(request: HttpRequest, key: str) -> HttpResponse:
    """The article as a BibTeX entry."""
    return _reference(request, key, "bib")


@require_safe
def ris(request: HttpRequest, key: str) -> HttpResponse:
    """The article as a RIS record."""
    return _reference(request, key, "ris")


def _reference(request: HttpRequest, key: str, suffix: str) -> HttpResponse:
    found = _found(request, key)
    if isinstance(found, HttpResponse):
        return found
    cited = cited_from(found, request)
    if suffix == "bib":
        body, kind = as_bibtex(cited) + "\n", "application/x-bibtex"
    else:
        body, kind = as_ris(cited).replace("\n", "\r\n") + "\r\n", "application/x-research-info-systems"
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.key}.{suffix}"'
    return _file(response)


def cited_from(article: Article, request: HttpRequest) -> Cited:
    """What a citation of this article is made of."""
    issue = article.page.issue
    newspaper = issue.newspaper
    return Cited(
        key=article.key,
        title=full_width(article.title),
        authors=(*article.reporters, *article.correspondents),
        newspaper=newspaper.name,
        place=newspaper.place,
        publisher=newspaper.publisher,
        issn=newspaper.issn,
        date=issue.date,
        estimated=issue.is_estimated,
        page_number=article.page.number,
        page_name=article.page.name,
        edition=issue.edition,
        url=request.build_absolute_uri(article.get_absolute_url()),
        archive=settings.SITE_NAME,
    )


_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_ld(article: Article, cited: Cited, card: Photo | None, request: HttpRequest) -> str:
    """schema.org NewsArticle, safe within a script element; an estimated date is no ``datePublished``.

    ``card``: the photo whose image stands for the article.
    """
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": cited.url,
        "url": cited.url,
        "headline": cited.title,
        "inLanguage": article.language,
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "Newspaper", "name": cited.newspaper}
        | ({"issn": cited.issn} if cited.issn else {}),
        "wordCount": article.characters,
        "description": excerpt(full_width(article.body), 120),
        "provider": {"@type": "Organization", "name": cited.archive, "url": request.build_absolute_uri("/")},
    }
    if cited.authors:
        value["author"] = [{"@type": "Person", "name": name} for name in cited.authors]
    if cited.date and not cited.estimated:
        value["datePublished"] = cited.date.isoformat()
    if article.event_dates:
        value["temporalCoverage"] = "/".join(
            dict.fromkeys((min(article.event_dates), max(article.event_dates)))
        )
    if cited.publisher:
        value["publisher"] = {"@type": "Organization", "name": cited.publisher}
    if article.section:
        value["articleSection"] = article.section.name
    if cited.page_number:
        value["printPage"] = str(cited.page_number)
    if cited.page_name:
        value["printSection"] = cited.page_name
    if cited.edition:
        value["printEdition"] = cited.edition
    if card:
        value["image"] = request.build_absolute_uri(reverse("archive:photo-image", args=[card.key]))
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
