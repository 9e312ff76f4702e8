"""Numbers as dates write them, in Arabic, full-width or Chinese figures."""

from __future__ import annotations

_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
#: A month or a day.
COUNT = r"(?:[0-9０-９]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
#: A number up to 99 in Chinese figures.
CHINESE = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"


def number(text: str) -> int:
    """A number in Arabic, full-width or Chinese figures up to 99, or a year digit by digit."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return int((tens or "一").translate(_DIGITS)) * 10 + (int(ones.translate(_DIGITS)) if ones else 0)
    return int(text.translate(_DIGITS))
