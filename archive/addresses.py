"""Where a request comes from, for limits of rate. No address is kept."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The reader's address; behind a trusted proxy (``BAOZANG_PROXY``) the one that the proxy saw.

    That is the last hop of ``X-Forwarded-For``: those before it are whatever the sender claims.
    """
    if settings.BEHIND_PROXY:
        last_hop = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if last_hop:
            return last_hop
    return str(request.META.get("REMOTE_ADDR", ""))
