"""The site as gunicorn serves it, with the processor time of each request in its headers, for ``benchmarks.pages``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as site


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """``Server-Timing`` says the milliseconds."""
    began = time.process_time()

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        spent = (time.process_time() - began) * 1000
        return start_response(status, [*headers, ("Server-Timing", f"cpu;dur={spent:.2f}")], error)

    body: Iterable[bytes] = site(environ, start)
    return body
