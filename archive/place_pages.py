"""What readers see of places: which there are, what happened there, and who was there."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.models import Article, Place, PlaceMention
from archive.order import IN_PRINT
from archive.people_pages import Seen, newest_first
from archive.prepared import prepared
from archive.querysets import ArticleQuerySet, listed
from archive.tallies import Named, named


def shown() -> QuerySet[Place]:
    """The places that readers may see: listed, and named in a listed article."""
    return Place.objects.filter(
        Exists(PlaceMention.objects.filter(listed("article__"), place=OuterRef("pk"))), listed=True
    )


def with_page() -> QuerySet[Place]:
    """The same by the counts that stand in their rows, which lag behind by as much as the worker does."""
    return Place.objects.filter(listed=True, named__gt=0)


def articles_at(place: Place) -> ArticleQuerySet:
    """The listed articles that name the place."""
    return Article.objects.listed().filter(pk__in=PlaceMention.objects.filter(place=place).values("article"))


def most_named(chosen: Q) -> QuerySet[Place]:
    """The chosen places that readers may see, most named first."""
    return with_page().filter(chosen).order_by("-named", "reading", "slug")


def most(limit: int) -> list[Named]:
    """The places that most articles name."""
    return [named(place, place.named, place.last_date) for place in most_named(Q())[:limit]]


def newly_appeared(limit: int) -> list[Named]:
    """The places whose first article is newest; ``newest`` is its date."""
    places = with_page().exclude(first_date=None).order_by("-first_date", "reading", "slug")
    return [named(place, place.named, place.first_date) for place in places[:limit]]


def seen_at(place: Place) -> list[Seen]:
    """Every listed article that names the place, newest event first, in one query."""
    rows = articles_at(place).values_list("pk", "date", "event_date", "event_dates", "section_id", *IN_PRINT)
    return newest_first(
        Seen(pk, date, event, tuple(events or ()), section, True, False, (), (order, page, position))
        for pk, date, event, events, section, order, page, position in rows.order_by()
    )


def places_in(article: Article) -> Sequence[Place]:
    """The places that an article names, in its order, once each."""
    return list(dict.fromkeys(mention.place for mention in _places_in(article.pk)))


@prepared
def _places_in(article: int) -> QuerySet[PlaceMention]:
    mentions = PlaceMention.objects.filter(article__pk=article, place__listed=True)
    return mentions.select_related("place").order_by("order")


def typed(text: str) -> Q:
    """The places that a reader means who types a part of a name, its pinyin or its initials (阳庙, yangmiao, ym)."""
    text = "".join(text.split())
    found = Q(name__contains=text)
    plain = text.lower().replace("'", "").replace("’", "")
    if plain.isascii() and plain.isalpha():
        found |= Q(search_forms__istartswith=plain) | Q(search_forms__icontains=f" {plain}")
    return found
