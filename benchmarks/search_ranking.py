"""How well search ranks: the place of an article when its own headline is typed, over headlines that occur once.

python -m benchmarks.search_ranking              the seeds' articles
CORPUS=file.jsonl python -m benchmarks.search_ranking     title and body of a file, one JSON object a line
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
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
    print(f"{len(documents)} articles, {len(places)} unique headlines as queries")
    print(f"mean reciprocal rank {sum(places) / max(1, len(places)):.4f}, not first: {len(missed)}")
    for line in missed[: int(os.environ.get("SHOW", "0"))]:
        print("  ", line)


if __name__ == "__main__":
    main()
