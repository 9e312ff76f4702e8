"""Files and folders to stored pages, and every kind of bad input."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from archive import ingesting, store
from archive.errors import StructureError
from archive.finding import Problem, find
from archive.models import (
    Article,
    Change,
    Dump,
    Newspaper,
    Page,
    PageVersion,
    Person,
    Photo,
    Section,
    SurnameReading,
)
from archive.store import Result, versions
from tests.archive.paper import pdf
from tests.archive.test_layout import page

pytestmark = pytest.mark.django_db


def run(*paths: Path | str, **options) -> tuple[str, str, CommandError | None]:
    """What ``ingest`` prints, what it complains of, and the error it ends with."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("ingest", *map(str, paths), stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), error
    return out.getvalue(), err.getvalue(), None


def rows() -> dict[str, int]:
    tables = (Dump, Page, PageVersion, Article, Photo, Person, Change)
    return {table.__name__: table.objects.count() for table in tables}


def table(printed: str) -> dict[str, int]:
    """The closing table."""
    return {line.split()[0]: int(line.split()[1]) for line in printed.splitlines()[-7:]}


@pytest.fixture
def folder(tmp_path, seeds, data_folder) -> Path:
    """A folder with one good dump."""
    folder = tmp_path / "dumps"
    folder.mkdir()
    shutil.copy(seeds[0], folder / "good.txt")
    return folder


def test_the_closing_table_counts_what_is_stored(seeds, data_folder):
    printed, complaints, error = run(*seeds)
    assert error is None
    assert complaints == ""
    assert list(table(printed)) == ["dumps", "pages", "articles", "photos", "people", "warnings", "failures"]
    found = table(printed)
    assert found["dumps"] == Dump.objects.count() == len(seeds)
    assert found["pages"] == Page.objects.count()
    assert found["articles"] == Article.objects.count() > 0
    assert found["photos"] == Photo.objects.count() > 0
    assert found["people"] == Person.objects.count() > 0
    assert found["warnings"] == sum(len(article.doubts) for article in Article.objects.all())
    assert found["failures"] == 0
    assert len(printed.splitlines()) == len(seeds) + 7


def test_the_same_bytes_twice_change_nothing(folder, seeds):
    run(folder)
    before = rows()
    printed, _, error = run(folder, folder / "good.txt", seeds[0])
    assert error is None
    assert rows() == before
    assert "known already" in printed
    assert (
        table(printed)["articles"] == 2 * before["Article"]
    )  # the copy and the seed are two dumps of the same bytes


def test_facts_win_and_are_not_lost_by_a_copy_without_them(folder, seeds):
    (folder / "good.toml").write_text(
        'date = 2020-02-03\npage_number = 4\npage_name = "要闻"\nedition = "晚刊"\n'
    )
    run(folder)
    page = Page.objects.get()
    assert (page.number, page.name, page.issue.edition) == (4, "要闻", "晚刊")
    assert page.issue.date.isoformat() == "2020-02-03"
    assert page.issue.date_certainty == "given"
    printed, _, _ = run(seeds[0])
    assert "known already" in printed
    assert Page.objects.get().issue.date.isoformat() == "2020-02-03"


def test_the_same_bytes_with_other_facts_are_a_correction_and_say_so(tmp_path, seeds, data_folder):
    first, second = (tmp_path / day / "01.txt" for day in ("2021-01-01", "2021-01-02"))
    for file in (first, second):
        file.parent.mkdir()
        shutil.copy(seeds[0], file)
    assert run(first)[1] == ""
    first.with_suffix(".toml").write_text("date = 2021-01-01")
    second.with_suffix(".toml").write_text("date = 2021-01-02")
    assert run(first)[1] == ""  # what is said for the first time contradicts nothing
    said = run(second, dry_run=True)[1]
    assert "date = 2021-01-01" in said
    assert run(second)[1] == said
    assert [str(page.issue.date) for page in Page.objects.all()] == ["2021-01-02"]
    (told,) = json.loads(run(first, json=True)[0])["files"]
    assert told["contradicted"] == {"date": "2021-01-02"}
    # The way out that is named.
    second.write_bytes(second.read_bytes() + b"\n\n")
    assert run(first, second)[1] == ""
    assert sorted(str(page.issue.date) for page in Page.objects.all()) == ["2021-01-01", "2021-01-02"]
    assert run(first, second)[1] == ""


