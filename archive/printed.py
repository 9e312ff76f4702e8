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


_LATIN_MEETS = re.compile(r"\n[0-9A-Za-z](?<=[0-9A-Za-z]\n.)")
_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
#: A space that parts words: Latin letters or digits on both sides, or two Han characters.
_PARTS = re.compile(rf" (?:(?=[0-9A-Za-z])(?<=[0-9A-Za-z] )|(?={_HAN}{_HAN})(?<={_HAN}{_HAN} ))")
_HALVES = re.compile(r"\S+ \S+")


def printed(lines: Sequence[str], spans: Iterable[Place]) -> str:
    """The spans' characters in order, without the white space that wrapping and justifying put in.

    A space is kept, as one, between Latin letters or digits, and between two Han words (本报记者 刘金元, 打造区域中心
    强化发展引擎): justifying sets single characters apart, extraction adds spaces at marks and digits. Lines are joined
    without one, unless both are of two halves of the same length, a couplet as headlines are made of.
    Visible characters are never added, dropped or changed.
    """
    pieces = [lines[span.line - 1][span.start : span.end] for span in spans]
    return run_together([part for part in map(unspaced, pieces) if part])


def unspaced(raw: str) -> str:
    """A stretch of a line as ``printed`` sets it: the spaces are left that part words."""
    words = raw.split()
    spaced = " ".join(words)
    if len(words) < 2 or not _PARTS.search(spaced):
        return "".join(words)
    return _PARTS.sub("\n", spaced).replace(" ", "").replace("\n", " ")


def run_together(parts: list[str]) -> str:
    """What ``printed`` makes of lines, each of which is ``unspaced``."""
    if len(parts) == 1:
        return parts[0]
    stacked = "\n".join(parts)
    if " " not in stacked and not _LATIN_MEETS.search(stacked):
        return "".join(parts)
    text = before = ""
    for part in parts:
        if before and (before[-1].isascii() or " " in before):
            text += _joint(before, part)
        text += part
        before = part
    return text


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _joint(before: str, after: str) -> str:
    """What stands between two lines."""
    if _is_latin(before[-1]) and _is_latin(after[0]):
        return " "
    couplet = (
        len(before) == len(after) and " " in before and _HALVES.fullmatch(before) and _HALVES.fullmatch(after)
    )
    return " " if couplet else ""
