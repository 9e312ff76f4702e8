"""Uploading in the admin: a dry run first, the same errors as the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archive import groups
from archive.models import AuditEntry, Dump, Page, Upload

SEED = next((Path(__file__).resolve().parents[2] / "seeds").glob("004_*.txt"))


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def upload(client: Client, *files: SimpleUploadedFile) -> str:
    return client.post("/admin/desk/uploads/", {"dumps": list(files)}, follow=True).content.decode()


@pytest.mark.django_db
def test_a_dry_run_shows_what_would_be_made_and_stores_nothing(publisher: Client) -> None:
    text = upload(publisher, file(SEED.name, SEED.read_bytes()), file("facts.toml", b""))
    assert "8 篇文章" in text
    assert "示范区工业经济实现首月开门红" in text
    assert "⚠" in text
    assert not Dump.objects.exists()
    assert not Page.objects.exists()
    (waiting,) = Upload.objects.all()
    publisher.post("/admin/desk/uploads/confirm/", {"upload": [waiting.pk]})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.data) == ("done", b"")
    page = Page.objects.get()
    assert page.articles.count() == 8
    assert AuditEntry.objects.filter(deed="上传入库", target=SEED.name).exists()
    assert f"/admin/desk/pages/{page.key}/" in publisher.get("/admin/desk/uploads/").content.decode()


@pytest.mark.django_db
def test_facts_beside_a_dump_are_used(publisher: Client) -> None:
    upload(publisher, file("a.toml", b"date = 2021-03-01\npage = 2\n"), file("a.txt", SEED.read_bytes()))
    waiting = Upload.objects.get()
    assert waiting.state == "waiting", waiting.message
    assert waiting.found["pages"][0]["date"] == "2021-03-01"


@pytest.mark.django_db
def test_bad_files_say_why_and_the_others_go_on(publisher: Client, settings) -> None:
    settings.MAX_DUMP_BYTES = 100_000
    upload(
        publisher,
        file("empty.txt", b""),
        file("binary.txt", bytes(range(256)) * 40),
        file("big.txt", b"x" * 100_001),
        file("../../etc/good.txt", SEED.read_bytes()),
    )
    states = {each.name: (each.state, each.message) for each in Upload.objects.all()}
    assert states["good.txt"][0] == "waiting"
    for name in ("empty.txt", "binary.txt", "big.txt"):
        assert states[name][0] == "failed"
        assert states[name][1]
        assert "/tmp" not in states[name][1]


@pytest.mark.django_db
def test_uploads_belong_to_who_made_them_and_can_be_thrown_away(publisher: Client, signed_in) -> None:
    upload(publisher, file(SEED.name, SEED.read_bytes()))
    waiting = Upload.objects.get()
    other = signed_in(groups.PUBLISHER)
    other.post("/admin/desk/uploads/confirm/", {"upload": [waiting.pk]})
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    publisher.post("/admin/desk/uploads/confirm/", {"upload": [waiting.pk], "discard": "1"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.data) == ("discarded", b"")
    assert not Dump.objects.exists()


@pytest.mark.django_db
def test_many_files_are_taken_in_in_several_requests(
    publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.desk.views.uploads.LONGEST", -1)
    upload(publisher, file("a.txt", SEED.read_bytes()), file("b.txt", SEED.read_bytes() + b"\n\nB"))
    waiting = Upload.objects.filter(state="waiting")
    assert [bool(each.found) for each in waiting] == [False, False]
    monkeypatch.setattr("archive.desk.views.uploads.LONGEST", 60)
    publisher.post("/admin/desk/uploads/confirm/", {"upload": [each.pk for each in waiting]})
    assert Upload.objects.filter(state="done").count() == 2


@pytest.mark.django_db
def test_the_same_bytes_again_change_nothing(publisher: Client) -> None:
    for _ in range(2):
        upload(publisher, file(SEED.name, SEED.read_bytes()))
        waiting = Upload.objects.filter(state="waiting").get()
        publisher.post("/admin/desk/uploads/confirm/", {"upload": [waiting.pk]})
    assert Page.objects.get().version == 1
    assert "没有变化" in Upload.objects.first().message
