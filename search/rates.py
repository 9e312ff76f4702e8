"""How often one address may search, so that nobody takes the machine from the others."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from archive.addresses import address_of


def too_many(request: HttpRequest) -> bool:
    """Count this search; whether the address has made more than ``BAOZANG_SEARCH_RATE`` in this minute.

    Each web worker counts for itself, so the true limit lies between one and as many times the rate as there are
    workers: enough to stop a flood.
    """
    if not settings.SEARCH_RATE:
        return False
    key = f"searches-{address_of(request)}-{int(time.time() // 60)}"
    cache.add(key, 0, 120)
    try:
        return int(cache.incr(key)) > int(settings.SEARCH_RATE)
    except ValueError:  # culled between the two calls
        return False
