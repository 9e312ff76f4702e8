"""What was typed → tokens. Nothing that can be typed is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from search.notes import Note
from search.query import Field, When


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a query is read."""

    characters: int = 500
    terms: int = 40
    depth: int = 8


LIMITS: Final = Limits()

FIELD_NAMES: Final[dict[str, Field | When]] = {
    **dict.fromkeys(("标题", "title", "headline"), Field.HEADLINE),
    **dict.fromkeys(("人物", "person", "people"), Field.PERSON),
    **dict.fromkeys(("记者", "reporter"), Field.REPORTER),
    **dict.fromkeys(("栏目", "column"), Field.COLUMN),
    **dict.fromkeys(("版", "版面", "page"), Field.PAGE),
    **dict.fromkeys(("原文", "printed", "print"), Field.PRINTED),
    **dict.fromkeys(("主题", "section"), Field.SECTION),
    **dict.fromkeys(("体裁", "genre"), Field.GENRE),
    **dict.fromkeys(("报纸", "newspaper"), Field.NEWSPAPER),
    **dict.fromkeys(("地点", "place"), Field.PLACE),
    **dict.fromkeys(("日期", "date", "issue"), When.ISSUE),
    **dict.fromkeys(("事件", "event"), When.EVENT),
}

_QUOTES: Final = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂"}
_OPEN: Final = "(（"
_CLOSE: Final = ")）"
_EITHER: Final = "|｜"
_MINUS: Final = "-－"
_COLON: Final = ":："
_FIELD: Final = re.compile(
    rf"({'|'.join(sorted(FIELD_NAMES, key=len, reverse=True))})[{_COLON}]", re.IGNORECASE
)


class Mark(StrEnum):
    """What a token is."""

    WORD = "word"
    QUOTED = "quoted"
    OPEN = "("
    CLOSE = ")"
    OR = "or"
    AND = "and"
    NOT = "not"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Token:
    """``raw[start:end]`` is the token as typed; ``text`` is it without quotes and backslashes."""

    mark: Mark
    text: str
    start: int
    end: int


def scan(raw: str, notes: list[Note]) -> Iterator[Token]:
    """The tokens of a query. Every character of ``raw`` that is not white space lies in one token, but for backslashes
    and quotes or brackets without their other half."""
    place, depth = 0, 0
    while place < len(raw):
        character = raw[place]
        if character.isspace():
            place += 1
        elif character in _OPEN:
            depth += 1
            if depth <= LIMITS.depth:
                yield Token(Mark.OPEN, character, place, place + 1)
            else:  # it binds nothing, but its other half is still looked for
                notes.append(Note("too-deep"))
            place += 1
        elif character in _CLOSE:
            if 0 < depth <= LIMITS.depth:
                yield Token(Mark.CLOSE, character, place, place + 1)
            elif not depth:
                notes.append(Note("bracket"))
            depth = max(0, depth - 1)
            place += 1
        elif character in _EITHER:
            yield Token(Mark.OR, character, place, place + 1)
            place += 1
        elif character in _MINUS and place + 1 < len(raw) and not raw[place + 1].isspace():
            yield Token(Mark.NOT, character, place, place + 1)
            place += 1
        elif field := _FIELD.match(raw, place):
            yield Token(Mark.FIELD, field[1].lower(), place, field.end())
            place = field.end()
        else:
            token = _quoted(raw, place, depth) or _word(raw, place, depth)
            if token.mark is Mark.WORD and character in _QUOTES and _is_straight(character):
                notes.append(Note("quote"))
                token = replace(token, text=token.text.lstrip(character))
            yield _operator(raw, token)
            place = token.end


def _is_straight(quote: str) -> bool:
    return _QUOTES.get(quote) == quote


def _quoted(raw: str, start: int, depth: int) -> Token | None:
    """The quoted term at ``start``. A straight quote is closed by the next one; “ and 「 only open a term whose last
    character closes them, since headlines are full of them."""
    close = _QUOTES.get(raw[start])
    if close is None:
        return None
    text: list[str] = []
    place = start + 1
    while place < len(raw):
        if raw[place] == "\\" and place + 1 < len(raw):
            text.append(raw[place + 1])
            place += 2
            continue
        if raw[place] == close and (_is_straight(close) or _ends_term(raw, place + 1, depth)):
            return Token(Mark.QUOTED, "".join(text), start, place + 1)
        text.append(raw[place])
        place += 1
    return None


def _ends_term(raw: str, place: int, depth: int) -> bool:
    if place >= len(raw):
        return True
    return raw[place].isspace() or raw[place] in _EITHER or (depth > 0 and raw[place] in _CLOSE)


def _word(raw: str, start: int, depth: int) -> Token:
    """A run up to white space, |, or the bracket that closes a group; brackets opened inside the word belong to it."""
    text: list[str] = []
    place, inner = start, 0
    while place < len(raw):
        character = raw[place]
        if character == "\\" and place + 1 < len(raw):
            text.append(raw[place + 1])
            place += 2
            continue
        if character.isspace() or character in _EITHER:
            break
        if character in _OPEN:
            inner += 1
        elif character in _CLOSE:
            if inner == 0 and depth > 0:
                break
            inner = max(0, inner - 1)
        text.append(character)
        place += 1
    return Token(Mark.WORD, "".join(text), start, place)


def _operator(raw: str, token: Token) -> Token:
    """OR, AND and NOT in capitals, as typed, are operators."""
    mark = {"OR": Mark.OR, "AND": Mark.AND, "NOT": Mark.NOT}.get(raw[token.start : token.end])
    return replace(token, mark=mark) if mark and token.mark is Mark.WORD else token
