"""Within a day everything stands as printed: by the page's number, its name, the place on the page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from archive import store
from archive.models import Article, Page, Person, Photo
from archive.order import PAGES, page_order
from archive.people_pages import by_the_same_hand
from search.collection import all_documents
from search.engines import current
from tests import factories
from tests.factories import Picture, Story
from tests.pages.test_reading_room import get

DAY = dt.date(2021, 10, 24)
#: Pages in the order in which they came, each with where it belongs.
CAME = (("", None, 4), ("示范区", 2, 3), ("要闻", 1, 2), ("综合", None, 5), ("一版", 1, 1))


@pytest.fixture
def day(db: None) -> list[str]:
    """A day whose pages came in no order: the titles of its articles as they should stand."""
    titles = {}
    for name, number, place in CAME:
        stories = [
            Story(
                headline=f"第{place}处{article}",
                paragraphs=("10月21日，吕沛接待来访群众。",),
                sections=("law",),
                people={"吕沛": "书记"},
            )
            for article in (1, 2)
        ]
        factories.page(stories, [Picture(f"第{place}处的照片")], date=DAY, number=number, name=name)
        titles[place] = [story.headline for story in stories]
    return [title for place in sorted(titles) for title in titles[place]]


def _standing(html: str, titles: list[str]) -> list[str]:
    """These titles in the order in which a page leads to their articles first."""
    keys = {article.key: article.headline for article in Article.objects.all()}
    met = dict.fromkeys(re.findall(r"/articles/([\w-]+)/", html))
    return [keys[key] for key in met if key in keys and keys[key] in titles]


@pytest.mark.parametrize(
    "address",
    [
        *("/articles/", "/articles/?year=2021&month=10", "/sections/law/", "/on-this-day/?month=10&day=24"),
        *("/issues/jiaozuo-ribao/2021-10-24/", "/", "/people/吕沛/", "/people/吕沛/?year=2021&month=10"),
    ],
)
def test_every_list_of_a_day_stands_as_printed(reader: Client, day: list[str], address: str) -> None:
    html = get(reader, address).content.decode()
    main = html.split("<main", 1)[1]
    assert _standing(main, day) == day


def test_search_by_date_stands_as_printed(reader: Client, day: list[str], data_folder: object) -> None:
    current().rebuild(all_documents())
    for sort in ("newest", "oldest"):
        html = get(reader, f"/search/?q=吕沛&kind=article&sort={sort}").content.decode()
        assert _standing(html, day) == day, sort


def test_pages_of_an_issue_lead_on_as_printed(reader: Client, day: list[str]) -> None:
    page = Page.objects.get(name="示范区")
    main = get(reader, page.get_absolute_url()).content.decode().split("<main", 1)[1]
    names = {other.key: other.name for other in Page.objects.exclude(pk=page.pk)}
    met = dict.fromkeys(re.findall(r"/pages/([\w-]+)/", main))
    assert [names[key] for key in met if key in names] == ["一版", "要闻", "", "综合"]
    assert [other.name for other in Page.objects.order_by(*PAGES)] == ["一版", "要闻", "示范区", "", "综合"]


def test_the_same_hand_leads_on_as_printed(reader: Client, day: list[str]) -> None:
    writer = Person.objects.get(name="郭树勋")
    for much in (False, True):
        writer.written = 10_000 if much else 1
        for place, title in enumerate(day):
            found = by_the_same_hand(Article.objects.get(headline=title), [writer])
            assert [row.headline for row in reversed(found.after)] == day[place + 1 : place + 3]
            assert [row.headline for row in reversed(found.before)] == day[max(place - 2, 0) : place]


NAMES = st.sampled_from(["", "要闻", "示范区", "A", "要闻二"])
NUMBERS = st.one_of(st.none(), st.integers(1, 9999))


@given(pages=st.lists(st.tuples(NUMBERS, NAMES), max_size=8))
def test_the_place_of_a_page_sorts_by_number_then_name(pages: list[tuple[int | None, str]]) -> None:
    by_hand = sorted(pages, key=lambda page: (page[0] is None, page[0] or 0, page[1]))
    assert sorted(pages, key=lambda page: page_order(*page)) == by_hand


def test_a_page_that_gets_its_number_takes_its_pieces_along(db: None) -> None:
    page = factories.page([Story()], [Picture()], number=None, name="")
    structure = store.structure_of(page)
    facts = replace(structure.facts, number=3, name="要闻")
    store.save(page, replace(structure, facts=facts), based_on=page.version, author=None)
    for model in (Article, Photo):
        assert set(model.objects.values_list("page_order", flat=True)) == {page_order(3, "要闻")}
