"""A walk by dates, at each window with scripts and without: front page, calendar, newspaper, issue, on this day."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.sample import HEADLINE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_front_page(visitor: Visitor) -> None:
    tab = visitor.visit("home")
    said = visitor.read()
    for words in (
        *(
            "6 期 · 31 篇文章 · 2020年5月1日—2021年10月24日",
            f"访民情 解民忧 {HEADLINE} 现场协调",
            "记者 郭树勋",
        ),
        *("同一期的另一版", "法治信访 2", "吕沛 6", "往年的", "新华社照片。"),
    ):
        assert words in said
    lead = tab.locator(".lead h3")
    others = tab.locator(".front-lines h3")
    assert others.count() == 3
    size = "headline => parseFloat(getComputedStyle(headline).fontSize)"
    assert lead.evaluate(size) > 1.3 * others.first.evaluate(size)
    beside = lead.bounding_box()["x"] + 100 < others.first.bounding_box()["x"]  # type: ignore[index]
    assert beside is not visitor.narrow
    expect(tab.get_by_role("button", name=re.compile("配色"))).to_be_visible(visible=visitor.scripts)
    box = tab.locator("main input[name=q]")
    box.fill("道路施工")
    box.press("Enter")
    expect(tab.locator(".total")).to_have_text("23 条结果")
    visitor.visit("home")
    visitor.follow("English", within="footer")
    assert "Newest issue" in visitor.read()
    visitor.follow("简体中文", within="footer")
    visitor.follow("看这一期的全部内容")
    expect(tab).to_have_url(visitor.room["issue"])


def test_every_way_in_is_in_the_head_or_the_foot(visitor: Visitor) -> None:
    tab = visitor.visit("home")
    for name, heading in (
        *(("日历", "2021年日历"), ("主题", "主题"), ("人物", "人物"), ("地点", "地点"), ("图片", "图片")),
        *(("词频", "词频"), ("关于", "关于报藏")),
    ):
        visitor.follow(name, within="header nav")
        expect(tab.get_by_role("heading", level=1)).to_have_text(heading)
    for name, heading in (("全部文章", "全部文章"), ("历史上的今天", "历史上的"), ("检索说明", "检索说明")):
        visitor.follow(name, within="footer")
        expect(tab.get_by_role("heading", level=1)).to_contain_text(heading)


def test_the_calendar(visitor: Visitor) -> None:
    tab = visitor.visit("calendar")
    expect(tab.get_by_role("heading", level=1)).to_have_text("2021年日历")
    expect(tab.locator(".month")).to_have_count(12)
    assert "3 期，6 篇文章" in visitor.read()
    october = tab.locator(".month").nth(9)
    days = october.get_by_role("link")
    assert [day.get_attribute("aria-label") for day in days.all()] == [
        "2021年10月12日 1 篇 日期为推定",
        "2021年10月24日 4 篇 日期为推定",
        "2021年10月24日 晚刊 1 篇 日期为推定",
    ]
    expect(october.locator("td", has=tab.get_by_role("link"))).to_have_count(
        2
    )  # two editions share a day's cell
    gaps = october.locator(".gap")
    assert gaps.all_inner_texts() == [str(day) for day in (*range(1, 12), *range(13, 24))]
    expect(gaps.first).to_have_css("background-image", re.compile("repeating-linear-gradient"))
    for day in days.all():
        box = day.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, "a finger's target"
    expect(tab.locator(".month").first.locator("tbody")).to_be_visible(visible=not visitor.narrow)
    visitor.follow("2020", within=".years")
    expect(tab.get_by_role("heading", level=1)).to_have_text("2020年日历")
    many, one = (tab.locator("td", has=tab.get_by_role("link", name=day)) for day in ("23 篇", " 1 篇"))
    colour = "cell => getComputedStyle(cell).backgroundColor"
    assert len({many.evaluate(colour), one.evaluate(colour), "rgba(0, 0, 0, 0)"}) == 3, "two shades"
    visitor.follow("2020年5月1日 23 篇")
    assert "道路施工简讯之22" in visitor.read()
    visitor.visit("calendar")
    visitor.follow("晚刊")
    assert "晚刊一篇" in visitor.read()
    visitor.visit("calendar")
    visitor.follow("焦作日报")
    assert "日期不详 1 个版面 1 篇文章" in visitor.read()


def test_a_newspaper(visitor: Visitor) -> None:
    tab = visitor.visit("newspaper")
    said = visitor.read()
    assert "出版地 焦作 出版者 焦作日报社" in said
    assert "权利 仅供在线阅读" in said
    visitor.follow("2020", within=".years")
    expect(tab.locator(".years [aria-current]")).to_contain_text("2020")
    assert "2 期，24 篇文章" in visitor.read()


def test_an_issue(visitor: Visitor) -> None:
    tab = visitor.visit("issue")
    said = visitor.read()
    assert "焦作日报 约2021年10月24日 推定" in said
    assert "2 个版面 4 篇文章" in said
    assert "10月22日，工人在生产线上忙碌。 本报记者 刘金元" in said
    columns = len(
        {round(one.bounding_box()["x"]) for one in tab.locator(".issue-page").first.locator(".line").all()}
    )  # type: ignore[index]
    assert (columns > 1) is not visitor.narrow
    visitor.follow("看整版")
    expect(tab).to_have_url(visitor.room["page"])
    visitor.visit("issue")
    visitor.follow("上一期")
    assert "早先的一篇" in visitor.read()
    visitor.follow("下一期")
    expect(tab).to_have_url(re.compile("2021-10-24"))
    tab = visitor.visit("undated")
    assert "不知日期" in visitor.read()
    expect(tab.locator(".turn")).to_have_count(0)


def test_on_this_day(visitor: Visitor) -> None:
    tab = visitor.visit("day")
    assert tab.locator("main h2").all_inner_texts() == ["2021年", "2020年"]
    assert "去年今日" in visitor.read()
    tab.get_by_label("月").fill("5")
    tab.get_by_label("日", exact=True).fill("1")
    tab.get_by_role("button", name="换一天").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("历史上的5月1日")
    assert "道路施工简讯之0" in visitor.read()
    visitor.follow("前一天")
    assert "各年的这一天都没有收录" in visitor.read()
    visitor.follow("后一天")
    expect(tab.get_by_role("heading", level=1)).to_have_text("历史上的5月1日")
