"""What readers see of places: which there are, what happened there, and who was there."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Max, Min, Q, QuerySet

from archive.models import Article, Mention, Place, PlaceMention
from archive.people_pages import Seen
from archive.querysets import ArticleQuerySet, listed
from archive.tallies import Named

_LISTED = listed("mentions__article__")


def shown() -> QuerySet[Place]:
    """The places that readers may see: listed, and named in a listed article."""
    named = PlaceMention.objects.filter(listed("article__")).values("place")
    return Place.objects.filter(listed=True, pk__in=named)


def articles_at(place: Place) -> ArticleQuerySet:
    """The listed articles that name the place."""
    return Article.objects.listed().filter(pk__in=PlaceMention.objects.filter(place=place).values("article"))


def counted(rows: QuerySet[Place]) -> list[Named]:
    """Places with the number of articles that name them, most named first."""
    found = rows.annotate(
        count=Count("mentions__article", filter=_LISTED, distinct=True),
        last=Max("mentions__article__date", filter=_LISTED),
    ).order_by("-count", "reading", "slug")
    return [Named(row.slug, row.name, row.count, row.reading, row.last) for row in found]


def most_named(limit: int) -> list[Named]:
    """The places that most articles name."""
    return _tallied(limit, "-count", "place__reading", "place__slug")


def newly_appeared(limit: int) -> list[Named]:
    """The places whose first article is newest; ``newest`` is its date."""
    return _tallied(limit, "-first", "place__reading", "place__slug")


def _tallied(limit: int, *order: str) -> list[Named]:
    rows = (
        PlaceMention.objects.filter(listed("article__"), place__listed=True)
        .order_by()
        .values("place__slug", "place__name", "place__reading")
        .annotate(count=Count("article", distinct=True), first=Min("article__date"))
    )
    if "-first" in order:
        rows = rows.exclude(first=None)
    return [
        Named(row["place__slug"], row["place__name"], row["count"], row["place__reading"], row["first"])
        for row in rows.order_by(*order)[:limit]
    ]


def seen_at(place: Place) -> list[Seen]:
    """Every listed article that names the place, newest event first, in one query."""
    rows = articles_at(place).values_list("pk", "date", "event_date", "event_dates", "section_id")
    found = [
        Seen(pk, date, event, tuple(events or ()), section, subject=True, author=False, offices=())
        for pk, date, event, events, section in rows
    ]
    return sorted(found, key=lambda seen: (seen.when, seen.article), reverse=True)


def people_at(place: Place, limit: int) -> list[Named]:
    """Those whom most of the articles that name the place name too."""
    rows = (
        Mention.objects.filter(
            article__in=articles_at(place), kind="subject", person__listed=True, person__merged_into=None
        )
        .order_by()
        .values("person__slug", "person__name", "person__reading")
        .annotate(count=Count("article", distinct=True))
        .order_by("-count", "person__reading", "person__slug")[:limit]
    )
    return [
        Named(row["person__slug"], row["person__name"], row["count"], row["person__reading"]) for row in rows
    ]


def places_in(article: Article) -> Sequence[Place]:
    """The places that an article names, in its order, once each."""
    mentions = article.place_mentions.filter(place__listed=True).select_related("place").order_by("order")
    return list(dict.fromkeys(mention.place for mention in mentions))


def typed(text: str) -> Q:
    """The places that a reader means who types a part of a name, its pinyin or its initials (阳庙, yangmiao, ym)."""
    text = "".join(text.split())
    found = Q(name__contains=text)
    plain = text.lower().replace("'", "").replace("’", "")
    if plain.isascii() and plain.isalpha():
        found |= Q(search_forms__istartswith=plain) | Q(search_forms__icontains=f" {plain}")
    return found
