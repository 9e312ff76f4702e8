"""Feeds tell what is new in the archive, whenever it was printed."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from archive import store
from archive.models import Article, Issue, Newspaper, Page, PageVersion, Place, PlaceMention
from search.collection import all_documents
from search.engines import current
from tests import factories
from tests.factories import Picture, Story
from tests.pages.test_reading_room import get
from tests.store.test_appearing import arrived
from tests.store.test_store import retitled

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = (
    *("/feeds/articles.xml", "/feeds/sections/law.xml", "/feeds/people/吕沛.xml", "/feeds/places/温县.xml"),
    "/search/feed.xml?q=吕沛&kind=article",
)


def entries(reader: Client, address: str) -> list[Element]:
    return list(ElementTree.fromstring(get(reader, address).content).iter(f"{ATOM}entry"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", FEEDS[:1])
def test_a_feed_is_sent_in_one_piece(address: str) -> None:
    factories.page([Story()])
    assert len([piece for piece in get(Client(), address) if piece]) == 1


def titles(reader: Client, address: str) -> list[str]:
    return [str(entry.findtext(f"{ATOM}title")).split("（")[0] for entry in entries(reader, address)]


def came(headline: str, date: dt.date | None, days_ago: int, name: str = "要闻") -> Page:
    """A page of this day that came into the archive so many days ago."""
    story = Story(
        headline=headline, sections=("law",), people={"吕沛": "书记"}, reporters=("吕沛",),
        paragraphs=("10月21日，吕沛在温县接待群众。",),
    )  # fmt: skip
    page = factories.page(
        [story, Story(headline="别人", people={}, paragraphs=("有别的事。",))], date=date, name=name
    )
    place, _made = Place.objects.get_or_create(slug="温县", name="温县")
    PlaceMention.objects.create(
        place=place, article=page.articles.get(position=1), field="body", start=13, end=15
    )
    arrived(page, days_ago)
    return page


@pytest.fixture
def ingested(db: None, data_folder: object) -> list[Page]:
    pages = [
        came("今日之事", dt.date(2021, 10, 24), 30),
        came("旧日之事", dt.date(1985, 3, 2), 2),
        came("无日之事", None, 10),
    ]
    current().rebuild(all_documents())
    return pages


@pytest.mark.parametrize("much", [0, 500])
@pytest.mark.parametrize("address", FEEDS)
def test_old_pages_newly_ingested_reach_subscribers(
    reader: Client, ingested: list[Page], monkeypatch: pytest.MonkeyPatch, address: str, much: int
) -> None:
    monkeypatch.setattr("archive.feeds.MUCH", much)
    told = [title for title in titles(reader, address) if title != "别人"]
    assert told == ["旧日之事", "无日之事", "今日之事"]
    for entry in entries(reader, address):
        key = str(entry.find(f"{ATOM}link").get("href")).split("/")[-2]  # type: ignore[union-attr]
        article = Article.objects.get(key=key)
        assert article.appeared_at is not None
        published, updated = (
            dt.datetime.fromisoformat(str(entry.findtext(f"{ATOM}{name}")))
            for name in ("published", "updated")
        )
        assert published == article.appeared_at
        assert updated == article.updated_at
        assert published <= updated


@pytest.mark.parametrize("address", FEEDS)
def test_the_day_of_print_is_told_as_it_is_known(reader: Client, ingested: list[Page], address: str) -> None:
    Issue.objects.filter(date=dt.date(1985, 3, 2)).update(date_certainty="printed")
    told = {
        str(entry.findtext(f"{ATOM}title")): str(entry.findtext(f"{ATOM}summary"))
        for entry in entries(reader, address)
    }
    for title, line in (
        ("旧日之事（1985年3月2日）", "<p><small>焦作日报 · 1985年3月2日 · 版次不详 要闻</small></p>"),
        ("无日之事（日期不详）", "<p><small>焦作日报 · 日期不详 · 版次不详 要闻</small></p>"),
        ("今日之事（约2021年10月24日）", "<p><small>焦作日报 · 约2021年10月24日 · 版次不详 要闻</small></p>"),
    ):
        assert told[title].startswith(line), told


def test_a_correction_is_no_new_entry_but_updates_its_own(reader: Client, ingested: list[Page]) -> None:
    page = ingested[0]
    (before,) = [
        each for each in entries(reader, FEEDS[0]) if "今日之事" in str(each.findtext(f"{ATOM}title"))
    ]
    store.save(page, retitled(store.structure_of(page), "今日之事（改）"), based_on=1, author=None)
    assert titles(reader, FEEDS[0])[-2:] == ["今日之事", "别人"]
    (after,) = [each for each in entries(reader, FEEDS[0]) if "（改）" in str(each.findtext(f"{ATOM}title"))]
    for name in ("id", "published"):
        assert before.findtext(f"{ATOM}{name}") == after.findtext(f"{ATOM}{name}")
    assert str(before.findtext(f"{ATOM}updated")) < str(after.findtext(f"{ATOM}updated"))


def test_of_what_came_together_the_newest_print_is_first_then_as_printed(reader: Client, db: None) -> None:
    for headline, day, name in (("三", 1, "甲"), ("一", 9, "要闻"), ("二", 1, "乙")):
        came(headline, dt.date(2021, 10, day), 0, name)
    Article.objects.update(appeared_at=PageVersion.objects.latest("pk").created_at)
    assert [title for title in titles(reader, FEEDS[0]) if title != "别人"] == ["一", "二", "三"]


def test_entries_say_their_script(reader: Client, ingested: list[Page]) -> None:
    factories.page([Story(headline="書記接待來訪群眾", paragraphs=("本報訊，吕沛說，會議開得很好。",))], [
        Picture(caption="吕沛書記在會議上講話。")])  # fmt: skip
    Newspaper.objects.update(rights="open")
    current().rebuild(all_documents())
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for address in ("/feeds/articles.xml", "/search/feed.xml?q=吕沛"):
        found = {
            str(entry.findtext(f"{ATOM}title"))[:2]: entry.get(language) for entry in entries(reader, address)
        }
        assert found["書記"] == "zh-Hant"
        assert found["今日"] is None
    assert found["吕沛"] == "zh-Hant"
