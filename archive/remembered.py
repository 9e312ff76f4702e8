"""What is dear to compute and changes only when the archive does, kept in the process until then."""

from __future__ import annotations

import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import QuerySet, Subquery

from archive.models import Change, Cursor
from archive.prepared import prepared

T = TypeVar("T")

#: Seconds; rows that staff edit without the change log (a section's name, a newspaper) show after at most this long.
LONGEST = 300
#: How many values a process keeps; the one that was not asked for longest goes first.
MOST = 500

#: Seconds for which others are given the old value while a request counts anew.
LONGEST_LATE = 30


@dataclass(frozen=True, slots=True)
class _Known:
    state: tuple[Any, str | None]
    until: float
    value: Any


_kept: OrderedDict[str, _Known] = OrderedDict()
#: What a request is counting anew, and since when.
_counting: dict[str, float] = {}
_lock = threading.Lock()


class Memory:
    """The archive's state as of its last change and count; asking for that costs one query, the values kept none.

    Values are shared by all requests of the process, so nobody may change them. ``cache.clear()`` forgets them all.
    """

    def __init__(self) -> None:
        last = next(iter(_last_change()), None)
        self.state = (last, cache.get_or_set("remembered", lambda: uuid.uuid4().hex, None))

    def of(self, name: str, build: Callable[[], T]) -> T:
        """``build()``'s value, computed once per change of the archive and process."""
        known = _look_up(name)
        if known and known.state == self.state and time.monotonic() < known.until:
            return known.value  # type: ignore[no-any-return]
        return self._build(name, build)

    def roughly(self, name: str, build: Callable[[], T]) -> T:
        """The same for numbers and rankings that are dear: after a change one request counts anew, and whoever asks
        meanwhile is given the value from before it, for ``LONGEST_LATE`` seconds at most.

        Not for texts: what is withheld must be gone at once.
        """
        known = _look_up(name)
        if known is None or known.state[1] != self.state[1]:
            return self._build(name, build)
        now = time.monotonic()
        if known.state == self.state and now < known.until:
            return known.value  # type: ignore[no-any-return]
        with _lock:
            since = _counting.get(name)
            if since is not None and now - since < LONGEST_LATE:
                return known.value  # type: ignore[no-any-return]
            _counting[name] = now
        try:
            return self._build(name, build)
        finally:
            with _lock:
                _counting.pop(name, None)

    def _build(self, name: str, build: Callable[[], T]) -> T:
        fresh = build()
        with _lock:
            _kept[name] = _Known(self.state, time.monotonic() + LONGEST, fresh)
            _kept.move_to_end(name)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        return fresh


@prepared
def _last_change() -> QuerySet[Change, tuple[Any, ...]]:
    counted = Cursor.objects.filter(pk="counts").values("position")
    return (
        Change.objects.annotate(counted=Subquery(counted))
        .order_by("-id")
        .values_list("id", "at", "counted")[:1]
    )


def _look_up(name: str) -> _Known | None:
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
        return _kept.get(name)
