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
from search.dates import Period, Stretch, period_of, period_said, said_in, stretch_in
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


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("吕沛 2021年10月至12月", "2021-10", "2021-12"),
        ("吕沛2021年10-12月", "2021-10", "2021-12"),
        ("2021年10月到2022年1月", "2021-10", "2022-01"),
        ("２０２１年１０月～１２月", "2021-10", "2021-12"),
        ("二〇二一年十月至十二月", "2021-10", "2021-12"),
        ("10月20日至22日", "-10-20", "-10-22"),
        ("2021年10月20-22日", "2021-10-20", "2021-10-22"),
        ("2021年十月二十日到十一月三日", "2021-10-20", "2021-11-03"),
        ("2021年12月31日至2022年1月2日", "2021-12-31", "2022-01-02"),
        ("2020-2021年", "2020", "2021"),
        ("2021年上半年", "2021-01", "2021-06"),
        ("下半年", "-07", "-12"),
        ("2021年第三季度", "2021-07", "2021-09"),
        ("4季度", "-10", "-12"),
        ("2021年10月", "2021-10", "2021-10"),
    ],
)
def test_stretches_of_time_as_people_say_them(text: str, first: str, last: str) -> None:
    said = stretch_in(text)
    assert said is not None
    assert (said.first, said.last) == (first, last)
    assert text[said.end :] == ""


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2021年11月至2月",
            "12月至2021年1月",
            "2021年2月20日至30日",
            "2021年10月22日至20日",
            "2021年至2020年",
        ),
        *("至", "半年", "季度", "吕沛到村", "5-3月"),
    ],
)
def test_what_is_no_stretch(text: str) -> None:
    assert stretch_in(text) is None


@pytest.mark.parametrize(
    "raw", ["吕沛 2021年10月20日至11月", "吕沛 2021年10月至11月3日", "吕沛 2021年10月到12日"]
)
def test_half_said_stretches_are_not_guessed_at(raw: str) -> None:
    assert wanted(raw) is None


@given(st.text("二十至到年月日上下半季度第-~0123456789 吕", max_size=30))
def test_a_stretch_said_lies_where_it_says_and_does_not_end_before_it_begins(text: str) -> None:
    said = stretch_in(text)
    if said is None:
        return
    assert said.first <= said.last
    again = stretch_in(text[said.start : said.end])
    assert again is not None
    assert (again.first, again.last) == (said.first, said.last)


@given(
    ends=st.tuples(st.dates(dt.date(1500, 1, 1), dt.date(2199, 12, 31)), st.dates(dt.date(1500, 1, 1), dt.date(2199, 12, 31))),
    date=st.dates(dt.date(1500, 1, 1), dt.date(2199, 12, 31)),
    length=st.sampled_from([4, 7, 10]),
    known=st.sampled_from([4, 7, 10]),
)  # fmt: skip
def test_a_stretch_holds_what_lies_in_it_for_certain(
    ends: tuple[dt.date, dt.date], date: dt.date, length: int, known: int
) -> None:
    first, last = (day.isoformat()[:length] for day in sorted(ends))
    begin, end, day = period_of(first), period_of(last), period_of(date.isoformat()[:known])
    assert begin and end and day  # noqa: PT018 - all are dates
    lies = begin.first <= day.first and day.last <= end.last
    held = Stretch(first, last, 0, 0).holds(date.isoformat()[:known])
    assert lies or not held
    assert held or not lies or known < length


def test_what_somebody_did_from_when_to_when(db: None) -> None:
    factories.page([did(20), did(22), did(23), did(5, month=11), did(7, month=2, year=2022), did(1, month=3)])
    vague = Story(
        headline="十月的事", paragraphs=("10月，吕沛说。",), event_dates=("2021-10",), people={"吕沛": ""}
    )
    factories.page([vague], date=dt.date(2021, 11, 2))
    for query, days in (
        ("吕沛 2021年10月20日至22日", ["2021-10-22", "2021-10-20"]),
        ("吕沛 10月20日至22日", ["2021-10-22", "2021-10-20"]),
        ("吕沛2021年下半年做了什么", ["2021-11-05", "2021-10-23", "2021-10-22", "2021-10-20", "2021-10"]),
        ("吕沛 2021年第一季度", ["2021-03-01"]),
        ("吕沛 2021年11月至2022年2月", ["2022-02-07", "2021-11-05"]),
        (
            "吕沛 2020年至2021年",
            ["2021-11-05", "2021-10-23", "2021-10-22", "2021-10-20", "2021-10", "2021-03-01"],
        ),
        ("吕沛 上半年", ["2022-02-07"]),
    ):
        told = answer(query)
        assert told is not None
        assert [story.event.date for story in told.stories] == days, query
        assert told.articles == len(days)
        assert told.query == ""
    nothing = answer("吕沛 2021年4月至6月")
    assert nothing is not None
    assert nothing.stories == ()


