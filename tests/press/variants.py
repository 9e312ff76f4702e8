"""A known page changed in ways that must not matter: its structure has to follow.

Each function takes a dump and its gold and gives another dump with the gold that holds for it. The print's own lines
stay as they are, so that the layout is the real one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.press.page import Gold, Pressed

HEADINGS = ("kicker", "headline", "subheadline")
ARTICLE_LINES = (*HEADINGS, "byline", "body")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines of a dump that stay together; ``owners`` are the places of their articles in the gold.

    Articles that one note credits together (本栏稿件均由…) are one chunk.
    """

    lines: tuple[int, ...]
    owners: tuple[int, ...] = ()


def _lines_of(article: Gold) -> list[int]:
    return sorted(n for role in ARTICLE_LINES for n in article[role])


def _credited_by_note(article: Gold, lines: Sequence[str]) -> bool:
    """Whether an article's reporters are named neither in its opening nor in a byline."""
    own = "".join("".join(lines[n - 1] for n in (*article["byline"], *article["body"])).split())
    return bool(article["reporters"]) and not any(name in own for name in article["reporters"])


def chunks_of(dump: str, gold: Gold) -> list[Chunk]:
    """A page's lines as chunks in the order of the dump. Articles must not be interleaved."""
    lines = dump.split("\n")
    ranges = [
        (min(own), max(own), n) for n, article in enumerate(gold["articles"]) if (own := _lines_of(article))
    ]
    chunks: list[Chunk] = []
    at = 1
    together = False
    for first, last, owner in sorted(ranges):
        if first < at:
            raise ValueError(f"{gold['source']}: article at line {first} is interleaved with the one before")
        credited = _credited_by_note(gold["articles"][owner], lines)
        if together and credited:
            before = chunks.pop()
            chunks.append(Chunk((*before.lines, *range(at, last + 1)), (*before.owners, owner)))
        else:
            chunks.append(Chunk(tuple(range(at, first))))
            chunks.append(Chunk(tuple(range(first, last + 1)), (owner,)))
        together = credited
        at = last + 1
    chunks.append(Chunk(tuple(range(at, len(lines) + 1))))
    return [chunk for chunk in chunks if any(lines[n - 1].strip() for n in chunk.lines)]


def renumbered(gold: Gold, place: Callable[[int], int], articles: Iterable[int]) -> Gold:
    """The gold of the same page with its lines elsewhere; ``articles`` says which are left, in their order."""

    def moved(numbers: Sequence[int]) -> list[int]:
        return [place(n) for n in numbers]

    def article(number: int) -> Gold:
        old = gold["articles"][number]
        new = {role: moved(old[role]) for role in ARTICLE_LINES}
        starts = old["paragraph_starts"]
        return old | new | {"paragraph_starts": starts and moved(starts)}

    return gold | {
        "articles": [article(n) for n in articles],
        "photos": [
            p | {"caption": moved(p["caption"]), "credit": moved(p["credit"])} for p in gold["photos"]
        ],
        "labels": moved(gold["labels"]),
        "furniture": moved(gold["furniture"]),
    }


def rebuilt(dump: str, gold: Gold, chunks: Sequence[Sequence[int]], articles: Sequence[int]) -> Pressed:
    """The page with its lines in the order of ``chunks``, a blank line between them (0 stands for one inside)."""
    lines = dump.split("\n")
    new: list[str] = []
    place: dict[int, int] = {}
    for chunk in chunks:
        frame_begins = chunk[0] > 0 and lines[chunk[0] - 1].startswith(" ")
        if new and new[-1].strip() and not frame_begins:
            new.append("")
        for n in chunk:
            new.append(lines[n - 1] if n else "")
            place[n] = len(new)
    return Pressed("\n".join(new), renumbered(gold, place.__getitem__, articles))


