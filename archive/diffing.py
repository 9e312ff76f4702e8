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

from archive.structure import Article, Block, Furniture, PageStructure, Photo, Role

#: A piece that got at least this share of another's characters is said to have come of it.
PART = 0.2
#: Characters of a title or text that stand for it in a sentence.
SHOWN = 24

ROLE_WORDS = {
    Role.KICKER: "引题",
    Role.HEADLINE: "主标题",
    Role.SUBHEADLINE: "副标题",
    Role.BYLINE: "署名",
    Role.BODY: "正文",
    Role.NOTE: "附注",
    Role.CAPTION: "图片说明",
    Role.CREDIT: "摄影署名",
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
        return f"图片“{_short(owner.caption or owner.credit)}”"
    if owner.headline:
        return f"《{_short(owner.headline)}》"
    if owner.supplied_headline:
        return f"［{_short(owner.supplied_headline)}］"
    first = owner.paragraphs[0] if owner.paragraphs else owner.blocks[0].current
    return f"〔无题〕{_short(first)}"


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
        ("出版日期", was.issue_date.value or "不详", now.issue_date.value or "不详"),
        ("版次", str(was.number or "不详"), str(now.number or "不详")),
        ("版名", was.name or "无", now.name or "无"),
        ("报纸", was.newspaper or "默认", now.newspaper or "默认"),
        ("版次别", was.edition or "无", now.edition or "无"),
    ]
    for name, old, new in named:
        if old != new:
            yield Difference(What.FACT, f"{name}：{old} → {new}")
    if was.issue_date.value == now.issue_date.value and was.issue_date.certainty != now.issue_date.certainty:
        yield Difference(
            What.FACT, f"出版日期 {now.issue_date.value or '不详'} 的由来改为“{now.issue_date.because}”"
        )


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
            others = "、".join(title(new[part]) for part in parts)
            yield Difference(
                What.SPLIT, f"{title(old[number])}拆成 {len(parts)} 篇：{others}", key=new[parts[0]].key
            )
    for number, owner in enumerate(new):
        sources = [
            index
            for index, heir in enumerate(main_heir)
            if heir == number and (old[index].key == owner.key or not _known(old[index], new))
        ]
        if len(sources) > 1:
            names = "与".join(title(old[index]) for index in sources)
            yield Difference(What.MERGED, f"{names}合为一篇：{title(owner)}", key=owner.key)
        elif not any(share.get(number, 0) >= PART * sizes[number] for share in shares):
            yield Difference(What.NEW, f"由版面杂项新立：{title(owner)}", key=owner.key)
    for number, owner in enumerate(old):
        if main_heir[number] is None:
            yield Difference(What.GONE, f"{title(owner)}全部移入版面杂项")


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
                    What.MOVED, f"“{_short(block.text)}”从版面杂项移到{title(owner)}", key=owner.key
                )
            elif (
                owner.key in old_keys
                and key_was.get(start, "") != owner.key
                and key_was.get(start) in new_keys
            ):
                yield Difference(
                    What.MOVED, f"“{_short(block.text)}”从{where[start]}移到{title(owner)}", key=owner.key
                )
    for piece in after.furniture:
        start = next(iter(_places([piece])))
        if start in where:
            words = "标为重复" if piece.kind.value == "repeat" else "移入版面杂项"
            yield Difference(What.MOVED, f"“{_short(piece.text)}”（{where[start]}）{words}")


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
                f"{name}：“{_short(block.text)}”由{ROLE_WORDS[source.role]}改为{ROLE_WORDS[block.role]}",
                key=now.key,
            )
        if len(sources) > 1:
            yield Difference(
                What.PARAGRAPHS, f"{name}：“{_short(block.text)}”由 {len(sources)} 段接成", key=now.key
            )
        same = sorted(places) == sorted(_places([source]))
        if not same and len(sources) == 1 and _continues(source, block, was, now):
            yield Difference(What.PARAGRAPHS, f"{name}：在“{_short(block.text)}”前另起一段", key=now.key)
        retyped = source.edited is not None or block.edited is not None
        if same and retyped and source.current != block.current:
            words = "恢复原印文字" if block.edited is None else "改字"
            yield Difference(What.TEXT, f"{name}：{words}", runs(source.current, block.current), now.key)


def _continues(source: Block, block: Block, was: Owner, now: Owner) -> bool:
    """Whether the block is a later part of what was one paragraph, the earlier part of which is still here."""
    start = _places([source])[0]
    return _places([block])[0] != start and any(
        start in _places([other]) for other in now.blocks if other is not block
    )


_FIELDS = {
    "supplied_headline": "补拟标题",
    "sections": "主题",
    "genre": "体裁",
    "column": "栏目",
    "reporters": "记者",
    "correspondents": "通讯员",
    "photographers": "摄影",
    "agency": "来源",
    "article": "所属文章",
}


def _of_fields(was: Owner, now: Owner) -> Iterator[Difference]:
    for field, words in _FIELDS.items():
        old, new = getattr(was, field, ""), getattr(now, field, "")
        if old != new:
            yield Difference(What.FIELD, f"{title(now)}：{words} {_value(old)} → {_value(new)}", key=now.key)
    if was.doubts and not now.doubts:
        yield Difference(What.FIELD, f"{title(now)}：疑点已处理", key=now.key)


def _value(value: object) -> str:
    return "、".join(map(str, value)) or "无" if isinstance(value, tuple) else str(value or "无")


def _of_order(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Pieces that both have, in another order."""
    for name, old, new in (
        ("文章", [a.key for a in before.articles], [a.key for a in after.articles]),
        ("图片", [p.key for p in before.photos], [p.key for p in after.photos]),
    ):
        both = set(old) & set(new) - {""}
        if [key for key in old if key in both] != [key for key in new if key in both]:
            yield Difference(What.ORDER, f"{name}的先后次序改了")
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
            yield Difference(What.ORDER, f"{title(owner)}：段落次序改了", key=owner.key)


def _of_texts(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Structures of different dumps: what articles say, paired by key."""
    old = {owner.key: owner for owner in _owners(before) if owner.key}
    for owner in _owners(after):
        was = old.pop(owner.key, None)
        text = "\n".join(block.current for block in owner.blocks)
        if was is None:
            yield Difference(What.NEW, f"新的一篇：{title(owner)}", (Run(Change.ADDED, text),), owner.key)
            continue
        old_text = "\n".join(block.current for block in was.blocks)
        if old_text != text:
            yield Difference(What.TEXT, f"{title(owner)}：文字有别", runs(old_text, text), owner.key)
        yield from _of_fields(was, owner)
    for owner in old.values():
        yield Difference(What.GONE, f"{title(owner)}不在其中")
