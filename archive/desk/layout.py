"""A page laid out for the desk: the dump line by line beside the articles as read. Pure.

Each article has a letter and a colour class (never colour alone); photos are 图1, 图2 …; furniture is 杂.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from archive.corrections import Place
from archive.corrections.cutting import places_of
from archive.corrections.sheet import owners_of
from archive.difference import ROLE_WORDS, title
from archive.saying import listed, say
from archive.structure import DOUBTS, Article, Block, Doubt, Furniture, Kind, PageStructure, Photo, Span

COLOURS = 8

KIND_WORDS = {
    Kind.PAGE_HEAD: say("报头版名"),
    Kind.LABEL: say("栏目"),
    Kind.JUMP: say("转接"),
    Kind.EDITORS: say("责编"),
    Kind.ATTRIBUTION: say("统一署名"),
    Kind.PROMOTION: say("推广"),
    Kind.REPEAT: say("重复"),
    Kind.OTHER: say("其他"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand side by side in one line, from ``start`` on."""

    line: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a dump line that belongs to one block; white space between pieces belongs to none."""

    start: int
    text: str
    block: str = ""  # the block's id on the screen
    letter: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class DumpLine:
    """A line of the dump. ``letters`` are those that differ from the line above."""

    number: int
    segments: tuple[Segment, ...]
    letter: str
    block: str
    colour: str
    label: str
    blank: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as read."""

    id: str
    role: str
    role_words: str
    place: str
    runs: tuple[Run, ...]
    text: str
    edited: str | None
    current: str


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A doubt in words, where it is, and which of the page's doubts it is."""

    number: int
    code: str
    words: str
    detail: str
    line: int
    letter: str
    title: str
    piece: Place
    is_article: bool


@dataclass(frozen=True, slots=True)
class PieceView:
    """An article, photo or group of furniture as the desk shows it."""

    id: str
    letter: str
    colour: str
    place: str
    title: str
    value: Article | Photo | None
    blocks: tuple[BlockView, ...]
    doubts: tuple[DoubtView, ...]
    is_article: bool
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that the desk shows of a structure."""

    lines: tuple[DumpLine, ...]
    articles: tuple[PieceView, ...]
    photos: tuple[PieceView, ...]
    furniture: tuple[PieceView, ...]
    doubts: tuple[DoubtView, ...]


def letter_of(number: int) -> str:
    """A, B, … Z, AA, AB …: the letter of the article at ``number`` (from 0)."""
    more, place = divmod(number, 26)
    return (letter_of(more - 1) if more else "") + ascii_uppercase[place]


def place_text(place: Place) -> str:
    """A place as forms carry it: ``39,0``."""
    return f"{place.line},{place.character}"


def first_place(lines: Sequence[str], spans: Sequence[Span]) -> Place:
    """A piece's first visible character."""
    return places_of(lines, spans)[0]


def lay_out(
    structure: PageStructure, lines: Sequence[str], section_names: Mapping[str, str] | None = None
) -> Layout:
    """The structure as the desk shows it; sections by their names where these are given."""
    names = section_names or {}
    numbered = _numbered_doubts(structure, lines)
    articles = tuple(
        _piece(f"a{n}", letter_of(n), f"c{n % COLOURS}", article, lines, numbered, names)
        for n, article in enumerate(structure.articles)
    )
    photos = tuple(
        _piece(f"p{n}", say("图%(n)s", n=n + 1), "photo", photo, lines, numbered, names)
        for n, photo in enumerate(structure.photos)
    )
    furniture = tuple(_furniture(n, piece, lines) for n, piece in enumerate(structure.furniture))
    return Layout(
        lines=tuple(_dump_lines(structure, lines, (*articles, *photos, *furniture))),
        articles=articles,
        photos=photos,
        furniture=furniture,
        doubts=tuple(sorted((d for each in numbered.values() for d in each), key=lambda doubt: doubt.number)),
    )


def _numbered_doubts(structure: PageStructure, lines: Sequence[str]) -> dict[int, tuple[DoubtView, ...]]:
    """Each piece's doubts by ``id()``, numbered through the page, the least sure piece first."""
    owners: list[tuple[str, Article | Photo]] = [
        *((letter_of(n), article) for n, article in enumerate(structure.articles)),
        *((say("图%(n)s", n=n + 1), photo) for n, photo in enumerate(structure.photos)),
    ]
    found: dict[int, tuple[DoubtView, ...]] = {}
    number = 0
    for letter, owner in sorted(owners, key=lambda each: each[1].confidence):
        here = first_place(lines, owner.blocks[0].spans)
        views = []
        for doubt in owner.doubts:
            views.append(_doubt(number, doubt, letter, owner, here))
            number += 1
        found[id(owner)] = tuple(views)
    return found


