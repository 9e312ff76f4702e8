"""A page under correction: finding the piece at a place, and putting changed pieces back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from archive.corrections.actions import Place, Side
from archive.corrections.cutting import Lines, places_of, take
from archive.errors import CorrectionError
from archive.printed import printed
from archive.saying import say
from archive.structure import Article, Block, Furniture, PageStructure, Photo, Role, Span

#: Headings stand before all else in an article, in this order.
HEADING = {Role.KICKER: 0, Role.HEADLINE: 1, Role.SUBHEADLINE: 2}
OF_PHOTOS = (Role.CAPTION, Role.CREDIT)


@dataclass(frozen=True, slots=True)
class Found:
    """Whose a character is: ``owner`` counts articles, photos or furniture, ``block`` within it."""

    kind: type[Article] | type[Photo] | type[Furniture]
    owner: int
    block: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A structure with its dump's lines. Every method gives a new sheet."""

    structure: PageStructure
    lines: Lines

    def visible(self, place: Place) -> Place:
        """The first visible character at the place or after it in its line. Raises CorrectionError without one."""
        line, character = place
        if self.structure.first_line <= line <= min(self.structure.last_line, len(self.lines)):
            text = self.lines[line - 1]
            for at in range(character, len(text)):
                if not text[at].isspace():
                    return Place(line, at)
        raise CorrectionError(say("第%(line)s行", line=line), say("这里没有文字"), say("请选有文字的地方。"))

    def find(self, place: Place) -> Found:
        """Whose the character at ``place`` is. Raises CorrectionError where there is none."""
        at = self.visible(place)
        count = len(self.structure.articles)
        for index, owner in enumerate(owners_of(self.structure)):
            for block, piece in enumerate(owner.blocks):
                if _holds(piece.spans, at):
                    return (
                        Found(Article, index, block) if index < count else Found(Photo, index - count, block)
                    )
        for index, furniture in enumerate(self.structure.furniture):
            if _holds(furniture.spans, at):
                return Found(Furniture, index)
        raise CorrectionError(
            say("第%(line)s行", line=at.line), say("这个字不属于任何一块"), say("请重新解析这一版。")
        )

    def article(self, place: Place) -> int:
        """Which article the character belongs to. Raises CorrectionError where it belongs to none."""
        found = self.find(place)
        if found.kind is not Article:
            raise CorrectionError(
                say("第%(line)s行", line=place.line), say("这里不是文章"), say("请选文章里的文字。")
            )
        return found.owner

    def photo(self, place: Place) -> int:
        """Which photo the character belongs to. Raises CorrectionError where it belongs to none."""
        found = self.find(place)
        if found.kind is not Photo:
            raise CorrectionError(
                say("第%(line)s行", line=place.line), say("这里不是图片的文字"), say("请选图片说明。")
            )
        return found.owner

    def owner(self, found: Found) -> Article | Photo:
        """The article or photo that was found. Raises CorrectionError for furniture."""
        if found.kind is Article:
            return self.structure.articles[found.owner]
        if found.kind is Photo:
            return self.structure.photos[found.owner]
        spans = self.structure.furniture[found.owner].spans
        raise CorrectionError(
            say("第%(line)s行", line=spans[0].line),
            say("这里是版面杂项，不属于文章或图片"),
            say("请先把它移到文章或图片。"),
        )

    def block(self, place: Place) -> tuple[Found, Block]:
        """The block at a place. Raises CorrectionError for furniture."""
        found = self.find(place)
        return found, self.owner(found).blocks[found.block]

    def with_articles(self, articles: Iterable[Article]) -> Sheet:
        """With these articles."""
        return replace(self, structure=replace(self.structure, articles=tuple(articles)))

    def with_article(self, index: int, *articles: Article) -> Sheet:
        """With these articles instead of the one at ``index``."""
        old = self.structure.articles
        return self.with_articles((*old[:index], *articles, *old[index + 1 :]))

    def with_photos(self, photos: Iterable[Photo]) -> Sheet:
        """With these photos."""
        return replace(self, structure=replace(self.structure, photos=tuple(photos)))

    def with_furniture(self, furniture: Iterable[Furniture]) -> Sheet:
        """With this furniture."""
        return replace(self, structure=replace(self.structure, furniture=tuple(furniture)))

    def with_blocks(self, found: Found, blocks: Iterable[Block]) -> Sheet:
        """With these blocks in the article or photo that was found."""
        changed = replace(self.owner(found), blocks=tuple(blocks))
        if isinstance(changed, Article):
            return self.with_article(found.owner, changed)
        old = self.structure.photos
        return self.with_photos((*old[: found.owner], changed, *old[found.owner + 1 :]))

    def selected(self, spans: Iterable[Span]) -> frozenset[Place]:
        """The visible characters of a selection. Raises CorrectionError when it leaves the page or is blank."""
        inside = [
            Span(span.line, span.start, min(span.end, len(self.lines[span.line - 1])))
            for span in spans
            if self.structure.first_line <= span.line <= min(self.structure.last_line, len(self.lines))
        ]
        places = frozenset(places_of(self.lines, inside))
        if not places:
            raise CorrectionError(say("选中的文字"), say("是空白，或不在这一版"), say("请重新选择。"))
        return places

    def without(self, wanted: frozenset[Place]) -> tuple[Sheet, tuple[Block, ...]]:
        """Without these characters, and these characters as blocks: articles' first, then photos', then furniture's.

        An article or photo stays in its place even when it has no block any more; see ``without_empty``.
        """
        taken: list[Block] = []

        def thinned(blocks: Sequence[Block]) -> tuple[Block, ...]:
            left = []
            for block in blocks:
                result = take(self.lines, block, wanted)
                taken.extend(result.parts)
                if result.left:
                    left.append(result.left)
            return tuple(left)

        articles = [replace(article, blocks=thinned(article.blocks)) for article in self.structure.articles]
        photos = [replace(photo, blocks=thinned(photo.blocks)) for photo in self.structure.photos]
        furniture = []
        for piece in self.structure.furniture:
            result = take(self.lines, Block(Role.BODY, piece.spans, piece.text), wanted)
            taken.extend(result.parts)
            if result.left:
                furniture.append(replace(piece, spans=result.left.spans, text=result.left.text))
        sheet = self.with_articles(articles).with_photos(photos).with_furniture(furniture)
        return sheet, tuple(taken)

    def without_empty(self) -> Sheet:
        """Without articles and photos that have lost all their characters."""
        return self.with_articles(each for each in self.structure.articles if each.blocks).with_photos(
            each for each in self.structure.photos if each.blocks
        )


