"""The correction desk as staff use it, on stored pages that are wrong on purpose.

After each story the reader's page, the person pages and the search agree, and every character of the dump is there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import BrowserContext, expect
from playwright.sync_api import Page as Tab

from archive import changes, groups, store
from archive.corrections import Merge, Place, apply
from archive.corrections.cutting import made, places_of
from archive.models import Article, KeyRedirect, Page, PageVersion
from archive.structure import (
    Article as ArticleValue,
)
from archive.structure import (
    Block,
    Certainty,
    Dated,
    Doubt,
    PageFacts,
    PageStructure,
    Role,
    Span,
    check,
    lines_of,
)
from tests.corrections.gold import seed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_folder"),
]

SENTENCE = "化解信访问题,既要有态度、有温度"


def stored(structure: PageStructure, lines: list[str], date: str) -> Page:
    text = "\n".join(lines)
    dated = replace(structure.facts, issue_date=Dated(date, Certainty.ESTIMATED, "文中最近的日期"))
    bare = replace(
        structure,
        facts=dated,
        articles=tuple(replace(article, key="") for article in structure.articles),
        photos=tuple(replace(photo, key="") for photo in structure.photos),
    )
    (outcome,) = store.ingest(store.IncomingDump("page.txt", text.encode(), text, "utf-8"), [bare], "1")
    return Page.objects.get(key=outcome.page)


def mixed_up() -> Page:
    """The OCR seed: the end of 吕沛's visit to the petition office stands in the article on his tour of projects."""
    right, lines = seed("004")
    visit, tour = right.articles[1], right.articles[2]
    wrong = replace(
        right,
        articles=(
            right.articles[0],
            replace(visit, blocks=(*visit.blocks[:2], visit.blocks[3]), confidence=0.6),
            replace(
                tour,
                blocks=(*tour.blocks, visit.blocks[2], visit.blocks[5], visit.blocks[4]),
                confidence=0.4,
                doubts=(Doubt("breaks-off", "化解信访问题,既", 39), Doubt("starts-midway", "要有态度", 19)),
            ),
            *right.articles[3:],
        ),
    )
    return stored(wrong, lines, "2021-02-28")


def run_together() -> Page:
    """Two articles as one, the second beginning in the middle of a line."""
    lines = [
        "吕沛接待来访群众",
        "本报讯（记者郭树勋）10月21日，吕沛到信访大厅接待来访群众。侯建华一同接访。本报讯（记者付凯明）10",
        "月22日，宫卫红到杨庄村检查征迁工作。",
    ]

    def block(role: Role, *numbers: int) -> Block:
        return made(lines, role, places_of(lines, [Span(n, 0, len(lines[n - 1])) for n in numbers]))

    article = ArticleValue(
        (block(Role.HEADLINE, 1), block(Role.BODY, 2, 3)),
        reporters=("郭树勋", "付凯明"),
        confidence=0.5,
        doubts=(Doubt("two-articles"),),
    )
    return stored(PageStructure(PageFacts(), (article,), (), (), 1, 3), lines, "2021-10-24")


def without_headline() -> Page:
    structure, lines = seed("000")
    doubtful = replace(structure.articles[1], doubts=(Doubt("no-headline"),), confidence=0.6)
    articles = (structure.articles[0], doubtful, *structure.articles[2:])
    return stored(replace(structure, articles=articles), lines, "2021-10-24")


