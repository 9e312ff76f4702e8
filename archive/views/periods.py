"""What the pages of people and places share: their months, years and sections."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import urlencode

from archive.charts import bar_chart, months_between
from archive.people_pages import Seen
from archive.views.respond import number


def period_of(request: HttpRequest) -> str:
    """What ``?year=&month=`` asks for: 2021-10, 2021, or nothing."""
    year = number(request.GET.get("year"), 1800, 2200)
    month = number(request.GET.get("month"), 1, 12)
    if not year:
        return ""
    return f"{year:04}-{month:02}" if month else f"{year:04}"


def periods(months: dict[str, int]) -> list[tuple[str, int, list[tuple[int, int]]]]:
    """Each year, newest first, with its articles and its (month, articles)."""
    years: dict[str, list[tuple[int, int]]] = {}
    for month in sorted(months):
        years.setdefault(month[:4], []).append((int(month[5:]), months[month]))
    return [(year, sum(n for _m, n in rows), rows) for year, rows in sorted(years.items(), reverse=True)]


def chart(months: dict[str, int]) -> object:
    """The months as bars that lead to them; whole years where there are many; None without any."""
    if not months:
        return None
    labels = months_between(min(months), max(months))
    if len(labels) > 120:
        years: dict[str, float] = {}
        for label in labels:
            years[label[:4]] = years.get(label[:4], 0) + months.get(label, 0)
        return bar_chart(years, {year: f"?{urlencode({'year': year})}" for year in years})
    return bar_chart(
        {label: months.get(label, 0) for label in labels},
        {
            label: f"?{urlencode({'year': label[:4], 'month': str(int(label[5:]))})}#events"
            for label in labels
            if months.get(label)
        },
    )


def counted_sections(seen: list[Seen], names: dict[int, str]) -> list[tuple[str, int]]:
    """The sections of these articles with how many are in each, most first."""
    counts: dict[str, int] = {}
    for article in seen:
        if article.section in names:
            name = names[article.section]
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items(), key=lambda row: -row[1])
