"""What holds for any words of time and any issue: no error, and no event after the issue."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.dates import event_dates, issue_date
from archive.parsing.expressions import expressions
from archive.structure import Certainty, Dated

WORDS = [
    "农历",
    "阴历",
    "闰",
    "正月",
    "腊月",
    "初",
    "廿",
    "卅",
    "十",
    "三",
    "十五",
    "九",
    "辛丑年",
    "2021年",
    "2999年",
    "2021",
    ".",
    "-",
    "/",
    "10",
    "31",
    "32",
    "0",
    "月",
    "日",
    "号",
    "上周",
    "本周",
    "周",
    "星期",
    "礼拜",
    "一",
    "天",
    "五",
    "上个月",
    "本月",
    "15日",
    "昨日",
    "前天",
    "去年",
    "民国",
    "元年",
    "，",
    "上午",
    "旬",
    "中旬",
    "底",
    "到",
    "至",
    "将于",
    "年",
    "12月31日",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join), st.dates())
def test_words_of_time_in_any_order_on_any_day(text: str, day: dt.date) -> None:
    found = expressions(text, lambda _: 1, lead=90)
    given_date = Dated(day.isoformat(), Certainty.GIVEN)
    for event in event_dates(found, given_date):
        assert event.value <= day.isoformat()[: len(event.value)]
    assert issue_date(found, given_date).issue == given_date
    issue_date(found, Dated())
    event_dates(found, Dated())
