"""A long list of articles, newest first, of which any page is cut from the months that it lies in."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from archive.models import Article
from archive.month_counts import days_of
from archive.order import NEWEST_FIRST
from archive.querysets import ArticleQuerySet


class Monthly(Sequence[Article]):
    """``articles`` by months whose numbers are known: ``months`` is (2021-10, articles), newest first, the undated
    ("") last. A slice reads its months only, however deep in the list it lies, and of each article what ``articles``
    say (``for_lists``)."""

    def __init__(self, articles: ArticleQuerySet, months: Sequence[tuple[str, int]]) -> None:
        self._articles = articles
        self._months = [(month, count) for month, count in months if count]
        self._length = sum(count for _month, count in self._months)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, wanted: slice) -> list[Article]:  # type: ignore[override]
        start, stop, _step = wanted.indices(self._length)
        before = 0
        months = []
        skipped = start
        for month, count in self._months:
            if before < stop and before + count > start:
                months.append(month)
            elif not months:
                skipped -= count
            before += count
        if not months:
            return []
        dated = [month for month in months if month]
        asked = days_of(dated[-1], dated[0]) if dated else Q()
        if "" in months:
            asked = asked | Q(date=None) if dated else Q(date=None)
        rows = self._articles.filter(asked).order_by(*NEWEST_FIRST)
        return list(rows[skipped : skipped + stop - start])
