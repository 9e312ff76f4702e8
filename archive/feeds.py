"""Atom feeds: everything, a section, a person, a place. Full text only where the rights are open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import escape, format_html_join
from django.utils.translation import gettext as _

from archive import month_counts, place_pages
from archive.models import Article, Mention, Person, Place, Section
from archive.monthly import Monthly
from archive.order import NEWEST_FIRST
from archive.querysets import ArticleQuerySet
from archive.reading import text_is_open
from archive.reading_text import excerpt, full_width
from archive.remembered import Memory
from archive.views.respond import fresh

if TYPE_CHECKING:
    _Feed = Feed[Article, Any]
else:
    _Feed = Feed

LENGTH = 50

#: What a feed tells of an article besides what lists show.
_TOLD = ("body", "reporters", "correspondents", "updated_at", "rights", "page__issue__newspaper__rights")

#: Articles of a person from which the newest are looked for among all that is newest.
MUCH = 3000

#: What dumps and queries may hold and XML has no way to say.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Atom(Atom1Feed):
    """Atom without the control characters for which Django would refuse to write the whole feed."""

    def latest_post_date(self) -> dt.datetime:
        """When the feed last changed. An empty one never did: the time of asking would make it new each time."""
        return super().latest_post_date() if self.items else dt.datetime.fromtimestamp(0, dt.UTC)

    def write(self, outfile: Any, encoding: str) -> None:
        self.feed = _sayable(self.feed)
        self.items = [_sayable(item) for item in self.items]
        super().write(outfile, encoding)


def _sayable(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _NO_XML.sub("", str(value)) if isinstance(value, str | Promise) else value
        for name, value in fields.items()
    }


class ArticleFeed(_Feed):
    """What every feed of articles says of one."""

    feed_type = Atom
    language = "zh-Hans"

    def __call__(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        return fresh(super().__call__(request, *args, **named))

    def item_title(self, item: Article) -> str:
        return full_width(item.title)

    def item_description(self, item: Article) -> str:
        """HTML: the whole text in paragraphs where it is open, else its beginning."""
        if text_is_open(item):
            return format_html_join("", "<p>{}</p>", ((full_width(text),) for text in item.paragraphs))
        return escape(excerpt(full_width(item.body), 120))

    def item_link(self, item: Article) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Article) -> dt.datetime | None:
        """When it was printed; not said where that is only estimated."""
        issue = item.page.issue
        if issue.date is None or issue.is_estimated:
            return None
        return timezone.make_aware(dt.datetime.combine(issue.date, dt.time()))

    def item_updateddate(self, item: Article) -> dt.datetime:
        return item.updated_at

    def item_author_name(self, item: Article) -> str:
        return "、".join([*item.reporters, *item.correspondents]) or item.page.issue.newspaper.name

    def item_categories(self, item: Article) -> list[str]:
        return [item.section.name] if item.section else []

    def items(self, obj: Any) -> Iterable[Article]:
        return self.articles(obj).for_lists(*_TOLD).order_by(*NEWEST_FIRST)[:LENGTH]

    def articles(self, obj: Any) -> ArticleQuerySet:
        """The articles of this feed."""
        return Article.objects.listed()


class Everything(ArticleFeed):
    """The newest articles."""

    def title(self, obj: Any) -> str:
        return str(settings.SITE_NAME)

    def subtitle(self, obj: Any) -> str:
        return _("最新收录的文章")

    def link(self, obj: Any) -> str:
        return reverse("archive:home")


class InSection(ArticleFeed):
    """The newest articles of a section."""

    def get_object(self, request: HttpRequest, slug: str) -> Section:
        return get_object_or_404(Section, slug=slug)

    def title(self, obj: Section) -> str:
        return f"{obj.name} · {settings.SITE_NAME}"

    def link(self, obj: Section) -> str:
        return obj.get_absolute_url()

    def items(self, obj: Section) -> Iterable[Article]:
        counted = month_counts.in_section(obj)
        months = [(month.month, counted(month)) for month in Memory().of("months", month_counts.every)]
        return Monthly(Article.objects.listed().in_section(obj).for_lists(*_TOLD), months)[:LENGTH]


class OfPerson(ArticleFeed):
    """The newest articles that name a person or are by them."""

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
        """Of somebody who is named much the newest are soon met going back; those of others are few to sort."""
        mentions = Mention.objects.filter(person=obj).order_by()
        if obj.named + obj.written >= MUCH:
            return Article.objects.listed().filter(Exists(mentions.filter(article=OuterRef("pk"))))
        return Article.objects.listed().filter(pk__in=mentions.values("article"))


class OfPlace(ArticleFeed):
    """The newest articles that name a place."""

    def get_object(self, request: HttpRequest, slug: str) -> Place:
        return get_object_or_404(Place, slug=slug, listed=True)

    def title(self, obj: Place) -> str:
        return f"{obj.name} · {settings.SITE_NAME}"

    def link(self, obj: Place) -> str:
        return obj.get_absolute_url()

    def articles(self, obj: Place) -> ArticleQuerySet:
        return place_pages.articles_at(obj)
