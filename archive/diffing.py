"""What differs between two structures of a page, in words that staff read.

    for difference in differences(before, after): print(difference.words)

Pieces are told apart by the characters of the dump that they own, so that a split reads as a split and not as one
article gone and two new. Two structures of different dumps are compared by the text of their articles alone. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from archive.saying import Said, listed, say
from archive.structure import Article, Block, Furniture, Kind, PageStructure, Photo, Role

#: A piece that got at least this share of another's characters is said to have come of it.
PART = 0.2
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


def differences(
    before: PageStructure, after: PageStructure, *, same_dump: bool = True
) -> tuple[Difference, ...]:
    """Everything that differs, from the page's facts down to single characters."""
    found = [*_of_facts(before, after)]
    if not same_dump:
        return (*found, *_of_texts(before, after))
    return (
        *found,
        *_of_articles(before, after),
        *_of_moves(before, after),
        *_within(before, after),
        *_of_order(before, after),
    )


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
        return say("图片“%(text)s”", text=_short(owner.caption or owner.credit))
    if owner.headline:
        return say("《%(text)s》", text=_short(owner.headline))
    if owner.supplied_headline:
        return say("［%(text)s］", text=_short(owner.supplied_headline))
    first = owner.paragraphs[0] if owner.paragraphs else owner.blocks[0].current
    return say("〔无题〕%(text)s", text=_short(first))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


Owner = Article | Photo
Place = tuple[int, int]


def _owners(structure: PageStructure) -> tuple[Owner, ...]:
    return (*structure.articles, *structure.photos)


def _places(blocks: Sequence[Block | Furniture]) -> list[Place]:
    return [
        (span.line, place)
        for block in blocks
        for span in block.spans
        for place in range(span.start, span.end)
    ]


def _shares(before: PageStructure, after: PageStructure) -> list[Counter[int]]:
    """For each owner of ``before``: how many of its characters each owner of ``after`` has."""
    holder = {place: number for number, owner in enumerate(_owners(after)) for place in _places(owner.blocks)}
    return [
        Counter(holder[place] for place in _places(owner.blocks) if place in holder)
        for owner in _owners(before)
    ]


