"""A dump's traces: a few numbers by which dumps that share much of their text are found without reading any other.

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


def traces_of(text: str) -> tuple[int, ...]:
    """The traces of a text, each of 63 bits; fewer than ``KEPT`` where it has fewer lines."""
    keyed = sorted(_keyed(line) for line in set(text.split("\n")) if line)
    return tuple(number for _, number in keyed[:KEPT])


def _keyed(line: str) -> tuple[float, int]:
    number = int.from_bytes(blake2b(line.encode("utf-8", "replace"), digest_size=8).digest()) >> 1
    return -math.log((number + 1) / 2.0**63) / len(line), number
