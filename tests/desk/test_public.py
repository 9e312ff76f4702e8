"""What readers send, and what they no longer see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from archive import changes, groups, store
from archive.corrections import Cut, Join, Merge, MoveToArticle, MoveToNewPhoto, Place, apply
from archive.desk import public
from archive.models import Article, AuditEntry, Change, Page, Proposal, Report
from archive.structure import Article as ArticleValue
from archive.structure import Block, Role, Span, lines_of
from tests.factories import Picture, Story
from tests.factories import page as stored_page

TEXT = "第二段的“蒙牛”应为“明仁”。"


@pytest.fixture
def article(db: None) -> Article:
    cache.clear()
    return stored_page([Story(paragraphs=("秘密的一段。",))], [Picture()]).articles.get()


def test_a_report_reaches_staff_and_nobody_else(client: Client, corrector: Client, article: Article) -> None:
    address = f"/report/article/{article.key}/"
    assert client.get(address).status_code == 200
    sent = client.post(address, {"kind": "mistake", "text": TEXT, "contact": "读者 139"})
    assert sent.status_code == 200
    report = Report.objects.get()
    assert (report.article, report.due_at) == (article, None)
    assert "127.0.0.1" not in report.sender
    assert TEXT not in client.get(article.get_absolute_url()).content.decode()
    assert TEXT in corrector.get("/admin/desk/reports/").content.decode()
    assert "读者来信" in corrector.get(f"/admin/desk/pages/{article.page.key}/").content.decode()
    corrector.post(f"/admin/desk/reports/{report.pk}/close/", {"answer": ""})
    corrector.post(f"/admin/desk/reports/{report.pk}/close/", {"answer": "已改正"})
    report.refresh_from_db()
    assert (report.answer, report.closed_by.username) == ("已改正", "staff-0")
    corrector.post(f"/admin/desk/reports/{report.pk}/close/", {"answer": "再来"})
    report.refresh_from_db()
    assert report.answer == "已改正"
    assert AuditEntry.objects.filter(deed="处理来信").count() == 1


def test_reports_are_limited_and_programs_kept_out(client: Client, article: Article) -> None:
    address = f"/report/article/{article.key}/"
    assert client.post(address, {"kind": "mistake", "text": TEXT, "website": "http://x"}).status_code == 400
    assert client.post(address, {"kind": "mistake", "text": ""}).status_code == 400
    assert client.post(address, {"kind": "mistake", "text": "长" * 2001}).status_code == 400
    assert not Report.objects.exists()
    answers = [
        client.post(address, {"kind": "mistake", "text": TEXT}).status_code for _ in range(public.EACH + 1)
    ]
    assert answers == [200] * public.EACH + [429]
    elsewhere = client.post(address, {"kind": "mistake", "text": TEXT}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 200
    Report.objects.update(created_at=timezone.now() - dt.timedelta(hours=2))
    assert client.post(address, {"kind": "mistake", "text": TEXT}).status_code == 200


def test_a_flood_of_one_kind_or_network_shuts_nobody_else_out(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "NETWORK", 3)
    monkeypatch.setattr(public, "EVERYWHERE", {"mistake": 4, "removal": 4})
    address = f"/report/article/{article.key}/"

    def send(kind: str, sender: str) -> int:
        return client.post(address, {"kind": kind, "text": TEXT}, REMOTE_ADDR=sender).status_code

    assert [send("mistake", f"10.0.0.{n}") for n in range(4)] == [200, 200, 200, 429], (
        "a network has its share"
    )
    assert [send("mistake", f"2001:db8:1:{n}::1") for n in range(2)] == [200, 429], "and all of them"
    assert send("removal", "10.0.0.1") == 200, "requests have room of their own"


def test_behind_a_proxy_each_reader_is_counted_alone(client: Client, article: Article, settings) -> None:
    settings.BEHIND_PROXY = True
    for sender in ("1.1.1.1", "9.9.9.9, 2.2.2.2", "8.8.8.8, 2.2.2.2"):
        client.post(
            f"/report/article/{article.key}/",
            {"kind": "mistake", "text": TEXT},
            headers={"X-Forwarded-For": sender},
        )
    assert Report.objects.values("sender").distinct().count() == 2, "what the sender claims is not believed"


def test_a_request_starts_a_clock(client: Client, publisher: Client, article: Article) -> None:
    photo = article.page.photos.get()
    client.post(
        f"/report/photo/{photo.key}/", {"kind": "removal", "text": "请撤下我的照片", "contact": "张三"}
    )
    report = Report.objects.get()
    assert report.due_at is not None
    assert abs((report.due_at - report.created_at).days - public.DAYS_TO_ANSWER) <= 1
    assert (
        f"还有 {public.DAYS_TO_ANSWER - 1} 天答复" in publisher.get("/admin/desk/reports/").content.decode()
    )
    Report.objects.update(due_at=timezone.now() - dt.timedelta(days=1))
    assert "已过期限" in publisher.get("/admin/desk/reports/").content.decode()


def test_withheld_leaves_every_public_surface(client: Client, publisher: Client, article: Article) -> None:
    address = f"/admin/desk/visibility/article/{article.key}/"
    publisher.post(address, {"visibility": "withheld", "reason": ""})
    article.refresh_from_db()
    assert article.visibility == "public", "a reason is asked for"
    before = changes.last()
    publisher.post(address, {"visibility": "withheld", "reason": "当事人依法请求"})
    assert Change.objects.filter(id__gt=before, what="article", key=article.key).exists()
    gone = client.get(article.get_absolute_url())
    assert gone.status_code == 410
    for path in (
        article.get_absolute_url(),
        f"{article.get_absolute_url()}print",
        f"/articles/{article.key}.txt",
        f"/articles/{article.key}.json",
        article.page.get_absolute_url(),
        article.page.issue.get_absolute_url(),
        "/",
        "/articles/",
        "/feeds/articles.xml",
        f"/report/article/{article.key}/",
    ):
        text = client.get(path).content.decode()
        assert "秘密的一段" not in text, path
        assert article.headline not in text, path
    assert AuditEntry.objects.get().detail == "当事人依法请求"


def test_in_the_admin_lists_only_publishers_withhold(
    corrector: Client, publisher: Client, article: Article
) -> None:
    post = {"action": "withhold", "_selected_action": [article.pk]}
    corrector.post("/admin/archive/article/", post)
    article.refresh_from_db()
    assert article.visibility == "public"
    publisher.post("/admin/archive/article/", post)
    article.refresh_from_db()
    assert article.visibility == "withheld"
    assert AuditEntry.objects.filter(deed="撤下").exists()


def public_text(client: Client, page: Page) -> str:
    """All that readers can read of a page's articles and photos."""
    addresses = [page.get_absolute_url(), "/", "/articles/", "/feeds/articles.xml"]
    for article in Article.objects.filter(page=page):
        base = f"/articles/{article.key}"
        addresses += [f"{base}/", f"{base}/print", f"{base}.txt", f"{base}.json"]
    return "\n".join(client.get(address, follow=True).content.decode() for address in addresses)


