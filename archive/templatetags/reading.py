"""Dates, text and addresses as templates need them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.core.paginator import Page as PageOfList
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive import dates, reading_text
from archive.calendar import Day, Month
from archive.models import DateCertainty, Issue, Page
from archive.paths import path_to
from archive.script import language_of

register = template.Library()


@register.filter
def shown(text: str) -> str:
    """Chinese text with OCR's half-width marks set full-width."""
    return reading_text.full_width(text or "")


@register.filter
def language(text: str) -> str:
    """The tag of a short text's script; articles and photos know theirs."""
    return language_of(text or "")


@register.filter
def excerpt(text: str, length: int = 90) -> str:
    """The beginning of a text. Only what can come into it, a dateline before it included, is looked at."""
    return reading_text.excerpt(reading_text.full_width((text or "")[: length * 2 + 200]), length)


@register.filter
def day(date: dt.date | None) -> str:
    """2021年10月24日, or 日期不详."""
    return dates.long_date(date) if date else _("日期不详")


@register.filter
def weekday(date: dt.date | None) -> str:
    """2021年10月24日 星期日."""
    return dates.long_date(date, weekday=True) if date else _("日期不详")


@register.filter
def event_day(value: str) -> str:
    """An ISO date of any precision, or text that readers understand."""
    return dates.event_date(value) if value else _("日期不详")


@register.filter
def until(first: dt.date | str, last: dt.date | str) -> str:
    """2021年9月30日—2021年10月21日; one date where both are the same."""
    return dates.span(str(first), str(last))


@register.filter
def year_name(year: int) -> str:
    """2021年."""
    return dates.year_name(year)


@register.filter
def month_name(number: int, year: int = 0) -> str:
    """10月, or 2021年10月 with the year."""
    return dates.month_name(year, number)


@register.simple_tag
def text(value: str, links: Any = ()) -> SafeString:
    """A paragraph with people linked."""
    return reading_text.render(value, links)


@register.simple_tag(takes_context=True)
def at_page(context: dict[str, Any], number: int) -> str:
    """This address at another page of its list."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query["page"] = str(number)
    if number == 1:
        del query["page"]
    return f"?{query.urlencode()}" if query else request.path


@register.filter
def page_range(page: PageOfList[Any]) -> list[int | str]:
    """The page numbers to show, … where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.simple_tag
def share(part: float, whole: float, steps: int = 20) -> int:
    """``part`` of ``whole`` in steps from 0 to ``steps``, for a bar's class; at least 1 for anything at all."""
    if not part or not whole:
        return 0
    return max(1, round(steps * part / whole))


@register.filter
def issues_told(n: int) -> str:
    """5 期."""
    return _issues_told(n, get_language())


@lru_cache(maxsize=500)
def _issues_told(n: int, _language: str | None) -> str:
    return ngettext("%(n)s 期", "%(n)s 期", n) % {"n": n}


@register.simple_tag
def issue_date(issue: Issue, explain: bool = False) -> SafeString:
    """An issue's date with 约 where it is estimated; ``explain`` adds why, on demand."""
    told = _issue_date(issue.date, issue.edition, issue.date_certainty, get_language())
    if not explain:
        return told
    return SafeString(render_to_string("parts/issue_date.html", {"issue": issue, "told": told}))


@lru_cache(maxsize=2000)
def _issue_date(date: dt.date | None, edition: str, certainty: str, _language: str | None) -> SafeString:
    """Set once, since the rows of a list come from a few issues; not a template, since those of hits come from many."""
    told = format_html("{}", _("日期不详"))
    if date:
        about = format_html('<span class="about" title="{}">{}</span>', _("日期为推定"), _("约"))
        estimated = certainty == DateCertainty.ESTIMATED
        told = format_html('<time datetime="{}">{}{}</time>', date, about if estimated else "", day(date))
    return format_html('{} <span lang="zh-Hans">{}</span>', told, edition) if edition else told


@register.filter
def path(word: str, name: str) -> str:
    """The path of the person, place or section of this slug: {{ other.slug|path:"person" }}. Lists have a hundred, and
    {% url %} looks each one up."""
    return path_to(name, word)


@register.simple_tag
def printed_in(page: Page) -> SafeString:
    """The issue and page of a piece among the details of its line in a list."""
    issue = page.issue
    of = (issue.date, issue.edition, issue.date_certainty, get_language())
    return _printed_in(*of, issue.newspaper.name, page.title if page.number or page.name else "")


@lru_cache(maxsize=2000)
def _printed_in(
    date: dt.date | None, edition: str, certainty: str, language: str | None, newspaper: str, page: str
) -> SafeString:
    place = " · ".join(filter(None, (newspaper, page)))
    told = _issue_date(date, edition, certainty, language)
    said = (told, language_of(place), place)
    return format_html('<span>{}</span><span lang="{}">{}</span>', *said)


@register.filter
def absolute(path: str, request: HttpRequest) -> str:
    """A path as a whole address."""
    return request.build_absolute_uri(path)


@register.filter
def weeks(month: Month) -> SafeString:
    """A month's weeks as the rows of a table. Not a template: a year has hundreds of days, and they were most of its
    time."""
    return SafeString("".join(f"<tr>{''.join(map(_cell, week))}</tr>" for week in month.weeks))


def _cell(one: Day | None) -> str:
    if one is None:
        return "<td></td>"
    if not one.entries:
        return f'<td class="gap">{one.date.day}</td>' if one.gap else f"<td>{one.date.day}</td>"
    return f'<td class="shade-{one.shade}">{"".join(_links(one))}</td>'


def _links(one: Day) -> Iterator[str]:
    date, language = day(one.date), get_language()
    for number, entry in enumerate(one.entries):
        estimated = _("日期为推定") if entry.estimated else ""
        told = [date, entry.name, _articles(entry.articles, language), estimated]
        label = escape(" ".join(filter(None, told)))
        shown_day = f"{one.date.day}{'<i>*</i>' if entry.estimated else ''}" if not number else ""
        name = f'<small lang="zh-Hans">{escape(entry.name)}</small>' if entry.name else ""
        yield f'<a href="{escape(entry.href)}" title="{label}" aria-label="{label}">{shown_day}{name}</a>'


@lru_cache(maxsize=500)
def _articles(n: int, _language: str | None) -> str:
    return ngettext("%(n)s 篇", "%(n)s 篇", n) % {"n": n}


@register.simple_tag
def event_text(story: Any) -> SafeString:
    """The sentence of a person's event with the person's name marked."""
    return reading_text.render(story.text, (), story.name_at)


@register.filter
def split_words(words: str) -> list[str]:
    """Words apart at spaces."""
    return words.split()
