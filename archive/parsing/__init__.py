"""From a dump (机读原文) to the structure of its pages. Pure: no Django, no files.

lines = read(dump); marks of lines; strips of lines that certainly belong together; blocks (headings, paragraphs);
photos; stories (articles with their headings); bylines, dates, sections, genre; doubts and confidence.
"""

from __future__ import annotations

from archive.errors import DumpError
from archive.parsing.knobs import DEFAULT, Knobs
from archive.parsing.page import parse_page
from archive.parsing.sheets import sheets
from archive.parsing.vocabulary import Vocabulary, load_vocabulary, vocabulary_of
from archive.structure import PageFacts, PageStructure, lines_of

__all__ = [
    "PARSER_VERSION",
    "Knobs",
    "Vocabulary",
    "load_vocabulary",
    "parse",
    "vocabulary_of",
]

#: Changes whenever the same dump may come out differently.
PARSER_VERSION = "6"

_NO_FACTS = PageFacts()
_NO_WORDS = Vocabulary()


def parse(
    text: str,
    facts: PageFacts = _NO_FACTS,
    vocabulary: Vocabulary = _NO_WORDS,
    knobs: Knobs = DEFAULT,
) -> tuple[PageStructure, ...]:
    """The pages of a decoded dump, one structure each; together their lines cover the dump.

    Given ``facts`` win over what the text lets infer. Every result holds against ``structure.check``.
    Raises DumpError when the text has no visible character.
    """
    if not text or text.isspace():
        raise DumpError("dump", "has no visible character", "Check the file.")
    lines = lines_of(text)
    return tuple(
        parse_page(lines, first, last, facts, vocabulary, knobs) for first, last in sheets(lines, knobs)
    )
