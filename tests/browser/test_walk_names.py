"""A walk by names and subjects, at each window with scripts and without: people and who wrote, places, sections,
columns, how often a word is used, what this archive is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.sample import HEADLINE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_people(visitor: Visitor) -> None:
    tab = visitor.visit("people")
    said = visitor.read()
    assert "出现最多 吕沛 lǚ pèi 6 高鸿" in said
    assert re.search("记者、通讯员和摄影者 .*郭树勋 .*8.*刘金元", said)
    if visitor.narrow:  # two columns on a phone: names are short
        lefts = {
            round(one.bounding_box()["x"]) for one in tab.locator(".people-list").first.locator("li").all()
        }  # type: ignore[index]
        assert len(lefts) == 2
    visitor.follow("L", within=".letters")
    expect(tab.locator(".surname h3")).to_have_text(["刘", "吕"])
    tab.get_by_label("姓名、拼音或首字母").fill("gongwei")
    tab.get_by_label("姓名、拼音或首字母").press("Enter")
    expect(tab.locator("#names-found .people-list a")).to_have_text(["宫卫红"])
    tab.get_by_label("姓名、拼音或首字母").fill("没有这个人")
    tab.get_by_role("button", name="找", exact=True).click()
    visitor.follow("到全文里检索")
    assert "0 条结果" in visitor.read()


def test_a_person(visitor: Visitor) -> None:
    tab = visitor.visit("person")
    said = visitor.read()
    for words in ("吕沛 lǚ pèi", "示范区（高新区）党工委书记", "高鸿 2", "法治信访 2"):
        assert words in said
    table = tab.locator(".chart-table")
    expect(table.get_by_role("row")).to_have_count(0)
    table.get_by_text("数据表").click()
    assert "2020-10 1" in " ".join(table.inner_text().split())
    expect(tab.locator(".chart svg .bar").first).to_be_visible()
    for event in tab.locator(".events > li").all():
        expect(event.locator(".event-text mark")).to_have_text("吕沛")
    expect(tab.get_by_role("link", name="按月浏览 ↓")).to_be_visible(visible=visitor.narrow)
    if visitor.narrow:
        tab.get_by_role("link", name="按月浏览 ↓").click()
        expect(tab.get_by_role("heading", name="按月浏览")).to_be_in_viewport()
    visitor.follow("2020年", within=".months-nav")
    visitor.follow("10月", within=".months-nav")
    expect(tab.locator(".events > li")).to_have_count(1)
    assert "报上的事 · 2020年10月 全部时间 1 件事 2020年10月21日 上午" in visitor.read()
    visitor.follow("全部时间")
    assert tab.locator(".events > li").count() > 1
    visitor.follow(HEADLINE, within=".events")
    visitor.visit("person")
    visitor.follow("宫卫红", within="aside")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("宫卫红")
    feed = tab.get_by_role("link", name="订阅").first.get_attribute("href")
    assert "<feed" in tab.request.get(f"{visitor.room.url}{feed}").text()


def test_who_wrote_and_who_took_the_photos(visitor: Visitor) -> None:
    tab = visitor.visit("reporter")
    assert "8 篇署名" in visitor.read()
    visitor.follow("全部 8 篇")
    expect(tab.locator("#written .line")).to_have_count(8)
    tab = visitor.visit("photographer")
    expect(tab.locator(".photo")).to_have_count(2)


def test_places(visitor: Visitor) -> None:
    tab = visitor.visit("places")
    tab.get_by_label("地名、拼音或首字母").fill("yangmiao")
    tab.get_by_label("地名、拼音或首字母").press("Enter")
    expect(tab.get_by_role("heading", name="“yangmiao”")).to_be_visible()
    visitor.follow("阳庙镇")
    said = visitor.read()
    assert "阳庙镇 yángmiàozhèn 3 篇提到" in said
    assert "在这里出现的人 高鸿 2" in said
    visitor.follow("10月", within=".months-nav")
    visitor.follow(HEADLINE)
    visitor.follow("阳庙镇")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("阳庙镇")


def test_sections_columns_and_their_months(visitor: Visitor) -> None:
    tab = visitor.visit("sections")
    bar = tab.locator(".bars li", has_text="法治信访")
    assert bar.inner_text().split() == ["法治信访", "2"]
    filled = bar.locator(".bar-track i").bounding_box()
    track = bar.locator(".bar-track").bounding_box()
    assert filled is not None
    assert track is not None
    assert filled["width"] == pytest.approx(track["width"], abs=1), "the longest bar fills its track"
    visitor.follow("法治信访")
    assert "共 2 篇" in visitor.read()
    visitor.follow("2020年", within=".months-nav")
    assert "共 1 篇 · 2020年" in visitor.read()
    assert "去年今日" in visitor.read()
    feed = tab.get_by_role("link", name="订阅这个主题").get_attribute("href")
    assert HEADLINE in tab.request.get(f"{visitor.room.url}{feed}").text()
    visitor.visit("sections")
    visitor.follow("项目建设")
    assert "报上印出的栏目 共 1 篇" in visitor.read()
    visitor.follow(HEADLINE)
    tab = visitor.visit("articles")
    assert "共 31 篇" in visitor.read()
    visitor.follow("2020年", within=".months-nav")
    visitor.follow("5月", within=".months-nav")
    expect(tab.locator(".line")).to_have_count(23)


def test_trends(visitor: Visitor) -> None:
    tab = visitor.visit("trends")
    expect(tab.locator(".legend-lines li")).to_have_text(["吕沛", "宫卫红"])
    expect(tab.locator(".chart svg")).to_be_visible()
    assert tab.locator(".chart circle title").first.text_content() == "吕沛 2020-05: 0"
    letters = tab.locator(".chart .tick").first
    box = letters.bounding_box()
    assert box is not None
    assert box["height"] > 10, "figures that a phone's reader can read"
    rows = [row.inner_text().split() for row in tab.locator(".plain-table tbody tr").all()]
    assert rows[-1] == ["2021-10", "6", "6", "1000.0", "2", "333.3"]
    answer = tab.request.get(
        visitor.room.url + str(tab.get_by_role("link", name="CSV").get_attribute("href"))
    )
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(answer.text().strip().splitlines()) == len(rows) + 1
    assert "宫卫红" in answer.text().splitlines()[0]
    tab.locator("main").get_by_label("词", exact=True).fill("道路，高鸿")
    tab.get_by_label("按").select_option("篇数")
    tab.get_by_role("button", name="比较").click()
    expect(tab.locator(".legend-lines li")).to_have_text(["道路", "高鸿"])
    expect(tab.locator("figcaption")).to_have_text("出现的篇数")
    expect(tab.locator("header input[name=q]")).to_have_value("")
    visitor.follow("检索“道路”")
    assert "23 条结果" in visitor.read()


def test_what_this_archive_is(visitor: Visitor) -> None:
    visitor.visit("about")
    said = visitor.read()
    assert "目前收录 6 期、7 个版面、31 篇文章、2 条图片说明，提到 3 位人物" in said
    for words in ("焦作日报", "仅供在线阅读", "有 4 期没有印明日期", "解析器版本：1", "不用登录"):
        assert words in said
