"""How often one address may search, so that nobody takes the machine from the others.

All web workers count in one small file of the data folder: a slot an address, with the minute that it counts, a keyed
hash of minute and address (no address is kept), and the number of searches. A slot of an earlier minute is free.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import struct
import time
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from archive.addresses import address_of

logger = logging.getLogger(__name__)

FILE: Final = "searches"
SLOTS: Final = 4096
#: Slots beside its own that an address may take; where all are taken, the first is counted anew.
TRIES: Final = 8

_SLOT: Final = struct.Struct("<IQI")


def too_many(request: HttpRequest, searches: int = 1) -> bool:
    """Count these searches; whether the address has now made more than ``BAOZANG_SEARCH_RATE`` in this minute.

    Where the file can't be written (a full disk), everybody may search.
    """
    if not settings.SEARCH_RATE:
        return False
    minute = int(time.time() // 60)
    try:
        made = _count(settings.DATA_DIR / FILE, minute, address_of(request), searches)
    except OSError as error:
        logger.warning("searches are not counted: %s", error)
        return False
    return made > int(settings.SEARCH_RATE)


def _count(path: Path, minute: int, address: str, searches: int) -> int:
    """Add to the number of an address in a minute; what it is now."""
    key = settings.SECRET_KEY.encode()[:64]
    digest = hashlib.blake2b(f"{minute} {address}".encode(), digest_size=8, key=key).digest()
    who = int.from_bytes(digest, "little")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        places = [(who + step) % SLOTS * _SLOT.size for step in range(TRIES)]
        slots = [os.pread(descriptor, _SLOT.size, place).ljust(_SLOT.size, b"\0") for place in places]
        known = [_SLOT.unpack(slot) for slot in slots]
        same = (at for at, slot in enumerate(known) if slot[:2] == (minute, who))
        free = (at for at, slot in enumerate(known) if slot[0] != minute)
        at = next(same, next(free, 0))
        counted = known[at][2] if known[at][:2] == (minute, who) else 0
        counted = min(counted + searches, 2**32 - 1)
        os.pwrite(descriptor, _SLOT.pack(minute, who, counted), places[at])
    finally:
        os.close(descriptor)  # which lets go of the lock
    return counted