@pytest.fixture
def with_a_span_withheld(db: None, publisher: Client) -> Page:
    """A page from the middle of whose paragraph a span was withheld."""
    cache.clear()
    page = stored_page([Story(paragraphs=("开头。隐私的话。结尾。",)), Story(headline="另一篇")])
    newspaper = page.issue.newspaper
    newspaper.rights = "open"
    newspaper.save()
    data = {"based_on": 1, "actions": "[]", "spans": "[[2, 3, 8]]", "place": "2,3", "withhold": "1"}
    publisher.post(f"/admin/desk/pages/{page.key}/", data)
    page.refresh_from_db()
    assert page.version == 1, "a reason is asked for"
    publisher.post(f"/admin/desk/pages/{page.key}/", data | {"reason": "本人请求"})
    page.refresh_from_db()
    return page


def test_a_span_is_withheld(client: Client, with_a_span_withheld: Page) -> None:
    page = with_a_span_withheld
    assert page.version == 2
    secret = page.articles.get(visibility="withheld")
    assert (secret.body, secret.visibility_reason) == ("隐私的话。", "本人请求")
    assert client.get(secret.get_absolute_url()).status_code == 410
    text = public_text(client, page)
    assert "开头。结尾。" in text
    assert "隐私的话" not in text
    assert "□□□□□" in text, "the dump's line shows that something is not shown"


def test_at_the_desk_one_role_reads_what_is_withheld(signed_in, with_a_span_withheld: Page) -> None:
    page = with_a_span_withheld
    secret = page.articles.get(visibility="withheld")
    desk = f"/admin/desk/pages/{page.key}/"
    addresses = [
        desk,
        f"{desk}history/",
        f"{desk}history/1/",
        f"{desk}history/2/",
        f"{desk}history/compare/?a=1&b=2",
        "/admin/desk/",
        "/admin/desk/articles/",
        "/admin/archive/article/",
        f"/admin/archive/article/{secret.pk}/change/",
        f"/admin/archive/dump/{page.dump.pk}/change/",
        *(f"/admin/archive/pageversion/{version.pk}/change/" for version in page.versions.all()),
    ]

    def seen(group: str) -> str:
        client = signed_in(group)
        pages = [client.get(address).content.decode() for address in addresses]
        actions = '[{"do": "join", "first": [2, 0], "second": [2, 3], "stays": [2, 0]}]'
        post = {"based_on": 2, "actions": actions, "show": "text:2,0"}
        return "".join(
            [
                *pages,
                client.post(desk, post).content.decode(),
                client.post(f"{desk}try.json", post).content.decode(),
                client.post(desk, {"based_on": 2, "show": "text:2,3"}).content.decode(),
            ]
        )

    assert "隐私的话" in seen(groups.ADMINISTRATOR)
    for group in (groups.VIEWER, groups.CORRECTOR, groups.PUBLISHER):
        text = seen(group)
        assert "开头。" in text
        assert "□□□□□" in text
        assert not any(part in text for part in ("隐私", "私的", "的话")), group


