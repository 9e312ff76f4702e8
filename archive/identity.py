"""Whose name it is, decided by staff: kept in a log, applied by the recogniser's consumer, undone at any time.

A decision only says what it says; the articles it concerns go to the change log, and their mentions are remade.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive import changes
from archive.errors import StoreError
from archive.models import Article, Change, IdentityDecision, KeyRedirect, Mention, Person, Photo
from archive.names.identity import (
    EVERYWHERE,
    Decision,
    Identities,
    Join,
    Proposal,
    Sighting,
    Split,
    proposals,
)
from archive.names.mentions import MentionKind
from archive.querysets import shown
from archive.saying import say

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Kind = IdentityDecision.Kind

#: People who are in most pieces that are looked at for evidence of two people at once.
MOST_LOOKED_AT = 2_000


def standing() -> Identities:
    """The decisions in force."""
    values: list[Decision] = []
    for row in IdentityDecision.objects.filter(undone_at=None).order_by("id"):
        if row.kind == Kind.JOIN:
            values.append(Join(row.name, row.slug))
        elif row.kind == Kind.SPLIT:
            values.append(Split(row.name, row.key, row.occurrence, row.slug))
    return Identities.of(values)


@transaction.atomic
def split(
    person: Person, keys: Iterable[str], *, into: str = "", author: User | None = None, reason: str = ""
) -> str:
    """Say that in the articles and photos ``keys`` the person's names mean another one; that one's slug.

    ``into`` is the slug of somebody who is there already; empty makes a new person of the same name.
    """
    keys = list(dict.fromkeys(keys))
    if into == person.slug or not keys:
        raise StoreError(person.name, say("没有可分出的文章"), say("请选中文章，并选择另一个人。"))
    slug = into or _free_slug(person.name)
    pairs = (
        Mention.objects.filter(person=person)
        .filter(Q(article__key__in=keys) | Q(photo__key__in=keys))
        .order_by()  # mentions in their order would each count as distinct
        .values_list("article__key", "photo__key", "name")
        .distinct()
    )
    for article, photo, name in pairs:
        IdentityDecision.objects.create(
            kind=Kind.SPLIT,
            name=name,
            key=article or photo,
            occurrence=EVERYWHERE,
            slug=slug,
            author=author,
            reason=reason,
        )
    _touch(keys)
    return slug


@transaction.atomic
def join(person: Person, into: Person, *, author: User | None = None, reason: str = "") -> None:
    """Say that ``person`` is ``into``: one person under two names or spellings. Its address leads on."""
    if person.merged_into_id is not None:
        raise StoreError(person.name, say("已经并入另一个人"), say("请先撤销那项判定。"))
    if person.pk == into.pk or standing().slug_of(into.slug, "", 0) == person.slug:
        raise StoreError(person.name, say("这两个名字已经是同一个人"), say("请选择另一个人。"))
    IdentityDecision.objects.create(
        kind=Kind.JOIN, name=person.slug, slug=into.slug, author=author, reason=reason
    )
    _lead_on()
    _touch(_keys_of(person))


@transaction.atomic
def confirm(person: Person, *, author: User | None = None, reason: str = "") -> None:
    """Say that all of a person's mentions are one person's: what speaks for two is not shown again."""
    IdentityDecision.objects.create(
        kind=Kind.SAME, name=person.slug, slug=person.slug, author=author, reason=reason
    )
    changes.append([(Change.What.PERSON.value, person.slug)])


@transaction.atomic
def undo(decision: IdentityDecision) -> None:
    """Take a decision back; it stays in the log."""
    if not IdentityDecision.objects.filter(pk=decision.pk, undone_at=None).update(undone_at=timezone.now()):
        raise StoreError(decision.name, say("这项判定已经撤销"), say("请刷新页面。"))
    if decision.kind == Kind.SPLIT:
        _touch([decision.key])
    elif decision.kind == Kind.JOIN:
        KeyRedirect.objects.filter(what=KeyRedirect.What.PERSON, old=decision.name).delete()
        left = Person.objects.filter(slug=decision.name).first()
        Person.objects.filter(slug=decision.name).update(merged_into=None)
        _lead_on()
        into = Person.objects.filter(slug=decision.slug).first()
        if into and left:
            into.aliases = [alias for alias in into.aliases if alias != left.name]
            into.save(update_fields=["aliases"])
        if into:
            _touch(_keys_of(into))


def _lead_on() -> None:
    """Have the address of everybody who was joined to another lead there, past those between who were joined too."""
    identities = standing()
    for slug in identities.joins:
        there = identities.slug_of(slug, "", 0)
        Person.objects.filter(slug=slug).update(merged_into=Person.objects.filter(slug=there).first())
        KeyRedirect.objects.update_or_create(what=KeyRedirect.What.PERSON, old=slug, defaults={"new": there})


def evidence(person: Person) -> list[Proposal]:
    """What speaks for two people behind one; nothing once staff confirmed that it is one."""
    if person.slug in _confirmed():
        return []
    return proposals(_sightings([person])[person.pk])


def doubtful() -> list[tuple[Person, list[Proposal]]]:
    """The people behind whom there may be two, those who are in most pieces first."""
    people = (
        Person.objects.shown().exclude(slug__in=_confirmed()).order_by("-pieces", "slug")[:MOST_LOOKED_AT]
    )
    sightings = _sightings(people)
    looked_at = ((person, proposals(sightings[person.pk])) for person in people)
    return [(person, reasons) for person, reasons in looked_at if reasons]


def _confirmed() -> set[str]:
    """The slugs of those of whom staff said that each is one person."""
    return set(IdentityDecision.objects.filter(kind=Kind.SAME, undone_at=None).values_list("slug", flat=True))


def decisions_about(person: Person) -> Sequence[IdentityDecision]:
    """The standing decisions that made this person what it is, newest first."""
    names = [person.name, person.slug, *person.aliases]
    return list(
        IdentityDecision.objects.filter(undone_at=None)
        .filter(Q(slug=person.slug) | Q(name__in=names))
        .select_related("author")
        .order_by("-id")
    )


def _sightings(people: Iterable[Person]) -> dict[int, list[Sighting]]:
    """The mentions that say anything of who the people are, by row id: as writers or in an office."""
    found: dict[int, list[Sighting]] = defaultdict(list)
    mentions = Mention.objects.filter(
        shown("article__") | shown("photo__"), person__in=[person.pk for person in people]
    )
    rows = (
        mentions.filter(~Q(kind=Mention.Kind.SUBJECT) | ~Q(office=""))
        .order_by("article__date", "pk")
        .values_list(
            "person",
            "kind",
            "office",
            "article__key",
            "article__event_date",
            "article__date",
            "photo__key",
            "photo__date",
        )
    )
    for person, kind, office, article, event, printed, photo, photo_printed in rows.iterator():
        date = event or printed or photo_printed
        found[person].append(Sighting(article or photo, MentionKind(kind), office, str(date or "")))
    return found


def _free_slug(name: str) -> str:
    return next(
        slug
        for number in count(2)
        if not Person.objects.filter(slug=(slug := f"{name}-{number}")).exists()
        and not IdentityDecision.objects.filter(slug=slug).exists()
    )


def _keys_of(person: Person) -> list[str]:
    pairs = Mention.objects.filter(person=person).values_list("article__key", "photo__key").distinct()
    return list(dict.fromkeys(article or photo for article, photo in pairs))


def _touch(keys: Iterable[str]) -> None:
    keys = list(keys)
    changes.append(
        [
            *(
                (Change.What.ARTICLE.value, key)
                for key in Article.objects.filter(key__in=keys).values_list("key", flat=True)
            ),
            *(
                (Change.What.PHOTO.value, key)
                for key in Photo.objects.filter(key__in=keys).values_list("key", flat=True)
            ),
        ]
    )
