"""What a user would pick instead: each peer indexes the same documents and answers the same questions.

A peer says how many documents it found; how many really have the string is counted beside it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from search.documents import Document
from search.engines.base import FACETS, Sort
from search.engines.whoosh import WhooshEngine
from search.query import And, Literal
from search.text import fold, words

TOP = 20


def text_of(document: Document) -> str:
    return "\n".join((*document.headlines, *document.paragraphs))


def day_of(document: Document) -> int:
    return date.fromisoformat(document.issue_date).toordinal()


def section_of(document: Document) -> str:
    return document.sections[0].slug if document.sections else "none"


class Baozang:
    name = "Baozang"

    def __init__(self, folder: Path) -> None:
        self.engine = WhooshEngine(folder)

    def build(self, documents: Sequence[Document]) -> None:
        self.engine.rebuild(documents)

    def name_(self, text: str) -> int:
        return self.engine.search(Literal(fold(text)), limit=TOP).total

    word = phrase = name_

    def both(self, first: str, second: str) -> int:
        return self.engine.search(And((Literal(fold(first)), Literal(fold(second)))), limit=TOP).total

    def by_date(self, text: str) -> int:
        return self.engine.search(Literal(fold(text)), sort=Sort.NEWEST, limit=TOP).total

    def facets(self, text: str) -> int:
        return self.engine.search(Literal(fold(text)), limit=TOP, facets=("section", "month")).total

    def all_facets(self, text: str) -> int:
        return self.engine.search(Literal(fold(text)), limit=TOP, facets=FACETS).total


class StockWhoosh:
    """Whoosh as it comes, with the analyzer that jieba ships for it."""

    name = "Whoosh + jieba"

    def __init__(self, folder: Path) -> None:
        from jieba.analyse import ChineseAnalyzer
        from whoosh import fields, index

        schema = fields.Schema(
            key=fields.ID(stored=True, unique=True),
            body=fields.TEXT(analyzer=ChineseAnalyzer()),
            day=fields.NUMERIC(sortable=True),
            section=fields.ID(sortable=True),
            month=fields.ID(sortable=True),
        )
        self.index = index.create_in(str(folder), schema)
        self._searcher: Any = None

    def build(self, documents: Sequence[Document]) -> None:
        writer = self.index.writer(limitmb=512)
        for document in documents:
            writer.add_document(
                key=document.key,
                body=text_of(document),
                day=day_of(document),
                section=section_of(document),
                month=document.issue_date[:7],
            )
        writer.commit()

    def _search(self, text: str, **options: Any) -> int:
        from whoosh.qparser import QueryParser

        if self._searcher is None:
            self._searcher = self.index.searcher()
            self._parser = QueryParser("body", self.index.schema)
        return len(self._searcher.search(self._parser.parse(text), limit=TOP, **options))

    def name_(self, text: str) -> int:
        return self._search(text)

    word = name_

    def phrase(self, text: str) -> int:
        return self._search(f'"{text}"')

    def both(self, first: str, second: str) -> int:
        return self._search(f"{first} {second}")

    def by_date(self, text: str) -> int:
        return self._search(text, sortedby="day", reverse=True)

    def facets(self, text: str) -> int:
        from whoosh.sorting import FieldFacet

        return self._search(text, groupedby={"section": FieldFacet("section"), "month": FieldFacet("month")})


_BOTH = "texts JOIN facts ON facts.id = texts.rowid"


class _Sqlite:
    tokenizer = ""

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "index.sqlite3")
        self.database.executescript(
            f"CREATE VIRTUAL TABLE texts USING fts5(body, content='', tokenize='{self.tokenizer}');"
            "CREATE TABLE facts (id INTEGER PRIMARY KEY, day INTEGER, section TEXT, month TEXT);"
            "CREATE INDEX by_day ON facts (day);"
        )

    def cut(self, text: str) -> str:
        return text

    def build(self, documents: Sequence[Document]) -> None:
        with self.database:
            for number, document in enumerate(documents):
                body = self.cut(text_of(document))
                self.database.execute("INSERT INTO texts (rowid, body) VALUES (?, ?)", (number, body))
                self.database.execute(
                    "INSERT INTO facts VALUES (?, ?, ?, ?)",
                    (number, day_of(document), section_of(document), document.issue_date[:7]),
                )

    def match(self, text: str) -> str:
        return '"' + self.cut(text).replace('"', '""') + '"'

    def _count(self, match: str) -> int:
        return int(
            self.database.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (match,)).fetchone()[0]
        )

    def _ranked(self, match: str) -> int:
        self.database.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (match, TOP)
        ).fetchall()
        return self._count(match)

    def name_(self, text: str) -> int:
        return self._ranked(self.match(text))

    word = phrase = name_

    def both(self, first: str, second: str) -> int:
        return self._ranked(f"{self.match(first)} AND {self.match(second)}")

    def by_date(self, text: str) -> int:
        self.database.execute(
            f"SELECT texts.rowid FROM {_BOTH} WHERE texts MATCH ? ORDER BY day DESC LIMIT ?",
            (self.match(text), TOP),
        ).fetchall()
        return self._count(self.match(text))

    def facets(self, text: str) -> int:
        for column in ("section", "month"):
            self.database.execute(
                f"SELECT {column}, count(*) FROM {_BOTH} WHERE texts MATCH ? GROUP BY 1",
                (self.match(text),),
            ).fetchall()
        return self._ranked(self.match(text))


class FtsWords(_Sqlite):
    name = "FTS5, jieba words"
    tokenizer = "unicode61"

    def cut(self, text: str) -> str:
        return " ".join(words(text))


class FtsTrigrams(_Sqlite):
    """Finds nothing shorter than three characters."""

    name = "FTS5, trigrams"
    tokenizer = "trigram"


class Tantivy:
    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("key", stored=True, tokenizer_name="raw")
        builder.add_text_field("body", tokenizer_name="whitespace", index_option="position")
        builder.add_integer_field("day", fast=True)
        builder.add_text_field("section", fast=True, tokenizer_name="raw")
        builder.add_text_field("month", fast=True, tokenizer_name="raw")
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self._searcher: Any = None

    def build(self, documents: Sequence[Document]) -> None:
        writer = self.index.writer(heap_size=256_000_000, num_threads=2)
        for document in documents:
            writer.add_document(
                self.tantivy.Document(
                    key=document.key,
                    body=" ".join(words(text_of(document))),
                    day=day_of(document),
                    section=section_of(document),
                    month=document.issue_date[:7],
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def _query(self, text: str) -> Any:
        cut = words(text)
        if len(cut) == 1:
            return self.tantivy.Query.term_query(self.schema, "body", cut[0], "position")
        return self.tantivy.Query.phrase_query(self.schema, "body", cut)

    def _search(self, query: Any, **options: Any) -> int:
        if self._searcher is None:
            self._searcher = self.index.searcher()
        return int(self._searcher.search(query, TOP, count=True, **options).count)

    def name_(self, text: str) -> int:
        return self._search(self._query(text))

    word = phrase = name_

    def both(self, first: str, second: str) -> int:
        must = self.tantivy.Occur.Must
        return self._search(
            self.tantivy.Query.boolean_query([(must, self._query(first)), (must, self._query(second))])
        )

    def by_date(self, text: str) -> int:
        return self._search(self._query(text), order_by_field="day")

    def facets(self, text: str) -> int:
        found = self._search(self._query(text))
        counts = {name: {"terms": {"field": name, "size": 1000}} for name in ("section", "month")}
        self._searcher.aggregate(self._query(text), counts)
        return found


PEERS: tuple[Callable[[Path], Any], ...] = (Baozang, StockWhoosh, FtsWords, FtsTrigrams, Tantivy)
HAN = re.compile("[一-龥]+")
