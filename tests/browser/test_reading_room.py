"""The reading room in Chromium: accessible, never wider than its window, whole without scripts, light to load."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext, Request, expect
from playwright.sync_api import Page as Tab

from archive import counts, places
from search import views
from search.collection import all_documents
from search.engines import current
from tests import factories
from tests.factories import Picture, Story

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_folder"),
]

Contexts = Callable[..., BrowserContext]

#: Bytes that a page, its style sheet and script may weigh together, compressed.
HEAVIEST = 60_000

LONG = "示范区党工委书记吕沛到信访大厅接待群众来访，宫卫红、高鸿参加，要求各级各部门认真贯彻落实。" * 4


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An archive of two issues with everything that a page can show, and the addresses of one page of each type."""
    factories.section("law", "法治信访")
    people = {"吕沛": "示范区（高新区）党工委书记", "宫卫红": "管委会主任", "高鸿": "区领导"}
    stories = [
        Story(
            headline="吕沛到示范区信访接待大厅接待群众来访",
            kicker="访民情 解民忧",
            subheadline="现场协调解决群众反映的实际困难",
            paragraphs=(f"本报讯（记者郭树勋）10月21日上午，{LONG}", f"又讯10月20日下午，{LONG}"),
            opens_item=(1,),
            event_dates=("2021-10-21", "2021-10-20"),
            people=people,
            sections=("law",),
            column="项目建设",
            note="（本栏稿件由本报记者整理）",
        ),
        Story(headline="", paragraphs=(f"10月22日，{LONG}",), people=people),
        Story(
            headline="更正",
            genre="更正",
            paragraphs=("本报《吕沛到示范区信访接待大厅接待群众来访》一文有误。",),
            people={},
        ),
    ]
    pictures = [Picture(story=0, people={}), Picture(caption="新华社照片。", agency="新华社")]
    page = factories.page(stories, pictures, furniture=("扫一扫关注我们",))
    factories.page([Story(people=people)], date=dt.date(2021, 10, 12))
    factories.page([Story(headline="晚刊一篇", people=people)], date=dt.date(2021, 10, 24), edition="晚刊")
    factories.page([Story(headline="不知日期", people=people)], date=None)
    withheld = factories.page([Story(headline="撤下了", visibility="withheld")]).articles.get()
    rows = dict(page.articles.values_list("key", "pk"))
    places.write(page, rows, {key: [("阳庙镇", ("body", 0, 0, 3))] for key in rows})
    counts.recount()
    monkeypatch.setattr(views, "too_many", lambda request, *_: request.GET.get("q") == "too-many")
    find = views.find

    def breaking(q: str, *rest: object, **named: object) -> object:
        if q == "broken":
            raise RuntimeError("on purpose")
        return find(q, *rest, **named)

    monkeypatch.setattr(views, "find", breaking)
    current().rebuild(all_documents())
    article = page.articles.order_by("position").first()
    assert article
    photo = page.photos.first()
    assert photo
    return {
        "home": "/",
        "calendar": "/issues/",
        "newspaper": "/issues/jiaozuo-ribao/",
        "issue": page.issue.get_absolute_url(),
        "page": page.get_absolute_url(),
        "article": article.get_absolute_url() + "?q=信访",
        "machine": f"/articles/{article.key}/print",
        "articles": "/articles/",
        "sections": "/sections/",
        "section": "/sections/law/",
        "people": "/people/",
        "person": "/people/吕沛/",
        "person-month": "/people/吕沛/?year=2021&month=10",
        "photos": "/photos/",
        "photo": photo.get_absolute_url(),
        "day": "/on-this-day/?month=10&day=24",
        "about": "/about/",
        "search": "/search/?q=吕沛&section=law",
        "search-answer": "/search/?q=吕沛 2021年10月",
        "search-empty": "/search/?q=吕沛 没有的词",
        "search-blank": "/search/",
        "help": "/search/help/",
        "trends": "/trends/?q=吕沛，宫卫红",
        "places": "/places/",
        "places-found": "/places/?q=yangmiao",
        "place": "/places/阳庙镇/",
        "people-letter": "/people/?letter=l",
        "column": f"/columns/{article.column_id}/",
        "undated": "/issues/jiaozuo-ribao/undated/",
        "report": f"/report/article/{article.key}/",
        "removal": f"/report/photo/{photo.key}/?kind=removal",
        "style-guide": "/style-guide/",
        "error-400": "/articles/?" + "&".join(["a=1"] * 1100),
        "error-404": "/nope/",
        "error-410": withheld.get_absolute_url(),
        "error-429": "/search/?q=too-many",
        "error-500": "/search/?q=broken",
    }


WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}


#: What a page answers, by the last part of its name.
STATUSES = {"400": 400, "404": 404, "410": 410, "429": 429, "500": 500}

#: All that axe knows of WCAG 2.2 AA; by night only the colours are others.
BY_DAY = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
BY_NIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


@pytest.fixture
def signed_in(admin_client: Client, live_server) -> dict[str, str]:
    """The cookie of a member of staff, who sees every page type."""
    return {"name": "sessionid", "value": admin_client.cookies["sessionid"].value, "url": live_server.url}


@pytest.mark.parametrize(
    ("viewport", "locale"), [(WIDE, "zh-CN"), (NARROW, "en")], ids=["wide-chinese", "narrow-english"]
)
def test_every_page_type_is_accessible_and_fits(
    archive: dict[str, str],
    live_server,
    new_context: Contexts,
    signed_in: dict[str, str],
    viewport: dict[str, int],
    locale: str,
) -> None:
    """axe finds nothing by day and by night; nothing overflows sideways; no script fails; no request elsewhere."""
    context = new_context(viewport=viewport, color_scheme="light", locale=locale)
    context.add_cookies([signed_in])
    if locale == "en":
        context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    tab = context.new_page()
    complaints = complaints_of(tab, live_server.url)
    problems: list[str] = []
    for name, address in archive.items():
        tab.emulate_media(color_scheme="light")
        response = tab.goto(live_server.url + address)
        assert response
        assert response.status == STATUSES.get(name[-3:], 200), name
        assert complaints == [], name
        expect(tab.locator("h1")).to_have_count(1)
        for scheme, options in (("light", BY_DAY), ("dark", BY_NIGHT)):
            tab.emulate_media(color_scheme=scheme)
            found = Axe().run(tab, options=options)
            if found.violations_count:
                problems.append(f"{name}, {scheme}: {found.generate_report()}")
        if not tab.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            problems.append(f"{name} is too wide")
    assert not problems, "\n".join(problems)


def test_every_page_type_is_whole_without_scripts(
    archive: dict[str, str], live_server, new_context: Contexts, signed_in: dict[str, str]
) -> None:
    context = new_context(viewport=NARROW, java_script_enabled=False)
    context.add_cookies([signed_in])
    tab = context.new_page()
    complaints = complaints_of(tab, live_server.url)
    for name, address in archive.items():
        tab.goto(live_server.url + address)
        assert complaints == [], name
        expect(tab.locator("h1")).to_have_count(1)
        expect(tab.locator(".needs-script:visible")).to_have_count(0)
        if name not in ("error-400", "error-500"):
            expect(tab.get_by_role("search").first).to_be_attached()


def complaints_of(tab: Tab, home: str) -> list[str]:
    """Errors of scripts, of the console (but for those of a page that is an error), and requests elsewhere, as they
    come."""
    found: list[str] = []
    tab.on("pageerror", lambda error: found.append(str(error)))
    tab.on(
        "console",
        lambda said: (
            found.append(said.text)
            if said.type == "error" and "responded with a status" not in said.text
            else None
        ),
    )
    tab.on("request", lambda asked: found.append(asked.url) if not asked.url.startswith(home) else None)
    return found


