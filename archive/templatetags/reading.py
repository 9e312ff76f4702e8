"""Dates, text and addresses as templates need them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.core.paginator import Page as PageOfList
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive import dates, reading_text
from archive.models import Issue

register = template.Library()


@register.filter
def shown(text: str) -> str:
    """Chinese text with OCR's half-width marks set full-width."""
    return reading_text.full_width(text or "")


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


@register.inclusion_tag("parts/issue_date.html")
def issue_date(issue: Issue, explain: bool = False) -> dict[str, Any]:
    """An issue's date with 约 where it is estimated; ``explain`` adds why, on demand."""
    return {"issue": issue, "explain": explain}


@register.filter
def absolute(path: str, request: HttpRequest) -> str:
    """A path as a whole address."""
    return request.build_absolute_uri(path)


@register.filter
def weekday_names(names: str) -> list[str]:
    """The seven letters of a week, from Monday, as a list."""
    return list(names)


@register.simple_tag
def event_text(story: Any) -> SafeString:
    """The sentence of a person's event with the person's name marked."""
    return reading_text.render(story.text, (), story.name_at)


@register.filter
def split_words(words: str) -> list[str]:
    """Words apart at spaces."""
    return words.split()
