"""A real Chromium on the real site. Without one these tests are skipped, with ``CI=true`` they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from search import views
from tests.browser import sample

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

Contexts = Callable[..., BrowserContext]

# The browser's own loop runs in the test's thread; the tests read the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No chromium here, and CI=true: install it.")
        pytest.skip("No chromium here.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Contexts]:
    """Makes contexts (a person's browser each) that are closed after the test."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(
            **{"locale": "zh-CN", "viewport": {"width": 1400, "height": 1000}} | options
        )
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    cache.clear()
    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context: Contexts) -> Page:
    """One tab of one person; any error of a script fails the test."""
    tab = new_context().new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.script_errors = errors  # type: ignore[attr-defined]
    return tab


#: A page's answer is 200 but for the pages of errors, whose names end in theirs.
STATUSES = {"400": 400, "404": 404, "410": 410, "429": 429, "500": 500}


@dataclass(frozen=True)
class Room:
    """The reading room as it is served: its address, the paths of its page types, and the cookie of its staff."""

    url: str
    paths: dict[str, str]
    staff: dict[str, str]

    def __getitem__(self, name: str) -> str:
        """The whole address of a page type."""
        return self.url + self.paths[name]

    def visit(self, tab: Page, name: str) -> Response:
        """Go to a page type, which has to answer as it should."""
        response = tab.goto(self[name])
        assert response is not None
        assert response.status == STATUSES.get(name[-3:], 200), (name, response.status)
        return response


@pytest.fixture(scope="module")
def room(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    """One reading room for all tests of a module, since they only read (a report that is sent apart)."""
    data = tmp_path_factory.mktemp("room")
    folders = override_settings(DATA_DIR=data, INDEX_DIR=data / "index", MEDIA_ROOT=data / "media")
    with (
        django_db_blocker.unblock(),
        folders,
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),  # around those of the tests; the server shares the connection
    ):
        cache.clear()
        paths = sample.build()
        editor = get_user_model().objects.create_superuser("editor", "", "")
        client = Client()
        client.force_login(editor)
        _make_searches_fail(patch)
        connection.inc_thread_sharing()  # for good: a browser's last connection may end after the server
        server = LiveServer("localhost")
        staff = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}
        yield Room(server.url, paths, staff)
        server.stop()
        transaction.set_rollback(True)
    cache.clear()


def _make_searches_fail(patch: pytest.MonkeyPatch) -> None:
    """``too-many`` is one search too many, and ``broken`` a fault of the program."""
    find = views.find

    def breaking(q: str, *rest: object, **named: object) -> object:
        if q == "broken":
            raise RuntimeError("on purpose")
        return find(q, *rest, **named)

    patch.setattr(views, "too_many", lambda request, *_: request.GET.get("q") == "too-many")
    patch.setattr(views, "find", breaking)


@dataclass(frozen=True)
class Visitor:
    """A reader at a window, with or without scripts. ``complaints`` are errors and requests elsewhere, as they come."""

    tab: Page
    room: Room
    narrow: bool
    scripts: bool
    complaints: list[str]

    def visit(self, name: str) -> Page:
        """Go to a page type, which works and fits the window; the tab."""
        self.room.visit(self.tab, name)
        expect(self.tab.locator("h1")).to_have_count(1)
        assert self.complaints == [], name
        assert self.tab.evaluate(FITS), f"{name} is too wide"
        return self.tab

    def read(self) -> str:
        """The words of the main part that are seen, as one line."""
        return " ".join(self.tab.locator("main").inner_text().split())

    def follow(self, name: str, within: str = "main") -> Page:
        """Click the first link of this name, which leads to a page that works; the tab."""
        link = self.tab.locator(within).get_by_role("link", name=name).first
        with self.tab.expect_navigation() as moved:
            link.click()
        assert moved.value is not None
        assert moved.value.status == 200, (name, moved.value.url)
        assert self.complaints == [], name
        return self.tab


FITS = "document.documentElement.scrollWidth <= innerWidth"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
VARIANTS = [(WIDE, True), (WIDE, False), (NARROW, True), (NARROW, False)]
NAMES = ["wide", "wide-no-scripts", "narrow", "narrow-no-scripts"]


@pytest.fixture(scope="module", params=VARIANTS, ids=NAMES)
def one_of_each(request: pytest.FixtureRequest, room: Room, chromium: Browser) -> Iterator[Visitor]:
    """Somebody at each window, with and without scripts, who stays for all tests of a module."""
    viewport, scripts = request.param
    with chromium.new_context(locale="zh-CN", viewport=viewport, java_script_enabled=scripts) as context:
        context.set_default_timeout(15_000)
        tab = context.new_page()
        yield Visitor(tab, room, viewport is NARROW, scripts, complaints_of(tab, room.url))


@pytest.fixture
def visitor(one_of_each: Visitor) -> Visitor:
    """The same, without what an earlier test left."""
    cache.clear()
    one_of_each.tab.context.clear_cookies()
    one_of_each.complaints.clear()
    return one_of_each


def complaints_of(tab: Page, home: str) -> list[str]:
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
