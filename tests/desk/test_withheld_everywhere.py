"""What is withheld is nowhere: the whole URLconf is walked, by strangers and by each group that may not read it.

Nor may any list be asked whether it holds a word: an answer to a withheld word is that to a word that nobody wrote.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.db import transaction
from django.db.models import CharField, JSONField, TextField
from django.test import Client, RequestFactory
from django.utils import timezone
from PIL import Image

from archive import changes, counts, groups, identity, store
from archive.corrections import Merge, Place, Retext, Split, apply
from archive.desk.similar import Fix, Offer, propose
from archive.models import AuditEntry, Mention, Page, Person, PlaceMention, Proposal, Report, Scan, Upload
from archive.models import Place as PlaceRow
from archive.structure import Article, Block, PageStructure, Role, Span, lines_of
from tests.desk.surfaces import addresses
from tests.factories import Picture, Story
from tests.factories import page as stored_page

WORDS = ("鹮鸮", "欧阳鑨鑨", "玄鹄", "鼍龙", "司徒鬯", "骊珠", "鸱枭局", "呼延鱻鱻")
#: As long as the longest of them, and in no text.
NONSENSE = "㐂㐃㐄㐅㐆㐇"
EVERYTHING_ELSE = "everything but the right to read it"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def withheld(signed_in, monkeypatch) -> Page:
    """A page from which an article, a photo and a span are withheld, after all that staff did with their words."""
    monkeypatch.setattr(
        admin.site, "enable_nav_sidebar", False
    )  # the same list of models beside every screen
    cache.clear()
    page = stored_page(
        [
            Story(
                headline="翡翠鹮鸮案开审",
                paragraphs=("鸱枭局局长欧阳鑨鑨住在玄鹄巷七号，鹮鸮一案由此而起。", "案件还在审理，鹮鸮在哪里没有人知道。"),
                people={"欧阳鑨鑨": "鸱枭局局长"},
                reporters=("司徒鬯",),
            ),
            Story(headline="公开的一篇", paragraphs=("开头的话。骊珠密语呼延鱻鱻。结尾的话。",), people={}),
        ],
        [
            Picture(caption="鼍龙出水。", credit="司徒鬯 摄", photographers=("司徒鬯",)),
            Picture(caption="公开的图片。", story=0),
        ],
    )  # fmt: skip
    article, photo = page.articles.get(position=1), page.photos.get(position=1)
    place = PlaceRow.objects.create(slug="玄鹄巷", name="玄鹄巷")
    PlaceMention.objects.create(place=place, article=article, field="body", start=12, end=15)
    changes.catch_up()

    # What staff did before: text typed, an article cut off and merged again, people joined, a report, an upload.
    lines = lines_of(page.dump.text)
    for action in (
        Retext(Place(1, 0), "翡翠鹮鸮案今日开审"),
        Split(Place(3, 0)),
        Merge(Place(1, 0), Place(3, 0)),
    ):
        done = apply(store.structure_of(page), lines, [action])
        store.save(page, done.structure, based_on=page.version, author=None, redirects=done.redirects)
        page.refresh_from_db()
    alias = Person.objects.create(slug="欧阳鑨鑨二", name="欧阳鑨鑨二")
    identity.join(alias, Person.objects.get(slug="欧阳鑨鑨"))
    Report.objects.create(
        article=article, text="鹮鸮案不实", sender="x", answer="已撤下", closed_at=timezone.now()
    )
    Report.objects.create(photo=photo, text="请撤下", sender="x")
    user = signed_in(groups.PUBLISHER)
    Upload.objects.create(
        user_id=user.session["_auth_user_id"], name="a.txt", size=1, data=b"", state=Upload.State.DONE,
        found={"pages": [{"articles": [{"title": "翡翠鹮鸮案开审"}]}]},
    )  # fmt: skip
    picture = io.BytesIO()
    Image.new("RGB", (60, 60)).save(picture, "WEBP")
    Scan.objects.create(page=page, image=picture.getvalue(), name="scan.webp")
    changes.catch_up()
    # The same fix as on another page was offered here, and not taken.
    offer = Offer(page, (Fix("翡翠鹮鸮案开审", role=Role.BODY),), store.structure_of(page))
    assert propose(page.versions.get(number=1), [offer]) == 1
    store.decline(page.proposals.get(), author=None)
    named = Person.objects.create(slug="呼延鱻鱻", name="呼延鱻鱻")
    shown = page.articles.get(headline="公开的一篇")
    Mention.objects.create(
        person=named, article=shown, kind="subject", name=named.name, field="body", start=9, end=13
    )
    counts.recount()

    assert "鹮鸮</mark>案" in Client().get("/search/?q=鹮鸮").content.decode(), "the index has it"
    for what, piece in (("article", article), ("photo", photo)):
        address = f"/admin/desk/visibility/{what}/{piece.key}/"
        user.post(address, {"visibility": "withheld", "reason": "本人请求"})
    span = {"based_on": page.version, "actions": "[]", "spans": "[[5, 5, 14]]", "place": "5,5"}
    user.post(f"/admin/desk/pages/{page.key}/", span | {"withhold": "1", "reason": "本人请求"})
    page.refresh_from_db()
    assert page.articles.filter(visibility="withheld").count() == 2
    assert page.photos.filter(visibility="withheld").count() == 1
    assert AuditEntry.objects.filter(target__contains="鹮鸮").exists()

    # A replaced dump waits beside it.
    text = page.dump.text + "\n新的一行"
    store.ingest(store.IncomingDump(page.dump.name, text.encode(), text, "utf-8"), [_longer(page, text)], "2")
    assert Proposal.objects.filter(outcome="open").exists()
    return page


def _longer(page: Page, text: str) -> PageStructure:
    structure = store.structure_of(page)
    number = len(text.split("\n"))
    more = Article((Block(Role.BODY, (Span(number, 0, 4),), "新的一行"),))
    bare = tuple(replace(each, key="") for each in structure.articles)
    photos = tuple(replace(each, key="", article="") for each in structure.photos)
    return replace(structure, articles=(*bare, more), photos=photos, last_line=number)


def told(text: str, asked: str = "") -> list[str]:
    """The withheld words in an answer, less those that were in the question."""
    return [word for word in WORDS if word in text and word not in asked]


def read(client: Client, path: str, data: dict[str, object] | None = None) -> str:
    response = client.get(path, data)
    assert response.status_code < 500, path
    return response.getvalue().decode("utf-8", "replace") + str(response.headers)


def colleague(signed_in, group: str) -> Client:
    if group == EVERYTHING_ELSE:
        made = Group.objects.create(name=group)
        made.permissions.set(Permission.objects.exclude(codename="read_withheld"))
    return signed_in(group)


#: The one with the fewest rights, and one with all others: what the groups between are shown is shown to it as well.
GROUPS = (groups.VIEWER, EVERYTHING_ELSE)


def test_no_screen_of_the_staff_tells_it(withheld: Page, signed_in) -> None:
    paths = [path for path in addresses("admin/") if not path.startswith("/admin/logout")]
    paths.append(f"/admin/desk/pages/{withheld.key}/history/compare/?a=1&b={withheld.version}")
    found = {}
    for group in GROUPS:
        client = colleague(signed_in, group)
        opened = 0
        for path in paths:
            with transaction.atomic():
                text = read(client, path)
                transaction.set_rollback(True)
            opened += "<html" in text
            if words := told(text, path):
                found[group, path] = words
        assert opened > 20, group
    assert not found


def test_the_role_that_may_read_it_does(withheld: Page, signed_in) -> None:
    client = signed_in(groups.ADMINISTRATOR)
    texts = [read(client, path) for path in addresses("admin/") if not path.startswith("/admin/logout")]
    together = "".join(texts)
    assert told(together) == list(WORDS)
    assert client.get(f"/admin/desk/pages/{withheld.key}/picture/").status_code == 200


POSTS = (
    {"show": "text:{line},0"},
    {"show": "piece:{line},0"},
    {"do": "split"},
    {"do": "merge-up"},
    {"do": "join-next"},
    {"do": "mark:headline"},
    {"do": "new-photo"},
    {"do": "repeat"},
    {"save": "1"},
    {"preview": "1"},
)


def test_nothing_done_at_the_desk_tells_it(withheld: Page, signed_in) -> None:
    client = colleague(signed_in, EVERYTHING_ELSE)
    desk = f"/admin/desk/pages/{withheld.key}/"
    lines = len(withheld.dump.text.split("\n"))
    for based_on in (1, withheld.version):
        for line in range(1, lines + 1):
            for post in POSTS:
                asked = {name: value.format(line=line) for name, value in post.items()}
                actions = '[{"do": "settle", "piece": [4, 0], "code": "no-headline", "at": [4, 0]}]'
                body = {"based_on": based_on, "actions": actions, "place": f"{line},0"} | asked
                for path in (desk, f"{desk}try.json") if "do" in post else (desk,):
                    with transaction.atomic():
                        text = client.post(path, body, follow=True).content.decode()
                        transaction.set_rollback(True)
                    assert not told(text), (path, body)


def same(texts: Iterable[tuple[str, str]]) -> bool:
    """Whether answers are one, but for the word asked for and what is new in every answer."""
    fresh = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[\w+/=-]+|\'?nonce[=\'"]+[\w+/=-]+')
    plain = {fresh.sub("", text).replace(word, "") for text, word in texts}
    return len(plain) == 1


def asked(client: Client, path: str, name: str, word: str) -> tuple[str, str]:
    text = client.get(path, {name: word}).content.decode()
    quoted = "".join(f"%{byte:02X}" for byte in word.encode())
    return text.replace(quoted.replace("%", "%25"), "").replace(quoted, ""), word


def test_no_list_of_the_admin_answers_whether_it_holds_a_word(withheld: Page, signed_in) -> None:
    client = colleague(signed_in, EVERYTHING_ELSE)
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=client.session["_auth_user_id"])
    told_by = []
    for model, model_admin in admin.site._registry.items():
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        names = ["q"]
        for field in model._meta.get_fields():
            if isinstance(field, (CharField, TextField, JSONField)):
                names.append(f"{field.name}__icontains")
            if field.is_relation and field.related_model:
                names += [
                    f"{field.name}__{other.name}__icontains"
                    for other in field.related_model._meta.get_fields()
                    if other.name in ("headline", "printed", "caption", "text", "structure", "detail", "name")
                ]
        for name in names:
            if name != "q" and not model_admin.lookup_allowed(name, NONSENSE, request):
                continue  # refused whatever the word
            nothing = asked(client, path, name, NONSENSE)
            words = WORDS if name == "q" and model_admin.get_search_fields(request) else WORDS[:1]
            if not same([nothing, *(asked(client, path, name, word) for word in words)]):
                told_by.append((path, name))
    assert not told_by


def test_typing_words_to_name_a_place_tells_nothing(withheld: Page, signed_in) -> None:
    client = signed_in(groups.CORRECTOR)
    desk = f"/admin/desk/pages/{withheld.key}/"

    def answer(word: str) -> tuple[str, str]:
        body = {"based_on": withheld.version, "actions": "[]", "begins": word, "do": "split"}
        return client.post(desk, body).content.decode(), word

    for word in WORDS[:6]:
        assert same([answer(NONSENSE), answer(word)]), word


def test_no_public_address_tells_it(withheld: Page, client: Client) -> None:
    """At once, and when the worker has come round."""
    paths = addresses(without="admin/")
    asking = [f"{path}?q={word}" for path in paths if "search" in path or "trends" in path for word in WORDS]
    found = {}
    for when in ("at once", "later"):
        for path in [*paths, *asking, "/search/?q=公开", "/search/suggest?q=公开"]:
            if words := told(read(client, path), path):
                found[when, path] = words
        changes.catch_up()
    assert not found
