"""PageStructure to JSON and back, as it is kept in page versions.

``FORMAT`` counts the shapes that were ever stored; a reader here must go on reading all of them.
"""

from __future__ import annotations

from typing import Any

from archive.errors import StructureError
from archive.structure import (
    Article,
    Block,
    Certainty,
    Dated,
    Doubt,
    EventDate,
    Furniture,
    Kind,
    PageFacts,
    PageStructure,
    Photo,
    Role,
    Span,
)

FORMAT = 1

Json = dict[str, Any]


def to_json(structure: PageStructure) -> Json:
    """The structure as plain JSON values; what is empty is left out."""
    facts = structure.facts
    return {
        "format": FORMAT,
        "first_line": structure.first_line,
        "last_line": structure.last_line,
        "facts": _full(
            newspaper=facts.newspaper,
            issue_date=_full(
                value=facts.issue_date.value,
                certainty=facts.issue_date.certainty.value,
                because=facts.issue_date.because,
            ),
            number=facts.number,
            name=facts.name,
            edition=facts.edition,
            source=facts.source,
        ),
        "articles": [_article_out(article) for article in structure.articles],
        "photos": [_photo_out(photo) for photo in structure.photos],
        "furniture": [
            {"kind": piece.kind.value, "spans": _spans_out(piece.spans), "text": piece.text}
            for piece in structure.furniture
        ],
    }


def from_json(value: Json) -> PageStructure:
    """The structure that ``to_json`` made. Raises StructureError when ``value`` is not of that shape."""
    try:
        if value["format"] != FORMAT:
            raise StructureError("page version", f"has format {value['format']}, this program reads {FORMAT}")
        facts = value["facts"]
        date = facts.get("issue_date", {})
        return PageStructure(
            facts=PageFacts(
                newspaper=facts.get("newspaper", ""),
                issue_date=Dated(
                    date.get("value", ""),
                    Certainty(date.get("certainty", Certainty.UNKNOWN)),
                    date.get("because", ""),
                ),
                number=facts.get("number"),
                name=facts.get("name", ""),
                edition=facts.get("edition", ""),
                source=facts.get("source", ""),
            ),
            articles=tuple(_article_in(article) for article in value["articles"]),
            photos=tuple(_photo_in(photo) for photo in value["photos"]),
            furniture=tuple(
                Furniture(Kind(piece["kind"]), _spans_in(piece["spans"]), piece["text"])
                for piece in value["furniture"]
            ),
            first_line=value["first_line"],
            last_line=value["last_line"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StructureError("page version", f"is no page structure ({error!r})") from error


def _full(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value not in ("", None, (), [], {}, False)}


def _spans_out(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.line, span.start, span.end] for span in spans]


def _spans_in(spans: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(line, start, end) for line, start, end in spans)


def _block_out(block: Block) -> Json:
    out: Json = {"role": block.role.value, "spans": _spans_out(block.spans), "text": block.text}
    if block.edited is not None:
        out["edited"] = block.edited
    if block.opens_item:
        out["opens_item"] = True
    return out


def _block_in(value: Json) -> Block:
    return Block(
        role=Role(value["role"]),
        spans=_spans_in(value["spans"]),
        text=value["text"],
        edited=value.get("edited"),
        opens_item=value.get("opens_item", False),
    )


def _doubts_out(doubts: tuple[Doubt, ...]) -> list[list[Any]]:
    return [[doubt.code, doubt.detail, doubt.line] for doubt in doubts]


def _doubts_in(value: Json) -> tuple[Doubt, ...]:
    return tuple(Doubt(code, detail, line) for code, detail, line in value.get("doubts", ()))


def _article_out(article: Article) -> Json:
    return _full(
        key=article.key,
        blocks=[_block_out(block) for block in article.blocks],
        reporters=list(article.reporters),
        correspondents=list(article.correspondents),
        sections=list(article.sections),
        column=article.column,
        genre=article.genre,
        event_dates=[[date.value, date.text, date.line] for date in article.event_dates],
        supplied_headline=article.supplied_headline,
        continued_on=article.continued_on,
        continued_from=article.continued_from,
        evidence=list(article.evidence),
        doubts=_doubts_out(article.doubts),
    ) | {"confidence": article.confidence}


def _article_in(value: Json) -> Article:
    return Article(
        blocks=tuple(_block_in(block) for block in value.get("blocks", ())),
        key=value.get("key", ""),
        reporters=tuple(value.get("reporters", ())),
        correspondents=tuple(value.get("correspondents", ())),
        sections=tuple(value.get("sections", ())),
        column=value.get("column", ""),
        genre=value.get("genre", ""),
        event_dates=tuple(EventDate(*date) for date in value.get("event_dates", ())),
        supplied_headline=value.get("supplied_headline", ""),
        continued_on=value.get("continued_on", ""),
        continued_from=value.get("continued_from", ""),
        evidence=tuple(value.get("evidence", ())),
        confidence=value["confidence"],
        doubts=_doubts_in(value),
    )


def _photo_out(photo: Photo) -> Json:
    return _full(
        key=photo.key,
        blocks=[_block_out(block) for block in photo.blocks],
        photographers=list(photo.photographers),
        agency=photo.agency,
        arrow=photo.arrow,
        article=photo.article,
        doubts=_doubts_out(photo.doubts),
    ) | {"confidence": photo.confidence}


def _photo_in(value: Json) -> Photo:
    return Photo(
        blocks=tuple(_block_in(block) for block in value.get("blocks", ())),
        key=value.get("key", ""),
        photographers=tuple(value.get("photographers", ())),
        agency=value.get("agency", ""),
        arrow=value.get("arrow", ""),
        article=value.get("article", ""),
        confidence=value["confidence"],
        doubts=_doubts_in(value),
    )
