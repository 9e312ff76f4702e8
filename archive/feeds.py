"""Atom feeds: everything, a section, a person, a place. Full text only where the rights are open.

Most of what comes into an archive was printed long ago. So feeds go by when readers were first shown a text, which is
when Atom has it published; the day of print stands in the title. A corrected article stays the entry that it was,
updated.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive import month_counts
from archive.dates import long_date
from archive.models import Article, Issue, Mention, Person, Photo, Place, PlaceMention, Section
from archive.order import LATEST_ADDED
from archive.querysets import ArticleQuerySet
from archive.reading import text_is_open
from archive.reading_text import excerpt, full_width
from archive.remembered import Memory
from archive.script import SIMPLIFIED
from archive.views.respond import fresh

if TYPE_CHECKING:
    _Feed = Feed[Article, Any]
else:
    _Feed = Feed

LENGTH = 50

#: What a feed tells of an article besides what lists show.
_TOLD = (
    *("body", "reporters", "correspondents", "appeared_at", "updated_at", "rights"),
    "page__issue__newspaper__rights",
)

#: Articles from which those added last are looked for among all that was added last.
MUCH = 500

#: What dumps and queries may hold and XML has no way to say.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Atom(Atom1Feed):
    """Atom without the control characters for which Django would refuse to write the whole feed."""

    def latest_post_date(self) -> dt.datetime:
        """When the feed last changed. An empty one never did: the time of asking would make it new each time."""
        return super().latest_post_date() if self.items else dt.datetime.fromtimestamp(0, dt.UTC)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """An entry in another script than the feed's says so."""
        return {"xml:lang": item["language"]} if item["language"] != self.feed["language"] else {}

    def write(self, outfile: Any, encoding: str) -> None:
        """In one piece: a response sends each piece by itself, and the XML comes in thousands."""
        self.feed = _sayable(self.feed)
        self.items = [_sayable(item) for item in self.items]
        whole = io.BytesIO()
        super().write(whole, encoding)
        outfile.write(whole.getvalue())


def dated(title: str, issue: Issue) -> str:
    """A title with the day of print."""
    return f"{title}（{issue_day(issue)}）"


def issue_day(issue: Issue) -> str:
    """The day of an issue as a feed says it, and whether it is estimated."""
    if issue.date is None:
        return _("日期不详")
    date = long_date(issue.date)
    return _("约%(date)s") % {"date": date} if issue.is_estimated else date


def printed_in(piece: Article | Photo) -> SafeString:
    """Where a piece was printed, as the first paragraph of what a feed tells of it."""
    issue = piece.page.issue
    told = (issue.newspaper.name, issue_day(issue), issue.edition, piece.page.title)
    return format_html("<p><small>{}</small></p>", " · ".join(filter(None, told)))


def as_paragraphs(texts: Iterable[str]) -> SafeString:
    """Texts as HTML."""
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts if text))


def _sayable(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _NO_XML.sub("", str(value)) if isinstance(value, str | Promise) else value
        for name, value in fields.items()
    }


class ArticleFeed(_Feed):
    """What every feed of articles says of one."""

    feed_type = Atom
    language = SIMPLIFIED

    def __call__(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        return fresh(super().__call__(request, *args, **named))

    def item_title(self, item: Article) -> str:
        return dated(full_width(item.title), item.page.issue)

    def item_description(self, item: Article) -> str:
        """HTML: where it was printed, then the whole text in paragraphs where it is open, else its beginning."""
        if text_is_open(item):
            return printed_in(item) + as_paragraphs(full_width(text) for text in item.paragraphs)
        return printed_in(item) + as_paragraphs([excerpt(full_width(item.body), 120)])

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        return {"language": item.language}

    def item_link(self, item: Article) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Article) -> dt.datetime | None:
        return item.appeared_at

    def item_updateddate(self, item: Article) -> dt.datetime:
        return item.updated_at

    def item_author_name(self, item: Article) -> str:
        return "、".join([*item.reporters, *item.correspondents]) or item.page.issue.newspaper.name

    def item_categories(self, item: Article) -> list[str]:
        return [item.section.name] if item.section else []

    def items(self, obj: Any) -> Iterable[Article]:
        return self.articles(obj).for_lists(*_TOLD).order_by(*LATEST_ADDED)[:LENGTH]

    def articles(self, obj: Any) -> ArticleQuerySet:
        """The articles of this feed."""
        return Article.objects.listed()


def having(links: QuerySet[Any], count: int) -> ArticleQuerySet:
    """The listed articles to which these rows link, some ``count`` many.

    Of many the last added are soon met going back; few are soon sorted.
    """
    if count >= MUCH:
        return Article.objects.listed().filter(Exists(links.filter(article=OuterRef("pk"))))
    return Article.objects.listed().filter(pk__in=links.values("article"))


class Everything(ArticleFeed):
    """The articles added last."""

    def title(self, obj: Any) -> str:
        return str(settings.SITE_NAME)

    def subtitle(self, obj: Any) -> str:
        return _("最新收录的文章")

    def link(self, obj: Any) -> str:
        return reverse("archive:home")


class InSection(ArticleFeed):
    """The articles of a section added last."""

    def get_object(self, request: HttpRequest, slug: str) -> Section:
        return get_object_or_404(Section, slug=slug)

    def title(self, obj: Section) -> str:
        return f"{obj.name} · {settings.SITE_NAME}"

    def link(self, obj: Section) -> str:
        return obj.get_absolute_url()

    def articles(self, obj: Section) -> ArticleQuerySet:
        months = Memory().of("months", month_counts.every)
        links = Article.sections.through.objects.filter(section=obj)
        return having(links, sum(map(month_counts.in_section(obj), months)))


class OfPerson(ArticleFeed):
    """The articles that name a person or are by them, added last."""

    def get_object(self, request: HttpRequest, slug: str) -> Person:
        person = get_object_or_404(Person, slug=slug)
        if not person.listed or person.merged_into_id:
            raise Http404(_("没有这个人物的页面。"))
        return person

    def title(self, obj: Person) -> str:
        return f"{obj.name} · {settings.SITE_NAME}"

    def link(self, obj: Person) -> str:
        return obj.get_absolute_url()

    def articles(self, obj: Person) -> ArticleQuerySet:
        return having(Mention.objects.filter(person=obj).order_by(), obj.named + obj.written)


class OfPlace(ArticleFeed):
    """The articles that name a place, added last."""

    def get_object(self, request: HttpRequest, slug: str) -> Place:
        return get_object_or_404(Place, slug=slug, listed=True)

    def title(self, obj: Place) -> str:
        return f"{obj.name} · {settings.SITE_NAME}"

    def link(self, obj: Place) -> str:
        return obj.get_absolute_url()

    def articles(self, obj: Place) -> ArticleQuerySet:
        return having(PlaceMention.objects.filter(place=obj).order_by(), obj.named)
