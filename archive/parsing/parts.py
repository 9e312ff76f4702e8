"""Numbered series of parts, each with a heading of its own (元素一 … 元素十五)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.parsing.formulas import HAN
from archive.parsing.lines import Line

_PART = re.compile(rf"(?P<word>[{HAN}]{{1,3}}?)[一二三四五六七八九十]{{1,3}}[\s\u3000：:、]+(?=\S)")


def part_of(line: Line) -> str:
    """The word that a numbered part's heading repeats (元素 of 元素一 …); empty where the line is none."""
    found = _PART.match(line.raw) if line.closure < 2 and line.width <= 40 else None
    return found.group("word") if found and found.group("word") != "第" else ""


def parts(lines: Sequence[Line], series_from: int) -> frozenset[int]:
    """The places of headings of a numbered series (元素一 … 元素十五)."""
    words: dict[str, list[int]] = {}
    after_sentence = True
    for place, line in enumerate(lines):
        word = part_of(line) if line.after_blank or after_sentence else ""
        after_sentence = line.closure == 2
        if word:
            words.setdefault(word, []).append(place)
    return frozenset(place for places in words.values() if len(places) >= series_from for place in places)
