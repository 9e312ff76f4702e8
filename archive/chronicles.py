"""Chronicles (编年) of people and places: what their pages show, made ahead by the consumer ``counts``.

A chronicle in doubt is not shown: whoever asks for it makes it himself, as it is now. Only of those who stand in more
than ``MADE_AT_ONCE`` articles are the numbers from before, until the worker has come round; articles that a reader may
no longer see are left out of any list when it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from archive import people_pages, place_pages
from archive.models import Article, Chronicle, Person, Photo, Place, Section
from archive.order import NEWEST_FIRST
from archive.people_pages import Seen
from archive.prepared import prepared
from archive.remembered import Memory
from archive.tallies import Named, named

#: Articles of a chronicle that a page makes anew itself: some 28 ms.
MADE_AT_ONCE = 1000
#: Of what a person signed, how much is kept; offices, people and photos kept.
MOST_SIGNED, MOST_OFFICES, MOST_COMPANY, MOST_PHOTOS = 200, 40, 24, 12


def of_person(person: Person) -> tuple[Chronicle, list[Named]]:
    """The person's chronicle and those named with them. ``person.chronicle`` should be selected with the row."""
    kept = _kept(person)
    return (kept, company(kept)) if kept else _made_now(person)


def of_person_alone(person: Person) -> Chronicle:
    """The person's chronicle, without asking who is named with them."""
    return _kept(person) or _made_now(person)[0]


def _kept(person: Person) -> Chronicle | None:
    kept: Chronicle | None = getattr(person, "chronicle", None)
    return kept if kept is not None and _will_do(kept, person.counts_stale) else None


def _made_now(person: Person) -> tuple[Chronicle, list[Named]]:
    return Memory().of(f"chronicle of {person.pk}", lambda: made_for_person(person))


def of_place(place: Place) -> tuple[Chronicle, list[Named]]:
    """The place's chronicle and the people named there."""
    kept: Chronicle | None = getattr(place, "chronicle", None)
    if kept is not None and _will_do(kept, place.counts_stale):
        return kept, company(kept)
    return Memory().of(f"chronicle of place {place.pk}", lambda: made_for_place(place))


def _will_do(kept: Chronicle, in_doubt: bool) -> bool:
    """Whether the kept chronicle may be shown: right or, while the worker makes it anew, too long to make at once.

    Of a long one in doubt the offices are left out: they are words of articles that may have just been withheld.
    """
    if not in_doubt:
        return True
    if len(kept.articles()) <= MADE_AT_ONCE:
        return False
    kept.offices = []
    return True


def made_for_person(person: Person) -> tuple[Chronicle, list[Named]]:
    """The person's chronicle made now, unsaved."""
    seen = people_pages.seen_in(person)
    in_news = [article for article in seen if article.subject]
    written = [article.article for article in seen if article.author]
    found, others = _made(in_news, without=person)
    found.person = person
    found.written, found.signed = len(written), written[:MOST_SIGNED]
    photos = Photo.objects.listed().filter(mentions__person=person).order_by(*NEWEST_FIRST).distinct()
    found.photos = list(photos.values_list("pk", flat=True)[:MOST_PHOTOS])
    found.offices = [
        [office.name, office.first, office.last, office.articles]
        for office in people_pages.offices(in_news)[:MOST_OFFICES]
    ]
    return found, others


def made_for_place(place: Place) -> tuple[Chronicle, list[Named]]:
    """The place's chronicle made now, unsaved."""
    found, others = _made(place_pages.seen_at(place))
    found.place = place
    return found, others


def _made(seen: Sequence[Seen], without: Person | None = None) -> tuple[Chronicle, list[Named]]:
    others = people_pages.named_in(seen, MOST_COMPANY + 1)
    others = [other for other in others if without is None or other.pk != without.pk][:MOST_COMPANY]
    sections = Counter(str(article.section) for article in seen if article.section)
    found = Chronicle(
        months=dict(people_pages.by_month(seen)),
        sections=dict(sections),
        company=[[other.pk, other.named.articles] for other in others],
    )
    found.keep([(article.article, article.dates) for article in seen])
    return found, [other.named for other in others if other.shown]


def company(chronicle: Chronicle) -> list[Named]:
    """Those whom the same articles name, as far as they have a page now."""
    rows = {row.pk: row for row in _with_page([pk for pk, _articles in chronicle.company])}
    return [named(rows[pk], articles) for pk, articles in chronicle.company if pk in rows]


def sections_of(chronicle: Chronicle) -> list[Named]:
    """The main sections of the chronicle's articles, each with how many it has, most first."""
    rows = _sections([int(pk) for pk in chronicle.sections])
    found = [Named(row.slug, row.name, chronicle.sections[str(row.pk)]) for row in rows]
    return sorted(found, key=lambda section: -section.articles)


@prepared
def _sections(sections: Sequence[int]) -> QuerySet[Section]:
    return Section.objects.filter(pk__in=sections).defer("vocabulary")


def within(articles: Sequence[int], section: str) -> list[int]:
    """Those of the articles, by row id and in their order, whose main section has this slug."""
    rows = Article.objects.filter(section__slug=section).order_by()
    chosen = set(rows.values_list("pk", flat=True))
    return [article for article in articles if article in chosen]


@prepared
def _with_page(people: Sequence[int]) -> QuerySet[Person]:
    return Person.objects.with_page().filter(pk__in=people).order_by()


def keep_people(people: Iterable[Person]) -> None:
    """Make and save the chronicles of these people."""
    _save((made_for_person(person)[0] for person in people), "person")


def keep_places(places: Iterable[Place]) -> None:
    """Make and save the chronicles of these places."""
    _save((made_for_place(place)[0] for place in places), "place")


MADE = ["order", "dated", "months", "sections", "offices", "company", "written", "signed", "photos"]


def _save(chronicles: Iterable[Chronicle], owner: str) -> None:
    Chronicle.objects.bulk_create(
        chronicles, update_conflicts=True, unique_fields=[owner], update_fields=MADE, batch_size=20
    )
