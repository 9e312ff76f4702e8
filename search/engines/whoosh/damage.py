"""What reading a damaged file raises, as an error of ours."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pickle import PickleError
from typing import Final

from search.errors import IndexBroken

#: In Whoosh's code, in numpy's or in ours.
UNREADABLE: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    PickleError,
    TypeError,
    ValueError,
    struct.error,
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raises IndexBroken for a file that isn't what was written. OSError stays what it is: a commit or swap may have
    taken the file away, and whoever opens it looks again."""
    try:
        yield
    except UNREADABLE as error:
        raise IndexBroken(
            str(path), f"can't be read: {error}", "Run: python manage.py index verify"
        ) from error
