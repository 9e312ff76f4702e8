"""A walk through the search, at each window with scripts and without: facets, orders, pages, suggestions, what is said
where nothing is found, and what can be written."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.sample import HEADLINE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def total(visitor: Visitor) -> int:
    """The number of results that is said."""
    return int(visitor.tab.locator(".total strong").inner_text())


def test_facets_narrow_and_widen(visitor: Visitor) -> None:
    tab = visitor.visit("search")
    expect(tab.locator(".chips li")).to_have_count(1)
    assert total(visitor) == 2
    visitor.follow("法治信访", within=".chips")
    expect(tab.locator(".chips")).to_have_count(0)
    everything = total(visitor)
    assert everything > 2
    expect(tab.get_by_role("link", name="筛选 ↓")).to_be_visible(visible=visitor.narrow)
    if visitor.narrow:
        tab.get_by_role("link", name="筛选 ↓").click()
        expect(tab.get_by_role("complementary", name="筛选").locator("summary").first).to_be_in_viewport()
    visitor.follow("2020年", within=".facets")
    assert total(visitor) == 1
    visitor.follow("去掉", within=".chips")
    assert total(visitor) == everything
    name = tab.locator(".facet:not([open]) > summary").first.inner_text()
    folded = tab.locator(".facet", has=tab.locator("summary", has_text=name))
    expect(folded.get_by_role("link").first).to_be_hidden()
    folded.locator("summary").first.click()
    expect(folded.get_by_role("link").first).to_be_visible()
    visitor.follow("宫卫红", within=".facets")
    visitor.follow("法治信访", within=".facets")
    assert total(visitor) == 1
    assert HEADLINE in visitor.read()
    visitor.follow("全部去掉", within=".chips")
    assert total(visitor) == everything


def test_orders_pages_and_files(visitor: Visitor) -> None:
    tab = visitor.visit("search-all")
    assert total(visitor) == 23
    assert "施工第" in tab.locator(".hits .snippet").first.inner_text()
    expect(tab.locator(".hits mark").first).to_have_text("道路施工")
    visitor.follow("最早", within=".sorts")
    expect(tab.locator(".sorts [aria-current]")).to_have_text("最早")
    visitor.follow("下一页")
    expect(tab.locator(".hits")).to_have_attribute("start", "21")
    expect(tab.locator(".hits > li")).to_have_count(3)
    expect(tab.locator(".sorts [aria-current]")).to_have_text("最早")
    visitor.follow("上一页")
    expect(tab.locator(".hits > li")).to_have_count(20)
    for name, kind, entries in (("CSV", "text/csv", 23), ("RIS", "application/x-research-info", 23)):
        link = tab.locator("main p.small").get_by_role("link", name=name)
        answer = tab.request.get(visitor.room.url + str(link.get_attribute("href")))
        assert answer.headers["content-type"].startswith(kind)
        assert answer.text().count("道路施工简讯之") >= entries
    visitor.follow("道路施工简讯之", within=".hits")
    expect(tab.locator("h1 mark")).to_have_text("道路施工")


def test_by_date(visitor: Visitor) -> None:
    tab = visitor.visit("search-blank")
    tab.locator("main input[name=q]").fill("吕沛")
    since = tab.get_by_label("从")
    expect(since).to_be_hidden()
    tab.get_by_text("按日期").click()
    since.fill("2020")
    tab.get_by_label("到", exact=True).fill("2020-12")
    tab.get_by_role("button", name="检索").click()
    expect(tab.locator(".total")).to_have_text("1 条结果")
    expect(tab.get_by_label("从")).to_be_visible()
    assert "去年今日" in visitor.read()
    tab.get_by_label("指").select_option("事件日期")
    tab.get_by_label("从").fill("2021-10-20")
    tab.get_by_label("到", exact=True).fill("2021-10-20")
    tab.get_by_role("button", name="检索").click()
    expect(tab.locator(".hits h2")).to_have_text([HEADLINE])


def test_what_somebody_did_stands_above_the_results(visitor: Visitor) -> None:
    tab = visitor.visit("search-answer")
    answer = tab.get_by_role("region", name="人物")
    assert re.search("人物 吕沛 .*2021年10月", " ".join(answer.inner_text().split()))
    assert answer.locator(".events > li").count() == 6
    assert answer.bounding_box()["y"] < tab.locator(".hits").bounding_box()["y"]  # type: ignore[index]
    visitor.follow("在人物页上看这段时间")
    expect(tab.locator("#events .events > li")).to_have_count(6)


def test_suggestions_come_while_typing_where_scripts_run(visitor: Visitor) -> None:
    tab = visitor.visit("people")
    box = tab.locator("header input[name=q]")
    box.press_sequentially("吕沛")
    if visitor.scripts:
        expect(tab.get_by_role("option").filter(has_text="人物")).to_be_visible()
        box.press("Escape")
    expect(tab.get_by_role("option")).to_have_count(0)
    box.press("Enter")
    expect(tab.locator(".total")).to_be_visible()
    expect(tab.locator("main input[name=q]")).to_have_value("吕沛")


def test_nothing_and_blank_and_help(visitor: Visitor) -> None:
    tab = visitor.visit("search-empty")
    said = visitor.read()
    assert "0 条结果 没有找到。" in said
    assert "少写几个字" in said
    visitor.follow("吕沛")
    assert total(visitor) > 0
    for name in ("search-blank", "help"):
        tab = visitor.visit(name)
        shown = tab.locator(".plain-table code").all_inner_texts()
        assert {'"灾后重建项目"', "蒙牛 -奶粉", "蒙牛 OR 伊利", "标题:招商", "原文:讯网", "2021-10"} <= set(
            shown
        )
    for operators, found in (("标题:晚刊", 1), ('"道路施工简讯之7"', 1), ("道路施工 -简讯", 0)):
        box = tab.locator("input[name=q]").first
        box.fill(operators)
        box.press("Enter")
        expect(tab.locator(".total strong")).to_have_text(str(found))
