"""From places in a dump to the text that was printed there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol


class Place(Protocol):
    """Characters ``start`` to ``end`` of line ``line`` (a ``structure.Span``)."""

    @property
    def line(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_WHITE = re.compile(r"\s+")
_LATIN = re.compile(r"[0-9A-Za-z]")


def printed(lines: Sequence[str], spans: Iterable[Place]) -> str:
    """The spans' characters in order, without the white space that wrapping and justifying put in.

    Visible characters are never added, dropped or changed.
    """
    # A first version: the parser's owner refines which spaces are meant.
    joined = "\n".join(lines[span.line - 1][span.start : span.end] for span in spans).strip()

    def keep(match: re.Match[str]) -> str:
        before, after = joined[match.start() - 1], joined[match.end()]
        return " " if _LATIN.match(before) and _LATIN.match(after) else ""

    return _WHITE.sub(keep, joined)
