"""What a page's structure says, as the values of its rows. Pure: no query is made here."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from archive.script import language_of
from archive.structure import Article, Doubt, Photo, Role

#: Characters of the first clause that stands where a headline is missing: at least, at most.
CLAUSE_MIN, CLAUSE_MAX = 12, 40

_OPENING = re.compile(r"^\s*[^（(。，]{0,16}[讯电]\s*(?:[（(][^）)]*[）)])?\s*")
_CLAUSE_END = re.compile(r"[，。；！？,;!?]")


@dataclass(frozen=True, slots=True)
class ArticleValues:
    """The columns of an Article row that its structure decides, and what needs a look-up: slugs and a label."""

    columns: dict[str, Any]
    sections: tuple[str, ...]
    label: str


def article_values(article: Article, position: int, date: dt.date | None) -> ArticleValues:
    """The row of ``article``, which stands at ``position`` (from 1) on a page of an issue of ``date``."""
    paragraphs = [_one_line(text) for text in article.paragraphs]
    dates = [date.value for date in article.event_dates]
    return ArticleValues(
        columns={
            "position": position,
            "kicker": _one_line(article.joined(Role.KICKER, " ")),
            "headline": _one_line(article.headline),
            "subheadline": _one_line(article.joined(Role.SUBHEADLINE, " ")),
            "supplied_headline": _one_line(article.supplied_headline),
            "byline": _one_line(article.joined(Role.BYLINE, " ")),
            "note": "\n".join(_one_line(block.current) for block in article.having(Role.NOTE)),
            "body": "\n".join(paragraphs),
            "printed": "\n".join(_one_line(block.text) for block in article.blocks),
            "first_clause": first_clause(paragraphs[0]) if paragraphs else "",
            "language": language_of("".join(block.current for block in article.blocks)),
            "characters": sum(map(len, paragraphs)),
            "genre": article.genre or "消息",
            "date": date,
            "event_date": next((value for value in dates if len(value) == 10), dates[0] if dates else ""),
            "event_dates": dates,
            "reporters": list(article.reporters),
            "correspondents": list(article.correspondents),
            "evidence": list(article.evidence),
            "continued_on": article.continued_on,
            "continued_from": article.continued_from,
            "confidence": article.confidence,
            "doubts": _doubts(article.doubts),
        },
        sections=article.sections,
        label=article.column,
    )


def photo_values(photo: Photo, position: int, date: dt.date | None) -> dict[str, Any]:
    """The row of ``photo``, which stands at ``position`` (from 1) among its page's photos."""
    return {
        "position": position,
        "caption": _one_line(photo.caption),
        "credit": _one_line(photo.credit),
        "printed": "\n".join(_one_line(block.text) for block in photo.blocks),
        "language": language_of("".join(block.current for block in photo.blocks)),
        "photographers": list(photo.photographers),
        "agency": photo.agency,
        "arrow": photo.arrow,
        "date": date,
        "confidence": photo.confidence,
        "doubts": _doubts(photo.doubts),
    }


def first_clause(paragraph: str) -> str:
    """The first clause or clauses of a paragraph, without its 本报讯（记者…）.

    One that is too long is cut at a mark, so that no name is cut in two, if there is one in its second half.
    """
    text = _OPENING.sub("", paragraph, count=1) or paragraph
    for end in _CLAUSE_END.finditer(text):
        if end.start() >= CLAUSE_MIN:
            text = text[: end.start()]
            break
    if len(text) <= CLAUSE_MAX:
        return text
    cut = max(text.rfind(mark, CLAUSE_MAX // 2, CLAUSE_MAX) for mark in "、，；：）”》")
    return f"{text[: cut if cut > 0 else CLAUSE_MAX]}…"


def _one_line(text: str) -> str:
    """A paragraph is a line of ``body``, so a line break within one, which only retyping can bring, is a space."""
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text


def _doubts(doubts: tuple[Doubt, ...]) -> list[list[Any]]:
    return [[doubt.code, doubt.detail, doubt.line] for doubt in doubts]
