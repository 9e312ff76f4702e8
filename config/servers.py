"""The two processes that ``manage.py serve`` keeps: gunicorn and the worker, ended together, however serve ends."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things may take, in seconds."""

    stop: float = 10.0  # from SIGTERM to SIGKILL
    first_restart: float = 0.5
    longest_restart: float = 30.0
    healthy: float = 60.0  # a process that lived so long starts with a clean slate


class Child:
    """A process that ends with this one: its standard input is a pipe that only this process writes to."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self.started = 0.0

    def start(self) -> None:
        """Start it, in a group of its own, so that Ctrl-C on the terminal reaches only this process."""
        self.started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 — our own commands, no shell
            self._command, stdin=subprocess.PIPE, env=dict(self._environment), start_new_session=True
        )

    @property
    def pid(self) -> int:
        """Its process id; 0 before it was started."""
        return self._process.pid if self._process else 0

    def ended(self) -> int | None:
        """Its exit code, None while it runs. What it leaves behind is told to end too."""
        code = self._process.poll() if self._process else 0
        if code is not None:
            self._let_go()
        return code

    def ask_to_end(self) -> None:
        """SIGTERM, and the end of its lifeline."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
        self._let_go()

    def see_end(self, until: float) -> None:
        """Wait for its end until the clock says ``until``, then kill it and all of its group."""
        if self._process is None:
            return
        try:
            self._process.wait(max(until - time.monotonic(), 0.0))
        except subprocess.TimeoutExpired:
            logger.warning("%s did not end in time and is killed", self.name)
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _let_go(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()


class Restarts:
    """When to start a process again that keeps ending: later and later."""

    def __init__(self, patience: Patience = Patience()) -> None:
        self._patience = patience
        self._failures = 0

    def wait_after(self, lived: float) -> float:
        """Seconds to wait after a life of ``lived`` seconds."""
        self._failures = 1 if lived >= self._patience.healthy else self._failures + 1
        doubled = self._patience.first_restart * 2.0 ** min(self._failures - 1, 20)
        return min(self._patience.longest_restart, doubled)


def gunicorn(port: int) -> list[str]:
    """The command of the web server."""
    return [
        sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}",
    ]  # fmt: skip


def worker() -> list[str]:
    """The command of the worker."""
    return [sys.executable, "manage.py", "work", "--lifeline"]


def stop(children: Sequence[Child], patience: Patience = Patience()) -> None:
    """End them together."""
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + patience.stop
    for child in children:
        child.see_end(until)
