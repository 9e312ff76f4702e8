"""Seventy stories in the style of local papers, invented for this and marked by hand: who is named in them.

In ``stories.txt`` a line with # begins a story with its headline, each further line is a paragraph, and {} stand around
names. Those who wrote it, people called by a surname (小展, 李老师) and made-up names (化名) are not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.names import ArticleText, MentionKind, TextPiece, recognise
from archive.names.scoring import Score
from archive.structure import Role

MARKED = re.compile(r"\{([^{}]*)\}")


def stories() -> Iterator[tuple[ArticleText, frozenset[str]]]:
    for story in (Path(__file__).parent / "stories.txt").read_text(encoding="utf-8").split("# ")[1:]:
        headline, *body = [MARKED.sub(r"\1", line) for line in story.strip().split("\n")]
        pieces = [TextPiece(Role.HEADLINE, headline), *(TextPiece(Role.BODY, line) for line in body)]
        names = {"".join(name.split()) for name in MARKED.findall(story)}
        yield ArticleText(tuple(pieces)), frozenset(name for name in names if len(name) > 1)


def test_people_of_local_stories_are_found() -> None:
    total = Score()
    for text, marked in stories():
        (mentions,) = recognise([text])
        found = {mention.name for mention in mentions if mention.kind is MentionKind.SUBJECT}
        total += Score(len(found & marked), len(found - marked), len(marked - found))
    assert total.right + total.missed > 360
    assert total.precision >= 0.975
    assert total.f1 >= 0.955