def _of_facts(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    was, now = before.facts, after.facts
    named = [
        (say("出版日期"), was.issue_date.value or say("不详"), now.issue_date.value or say("不详")),
        (say("版次"), _number(was.number), _number(now.number)),
        (say("版名"), was.name or say("无"), now.name or say("无")),
        (say("报纸"), was.newspaper or say("默认"), now.newspaper or say("默认")),
        (say("版次别"), was.edition or say("无"), now.edition or say("无")),
    ]
    for name, old, new in named:
        if old != new:
            yield Difference(What.FACT, say("%(name)s：%(old)s → %(new)s", name=name, old=old, new=new))
    if was.issue_date.value == now.issue_date.value and was.issue_date.certainty != now.issue_date.certainty:
        yield Difference(
            What.FACT,
            say(
                "出版日期 %(value)s 的由来改为“%(because)s”",
                value=now.issue_date.value or say("不详"),
                because=now.issue_date.because,
            ),
        )


def _number(number: int | None) -> str:
    return str(number) if number else say("不详")


def _of_articles(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Splits, merges, new and vanished articles and photos."""
    old, new = _owners(before), _owners(after)
    shares = _shares(before, after)
    sizes = [len(_places(owner.blocks)) for owner in new]
    main_heir = [share.most_common(1)[0][0] if share else None for share in shares]
    for number, share in enumerate(shares):
        parts = sorted(
            other
            for other, count in share.items()
            if other == main_heir[number]
            or (
                count >= PART * sizes[other]
                and (new[other].key == old[number].key or not _known(new[other], old))
            )
        )
        if len(parts) > 1:
            others = listed((title(new[part]) for part in parts), say("、"))
            yield Difference(
                What.SPLIT,
                say(
                    "%(title)s拆成 %(count)s 篇：%(others)s",
                    title=title(old[number]),
                    count=len(parts),
                    others=others,
                ),
                key=new[parts[0]].key,
            )
    for number, owner in enumerate(new):
        sources = [
            index
            for index, heir in enumerate(main_heir)
            if heir == number and (old[index].key == owner.key or not _known(old[index], new))
        ]
        if len(sources) > 1:
            names = listed((title(old[index]) for index in sources), say("与"))
            yield Difference(
                What.MERGED,
                say("%(names)s合为一篇：%(title)s", names=names, title=title(owner)),
                key=owner.key,
            )
        elif not any(share.get(number, 0) >= PART * sizes[number] for share in shares):
            yield Difference(What.NEW, say("由版面杂项新立：%(title)s", title=title(owner)), key=owner.key)
    for number, owner in enumerate(old):
        if main_heir[number] is None:
            yield Difference(What.GONE, say("%(title)s全部移入版面杂项", title=title(owner)))


def _known(owner: Owner, others: Sequence[Owner]) -> bool:
    """Whether the owner's key is among the others': it is the same piece before and after."""
    return bool(owner.key) and any(other.key == owner.key for other in others)


def _of_moves(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Text that went from one piece to another that both go on, or to furniture and from it."""
    where = {place: title(owner) for owner in _owners(before) for place in _places(owner.blocks)}
    key_was = {place: owner.key for owner in _owners(before) for place in _places(owner.blocks)}
    furniture = {place: piece.kind.value for piece in before.furniture for place in _places([piece])}
    old_keys = {owner.key for owner in _owners(before)}
    new_keys = {owner.key for owner in _owners(after)}
    for owner in _owners(after):
        for block in owner.blocks:
            start = next(iter(_places([block])))
            if start in furniture:
                yield Difference(
                    What.MOVED,
                    say("“%(text)s”从版面杂项移到%(title)s", text=_short(block.text), title=title(owner)),
                    key=owner.key,
                )
            elif (
                owner.key in old_keys
                and key_was.get(start, "") != owner.key
                and key_was.get(start) in new_keys
            ):
                yield Difference(
                    What.MOVED,
                    say(
                        "“%(text)s”从%(where)s移到%(title)s",
                        text=_short(block.text),
                        where=where[start],
                        title=title(owner),
                    ),
                    key=owner.key,
                )
    for piece in after.furniture:
        start = next(iter(_places([piece])))
        if start in where:
            text, title_was = _short(piece.text), where[start]
            yield Difference(
                What.MOVED,
                say("“%(text)s”（%(title)s）标为重复", text=text, title=title_was)
                if piece.kind is Kind.REPEAT
                else say("“%(text)s”（%(title)s）移入版面杂项", text=text, title=title_was),
            )


def _within(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Within pieces that go on: text, roles, paragraphs and fields."""
    old = {owner.key: owner for owner in _owners(before) if owner.key}
    for owner in _owners(after):
        was = old.get(owner.key)
        if was is None or was == owner:
            continue
        yield from _of_blocks(was, owner)
        yield from _of_fields(was, owner)


def _of_blocks(was: Owner, now: Owner) -> Iterator[Difference]:
    name = title(now)
    old = {place: block for block in was.blocks for place in _places([block])}
    for block in now.blocks:
        places = _places([block])
        sources = list(dict.fromkeys(id(old[place]) for place in places if place in old))
        if not sources:
            continue
        source = old[next(place for place in places if place in old)]
        if source.role is not block.role:
            yield Difference(
                What.ROLE,
                say(
                    "%(title)s：“%(text)s”由%(old)s改为%(new)s",
                    title=name,
                    text=_short(block.text),
                    old=ROLE_WORDS[source.role],
                    new=ROLE_WORDS[block.role],
                ),
                key=now.key,
            )
        if len(sources) > 1:
            yield Difference(
                What.PARAGRAPHS,
                say(
                    "%(title)s：“%(text)s”由 %(count)s 段接成",
                    title=name,
                    text=_short(block.text),
                    count=len(sources),
                ),
                key=now.key,
            )
        same = sorted(places) == sorted(_places([source]))
        if not same and len(sources) == 1 and _continues(source, block, was, now):
            yield Difference(
                What.PARAGRAPHS,
                say("%(title)s：在“%(text)s”前另起一段", title=name, text=_short(block.text)),
                key=now.key,
            )
        retyped = source.edited is not None or block.edited is not None
        if same and retyped and source.current != block.current:
            words = (
                say("%(title)s：恢复原印文字", title=name)
                if block.edited is None
                else say("%(title)s：改字", title=name)
            )
            yield Difference(What.TEXT, words, runs(source.current, block.current), now.key)


def _continues(source: Block, block: Block, was: Owner, now: Owner) -> bool:
    """Whether the block is a later part of what was one paragraph, the earlier part of which is still here."""
    start = _places([source])[0]
    return _places([block])[0] != start and any(
        start in _places([other]) for other in now.blocks if other is not block
    )


_FIELDS = {
    "supplied_headline": say("补拟标题"),
    "sections": say("主题"),
    "genre": say("体裁"),
    "column": say("栏目"),
    "reporters": say("记者"),
    "correspondents": say("通讯员"),
    "photographers": say("摄影"),
    "agency": say("来源"),
    "article": say("所属文章"),
}


def _of_fields(was: Owner, now: Owner) -> Iterator[Difference]:
    for field, words in _FIELDS.items():
        old, new = getattr(was, field, ""), getattr(now, field, "")
        if old != new:
            yield Difference(
                What.FIELD,
                say(
                    "%(title)s：%(field)s %(old)s → %(new)s",
                    title=title(now),
                    field=words,
                    old=_value(field, old),
                    new=_value(field, new),
                ),
                key=now.key,
            )
    if was.doubts and not now.doubts:
        yield Difference(What.FIELD, say("%(title)s：疑点已处理", title=title(now)), key=now.key)


def _value(field: str, value: object) -> str:
    if isinstance(value, tuple):
        return listed(map(str, value), say("、")) or say("无")
    # The genres are the program's own words; everything else that a field says is the page's.
    return say("无") if not value else Said(str(value)) if field == "genre" else str(value)


def _of_order(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Pieces that both have, in another order."""
    for name, old, new in (
        (say("文章"), [a.key for a in before.articles], [a.key for a in after.articles]),
        (say("图片"), [p.key for p in before.photos], [p.key for p in after.photos]),
    ):
        both = set(old) & set(new) - {""}
        if [key for key in old if key in both] != [key for key in new if key in both]:
            yield Difference(What.ORDER, say("%(name)s的先后次序改了", name=name))
    old_owners = {owner.key: owner for owner in _owners(before) if owner.key}
    for owner in _owners(after):
        was = old_owners.get(owner.key)
        if was is None:
            continue
        starts = [[_places([block])[0] for block in each.blocks] for each in (was, owner)]
        common = set(starts[0]) & set(starts[1])
        if [start for start in starts[0] if start in common] != [
            start for start in starts[1] if start in common
        ]:
            yield Difference(What.ORDER, say("%(title)s：段落次序改了", title=title(owner)), key=owner.key)


def _of_texts(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Structures of different dumps: what articles say, paired by key."""
    old = {owner.key: owner for owner in _owners(before) if owner.key}
    for owner in _owners(after):
        was = old.pop(owner.key, None)
        text = "\n".join(block.current for block in owner.blocks)
        if was is None:
            yield Difference(
                What.NEW,
                say("新的一篇：%(title)s", title=title(owner)),
                (Run(Change.ADDED, text),),
                owner.key,
            )
            continue
        old_text = "\n".join(block.current for block in was.blocks)
        if old_text != text:
            yield Difference(
                What.TEXT, say("%(title)s：文字有别", title=title(owner)), runs(old_text, text), owner.key
            )
        yield from _of_fields(was, owner)
    for owner in old.values():
        yield Difference(What.GONE, say("%(title)s不在其中", title=title(owner)))
