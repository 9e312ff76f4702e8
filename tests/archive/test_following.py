"""One process follows the log; a consumer that fails does not stop the others."""

from __future__ import annotations

import subprocess
import sys
from threading import Event, Thread

import pytest

from archive import changes, following
from archive.changes import Consumer
from archive.following import Pace, behind, settle, work
from archive.locks import WORKER, LockedError, hold, is_held
from archive.models import Change
from tests.conftest import ROOT

FAST = Pace(poll=0.001, first_retry=0.001, longest_retry=0.002, patience=0.01)


@pytest.fixture
def consumers(monkeypatch):
    """No consumers but those that a test registers."""
    registered: dict[str, Consumer] = {}
    monkeypatch.setattr(changes, "_consumers", registered)
    return registered


def log(*keys: str) -> None:
    changes.append([(Change.What.ARTICLE, key) for key in keys])


@pytest.mark.django_db
def test_settling_gives_every_consumer_every_change_and_the_quick_ones_last(consumers, tmp_path):
    seen: list[str] = []
    changes.register(
        Consumer("quick", lambda batch: seen.extend(f"quick {change.key}" for change in batch), 9)
    )
    changes.register(Consumer("slow", lambda batch: seen.extend(f"slow {change.key}" for change in batch), 1))
    log("a", "b")
    assert behind() > 0
    left: list[int] = []
    assert settle(tmp_path, left.append)
    assert seen == ["slow a", "slow b", "quick a", "quick b"]
    assert behind() == 0
    assert left[-1] == 0


@pytest.mark.django_db
def test_settling_beside_a_worker_that_stands_still_gives_up(consumers, tmp_path):
    changes.register(Consumer("one", lambda batch: None))
    log("a")
    with hold(tmp_path / WORKER, "follows"):
        assert not settle(tmp_path, lambda left: None, FAST)
    assert settle(tmp_path, lambda left: None, FAST)


def until_all_is_dealt_with(monkeypatch, stop: Event) -> None:
    """Set ``stop`` when the worker would wait for more with nothing left to do."""
    real = stop.wait

    def wait(seconds: float) -> bool:
        if behind() == 0:
            stop.set()
        return real(0)

    monkeypatch.setattr(stop, "wait", wait)


@pytest.mark.django_db
def test_the_worker_outlives_errors_and_others_go_on(consumers, tmp_path, monkeypatch, caplog):
    tries, seen = [], []

    def failing(batch):
        tries.append(len(batch))
        if len(tries) < 4:
            raise OSError("disk")

    changes.register(Consumer("failing", failing))
    changes.register(Consumer("sound", lambda batch: seen.extend(change.key for change in batch)))
    log("a", "b")
    stop = Event()
    until_all_is_dealt_with(monkeypatch, stop)
    monkeypatch.setattr(following.connection, "close", lambda: None)  # the test's transaction lives in it
    work(tmp_path, stop, FAST)
    assert tries == [2, 2, 2, 2]
    assert seen == ["a", "b"]
    assert caplog.text.count("failing failed") == 3


@pytest.mark.django_db
def test_the_worker_serves_quick_consumers_before_a_slow_one_is_through(consumers, tmp_path, monkeypatch):
    seen: list[str] = []
    changes.register(Consumer("slow", lambda batch: seen.append("slow"), 1))
    changes.register(Consumer("quick", lambda batch: seen.append("quick"), 9))
    log("a", "b", "c")
    stop = Event()
    until_all_is_dealt_with(monkeypatch, stop)
    work(tmp_path, stop, FAST)
    assert seen == ["quick", "slow", "slow", "slow"]


@pytest.mark.django_db
def test_what_is_kept_for_a_rest_is_done_when_the_log_is_dealt_with_and_tried_again(
    consumers, tmp_path, monkeypatch, caplog
):
    done: list[str] = []

    def rest() -> int:
        done.append("rest")
        if len(done) == 3:
            raise OSError("disk")
        return 0

    changes.register(Consumer("one", lambda batch: done.append("batch"), 1, rest=rest))
    log("a", "b")
    stop = Event()
    real = stop.wait

    def wait(seconds: float) -> bool:
        if done.count("rest") == 2:
            stop.set()
        return real(0)

    monkeypatch.setattr(stop, "wait", wait)
    monkeypatch.setattr(following.connection, "close", lambda: None)  # the test's transaction lives in it
    work(tmp_path, stop, FAST)
    assert done == ["batch", "batch", "rest", "rest"]
    assert "one failed" in caplog.text


@pytest.mark.django_db
def test_a_rest_that_goes_on_failing_is_tried_later_and_later(consumers, tmp_path, monkeypatch, caplog):
    tries: list[int] = []
    stop = Event()

    def rest() -> int:
        tries.append(1)
        if len(tries) < 4:
            raise OSError("disk")
        stop.set()
        return 0

    changes.register(Consumer("one", lambda batch: None, rest=rest))
    monkeypatch.setattr(following.connection, "close", lambda: None)  # the test's transaction lives in it
    pace = Pace(poll=0.001, first_retry=0.001, longest_retry=0.003)
    work(tmp_path, stop, pace)
    waits = [record.args[1] for record in caplog.records if "trying again" in record.msg]
    assert waits == [pace.retry(failures) for failures in (1, 2, 3)]


@pytest.mark.django_db
def test_the_worker_ends_between_batches(consumers, tmp_path):
    stop, seen = Event(), []

    def handle(batch):
        seen.extend(change.key for change in batch)
        stop.set()

    changes.register(Consumer("one", handle, batch=1))
    log("a", "b", "c")
    work(tmp_path, stop, FAST)
    assert seen == ["a"]
    assert not is_held(tmp_path / WORKER)


def test_waits_grow_up_to_a_limit():
    pace = Pace()
    waits = [pace.retry(failures) for failures in range(1, 100)]
    assert waits == sorted(waits)
    assert waits[0] == pace.first_retry
    assert waits[-1] == pace.longest_retry


def test_a_lock_is_held_by_one_and_says_by_whom(tmp_path):
    path = tmp_path / "new" / "a.lock"
    with hold(path, "serves") as file:
        file.write("process 7")
        file.flush()
        assert is_held(path)
        with (
            pytest.raises(LockedError, match=r"another process \(process 7\) serves") as caught,
            hold(path, "serves"),
        ):
            pass
        assert caught.value.holder == "process 7"
    assert not is_held(path)
    assert path.read_text() == ""
    assert not is_held(tmp_path / "never.lock")


def test_a_lock_can_be_waited_for(tmp_path):
    path, held, release = tmp_path / "a.lock", Event(), Event()

    def holder():
        with hold(path, "works"):
            held.set()
            release.wait()

    thread = Thread(target=holder)
    thread.start()
    held.wait()
    release.set()
    with hold(path, "works", wait=30):
        pass
    thread.join()


HOLDER = """
import sys
from pathlib import Path
from archive.locks import hold
with hold(Path(sys.argv[1]), "works"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_killed_holder_lets_go(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "a.lock")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout.readline() == "held\n"
        assert is_held(tmp_path / "a.lock")
        process.kill()
        process.wait()
        assert not is_held(tmp_path / "a.lock")
