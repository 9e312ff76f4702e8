"""What became of a page's pieces: split, merged, new, gone, text moved between them, another order. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from archive.difference import Difference, Owner, What, owners, places_of, short, title
from archive.saying import listed, say
from archive.structure import Kind, PageStructure

#: A piece that got at least this share of another's characters is said to have come of it.
PART = 0.2


def regroupings(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Articles and photos that were split, merged, made or lost, and text that went from one to another."""
    yield from _of_pieces(before, after)
    yield from _of_moves(before, after)


def _shares(before: PageStructure, after: PageStructure) -> list[Counter[int]]:
    """For each owner of ``before``: how many of its characters each owner of ``after`` has."""
    holder = {
        place: number for number, owner in enumerate(owners(after)) for place in places_of(owner.blocks)
    }
    return [
        Counter(holder[place] for place in places_of(owner.blocks) if place in holder)
        for owner in owners(before)
    ]


def _of_pieces(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Splits, merges, new and vanished articles and photos."""
    old, new = owners(before), owners(after)
    shares = _shares(before, after)
    sizes = [len(places_of(owner.blocks)) for owner in new]
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
    where = {place: title(owner) for owner in owners(before) for place in places_of(owner.blocks)}
    key_was = {place: owner.key for owner in owners(before) for place in places_of(owner.blocks)}
    furniture = {place: piece.kind.value for piece in before.furniture for place in places_of([piece])}
    old_keys = {owner.key for owner in owners(before)}
    new_keys = {owner.key for owner in owners(after)}
    for owner in owners(after):
        for block in owner.blocks:
            start = next(iter(places_of([block])))
            if start in furniture:
                yield Difference(
                    What.MOVED,
                    say("“%(text)s”从版面杂项移到%(title)s", text=short(block.text), title=title(owner)),
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
                        text=short(block.text),
                        where=where[start],
                        title=title(owner),
                    ),
                    key=owner.key,
                )
    for piece in after.furniture:
        start = next(iter(places_of([piece])))
        if start in where:
            text, title_was = short(piece.text), where[start]
            yield Difference(
                What.MOVED,
                say("“%(text)s”（%(title)s）标为重复", text=text, title=title_was)
                if piece.kind is Kind.REPEAT
                else say("“%(text)s”（%(title)s）移入版面杂项", text=text, title=title_was),
            )


def reorderings(before: PageStructure, after: PageStructure) -> Iterator[Difference]:
    """Pieces that both have, in another order."""
    for name, old, new in (
        (say("文章"), [a.key for a in before.articles], [a.key for a in after.articles]),
        (say("图片"), [p.key for p in before.photos], [p.key for p in after.photos]),
    ):
        both = set(old) & set(new) - {""}
        if [key for key in old if key in both] != [key for key in new if key in both]:
            yield Difference(What.ORDER, say("%(name)s的先后次序改了", name=name))
    old_owners = {owner.key: owner for owner in owners(before) if owner.key}
    for owner in owners(after):
        was = old_owners.get(owner.key)
        if was is None:
            continue
        starts = [[places_of([block])[0] for block in each.blocks] for each in (was, owner)]
        common = set(starts[0]) & set(starts[1])
        if [start for start in starts[0] if start in common] != [
            start for start in starts[1] if start in common
        ]:
            yield Difference(What.ORDER, say("%(title)s：段落次序改了", title=title(owner)), key=owner.key)
