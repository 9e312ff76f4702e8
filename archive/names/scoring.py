"""How close the recogniser comes to articles whose people were marked by hand.

A file has one JSON object per article and line, ``{"id": …, "paras": [{"text": …, "persons": [{"name": …}]}]}``,
and is gzipped if its name ends in ``.gz``; the first paragraph is the headline. Names of two characters or more
count, as a set per article, whatever the kind of mention.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import BaozangError
from archive.names.mentions import ArticleText, NameMention, TextPiece
from archive.names.recogniser import recognise
from archive.structure import Role


class GoldError(BaozangError):
    """A file of marked names that can't be read."""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and the names that a person marked in it."""

    key: str
    text: ArticleText
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Names found and marked (``right``), found only, marked only."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of the found names that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the marked names that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_gold(path: Path) -> list[GoldArticle]:
    """The marked articles of a file. Raises GoldError with the line that can't be read."""
    try:
        raw = path.read_bytes()
        lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise GoldError(str(path), str(error), "Give a UTF-8 file with one JSON object per line.") from error
    articles = []
    for number, line in enumerate(lines, 1):
        try:
            articles.append(_article(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}, line {number}", f"is no marked article ({error!r})") from error
    return articles


def score(gold: GoldArticle, mentions: Iterable[NameMention]) -> Score:
    """One article's names found against those marked."""
    found = {mention.name for mention in mentions if len(mention.name) > 1}
    return Score(len(found & gold.names), len(found - gold.names), len(gold.names - found))


def measure(gold: Sequence[GoldArticle]) -> list[Score]:
    """The score of each article, recognised in one go as the articles of an archive."""
    found = recognise([article.text for article in gold])
    return [score(article, mentions) for article, mentions in zip(gold, found, strict=True)]


def in_half(key: str) -> int:
    """Which half of a marked file an article is in, 0 or 1, by its key alone.

    Rules are tuned on half 0; half 1 is held out and says whether they are general.
    """
    return zlib.crc32(key.encode()) % 2


def _article(value: dict[str, Any]) -> GoldArticle:
    paragraphs = value["paras"]
    pieces = tuple(
        TextPiece(Role.BODY if number else Role.HEADLINE, str(paragraph["text"]))
        for number, paragraph in enumerate(paragraphs)
    )
    names = {person["name"] for paragraph in paragraphs for person in paragraph["persons"]}
    return GoldArticle(str(value["id"]), ArticleText(pieces), frozenset(n for n in names if len(n) > 1))
