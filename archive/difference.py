"""A difference between two structures of a page, and how staff are told of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from archive.saying import say
from archive.structure import Article, Block, Furniture, PageStructure, Photo, Role

#: Characters of a title or text that stand for it in a sentence.
SHOWN = 24

ROLE_WORDS = {
    Role.KICKER: say("引题"),
    Role.HEADLINE: say("主标题"),
    Role.SUBHEADLINE: say("副标题"),
    Role.BYLINE: say("署名"),
    Role.BODY: say("正文"),
    Role.NOTE: say("附注"),
    Role.CAPTION: say("图片说明"),
    Role.CREDIT: say("摄影署名"),
}


class What(StrEnum):
    """Kinds of differences."""

    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    NEW = "new"
    GONE = "gone"
    TEXT = "text"
    ROLE = "role"
    PARAGRAPHS = "paragraphs"
    ORDER = "order"
    FIELD = "field"
    FACT = "fact"


class Change(StrEnum):
    """What became of a run of characters."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that were kept, removed or added."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ``words`` is the sentence; ``runs`` are the characters where text was changed."""

    what: What
    words: str
    runs: tuple[Run, ...] = ()
    key: str = ""  # of the article or photo after the change


def runs(before: str, after: str) -> tuple[Run, ...]:
    """Two texts as runs of characters that were kept, removed and added."""
    result: list[Run] = []
    for tag, start, stop, new_start, new_stop in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            result.append(Run(Change.KEPT, before[start:stop]))
            continue
        if stop > start:
            result.append(Run(Change.REMOVED, before[start:stop]))
        if new_stop > new_start:
            result.append(Run(Change.ADDED, after[new_start:new_stop]))
    return tuple(result)


def title(owner: Article | Photo) -> str:
    """What staff call an article or photo: its headline, or its first words."""
    if isinstance(owner, Photo):
        return say("图片“%(text)s”", text=short(owner.caption or owner.credit))
    if owner.headline:
        return say("《%(text)s》", text=short(owner.headline))
    if owner.supplied_headline:
        return say("［%(text)s］", text=short(owner.supplied_headline))
    first = owner.paragraphs[0] if owner.paragraphs else owner.blocks[0].current
    return say("〔无题〕%(text)s", text=short(first))


def short(text: str) -> str:
    """The beginning of a title or text, which stands for it."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


Owner = Article | Photo
Place = tuple[int, int]


def owners(structure: PageStructure) -> tuple[Owner, ...]:
    """The articles, then the photos."""
    return (*structure.articles, *structure.photos)


def places_of(blocks: Sequence[Block | Furniture]) -> list[Place]:
    """Each character that the blocks own: (line, place in it)."""
    return [
        (span.line, place)
        for block in blocks
        for span in block.spans
        for place in range(span.start, span.end)
    ]
