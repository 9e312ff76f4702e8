"""What each button and form of the desk asks for. Pure: no database."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from archive.corrections import (
    Action,
    Cut,
    Describe,
    Fact,
    Field,
    Illustrate,
    Join,
    Mark,
    Merge,
    MoveToArticle,
    MoveToFurniture,
    MoveToNewArticle,
    MoveToNewPhoto,
    MoveToPhoto,
    Place,
    Reorder,
    ReorderArticle,
    Retext,
    SetFact,
    Side,
    Split,
    SupplyHeadline,
)
from archive.desk.buttons import asked_for
from archive.errors import CorrectionError
from archive.structure import Kind, PageStructure, Role, Span
from tests.corrections.gold import seed

#: The OCR seed's second article: its headline is line 15, its paragraphs begin at 17, 21 and 23.
HERE = Place(21, 0)
LINES = {"line": ["21", "23"]}
TWO_LINES = (Span(21, 0, 192), Span(23, 0, 219))


@pytest.fixture(scope="module")
def page() -> tuple[PageStructure, list[str]]:
    return seed("004")


def asked(page: tuple[PageStructure, list[str]], post: dict[str, str | list[str]]) -> tuple[Action, ...]:
    form = QueryDict(mutable=True)
    for name, value in post.items():
        form.setlist(name, [value] if isinstance(value, str) else value)
    structure, lines = page
    return asked_for(structure, lines, form, lines)


@pytest.mark.parametrize(
    ("post", "action"),
    [
        ({"do": "split"}, Split(HERE)),
        ({"do": "cut"}, Cut(HERE)),
        ({"do": "merge-up"}, Merge(Place(3, 0), HERE)),
        ({"do": "merge-down"}, Merge(HERE, Place(25, 0))),
        ({"do": "article-up"}, ReorderArticle(HERE, Side.BEFORE, Place(3, 0))),
        ({"do": "article-down"}, ReorderArticle(HERE, Side.AFTER, Place(25, 0))),
        ({"do": "join-next"}, Join(HERE, Place(23, 0), stays=HERE)),
        ({"do": "block-up"}, Reorder(HERE, Side.BEFORE, Place(17, 0))),
        ({"do": "block-down"}, Reorder(HERE, Side.AFTER, Place(23, 0))),
        ({"do": "join-two", "remembered": "17,0"}, Join(Place(17, 0), HERE, stays=HERE)),
        ({"do": "join-two-reversed", "remembered": "17,0"}, Join(HERE, Place(17, 0), stays=HERE)),
        ({"do": "mark:kicker"}, Mark((Span(21, 0, 192),), Role.KICKER)),
        ({"do": "new-article"} | LINES, MoveToNewArticle(TWO_LINES)),
        ({"do": "new-photo"} | LINES, MoveToNewPhoto(TWO_LINES)),
        ({"do": "repeat"} | LINES, MoveToFurniture(TWO_LINES, Kind.REPEAT)),
        ({"do": "move", "target": "article:25,0"} | LINES, MoveToArticle(TWO_LINES, Place(25, 0))),
        ({"do": "move", "target": "photo:77,0"} | LINES, MoveToPhoto(TWO_LINES, Place(77, 0))),
        ({"do": "move", "target": "furniture:label"} | LINES, MoveToFurniture(TWO_LINES, Kind.LABEL)),
        ({"do": "move", "target": "new:article"} | LINES, MoveToNewArticle(TWO_LINES)),
        ({"do": "move", "target": "new:photo"} | LINES, MoveToNewPhoto(TWO_LINES)),
        ({"do": "move", "target": "new:photo", "spans": "[[21, 3, 9]]"}, MoveToNewPhoto((Span(21, 3, 9),))),
        ({"do": "retext", "open_at": "17,0", "text": "改过"}, Retext(Place(17, 0), "改过")),
        ({"do": "retext", "open_at": "17,0", "text": "改过", "restore_print": "1"}, Retext(Place(17, 0), "")),
        ({"do": "facts", "fact_number": "3"}, SetFact(Fact.NUMBER, "3")),
        ({"do": "piece", "open_at": "15,0", "supplied_headline": "题"}, SupplyHeadline(Place(15, 0), "题")),
        ({"do": "piece", "open_at": "15,0", "reporters": "甲、乙"},
         Describe(Place(15, 0), Field.REPORTERS, ("甲", "乙"))),
        ({"do": "piece", "open_at": "77,0", "illustrates": "25,0"}, Illustrate(Place(77, 0), Place(25, 0))),
    ],
)  # fmt: skip
def test_what_was_asked_for_is_what_is_done(
    page: tuple[PageStructure, list[str]], post: dict[str, str | list[str]], action: Action
) -> None:
    assert action in asked(page, {"place": "21,0"} | post)


@pytest.mark.parametrize(
    "post",
    [
        {"do": "split", "place": ""},
        {"do": "merge-up", "place": "3,0"},
        {"do": "merge-down", "place": "135,0"},
        {"do": "block-up", "place": "15,0"},
        {"do": "join-two"},
        {"do": "mark:title"},
        {"do": "move"},
        {"do": "move", "target": "article:"},
        {"do": "move", "target": "furniture:nothing"},
        {"do": "move", "target": "new:page"},
        {"do": "retext", "text": "改过"},
        {"do": "piece"},
    ],
)
def test_what_cannot_be_asked_for_says_what_is_missing(
    page: tuple[PageStructure, list[str]], post: dict[str, str | list[str]]
) -> None:
    with pytest.raises(CorrectionError):
        asked(page, {"place": "21,0"} | post)
