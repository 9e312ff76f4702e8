"""A page set again in columns: its articles and photos in the dump's order, with the people each names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Article, Mention, Person, Photo
from archive.structure import Article as ArticleValue
from archive.structure import Furniture, Kind, PageStructure, Role
from archive.structure import Photo as PhotoValue

#: Characters' room of a band: in four columns, about a screen high.
BAND = 2400
#: What an article's headings or a photo take of it.
ROOM = 120

#: Furniture that readers are shown as such; the rest is of no use to them.
_SHOWN = (Kind.EDITORS, Kind.ATTRIBUTION, Kind.JUMP, Kind.PROMOTION, Kind.OTHER)


@dataclass(frozen=True, slots=True)
class Cell:
    """An article or a photo of the page; ``people`` are those the article names, in its order.

    ``breaks`` are the places (from 0) of the paragraphs that begin a further item of the article (又讯).
    """

    article: Article | None
    photo: Photo | None
    people: tuple[Person, ...] = ()
    breaks: frozenset[int] = frozenset()

    @property
    def size(self) -> int:
        """About how many characters' room it takes: its text, and its headings or picture."""
        return (len(self.article.body) if self.article else 0) + ROOM


@dataclass(frozen=True, slots=True)
class Setting:
    """A page as it is set: cells in order, and the lines that belong to none."""

    cells: tuple[Cell, ...]
    furniture: tuple[Furniture, ...]
    people: tuple[Person, ...]

    @property
    def bands(self) -> list[list[Cell]]:
        """The cells in bands, each set in columns of its own, so that no column is many screens high."""
        bands: list[list[Cell]] = []
        room = 0
        for cell in self.cells:
            if room < cell.size // 2 or not bands:
                bands.append([])
                room = BAND
            bands[-1].append(cell)
            room -= cell.size
        return bands

    @property
    def articles(self) -> int:
        return sum(cell.article is not None for cell in self.cells)


def set_page(
    articles: Iterable[Article],
    photos: Iterable[Photo],
    mentions: Iterable[Mention],
    structure: PageStructure,
) -> Setting:
    """Put the page's rows in the order in which their first characters stand in the dump."""
    first = {article.key: _first_place(article) for article in structure.articles}
    first |= {photo.key: _first_place(photo) for photo in structure.photos}
    named: dict[int, dict[str, Person]] = {}
    for mention in mentions:
        if mention.article_id is not None:
            named.setdefault(mention.article_id, {}).setdefault(mention.person.slug, mention.person)
    values = {article.key: article for article in structure.articles}
    cells = [
        Cell(row, None, tuple(named.get(row.pk, {}).values()), _breaks(row, values.get(row.key)))
        for row in articles
    ]
    cells += [Cell(None, row) for row in photos]

    def place(cell: Cell) -> tuple[int, int]:
        row = cell.article or cell.photo
        return first.get(row.key, (structure.last_line + 1, 0)) if row else (0, 0)

    everyone: dict[str, Person] = {}
    for cell in cells:
        everyone |= {person.slug: person for person in cell.people}
    return Setting(
        cells=tuple(sorted(cells, key=place)),
        furniture=tuple(piece for piece in structure.furniture if piece.kind in _SHOWN),
        people=tuple(everyone.values()),
    )


def _breaks(row: Article, value: ArticleValue | None) -> frozenset[int]:
    blocks = value.having(Role.BODY) if value else ()
    if len(blocks) != len(row.paragraphs):
        return frozenset()
    return frozenset(place for place, block in enumerate(blocks) if place and block.opens_item)


def _first_place(owner: ArticleValue | PhotoValue) -> tuple[int, int]:
    return min(((span.line, span.start) for block in owner.blocks for span in block.spans), default=(0, 0))
