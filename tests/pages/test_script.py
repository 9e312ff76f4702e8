"""Texts are marked by the script they are printed in, whatever the interface's; none is ever converted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.test import Client

from archive import store
from archive.models import Article, Page
from archive.script import language_of
from search.collection import all_documents
from search.engines import current
from tests import factories
from tests.conftest import ROOT
from tests.factories import Picture, Story
from tests.pages.test_reading_room import get

TRADITIONAL = "書記接待來訪群眾"
SIMPLIFIED = "书记接待来访群众"
CAPTION = "工人們在車間裡檢驗產品。"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("吕沛到信访大厅接待群众来访", "zh-Hans"),
        ("呂沛到信訪大廳接待群眾來訪", "zh-Hant"),
        ("", "zh-Hans"),
        ("山水人土木，天下太平。", "zh-Hans"),  # in both alike
        ("皇后在台上松了一口", "zh-Hans"),  # 后 台 松 are in both, whatever they stand for
        ("《論語》和《詩經》都是古代的书，我们这几年读得很认真。", "zh-Hans"),
        ("“讯网”這個詞，報上說是網絡時代的產物。", "zh-Hant"),
        ("Xinhua 2021", "zh-Hans"),
    ],
)
def test_characters_tell_the_script(text: str, language: str) -> None:
    assert language_of(text) == language


def test_whole_pages_tell_theirs() -> None:
    golden = ROOT / "tests" / "golden"
    for name, language in (
        ("traditional-16em", "zh-Hant"),
        ("agency-17em", "zh-Hans"),
        ("ocr-plain", "zh-Hans"),
    ):
        lines = (golden / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        assert {language_of("".join(lines[at : at + 4])) for at in range(0, len(lines) - 4, 4)} == {language}


class Texts(HTMLParser):
    """Each text of a page with the language that its elements give it."""

    EMPTY = frozenset(
        {"br", "img", "input", "link", "meta", "hr", "wbr", "path", "rect", "line", "circle", "use"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[str] = []
        self.found: dict[str, set[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            self.languages.append(dict(attrs).get("lang") or (self.languages or [""])[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.languages:
            self.found.setdefault(data.strip(), set()).add(self.languages[-1])


def languages(html: str, text: str) -> set[str]:
    """The languages in which the page shows a text, but for the head."""
    texts = Texts()
    texts.feed(html[html.index("<body") : html.index("</html>")])
    return set().union(*(tags for shown, tags in texts.found.items() if text in shown))


@pytest.fixture
def page(db: None, data_folder: object) -> Page:
    stories = [
        Story(
            headline=headline, paragraphs=(text,), sections=("law",), people={"吕沛": "书记"}, kicker=kicker,
        )
        for headline, kicker, text in (
            (TRADITIONAL, "訪民情", "本報訊（記者郭樹勳）10月21日，吕沛說，會議開得很好，要爲群眾辦實事。"),
            (SIMPLIFIED, "解民忧", "本报讯（记者郭树勋）10月21日，吕沛说，会议开得很好，要为群众办实事。"),
        )
    ]  # fmt: skip
    page = factories.page(stories, [Picture(CAPTION), Picture("工人们在车间里检验产品。")])
    current().rebuild(all_documents())
    return page


@pytest.mark.parametrize("asked", ["zh-CN", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/articles/",
        "/sections/law/",
        "PAGE",
        "ISSUE",
        "/people/吕沛/",
        "/search/?q=吕沛",
        "/on-this-day/?month=10&day=24",
    ],
)
def test_each_text_is_marked_by_its_own_script(reader: Client, page: Page, address: str, asked: str) -> None:
    address = {"PAGE": page.get_absolute_url(), "ISSUE": page.issue.get_absolute_url()}.get(address, address)
    html = reader.get(address, headers={"accept-language": asked}).content.decode()
    assert languages(html, TRADITIONAL) == {"zh-Hant"}
    assert languages(html, SIMPLIFIED) == {"zh-Hans"}
    assert "zh-Hant" not in languages(html, "法治信访")  # the archive's own word


def test_captions_are_marked(reader: Client, page: Page) -> None:
    for address in ("/photos/", page.get_absolute_url(), page.photos.get(caption=CAPTION).get_absolute_url()):
        assert languages(get(reader, address).content.decode(), CAPTION[:8]) == {"zh-Hant"}


def test_an_article_tells_programs(reader: Client, page: Page) -> None:
    for title, language in ((TRADITIONAL, "zh-Hant"), (SIMPLIFIED, "zh-Hans")):
        article = Article.objects.get(headline=title)
        html = get(reader, article.get_absolute_url()).content.decode()
        assert languages(html, article.body[-8:]) == {language}
        assert languages(html, article.kicker) == {language}
        linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert linked
        assert json.loads(linked[1])["inLanguage"] == language
        for name in ("DC.language", "citation_language"):
            assert f'name="{name}" content="{language}"' in html
        assert title in html  # as printed


def test_what_staff_retype_may_change_the_script(page: Page) -> None:
    structure = store.structure_of(page)
    one, *others = structure.articles
    blocks = tuple(replace(block, edited="书记说，会议开得很好，要为群众办实事。") for block in one.blocks)
    changed = replace(structure, articles=(replace(one, blocks=blocks), *others))
    store.save(page, changed, based_on=page.version, author=None)
    assert page.articles.get(position=1).language == "zh-Hans"
