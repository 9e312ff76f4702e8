"""What becomes of doubts when a page is corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from archive.corrections.sheet import owners_of
from archive.structure import Article, Block, Doubt, PageStructure, Photo, Role

#: Characters that end a sentence, and what may close after them.
SENTENCE_ENDS = "。！？!?…；;：:"
CLOSERS = "”’」』）)》〉】"

Owner = TypeVar("Owner", Article, Photo)


def with_doubts_followed(before: PageStructure, after: PageStructure) -> PageStructure:
    """``after`` with each changed piece's doubts looked at again.

    A doubt about a line goes with that line to its new article or photo; one that a correction has answered goes. A
    piece whose last doubt has gone is sure.
    """
    old = {id(owner) for owner in owners_of(before)}
    owners = owners_of(after)
    holder = {
        span.line: number
        for number, owner in enumerate(owners)
        for block in owner.blocks
        for span in block.spans
    }
    lines = [{span.line for block in owner.blocks for span in block.spans} for owner in owners]
    arriving: dict[int, list[Doubt]] = {}
    leaving: set[tuple[int, Doubt]] = set()
    for number, owner in enumerate(owners):
        for doubt in owner.doubts:
            if doubt.line and doubt.line not in lines[number]:
                leaving.add((number, doubt))
                if doubt.line in holder:
                    arriving.setdefault(holder[doubt.line], []).append(doubt)

    def followed(number: int, owner: Owner) -> Owner:
        if id(owner) in old and number not in arriving:
            return owner
        doubts = dict.fromkeys((*owner.doubts, *arriving.get(number, ())))
        left = tuple(
            doubt for doubt in doubts if (number, doubt) not in leaving and _still_holds(owner, doubt)
        )
        return replace(owner, doubts=left, confidence=1.0 if owner.doubts and not left else owner.confidence)

    count = len(after.articles)
    return replace(
        after,
        articles=tuple(followed(number, article) for number, article in enumerate(after.articles)),
        photos=tuple(followed(count + number, photo) for number, photo in enumerate(after.photos)),
    )


def _still_holds(owner: Article | Photo, doubt: Doubt) -> bool:
    match doubt.code:
        case "no-headline":
            return not isinstance(owner, Article) or not (owner.headline or owner.supplied_headline)
        case "breaks-off" if doubt.line:
            return any(_breaks_off(block) and block.spans[-1].line == doubt.line for block in owner.blocks)
        case "starts-midway" if doubt.line:
            return any(
                block.role is Role.BODY and block.spans[0].line == doubt.line for block in owner.blocks
            )
        case _:
            return True


def _breaks_off(block: Block) -> bool:
    return block.role is Role.BODY and not block.current.rstrip(CLOSERS + " ").endswith(tuple(SENTENCE_ENDS))
