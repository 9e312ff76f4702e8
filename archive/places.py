"""Place rows, and the places that each article names, kept in line with what the recogniser finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive import counts
from archive.models import Page, Place, PlaceMention
from archive.names import reading

#: Field, paragraph, start and end, as PlaceMention rows count them.
Spot = tuple[str, int, int, int]


def write(
    page: Page, articles: Mapping[str, int], wanted: Mapping[str, Sequence[tuple[str, Spot]]]
) -> set[str]:
    """Replace the place mentions of a page's articles (key → row id) by ``wanted`` where they differ.

    ``wanted`` gives the name and spot of each for the articles that it has; the keys that differed are returned.
    """
    standing: dict[str, list[tuple[str, Spot]]] = {key: [] for key in wanted}
    of_page = PlaceMention.objects.filter(article__page=page).order_by("order")
    rows: Iterable[tuple[Any, ...]] = of_page.values_list(
        "article__key", "place__slug", "field", "paragraph", "start", "end"
    )
    for key, name, field, paragraph, start, end in rows:
        if key in standing:
            standing[key].append((name, (field, paragraph, start, end)))
    differing = {key for key, mentions in wanted.items() if list(mentions) != standing[key]}
    if gone := [articles[key] for key in differing if standing[key]]:
        of_articles = PlaceMention.objects.filter(article__in=gone)
        counts.doubt(places=of_articles.values_list("place", flat=True))
        of_articles.delete()
    places = places_of({name for key in differing for name, _spot in wanted[key]})
    PlaceMention.objects.bulk_create(
        PlaceMention(
            place=places[name],
            article_id=articles[key],
            field=field,
            paragraph=paragraph,
            start=start,
            end=end,
            order=order,
        )
        for key in wanted
        if key in differing
        for order, (name, (field, paragraph, start, end)) in enumerate(wanted[key])
    )
    return differing


def places_of(names: set[str]) -> dict[str, Place]:
    """The Place of each name; those that are not there yet are made with their readings."""
    found = {place.slug: place for place in Place.objects.filter(slug__in=names)}
    made = Place.objects.bulk_create(_made(name) for name in sorted(names - found.keys()))
    return found | {place.slug: place for place in made}


def _made(name: str) -> Place:
    read = reading(name, {})
    return Place(
        slug=name,
        name=name,
        reading=read.pinyin[:80],
        initials=read.initials[:20],
        search_forms=" ".join(read.forms)[:300],
    )
