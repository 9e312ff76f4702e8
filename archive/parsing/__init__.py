"""From a dump (机读原文) to the structure of its pages. Pure: no Django, no files."""

from __future__ import annotations

from archive.errors import DumpError
from archive.parsing.vocabulary import Vocabulary, load_vocabulary, vocabulary_of
from archive.printed import printed
from archive.structure import Article, Block, PageFacts, PageStructure, Role, Span, lines_of

__all__ = ["PARSER_VERSION", "Vocabulary", "load_vocabulary", "parse", "vocabulary_of"]

#: Changes whenever the same dump may come out differently.
PARSER_VERSION = "0"


def parse(
    text: str, facts: PageFacts = PageFacts(), vocabulary: Vocabulary = Vocabulary()
) -> tuple[PageStructure, ...]:
    """The pages of a decoded dump, one structure each; together their lines cover the dump.

    Given ``facts`` win over what the text lets infer. Every result holds against ``structure.check``.
    Raises DumpError when the text has no visible character.
    """
    lines = lines_of(text)
    spans = [
        Span(number, len(line) - len(line.lstrip()), len(line.rstrip()))
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    if not spans:
        raise DumpError("dump", "has no visible character", "Check the file.")
    blocks = tuple(Block(Role.BODY, (span,), printed(lines, (span,))) for span in spans)
    article = Article(blocks=blocks, confidence=0.1)
    return (PageStructure(facts, (article,), (), (), 1, len(lines)),)
