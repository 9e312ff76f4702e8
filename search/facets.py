"""What a document is filtered and counted by, and what its field queries look in: one definition for all engines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from search.documents import Document, Named
from search.query import Field

_NONE: Final = (Named("", ""),)


def values(document: Document) -> Mapping[str, tuple[Named, ...]]:
    """The values of each facet of ``engines.base.FACETS``. Where having none is worth a count (未分类, no date, no
    genre, no page), the value is empty; a document without people, reporters, column or places counts nowhere."""
    year, month = document.issue_date[:4], document.issue_date[:7]
    return {
        "kind": (Named(document.kind, document.kind),),
        "section": document.sections or _NONE,
        "genre": (Named(document.genre, document.genre),),
        "year": (Named(year, year),),
        "month": (Named(month, month),),
        "person": _distinct(document.persons),
        "reporter": _distinct(tuple(Named(name, name) for name in document.reporters)),
        "newspaper": (document.newspaper,),
        "page": (_page(document),),
        "column": (document.column,) if document.column.slug else (),
        "place": _distinct(tuple(Named(name, name) for name in document.places)),
    }


def _distinct(named: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple({value.slug: value for value in named}.values())


def _page(document: Document) -> Named:
    """A page goes by its name (版名) where it has one, since readers follow 示范区 through its changing numbers."""
    if document.page_name:
        return Named(document.page_name, document.page_name)
    if document.page_number is not None:
        return Named(str(document.page_number), f"第{document.page_number}版")
    return _NONE[0]


#: The facet whose names a field query looks in.
FACET_OF: Final[Mapping[Field, str]] = {
    Field.PERSON: "person",
    Field.REPORTER: "reporter",
    Field.COLUMN: "column",
    Field.SECTION: "section",
    Field.GENRE: "genre",
    Field.NEWSPAPER: "newspaper",
    Field.PLACE: "place",
    Field.PAGE: "page",
}


def names_page_number(literal: str) -> int | None:
    """版:1 and 版:01 mean the page's number, not any page with a 1 in its name."""
    return int(literal) if literal.isascii() and literal.isdigit() and len(literal) < 6 else None
