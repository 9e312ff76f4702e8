"""Parsing a page whose type sizes are known: large type begins an article, and the largest of it is the headline. Pure.

The parser reads each stretch from one heading to the next by itself, so that articles part where the type says so; it
still finds bylines, paragraphs, photos, dates and sections. What it took for something else in a heading's lines gives
way to the type.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from archive.layout import INDENT, Said
from archive.parsing.knobs import DEFAULT as KNOBS
from archive.parsing.page import parse_page
from archive.parsing.vocabulary import Vocabulary
from archive.printed import printed
from archive.structure import Article, Block, Furniture, Kind, PageFacts, PageStructure, Role, Span
from archive.textlines import DEFAULT as LAYOUT
from archive.textlines import LayoutKnobs

_HEADINGS = (Role.KICKER, Role.HEADLINE, Role.SUBHEADLINE)


def parse_typeset(
    said: Sequence[Said],
    first: int,
    last: int,
    facts: PageFacts,
    vocabulary: Vocabulary,
    knobs: LayoutKnobs = LAYOUT,
) -> PageStructure:
    """The structure of the dump's lines ``first`` to ``last``, whose sizes ``said`` gives."""
    lines = [line.text for line in said]
    kept = sum(line.startswith(INDENT) for line in lines[first - 1 : last]) >= KNOBS.indents_from
    parser_knobs = replace(KNOBS, indents_from=0) if kept else KNOBS
    whole = parse_page(lines, first, last, facts, vocabulary, parser_knobs)
    starts = _starts(said, first, last, knobs)
    if not starts:
        return whole
    articles: list[Article] = []
    parts: list[PageStructure] = []
    for start, end in _stretches(starts, first, last):
        if not any(line.strip() for line in lines[start - 1 : end]):
            continue
        part = parse_page(lines, start, end, whole.facts, vocabulary, parser_knobs)
        part = _by_type(part, said, lines, knobs)
        parts.append(part)
        articles += part.articles
    return replace(
        whole,
        articles=tuple(articles),
        photos=tuple(photo for part in parts for photo in part.photos),
        furniture=tuple(piece for part in parts for piece in part.furniture),
    )


def _starts(said: Sequence[Said], first: int, last: int, knobs: LayoutKnobs) -> list[int]:
    """The lines on which a heading begins: large type below body type or at the top."""
    starts = []
    in_heading = False
    for number in range(first, last + 1):
        line = said[number - 1]
        if not line.text.strip():
            continue
        heading = line.scale >= knobs.heading
        if heading and not in_heading:
            starts.append(number)
        in_heading = heading
    return starts


def _stretches(starts: Sequence[int], first: int, last: int) -> list[tuple[int, int]]:
    edges = [*([first] if starts[0] > first else []), *starts, last + 1]
    return [(start, end - 1) for start, end in itertools.pairwise(edges)]


def _by_type(
    part: PageStructure, said: Sequence[Said], lines: Sequence[str], knobs: LayoutKnobs
) -> PageStructure:
    """The stretch with its first article's heading as the type says it."""
    if not part.articles:
        return part
    heading = _heading_lines(part, said, knobs)
    article, *others = part.articles
    loose = [piece for piece in part.furniture if _is_loose(piece) and _lies_in(piece, heading)]
    mine = [block for block in article.blocks if _lies_in(block, heading)]
    owned: list[Block | Furniture] = [*loose, *mine]
    numbers = sorted({span.line for piece in owned for span in piece.spans})
    if not numbers:
        return part
    blocks = _headings(numbers, said, lines, knobs)
    if tuple(block for block in mine if block.role in _HEADINGS) == blocks and not loose:
        return part
    rest = tuple(block for block in article.blocks if block not in mine)
    if not any(block.role is Role.BODY for block in rest):
        return part
    doubts = tuple(doubt for doubt in article.doubts if doubt.code != "no-headline")
    confidence = article.confidence if doubts == article.doubts or doubts else 1.0
    article = replace(article, blocks=(*blocks, *rest), doubts=doubts, confidence=confidence)
    furniture = tuple(piece for piece in part.furniture if piece not in loose)
    return replace(part, articles=(article, *others), furniture=furniture)


def _heading_lines(part: PageStructure, said: Sequence[Said], knobs: LayoutKnobs) -> frozenset[int]:
    numbers = range(part.first_line, part.last_line + 1)
    return frozenset(number for number in numbers if said[number - 1].scale >= knobs.heading)


def _is_loose(piece: Furniture) -> bool:
    return piece.kind in (Kind.LABEL, Kind.OTHER)


def _lies_in(piece: Block | Furniture, numbers: frozenset[int]) -> bool:
    return all(span.line in numbers for span in piece.spans)


def _headings(
    numbers: Sequence[int], said: Sequence[Said], lines: Sequence[str], knobs: LayoutKnobs
) -> tuple[Block, ...]:
    """Kicker, headline and subheadline: what is above, in and below the largest type."""
    largest = max(said[number - 1].scale for number in numbers)
    large = [number for number in numbers if said[number - 1].scale * knobs.same_size >= largest]
    roles = {
        Role.KICKER: [number for number in numbers if number < large[0]],
        Role.HEADLINE: [number for number in numbers if large[0] <= number <= large[-1]],
        Role.SUBHEADLINE: [number for number in numbers if number > large[-1]],
    }
    return tuple(_block(role, mine, lines) for role, mine in roles.items() if mine)


def _block(role: Role, numbers: Sequence[int], lines: Sequence[str]) -> Block:
    spans = []
    for number in numbers:
        line = lines[number - 1]
        spans.append(Span(number, len(line) - len(line.lstrip()), len(line.rstrip())))
    return Block(role, tuple(spans), printed(lines, spans))
