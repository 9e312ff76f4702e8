"""What staff can do to a page, as values that go to JSON and back.

An action names its pieces by where they stand in the dump, never by a number in a list: a ``Place`` is one character
and belongs to exactly one piece. So a list of actions stays meaningful when it is applied to a newer version of the
page, and undo is to drop the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from archive.errors import CorrectionError
from archive.saying import say
from archive.structure import Kind, Role, Span

MOST_ACTIONS = 500
LONGEST_TEXT = 20_000
MOST_SPANS = 5_000

Json = dict[str, Any]


class Place(NamedTuple):
    """A character of the dump: line (from 1) and character (from 0). It stands for the piece that it belongs to."""

    line: int
    character: int


class Side(StrEnum):
    """On which side of a piece another goes."""

    BEFORE = "before"
    AFTER = "after"


class Fact(StrEnum):
    """What staff can set of a page as a whole."""

    ISSUE_DATE = "issue_date"
    NUMBER = "number"
    NAME = "name"
    NEWSPAPER = "newspaper"
    EDITION = "edition"


class Field(StrEnum):
    """What staff can set of an article or photo beside its text."""

    SECTIONS = "sections"
    GENRE = "genre"
    COLUMN = "column"
    REPORTERS = "reporters"
    CORRESPONDENTS = "correspondents"
    PHOTOGRAPHERS = "photographers"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Split:
    """Begin a new article at this character, anywhere in a line."""

    at: Place


@dataclass(frozen=True, slots=True)
class Merge:
    """Make one article of two, in their order on the page."""

    article: Place
    other: Place


@dataclass(frozen=True, slots=True)
class MoveToArticle:
    """Give characters to the article that ``article`` belongs to; they keep their role where an article has it."""

    spans: tuple[Span, ...]
    article: Place


@dataclass(frozen=True, slots=True)
class MoveToNewArticle:
    """Make a new article of characters, after the one that they come from."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class MoveToPhoto:
    """Give characters to the photo that ``photo`` belongs to, as caption or, if they were one, as credit."""

    spans: tuple[Span, ...]
    photo: Place


@dataclass(frozen=True, slots=True)
class MoveToNewPhoto:
    """Make a new photo of characters."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class MoveToFurniture:
    """Take characters out of every article: page head, label, jump, …; ``Kind.REPEAT`` marks a repeat."""

    spans: tuple[Span, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Mark:
    """Say what characters are to their article or photo."""

    spans: tuple[Span, ...]
    role: Role


@dataclass(frozen=True, slots=True)
class Cut:
    """Begin a new paragraph at this character, anywhere in a line."""

    at: Place


@dataclass(frozen=True, slots=True)
class Join:
    """Make one paragraph of two, from the same article or not; it takes the place of the one at ``stays``."""

    first: Place
    second: Place
    stays: Place


@dataclass(frozen=True, slots=True)
class Reorder:
    """Put a block before or after another of the same article or photo."""

    block: Place
    side: Side
    other: Place


@dataclass(frozen=True, slots=True)
class ReorderArticle:
    """Put an article before or after another of the page."""

    article: Place
    side: Side
    other: Place


@dataclass(frozen=True, slots=True)
class Retext:
    """Let readers see ``text`` for a block; the print stays beside it. Empty text shows the print again."""

    block: Place
    text: str


@dataclass(frozen=True, slots=True)
class SupplyHeadline:
    """Give an article without a printed headline one that is shown in brackets; empty takes it back."""

    article: Place
    text: str


@dataclass(frozen=True, slots=True)
class Describe:
    """Set a field of an article or photo; ``values`` are in order, the first section is the article's."""

    piece: Place
    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Illustrate:
    """Say to which article a photo belongs; a place in the photo itself says to none."""

    photo: Place
    article: Place


@dataclass(frozen=True, slots=True)
class SetFact:
    """Set the issue date (2021-10-24), page number, page name, newspaper (slug) or edition; empty: not known."""

    fact: Fact
    value: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Say that nothing is wrong where an article or photo is doubted: ``code`` is the doubt's, ``at`` its line."""

    piece: Place
    code: str
    at: Place


Action = (
    Split
    | Merge
    | MoveToArticle
    | MoveToNewArticle
    | MoveToPhoto
    | MoveToNewPhoto
    | MoveToFurniture
    | Mark
    | Cut
    | Join
    | Reorder
    | ReorderArticle
    | Retext
    | SupplyHeadline
    | Describe
    | Illustrate
    | SetFact
    | Settle
)

