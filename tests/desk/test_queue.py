"""The review queue, changes to many at once, and proposals."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.test import Client

from archive import store
from archive.corrections import Merge, Place, Retext, apply
from archive.models import Article, Newspaper, Page, Proposal
from archive.structure import Doubt, lines_of
from tests.factories import Story, section
from tests.factories import page as stored_page


def doubtful(
    confidence: float, *codes: str, date: dt.date = dt.date(2021, 10, 24), sections: tuple[str, ...] = ()
) -> Page:
    """A page whose first article is as sure as that and has these doubts."""
    page = stored_page([Story(sections=sections), Story(headline=f"第二篇{confidence}")], date=date)
    structure = store.structure_of(page)
    first = replace(structure.articles[0], confidence=confidence, doubts=tuple(map(Doubt, codes)))
    store.save(page, replace(structure, articles=(first, *structure.articles[1:])), based_on=1, author=None)
    page.refresh_from_db()
    return page


def order(client: Client, query: str = "") -> list[str]:
    text = client.get(f"/admin/desk/{query}").content.decode()
    return [part.split("/")[0] for part in text.split('href="/admin/desk/pages/')[1:]]


@pytest.fixture
def three(db: None) -> list[Page]:
    return [
        doubtful(0.9, date=dt.date(2021, 10, 1)),
        doubtful(0.3, "breaks-off", "repeated", date=dt.date(2021, 10, 2)),
        doubtful(0.6, "no-headline", date=dt.date(2021, 10, 3), sections=("law",)),
    ]


def test_the_least_sure_comes_first_with_its_reasons(corrector: Client, three: list[Page]) -> None:
    assert order(corrector) == [three[1].key, three[2].key, three[0].key]
    assert "段落中断，没有结尾" in corrector.get("/admin/desk/").content.decode()
    articles = corrector.get("/admin/desk/articles/").content.decode()
    assert articles.index(three[1].key) < articles.index(three[2].key)


def test_filters(corrector: Client, three: list[Page]) -> None:
    assert order(corrector, "?reason=no-headline") == [three[2].key]
    assert order(corrector, "?since=2021-10-02&until=2021-10-02") == [three[1].key]
    assert order(corrector, "?section=law") == [three[2].key]
    assert len(order(corrector, "?section=none")) == 3
    assert order(corrector, "?newspaper=jiaozuo-ribao&reason=repeated") == [three[1].key]
    assert order(corrector, "?since=nonsense") == [three[1].key, three[2].key, three[0].key]


def test_looks_right_goes_to_the_next_and_counts(corrector: Client, three: list[Page]) -> None:
    response = corrector.post(f"/admin/desk/pages/{three[1].key}/right/")
    assert response.headers["Location"] == f"/admin/desk/pages/{three[2].key}/"
    text = corrector.get("/admin/desk/").content.decode()
    assert "1 / 3" in text
    assert order(corrector) == [three[2].key, three[0].key]
    assert order(corrector, "?state=reviewed") == [three[1].key]
    assert len(order(corrector, "?state=all")) == 3
    for page in (three[2], three[0]):
        last = corrector.post(f"/admin/desk/pages/{page.key}/right/")
    assert last.headers["Location"] == "/admin/desk/"


def test_many_pages_get_a_date_and_newspaper_at_once(publisher: Client, three: list[Page]) -> None:
    Newspaper.objects.get_or_create(slug="evening", defaults={"name": "晚报"})
    chosen = [three[0].key, three[1].key]
    publisher.post("/admin/desk/bulk/", {"page": chosen, "date": "2021-11-05", "newspaper": "evening"})
    for page in three:
        page.refresh_from_db()
    assert [str(page.issue.date) for page in three] == ["2021-11-05", "2021-11-05", "2021-10-03"]
    assert [page.issue.newspaper.slug for page in three[:2]] == ["evening", "evening"]
    assert [page.version for page in three] == [3, 3, 2]
    assert three[0].versions.get(number=3).reason == "批量修改"
    publisher.post("/admin/desk/bulk/", {"page": chosen, "date": "1.1.2021"})
    publisher.post("/admin/desk/bulk/", {"page": chosen, "section": "nonsense"})
    publisher.post("/admin/desk/bulk/", {})
    three[0].refresh_from_db()
    assert three[0].version == 3


def test_many_articles_get_a_section_at_once(publisher: Client, three: list[Page]) -> None:
    section("law", "法治信访")
    articles = [page.articles.get(position=2).key for page in three[:2]]
    publisher.post("/admin/desk/bulk/", {"article": articles, "section": "law"})
    assert set(Article.objects.filter(section__slug="law").values_list("key", flat=True)) >= set(articles)
    assert Article.objects.filter(section__slug="law").count() == 3


@pytest.fixture
def proposal(db: None) -> Proposal:
    """A page on which a person retyped the first headline, and a parse that makes one article of both."""
    page = stored_page(
        [Story(), Story(headline="蒙牛投产", paragraphs=("蒙牛投产。",)), Story(headline="第三篇")]
    )
    structure, lines = store.structure_of(page), lines_of(page.dump.text)
    kept = apply(structure, lines, [Retext(Place(1, 0), "人工标题")])
    store.save(page, kept.structure, based_on=1, author=None)
    merged = apply(structure, lines, [Merge(Place(3, 0), Place(5, 0))]).structure
    store.reparse(page.dump, [merged], "2")
    return Proposal.objects.get()


def test_a_proposal_shows_what_it_would_change(corrector: Client, proposal: Proposal) -> None:
    assert proposal.page.key not in order(corrector, "?state=reviewed")
    assert f"/admin/desk/proposals/{proposal.pk}/" in corrector.get("/admin/desk/proposals/").content.decode()
    text = corrector.get(f"/admin/desk/proposals/{proposal.pk}/").content.decode()
    assert "合为一篇" in text
    assert "恢复原印文字" in text, "taking it whole would undo the person"
    assert "有待定的新解析" in corrector.get(f"/admin/desk/pages/{proposal.page.key}/").content.decode()


def test_a_proposal_is_taken_by_article(corrector: Client, proposal: Proposal) -> None:
    corrector.post(f"/admin/desk/proposals/{proposal.pk}/", {"some": "1", "article": ["1"], "based_on": 2})
    structure = store.structure_of(Page.objects.get())
    assert [article.headline for article in structure.articles] == ["人工标题", "蒙牛投产 第三篇"]
    proposal.refresh_from_db()
    assert proposal.outcome == "taken"


def test_a_proposal_is_taken_whole(corrector: Client, proposal: Proposal) -> None:
    corrector.post(
        f"/admin/desk/proposals/{proposal.pk}/", {"whole": "1", "reason": "新的更好", "based_on": 2}
    )
    structure = store.structure_of(Page.objects.get())
    assert structure.articles[0].headline != "人工标题"
    assert len(structure.articles) == 2
    assert Page.objects.get().versions.first().reason == "新的更好"


def test_a_proposal_is_not_taken_over_what_somebody_saved_meanwhile(
    corrector: Client, proposal: Proposal
) -> None:
    store.save(proposal.page, store.structure_of(Page.objects.get()), based_on=2, author=None, reason="刚刚")
    corrector.post(f"/admin/desk/proposals/{proposal.pk}/", {"whole": "1", "based_on": 2})
    proposal.refresh_from_db()
    assert proposal.outcome == "open"
    assert Page.objects.get().version == 3


def test_a_proposal_is_declined_or_dealt_with_once(corrector: Client, proposal: Proposal) -> None:
    address = f"/admin/desk/proposals/{proposal.pk}/"
    corrector.post(address, {"some": "1"})
    proposal.refresh_from_db()
    assert proposal.outcome == "open", "nothing was chosen"
    corrector.post(address, {"decline": "1"})
    corrector.post(address, {"whole": "1", "based_on": 2})
    proposal.refresh_from_db()
    assert proposal.outcome == "declined"
    assert Page.objects.get().version == 2


def test_the_same_fix_is_offered_on_similar_pages_and_never_applied_by_itself(
    corrector: Client, db: None
) -> None:
    last = "扫一扫 关注我们"
    pages = [
        stored_page([Story(paragraphs=(f"正文{n}。", last))], date=dt.date(2021, 10, n)) for n in (1, 2, 3)
    ]
    other = stored_page([Story(paragraphs=("没有那一行。",))], date=dt.date(2021, 10, 4))
    actions = json.dumps([{"do": "move-to-furniture", "spans": [[3, 0, 8]], "kind": "promotion"}])
    address = f"/admin/desk/pages/{pages[0].key}/"
    corrector.post(address, {"based_on": 1, "actions": actions, "save": "1"})
    shown = corrector.get(f"{address}history/2/").content.decode()
    assert pages[1].key in shown
    assert other.key not in shown
    corrector.post(f"{address}history/2/similar/")
    assert {proposal.page for proposal in Proposal.objects.all()} == {pages[1], pages[2]}
    for page in pages[1:]:
        page.refresh_from_db()
        assert page.version == 1
    proposal = Proposal.objects.get(page=pages[1])
    assert "同样的改法" in proposal.reason
    corrector.post(f"/admin/desk/proposals/{proposal.pk}/", {"whole": "1", "based_on": 1})
    structure = store.structure_of(Page.objects.get(pk=pages[1].pk))
    assert [piece.text for piece in structure.furniture] == [last]
    assert structure.articles[0].paragraphs == ("正文2。",)
    assert "propose-similar" not in corrector.get(f"{address}history/2/").content.decode()