def staff(name: str, group: str = groups.CORRECTOR) -> User:
    user = User.objects.create_user(name, password="pass-word-1", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def sign_in(tab: Tab, site: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    tab.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


def open_desk(tab: Tab, live_server, page: Page, user: User) -> None:
    sign_in(tab, live_server.url, user)
    tab.goto(f"{live_server.url}/admin/desk/pages/{page.key}/")


def steps(tab: Tab) -> int:
    return len(json.loads(tab.locator("[name=actions]").input_value()))


def after(tab: Tab, count: int) -> None:
    """Wait until so many actions are done."""
    tab.wait_for_function(
        "n => JSON.parse(document.querySelector('[name=actions]').value).length === n", arg=count
    )


def press(tab: Tab, line: int, *keys: str, count: int) -> None:
    """Click a line of the dump, press keys, and wait until so many actions are done."""
    tab.locator(f"#l{line} .seg").first.click(position={"x": 4, "y": 8})
    for key in keys:
        tab.keyboard.press(key)
    after(tab, count)


def save(tab: Tab) -> None:
    tab.locator("button[name=save]").click()
    tab.wait_for_url("**/history/*/")


def nothing_lost(page: Page) -> PageStructure:
    """Every character of the dump is in exactly one piece of the newest version."""
    page.refresh_from_db()
    structure = store.structure_of(page)
    check(structure, lines_of(page.dump.text))
    return structure


def found_by_search(site: str, tab: Tab, words: str) -> list[str]:
    """The keys of the articles that the search lists."""
    tab.goto(f"{site}/search/?q={words}")
    links = tab.locator("main a[href*='/articles/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    return list(dict.fromkeys(link.split("/articles/")[1].split("/")[0] for link in links))


def on_person_page(site: str, tab: Tab, name: str) -> set[str]:
    answer = tab.goto(f"{site}/people/{name}/")
    if answer is None or answer.status == 404:
        return set()
    links = tab.locator("main a[href*='/articles/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    return {link.split("/articles/")[1].split("/")[0] for link in links}


def test_two_mixed_articles_are_put_right_in_under_fifteen_actions(live_server, page: Tab) -> None:
    wrong = mixed_up()
    visit = Article.objects.get(headline__startswith="吕沛到区信访接待中心")
    tour = Article.objects.get(kicker__startswith="吕沛调研")
    open_desk(page, live_server, wrong, staff("zhang"))

    expect(page.locator(".doubts .doubt")).to_contain_text("段落中断，没有结尾")
    page.locator(".fixes button").first.click()  # the likely fix: the two halves of the sentence
    after(page, 1)
    for line in (39, 19, 21):
        page.locator(f"#l{line} input").check()
    page.locator("[name=target]").select_option(label="B 《吕沛到区信访接待中心现场调研并接待群众来访》")
    page.keyboard.press("Escape")
    page.locator("#dump").focus()
    page.keyboard.press("m")
    after(page, 2)
    assert steps(page) < 15
    save(page)

    structure = nothing_lost(wrong)
    body = structure.articles[1].paragraphs
    assert SENTENCE in body[-1]
    assert [span.line for block in structure.articles[1].blocks for span in block.spans] == [
        15,
        17,
        21,
        23,
        39,
        19,
    ]
    assert [span.line for block in structure.articles[2].blocks for span in block.spans] == [
        25,
        27,
        29,
        31,
        33,
        35,
        37,
    ]
    changes.catch_up()
    page.goto(f"{live_server.url}/articles/{visit.key}/")
    expect(page.locator("main")).to_contain_text("化解信访问题")
    page.goto(f"{live_server.url}/articles/{tour.key}/")
    expect(page.locator("main")).not_to_contain_text("化解信访问题")
    assert found_by_search(live_server.url, page, "既要有态度") == [visit.key]
    assert {visit.key, tour.key} <= on_person_page(live_server.url, page, "吕沛")
    assert not page.script_errors


def test_two_articles_run_together_are_cut_in_the_middle_of_a_line(live_server, page: Tab) -> None:
    together = run_together()
    (article,) = together.articles.all()
    open_desk(page, live_server, together, staff("zhang"))
    line = page.locator("#l2 .seg")
    width = line.bounding_box()
    assert width
    # Select from 本报讯 on, as one would with the mouse: the caret is where the selection begins.
    page.evaluate(
        """words => {
          const text = document.querySelector("#l2 .seg").firstChild;
          const at = text.data.lastIndexOf(words);
          getSelection().setBaseAndExtent(text, at, text, at + 1);
        }""",
        "本报讯",
    )
    expect(page.locator("#where")).to_contain_text("第2行第40字")
    page.keyboard.press("s")
    after(page, 1)
    save(page)

    structure = nothing_lost(together)
    assert [each.paragraphs[0][:8] for each in structure.articles] == ["本报讯（记者郭树", "本报讯（记者付凯"]
    assert structure.articles[0].key == article.key
    new = structure.articles[1].key
    expect(page.locator(".public")).to_contain_text(f"/articles/{new}/")
    changes.catch_up()
    page.goto(f"{live_server.url}/articles/{article.key}/")
    expect(page.locator("main article").first).not_to_contain_text("宫卫红到杨庄村")
    page.goto(f"{live_server.url}/articles/{new}/")
    expect(page.locator("main")).to_contain_text("宫卫红到杨庄村")
    assert found_by_search(live_server.url, page, "杨庄村") == [new]
    assert on_person_page(live_server.url, page, "侯建华") == {article.key}
    assert on_person_page(live_server.url, page, "付凯明") == {new}


def test_a_missing_headline_is_supplied(live_server, page: Tab) -> None:
    untitled = without_headline()
    second = untitled.articles.get(position=2)
    open_desk(page, live_server, untitled, staff("zhang"))
    expect(page.locator(".doubts .doubt")).to_contain_text("没有找到标题")
    page.keyboard.press("f")
    page.locator("[name=supplied_headline]").fill("吕沛会见红星美凯龙和浙江重器客商")
    page.keyboard.press("Enter")
    after(page, 1)
    expect(page.locator(".doubts")).to_contain_text("没有疑点")
    save(page)

    nothing_lost(untitled)
    changes.catch_up()
    page.goto(f"{live_server.url}/articles/{second.key}/")
    expect(page.locator("main h1")).to_contain_text("［吕沛会见红星美凯龙和浙江重器客商］")
    assert second.key in found_by_search(live_server.url, page, "浙江重器客商")
    assert second.key in on_person_page(live_server.url, page, "吕沛")


def test_two_staff_on_one_page(live_server, new_context: Callable[..., BrowserContext]) -> None:
    shared = mixed_up()
    first, second = new_context().new_page(), new_context().new_page()
    open_desk(first, live_server, shared, staff("zhang"))
    open_desk(second, live_server, shared, staff("li"))

    press(first, 51, "d", count=1)  # 张 merges two articles
    press(second, 135, "e", count=0)  # 李 retypes a headline
    second.locator("#text").fill("示范区审计局获省级表彰")
    second.locator("button[value=retext].default").click()
    after(second, 1)
    press(second, 53, "8", count=1)
    expect(second.locator("#error")).to_contain_text("文章里没有")
    first.locator("[name=reason]").fill("本是一篇")
    save(first)
    second.locator("button[name=save]").click()

    conflict = second.locator("#conflict")
    expect(conflict).to_contain_text("zhang")
    expect(conflict).to_contain_text("本是一篇")
    expect(conflict).to_contain_text("合为一篇")
    shared.refresh_from_db()
    assert shared.version == 2, "the second save wrote nothing"
    assert steps(second) == 1, "one's own work is kept"
    save(second)

    structure = nothing_lost(shared)
    assert shared.version == 3
    assert [version.author_name for version in shared.versions.order_by("number")] == ["", "zhang", "li"]
    assert len(structure.articles) == 7, "what the first saved is there"
    assert structure.articles[-1].headline == "示范区审计局获省级表彰"
    changes.catch_up()
    assert found_by_search(live_server.url, second, "审计局获省级表彰") == [structure.articles[-1].key]


def test_a_split_is_undone_a_day_later(live_server, page: Tab) -> None:
    whole = without_headline()
    first = whole.articles.get(position=2)
    user = staff("zhang")
    open_desk(page, live_server, whole, user)
    press(page, 87, "s", count=1)  # 又讯, taken for an article of its own
    save(page)
    new = nothing_lost(whole).articles[2].key
    changes.catch_up()
    assert found_by_search(live_server.url, page, "高新科技产业") == [new]

    PageVersion.objects.filter(page=whole, number=2).update(
        created_at=PageVersion.objects.get(page=whole, number=2).created_at - dt.timedelta(days=1)
    )
    page.goto(f"{live_server.url}/admin/desk/pages/{whole.key}/history/")
    expect(page.locator(".history")).to_contain_text("拆成 2 篇")
    page.get_by_role("link", name="版本 1").click()
    page.locator(".restore [name=reason]").fill("其实是一篇")
    page.get_by_role("button", name="恢复成这个版本").click()
    page.wait_for_url("**/history/3/")
    expect(page.locator(".differences")).to_contain_text("合为一篇")

    structure = nothing_lost(whole)
    versions = {version.number: version for version in whole.versions.all()}
    assert versions[3].structure == versions[1].structure
    assert versions[3].reason == "其实是一篇"
    assert structure.articles[1].key == first.key
    changes.catch_up()
    answer = page.goto(f"{live_server.url}/articles/{new}/")
    assert answer is not None
    assert page.url.endswith(f"/articles/{first.key}/"), "the address that was public for a day still works"
    assert found_by_search(live_server.url, page, "高新科技产业") == [first.key]
    assert new not in on_person_page(live_server.url, page, "吕沛")
    assert KeyRedirect.objects.filter(old=new, new=first.key).exists()


def test_without_javascript(live_server, new_context: Callable[..., BrowserContext]) -> None:
    together = run_together()
    tab = new_context(java_script_enabled=False).new_page()
    open_desk(tab, live_server, together, staff("zhang"))
    tab.locator("[name=begins]").fill("本报讯（记者付凯明）")
    tab.get_by_role("button", name="从此处切成两篇").click()
    expect(tab.locator(".piece.c1 h3")).to_contain_text("本报讯（记者付凯明）")
    tab.locator("#l1 input").check()
    tab.get_by_role("button", name="引题").click()
    expect(tab.locator(".piece.c0 .is-kicker")).to_contain_text("吕沛接待来访群众")
    tab.get_by_role("button", name="撤销").click()
    expect(tab.locator(".piece.c0 .is-kicker")).to_have_count(0)
    tab.get_by_role("button", name="重做").click()
    tab.get_by_role("button", name="撤销").click()
    tab.locator("#l1 input").check()
    tab.get_by_role("button", name="改字").click()
    tab.locator("#text").fill("吕沛接待群众来访")
    tab.get_by_role("button", name="就这样改").click()
    expect(tab.locator(".print").first).to_contain_text("吕沛接待来访群众")
    tab.get_by_role("button", name="保存").click()
    expect(tab.locator(".differences")).to_contain_text("拆成 2 篇")
    structure = nothing_lost(together)
    assert [article.headline for article in structure.articles] == ["吕沛接待群众来访", ""]


def test_with_the_keyboard_alone(live_server, page: Tab) -> None:
    together = run_together()
    open_desk(page, live_server, together, staff("zhang"))
    page.locator("#dump").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    for _ in range(39):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#where")).to_contain_text("第2行第40字")
    page.keyboard.press("s")
    after(page, 1)
    page.keyboard.press("z")
    after(page, 0)
    page.keyboard.press("y")
    after(page, 1)
    page.keyboard.press("Control+s")
    page.wait_for_url("**/history/2/")
    assert len(nothing_lost(together).articles) == 2


def test_a_preview_shows_the_readers_page_and_stores_nothing(live_server, page: Tab) -> None:
    together = run_together()
    open_desk(page, live_server, together, staff("zhang"))
    press(page, 1, "e", count=0)
    page.locator("#text").fill("只在预览里的标题")
    page.locator("button[value=retext].default").click()
    after(page, 1)
    with page.context.expect_page() as opened:
        page.keyboard.press("v")
    expect(opened.value.locator("body")).to_contain_text("只在预览里的标题")
    together.refresh_from_db()
    assert together.version == 1
    page.goto(f"{live_server.url}/pages/{together.key}/")
    expect(page.locator("body")).not_to_contain_text("只在预览里的标题")


def test_the_desk_is_accessible(live_server, new_context: Callable[..., BrowserContext]) -> None:
    tab = new_context(viewport={"width": 820, "height": 1180}).new_page()
    open_desk(tab, live_server, run_together(), staff("zhang"))
    press(tab, 2, "e", count=0)
    expect(tab.locator("#text")).to_be_focused()
    wrong = Axe().run(tab, context="#content", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
    assert wrong.violations_count == 0, wrong.generate_report()


def test_on_a_tablet_by_touch(live_server, new_context: Callable[..., BrowserContext]) -> None:
    together = run_together()
    tab = new_context(viewport={"width": 820, "height": 1180}, has_touch=True, is_mobile=True).new_page()
    open_desk(tab, live_server, together, staff("zhang"))
    tab.locator("#l3 .seg").tap(position={"x": 60, "y": 8})  # away from the letter, which is a link
    expect(tab.locator("#where")).to_contain_text("第3行")
    tab.get_by_role("button", name="从此处另起一段").tap()
    after(tab, 1)
    save(tab)
    assert len(nothing_lost(together).articles[0].paragraphs) == 2


def test_merged_addresses_lead_on(live_server, page: Tab) -> None:
    shared = mixed_up()
    structure, lines = store.structure_of(shared), lines_of(shared.dump.text)
    merged = apply(structure, lines, [Merge(Place(95, 0), Place(135, 0))])
    old = structure.articles[7].key
    store.save(shared, merged.structure, based_on=1, author=staff("zhang"), redirects=merged.redirects)
    page.goto(f"{live_server.url}/articles/{old}/")
    assert page.url.endswith(f"/articles/{structure.articles[6].key}/")
