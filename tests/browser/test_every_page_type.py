"""What holds of every page type: accessible at each window with and without scripts, never wider than its window,
light to load."""

from __future__ import annotations

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import Request, expect

from tests.browser.conftest import FITS, NARROW, WIDE, Contexts, Room, complaints_of
from tests.browser.sample import AGAIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: Bytes that a page, its style sheet and script may weigh together, compressed.
HEAVIEST = 60_000

#: All that axe knows of WCAG 2.2 AA; by night only the colours are others.
BY_DAY = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: Nor are there others where scripts are missing, and they are half of axe's work.
BUT_COLOURS = BY_DAY | {"rules": {"color-contrast": {"enabled": False}}}
BY_NIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


@pytest.mark.parametrize(
    ("viewport", "locale", "scripts"),
    [(WIDE, "zh-CN", True), (WIDE, "en", False), (NARROW, "en", True), (NARROW, "zh-CN", False)],
    ids=["wide-chinese", "wide-english-no-scripts", "narrow-english", "narrow-chinese-no-scripts"],
)
def test_every_page_type_is_accessible(
    room: Room, new_context: Contexts, viewport: dict[str, int], locale: str, scripts: bool
) -> None:
    """axe finds nothing, by night neither; without scripts nothing is shown that needs them, and one can search."""
    context = new_context(viewport=viewport, locale=locale)
    context.add_cookies([room.staff])
    if not scripts:  # ours is empty; where the browser runs none at all, axe runs neither
        context.route("**/site.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    if locale == "en":
        context.add_cookies([{"name": "django_language", "value": "en", "url": room.url}])
    tab = context.new_page()
    complaints = complaints_of(tab, room.url)
    problems: list[str] = []
    for name in room.paths if scripts else room.paths.keys() - AGAIN:
        tab.emulate_media(color_scheme="light")
        room.visit(tab, name)
        assert complaints == [], name
        expect(tab.locator("h1")).to_have_count(1)
        framed = name not in ("error-400", "error-500")
        assert tab.locator("html").get_attribute("lang") == ("en" if locale == "en" and framed else "zh-Hans")
        problems += violations(tab, f"{name}, light", BY_DAY if scripts else BUT_COLOURS)
        if scripts and viewport is WIDE:
            tab.emulate_media(color_scheme="dark")
            problems += violations(tab, f"{name}, dark", BY_NIGHT)
        if not scripts:
            expect(tab.locator(".needs-script:visible")).to_have_count(0)
            assert not framed or tab.get_by_role("search").count(), name
    assert not problems, "\n".join(problems)


def violations(tab: Tab, name: str, options: dict[str, object]) -> list[str]:
    """What axe finds, told."""
    found = Axe().run(tab, options=options)
    return [f"{name}: {found.generate_report()}"] if found.violations_count else []


def test_no_page_is_wider_than_its_window(room: Room, new_context: Contexts) -> None:
    tab = new_context().new_page()
    too_wide = []
    for name in room.paths:
        room.visit(tab, name)
        for width in (320, 768, 1920, 2560, 3840):
            tab.set_viewport_size({"width": width, "height": 900})
            if not tab.evaluate(FITS):
                too_wide.append(f"{name} at {width}")
    assert too_wide == []


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
    room: Room, new_context: Contexts, viewport: dict[str, int]
) -> None:
    """HTML, style sheet and script under 60 kB compressed; the largest paint within a second; nothing moves."""
    context = new_context(viewport=viewport)
    context.add_cookies([room.staff])
    tab = context.new_page()
    tab.add_init_script(WATCH)
    asked: list[Request] = []
    tab.on("request", lambda request: asked.append(request))
    for name in room.paths:
        asked.clear()
        room.visit(tab, name)
        tab.evaluate(DRAWN)
        weights = {request.url: weight(request) for request in asked if request.resource_type in COUNTED}
        assert len(weights) == (2 if name in ("error-400", "error-500") else 3), (name, weights)
        assert sum(weights.values()) < HEAVIEST, (name, weights)
        assert tab.evaluate("window.shift") == 0, name
        assert 0 < tab.evaluate(PAINTED) < SLOWEST_PAINT, name
