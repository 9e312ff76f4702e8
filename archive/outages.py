"""What fails in the machine rather than in the program — disk, rights, locks — as an error that says what to do."""

from __future__ import annotations

import errno

from django.conf import settings
from django.db import DatabaseError

from archive.errors import BaozangError

_KEPT = "then run this again: what was stored is kept."
_RIGHTS = (
    "may not be written",
    "Give this user the right to write there, or set BAOZANG_DATA to another folder.",
)
_SPACE = ("has no space left", f"Free some (df tells how much), {_KEPT}")

_BY_NUMBER = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
}

#: How SQLite's messages begin → reason and remedy. https://www.sqlite.org/rescode.html
_BY_MESSAGE = {
    "database or disk is full": _SPACE,
    "disk i/o error": (
        "can't be written or read: its disk is full or failing",
        f"Look at it with df and dmesg, {_KEPT}",
    ),
    "attempt to write a readonly database": _RIGHTS,
    "unable to open database file": _RIGHTS,
    "database is locked": ("is locked by another process", f"Wait for its end or stop it, {_KEPT}"),
    "database disk image is malformed": ("is damaged", "Restore a backup: docs/deploy.md says how."),
    "file is not a database": ("is damaged", "Restore a backup: docs/deploy.md says how."),
    "no such table": ("is not set up", "Run: python manage.py migrate"),
    "no such column": ("is of another version than this program", "Run: python manage.py migrate"),
}


def outage_of(error: OSError | DatabaseError) -> BaozangError | None:
    """The error in our own terms; None for what an operator can't mend, which is a fault of the program.

    A file's error names that file, a database's error the database, other ones the data folder.
    """
    if isinstance(error, OSError):
        known = _BY_NUMBER.get(error.errno or 0)
        thing = str(error.filename or settings.DATA_DIR)
    else:
        message = str(error).lower()
        known = next((found for start, found in _BY_MESSAGE.items() if message.startswith(start)), None)
        thing = str(settings.DATABASES["default"]["NAME"])
    return BaozangError(thing, *known) if known else None
