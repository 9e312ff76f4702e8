"""The line on the terminal."""

from __future__ import annotations

import io

import pytest

from archive.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left():
    clock = Clock()
    progress = Progress("dumps", 400, Terminal(), clock)
    clock.now = 8.0
    progress.to(120)
    assert progress.line() == "120 of 400 dumps, 30%, 15/s, 19 s left"


def test_a_terminal_is_drawn_on_and_left_clean():
    clock, terminal = Clock(), Terminal()
    with Progress("dumps", 2, terminal, clock) as progress:
        clock.now = 1.0
        progress.to(1)
        with progress.aside():
            terminal.write("a line\n")
        progress.to(2)
    assert "1 of 2 dumps" in terminal.getvalue()
    assert "2 of 2 dumps" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_nothing_is_drawn_elsewhere():
    out = io.StringIO()
    with Progress("dumps", 1, out) as progress:
        progress.to(1)
    assert out.getvalue() == ""
    assert not progress.live


def test_nothing_to_do_is_done():
    assert "100%" in Progress("dumps", 0, io.StringIO()).line()


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59.4, "59 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")]
)
def test_durations(seconds, said):
    assert duration(seconds) == said