def with_(*people: str, day: int = 3, month: int = 10, writer: str = "") -> Story:
    return Story(
        headline=f"{month}月{day}日{'、'.join(people)}",
        paragraphs=(f"{month}月{day}日，{'、'.join(people)}到场。",),
        event_dates=(f"2021-{month:02}-{day:02}",),
        people=dict.fromkeys(people, ""),
        reporters=(writer,) if writer else (),
    )


@pytest.fixture
def two(db: None) -> None:
    factories.page(
        [
            with_("吕沛", "宫卫红"),
            with_("吕沛", day=4, writer="郭树勋"),
            with_("宫卫红", day=5, writer="郭树勋"),
            with_("吕沛", "宫卫红", day=6, month=9),
            with_("李和平", "吕沛", day=7),
            with_("吕沛", day=8),
        ]
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("吕沛和宫卫红", ["10月3日吕沛、宫卫红", "9月6日吕沛、宫卫红"]),
        ("宫卫红与吕沛 2021年10月", ["10月3日吕沛、宫卫红"]),
        ("吕沛、宫卫红 2021年第三季度", ["9月6日吕沛、宫卫红"]),
        ("吕沛 和 宫卫红 2021年10月一起做了什么", ["10月3日吕沛、宫卫红"]),
        ("吕沛和郭树勋 2021年10月", ["10月4日吕沛"]),  # who wrote it is there too
        ("吕沛同李和平10月", ["10月7日李和平、吕沛"]),
        ("李和平和吕沛", ["10月7日李和平、吕沛"]),
        ("吕沛和宫卫红 9月", ["9月6日吕沛、宫卫红"]),
        ("吕沛和宫卫红 2021年1月至3月", []),
        ("宫卫红和李和平", []),
    ],
)
def test_two_people_together(two: None, query: str, titles: list[str]) -> None:
    found = answer(query)
    assert found is not None
    assert len(found.people) == 2
    assert [article.title for article in found.together] == titles
    assert found.articles == len(titles)


def test_a_name_with_a_joining_word_in_it_is_one_name(two: None) -> None:
    for query in ("李和平", "李和平 10月"):
        found = answer(query)
        assert found is not None
        assert [person.name for person in found.people] == ["李和平"]
        assert found.together == ()
    assert answer("吕沛和王一") is None
    assert answer("吕沛和信访") is None


def test_what_can_be_read_in_two_ways_is_not_answered(db: None) -> None:
    factories.page(
        [
            with_("甲乙", "和同丙", day=1),
            with_("甲乙和", "丙丁", day=2),
            with_("甲乙", "同丙丁"),
            with_("甲乙和", "丙丁"),
        ]
    )
    assert answer("甲乙和同丙丁") is None  # 甲乙 and 同丙丁, or 甲乙和 and 丙丁


def test_two_people_of_one_name_are_not_taken_for_a_pair(two: None) -> None:
    other = factories.person("吕沛二")
    type(other).objects.filter(pk=other.pk).update(name="吕沛")
    factories.page([Story(headline="另一位", paragraphs=("吕沛二到场。",), people={"吕沛二": ""})])
    found = answer("吕沛和宫卫红")
    assert found is not None
    assert (len(found.people), found.together) == (3, ())


def test_too_many_articles_of_both_are_not_read(two: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_SHARED", 1)
    found = answer("吕沛和宫卫红")
    assert found is not None
    assert found.together == ()


def test_what_both_are_in_stands_above_the_hits(client: Client, two: None, data_folder: object) -> None:
    current().rebuild(all_documents())
    above = said_above(client, "q=吕沛和宫卫红 2021年9月至10月")
    assert "两人都在其中的文章 · 2021年9月—2021年10月 2 " in above
    assert "10月3日吕沛、宫卫红" in above
    Article.objects.filter(headline="10月3日吕沛、宫卫红").update(visibility="withheld")
    assert "10月3日" not in said_above(client, "q=吕沛和宫卫红 2021年9月至10月")
    with CaptureQueriesContext(connection) as queries:
        assert said_above(client, "q=吕沛和宫卫红 2021年9月")
    assert len(queries) <= 8
