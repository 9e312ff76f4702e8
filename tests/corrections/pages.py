"""Pages and actions for property tests: any partition of any lines, and any action on any of its characters."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import strategies as st

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
    Settle,
    Side,
    Split,
    SupplyHeadline,
)
from archive.corrections.cutting import made
from archive.structure import (
    DOUBTS,
    Article,
    Block,
    Doubt,
    Furniture,
    Kind,
    PageFacts,
    PageStructure,
    Photo,
    Role,
    Span,
    check,
    visible,
)

ALPHABET = "示范区吕沛说，。“” 　\tAB7（记者郭树勋）又讯"
LINE = st.text(ALPHABET, max_size=14)
OF_ARTICLES = [role for role in Role if role not in (Role.CAPTION, Role.CREDIT)]
OF_PHOTOS = [Role.CAPTION, Role.CREDIT]
NAMES = ("郭树勋", "吕沛", "示范区")


@st.composite
def pages(draw: st.DrawFn) -> tuple[PageStructure, list[str]]:
    """A dump's lines and a structure of them: articles of blocks that may be anywhere on the page."""
    lines = draw(st.lists(LINE, min_size=4, max_size=9).filter(lambda lines: any(map(str.strip, lines))))
    # A seed keeps the examples small for hypothesis; what matters is drawn from it the same way each time.
    chance = random.Random(draw(st.integers(0, 2**32)))
    runs: list[list[Place]] = []
    for number, line in enumerate(lines, 1):
        for place in visible(line):
            if not runs or chance.random() < (0.4 if place == visible(line)[0] else 0.08):
                runs.append([])
            runs[-1].append(Place(number, place))
    if chance.random() < 0.3:
        chance.shuffle(runs)
    owners: list[tuple[str, list[Block]]] = []
    for run in runs:
        if not owners or chance.random() < 0.4:
            owners.append((chance.choice(["article", "article", "article", "photo", "furniture"]), []))
        kind, blocks = owners[-1]
        block = made(lines, chance.choice(OF_PHOTOS if kind == "photo" else OF_ARTICLES), run)
        if kind != "furniture" and chance.random() < 0.2:
            block = Block(block.role, block.spans, block.text, edited="改" + block.text[1:] + "A")
        blocks.append(block)
    articles, photos, furniture = [], [], []
    for number, (kind, blocks) in enumerate(owners):
        key = f"key{number}" if chance.random() < 0.8 else ""
        line = blocks[0].spans[0].line
        doubts = tuple(
            Doubt(code, "", line)
            for code in ("breaks-off", "no-headline", "repeated")
            if chance.random() < 0.3
        )
        if kind == "article":
            names = tuple(name for name in NAMES if chance.random() < 0.5)
            articles.append(Article(tuple(blocks), key, reporters=names, doubts=doubts, confidence=0.5))
        elif kind == "photo":
            photos.append(Photo(tuple(blocks), key, doubts=doubts))
        else:
            furniture += [Furniture(Kind.OTHER, block.spans, block.text) for block in blocks]
    structure = PageStructure(PageFacts(), tuple(articles), tuple(photos), tuple(furniture), 1, len(lines))
    check(structure, lines)
    return structure, lines


def places(lines: Sequence[str]) -> st.SearchStrategy[Place]:
    """Mostly visible characters, sometimes not."""
    seen = [Place(number, place) for number, line in enumerate(lines, 1) for place in visible(line)]
    return st.one_of(
        st.sampled_from(seen),
        st.sampled_from(seen),
        st.builds(Place, st.integers(0, len(lines) + 1), st.integers(0, 20)),
    )


def pairs(lines: Sequence[str]) -> st.SearchStrategy[tuple[Place, Place]]:
    """Two places, mostly of different pieces: drawn one by one they would too often be the same."""
    seen = [Place(number, place) for number, line in enumerate(lines, 1) for place in visible(line)]
    apart = st.integers(0, 2**32).map(lambda seed: tuple(random.Random(seed).choices(seen, k=2)))
    return st.one_of(apart, apart, apart, st.tuples(places(lines), places(lines)))


def selections(lines: Sequence[str]) -> st.SearchStrategy[tuple[Span, ...]]:
    """What a person may select: some whole lines, or a part of one."""
    whole = st.lists(st.integers(1, len(lines)), min_size=1, max_size=4, unique=True).map(
        lambda numbers: tuple(Span(number, 0, len(lines[number - 1])) for number in sorted(numbers))
    )
    part = st.builds(
        lambda place, length: (Span(place.line, place.character, place.character + length),),
        places(lines),
        st.integers(1, 6),
    )
    return st.one_of(whole, part)


TEXTS = st.text("改吕沛标题 A。", max_size=12).map(lambda text: " ".join(text.split()))


def actions(lines: Sequence[str]) -> st.SearchStrategy[Action]:
    """Any action on the page of these lines; many can't be done."""
    place, spans, side = places(lines), selections(lines), st.sampled_from(Side)
    two, owner = pairs(lines), pairs(lines).map(lambda pair: pair[0])
    return st.one_of(
        st.builds(Split, place),
        two.map(lambda pair: Merge(*pair)),
        st.builds(MoveToArticle, spans, owner),
        st.builds(MoveToNewArticle, spans),
        st.builds(MoveToPhoto, spans, owner),
        st.builds(MoveToNewPhoto, spans),
        st.builds(MoveToFurniture, spans, st.sampled_from(Kind)),
        st.builds(Mark, spans, st.sampled_from(Role)),
        st.builds(Cut, place),
        st.builds(lambda pair, stays: Join(*pair, pair[stays]), two, st.integers(0, 1)),
        st.builds(lambda pair, side: Reorder(pair[0], side, pair[1]), two, side),
        st.builds(lambda pair, side: ReorderArticle(pair[0], side, pair[1]), two, side),
        st.builds(Retext, place, TEXTS),
        st.builds(SupplyHeadline, place, TEXTS),
        st.builds(Describe, owner, st.sampled_from(Field), st.tuples(st.sampled_from(NAMES))),
        two.map(lambda pair: Illustrate(*pair)),
        st.builds(SetFact, st.sampled_from(Fact), st.sampled_from(["", "2021-10-24", "3", "要闻"])),
        st.builds(Settle, place, st.sampled_from(sorted(DOUBTS)), place),
    )


@st.composite
def sessions(draw: st.DrawFn) -> tuple[PageStructure, list[str], list[Action]]:
    """A page and a list of actions, tried one after another."""
    structure, lines = draw(pages())
    return structure, lines, draw(st.lists(actions(lines), max_size=8))
