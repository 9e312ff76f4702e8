"""An article that goes on on another page leads there, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import changes, store
from archive.models import Article, Page
from tests import factories
from tests.factories import Story
from tests.pages.test_queries import MOST

pytestmark = pytest.mark.django_db


def jumping(number: int, headline: str, **said: str) -> Article:
    """The first article of a page with this number, which says where it goes on or comes from."""
    page = factories.page(
        [Story(headline=headline), Story(headline="别的新闻")], number=number, name=f"版{number}"
    )
    structure = store.structure_of(page)
    first, *rest = structure.articles
    store.save(
        page, replace(structure, articles=(replace(first, **said), *rest)), based_on=page.version, author=None
    )
    return page.articles.get(headline=headline)


def test_the_parts_lead_to_each_other(reader: Client) -> None:
    one = jumping(1, "党代会开幕", continued_on="第二版")
    two = jumping(2, "党代会开幕（续）", continued_from="一版")
    text = reader.get(one.get_absolute_url()).content.decode()
    assert f'rel="next" href="{two.get_absolute_url()}"' in text
    text = reader.get(two.get_absolute_url()).content.decode()
    assert f'rel="prev" href="{one.get_absolute_url()}"' in text


def test_a_part_that_readers_cannot_open_is_named_without_a_link(reader: Client) -> None:
    one = jumping(1, "党代会开幕", continued_on="第二版")
    two = jumping(2, "党代会开幕（续）", continued_from="一版")
    Article.objects.filter(pk=two.pk).update(visibility="withheld")
    text = reader.get(one.get_absolute_url()).content.decode()
    assert "第二版" in text
    assert two.key not in text
    Article.objects.filter(pk=two.pk).update(visibility="public")
    store.delete_page(Page.objects.get(pk=two.page_id), author=None)
    text = reader.get(one.get_absolute_url()).content.decode()
    assert "第二版" in text
    assert two.key not in text


def test_a_jump_to_a_page_that_is_not_there_is_named(reader: Client) -> None:
    one = jumping(1, "党代会开幕", continued_on="第三版")
    jumping(2, "党代会开幕（续）", continued_from="一版")
    text = reader.get(one.get_absolute_url()).content.decode()
    assert "第三版" in text
    assert 'rel="next" href="/articles/' not in text.split('class="note"')[1].split("</p>")[0]


def test_a_part_that_readers_cannot_open_still_has_its_own_other_part(reader: Client) -> None:
    same = "党代会胜利开幕"
    one = jumping(1, same, continued_on="第二版")
    jumping(1, "两会闭幕", continued_on="第二版")
    two = jumping(2, f"{same}（续）", continued_from="一版")
    Article.objects.filter(pk=one.pk).update(visibility="delisted")
    text = reader.get(two.get_absolute_url()).content.decode()
    assert 'rel="prev" href="/articles/' not in text.split('class="note"')[1].split("</p>")[0]


def test_parts_cost_no_more_than_the_queries_of_any_page(reader: Client, data_folder: Path) -> None:
    one = jumping(1, "党代会开幕", continued_on="第二版")
    jumping(2, "党代会开幕（续）", continued_from="一版")
    changes.catch_up("search")
    with CaptureQueriesContext(connection) as queries:
        text = reader.get(one.get_absolute_url()).content.decode()
    assert "h-related" in text
    assert len(queries) <= MOST
