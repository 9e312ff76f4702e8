"""Pages for staff within the reading room."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required, user_passes_test
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.calendar import Entry, year_of
from archive.charts import bar_chart, line_chart
from archive.events import Event
from archive.models import Article, Issue, Person, Photo
from archive.order import NEWEST_FIRST
from archive.people_pages import Told, network
from archive.structure import Role
from archive.tallies import Named
from archive.views.respond import show

SENTENCE = "10月21日上午，示范区党工委书记吕沛到信访大厅接待群众来访。"


@login_required(login_url="admin:login")
@user_passes_test(lambda user: user.is_staff, login_url="admin:login")
@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in use, with made-up and real contents."""
    months = [f"2021-{month:02}" for month in range(1, 13)]
    values = [3, 5, 2, 8, 13, 9, 4, 6, 11, 21, 7, 1]
    entries = [
        Entry(dt.date(2021, 10, day), "#", "晚刊" if day == 9 else "", day % 7 * 8, day > 20)
        for day in (2, 3, 5, 9, 9, 13, 14, 20, 24, 27)
    ]
    people = [Named("吕沛", "吕沛", 16, "lǚ pèi"), Named("宫卫红", "宫卫红", 9, "gōng wèihóng")]
    articles = Article.objects.listed().for_lists("body").order_by(*NEWEST_FIRST)
    event = Event("2021-10-21", "上午", 0, 0, len(SENTENCE))
    return show(
        request,
        "archive/style_guide.html",
        {
            "articles": articles[:3],
            "listing": Paginator(articles, 2).get_page(1),
            "months": [(2021, 16, [(month, month) for month in range(1, 13)]), (2020, 4, [])],
            "chosen": {"year": 2021, "month": 10},
            "photos": Photo.objects.listed()
            .select_related("page__issue__newspaper")
            .order_by(*NEWEST_FIRST)[:2],
            "issue": Issue.objects.shown().select_related("newspaper").first(),
            "autumn": year_of(2021, entries)[8:11],
            "bars": bar_chart(dict(zip(months, values, strict=True))),
            "lines": line_chart(months, [("项目", values), ("信访", values[::-1])]),
            "people": people,
            "somebody": Person(name="吕沛", reading="lǚ pèi", aliases=["老吕"], note="写给读者的说明。"),
            "network": network(people),
            "sections": [Named("law", "法治信访", 3), Named("projects", "项目招商", 5)],
            "stories": [Told(event, article, SENTENCE, ((17, 19),)) for article in articles[:1]],
            "roles": list(Role),
        },
    )
