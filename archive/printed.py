"""From places in a dump to the text that was printed there."""

from __future__ import annotations

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


def printed(lines: Sequence[str], spans: Iterable[Place]) -> str:
    """The spans' characters in order, without the white space that wrapping and justifying put in.

    Visible characters are never added, dropped or changed. A space stays where it was set on purpose: between Latin
    words and numbers, and between the phrases of a headline or the names of a byline (本报记者 刘金元 摄). It goes
    where a line was stretched (累 计 收 集), round numbers and brackets, in spread names (万 千), and at line ends,
    unless Latin letters meet there.
    """
    found: list[str] = []
    for span in spans:
        parts = lines[span.line - 1][span.start : span.end].split()
        if not parts:
            continue
        text = parts[0] if len(parts) == 1 else _joined(parts)
        if found and _latin(found[-1][-1]) and _latin(text[0]):
            found.append(" ")
        found.append(text)
    return "".join(found)


def _joined(parts: list[str]) -> str:
    """The parts of one line between its white space, put together."""
    stretched = len(parts) > 4 and len(parts) * 2 > sum(map(len, parts))
    text = parts[0]
    spread = len(text) == 1
    for part in parts[1:]:
        before, after = text[-1], part[0]
        if _word(before) and _word(after):
            text += " " + part
            spread = False
        elif stretched or not (_phrase_ends(before) and _phrase_begins(after)):
            text += part
            spread = False
        elif spread and len(part) == 1:
            # 万 千: two characters of one name; a third one begins anew.
            text += part
            spread = False
        else:
            text += " " + part
            spread = len(part) == 1
    return text


def _word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _phrase_ends(character: str) -> bool:
    return _han(character) or character in "”’」』！？!?"


def _phrase_begins(character: str) -> bool:
    return _han(character) or character in "“‘「『"
