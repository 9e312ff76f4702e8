"""Static files, collected only when they have changed."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_STAMP = ".collected"


def collect() -> bool:
    """Collect, compress and hash the static files unless those collected are of the same sources; whether it did.

    The stamp is written last, and without it everything is collected afresh: a collection that was killed half way is
    never taken for a whole one.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = root / _STAMP
    fingerprint = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint, encoding="ascii")
    return True


def _fingerprint() -> str:
    """Changes with any source file's name, size or time, and with the programs that prepare them."""
    digest = hashlib.sha256(f"{version('django')} {version('whitenoise')}\n".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
