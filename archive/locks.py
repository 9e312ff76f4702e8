"""One process at a time: an advisory lock on a file, which the system lets go of however its holder ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from archive.errors import BaozangError

#: The lock that the one writer of mentions and index holds, in the data folder.
WORKER = "worker.lock"

_RETRY_SECONDS = 0.05


class LockedError(BaozangError):
    """Another process holds the lock. ``holder`` is what it wrote about itself."""

    def __init__(self, thing: str, reason: str, remedy: str = "", holder: str = "") -> None:
        super().__init__(thing, reason, remedy)
        self.holder = holder


@contextmanager
def hold(path: Path, about: str, wait: float = 0.0) -> Iterator[IO[str]]:
    """Hold the lock ``path`` while in the block; the file, open for what the holder wants to write of itself.

    ``about`` is what only one process may do, as the error says it. ``wait`` is how many seconds to go on trying.
    The file stays afterwards, emptied: to delete it would let two processes hold two files of one name.
    Raises LockedError when another process holds it, and OSError when the file can't be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+") as file:
        _take(file, path, about, wait)
        try:
            yield file
        finally:
            file.seek(0)
            file.truncate()


def is_held(path: Path) -> bool:
    """Whether a process holds the lock."""
    try:
        with path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _take(file: IO[str], path: Path, about: str, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                holder = file.read().strip()
                who = f" ({holder})" if holder else ""
                raise LockedError(
                    str(path.parent),
                    f"another process{who} {about} on this data folder",
                    "Stop it first, or set BAOZANG_DATA to another folder.",
                    holder,
                ) from error
            time.sleep(_RETRY_SECONDS)
        else:
            return
