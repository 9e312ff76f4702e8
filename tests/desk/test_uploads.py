"""Uploading in the admin: a dry run first, the same errors as the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archive import changes, groups, ingesting, uploading
from archive.models import AuditEntry, Dump, Page, Upload

SEED = next((Path(__file__).resolve().parents[2] / "seeds").glob("004_*.txt"))


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def upload(client: Client, *files: SimpleUploadedFile) -> str:
    """What the screen says once the worker has read the files."""
    client.post("/admin/desk/uploads/", {"dumps": list(files)})
    changes.catch_up("uploads")
    return client.get("/admin/desk/uploads/").content.decode()


def confirm(client: Client, *uploads: Upload, **more: str) -> None:
    client.post("/admin/desk/uploads/confirm/", {"upload": [each.pk for each in uploads]} | more)
    changes.catch_up("uploads")


@pytest.mark.django_db
def test_a_dry_run_shows_what_would_be_made_and_stores_nothing(publisher: Client) -> None:
    text = upload(publisher, file(SEED.name, SEED.read_bytes()), file("facts.toml", b""))
    assert "8 篇文章" in text
    assert "示范区工业经济实现首月开门红" in text
    assert "⚠" in text
    assert not Dump.objects.exists()
    assert not Page.objects.exists()
    (waiting,) = Upload.objects.all()
    confirm(publisher, waiting)
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
    confirm(other, waiting)
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    confirm(publisher, waiting, discard="1")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.data) == ("discarded", b"")
    assert not Dump.objects.exists()


@pytest.mark.django_db
def test_a_request_only_keeps_the_files(publisher: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a web request reads a dump")

    monkeypatch.setattr("archive.ingesting.ingest", refuse)
    publisher.post("/admin/desk/uploads/", {"dumps": [file("a.txt", b"a"), file("b.txt", b"b")]})
    text = publisher.get("/admin/desk/uploads/").content.decode()
    assert "还有 2 个文件" in text
    assert "后台程序没有运行" in text
    Upload.objects.update(state="waiting")
    publisher.post("/admin/desk/uploads/confirm/", {"upload": Upload.objects.values_list("pk", flat=True)})
    assert set(Upload.objects.values_list("state", flat=True)) == {"confirmed"}


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["before it is stored", "after it is stored"])
def test_a_worker_that_is_killed_leaves_the_file_to_the_next(
    publisher: Client, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    upload(publisher, file(SEED.name, SEED.read_bytes()))
    waiting = Upload.objects.get()
    publisher.post("/admin/desk/uploads/confirm/", {"upload": [waiting.pk]})
    ingest = ingesting.ingest

    def killed(*args: object, **more: object) -> None:
        if when == "after it is stored":
            ingest(*args, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr("archive.ingesting.ingest", killed)
    with pytest.raises(KeyboardInterrupt):
        changes.catch_up("uploads")
    assert Upload.objects.get().state == "confirmed"
    monkeypatch.setattr("archive.ingesting.ingest", ingest)
    changes.catch_up("uploads")
    assert Upload.objects.get().state == "done"
    assert Page.objects.get().version == 1
    assert AuditEntry.objects.filter(deed="上传入库").count() == 1


@pytest.mark.django_db
def test_a_file_that_ends_the_worker_each_time_is_given_up(
    publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    publisher.post("/admin/desk/uploads/", {"dumps": [file("a.txt", b"a")]})
    monkeypatch.setattr("archive.ingesting.ingest", killed)
    for _ in range(uploading.MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            changes.catch_up("uploads")
    changes.catch_up("uploads")
    assert Upload.objects.get().state == "failed"


@pytest.mark.django_db
def test_what_is_thrown_away_while_it_is_read_stays_so(
    publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest = ingesting.ingest

    def meanwhile(*args: object, **more: object) -> object:
        Upload.objects.update(state="discarded")
        return ingest(*args, **more)

    monkeypatch.setattr("archive.ingesting.ingest", meanwhile)
    upload(publisher, file(SEED.name, SEED.read_bytes()))
    assert Upload.objects.get().state == "discarded"


@pytest.mark.django_db
def test_two_of_the_staff_upload_the_same_file(publisher: Client, signed_in) -> None:
    other = signed_in(groups.PUBLISHER)
    for client in (publisher, other):
        upload(client, file(SEED.name, SEED.read_bytes()))
    first, second = Upload.objects.order_by("pk")
    for client, one in ((publisher, first), (other, second)):
        client.post("/admin/desk/uploads/confirm/", {"upload": [one.pk]})
    changes.catch_up("uploads")
    assert list(Upload.objects.values_list("state", flat=True)) == ["done", "done"]
    assert Page.objects.get().version == 1


@pytest.mark.django_db
def test_the_same_bytes_again_change_nothing(publisher: Client) -> None:
    for _ in range(2):
        upload(publisher, file(SEED.name, SEED.read_bytes()))
        waiting = Upload.objects.filter(state="waiting").get()
        confirm(publisher, waiting)
    assert Page.objects.get().version == 1
    assert "没有变化" in Upload.objects.first().message
