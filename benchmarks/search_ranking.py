"""How well search ranks: the place of an article when its own headline is typed, over headlines that occur once; and of
articles whose headline has a name, how many stand before those that only list it (、 beside it wherever it stands).

python -m benchmarks.search_ranking              the seeds' articles
CORPUS=file.jsonl python -m benchmarks.search_ranking     title and body of a file, one JSON object a line
"""

from __future__ import annotations

import gzip
import json
import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.parsing import parse as parse_dump
from archive.structure import Role
from benchmarks.corpus import SEEDS
from search.documents import Document
from search.engines.base import Sort
from search.engines.whoosh import WhooshEngine
from search.parsing import parse
from search.text import fold

DEPTH = 50


def seed_articles() -> Iterator[Document]:
    for file in sorted(SEEDS.glob("*.txt")):
        for page in parse_dump(file.read_text(encoding="utf-8")):
            for number, article in enumerate(page.articles):
                yield Document(
                    "article",
                    f"{file.stem}-{number}",
                    headlines=tuple(block.current for block in article.having(Role.HEADLINE)),
                    paragraphs=article.paragraphs,
                )


def file_articles(path: str) -> Iterator[Document]:
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            article = json.loads(line)
            paragraphs = tuple(filter(None, article["body"].split("\n")))
            yield Document("article", f"{number}", headlines=(article["title"],), paragraphs=paragraphs)


#: A name among others of a list, as readers see one; whether it is a person's is for the headlines to say.
_LISTED = re.compile("(?<=、)([一-龥]{3})(?=、)")


def names_about_and_listed(documents: Sequence[Document]) -> Iterator[tuple[str, set[str], set[str]]]:
    """Names of three characters with the articles that have them in the headline, and those that only list them."""
    folded = {d.key: (fold("".join(d.headlines)), fold("\n".join(d.paragraphs))) for d in documents}
    listed: dict[str, set[str]] = defaultdict(set)
    for key, (_, text) in folded.items():
        for name in set(_LISTED.findall(text)):
            beside = text.count(f"、{name}") + text.count(f"{name}、") - text.count(f"、{name}、")
            if beside == text.count(name):
                listed[name].add(key)
    for name, listing in listed.items():
        about = {key for key, (headline, _) in folded.items() if name in headline}
        if about and (only := listing - about):
            yield name, about, only


def in_order(engine: WhooshEngine, name: str, about: set[str], listing: set[str]) -> tuple[int, int]:
    """Of the pairs of an article about the name and one that lists it, how many stand in that order; how many there
    are."""
    hits = [hit.key for hit in engine.search(parse(name).query, limit=100_000).hits]
    right = before = 0
    for key in hits:
        before += key in about
        right += before if key in listing else 0
    return right, len(about) * len(listing)


def main() -> None:
    path = os.environ.get("CORPUS", "")
    documents = list(file_articles(path) if path else seed_articles())
    titles = Counter(fold("".join(document.headlines)) for document in documents)
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        engine.rebuild(documents)
        places: list[float] = []
        missed: list[str] = []
        for document in documents:
            title = " ".join(document.headlines)
            if titles[fold("".join(document.headlines))] > 1 or not fold(title):
                continue
            hits = engine.search(parse(title).query, sort=Sort.RELEVANCE, limit=DEPTH).hits
            place = next((n for n, hit in enumerate(hits, 1) if hit.key == document.key), 0)
            places.append(1 / place if place else 0.0)
            if place != 1:
                missed.append(f"{place}: {title}")
        names = [in_order(engine, *found) for found in names_about_and_listed(documents)]
    print(f"{len(documents)} articles, {len(places)} unique headlines as queries")
    print(f"mean reciprocal rank {sum(places) / max(1, len(places)):.4f}, not first: {len(missed)}")
    right, pairs = (sum(column) for column in zip((0, 0), *names, strict=True))
    print(f"{len(names)} names: {right} of {pairs} pairs in order, {right / max(1, pairs):.2%}")
    for line in missed[: int(os.environ.get("SHOW", "0"))]:
        print("  ", line)


if __name__ == "__main__":
    main()
