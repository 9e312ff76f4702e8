"""A real site for tests: ``make serve`` (or what it runs) on a port and a data folder of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT

#: How long anything may take on a busy machine before a test says that it never happens.
PATIENCE = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """One data folder, served again and again."""

    def __init__(self, data: Path, *, port: int | None = None, under_make: bool = False) -> None:
        self.data = data
        self.port = port or free_port()
        self.under_make = under_make
        self.process: subprocess.Popen[str] | None = None
        self.said = ""

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BAOZANG_")}
        inherited.pop("DJANGO_SETTINGS_MODULE", None)
        inherited.pop("MAKEFLAGS", None)
        return {**inherited, "BAOZANG_DATA": str(self.data), "PYTHONUNBUFFERED": "1"}

    def launch(self, *options: str) -> None:
        """Start it in a process group of its own, without waiting for anything."""
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), *options]
        if self.under_make:
            command = [
                "make",
                "--no-print-directory",
                "serve",
                f"PORT={self.port}",
                f"PYTHON={sys.executable}",
            ]
        self.said = ""
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip

    def wait_for(self, words: str) -> None:
        """Read what it prints until ``words`` stand there."""
        assert self.process is not None
        until = time.monotonic() + PATIENCE
        descriptor = self.process.stdout.fileno()
        while words not in self.said:
            ready, _, _ = select.select([descriptor], [], [], max(until - time.monotonic(), 0))
            assert ready, f"“{words}” was never printed:\n{self.said}"
            piece = os.read(descriptor, 65536).decode("utf-8", "replace")
            assert piece, f"it ended before it printed “{words}”:\n{self.said}"
            self.said += piece

    def start(self, *options: str) -> None:
        """Start it and wait until it says its address."""
        self.launch(*options)
        self.wait_for(f"http://127.0.0.1:{self.port}/")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal to the first process alone and wait for its end; its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        assert self.process is not None
        rest, _ = self.process.communicate(timeout=PATIENCE)
        self.said += rest
        return self.process.returncode

    def kill_all(self) -> None:
        """SIGKILL whatever is left: serve's group and the groups of its children."""
        for pid in [*self.children().values(), *([self.process.pid] if self.process else [])]:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        if self.process:
            self.process.communicate(timeout=PATIENCE)

    def children(self) -> dict[str, int]:
        """The process ids of gunicorn and the worker that serve has printed of them last."""
        return {name: int(pid) for name, pid in re.findall(r"(gunicorn|worker): process (\d+)", self.said)}

    def seconds_of(self, name: str) -> float:
        """Seconds of processor time that a child has had: how long it worked, however busy the machine is."""
        stat = Path(f"/proc/{self.children()[name]}/stat")
        if not stat.exists():  # not Linux
            return time.monotonic()
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def get(self, path: str = "/") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def answers(self) -> bool:
        try:
            self.get("/about/")
        except (OSError, http.client.HTTPException):
            return False
        return True

    def rows(self) -> dict[str, list[tuple]]:
        """What the archive holds, without what differs from one making to the next."""
        queries = {
            "dumps": "SELECT sha256 FROM archive_dump ORDER BY 1",
            "pages": "SELECT key, version FROM archive_page ORDER BY 1",
            "articles": "SELECT key, headline, body, gone FROM archive_article ORDER BY 1",
            "photos": "SELECT key, caption FROM archive_photo ORDER BY 1",
            "people": "SELECT slug, name FROM archive_person ORDER BY 1",
            "mentions": "SELECT name, kind, field, paragraph, start FROM archive_mention ORDER BY 1, 2, 3, 4, 5",
            "sections": "SELECT slug, vocabulary FROM archive_section ORDER BY 1",
            "surnames": "SELECT surname FROM archive_surnamereading ORDER BY 1",
        }
        with contextlib.closing(sqlite3.connect(self.data / "baozang.sqlite3")) as database:
            return {name: database.execute(query).fetchall() for name, query in queries.items()}

    def is_sound(self) -> bool:
        """Whether the database file is whole and every reference in it leads somewhere."""
        with contextlib.closing(sqlite3.connect(self.data / "baozang.sqlite3")) as database:
            whole = database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and not database.execute("PRAGMA foreign_key_check").fetchall()

    def is_behind(self) -> bool:
        """Whether a consumer of the change log has something left to do."""
        with contextlib.closing(sqlite3.connect(self.data / "baozang.sqlite3")) as database:
            (newest,) = database.execute("SELECT coalesce(max(id), 0) FROM archive_change").fetchone()
            return any(place < newest for (place,) in database.execute("SELECT position FROM archive_cursor"))


def eventually(holds) -> None:
    """Look until it holds; there is nothing to wait on but the other process's doing."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it never came about"
        select.select([], [], [], 0.02)
