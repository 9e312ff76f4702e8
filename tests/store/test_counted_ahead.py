"""Months and chronicles tell what the archive holds, before the worker has come round and after it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from archive import changes, chronicles, month_counts, store
from archive.models import Article, Chronicle, MonthCount, Page, Person, Photo, Place
from archive.monthly import Monthly
from archive.order import NEWEST_FIRST
from archive.people_pages import Seen, by_month, offices
from tests.store.test_counts import TEXTS, Deeds, open_to_readers
from tests.store.test_store import dump, page_of

pytestmark = pytest.mark.django_db

NUMBERS = ("issues", "pages", "articles", "photos", "touched", "unclassified")


@pytest.fixture(autouse=True)
def _archive() -> None:
    for number, text in enumerate(TEXTS):
        store.ingest(dump(text, f"{number}.txt"), [page_of(text, f"2021-{9 + number % 2:02}-2{number}")], "1")
    changes.catch_up("people", "counts")


def by_hand() -> dict[str, Counter[str]]:
    """The numbers of each month, row by row."""
    found: dict[str, Counter[str]] = {}
    issues = set()
    for page in Page.objects.filter(deleted_at=None).select_related("issue"):
        row = found.setdefault(month_counts.month_of(page.issue.date), Counter())
        row["pages"] += 1
        row["touched"] += page.touched
        row["issues"] += page.issue_id not in issues
        issues.add(page.issue_id)
    for article in filter(open_to_readers, Article.objects.select_related("page")):
        row = found[month_counts.month_of(article.date)]
        row["articles"] += 1
        row["unclassified"] += article.section_id is None
        row.update(f"section {section.pk}" for section in article.sections.all())
    for photo in filter(open_to_readers, Photo.objects.select_related("page")):
        found[month_counts.month_of(photo.date)]["photos"] += 1
    return found


def told(rows: list[MonthCount]) -> dict[str, Counter[str]]:
    found = {}
    for row in rows:
        numbers = Counter({name: getattr(row, name) for name in NUMBERS})
        numbers.update({f"section {pk}": count for pk, count in row.sections.items()})
        found[row.month] = +numbers
    return {month: numbers for month, numbers in found.items() if numbers}


def values(chronicle: Chronicle) -> dict[str, Any]:
    return {name: getattr(chronicle, name) for name in chronicles.MADE} | {
        "order": bytes(chronicle.order),
        "dated": bytes(chronicle.dated),
    }


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_was_counted_ahead_is_shown_when_it_is_old(seed: int) -> None:
    deeds = Deeds(seed)
    every = [deeds.hide_or_show, deeds.delete_or_restore, deeds.retype, deeds.drop, deeds.join, deeds.split]
    for _ in range(10):
        deeds.chance.choice(every)()
        assert told(month_counts.every()) == {month: +row for month, row in by_hand().items()}
        for person in Person.objects.select_related("chronicle"):
            cache.clear()
            shown, _company = chronicles.of_person(person)
            assert values(shown) == values(chronicles.made_for_person(person)[0]), person
            assert shown.months == {month: len(shown.articles(month)) for month in shown.months}
        changes.catch_up("people", "counts")
        assert not MonthCount.objects.filter(stale=True).exists()
        assert told(list(MonthCount.objects.all())) == {month: +row for month, row in by_hand().items()}
        for person in Person.objects.select_related("chronicle"):
            assert values(person.chronicle) == values(chronicles.made_for_person(person)[0]), person
        for place in Place.objects.select_related("chronicle"):
            assert values(place.chronicle) == values(chronicles.made_for_place(place)[0]), place


def test_a_long_chronicle_in_doubt_is_shown_as_it_was_without_words_of_what_is_withheld(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(chronicles, "MADE_AT_ONCE", 0)
    article = Article.objects.get(headline="吕沛接访")
    assert "党工委书记" in client.get("/people/吕沛/").content.decode()
    store.set_visibility(article, Article.Visibility.WITHHELD, "")
    for other in Article.objects.filter(headline="会议召开"):
        store.set_visibility(other, Article.Visibility.WITHHELD, "")
    page = client.get("/people/吕沛/").content.decode()
    assert "党工委书记" not in page
    assert article.key not in page
    changes.catch_up("people", "counts")
    person = Person.objects.select_related("chronicle").get(slug="吕沛")
    assert article.pk not in person.chronicle.articles()


def test_any_slice_of_a_monthly_list_is_that_of_the_whole_list() -> None:
    text = "日期不详\n吕沛到阳庙镇调研。\n又一篇\n宫卫红到西于村调研。"
    store.ingest(dump(text, "undated.txt"), [page_of(text, "")], "1")
    whole = list(Article.objects.listed().order_by(*NEWEST_FIRST).values_list("key", flat=True))
    assert Article.objects.filter(date=None).exists()
    monthly = Monthly(Article.objects.listed(), [(row.month, row.articles) for row in month_counts.every()])
    assert len(monthly) == len(whole)
    for start in range(len(whole) + 2):
        for stop in range(start, len(whole) + 2):
            assert [article.key for article in monthly[start:stop]] == whole[start:stop]


def test_a_period_of_a_chronicle_has_the_articles_with_an_event_in_it() -> None:
    chronicle = Chronicle()
    chronicle.keep(
        [(3, ("2021-10-21", "2021-09-30")), (2, ("2021-10",)), (5, ("2021",)), (4, ("2020-12-31",)), (1, ())]
    )
    assert list(chronicle.articles()) == [3, 2, 5, 4, 1]
    assert list(chronicle.articles("2021-10")) == [3, 2]
    assert list(chronicle.articles("2021-09")) == [3]
    assert list(chronicle.articles("2021")) == [3, 2, 5]
    assert list(chronicle.articles("2020-12")) == [4]
    assert list(chronicle.articles("2022")) == []


def test_an_article_counts_in_each_month_that_it_has_an_event_in() -> None:
    seen = [
        Seen(
            1,
            None,
            "2021-10-21",
            ("2021-10-21", "2021-10-22", "2021-09-30"),
            None,
            True,
            False,
            (),
            ("", 1, 1),
        ),
        Seen(2, None, "2021", ("2021",), None, True, False, (), ("", 1, 1)),
    ]
    assert by_month(seen) == {"2021-09": 1, "2021-10": 1}


def test_offices_are_one_whatever_the_width_of_their_marks() -> None:
    seen = [
        Seen(1, None, "2021-10-21", (), None, True, False, ("示范区（高新区）书记",), ("", 1, 1)),
        Seen(2, None, "2021-09-30", (), None, True, False, ("示范区(高新区)书记",), ("", 1, 1)),
    ]
    (office,) = offices(seen)
    assert (office.name, office.first, office.last) == ("示范区（高新区）书记", "2021-09-30", "2021-10-21")
    assert office.articles == 2


def test_no_more_signed_articles_are_promised_than_are_kept(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    chronicle = Chronicle(written=9, signed=[*Article.objects.values_list("pk", flat=True), 0, -1])
    monkeypatch.setattr(chronicles, "of_person", lambda person: (chronicle, []))
    kept = len(chronicle.signed)
    assert f"最近 {kept} 篇" in client.get("/people/郭树勋/").content.decode()
    assert "?written=all" not in client.get("/people/郭树勋/?written=all").content.decode()
    chronicle.written = kept
    assert f"全部 {kept} 篇" in client.get("/people/郭树勋/").content.decode()
