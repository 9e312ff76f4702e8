"""How gunicorn serves the site: ``gunicorn -c config/gunicorn.py``, also without ``manage.py serve``."""

from __future__ import annotations

import gc
import os
from typing import Any

from archive import lifeline
from config.environment import read

_ENVIRONMENT = read()

wsgi_app = "config.wsgi:application"
bind = f"127.0.0.1:{_ENVIRONMENT['BAOZANG_PORT']}"
workers = _ENVIRONMENT["BAOZANG_WEB_WORKERS"]
# Threads, so that a slow reader does not hold up a worker.
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
# A query of the greatest length, in Chinese, takes 4,500 bytes of an address; this is the most that gunicorn allows.
limit_request_line = 8190
graceful_timeout = 5
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
loglevel = "warning"

# manage.py serve keeps the other end of our standard input and sets this.
_SERVED = os.environ.get("BAOZANG_SERVED") == "1"


def on_starting(server: Any) -> None:
    """The arbiter ends with ``manage.py serve``."""
    if _SERVED:
        lifeline.hang_on(lifeline.terminate)


def when_ready(server: Any) -> None:
    """What is loaded now is there to stay: no collection looks at it again.

    So workers go on sharing its memory, and end without a last walk through it.
    """
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """So does each worker by itself, should the arbiter have been killed."""
    if _SERVED:
        lifeline.hang_on(lifeline.terminate)


def post_worker_init(worker: Any) -> None:
    """A worker's first reader finds the index open, and no collection looks at it either."""
    from config.warming import open_index  # only now that Django is ready

    open_index()
    gc.freeze()
