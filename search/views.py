"""The search page and the suggestions while typing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from archive.charts import bar_chart, months_between, years_between
from archive.dates import event_date
from archive.models import Article, Genre, Person
from search import asked as asking
from search.answers import answer
from search.asked import Asked
from search.engines import current
from search.engines.base import Facet, Sort, Suggestion, SuggestionKind
from search.errors import SearchError
from search.listing import shown
from search.query import When
from search.rates import too_many
from search.results import Found, find

PAGE_SIZE = 20
#: Searches that are tried where one finds nothing, and words of it that are sought in other spellings.
TRIED, TRIED_WORDS = 8, 4
#: So many months stand beside the results; where there are more, a year leads to its own.
MONTHS = 24

#: The facets beside the results, in their order, with their headings and how many values stand open.
SIDE = (
    ("kind", gettext_lazy("种类"), 2),
    ("section", gettext_lazy("主题"), 8),
    ("year", gettext_lazy("年"), 6),
    ("month", gettext_lazy("月份"), 8),
    ("person", gettext_lazy("人物"), 10),
    ("reporter", gettext_lazy("记者"), 6),
    ("genre", gettext_lazy("体裁"), 6),
    ("column", gettext_lazy("栏目"), 6),
    ("page", gettext_lazy("版面"), 6),
    ("newspaper", gettext_lazy("报纸"), 4),
    ("place", gettext_lazy("地点"), 6),
)
_HEADINGS = {name: heading for name, heading, _open in SIDE}
_KINDS = {"article": gettext_lazy("文章"), "photo": gettext_lazy("图片")}
_NONE = {
    "section": gettext_lazy("未分类"),
    "genre": gettext_lazy("体裁不明"),
    "year": gettext_lazy("日期不详"),
    "month": gettext_lazy("日期不详"),
    "page": gettext_lazy("版次不详"),
    "newspaper": gettext_lazy("报纸不详"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet's value beside the results: a click takes it or, when taken, lets it go."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One facet beside the results."""

    name: str
    heading: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]
    hidden: int  # values beyond those listed


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; ``href`` is the search without it."""

    heading: str
    label: str
    href: str


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """``/search/?q=…``: hits with snippets, counts, facets, and how the query was read."""
    asked = asking.read(request.GET)
    context: dict[str, Any] = {"asked": asked, "q": asked.q, "sorts": _sorts(asked)}
    if asked.is_blank:
        return _page(request, "search/blank.html", context)
    if too_many(request):
        response = _page(request, "search/wait.html", context, 429)
        response["Retry-After"] = "60"
        return response
    try:
        found = find(asked.q, asked.filters, asked.sort, page=asked.page, page_size=PAGE_SIZE)
        total = found.total
        if total and (asked.page - 1) * PAGE_SIZE >= total:
            asked = asking.read(_at_last(request, total))
            found = find(asked.q, asked.filters, asked.sort, page=asked.page, page_size=PAGE_SIZE)
        context |= _found(asked, found)
        context["answer"] = answer(asked.q) if asked.is_words_alone else None
        if not total:
            context["offers"] = _offers(request, asked)
    except SearchError as error:
        return _page(request, "search/unavailable.html", context | {"error": error}, 503)
    return _page(request, "search/results.html", context)


def _at_last(request: HttpRequest, total: int) -> Any:
    given = request.GET.copy()
    given[asking.PAGE] = str((total - 1) // PAGE_SIZE + 1)
    return given


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def _found(asked: Asked, found: Found) -> dict[str, Any]:
    page = Paginator(found, PAGE_SIZE).get_page(asked.page)
    terms = found.terms
    return {
        "asked": asked,
        "total": found.total,
        "hits": shown(list(page.object_list), terms),
        "page": page,
        "pages": [
            (number, asking.at_page(asked, number) if isinstance(number, int) else "")
            for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        ],
        "previous": asking.at_page(asked, page.previous_page_number()) if page.has_previous() else "",
        "next": asking.at_page(asked, page.next_page_number()) if page.has_next() else "",
        "notes": found.notes,
        "chips": _chips(asked, found),
        "sides": [side for name, _h, most in SIDE if (side := _side(asked, found, name, most))],
        "timeline": _timeline(asked, found),
        "here": asking.address(asked),
        "unfiltered": asking.unfiltered(asked),
        "mark": urlencode({"q": asked.q}) if asked.q.strip() else "",
    }


def _sorts(asked: Asked) -> list[tuple[str, str, str, bool]]:
    names = {
        Sort.RELEVANCE: _("相关"),
        Sort.NEWEST: _("最新"),
        Sort.OLDEST: _("最早"),
        Sort.ADDED: _("最近收录"),
    }
    return [
        (sort.value, name, asking.sorted_by(asked, sort), sort is asked.sort) for sort, name in names.items()
    ]


def label_of(facet: str, value: str, label: str) -> str:
    """A facet's value as readers see it."""
    if not value:
        return str(_NONE.get(facet, _("没有")))
    if facet == "kind":
        return str(_KINDS.get(value, value))
    if facet in ("year", "month"):
        return event_date(value)
    if facet == "genre" and value in Genre.values:
        return str(Genre(value).label)
    return label or value


