"""Ending with the process that started this one, however that ended.

The parent keeps the writing end of a pipe and gives the child the reading end as its standard input. Nothing is ever
written. When the parent is gone, even by SIGKILL, the system closes its end and the child reads the end of the file.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable


def hang_on(ended: Callable[[], None]) -> threading.Thread:
    """Call ``ended`` from a daemon thread once standard input is at its end."""

    def wait() -> None:
        try:
            while os.read(0, 1024):
                pass
        except OSError:
            pass
        ended()

    thread = threading.Thread(target=wait, name="lifeline", daemon=True)
    thread.start()
    return thread


def terminate() -> None:
    """Ask this process to end, as ``kill`` does."""
    os.kill(os.getpid(), signal.SIGTERM)


def set_from_signal(event: threading.Event) -> None:
    """Set an event from a signal's handler.

    Not directly: the handler may run while the main thread is inside ``event.wait()`` and holds the event's lock.
    """
    threading.Thread(target=event.set, daemon=True).start()
