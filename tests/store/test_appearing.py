"""When readers were first shown a text: once, whatever becomes of it later."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.utils import timezone

from archive import store
from archive.models import Article, Page, PageVersion, Photo, Piece
from archive.order import page_order
from archive.structure import PageStructure
from tests import factories
from tests.factories import Picture, Story
from tests.store.test_store import TEXT, dump, ingested, page_of, retitled

pytestmark = pytest.mark.django_db

WITHHELD, PUBLIC, DELISTED = Piece.Visibility.WITHHELD, Piece.Visibility.PUBLIC, Piece.Visibility.DELISTED


def arrived(page: Page, days: int = 30) -> dt.datetime:
    """Have the page and what stands on it come so many days ago."""
    at = timezone.now() - dt.timedelta(days=days)
    PageVersion.objects.filter(page=page).update(created_at=at)
    for rows in (page.articles, page.photos):
        rows.update(appeared_at=at, updated_at=at)
    return at


def cut(structure: PageStructure) -> PageStructure:
    """The first article as two."""
    one, *others = structure.articles
    headline, *rest = one.blocks
    two = replace(one, blocks=tuple(rest), key="")
    return replace(structure, articles=(replace(one, blocks=(headline,)), two, *others))


def test_what_is_stored_appears_then_and_not_later_than_it_changed() -> None:
    before = timezone.now()
    page = factories.page([Story()], [Picture()])
    for piece in (page.articles.get(), page.photos.get()):
        assert piece.appeared_at is not None
        assert before <= piece.appeared_at <= piece.updated_at


def test_what_is_corrected_keeps_its_day_and_says_that_it_changed() -> None:
    page = ingested()
    at = arrived(page)
    store.save(page, retitled(store.structure_of(page), "吕沛接访记"), based_on=1, author=None)
    changed = page.articles.get(headline="吕沛接访记")
    assert changed.appeared_at == at < changed.updated_at


def test_what_staff_or_a_better_parser_make_of_a_page_has_been_there_since_it_came() -> None:
    page = ingested()
    at = arrived(page)
    store.save(page, cut(store.structure_of(page)), based_on=1, author=None)
    assert page.articles.filter(gone=False).count() == 3
    assert set(page.articles.values_list("appeared_at", flat=True)) == {at}
    other = ingested(TEXT.replace("蒙牛", "伊利"))
    at = arrived(other)
    store.reparse(other.dump, [cut(store.structure_of(other))], "2")
    assert other.articles.filter(gone=False).count() == 3
    assert set(other.articles.values_list("appeared_at", flat=True)) == {at}


def test_of_a_replaced_dump_only_what_is_new_is_new() -> None:
    page = ingested()
    at = arrived(page)
    text = f"{TEXT}\n法院开庭\n10月23日，法院开庭审理一起案件。"
    store.ingest(dump(text), [page_of(text)], "1")
    kept = dict(page.articles.values_list("headline", "appeared_at"))
    assert kept.pop("法院开庭") > at
    assert kept == {"吕沛接访": at, "蒙牛投产": at}


def test_what_was_withheld_appears_when_readers_are_shown_it_and_only_the_first_time() -> None:
    page = ingested()
    one, two = page.articles.order_by("position")
    at = arrived(page)
    Article.objects.filter(pk=one.pk).update(visibility=WITHHELD, appeared_at=None)
    store.save(page, retitled(store.structure_of(page), "还不公开"), based_on=1, author=None)
    assert page.articles.get(pk=one.pk).appeared_at is None
    for visibility in (PUBLIC, WITHHELD, DELISTED, PUBLIC):
        for piece in (one, two):
            store.set_visibility(piece, visibility, "核对")
        first = page.articles.get(pk=one.pk).appeared_at
        assert first is not None
        assert first > at
        page.articles.filter(pk=one.pk).update(appeared_at=first)
    assert page.articles.get(pk=two.pk).appeared_at == at
    released = page.articles.get(pk=one.pk).appeared_at
    store.set_visibility(one, WITHHELD, "核对")
    store.set_visibility(one, PUBLIC, "核对")
    assert page.articles.get(pk=one.pk).appeared_at == released


def test_a_deleted_page_that_comes_back_is_no_news() -> None:
    page = ingested()
    at = arrived(page)
    store.delete_page(page, author=None)
    page.refresh_from_db()
    store.restore(page, 1, author=None)
    assert set(page.articles.values_list("appeared_at", flat=True)) == {at}


def test_what_was_there_before_gets_order_arrival_and_script_by_the_migration() -> None:
    migration = importlib.import_module("archive.migrations.0014_order_and_arrival")
    simplified = factories.page([Story()], [Picture()], number=2, name="要闻")
    traditional = factories.page(
        [Story(headline="書記接待來訪群眾", paragraphs=("本報訊，書記說，會議開得很好。",))], name=""
    )
    at = timezone.now() - dt.timedelta(days=9)
    PageVersion.objects.filter(number=1).update(created_at=at)
    for model in (Article, Photo):
        model.objects.update(page_order="", appeared_at=None, language="zh-Hans")
    schema = SimpleNamespace()
    migration.place(apps, schema)
    migration.tell_language(apps, schema)
    assert simplified.articles.get().page_order == simplified.photos.get().page_order == page_order(2, "要闻")
    assert traditional.articles.get().page_order == page_order(None, "")
    assert {row.appeared_at for model in (Article, Photo) for row in model.objects.all()} == {at}
    assert simplified.articles.get().language == "zh-Hans"
    assert traditional.articles.get().language == "zh-Hant"
