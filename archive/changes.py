"""The change log: the store appends, consumers follow.

A consumer has a name and a function that deals with a batch of changes. Its cursor moves only after it has dealt with
them, so a consumer that died catches up, and must bear being given a change twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from archive.models import Change, Cursor

logger = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True, slots=True)
class Consumer:
    """``handle`` gets changes in order, none twice within a batch (the last of each key stands for all).

    ``batch`` is the most changes it is given at a time. Consumers take turns, so a slow one names a small number: what
    staff have just saved is not to wait in the others' queue behind a long ingest. ``rest`` is what it does
    once nobody has a change left.
    """

    name: str
    handle: Callable[[Sequence[Change]], None]
    batch: int = BATCH
    rest: Callable[[], int] | None = None


_consumers: dict[str, Consumer] = {}


def register(consumer: Consumer) -> None:
    """Add a consumer; an app does so when Django is ready."""
    _consumers[consumer.name] = consumer


def consumers() -> tuple[Consumer, ...]:
    """All consumers that are registered, those that take most at a time, the quick ones, first."""
    return tuple(sorted(_consumers.values(), key=lambda consumer: -consumer.batch))


def append(entries: Iterable[tuple[str, str]]) -> None:
    """Log (what, key) pairs, within the transaction that makes the change."""
    Change.objects.bulk_create(Change(what=what, key=key) for what, key in entries)


def position(name: str) -> int:
    """How far the consumer has come; 0 when it is new."""
    return Cursor.objects.filter(pk=name).values_list("position", flat=True).first() or 0


def last() -> int:
    """The id of the newest change; 0 when there is none."""
    return Change.objects.order_by("-id").values_list("id", flat=True).first() or 0


def move(name: str, to: int) -> None:
    """Set a consumer's cursor."""
    Cursor.objects.update_or_create(consumer=name, defaults={"position": to})


def follow(consumer: Consumer) -> int:
    """Give the consumer its next batch; the number of changes it dealt with, 0 when it is up to date."""
    changes = list(Change.objects.filter(id__gt=position(consumer.name)).order_by("id")[: consumer.batch])
    if not changes:
        return 0
    newest = {(change.what, change.key): change for change in changes}
    consumer.handle(sorted(newest.values(), key=lambda change: change.id))
    with transaction.atomic():
        move(consumer.name, changes[-1].id)
    return len(changes)


def catch_up(*names: str, on_batch: Callable[[], None] = lambda: None) -> int:
    """Run the named consumers (all, without names) until none has anything left; the number of changes dealt with.

    Each deals with all there is before the next, the quick ones last: the index then takes an article and its people
    at once. ``on_batch`` is called after every batch.
    """
    chosen = [consumer for consumer in reversed(consumers()) if not names or consumer.name in names]
    total, before = 0, -1
    while total > before:
        before = total
        for consumer in chosen:
            while done := follow(consumer):
                total += done
                on_batch()
    for consumer in chosen:
        if consumer.rest:
            consumer.rest()
    return total
