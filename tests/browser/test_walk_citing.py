"""A walk to the citations of an article, at each window with scripts and without, and to what may be reused of it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Room, Visitor
from tests.browser.sample import HEADLINE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SELECTED = "quote => { getSelection().selectAllChildren(quote); return getSelection().toString().trim(); }"
#: What each way of citing says of the estimated date, and one thing more.
STYLES = {
    "GB/T 7714—2025": ("[2021-10-24]", "[N/OL]"),
    "GB/T 7714—2015": ("[2021-10-24]", "[N/OL]"),
    "APA 7": ("[ca. 2021, October 24]", HEADLINE),
    "MLA 9": ("[24 Oct. 2021?]", HEADLINE),
    "Chicago 17": ("[October 24, 2021?]", HEADLINE),
    "BibTeX": ("date = {2021-10-24~}", "@article{"),
    "RIS": ("DA  - 2021/10/24/推定", "TY  - NEWS"),
}


def test_each_citation_can_be_read_and_selected_and_copied_where_scripts_run(visitor: Visitor) -> None:
    tab = visitor.visit("article")
    cite = tab.get_by_role("region", name="引用")
    assert "日期是推定的，引文里放在方括号中。" in cite.inner_text()
    assert cite.locator("summary").all_inner_texts() == list(STYLES)
    for number, (style, words) in enumerate(STYLES.items()):
        one = cite.locator("details").nth(number)
        quote = one.locator("pre")
        expect(quote).to_be_visible(visible=number == 0)
        if number:
            one.locator("summary").click()
        expect(quote).to_be_visible()
        selected = quote.evaluate(SELECTED)
        assert all(word in selected for word in ("郭树勋", *words)), (style, selected)
        assert "第" not in selected.replace("第二", ""), "no page number was printed, so none is cited"
        expect(one.get_by_role("button", name="复制")).to_be_visible(visible=visitor.scripts)
        expect(one.get_by_role("link")).to_have_count(int(style in ("BibTeX", "RIS")))
    first = cite.locator("pre").first.inner_text()
    assert first.endswith(f"（版次不详）. {visitor.room['article'].split('?')[0]}.")


#: Name of the link, type of the file, and what stands in it.
FILES = (
    (".bib", "application/x-bibtex", "@article{"),
    (".ris", "application/x-research-info-systems", "TY  - NEWS"),
    ("纯文本", "text/plain", "又讯10月20日下午"),
    ("JSON", "application/json", "又讯10月20日下午"),
)


def test_files_are_a_click_away(room: Room, page: Tab) -> None:
    room.visit(page, "article")
    for style in ("BibTeX", "RIS"):
        page.get_by_text(style, exact=True).click()
    for name, kind, words in FILES:
        link = page.locator(".about-article").get_by_role("link", name=name, exact=True)
        answer = page.request.get(room.url + str(link.get_attribute("href")))
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(kind)
        assert words in answer.text()


def test_what_may_only_be_read_here_is_not_given_away(room: Room, page: Tab) -> None:
    room.visit(page, "untitled")
    assert "仅供在线阅读" in page.get_by_role("region", name="出处").inner_text()
    expect(page.get_by_role("link", name="纯文本")).to_have_count(0)
    given = page.request.get(room["untitled"].rstrip("/") + ".json").text()
    assert "10月22日" in given
    assert "宫卫红、高鸿参加" not in given


def test_what_citation_tools_read(room: Room, page: Tab) -> None:
    room.visit(page, "article")
    meta = {
        one.get_attribute("name"): one.get_attribute("content")
        for one in page.locator("head meta[name]").all()
    }
    assert meta["citation_title"] == meta["DC.title"] == HEADLINE
    assert meta["citation_author"] == "郭树勋"
    assert meta["DC.source"] == "焦作日报"
    assert meta["DC.date"] == "[2021-10-24]"
    assert "citation_publication_date" not in meta, "an estimated date has no brackets there"
    assert "citation_firstpage" not in meta
    linked = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
    assert linked["@type"] == "NewsArticle"
    assert linked["headline"] == HEADLINE
