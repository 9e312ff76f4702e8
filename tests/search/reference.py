"""An engine that reads everything for every query: what the others are held to. No index, no cleverness."""

from __future__ import annotations

from archive.order import page_order
from search.dates import Period, period_of
from search.documents import Zone
from search.engines.base import Count, Facet, Hit, Results, Sort, tie
from search.facets import FACET_OF, values
from search.query import All, And, Dated, Field, Literal, Not, Or, When, Word
from search.text import fold


class Reference:
    def __init__(self):
        self.documents = {}

    def upsert(self, documents):
        self.documents.update({document.identity: document for document in documents})

    def delete(self, identities):
        for identity in identities:
            self.documents.pop(identity, None)

    def rebuild(self, documents, progress=None):
        self.documents = {document.identity: document for document in documents}

    def search(self, query, filters, sort=Sort.NEWEST, *, offset=0, limit=20, facets=(), facet_limit=20):
        relaxed = {word.text for word in words(query) if word.parts and not self.anywhere(word)}
        found = [d for d in self.documents.values() if self.matches(d, query) and passes(d, filters)]
        found.sort(key=ORDERS.get(sort, newest))
        return Results(
            hits=tuple(Hit(*document.identity) for document in found[offset : offset + limit]),
            total=len(found),
            facets={name: count(found, name, facet_limit) for name in facets},
            relaxed=tuple(sorted(relaxed)),
        )

    def matches(self, document, query):
        match query:
            case All():
                return True
            case Not(child):
                return not self.matches(document, child)
            case And(children):
                return all(self.matches(document, child) for child in children)
            case Or(children):
                return any(self.matches(document, child) for child in children)
            case Dated(period, when):
                return dated(document, period, when)
            case Literal():
                return contains(document, query)
            case Word():
                if query.parts and not self.anywhere(query):
                    return all(contains(document, part) for part in query.parts)
                return contains(document, query.literal)

    def anywhere(self, word):
        return any(contains(document, word.literal) for document in self.documents.values())


def words(query):
    match query:
        case Word():
            yield query
        case Not(child):
            yield from words(child)
        case And(children) | Or(children):
            for child in children:
                yield from words(child)


def contains(document, literal):
    if (
        literal.field is Field.PAGE
        and literal.text.isascii()
        and literal.text.isdigit()
        and len(literal.text) < 6
    ):
        return document.page_number == int(literal.text) != 0
    return any(literal.text in fold(text) for text in texts(document, literal.field))


def texts(document, field):
    current = list(document.texts())
    if field is Field.TEXT:
        return [text for _, text in current]
    if field is Field.HEADLINE:
        return [text for zone, text in current if zone in (Zone.HEADLINE, Zone.KICKER)]
    if field is Field.PRINTED:
        # A print that says nothing to look for is none.
        return [text for text in document.printed if fold(text)] or [text for _, text in current]
    named = values(document)[FACET_OF[field]]
    return [value.name for value in named]


def within(part, whole):
    return whole.first <= part.first and part.last <= whole.last


def dated(document, period, when):
    day = period_of(document.issue_date)
    issue = day is not None and within(day, period)
    event = any((days := period_of(value)) and within(days, period) for value in document.event_dates)
    return (issue and when is not When.EVENT) or (event and when is not When.ISSUE)


def passes(document, filters):
    if filters.date_first or filters.date_last:
        period = Period(filters.date_first or "0001-01-01", filters.date_last or "9999-12-31")
        if not dated(document, period, filters.when):
            return False
    have = values(document)
    return all(
        {value.slug for value in have[name]} & set(wanted) for name, wanted in filters.chosen().items()
    )


def count(documents, name, limit):
    counts, labels = {}, {}
    for document in documents:
        for value in values(document)[name]:
            counts[value.slug] = counts.get(value.slug, 0) + 1
            labels[value.slug] = value.name
    if name in ("year", "month"):
        order = sorted(counts)
    else:
        order = sorted(counts, key=lambda slug: (-counts[slug], slug))[:limit]
    return Facet(name, tuple(Count(slug, labels[slug], counts[slug]) for slug in order), len(counts))


def _place(document):
    page = (page_order(document.page_number, document.page_name), tie(("page", document.page)))
    return *page, document.position, tie(document.identity)


def newest(document):
    return tuple(-ord(c) for c in document.issue_date) or (1,), *_place(document)


def oldest(document):
    return document.issue_date or "9999-99-99", *_place(document)


def latest(document):
    return -document.added, newest(document)


ORDERS = {Sort.OLDEST: oldest, Sort.ADDED: latest}
