"""The likely fix of a doubt, as actions that one button each does. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.corrections import (
    Action,
    Join,
    Merge,
    MoveToFurniture,
    Place,
    Settle,
    Split,
    to_json,
)
from archive.corrections.doubts import CLOSERS, SENTENCE_ENDS
from archive.desk.layout import DoubtView, first_place
from archive.saying import say
from archive.structure import Article, Block, Kind, PageStructure, Role, Span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button: its words, and the action it does; without one it opens the ``form`` named."""

    words: str
    action: Action | None = None
    form: str = ""
    place: Place | None = None

    @property
    def json(self) -> str:
        """The action as its button carries it."""
        return json.dumps(to_json(self.action)) if self.action else ""


def suggestions(structure: PageStructure, lines: Sequence[str], doubt: DoubtView) -> tuple[Suggestion, ...]:
    """What may put the doubt right, the likeliest first; that nothing is wrong comes last."""
    groundless = Settle(doubt.piece, doubt.code, Place(doubt.line, 0))
    return (*_fixes(structure, lines, doubt), Suggestion(say("没有问题，下一处"), groundless))


def _fixes(structure: PageStructure, lines: Sequence[str], doubt: DoubtView) -> Iterator[Suggestion]:
    match doubt.code:
        case "no-headline":
            yield Suggestion(say("补拟一个标题…"), form="piece", place=doubt.piece)
            yield from _merges(structure, lines, doubt)
        case "breaks-off" | "starts-midway":
            yield from _joins(structure, lines, doubt)
        case "repeated":
            yield Suggestion(
                say("第%(line)s行标为重复", line=doubt.line),
                MoveToFurniture((Span(doubt.line, 0, len(lines[doubt.line - 1])),), Kind.REPEAT),
            )
        case "two-articles":
            yield from _cuts(structure, lines, doubt)
        case "name-near-known" | "odd-characters":
            yield Suggestion(say("改字…"), form="text", place=Place(doubt.line, 0))
        case "date-contradiction":
            yield Suggestion(say("改出版日期…"), form="facts")
        case "no-opening":
            yield from _merges(structure, lines, doubt)
        case _:
            return


def _owner(structure: PageStructure, lines: Sequence[str], doubt: DoubtView) -> tuple[int, Article] | None:
    for number, article in enumerate(structure.articles):
        if first_place(lines, article.blocks[0].spans) == doubt.piece:
            return number, article
    return None


def _merges(structure: PageStructure, lines: Sequence[str], doubt: DoubtView) -> Iterator[Suggestion]:
    found = _owner(structure, lines, doubt)
    if found is None:
        return
    number, _ = found
    for other, words in ((number - 1, say("与上一篇合并")), (number + 1, say("与下一篇合并"))):
        if 0 <= other < len(structure.articles):
            place = first_place(lines, structure.articles[other].blocks[0].spans)
            yield Suggestion(words, Merge(place, doubt.piece))


def _cuts(structure: PageStructure, lines: Sequence[str], doubt: DoubtView) -> Iterator[Suggestion]:
    """Cut where the doubt points, or else at the second opening of the article."""
    found = _owner(structure, lines, doubt)
    if found is None:
        return
    body = found[1].having(Role.BODY)
    openings = [
        first_place(lines, block.spans)
        for block in body[1:]
        if block.text.startswith(("本报讯", "又讯", "新华社"))
    ]
    for place in openings[:2]:
        yield Suggestion(say("从第%(line)s行起切成另一篇", line=place.line), Split(place))


def _joins(structure: PageStructure, lines: Sequence[str], doubt: DoubtView) -> Iterator[Suggestion]:
    """Join the paragraph that breaks off to each that begins like the middle of a sentence, and the other way round."""
    bodies = [(article, block) for article in structure.articles for block in article.having(Role.BODY)]
    here = next(
        (block for _, block in bodies if any(span.line == doubt.line for span in block.spans)),
        None,
    )
    if here is None:
        return
    if doubt.code == "breaks-off":
        partners = [block for _, block in bodies if block is not here and _may_continue(structure, block)]
        for block in partners[:3]:
            yield _join(lines, here, block)
    else:
        partners = [block for _, block in bodies if block is not here and _may_break_off(block)]
        for block in partners[:3]:
            yield _join(lines, block, here)


def _join(lines: Sequence[str], first: Block, second: Block) -> Suggestion:
    places = first_place(lines, first.spans), first_place(lines, second.spans)
    stays = places[0] if len(first.text) > len(second.text) else places[1]
    return Suggestion(
        say("接成一句：“…%(first)s”＋“%(second)s…”", first=first.current[-10:], second=second.current[:10]),
        Join(*places, stays=stays),
    )


def _may_break_off(block: Block) -> bool:
    return not block.current.rstrip(CLOSERS + " ").endswith(tuple(SENTENCE_ENDS))


def _may_continue(structure: PageStructure, block: Block) -> bool:
    lines = {
        doubt.line
        for article in structure.articles
        for doubt in article.doubts
        if doubt.code == "starts-midway"
    }
    return bool(block.spans) and block.spans[0].line in lines
