"""What becomes of keys when pieces vanish, so that a published address goes on working."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from archive.corrections.sheet import owners_of
from archive.keys import headline_places, places
from archive.structure import PageStructure

Redirect = tuple[str, str]


def heirs(before: PageStructure, after: PageStructure, *, any_sort: bool = False) -> dict[str, int]:
    """For each key of ``before`` that ``after`` lacks: the number of the piece of its sort that has most of its text.

    Pieces of ``after`` are counted articles first, then photos. The one that has the headline comes before one that has
    more text. Without text left in a piece of its sort a key's heir is, with ``any_sort``, a piece of the other (a
    photo that became an article), and else none. Both must be structures of the same dump.
    """
    owners = owners_of(after)
    living = {owner.key for owner in owners}
    holder = {place: number for number, owner in enumerate(owners) for place in places(owner)}
    found = {}
    for owner in owners_of(before):
        if not owner.key or owner.key in living:
            continue
        shares = Counter(holder[place] for place in places(owner) if place in holder)
        of_its_sort = {
            number: count for number, count in shares.items() if type(owners[number]) is type(owner)
        }
        if of_its_sort or not any_sort:
            shares = Counter(of_its_sort)
        headline = {holder.get(place) for place in headline_places(owner)}
        if shares:
            found[owner.key] = max(shares, key=lambda number: (number in headline, shares[number], -number))
    return found


def with_keys_inherited(before: PageStructure, after: PageStructure) -> PageStructure:
    """``after`` with vanished keys given to keyless heirs of the same sort, and photos led to living articles."""
    articles, photos = list(after.articles), list(after.photos)
    led: dict[str, str] = {}
    for key, number in heirs(before, after).items():
        if number < len(articles):
            if not articles[number].key:
                articles[number] = replace(articles[number], key=key)
            led[key] = articles[number].key
        elif not photos[number - len(articles)].key:
            photos[number - len(articles)] = replace(photos[number - len(articles)], key=key)
    living = {article.key for article in articles}
    photos = [
        photo
        if not photo.article or photo.article in living
        else replace(photo, article=led.get(photo.article, ""))
        for photo in photos
    ]
    return replace(after, articles=tuple(articles), photos=tuple(photos))


def redirects_between(before: PageStructure, after: PageStructure) -> tuple[Redirect, ...]:
    """(old key, new key) for each key of ``before`` that ``after`` lacks and that has an heir with a key.

    Both must be structures of the same dump.
    """
    owners = owners_of(after)
    return tuple(
        (key, owners[number].key)
        for key, number in heirs(before, after, any_sort=True).items()
        if owners[number].key
    )
