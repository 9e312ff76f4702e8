"""What is counted of people and places is what their mentions say, whatever was done to the archive."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from archive import changes, counts, identity, store
from archive.models import Article, IdentityDecision, Mention, Page, Person, Photo, Place, PlaceMention
from tests.store.test_store import dump, page_of, retitled

pytestmark = pytest.mark.django_db

NAMES = ["吕沛", "宫卫红", "郭树勋", "刘金元"]
TEXTS = [
    "吕沛接访\n10月21日，党工委书记吕沛到阳庙镇接待群众。\n蒙牛投产\n10月22日，吕沛、宫卫红到小梁庄村调研蒙牛项目。",
    "宫卫红调研\n本报讯（记者郭树勋）10月23日，宫卫红到阳庙镇调研。\n会议召开\n10月24日，党工委书记吕沛主持召开会议。",
    "图片新闻\n本报讯（记者刘金元）10月25日，吕沛在阳庙镇。\n信访工作\n10月26日，主任宫卫红、记者郭树勋到小梁庄村。",
]


def open_to_readers(piece: Article | Photo) -> bool:
    return not piece.gone and piece.visibility == "public" and piece.page.deleted_at is None


def by_hand() -> dict[str, tuple[Any, ...]]:
    """The counts of everybody and every place, mention by mention."""
    named, written, pieces = defaultdict(set), defaultdict(set), defaultdict(set)
    dates = defaultdict(list)
    for mention in Mention.objects.select_related("person", "article__page", "photo__page"):
        piece = mention.article or mention.photo
        if not open_to_readers(piece):
            continue
        who = mention.person.slug
        pieces[who].add(piece)
        if mention.kind != "subject":
            written[who].add(piece)
        elif mention.article:
            named[who].add(piece)
            dates[who].append(piece.date)
    found: dict[str, tuple[Any, ...]] = {
        slug: (len(named[slug]), len(written[slug]), len(pieces[slug]), *ends(dates[slug]))
        for slug in Person.objects.values_list("slug", flat=True)
    }
    at, when = defaultdict(set), defaultdict(list)
    for mention in PlaceMention.objects.select_related("place", "article__page"):
        if open_to_readers(mention.article):
            at[mention.place.slug].add(mention.article)
            when[mention.place.slug].append(mention.article.date)
    for slug in Place.objects.values_list("slug", flat=True):
        found[f"place {slug}"] = (len(at[slug]), *ends(when[slug]))
    return found


def ends(dates: list[Any]) -> tuple[Any, Any]:
    return min(dates, default=None), max(dates, default=None)


def kept() -> dict[str, tuple[Any, ...]]:
    assert not Person.objects.filter(counts_stale=True).exists()
    assert not Place.objects.filter(counts_stale=True).exists()
    found: dict[str, tuple[Any, ...]] = {
        row.slug: (row.named, row.written, row.pieces, row.first_date, row.last_date)
        for row in Person.objects.all()
    }
    places = {f"place {row.slug}": (row.named, row.first_date, row.last_date) for row in Place.objects.all()}
    return found | places


class Deeds:
    """What staff may do, chosen by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def hide_or_show(self) -> None:
        piece = self.chance.choice(list(Article.objects.filter(gone=False)))
        store.set_visibility(piece, self.chance.choice(["public", "delisted", "withheld"]), "")

    def delete_or_restore(self) -> None:
        page = self.chance.choice(list(Page.objects.all()))
        if page.deleted_at is None:
            store.delete_page(page, author=None)
        else:
            store.restore(page, 1, author=None)

    def retype(self) -> None:
        pages = list(Page.objects.filter(deleted_at=None))
        if pages:
            page = self.chance.choice(pages)
            structure = retitled(store.structure_of(page), f"{self.chance.choice(NAMES)}到西于村调研")
            store.save(page, structure, based_on=page.version, author=None)

    def drop(self) -> None:
        """Leave an article out of its page: its text goes to its neighbour."""
        pages = [p for p in Page.objects.filter(deleted_at=None) if len(store.structure_of(p).articles) > 1]
        if pages:
            page = self.chance.choice(pages)
            structure = store.structure_of(page)
            one, two, *rest = structure.articles
            merged = replace(one, blocks=(*one.blocks, *two.blocks))
            store.save(page, replace(structure, articles=(merged, *rest)), based_on=page.version, author=None)

    def join(self) -> None:
        people = list(Person.objects.filter(merged_into=None))
        if len(people) > 2:
            one, two = self.chance.sample(people, 2)
            identity.join(one, two)

    def split(self) -> None:
        mentions = list(Mention.objects.filter(article__isnull=False).select_related("person", "article"))
        if mentions:
            mention = self.chance.choice(mentions)
            identity.split(mention.person, [mention.article.key])

    def undo(self) -> None:
        decisions = list(IdentityDecision.objects.filter(undone_at=None))
        if decisions:
            identity.undo(self.chance.choice(decisions))


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_what_the_mentions_say_after_any_deeds(seed: int) -> None:
    for number, text in enumerate(TEXTS):
        store.ingest(dump(text, f"{number}.txt"), [page_of(text, f"2021-10-2{4 + number}")], "1")
    changes.catch_up("people", "counts")
    assert kept() == by_hand()
    assert kept()["吕沛"][0] > 1
    deeds = Deeds(seed)
    every = [
        deeds.hide_or_show,
        deeds.delete_or_restore,
        deeds.retype,
        deeds.drop,
        deeds.join,
        deeds.split,
        deeds.undo,
    ]
    for _ in range(12):
        deeds.chance.choice(every)()
        changes.catch_up("people", "counts")
        assert kept() == by_hand()


def test_doubts_outlive_a_consumer_that_died() -> None:
    text = TEXTS[0]
    (outcome,) = store.ingest(dump(text), [page_of(text)], "1")
    changes.catch_up("people", "counts")
    page = Page.objects.get(key=outcome.page)
    counts.doubt(people=Mention.objects.values_list("person", flat=True))
    Mention.objects.all().delete()  # as a writer of mentions does in the transaction of its doubts
    changes.append([("mentions", page.articles.first().key)])
    changes.catch_up("counts")
    assert kept() == by_hand()
    assert not Person.objects.with_page().exists()