def test_without_facts_the_date_is_marked_with_its_reason(folder):
    run(folder)
    issue = Page.objects.get().issue
    assert issue.date_certainty in ("estimated", "printed")
    assert issue.date_reason


def test_a_page_that_staff_deleted_stays_deleted(folder):
    run(folder)
    store.delete_page(Page.objects.get(), author=None, reason="duplicate")
    printed, _, error = run(folder)
    assert error is None
    assert "deleted by staff" in printed
    assert Page.objects.get().deleted_at is not None
    assert Page.objects.shown().count() == 0


def test_dry_run_writes_nothing_and_tells_what_would_be(folder):
    before = rows()
    printed, _, error = run(folder, dry_run=True)
    assert error is None
    assert rows() == before
    assert "would be taken in" in printed
    made, _, _ = run(folder)
    for name in ("pages", "articles", "photos", "warnings"):
        assert table(printed)[name] == table(made)[name]
    for article in Article.objects.exclude(headline=""):
        assert article.headline in printed
    for article in Article.objects.all():
        for warning in ingesting.warnings_of(_value(article)):
            assert warning in printed


def _value(article: Article):
    structure = store.structure_of(article.page)
    return next(one for one in structure.articles if one.key == article.key)


def test_json_for_machines(folder):
    (folder / "empty.txt").touch()
    printed, complaints, error = run(folder, json=True)
    said = json.loads(printed)
    assert error is not None
    assert "empty.txt" in complaints
    assert (said["dumps"], said["failures"], said["results"]) == (1, 1, {"new": 1})
    by_name = {Path(each["file"]).name: each for each in said["files"]}
    assert by_name["good.txt"]["pages"] == [Page.objects.get().key]
    assert by_name["empty.txt"]["result"] == "failed"
    assert by_name["empty.txt"]["remedy"]


