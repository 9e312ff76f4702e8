"""What scripts and the keyboard add: suggestions, a search as one types, choices that are kept, copying."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Contexts, Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_keyboard_reaches_the_text_first_and_focus_is_seen(room: Room, page: Tab) -> None:
    page.goto(room["article"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_suggestions_by_keyboard(room: Room, page: Tab) -> None:
    page.goto(room.url)
    box = page.get_by_role("combobox")
    box.press_sequentially("吕")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    box.fill("")
    box.press_sequentially("吕沛")
    expect(options.filter(has_text="人物")).to_have_count(1)
    for _ in range(options.count()):
        box.press("ArrowDown")
        if "人物" in page.locator("[role=option][aria-selected=true]").inner_text():
            break
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/people/"))
    assert page.script_errors == []  # type: ignore[attr-defined]


def test_enter_without_a_choice_searches(room: Room, page: Tab) -> None:
    page.goto(room.url)
    box = page.get_by_role("combobox")
    box.press_sequentially("信访")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/search/"))
    expect(page.locator(".hits mark").first).to_have_text("信访")
    page.locator(".hits a").first.click()
    expect(page.locator("article mark").first).to_have_text("信访")


def test_people_are_found_while_typing(room: Room, page: Tab) -> None:
    page.goto(room["people"])
    page.get_by_label("姓名、拼音或首字母").press_sequentially("宫")
    expect(page.locator("#names-found .people-list a")).to_have_text(["宫卫红"])
    expect(page).to_have_url(re.compile("q="))


def test_choices_of_theme_and_size_are_kept(room: Room, page: Tab) -> None:
    page.goto(room["article"])
    size = "parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="放大字号").click()
    assert page.evaluate(size) > before
    page.get_by_role("button", name=re.compile("配色")).click()
    page.get_by_role("button", name=re.compile("配色")).click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.evaluate(size) > before
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark == "rgb(23, 22, 19)"


def test_a_citation_is_copied(room: Room, new_context: Contexts) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(room["article"])
    page.locator("[data-copy=cite-gbt2025]").click()
    expect(page.locator("[data-copy=cite-gbt2025]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[N/OL]" in copied
    assert "[2021-10-24]" in copied


def test_from_the_front_page_to_what_a_person_did_in_a_month_in_three_clicks(room: Room, page: Tab) -> None:
    page.goto(room.url)
    page.get_by_role("region", name="人物").get_by_role("link", name="吕沛").click()
    page.get_by_role("complementary", name="概况").get_by_role("link", name="10月").click()
    dates = page.locator(".event-date")
    expect(dates.first).to_contain_text("2021年10月22日")
    shown = [text.split()[0] for text in dates.all_inner_texts()]
    assert shown == sorted(shown, reverse=True)
