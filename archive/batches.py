"""What a process does around the taking of many pages, one after another."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects made and not yet freed at which cycles are looked for among them. A page comes and goes with some thousand
#: objects, hardly one in a cycle; at Python's 700 each page is searched in vain, which takes a thirtieth of its time.
_CYCLES_FROM = 20_000


@contextmanager
def many_pages() -> Iterator[None]:
    """Meanwhile the collector leaves alone what was loaded before, and looks seldom at what pages make."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_CYCLES_FROM, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