def shuffled(dump: str, gold: Gold, rng: random.Random) -> Pressed:
    """The page with its articles in another order."""
    chunks = chunks_of(dump, gold)
    places = [n for n, chunk in enumerate(chunks) if chunk.owners]
    order = list(range(len(chunks)))
    for place, taken in zip(places, rng.sample(places, len(places)), strict=True):
        order[place] = taken
    owners = [owner for n in order for owner in chunks[n].owners]
    return rebuilt(dump, gold, [chunks[n].lines for n in order], owners)


def without(dump: str, gold: Gold, number: int) -> Pressed:
    """The page without one of its articles."""
    lines = dump.split("\n")
    gone = set(_lines_of(gold["articles"][number]))
    kept: list[list[int]] = []
    for chunk in chunks_of(dump, gold):
        left = [n for n in chunk.lines if n not in gone]
        while left and not lines[left[0] - 1].strip():
            left.pop(0)
        if left:
            kept.append(left)
    others = [n for n in range(len(gold["articles"])) if n != number]
    return rebuilt(dump, gold, kept, others)


def headlines_first(dump: str, gold: Gold) -> Pressed:
    """The page with every heading above its body."""
    order: list[list[int]] = []
    for chunk in chunks_of(dump, gold):
        rest = list(chunk.lines)
        for owner in chunk.owners:
            article = gold["articles"][owner]
            headings = {n for role in HEADINGS for n in article[role]}
            blank = [0]
            top = [*article["kicker"], *(blank if article["kicker"] else [])]
            top += [*article["headline"], *article["subheadline"]]
            first = min((*article["byline"], *article["body"]))
            rest = [n for n in rest if n not in headings]
            at = rest.index(first)
            rest[at:at] = [*top, *(blank if top else [])]
        order.append(rest)
    return rebuilt(dump, gold, order, range(len(gold["articles"])))


def _replaced(dump: str, replace_in: Callable[[str], str]) -> str:
    """The dump with its visible characters replaced one for one, white space left where it is."""
    places = [n for n, character in enumerate(dump) if not character.isspace()]
    old = "".join(dump[n] for n in places)
    new = replace_in(old)
    if len(new) != len(old):
        raise ValueError("a replacement changed the length of the text")
    characters = list(dump)
    for n, character in zip(places, new, strict=True):
        characters[n] = character
    return "".join(characters)


_NUMBER = re.compile(r"(?<![0-9第.])[1-9][0-9]{0,5}(?=[个家人名条份件户万亿余元块座台枚亩])")


def renamed(dump: str, gold: Gold, names: dict[str, str], rng: random.Random) -> Pressed:
    """The page with other people and other amounts. ``names`` gives for a name another one as long."""

    def replace_in(text: str) -> str:
        # Placeholders first, so that a name that was put in is not replaced again.
        for n, old in enumerate(sorted(names, key=len, reverse=True)):
            text = text.replace(old, chr(0xE000 + n) * len(old))
        for n, old in enumerate(sorted(names, key=len, reverse=True)):
            text = text.replace(chr(0xE000 + n) * len(old), names[old])
        return _NUMBER.sub(lambda m: "".join(rng.choice("123456789") for _ in m[0]), text)

    def people(old: Sequence[str]) -> list[str]:
        return [names.get(name, name) for name in old]

    new = _replaced(dump, replace_in)
    lines = new.split("\n")
    articles = [
        article | {role: people(article[role]) for role in ("reporters", "correspondents", "persons")}
        for article in gold["articles"]
    ]
    photos = []
    for photo in gold["photos"]:
        start = len(photo["arrow"] or "")
        printed = "".join(lines[n - 1] for n in photo["caption"])
        caption = re.sub(r"\s", "", printed)[start : start + len(re.sub(r"\s", "", photo["caption_text"]))]
        photos.append(photo | {"photographers": people(photo["photographers"]), "caption_text": caption})
    return Pressed(new, gold | {"articles": articles, "photos": photos})