def _side(asked: Asked, found: Found, name: str, most: int) -> Side | None:
    facet = found.facets.get(name)
    taken = getattr(asked.filters, name)
    if facet is None or not facet.counts or (len(facet.counts) == 1 and not taken and name != "section"):
        return None
    if name == "month" and facet.distinct > MONTHS and not taken:
        return None  # the years first
    counts = list(facet.counts)
    if name in ("year", "month"):
        counts.sort(key=lambda count: count.value, reverse=True)
    choices = tuple(
        Choice(
            label_of(name, count.value, count.label),
            count.count,
            asking.without_value(asked, name, count.value)
            if count.value in taken
            else asking.with_value(asked, name, count.value),
            count.value in taken,
        )
        for count in counts
    )
    return Side(
        name, str(_HEADINGS[name]), choices[:most], choices[most:], max(0, facet.distinct - len(choices))
    )


def _chips(asked: Asked, found: Found) -> list[Chip]:
    chips = []
    for name, values in asked.filters.chosen().items():
        labels = _labels(found.facets.get(name))
        chips += [
            Chip(
                str(_HEADINGS.get(name, name)),
                label_of(name, value, labels.get(value, "")),
                asking.without_value(asked, name, value),
            )
            for value in values
        ]
    if asked.since or asked.until:
        heading = _("事件日期") if asked.filters.when is When.EVENT else _("见报日期")
        chips.append(Chip(heading, f"{asked.since}–{asked.until}", asking.without_dates(asked)))
    return chips


def _labels(facet: Facet | None) -> dict[str, str]:
    return {count.value: count.label for count in facet.counts} if facet else {}


def _timeline(asked: Asked, found: Found) -> Any:
    """Hits by month (by year where that would be over ten years of months); None where there is nothing to compare."""
    facet = found.facets.get("month")
    months = {count.value: count.count for count in facet.counts if len(count.value) == 7} if facet else {}
    if facet and facet.distinct > len(facet.counts):
        months = {}
    if len(months) >= 2 and (labels := months_between(months, 120)):
        hrefs = {month: "?" + asking.only_value(asked, "month", month) for month in months}
        return bar_chart({label: months.get(label, 0) for label in labels}, hrefs)
    years_facet = found.facets.get("year")
    years = {count.value: count.count for count in years_facet.counts if count.value} if years_facet else {}
    if len(years) < 2:
        return None
    hrefs = {year: "?" + asking.only_value(asked, "year", year) for year in years}
    return bar_chart({year: years.get(year, 0) for year in years_between(years)}, hrefs)