def _holds(spans: Iterable[Span], place: Place) -> bool:
    return any(span.line == place.line and span.start <= place.character < span.end for span in spans)


def reprinted(structure: PageStructure, lines: Lines) -> PageStructure:
    """The structure with each piece's text as ``printed`` makes it today.

    A version that was stored by an older program may have the white space of its print otherwise; its spans hold.
    """

    def block(piece: Block) -> Block:
        text = printed(lines, piece.spans)
        if text == piece.text:
            return piece
        return replace(piece, text=text, edited=None if piece.edited == text else piece.edited)

    return replace(
        structure,
        articles=tuple(replace(each, blocks=tuple(map(block, each.blocks))) for each in structure.articles),
        photos=tuple(replace(each, blocks=tuple(map(block, each.blocks))) for each in structure.photos),
        furniture=tuple(
            replace(each, text=printed(lines, each.spans))
            if each.text != printed(lines, each.spans)
            else each
            for each in structure.furniture
        ),
    )


def owners_of(structure: PageStructure) -> tuple[Article | Photo, ...]:
    """Articles, then photos."""
    return (*structure.articles, *structure.photos)


def start_of(block: Block) -> tuple[int, int]:
    """Where a block begins in the dump."""
    return (block.spans[0].line, block.spans[0].start)


def headings_first(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Kicker, headline, subheadline, then everything else in the order given."""
    return tuple(sorted(blocks, key=lambda block: HEADING.get(block.role, len(HEADING))))


def inserted(blocks: Sequence[Block], new: Block) -> tuple[Block, ...]:
    """``new`` among the blocks where the print has it: after the last one of its sort that begins before it."""
    heading = new.role in HEADING
    place = 0
    for index, block in enumerate(blocks):
        if (block.role in HEADING) == heading and start_of(block) < start_of(new):
            place = index + 1
    if place == 0 and not heading:
        place = sum(block.role in HEADING for block in blocks)
    return headings_first((*blocks[:place], new, *blocks[place:]))


def rearranged(count: int, item: int, side: Side, other: int) -> list[int]:
    """The numbers 0 to ``count`` with ``item`` put before or after ``other``."""
    order = [index for index in range(count) if index != item]
    order.insert(order.index(other) + (side is Side.AFTER), item)
    return order


OWNER_CHANGES: dict[type, Callable[[Block], Block]] = {
    Article: lambda block: replace(block, role=Role.BODY) if block.role in OF_PHOTOS else block,
    Photo: lambda block: block if block.role in OF_PHOTOS else replace(block, role=Role.CAPTION),
}
