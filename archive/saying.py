"""What pure modules say to staff: Chinese text that still knows the message it was made of.

say("第%(line)s行", line=3)  # is "第3行"; ``archive.wording`` makes "Line 3" of it for who reads English
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Said(str):
    """A sentence in Chinese, with the message of the catalogue that it was made of and what was filled in.

    What formatting, joining or cutting makes of it is plain text and stays Chinese: ``say`` and ``listed`` put
    sentences together.
    """

    __slots__ = ("message", "parts")

    def __new__(cls, message: str, parts: Mapping[str, object] | None = None) -> Said:
        """``parts`` are filled in where the message names them as ``%(name)s``; they may be of this kind too."""
        made = super().__new__(cls, message % parts if parts else message)
        made.message, made.parts = message, parts or {}
        return made

    message: str
    parts: Mapping[str, object]


def say(message: str, **parts: object) -> Said:
    """A sentence made of a message. The message stands here as a literal, where translators' tools look for it."""
    return Said(message, parts)


def listed(words: Iterable[str], mark: str) -> str:
    """Several in a row with ``mark`` between them."""
    parts = {f"part{number}": each for number, each in enumerate(words)}
    return Said("%(mark)s".join(f"%({name})s" for name in parts), {**parts, "mark": mark}) if parts else ""