def test_correctors_may_not_withhold(corrector: Client, article: Article) -> None:
    address = f"/admin/desk/pages/{article.page.key}/"
    assert (
        corrector.post(address, {"based_on": 1, "place": "2,0", "withhold": "1", "reason": "x"}).status_code
        == 403
    )


def test_withheld_text_stays_withheld_whatever_is_done(client: Client, with_a_span_withheld: Page) -> None:
    page = with_a_span_withheld
    assert page.touched, "a new parse waits"
    structure, lines = store.structure_of(page), lines_of(page.dump.text)
    for actions in (
        [Merge(Place(1, 0), Place(2, 3))],
        [Join(Place(2, 0), Place(2, 3), Place(2, 0))],
        [MoveToArticle((Span(2, 4, 5),), Place(3, 0))],
        [MoveToNewPhoto((Span(2, 3, 6),))],
    ):
        corrected = apply(structure, lines, actions)
        page.refresh_from_db()
        store.save(
            page, corrected.structure, based_on=page.version, author=None, redirects=corrected.redirects
        )
        text = public_text(client, page)
        assert not any(part in text for part in ("隐私", "私的", "的话")), actions
    page.refresh_from_db()
    store.restore(page, 1, author=None)
    assert "隐私" not in public_text(client, page)


def test_withheld_text_cannot_become_furniture(corrector: Client, with_a_span_withheld: Page) -> None:
    page = with_a_span_withheld
    actions = '[{"do": "move-to-furniture", "spans": [[2, 4, 5]], "kind": "other"}]'
    for more in ({"save": "1"}, {"preview": "1"}):
        answer = corrector.post(f"/admin/desk/pages/{page.key}/", {"based_on": 2, "actions": actions} | more)
        assert answer.status_code == 200
        assert "不能移到版面杂项" in answer.content.decode()
    page.refresh_from_db()
    assert page.version == 2


def test_withheld_text_is_cut_at_its_white_space(publisher: Client, db: None) -> None:
    page = stored_page([Story(paragraphs=("第一句。 第二句。",))])
    article = page.articles.get()
    address = f"/admin/desk/visibility/article/{article.key}/"
    publisher.post(address, {"visibility": "withheld", "reason": "请求"})
    corrected = apply(store.structure_of(page), lines_of(page.dump.text), [Cut(Place(2, 5))])
    store.save(page, corrected.structure, based_on=1, author=None)
    assert page.articles.get().paragraphs == ["第一句。", "第二句。"]


def test_another_dump_of_the_page_does_not_bring_withheld_text_back(
    client: Client, publisher: Client, article: Article
) -> None:
    page = article.page
    publisher.post(
        f"/admin/desk/visibility/article/{article.key}/", {"visibility": "withheld", "reason": "请求"}
    )
    text = page.dump.text + "\n新的一行"
    structure = store.structure_of(page)
    block = Block(Role.BODY, (Span(len(text.split("\n")), 0, 4),), "新的一行")
    fresh = replace(
        structure,
        articles=(*(replace(each, key="") for each in structure.articles), ArticleValue((block,))),
        last_line=structure.last_line + 1,
    )
    store.ingest(store.IncomingDump(page.dump.name, text.encode(), text, "utf-8"), [fresh], "2")
    proposal = Proposal.objects.get()
    proposal.page.refresh_from_db()
    store.adopt(proposal, based_on=proposal.page.version, author=None)
    page.refresh_from_db()
    assert "新的一行" in public_text(client, page)
    assert "秘密的一段" not in public_text(client, page)


def test_the_text_stays_for_one_role(publisher: Client, signed_in, article: Article) -> None:
    address = f"/admin/desk/visibility/article/{article.key}/"
    assert "秘密的一段" in publisher.get(address).content.decode()
    publisher.post(address, {"visibility": "withheld", "reason": "请求"})
    assert "秘密的一段" not in publisher.get(address).content.decode()
    assert "秘密的一段" in signed_in(groups.ADMINISTRATOR).get(address).content.decode()
    publisher.post(address, {"visibility": "public", "reason": ""})
    article.refresh_from_db()
    assert article.visibility == "public"