@pytest.mark.parametrize("width", [320, 3840])
def test_no_page_is_wider_than_its_window(
    archive: dict[str, str], live_server, new_context: Contexts, width: int
) -> None:
    tab = new_context(viewport={"width": width, "height": 900}).new_page()
    for name, address in archive.items():
        tab.goto(live_server.url + address)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {width}"


#: What is weighed: not a page's icon, not its pictures.
COUNTED = ("document", "stylesheet", "script")


def weight(request: Request) -> int:
    """Bytes of what was sent, compressed."""
    response = request.response()
    assert response is not None
    return len(gzip.compress(response.body(), 6))


#: What a page tells of how it came on the screen. The largest paint counts from the first byte, so that it is the
#: browser's work alone, whatever the server had to do beside.
WATCH = """
window.shift = 0; window.largest = 0;
new PerformanceObserver(l => { for (const e of l.getEntries()) window.shift += e.value; })
  .observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver(l => { for (const e of l.getEntries()) window.largest = e.startTime; })
  .observe({ type: 'largest-contentful-paint', buffered: true });
"""
DRAWN = "new Promise(drawn => { const look = () => window.largest ? drawn() : requestAnimationFrame(look); look(); })"
PAINTED = "window.largest - performance.getEntriesByType('navigation')[0].responseStart"

#: Milliseconds.
SLOWEST_PAINT = 1000


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_pages_are_light_soon_there_and_do_not_shift(
    archive: dict[str, str],
    live_server,
    new_context: Contexts,
    signed_in: dict[str, str],
    viewport: dict[str, int],
) -> None:
    """HTML, style sheet and script under 60 kB compressed; the largest paint within a second; nothing moves."""
    context = new_context(viewport=viewport)
    context.add_cookies([signed_in])
    tab = context.new_page()
    tab.add_init_script(WATCH)
    asked: list[Request] = []
    tab.on("request", lambda request: asked.append(request))
    for name, address in archive.items():
        asked.clear()
        tab.goto(live_server.url + address, wait_until="load")
        tab.evaluate(DRAWN)
        weights = {request.url: weight(request) for request in asked if request.resource_type in COUNTED}
        assert len(weights) == (2 if name in ("error-400", "error-500") else 3), (name, weights)
        assert sum(weights.values()) < HEAVIEST, (name, weights)
        assert tab.evaluate("window.shift") == 0, name
        assert 0 < tab.evaluate(PAINTED) < SLOWEST_PAINT, name