def _offers(request: HttpRequest, asked: Asked) -> list[tuple[str, str, int]]:
    """Searches near an empty one that do find something: (what it is, address, hits). Each that is tried counts as one
    that the reader makes."""
    offers: list[tuple[str, str, int]] = []
    if asked.filters.chosen() or asked.since or asked.until:
        wide = find(asked.q, page_size=1).total
        if wide:
            offers.append((_("去掉全部筛选"), asking.unfiltered(asked), wide))
    tries = [text for text in dict.fromkeys(_near(asked.q.split())) if text and text != asked.q][:TRIED]
    if too_many(request, len(tries)):
        return offers
    for text in tries:
        total = find(text, page_size=1).total
        if total:
            offers.append((text, urlencode({"q": text}), total))
    return offers


def _near(words: Sequence[str]) -> Iterator[str]:
    """The query without one of its words and with one in another spelling, by turns, since only so many are tried, then
    the other spellings alone; a single word in more spellings, and without its first or last character."""
    if len(words) == 1:
        yield from current().spellings(words[0], 3)
        yield from (words[0][:-1], words[0][1:]) if len(words[0]) > 2 else ()
        return
    alone: list[str] = []
    for place, word in enumerate(words[:TRIED]):
        yield " ".join((*words[:place], *words[place + 1 :]))
        for spelling in current().spellings(word, 1) if place < TRIED_WORDS else ():
            yield " ".join((*words[:place], spelling, *words[place + 1 :]))
            alone.append(spelling)
    yield from alone


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What a reader may be about to type, as JSON: ``[{kind, text, count, url}]``. Never fails: no index, no words."""
    prefix = request.GET.get("q", "").strip()[:40]
    if not prefix or too_many(request):
        return JsonResponse({"suggestions": []})
    try:
        suggestions = _still_listed(current().suggest(prefix, 10))
    except SearchError:
        suggestions = []
    response = JsonResponse(
        {
            "suggestions": [
                {
                    "kind": suggestion.kind.value,
                    "label": str(_SUGGESTED[suggestion.kind]),
                    "text": suggestion.text,
                    "count": suggestion.count,
                    "url": _leads_to(suggestion),
                }
                for suggestion in suggestions
            ]
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


def _still_listed(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Without the headlines and people that were taken from readers since they were indexed."""
    of = {
        kind: [suggestion.value for suggestion in suggestions if suggestion.kind is kind]
        for kind in (SuggestionKind.HEADLINE, SuggestionKind.PERSON)
    }
    keys, slugs = of[SuggestionKind.HEADLINE], of[SuggestionKind.PERSON]
    listed = {SuggestionKind.HEADLINE: set[str](), SuggestionKind.PERSON: set[str]()}
    if keys:
        articles = Article.objects.listed().filter(key__in=keys)
        listed[SuggestionKind.HEADLINE] = set(articles.values_list("key", flat=True))
    if slugs:
        people = Person.objects.shown().filter(slug__in=slugs)
        listed[SuggestionKind.PERSON] = set(people.values_list("slug", flat=True))
    return [
        suggestion
        for suggestion in suggestions
        if suggestion.kind not in listed or suggestion.value in listed[suggestion.kind]
    ]


_SUGGESTED = {
    SuggestionKind.PERSON: gettext_lazy("人物"),
    SuggestionKind.SECTION: gettext_lazy("主题"),
    SuggestionKind.COLUMN: gettext_lazy("栏目"),
    SuggestionKind.HEADLINE: gettext_lazy("标题"),
    SuggestionKind.WORD: gettext_lazy("词"),
}


def _leads_to(suggestion: Suggestion) -> str:
    if suggestion.kind is SuggestionKind.PERSON:
        return reverse("archive:person", args=[suggestion.value])
    if suggestion.kind is SuggestionKind.SECTION:
        return reverse("archive:section", args=[suggestion.value])
    if suggestion.kind is SuggestionKind.HEADLINE:
        return reverse("archive:article", args=[suggestion.value])
    query = f'栏目:"{suggestion.text}"' if suggestion.kind is SuggestionKind.COLUMN else suggestion.text
    return f"{reverse('search:results')}?{urlencode({'q': query})}"


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to ask."""
    return _page(request, "search/help.html", {"q": ""})
