"""What is dear to compute and changes only when the archive does, kept in the process until then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from archive import changes

T = TypeVar("T")

#: Seconds; rows that staff edit without the change log (a section's name, a newspaper) show after at most this long.
LONGEST = 300

_MISSING = object()


class Memory:
    """The archive's state as of its last change; asking for the position costs one query, the rest none."""

    def __init__(self) -> None:
        self.position = changes.last()

    def of(self, name: str, build: Callable[[], T]) -> T:
        """``build()``'s value, which must pickle, computed once per change of the archive and process."""
        key = hashlib.sha256(f"{name}\n{self.position}".encode()).hexdigest()
        value = cache.get(key, _MISSING)
        if value is _MISSING:
            value = build()
            cache.set(key, value, LONGEST)
        return value  # type: ignore[no-any-return]
