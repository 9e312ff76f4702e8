"""How text is set for reading: lines stretched where they are long enough, columns, lists on phones, paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


JUSTIFIED = "getComputedStyle(document.querySelector('.text p')).textAlign === 'justify'"
CHARACTERS = "document.querySelector('.text').clientWidth / parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)"


def test_lines_are_stretched_only_where_twenty_characters_fit(room: Room, page: Tab) -> None:
    page.goto(room["article"])
    stretched = set()
    for width in (320, 375, 430, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for size in ("1", "2", "4"):
            page.evaluate("size => document.documentElement.dataset.size = size", size)
            stretched.add(page.evaluate(JUSTIFIED))
            assert page.evaluate(JUSTIFIED) == (page.evaluate(CHARACTERS) >= 20), (width, size)
    assert stretched == {True, False}


def test_columns_of_newsprint_are_stretched_only_where_twenty_characters_fit(room: Room, page: Tab) -> None:
    page.goto(room["page"])
    fits = """[...document.querySelectorAll('.cell > p:not([class])')].every(p => {
        const style = getComputedStyle(p);
        return style.textAlign !== 'justify' || Math.min(...[...p.getClientRects()].map(r => r.width)) >= 20 * parseFloat(style.fontSize);
    })"""
    for width in range(320, 1300, 20):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(fits), width


def test_on_a_phone_a_paragraph_stands_below_all_its_lines_of_the_dump(room: Room, page: Tab) -> None:
    page.set_viewport_size(NARROW)
    page.goto(room["machine"])
    for block in page.locator(".machine tbody").all():
        bottoms = [line.bounding_box() for line in block.locator(".dump").all()]
        read = block.locator(".read").bounding_box()
        assert read is not None
        assert all(line is not None and line["y"] + line["height"] <= read["y"] + 1 for line in bottoms)


def test_an_article_prints_without_its_surroundings(room: Room, page: Tab) -> None:
    page.goto(room["article"])
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for hidden in (".ways", ".masthead .search", ".colophon", ".tools", ".turn", "#h-related", "#h-people"):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    for shown in ("焦作日报", "吕沛到示范区信访接待大厅接待群众来访", "永久网址"):
        expect(page.get_by_text(shown).first).to_be_visible()


def test_a_page_of_newsprint_has_columns_when_wide_and_is_a_list_on_a_phone(room: Room, page: Tab) -> None:
    page.goto(room["page"])
    lefts = "new Set([...document.querySelectorAll('.newsprint p')].flatMap(p => [...p.getClientRects()].map(r => Math.round(r.left)))).size"
    assert page.evaluate(lefts) > 1
    page.set_viewport_size(NARROW)
    expect(page.locator(".newsprint")).to_have_css("column-count", "auto")
    shown = page.locator(".cell > p:not([class])").filter(visible=True)
    assert shown.count() == page.locator("article.cell").count()
    lines = "text => text.getBoundingClientRect().height / parseFloat(getComputedStyle(text).lineHeight)"
    assert all(text.evaluate(lines) < 3.5 for text in shown.all())