def bad_inputs(folder: Path) -> dict[str, str]:
    """Bad inputs beside good.txt: the file that a message has to name → a word of its reason."""
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "program.txt").write_bytes(b"\x7fELF" + bytes(2000))
    (folder / "undecodable.txt").write_bytes("本报讯".encode() * 20 + b"\xff\xfe\xff" + b"\x80" * 90)
    with (folder / "large.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    (folder / "wrong.txt").write_text("本报讯 甲。")
    (folder / "wrong.toml").write_text('date = "2021-02-30"')
    (folder / "alone.toml").write_text("page_number = 1")
    os.mkfifo(folder / "pipe.txt")
    (folder / "without").mkdir()
    (folder / "without" / "notes.md").write_text("no dump")
    return {
        "empty.txt": "empty",
        "binary.txt": "binary",
        "program.txt": "program",
        "undecodable.txt": "can't be read as",
        "large.txt": "too large",
        "broken.txt": "link",
        "wrong.toml": "2021-02-30",
        "alone.toml": "beside no dump",
        "pipe.txt": "not a file",
        "without": "no dumps",
        "missing.txt": "not there",
    }


def test_every_bad_input_gets_one_clear_line_and_the_others_go_on(folder):
    expected = bad_inputs(folder)
    printed, complaints, error = run(folder, folder / "without", folder / "missing.txt")
    assert error is not None
    assert error.returncode != 0
    lines = complaints.splitlines()
    assert len(lines) == len(expected)
    for name, word in expected.items():
        about = [line for line in lines if line.split(": ")[0].endswith(f"/{name}")]
        assert len(about) == 1, name
        assert word in about[0]
        assert about[0].count(". ") >= 1, "a remedy follows the reason"
    assert table(printed)["failures"] == len(expected)
    assert [dump.name for dump in Dump.objects.all()] == ["good.txt"]
    assert Page.objects.count() == 1


def test_an_unreadable_file_and_folder(folder, monkeypatch):
    locked = folder / "locked"
    locked.mkdir()
    secret = folder / "secret.txt"
    secret.write_text("本报讯")
    real_open, real_scan = Path.open, os.scandir

    def opening(path, *args, **kwargs):
        if path == secret:
            raise PermissionError(13, "Permission denied")
        return real_open(path, *args, **kwargs)

    def scanning(path):
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied")
        return real_scan(path)

    monkeypatch.setattr(Path, "open", opening)
    monkeypatch.setattr(os, "scandir", scanning)
    _, complaints, error = run(folder)
    assert error is not None
    assert [line.split(": ")[0] for line in complaints.splitlines()] == [str(locked), str(secret)]
    assert complaints.count("may not be read") == 2
    assert Page.objects.count() == 1


def test_a_facts_file_is_no_dump(folder):
    (folder / "good.toml").write_text("page_number = 1")
    _, complaints, error = run(folder / "good.toml")
    assert error is not None
    assert "holds facts" in complaints


def test_a_fault_of_ours_keeps_no_other_dump_out(folder, seeds, monkeypatch):
    shutil.copy(seeds[1], folder / "other.txt")
    real = ingesting.read_dump

    def faulty(data, name, *rest):
        if name == "good.txt":
            raise IndexError("tuple index out of range")
        return real(data, name, *rest)

    monkeypatch.setattr(ingesting, "read_dump", faulty)
    _, complaints, error = run(folder)
    assert error is not None
    assert "good.txt" in complaints
    assert "fault in this program" in complaints
    assert [dump.name for dump in Dump.objects.all()] == ["other.txt"]


def test_what_cannot_be_stored_leaves_nothing_half_written(folder, monkeypatch):
    def late(*_args, **_options):
        raise StructureError("line 1", "late")

    monkeypatch.setattr(versions, "write_rows", late)
    before = rows()
    _, complaints, error = run(folder)
    assert error is not None
    assert "good.txt: late" in complaints
    assert rows() == before


def test_a_busy_database_is_tried_again(folder, monkeypatch):
    real, tries = store.ingest, []

    def busy(*args):
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("database is locked")
        return real(*args)

    monkeypatch.setattr(store, "ingest", busy)
    monkeypatch.setattr(ingesting, "RETRIES", (0.0, 0.0, 0.0))
    _, _, error = run(folder)
    assert error is None
    assert len(tries) == 3
    assert Page.objects.count() == 1


def test_a_full_disk_ends_the_run_with_one_line(folder, monkeypatch):
    def full(*_args):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(store, "ingest", full)
    _, _, error = run(folder)
    assert "has no space left" in str(error)
    assert "run this again" in str(error)


def test_ctrl_c_keeps_what_was_done(folder, seeds, monkeypatch):
    shutil.copy(seeds[1], folder / "other.txt")
    real = ingesting.read_dump

    def interrupted(data, name, *rest):
        if name == "other.txt":
            raise KeyboardInterrupt
        return real(data, name, *rest)

    monkeypatch.setattr(ingesting, "read_dump", interrupted)
    printed, _, error = run(folder)
    assert error.returncode == 130
    assert table(printed)["dumps"] == 1
    assert Page.objects.count() == 1


def test_folders_are_searched_to_their_depth_each_file_once(tmp_path):
    for name in (
        "b/2.TXT",
        "b/a/1.txt",
        "b/.hidden/3.txt",
        "b/.4.txt",
        "b/5.jpg",
        "c.pdf",
        "c.toml",
        "d.xml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("甲")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "same.txt").symlink_to(tmp_path / "b" / "2.TXT")
    found = find([tmp_path, tmp_path / "b" / "2.TXT"])
    assert not any(isinstance(one, Problem) for one in found)
    assert [one.relative_to(tmp_path).as_posix() for one in found] == [
        "b/2.TXT",
        "b/a/1.txt",
        "c.pdf",
        "d.xml",
    ]


def test_links_are_followed_inside_the_folder_only(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "delivery"
    for path in (outside / "secret.txt", inside / "a" / "1.txt"):
        path.parent.mkdir(parents=True)
        path.write_text("甲")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "within.txt").symlink_to(inside / "a" / "1.txt")
    (inside / "nowhere").symlink_to(tmp_path / "gone")
    (inside / "itself.txt").symlink_to(inside / "itself.txt")
    entry = tmp_path / "entry"
    entry.symlink_to(inside)  # the link that was named is meant
    found = find([entry])
    told = {one.path.name: str(one) for one in found if isinstance(one, Problem)}
    assert [one for one in found if isinstance(one, Path)] == [entry / "a" / "1.txt"]
    assert told.keys() == {"link.txt", "folder", "nowhere", "itself.txt"}
    for name, place in (("link.txt", outside / "secret.txt"), ("folder", outside)):
        assert f"{name}: is a link out of the folder, to {place}. " in told[name]
    for name in ("nowhere", "itself.txt"):
        assert "which is not there. " in told[name]
    assert [one for one in find([inside, outside]) if isinstance(one, Path)] == [
        inside / "a" / "1.txt",
        outside / "secret.txt",
    ]


def test_a_changed_dump_updates_its_page(folder):
    run(folder)
    key = Page.objects.get().key
    path = folder / "good.txt"
    path.write_text(path.read_text() + "\n又讯 新的一行。\n")
    printed, _, error = run(folder)
    assert error is None
    assert "changed" in printed
    assert Page.objects.get().key == key
    assert Dump.objects.count() == 2


def test_the_store_names_what_became_of_a_dump(folder):
    assert ingesting.ingest(folder / "good.txt", ingesting.current_vocabulary()).result is Result.NEW
    assert ingesting.ingest(folder / "good.txt", ingesting.current_vocabulary()).result is Result.UNCHANGED


def test_without_a_database_it_says_what_to_run(folder, monkeypatch):
    monkeypatch.setattr(ingesting, "has_database", lambda: False)
    monkeypatch.setattr("archive.management.commands.ingest.has_database", lambda: False)
    _, _, error = run(folder)
    assert "manage.py migrate" in str(error)
    printed, _, error = run(folder, dry_run=True)
    assert error is None
    assert table(printed)["pages"] == 1


def test_a_name_that_is_no_utf8_can_be_printed_and_stored(folder):
    path = os.fsencode(folder) + b"/\xbd\xb9\xd7\xf7.txt"
    shutil.copy(folder / "good.txt", path)
    (folder / "good.txt").unlink()
    printed, _, error = run(folder)
    assert error is None
    assert printed.encode()
    assert Dump.objects.get().name.endswith(".txt")


def test_fixtures_are_there_once():
    """What staff edit or delete afterwards is theirs: no later migration or start brings it back."""
    assert Newspaper.objects.filter(slug="jiaozuo-ribao").exists()
    assert Section.objects.count() >= 12
    assert all(section.vocabulary for section in Section.objects.all())
    assert SurnameReading.objects.filter(surname="葛", reading="gě").exists()
    SurnameReading.objects.filter(surname="葛").delete()
    Section.objects.update(vocabulary="词")
    call_command("migrate", verbosity=0)
    assert not SurnameReading.objects.filter(surname="葛").exists()
    assert set(Section.objects.values_list("vocabulary", flat=True)) == {"词"}


def test_parse_takes_what_ingest_takes_and_touches_no_database(folder, django_assert_num_queries):
    (folder / "good.toml").write_text("date = 2020-02-03")
    (folder / "page.pdf").write_bytes(pdf([page()]))
    with django_assert_num_queries(0):
        said = {}
        for name in ("good.txt", "page.pdf"):
            out = io.StringIO()
            call_command("parse", str(folder / name), stdout=out)
            said[name] = json.loads(out.getvalue())
    assert said["good.txt"]["issue_date"]["value"] == "2020-02-03"
    assert "我县夏种基本结束" in [article["headline"] for article in said["page.pdf"]["articles"]]
    (folder / "empty.txt").touch()
    for name in ("empty.txt", "missing.txt"):
        with pytest.raises(CommandError, match=name):
            call_command("parse", str(folder / name))
