"""A search that asks for people and a time: how it is read, and what is said above its hits."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Article
from search import answers
from search.answers import MOST_TOLD, answer, wanted
from search.collection import all_documents
from search.dates import Period, period_said, said_in
from search.engines import current
from tests import factories
from tests.factories import Story


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021年", "2021"),
        ("吕沛 2021年10月", "2021-10"),
        ("吕沛2021年10月21日", "2021-10-21"),
        ("2021年十二月3号", "2021-12-03"),
        ("２０２１年１０月", "2021-10"),
        ("吕沛 二〇二一年十月二十一日", "2021-10-21"),
        ("2021年十月三十日", "2021-10-30"),
        ("十月五日", "-10-05"),
        ("2021年10月份", "2021-10"),
        ("吕沛2021-10", "2021-10"),
        ("2021.10.21", "2021-10-21"),
        ("2021/10", "2021-10"),
        ("吕沛 10月", "-10"),
        ("十月", "-10"),
        ("3月5日", "-03-05"),
        ("did in October 2021", "2021-10"),
        ("21 Oct. 2021", "2021-10-21"),
        ("May 2021", "2021-05"),
    ],
)
def test_dates_as_people_say_them(text: str, iso: str) -> None:
    said = said_in(text)
    assert said is not None
    assert said.iso == iso


@pytest.mark.parametrize(
    "text",
    ["", "吕沛", "第10次", "12021", "20210", "2021-13", "十几月", "may", "maybe 吕沛", "13月", "3000年"],
)
def test_what_is_no_date(text: str) -> None:
    assert said_in(text) is None


@given(st.text("二十月年日号0123456789-./ 吕OctMay", max_size=30))
def test_a_date_said_lies_where_it_says(text: str) -> None:
    said = said_in(text)
    if said is not None:
        assert said_in(text[said.start : said.end]) is not None
        period_said(text)


def test_only_a_whole_date_with_its_year_is_a_period() -> None:
    assert period_said("2021年10月") == Period("2021-10-01", "2021-10-31")
    assert period_said("2021年2月30日") is None
    assert period_said("10月") is None
    assert period_said("吕沛2021年10月") is None


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("吕沛", ["吕沛"]),
        ("2021年10月吕沛做了什么", ["吕沛"]),
        ("吕沛在2021年10月干了啥？", ["吕沛"]),
        ("关于吕沛的消息", ["吕沛"]),
        ("吕沛是谁？", ["吕沛"]),
        ("请问谁是吕沛", ["吕沛"]),
        ("吕沛二〇二一年十月做了什么", ["吕沛"]),
        ("what did 吕沛 do in October 2021", ["吕沛"]),
        ("吕沛 宫卫红 2021", ["吕沛", "宫卫红"]),
        ("铁木尔·达瓦买提", ["铁木尔·达瓦买提"]),
    ],
)
def test_whom_a_search_asks_for(raw: str, names: list[str]) -> None:
    asked = wanted(raw)
    assert asked is not None
    assert all(name in found for name, found in zip(names, asked.names, strict=True))


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "2021年10月",
        "吕沛*",
        "人物:吕沛",
        "吕沛 -信访",
        "吕沛|宫卫红",
        "吕沛 5G",
        "吕沛 Tesla",
        "的",
        "甲 乙 丙 丁",
        "吕沛" * 40,
    ],
)
def test_what_asks_for_nobody(raw: str) -> None:
    assert wanted(raw) is None


def test_a_name_that_ends_like_a_question_is_still_a_name(db: None) -> None:
    factories.page([Story(paragraphs=("10月21日，李都参加。",), people={"李都": ""})])
    found = answer("李都")
    assert found is not None
    assert [person.name for person in found.people] == ["李都"]


def did(day: int, month: int = 10, year: int = 2021) -> Story:
    return Story(
        headline=f"{year}年{month}月{day}日的事",
        paragraphs=(f"本报讯{year}年{month}月{day}日上午，吕沛到第{day}村。",),
        event_dates=(f"{year}-{month:02}-{day:02}",),
        people={"吕沛": "书记"},
    )


def test_what_somebody_did_in_a_month_without_its_year_is_of_the_newest(db: None) -> None:
    factories.page([did(3), did(5, month=9)])
    factories.page([did(7, year=2020)], date=dt.date(2020, 10, 8))
    told = answer("吕沛 10月")
    assert told is not None
    assert (told.period, told.articles) == ("2021-10", 1)
    assert [story.event.date for story in told.stories] == ["2021-10-03"]
    assert told.query == "year=2021&month=10"
    older = answer("吕沛2020年10月")
    assert older is not None
    assert [story.text for story in older.stories] == ["本报讯2020年10月7日上午，吕沛到第7村。"]


def test_the_day_asked_for_is_kept_to(db: None) -> None:
    factories.page([did(3), did(5)])
    told = answer("吕沛 2021年10月5日")
    assert told is not None
    assert [story.event.date for story in told.stories] == ["2021-10-05"]


def test_of_a_time_of_which_nothing_is_known_only_the_person_is_told(db: None) -> None:
    factories.page([did(3)])
    told = answer("吕沛 1999年1月")
    assert told is not None
    assert (told.people[0].name, told.period, told.stories) == ("吕沛", "", ())


def test_who_is_not_in_the_archive_is_not_answered_for(db: None) -> None:
    factories.page([did(3)])
    assert answer("宫卫红 10月") is None
    assert answer("吕沛 信访") is None


def test_no_more_is_told_or_read_than_fits(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.page([did(day) for day in range(1, MOST_TOLD + 3)])
    told = answer("吕沛 2021-10")
    assert told is not None
    assert len(told.stories) == MOST_TOLD
    assert told.articles == 0  # as many as there may be is not said
    monkeypatch.setattr(answers, "MOST_READ", 2)
    few = answer("吕沛 2021-10")
    assert few is not None
    assert (len(few.stories), few.articles) == (2, 0)
    first = answer("吕沛 2021年10月1日")  # the articles of that day are read, not the newest of its month
    assert first is not None
    assert [story.event.date for story in first.stories] == ["2021-10-01"]


@pytest.fixture
def archive(db: None, data_folder: object) -> None:
    factories.page([did(3), did(5)])
    current().rebuild(all_documents())


def said_above(reader: Client, query: str) -> str:
    html = reader.get("/search/?" + query).content.decode()
    found = re.search(r'<section class="answer".*?</section>', html, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def test_the_answer_stands_above_the_hits_until_they_are_narrowed(client: Client, archive: None) -> None:
    above = said_above(client, "q=吕沛 2021年10月")
    assert "2 件事 · 2 篇文章" in above
    assert "本报讯2021年10月5日上午， 吕沛 到第5村。" in above
    assert said_above(client, "q=吕沛") != ""
    assert said_above(client, "q=吕沛&month=2021-10") == ""
    assert said_above(client, "q=第3村") == ""


def test_what_is_withheld_is_not_told(client: Client, archive: None) -> None:
    Article.objects.filter(headline="2021年10月5日的事").update(visibility="withheld")
    assert "第5村" not in said_above(client, "q=吕沛 2021年10月")
    assert "第3村" in said_above(client, "q=吕沛 2021年10月")
    Article.objects.update(visibility="withheld")
    assert said_above(client, "q=吕沛 2021年10月") == ""


@pytest.mark.parametrize("query", ["吕沛", "吕沛 2021年10月", "吕沛2021-10"])
def test_an_answer_asks_the_database_little(client: Client, archive: None, query: str) -> None:
    client.get("/search/?q=" + query)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert said_above(client, "q=" + query)
    assert len(queries) <= 8
