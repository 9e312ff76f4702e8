"""Quotation marks and brackets that a text opens, and what closes them."""

from __future__ import annotations

QUOTES = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("‘", "’"))


def closes_first(text: str, left: str, right: str) -> bool:
    """Whether a text closes what was opened before it: ``right`` stands in it, and no ``left`` before that."""
    closes = text.find(right)
    return closes >= 0 and text.find(left, 0, closes) < 0


def left_open(text: str, rest: str) -> bool:
    """Whether a text opens what ``rest`` closes: 签署了《中俄总理第二十九, 次定期会晤联合公报》."""
    return any(
        text.count(left) > text.count(right) and closes_first(rest, left, right) for left, right in QUOTES
    )
