"""From a dump and its gold back to the stories and pictures that were set, so that they can be set in another way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tests.press.values import Fixture, Item, Picture, Story

_OPENING = re.compile(r"^(本报讯（记者[^）]*?)通讯员")
_ROLES = ("kicker", "headline", "subheadline", "byline", "body")
_BETWEEN = re.compile(r"\s+")


def joined(lines: Sequence[str], numbers: Sequence[int]) -> str:
    """Lines as one running text, without the white space of wrapping and justifying but for that in an opening."""
    text = _BETWEEN.sub("", "".join(lines[n - 1] for n in numbers))
    return _OPENING.sub(r"\1 通讯员", text, count=1)


def _heading(lines: Sequence[str], numbers: Sequence[int]) -> tuple[str, ...]:
    return tuple(lines[n - 1].strip() for n in numbers)


def _paragraphs(lines: Sequence[str], article: dict[str, Any]) -> tuple[str, ...]:
    starts = set(article["paragraph_starts"])
    runs: list[list[int]] = []
    for number in article["body"]:
        if number in starts:
            runs.append([])
        runs[-1].append(number)
    return tuple(joined(lines, run) for run in runs)


def story_of(lines: Sequence[str], article: dict[str, Any]) -> Story:
    """A gold article as a story. Its paragraphs must be known."""
    return Story(
        kicker=_heading(lines, article["kicker"]),
        headline=_heading(lines, article["headline"]),
        subheadline=_heading(lines, article["subheadline"]),
        byline="".join(_heading(lines, article["byline"])),
        paragraphs=_paragraphs(lines, article),
        reporters=tuple(article["reporters"]),
        correspondents=tuple(article["correspondents"]),
        persons=tuple(article["persons"]),
    )


def items_of(dump: str, gold: dict[str, Any]) -> list[Item]:
    """What a gold page was made of, in the order of the dump: stories whose paragraphs are known, pictures, fixtures."""
    lines = dump.split("\n")
    items: list[tuple[int, Item]] = []
    items += [
        (min(n for role in _ROLES for n in article[role]), story_of(lines, article))
        for article in gold["articles"]
        if article["paragraph_starts"]
    ]
    for photo in gold["photos"]:
        credit = " ".join(_heading(lines, photo["credit"]))
        if set(photo["credit"]) <= set(photo["caption"]):
            credit = "本报记者 " + " ".join(photo["photographers"]) + " 摄"
        picture = Picture(photo["caption_text"], credit, tuple(photo["photographers"]), photo["arrow"] or "")
        items.append((photo["caption"][0], picture))
    items += [(n, Fixture((lines[n - 1].strip(),), label=True)) for n in gold["labels"]]
    items += [(n, Fixture((lines[n - 1].strip(),))) for n in gold["furniture"]]
    return [item for _, item in sorted(items, key=lambda placed: placed[0])]
