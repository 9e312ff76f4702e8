"""A document as a segment keeps it: folded, with its facet values. Segments give rows back, so that small ones can be
merged without the database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from archive.order import page_order
from search.dates import period_of
from search.documents import Document, Kind, Named, Zone
from search.engines.base import tie
from search.facets import values
from search.text import fold

#: The zones in the order in which a row's texts are kept, so that headings and the whole are each one stretch.
ZONES = (Zone.HEADLINE, Zone.KICKER, Zone.LEAD, Zone.BODY, Zone.OTHER)


@dataclass(frozen=True, slots=True)
class Row:
    """``texts`` has the folded texts of each of ``ZONES``, ``printed`` those of a print that differs. Days are
    ordinals, 0 for none; ``events`` are first and last days. ``page_order``, ``page_tie`` (a number of
    the page) and ``position`` order those of a day. ``digest`` tells whether the document has changed."""

    kind: Kind
    key: str
    title: str
    texts: tuple[tuple[str, ...], ...]
    printed: tuple[str, ...]
    day: int
    events: tuple[tuple[int, int], ...]
    page_number: int
    page_order: str
    page_tie: int
    position: int
    added: int
    facets: Mapping[str, tuple[Named, ...]]
    digest: int


def row_of(document: Document) -> Row:
    """Fold a document."""
    zones: dict[Zone, list[str]] = {zone: [] for zone in ZONES}
    for zone, text in document.texts():
        if folded := fold(text):
            zones[zone].append(folded)
    periods = filter(None, map(period_of, document.event_dates))
    return Row(
        kind=document.kind,
        key=document.key,
        title=document.title,
        texts=tuple(tuple(zones[zone]) for zone in ZONES),
        printed=tuple(filter(None, map(fold, document.printed))),
        day=ordinal(document.issue_date),
        events=tuple((ordinal(period.first), ordinal(period.last)) for period in periods),
        page_number=document.page_number or 0,
        page_order=page_order(document.page_number, document.page_name),
        page_tie=tie(("page", document.page)),
        position=document.position,
        added=document.added,
        facets=values(document),
        digest=digest(document),
    )


def ordinal(day: str) -> int:
    """An ISO day as a number; 0 for none, or for what is no day."""
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def digest(document: Document) -> int:
    """63 bits that differ where documents differ. ``repr`` of a frozen dataclass names every field and value."""
    return (
        int.from_bytes(
            hashlib.blake2b(repr(document).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
        )
        >> 1
    )
