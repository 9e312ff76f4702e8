"""What search engines, feed readers and social cards are given."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import Newspaper, Page
from search.collection import all_documents
from search.engines import current
from tests import factories
from tests.factories import Picture, Story
from tests.pages.test_reading_room import get


@pytest.fixture
def page(db: None) -> Page:
    """A page with an article of one section, and a photo of it."""
    factories.section("law", "法治信访")
    return factories.page([Story(sections=("law",))], [Picture(story=0)])


@pytest.mark.parametrize(
    ("width", "agency", "rights", "shown"),
    [(300, "", "", True), (299, "", "", False), (900, "新华社", "", False), (900, "新华社", "open", True)],
)
def test_a_large_image_of_the_paper_s_own_is_on_social_cards(
    reader: Client, page: Page, width: int, agency: str, rights: str, shown: bool
) -> None:
    photo = page.photos.exclude(article=None).first()
    size = {"image_width": width, "image_height": 600}
    page.photos.filter(pk=photo.pk).update(image="photo.jpg", agency=agency, rights=rights, **size)
    address = reverse("archive:photo-image", args=[photo.key])
    for at in (photo.article.get_absolute_url(), photo.get_absolute_url()):
        html = get(reader, at).content.decode()
        cards = re.findall(r'property="og:image" content="([^"]+)"', html)
        assert [card.endswith(address) for card in cards] == [shown], at
        assert shown or "card" in cards[0]
    html = get(reader, photo.article.get_absolute_url()).content.decode()
    assert (f'{address}"' in re.findall(r"application/ld.json.*", html)[0]) == shown


def test_every_page_has_what_cards_and_engines_ask_for(reader: Client, page: Page) -> None:
    article = page.articles.first().get_absolute_url()
    for address, kind in (("/", "website"), ("/people/吕沛/", "website"), (article, "article")):
        html = get(reader, address).content.decode()
        assert re.findall(r'property="og:type" content="(\w+)"', html) == [kind]
        for name in ("og:title", "og:description", "og:image", "og:url", "og:site_name"):
            assert len(re.findall(f'property="{name}"\\s+content="[^"]', html)) == 1, (address, name)
    assert page.get_absolute_url() in get(reader, "/sitemap-pages.xml").content.decode()
    assert "Allow: /search/help/" in get(reader, "/robots.txt").content.decode()


def test_engines_list_lists_whole_and_articles_as_pages(reader: Client, page: Page) -> None:
    article = page.articles.first()
    for address in (
        *("/articles/?page=2", "/sections/law/?year=2021&month=10", "/people/?letter=l", "/people/?q=lv"),
        *("/people/吕沛/?year=2021", "/photos/?page=1", f"{article.get_absolute_url()}?q=吕沛"),
        *(f"/articles/{article.key}{suffix}" for suffix in (".json", ".bib", ".ris")),
    ):
        assert get(reader, address)["X-Robots-Tag"] == "noindex", address
    for address in ("/", "/articles/", "/people/吕沛/", "/on-this-day/?month=10&day=24"):
        assert "X-Robots-Tag" not in get(reader, address), address
        assert 'name="robots"' not in get(reader, address).content.decode()


def test_feeds_are_asked_again_and_give_open_texts_whole(reader: Client, data_folder) -> None:
    factories.page([Story(headline="推定之日", paragraphs=("投资<1亿元。",))])
    factories.page([Story(headline="印明之日")], date=dt.date(2021, 11, 1), certainty="printed")
    Newspaper.objects.update(rights="open")
    current().rebuild(all_documents())
    for address in ("/feeds/articles.xml", "/feeds/people/吕沛.xml", "/search/feed.xml?q=吕沛"):
        response = get(reader, address)
        assert response["Cache-Control"] == "no-cache"
        assert response["ETag"]
    root = ElementTree.fromstring(get(reader, "/feeds/articles.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    texts = [entry.findtext(f"{atom}summary") for entry in root.iter(f"{atom}entry")]
    assert any(str(text).endswith("</p><p>投资&lt;1亿元。</p>") for text in texts)


def test_a_search_s_feed_is_of_the_same_search(reader: Client, page: Page, data_folder) -> None:
    current().rebuild(all_documents())
    root = ElementTree.fromstring(get(reader, "/search/feed.xml?q=吕沛&section=law").content)
    links = {link.get("rel"): link.get("href") for link in root.findall("{http://www.w3.org/2005/Atom}link")}
    assert "section=law" in str(links["self"])
    assert "section=law" in str(links["alternate"])


def test_an_empty_feed_is_never_new(reader: Client) -> None:
    factories.section("sports", "体育")
    root = ElementTree.fromstring(get(reader, "/feeds/sections/sports.xml").content)
    assert root.findtext("{http://www.w3.org/2005/Atom}updated") == "1970-01-01T00:00:00+00:00"
