"""What a reader typed → a query.

Two pure steps: scan (characters → tokens) and read (tokens → tree), each with notes on how it was read. Nothing a
reader can type is an error: what is not understood is searched as plain words, and a note says so.

    蒙牛 吕沛            both words; each literally, or as its words where no text has it
    "蒙牛 乳业"  “…” 「…」  exactly these characters (white space never counts)
    -蒙牛               not
    蒙牛 OR 伊利, 蒙牛|伊利   either; binds closer than the space: 奶粉 蒙牛|伊利 is 奶粉 and one of the two
    ( … ) （ … ）        brackets
    标题:蒙牛 人物:吕沛 记者: 栏目: 版: 原文: 主题: 体裁: 报纸: 地点:   and their English names
    2021 2021-10 2021-10-24 2021-10-01..2021-10-31   of the issue or an event;  日期:  事件:  one of them
    2021年10月 2021.10   the same, or these characters
    \\"                 a backslash keeps the next character literal
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.dates import parse_period, period_said
from search.notes import Note
from search.query import All, And, Dated, Field, Literal, Not, Or, Query, When, Word, positive
from search.scanning import FIELD_NAMES, LIMITS, Mark, Token, scan
from search.text import fold


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as typed, as read, and what there is to say about it."""

    raw: str
    query: Query
    notes: tuple[Note, ...] = ()


class _Reader:
    """Recursive descent over tokens; every method takes what it can and never fails.

    group  = either*                        ANDed
    either = single (OR single)*
    single = NOT single | FIELD operand | operand
    """

    def __init__(self, tokens: Sequence[Token], notes: list[Note]) -> None:
        self.tokens = tokens
        self.notes = notes
        self.place = 0
        self.terms = 0

    def peek(self) -> Mark | None:
        return self.tokens[self.place].mark if self.place < len(self.tokens) else None

    def group(self, field: Field | When | None) -> Query | None:
        children: list[Query] = []
        while (mark := self.peek()) is not None and mark is not Mark.CLOSE:
            if mark is Mark.AND:
                self.place += 1
            elif child := self.either(field):
                children.append(child)
        if len(children) > 1 and any(_is_choice(child) for child in children):
            self.notes.append(Note("either-binds"))
        return _joined(And, children)

    def either(self, field: Field | When | None) -> Query | None:
        children: list[Query] = []
        if self.peek() is Mark.OR:
            self.lonely()
        elif child := self.single(field):
            children.append(child)
        while self.peek() is Mark.OR:
            follows = self.tokens[self.place + 1].mark if self.place + 1 < len(self.tokens) else None
            if not children or follows in (None, Mark.OR, Mark.AND, Mark.CLOSE):
                self.lonely()
                continue
            self.place += 1
            if child := self.single(field):
                children.append(child)
        return _joined(Or, children)

    def lonely(self) -> None:
        self.notes.append(Note("operator", self.tokens[self.place].text))
        self.place += 1

    def single(self, field: Field | When | None) -> Query | None:
        token = self.tokens[self.place]
        self.place += 1
        if token.mark is Mark.NOT:
            negated = True
            while self.peek() is Mark.NOT:
                self.place += 1
                negated = not negated
            if self.peek() in (None, Mark.OR, Mark.AND, Mark.CLOSE):
                self.notes.append(Note("operator", token.text))
                return None
            child = self.single(field)
            return Not(_exact(child)) if child and negated else child
        if token.mark is Mark.FIELD:
            following = self.tokens[self.place] if self.place < len(self.tokens) else None
            operand = following is not None and following.mark in (Mark.WORD, Mark.QUOTED, Mark.OPEN)
            if not operand or (following is not None and following.start != token.end):
                self.notes.append(Note("field", token.text))
                return self.leaf(Token(Mark.WORD, token.text, token.start, token.end - 1), field)
            return self.single(FIELD_NAMES[token.text])
        if token.mark is Mark.OPEN:
            return self.bracket(field)
        return self.leaf(token, field)

    def bracket(self, field: Field | When | None) -> Query | None:
        child = self.group(field)
        if self.peek() is Mark.CLOSE:
            self.place += 1
        else:
            self.notes.append(Note("bracket"))
        return child

    def leaf(self, token: Token, field: Field | When | None) -> Query | None:
        if self.terms >= LIMITS.terms:
            note = Note("too-many-terms", str(LIMITS.terms))
            if note not in self.notes:
                self.notes.append(note)
            return None
        self.terms += 1
        if isinstance(field, When):
            if period := parse_period(token.text) or period_said(token.text):
                return Dated(period, field)
            self.notes.append(Note("date", token.text))
            field = None
        elif field is None and token.mark is Mark.WORD and (period := parse_period(token.text)):
            self.notes.append(Note("date-read", token.text))
            return Dated(period)
        text = fold(token.text)
        if field is None and token.mark is Mark.WORD and (period := period_said(token.text)):
            self.notes.append(Note("date-read-too", token.text))
            return Or((Literal(text), Dated(period)))
        if token.mark is Mark.QUOTED:
            return Literal(text, field or Field.TEXT) if text else None
        if not any(character.isalnum() or ord(character) > 0x2FFF for character in text.strip(_PUNCTUATION)):
            if text:
                self.notes.append(Note("punctuation", token.text))
            return None
        return Word(text, field or Field.TEXT)


_PUNCTUATION: Final = "　、。〈〉《》「」『』【】〔〕〖〗〝〞〜！＂，：；？～"


def _is_choice(query: Query) -> bool:
    """Whether the reader wrote "or"; a date in Chinese characters is one of two things too, but of our making."""
    match query:
        case Or((Literal(text=said), Dated(period=period))):
            return period_said(said) != period
        case _:
            return isinstance(query, Or)


def _joined(kind: type[And] | type[Or], children: list[Query]) -> Query | None:
    flat: list[Query] = []
    for child in children:
        flat += child.children if isinstance(child, kind) else [child]
    distinct = tuple(dict.fromkeys(flat))
    if len(distinct) > 1:
        return kind(distinct)
    return distinct[0] if distinct else None


def _exact(query: Query) -> Query:
    """What is excluded is excluded literally: never more than was typed."""
    match query:
        case Word():
            return query.literal
        case And() | Or():
            return type(query)(tuple(_exact(child) for child in query.children))
        case _:
            return query


def parse(raw: str) -> Parsed:
    """Read what was typed. Never raises; ``query`` is ``All()`` when nothing was asked."""
    notes: list[Note] = []
    text = raw.replace("\x00", " ")
    if len(text) > LIMITS.characters:
        notes.append(Note("too-long", str(LIMITS.characters)))
        text = text[: LIMITS.characters]
    reader = _Reader(list(scan(text, notes)), notes)
    query = reader.group(None)
    if query is None and raw.strip():
        notes.append(Note("nothing"))
    elif query is not None and not any(True for _ in positive(query)):
        notes.append(Note("only-not"))
    return Parsed(raw, query or All(), tuple(dict.fromkeys(notes)))


def quoted(text: str) -> str:
    """A query that finds exactly ``text``."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
