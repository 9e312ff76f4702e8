"""What a button or form of the desk asks for, as actions on the page as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.http import QueryDict

from archive.corrections import (
    Action,
    Cut,
    Describe,
    Fact,
    Field,
    Illustrate,
    Join,
    Mark,
    Merge,
    MoveToArticle,
    MoveToFurniture,
    MoveToNewArticle,
    MoveToNewPhoto,
    MoveToPhoto,
    Place,
    Reorder,
    ReorderArticle,
    Retext,
    SetFact,
    Side,
    Split,
    SupplyHeadline,
    from_json,
)
from archive.corrections.actions import NAMES
from archive.corrections.facts import GENRES
from archive.corrections.sheet import Found, Sheet
from archive.desk.layout import first_place
from archive.desk.session import read_json, read_place, whole_number
from archive.errors import CorrectionError
from archive.saying import say
from archive.structure import Article, Block, Furniture, Kind, PageStructure, Photo, Role, Span

_SEPARATORS = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button asks for, on a page as it stands after the actions so far."""

    sheet: Sheet
    post: QueryDict
    ticked: tuple[int, ...]
    shown: Sequence[str]  # the lines as the member of staff who asks may read them

    @property
    def place(self) -> Place:
        """Where: the words typed into “从这几个字起”, else the caret, else the first ticked line."""
        begins = self.post.get("begins", "").strip()
        if begins:
            return self._where(begins)
        place = read_place(self.post.get("place", ""))
        if place is None and self.ticked:
            place = Place(self.ticked[0], 0)
        if place is None:
            raise CorrectionError(say("操作"), say("还没有选位置"), say("请先点一行，或勾选左边的行号。"))
        return place

    def _where(self, words: str) -> Place:
        first, last = self.sheet.structure.first_line, self.sheet.structure.last_line
        numbers = self.ticked or range(first, min(last, len(self.shown)) + 1)
        found = [
            Place(number, self.shown[number - 1].index(words))
            for number in numbers
            if words in self.shown[number - 1]
        ]
        if not found:
            raise CorrectionError(
                f"“{words[:20]}”", say("左边的机读原文里没有这几个字"), say("换几个字，且不要跨行。")
            )
        if len(found) > 1:
            raise CorrectionError(
                f"“{words[:20]}”",
                say("出现在 %(count)s 行里", count=len(found)),
                say("多写几个字，或先勾选那一行。"),
            )
        return found[0]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The selection: ticked lines, else the marked text, else the paragraph at the caret."""
        if self.ticked:
            return tuple(Span(number, 0, max(1, len(self.sheet.lines[number - 1]))) for number in self.ticked)
        marked = read_json(self.post.get("spans") or "[]")
        if marked:
            return cast(Mark, from_json({"do": "mark", "spans": marked, "role": "body"})).spans
        found = self.sheet.find(self.place)
        if found.kind is Furniture:
            return self.sheet.structure.furniture[found.owner].spans
        return self.sheet.owner(found).blocks[found.block].spans

    def neighbour(self, step: int) -> Place:
        """The article above (-1) or below (1) the one at the place."""
        number = self.sheet.article(self.place) + step
        articles = self.sheet.structure.articles
        if not 0 <= number < len(articles):
            raise CorrectionError(
                say("第%(line)s行", line=self.place.line),
                say("上面没有文章了") if step < 0 else say("下面没有文章了"),
                say("请选另一篇。"),
            )
        return self.start(articles[number].blocks[0])

    def block_beside(self, step: int) -> Place:
        """The block above (-1) or below (1) the one at the place, in its article or photo."""
        found = self.sheet.find(self.place)
        blocks = self.sheet.owner(found).blocks
        if not 0 <= found.block + step < len(blocks):
            raise CorrectionError(
                say("第%(line)s行", line=self.place.line),
                say("已经是最上一段") if step < 0 else say("已经是最下一段"),
                say("请选另一段。"),
            )
        return self.start(blocks[found.block + step])

    def start(self, block: Block) -> Place:
        return first_place(self.sheet.lines, block.spans)

    def two(self) -> tuple[Place, Place]:
        """The two ticked lines, or the remembered place and the caret."""
        remembered = read_place(self.post.get("remembered", ""))
        if len(self.ticked) == 2:
            return Place(self.ticked[0], 0), Place(self.ticked[1], 0)
        if remembered and self.post.get("place"):
            return remembered, self.place
        raise CorrectionError(
            say("接成一句"), say("要选两处"), say("请勾选两行，或先按 X 记下一处再点另一处。")
        )


def asked_for(
    structure: PageStructure, lines: Sequence[str], post: QueryDict, shown: Sequence[str]
) -> tuple[Action, ...]:
    """The actions that a button or form asks for; none when it asks for something else.

    ``shown`` are the lines as who asks may read them: words that were typed to name a place are looked for there.
    Raises CorrectionError when what it needs was not chosen.
    """
    if "action" in post:
        return (from_json(read_json(post.get("action", ""))),)
    asked = _asked(structure, lines, post, shown)
    do, _, detail = post.get("do", "").partition(":")
    if do in _BUTTONS:
        return (_BUTTONS[do](asked),)
    if do in _WITH_DETAIL:
        return (_WITH_DETAIL[do](asked, detail),)
    if do in _FORMS:
        return _FORMS[do](asked)
    return ()


def selection(
    structure: PageStructure, lines: Sequence[str], post: QueryDict, shown: Sequence[str]
) -> tuple[Span, ...]:
    """What is selected in a posted form. Raises CorrectionError when nothing is."""
    return _asked(structure, lines, post, shown).spans


def _asked(structure: PageStructure, lines: Sequence[str], post: QueryDict, shown: Sequence[str]) -> Asked:
    last = min(structure.last_line, len(lines))
    numbers = {whole_number(number) for number in post.getlist("line")}
    ticked = tuple(sorted(number for number in numbers if structure.first_line <= number <= last))
    return Asked(Sheet(structure, lines), post, ticked, shown)


def _joined(asked: Asked, first: Place, second: Place) -> Join:
    """The shorter of the two goes to the longer."""
    lengths = [len(asked.sheet.block(place)[1].text) for place in (first, second)]
    return Join(first, second, stays=first if lengths[0] > lengths[1] else second)


def _join_next(asked: Asked) -> Join:
    place = asked.place
    return Join(place, asked.block_beside(1), stays=place)


_BUTTONS: Mapping[str, Callable[[Asked], Action]] = {
    "split": lambda asked: Split(asked.place),
    "cut": lambda asked: Cut(asked.place),
    "merge-up": lambda asked: Merge(asked.neighbour(-1), asked.place),
    "merge-down": lambda asked: Merge(asked.place, asked.neighbour(1)),
    "join-next": _join_next,
    "join-two": lambda asked: _joined(asked, *asked.two()),
    "join-two-reversed": lambda asked: _joined(asked, *reversed(asked.two())),
    "block-up": lambda asked: Reorder(asked.place, Side.BEFORE, asked.block_beside(-1)),
    "block-down": lambda asked: Reorder(asked.place, Side.AFTER, asked.block_beside(1)),
    "article-up": lambda asked: ReorderArticle(asked.place, Side.BEFORE, asked.neighbour(-1)),
    "article-down": lambda asked: ReorderArticle(asked.place, Side.AFTER, asked.neighbour(1)),
    "new-article": lambda asked: MoveToNewArticle(asked.spans),
    "new-photo": lambda asked: MoveToNewPhoto(asked.spans),
    "repeat": lambda asked: MoveToFurniture(asked.spans, Kind.REPEAT),
}


def _role(asked: Asked, detail: str) -> Action:
    if detail not in set(Role):
        raise CorrectionError(say("标注"), say("没有“%(value)s”", value=detail), say("请刷新页面再试。"))
    return Mark(asked.spans, Role(detail))


_WITH_DETAIL: Mapping[str, Callable[[Asked, str], Action]] = {"mark": _role}


def _move(asked: Asked) -> tuple[Action, ...]:
    """Move the selection to where the list “移到” says: ``article:3,0``, ``photo:77,0``, ``furniture:label`` …"""
    kind, _, where = asked.post.get("target", "").partition(":")
    place = read_place(where)
    if kind == "article" and place:
        return (MoveToArticle(asked.spans, place),)
    if kind == "photo" and place:
        return (MoveToPhoto(asked.spans, place),)
    if kind == "furniture" and where in set(Kind):
        return (MoveToFurniture(asked.spans, Kind(where)),)
    if kind == "new" and where in ("article", "photo"):
        return (MoveToNewArticle(asked.spans) if where == "article" else MoveToNewPhoto(asked.spans),)
    raise CorrectionError(say("移到"), say("还没有选移到哪里"), say("请在列表里选一篇。"))


def _retext(asked: Asked) -> tuple[Action, ...]:
    place = read_place(asked.post.get("open_at", ""))
    if place is None:
        raise CorrectionError(say("改字"), say("不知道改哪一段"), say("请先点那一段再按“改字”。"))
    text = "" if "restore_print" in asked.post else asked.post.get("text", "")
    return (_checked(Retext, block=place, text=text),)


def _checked(kind: type, **values: object) -> Action:
    """An action of typed text, held to the same limits as a posted one."""
    name = next(name for name, each in NAMES.items() if each is kind)
    plain = {
        key: list(value) if isinstance(value, tuple) else getattr(value, "value", value)
        for key, value in values.items()
    }
    return from_json({"do": name} | plain)


def _facts(asked: Asked) -> tuple[Action, ...]:
    now = asked.sheet.structure.facts
    was = {
        Fact.ISSUE_DATE: now.issue_date.value,
        Fact.NUMBER: str(now.number or ""),
        Fact.NAME: now.name,
        Fact.NEWSPAPER: now.newspaper,
    }
    typed = {fact: asked.post.get(f"fact_{fact.value}", old).strip() for fact, old in was.items()}
    confirmed = "confirm_date" in asked.post and typed[Fact.ISSUE_DATE]
    return tuple(
        _checked(SetFact, fact=fact, value=value)
        for fact, value in typed.items()
        if value != was[fact] or (fact is Fact.ISSUE_DATE and confirmed)
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in _SEPARATORS.split(text) if name)


def _piece(asked: Asked) -> tuple[Action, ...]:
    """What the form of an article or photo changed."""
    place = read_place(asked.post.get("open_at", ""))
    if place is None:
        raise CorrectionError(say("设定"), say("不知道是哪一篇"), say("请先点那一篇再按“设定”。"))
    found: Found = asked.sheet.find(place)
    owner = asked.sheet.owner(found)
    return _of_photo(asked, place, owner) if isinstance(owner, Photo) else _of_article(asked, place, owner)


def _of_article(asked: Asked, place: Place, article: Article) -> tuple[Action, ...]:
    post = asked.post
    actions: list[Action] = []
    supplied = post.get("supplied_headline", article.supplied_headline).strip()
    if supplied != article.supplied_headline:
        actions.append(_checked(SupplyHeadline, article=place, text=supplied))
    sections = tuple(dict.fromkeys(slug for slug in post.getlist("section") if slug))
    values = {
        Field.SECTIONS: (sections, article.sections),
        Field.GENRE: (_one(post.get("genre", "")), _one(article.genre or GENRES[0])),
        Field.COLUMN: (_one(post.get("column", "").strip()), _one(article.column)),
        Field.REPORTERS: (_names(post.get("reporters", "")), article.reporters),
        Field.CORRESPONDENTS: (_names(post.get("correspondents", "")), article.correspondents),
    }
    return (*actions, *_described(place, values))


def _of_photo(asked: Asked, place: Place, photo: Photo) -> tuple[Action, ...]:
    post = asked.post
    values = {
        Field.PHOTOGRAPHERS: (_names(post.get("photographers", "")), photo.photographers),
        Field.AGENCY: (_one(post.get("agency", "").strip()), _one(photo.agency)),
    }
    actions: list[Action] = list(_described(place, values))
    target = read_place(post.get("illustrates", "")) or place
    key = ""
    if asked.sheet.find(target).kind is Article:
        key = asked.sheet.structure.articles[asked.sheet.article(target)].key
    if key != photo.article:
        actions.append(Illustrate(place, target))
    return tuple(actions)


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _described(
    place: Place, values: Mapping[Field, tuple[tuple[str, ...], tuple[str, ...]]]
) -> tuple[Action, ...]:
    return tuple(
        _checked(Describe, piece=place, field=field, values=new)
        for field, (new, old) in values.items()
        if new != old
    )


_FORMS: Mapping[str, Callable[[Asked], tuple[Action, ...]]] = {
    "move": _move,
    "retext": _retext,
    "facts": _facts,
    "piece": _piece,
}
