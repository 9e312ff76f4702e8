"""The seeds' pages as their gold has them, as structures to correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from archive.corrections.cutting import made, places_of
from archive.structure import (
    Article,
    Block,
    Furniture,
    Kind,
    PageFacts,
    PageStructure,
    Photo,
    Role,
    Span,
    check,
    lines_of,
)

ROOT = Path(__file__).resolve().parents[2]


def _block(lines: Sequence[str], role: Role, numbers: Iterable[int]) -> Block:
    spans = [Span(number, 0, len(lines[number - 1])) for number in numbers]
    return made(lines, role, places_of(lines, spans))


def _article(lines: Sequence[str], gold: dict[str, Any], number: int) -> Article:
    starts = gold["paragraph_starts"] or gold["body"]
    paragraphs: list[list[int]] = []
    for line in gold["body"]:
        if line in starts:
            paragraphs.append([])
        paragraphs[-1].append(line)
    blocks = [
        *(
            _block(lines, Role(role), [line])
            for role in ("kicker", "headline", "subheadline")
            for line in gold[role]
        ),
        *(_block(lines, Role.BYLINE, [line]) for line in gold["byline"]),
        *(_block(lines, Role.BODY, paragraph) for paragraph in paragraphs),
    ]
    return Article(
        tuple(blocks),
        key=f"article{number}",
        reporters=tuple(gold["reporters"]),
        correspondents=tuple(gold["correspondents"]),
    )


def seed(name: str) -> tuple[PageStructure, list[str]]:
    """The page of the seed whose file begins with ``name``, with keys article1, article2 …, and its lines."""
    (path,) = (ROOT / "seeds").glob(f"{name}_*.txt")
    lines = lines_of(path.read_text(encoding="utf-8").replace("\r\n", "\n"))
    gold = json.loads((ROOT / "tests/golden" / f"{name}.json").read_text(encoding="utf-8"))
    structure = PageStructure(
        PageFacts(newspaper="jiaozuo-ribao"),
        tuple(_article(lines, article, n) for n, article in enumerate(gold["articles"], 1)),
        tuple(
            Photo(
                (_block(lines, Role.CAPTION, photo["caption"]),)
                + (
                    (_block(lines, Role.CREDIT, photo["credit"]),)
                    if photo["credit"] != photo["caption"]
                    else ()
                ),
                key=f"photo{n}",
                photographers=tuple(photo["photographers"]),
            )
            for n, photo in enumerate(gold["photos"], 1)
        ),
        (
            *(_furniture(lines, Kind.LABEL, line) for line in gold["labels"]),
            *(_furniture(lines, Kind.PROMOTION, line) for line in gold["furniture"]),
        ),
        1,
        len(lines),
    )
    check(structure, lines)
    return structure, lines


def _furniture(lines: Sequence[str], kind: Kind, number: int) -> Furniture:
    block = _block(lines, Role.BODY, [number])
    return Furniture(kind, block.spans, block.text)
