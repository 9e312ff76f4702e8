"""Articles that go on from one page of an issue to another (下转第二版 … 上接一版)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import add
from typing import NamedTuple

from archive.parsing.figures import CHINESE, number
from archive.structure import Article, PageStructure, Role

_PAGE = re.compile(rf"第?[A-Z]?([0-9０-９]{{1,3}}|{CHINESE})版")


class Part(NamedTuple):
    """An article of an issue: the place of its page among those given, and its place among that page's articles."""

    page: int
    article: int


class Jump(NamedTuple):
    """Two parts of one article: where it breaks off and where it goes on."""

    leaves: Part
    arrives: Part


def page_number(target: str) -> int:
    """The number of the page that a jump line names; 0 where it names none.

    >>> page_number("第二版"), page_number("A03版")
    (2, 3)
    """
    found = _PAGE.search(target)
    return number(found.group(1)) if found else 0


def jumps(pages: Sequence[PageStructure]) -> tuple[Jump, ...]:
    """The articles of one issue's pages that go on on another of them, in the order in which they break off.

    Two parts are joined when one names the other's page and the other doesn't name a third. Where a page has several
    parts to choose from, those that share most words are joined first; each part is joined once.
    """
    leaving = [(part, article) for part, article in _parts(pages) if article.continued_on]
    arriving = [(part, article) for part, article in _parts(pages) if article.continued_from]
    words = {part: _words(article) for part, article in (*leaving, *arriving)}
    candidates = [
        (-_alike(words[one], words[two]), one, two)
        for one, above in leaving
        for two, below in arriving
        if one.page != two.page
        and page_number(above.continued_on) == pages[two.page].facts.number
        and page_number(below.continued_from) in (0, pages[one.page].facts.number)
    ]
    joined: set[Part] = set()
    found: list[Jump] = []
    for _, one, two in sorted(candidates):
        if one not in joined and two not in joined:
            joined |= {one, two}
            found.append(Jump(one, two))
    return tuple(sorted(found))


def _parts(pages: Sequence[PageStructure]) -> Iterable[tuple[Part, Article]]:
    for page, structure in enumerate(pages):
        for place, article in enumerate(structure.articles):
            yield Part(page, place), article


def _words(article: Article) -> set[str]:
    text = "".join(block.current for block in article.blocks if block.role is not Role.BYLINE)
    return set(map(add, text, text[1:]))


def _alike(one: set[str], two: set[str]) -> float:
    """The share of the smaller part's character pairs that the other has too."""
    return len(one & two) / (min(len(one), len(two)) or 1)
