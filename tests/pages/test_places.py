"""Places: found with people in one reading, kept in line with the text, with pages, a feed and a facet of their own."""

from __future__ import annotations

import pytest
from django.test import Client

from archive import changes, counts, store
from archive.models import Article, Change, Place, PlaceMention
from archive.places import write
from search.collection import documents_of
from tests import factories
from tests.factories import Story
from tests.store.test_store import dump, ingested, page_of

pytestmark = pytest.mark.django_db


def name_places(headline: str, *names: str) -> Article:
    """An article that names these places at the beginning of its body."""
    article = Article.objects.get(headline=headline)
    spots = [(name, ("body", 0, n, n + len(name))) for n, name in enumerate(names)]
    write(article.page, {article.key: article.pk}, {article.key: spots})
    return article


@pytest.fixture
def archive() -> None:
    factories.section("law", "法治信访")
    factories.page(
        [
            Story(headline="调研阳庙镇", people={"吕沛": ""}, sections=("law",), event_dates=("2021-10-21",)),
            Story(
                headline="排查积水",
                people={"宫卫红": ""},
                paragraphs=("9月3日，宫卫红到阳庙镇检查防汛。",),
                event_dates=("2021-09-03",),
            ),
            Story(headline="撤下的", people={"王建新": ""}, visibility="withheld"),
        ]
    )
    name_places("调研阳庙镇", "阳庙镇", "小梁庄村")
    name_places("排查积水", "阳庙镇", "中原路")
    name_places("撤下的", "李万街道")
    counts.recount()


def test_places_come_with_people_and_follow_the_text() -> None:
    page = ingested()
    changes.catch_up("people")
    article = page.articles.get(position=1)
    assert not article.place_mentions.exists()
    text = page.dump.text.replace("接待群众", "赴阳庙镇小梁庄村接待群众")
    store.ingest(dump(text), [page_of(text)], "1")
    changes.catch_up("people")
    article.refresh_from_db()
    found = list(article.place_mentions.select_related("place"))
    assert {one.place.name for one in found} == {"阳庙镇", "小梁庄村"}
    for one in found:
        texts = {"headline": [article.headline], "body": article.paragraphs}[one.field]
        assert texts[one.paragraph][one.start : one.end] == one.place.name
    assert Place.objects.get(name="阳庙镇").reading == "yángmiàozhèn"


def test_places_that_stay_are_not_written_again() -> None:
    factories.page([Story(headline="甲")])
    article = name_places("甲", "阳庙镇")
    before = list(PlaceMention.objects.values_list("pk", flat=True))
    again = {article.key: [("阳庙镇", ("body", 0, 0, 3))]}
    assert not write(article.page, {article.key: article.pk}, again)
    assert list(PlaceMention.objects.values_list("pk", flat=True)) == before


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("typed", ["阳庙", "yangmiao", "ymz", "YangMiao", "y m"])
def test_places_are_found_by_name_pinyin_and_initials(reader: Client, typed: str) -> None:
    text = reader.get("/places/", {"q": typed}).content.decode()
    assert "/places/%E9%98%B3%E5%BA%99%E9%95%87/" in text
    assert "中原路" not in text


@pytest.mark.usefixtures("archive")
def test_the_index_lists_what_readers_may_open_the_most_named_first(reader: Client) -> None:
    text = reader.get("/places/").content.decode()
    assert text.index("阳庙镇") < text.index("小梁庄村")
    assert "李万街道" not in text
    assert "李万街道" not in reader.get("/places/?letter=l").content.decode()
    assert "中原路" in reader.get("/places/?letter=z").content.decode()


@pytest.mark.usefixtures("archive")
def test_a_place_tells_what_happened_there_and_who_was_there(reader: Client) -> None:
    text = reader.get("/places/阳庙镇/").content.decode()
    for told in ("调研阳庙镇", "排查积水", "吕沛", "宫卫红", "法治信访", "yángmiàozhèn"):
        assert told in text
    assert text.index("调研阳庙镇") < text.index("排查积水"), "the newest event comes first"
    september = reader.get("/places/阳庙镇/?year=2021&month=9").content.decode()
    assert "排查积水" in september
    assert "调研阳庙镇" not in september


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("address", ["/places/李万街道/", "/places/没有村/", "/feeds/places/没有村.xml"])
def test_what_readers_may_not_open_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


@pytest.mark.usefixtures("archive")
def test_an_article_leads_to_its_places_and_a_feed_tells_of_new_articles(reader: Client) -> None:
    article = Article.objects.get(headline="调研阳庙镇")
    text = reader.get(article.get_absolute_url()).content.decode()
    assert text.count(Place.objects.get(name="小梁庄村").get_absolute_url()) == 1
    feed = reader.get("/feeds/places/小梁庄村.xml").content.decode()
    assert "调研阳庙镇" in feed
    assert "排查积水" not in feed
    assert "/places/" in reader.get("/sitemap-places.xml").content.decode()


@pytest.mark.usefixtures("archive")
def test_a_place_that_staff_take_off_the_lists_is_nowhere(staff: Client) -> None:
    place = Place.objects.get(name="阳庙镇")
    key = Article.objects.get(headline="排查积水").key
    (document,) = documents_of([("article", key)])
    assert document.places == ("阳庙镇", "中原路")
    before = changes.last()
    fields = ("reading", "initials", "search_forms", "note")
    data = {field: getattr(place, field) for field in fields}
    assert staff.post(f"/admin/archive/place/{place.pk}/change/", data).status_code == 302
    assert Change.objects.filter(id__gt=before, what="mentions", key=key).exists()
    (document,) = documents_of([("article", key)])
    assert document.places == ("中原路",)
    for address in ("/places/阳庙镇/", "/feeds/places/阳庙镇.xml"):
        assert staff.get(address).status_code == 404
    assert "阳庙镇" not in staff.get("/places/").content.decode()


def test_a_person_s_page_leads_to_the_earliest_article_from_any_list_that_goes_on(reader: Client) -> None:
    days = [f"2021-{month:02}-{day:02}" for month in (3, 4, 5) for day in range(1, 10)]
    stories = [Story(headline=f"在{day}", people={"吕沛": ""}, event_dates=(day,)) for day in days]
    factories.page(stories)
    text = reader.get("/people/吕沛/").content.decode()
    assert "最早的一篇" in text
    assert text.rindex("在2021-03-01") > text.index("最早的一篇")
    assert "最早的一篇" not in reader.get("/people/吕沛/?year=2021&month=3").content.decode()
