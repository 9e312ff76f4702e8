"""Short ways to ask the recogniser."""

from __future__ import annotations

from archive.names import ArticleText, Known, NameMention, TextPiece, recognise
from archive.structure import Role


def mentions(
    *paragraphs: str, role: Role = Role.BODY, known: tuple[str, ...] = (), **writers
) -> list[NameMention]:
    """The mentions in an article of these paragraphs."""
    text = ArticleText(tuple(TextPiece(role, paragraph) for paragraph in paragraphs), **writers)
    return list(recognise([text], Known.from_names(known))[0])


def names(*paragraphs: str, **given) -> list[str]:
    """The names in an article of these paragraphs, in printed order."""
    return [mention.name for mention in mentions(*paragraphs, **given)]


def office(name: str, paragraph: str) -> str:
    """The office printed with a name in a paragraph."""
    return next(mention.office for mention in mentions(paragraph) if mention.name == name)


def kind(name: str, paragraph: str, **given) -> str:
    """What a paragraph makes of the person it names."""
    return next(mention.kind.value for mention in mentions(paragraph, **given) if mention.name == name)
