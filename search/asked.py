"""What a search address asks for, and addresses that ask for a little more or less."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote_plus

from django.http import QueryDict
from django.utils.http import urlencode

from search.dates import parse_period
from search.engines.base import FACETS, Filters, Sort
from search.query import When

#: The parameter that names a page of hits; ``page`` is the facet of newspaper pages.
PAGE = "p"
#: Values of one facet that are read from an address, and characters of each.
MOST_VALUES, LONGEST_VALUE = 20, 100
#: Deepest page: whoever needs more takes the whole result as a file.
DEEPEST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as its address states it."""

    q: str
    filters: Filters
    sort: Sort
    page: int
    since: str
    until: str

    @property
    def is_blank(self) -> bool:
        """Nothing to look for and nothing to narrow by."""
        return not (self.q.strip() or self.filters.chosen() or self.since or self.until)

    @property
    def is_words_alone(self) -> bool:
        """Nothing is narrowed yet: the first page of what was typed."""
        return self.page == 1 and not (self.filters.chosen() or self.since or self.until)


def read(given: QueryDict) -> Asked:
    """The search of an address. What is not understood there is left out."""
    values = {
        name: tuple(dict.fromkeys(value[:LONGEST_VALUE] for value in given.getlist(name)))[:MOST_VALUES]
        for name in FACETS
        if name in given
    }
    since, until = given.get("from", "").strip()[:10], given.get("to", "").strip()[:10]
    first, last = parse_period(since) if since else None, parse_period(until) if until else None
    when = When.EVENT if given.get("when") == "event" else When.ISSUE
    filters = Filters(
        **values,
        date_first=first.first if first else "",
        date_last=last.last if last else "",
        when=when,
    )
    sort = given.get("sort", "")
    page = given.get(PAGE, "")
    return Asked(
        q=given.get("q", "")[:2000],
        filters=filters,
        sort=Sort(sort) if sort in list(Sort) else Sort.RELEVANCE,
        page=min(max(int(page), 1), DEEPEST) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        since=since if first else "",
        until=until if last else "",
    )


def at_page(asked: Asked, page: int) -> str:
    """The query string of another page of the same hits."""
    query = _as_query(asked)
    if page > 1:
        query[PAGE] = str(page)
    return query.urlencode()


def sorted_by(asked: Asked, sort: Sort) -> str:
    """The query string of the same hits in another order, on the first page."""
    return address(replace(asked, sort=sort))


@lru_cache(maxsize=8)
def address(asked: Asked) -> str:
    """The query string of this search, on the first page."""
    return _as_query(asked).urlencode()


def with_value(asked: Asked, facet: str, value: str) -> str:
    """The query string that also asks for a facet's value, on the first page."""
    if not getattr(asked.filters, facet):
        return _with_first_value(asked, facet, value)
    query = _as_query(asked)
    query.appendlist(facet, value)
    return query.urlencode()


def without_value(asked: Asked, facet: str, value: str) -> str:
    """The query string without a facet's value, on the first page."""
    query = _as_query(asked)
    query.setlist(facet, [kept for kept in query.getlist(facet) if kept != value])
    return query.urlencode()


def only_value(asked: Asked, facet: str, value: str) -> str:
    """The query string with this value alone of a facet, on the first page."""
    if not getattr(asked.filters, facet):
        return _with_first_value(asked, facet, value)
    query = _as_query(asked)
    query.setlist(facet, [value])
    return query.urlencode()


def _with_first_value(asked: Asked, facet: str, value: str) -> str:
    """It comes last. A page of results has some two hundred of these."""
    return f"{address(asked)}&{facet}={quote_plus(value)}"


def without_dates(asked: Asked) -> str:
    """The query string without the period of the form."""
    return address(replace(asked, since="", until=""))


def unfiltered(asked: Asked) -> str:
    """The query string of the words alone."""
    return urlencode({"q": asked.q})


def _as_query(asked: Asked) -> QueryDict:
    query = QueryDict(mutable=True)
    query["q"] = asked.q
    for facet, values in asked.filters.chosen().items():
        query.setlist(facet, list(values))
    if asked.since:
        query["from"] = asked.since
    if asked.until:
        query["to"] = asked.until
    if (asked.since or asked.until) and asked.filters.when is When.EVENT:
        query["when"] = "event"
    if asked.sort is not Sort.RELEVANCE:
        query["sort"] = asked.sort.value
    return query
