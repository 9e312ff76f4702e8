"""What is counted ahead of months, people and places: the consumer ``counts`` of the change log.

Whoever takes mentions away says in the same transaction whose counts are in doubt (``doubt``), and logs a change: so
nothing is lost when the process dies. The consumer adds those whom a changed piece names, and counts all of them anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from archive import chronicles, month_counts
from archive.models import Change, Issue, Mention, Page, Person, Place, PlaceMention
from archive.querysets import listed

CONSUMER = "counts"
#: People or places counted in one query; also the most ids or keys that one query names.
AT_ONCE = 200

#: Articles and photos that the people or places counted in one transaction are named in, by the last count.
MOST_PIECES = 5_000
#: Seconds after which a recount does not wait for the end of the log.
PATIENCE = 20.0

Row = TypeVar("Row", Person, Place)

_last = float("-inf")
_SUBJECT = Q(kind=Mention.Kind.SUBJECT)
_NOBODY = {"named": 0, "written": 0, "pieces": 0, "first_date": None, "last_date": None}
_NOWHERE = {"named": 0, "first_date": None, "last_date": None}


def doubt(people: Iterable[int] = (), places: Iterable[int] = ()) -> None:
    """Mark the counts of these rows as to be made anew."""
    for model, ids in ((Person, people), (Place, places)):
        for part in _cut(sorted(set(ids))):
            model._default_manager.filter(pk__in=part, counts_stale=False).update(counts_stale=True)


def doubt_page(page: Page, was: Issue | None = None) -> None:
    """Mark all that is counted of a page: the months of its issue and of the one it was in, and whom it names."""
    month_counts.doubt({issue.date for issue in (page.issue, was) if issue})
    doubt(*named_on(page))


def named_on(page: Page) -> tuple[set[int], set[int]]:
    """Row ids of the people and of the places whom the page's mentions name now."""
    # One relation a query: for either of two the database would read every mention that there is.
    in_articles = Mention.objects.filter(article__page=page).order_by().values_list("person", flat=True)
    in_photos = Mention.objects.filter(photo__page=page).order_by().values_list("person", flat=True)
    places = PlaceMention.objects.filter(article__page=page).order_by().values_list("place", flat=True)
    return {*in_articles, *in_photos}, set(places)


def handle(batch: Sequence[Change]) -> None:
    """Mark whom the changed pieces name; now and then, not after each batch of a long ingest, count them anew."""
    global _last
    for part in _cut([change.key for change in batch if change.what != Change.What.PERSON]):
        of_articles = Mention.objects.filter(article__key__in=part)
        of_photos = Mention.objects.filter(photo__key__in=part)
        at_places = PlaceMention.objects.filter(article__key__in=part)
        doubt(
            [*of_articles.values_list("person", flat=True), *of_photos.values_list("person", flat=True)],
            at_places.values_list("place", flat=True),
        )
    if time.monotonic() - _last > PATIENCE:
        recount()
        _last = time.monotonic()


def recount() -> int:
    """Count all rows in doubt, a part a transaction; how many there were."""
    total = month_counts.recount()
    while done := _recount_people() + _recount_places():
        total += done
    return total


@transaction.atomic
def recount_these(people: Iterable[int], places: Iterable[int]) -> None:
    """Count these rows anew within the caller's transaction, for what may not wait until the worker comes round."""
    for part in _cut(sorted(set(people))):
        named = list(Person.objects.filter(pk__in=part))
        chronicles.keep_people(named)
        _write(Person, named, people_counts(part), _NOBODY)
    for part in _cut(sorted(set(places))):
        there = list(Place.objects.filter(pk__in=part))
        chronicles.keep_places(there)
        _write(Place, there, place_counts(part), _NOWHERE)


@transaction.atomic
def _recount_people() -> int:
    people = _few(Person.objects.filter(counts_stale=True).order_by("pk"), "pieces")
    found = people_counts([person.pk for person in people])
    chronicles.keep_people(people)
    return _write(Person, people, found, _NOBODY)


@transaction.atomic
def _recount_places() -> int:
    places = _few(Place.objects.filter(counts_stale=True).order_by("pk"), "named")
    found = place_counts([place.pk for place in places])
    chronicles.keep_places(places)
    return _write(Place, places, found, _NOWHERE)


def _few(rows: QuerySet[Row], size: str) -> list[Row]:
    """The first of these rows: not so many that counting them would hold up other writers for long."""
    found: list[Row] = []
    total = 0
    for row in rows[:AT_ONCE]:
        total += getattr(row, size)
        if found and total > MOST_PIECES:
            break
        found.append(row)
    return found


def people_counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What readers can find of these people, by row id; those of whom nothing is listed are left out.

    ``named``: articles that name them; ``written``: articles and photos that they signed; ``pieces``: all together;
    ``first_date``, ``last_date``: issue dates of the articles that name them.
    """
    mentions = Mention.objects.filter(person__in=ids).order_by()
    found: dict[int, dict[str, Any]] = {}
    in_articles = (
        mentions.filter(listed("article__"))
        .values("person")
        .annotate(
            named=Count("article", filter=_SUBJECT, distinct=True),
            written=Count("article", filter=~_SUBJECT, distinct=True),
            pieces=Count("article", distinct=True),
            first_date=Min("article__date", filter=_SUBJECT),
            last_date=Max("article__date", filter=_SUBJECT),
        )
    )
    for row in in_articles:
        found[row["person"]] = {name: row[name] for name in _NOBODY}  # type: ignore[literal-required]
    in_photos = (
        mentions.filter(listed("photo__"))
        .values("person")
        .annotate(
            written=Count("photo", filter=~_SUBJECT, distinct=True), pieces=Count("photo", distinct=True)
        )
    )
    for photos in in_photos:
        counts = found.setdefault(photos["person"], dict(_NOBODY))
        counts["written"] += photos["written"]
        counts["pieces"] += photos["pieces"]
    return found


def place_counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """In how many listed articles these places are named, from when to when, by row id."""
    rows = (
        PlaceMention.objects.filter(listed("article__"), place__in=ids)
        .order_by()
        .values("place")
        .annotate(
            named=Count("article", distinct=True),
            first_date=Min("article__date"),
            last_date=Max("article__date"),
        )
    )
    return {row["place"]: {name: row[name] for name in _NOWHERE} for row in rows}  # type: ignore[literal-required]


def _write(
    model: type[Person] | type[Place],
    rows: Sequence[Person] | Sequence[Place],
    found: dict[int, dict[str, Any]],
    nothing: dict[str, Any],
) -> int:
    for row in rows:
        for name, value in (found.get(row.pk, nothing) | {"counts_stale": False}).items():
            setattr(row, name, value)
    model._default_manager.bulk_update(rows, [*nothing, "counts_stale"], batch_size=AT_ONCE // 4)  # type: ignore[arg-type]
    return len(rows)


def _cut(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
