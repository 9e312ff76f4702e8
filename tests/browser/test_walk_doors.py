"""A walk to the pages of errors, at each window with scripts and without, and to what feed readers, search engines and
browsers are given, which is the same at each."""

from __future__ import annotations

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Room, Visitor
from tests.browser.sample import HEADLINE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ATOM = "{http://www.w3.org/2005/Atom}"

#: What a page of an error says, and where it leads.
ERRORS = {
    "error-400": ("网址读不懂", "回到首页"),
    "error-404": ("网址可能抄错了", "从日历里找"),
    "error-410": ("已从公开页面撤下", "回到首页"),
    "error-429": ("请稍等一分钟", "日历"),
    "error-500": ("资料没有丢失", "回到首页"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_of_an_error_says_what_is_the_matter_and_leads_on(visitor: Visitor, name: str) -> None:
    tab = visitor.visit(name)
    words, link = ERRORS[name]
    assert words in visitor.read()
    assert "撤下了" not in visitor.read().replace("页面撤下", "")
    visitor.follow(link, within="body")
    expect(tab.locator("main h1")).to_be_visible()


def test_each_page_type_has_a_title_of_its_own_and_one_address(room: Room, page: Tab) -> None:
    titles = {}
    for name in (
        "home",
        "calendar",
        "issue",
        "page",
        "article",
        "people",
        "person",
        "photo",
        "section",
        "search",
    ):
        room.visit(page, name)
        titles[name] = page.title()
        canonical = page.locator("link[rel=canonical]").get_attribute("href")
        assert unquote(str(canonical)) == room[name].split("?")[0]
        noindex = page.locator("meta[name=robots][content=noindex]").count()
        assert noindex == (1 if name == "search" else 0), name
        for card in ("title", "description", "image"):
            assert page.locator(f"meta[property='og:{card}']").get_attribute("content"), (name, card)
    assert len(set(titles.values())) == len(titles)
    assert titles["article"] == f"{HEADLINE} · 焦作日报 2021年10月24日"


def test_feeds_are_offered_in_the_head_and_are_of_what_is_read(room: Room, page: Tab) -> None:
    for name, entries in (("home", 20), ("section", 2), ("person", 6), ("search", 2), ("place", 3)):
        room.visit(page, name)
        offered = page.locator("link[rel=alternate][type='application/atom+xml']").last
        answer = page.request.get(room.url + str(offered.get_attribute("href")))
        assert answer.headers["content-type"].startswith("application/atom+xml")
        told = ElementTree.fromstring(answer.body()).findall(f"{ATOM}entry")
        assert len(told) >= entries if name == "home" else len(told) == entries, name


def test_what_engines_and_browsers_are_told(room: Room, page: Tab) -> None:
    room.visit(page, "home")
    url = room.url
    robots = page.request.get(f"{url}/robots.txt").text()
    sitemap = re.findall("Sitemap: (.*)", robots)[0]
    assert "Disallow: /search/" in robots
    parts = re.findall("<loc>([^<]*)</loc>", page.request.get(sitemap).text())
    listed = "".join(page.request.get(part).text() for part in parts)
    for name in ("page", "article", "issue", "photo", "section"):
        assert f"<loc>{room[name].split('?')[0]}</loc>" in listed, name
    assert room["error-410"] not in listed
    assert "<lastmod>" in listed
    offered = page.locator("link[rel=search]").get_attribute("href")
    description = ElementTree.fromstring(page.request.get(f"{url}{offered}").body())
    templates = [one.get("template") for one in description if str(one.get("type")) == "text/html"]
    assert len(templates) == 1
    page.goto(str(templates[0]).replace("{searchTerms}", "道路施工"))
    expect(page.locator(".total")).to_have_text("23 条结果")
