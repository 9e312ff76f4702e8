"""The desk's form: the server holds the truth, and nothing posted can harm it."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from archive import changes, groups, store
from archive.corrections import MoveToNewArticle, MoveToNewPhoto, apply
from archive.models import Article, Change, Page
from archive.structure import Span, check, lines_of
from tests.factories import Picture, Story
from tests.factories import page as stored_page


@pytest.fixture
def page(db: None) -> Page:
    return stored_page(
        [
            Story(),
            Story(
                headline="蒙牛投产",
                paragraphs=("本报讯（记者付凯明）蒙牛投产。又讯二期开工。",),
                reporters=("付凯明",),
            ),
        ],
        [Picture()],
        furniture=("扫一扫",),
    )


def post(client: Client, page: Page, **data: object) -> str:
    response = client.post(
        f"/admin/desk/pages/{page.key}/", {"based_on": page.version, "actions": "[]", "undone": "[]"} | data
    )
    return response.content.decode()


def actions_in(text: str) -> list[dict]:
    value = re.search(r'name="actions" value="([^"]*)"', text)
    assert value
    return json.loads(value[1].replace("&quot;", '"').replace("&#x27;", "'"))


BUTTONS = [
    ({"do": "split", "begins": "又讯二期"}, "split"),
    ({"do": "cut", "place": "4,13"}, "cut"),
    ({"do": "merge-up", "place": "3,0"}, "merge"),
    ({"do": "merge-down", "place": "1,0"}, "merge"),
    ({"do": "article-up", "place": "3,0"}, "reorder-article"),
    ({"do": "article-down", "line": "1"}, "reorder-article"),
    ({"do": "join-two", "line": ["2", "4"]}, "join"),
    ({"do": "join-two-reversed", "remembered": "2,0", "place": "4,0"}, "join"),
    ({"do": "mark:kicker", "line": "3"}, "mark"),
    ({"do": "mark:note", "place": "4,2", "spans": "[[4, 13, 20]]"}, "mark"),
    ({"do": "new-article", "line": "7"}, "move-to-new-article"),
    ({"do": "new-photo", "line": "7"}, "move-to-new-photo"),
    ({"do": "repeat", "place": "4,0"}, "move-to-furniture"),
    ({"do": "move", "place": "4,0", "target": "article:1,0"}, "move-to-article"),
    ({"do": "move", "place": "4,0", "target": "photo:5,0"}, "move-to-photo"),
    ({"do": "move", "place": "7,0", "target": "furniture:label"}, "move-to-furniture"),
    ({"do": "move", "place": "7,0", "target": "new:article"}, "move-to-new-article"),
    ({"do": "retext", "open_at": "1,0", "text": "新标题"}, "retext"),
    ({"do": "facts", "fact_number": "3"}, "set-fact"),
    ({"do": "facts", "confirm_date": "1"}, "set-fact"),
    ({"do": "piece", "open_at": "1,0", "genre": "通讯", "reporters": "郭树勋"}, "describe"),
    ({"do": "piece", "open_at": "5,0", "photographers": "刘金元，张三"}, "describe"),
    ({"do": "piece", "open_at": "5,0", "photographers": "刘金元", "illustrates": "1,0"}, "illustrate"),
    ({"action": '{"do": "settle", "piece": [1, 0], "code": "no-headline", "at": [1, 0]}'}, "settle"),
]


@pytest.mark.parametrize(("data", "expected"), BUTTONS)
def test_each_button_asks_for_its_action(corrector: Client, page: Page, data: dict, expected: str) -> None:
    assert [action["do"] for action in actions_in(post(corrector, page, **data))] == [expected]


def test_nothing_is_stored_before_saving(corrector: Client, page: Page) -> None:
    before = Change.objects.count()
    post(corrector, page, do="merge-up", place="3,0")
    page.refresh_from_db()
    assert (page.version, Change.objects.count()) == (1, before)


def test_undo_and_redo_go_through_the_form(corrector: Client, page: Page) -> None:
    one = post(corrector, page, do="merge-up", place="3,0")
    actions = json.dumps(actions_in(one))
    undone = post(corrector, page, actions=actions, undo="1")
    assert actions_in(undone) == []
    assert '"merge"' in undone.replace("&quot;", '"')
    assert actions_in(post(corrector, page, undone=actions, redo="1")) == json.loads(actions)


def test_a_save_is_one_version_with_its_reason(corrector: Client, page: Page) -> None:
    actions = [
        {"do": "split", "at": [4, 16]},
        {"do": "supply-headline", "article": [4, 16], "text": "二期开工"},
    ]
    response = corrector.post(
        f"/admin/desk/pages/{page.key}/",
        {
            "based_on": 1,
            "actions": json.dumps(actions),
            "reason": "两篇连在一起",
            "reviewed": "1",
            "save": "1",
        },
    )
    assert response.headers["Location"] == f"/admin/desk/pages/{page.key}/history/2/"
    version = page.versions.get(number=2)
    assert (version.reason, version.author_name) == ("两篇连在一起", "staff-0")
    page.refresh_from_db()
    assert page.reviewed_by is not None
    check(store.structure_of(page), lines_of(page.dump.text))
    shown = corrector.get(response.headers["Location"]).content.decode()
    new = Article.objects.get(supplied_headline="二期开工")
    assert f"/articles/{new.key}/" in shown
    assert "拆成 2 篇" in shown


@pytest.mark.parametrize(
    "data",
    [
        {"actions": "not json"},
        {"actions": "[" * 100_000},
        {"actions": '{"do": "split"}'},
        {"actions": '[{"do": "fly"}]'},
        {"actions": '[{"do": "split", "at": [true, 0]}]'},
        {"actions": '[{"do": "split", "at": [1, 0], "more": 1}]'},
        {"actions": '[{"do": "mark", "spans": [], "role": "body"}]'},
        {"actions": '[{"do": "mark", "spans": [[1, 0, 9]], "role": "king"}]'},
        {"actions": '[{"do": "retext", "block": [1, 0], "text": "\\u0000"}]'},
        {"actions": json.dumps([{"do": "retext", "block": [1, 0], "text": "长" * 30_000}])},
        {
            "actions": json.dumps(
                [{"do": "settle", "piece": [1, 0], "code": "no-headline", "at": [1, 0]}] * 501
            )
        },
        {"actions": '[{"do": "split", "at": [99999999, 0]}]'},
        {"do": "move", "place": "x,y", "target": "article:0,0"},
        {"do": "mark:king", "place": "1,0"},
        {"do": "split", "place": "1,99999"},
        {"action": "[]"},
        {"spans": '{"a": 1}', "do": "repeat", "place": "1,0"},
        {"show": "text:-1,5"},
        {"go": "-7"},
    ],
)
def test_what_is_posted_wrong_is_refused_in_words(corrector: Client, page: Page, data: dict) -> None:
    for more in ({}, {"save": "1"}):
        response = corrector.post(f"/admin/desk/pages/{page.key}/", {"based_on": 1} | data | more)
        assert response.status_code in (200, 400)
        assert "errornote" in response.content.decode() or "show" in data or "go" in data
    page.refresh_from_db()
    assert page.version == 1


def test_text_is_escaped_everywhere(corrector: Client, page: Page) -> None:
    bad = '<script>alert("x")</script>'
    actions = json.dumps(
        [
            {"do": "retext", "block": [1, 0], "text": bad},
            {"do": "describe", "piece": [1, 0], "field": "reporters", "values": ["<b>张</b>"]},
        ]
    )
    assert "<script>alert" not in post(corrector, page, actions=actions)
    corrector.post(
        f"/admin/desk/pages/{page.key}/",
        {"based_on": 1, "actions": actions, "save": "1", "reason": bad},
    )
    for path in ("", "history/", "history/2/", "history/compare/?a=1&b=2"):
        text = corrector.get(f"/admin/desk/pages/{page.key}/{path}").content.decode()
        assert "<script>alert" not in text
        assert "<b>张" not in text


def test_pages_have_no_inline_script_or_style(corrector: Client, page: Page) -> None:
    for path in ("", "history/", "history/1/"):
        response = corrector.get(f"/admin/desk/pages/{page.key}/{path}")
        text = response.content.decode()
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)[^>]*>(?!\s*</script>)", text)
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_the_list_of_actions_can_be_tried_as_json(corrector: Client, page: Page) -> None:
    address = f"/admin/desk/pages/{page.key}/try.json"
    actions = json.dumps([{"do": "merge", "article": [1, 0], "other": [3, 0]}])
    answer = corrector.post(address, {"based_on": 1, "actions": actions}).json()
    assert len(answer["structure"]["articles"]) == 1
    assert len(answer["redirects"]) == 1
    assert any("合为一篇" in words for words in answer["changes"])
    wrong = corrector.post(address, {"based_on": 1, "actions": '[{"do": "split", "at": [1, 0]}]'})
    assert wrong.status_code == 400
    assert "开头" in wrong.json()["error"]


def test_a_page_that_moved_on_is_never_overwritten(corrector: Client, signed_in, page: Page) -> None:
    other = signed_in(groups.CORRECTOR)
    address = f"/admin/desk/pages/{page.key}/"
    first = json.dumps([{"do": "merge", "article": [1, 0], "other": [3, 0]}])
    second = json.dumps(
        [
            {"do": "retext", "block": [1, 0], "text": "我的标题"},
            {"do": "merge", "article": [1, 0], "other": [3, 0]},
        ]
    )
    other.post(address, {"based_on": 1, "actions": first, "save": "1", "reason": "先到"})
    response = corrector.post(address, {"based_on": 1, "actions": second, "save": "1"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "先到" in text
    assert "合为一篇" in text
    assert [action["do"] for action in actions_in(text)] == ["retext"], "one's own work is kept"
    assert "两处已经是同一篇文章" in text, "what can't be done any more is told"
    page.refresh_from_db()
    assert page.version == 2
    corrector.post(address, {"based_on": 2, "actions": json.dumps(actions_in(text)), "save": "1"})
    page.refresh_from_db()
    assert page.version == 3
    assert Article.objects.get(page=page, gone=False).headline.startswith("我的标题")


def test_a_preview_leaves_no_trace(corrector: Client, page: Page) -> None:
    before = (changes.last(), list(Article.objects.values()))
    actions = json.dumps([{"do": "retext", "block": [1, 0], "text": "预览的标题"}])
    text = post(corrector, page, actions=actions, preview="1")
    assert "预览的标题" in text
    assert (changes.last(), list(Article.objects.values())) == before
    assert "预览的标题" not in corrector.get(page.get_absolute_url()).content.decode()


def test_any_version_is_compared_and_restored(corrector: Client, page: Page) -> None:
    actions = json.dumps([{"do": "retext", "block": [1, 0], "text": "第二版标题"}])
    address = f"/admin/desk/pages/{page.key}/"
    corrector.post(address, {"based_on": 1, "actions": actions, "save": "1"})
    text = corrector.get(f"{address}history/compare/?a=2&b=1").content.decode()
    assert "<ins>" in text
    assert corrector.get(f"{address}history/compare/?a=1&b=1").status_code == 302
    assert corrector.get(f"{address}history/compare/?a=1&b=9").status_code == 404
    assert corrector.post(f"{address}history/9/restore/").status_code == 404
    corrector.post(f"{address}history/1/restore/", {"reason": "还是原来的好"})
    versions = {version.number: version for version in page.versions.all()}
    assert versions[3].structure == versions[1].structure
    assert (versions[3].kind, versions[3].reason) == ("restored", "还是原来的好")


def test_an_address_works_whatever_a_photo_is_made_and_made_again(client: Client, db: None) -> None:
    page = stored_page([Story()], [Picture(caption="工人在生产线上忙碌。", credit="")])
    photo = page.photos.get()
    lines = lines_of(page.dump.text)
    spans = (Span(3, 0, len(lines[2])),)
    made = apply(store.structure_of(page), lines, [MoveToNewArticle(spans)])
    store.save(page, made.structure, based_on=1, author=None, redirects=made.redirects)
    article = page.articles.get(position=2)
    assert client.get(photo.get_absolute_url()).headers["Location"] == article.get_absolute_url()
    back = apply(store.structure_of(page), lines, [MoveToNewPhoto(spans)])
    store.save(page, back.structure, based_on=2, author=None, redirects=back.redirects)
    now = page.photos.get(gone=False)
    for address in (photo.get_absolute_url(), article.get_absolute_url()):
        response = client.get(address, follow=True)
        assert response.status_code == 200
        assert response.request["PATH_INFO"] == now.get_absolute_url()
    store.restore(page, 1, author=None)
    assert client.get(photo.get_absolute_url()).status_code == 200
    response = client.get(article.get_absolute_url(), follow=True)
    assert response.request["PATH_INFO"] == photo.get_absolute_url()
