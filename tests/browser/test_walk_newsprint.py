"""A walk through what was printed, at each window with scripts and without: a page of newsprint, an article, its
machine text, a correction, photos, and the form that tells of a mistake."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.sample import HEADLINE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

REASON = "文中最近的日期是10月23日"
UNTITLED = "〔无题〕10月22日，示范区党工委书记吕沛到信访大厅接待群众来访"
LEFTS = "new Set([...document.querySelectorAll('.cell > p')].flatMap(p => [...p.getClientRects()].map(r => Math.round(r.left)))).size"
SIZES = "new Set([...document.querySelectorAll('.cell h2')].map(h => getComputedStyle(h).fontSize)).size"


def opens_the_reason(visitor: Visitor) -> None:
    """Why a date is estimated is told on demand."""
    reason = visitor.tab.get_by_text(REASON).first
    expect(reason).to_be_hidden()
    visitor.tab.get_by_text("推定", exact=True).first.click()
    expect(reason).to_be_visible()


def test_a_page_of_newsprint(visitor: Visitor) -> None:
    tab = visitor.visit("page")
    said = visitor.read()
    for words in (
        *("焦作日报", "版次不详 示范区", "约2021年10月24日", "重排，非原版", "原文没有注明这是第几版"),
        *("访民情 解民忧", "项目建设", "消息", "吕沛、宫卫红、高鸿", "本版人物 吕沛 宫卫红 高鸿"),
        *("新华社照片。", "本报记者 刘金元", "不属于任何文章的行 扫一扫关注我们"),
    ):
        assert words in said
    headlines = tab.locator(".cell h2")
    assert headlines.all_inner_texts() == [HEADLINE, UNTITLED, "更正"]
    assert tab.evaluate(SIZES) == 1
    boxed = tab.locator(".boxed figcaption")
    assert boxed.count() == 2
    expect(tab.locator(".boxed").first).to_have_css("border-top-style", "solid")
    whole = tab.locator(".cell", has_text="又讯10月20日下午")
    if visitor.narrow:  # a clean list: how each begins
        assert tab.evaluate(LEFTS) == 1
        expect(whole.locator(".subheadline, .item-break").first).to_be_hidden()
    else:
        assert tab.evaluate(LEFTS) > 1
        expect(whole.get_by_role("separator")).to_be_visible()
        expect(whole.locator("p", has_text="又讯10月20日下午")).to_be_visible()
    opens_the_reason(visitor)
    visitor.follow("版次不详 综合")
    assert "同一期的另一版" in visitor.read()
    visitor.follow("版次不详 示范区")
    visitor.follow("上一期示范区")
    assert "早先的一篇" in visitor.read()
    visitor.follow("下一期示范区")
    visitor.follow(HEADLINE)
    expect(tab.get_by_role("heading", level=1)).to_have_text(HEADLINE)


JUSTIFIED = "getComputedStyle(document.querySelector('.text p')).textAlign === 'justify'"


def test_an_article(visitor: Visitor) -> None:
    tab = visitor.visit("article")
    said = visitor.read()
    for words in (
        *("项目建设", "访民情 解民忧", HEADLINE, "现场协调解决群众反映的实际困难", "记者 郭树勋", "法治信访"),
        *("约2021年10月24日", "版次不详 示范区", "消息", "（本栏稿件由本报记者整理）", "后来登过更正：更正"),
        *("宫卫红 管委会主任", "阳庙镇", "10月22日，工人在生产线上忙碌。", "全文可再利用"),
    ):
        assert words in said
    assert tab.evaluate(JUSTIFIED) is not visitor.narrow
    expect(tab.locator(".text mark").first).to_have_text("信访")
    expect(tab.locator(".text a.name", has_text="吕沛").first).to_be_visible()
    expect(tab.locator(".item-break + .item-date")).to_have_text("2021年10月20日")
    expect(tab.locator(".item-break")).to_be_visible()
    for button in ("放大字号", "缩小字号", "复制链接"):
        expect(tab.get_by_role("button", name=button)).to_be_visible(visible=visitor.scripts)
    address = tab.get_by_role("link", name=visitor.room["article"].split("?")[0])
    expect(address).to_be_visible()
    for others in ("相关文章", "同一作者"):
        assert tab.get_by_role("region", name=others).get_by_role("link").count() > 1
    hand = tab.get_by_role("region", name="同一作者").inner_text()
    assert hand.index("此后") < hand.index("此前") < hand.index("早先的一篇")
    opens_the_reason(visitor)
    visitor.follow("更正", within=".notice")
    assert f"更正的是：{HEADLINE}" in visitor.read()
    visitor.follow(HEADLINE, within=".notice")
    visitor.follow(UNTITLED, within=".turn")
    visitor.follow(HEADLINE, within=".turn")
    visitor.follow("吕沛", within=".text")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("吕沛")


def test_machine_text(visitor: Visitor) -> None:
    tab = visitor.visit("article")
    visitor.follow("机读原文：原文各行与读出的文字对照")
    lines = [" ".join(row.inner_text().split()) for row in tab.locator(".machine tbody").all()]
    assert lines[0] == "1 访民情 解民忧 引题 访民情 解民忧"
    assert lines[1] == f"2 {HEADLINE} 主标题 {HEADLINE}"
    assert lines[-1].startswith("6 （本栏稿件由本报记者整理） 附注")
    expect(tab.locator(".hash")).to_have_text(re.compile(r"^\s*[0-9a-f]{64}\s*$"))
    facts = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts()
        for row in tab.locator(".plain-table tbody tr").all()
    }
    assert facts["日期"] == ["约2021年10月24日", f"推定 · {REASON}"]
    assert facts["标题"] == [HEADLINE, "印明"]
    assert facts["主题"][1].startswith("推断")
    assert "解析器版本 1" in visitor.read()
    assert "第 1 版 · 自动解析" in visitor.read()
    visitor.follow(HEADLINE)
    expect(tab).to_have_url(visitor.room["article"].split("?")[0])


def test_photos(visitor: Visitor) -> None:
    tab = visitor.visit("photos")
    expect(tab.locator(".photo")).to_have_count(2)
    picture = tab.get_by_role("img", name="红色方块")
    expect(picture).to_be_visible()
    tab.wait_for_function("document.querySelector('.photo img').naturalWidth === 400")
    framed = tab.locator(".photo", has_text="工人在生产线上忙碌")
    expect(framed.locator(".empty")).to_be_visible()
    assert "本报记者 刘金元" in framed.inner_text()
    assert "约2021年10月24日" in framed.inner_text()
    visitor.follow("10月22日，工人在生产线上忙碌。")
    said = visitor.read()
    assert "机读原文里没有图像" in said
    assert f"所属文章 {HEADLINE}" in said
    visitor.follow("刘金元")
    assert "工人在生产线上忙碌" in visitor.read()
    tab = visitor.visit("pictured")
    expect(tab.get_by_role("img", name="红色方块")).to_be_visible()
    assert "新华社 约2021年10月24日" in visitor.read()


@pytest.mark.parametrize(("form", "checked"), [("report", "指出错误"), ("removal", "请求撤下")])
def test_the_form_that_tells_of_a_mistake(visitor: Visitor, form: str, checked: str) -> None:
    tab = visitor.visit(form)
    expect(tab.get_by_label(checked)).to_be_checked()
    tab.get_by_role("button", name="寄给编辑").click()
    expect(
        tab.get_by_role("button", name="寄给编辑")
    ).to_be_visible()  # nothing was said yet, so nothing is sent
    tab.get_by_label("哪里不对，应当怎样").fill("姓名应为吕沛。")
    tab.get_by_label("联系方式").fill("reader@example.org")
    tab.get_by_role("button", name="寄给编辑").click()
    expect(tab.get_by_role("status").filter(has_text="已经寄出")).to_be_visible()
    expect(tab.get_by_text("之前处理您的请求")).to_have_count(int(form == "removal"))
    assert visitor.complaints == []
    visitor.follow("回到刚才的文章")
