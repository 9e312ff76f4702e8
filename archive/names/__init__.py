"""People (and organisations, places) in a text.

``recognise`` finds people in the current text of articles, ``people_of`` in a page structure, ``places`` finds places,
``page_by_page`` both in many pages; ``reading`` says how a name is read; ``identity`` decides whose name it is. Nothing
here imports Django.
What takes memory (the tagger's model, the dictionaries) loads when it is first used, never at import.
"""

from archive.names.mentions import NOWHERE, ArticleText, Known, MentionKind, NameMention, TextPiece
from archive.names.places import PlaceMention, places
from archive.names.reading import Reading, reading
from archive.names.recogniser import (
    RECOGNISER_VERSION,
    Named,
    page_by_page,
    people_and_places,
    people_of,
    recognise,
)

__all__ = [
    "NOWHERE",
    "RECOGNISER_VERSION",
    "ArticleText",
    "Known",
    "MentionKind",
    "NameMention",
    "Named",
    "PlaceMention",
    "Reading",
    "TextPiece",
    "page_by_page",
    "people_and_places",
    "people_of",
    "places",
    "reading",
    "recognise",
]
