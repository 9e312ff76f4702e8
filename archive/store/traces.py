"""A dump's traces: numbers by which dumps of one name that share much of their text are found without reading others.

Of a text's lines, those with the least keys are kept; a line's key depends on nothing but the line, so two texts that
share lines keep some of the same. Long lines get small keys: the chance that one of the lines kept is shared is the
share of the text (by length, of both texts together) that is. That is sampling with weights as in Efraimidis and
Spirakis, "Weighted random sampling with a reservoir" (2006), with hashes for the random numbers.
"""

from __future__ import annotations

import math
from hashlib import blake2b

#: Lines kept of each dump. Of texts that have half of the longer one in common, at least a third of both together,
#: fewer than (2/3)^16 = 0.2 % share none of them; of texts that have nine tenths in common, none in 10^11.
KEPT = 16


def traces_of(name: str, text: str) -> tuple[int, ...]:
    """The traces of a dump of this name, each of 63 bits; fewer than ``KEPT`` where its text has fewer lines."""
    keyed = sorted(_keyed(name, line) for line in set(text.split("\n")) if line)
    return tuple(number for _, number in keyed[:KEPT])


def _keyed(name: str, line: str) -> tuple[float, int]:
    digest = blake2b(f"{name}\n{line}".encode("utf-8", "replace"), digest_size=8).digest()
    number = int.from_bytes(digest) >> 1
    return -math.log((number + 1) / 2.0**63) / len(line), number