#: The name of each action in JSON.
NAMES: dict[str, type[Action]] = {
    "split": Split,
    "merge": Merge,
    "move-to-article": MoveToArticle,
    "move-to-new-article": MoveToNewArticle,
    "move-to-photo": MoveToPhoto,
    "move-to-new-photo": MoveToNewPhoto,
    "move-to-furniture": MoveToFurniture,
    "mark": Mark,
    "cut": Cut,
    "join": Join,
    "reorder": Reorder,
    "reorder-article": ReorderArticle,
    "retext": Retext,
    "supply-headline": SupplyHeadline,
    "describe": Describe,
    "illustrate": Illustrate,
    "set-fact": SetFact,
    "settle": Settle,
}
_NAME_OF = {action: name for name, action in NAMES.items()}


def to_json(action: Action) -> Json:
    """The action as plain JSON values, with its name under ``do``."""
    values = {field.name: getattr(action, field.name) for field in fields(action)}
    return {"do": _NAME_OF[type(action)]} | {
        name: [[span.line, span.start, span.end] for span in value] if name == "spans" else _plain(value)
        for name, value in values.items()
    }


def from_json(value: object) -> Action:
    """The action that ``to_json`` made. Raises CorrectionError when ``value`` is no action."""
    if not isinstance(value, dict) or not isinstance(value.get("do"), str) or value["do"] not in NAMES:
        raise _unreadable(say("没有这种操作"))
    action = NAMES[value["do"]]
    wanted = {field.name: str(field.type) for field in fields(action)}
    if set(value) - {"do"} != set(wanted):
        raise _unreadable(say("“%(action)s”的内容不全或多余", action=value["do"]))
    return action(**{name: _READERS[kind](value[name]) for name, kind in wanted.items()})


def actions_from_json(value: object) -> tuple[Action, ...]:
    """A list of actions. Raises CorrectionError when ``value`` is no list of actions or too long."""
    if not isinstance(value, list):
        raise _unreadable(say("应当是一个列表"))
    if len(value) > MOST_ACTIONS:
        raise CorrectionError(
            say("操作"), say("一次最多保存 %(most)s 步", most=MOST_ACTIONS), say("请先保存，再继续。")
        )
    return tuple(from_json(each) for each in value)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value)


def _unreadable(why: str) -> CorrectionError:
    return CorrectionError(say("操作"), say("无法识别：%(why)s", why=why), say("请刷新页面再试。"))


def _place_in(value: object) -> Place:
    line, character = _integers(value, 2)
    return Place(line, character)


def _integers(value: object, count: int) -> Sequence[int]:
    if (
        not isinstance(value, list)
        or len(value) != count
        or not all(type(each) is int and 0 <= each < 2**31 for each in value)
    ):
        raise _unreadable(say("位置不对"))
    return value


def _spans_in(value: object) -> tuple[Span, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_SPANS:
        raise _unreadable(say("没有选中文字"))
    return tuple(Span(*_integers(each, 3)) for each in value)


def _text_in(value: object) -> str:
    if not isinstance(value, str):
        raise _unreadable(say("应当是文字"))
    if len(value) > LONGEST_TEXT:
        raise CorrectionError(say("文字"), say("超过 %(most)s 字", most=LONGEST_TEXT), say("请分段填写。"))
    if any(ord(character) < 32 and character not in "\t\n\r" for character in value):
        raise CorrectionError(say("文字"), say("含有控制字符"), say("请去掉后再试。"))
    return " ".join(value.split())


def _texts_in(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > 100:
        raise _unreadable(say("应当是一列文字"))
    return tuple(text for text in map(_text_in, value) if text)


Word = TypeVar("Word", bound=StrEnum)


def _one_of(words: type[Word]) -> Callable[[object], Word]:
    def read(value: object) -> Word:
        try:
            return words(value)  # type: ignore[arg-type]
        except ValueError as error:
            raise _unreadable(say("没有“%(value)s”", value=value)) from error

    return read


# ``from __future__ import annotations`` leaves the types of fields as their source text.
_READERS: dict[str, Callable[[object], Any]] = {
    "Place": _place_in,
    "tuple[Span, ...]": _spans_in,
    "str": _text_in,
    "tuple[str, ...]": _texts_in,
    "Role": _one_of(Role),
    "Kind": _one_of(Kind),
    "Side": _one_of(Side),
    "Fact": _one_of(Fact),
    "Field": _one_of(Field),
}
