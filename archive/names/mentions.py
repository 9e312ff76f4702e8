"""The values of the recogniser: what it is given and what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from archive.structure import Article, Photo, Role

#: The ``piece`` of a mention that stands in no piece of its article: a writer credited elsewhere on the page
#: (本栏稿件均由本报记者郭树勋整理).
NOWHERE = -1


class MentionKind(StrEnum):
    """What a person is to the article that names them."""

    SUBJECT = "subject"  # in the news
    REPORTER = "reporter"  # 记者
    CORRESPONDENT = "correspondent"  # 通讯员
    PHOTOGRAPHER = "photographer"  # 摄


@dataclass(frozen=True, slots=True)
class TextPiece:
    """One block's current text and what the block is to its article."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The current words of one article or photo, a piece per block, and who is known to have written it.

    Made from an article of a page structure, ``pieces[i]`` is the text of ``article.blocks[i]``.
    """

    pieces: tuple[TextPiece, ...]
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: Article) -> ArticleText:
        """An article's text as readers see it."""
        pieces = tuple(TextPiece(block.role, block.current) for block in article.blocks)
        return cls(pieces, reporters=article.reporters, correspondents=article.correspondents)

    @classmethod
    def of_photo(cls, photo: Photo) -> ArticleText:
        """A photo's caption and credit as readers see them."""
        pieces = tuple(TextPiece(block.role, block.current) for block in photo.blocks)
        return cls(pieces, photographers=photo.photographers)


@dataclass(frozen=True, slots=True)
class NameMention:
    """A person's name at one place of an article.

    ``name`` is the name alone: no white space (万 千 → 万千), the dot of a foreign name always ``·``.
    ``text[start:end]`` of piece ``piece`` is the name as printed, counted in its current text.
    ``office`` is the office as printed with the name (示范区（高新区）党工委书记), empty where none is.
    ``order`` counts the article's mentions from 0 in the order of their places.
    """

    name: str
    kind: MentionKind
    piece: int
    start: int
    end: int
    office: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows already: full names of people, which settle where a name begins and ends."""

    people: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def from_names(cls, names: Sequence[str]) -> Known:
        """Known people by name."""
        return cls(frozenset(names))
