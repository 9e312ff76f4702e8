"""Following the change log: by the worker that goes on for ever, or once by a command that needs the log dealt with.

Mentions and the index have one writer at a time, whoever holds the lock ``worker.lock`` in the data folder.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from django.db import DatabaseError, connection

from archive import changes
from archive.locks import WORKER, LockedError, hold

logger = logging.getLogger(__name__)

ABOUT = "follows the change log"


@dataclass(frozen=True, slots=True)
class Pace:
    """How the worker waits, in seconds."""

    poll: float = 0.1
    first_retry: float = 0.5
    longest_retry: float = 30.0
    patience: float = 60.0  # how long another process's worker may stand still before it is given up

    def retry(self, failures: int) -> float:
        """The wait after so many failures in a row."""
        return min(self.longest_retry, self.first_retry * 2.0 ** min(failures - 1, 20))


def behind() -> int:
    """How many changes the slowest consumer has yet to deal with."""
    newest = changes.last()
    return max((newest - changes.position(consumer.name) for consumer in changes.consumers()), default=0)


def work(folder: Path, stop: Event, pace: Pace = Pace()) -> None:
    """Follow the log until ``stop`` is set; it is looked at between batches.

    A consumer that fails is tried again later and later, the others go on meanwhile. Raises LockedError when another
    process follows the log of this data folder.
    """
    with hold(folder / WORKER, ABOUT, wait=10.0) as file:
        file.write("manage.py work")
        file.flush()
        turns = [
            _Turn(consumer.name, partial(changes.follow, consumer), pace) for consumer in changes.consumers()
        ]
        rests = [
            _Turn(consumer.name, consumer.rest, pace) for consumer in changes.consumers() if consumer.rest
        ]
        seen = -1
        while not stop.is_set():
            newest = _newest()
            if newest == seen and not any(turn.failures for turn in (*turns, *rests)):
                stop.wait(pace.poll)
                continue
            done = sum(turn.take() for turn in turns if not stop.is_set())
            if done == 0:
                for turn in rests:
                    turn.take()
                seen = newest
                stop.wait(pace.poll)


def settle(folder: Path, on_progress: Callable[[int], None], pace: Pace = Pace()) -> bool:
    """Have every consumer deal with all that is logged now: in this process, or by the worker where one runs.

    ``on_progress`` is given the number of changes left. False when a running worker made no headway for
    ``pace.patience`` seconds; it will go on by itself.
    """
    least, since = behind(), time.monotonic()
    while True:
        try:
            with hold(folder / WORKER, ABOUT):
                changes.catch_up(on_batch=lambda: on_progress(behind()))
                return True
        except LockedError:
            left = behind()
            if left == 0:
                return True
            if left < least:
                least, since = left, time.monotonic()
            elif time.monotonic() - since > pace.patience:
                return False
            on_progress(left)
            time.sleep(pace.poll)


def _newest() -> int:
    """The newest change; -2 where the database can't be asked just now, which is no reason to end."""
    try:
        return changes.last()
    except DatabaseError:
        logger.exception("the change log can't be read")
        connection.close()
        return -2


class _Turn:
    """What one consumer does when its turn comes, with the failures in a row."""

    def __init__(self, name: str, deed: Callable[[], int], pace: Pace) -> None:
        self.failures = 0
        self._name = name
        self._deed = deed
        self._pace = pace
        self._not_before = float("-inf")

    def take(self) -> int:
        """Do it; how much was dealt with, 0 also while waiting after a failure."""
        if time.monotonic() < self._not_before:
            return 0
        try:
            done = self._deed()
        except Exception:  # whatever it was, the other consumers and the next try go on
            self.failures += 1
            wait = self._pace.retry(self.failures)
            self._not_before = time.monotonic() + wait
            logger.exception("%s failed; trying again in %.1f s", self._name, wait)
            connection.close()
            return 0
        self.failures = 0
        return done