def _doubt(number: int, doubt: Doubt, letter: str, owner: Article | Photo, here: Place) -> DoubtView:
    return DoubtView(
        number=number,
        code=doubt.code,
        words=DOUBTS.get(doubt.code, doubt.code),
        detail=doubt.detail,
        line=doubt.line or here.line,
        letter=letter,
        title=title(owner),
        piece=here,
        is_article=isinstance(owner, Article),
    )


def _piece(
    name: str,
    letter: str,
    colour: str,
    owner: Article | Photo,
    lines: Sequence[str],
    doubts: dict[int, tuple[DoubtView, ...]],
    names: Mapping[str, str],
) -> PieceView:
    blocks = tuple(_block(f"{name}-{n}", block, lines) for n, block in enumerate(owner.blocks))
    return PieceView(
        id=name,
        letter=letter,
        colour=colour,
        place=blocks[0].place,
        title=title(owner),
        value=owner,
        blocks=blocks,
        doubts=doubts[id(owner)],
        is_article=isinstance(owner, Article),
        sections=tuple(names.get(slug, slug) for slug in getattr(owner, "sections", ())),
    )


def _block(name: str, block: Block, lines: Sequence[str]) -> BlockView:
    return BlockView(
        id=name,
        role=block.role.value,
        role_words=ROLE_WORDS[block.role],
        place=place_text(first_place(lines, block.spans)),
        runs=tuple(_runs(block.text, block.spans, lines)),
        text=block.text,
        edited=block.edited,
        current=block.current,
    )


def _runs(text: str, spans: Sequence[Span], lines: Sequence[str]) -> Iterator[Run]:
    """The printed text cut so that each run stands in the dump without a gap.

    A print has the visible characters of its spans, one by one; a space in the print stays with the run before it.
    """
    places = iter(places_of(lines, spans))
    run: Run | None = None
    for character in text:
        if character.isspace():
            if run:
                run = Run(run.line, run.start, run.text + character)
                yield run
                run = None
            continue
        line, place = next(places)
        if run and run.line == line and run.start + len(run.text) == place:
            run = Run(line, run.start, run.text + character)
            continue
        if run:
            yield run
        run = Run(line, place, character)
    if run:
        yield run


def _furniture(number: int, piece: Furniture, lines: Sequence[str]) -> PieceView:
    name = f"f{number}"
    place = place_text(first_place(lines, piece.spans))
    words = KIND_WORDS[piece.kind]
    view = BlockView(
        id=f"{name}-0",
        role=piece.kind.value,
        role_words=words,
        place=place,
        runs=tuple(_runs(piece.text, piece.spans, lines)),
        text=piece.text,
        edited=None,
        current=piece.text,
    )
    return PieceView(
        id=name,
        letter=say("杂"),
        colour="furniture",
        place=place,
        title=words,
        value=None,
        blocks=(view,),
        doubts=(),
        is_article=False,
    )


def _dump_lines(
    structure: PageStructure, lines: Sequence[str], pieces: Sequence[PieceView]
) -> Iterator[DumpLine]:
    spans = [[block.spans for block in owner.blocks] for owner in owners_of(structure)]
    spans += [[piece.spans] for piece in structure.furniture]
    owner_of: dict[Place, tuple[PieceView, BlockView]] = {}
    for piece, owned in zip(pieces, spans, strict=True):
        for block, of_block in zip(piece.blocks, owned, strict=True):
            owned_by = (piece, block)
            owner_of |= dict.fromkeys(places_of(lines, of_block), owned_by)
    for number in range(structure.first_line, structure.last_line + 1):
        segments = tuple(_segments(number, lines[number - 1], owner_of))
        first = next((segment for segment in segments if segment.block), None)
        label = owner_of[_seen_from(number, first, lines)][1].role_words if first else ""
        yield DumpLine(
            number=number,
            segments=segments,
            letter=listed(dict.fromkeys(segment.letter for segment in segments if segment.letter), "/"),
            block=first.block if first else "",
            colour=first.colour if first else "",
            label=label,
            blank=first is None,
        )


def _seen_from(number: int, segment: Segment, lines: Sequence[str]) -> Place:
    text = lines[number - 1]
    at = next(n for n in range(segment.start, len(text)) if not text[n].isspace())
    return Place(number, at)


def _segments(
    number: int, text: str, owner_of: dict[Place, tuple[PieceView, BlockView]]
) -> Iterator[Segment]:
    start, owner = 0, None
    for at, character in enumerate(text):
        here = owner if character.isspace() else owner_of[Place(number, at)]
        if here is not owner and at > start:
            yield _segment(start, text[start:at], owner)
            start = at
        owner = here
    if text:
        yield _segment(start, text[start:], owner)


def _segment(start: int, text: str, owner: tuple[PieceView, BlockView] | None) -> Segment:
    if owner is None:
        return Segment(start, text)
    piece, block = owner
    return Segment(start, text, block.id, piece.letter, piece.colour)
