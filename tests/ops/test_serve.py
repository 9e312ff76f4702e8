"""Real gunicorn, real worker: started and ended together, killed at any moment, nothing lost and nothing doubled."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
from urllib.parse import quote

import pytest

from archive.locks import WORKER, is_held
from tests.conftest import ROOT
from tests.ops.site import PATIENCE, Site, eventually

pytestmark = pytest.mark.server

#: SIGKILLs at random moments within the suite; ``tests/ops/kill_many.py`` does more.
KILLS = 4


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "data")
    yield site
    site.kill_all()


@pytest.fixture
def copied(made, site) -> Site:
    """A site that begins where the one made in one go ended."""
    shutil.copytree(made.data, site.data)
    return site


def gone(site: Site) -> bool:
    return not is_held(site.data / WORKER) and not site.answers() and not is_held(site.data / "serve.lock")


def found(site: Site, words: str) -> str:
    """The main part of the page that a search gives, with marks around hits taken off."""
    status, page = site.get(f"/search/?q={quote(words)}")
    assert status == 200
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    hits = re.sub(r"<(input|form|title)[^>]*>", "", main)
    return re.sub(r"</?mark[^>]*>", "", hits)


def test_from_nothing_to_a_site(made, seeds):
    rows = made.rows()
    assert len(rows["dumps"]) == len(rows["pages"]) == len(seeds)
    assert len(rows["articles"]) >= 10 * len(rows["pages"]) - 10
    assert len(rows["people"]) > 0
    assert not made.is_behind()
    assert made.is_sound()
    assert gone(made)


def test_a_second_run_changes_nothing(made, copied):
    copied.start()
    assert copied.rows() == made.rows()
    assert copied.end(signal.SIGINT) == 0
    assert gone(copied)
    assert copied.rows() == made.rows()


def test_what_staff_deleted_and_edited_is_not_brought_back(copied):
    script = (
        "from archive import store; from archive.models import *;"
        "store.delete_page(Page.objects.order_by('id').first(), author=None, reason='twice');"
        "SurnameReading.objects.order_by('id').last().delete();"
        "Section.objects.update(vocabulary='词')"
    )
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", script],
        cwd=ROOT, env=copied.environment, check=True, timeout=PATIENCE,
    )  # fmt: skip
    before = copied.rows()
    copied.start()
    eventually(lambda: not copied.is_behind())
    assert copied.end() == 0
    after = copied.rows()
    assert after["sections"] == before["sections"]
    assert after["surnames"] == before["surnames"]
    assert after["pages"] == before["pages"]
    assert after["articles"] == before["articles"]


def test_a_second_serve_is_told_and_when_the_first_is_killed_both_children_end(copied):
    shutil.rmtree(copied.data / "index")  # made anew when it is missing
    copied.start()
    assert "吕沛到示范区信访接待大厅接待群众来访" in found(copied, "吕沛")
    second = Site(copied.data)
    second.launch()
    assert second.ended() != 0
    assert second.said.count("\n") == 1
    assert f"http://127.0.0.1:{copied.port}/" in second.said
    assert copied.get("/about/")[0] == 200
    copied.end(signal.SIGKILL)
    eventually(lambda: gone(copied))


def test_without_its_parent_it_does_not_begin_to_serve(copied):
    """make was killed before this process had looked who its parent is."""
    copied.launch("--parent", "1")
    assert copied.ended() == 0
    assert "gunicorn" not in copied.said
    assert gone(copied)


def test_a_dead_worker_is_started_again_while_the_site_goes_on(copied, tmp_path):
    copied.start()
    first = copied.children()["worker"]
    os.kill(first, signal.SIGKILL)
    copied.wait_for("The worker ended")
    assert copied.get("/about/")[0] == 200
    eventually(lambda: is_held(copied.data / WORKER))
    dump = tmp_path / "more.txt"
    dump.write_text("本报讯（记者郭树勋）10月21日，新任站长欧阳青云到基层调研。\n\n欧阳青云到基层调研\n")
    subprocess.run(
        [sys.executable, "manage.py", "ingest", str(dump)], cwd=ROOT, env=copied.environment, check=True,
        timeout=PATIENCE, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    eventually(lambda: not copied.is_behind())
    assert "到基层调研" in found(copied, "欧阳青云")
    assert copied.end() == 0


def test_when_gunicorn_dies_serve_ends_with_an_error(copied):
    copied.start()
    os.kill(copied.children()["gunicorn"], signal.SIGKILL)
    assert copied.ended() != 0
    assert "The web server ended" in copied.said
    eventually(lambda: gone(copied))


def test_one_clear_line_for_a_port_in_use(copied):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        copied.port = taken.getsockname()[1]
        copied.launch()
        assert copied.ended() != 0
    assert copied.said.count("\n") == 1
    assert f"Port {copied.port} is in use" in copied.said


def test_one_clear_line_for_a_data_folder_that_cannot_be_used(site, tmp_path):
    (tmp_path / "file").touch()
    site.data = tmp_path / "file" / "data"
    site.launch()
    assert site.ended() != 0
    assert site.said.count("\n") == 1
    assert "BAOZANG_DATA" in site.said


def test_one_clear_line_for_a_wrong_setting(site, monkeypatch):
    monkeypatch.setattr(Site, "environment", {**site.environment, "BAOZANG_PORT": "eight"})
    site.launch()
    assert site.ended() != 0
    assert site.said.count("\n") == 1
    assert "BAOZANG_PORT" in site.said


def test_killed_at_many_moments_it_starts_again_with_nothing_lost_and_nothing_doubled(made, site):
    rng = random.Random(20211024)
    for _ in range(KILLS):
        site.launch()
        try:
            site.process.wait(rng.uniform(0.3, 5.0))
        except subprocess.TimeoutExpired:
            pass
        else:
            pytest.fail(site.said + site.process.stdout.read())
        site.end(signal.SIGKILL)
    site.start()
    assert site.get("/")[0] == 200
    eventually(lambda: not site.is_behind())
    assert site.end() == 0
    assert site.is_sound()
    assert site.rows() == made.rows()
