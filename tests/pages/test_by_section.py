"""The sections on a person's or place's page lead to the articles that they count."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from archive import counts
from archive.models import Article, Place, PlaceMention, Section
from tests import factories
from tests.factories import Story
from tests.pages.test_reading_room import get


@pytest.fixture
def archive(db: None) -> None:
    place = Place.objects.create(slug="温县", name="温县")
    for number, sections in enumerate([("law",), ("law", "investment"), ("investment", "law"), (), ("law",)]):
        story = Story(
            headline=f"第{number}篇",
            sections=sections,
            paragraphs=(f"10月{number + 1}日，吕沛在温县接待群众。",),
            event_dates=(f"2021-10-0{number + 1}",),
        )
        page = factories.page([story], date=dt.date(2021, 10 + number % 2, 24), name=f"{number}")
        PlaceMention.objects.create(place=place, article=page.articles.get(), field="body", start=9, end=11)
    counts.doubt(places=[place.pk])
    counts.recount()


def shown(html: str) -> list[str]:
    """The articles of the events on a page, in their order."""
    events = html.split('id="events"', 1)[1].split("</section>", 1)[0]
    titles = dict(Article.objects.values_list("key", "headline"))
    return [titles[key] for key in dict.fromkeys(re.findall(r"/articles/([\w-]+)/", events))]


@pytest.mark.parametrize("address", ["/people/吕沛/", "/places/温县/"])
def test_a_section_leads_to_as_many_articles_as_it_counts(
    reader: Client, archive: None, address: str
) -> None:
    html = get(reader, address).content.decode()
    links = re.findall(r'href="(\?section=[^"]+)#events"[^>]*>([^<]+)</a> <span class="count">(\d+)<', html)
    assert [(name, int(count)) for _href, name, count in links] == [("法治信访", 3), ("项目招商", 1)]
    assert shown(html) == ["第4篇", "第3篇", "第2篇", "第1篇", "第0篇"]
    for href, name, count in links:
        response = get(reader, address + href)
        assert response["X-Robots-Tag"] == "noindex"
        narrowed = response.content.decode()
        assert len(shown(narrowed)) == int(count)
        main = Section.objects.get(name=name)
        assert set(shown(narrowed)) == set(
            Article.objects.filter(section=main).values_list("headline", flat=True)
        )
        assert f' · <span lang="zh-Hans">{name}</span>' in narrowed
        assert f'aria-current="true">{name}' in narrowed


def test_a_section_and_a_month_narrow_together_and_no_section_narrows_nothing(
    reader: Client, archive: None
) -> None:
    for query, titles in (
        ("section=law&year=2021&month=10", ["第4篇", "第1篇", "第0篇"]),
        ("section=law&year=2020", []),
        ("section=nothing", ["第4篇", "第3篇", "第2篇", "第1篇", "第0篇"]),
    ):
        assert shown(get(reader, f"/people/吕沛/?{query}").content.decode()) == titles


def test_a_renamed_section_is_called_by_its_name_now(reader: Client, archive: None) -> None:
    Section.objects.filter(slug="law").update(name="信访")
    assert "信访</a> <span" in get(reader, "/people/吕沛/").content.decode()
