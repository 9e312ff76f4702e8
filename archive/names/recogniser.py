"""Texts → mentions of people."""

from __future__ import annotations

from collections.abc import Sequence

from archive.names.mentions import ArticleText, Known, MentionKind, NameMention
from archive.names.tagger import tag
from archive.structure import PageStructure

#: Changes whenever the same text may get other mentions; a mention carries the version that made it.
RECOGNISER_VERSION = "1"


def recognise(
    texts: Sequence[ArticleText], known: Known | None = None
) -> tuple[tuple[NameMention, ...], ...]:
    """The people that each of ``texts`` names, in printed order.

    The texts are the articles of one page or of many; full names seen in any of them help with the others.
    """
    return tuple(_mentions(text) for text in texts)


def people_of(structure: PageStructure, known: Known | None = None) -> tuple[tuple[str, ...], ...]:
    """For each article of a page, the sorted names of the people it names, without those who wrote it."""
    found = recognise([ArticleText.of(article) for article in structure.articles], known)
    return tuple(
        tuple(sorted({mention.name for mention in mentions if mention.kind is MentionKind.SUBJECT}))
        for mentions in found
    )


def _mentions(text: ArticleText) -> tuple[NameMention, ...]:
    mentions: list[NameMention] = []
    for number, piece in enumerate(text.pieces):
        for word in tag([piece.text])[0]:
            if word.tag == "PER":
                mentions.append(
                    NameMention(
                        piece.text[word.start : word.end],
                        MentionKind.SUBJECT,
                        number,
                        word.start,
                        word.end,
                        order=len(mentions),
                    )
                )
    return tuple(mentions)
