"""What is dear to compute and changes only when the archive does, kept in the process until then."""

from __future__ import annotations

import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

from archive.models import Change

T = TypeVar("T")

#: Seconds; rows that staff edit without the change log (a section's name, a newspaper) show after at most this long.
LONGEST = 300
#: How many values a process keeps; the one that was not asked for longest goes first.
MOST = 500

_kept: OrderedDict[str, tuple[object, float, Any]] = OrderedDict()
_lock = threading.Lock()


class Memory:
    """The archive's state as of its last change; asking for that costs one query, the values kept none.

    Values are shared by all requests of the process, so nobody may change them. ``cache.clear()`` forgets them all.
    """

    def __init__(self) -> None:
        last = Change.objects.order_by("-id").values_list("id", "at").first()
        self.state = (last, cache.get_or_set("remembered", lambda: uuid.uuid4().hex, None))

    def of(self, name: str, build: Callable[[], T]) -> T:
        """``build()``'s value, computed once per change of the archive and process."""
        with _lock:
            state, until, value = _kept.get(name, (None, 0.0, None))
            if state == self.state and time.monotonic() < until:
                _kept.move_to_end(name)
                return value  # type: ignore[no-any-return]
        fresh = build()
        with _lock:
            _kept[name] = (self.state, time.monotonic() + LONGEST, fresh)
            _kept.move_to_end(name)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        return fresh
