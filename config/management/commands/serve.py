"""One command from nothing to a site: what ``make serve`` runs."""

from __future__ import annotations

import contextlib
import errno
import http.client
import os
import signal
import socket
import time
from argparse import ArgumentParser
from pathlib import Path
from threading import Event
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from archive import lifeline
from archive.errors import BaozangError
from archive.finding import Problem, find
from archive.following import ABOUT, settle
from archive.ingesting import current_vocabulary, ingest
from archive.locks import WORKER, hold
from archive.outages import outage_of
from config import assets
from config.servers import Child, Restarts, gunicorn, stop, worker

#: Seconds between looks at the two processes.
_LOOK = 0.1
#: Seconds that the processes of a serve that was killed may take to let go of the port.
_AFTERMATH = 15.0
#: Seconds until the site has to answer.
_STARTING = 60.0


class Command(BaseCommand):
    help = (
        "Set everything up and serve the site on this machine, with the worker beside it; Ctrl-C ends both."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=settings.PORT, help="default: BAOZANG_PORT (%(default)s)"
        )
        parser.add_argument("--no-seeds", action="store_true", help="do not ingest seeds/")
        parser.add_argument(
            "--parent",
            type=int,
            metavar="PID",
            help="end when this parent process has ended, as make serve wants it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = Event()
        self.parent: int | None = options["parent"]
        # A terminal's Ctrl-C may interrupt the preparations; once the site runs it only asks for an orderly end.
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        try:
            with hold(settings.DATA_DIR / "serve.lock", "serves") as lock:
                self._serve(lock, options["port"], seeds=not options["no_seeds"])
        except KeyboardInterrupt:
            self._say("Stopped.")
        except BaozangError as error:
            raise CommandError(str(error)) from error
        except (OSError, DatabaseError) as error:
            outage = outage_of(error)
            if outage is None:
                raise
            raise CommandError(str(outage)) from error

    def _serve(self, lock: IO[str], port: int, *, seeds: bool) -> None:
        _await_port(port, _AFTERMATH if lock.read().strip() else 0.0)
        lock.seek(0)
        lock.truncate()
        lock.write(f"process {os.getpid()}, http://127.0.0.1:{port}/")
        lock.flush()
        self._prepare(seeds=seeds)
        connections.close_all()
        if self._should_stop():
            return
        environment = {
            "BAOZANG_HTTPS": "off",  # bound to the loopback; who puts a proxy in front sets it on
            **os.environ,
            "BAOZANG_SERVED": "1",
            "BAOZANG_PORT": str(port),
        }
        web = Child("gunicorn", gunicorn(port), environment)
        following = Child("worker", worker(), environment)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: lifeline.set_from_signal(self.stopping))
        try:
            for child in (web, following):
                self._start(child)
            self._announce(web, port)
            self._watch(web, following)
        finally:
            stop([web, following])
        self._say("Stopped.")

    def _prepare(self, *, seeds: bool) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        assets.collect()
        if seeds and settings.SEED_DIR.is_dir():
            self._ingest(settings.SEED_DIR)
        _build_index()
        settle(settings.DATA_DIR, lambda left: None)

    def _ingest(self, folder: Path) -> None:
        vocabulary = current_vocabulary()
        for found in find([folder]):
            done = found if isinstance(found, Problem) else ingest(found, vocabulary)
            if isinstance(done, Problem):
                self.stderr.write(str(done))
            elif done.structures:
                self._say(f"{done.path.name}: {done.result.value}")

    def _announce(self, web: Child, port: int) -> None:
        until = time.monotonic() + _STARTING
        while not self._should_stop():
            status = _answer(port)
            if status:
                self._say(f"\n{settings.SITE_NAME} → http://127.0.0.1:{port}/   (Ctrl-C ends it)\n")
                if status >= 500:
                    self.stderr.write(f"The home page answers with error {status}; the log above says why.")
                return
            if web.ended() is not None or time.monotonic() > until:
                raise CommandError("The web server did not start; the log above says why.")
            self.stopping.wait(_LOOK)

    def _watch(self, web: Child, following: Child) -> None:
        """Until it is time to stop. A dead worker is started again; without gunicorn there is no going on."""
        restarts = Restarts()
        again_at: float | None = None
        while not self._should_stop():
            code = web.ended()
            if code is not None:
                raise CommandError(f"The web server ended (code {code}); the log above says why.")
            if again_at is None and (code := following.ended()) is not None:
                wait = restarts.wait_after(time.monotonic() - following.started)
                self.stderr.write(f"The worker ended (code {code}); starting it again in {wait:.1f} s.")
                again_at = time.monotonic() + wait
            elif again_at is not None and time.monotonic() >= again_at:
                self._start(following)
                again_at = None
            self.stopping.wait(_LOOK)

    def _start(self, child: Child) -> None:
        child.start()
        self._say(f"{child.name}: process {child.pid}")

    def _should_stop(self) -> bool:
        return self.stopping.is_set() or (self.parent is not None and os.getppid() != self.parent)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _build_index() -> None:
    """Build the search index if it is missing or older than its schema, as the one writer that it may have."""
    with hold(settings.DATA_DIR / WORKER, ABOUT, wait=_AFTERMATH):
        call_command("index", "build", "--if-needed")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _await_port(port: int, patience: float) -> None:
    """See that the port is free; ``patience`` is how long to wait for one that is not. Raises CommandError."""
    until = time.monotonic() + patience
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OverflowError as error:
                raise CommandError(f"Port {port} does not exist. Choose one: make serve PORT=8001") from error
            except OSError as error:
                if error.errno == errno.EACCES:
                    raise CommandError(
                        f"Port {port} is reserved. Choose another: make serve PORT=8001"
                    ) from error
                if time.monotonic() >= until:
                    raise CommandError(
                        f"Port {port} is in use by another program. Choose another: make serve PORT={port + 1}"
                    ) from error
            else:
                return
        time.sleep(_LOOK)


def _answer(port: int) -> int:
    """The status with which the home page answers; 0 while nothing does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.suppress(OSError, http.client.HTTPException):
        try:
            connection.request("GET", "/", headers={"Host": f"127.0.0.1:{port}"})
            return connection.getresponse().status
        finally:
            connection.close()
    return 0
