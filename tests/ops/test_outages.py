"""What fails in the machine is told in one line that says what to do."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import OperationalError

from archive.outages import outage_of
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "no space left"),
        (errno.EACCES, "may not be written"),
        (errno.EROFS, "may not be written"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_with_the_remedy(number, word):
    error = outage_of(OSError(number, os.strerror(number), "/srv/index/state.json"))
    assert error.thing == "/srv/index/state.json"
    assert word in error.reason
    assert error.remedy


def test_a_fault_of_the_program_is_not_passed_off_as_the_machines():
    assert outage_of(OperationalError('near "SELEKT": syntax error')) is None
    assert outage_of(OSError(errno.EBADF, "Bad file descriptor")) is None


def run(folder, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "BAOZANG_DATA": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _empty(path):
    path.touch()


def _garbage(path):
    path.write_bytes(b"no database at all " * 200)


def _of_a_later_version(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE archive_change (id INTEGER PRIMARY KEY)")


@pytest.mark.parametrize(
    ("spoil", "command", "word"),
    [
        (_empty, ("reparse",), "is not set up. Run: python manage.py migrate"),
        (_garbage, ("ingest", "seeds"), "is damaged. Restore a backup"),
        (_of_a_later_version, ("reparse",), "migrate"),
        (os.mkdir, ("migrate",), "may not be written. Give this user the right"),
    ],
)
def test_every_command_ends_in_one_line(tmp_path, spoil, command, word):
    path = tmp_path / "baozang.sqlite3"
    spoil(path)
    done = run(tmp_path, *command)
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert f"{path}: " in line
    assert word in line
