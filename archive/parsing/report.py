"""A dump's structure as the JSON that ``manage.py parse`` prints, one object per dump."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from archive.parsing.vocabulary import Vocabulary
from archive.structure import (
    DOUBTS,
    Article,
    Block,
    Furniture,
    PageStructure,
    Photo,
    Role,
    Span,
)

#: A structure's persons, article by article.
People = Callable[[PageStructure], Sequence[Sequence[str]]]


def report(
    source: str,
    pages: Sequence[PageStructure],
    lines: Sequence[str],
    people: People,
    vocabulary: Vocabulary,
) -> dict[str, Any]:
    """The pages of one dump with their articles, photos and furniture; ``lines`` are the dump's.

    A piece that owns only part of a line carries its ``spans``; sections are given by their printed names.
    """
    date = pages[0].facts.issue_date
    return {
        "source": source,
        "issue_date": {
            "value": date.value,
            "certainty": date.certainty.value,
            "because": date.because,
        },
        "pages": [
            {
                "lines": [page.first_line, page.last_line],
                "number": page.facts.number,
                "name": page.facts.name,
                "newspaper": page.facts.newspaper,
                "issue_date": page.facts.issue_date.value,
            }
            for page in pages
        ],
        "articles": [
            _article(article, names, lines, vocabulary)
            for page in pages
            for article, names in zip(page.articles, people(page), strict=True)
        ],
        "photos": [_photo(photo, lines) for page in pages for photo in page.photos],
        "furniture": [_furniture(piece, lines) for page in pages for piece in page.furniture],
    }


def _place(spans: Sequence[Span], lines: Sequence[str]) -> dict[str, Any]:
    """The lines of a piece, and its spans where it leaves something visible of a line to another."""
    found: dict[str, Any] = {"lines": list(dict.fromkeys(span.line for span in spans))}
    if any((lines[span.line - 1][: span.start] + lines[span.line - 1][span.end :]).strip() for span in spans):
        found["spans"] = [[span.line, span.start, span.end] for span in spans]
    return found


def _block(block: Block, lines: Sequence[str]) -> dict[str, Any]:
    return {
        "role": block.role.value,
        **_place(block.spans, lines),
        "text": block.current,
    }


def _article(
    article: Article, names: Sequence[str], lines: Sequence[str], vocabulary: Vocabulary
) -> dict[str, Any]:
    event = next(iter(article.event_dates), None)
    return {
        "kicker": article.joined(Role.KICKER, " "),
        "headline": article.headline,
        "subheadline": article.joined(Role.SUBHEADLINE, " "),
        "reporters": list(article.reporters),
        "correspondents": list(article.correspondents),
        "persons": sorted(names),
        "section": vocabulary.name(article.sections[0]) if article.sections else "",
        "sections": [vocabulary.name(slug) for slug in article.sections],
        "column": article.column,
        "genre": article.genre,
        "event_date": event.value if event else "",
        "event_dates": [[date.value, date.text, date.line] for date in article.event_dates],
        "confidence": round(article.confidence, 3),
        "doubts": [
            DOUBTS[doubt.code] + (f"：{doubt.detail}" if doubt.detail else "") for doubt in article.doubts
        ],
        "evidence": list(article.evidence),
        "blocks": [_block(block, lines) for block in article.blocks],
    }


def _photo(photo: Photo, lines: Sequence[str]) -> dict[str, Any]:
    spans = sorted(span for block in photo.blocks for span in block.spans)
    return {
        "caption": photo.caption,
        "photographers": list(photo.photographers),
        "agency": photo.agency,
        **_place(_merged(spans), lines),
    }


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans of one line that touch (a caption and its credit) as one."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].line == span.line and found[-1].end <= span.start:
            found[-1] = Span(span.line, found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _furniture(piece: Furniture, lines: Sequence[str]) -> dict[str, Any]:
    return {"kind": piece.kind.value, **_place(piece.spans, lines), "text": piece.text}
