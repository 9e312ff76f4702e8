"""Calendar, charts, events, citations: values without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from archive import citations, dates
from archive.calendar import Entry, year_of
from archive.charts import bar_chart, ceiling, line_chart, months_between, years_between
from archive.citations import Cited
from archive.events import events_of
from archive.projection import CLAUSE_MAX, first_clause
from archive.templatetags.charts import bars, rows
from archive.templatetags.reading import weeks
from search.highlight import Piece
from search.templatetags.search import choices, pieces
from search.views import Choice


def entry(day: dt.date, name: str = "", articles: int = 9) -> Entry:
    return Entry(day, f"/issues/x/{day}/", name, articles, False)


def days_of(months: tuple) -> dict:
    return {day.date: day for month in months for week in month.weeks for day in week if day}


@given(st.integers(1850, 2100))
def test_a_year_has_each_of_its_days_once(year: int) -> None:
    months = year_of(year, [])
    days = [day.date for month in months for week in month.weeks for day in week if day]
    assert len(days) == len(set(days)) == (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    assert all(len(week) == 7 for month in months for week in month.weeks)


def test_gaps_lie_between_issues_only() -> None:
    days = days_of(year_of(2021, [entry(dt.date(2021, 3, 1)), entry(dt.date(2021, 3, 5))]))
    gaps = [day.date.isoformat() for day in days.values() if day.gap]
    assert gaps == ["2021-03-02", "2021-03-03", "2021-03-04"]


@pytest.mark.parametrize(
    ("years", "gaps"),
    [([2021], 0), ([2020, 2021], 59), ([2021, 2023], 305), ([2019, 2021, 2022], 364)],
)
def test_gaps_reach_to_the_issues_of_other_years(years: list[int], gaps: int) -> None:
    days = days_of(year_of(2021, [entry(dt.date(2021, 3, 1))], years))
    assert sum(day.gap for day in days.values()) == gaps


def test_several_editions_of_a_day_are_told_apart_and_counted() -> None:
    day = dt.date(2021, 10, 24)
    found = days_of(year_of(2021, [entry(day, "晚刊", 30), entry(day, "", 20)]))[day]
    assert [one.name for one in found.entries] == ["", "晚刊"]
    assert (found.articles, found.shade) == (50, 4)


@given(st.just(0.0) | st.floats(0.01, 1e9))
def test_a_ceiling_is_round_and_no_lower(value: float) -> None:
    top = ceiling(value)
    assert top >= value * (1 - 1e-9)
    assert f"{top:e}"[0] in "125"


@given(st.dictionaries(st.text("0123456789-", min_size=4, max_size=7), st.integers(0, 10_000), max_size=60))
def test_bars_stay_in_their_picture_and_in_order(values: dict[str, float]) -> None:
    chart = bar_chart(values)
    assert [bar.label for bar in chart.bars] == list(values)
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= chart.width + 1
        assert bar.y + bar.height == pytest.approx(chart.base, abs=0.2)
        assert bar.y >= 0


def test_bars_and_their_table_say_each_value_and_lead_to_it() -> None:
    chart = bar_chart({"2021-10": 3, "2021-11": 0, "<b>&": 2}, {"2021-10": "?year=2021&month=10"})
    svg, table = bars(chart), rows(chart)
    assert svg.count("<rect ") == table.count("<tr>") == 2
    assert '<a href="?year=2021&amp;month=10" aria-label="2021-10: 3"><rect class="bar" ' in svg
    assert "<title>&lt;b&gt;&amp;: 2</title></rect>" in svg
    assert table == (
        '<tr><th scope="row"><a href="?year=2021&amp;month=10">2021-10</a></th><td>3</td></tr>'
        '<tr><th scope="row">&lt;b&gt;&amp;</th><td>2</td></tr>'
    )


def test_a_day_of_the_calendar_leads_to_its_issues() -> None:
    day = dt.date(2021, 10, 24)
    entries = [entry(day, "早<版>", 3), replace(entry(day, "晚版", 4), estimated=True)]
    shown = weeks(year_of(2021, entries)[9])
    assert shown.count("<tr>") == 5
    assert shown.startswith("<tr><td></td><td></td><td></td><td></td><td>1</td>")
    assert (
        '<td class="shade-2"><a href="/issues/x/2021-10-24/" title="2021年10月24日 早&lt;版&gt; 3 篇"'
        in shown
    )
    assert '>24<small lang="zh-Hans">早&lt;版&gt;</small></a>' in shown
    assert (
        'aria-label="2021年10月24日 晚版 4 篇 日期为推定"><small lang="zh-Hans">晚版</small></a></td>'
        in shown
    )


def test_a_facet_s_values_are_told_as_text() -> None:
    taken = Choice("<甲>", 3, "q=a&section=x", chosen=True)
    assert choices([taken, replace(taken, chosen=False)]) == (
        '<li><a href="?q=a&amp;section=x" rel="nofollow" aria-current="true">&lt;甲&gt;</a>'
        ' <span class="count">3</span></li>'
        '<li><a href="?q=a&amp;section=x" rel="nofollow">&lt;甲&gt;</a> <span class="count">3</span></li>'
    )


def test_hits_are_marked_and_everything_is_told_as_text() -> None:
    assert pieces([Piece("<甲>,"), Piece("<乙>", hit=True), Piece("…")]) == (
        "&lt;甲&gt;,<mark>&lt;乙&gt;</mark>…"
    )


def test_lines_have_a_point_for_each_label() -> None:
    chart = line_chart(["2021", "2022", "2023"], [("一", [1, 2, 3]), ("二", [0, 0, 0])])
    assert [len(line.dots) for line in chart.lines] == [3, 3]
    assert chart.lines[0].dots[2][1] < chart.lines[0].dots[0][1]


def test_a_line_is_broken_where_there_is_nothing_to_say() -> None:
    line = line_chart(list("abcde"), [("一", [1, 2, None, 3, 4])]).lines[0]
    assert [len(run.split()) for run in line.runs] == [2, 2]
    assert len(line.dots) == 4


def test_months_between_crosses_years() -> None:
    months = ["2021-11", "2021-12", "2022-01", "2022-02"]
    assert months_between(["2022-02", "2021-11", "2022-01"], 4) == months
    assert months_between(["2022-02", "2021-11"], 3) == []
    assert months_between(["9999-12", "9999-11"], 120) == ["9999-11", "9999-12"]
    assert months_between(["0001-01"], 120) == ["0001-01"]


def test_years_that_lie_many_centuries_apart_are_not_all_shown() -> None:
    assert years_between(["2021", "2023"]) == ["2021", "2022", "2023"]
    assert years_between(["0999", "1001"]) == ["0999", "1000", "1001"]
    assert years_between(["9999", "0001", "2021"]) == ["0001", "2021", "9999"]


ARTICLE = [
    "本报讯10月21日下午，示范区党工委书记吕沛与蒋小忠座谈。高鸿参加。",
    "吕沛介绍了情况。",
    "又讯10月20日上午，吕沛与田超座谈。",
]


def test_each_item_of_an_article_is_an_event_with_its_own_date_and_sentence() -> None:
    at = [(n, place) for n, text in enumerate(ARTICLE) for place in [text.find("吕沛")] if place >= 0]
    events = events_of(ARTICLE, ["2021-10-21", "2021-10-20"], at)
    assert [(event.date, event.half) for event in events] == [("2021-10-21", "下午"), ("2021-10-20", "上午")]
    said = [ARTICLE[event.paragraph][event.start : event.end] for event in events]
    assert said == ["本报讯10月21日下午，示范区党工委书记吕沛与蒋小忠座谈。", ARTICLE[2]]


def test_a_person_of_one_item_has_one_event() -> None:
    events = events_of(ARTICLE, ["2021-10-21", "2021-10-20"], [(2, ARTICLE[2].index("田超"))])
    assert [event.date for event in events] == ["2021-10-20"]


def test_a_sentence_is_dated_by_its_own_date() -> None:
    text = "7月18日晚，暴雨来袭。7月19日5时30分，吕沛冒雨督导。"
    events = events_of([text], ["2021-07-18", "2021-07-19"], [(0, text.index("吕沛"))])
    assert [event.date for event in events] == ["2021-07-19"]


def test_a_text_without_dates_takes_what_the_article_knows_or_nothing() -> None:
    assert events_of(["吕沛讲话。"], ["2021-10"], [(0, 0)])[0].date == "2021-10"
    assert events_of(["吕沛讲话。"], [], [(0, 0)])[0].date == ""


CITED = Cited(
    key="ta69r2gee3",
    title="吕沛接待群众来访",
    authors=("郭树勋",),
    newspaper="焦作日报",
    place="焦作",
    publisher="焦作日报社",
    issn="",
    date=dt.date(2021, 10, 24),
    estimated=False,
    page_number=5,
    page_name="示范区",
    edition="",
    url="https://news.example/articles/ta69r2gee3/",
    archive="报藏",
)
TODAY = dt.date(2026, 11, 20)


def all_of(cited: Cited) -> dict[str, str]:
    return {citation.code: citation.text for citation in citations.citations(cited, TODAY)}


def test_each_style_as_its_guide_has_it() -> None:
    found = all_of(CITED)
    assert found["gbt2015"] == (
        "郭树勋. 吕沛接待群众来访[N/OL]. 焦作日报, 2021-10-24(5)[2026-11-20]. https://news.example/articles/ta69r2gee3/."
    )
    assert found["gbt2025"] == (
        "郭树勋. 吕沛接待群众来访[N/OL]. 焦作日报，2021-10-24（5）. https://news.example/articles/ta69r2gee3/."
    )
    assert found["apa"] == (
        "郭树勋. (2021, October 24). 吕沛接待群众来访. 焦作日报, 5. https://news.example/articles/ta69r2gee3/"
    )
    assert found["mla"] == (
        "郭树勋. “吕沛接待群众来访.” 焦作日报, 24 Oct. 2021, p. 5. "
        "报藏, https://news.example/articles/ta69r2gee3/. Accessed 20 Nov. 2026."
    )
    assert found["chicago"] == (
        "郭树勋. “吕沛接待群众来访.” 焦作日报, October 24, 2021. https://news.example/articles/ta69r2gee3/."
    )
    assert "@article{ta69r2gee3," in found["bibtex"]
    assert "  date = {2021-10-24}," in found["bibtex"]
    assert "DA  - 2021/10/24" in found["ris"]
    assert found["ris"].startswith("TY  - NEWS\n")
    assert found["ris"].endswith("ER  - ")


def test_an_estimated_date_stands_in_brackets_everywhere() -> None:
    found = all_of(replace(CITED, estimated=True))
    assert "[2021-10-24]" in found["gbt2015"]
    assert "[2021-10-24]" in found["gbt2025"]
    assert "([ca. 2021, October 24])" in found["apa"]
    assert "[24 Oct. 2021?]" in found["mla"]
    assert "[October 24, 2021?]" in found["chicago"]
    assert "{2021-10-24~}" in found["bibtex"]
    assert "  year = {[2021]}," in found["bibtex"]
    assert "DA  - 2021/10/24/推定" in found["ris"]
    assert "日期为推定" in found["ris"]


def test_nothing_unknown_is_invented() -> None:
    found = all_of(replace(CITED, page_number=None, date=None, authors=()))
    assert "(版次不详)" in found["gbt2015"]
    assert "（版次不详）" in found["gbt2025"]
    assert "[日期不详]" in found["gbt2015"]
    assert "n.d." in found["apa"]
    assert "n.d., n. pag. 报藏" in found["mla"]
    assert "SP  - " not in found["ris"]
    assert "pages = " not in found["bibtex"]
    assert "佚名" not in "".join(found.values())


def test_a_title_s_own_mark_ends_it() -> None:
    found = all_of(replace(CITED, title="〔无题〕吕沛与蒋…"))
    assert "。" not in "".join(found.values())
    assert "蒋…. " not in found["apa"]
    assert "“〔无题〕吕沛与蒋…” 焦作日报" in found["mla"]
    assert "“〔无题〕吕沛与蒋…” 焦作日报" in found["chicago"]


def test_more_than_three_authors_are_cut_as_the_standards_say() -> None:
    found = all_of(replace(CITED, authors=("甲", "乙", "丙", "丁")))
    assert found["gbt2015"].startswith("甲, 乙, 丙, 等. ")
    assert found["gbt2025"].startswith("甲，乙，丙，等. ")
    assert found["mla"].startswith("甲, et al. ")
    assert found["chicago"].startswith("甲, 乙, 丙, and 丁. ")


@given(st.text(max_size=40))
def test_references_stay_whole_whatever_the_title(title: str) -> None:
    record = citations.ris(replace(CITED, title=title))
    assert all(line[2:6] == "  - " for line in record.split("\n"))
    entry_text = citations.bibtex(replace(CITED, title=title.replace("\\", "")))
    bare = entry_text.replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh-hans", "2021年9月30日—2021年10月21日"), ("en", "30 September 2021 – 21 October 2021")],
)
def test_from_one_date_to_another_with_the_dash_of_the_language(language: str, told: str) -> None:
    with translation.override(language):
        assert dates.span("2021-09-30", "2021-10-21") == told
        assert dates.span("2021-10", "2021-10") == dates.event_date("2021-10")


@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        ("本报讯（记者付凯明）10月21日下午，示范区召开会议，部署工作。", "10月21日下午，示范区召开会议"),
        (
            "示范区党工委书记吕沛与红星美凯龙集团党委书记兼执行董事、总裁蒋小忠和随行的各位人员座谈。",
            "示范区党工委书记吕沛与红星美凯龙集团党委书记兼执行董事…",
        ),
        ("甲" * 60 + "。", "甲" * CLAUSE_MAX + "…"),
    ],
)
def test_an_article_without_a_headline_is_called_by_its_first_clause(paragraph: str, told: str) -> None:
    assert first_clause(paragraph) == told