def test_the_keyboard_reaches_the_text_first_and_focus_is_seen(
    archive: dict[str, str], live_server, page: Tab
) -> None:
    page.goto(live_server.url + archive["article"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_suggestions_by_keyboard(archive: dict[str, str], live_server, page: Tab) -> None:
    page.goto(live_server.url)
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


def test_enter_without_a_choice_searches(archive: dict[str, str], live_server, page: Tab) -> None:
    page.goto(live_server.url)
    box = page.get_by_role("combobox")
    box.press_sequentially("信访")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/search/"))
    expect(page.locator(".hits mark").first).to_have_text("信访")
    page.locator(".hits a").first.click()
    expect(page.locator("article mark").first).to_have_text("信访")


def test_people_are_found_while_typing(archive: dict[str, str], live_server, page: Tab) -> None:
    page.goto(f"{live_server.url}/people/")
    page.get_by_label("姓名、拼音或首字母").press_sequentially("宫")
    expect(page.locator("#names-found .people-list a")).to_have_text(["宫卫红"])
    expect(page).to_have_url(re.compile("q="))


def test_choices_of_theme_and_size_are_kept(archive: dict[str, str], live_server, page: Tab) -> None:
    page.goto(live_server.url + archive["article"])
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


def test_a_citation_is_copied(archive: dict[str, str], live_server, new_context: Contexts) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(live_server.url + archive["article"])
    page.locator("[data-copy=cite-gbt2025]").click()
    expect(page.locator("[data-copy=cite-gbt2025]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[N/OL]" in copied
    assert "[2021-10-24]" in copied


def test_from_the_front_page_to_what_a_person_did_in_a_month_in_three_clicks(
    archive: dict[str, str], live_server, page: Tab
) -> None:
    page.goto(live_server.url)
    page.get_by_role("region", name="人物").get_by_role("link", name="吕沛").click()
    page.get_by_role("complementary", name="概况").get_by_role("link", name="10月").click()
    dates = page.locator(".event-date")
    expect(dates.first).to_contain_text("2021年10月22日")
    shown = [text.split()[0] for text in dates.all_inner_texts()]
    assert shown == sorted(shown, reverse=True)


def test_why_a_date_is_estimated_is_told_on_demand(archive: dict[str, str], live_server, page: Tab) -> None:
    page.goto(live_server.url + archive["article"])
    reason = page.get_by_text("文中最近的日期是10月23日")
    expect(reason).to_be_hidden()
    page.get_by_text("推定", exact=True).click()
    expect(reason).to_be_visible()


JUSTIFIED = "getComputedStyle(document.querySelector('.text p')).textAlign === 'justify'"
CHARACTERS = "document.querySelector('.text').clientWidth / parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)"


@pytest.mark.parametrize("width", [320, 375, 430, 1280])
@pytest.mark.parametrize("size", ["1", "2", "4"])
def test_lines_are_stretched_only_where_twenty_characters_fit(
    archive: dict[str, str], live_server, page: Tab, width: int, size: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url + archive["article"])
    page.evaluate("size => document.documentElement.dataset.size = size", size)
    assert page.evaluate(JUSTIFIED) == (page.evaluate(CHARACTERS) >= 20)


def test_columns_of_newsprint_are_stretched_only_where_twenty_characters_fit(
    archive: dict[str, str], live_server, page: Tab
) -> None:
    page.goto(live_server.url + archive["page"])
    fits = """[...document.querySelectorAll('.cell > p:not([class])')].every(p => {
        const style = getComputedStyle(p);
        return style.textAlign !== 'justify' || Math.min(...[...p.getClientRects()].map(r => r.width)) >= 20 * parseFloat(style.fontSize);
    })"""
    for width in range(320, 1300, 20):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(fits), width


def test_on_a_phone_a_paragraph_stands_below_all_its_lines_of_the_dump(
    archive: dict[str, str], live_server, page: Tab
) -> None:
    page.set_viewport_size(NARROW)
    page.goto(live_server.url + archive["machine"])
    for block in page.locator(".machine tbody").all():
        bottoms = [line.bounding_box() for line in block.locator(".dump").all()]
        read = block.locator(".read").bounding_box()
        assert read is not None
        assert all(line is not None and line["y"] + line["height"] <= read["y"] + 1 for line in bottoms)


def test_an_article_prints_without_its_surroundings(archive: dict[str, str], live_server, page: Tab) -> None:
    page.goto(live_server.url + archive["article"])
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for hidden in (".ways", ".masthead .search", ".colophon", ".tools", ".turn", "#h-related", "#h-people"):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    for shown in ("焦作日报", "吕沛到示范区信访接待大厅接待群众来访", "永久网址"):
        expect(page.get_by_text(shown).first).to_be_visible()


def test_a_page_of_newsprint_has_columns_when_wide_and_is_a_list_on_a_phone(
    archive: dict[str, str], live_server, page: Tab
) -> None:
    page.goto(live_server.url + archive["page"])
    lefts = "new Set([...document.querySelectorAll('.newsprint p')].flatMap(p => [...p.getClientRects()].map(r => Math.round(r.left)))).size"
    assert page.evaluate(lefts) > 1
    page.set_viewport_size(NARROW)
    expect(page.locator(".newsprint")).to_have_css("column-count", "auto")
    shown = page.locator(".cell > p:not([class])").filter(visible=True)
    assert shown.count() == page.locator("article.cell").count()
    lines = "text => text.getBoundingClientRect().height / parseFloat(getComputedStyle(text).lineHeight)"
    assert all(text.evaluate(lines) < 3.5 for text in shown.all())
