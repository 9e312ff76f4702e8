"""Withheld text that comes back in another file: withheld at once, decided by who may read both."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.test import Client

from archive import changes, groups, ingesting, month_counts, store
from archive.dumps import read_dump
from archive.models import Article, AuditEntry, Change, Dump, Page, Suspicion
from archive.parsing import PARSER_VERSION
from archive.store import IncomingDump
from archive.structure import Furniture, Kind, PageFacts, PageStructure, Span
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

SEED = next((ROOT / "seeds").glob("004_*.txt")).read_text(encoding="utf-8")


def ingested(text: str, name: str, **facts: Any) -> list[Page]:
    dump = read_dump(text.encode(), name, facts, ingesting.current_vocabulary())
    incoming = IncomingDump(name, text.encode(), dump.text, dump.encoding, facts=facts)
    outcomes = store.ingest(incoming, dump.structures, PARSER_VERSION)
    return [Page.objects.get(key=outcome.page) for outcome in outcomes]


def shown_text() -> str:
    """All that readers may read in articles and photos, and of furniture."""
    parts = []
    for page in Page.objects.all():
        structure, withheld = store.structure_of(page), page.withheld_keys()
        for owner in (*structure.articles, *structure.photos):
            if owner.key not in withheld:
                parts += [block.current for block in owner.blocks]
        parts += [piece.text for piece in structure.furniture]
    return "\n".join(parts)


@pytest.fixture
def secret() -> Article:
    """A withheld article of a seed."""
    (page,) = ingested(SEED, "a.txt")
    article = page.articles.get(headline__contains="首月开门红")
    store.set_visibility(article, Article.Visibility.WITHHELD, "请求")
    return article


def sentences(article: Article) -> list[str]:
    return [part for part in article.body.replace("\n", "").split("。") if len(part) > 20]


def leaked(article: Article) -> list[str]:
    plain = shown_text().replace(" ", "").replace("\n", "")
    return [part for part in sentences(article) if part.replace(" ", "") in plain]


def test_the_same_page_under_another_name(secret: Article) -> None:
    ingested(SEED + "\n\n又一行", "b.txt")
    assert not leaked(secret)
    assert Article.objects.filter(page__dump__name="b.txt", visibility="public").exists(), "the rest is there"
    found = Suspicion.objects.get(outcome="open")
    assert found.secret == secret.key
    assert Change.objects.filter(key=found.key, what="article").exists()


def test_rewrapped(secret: Article) -> None:
    text = "".join(secret.printed.split("\n"))
    ingested("另一个标题\n" + "\n".join(text[at : at + 19] for at in range(0, len(text), 19)), "b.txt")
    assert not leaked(secret)


def test_misread_by_ocr(secret: Article) -> None:
    """Three of a hundred characters wrong."""
    chance = random.Random(1)
    text = "".join("口" if chance.random() < 0.03 else each for each in secret.printed)
    ingested(text, "b.txt")
    assert not Article.objects.filter(page__dump__name="b.txt", visibility="public").exists()


def test_what_is_left_over_as_furniture(secret: Article) -> None:
    """A parse that places nothing: lines of withheld text are furniture, which has no key to be withheld by."""
    lines = [part for part in secret.printed.split("\n") if len(part) > 20]
    lines.append("责编 张三 美编 李四")
    furniture = tuple(
        Furniture(Kind.OTHER, (Span(number, 0, len(line)),), line) for number, line in enumerate(lines, 1)
    )
    text = "\n".join(lines)
    incoming = IncomingDump("b.txt", text.encode(), text, "utf-8")
    structure = PageStructure(PageFacts(), (), (), furniture, 1, len(lines))
    store.ingest(incoming, [structure], "1")
    assert not leaked(secret)
    page = Page.objects.get(dump__name="b.txt")
    assert [piece.text for piece in store.structure_of(page).furniture] == ["责编 张三 美编 李四"]
    store.reparse(Dump.objects.get(name="b.txt"), [structure], "1")
    page.refresh_from_db()
    assert page.version == 1, "the same parse again changes nothing"


def test_a_copy_that_is_there_already() -> None:
    (page,) = ingested(SEED, "a.txt")
    ingested(SEED + "\n\n又一行", "b.txt")
    article = page.articles.get(headline__contains="首月开门红")
    store.set_visibility(article, Article.Visibility.WITHHELD, "请求")
    assert not leaked(article)
    assert Suspicion.objects.filter(secret=article.key, outcome="open").count() == 1


def test_the_month_of_a_copy_is_counted_anew() -> None:
    (page,) = ingested(SEED, "a.txt")
    ingested(SEED + "\n\n又一行", "b.txt", date="2020-01-02")
    changes.catch_up("people", "counts")
    article = page.articles.get(headline__contains="首月开门红")
    store.set_visibility(article, Article.Visibility.WITHHELD, "请求")
    changes.catch_up("people", "counts")
    for month in month_counts.every():
        listed = Article.objects.listed().filter(month_counts.days_of(month.month, month.month))
        assert month.articles == listed.count() > 0


def test_other_articles_on_the_same_people_are_let_in(secret: Article) -> None:
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        if not seed.name.startswith("004"):
            ingested(seed.read_text(encoding="utf-8"), seed.name)
    assert not Suspicion.objects.exists()


@pytest.fixture
def suspicion(secret: Article) -> Suspicion:
    ingested(SEED + "\n\n又一行", "b.txt")
    return Suspicion.objects.get()


def test_who_may_read_both_decides(suspicion: Suspicion, signed_in) -> None:
    address = f"/admin/desk/suspicions/{suspicion.pk}/settle/"
    for group in (groups.VIEWER, groups.CORRECTOR, groups.PUBLISHER):
        client = signed_in(group)
        assert client.get("/admin/desk/suspicions/").status_code == 403
        assert client.post(address, {"release": "1"}).status_code == 403
    publisher = signed_in(groups.PUBLISHER)
    public = {"visibility": "public", "reason": ""}
    assert publisher.post(f"/admin/desk/visibility/article/{suspicion.key}/", public).status_code == 403
    assert Article.objects.get(key=suspicion.key).visibility == "withheld"
    client = signed_in(groups.ADMINISTRATOR)
    screen = client.get("/admin/desk/suspicions/").content.decode()
    assert f"/suspicions/{suspicion.pk}/settle/" in screen
    assert "<mark>" in screen
    client.post(address, {"confirm": "1"})
    suspicion.refresh_from_db()
    assert (suspicion.outcome, suspicion.closed_by is not None) == ("confirmed", True)
    assert Article.objects.get(key=suspicion.key).visibility == "withheld"
    assert AuditEntry.objects.filter(deed="确认撤下").exists()


def test_what_is_released_is_public_and_not_suspected_again(
    suspicion: Suspicion, admin_client: Client
) -> None:
    admin_client.post(f"/admin/desk/suspicions/{suspicion.pk}/settle/", {"release": "1"})
    article = Article.objects.get(key=suspicion.key)
    assert article.visibility == "public"
    page = article.page
    store.save(page, store.structure_of(page), based_on=page.version, author=None)
    article.refresh_from_db()
    assert article.visibility == "public"
    assert not Suspicion.objects.filter(outcome="open").exists()
