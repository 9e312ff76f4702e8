"""How fast search is, beside what a user would pick instead, on the same documents and queries.

    make bench
    python -m benchmarks.search                                20,000 and 100,000 synthetic articles
    SIZES=20000 PEERS="Baozang;tantivy" CORPUS=file.jsonl python -m benchmarks.search

Times are milliseconds at the 95th percentile over distinct queries, none asked before (empty) and the same again
(warm); no engine keeps results. Every engine runs in a process of its own. The figures in brackets are the ratio to
Baozang's time. "found" is the part of the documents with the string that the engine finds.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.corpus import articles, source
from benchmarks.search_peers import HAN, PEERS, text_of
from search.documents import Document
from search.text import fold, words

QUERIES = 60
#: On a machine that others work on too, CLOCK=cpu counts the processor's time only.
CLOCK = process_time if os.environ.get("CLOCK") == "cpu" else perf_counter
CLASSES = ("name", "word", "common string", "AND", "phrase", "by date", "facets", "all facets")


def questions(documents: Sequence[Document]) -> dict[str, list[tuple[str, ...]]]:
    """Queries of each class, made from the documents."""
    chance = random.Random(7)
    sample = documents[:: max(1, len(documents) // 1000)]
    texts = [text_of(document) for document in sample]
    counts = Counter(
        word for text in texts for word in set(words(text)) if len(word) > 1 and HAN.fullmatch(word)
    )
    common = [word for word, _ in counts.most_common(QUERIES)]
    names = [
        person.name
        for document, text in zip(sample, texts, strict=True)
        for person in document.persons
        if person.name in text
    ]
    phrases: list[tuple[str, ...]] = []
    while len(phrases) < QUERIES:
        run = chance.choice(HAN.findall(chance.choice(texts)))
        cut = words(run)
        if len(cut) > 3:
            begin = chance.randrange(len(cut) - 2)
            phrases.append(("".join(cut[begin : begin + 3]),))
    strings = Counter(
        text[place : place + length]
        for text in map(fold, texts[:300])
        for length in (3, 4, 5)
        for place in range(len(text) - length + 1)
    )
    no_words = [string for string, _ in strings.most_common(QUERIES * 20) if words(string) != [string]]
    pairs = [(chance.choice(common), chance.choice(common)) for _ in range(QUERIES * 2)]
    one = [(word,) for word in common]
    return {
        "name": [(name,) for name in dict.fromkeys(names)][:QUERIES],
        "word": one,
        # In very many documents, and no word of the segmenter's.
        "common string": [(string,) for string in no_words[:QUERIES]],
        "AND": [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]][:QUERIES],
        "phrase": list(dict.fromkeys(phrases)),
        "by date": one,
        "facets": one,
        "all facets": one,
    }


def percentile(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))] * 1000


def measure(peer: str, size: int, corpus: str) -> dict[str, Any]:
    """One peer's figures."""
    documents = list(articles(size, source(corpus)))
    asked = questions(documents)
    make = next(candidate for candidate in PEERS if candidate.name == peer)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        path = Path(folder)
        started = perf_counter()  # builds use several processes
        make(path).build(documents) if peer == "Baozang" else (built := make(path)).build(documents)
        figures: dict[str, Any] = {"build": size / (perf_counter() - started)}
        figures["MB"] = sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6
        folded = [tuple(map(fold, (*document.headlines, *document.paragraphs))) for document in documents]
        truth = {
            kind: sum(
                any(fold(query[0]) in text for text in texts)
                for query in asked[kind][:20]
                for texts in folded
            )
            for kind in ("name", "phrase")
        }
        del documents, folded
        engine = make(path) if peer == "Baozang" else built
        calls: dict[str, Callable[..., int]] = {
            "name": engine.name_,
            "word": engine.word,
            "common string": engine.phrase,
            "AND": engine.both,
            "phrase": engine.phrase,
            "by date": engine.by_date,
            "facets": engine.facets,
        }
        if hasattr(engine, "all_facets"):
            calls["all facets"] = engine.all_facets
        started = CLOCK()
        engine.name_(asked["name"][0][0])
        figures["open"] = (CLOCK() - started) * 1000
        for kind, call in calls.items():
            for state in ("empty", "warm"):
                times = []
                found = 0
                for query in asked[kind]:
                    started = CLOCK()
                    count = call(*query)
                    times.append(CLOCK() - started)
                    found += count if query in asked[kind][:20] else 0
                figures[f"{kind} {state}"] = percentile(times)
            if kind in truth:
                figures[f"{kind} found"] = found / max(1, truth[kind])
    return figures


def table(size: int, figures: dict[str, dict[str, Any]]) -> str:
    """One size's figures as a table in Markdown."""
    ours = figures.get("Baozang", {})
    head = ["", "build/s", "MB", "open ms", *CLASSES, "names found", "phrases found"]
    lines = [f"### {size:,} articles", "", "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for peer, own in figures.items():
        cells = [peer, f"{own['build']:,.0f}", f"{own['MB']:.0f}", f"{own['open']:.0f}"]
        for kind in CLASSES:
            if f"{kind} empty" not in own:
                cells.append("")
                continue
            cell = f"{own[f'{kind} empty']:.1f} / {own[f'{kind} warm']:.1f}"
            if peer != "Baozang" and f"{kind} warm" in ours:
                cell += f" ({own[f'{kind} warm'] / ours[f'{kind} warm']:.1f}×)"
            cells.append(cell)
        cells += [f"{100 * own[f'{kind} found']:.1f} %" for kind in ("name", "phrase")]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    if sys.argv[1:2] == ["one"]:
        peer, size, corpus = sys.argv[2], int(sys.argv[3]), sys.argv[4]
        print(json.dumps(measure(peer, size, corpus)))
        return
    corpus = os.environ.get("CORPUS", "")
    chosen = os.environ.get("PEERS", "").split(";") if os.environ.get("PEERS") else None
    for size in map(int, os.environ.get("SIZES", "20000,100000").split(",")):
        figures: dict[str, dict[str, Any]] = {}
        for peer in (candidate.name for candidate in PEERS):  # type: ignore[attr-defined]
            if chosen and peer not in chosen:
                continue
            command = [sys.executable, "-m", "benchmarks.search", "one", peer, str(size), corpus]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            figures[peer] = json.loads(done.stdout.strip().splitlines()[-1])
            print(
                peer,
                {name: round(value, 2) for name, value in figures[peer].items()},
                file=sys.stderr,
                flush=True,
            )
        print(table(size, figures), flush=True)


if __name__ == "__main__":
    main()
