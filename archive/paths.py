"""Paths of pages, put together without asking Django's resolver each time, which lists of many links would feel."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse

#: What a path may hold as it is (RFC 3986).
_SAFE = "!$&'()*+,;=/~:@"


def path_to(name: str, *parts: str) -> str:
    """The path of ``archive:name``, whose parts that change are words: ``reverse(f"archive:{name}", args=parts)``."""
    return _pattern(name, len(parts), get_script_prefix()).format(
        *(quote(part, safe=_SAFE) for part in parts)
    )


@cache
def _pattern(name: str, parts: int, _prefix: str) -> str:
    stand_ins = [f"PART{number}" for number in range(parts)]
    path = reverse(f"archive:{name}", args=stand_ins)
    for number, stand_in in enumerate(stand_ins):
        path = path.replace(stand_in, f"{{{number}}}")
    return path
