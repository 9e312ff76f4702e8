"""Where one page of a dump ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.parsing import formulas
from archive.parsing.formulas import bare_date
from archive.parsing.knobs import Knobs
from archive.parsing.lines import read
from archive.parsing.marks import PAGE_HEAD, mark_of

_YEAR = re.compile(r"[0-9][0-9]{3}\s?[年./-]")
_NUMBERED = re.compile(r"[A-Z]?[0-9]{1,2}\s*[^0-9。，]{2,8}$")
#: On every line that may be a head one of these stands. Each begins with one character, which is found in no time.
_TELLING = {
    "版": re.compile("版"),
    **{
        mark: re.compile(rf"[{mark}](?:(?<=[0-9]{{4}}[{mark}])|(?<=[0-9]{{4}}\s[{mark}]))")
        for mark in "年./-"
    },
    "\n": re.compile(r"\n(?:[A-Z0-9]|[^\S\n]+[A-Z0-9])"),
}
#: Page heads may stand on several lines close together (报名, 日期, 版名).
_ONE_HEAD = 6


def sheets(dump: Sequence[str], knobs: Knobs) -> list[tuple[int, int]]:
    """The pages of a dump as (first line, last line), both included; together they cover it.

    A page begins at its head (第01版：要闻). What stands before the first head belongs to the first page. A dump too
    long for one page is cut between paragraphs.
    """
    heads: list[int] = []
    since = counted = 0  # visible lines since the last head, as far as they were counted
    text = "\n".join(["", *dump])
    candidates = [number for number in telling_lines(text) if may_be_head(dump[number - 1])]
    for number, line in zip(candidates, read([dump[number - 1] for number in candidates]), strict=True):
        if mark_of(line) is not PAGE_HEAD:
            continue
        since += sum([not each.isspace() for each in dump[counted:number] if each])
        counted = number
        if since <= _ONE_HEAD or not bare_date(line.text):
            if since > _ONE_HEAD or not heads:
                heads.append(number)
            since = 0
    starts = [1, *heads[1:]] if heads else [1]
    ends = [*(start - 1 for start in starts[1:]), len(dump)]
    if len(dump) <= knobs.page_lines and len(text) <= knobs.page_characters:
        return list(zip(starts, ends, strict=True))
    found: list[tuple[int, int]] = []
    for first, last in zip(starts, ends, strict=True):
        found += _cut(dump, first, last, knobs)
    return found


def telling_lines(text: str) -> list[int]:
    """The numbers of the few lines on which something stands that tells heads. A line feed begins each line."""
    number = at = 0
    found: list[int] = []
    told = [pattern for character, pattern in _TELLING.items() if character in text]
    for end in sorted(match.end() for pattern in told for match in pattern.finditer(text)):
        number += text.count("\n", at, end)
        at = end
        if number not in found[-1:]:
            found.append(number)
    return found


def may_be_head(line: str) -> bool:
    """Whether a line may be a page's head: hardly any other is held against all that tells marks."""
    text = line.strip()
    if not text or len(text) > 60:
        return False
    if "版" not in text and not (text[0].isascii() and _NUMBERED.match(text)):
        dated = "年" in text or "-" in text or "." in text or "/" in text
        if not (dated and _YEAR.search(text)):
            return False
    text = "".join(text.split())
    return bool(formulas.PAGE_HEAD.match(text) or formulas.DATED.search(text))


def _cut(dump: Sequence[str], first: int, last: int, knobs: Knobs) -> list[tuple[int, int]]:
    """Lines ``first`` to ``last`` in stretches of bounded length, each with something visible in it."""
    if last - first < knobs.page_lines and sum(map(len, dump[first - 1 : last])) <= knobs.page_characters:
        return [(first, last)]
    found: list[tuple[int, int]] = []
    start, characters, seen = first, 0, False
    for number in range(first, last + 1):
        line = dump[number - 1]
        blank = not line.strip()
        full = number - start >= knobs.page_lines or characters > knobs.page_characters
        over = number - start >= 2 * knobs.page_lines or characters > 2 * knobs.page_characters
        if seen and ((full and blank) or over):
            found.append((start, number - 1))
            start, characters, seen = number, 0, False
        characters += len(line)
        seen = seen or not blank
    if seen or not found:
        found.append((start, last))
    else:
        found[-1] = (found[-1][0], last)
    return found
