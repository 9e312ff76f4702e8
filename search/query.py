"""What a reader typed → a typed tree that knows no engine.

Three pure steps: scan (characters → tokens), read (tokens → tree), and notes on how it was read. Nothing a reader can
type is an error: what is not understood is searched as plain words, and a note says so.

    蒙牛 吕沛            both words; each literally, or as its words where no text has it
    "蒙牛 乳业"  “…” 「…」  exactly these characters (white space never counts)
    -蒙牛               not
    蒙牛 OR 伊利, 蒙牛|伊利   either; binds closer than the space: 奶粉 蒙牛|伊利 is 奶粉 and one of the two
    ( … ) （ … ）        brackets
    标题:蒙牛 人物:吕沛 记者: 栏目: 版: 原文: 主题: 体裁: 报纸: 地点:   and their English names
    2021 2021-10 2021-10-24 2021-10-01..2021-10-31   of the issue or an event;  日期:  事件:  one of them
    \\"                 a backslash keeps the next character literal
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from search.dates import Period, parse_period
from search.text import fold


class Field(StrEnum):
    """Where a literal is looked for."""

    TEXT = "text"  # every current text
    HEADLINE = "headline"  # headlines, kickers, subheadlines
    PRINTED = "printed"  # the texts as printed
    PERSON = "person"
    REPORTER = "reporter"
    COLUMN = "column"
    PAGE = "page"
    SECTION = "section"
    GENRE = "genre"
    NEWSPAPER = "newspaper"
    PLACE = "place"


class When(StrEnum):
    """Which date a period is held against."""

    EITHER = "either"
    ISSUE = "issue"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Literal:
    """Documents with a text in ``field`` that contains ``text`` (folded, not empty)."""

    text: str
    field: Field = Field.TEXT


@dataclass(frozen=True, slots=True)
class Word:
    """An unquoted word: its literal; where no document of the whole index has that, all its words as literals."""

    text: str
    field: Field = Field.TEXT

    @property
    def literal(self) -> Literal:
        return Literal(self.text, self.field)

    @property
    def parts(self) -> tuple[Literal, ...]:
        """The word's own words; none where it is a single one."""
        from search.text import words_of_folded

        found = tuple(dict.fromkeys(words_of_folded(self.text)))
        return tuple(Literal(word, self.field) for word in found) if found != (self.text,) else ()


@dataclass(frozen=True, slots=True)
class Dated:
    """Documents of a period: the issue's day lies in it, or an event (day, month or year) lies in it wholly."""

    period: Period
    when: When = When.EITHER


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Not:
    child: Query


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Query, ...]


Query = Literal | Word | Dated | All | Not | And | Or


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a query is read."""

    characters: int = 500
    terms: int = 40
    depth: int = 8


LIMITS: Final = Limits()

#: Notes on how a query was read; ``%(detail)s`` is what it is about.
NOTES: Final = {
    "too-long": _("检索式太长，只读了前 %(detail)s 个字符。"),
    "too-many-terms": _("检索词太多，只用了前 %(detail)s 个。"),
    "too-deep": _("括号套得太深，里层的括号没有计入。"),
    "bracket": _("括号不成对，没有计入。"),
    "quote": _("引号不成对，没有计入。"),
    "operator": _("“%(detail)s”前后缺少检索词，没有计入。"),
    "field": _("“%(detail)s”后面没有内容，按普通词检索。"),
    "date": _("“%(detail)s”不是日期，按普通词检索。"),
    "date-read": _("“%(detail)s”按日期理解；要找这几个字，请加引号。"),
    "punctuation": _("“%(detail)s”只有标点，没有计入；要找标点，请加引号。"),
    "either-binds": _("“或”先结合，再与其余各词同时满足。"),
    "only-not": _("只有排除条件：列出其余全部。"),
    "words": _("没有一篇原样含有“%(detail)s”，改按其中各词同时出现检索。"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on how a query was read: a code of ``NOTES`` and what it is about."""

    code: str
    detail: str = ""

    def __str__(self) -> str:
        return str(NOTES[self.code]) % {"detail": self.detail}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as typed, as read, and what there is to say about it."""

    raw: str
    query: Query
    notes: tuple[Note, ...] = ()


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


# --- scan ---------------------------------------------------------------------------------------------------------


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


# --- read ---------------------------------------------------------------------------------------------------------


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
        if len(children) > 1 and any(isinstance(child, Or) for child in children):
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
            if period := parse_period(token.text):
                return Dated(period, field)
            self.notes.append(Note("date", token.text))
            field = None
        elif field is None and token.mark is Mark.WORD and (period := parse_period(token.text)):
            self.notes.append(Note("date-read", token.text))
            return Dated(period)
        text = fold(token.text)
        if token.mark is Mark.QUOTED:
            return Literal(text, field or Field.TEXT) if text else None
        if not any(character.isalnum() or ord(character) > 0x2FFF for character in text.strip(_PUNCTUATION)):
            if text:
                self.notes.append(Note("punctuation", token.text))
            return None
        return Word(text, field or Field.TEXT)


_PUNCTUATION: Final = "　、。〈〉《》「」『』【】〔〕〖〗〝〞〜！＂，：；？～"


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
    if query is not None and not any(True for _ in positive(query)):
        notes.append(Note("only-not"))
    return Parsed(raw, query or All(), tuple(dict.fromkeys(notes)))


def positive(query: Query) -> Iterator[Literal | Word | Dated]:
    """The leaves that a hit is sought by, not those it is kept out by."""
    match query:
        case Literal() | Word() | Dated():
            yield query
        case And() | Or():
            for child in query.children:
                yield from positive(child)
        case _:
            return


def quoted(text: str) -> str:
    """A query that finds exactly ``text``."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
