"""What differs between two structures of a page, in words that staff read.

    for difference in differences(before, after): print(difference.words)

Pieces are told apart by the characters of the dump that they own, so that a split reads as a split and not as one
article gone and two new. Two structures of different dumps are compared by the text of their articles alone. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.difference import (
    ROLE_WORDS,
    Change,
    Difference,
    Owner,
    Run,
    What,
    owners,
    places_of,
    runs,
    short,
    title,
)
from archive.regrouping import regroupings, reorderings
from archive.saying import Said, listed, say
from archive.structure import Block, PageStructure


def differences(
    before: PageStructure, after: PageStructure, *, same_dump: bool = True
) -> tuple[Difference, ...]:
    """Everything that differs, from the page's facts down to single characters."""
    found = [*_of_facts(before, after)]
    if not same_dump:
        return (*found, *_of_texts(before, after))
    return (
        *found,
        *regroupings(before, after),
        *_within(before, after),
        *reorderings(before, after),
    )


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


def _within(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Within pieces that go on: text, roles, paragraphs and fields."""
    old = {owner.key: owner for owner in owners(before) if owner.key}
    for owner in owners(after):
        was = old.get(owner.key)
        if was is None or was == owner:
            continue
        yield from _of_blocks(was, owner)
        yield from _of_fields(was, owner)


def _of_blocks(was: Owner, now: Owner) -> Iterator[Difference]:
    name = title(now)
    old = {place: block for block in was.blocks for place in places_of([block])}
    for block in now.blocks:
        places = places_of([block])
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
                    text=short(block.text),
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
                    text=short(block.text),
                    count=len(sources),
                ),
                key=now.key,
            )
        same = sorted(places) == sorted(places_of([source]))
        if not same and len(sources) == 1 and _continues(source, block, was, now):
            yield Difference(
                What.PARAGRAPHS,
                say("%(title)s：在“%(text)s”前另起一段", title=name, text=short(block.text)),
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
    start = places_of([source])[0]
    return places_of([block])[0] != start and any(
        start in places_of([other]) for other in now.blocks if other is not block
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


def _of_texts(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Structures of different dumps: what articles say, paired by key."""
    old = {owner.key: owner for owner in owners(before) if owner.key}
    for owner in owners(after):
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
