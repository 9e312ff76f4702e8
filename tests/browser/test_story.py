"""The whole story on the real site: gunicorn, the worker, the seeds and Chromium, as `make serve` runs them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.ops.site import Site, eventually

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture(scope="module")
def site(made: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("story") / "data")
    shutil.copytree(made.data, site.data)
    site.start()
    subprocess.run(
        [sys.executable, "manage.py", "createsuperuser", "--noinput", "--username", "editor", "--email", ""],
        cwd=ROOT,
        env=site.environment | {"DJANGO_SUPERUSER_PASSWORD": "for this test only"},
        check=True,
        capture_output=True,
    )
    yield site
    site.end()
    site.kill_all()


@pytest.fixture
def home(site: Site) -> str:
    return f"http://127.0.0.1:{site.port}"


def results(page: Page, home: str, query: str) -> int:
    """How many results the search page lists; its count has to say the same."""
    page.goto(f"{home}/search/?q={quote(query)}")
    listed = page.locator(".hits > li").count()
    if listed:
        expect(page.locator(".total strong")).to_have_text(str(listed))
    return listed


def test_from_the_front_page_to_a_correction_that_the_search_finds(page: Page, site: Site, home: str) -> None:
    page.goto(home)
    page.get_by_role("navigation").get_by_role("link", name="日历").first.click()
    page.get_by_role("link", name=re.compile(r"24")).first.click()
    expect(page).to_have_url(re.compile(r"/issues/jiaozuo-ribao/2021-10-24/"))
    page.get_by_role("link", name="李万街道杨庄村征迁工程启动").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("李万街道杨庄村征迁工程启动")
    article = page.url
    page.locator("main").get_by_role("link", name="邱承福").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("邱承福")

    assert results(page, home, "吕沛") == 16
    assert results(page, home, "蒙牛") == 7
    expect(page.locator("main mark", has_text="蒙牛").first).to_be_visible()
    expect(page.locator(".photo-hit")).to_have_count(1)

    page.goto(f"{home}/admin/login/?next=/admin/archive/article/")
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill("for this test only")
    page.locator("[type=submit]").click()
    page.goto(f"{home}/admin/archive/article/?q={quote('杨庄村征迁')}")
    page.get_by_role("link", name="李万街道杨庄村征迁工程启动").click()
    headline = page.locator("input[value='李万街道杨庄村征迁工程启动']")
    headline.fill("李万街道杨庄村拆除旧宅")
    spent = site.seconds_of("worker")
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist")).to_be_visible()

    # The worker follows the log: the search has it within a second, which is the worker's own on a busy machine. It is
    # asked without the browser, since the worker goes on to the names as soon as the search has the words.
    found = f"/search/?q={quote('“杨庄村拆除旧宅”')}"
    eventually(lambda: 'class="hits' in site.get(found)[1])
    assert site.seconds_of("worker") - spent < 1
    assert results(page, home, "“杨庄村拆除旧宅”") == 1
    assert results(page, home, "“杨庄村征迁工程启动”") == 0
    assert results(page, home, "原文:“杨庄村征迁工程启动”") == 1
    page.goto(article)
    expect(page.get_by_role("heading", level=1)).to_have_text("李万街道杨庄村拆除旧宅")


#: What 吕沛 did in October 2021: day and part of it as printed, and the words of the sentence that says so.
DID = (
    ("10月21日 下午", "与红星美凯龙集团党委书记、总裁蒋小忠座谈"),
    ("10月21日 上午", "到该区信访接待大厅接待群众来访"),
    ("10月20日 上午", "与浙江重器资产管理有限公司董事长田超座谈"),
    ("10月7日 下午", "主持召开2021年第18次党政联席会议"),
    ("10月6日", "以及专业评委参加活动"),
)


def expect_what_he_did(page: Page) -> None:
    """Five events of four articles, newest first, each with its sentence."""
    events = page.locator(".events > li")
    expect(events).to_have_count(len(DID))
    for event, (day, words) in zip(events.all(), DID, strict=True):
        assert " ".join(event.locator(".event-date").inner_text().split()) == f"2021年{day}"
        expect(event.locator(".event-text")).to_contain_text(words)
        expect(event.locator(".event-text mark")).to_have_text("吕沛")
    addresses = events.locator("a").evaluate_all("all => all.map(a => a.pathname)")
    assert len(set(addresses)) == 4


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "吕沛 2021年10月",
            "2021年10月吕沛做了什么",
            "吕沛2021-10",
            "吕沛 10月",
            "吕沛 2021.10",
            "吕沛 十月",
        ),
        *("呂沛在2021年10月有哪些活动？", "what did 吕沛 do in October 2021"),
    ],
)
def test_what_one_person_did_in_a_month_takes_one_search(page: Page, home: str, asked: str) -> None:
    page.goto(home)
    page.get_by_role("combobox").fill(asked)
    page.keyboard.press("Enter")
    expect_what_he_did(page)


def test_what_one_person_did_in_a_month_takes_three_clicks(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="人物").click()
    page.get_by_role("link", name="吕沛", exact=True).click()
    page.get_by_role("link", name="10月", exact=True).click()
    expect_what_he_did(page)


def test_a_page_that_is_not_there_helps_on(page: Page, home: str) -> None:
    response = page.goto(f"{home}/articles/nothing/")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("combobox", name="检索全文").first).to_be_visible()
