"""A prepared query finds what the same query finds that is written anew, whatever it is asked for and by whom."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Sequence

import pytest
from django.db import connection, connections
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from archive import prepared as module
from archive.models import Article, Mention
from archive.prepared import prepared
from tests import factories
from tests.factories import Story


def _keyed(keys: Sequence[str]) -> QuerySet[Article]:
    return Article.objects.listed().filter(key__in=keys).for_lists("event_dates").order_by("headline")


def _containing(text: str, position: int) -> QuerySet[Article]:
    return Article.objects.filter(body__contains=text, position__gte=position).order_by("position")


def _naming(people: Sequence[int], after: str) -> QuerySet[Article]:
    theirs = Mention.objects.filter(person__pk__in=people, article=OuterRef("pk"))
    return Article.objects.filter(Exists(theirs), date__gt=after).order_by("position")


@pytest.fixture
def articles(db: None) -> list[Article]:
    stories = [
        Story(headline=f"第{number}篇", people={"吕沛": ""} if number else {}, paragraphs=(text, "吕沛说。"))
        for number, text in enumerate(["百分之百", "100%", "100", r"反\斜", "下_线"])
    ]
    return list(factories.page(stories).articles.order_by("position"))


def test_values_are_those_of_each_asking(articles: list[Article]) -> None:
    ask = prepared(_keyed)
    for some in (articles[:2], articles[2:4], articles[:1], articles, []):
        keys = [article.key for article in some]
        assert ask(keys) == list(_keyed(keys))
        assert len(ask(keys)) == len(some)


def test_a_list_row_has_all_that_a_list_shows(articles: list[Article]) -> None:
    ask = prepared(_keyed)
    with CaptureQueriesContext(connection) as queries:
        (row,) = ask([articles[0].key])
        assert row.page.issue.newspaper.name
        assert row.event_dates == articles[0].event_dates
        assert row.date == articles[0].date
    assert len(queries) == 1


@pytest.mark.parametrize("text", ["100%", "下_线", "\\", "'", "百分", "%", ""])
def test_marks_of_patterns_are_only_characters(articles: list[Article], text: str) -> None:
    ask = prepared(_containing)
    ask("写好", 0)
    for position in (0, 3):
        assert ask(text, position) == list(_containing(text, position))


def test_values_within_subqueries(articles: list[Article]) -> None:
    ask = prepared(_naming)
    person = Mention.objects.filter(person__name="吕沛").values_list("person", flat=True)[0]
    assert ask([person], "1900-01-01") == articles[1:]
    assert ask([person, person + 1], "1900-01-01") == articles[1:]
    assert ask([person], "2900-01-01") == ask([person + 1], "1900-01-01") == []


def test_only_values_differ_from_one_asking_to_the_next(articles: list[Article]) -> None:
    written = []

    @prepared
    def ask(key: str) -> QuerySet[Article]:
        written.append(key)
        return Article.objects.filter(key=key)

    for article in articles:
        assert ask(article.key) == [article]
    assert len(written) == 1


def test_more_shapes_than_are_kept_are_asked_all_the_same(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_SHAPES", 2)
    ask = prepared(_keyed)
    keys = [article.key for article in articles]
    assert [len(ask(keys[:number])) for number in (1, 2, 3, 4, 1)] == [1, 2, 3, 4, 1]


def test_rows_are_new_each_time(articles: list[Article]) -> None:
    ask = prepared(_keyed)
    (one,) = ask([articles[0].key])
    Article.objects.filter(pk=one.pk).update(headline="改过")
    (two,) = ask([articles[0].key])
    assert (one.headline, two.headline) == ("第0篇", "改过")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection() -> None:
    page = factories.page([Story(headline="一"), Story(headline="二")])
    keys = list(page.articles.order_by("position").values_list("key", flat=True))
    ask = prepared(_keyed)
    assert len(ask(keys)) == 2
    found: list[int] = []

    def elsewhere() -> None:
        try:
            found.append(len(ask(keys)))
        finally:
            connections.close_all()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert found == [2]


@pytest.mark.parametrize(
    "value", [None, dt.date(2021, 10, 24), 1.5, {"a"}, ["a", None], [dt.date(2021, 10, 24)]]
)
def test_a_value_that_no_lookup_takes_is_named_with_its_query(articles: list[Article], value: object) -> None:
    ask = prepared(_containing)
    wrong = value[-1] if isinstance(value, list) else value
    for _ in range(2):
        with pytest.raises(
            TypeError, match=re.escape("_containing takes text") + r".*ISO.*" + re.escape(repr(wrong))
        ):
            ask(value, 1)  # type: ignore[arg-type]
    assert ask("100", 1) == list(_containing("100", 1))
