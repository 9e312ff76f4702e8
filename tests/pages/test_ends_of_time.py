"""Whatever date an address, a search or an issue has, there is a page: the calendar's first and last days too."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from archive import month_counts
from archive.calendar import Entry, year_of
from archive.models import Article, Issue, MonthCount, Page
from search.collection import all_documents
from search.engines import current
from tests import factories
from tests.factories import Picture, Story

FIRST, LAST = dt.date.min, dt.date.max


@pytest.fixture
def archive(db: None, data_folder: object, settings: Any) -> list[Page]:
    """Issues on the first and last days that there are, a correction in each."""
    settings.SEARCH_RATE = 0
    pages = []
    for date in (FIRST, dt.date(2021, 10, 24), LAST):
        stories = [
            Story(sections=("law",), event_dates=(date.isoformat(),)),
            Story(headline="更正", genre="更正", paragraphs=("《吕沛到信访大厅接待群众来访》有误。",)),
        ]
        pages.append(factories.page(stories, [Picture()], date=date, certainty="printed"))
    current().rebuild(all_documents())
    return pages


def answers(reader: Client, address: str) -> None:
    """The address gives a page, or says that there is none."""
    for language in ("zh-CN", "en"):
        status = reader.get(address, headers={"accept-language": language}, follow=True).status_code
        assert status in (200, 404), (address, language, status)


def test_what_was_printed_on_the_first_and_last_days_has_pages(reader: Client, archive: list[Page]) -> None:
    for page in archive:
        article = page.articles.order_by("position").first()
        year = page.issue.date.year
        for address in (
            *("/", "/issues/", "/articles/", "/sections/law/", "/people/吕沛/", "/photos/", "/about/"),
            *("/on-this-day/?month=1&day=1", "/on-this-day/?month=12&day=31", "/trends/?q=吕沛"),
            *(
                "/search/?q=吕沛",
                "/search/?q=吕沛&sort=oldest",
                "/search/feed.xml?q=吕沛",
                "/feeds/articles.xml",
            ),
            *(f"/issues/{year}/", f"/issues/jiaozuo-ribao/?year={year}", page.issue.get_absolute_url()),
            *(page.get_absolute_url(), page.photos.get().get_absolute_url()),
            *(f"/people/吕沛/?year={year}", f"/sections/law/?year={year}&month={page.issue.date.month}"),
            *(
                f"/articles/{piece.key}{form}"
                for piece in page.articles.all()
                for form in ("/", "/print", ".json", ".ris", ".bib")
            ),
        ):
            assert reader.get(address).status_code == 200, address
            answers(reader, address)
        assert (
            article.headline
            in reader.get(f"/articles/?year={year}&month={page.issue.date.month}").content.decode()
        )
    for name in ("ways", "articles", "issues", "pages", "photos", "people"):
        assert reader.get(f"/sitemap-{name}.xml").status_code == 200


def test_months_are_counted_to_the_end_of_time(archive: list[Page]) -> None:
    counted = {month.month: month.articles for month in month_counts.every()}
    assert counted == {"0001-01": 2, "2021-10": 2, "9999-12": 2}
    assert not MonthCount.objects.filter(stale=True).exists()


@trying(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(date=st.dates())
@example(FIRST)
@example(LAST)
@example(dt.date(9999, 11, 30))
@example(dt.date(1, 12, 31))
def test_every_date_may_be_asked_for(reader: Client, archive: list[Page], date: dt.date) -> None:
    month = f"{date.isoformat()[:7]}"
    for address in (
        f"/issues/jiaozuo-ribao/{date}/",
        f"/issues/{date.year}/",
        f"/issues/jiaozuo-ribao/?year={date.year}",
        f"/on-this-day/?month={date.month}&day={date.day}",
        f"/articles/?year={date.year}&month={date.month}",
        f"/people/吕沛/?year={date.year}&month={date.month}",
        f"/search/?q=吕沛&from={date}&to={date}",
        f"/search/?q=吕沛&month={month}&year={month[:4]}",
        f"/search/?q=吕沛 {date}",
        f"/search/?q=吕沛 {date.year}年{date.month}月{date.day}日",
        f"/search/?q=日期:{date}..{date}",
    ):
        answers(reader, address)


@trying(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.one_of(st.from_regex(r"-?\d{1,5}(-\d{1,3}){0,2}", fullmatch=True), st.text(max_size=8)))
@example("0000-00")
@example("2021-13")
@example("2021-xx")
@example("١٢٣٤-٥٦")
def test_what_is_no_date_may_be_asked_for_too(reader: Client, archive: list[Page], value: str) -> None:
    for address, name in (
        *(("/articles/", name) for name in ("year", "month", "page")),
        *(("/on-this-day/", name) for name in ("month", "day")),
        *(("/search/", name) for name in ("q", "from", "to", "year", "month", "p")),
        *(("/people/吕沛/", name) for name in ("year", "month")),
        ("/trends/", "q"),
    ):
        for language in ("zh-CN", "en"):
            given_values = {"q": "吕沛", "year": "2021"} | {name: value}
            response = reader.get(address, given_values, headers={"accept-language": language}, follow=True)
            assert response.status_code in (200, 404), (address, name, value)


@given(date=st.dates())
@example(FIRST)
@example(LAST)
def test_a_year_has_each_of_its_days_once(date: dt.date) -> None:
    months = year_of(date.year, [Entry(date, "/", "", 3, False)])
    days = [day.date for month in months for week in month.weeks for day in week if day]
    assert days[0] == dt.date(date.year, 1, 1)
    assert days == sorted(set(days))
    assert len(days) == dt.date(date.year, 12, 31).timetuple().tm_yday
    assert all(len(week) == 7 for month in months for week in month.weeks)
    assert all(
        day.date.weekday() == place
        for month in months
        for week in month.weeks
        for place, day in enumerate(week)
        if day
    )
    assert [day.date for month in months for week in month.weeks for day in week if day and day.entries] == [
        date
    ]


@trying(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dates(), last=st.dates(), date=st.dates())
@example(FIRST, LAST, LAST)
@example(LAST, LAST, LAST)
def test_months_hold_their_days(db: None, first: dt.date, last: dt.date, date: dt.date) -> None:
    first, last = sorted((first, last))
    issue, _made = Issue.objects.get_or_create(
        newspaper=factories.newspaper(), date=date, date_certainty="given"
    )
    held = Issue.objects.filter(
        month_counts.days_of(first.isoformat()[:7], last.isoformat()[:7]), pk=issue.pk
    )
    assert held.exists() == (first.isoformat()[:7] <= date.isoformat()[:7] <= last.isoformat()[:7])


def test_a_correction_within_reach_of_the_end_leads_to_what_it_corrects(
    reader: Client, archive: list[Page]
) -> None:
    for page in archive:
        corrected = page.articles.get(position=1)
        correction = page.articles.get(position=2)
        assert correction.key in reader.get(corrected.get_absolute_url()).content.decode()
        assert corrected.key in reader.get(correction.get_absolute_url()).content.decode()
    assert Article.objects.count() == 6
