"""In which of its two scripts a Chinese text is printed: Simplified (zh-Hans) or Traditional (zh-Hant).

Each country's character set of its time lists what its papers are set in. A character that Taiwan's Big5 has and the
mainland's GB 2312 has not is Traditional, the other way round it is Simplified; most characters are in both and say
nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

Language = Literal["zh-Hans", "zh-Hant"]

SIMPLIFIED: Final = "zh-Hans"
TRADITIONAL: Final = "zh-Hant"


def language_of(text: str) -> Language:
    """The BCP 47 tag of a Chinese text: zh-Hant where more different characters of it are Traditional only than
    Simplified only, zh-Hans where not, also where nothing tells."""
    simplified_only, traditional_only = _telling()
    characters = set(text)
    traditional = len(traditional_only & characters)
    return TRADITIONAL if traditional > len(simplified_only & characters) else SIMPLIFIED


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only Simplified, and those that only Traditional texts have."""
    mainland, taiwan = _characters("gb2312"), _characters("big5")
    return mainland - taiwan, taiwan - mainland


def _characters(encoding: str) -> frozenset[str]:
    """The Chinese characters of a two-byte character set."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xFA) for cell in range(0x40, 0xFF))
    decoded = (pair.decode(encoding, errors="ignore") for pair in pairs)
    return frozenset(text for text in decoded if len(text) == 1 and "\u3400" <= text <= "\u9fff")
