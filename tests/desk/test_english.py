"""Every screen of the staff in English: what is on it in Chinese comes from the archive."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from archive import changes, groups, identity, store
from archive.corrections import (
    Cut,
    Describe,
    Field,
    Mark,
    MoveToFurniture,
    MoveToPhoto,
    Place,
    Reorder,
    Retext,
    Side,
    Split,
    apply,
)
from archive.models import (
    AuditEntry,
    Genre,
    Newspaper,
    Page,
    Person,
    Proposal,
    Report,
    Section,
    Suspicion,
    Upload,
)
from archive.structure import DOUBTS, Doubt, Kind, Role, Span, lines_of
from tests.desk.surfaces import addresses
from tests.factories import Picture, Story, newspaper
from tests.factories import page as stored_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

HAN = re.compile(r"[\u3400-\u9fff]+")


@pytest.fixture
def worked_on(signed_in) -> Page:
    """A page in Latin letters, with everything on it that the desk has words for."""
    story = Story(
        headline="",
        paragraphs=("First words.", "Second words.", "Third words."),
        reporters=("Li",),
        people={"Li": "head"},
    )
    page = stored_page(
        [story, replace(story, headline="Harvest"), replace(story, headline="Flood")],
        [Picture(caption="A field.", credit="Li", photographers=("Li",))],
        name="News", certainty="given", furniture=("Scan here",), paper=newspaper("daily", "Daily"),
    )  # fmt: skip
    structure = store.structure_of(page)
    doubted = replace(structure.articles[0], doubts=tuple(Doubt(code, "x", 1) for code in DOUBTS))
    others = (replace(structure.articles[1], doubts=(Doubt("no-headline"),)), *structure.articles[2:])
    structure = replace(structure, articles=(doubted, *others))
    store.save(page, structure, based_on=page.version, author=None)
    page.refresh_from_db()
    client, key = signed_in(groups.ADMINISTRATOR), page.key
    for steps in (
        [Split(Place(3, 0))],
        [Retext(Place(1, 0), "Other words."), Mark((Span(2, 0, 12),), Role.NOTE), Cut(Place(5, 6))],
        [Describe(Place(4, 0), Field.GENRE, ("通讯",)), Describe(Place(4, 0), Field.REPORTERS, ())],
        [Reorder(Place(5, 0), Side.AFTER, Place(7, 0))],
        [MoveToFurniture((Span(8, 0, 5),), Kind.REPEAT), MoveToPhoto((Span(9, 0, 12),), Place(12, 0))],
    ):
        done = apply(store.structure_of(page), lines_of(page.dump.text), steps)
        store.save(page, done.structure, based_on=page.version, author=None, redirects=done.redirects)
        page.refresh_from_db()
    article = page.articles.filter(gone=False).first()
    assert article is not None
    client.post(
        f"/admin/desk/visibility/article/{article.key}/", {"visibility": "unlisted", "reason": "asked"}
    )
    client.post(f"/admin/desk/pages/{key}/history/1/restore/", {"reason": "as it was"})
    client.post(f"/admin/desk/pages/{key}/right/")
    Report.objects.create(article=article, text="wrong", sender="x")
    identity.join(Person.objects.create(slug="Lee", name="Lee"), Person.objects.get(slug="Li"))
    Suspicion.objects.create(key=article.key, secret=article.key)
    found = {"pages": [{"date": "", "certainty": "estimated", "photos": 1, "articles": [
        {"title": "", "begins": "Words", "warnings": [[code, "x", 1] for code in DOUBTS]}]}]}  # fmt: skip
    for state in Upload.State.values:
        Upload.objects.create(
            user=User.objects.get(), name="a.txt", size=1, data=b"", state=state, found=found
        )
    text = page.dump.text + "\nMore."
    store.ingest(
        store.IncomingDump(page.dump.name, text.encode(), text, "utf-8"),
        [replace(structure, last_line=structure.last_line)],
        "2",
    )
    changes.catch_up()
    assert Proposal.objects.filter(outcome="open").exists()
    return page


def content() -> list[str]:
    """What the archive holds here in Chinese, the longest first: names, vocabularies, and what the log says was done.

    Django keeps the names of the rights to add, change, delete and view in the language of the first ``migrate``.
    """
    kept = (
        (Section, ("name", "vocabulary")),
        (Newspaper, ("name", "place", "publisher", "about", "rights_note")),
        (Group, ("name",)),
        (Permission, ("name",)),
        (AuditEntry, ("target", "detail")),
    )
    words = {word for model, fields in kept for row in model.objects.values_list(*fields) for word in row}
    lines = {line for word in words for line in word.splitlines()}
    values = {f'"{value}"' for value in Genre.values}  # of lists to choose from, and in a version's JSON
    return sorted(lines | values | {settings.SITE_NAME, "简体中文"} - {""}, key=len, reverse=True)


#: Nothing but surnames, and sentences that Django puts together before it knows the language.
NOT_OURS = re.compile(r"/admin/archive/surnamereading/|/admin/auth/(user/\d+/password|group/\d+/delete)/")


def test_no_screen_of_the_staff_is_chinese_in_english(worked_on: Page) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(User.objects.create_superuser("editor", password="x"))
    paths = [path for path in addresses("admin/") if not path.startswith("/admin/logout")]
    paths.append(f"/admin/desk/pages/{worked_on.key}/history/compare/?a=1&b=2")
    known = content()
    found, opened = {}, set()
    for path in paths:
        response = client.get(path)
        if response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
            continue
        opened.add(path)
        text = unescape(response.content.decode())
        for words in known:
            text = text.replace(words, "")
        if not NOT_OURS.match(path) and (left := set(HAN.findall(text))):
            found[path] = left
    assert len([path for path in opened if path.startswith("/admin/desk/")]) > 20
    assert not found
