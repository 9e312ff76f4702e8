"""Progress on a terminal: one line that says how much is done, how fast, and how long the rest will take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TextIO

_REDRAW_SECONDS = 0.1


class Progress:
    """Counts towards ``total`` of ``what``; draws only where ``stream`` is a terminal (``live``)."""

    def __init__(
        self, what: str, total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.what = what
        self.total = total
        self.done = 0
        self.live = stream.isatty()
        self._stream = stream
        self._clock = clock
        self._began = clock()
        self._drawn = float("-inf")

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._erase()

    def to(self, done: int) -> None:
        """Set how much is done, and draw if the last drawing is old enough to be read."""
        self.done = done
        if self.live and self._clock() - self._drawn >= _REDRAW_SECONDS:
            self._drawn = self._clock()
            self._stream.write(f"\r\x1b[K{self.line()}")
            self._stream.flush()

    def line(self) -> str:
        """What the terminal shows: ``120 of 400 dumps, 30%, 15/s, 19 s left``."""
        elapsed = self._clock() - self._began
        share = self.done / self.total if self.total else 1.0
        line = f"{self.done} of {self.total} {self.what}, {share:.0%}"
        if self.done and elapsed > 0:
            rate = self.done / elapsed
            left = (self.total - self.done) / rate
            line += f", {rate:.3g}/s, {duration(left)} left"
        return line

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Room for another line while in the block."""
        self._erase()
        yield
        self._drawn = float("-inf")

    def _erase(self) -> None:
        if self.live:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def duration(seconds: float) -> str:
    """Seconds as people say them: 8 s, 3 min 20 s, 2 h 5 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
