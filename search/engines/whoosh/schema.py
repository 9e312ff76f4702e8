"""What the index holds, as Whoosh knows it.

Fields of terms, all in one term dictionary (``.trm``) and one postings file (``.pst``) a segment:

    gram     every character and every pair of neighbouring characters of the current texts; documents only. Any literal
             is found by its pairs and then held against the text itself.
    printed  the same of the print, for documents whose print differs
    title    the same of headlines, kickers and subheadlines
    word     jieba's words with their weight: they rank, and a literal that is one of them is known to be there
    run      of the current texts every string of three to ``LONGEST_RUN`` characters, or fewer where there is no room,
             whose two parts that are shorter by a character are both common: in ``COMMON`` documents of the segment or
             more
"""

from __future__ import annotations

from typing import Final

from whoosh import fields, formats

from search.documents import Zone

#: The layout of the files. A reader opens no other.
FORMAT: Final = 5
#: What to do about an index that can't be read.
REBUILD: Final = "Run: python manage.py index build"

INDEX_NAME: Final = "MAIN"

GRAM: Final = "gram"
PRINTED: Final = "printed"
TITLE: Final = "title"
WORD: Final = "word"
RUN: Final = "run"
#: In the order of their numbers in the term dictionary, whose keys must ascend.
FIELDS: Final = (GRAM, PRINTED, TITLE, WORD, RUN)

#: A literal is found by its rarest part and by reading the documents that have it, some 1,000 in a millisecond; from so
#: many documents on, a part is no help and longer ones have lists of their own.
COMMON: Final = 1600
LONGEST_RUN: Final = 20

#: What one occurrence of a word weighs, in halves of one in the body.
ZONE_WEIGHT: Final[dict[Zone, int]] = {
    Zone.HEADLINE: 12,
    Zone.KICKER: 7,
    Zone.LEAD: 4,
    Zone.BODY: 2,
    Zone.OTHER: 1,
}
MAX_WEIGHT: Final = 255


class DocumentsOnly(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of ready-made terms: which documents have them, with a weight but no positions.

    ``Existence`` has a ``fixed_value_size`` of 0, which makes Whoosh store no values beside ids and weights.
    """

    indexed = True
    stored = False
    scorable = False
    analyzer = None
    vector = None
    sortable = False
    column_type = None

    def __init__(self) -> None:
        self.format = formats.Existence()


def schema() -> fields.Schema:
    """The schema in the TOC, with which Whoosh itself can open the index."""
    return fields.Schema(**{name: DocumentsOnly() for name in FIELDS})
